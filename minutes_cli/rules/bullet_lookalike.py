"""A line begins with a character that looks like a bullet of a list, but is none.
一行開頭看起來像項目符號，其實不是 Markdown 的清單。

Why: Lines that begin with · • ○ ＊ or with a - without a space are one paragraph to Markdown, and run together in print.
為什麼：以 · • ○ ＊ 或後面沒有空格的 - 開頭的幾行，在 Markdown 裡是同一段文字，印出來會連成一行。

Bad:

    ## 報告事項

    •業務報告

Good:

    ## 報告事項

    - 業務報告
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_cli.diagnostics import WARNING, Diagnostic, Edit, Say
from minutes_cli.document import Minutes
from minutes_cli.rules._scan import BULLETS, opening
from minutes_cli.source import Span

CODE = "bullet-lookalike"

# 「○○公司」 and 「○君」 are names left out; 「＊註」 is a note; a dash before a digit is a minus.
_SLIP = (
    rf"(?P<odd>[{BULLETS}])(?!(?P=odd)|君|姓)[ \t\u3000\u00a0]*(?=\S)"
    r"|＊(?!＊|註)[ \t\u3000\u00a0]*(?=\S)"
    r"|(?:-[\u3000\u00a0]*|－[ \t\u3000\u00a0]*)(?=[^\W\d_]|[「『（(])"
    r"|[*+][\u3000\u00a0]+(?=\S)"
)


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    for line in opening(minutes, BULLETS + "＊-－*+"):
        found = re.match(_SLIP, line.text)
        if not found:
            continue
        mark = found[0].strip()
        if mark in "-*+":
            message = Say(f"「{mark}」後面沒有半形空格，不會成為清單", f"no space behind 「{mark}」: this is no list")
        else:
            message = Say(
                f"「{mark}」不是清單的符號，這一行會和上下文連成一段",
                f"「{mark}」 makes no list: the lines run together",
            )
        hint = Say("改成「- 」（半形減號加一個半形空格）", "write 「- 」, a hyphen and a space")
        span = Span(line.start, line.start + len(mark))
        yield Diagnostic(span, CODE, message, WARNING, hint, (Edit(Span(line.start, line.start + found.end()), "- "),))
