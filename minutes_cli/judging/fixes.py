"""A judged meeting in, the same with what can be mended mended out.

A fix is the edits of one finding, made together or not at all.  Of two that meet, the one that stands first in the file
is made, and the other, if it is still needed, in the next round; rounds go on until nothing changes.  All else of the
file stays byte for byte: line endings, the byte-order mark, characters that could not be read.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import replace

from minutes_cli.diagnostics import Diagnostic, Edit
from minutes_cli.front import decode
from minutes_cli.judged import Judged
from minutes_cli.say import Say
from minutes_cli.source import Source

ROUNDS = 100
_BOM = "\ufeff"


class How(Struct, frozen=True):
    """`judge` judges a text anew, `told` leaves what is to be told of a file, `unsafe` says whether unsafe fixes are
    wanted too."""

    judge: Callable[[Source], Judged]
    told: Callable[[Judged], Judged]
    unsafe: bool = False


class Mended(Struct, frozen=True):
    """The file as it is now, and how many fixes were `made` on the way."""

    judged: Judged
    made: int


class Fixable(Struct, frozen=True):
    """How many findings have a safe fix, and how many an unsafe one."""

    safe: int = 0
    unsafe: int = 0

    def __add__(self, other: object) -> Fixable:
        assert isinstance(other, Fixable)
        return Fixable(self.safe + other.safe, self.unsafe + other.unsafe)


def mend(judged: Judged, how: How) -> Mended:
    """Make every fix that is wanted, round by round.  One after which its own finding is still there is taken back, and
    tried again only after others were made."""
    made, failed = 0, set[tuple[str, Say]]()
    told, seen, tried = how.told(judged), {raw(judged.source)}, 0
    for _ in range(ROUNDS):
        chosen = choose((one for one in told.diagnostics if (one.code, one.message) not in failed), how.unsafe)
        if not chosen and failed and made > tried:
            failed, tried = set(), made
            continue
        edits = sorted({edit for found in chosen for edit in found.fix})
        text = apply(raw(judged.source), edits)
        if not chosen or text in seen:
            break
        after = how.judge(_again(judged.source, text))
        told_after = how.told(after)
        if still := _still_there(chosen, edits, told_after):
            failed |= still
            continue
        seen.add(text)
        made += len(chosen)
        judged, told = after, told_after
    return Mended(judged, made)


def _still_there(chosen: list[Diagnostic], edits: list[Edit], after: Judged) -> set[tuple[str, Say]]:
    """The findings that their fixes have not mended."""
    left = {(found.code, found.message, found.span.start) for found in after.diagnostics}
    still = set()
    for found in chosen:
        start = found.span.start
        before, beside = (
            start + sum(len(new) - (place.end - place.start) for place, new in edits if place.end < end)
            for end in (start, start + 1)
        )
        if any((found.code, found.message, moved) in left for moved in (before, beside)):
            still.add((found.code, found.message))
    return still


def choose(diagnostics: Iterable[Diagnostic], unsafe: bool = False) -> list[Diagnostic]:
    """The findings whose fixes can be made at once: none of them meets another's, but for one that is the same."""
    taken: list[Edit] = []
    known: set[tuple[Edit, ...]] = set()
    chosen = []
    for found in diagnostics:
        if not found.fix or (found.unsafe and not unsafe):
            continue
        if found.fix not in known and any(_meets(edit, taken) for edit in found.fix):
            continue
        if found.fix not in known:
            for edit in found.fix:
                insort(taken, edit)
            known.add(found.fix)
        chosen.append(found)
    return chosen


def _meets(edit: Edit, taken: list[Edit]) -> bool:
    """Whether an edit overlaps one of those, which are sorted and apart; what is put in where another ends meets it."""
    at = bisect_left(taken, edit)
    return any(_touch(edit, taken[i]) for i in range(max(0, at - 2), min(len(taken), at + 2)))


def _touch(one: Edit, other: Edit) -> bool:
    (start, end), (other_start, other_end) = one.span, other.span
    if start == end or other_start == other_end:
        return start <= other_end and other_start <= end
    return start < other_end and other_start < end


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits that do not overlap."""
    parts: list[str] = []
    last = 0
    for (start, end), new in sorted(edits):
        parts += (text[last:start], new)
        last = end
    return "".join((*parts, text[last:]))


def fitted(found: Diagnostic, ending: str) -> Diagnostic:
    """The finding with its fix in the line ending of the file."""
    if ending == "\n" or not any("\n" in edit.text for edit in found.fix):
        return found
    fix = tuple(
        edit._replace(text=edit.text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", ending))
        for edit in found.fix
    )
    return replace(found, fix=fix)


def raw(source: Source) -> str:
    """The text as it stands in the file, character for character as long as `source.text`."""
    return source.raw or source.text


def encoded(source: Source) -> bytes:
    """The bytes of the file."""
    return ((_BOM if source.bom else "") + raw(source)).encode()


def _again(source: Source, text: str) -> Source:
    return decode.decode(((_BOM if source.bom else "") + text).encode(), source.name, source.at)


def offered(judged: Judged, unsafe: bool) -> Judged:
    """Without the fixes that are not to be offered."""
    if unsafe or not any(found.unsafe and found.fix for found in judged.diagnostics):
        return judged
    told = tuple(replace(one, fix=(), unsafe=False) if one.unsafe else one for one in judged.diagnostics)
    return replace(judged, diagnostics=told)


def fixable(judged: Judged) -> Fixable:
    """How much of a file can be mended."""
    with_fix = [found for found in judged.diagnostics if found.fix]
    unsafe = sum(found.unsafe for found in with_fix)
    return Fixable(len(with_fix) - unsafe, unsafe)
