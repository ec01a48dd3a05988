"""A body that is read in pieces, of which the known ones are not read again, is the body that is read as a whole."""

from __future__ import annotations

import random

import pytest
from bench import meetings
from hypothesis import given
from hypothesis import strategies as st

from minutes_cli import parse
from minutes_cli.body.piecewise import Known
from minutes_cli.source import Source

HEAD = "---\ntitle: x\nsession: 2\n---\n"


def same(text: str, known: Known) -> None:
    source = Source("m.md", text)
    assert parse.parse(source, drafts=known.drafts) == parse.parse(source)


@pytest.mark.parametrize("number", range(12))
def test_a_meeting_while_it_is_changed(number: int) -> None:
    dice, known, text = random.Random(number), Known(), meetings.meeting(number).text
    same(text, known)
    for _ in range(12):
        start = dice.randrange(text.index("\n---\n") + 5, len(text))
        new = dice.choice(
            ("", "字", "\n## 新的一節\n", "\n", "一、", "   - 主辦：甲\n", "[^1]: 註\n", "|a|b|\n|-|-|\n")
        )
        text = text[:start] + new + text[start + dice.choice((0, 1, 5)) :]
        same(text, known)


@pytest.mark.parametrize(
    "body",
    [
        "```\n## 程式\n```\n## 決議事項\n一、甲",
        "<!-- 註\n## 註裡\n-->\n## 決議事項\n一、甲",
        "## 討論事項\n<!-- 一行 -->\n一、甲\n## 決議事項\n一、乙",
        "## 討論事項\n\n一、甲\n\n## 討論事項\n\n一、甲\n\n## 討論事項\n\n一、甲\n",
        "- \n## 甲\n\n- \n  - 乙\n## \n##\t丙：丁\n> 引\n## 戊",
        "前言\r\n## 甲\r\n一、乙\r\n## 丙\r丁\r## 戊",
        "## 甲[^1]\n[^1]: 註\n\n    二\n## 乙[^1]\n",
    ],
)
def test_what_may_hold_a_section_within(body: str) -> None:
    known = Known()
    for text in (HEAD + body, HEAD + "\n" + body, HEAD + body + "\n尾"):
        same(text, known)


LINES = st.sampled_from(
    [
        *(
            "## 決議事項",
            "## 發言重點：",
            "### 甲",
            "一、乙",
            "（一）丙",
            "1. 丁",
            "   - 主辦：戊",
            "- ",
            "> 引",
            "案由：己",
        ),
        *(
            "[^1]: 註",
            "",
            "壹、庚",
            "|a|b|",
            "|-|-|",
            "```",
            "<!--",
            "-->",
            "    碼",
            "***",
            "===",
            "辛[^1]",
            "　　壬",
            "##",
            "## ",
        ),
    ]
)


@given(st.lists(st.lists(LINES, max_size=12), min_size=1, max_size=3), st.sampled_from(("\n", "\r\n", "\r")))
def test_any_lines(bodies: list[list[str]], ending: str) -> None:
    known = Known()
    for lines in bodies:
        same(ending.join((*HEAD.splitlines(), *lines)), known)
