"""A number stands twice in a run.
同一串編號裡，同一個號碼出現兩次。

Why: Printed numbers are computed, so the second 「二、」 prints as 三、, and whatever refers to it by number goes astray.
為什麼：印出來的編號是重新算過的，第二個「二、」會印成「三、」，別處引用它的號碼就對不上了。

Basis: 行政院《文書處理手冊》：分項標號依序使用。

Bad:

    ## 報告事項

    一、業務報告。
    二、財務報告。
    二、人事報告。

Good:

    ## 報告事項

    一、業務報告。
    二、財務報告。
    三、人事報告。
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.document import Minutes
from minutes_cli.rules._numbers import REPEATED, of_kind, renumber

CODE = "number-repeated"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    for slip in of_kind(minutes, REPEATED):
        right = renumber(slip.typed.text, slip.expected)
        before = slip.before.text if slip.before else ""
        message = Say(
            f"「{before}」之後又是「{slip.typed.text}」，這個號碼已經用過",
            f"「{before}」 is followed by 「{slip.typed.text}」, which stands in this run already",
        )
        hint = Say(
            f"接在「{before}」後面的是「{right}」，再後面的順延",
            f"behind 「{before}」 comes 「{right}」; shift what follows",
        )
        yield Diagnostic(slip.typed.span, CODE, message, hint=hint, fix=slip.edits)
