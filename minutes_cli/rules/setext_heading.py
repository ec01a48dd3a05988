"""A line of --- or === right below a text makes that text a heading.
文字下面緊接一行 --- 或 ===，那段文字會變成標題。

Why: A rule was meant, but Markdown takes the text above it for a heading, which then gets a number.
為什麼：本來是要畫一條分隔線，Markdown 卻把上一行文字當成標題，還會編上號碼。

Bad:

    ## 主席致詞

    本日議程如下
    ---

Good:

    ## 主席致詞

    本日議程如下

    ---
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_cli.diagnostics import WARNING, Diagnostic, Edit, Say
from minutes_cli.document import Minutes
from minutes_cli.source import Span

CODE = "setext-heading"

_ENDS = ("-", "=", " ", "\t")  # as few headings do
_UNDERLINED = r"(?s).*[\r\n]([ ]{0,3})(-+|=+)[ \t]*\Z"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    for section in minutes.sections:
        heading = section.heading
        written = minutes.source.text[heading.start : heading.end]
        found = re.match(_UNDERLINED, written) if written[-1:] in _ENDS else None
        if not found:
            continue
        line, start, end = (heading.start + found.start(group) for group in (1, 2, 2))
        end += len(found[2])
        name = section.name.text.split("\n")[-1]
        message = Say(
            f"「{name}」下面緊接「{found[2][:3]}」，會變成標題",
            f"「{name}」 becomes a heading by the 「{found[2][:3]}」 below it",
        )
        hint = Say(
            "要分隔線，請在它前面空一行；要標題，請改寫「## 」", "leave a blank line before it, or write 「## 」"
        )
        fix = (Edit(Span(line, line), "\n"),)
        yield Diagnostic(Span(start, end), CODE, message, WARNING, hint, fix, unsafe=True)
