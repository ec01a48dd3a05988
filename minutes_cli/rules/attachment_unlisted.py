"""The text cites 附件N, but the list of attachments has no N-th entry.
文中引用了附件N，附件清單裡卻沒有這一項。

Why: A reader of the minutes looks for the attachment and finds none; often an attachment was taken out of the list and
the numbers behind it moved.
為什麼：看紀錄的人會找不到這個附件；常見的是從清單拿掉一項，後面的號碼跟著變了。

Bad:

    ---
    attachments: [議程]
    ---

    ## 報告事項

    一、業務報告（如附件1），財務報告（如附件2）。

Good:

    ---
    attachments: [議程, 財務報告]
    ---

    ## 報告事項

    一、業務報告（如附件1），財務報告（如附件2）。
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.document import Minutes
from minutes_cli.rules._attachments import citations, listed

CODE = "attachment-unlisted"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    count = listed(minutes)
    if count is None:
        return
    for citation in citations(minutes):
        lost = [number for number in citation.numbers if not 1 <= number <= count]
        if not lost:
            continue
        names = "、".join(f"附件{number}" for number in lost[:3]) + ("…" if len(lost) > 3 else "")
        has = Say(
            f"只列了 {count} 項" if count else "一項都沒有列", f"only {count} are listed" if count else "none is listed"
        )
        message = Say(f"引用了{names}，但「附件」清單{has.zh}", f"cites {names}, but {has.en}")
        hint = Say(
            "請在開頭的「附件」清單補上，或改正號碼（清單的順序就是號碼）",
            "add it to attachments at the top, or mend the number (the position in the list is the number)",
        )
        yield Diagnostic(citation.span, CODE, message, hint=hint)
