"""Lines with | between cells look like a table, but are none.
幾行用 | 隔開，看起來像表格，其實不是。

Why: Markdown needs a line of --- below the head and half-width |; without them the rows run together in one paragraph.
為什麼：Markdown 的表格在表頭下面要有一行 ---，直線要用半形的 |；少了就會連成一段文字。

Bad:

    ## 報告事項

    | 項目 | 金額 |
    | 場租 | 3,000 |

Good:

    ## 報告事項

    | 項目 | 金額 |
    |---|---|
    | 場租 | 3,000 |
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from minutes_cli.diagnostics import Diagnostic, Edit, Say
from minutes_cli.document import Minutes, Prose
from minutes_cli.rules._scan import holding
from minutes_cli.source import Source, Span

CODE = "table-lookalike"

_PIPE = r"(?<!\\)[|｜]"
_FRAMED = r"[|｜].*[|｜]$"
_RULE_ROW = r"[|｜]?[ 　]*:?[-－—]+:?[ 　]*(?:[|｜][ 　]*:?[-－—]+:?[ 　]*)*[|｜]?$"


class _Row(Struct, frozen=True):
    start: int
    text: str
    pipes: int


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    for prose in holding(minutes, "|", "｜"):
        rows = _rows(prose)
        if len(rows) > 1 or (rows and re.match(_FRAMED, rows[0].text)):
            yield _fault(prose, rows, minutes.source)


def _rows(prose: Prose) -> list[_Row]:
    """The first run of lines that are cut into equally many cells, or that stand between two pipes."""
    rows: list[_Row] = []
    offset = 0
    for line in prose.text.split("\n"):
        pipes = len(re.findall(_PIPE, line))
        if pipes and (not rows or pipes == rows[0].pipes or re.match(_FRAMED, line)):
            rows.append(_Row(offset, line.rstrip(), pipes))
        elif len(rows) > 1:
            break
        else:
            rows = []
        offset += len(line) + 1
    return rows


def _fault(prose: Prose, rows: list[_Row], source: Source) -> Diagnostic:
    wide = any("｜" in row.text for row in rows)
    ruled = len(rows) > 1 and re.match(_RULE_ROW, rows[1].text)
    dashes = "|---" * len(re.split(_PIPE, rows[0].text.strip("|｜"))) + "|"
    hint = Say(f"請在第一列下面加一行 {dashes}", f"put a line {dashes} below the first row")
    message = Say("第一列下面沒有一行 |---|，不會成為表格", "no line of |---| below the first row: this is no table")
    if wide:
        message = Say("直線是全形的「｜」，不會成為表格", "the full-width 「｜」 makes no table")
        hint = Say(
            f"改用半形的「|」，第一列下面要有一行 {dashes}", f"use 「|」, with a line {dashes} below the first row"
        )
    fix = [Edit(prose.span(row.start, row.start + len(row.text)), _mended(row.text)) for row in rows if wide]
    first = prose.span(rows[0].start, rows[0].start + len(rows[0].text))
    if not ruled:
        fix.append(Edit(Span(first.end, first.end), f"\n{_below(source, first.start)}{dashes}"))
    unframed = not all(re.match(_FRAMED, row.text) for row in rows)  # 「A|B 方案」 may be no cells at all
    return Diagnostic(first, CODE, message, hint=hint, fix=tuple(fix), unsafe=unframed)


def _below(source: Source, place: int) -> str:
    """What a line begins with that continues the one that `place` stands in: its blanks and marks of quotations."""
    line = source.line_span(source.line_column(place)[0])
    return re.sub(r"[^\s>]", " ", source.text[line.start : place])


def _mended(row: str) -> str:
    row = row.replace("｜", "|")
    return re.sub("[－—]+", "---", row) if re.match(_RULE_ROW, row) else row
