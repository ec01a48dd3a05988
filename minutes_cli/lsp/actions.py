"""Findings in, what mends them out: one action a fix, and one for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from minutes_cli import check, language
from minutes_cli.diagnostics import Diagnostic, Edit
from minutes_cli.judging import fixes
from minutes_cli.lsp.opened import Opened
from minutes_cli.say import Say
from minutes_cli.source import Span

_MOST = 1000
_ALL = Say("改正所有能自動改的錯誤", "Mend all faults that can be mended")
_THIS = Say("改正：", "Mend: ")


class Action(NamedTuple):
    """`mends` is the finding that goes away; None for the action on the whole file."""

    title: str
    edits: tuple[Edit, ...]
    mends: Diagnostic | None = None


def all_title() -> str:
    """What the action on the whole file is called."""
    return _ALL.in_(language.current())


def quick(opened: Opened, span: Span) -> list[Action]:
    """The fixes of the findings that a selection touches."""
    found = [one for one in opened.diagnostics if one.fix and _touch(one, span)]
    return [Action(_title(one), one.fix, one) for one in found]


def all_of(opened: Opened) -> Action | None:
    """All safe fixes, over and over until nothing is left to mend, as `minutes check --fix` makes them; None where
    nothing is, or where so much is that an editor would wait for it in vain."""
    if not can_mend(opened):
        return None
    how = fixes.How(lambda source: check.judge(source, opened.settings), opened.told)
    mended = fixes.mend(opened.judged, how)
    made = edits_between(fixes.raw(opened.source), fixes.raw(mended.judged.source))
    return Action(all_title(), tuple(made)) if made else None


def applied(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits that do not overlap."""
    return fixes.apply(text, edits)


def can_mend(opened: Opened) -> bool:
    """Whether there is something that can be mended safely, and no more than a recorder may have done wrong."""
    return any(one.fix and not one.unsafe for one in opened.diagnostics[:_MOST]) and len(opened.diagnostics) <= _MOST


def edits_between(before: str, after: str) -> list[Edit]:
    """Edits that turn one text into the other, whole lines where several of a line differ, none where nothing does."""
    from difflib import SequenceMatcher

    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    found = []
    for kind, first, last, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            edit = Edit(Span(starts[first], starts[last]), "".join(new[begin:end]))
            found.append(_trimmed(before, edit))
    return found


def _trimmed(text: str, edit: Edit) -> Edit:
    """An edit without what stays the same at its two ends."""
    (start, end), new = edit
    old = text[start:end]
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return Edit(Span(start + head, end - tail), new[head : len(new) - tail])


def _touch(found: Diagnostic, span: Span) -> bool:
    spans = (found.span, *(edit.span for edit in found.fix))
    return any(one.start <= span.end and span.start <= one.end for one in spans)


def _title(found: Diagnostic) -> str:
    spoken = language.current()
    return found.hint.in_(spoken) or _THIS.in_(spoken) + found.message.in_(spoken)
