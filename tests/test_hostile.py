"""Bodies that once took seconds or minutes, each read and printed in the time that any body of its length takes."""

from __future__ import annotations

import pytest
from test_cases import FRONT
from yardstick import times_ordinary

from minutes_cli import parse
from minutes_cli.front import decode
from minutes_cli.printing import outline
from minutes_cli.render import text

BODIES = {
    "brackets in a heading": "## 報告事項" + "（甲" * 40_000,
    "comments without an end": "甲" + "<!--" * 20_000,
    "links without an end": "[甲" * 20_000,
    "a footnote for each paragraph": "".join(f"甲[^{i}]\n\n[^{i}]: 乙\n\n" for i in range(2_500)),
    "cases": "## 討論事項\n\n" + "案由一：甲\n決議：乙\n" * 2_000,
    "labels behind items": "## 討論事項\n\n" + "一、甲\n" * 3_000 + "說明：乙\n一、丙\n" * 1_000,
    "numbers behind labels": "## 討論事項\n\n" + "說明：一、" * 20_000,
    "bold type": "## 討論事項\n\n" + "**一、甲" * 8_000,
}


def test_the_yardstick_catches_what_looks_at_every_line_for_every_line() -> None:
    lines = ["甲"] * 5_000
    assert times_ordinary(lambda: [sum(1 for _ in lines) for _ in lines], len("甲\n" * len(lines))) > 30


@pytest.mark.parametrize("name", BODIES)
def test_time(name: str) -> None:
    source = decode.decode((FRONT + BODIES[name]).encode(), "m.md")

    def read_and_print() -> None:
        minutes = parse.parse(source)
        text.render(outline.outline(minutes), minutes)

    assert times_ordinary(read_and_print, len(source.text)) < 30
