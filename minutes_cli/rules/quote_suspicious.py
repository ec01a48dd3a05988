"""A line begins with > and a number, and is read as a quotation.
一行以 > 加數字開頭，會被當成引文。

Why: 「>5人同意」 means 「more than five」; Markdown drops the > and prints a quotation.
為什麼：「>5人同意」是「超過五人」的意思，Markdown 卻會拿掉 >，印成引文。

Bad:

    ## 討論事項

    >5人同意者通過。

Good:

    ## 討論事項

    超過5人同意者通過。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_cli.diagnostics import WARNING, Diagnostic, Edit, Say
from minutes_cli.document import Minutes
from minutes_cli.rules._scan import opening
from minutes_cli.source import Span

CODE = "quote-suspicious"

_NUMBER = r">[=＝]|>[ ]?[0-9０-９]"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    for line in opening(minutes, ">"):
        if line.indent < 4 and re.match(_NUMBER, line.text):
            shown = line.text[:6]
            message = Say(
                f"「{shown}」的 > 在行首會變成引文", f"the > of 「{shown}」 at the start of a line makes a quotation"
            )
            hint = Say(
                "如果是「大於」，請寫成文字，或用全形的 ＞",
                "if 「more than」 is meant, use words, or the full-width ＞",
            )
            span = Span(line.start, line.start + 1)
            yield Diagnostic(span, CODE, message, WARNING, hint, (Edit(span, "＞"),), unsafe=True)
