"""The lines of a piece in, its blocks out, in one pass — or None, where a line is none of those that recorders write.

Headings, numbers, labels, paragraphs, lists in lists, tables and comments on a line of their own are read here, by the
rules of `markdown`.  Whatever else Markdown has (code, quotes, footnotes, underlined headings, lazy lines of a list,
tabs …) is left to it: this is markdown-it's answer for most files, sooner and without loading it.  A test proves that
both agree.
"""

from __future__ import annotations

import re

from minutes_cli.body import openings
from minutes_cli.body.marks import HEADING, RULE, Beyond, Kind, Mark, is_plain, kind_of
from minutes_cli.body.openings import INDENT, Opening
from minutes_cli.body.pieces import lines
from minutes_cli.body.prose import cells, squared, worded
from minutes_cli.body.syntax import Block, Entry, Heading, List
from minutes_cli.document import Paragraph, Prose, Rule, Table, Typed
from minutes_cli.source import Source, Span

_DEEPEST = 20
_MOST_CELLS = 10_000  # past 65,536 empty ones markdown-it ends a table

# A line that underlines the one above it, or is the second of a table.
_RULED = re.compile(r"[|:-][-:| ]*|=+ *")
_ALIGN = re.compile(r":?-+:?")
_ALIGNS = {(False, False): "", (True, False): "left", (False, True): "right", (True, True): "center"}

_Line = tuple[str, int, int, int]
"""The text of a line behind the spaces and the marks of lists before it, the offset in the file at which that begins and
the column in which it stands, and the offset at which the line begins."""


def read(source: Source, start: int, end: int) -> list[Block] | None:
    """The blocks of a piece, or None where there is more in it than is read here."""
    if source.text.find("\t", start, end) >= 0 or source.text.find("\0", start, end) >= 0:
        return None
    reader = _Reader(source, start, end)
    try:
        return reader.blocks(0, len(reader.lines), 0, 0)
    except Beyond:
        return None


class _Reader:
    """Reads ranges of lines: a list's item is a range too, whose lines stand in columns from `base` on."""

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.lines: list[_Line] = []
        self.ruled: set[int] = set()
        add = self.lines.append
        for text, begin in lines(source, start, end):
            bare = text.lstrip(" ")
            if bare and bare[0] in "|-:=" and _RULED.fullmatch(bare):
                self.ruled.add(len(self.lines))
            indent = len(text) - len(bare)
            add((bare, begin + indent, indent, begin))

    def blocks(self, at: int, stop: int, base: int, depth: int) -> list[Block]:
        """The blocks from one line up to another."""
        found: list[Block] = []
        lines, ruled = self.lines, self.ruled
        kind: Kind = None  # of the line at `at`, where what ends before it has found it out
        while at < stop:
            bare, _, column, _ = lines[at]
            if not bare:
                at += 1
                continue
            if ruled and (at in ruled or self._has_rule_below(at, stop)):
                at, block = self._ruled(at, stop, base)
                found.append(block)
                continue
            if column - base > 3:
                raise Beyond
            kind = kind or kind_of(bare)
            if type(kind) is Mark:  # `isinstance` takes five times as long to say no
                at, kind, items = self._list(at, stop, base, depth, kind)
                found.append(items)
                continue
            if type(kind) is re.Match:
                if kind.re is HEADING:
                    found.append(self._heading(at, kind))
                    at += 1
                else:
                    at = self._comment(at, stop, depth)
                kind = None
                continue
            opening, behind, kind = kind, at + 1, None
            if behind < stop and lines[behind][0]:
                behind, kind = self._stop(at, stop, base)
            found.append(self._text(at, behind, opening))
            at = behind
        return found

    def _span(self, at: int, last: int) -> Span:
        """From where one line begins to the end of another's text."""
        bare, place, _, _ = self.lines[last]
        return Span(self.lines[at][3], place + len(bare.rstrip(" ")))

    def _has_rule_below(self, at: int, stop: int) -> bool:
        return at + 1 < stop and at + 1 in self.ruled

    # ── texts ──

    def _stop(self, at: int, stop: int, base: int) -> tuple[int, Kind]:
        """The line that ends the paragraph which begins at `at`, and what it opens if that is known."""
        for below in range(at + 1, stop):
            bare, _, column, _ = self.lines[below]
            if not bare:
                return below, None
            if self.ruled:
                if below in self.ruled:
                    raise Beyond
                if self._has_rule_below(below, stop):
                    return below, None
            if column - base <= 3:
                kind = kind_of(bare)
                if kind is not None or self._stands_alone(below):
                    return below, kind
        return stop, None

    def _stands_alone(self, at: int) -> bool:
        """Whether a line ends the paragraph above it: 「地點：…」 does, unless that breaks off in mid-sentence."""
        return openings.stands_alone(self.lines[at][0].lstrip(INDENT)) and self.lines[at - 1][0][-1] not in "，、"

    def _text(self, at: int, stop: int, opening: Opening | None) -> Block:
        """A paragraph, or what its first line opens."""
        bare, place, _, _ = self.lines[at]
        if bare[0] in INDENT:
            indented = len(bare)
            bare = bare.lstrip(INDENT)
            place += indented - len(bare)
        start = place
        if opening is not None:
            bare, shift = openings.behind(opening, bare)
            place += shift
        prose = Prose(bare.rstrip(INDENT), ((0, place),)) if stop == at + 1 else self._prose(bare, place, at + 1, stop)
        span = self._span(at, stop - 1)
        return Paragraph(prose, span) if opening is None else openings.opened(opening, start, prose, span)

    def _prose(self, first: str, place: int, at: int, stop: int) -> Prose:
        """The words of a first line that begins at `place`, and of the lines below it."""
        words, places = [first], [place]
        for bare, place, _, _ in self.lines[at:stop]:
            words.append(bare.lstrip(INDENT))
            places.append(place + len(bare) - len(words[-1]))
        words[-1] = words[-1].rstrip(INDENT)
        return worded(words, places)

    def _heading(self, at: int, marks: re.Match[str]) -> Heading:
        bare, place, _, _ = self.lines[at]
        depth = len(marks[1])
        words = bare[depth:].rstrip(" ")
        closed = words.rstrip("#")
        if closed.endswith(" "):  # ## 甲 ##
            words = closed
        words, span = words.strip(), self._span(at, at)
        start = place + bare.index(words, depth + 1) if words else span.end
        return Heading(depth, Prose(words, ((0, start),)), span)

    def _comment(self, at: int, stop: int, depth: int) -> int:
        """The line behind the comment that begins at `at`."""
        behind = 4
        while (close := self.lines[at][0].find("-->", behind)) < 0:
            at, behind = at + 1, 0
            if at == stop or depth:
                raise Beyond
        if self.lines[at][0][close + 3 :].strip():
            raise Beyond
        return at + 1

    # ── lists ──

    def _list(self, at: int, stop: int, base: int, depth: int, mark: Mark) -> tuple[int, Kind, List]:
        """A list; the line behind it, and what that opens if it is known."""
        if depth > _DEEPEST:
            raise Beyond
        column = self.lines[at][2]
        entries: list[Entry] = []
        kind: Kind = mark
        while type(kind) is Mark and kind.text[-1] == mark.text[-1]:
            if self.lines[at][2] != column:
                raise Beyond
            at, entry = self._entry(at, stop, depth, kind)
            entries.append(entry)
            kind = self._behind(at, stop, base) if at < stop else None
        return at, kind, List(entries)

    def _entry(self, at: int, stop: int, depth: int, mark: Mark) -> tuple[int, Entry]:
        lines = self.lines
        bare, start, column, begin = lines[at]
        sign, width = mark.text, mark.width
        bare, place, base = bare[width:], start + width, column + width
        typed = Typed(sign, int(sign[:-1]), Span(start, start + len(sign))) if len(sign) > 1 else None
        last, below = at, at + 1
        while below < stop:
            text, _, indent, _ = lines[below]
            if text:
                if indent < base:
                    break
                last = below
            below += 1
        if last == at and is_plain(bare):  # as most are: one line of words
            words = bare.rstrip(" ")
            span = Span(begin, place + len(words))
            plain: Block = Paragraph(Prose(words.rstrip(INDENT), ((0, place),)), span)
            return below, Entry(typed, sign[-1], [plain], span)
        lines[at] = (bare, place, base, begin)
        return below, Entry(typed, sign[-1], self.blocks(at, last + 1, base, depth + 1), self._span(at, last))

    def _behind(self, at: int, stop: int, base: int) -> Kind:
        """What the line behind an item opens; where no empty line stands between, it must end what the item ends with."""
        bare, _, column, _ = self.lines[at]
        if column - base > 3 or at in self.ruled:
            raise Beyond
        heads_table = self._has_rule_below(at, stop) if self.ruled else False
        kind = None if heads_table else kind_of(bare)
        if kind is None and self.lines[at - 1][0] and (heads_table or not self._stands_alone(at)):
            raise Beyond  # a lazy line
        return kind

    # ── tables ──

    def _ruled(self, at: int, stop: int, base: int) -> tuple[int, Rule | Table]:
        """A rule, or the table whose head stands at `at`; and the line behind it."""
        bare, _, column, _ = self.lines[at]
        if at not in self.ruled:
            return self._table(at, stop, base)
        if self._has_rule_below(at, stop) or column - base > 3 or not RULE.fullmatch(bare):
            raise Beyond
        return at + 1, Rule(self._span(at, at))

    def _table(self, at: int, stop: int, base: int) -> tuple[int, Table]:
        head, ruled = self._cells(at, base), self._cells(at + 1, base)
        aligns = [_align(cell) for cell in ruled]
        if len(head) != len(aligns):
            raise Beyond
        rows, lines, below = [head], [self.lines[at]], at + 2
        while below < stop and self.lines[below][0]:
            if below in self.ruled:
                raise Beyond
            rows.append(self._cells(below, base))
            lines.append(self.lines[below])
            below += 1
        if len(rows) * len(aligns) > _MOST_CELLS:
            raise Beyond
        placed = [cells(row, bare, place) for row, (bare, place, _, _) in zip(rows, lines, strict=True)]
        return below, squared(placed, aligns, self._span(at, below - 1))

    def _cells(self, at: int, base: int) -> list[str]:
        """The cells of a row, which must be one at first sight: `|` before them, and none that is a word."""
        bare, _, column, _ = self.lines[at]
        row = bare.rstrip(" ")
        if row[0] != "|" or "\\" in row or row != row.strip() or not 0 <= column - base <= 3:
            raise Beyond
        found = row.split("|")[1:]
        if found[-1] == "":
            found.pop()
        return [cell.strip() for cell in found]


def _align(cell: str) -> str:
    if not _ALIGN.fullmatch(cell):
        raise Beyond
    return _ALIGNS[cell[0] == ":", cell[-1] == ":"]
