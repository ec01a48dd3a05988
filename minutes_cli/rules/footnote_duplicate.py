"""Two footnotes have the same label.
兩個註腳用了同一個標記。

Why: A reference leads to the first of them; nothing leads to the second, which most Markdown programs leave out.
為什麼：引用只會連到第一個，第二個沒有人引用，多數 Markdown 程式會整個丟掉。

Bad:

    ## 報告事項

    一、業務報告[^1]。

    [^1]: 資料截至四月底。

    [^1]: 金額未稅。

Good:

    ## 報告事項

    一、業務報告[^1][^2]。

    [^1]: 資料截至四月底。

    [^2]: 金額未稅。
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.document import Minutes
from minutes_cli.rules._footnotes import mark

CODE = "footnote-duplicate"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    lines: dict[str, int] = {}
    for note in minutes.footnotes:
        span = mark(minutes, note)
        line = minutes.source.line_column(span.start)[0]
        first = lines.setdefault(note.label, line)
        if first != line:
            message = Say(
                f"註腳「[^{note.label}]」在第 {first} 行已經寫過",
                f"the footnote 「[^{note.label}]」 stands on line {first} already",
            )
            hint = Say("請換一個標記，並在文中引用", "give it another label, and refer to it")
            yield Diagnostic(span, CODE, message, hint=hint)
