"""The rules across files: their pages, planted faults in their exact place, and what `--since` leaves of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from test_rules import meeting, unmarked

from minutes_cli import check, registry
from minutes_cli.diagnostics import SEVERITIES, Diagnostic
from minutes_cli.judged import Judged
from minutes_cli.judging.pages import page
from minutes_cli.many import across, pile
from minutes_cli.many.pile import Pile
from minutes_cli.many.shelf import Shelf
from minutes_cli.settings import NONE, Settings
from minutes_cli.source import Source

RULES = registry.names("across_rules")
PLANTED = (Path(__file__).parent / "cases" / "across" / "planted-faults.md").read_text(encoding="utf-8")


class Place(NamedTuple):
    """Where a finding stands: its file, its code, lines and columns from 1."""

    name: str
    code: str
    line: int
    column: int
    end_line: int
    end_column: int


def files(example: str) -> dict[str, str]:
    """The files of an example: `=== name.md` begins each."""
    parts = re.split(r"^=== (.+)\n", example, flags=re.M)[1:]
    return {name: meeting(text) for name, text in zip(parts[::2], parts[1::2], strict=True)}


def judged(texts: dict[str, str], settings: Settings = NONE) -> list[Judged]:
    return [check.judge(Source(name, text, name), settings) for name, text in texts.items()]


def places(found: list[Judged]) -> list[Place]:
    return sorted(
        Place(one.source.name, d.code, *one.source.line_column(d.span.start), *one.source.line_column(d.span.end))
        for one in found
        for d in one.diagnostics
    )


def planted() -> list[tuple[str, str]]:
    """(rule, folder with its marks) of every case."""
    found = []
    for part in re.split(r"^## (?=[a-z-]+$)", PLANTED, flags=re.M)[1:]:
        name = part.split("\n", 1)[0]
        found += [(name, case) for case in re.findall(r"^````\n(.*?)^````$", part, re.S | re.M)]
    return found


def told(found: list[Judged]) -> list[str]:
    return [f"{one.source.name}: {d.code} {d.message.en}" for one in found for d in one.diagnostics]


def is_whole(found: Diagnostic) -> None:
    assert found.severity in SEVERITIES
    for say in (found.message, found.hint):
        assert say.zh
        assert say.en
        assert say.zh != say.en
        assert not re.search(r"[\u4e00-\u9fff]", re.sub("[0-9A-Za-z/.:]*[\u4e00-\u9fff\u3000]+", "", say.en)), say.en


@pytest.mark.parametrize("name", RULES)
def test_the_page_of_a_rule_is_whole(name: str) -> None:
    assert name == registry.load("across_rules", name).CODE
    found = page(name)
    assert found
    assert re.fullmatch(r"[A-Z].*\.", found.title.en)
    assert re.fullmatch(r".*[\u4e00-\u9fff].*。", found.title.zh)
    assert found.why.zh
    assert found.why.en


@pytest.mark.parametrize("name", RULES)
def test_bad_gives_the_code_and_good_gives_nothing(name: str) -> None:
    found = page(name)
    assert found
    bad = list(across.check(judged(files(found.bad))))
    assert {d.code for one in bad for d in one.diagnostics} == {name}, told(bad)
    good = list(across.check(judged(files(found.good))))
    assert told(good) == []


def test_every_rule_has_a_planted_fault() -> None:
    assert {name for name, _ in planted()} == set(RULES)


@pytest.mark.parametrize(("code", "example"), planted(), ids=[name for name, _ in planted()])
def test_a_planted_fault_is_found_in_its_place(code: str, example: str) -> None:
    texts, expected = {}, []
    for name, text in files(example).items():
        texts[name], marked = unmarked(code, text)
        expected += [Place(name, *mark) for mark in marked]
    found = list(across.check(judged(texts)))
    assert places(found) == sorted(expected), told(found)
    for one in found:
        for finding in one.diagnostics:
            is_whole(finding)


# ── what is reported, and where ─────────────────────────────────────────────────────────────────────────────────────


def of_series(session: int, fields: str = "", body: str = "") -> str:
    return meeting(f"---\nseries: 測試\nsession: {session}\n{fields}---\n{body}")


DECIDED = "\n## 決議事項\n\n一、同意。\n"
FOLLOWS = "\n## 歷次會議決議追蹤\n\n一、第4次會議決議3：已完成，解除列管。\n"
PAIRS = {
    "session-repeated": (of_series(4), of_series(4)),
    "session-order": (of_series(4, "date: 2024-05-02\n"), of_series(5, "date: 2023-05-02\n")),
    "session-gap": (of_series(4), of_series(6)),
    "decision-unknown": (of_series(4, body=DECIDED), of_series(5, body=FOLLOWS)),
}


@pytest.mark.parametrize("code", PAIRS)
def test_where_two_files_disagree_each_of_them_can_be_told(code: str) -> None:
    """The later one is, unless the run reports on the other one only; each message names the other file and line."""
    found = judged(dict(zip(("a.md", "b.md"), PAIRS[code], strict=True)))
    lines = []
    for wanted in (("a.md", "b.md"), ("b.md",), ("a.md",)):
        told = list(across.check(found, wanted=lambda at, names=wanted: at in names))  # type: ignore[misc]
        assert [one.source.name for one in told] == list(wanted)
        assert {d.code for one in told for d in one.diagnostics} == {code}
        (where,) = (one for one in told if one.diagnostics)
        assert where.source.name == wanted[-1]
        (finding,) = where.diagnostics
        other = "a.md" if wanted[-1] == "b.md" else "b.md"
        assert re.search(rf"{other}:\d+", finding.message.zh)
        assert re.search(rf"{other}:\d+", finding.message.en)
        is_whole(finding)
        lines.append(finding.message)
    assert lines[0] == lines[1] != lines[2]


def test_what_is_not_among_the_files_is_not_missed_where_only_files_were_named() -> None:
    found = judged({"a.md": of_series(4), "b.md": of_series(6)})
    assert told(list(across.check(found, folder=False))) == []


def test_the_register_says_how_a_name_is_written() -> None:
    """Not the majority; and where the register has told of a name, nothing more is said of it."""
    register = Settings(people=(("馬正維", "馬主任正維"),))
    texts = {
        f"{n}.md": of_series(n, f"attendees: [{name}]\n")
        for n, name in enumerate(("馬主任正維", "馬主任正維", "馬正維"), 1)
    }
    assert told(list(across.check(judged(texts, register)))) == [
        "1.md: name-variant 馬主任正維 is written 馬正維 in the register of people",
        "2.md: name-variant 馬主任正維 is written 馬正維 in the register of people",
    ]
    texts = {f"{n}.md": of_series(n, f"attendees: [{name}]\n") for n, name in enumerate(("温平", "温平", "溫平"), 1)}
    assert told(list(across.check(judged(texts, Settings(people=(("溫平",),)))))) == [
        "1.md: person-two-ways 温平 is written 溫平 in 3.md:8",
        "2.md: person-two-ways 温平 is written 溫平 in 3.md:8",
    ]
    assert told(list(across.check(judged(texts)))) == ["3.md: person-two-ways 溫平 is written 温平 in 1.md:8"]


def test_a_series_that_its_settings_give_is_one() -> None:
    series = Settings(defaults={"series": "測試"})
    texts = {name: meeting("---\nsession: 4\n---\n") for name in ("a.md", "b.md")}
    assert [d.code for one in across.check(judged(texts, series)) for d in one.diagnostics] == ["session-repeated"]
    assert told(list(across.check(judged(texts)))) == []


def test_a_session_that_cannot_be_read_is_no_session() -> None:
    texts = {f"{n}.md": of_series(4, f"session: {odd}\n") for n, odd in enumerate(("[4]", "~", "'第〇次'", "x", "0"))}
    found = list(across.check(judged(texts)))
    assert not {d.code for one in found for d in one.diagnostics} & set(RULES)


# ── what is put aside ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_pile_gives_back_what_was_put_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pile, "_IN_MEMORY", 100)
    things = [bytes([number]) * (number % 30) for number in range(100)]
    with Pile() as heap:
        for number, thing in enumerate(things):
            heap.put(thing)
            assert heap.get(number // 2) == things[number // 2]
        assert [heap.get(number) for number in range(100)] == things


def test_what_is_told_of_a_file_is_told_of_the_text_that_was_judged(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("changed", encoding="utf-8")
    one = check.judge(Source("a.md", of_series(4, "date: 2024-05-02（星期五）\n"), path))
    (again,) = across.check([one])
    assert again.source.text == one.source.text
    assert again.diagnostics == one.diagnostics


def test_of_a_clean_file_only_the_name_is_kept() -> None:
    with Pile() as heap:
        shelf = Shelf(heap)
        shelf.put(Judged(Source("a.md", "", "a.md"), ()))
        shelf.put(Judged(Source("b.md", "text", "b.md"), ()))
        assert [shelf.take(number).source.name for number in (1, 0)] == ["b.md", "a.md"]
        assert shelf.take(1).source.text == "text"
        assert len(heap.get(0)) < 40


def test_a_file_that_has_gone_meanwhile_is_told_of_all_the_same(tmp_path: Path) -> None:
    found = judged({"a.md": of_series(4), "b.md": of_series(4)})
    light = [Judged(Source(one.source.name, "", tmp_path / one.source.name), (), one.summary) for one in found]
    assert told(list(across.check(light))) == ["b.md: session-repeated session 4 is recorded twice: see a.md:1"]
