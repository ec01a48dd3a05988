"""A paragraph that is indented by four blanks or a tab is read as program code.
段落前面縮排四格或一個 Tab，會被當成程式碼。

Why: Code prints in a fixed-width type, its numbers and labels are not read, and 附件N in it leads nowhere.
為什麼：程式碼會印成等寬字，裡面的編號、標示都不會讀，附件也連不到。

Bad:

    ## 主席致詞

    各位委員好：

        今天的會議有兩個議題。

Good:

    ## 主席致詞

    各位委員好：

    今天的會議有兩個議題。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_cli.diagnostics import Diagnostic, Edit, Say
from minutes_cli.document import Code, Minutes
from minutes_cli.han import is_ideograph
from minutes_cli.rules._scan import blocks
from minutes_cli.source import Span

CODE = "indented-code"

_DRAWN = r"[ \t]{2,}|[│┃|+─━]|[{};=]$"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    source = minutes.source
    for code in blocks(minutes).codes:
        first, last = (source.line_column(offset)[0] for offset in (code.span.start, code.span.end - 1))
        spans = [source.line_span(line) for line in range(first, last + 1)]
        texts = [source.text[span.start : span.end] for span in spans]
        if texts[0].lstrip(" \t>").startswith(("```", "~~~")) or _fenced(texts[0]):
            continue
        message = Say("縮排四格以上的段落會被當成程式碼", "a paragraph indented by four blanks is read as code")
        hint = Say("刪掉前面的空格，縮排由版面處理", "delete the blanks; the layout indents by itself")
        start = spans[0].start + len(texts[0]) - len(texts[0].lstrip())
        fix = tuple(_edits(code, spans, texts))
        span = Span(start, code.span.end)
        yield Diagnostic(span, CODE, message, hint=hint, fix=fix, unsafe=any(map(_drawn, texts)))


def _drawn(line: str) -> bool:
    """Whether the blanks or lines inside may be meant, as in a table that was drawn by hand, or in code."""
    return bool(re.search(_DRAWN, line.strip())) or (bool(line.strip()) and not any(map(is_ideograph, line)))


def _fenced(line: str) -> bool:
    """A fence may open right behind the mark of a list entry."""
    return "```" in line or "~~~" in line


def _edits(code: Code, spans: list[Span], texts: list[str]) -> Iterator[Edit]:
    """Each line moves to where the text around it begins."""
    inside = code.text.split("\n")[0]
    own = len(inside) - len(inside.lstrip(" \t"))
    blanks = texts[0][: len(texts[0]) - len(texts[0].lstrip(" \t"))].expandtabs(4)
    wanted = " " * max(0, len(blanks) - 4 - own)
    for span, text in zip(spans, texts, strict=True):
        if text.strip():
            yield Edit(Span(span.start, span.start + len(text) - len(text.lstrip(" \t"))), wanted)
