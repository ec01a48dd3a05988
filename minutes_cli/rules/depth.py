"""An entry lies deeper than the six levels there are labels for.
層次超過六層，沒有編號可用。

Why: The labels end with （甲）; what lies deeper prints on the sixth level, and cannot be told from what is above it.
為什麼：編號到「（甲）」為止，更深的一層只能印在第六層，和上一層分不出來。

Basis: 行政院《文書處理手冊》的分項標號：壹、 一、（一） 1.（1） 甲、（甲）。

Bad:

    ## 報告事項

    - 業務
      - 收費
        - 場地
          - 平日
            - 日間
              - 上午
                - 八時至十時

Good:

    ## 報告事項

    - 業務
      - 收費
        - 場地
          - 平日
            - 日間
              - 上午八時至十時
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.body.tree import MAX_LEVEL
from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.document import Item, Minutes
from minutes_cli.rules._scan import blocks
from minutes_cli.source import Span

CODE = "depth"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    end = 0
    for item in blocks(minutes).items:
        if item.level < MAX_LEVEL or item.span.start < end:
            continue
        for child in item.children:
            if isinstance(child, Item):
                end = item.span.end
                yield _fault(minutes, child)
                break


def _fault(minutes: Minutes, item: Item) -> Diagnostic:
    text = minutes.source.text
    start = item.typed.span.start if item.typed else item.span.start
    while start < item.span.end and text[start] in " \t>":
        start += 1
    message = Say(
        f"這是第 {MAX_LEVEL + 1} 層，編號只到第 {MAX_LEVEL} 層",
        f"this is level {MAX_LEVEL + 1}; labels end at level {MAX_LEVEL}",
    )
    hint = Say("請把最深的幾層併成一段文字", "put the deepest levels into one text")
    return Diagnostic(Span(start, start + (len(item.typed.text) if item.typed else 1)), CODE, message, hint=hint)
