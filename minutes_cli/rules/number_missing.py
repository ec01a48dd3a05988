"""A number is left out in a run.
編號跳號，中間少了一個。

Why: Numbers are computed when the minutes are printed, so 「決議三」 in the file would print as 決議二; and a gap may mean
that an entry was lost while copying.
為什麼：印出來的編號是重新算過的，檔案裡的「三、」會印成「二、」；跳號也可能是剪貼時漏了一項。
節錄本來就會跳號，請在開頭寫 節錄: true。

Basis: 行政院《文書處理手冊》：分項標號依序使用。

Bad:

    ## 報告事項

    一、業務報告。
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
from minutes_cli.rules._numbers import MISSING, of_kind, renumber

CODE = "number-missing"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    for slip in of_kind(minutes, MISSING):
        before = slip.before.text if slip.before else ""
        lost = renumber(slip.typed.text, slip.expected)
        message = Say(
            f"「{before}」之後是「{slip.typed.text}」，少了「{lost}」",
            f"「{before}」 is followed by 「{slip.typed.text}」; 「{lost}」 is missing",
        )
        hint = Say(
            f"補上漏掉的一項，或改成「{lost}」；如果是節錄，請在開頭寫 節錄: true",
            f"add what was lost, or write 「{lost}」; in an excerpt, write excerpt: true at the top",
        )
        yield Diagnostic(slip.typed.span, CODE, message, hint=hint, fix=slip.edits)
