"""A list entry, heading, quote or table row is indented with full-width spaces, and is read as plain text.
清單、標題、引文或表格前面用了全形空格縮排，會被當成一般文字。

Why: Markdown knows only half-width spaces as indentation.  (一、 and （一） may stand behind full-width spaces, and so
may paragraphs.)
為什麼：Markdown 只認半形空格的縮排。（「一、」「（一）」和一般段落前面可以有全形空格。）

Bad:

    ## 報告事項

    1. 業務報告
    \u3000- 第一季

Good:

    ## 報告事項

    1. 業務報告
       - 第一季
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_cli.diagnostics import Diagnostic, Edit, Say
from minutes_cli.document import Minutes
from minutes_cli.rules._scan import lines, odd
from minutes_cli.source import Span

CODE = "fullwidth-indent"

_WIDE = r"([\u3000\u00a0][ \t\u3000\u00a0]*)((?:[-*+]|[0-9]{1,9}[.)])[ \t]+|#{1,6}[ \t]|>|\|)"
_ENTRY = re.compile(r"(?:[-*+]|[0-9]{1,9}[.)])[ \t]+")


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    if not odd(minutes).keys() & {"\u3000", "\u00a0"}:
        return
    indents: list[tuple[int, int]] = []  # (width as seen, where the text of that entry begins)
    for line in lines(minutes):
        found = re.match(_WIDE, line.text)
        seen = line.indent + (sum(2 if c == "\u3000" else 1 for c in found[1]) if found else 0)
        while indents and seen <= indents[-1][0]:
            indents.pop()
        wanted = indents[-1][1] if indents else 0
        entry = _ENTRY.match(line.text, found.end(1) if found else 0)
        if entry:
            indents.append((seen, (wanted if found else line.indent) + len(entry[0])))
        if found:
            yield _fault(Span(line.start, line.start + found.end(1)), found[2].strip(), line.indent, wanted)


def _fault(span: Span, mark: str, before: int, wanted: int) -> Diagnostic:
    message = Say(
        f"「{mark}」前面是全形空格，會被當成一般文字",
        f"「{mark}」 stands behind full-width spaces and is read as plain text",
    )
    hint = Say(
        f"改用 {wanted} 個半形空格" if wanted else "刪掉前面的空格",
        f"use {wanted} half-width spaces" if wanted else "delete the spaces before it",
    )
    whole = Span(span.start - before, span.end)
    return Diagnostic(span, CODE, message, hint=hint, fix=(Edit(whole, " " * wanted),))
