"""A section that the layout requires is missing.
缺少這種版面必須有的章節。

Why: Each layout says in its profile.yaml which sections a record of its kind must have; a board's minutes without
討論事項 are not whole.
為什麼：每種版面都在 profile.yaml 的 required_sections 寫明這種會議的紀錄必須有哪些章節，缺了就不完整。

Bad:

    ---
    kind: procurement
    quorum: {expected: 9, present: 7, unit: 人}
    ---

    ## 主席致詞

    略

Good:

    ---
    kind: procurement
    quorum: {expected: 9, present: 7, unit: 人}
    ---

    ## 主席致詞

    略

    ## 報告事項

    一、業務報告。
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.document import Minutes, Section
from minutes_cli.sections import NAMES, ROLES
from minutes_cli.source import Span

CODE = "section-missing"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    order = list(ROLES)
    for required in minutes.profile.required_sections:
        role = required if required in ROLES else NAMES.get(required, "")
        if _stands(minutes, role, required):
            continue
        name = ROLES[role][0] if required in ROLES else required
        before = _before(minutes, order.index(role) if role else len(order), order)
        message = Say(
            f"「{minutes.profile.title or minutes.profile.name}」的版面要有「{name}」一節，這份紀錄沒有",
            f"the layout {minutes.profile.name} requires a section 「{name}」; there is none",
        )
        place = Say("最前面", "in the first place")
        if before:
            place = Say(f"「{before.name.text}」之後", f"behind 「{before.name.text}」")
        hint = Say(f"請在{place.zh}加上「## {name}」", f"add 「## {name}」 {place.en}")
        yield Diagnostic(before.heading if before else _closing(minutes), CODE, message, hint=hint)


def _stands(minutes: Minutes, role: str, required: str) -> bool:
    if role == "adjournment" and ("end" in minutes.meta.data or "sittings" in minutes.meta.data):
        return True
    return any(
        (section.role == role if role else section.name.text.replace("　", "") == required)
        for section in minutes.sections
    )


def _before(minutes: Minutes, place: int, order: list[str]) -> Section | None:
    """The last section that belongs before the missing one."""
    earlier = [s for s in minutes.sections if s.role in ROLES and order.index(s.role) < place]
    return earlier[-1] if earlier else None


def _closing(minutes: Minutes) -> Span:
    """The line that closes the front matter, behind which the first section belongs."""
    end = minutes.meta.span.end
    return Span(end, min(end + 3, len(minutes.source.text)))
