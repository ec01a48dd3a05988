"""A number is not the one that belongs at its place.
編號不是這個位置該有的號碼。

Why: Printed numbers are computed; a run that begins with 二、 or goes backwards prints with other numbers than the file
shows, and whatever refers to an entry by its number goes astray.
為什麼：印出來的編號是重新算過的；從「二、」開始或順序顛倒的編號，印出來會和檔案裡不一樣，別處的引用就對不上了。

Basis: 行政院《文書處理手冊》：分項標號依序使用。

Bad:

    ## 報告事項

    二、業務報告。
    三、財務報告。

Good:

    ## 報告事項

    一、業務報告。
    二、財務報告。
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.document import Minutes
from minutes_cli.rules._numbers import WRONG, Slip, of_kind, renumber

CODE = "number-wrong"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    for slip in of_kind(minutes, WRONG):
        right = renumber(slip.typed.text, slip.expected)
        hint = Say(f"依順序應該是「{right}」", f"in its place belongs 「{right}」")
        yield Diagnostic(slip.typed.span, CODE, _message(slip, right), hint=hint, fix=slip.edits)


def _message(slip: Slip, right: str) -> Say:
    typed = slip.typed.text
    if slip.before is None:
        return Say(
            f"這一串編號從「{typed}」開始，應該從「{right}」開始", f"this run begins with 「{typed}」, not 「{right}」"
        )
    before = slip.before.text
    if slip.typed.value < slip.before.value:
        return Say(
            f"「{typed}」排在「{before}」後面，順序不對", f"「{typed}」 stands behind 「{before}」: out of order"
        )
    return Say(
        f"「{before}」之後是「{typed}」，跳過了「{right}」",
        f"「{before}」 is followed by 「{typed}」, not by 「{right}」",
    )
