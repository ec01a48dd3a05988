"""A decision is tracked, but nobody is named to carry it out.
決議列為列管，卻沒有寫主辦單位。

Why: At the next meeting the tracking table asks 承辦單位 for 辦理情形; without one nobody answers.
為什麼：下次會議的列管表要由承辦單位填辦理情形，沒有寫主辦就沒有人填。

Bad:

    ## 決議事項

    1. 請於下次會議報告建置進度。
       - 列管：是

Good:

    ## 決議事項

    1. 請於下次會議報告建置進度。
       - 主辦：資訊局
       - 列管：是
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.document import Item, Label, Minutes
from minutes_cli.rules._scan import blocks
from minutes_cli.source import Span

CODE = "decision-without-owner"

_UNTRACKED = frozenset(("", "否", "不", "無", "免", "no", "false", "解除列管", "不列管", "免列管", "自行列管"))


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    found = blocks(minutes)
    decisions: list[Item | Label] = [*found.items, *found.labels]
    for decision in decisions:
        tracking = decision.tracking
        if tracking is None or tracking.owners or tracking.tracked.strip().lower() in _UNTRACKED:
            continue
        words = decision.prose.text.split("\n")[0]
        shown = words[:16] + ("…" if len(words) > 16 else "")
        message = Say(
            f"決議「{shown}」列管，卻沒有主辦", f"the decision 「{shown}」 is tracked, but has nobody to carry it out"
        )
        hint = Say("請在決議之下加一行「- 主辦：〈單位〉」", "add a line 「- 主辦：〈單位〉」 below the decision")
        place = tracking.places.get("tracked", decision.span)
        bullet = minutes.source.text[place.start : place.end]
        span = Span(place.start + len(bullet) - len(bullet.lstrip("-*+ \t")), place.end)
        yield Diagnostic(span, CODE, message, hint=hint)
