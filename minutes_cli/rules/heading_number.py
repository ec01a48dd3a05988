"""A heading's typed number is not the one that will be printed.
標題自己打的編號，和印出來的不同。

Why: 壹、貳、參、 are computed in the order of the sections, in some layouts running on from the header; a number
that was typed is compared and dropped.  A text that says 「詳陸」 should find 陸.
為什麼：壹、貳、參、由版面依章節順序計算（有些版面接著標頭往下編），自己打的編號只用來核對、不會照印。
編號可以完全不打。

Basis: 行政院《文書處理手冊》：分項標號依序使用。

Bad:

    ## 伍、主席致詞

    略

    ## 柒、報告事項

    一、業務報告。

Good:

    ## 伍、主席致詞

    略

    ## 陸、報告事項

    一、業務報告。
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.diagnostics import Diagnostic, Edit, Say
from minutes_cli.document import Minutes
from minutes_cli.rules._numbers import renumber

CODE = "heading-number"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    if not any(section.typed for section in minutes.sections):
        return
    # Most files type no number, and can do without the printed outline.
    from minutes_cli.printing.outline import section_numbers

    for section, ordinal, printed in section_numbers(minutes):
        typed = section.typed
        if typed is None or not printed or typed.value == ordinal:
            continue
        right = renumber(typed.text, ordinal)
        message = Say(
            f"標題打的是「{typed.text}」，依順序印出來是「{printed}」",
            f"typed as 「{typed.text}」, but it prints as 「{printed}」",
        )
        hint = Say(f"改成「{right}」，或把編號刪掉", f"write 「{right}」, or leave the number out")
        yield Diagnostic(typed.span, CODE, message, hint=hint, fix=(Edit(typed.span, right),))
