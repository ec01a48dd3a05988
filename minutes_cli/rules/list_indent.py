"""A sub-entry of a list stands too far left, and counts as an entry of its own.
清單的下一層縮排不夠，會變成同一層。

Why: Below `1. ` a sub-entry needs three blanks, below `10. ` four: as many as put it below the text.  With two it
becomes the next entry, the numbers shift, and 主辦 or 期限 no longer belong to their decision.
為什麼：「1. 」底下要縮排三格、「10. 」底下四格，也就是對齊上一層的文字。只縮兩格會變成下一項，編號跟著錯，
主辦、期限也不再屬於那一項決議。

Bad:

    ## 報告事項

    1. 業務報告
      - 第一季
    2. 財務報告

Good:

    ## 報告事項

    1. 業務報告
       - 第一季
    2. 財務報告
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.diagnostics import Diagnostic, Edit, Say
from minutes_cli.document import Minutes
from minutes_cli.rules._lists import Misplaced, misplaced
from minutes_cli.source import Span

CODE = "list-indent"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    found = misplaced(minutes)
    starts = {slip.start for slip in found}
    for slip in found:
        message = Say(
            f"縮排 {slip.indent} 格，不夠成為「{slip.parent}」的下一層，會變成同一層",
            f"indented by {slip.indent}, too little to stand below 「{slip.parent}」: it becomes its sibling",
        )
        hint = Say(
            f"縮排 {slip.wanted} 格，對齊上一層的文字", f"indent it by {slip.wanted}, below the text of the entry above"
        )
        yield Diagnostic(
            Span(slip.start, slip.start + len(slip.marker)), CODE, message, hint=hint, fix=tuple(_edits(slip, starts))
        )


def _edits(slip: Misplaced, others: set[int]) -> Iterator[Edit]:
    """The entry and what belongs to it move right; entries that are slips themselves have edits of their own."""
    blanks = " " * (slip.wanted - slip.indent)
    yield Edit(Span(slip.start, slip.start), blanks)
    for start in slip.below:
        if start not in others:
            yield Edit(Span(start, start), blanks)
