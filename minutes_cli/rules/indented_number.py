"""A numbered line is indented by four blanks or a tab, and runs together with the line above.
編號行前面縮排四格或一個 Tab，會和上一行連成一段。

Why: （一） or 1. may stand behind up to three blanks or behind full-width spaces; behind four, Markdown takes the line
for the rest of the paragraph above.  The layout indents by itself.
為什麼：「（一）」「1.」前面可以有三格以內的空格或全形空格；到了四格，Markdown 就當成上一段的後半。
縮排由版面處理，不必自己打。

Bad:

    ## 報告事項

    一、業務報告。
        （一）第一季。

Good:

    ## 報告事項

    一、業務報告。
    （一）第一季。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_cli import labels, numerals
from minutes_cli.diagnostics import Diagnostic, Edit, Say
from minutes_cli.document import Minutes
from minutes_cli.rules._scan import proses
from minutes_cli.source import Span

CODE = "indented-number"

_INDENT = re.compile(r"(?: {0,3}\t|    )[ \t]*")


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    source = minutes.source
    for prose in proses(minutes):
        for offset, place in prose.places[1:]:
            line = source.line_span(source.line_column(place)[0])
            indent = _INDENT.match(source.text, line.start, line.end)
            if not indent or indent.end() != place:
                continue
            name = _name(prose.text, offset)
            if name:
                message = Say(
                    f"「{name}」前面縮排四格以上，會和上一行連成一段",
                    f"「{name}」 is indented so far that it runs on from the line above",
                )
                hint = Say("刪掉前面的空格，縮排由版面處理", "delete the blanks; the layout indents by itself")
                fix = (Edit(Span(line.start, place), ""),)
                yield Diagnostic(Span(place, place + len(name)), CODE, message, hint=hint, fix=fix)


def _name(text: str, start: int) -> str:
    """The number or label that stands at `start`, as typed."""
    number = numerals.match(text, start)
    label = None if number else labels.match(text, start)
    return number.typed if number else text[start : label.stop] if label else ""
