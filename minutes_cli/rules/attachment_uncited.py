"""An attachment is listed, but nothing in the minutes cites it.
附件清單裡有這一項，紀錄裡卻沒有引用。

Why: The reader is not told what the attachment belongs to; it may also be left over from the last meeting's file.
為什麼：看紀錄的人不知道這個附件是哪一項的；也可能是沿用上次的檔案而忘了刪掉。

Bad:

    ---
    attachments: [議程, 財務報告]
    ---

    ## 報告事項

    一、業務報告（如附件1）。

Good:

    ---
    attachments: [議程, 財務報告]
    ---

    ## 報告事項

    一、業務報告（如附件1、2）。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_cli.diagnostics import WARNING, Diagnostic, Say
from minutes_cli.document import Minutes
from minutes_cli.rules._attachments import citations, listed
from minutes_cli.source import Span

CODE = "attachment-uncited"

_BARE = r"[如見詳附]附件(?![0-9０-９一二三四五六七八九十])"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    count = listed(minutes)
    if not count:
        return
    cited = {number for citation in citations(minutes) for number in (*citation.numbers, *citation.also)}
    if count == 1 and re.search(_BARE, minutes.source.text):
        cited.add(1)  # 如附件 says enough where there is only one
    for number, attachment in enumerate(minutes.meta.data["attachments"], 1):
        if number in cited or _linked(minutes, attachment):
            continue
        title = attachment.get("title") if isinstance(attachment, dict) else attachment
        name = f"附件{number}（{title}）" if isinstance(title, str) else f"附件{number}"
        message = Say(
            f"列了{name}，紀錄裡卻沒有提到「附件{number}」", f"{name} is listed, but nothing cites 附件{number}"
        )
        hint = Say(
            f"請在用到它的地方寫「如附件{number}」，或從清單刪掉",
            f"write 「如附件{number}」 where it belongs, or take it off the list",
        )
        yield Diagnostic(_place(minutes, number - 1), CODE, message, WARNING, hint)


def _place(minutes: Minutes, index: int) -> Span:
    """The title where there is one: an entry in parts covers several lines."""
    if ("attachments", index, "title") in minutes.meta.places:
        return minutes.meta.where("attachments", index, "title")
    return minutes.meta.where("attachments", index)


def _linked(minutes: Minutes, attachment: object) -> bool:
    """Whether the body links to its file or address."""
    if not isinstance(attachment, dict):
        return False
    targets = [attachment.get("file"), attachment.get("url")]
    return any(isinstance(to, str) and to and f"]({to})" in minutes.source.text for to in targets)
