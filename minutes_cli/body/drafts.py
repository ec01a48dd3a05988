"""Block tokens in, sections out: each section as one outline, whichever way it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from minutes_cli import labels, numerals
from minutes_cli.body import headings, markdown
from minutes_cli.body.ground import Ground, after, bold, prose, typed_number
from minutes_cli.body.tree import Node, Tree
from minutes_cli.document import Code, Paragraph, Prose, Rule, Section, Table, Typed
from minutes_cli.source import Source, Span

if TYPE_CHECKING:
    from markdown_it.token import Token


_ATX = re.compile(r"[\s>]*#{1,6}[ \t]+")


class Draft(Struct):
    """A section, or a footnote (`footnote` is its label), with its tree still open to be frozen."""

    root: Node
    section: Section | None = None
    footnote: str = ""


def drafts(source: Source, start: int, excerpt: bool = False) -> list[Draft]:
    """The sections and footnotes of the body that begins at offset `start`."""
    ground = Ground(source, start)
    return _Reader(ground, excerpt).read(markdown.blocks(ground.text))


class _Reader:
    """Walks the tokens; holds the sections read so far and the tree of the one being read."""

    def __init__(self, ground: Ground, excerpt: bool) -> None:
        self.ground = ground
        self.excerpt = excerpt
        begin = Span(ground.start, ground.start)
        preamble = Section("preamble", Prose(), Prose(), Prose(), (), begin, begin)
        self.done = [Draft(Node("section", 0, begin, depth=2), preamble)]
        self.tree = Tree(self.done[0].root, excerpt)

    def read(self, tokens: list[Token]) -> list[Draft]:
        walk = iter(tokens)
        for token in walk:
            self._block(token, walk)
        return [d for d in self.done if d.root.children or not d.section or d.section.role != "preamble"]

    def _block(self, token: Token, walk: Iterator[Token]) -> None:
        """One block, its tokens taken from `walk`."""
        match token.type:
            case "heading_open":
                self._heading(token, _content(walk))
            case "natural":
                self._natural(token)
            case "label":
                self._label(token)
            case "paragraph":
                self._paragraph(self.ground.prose(token), self.ground.lines(token))
            case "bullet_list_open" | "ordered_list_open":
                self._list(walk, token.type.replace("open", "close"))
            case "blockquote_open":
                self._quote(token, walk)
            case "footnote_reference_open":
                self._footnote(token, walk)
            case "table_open":
                self.tree.add(Table(*self._rows(walk), self.ground.lines(token)))
            case "fence" | "code_block":
                text = token.content.removesuffix("\n")
                self.tree.add(Code(text, token.info.strip(), self.ground.lines(token)))
            case "hr":
                self.tree.add(Rule(self.ground.lines(token)))
            case unknown:
                raise AssertionError(unknown)

    # ── headings ──

    def _heading(self, token: Token, inline: Token) -> None:
        depth = int(token.tag[1])
        span = self.ground.lines(token)
        text = inline.content.split("\n")
        places = self._heading_places(inline, span, text)
        if self.tree.stack[0].kind == "section" and depth <= 2:
            self._open(headings.section(prose(text, places), span))
            return
        if self.tree.stack[0].kind == "quote" or (self.tree.top.spelling == "list" and _untold(self.tree.top)):
            self._paragraph(prose(text, places), span)
            return
        rest = prose(text, places)
        marks = bold(rest)
        found = numerals.match(rest.text, len(marks))
        typed = typed_number(found, rest, len(marks)) if found else None
        rest = after(rest, found.end, marks) if found else rest
        label = markdown.find_label(rest.text, 0, len(rest.text)) or labels.match_bare(rest.text)
        if label:
            self._open_label(label, rest, span, depth)
        else:
            node = Node("item", 0, span, rest, spelling="heading", typed=typed)
            self.tree.heading(node, depth)

    def _heading_places(self, inline: Token, span: Span, lines: list[str]) -> list[int]:
        """Where each line of a heading's text begins (markdown-it tells only the line)."""
        places, position = [], span.start
        text = self.ground.source.text
        for line in lines:
            found = text.find(line, position, span.end) if line else span.end
            places.append(found if found >= 0 else position)
            position = places[-1] + len(line)
        if len(lines) == 1 and lines[0] and inline.markup != "=":
            # An ATX heading's text may also stand in its own marks (`# #`): search behind the opening ones.
            marks = _ATX.match(text, span.start)
            behind = text.find(lines[0], marks.end() if marks else span.start, span.end)
            places = [behind if behind >= 0 else places[0]]
        return places

    def _open(self, opened: Section) -> None:
        root = Node("section", 0, opened.heading, depth=2, cases=opened.role in ("approval", "discussion", "motion"))
        self.done.append(Draft(root, opened))
        self.tree = Tree(root, self.excerpt)

    # ── natural numbering and labels ──

    def _natural(self, token: Token) -> None:
        mark: markdown.Mark = token.meta["mark"]
        found = mark.found
        assert isinstance(found, numerals.Found)
        span = self.ground.lines(token)
        start = self.ground.at(mark.start)
        typed = Typed(found.typed, found.number, Span(start, start + len(found.typed)))
        rest = self.ground.prose(token)
        if found.level == 0 and self.tree.stack[0].kind == "section":
            self._section(rest, span, typed)
        else:
            self._numbered(found, typed, rest, span)

    def _section(self, text: Prose, span: Span, typed: Typed) -> None:
        """壹、主席致詞 without marks: its first line, unless text behind a colon goes on below."""
        first, _, more = text.text.partition("\n")
        head = Prose(first, text.places[:1])
        opened = headings.named(head, Span(span.start, head.at(len(first))), typed)
        if not more or opened.prose:
            self._open(headings.named(text, span, typed))
            return
        self._open(opened)
        rest = after(text, len(first) + 1)
        self._paragraph(rest, Span(rest.at(0), span.end))

    def _numbered(self, found: numerals.Found, typed: Typed, rest: Prose, span: Span) -> None:
        """An item with a typed number, `rest` being the text behind it."""
        inner = markdown.find_label(rest.text, 0, len(rest.text.split("\n")[0]))
        top = self.tree.top
        if top.spelling == "list" and _untold(top) and top is self.tree.stack[0]:
            self._take_typed(typed, rest, inner)
            return
        self._item(found, typed, Prose() if inner else rest, span)
        if inner:
            self._open_label(inner, rest, span, inside=True)

    def _item(self, found: numerals.Found, typed: Typed, rest: Prose, span: Span) -> None:
        node = Node("item", 0, span, rest, spelling="natural", typed=typed)
        self.tree.natural(found, node)
        self._split(node)

    def _take_typed(self, typed: Typed, rest: Prose, inner: labels.Found | None) -> None:
        """A list item whose text begins with a natural label, `- 一、…`: its number, not an item in the item."""
        node = self.tree.top
        node.typed = typed
        if inner:
            self._open_label(inner, rest, node.span)
        else:
            node.prose = rest
            self._split(node)

    def _label(self, token: Token) -> None:
        mark: markdown.Mark = token.meta["mark"]
        found = mark.found
        assert isinstance(found, labels.Found)
        name = Span(self.ground.at(found.start), self.ground.at(found.stop))
        node = _label(found, name, self.ground.prose(token), self.ground.lines(token))
        self.tree.labelled(node)
        self._begin(node)

    def _open_label(self, found: labels.Found, text: Prose, span: Span, depth: int = 0, inside: bool = False) -> None:
        """A label that stands in `text`."""
        node = _label(found, text.span(found.start, found.stop), after(text, found.end, found.bold), span)
        self.tree.labelled(node, depth, inside)
        self._begin(node)

    def _begin(self, node: Node) -> None:
        """What stands behind a label on its line: text, or the first of its items (「決議：一、照案通過。」)."""
        assert node.label
        rest = node.prose
        first = numerals.match(rest.text)
        behind = Span(rest.at(0), node.span.end)
        if node.label.kind == "reply" and not node.label.colon and rest:
            node.prose = Prose()
            self.tree.add(Paragraph(rest, behind))
        elif first and first.number == 1 and first.level:
            node.prose = Prose()
            self._item(first, typed_number(first, rest), after(rest, first.end), behind)

    # ── paragraphs, lists ──

    def _paragraph(self, text: Prose, span: Span) -> None:
        if not text:
            return
        top = self.tree.top
        if _untold(top) and (top.spelling == "list" or _goes_on(top, text.text)):
            top.prose = text
            self._split(top)
        elif found := labels.match_speaker(text.text) if top.speeches else None:
            self._open_label(found, text, span)
        else:
            self.tree.add(Paragraph(text, span))

    def _split(self, node: Node) -> None:
        """A speaker is its first line; what stands on the next lines is what was said."""
        if not node.speaker or "\n" not in node.prose.text:
            return
        first, said = node.prose.text.split("\n", 1)
        cut = len(first) + 1
        node.prose, rest = Prose(first, node.prose.places[:1]), after(node.prose, cut)
        node.children.append(Paragraph(rest, Span(rest.at(0), rest.at(len(said)))))

    def _list(self, walk: Iterator[Token], close: str) -> None:
        first: int | None = None
        natural = close.startswith("ordered") and self.tree.counts_naturally()
        count, ones = 0, True
        for token in walk:
            if token.type == close:
                return
            number = int(token.info) if token.info else None
            if number is not None:
                # A list of nothing but 1. counts by itself, as Markdown has it.
                first = number if first is None else first
                count, ones = count + 1, ones and number == 1
                number = count if ones else number
            self._list_item(token, walk, (number, first, natural))

    def _list_item(self, token: Token, walk: Iterator[Token], count: tuple[int | None, int | None, bool]) -> None:
        number, first, natural = count
        span = self.ground.lines(token)
        typed = self._list_number(token, span, number) if number is not None else None
        node = Node("item", 0, span, spelling="natural" if natural else "list", typed=typed)
        outer = self.tree
        if natural and number is not None:
            level = 4 if token.markup == ")" else 3
            outer.natural(numerals.Found(level, number, "", 0), node)
        else:
            outer.listed(node, first)
        node.spelling, frame = "list", (node.frame, node.shape)
        node.frame = True
        self.tree = Tree(node, self.excerpt)
        for inner in walk:
            if inner.type == "list_item_close":
                break
            self._block(inner, walk)
        self.tree = outer
        if natural:
            node.spelling, (node.frame, node.shape) = "natural", frame
        else:
            outer.close(node)

    def _list_number(self, token: Token, span: Span, number: int) -> Typed:
        text = self.ground.source.text
        # Of two items that begin on one line, `1. 2. 甲`, the inner one's number stands further on.
        found = re.compile(rf"(?<![0-9])({re.escape(token.info)})[.)]").search(text, span.start, span.end)
        place = Span(found.start(1), found.end()) if found else Span(span.start, span.start)
        return Typed(text[place.start : place.end], number, place)

    # ── containers and leaves ──

    def _quote(self, token: Token, walk: Iterator[Token]) -> None:
        root = Node("quote", self.tree.top.level, self.ground.lines(token))
        outer, self.tree = self.tree, Tree(root, self.excerpt)
        for inner in walk:
            if inner.type == "blockquote_close":
                break
            self._block(inner, walk)
        self.tree = outer
        outer.top.children.append(root)

    def _footnote(self, token: Token, walk: Iterator[Token]) -> None:
        root = Node("quote", 0, self.ground.lines(token))
        outer, self.tree = self.tree, Tree(root, self.excerpt)
        for inner in walk:
            if inner.type == "footnote_reference_close":
                break
            self._block(inner, walk)
        self.tree = outer
        self.done.append(Draft(root, footnote=str(token.meta["label"])))

    def _rows(self, walk: Iterator[Token]) -> tuple[tuple[tuple[Prose, ...], ...], tuple[str, ...]]:
        rows: list[tuple[Prose, ...]] = []
        aligns: list[str] = []
        for token in walk:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                rows.append(self._cells(token))
            elif token.type == "th_open":
                aligns.append(str(token.attrs.get("style", "")).removeprefix("text-align:"))
        width = max(len(row) for row in rows)
        return tuple(row + (Prose(),) * (width - len(row)) for row in rows), (*aligns, *[""] * (width - len(aligns)))

    def _cells(self, row: Token) -> tuple[Prose, ...]:
        cells, position = [], self.ground.at(row.meta["at"])
        text = self.ground.source.text
        end = self.ground.lines(row).end
        for cell in row.meta["cells"]:
            found = text.find(cell, position, end)
            position = found if found >= 0 else position
            cells.append(prose([cell], [position]))
            position += len(cell)
        return tuple(cells)


def _content(walk: Iterator[Token]) -> Token:
    """The inline token of a leaf block; its closing token is taken too."""
    inline = next(walk)
    next(walk)
    return inline


def _label(found: labels.Found, name: Span, rest: Prose, span: Span) -> Node:
    """A label still without a place, `rest` being the text behind it."""
    typed = Typed(found.name, found.number, name) if found.number is not None else None
    return Node("label", 0, Span(name.start, span.end), rest, label=found, typed=typed)


def _goes_on(label: Node, text: str) -> bool:
    """Whether a paragraph below a label without text is that text."""
    return label.is_label() and not label.is_label("reply", "speaker") and not markdown.stands_alone(text)


def _untold(node: Node) -> bool:
    return not node.prose and not node.children
