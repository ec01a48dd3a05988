"""Every rule: its page is whole, its Bad gives its code, its Good gives nothing, and planted faults are found in place."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_cli import registry
from minutes_cli.check import Checked
from minutes_cli.check import check as run
from minutes_cli.diagnostics import SEVERITIES, Diagnostic
from minutes_cli.parse import parse
from minutes_cli.rules import _lists, _scan, lookalike
from minutes_cli.rules._attachments import citations
from minutes_cli.rules._counts import read
from minutes_cli.rules._numbers import renumber
from minutes_cli.source import Source

FRONT = {
    "title": "title: 石門市智慧城市諮詢小組會議",
    "date": "date: 2024-05-02",
    "start": "start: 14:00",
    "location": "location: 市府第二會議室",
    "chair": "chair: 許副市長文(代)",
    "recorder": "recorder: 江恩",
    "attendees": "attendees: 如簽到表",
}
BODY = "## 主席致詞\n\n略\n"
ROOT = Path(__file__).parent.parent
RULES = registry.names("rules")


def meeting(example: str) -> str:
    """An example of a manual page as a whole meeting file (the convention is told in minutes_cli/rules/__init__.py)."""
    front, body = {}, example.strip("\n") + "\n"
    found = re.match(r"---\n(.*?)^---\n", body, re.S | re.M)
    if found:
        body = body[found.end() :].lstrip("\n")
        for field in re.split(r"^(?=\S)", found[1], flags=re.M):
            if field:
                front[field.split(":")[0]] = field.rstrip("\n")
    base = {key: line for key, line in FRONT.items() if not (key == "start" and "sittings" in front)}
    return "---\n" + "\n".join({**base, **front}.values()) + "\n---\n\n" + (body or BODY)


class Page(NamedTuple):
    """A rule's docstring, cut into its parts."""

    english: str
    chinese: str
    why: str
    why_chinese: str
    bad: str
    good: str


def page(name: str) -> Page:
    text = registry.load("rules", name).__doc__ or ""
    english, chinese, *_ = text.split("\n")
    parts = re.split(r"^(Why|為什麼|Basis|Bad|Good)[:：]", text, flags=re.M)
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    bad, good = (re.sub(r"^    ", "", found[key].strip("\n"), flags=re.M) for key in ("Bad", "Good"))
    return Page(english, chinese, found["Why"].strip(), found["為什麼"].strip(), bad, good)


def judge(text: str, path: Path = Path(__file__).parent / "fixtures" / "beside" / "m.md") -> Checked:
    return run(Source("m.md", text, path))


def told(checked: Checked) -> list[str]:
    source = checked.minutes.source
    return [f"{source.line_column(d.span.start)} {d.code} {d.message.en}" for d in checked.diagnostics]


@pytest.mark.parametrize("name", RULES)
def test_the_page_of_a_rule_is_whole(name: str) -> None:
    assert name == registry.load("rules", name).CODE
    found = page(name)
    assert re.fullmatch(r"[A-Z].*\.", found.english)
    assert re.fullmatch(r".*[\u4e00-\u9fff].*。", found.chinese)
    assert found.why
    assert re.search(r"[\u4e00-\u9fff]", found.why_chinese)


@pytest.mark.parametrize("name", RULES)
def test_bad_gives_the_code_and_good_gives_nothing(name: str) -> None:
    found = page(name)
    bad = judge(meeting(found.bad))
    assert {d.code for d in bad.diagnostics} == {name}, told(bad)
    assert told(judge(meeting(found.good))) == []


@pytest.mark.parametrize("name", RULES)
def test_what_a_rule_says_is_whole_in_both_languages(name: str) -> None:
    for found in judge(meeting(page(name).bad)).diagnostics:
        assert found.severity in SEVERITIES
        _is_whole(found)


def _is_whole(found: Diagnostic) -> None:
    for say in (found.message, found.hint):
        assert say.zh != say.en or not say.zh
        assert not re.search(r"[a-z)\u4e00-\u9fff][,;!?](?=[\u4e00-\u9fff])", say.zh), say.zh
    assert found.message.zh
    assert found.message.en
    assert bool(found.hint.zh) == bool(found.hint.en)


# ── planted faults ──────────────────────────────────────────────────────────────────────────────────────────────────

PLANTED = (Path(__file__).parent / "cases" / "rules" / "planted-faults.md").read_text(encoding="utf-8")


class Place(NamedTuple):
    code: str
    line: int
    column: int
    end_line: int
    end_column: int


def planted() -> list[tuple[str, str]]:
    """(rule, example with its marks) of every case."""
    found = []
    for part in re.split(r"^## (?=[a-z-]+$)", PLANTED, flags=re.M)[1:]:
        name = part.split("\n", 1)[0]
        found += [(name, case) for case in re.findall(r"^````\n(.*?)^````$", part, re.S | re.M)]
    return found


def unmarked(code: str, text: str) -> tuple[str, list[Place]]:
    """The text without its marks, and the places that they marked, told by counting characters line by line."""
    clean, places, opened = "", [], (0, 0)
    for char in text:
        here = (clean.count("\n") + 1, len(clean) - (clean.rfind("\n") + 1) + 1)
        if char == "⟦":
            opened = here
        elif char == "⟧":
            places.append(Place(code, *opened, *here))
        else:
            clean += char
    return clean, places


def found_places(checked: Checked) -> list[Place]:
    at = checked.minutes.source.line_column
    return [Place(d.code, *at(d.span.start), *at(d.span.end)) for d in checked.diagnostics]


def test_every_rule_has_a_planted_fault() -> None:
    assert {name for name, _ in planted()} == set(RULES)


@pytest.mark.parametrize(("code", "example"), planted(), ids=[name for name, _ in planted()])
def test_a_planted_fault_is_found_in_its_place(code: str, example: str) -> None:
    text, places = unmarked(code, meeting(example))
    places = places or [Place(code, 1, 1, 1, 4)]  # what is missing at the top cannot be marked
    checked = judge(text)
    assert sorted(found_places(checked)) == sorted(places), told(checked)
    for found in checked.diagnostics:
        _is_whole(found)


def mended(checked: Checked) -> str:
    """The text with every fix applied, the last first."""
    text = checked.minutes.source.text
    edits = {edit for found in checked.diagnostics for edit in found.fix}
    for edit in sorted(edits, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


@pytest.mark.parametrize(("code", "example"), planted(), ids=[name for name, _ in planted()])
def test_a_fix_mends(code: str, example: str) -> None:
    checked = judge(unmarked(code, meeting(example))[0])
    kept = [d for d in checked.diagnostics if not d.fix]
    left = judge(mended(checked)).diagnostics
    assert len(left) == len(kept), told(judge(mended(checked)))
    assert {d.code for d in left} <= {code}


@pytest.mark.parametrize(("code", "example"), planted(), ids=[name for name, _ in planted()])
def test_the_place_does_not_depend_on_the_line_ending(code: str, example: str) -> None:
    text = unmarked(code, meeting(example))[0]
    assert found_places(judge(text.replace("\n", "\r\n"))) == found_places(judge(text))


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.md")), ids=lambda path: path.stem)
def test_the_examples_are_faultless(path: Path) -> None:
    assert told(run(Source(path.name, path.read_text(encoding="utf-8"), path))) == []


# ── scans that rules share ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("附件1", [1]),
        ("附件１２", [12]),
        ("附件 一", [1]),
        ("附　件十一", [11]),
        ("附件1至3", [1, 2, 3]),
        ("附件1～附件3", [1, 2, 3]),
        ("附件1、2及3。", [1, 2, 3]),
        ("附件1-2", [1]),
        ("附件一之二", [1]),
        ("附件1、2樓會議室", [1]),
        ("附件1、2月底前", [1]),
        ("附件一併檢送", []),
        ("附件3份", []),
        ("附件104年度", []),
        ("附件一覽表", []),
        ("如附件", []),
        ("[簡報](附件9.pdf)", []),
        ("<!-- 附件9 -->", []),
    ],
)
def test_how_attachments_are_cited(text: str, numbers: list[int]) -> None:
    found = citations(judge(meeting(f"## 報告事項\n\n一、{text}\n")).minutes)
    assert [number for citation in found for number in citation.numbers] == numbers


@pytest.mark.parametrize(
    ("typed", "number", "written"),
    [
        ("一、", 11, "十一、"),
        ("（二）", 3, "（三）"),
        ("( 2 )", 3, "( 3 )"),
        ("１．", 12, "１２．"),
        ("壹、", 10, "拾、"),
        ("甲、", 2, "乙、"),
        ("案由二", 3, "案由三"),
        ("第1案", 2, "第2案"),
    ],
)
def test_a_number_is_written_anew_in_its_own_manner(typed: str, number: int, written: str) -> None:
    assert renumber(typed, number) == written


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("贊成 9 票，反對 1 票，棄權 0 票，出席 10 人", [("persons", 10, 10)]),
        ("同意九票、不同意一票", [("persons", 10, None)]),
        ("在場 12 人，贊成 7 人、反對 3 人，2 人未投票", [("persons", 12, 12)]),
        ("9 人同意，1 人反對，出席 10 人", [("persons", 10, 10)]),
        ("贊成者 9 票反對者 1 票", [("persons", 10, None)]),
        ("贊成 1,234.5 權，反對 65.5 權，出席 1,300 權", [("shares", 1300, 1300)]),
        ("贊成 9 人（700 平方公尺），反對 1 人（90 平方公尺）", [("persons", 10, None), ("area", 790, None)]),
        ("贊成、反對各 5 票", []),
        ("出席 10 人，無異議通過", []),
        ("贊成 98.5%，反對 1.5%", []),
    ],
)
def test_counts_of_a_vote(text: str, counts: list[tuple[str, int, int | None]]) -> None:
    assert [(found.unit, found.votes, found.present) for found in read(text)] == counts


def test_no_odd_character_is_passed_over_at_first_sight() -> None:
    """The bytes that are asked first may say yes too often, but never no."""
    odd = re.compile(f"{lookalike._ODD}|{lookalike._ODD_ASTRAL}")
    told = [c for c in map(chr, (*range(0x80, 0xD800), *range(0xE000, 0x10FFFE, 7))) if odd.fullmatch(c)]
    minutes = parse(Source("m.md", "甲" + "乙".join(told) + "丙"))
    found = {minutes.source.text[d.span.start : d.span.end] for d in lookalike.check(minutes)}
    assert len(told) > 10_000
    assert found == {c for c in told if lookalike._judge(c)}
    for c in told:
        alone = parse(Source("m.md", f"甲{c}丙"))
        assert bool(list(lookalike.check(alone))) == (c in found), hex(ord(c))


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_what_begins_a_line_is_seen_behind_every_line_ending(ending: str) -> None:
    text = meeting("## 報告事項\n\n略\n\n・甲\n\n##乙\n\n>5 丙\n\n1. 丁\n  - 戊\n\n　- 己\n").replace("\n", ending)
    found = {d.code for d in run(Source("m.md", text)).diagnostics}
    assert found >= {"bullet-lookalike", "heading-space", "quote-suspicious", "list-indent", "fullwidth-indent"}


@given(
    st.lists(
        st.builds(
            "{}{}甲".format,
            st.sampled_from(("", "  ", "   ", "    ", "\t")),
            st.sampled_from(("- ", "1. ", "10. ", "", "## ", "```\n", "<!-- \n", "-->")),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_the_quick_look_at_a_list_misses_no_entry_that_stands_too_far_left(lines: list[str]) -> None:
    minutes = parse(Source("m.md", meeting("\n".join(lines))))
    every = tuple(_scan.lines(minutes))
    entries = [line for line in every if _lists._MARKER.match(line.text)]
    assert _lists.misplaced(minutes) == tuple(_lists._find(entries, every))


def test_the_rules_take_less_than_the_parser() -> None:
    """A ratio of two costs in one run, the least of five, so that it holds on a busy machine too."""
    text = (ROOT / "examples" / "moea-open-data-2.md").read_text(encoding="utf-8")
    source, rules = Source("m.md", text), [registry.load("rules", name) for name in RULES]
    parsing, judging = [], []
    for _ in range(5):
        began = time.process_time()
        minutes = parse(source)
        parsed = time.process_time()
        for rule in rules:
            list(rule.check(minutes))
        parsing.append(parsed - began)
        judging.append(time.process_time() - parsed)
    assert min(judging) < min(parsing)
