"""The front matter as nodes: values of YAML 1.2, spans in the file, and an answer to any text at all."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from yardstick import times_ordinary

from minutes_cli.diagnostics import Edit
from minutes_cli.errors import BadEnvironment
from minutes_cli.front import frontmatter, mend, slips
from minutes_cli.front.frontmatter import Front
from minutes_cli.front.nodes import List, Map, Node, Pair, Scalar
from minutes_cli.source import Source, Span

ROOT = Path(__file__).parent.parent
MEETING = """---
title: 👍 石門市智慧城市𠮷諮詢小組
session: 4
public: true
chair: {name: 許文, title: "副市長"}
attendees:
  - 溫委員平
  - 馮委員玉
note: |
  第一行
  第二行

recorder: '江恩'
---
內文
"""


def read(text: str) -> Front:
    return frontmatter.read(Source("m.md", text))


def walk(node: Node) -> Iterator[Node | Pair]:
    yield node
    if isinstance(node, Map):
        for pair in node.pairs:
            yield pair
            yield from walk(pair.node)
    elif isinstance(node, List):
        for item in node.items:
            yield from walk(item)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_spans_are_offsets_into_the_file(newline: str) -> None:
    text = MEETING.replace("\n", newline)
    front = read(text)
    assert front.problems == ()
    assert front.root is not None
    keys = [text[pair.key_span.start : pair.key_span.end] for pair in front.root.pairs]
    assert keys == ["title", "session", "public", "chair", "attendees", "note", "recorder"]
    values = [text[pair.node.span.start : pair.node.span.end].replace(newline, "\n") for pair in front.root.pairs]
    assert values == [
        "👍 石門市智慧城市𠮷諮詢小組",
        "4",
        "true",
        '{name: 許文, title: "副市長"}',
        "- 溫委員平\n  - 馮委員玉",
        "|\n  第一行\n  第二行",
        "'江恩'",
    ]
    assert text[front.body :] == f"內文{newline}"
    assert text[front.span.start : front.span.end].startswith("title")


def test_scalars_keep_their_words() -> None:
    front = read("---\na: 12\nb: true\nc: ~\nd: '12'\ne: 007\nf:\n---\n")
    assert front.root is not None
    found = [(pair.node.value, pair.node.text) for pair in front.root.pairs if isinstance(pair.node, Scalar)]
    assert found == [(12, "12"), (True, "true"), (None, "~"), ("12", "12"), ("007", "007"), (None, "")]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: 第一行\n  第二行", "第一行第二行"),
        ("a: 第一行，\n  第二行", "第一行，第二行"),
        ("a: first\n  second", "first second"),
        ("a: 第一行\n  second\n  第三行", "第一行 second 第三行"),
        ("a: 甲 乙\n  丙\n\n  丁", "甲 乙丙\n丁"),
        ('a: "甲 乙\n  丙\\t丁\n  戊"', "甲 乙丙\t丁戊"),
        ("a: '甲 ''乙''\n  丙\n  丁'", "甲 '乙' 丙丁"),
        ("a: >\n  甲\n  乙 丙\n  x\n\n  丁", "甲乙 丙 x\n丁"),
        ("a: >-\n  甲\n  乙", "甲乙"),
        ("a: |\n  甲\n  乙", "甲\n乙"),
        ("a: |2\n    甲\n  乙", "  甲\n乙"),
        ("a: [甲\n  乙, 丙]", ["甲乙", "丙"]),
        ("a: 𠮷\n  𠮷", "𠮷𠮷"),
    ],
)
def test_no_space_between_folded_lines_of_chinese(text: str, data: object) -> None:
    for newline in ("\n", "\r\n"):
        front = read(f"---\n{text}\n---\n".replace("\n", newline))
        assert frontmatter.plain(front.root) == {"a": data}


def test_the_whole_is_refused_when_it_is_no_map() -> None:
    for text in ("- a\n- b", "[a, b]", "'a'"):
        front = read(f"---\n{text}\nx\n---\n".replace("\nx", ""))
        assert front.root is None
        assert [fault.code for fault in front.problems] == ["yaml-not-a-map"]


def test_a_faulty_field_leaves_the_others_whole() -> None:
    lines = [
        "title: 會議",
        "date: 2024-05-02",
        'chair: "\\q\'"',
        "x: [a, b: c: d]",
        "attendees:",
        "  - 王一",
        " - 李二",
        "kind: board",
    ]
    front = read("---\n" + "\n".join(lines) + "\n---\n")
    assert frontmatter.plain(front.root) == {
        "title": "會議",
        "date": "2024-05-02",
        "attendees": ["王一"],
        "kind": "board",
    }
    assert front.broken == {"chair", "x", "attendees"}
    assert len(front.problems) == 3


def test_load_reads_our_own_files_plainly() -> None:
    assert frontmatter.load("a: 1   # 註解\nb: [x, y]\n'c': \"#d\"\n") == {"a": 1, "b": ["x", "y"], "c": "#d"}
    assert frontmatter.load("") is None
    assert frontmatter.load("\ufeff- a") == ["a"]


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: 1\nb: [x\nc: 2\n", 2), ("a: 1\na: 2", 2), ("a: &b 1", 1), ("a: 1\n\n\n\tb: 2", 4), ("a: 1\nxx\nb: 1\n", 2)],
)
def test_load_names_the_line(text: str, line: int) -> None:
    with pytest.raises(ValueError, match=f"^line {line}: ") as caught:
        frontmatter.load(text)
    assert isinstance(caught.value, frontmatter.BadYaml)
    assert caught.value.say.zh.startswith(f"第 {line} 行：")


def test_every_file_of_the_project_has_no_slips() -> None:
    files = sorted(ROOT.glob("examples/*.md"))
    assert files
    for path in files:
        front = frontmatter.read(Source(path.name, path.read_text(encoding="utf-8")))
        assert (front.problems, front.broken) == ((), frozenset()), path.name
        assert front.root is not None
    for path in ROOT.glob("templates/*/profile.yaml"):
        assert isinstance(frontmatter.load(path.read_text(encoding="utf-8")), dict)


def test_needs_libyaml(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    with pytest.raises(BadEnvironment) as caught:
        read(MEETING)
    assert "libyaml" in caught.value.say.zh
    # A file that is read without it is not read where it is missing either: the next one may need it.
    (tmp_path / "yaml").mkdir()
    (tmp_path / "yaml" / "__init__.py").touch()
    monkeypatch.delitem(sys.modules, "yaml")
    monkeypatch.syspath_prepend(tmp_path)
    frontmatter._has_libyaml.cache_clear()
    with pytest.raises(BadEnvironment):
        read("title: 甲")
    frontmatter._has_libyaml.cache_clear()


def test_yaml_and_the_slips_are_imported_only_when_needed() -> None:
    program = (
        "import sys; from minutes_cli.front import frontmatter; from minutes_cli.source import Source\n"
        "assert 'yaml' not in sys.modules\n"
        f"frontmatter.read(Source('m.md', {MEETING!r}))\n"
        "assert 'yaml' in sys.modules and 'minutes_cli.front.slip_lines' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)


# any text at all

PIECES = [
    "---\n",
    "a: b\n",
    "title：",
    "主席: ",
    "- ",
    "  ",
    "\t",
    "　",
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    "#",
    " #",
    ": ",
    "|",
    ">",
    "\n",
]
PIECES += [
    "&a ",
    "*a",
    "!t ",
    "? ",
    "@",
    "%",
    "\\",
    "𠮷",
    "👍",
    "\u200b",
    "\ufeff",
    "\xa0",
    "\r\n",
    "\r",
    "\u2028",
    "\x00",
    "\x85",
    "甲",
]
PIECES += ["...", "－－－\n", "一、", "1. ", "• ", "-", "x:y", "<<: ", "null", "，", "\ud800"]
TEXTS = st.one_of(
    st.text(), st.lists(st.sampled_from(PIECES)).map("".join), st.lists(st.sampled_from(MEETING)).map("".join)
)


def whole(text: str, front: Front) -> None:
    """What holds of any answer."""
    assert 0 <= front.span.start <= front.span.end <= front.body <= len(text)
    for fault in front.problems:
        assert 0 <= fault.span.start <= fault.span.end <= len(text)
        assert fault.message.zh
        assert fault.hint.en
        for edit in fault.fix:
            assert 0 <= edit.span.start <= edit.span.end <= len(text)
    if front.root is not None:
        for node in walk(front.root):
            span = node.key_span if isinstance(node, Pair) else node.span
            assert front.span.start <= span.start <= span.end <= front.span.end
            if isinstance(node, Pair):
                assert node.key_span.end <= node.node.span.start


@settings(max_examples=600, deadline=None)
@given(TEXTS)
@example("? a\nb: c")
@example('x: "\\\n')
@example("x:\n\u200b  - a\n  - b # c\n")
def test_any_front_matter_is_answered(text: str) -> None:
    for whole_text in (f"---\n{text}\n---\n內文\n", text, f"---\n{text}"):
        whole(whole_text, read(whole_text))


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 6))
def test_a_mutilated_meeting_is_answered(chance: random.Random, times: int) -> None:
    text = MEETING
    for _ in range(times):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice(["", chance.choice(PIECES), text[at:][:5]]) + text[at + chance.randrange(3) :]
    whole(text, read(text))


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 6), st.text(max_size=4)), max_size=6))
def test_mending_knows_the_way_back(text: str, changes: list[tuple[int, int, str]]) -> None:
    """What no edit touched is found at its own place."""
    span = Span(min(3, len(text)), len(text))
    edits = [
        Edit(Span(min(span.start + at, span.end), min(span.start + at + size, span.end)), new)
        for at, size, new in changes
    ]
    mended = mend.mend(text, span, edits)
    for at in range(len(mended.text)):
        place = mended.place(at, at + 1)
        assert span.start <= place.start <= place.end <= span.end
        if text[place.start : place.end] != mended.text[at]:
            assert any(edit.span.start <= place.start <= edit.span.end for edit in edits)
    assert mend.mend(text, span, []).text == text[span.start :]


@given(TEXTS)
def test_blanking_changes_no_offset(text: str) -> None:
    blanked = mend.blank(text)
    assert len(blanked) == len(text)
    assert Source("", blanked).starts == Source("", text).starts
    assert not blanked.strip(" \r\n")
    for offset in range(0, len(text), 7):
        assert len(mend.drop(text, offset)) == len(text)


SIMPLE = st.text("甲乙丙 abc123:#,-[]{}\"'&*!|>%@`？：，\\", max_size=12)
DATA = st.dictionaries(
    st.text("甲乙丙bcd", min_size=1, max_size=4),
    st.recursive(
        SIMPLE,
        lambda below: (
            st.lists(below, max_size=3) | st.dictionaries(st.text("甲a", min_size=1, max_size=3), below, max_size=3)
        ),
        max_leaves=6,
    ),
    max_size=5,
)


@settings(max_examples=400, deadline=None)
@given(DATA, st.sampled_from([None, True, False]))
def test_what_a_yaml_writer_writes_has_no_slips(data: dict[str, object], flow: bool | None) -> None:
    """No text that is right YAML is taken for a slip, and it is read as it was written."""
    written = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, width=1000)
    assume(
        not re.search(r"，[ ]*\w{1,10}[ ]*[:：]", written)
    )  # in braces that is what a recorder mistypes: 甲，職稱：乙
    front = read(f"---\n{written}---\n")
    assert [fault for fault in front.problems if fault.severity == "error"] == []
    if not any(char in written for char in ("true", "null")):
        assert frontmatter.plain(front.root) == _as_12(data)


def _as_12(node: object) -> object:
    """The words that the writer, a YAML 1.1 one, left bare although they are numbers to neither."""
    if isinstance(node, dict):
        return {key: _as_12(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_as_12(value) for value in node]
    return node


BOMBS = {
    "keys": "".join(f"key{number}: value {number}\n" for number in range(10_000)),
    "wide colons": "".join(f"鍵{number}：值\n" for number in range(10_000)),
    "no colons": "甲乙\n" * 20_000,
    "tabs": "a:\n" + "\tb: c\n" * 10_000,
    "doubled": "a: b\n" * 10_000,
    "brackets": "x: " + "[" * 250_000,
    "megabyte of brackets": "[" * 1_000_000,
    "bracket lines": "x: [\n" * 20_000,
    "braces": "x: " + "{a: " * 50_000,
    "wide braces": "x: {" + "a：b，" * 50_000 + "}",
    "quotes": 'x: "\n' * 20_000,
    "quote run": "x: " + "'a' " * 50_000,
    "anchors": "".join(f"k{number}: &a{number} x\n" for number in range(10_000)),
    "laughs": "a: &a [x, x]\n"
    + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)),
    "flow laughs": "x: [&a [1,1], " + "[*a,*a], " * 5_000 + "]",
    "long value": "x: " + "甲" * 250_000,
    "long word": "甲" * 250_000,
    "hashes": "x: " + "a # " * 60_000,
    "colons": "x: " + "a: " * 80_000,
    "deep": "".join(" " * number + f"k{number}:\n" for number in range(600)),
    "hyphens": "- " * 120_000,
    "questions": "? " * 120_000,
    "bad indents": "a: b\n c: d\n" * 10_000,
    "spaces": "x:" + " " * 250_000 + "y",
    "wide spaces": "　" * 250_000,
    "zero width": "x: " + "\u200b" * 200_000,
    "escapes": 'x: "' + "\\附" * 100_000 + '"',
    "bullets": "x:\n" + "• a\n" * 40_000,
    "comments": "x: a\n" + "  b #c\n" * 20_000,
    "literal": "x: |\n" + "  甲\n" * 50_000,
    "number": "x: " + "1" * 250_000,
    "sexagesimal": "x: " + "1:" * 100_000 + "1",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_answered_at_once(name: str) -> None:
    for text in (f"---\n{BOMBS[name]}\n---\n內文\n", f"---\n{BOMBS[name]}"):
        assert times_ordinary(lambda text=text: read(text), len(text)) < 10
        front = read(text)
        assert len(front.problems) <= 103
        whole(text, front)


def test_size_and_number_of_items_are_capped() -> None:
    for text in ("x: " + "甲" * 300_000, "a:\n" + "- b\n" * 30_000):
        front = read(f"---\n{text}\n---\n")
        assert front.root is None
        assert "front-matter-too-large" in [fault.code for fault in front.problems]


def test_clean_lines_are_passed_over_in_one_go() -> None:
    """The quick way takes every line of a real front matter; the slow one is for slips only."""
    for path in sorted(ROOT.glob("examples/*.md")):
        text = path.read_text(encoding="utf-8")
        front = frontmatter.read(Source(path.name, text))
        assert slips.pass_clean(text, *front.span) == front.span.end, path.name
