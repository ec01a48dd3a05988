"""A heading lacks the space behind its #, or its ＃ is full-width: it is read as plain text.
標題的 # 後面少了半形空格，或用了全形的 ＃，會被當成一般文字。

Why: Without the section everything below it is counted as part of the one above.
為什麼：讀不出這一節，下面的內容就全算進上一節，編號也跟著錯。

Bad:

    ## 主席致詞

    略

    ##報告事項

    一、業務報告。

Good:

    ## 主席致詞

    略

    ## 報告事項

    一、業務報告。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_cli.diagnostics import Diagnostic, Edit, Say
from minutes_cli.document import Minutes
from minutes_cli.rules._scan import opening
from minutes_cli.source import Span

CODE = "heading-space"

# A full-width or missing space behind #, or a full-width ＃.  A single # is 「#1 提案」, unless a Chinese word follows.
_SLIP = r"(?P<marks>#{2,6}(?!#)|#(?=[\u3000\u00a0]*[^\W\dA-Za-z_])|#*＃[#＃]*)(?P<gap>[ \t\u3000\u00a0]*)(?=\S)"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    for line in opening(minutes, "#＃"):
        found = re.match(_SLIP, line.text)
        if not found or (found["gap"][:1] in (" ", "\t") and "＃" not in found["marks"]):
            continue
        marks, right = found["marks"], "#" * len(found["marks"]) + " "
        hint = Say(f"改成「{right}」（半形 #，後面一個半形空格）", f"write 「{right}」, half-width # and one space")
        span = Span(line.start, line.start + found.end())
        yield Diagnostic(span, CODE, _message(marks, found["gap"]), hint=hint, fix=(Edit(span, right),))


def _message(marks: str, gap: str) -> Say:
    if "＃" in marks:
        return Say(f"「{marks}」是全形的，不會成為標題", f"「{marks}」 is full-width and makes no heading")
    if gap:
        return Say(
            f"「{marks}」後面是全形空格，不會成為標題", f"a full-width space behind 「{marks}」: this is no heading"
        )
    return Say(f"「{marks}」後面沒有半形空格，不會成為標題", f"no space behind 「{marks}」: this is no heading")
