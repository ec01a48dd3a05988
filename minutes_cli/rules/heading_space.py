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

# A single # before anything but a Chinese character may be 「#1 提案」.
_SLIP = re.compile(
    r"(?:(#{2,6}|＃{1,6}|[#＃]{2,6})(?![#＃])([\u3000\u00a0]*)|(#)([\u3000\u00a0]*)(?=[\u4e00-\u9fff]))(?=\S)"
)


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    for line in opening(minutes, "#＃"):
        found = _SLIP.match(line.text)
        if not found:
            # ＃＃ with a proper space behind it.
            found = re.match(r"([#＃]*＃[#＃]*)([ \t\u3000\u00a0]+)(?=\S)", line.text)
        if not found:
            continue
        marks, gap = found[1] or found[3], found[2] if found[1] else found[4]
        span = Span(line.start, line.start + found.end())
        right = "#" * len(marks) + " "
        wide = "＃" in marks
        message = Say(
            f"「{marks}」是全形的，不會成為標題" if wide else f"「{marks}」後面沒有半形空格，不會成為標題",
            f"「{marks}」 is full-width and makes no heading"
            if wide
            else f"no space behind 「{marks}」: this is no heading",
        )
        hint = Say(f"改成「{right}」（半形 #，後面一個半形空格）", f"write 「{right}」")
        if gap and not wide:
            message = Say(
                f"「{marks}」後面是全形空格，不會成為標題", f"a full-width space behind 「{marks}」: this is no heading"
            )
        yield Diagnostic(span, CODE, message, hint=hint, fix=(Edit(span, right),))
