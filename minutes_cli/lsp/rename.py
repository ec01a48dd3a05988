"""An offset and a new name in, the edits that rename the person, or renumber the attachment, that stands there out.

A person is renamed in the front matter and the body, however the name is padded (周　翊) and with a title in it
(馬主任正維).  An attachment that is given another number takes that place in the list; those between move up or down,
and every citation with them.
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli import parse
from minutes_cli.diagnostics import Edit
from minutes_cli.document import Minutes
from minutes_cli.lsp import actions, links, naming, places
from minutes_cli.lsp.opened import Opened
from minutes_cli.numerals import han, value
from minutes_cli.say import Say
from minutes_cli.source import Source, Span

_FULL = str.maketrans("0123456789", "０１２３４５６７８９")


class Refused(Exception):
    """Why something cannot be renamed."""

    def __init__(self, say: Say) -> None:
        super().__init__(say.en)
        self.say = say


def prepare(opened: Opened, offset: int) -> Span | None:
    """What would be renamed; None where nothing can be."""
    for one in places.cited(opened.minutes):
        if one.whole.start <= offset <= one.span.end:
            return one.span
    return naming.at(opened.minutes, offset)


def rename(opened: Opened, offset: int, new: str) -> list[Edit]:
    """The edits; Refused where the new name makes no sense."""
    minutes, wanted = opened.minutes, new.strip()
    if any(one.whole.start <= offset <= one.span.end for one in places.cited(minutes)):
        return _renumbered(opened, links.attachment(minutes, offset), wanted)
    span = naming.at(minutes, offset)
    if span is None:
        raise Refused(Say("這裡沒有可以改名的人名或附件", "there is no person or attachment here to rename"))
    if not wanted or any(c in wanted for c in "\r\n、：:"):
        raise Refused(Say("請寫一個姓名", "write one name"))
    return naming.renamed(minutes, span, wanted)


# ── attachments ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _renumbered(opened: Opened, old: int, wanted: str) -> list[Edit]:
    minutes = opened.minutes
    number, listed = value(wanted.removeprefix("附件").strip()), dict(places.listed(minutes))
    if number is None or number not in listed or old not in listed:
        count = len(listed)
        raise Refused(
            Say(f"附件有 {count} 項，請寫 1 到 {count} 的號碼", f"there are {count} attachments: write 1 to {count}")
        )
    moved = _moved(old, number)
    edits = [*_entries(minutes, listed, moved), *_citations(minutes, moved)]
    _prove(opened, edits, moved)
    return edits


def _moved(old: int, new: int) -> dict[int, int]:
    """The new number of each attachment whose number changes."""
    if new > old:
        return {old: new} | {n: n - 1 for n in range(old + 1, new + 1)}
    return ({old: new} | {n: n + 1 for n in range(new, old)}) if new < old else {}


def _entries(minutes: Minutes, listed: dict[int, Span], moved: dict[int, int]) -> Iterator[Edit]:
    """Each entry's text in the place of the one whose number it takes."""
    text = minutes.source.text
    for old, new in moved.items():
        yield Edit(_trimmed(text, listed[new]), text[slice(*_trimmed(text, listed[old]))])


def _trimmed(text: str, span: Span) -> Span:
    return Span(span.start, span.start + len(text[span.start : span.end].rstrip()))


def _citations(minutes: Minutes, moved: dict[int, int]) -> Iterator[Edit]:
    text = minutes.source.text
    for one in places.cited(minutes):
        if one.range and (one.number in moved or any(n in moved for n in _within(minutes, one))):
            line = minutes.source.line_column(one.span.start)[0]
            raise Refused(
                Say(f"第 {line} 行寫了一段附件號碼，請先逐一寫開", f"line {line} cites a range: write it out first")
            )
        if one.number in moved:
            yield Edit(one.span, _as_typed(text[slice(*one.span)], moved[one.number]))


def _within(minutes: Minutes, one: places.Cited) -> range:
    ends = [other.number for other in places.cited(minutes) if other.whole == one.whole]
    return range(min(ends), max(ends) + 1)


def _as_typed(old: str, new: int) -> str:
    """A number in the kind of digits that stood there."""
    if old.isascii():
        return str(new)
    return str(new).translate(_FULL) if old[0] in "０１２３４５６７８９" else han(new)


def _prove(opened: Opened, edits: list[Edit], moved: dict[int, int]) -> None:
    """The list must come out in its new order, whichever way it was written."""
    minutes = opened.minutes
    before, text = minutes.meta.data["attachments"], actions.applied(opened.source.text, edits)
    expected = list(before)
    for old, new in moved.items():
        expected[new - 1] = before[old - 1]
    after = parse.parse(Source(opened.source.name, text, opened.source.at), opened.settings)
    if after.meta.data.get("attachments") != expected:
        raise Refused(
            Say("附件清單的寫法不能自動換位置", "the list of attachments is written in a way that cannot be moved")
        )
