"""The lines of a piece in, its blocks out, as CommonMark has them: markdown-it's tokens, turned into ours.

`ordinary` answers first, and for most files alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from markdown_it.token import Token

from minutes_cli.body import openings
from minutes_cli.body.parser import tokens
from minutes_cli.body.pieces import lines
from minutes_cli.body.prose import cells, of_lines, squared, worded
from minutes_cli.body.syntax import Block, Entry, Heading, List, Note, Quoted
from minutes_cli.document import Code, Paragraph, Prose, Rule, Table, Typed
from minutes_cli.source import Source, Span

_ATX = re.compile(r"#{1,6}(?:[ \t]+|$)")


def read(source: Source, start: int, end: int) -> list[Block]:
    """The blocks of a piece."""
    ground = _Ground(source, start, end)
    return _Reader(ground).blocks(iter(tokens(ground.text)))


class _Ground:
    """Where a piece stands in its file: the tokens' offsets and lines in, the file's out."""

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        piece = lines(source, start, end)
        self.text = "\n".join(text for text, _ in piece).replace("\0", "\ufffd")
        self._starts, self._spans, at, last = list[int](), list[Span](), 0, start
        for text, begin in piece:
            self._starts.append(at)
            last = begin + len(text.rstrip(" \t")) if text.strip(" \t") else last
            self._spans.append(Span(begin, last))
            at += len(text) + 1

    def at(self, offset: int) -> int:
        """The file's offset of an offset in the piece as the tokens count it."""
        line = bisect_right(self._starts, offset) - 1
        return self._spans[line].start + offset - self._starts[line]

    def lines(self, token: Token) -> Span:
        """The span of a token's lines, trailing blank lines left out."""
        first, stop = token.map or [0, 0]
        start, end = self._spans[first].start, self._spans[max(stop - 1, first)].end
        return Span(start, max(start, end))

    def prose(self, token: Token) -> Prose:
        """The words of one of our own tokens."""
        return worded(token.content.split("\n"), [self.at(place) for place in token.meta["at"]])


class _Reader:
    """Walks the tokens."""

    def __init__(self, ground: _Ground) -> None:
        self.ground = ground
        self.numbered = 0  # where the number of the last item ends

    def blocks(self, walk: Iterator[Token], close: str = "") -> list[Block]:
        """The blocks up to the token of type `close`."""
        found: list[Block] = []
        for token in walk:
            if token.type == close:
                break
            found.append(self._block(token, walk))
        return found

    def _block(self, token: Token, walk: Iterator[Token]) -> Block:
        """One block, its tokens taken from `walk`."""
        span = self.ground.lines(token)
        match token.type:
            case "heading_open":
                inline = next(walk)
                next(walk)
                return Heading(int(token.tag[1]), self._heading(inline, span), span)
            case "natural" | "label":
                at = self.ground.at(token.meta["line"])
                return openings.opened(token.meta["opening"], at, self.ground.prose(token), span)
            case "paragraph":
                return Paragraph(self.ground.prose(token), span)
            case "bullet_list_open" | "ordered_list_open":
                return List(list(self._entries(walk, token.type.replace("open", "close"))))
            case "blockquote_open":
                return Quoted(self.blocks(walk, "blockquote_close"), span)
            case "footnote_reference_open":
                return Note(str(token.meta["label"]), self.blocks(walk, "footnote_reference_close"), span)
            case "table_open":
                return self._table(walk, span)
            case "fence" | "code_block":
                return Code(token.content.removesuffix("\n"), token.info.strip(), span)
            case "hr":
                return Rule(span)
            case unknown:
                raise AssertionError(unknown)

    def _heading(self, inline: Token, span: Span) -> Prose:
        """The words of a heading, of which markdown-it tells only the lines."""
        words, places, position = inline.content.split("\n"), [], span.start
        text = self.ground.source.text
        # An ATX heading's text may also stand in its own marks (`# #`): search behind the opening ones.
        marks = _ATX.search(text, span.start, span.end) if len(words) == 1 else None
        if marks and inline.markup != "=":
            position = marks.end()
        for line in words:
            found = text.find(line, position, span.end) if line else span.end
            places.append(found if found >= 0 else position)
            position = places[-1] + len(line)
        return of_lines(words, places)

    def _entries(self, walk: Iterator[Token], close: str) -> Iterator[Entry]:
        for token in walk:
            if token.type == close:
                return
            span = self.ground.lines(token)
            typed = self._number(token, span) if token.info else None
            yield Entry(typed, token.markup, self.blocks(walk, "list_item_close"), span)

    def _number(self, token: Token, span: Span) -> Typed:
        text, start = self.ground.source.text, max(span.start, self.numbered)
        # Of two items that begin on one line, `1. 2. 甲`, the inner one's number stands further on.
        found = re.compile(rf"(?<![0-9])({re.escape(token.info)})[.)]").search(text, start, span.end)
        place = Span(found.start(1), found.end()) if found else Span(span.start, span.start)
        self.numbered = place.end
        return Typed(text[place.start : place.end], int(token.info), place)

    def _table(self, walk: Iterator[Token], span: Span) -> Table:
        rows: list[tuple[Prose, ...]] = []
        aligns: list[str] = []
        for token in walk:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                at, end = self.ground.at(token.meta["at"]), self.ground.lines(token).end
                rows.append(cells(token.meta["cells"], self.ground.source.text[at:end], at))
            elif token.type == "th_open":
                aligns.append(str(token.attrs.get("style", "")).removeprefix("text-align:"))
        return squared(rows, aligns, span)
