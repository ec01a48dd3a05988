"""Reports: what stands where in the text, in display columns, and that the JSON keeps its schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_cli import registry
from minutes_cli.check import check
from minutes_cli.diagnostics import ERROR, INFO, WARNING, Diagnostic, Edit, Say
from minutes_cli.judged import Judged
from minutes_cli.report import json as json_report
from minutes_cli.report import text as text_report
from minutes_cli.report._snippet import snippet
from minutes_cli.source import Source, Span
from minutes_cli.width import width

SCHEMA = json.loads((Path(__file__).parent.parent / "schemas" / "report.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
MESSAGE = Say("寫的是甲，但應該是乙", "says A, ought to say B")
HINT = Say("改成乙", "write B")


def judged(text: str, *found: Diagnostic, name: str = "m.md") -> Judged:
    return Judged(Source(name, text), found)


def fault(start: int, end: int, severity: str = ERROR, fix: tuple[Edit, ...] = ()) -> Diagnostic:
    return Diagnostic(Span(start, end), "some-fault", MESSAGE, severity, HINT, fix)


def plain(checked: list[Judged], language: str = "zh") -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", "".join(text_report.write(checked, language)))


def underlined(text: str, start: int, end: int) -> list[tuple[str, str]]:
    """Each line shown, cut down to what stands above the carets, with the carets."""
    shown = []
    for row in snippet(Source("m.md", text), Span(start, end)):
        inside = "".join(char for column, char in _columns(row.text) if row.indent <= column < row.indent + row.length)
        shown.append((inside, "^" * row.length))
    return shown


def _columns(text: str) -> Iterator[tuple[int, str]]:
    """Each character with its column; what combines stands with the character before it."""
    column = 0
    for i, char in enumerate(text):
        if width(text[: i + 1]) > width(text[:i]):
            column = width(text[:i])
        yield column, char


def test_a_finding_in_chinese() -> None:
    text = "---\nstart: 14:00\nend: 09:00\n---\n"
    assert plain([judged(text, fault(22, 27))]) == (
        "m.md:3:6: 錯誤：寫的是甲，但應該是乙 [some-fault]\n"
        "  3 │ end: 09:00\n"
        "    │      ^^^^^\n"
        "    = 提示：改成乙\n"
        "\n"
        "檢核了 1 個檔案：1 個錯誤、0 個警告。\n"
    )


def test_a_finding_in_english() -> None:
    text = "\n" * 11 + "主席：江恩\n"
    assert plain([judged(text, fault(11, 14, WARNING))], "en") == (
        "m.md:12:1: warning: says A, ought to say B [some-fault]\n"
        "  12 │ 主席：江恩\n"
        "     │ ^^^^^^\n"
        "     = hint: write B\n"
        "\n"
        "1 file checked: 0 errors, 1 warning.\n"
    )


@pytest.mark.parametrize(
    ("count", "language", "said"),
    [
        (0, "zh", "檢核了 0 個檔案，沒有錯誤。\n"),
        (3, "zh", "檢核了 3 個檔案，沒有錯誤。\n"),
        (1, "en", "1 file checked, no faults.\n"),
        (3, "en", "3 files checked, no faults.\n"),
    ],
)
def test_nothing_found_is_said_in_one_line(count: int, language: str, said: str) -> None:
    assert plain([judged("")] * count, language) == said


def test_infos_are_counted_where_there_are_any() -> None:
    assert plain([judged("甲", fault(0, 1, INFO), fault(0, 1))], "en").endswith("1 error, 0 warnings, 1 note.\n")
    assert "提醒：" in plain([judged("甲", fault(0, 1, INFO))])


def test_the_severity_has_its_colour() -> None:
    chunks = "".join(text_report.write([judged("甲", fault(0, 1), fault(0, 1, WARNING))], "zh"))
    assert "\x1b[1;31m錯誤：\x1b[0m" in chunks
    assert "\x1b[1;33m警告：\x1b[0m" in chunks
    assert "\x1b[1;31m^^\x1b[0m" in chunks


@pytest.mark.parametrize(
    ("text", "start", "end", "inside", "carets"),
    [
        ("ab王cd", 2, 3, "王", "^^"),
        ("王ab", 1, 3, "ab", "^^"),
        ("\tab", 1, 2, "a", "^"),
        ("王\tab", 2, 4, "ab", "^^"),
        ("e\u0301ab", 2, 3, "a", "^"),
        ("👨‍👩‍👧ab", 5, 6, "a", "^"),
        ("👍🏽ab", 0, 2, "👍🏽", "^^"),
        ("𠮷ab", 0, 1, "𠮷", "^^"),
        ("a\u200bb", 1, 2, "\ufffd", "^"),
        ("a\u202eb", 2, 3, "b", "^"),
        ("a\x1b[31mb", 1, 2, "␛", "^"),
        ("a\x00b", 1, 2, "␀", "^"),
        ("abc", 3, 3, "", "^"),
        ("", 0, 0, "", "^"),
        ("abc\n", 4, 4, "", "^"),
    ],
)
def test_the_range_is_underlined_in_display_columns(text: str, start: int, end: int, inside: str, carets: str) -> None:
    assert underlined(text, start, end) == [(inside, carets)]


def test_a_range_of_several_lines() -> None:
    assert underlined("ab\n  cd\nef", 1, 9) == [("b", "^"), ("cd", "^^"), ("e", "^")]


def test_of_many_lines_the_first_and_the_last_are_shown() -> None:
    rows = snippet(Source("m.md", "\n".join(f"第{n}行" for n in range(9))), Span(2, 30))
    assert [(row.number, row.text, row.length) for row in rows] == [("1", "第0行", 2), ("", "⋮", 0), ("8", "第7行", 3)]


@pytest.mark.parametrize("end_of_line", ["\n", "\r\n", "\r"])
def test_a_line_ending_is_never_shown(end_of_line: str) -> None:
    assert underlined(f"ab{end_of_line}cd", 1, 2 + len(end_of_line)) == [("b", "^")]


def test_a_long_line_is_cut_around_the_range() -> None:
    line = "甲" * 200 + "這裡" + "乙" * 200
    (row,) = snippet(Source("m.md", line), Span(200, 202))
    assert width(row.text) <= 76
    assert row.text.startswith("…甲")
    assert row.text.endswith("乙…")
    assert underlined(line, 200, 202) == [("這裡", "^^^^")]


def test_a_long_range_is_underlined_as_far_as_it_is_shown() -> None:
    (row,) = snippet(Source("m.md", "a" * 500), Span(100, 400))
    assert width(row.text) <= 76
    assert row.indent + row.length <= 76


@given(st.text(alphabet=st.sampled_from("a王\t\u0301é👍🏽\u200d\u200b\x07，\ufe0f"), max_size=150), st.data())
def test_any_line_is_shown_in_its_width(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    (row,) = snippet(Source("m.md", line), Span(start, end))
    assert width(row.text) <= 76
    assert row.indent >= 0
    assert row.length >= 1
    assert row.indent + row.length <= 77


@given(st.text(max_size=80), st.data())
def test_no_text_of_a_file_reaches_the_terminal_as_a_command(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    report = plain([judged(text, fault(start, start + 1))])
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u202a-\u202e\u2066-\u2069]", report)


# JSON


def document(*checked: Judged, language: str = "zh") -> dict[str, Any]:
    read: dict[str, Any] = json.loads("".join(json_report.write(checked, language)))
    VALIDATOR.validate(read)
    return read


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_nothing_found_is_a_valid_report() -> None:
    empty = {"version": 1, "findings": [], "summary": {"files": 0, "errors": 0, "warnings": 0, "infos": 0}}
    assert document() == empty
    assert document(judged("甲"))["summary"]["files"] == 1


def test_a_finding_has_its_place_in_code_points() -> None:
    text = "---\r\n👍：王\r\n"
    edit = Edit(Span(7, 8), "江")
    (found,) = document(judged(text, fault(7, 8, fix=(edit,))), language="en")["findings"]
    place = {"line": 2, "column": 3, "end_line": 2, "end_column": 4, "offset": 7, "end_offset": 8}
    assert found == {
        "path": "m.md",
        **place,
        "severity": "error",
        "code": "some-fault",
        "message": MESSAGE.en,
        "hint": HINT.en,
        "fix": [{**place, "text": "江"}],
        "unsafe": False,
    }


def test_findings_of_many_files_are_told_apart_and_counted() -> None:
    read = document(judged("甲", fault(0, 1), name="a.md"), judged("乙", fault(0, 1, INFO), name="b.md"), judged(""))
    assert [found["path"] for found in read["findings"]] == ["a.md", "b.md"]
    assert read["summary"] == {"files": 3, "errors": 1, "warnings": 0, "infos": 1}


def test_the_schema_refuses_what_it_does_not_know() -> None:
    read = document(judged("甲", fault(0, 1)))
    read["findings"][0]["colour"] = "red"
    assert not VALIDATOR.is_valid(read)
    assert not VALIDATOR.is_valid({"version": 2, "findings": [], "summary": read["summary"]})


@given(st.text(max_size=60))
def test_any_file_makes_a_valid_report(text: str) -> None:
    source = Source("m.md", text)
    one = Judged(source, check(source).diagnostics)
    document(one)
    plain([one])


@pytest.mark.parametrize("name", registry.names("report"))
def test_a_report_is_written_meeting_by_meeting(name: str) -> None:
    """Memory stays flat: nothing waits for the last meeting."""
    seen: list[int] = []

    def meetings() -> Iterator[Judged]:
        for n in range(3):
            seen.append(n)
            yield judged("甲", fault(0, 1))

    chunks = iter(registry.load("report", name).write(meetings(), "zh"))
    while "some-fault" not in next(chunks).replace("\\", ""):
        pass
    assert seen == [0]
