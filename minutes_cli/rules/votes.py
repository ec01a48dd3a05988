"""The votes counted do not add up to those present.
表決的票數加起來，與出席人數不符。

Why: Whether a motion passed depends on the counts; one that does not add up was miscounted or mistyped.
為什麼：案子通不通過看票數；加不起來就是算錯或打錯了。

Basis: 會議規範第11條（議事紀錄記載表決的方法與結果）。

Bad:

    ## 討論事項

    案由：開放資料格式，請討論。
    表決：贊成 9 票，反對 2 票，棄權 0 票，出席 10 人。
    決議：通過。

Good:

    ## 討論事項

    案由：開放資料格式，請討論。
    表決：贊成 9 票，反對 1 票，棄權 0 票，出席 10 人。
    決議：通過。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.document import Block, Item, Label, Minutes, Paragraph, Prose
from minutes_cli.rules._scan import blocks

if TYPE_CHECKING:
    from minutes_cli.rules._counts import Counts

CODE = "votes"

_OTHER = "出席|反對|棄權|不同意|不贊成|無效|廢票|未投票|在場|投票|表決"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    told = [prose for prose in _told(minutes) if re.search(_OTHER, prose.text)]
    if not told:
        return
    from minutes_cli.rules._counts import read

    present = _present(minutes.meta.data.get("quorum"))
    for prose in told:
        for counts in read(prose.text):
            fault = _judge(counts, present)
            if fault:
                yield Diagnostic(prose.span(counts.start, counts.end), CODE, fault[0], hint=fault[1])


def _told(minutes: Minutes) -> Iterator[Prose]:
    """Where votes are told: 表決 and decisions, not what somebody said about them."""
    found = blocks(minutes)
    for label in found.labels:
        if label.kind in ("vote", "decision", "rider"):
            yield from _proses((label, *label.children))
    for item in found.items:
        if item.decision:
            yield from _proses((item, *item.children))


def _proses(parts: tuple[Block, ...]) -> Iterator[Prose]:
    return (part.prose for part in parts if isinstance(part, Label | Item | Paragraph))


def _present(quorum: Any) -> dict[str, Decimal]:
    """Those present by unit, from the front matter."""
    from minutes_cli.rules._counts import unit_of

    found: dict[str, Decimal] = {}
    for entry in quorum if isinstance(quorum, list) else [quorum]:
        if isinstance(entry, dict) and isinstance(entry.get("present"), int | float):
            unit = entry.get("unit") or "人"
            found[unit_of(unit) if isinstance(unit, str) else ""] = Decimal(str(entry["present"]))
    return found


def _judge(counts: Counts, quorum: dict[str, Decimal]) -> tuple[Say, Say] | None:
    present = counts.present
    if present is None:
        present = quorum.get(counts.unit)
        place = Say("「應到實到」欄的實到是", "by the quorum field")
    else:
        place = Say("出席是", "as it says")
    if present is None or counts.votes == present:
        return None
    message = Say(
        f"{counts.told()}，合計 {counts.votes:,}，{place.zh} {present:,}",
        f"{counts.told()} make {counts.votes:,}, but {place.en} {present:,} are present",
    )
    if counts.votes > present:
        return message, Say("票數比出席還多，請查對", "more votes than people: look up the counts")
    lost = present - counts.votes
    return message, Say(
        f"請查對；如果有人沒有投票（例如主席），請寫明「未投票 {lost:,}」",
        f"look up the counts; if some did not vote (the chair, say), write 「未投票 {lost:,}」",
    )
