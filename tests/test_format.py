"""`minutes fmt` keeps its two laws over the examples, generated meetings and texts nobody prepared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bench import meetings
from hypothesis import given, settings
from hypothesis import strategies as st
from test_spellings import HEAD, LINES, MEETING, Natural

from minutes_cli import numerals, parse
from minutes_cli.authoring import format as formatter
from minutes_cli.front import decode
from minutes_cli.printing import outline
from minutes_cli.render import text as text_format
from minutes_cli.source import Source

ROOT = Path(__file__).parent.parent
FILES = [*sorted((ROOT / "examples").glob("*.md")), *sorted((ROOT / "tests/fixtures/cases").glob("*.md"))]


def _lawful(source: Source) -> str:
    """The formatted text, after both laws have been seen to hold."""
    formatted = formatter.format(source)
    if source.raw:  # characters were replaced while it was read, and so it is not written
        assert formatted == source.text
        return formatted
    before, after = parse.parse(source), parse.parse(Source(source.name, formatted))
    assert formatter.same(before, after), formatted
    assert formatter.format(Source(source.name, formatted)) == formatted
    if before.whole:
        assert _printed(before) == _printed(after)
    return formatted


def _printed(minutes: Any) -> bytes:
    return text_format.render(outline.outline(minutes), minutes)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_laws_over_the_examples(path: Path) -> None:
    if path.stem not in ("README", "expected"):
        _lawful(decode.read(path))


def test_both_spellings_of_the_case_come_to_one_body() -> None:
    natural = formatter.format(decode.read(ROOT / "tests/fixtures/cases/natural.md"))
    markdown = formatter.format(decode.read(ROOT / "tests/fixtures/cases/markdown.md"))
    assert natural.split("---\n")[2] == markdown.split("---\n")[2]


@settings(max_examples=60, deadline=None)
@given(MEETING)
def test_laws_over_natural_spellings(meeting: dict[str, Any]) -> None:
    formatted = _lawful(Source("m.md", HEAD + "\n".join(Natural(meeting).lines) + "\n"))
    lines = formatted.split("---\n", 2)[2].splitlines()
    assert not [line for line in lines if numerals.match(line) and not line[0].isdigit()]


@settings(max_examples=120, deadline=None)
@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_laws_over_any_mixture(lines: list[str], ending: str) -> None:
    _lawful(Source("m.md", HEAD.replace("\n", ending) + ending.join(lines) + ending))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_laws_over_any_text(body: str) -> None:
    _lawful(decode.decode((HEAD + body).encode("utf-8", "replace"), "m.md"))


def test_line_endings_comments_and_key_order_stay() -> None:
    given = (
        "---\r\n# 註解\r\ntitle: 甲會議  # 尾註\r\nend: 下午4時\r\ndate: '113年5月2日'\r\nstart: 14:00\r\n---\r\n\r\n"
        "## 報告事項\r\n\r\n一、甲\r\n（一）乙\r\n\r\n## 討論事項\r\n\r\n<!-- 留著 -->\r\n一、丙\r\n"
    )
    assert formatter.format(Source("m.md", given)) == (
        "---\r\n# 註解\r\ntitle: 甲會議  # 尾註\r\nend: 16:00\r\ndate: 2024-05-02\r\nstart: 14:00\r\n---\r\n\r\n"
        "## 報告事項\r\n\r\n1. 甲\r\n   1. 乙\r\n\r\n## 討論事項\r\n\r\n<!-- 留著 -->\r\n一、丙\r\n"
    )


def test_a_weekday_that_is_wrong_is_not_formatted_away() -> None:
    given = "---\ntitle: 甲會議\ndate: 113年5月2日（星期五）\n---\n"
    assert formatter.format(Source("m.md", given)) == given


def test_tables_are_aligned_by_display_width() -> None:
    given = HEAD + "## 報告事項\n\n| 項目 | 數量 |\n|---|--:|\n| 甲a | 1 |\n| 乙乙乙 | 100 |\n"
    assert formatter.format(Source("m.md", given)).endswith(
        "| 項目   | 數量 |\n| ------ | ---: |\n| 甲a    |    1 |\n| 乙乙乙 |  100 |\n"
    )


@pytest.mark.parametrize("first", range(0, 1000, 125))
def test_laws_over_a_thousand_generated_meetings(first: int) -> None:
    """`format` itself returns only what comes to rest; that the model stays is seen here from outside."""
    for number in range(first, first + 125):
        source = Source("m.md", meetings.meeting(number).text)
        assert formatter.same(parse.parse(source), parse.parse(Source("m.md", formatter.format(source)))), number
