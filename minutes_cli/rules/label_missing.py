"""A 案由 lacks a part that the layout requires.
案由缺少這種版面必須有的項目。

Why: Some bodies decide only on motions that state their grounds.  Each layout says in its profile.yaml
(required_labels) which labels a 案由 must have.
為什麼：有些會議要求每一案寫明說明、決議等。各版面的案由必須有哪些項目，寫在 profile.yaml 的 required_labels。

Bad:

    ---
    kind: board
    quorum: {expected: 9, present: 7, unit: 人}
    ---

    ## 報告事項

    一、業務報告。

    ## 討論事項

    案由：開放資料格式，請討論。
    說明：資訊局提案。

    ## 臨時動議

    ## 決議事項

    一、採用 CSV。

Good:

    ---
    kind: board
    quorum: {expected: 9, present: 7, unit: 人}
    ---

    ## 報告事項

    一、業務報告。

    ## 討論事項

    案由：開放資料格式，請討論。
    說明：資訊局提案。
    決議：採用 CSV。

    ## 臨時動議

    ## 決議事項

    一、採用 CSV。
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.document import Label, Minutes, walk
from minutes_cli.labels import KINDS, NAMES
from minutes_cli.rules._scan import blocks

CODE = "label-missing"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    required = [NAMES.get(name, name) for name in minutes.profile.required_labels]
    if not any(section.role == "resolution" for section in minutes.sections):
        required = [kind for kind in required if kind != "decision"]  # the matter of case-without-decision
    for case in blocks(minutes).labels if required else ():
        if case.kind != "case" or "略" in case.prose.text:
            continue
        kinds = {block.kind for block in walk(case.children) if isinstance(block, Label)}
        for kind in required:
            if kind not in kinds:
                yield _fault(minutes, case, KINDS.get(kind, (kind,))[0])


def _fault(minutes: Minutes, case: Label, name: str) -> Diagnostic:
    message = Say(
        f"「{case.name}」缺少「{name}」，「{minutes.profile.title or minutes.profile.name}」的版面要求每案都有",
        f"「{case.name}」 has no 「{name}」, which the layout {minutes.profile.name} requires",
    )
    hint = Say(f"請在這一案之下加一行「{name}：…」", f"add a line 「{name}：…」 below it")
    return Diagnostic(case.name_span, CODE, message, hint=hint)
