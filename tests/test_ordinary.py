"""What is read in one pass is what markdown-it reads; and it is read in one pass, where recorders write it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from bench import meetings
from hypothesis import given, settings
from hypothesis import strategies as st

from minutes_cli.body import markdown, ordinary, pieces
from minutes_cli.body.syntax import Block
from minutes_cli.front import decode, fence
from minutes_cli.source import Source

ROOT = Path(__file__).parents[1]
LINES = [
    *("## 決議事項", "### 甲 #", "# b ## ", "#", "##", "##\u3000甲", "## 甲 ##", "### # #", "#甲"),
    *(
        "一、乙",
        "（一）丙",
        "1.甲",
        "(1)壬",
        "甲、癸",
        "壹、庚",
        "１. x",
        "１、x",
        "(１)x",
        "一 、x",
        "**一、**乙",
        "**一、乙**",
    ),
    *("案由：己", "案由一：", "**說明：**甲", "**決議**", "資訊局回覆", "說　明：甲", "第一案", "提案二、 甲"),
    *("地點：甲", "王委員：好", "尾，", "字", "甲\\", "甲  ", "：", "①甲", "【說明】乙", "[主席]: 請", "`x`", "~~刪~~"),
    *("1. 丁", "2. 戊", "10. x", "1) y", "- 己", "* 庚", "+ 辛", "- ", "1.", "001. x", "1234. x", "1234567890. x"),
    *("- 1. x", "1. - x", "- # h", "1. 一、x", "- | a |", "- - x", "-     code", "-  two", "1.  three", "1. 1. 甲"),
    *("1. ---", "10. - -", "- 1. ---", "1. ===", "1. ***"),
    *("- a\u3000", "1.\u3000x", "　　壬", "　1. x", "　一、x", "\u00a0甲"),
    *(
        "|a|b|",
        "|-|-|",
        "| :-: | --: |",
        "|c|d|e|",
        "| x",
        "a | b",
        "--- | ---",
        "  | - |",
        "\\| a",
        "| a \\| b |",
        "|　|b|",
    ),
    *(
        "|",
        "-|-",
        "<!-- x -->",
        "<!-- x --> y",
        "<!-- minutes: ignore[x] -->",
        "<!--",
        "-->",
        "--> x",
        "<!-->",
        "    碼",
        "***",
        "* * *",
        "===",
        "---",
    ),
    *("> q", "[^1]: 註", "[^1] 甲", "```", "甲\t乙", "\t乙", "\0"),
    *([""] * 12),
]
INDENTS = [0, 0, 0, 0, 0, 0, 1, 2, 3, 3, 4, 5, 6, 7]


def read(text: str) -> list[Block] | None:
    """What is read in one pass, which markdown-it is asked for too."""
    source = Source("m.md", text)
    found = ordinary.read(source, 0, len(text))
    assert found is None or found == markdown.read(source, 0, len(text))
    return found


lines = st.builds(lambda indent, line: " " * indent + line, st.sampled_from(INDENTS), st.sampled_from(LINES))


@settings(max_examples=600)
@given(st.lists(lines, max_size=9), st.sampled_from(("\n", "\r\n", "\r")))
def test_any_lines(written: list[str], ending: str) -> None:
    read(ending.join(written))


@given(st.text(alphabet="一、（）.1- #*|：案由說明\n 　甲", max_size=40))
def test_any_signs(text: str) -> None:
    read(text)


def test_two_thousand_bodies_of_which_many_are_read_in_one_pass() -> None:
    dice = random.Random(1)
    bodies = ("\n".join(" " * dice.choice(INDENTS) + dice.choice(LINES) for _ in range(4)) for _ in range(2000))
    assert sum(read(body) is not None for body in bodies) > 350


@pytest.mark.parametrize("number", range(24))
def test_a_meeting_is_read_in_one_pass(number: int) -> None:
    text = meetings.meeting(number).text
    for start, end in pieces.cut(text, fence.cut(text).body):
        assert read(text[start:end]) is not None


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.md")), ids=lambda path: path.stem)
def test_the_examples(path: Path) -> None:
    source = decode.read(path)
    found = [ordinary.read(source, *piece) for piece in pieces.cut(source.text, fence.cut(source.text).body)]
    assert len(found) == 1 or sum(one is not None for one in found) >= 0.8 * len(found)  # fenced code keeps it in one
    for blocks, (start, end) in zip(found, pieces.cut(source.text, fence.cut(source.text).body), strict=True):
        assert blocks is None or blocks == markdown.read(source, start, end)
