"""A comment is not printed.
HTML 註解不會印出來。

Why: `<!-- … -->` shows in the file and on no printed page; a note that was meant to be read is lost, and one that was
not is handed out with the file.
為什麼：<!-- … --> 裡的字看檔案看得到，印出來卻沒有；要讓人看的字會不見，不要讓人看的字會跟著檔案交出去。

Bad:

    ## 主席致詞

    略 <!-- 待主席補充 -->

Good:

    ## 主席致詞

    略
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_cli.diagnostics import WARNING, Diagnostic, Say
from minutes_cli.document import Minutes
from minutes_cli.rules._scan import comments

CODE = "html-comment"

_DIRECTIVE = re.compile(r"<!--\s*minutes:")


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    text = minutes.source.text
    for span in comments(minutes):
        if _DIRECTIVE.match(text, span.start):
            continue
        if text.endswith("-->", 0, span.end):
            message = Say("註解裡的字不會印出來", "what stands in a comment is not printed")
            hint = Say("要印的請移到註解外面，不要的請刪掉", "move out what is to be printed, delete the rest")
        else:
            message = Say("註解沒有「-->」結尾，會照樣印出來", "a comment without 「-->」 prints as it stands")
            hint = Say("請補上「-->」，或把「<!--」刪掉", "close it with 「-->」, or delete 「<!--」")
        yield Diagnostic(span, CODE, message, WARNING, hint)
