"""A 案由 has no 決議 of its own, and the record has no resolution section.
案由沒有決議，紀錄裡也沒有「決議事項」一節。

Why: What was decided is what the minutes are for.  A resolution section may hold the decisions of all; without one
each 案由 needs its own.
為什麼：會議紀錄最要緊的就是決議。有「決議事項」一節時，決議可以集中寫在那裡；沒有的話，每一案都要有自己的決議。

Basis: 會議規範第11條（議事紀錄記載討論事項的表決與結果）；政府資訊公開法第7條（合議制機關公開決議內容）。

Bad:

    ## 討論事項

    案由：開放資料格式，請討論。
    說明：資訊局提案。

Good:

    ## 討論事項

    案由：開放資料格式，請討論。
    說明：資訊局提案。
    決議：採用 CSV 與 JSON。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.document import Block, Item, Label, Minutes, walk
from minutes_cli.rules._scan import blocks

CODE = "case-without-decision"

_SETTLED = r"[（(][^（）()]*略[^（）()]*[）)]|撤案|撤回|併案|併入|緩議|保留|洽悉"
_JOINT = r"併案|合併|以上.{0,6}案|上[開述].{0,6}案|[兩二三四五六]案"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    found = blocks(minutes)
    if any(section.role == "resolution" for section in minutes.sections):
        return
    if all(label.kind != "case" or _decided(label) for label in found.labels):
        return
    for group in found.groups:
        open_cases: list[Label] = []
        for block in group:
            if _covers(block):
                open_cases = []
            if isinstance(block, Label) and block.kind == "case" and not _decided(block):
                open_cases.append(block)
        yield from (_fault(case) for case in open_cases)


def _decided(case: Label) -> bool:
    return bool(re.search(_SETTLED, case.name + case.prose.text)) or any(
        _is_decision(block) for block in walk(case.children)
    )


def _is_decision(block: Block) -> bool:
    return (isinstance(block, Label) and block.kind in ("decision", "rider", "vote")) or (
        isinstance(block, Item) and bool(block.decision)
    )


def _covers(block: Block) -> bool:
    """Whether the block holds one decision for several cases (以上二案併案討論), or is the decision that follows them."""
    if not isinstance(block, Label):
        return False
    if block.kind == "decision":
        return True
    return any(
        isinstance(inner, Label) and inner.kind == "decision" and bool(re.search(_JOINT, inner.prose.text))
        for inner in walk(block.children)
    )


def _fault(case: Label) -> Diagnostic:
    words = case.prose.text.split("\n")[0]
    shown = f"{case.name}：{words[:16]}{'…' if len(words) > 16 else ''}" if words else case.name
    message = Say(f"「{shown}」沒有決議", f"「{shown}」 has no decision")
    hint = Say(
        "請在這一案之下加一行「決議：…」，或另立「## 決議事項」一節",
        "add a line 「決議：…」 below it, or a section 「## 決議事項」",
    )
    return Diagnostic(case.name_span, CODE, message, hint=hint)
