"""Two asterisks between short words make the word between them italic, and vanish.
短字之間的兩個 * 會變成斜體，星號不見了。

Why: 「3*4*5」 or 「長*寬*高」 means 「times」; Markdown takes the asterisks away.
為什麼：「3*4*5」「長*寬*高」是「乘」的意思，Markdown 會拿掉星號。

Bad:

    ## 報告事項

    一、看板尺寸為3*4*5公尺。

Good:

    ## 報告事項

    一、看板尺寸為3×4×5公尺。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_cli.body.inlines import inlines
from minutes_cli.diagnostics import WARNING, Diagnostic, Edit, Say
from minutes_cli.document import Minutes
from minutes_cli.inline import Emphasis
from minutes_cli.rules._scan import holding

CODE = "emphasis-suspicious"

_FACTORS = r"(?<=[^\W_])(?<!\\)\*(?!\*)([0-9０-９A-Za-z.,]{1,8}|[^\W_]{1,2})(?<!\*)\*(?!\*)(?=[^\W_])"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    for prose in holding(minutes, "*"):
        if prose.text.count("*") < 2:
            continue
        factors = list(re.finditer(_FACTORS, prose.text))
        if not factors or not any(isinstance(node, Emphasis) for node in inlines(prose.text)):
            continue
        for found in factors:
            shown = prose.text[max(0, found.start() - 2) : found.end() + 2]
            message = Say(
                f"「{shown}」的 * 會變成斜體，星號不會印出來", f"the * of 「{shown}」 make italics and are not printed"
            )
            hint = Say(
                "如果是「乘」，請寫 ×；要強調請用 **…**", "if 「times」 is meant, write ×; for emphasis write **…**"
            )
            places = (found.start(), found.end() - 1)
            fix = tuple(Edit(prose.span(place, place + 1), "\\*") for place in places)
            yield Diagnostic(prose.span(*found.span()), CODE, message, WARNING, hint, fix, unsafe=True)
