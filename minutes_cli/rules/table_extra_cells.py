"""A row of a table has more cells than its head.
表格有一列的格數比表頭多。

Why: The columns behind the head's last have no name; GitHub and others leave them out altogether.  Often a | stands in
the text of a cell.
為什麼：多出來的欄沒有名稱，GitHub 等處更會整格丟掉。常見的原因是格子的文字裡有「|」。

Bad:

    ## 報告事項

    | 項目 | 金額 |
    |---|---|
    | 場租 | 3,000 | 已付 |

Good:

    ## 報告事項

    | 項目 | 金額 | 備註 |
    |---|---|---|
    | 場租 | 3,000 | 已付 |
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.document import Minutes, Table
from minutes_cli.rules._scan import blocks
from minutes_cli.source import Span

CODE = "table-extra-cells"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    for table in blocks(minutes).tables:
        columns = _columns(minutes, table)
        for row in table.rows[1:]:
            extra = [cell for cell in row[columns:] if cell]
            if not extra:
                continue
            cells = max(i for i, cell in enumerate(row, 1) if cell)
            span = Span(extra[0].at(0), extra[-1].at(len(extra[-1].text)))
            message = Say(
                f"這一列有 {cells} 格，表頭只有 {columns} 格", f"this row has {cells} cells, the head has {columns}"
            )
            hint = Say(
                "請在表頭補一欄；如果「|」是文字的一部分，請寫成「\\|」",
                "add a column to the head; where | is part of the text, write 「\\|」",
            )
            yield Diagnostic(span, CODE, message, hint=hint)


def _columns(minutes: Minutes, table: Table) -> int:
    """How many cells the line of --- has, which are as many as the head's (the model fills short rows up)."""
    source = minutes.source
    line = source.line_span(source.line_column(table.span.start)[0] + 1)
    marks = source.text[line.start : line.end].strip(" \t>").strip("|")
    return len(marks.split("|"))
