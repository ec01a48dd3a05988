"""The tracking section, as a table and as a list."""

from __future__ import annotations

import doctest

from minutes_cli import parse
from minutes_cli.body import tracking
from minutes_cli.front import decode

HEAD = "---\ntitle: 測試小組第3次會議\ndate: 2024-05-02\n---\n\n## 歷次會議決議追蹤\n\n"


def _rows(body: str) -> tuple[tracking.Row, ...]:
    return tracking.rows(parse.parse(decode.decode((HEAD + body).encode(), "m.md")))


def test_a_table_gives_one_row_a_decision() -> None:
    rows = _rows(
        "| 決議 | 辦理情形 | 列管 |\n|---|---|---|\n| 第1次會議結論3 | 已完成 | 解除列管 |\n| 2-1 | 辦理中 | 繼續列管 |\n"
    )
    assert [(row.named[0].session, row.named[0].number, row.said, row.disposal) for row in rows] == [
        (1, 3, "已完成", "解除列管"),
        (2, 1, "辦理中", "繼續列管"),
    ]


def test_a_list_gives_the_same() -> None:
    rows = _rows("一、石門市智慧小組第2次會議決議4：已辦理。\n（一）部分解除列管\n二、5-1-3：未辦。\n")
    first, second = rows
    assert (first.named[0].body, first.named[0].session, first.disposal) == ("石門市智慧小組", 2, "部分解除列管")
    assert (second.named[0].term, second.named[0].session, second.named[0].number, second.disposal) == (5, 1, 3, "")


def test_the_rest_may_be_released_in_one_sentence() -> None:
    assert tracking.releases_rest("第1次會議結論3為繼續列管外，其他追蹤事項解除列管。")
    assert not tracking.releases_rest("第1次會議結論3解除列管。")


def test_the_examples_of_the_docstrings() -> None:
    assert doctest.testmod(tracking).failed == 0
