"""Text and edits in; the mended text, and the way back from its offsets to the file's, out.

The front matter is read as its recorder meant it, after the fix of each slip; what is found in the mended text is shown
at its true place in the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable

from msgspec import Struct

from minutes_cli.diagnostics import Edit
from minutes_cli.source import Span

_VISIBLE = r"[^\r\n]"
_REST = re.compile(r"[^\r\n]*")
_LINE = re.compile(r"(?P<indent>[ \t]*)(?P<rest>[^\r\n]*)(?:\r\n|\r|\n|\Z)")
_TOP = re.compile(r"(?P<key>[^\s#-][^\r\n:]*):(?=[ \t\r\n]|\Z)")
_REST = re.compile(r"[^\r\n]*")
_LINE = re.compile(r"(?P<indent>[ \t]*)(?P<rest>[^\r\n]*)(?:\r\n|\r|\n|\Z)")
_TOP = re.compile(r"(?P<key>[^\s#-][^\r\n:]*):(?=[ \t\r\n]|\Z)")


class _Piece(Struct, frozen=True):
    """From offset `new` of the mended text on stands what came from `old` to `limit` in the file."""

    new: int
    old: int
    limit: int


class Mended(Struct, frozen=True):
    text: str
    pieces: tuple[_Piece, ...]

    def place(self, start: int, end: int) -> Span:
        """The span in the file of a range of the mended text."""
        first = self.pieces[max(0, bisect_right(self.pieces, start, key=_new) - 1)]
        begin = min(first.old + start - first.new, first.limit)
        if end <= start:
            return Span(begin, begin)
        last = self.pieces[max(0, bisect_right(self.pieces, end - 1, key=_new) - 1)]
        return Span(begin, max(begin, min(last.old + end - last.new, last.limit)))


def _new(piece: _Piece) -> int:
    return piece.new


def places(mended: Mended) -> Callable[[int, int], Span]:
    """The quickest way from offsets of the mended text to the file."""
    if len(mended.pieces) > 1:
        return mended.place
    base = mended.pieces[0].old

    def shifted(start: int, end: int) -> Span:
        return Span(base + start, base + end)

    return shifted


def mend(text: str, span: Span, edits: Iterable[Edit]) -> Mended:
    """The text of `span` with the edits applied; one that overlaps an earlier one is left out."""
    parts: list[str] = []
    pieces: list[_Piece] = []
    length, last = 0, span.start
    for place, new in sorted(edits):
        if place.start < last:
            continue
        for part, piece in (
            (text[last : place.start], _Piece(length, last, place.start)),
            (new, _Piece(length + place.start - last, place.start, place.end)),
        ):
            if part:
                parts.append(part)
                pieces.append(piece)
                length += len(part)
        last = place.end
    parts.append(text[last : span.end])
    pieces.append(_Piece(length, last, span.end))
    return Mended("".join(parts), tuple(pieces))


def blank(text: str) -> str:
    """Spaces in the place of `text`; its line endings stay, so that no offset changes."""
    return re.sub(_VISIBLE, " ", text)


def line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def line_end(text: str, offset: int) -> int:
    """Where the line ends, without its ending and trailing space."""
    found = _REST.match(text, offset)
    return offset + len(found[0].rstrip()) if found else offset


def block_end(text: str, start: int) -> int:
    """The end of the block that begins with the line at `start`: the deeper lines below it, or, below a key, the
    elements of its list, belong to it."""
    first = _LINE.match(text, start)
    assert first is not None
    end = first.end()
    indent, is_element = len(first["indent"]), first["rest"].startswith("-")
    while end < len(text):
        line = _LINE.match(text, end)
        assert line is not None
        below = len(line["indent"]) == indent and line["rest"].startswith("- ") and not is_element
        if line["rest"] and len(line["indent"]) <= indent and not below:
            return end
        end = line.end()
    return end


def drop(text: str, offset: int) -> str:
    """`text` with the block that begins on the line of `offset` blanked."""
    start = line_start(text, offset)
    end = block_end(text, start)
    return text[:start] + blank(text[start:end]) + text[end:]


def top_key(text: str, offset: int) -> set[str]:
    """The top-level key that the line of `offset` belongs to, if there is one."""
    end = line_end(text, offset)
    while True:
        start = line_start(text, end)
        if found := _TOP.match(text, start):
            return {found["key"].strip("\"' \u3000")}
        if start == 0:
            return set()
        end = start - 1
