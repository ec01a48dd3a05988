"""The text refers to a footnote that is not written.
文中引用的註腳沒有寫。

Why: 「[^2]」 prints as it stands, and the reader looks for a note that is not there.
為什麼：「[^2]」會照樣印出來，看紀錄的人卻找不到註腳。

Bad:

    ## 報告事項

    一、業務報告[^2]。

Good:

    ## 報告事項

    一、業務報告[^2]。

    [^2]: 資料截至四月底。
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.document import Minutes
from minutes_cli.rules._footnotes import references

CODE = "footnote-undefined"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    written = {note.label for note in minutes.footnotes}
    for reference in references(minutes):
        if reference.label not in written:
            label = reference.label
            message = Say(
                f"引用了註腳「[^{label}]」，卻沒有寫這個註腳",
                f"refers to a footnote 「[^{label}]」 that is not written",
            )
            hint = Say(
                f"請另起一行寫「[^{label}]: …」，或改正標記", f"write a line 「[^{label}]: …」, or mend the label"
            )
            yield Diagnostic(reference.span, CODE, message, hint=hint)
