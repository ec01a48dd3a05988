"""Each slip that a recorder makes in the front matter: told under its code, at its exact place, in both languages, and
mended by its fix."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from minutes_cli.diagnostics import ERROR, INFO, WARNING, Diagnostic
from minutes_cli.front import frontmatter
from minutes_cli.front.frontmatter import Front
from minutes_cli.source import Source


class Row(NamedTuple):
    """The lines between the two `---`; what is told as (line, column, code), lines counted from the first `---`; and
    the data that are read all the same."""

    yaml: str
    told: list[tuple[int, int, str]]
    data: Any


# pitfalls of PyYAML, row by row
READING = [
    Row("start: 11:30\nend: 9:30", [], {"start": "11:30", "end": "9:30"}),
    Row("a: 09:00\nb: 08:05\nc: 00:30", [], {"a": "09:00", "b": "08:05", "c": "00:30"}),
    Row("x: 3:2\ny: -1:30", [], {"x": "3:2", "y": "-1:30"}),
    Row("date: 2015-09-24", [], {"date": "2015-09-24"}),
    Row("a: 2015-13-40\nb: 2015-02-30", [], {"a": "2015-13-40", "b": "2015-02-30"}),
    Row("a: 2015-9-4\nb: 2015/09/24\nc: 104-09-24", [], {"a": "2015-9-4", "b": "2015/09/24", "c": "104-09-24"}),
    Row("no: no\noff: yes\non: On", [], {"no": "no", "off": "yes", "on": "On"}),
    Row("y: y\nN: N", [], {"y": "y", "N": "N"}),
    Row("a: 007\nb: 08\nc: 0x1F\nd: 1_000", [], {"a": "007", "b": "08", "c": "0x1F", "d": "1_000"}),
    Row("a: 1.10\nb: .inf\nc: 1.0e+3\nd: +5", [], {"a": "1.10", "b": ".inf", "c": "1.0e+3", "d": "+5"}),
    Row("phone: 0227321200\nmobile: 0912345678", [], {"phone": "0227321200", "mobile": "0912345678"}),
    Row("a: 0\nb: 12\nc: -3", [], {"a": 0, "b": 12, "c": -3}),
    Row("a: true\nb: false\nc: null\nd: ~\ne:", [], {"a": True, "b": False, "c": None, "d": None, "e": None}),
    Row("a: 'true'\nb: \"12\"\nc: '~'", [], {"a": "true", "b": "12", "c": "~"}),
    Row("title: 👍會議\nname: 𠮷田\nold: 錄", [], {"title": "👍會議", "name": "𠮷田", "old": "錄"}),
    Row("x:\t王\ny: 李\t", [], {"x": "王", "y": "李"}),
    Row("x: 周　翊\ny: 周　　翊", [], {"x": "周　翊", "y": "周　　翊"}),
    Row("x: http://a.tw/#b\ny: C:\\附件\nz: 甲#乙", [], {"x": "http://a.tw/#b", "y": "C:\\附件", "z": "甲#乙"}),
    Row("x: it's\ny: [it's, b]", [], {"x": "it's", "y": ["it's", "b"]}),
    Row(
        "x:\n  - 委員：王一\n  - 14:00\n  - http://a.tw\n  - aa:1",
        [],
        {"x": ["委員：王一", "14:00", "http://a.tw", "aa:1"]},
    ),
    Row("# 註解\nx: 1\n\n  # 註解\ny: 2", [], {"x": 1, "y": 2}),
    Row("x: 1\n　\ny: 2", [], {"x": 1, "y": 2}),
    Row("x: 　", [], {"x": None}),
    Row("note: |\n  a：b\n  c: d\n\n  - e\ny: 1", [], {"note": "a：b\nc: d\n\n- e", "y": 1}),
    Row('x: "甲\n  乙"\ny: [a,\n  b]\nz: {a: 1,\n  b: 2\n}', [], {"x": "甲乙", "y": ["a", "b"], "z": {"a": 1, "b": 2}}),
]

SLIPS = [
    # indentation
    Row("chair:\n\tname: 王一", [(3, 1, "yaml-tab")], {"chair": {"name": "王一"}}),
    Row("chair:\n  \tname: 王一", [(3, 3, "yaml-tab")], {"chair": {"name": "王一"}}),
    Row("chair:\n　　name: 王一", [(3, 1, "yaml-fullwidth-indent")], {"chair": {"name": "王一"}}),
    Row("chair:\n\xa0\xa0name: 王一", [(3, 1, "yaml-fullwidth-indent")], {"chair": {"name": "王一"}}),
    Row("  x: 1\ny: 2", [(2, 1, "yaml-first-indented")], {"x": 1, "y": 2}),
    Row("title: 很長\n　　的題目\nx: 1", [(3, 1, "yaml-fullwidth-indent")], {"title": "很長的題目", "x": 1}),
    # the colon
    Row("title：會議", [(2, 6, "yaml-fullwidth-colon")], {"title": "會議"}),
    Row("主席：馬正維", [(2, 3, "yaml-fullwidth-colon")], {"主席": "馬正維"}),
    Row("主　席：馬正維", [(2, 4, "yaml-fullwidth-colon")], {"主　席": "馬正維"}),
    Row('"主席"：馬正維', [(2, 5, "yaml-fullwidth-colon")], {"主席": "馬正維"}),
    Row("title: a\nvenue：b\nx: 1", [(3, 6, "yaml-fullwidth-colon")], {"title": "a", "venue": "b", "x": 1}),
    Row(
        "x:\n  - name：王\n    title：主任",
        [(3, 9, "yaml-fullwidth-colon"), (4, 10, "yaml-fullwidth-colon")],
        {"x": [{"name": "王", "title": "主任"}]},
    ),
    Row(
        "x:\n  - 姓名：王\n    職稱:主任",
        [(3, 7, "yaml-fullwidth-colon"), (4, 7, "yaml-colon-space")],
        {"x": [{"姓名": "王", "職稱": "主任"}]},
    ),
    Row(
        "x: {name：王, title:主任}",
        [(2, 9, "yaml-fullwidth-colon"), (2, 18, "yaml-colon-space")],
        {"x": {"name": "王", "title": "主任"}},
    ),
    Row("x: {name: 王，title: 主任}", [(2, 12, "yaml-fullwidth-comma")], {"x": {"name": "王", "title": "主任"}}),
    Row("x:王", [(2, 2, "yaml-colon-space")], {"x": "王"}),
    Row("x:　王", [(2, 2, "yaml-colon-space")], {"x": "王"}),
    Row("start:14:00", [(2, 6, "yaml-colon-space")], {"start": "14:00"}),
    Row("title x\ny: 1", [(2, 1, "yaml-no-colon")], {"y": 1}),
    Row("a: 1\n主席 馬正維\nb: 2", [(3, 1, "yaml-no-colon")], {"a": 1, "b": 2}),
    # the hyphen
    Row("x:\n  - a\n  -b", [(4, 3, "yaml-dash-space")], {"x": ["a", "b"]}),
    Row("x:\n- a\n-b\ny: 1", [(4, 1, "yaml-dash-space")], {"x": ["a", "b"], "y": 1}),
    Row("x:\n  -　王", [(3, 3, "yaml-dash-space")], {"x": ["王"]}),
    Row("x:\n  • 王\n  • 李", [(3, 3, "yaml-bullet"), (4, 3, "yaml-bullet")], {"x": ["王", "李"]}),
    Row("x:\n  * 王", [(3, 3, "yaml-bullet")], {"x": ["王"]}),
    Row("x:\n  1. 王\n  2、李", [(3, 3, "yaml-bullet"), (4, 3, "yaml-bullet")], {"x": ["王", "李"]}),
    Row("x:\n  一、王\n  （二）李", [(3, 3, "yaml-bullet"), (4, 3, "yaml-bullet")], {"x": ["王", "李"]}),
    Row("x: 委員\n  - 王\n  - 李\ny: 1", [(3, 3, "yaml-list-under-text")], {"x": "委員 - 王 - 李", "y": 1}),
    Row("x: 委員\n- 王\n- 李\ny: 1", [(3, 1, "yaml-list-under-text")], {"x": "委員", "y": 1}),
    Row("x:\n  - 甲\n    - 乙\ny: 1", [(4, 5, "yaml-list-under-text")], {"x": ["甲 - 乙"], "y": 1}),
    # what begins or cuts a value
    Row("title: 第 #1 案 # note", [(2, 10, "yaml-comment")], {"title": "第 #1 案 # note"}),
    Row("title: #1 會議", [(2, 8, "yaml-comment")], {"title": "#1 會議"}),
    Row("title: 甲\n  第 #1 案", [(3, 5, "yaml-comment-cuts")], {"title": "甲第"}),
    Row("title: 報告: 第一案", [(2, 10, "yaml-colon-in-value")], {"title": "報告: 第一案"}),
    Row('title: 報告: "一"\\二', [(2, 10, "yaml-colon-in-value")], {"title": '報告: "一"\\二'}),
    Row("title: 報告:", [(2, 10, "yaml-colon-in-value")], {"title": "報告:"}),
    *(
        Row(f"title: {sign}甲", [(2, 8, "yaml-quote-start")], {"title": f"{sign}甲"})
        for sign in ("@", "%", "`", "*", "&", "!", ">", "|", ",", "]", "}", "- ", "? ", ": ")
    ),
    Row("title: -", [(2, 8, "yaml-quote-start")], {"title": "-"}),
    Row("x: {{ a }}", [(2, 4, "yaml-quote-start")], {"x": "{{ a }}"}),
    Row("x: &abc", [(2, 4, "yaml-anchor")], {"x": "&abc"}),
    Row("x: *abc", [(2, 4, "yaml-alias")], {"x": "*abc"}),
    Row("x: !!python/object:a b", [(2, 4, "yaml-tag")], {"x": "!!python/object:a b"}),
    Row("x: !!binary aGk=", [(2, 4, "yaml-tag")], {"x": "!!binary aGk="}),
    # quotation marks and brackets
    Row("x: [附件一] 說明", [(2, 10, "yaml-quote-tail")], {"x": "[附件一] 說明"}),
    Row('x: "政策"說明', [(2, 8, "yaml-quote-tail")], {"x": '"政策"說明'}),
    Row("x: 'it's'", [(2, 8, "yaml-quote-tail")], {"x": "'it's'"}),
    Row('x: "abc\ny: 1', [(2, 4, "yaml-quote-unclosed")], {"x": "abc", "y": 1}),
    Row('title: "會議\nvenue: "會議室"', [(2, 8, "yaml-quote-unclosed")], {"title": "會議", "venue": "會議室"}),
    Row("x: 'abc\ny: 1", [(2, 4, "yaml-quote-unclosed")], {"x": "abc", "y": 1}),
    Row("x: [王, 李\ny: 1", [(2, 4, "yaml-bracket")], {"x": ["王", "李"], "y": 1}),
    Row("x: {name: 王\ny: 1", [(2, 4, "yaml-bracket")], {"x": {"name": "王"}, "y": 1}),
    Row('x: "C:\\附件"', [(2, 7, "yaml-escape")], {"x": "C:\\附件"}),
    Row("a: 1\n--- b: 2", [(3, 1, "yaml-document")], {"a": 1, "b": 2}),
]

GENTLE = [
    Row("x: 　王", [(2, 4, "yaml-stray-space")], {"x": "王"}),
    Row("x: 王　", [(2, 5, "yaml-stray-space")], {"x": "王"}),
    Row("x:\n  - 王\xa0", [(3, 6, "yaml-stray-space")], {"x": ["王"]}),
    Row("主席　: 王", [(2, 3, "yaml-stray-space")], {"主席": "王"}),
    Row("x: 王\u200b", [(2, 5, "yaml-invisible")], {"x": "王"}),
    Row("\u200bx: 王", [(2, 1, "yaml-invisible")], {"x": "王"}),
    Row("title: 會議  # 待確認", [(2, 12, "yaml-comment-behind")], {"title": "會議"}),
    Row("title: # 待確認", [(2, 8, "yaml-comment-behind")], {"title": None}),
    Row('title: "會議" # 待確認', [(2, 13, "yaml-comment-behind")], {"title": "會議"}),
]

# what only the parser, or the reader of its events, can tell
PARSED = [
    Row("title: a\ntitle: b", [(3, 1, "yaml-duplicate-key")], {"title": "a"}),
    Row("x: [&a 甲, *a]", [(2, 5, "yaml-anchor"), (2, 11, "yaml-alias")], {"x": []}),
    Row("<<: {a: 1}\nb: 2", [(2, 1, "yaml-merge")], {"b": 2}),
    Row("x: {!!set a: 1}\ny: 2", [(2, 5, "yaml-tag")], {"x": {}, "y": 2}),
    Row("? [a]\n: 1\ny: 2", [(2, 3, "yaml-key-not-text")], {"y": 2}),
    Row("{a: 1}: b\ny: 2", [(2, 1, "yaml-key-not-text")], {"y": 2}),
    Row("5: a", [(2, 1, "yaml-key-not-text")], {"5": "a"}),
    Row("true: a", [(2, 1, "yaml-key-not-text")], {"true": "a"}),
    Row("x:\n  a: 1\n    b: 2\ny: 3", [(4, 5, "yaml-indent")], {"x": {"a": 1}, "y": 3}),
    Row("x:\n   a: 1\n  b: 2\ny: 3", [(4, 3, "yaml-indent")], {"x": {"a": 1}, "y": 3}),
    Row('x: "\\ud83d\\ude00"\ny: 1', [(2, 7, "yaml-escape")], {"y": 1}),
    Row("x: " + "[" * 17 + "]" * 17 + "\ny: 1", [(2, 19, "yaml-depth")], {"y": 1}),
]

ALL = READING + SLIPS + GENTLE + PARSED
SURROUNDINGS = ["---\n{}\n---\n內文\n", "---\n前: 👍\n{}\n---\n", "---\n{}\n後: 𠮷\n...\n"]


def read(yaml: str) -> tuple[Source, Front]:
    source = Source("m.md", f"---\n{yaml}\n---\n\n## 主席致詞\n")
    return source, frontmatter.read(source)


def told(source: Source, front: Front) -> list[tuple[int, int, str]]:
    return [(*source.line_column(fault.span.start), fault.code) for fault in front.problems]


@pytest.mark.parametrize("row", ALL, ids=lambda row: row.yaml)
def test_told_at_its_place_and_read_all_the_same(row: Row) -> None:
    source, front = read(row.yaml)
    assert told(source, front) == row.told
    assert frontmatter.plain(front.root) == row.data
    assert source.text[front.body :] == "\n## 主席致詞\n"


@pytest.mark.parametrize("row", SLIPS + GENTLE + PARSED, ids=lambda row: row.yaml)
def test_speaks_both_languages_and_no_jargon(row: Row) -> None:
    _, front = read(row.yaml)
    for fault in front.problems:
        for say in (fault.message, fault.hint):
            assert say.zh
            assert say.en
            assert say.zh != say.en
            assert not any(word in say.zh.lower() for word in ("scalar", "mapping", "token", "expected", "yaml"))
            assert "{word}" not in say.zh + say.en


@pytest.mark.parametrize(
    ("rows", "severity"), [(SLIPS + PARSED, ERROR), (GENTLE[:6], WARNING), (GENTLE[6:], INFO)], ids=str
)
def test_severity(rows: list[Row], severity: str) -> None:
    for row in rows:
        assert {fault.severity for fault in read(row.yaml)[1].problems} == {severity}, row.yaml


@pytest.mark.parametrize("row", ALL, ids=lambda row: row.yaml)
def test_crlf_and_neighbours_move_no_column(row: Row) -> None:
    for newline in ("\r\n", "\r"):
        source = Source("m.md", f"---\n{row.yaml}\n---\n".replace("\n", newline))
        front = frontmatter.read(source)
        assert told(source, front) == row.told
        assert frontmatter.plain(front.root) == row.data
    source = Source("m.md", f"---\n前: 👍𠮷\n{row.yaml}\n---\n")
    front = frontmatter.read(source)
    shifted = [(line + 1, column, code) for line, column, code in row.told if code != "yaml-first-indented"]
    if "yaml-first-indented" not in str(row.told):
        assert told(source, front) == shifted


def mended(source: Source, faults: tuple[Diagnostic, ...]) -> str:
    text = source.text
    for edit in sorted((edit for fault in faults for edit in fault.fix), reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


@pytest.mark.parametrize(
    "row", [row for row in ALL if all(code != "" for *_, code in row.told)], ids=lambda row: row.yaml
)
def test_a_fix_mends_and_changes_no_data(row: Row) -> None:
    source, front = read(row.yaml)
    fixed = Source("m.md", mended(source, front.problems))
    again = frontmatter.read(fixed)
    assert [fault.code for fault in again.problems] == [fault.code for fault in front.problems if not fault.fix]
    assert frontmatter.plain(again.root) == frontmatter.plain(front.root)


def test_every_slip_but_those_without_one_answer_has_a_fix() -> None:
    without = {fault.code for row in SLIPS + GENTLE for fault in read(row.yaml)[1].problems if not fault.fix}
    assert without == {"yaml-no-colon", "yaml-list-under-text", "yaml-comment-cuts", "yaml-comment-behind"}


def test_all_faults_of_a_file_in_one_run() -> None:
    source, front = read(
        "title：會議\ndate: 2024-05-02\nstart:14:00\nchair:\n\tname: 王一\nlocation: [甲\nrecorder: @江\nnote\n"
        "attendees:\n  a: 1\n    b: 2\ndate: 2024-05-03\nkind: board"
    )
    assert told(source, front) == [
        (2, 6, "yaml-fullwidth-colon"),
        (4, 6, "yaml-colon-space"),
        (6, 1, "yaml-tab"),
        (7, 11, "yaml-bracket"),
        (8, 11, "yaml-quote-start"),
        (9, 1, "yaml-no-colon"),
        (12, 5, "yaml-indent"),
        (13, 1, "yaml-duplicate-key"),
    ]
    assert frontmatter.plain(front.root) == {
        "title": "會議",
        "date": "2024-05-02",
        "start": "14:00",
        "chair": {"name": "王一"},
        "location": ["甲"],
        "recorder": "@江",
        "attendees": {"a": 1},
        "kind": "board",
    }
    assert front.broken == {"note", "attendees"}


def test_a_slip_that_cannot_be_mended_names_its_field_broken() -> None:
    for yaml, broken in (
        ('x: "甲\n  乙\ny: 1', {"x"}),
        ("x: [甲,\n  乙\ny: 1", {"x"}),
        ("x:\n  a: *b c\n  d: @e\n    f\ny: 1", {"x"}),
        ("主席 馬正維\ny: 1", {"主席"}),
        ("x: 委員\n  - 王\ny: 1", {"x"}),
    ):
        assert read(yaml)[1].broken == broken, yaml


def test_more_than_a_hundred_slips_are_not_listed() -> None:
    _, front = read("\n".join(f"鍵{number}：值" for number in range(500)))
    assert len(front.problems) == 101
    assert front.problems[-1].code == "yaml-many"
    assert front.root is None


def test_a_duplicate_names_the_line_of_the_first() -> None:
    _, front = read("a: 1\ntitle: 甲\nb: 2\ntitle: 乙")
    assert "第 3 行" in front.problems[0].message.zh
    assert "line 3" in front.problems[0].message.en
