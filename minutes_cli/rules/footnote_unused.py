"""A footnote is written, but nothing refers to it.
寫了註腳，文中卻沒有引用。

Why: Nobody can tell to what the footnote belongs; most Markdown programs leave it out.
為什麼：看不出這個註腳是註哪裡的；多數 Markdown 程式會整個丟掉。

Bad:

    ## 報告事項

    一、業務報告。

    [^1]: 資料截至四月底。

Good:

    ## 報告事項

    一、業務報告[^1]。

    [^1]: 資料截至四月底。
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.document import Minutes
from minutes_cli.rules._footnotes import mark, references

CODE = "footnote-unused"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    if not minutes.footnotes:
        return
    used = {reference.label for reference in references(minutes)}
    known: set[str] = set()
    for note in minutes.footnotes:
        if note.label not in used and note.label not in known:
            message = Say(f"文中沒有引用註腳「[^{note.label}]」", f"nothing refers to the footnote 「[^{note.label}]」")
            hint = Say(
                f"請在要加註的地方寫「[^{note.label}]」，或刪掉這個註腳",
                f"write 「[^{note.label}]」 where it belongs, or delete it",
            )
            yield Diagnostic(mark(minutes, note), CODE, message, hint=hint)
        known.add(note.label)
