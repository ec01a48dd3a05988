"""More are present than were expected.
實到比應到還多。

Why: Whether the meeting could decide at all depends on these two numbers; most often they changed places.
為什麼：會議能不能開、決議有沒有效，看的就是這兩個數；最常見的是兩個填反了。

Bad:

    ---
    quorum: {expected: 12, present: 15, unit: 人}
    ---

Good:

    ---
    quorum: {expected: 15, present: 12, unit: 人}
    ---
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.document import FieldPath, Minutes

CODE = "quorum"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    quorum = minutes.meta.data.get("quorum")
    entries = enumerate(quorum) if isinstance(quorum, list) else [(-1, quorum)]
    for i, entry in entries:
        if not isinstance(entry, dict):
            continue
        path: FieldPath = ("quorum",) if i < 0 else ("quorum", i)
        expected, present = entry.get("expected"), entry.get("present")
        if isinstance(expected, int | float) and isinstance(present, int | float) and present > expected:
            message = Say(
                f"應到 {expected:,}，實到卻有 {present:,}", f"expected {expected:,}, but {present:,} are present"
            )
            hint = Say("請查對，是不是兩個數字填反了", "look them up; perhaps they changed places")
            yield Diagnostic(minutes.meta.where(*path, "present"), CODE, message, hint=hint)
