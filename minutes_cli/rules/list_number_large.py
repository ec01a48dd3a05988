"""A line begins with a large number and a dot, and is read as an entry of a list.
一行以大數字加點開頭，會被當成編號清單的一項。

Why: 「104. 年度預算」 or 「2015. 9. 24 會議」 at the start of a line is a list to Markdown; the number is dropped and
counted anew.
為什麼：行首的「104. 年度預算」「2015. 9. 24 會議」在 Markdown 裡是編號清單，數字會被拿掉重新編。

Bad:

    ## 報告事項

    104. 年度預算執行情形。

Good:

    ## 報告事項

    104 年度預算執行情形。
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.diagnostics import WARNING, Diagnostic, Edit, Say
from minutes_cli.document import Minutes
from minutes_cli.rules._numbers import large_numbers
from minutes_cli.source import Span

CODE = "list-number-large"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    for item in large_numbers(minutes):
        typed = item.typed
        assert typed is not None
        message = Say(
            f"「{typed.text}」在行首會被當成編號，印出來變成第 {item.ordinal} 項",
            f"「{typed.text}」 at the start of a line is read as a number; it prints as entry {item.ordinal}",
        )
        hint = Say(
            "如果不是編號，請改寫（例如 104 年度），或在點的前面加 \\",
            "if it is none, write it otherwise, or \\ before the dot",
        )
        mark = typed.span.end - 1
        yield Diagnostic(typed.span, CODE, message, WARNING, hint, (Edit(Span(mark, mark), "\\"),))
