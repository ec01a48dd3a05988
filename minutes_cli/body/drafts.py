"""A body in, its sections out: each section as one outline, whichever way it was written."""

from __future__ import annotations

from msgspec import Struct

from minutes_cli import labels, numerals
from minutes_cli.body import headings, openings, ordinary, pieces, syntax
from minutes_cli.body.node import Node
from minutes_cli.body.prose import after, bold, typed_number
from minutes_cli.body.tree import Tree
from minutes_cli.document import Code, Paragraph, Prose, Rule, Section, Table, Typed
from minutes_cli.source import Source, Span


class Draft(Struct):
    """A section, or a footnote (`footnote` is its label), with its tree still open to be frozen."""

    root: Node
    section: Section | None = None
    footnote: str = ""


def drafts(source: Source, start: int, excerpt: bool = False) -> list[Draft]:
    """The sections and footnotes of the body that begins at offset `start`."""
    reader = _Reader(start, excerpt)
    for begin, end in pieces.cut(source.text, start):
        blocks = ordinary.read(source, begin, end)
        if blocks is None:
            from minutes_cli.body import markdown

            blocks = markdown.read(source, begin, end)
        reader.read(blocks)
    return [d for d in reader.done if d.root.children or not d.section or d.section.role != "preamble"]


class _Reader:
    """Walks the blocks; holds the sections read so far and the tree of the one being read."""

    def __init__(self, start: int, excerpt: bool) -> None:
        self.excerpt = excerpt
        begin = Span(start, start)
        preamble = Section("preamble", Prose(), Prose(), Prose(), (), begin, begin)
        self.done = [Draft(Node("section", 0, begin, depth=2), preamble)]
        self.tree = Tree(self.done[0].root, excerpt)

    def read(self, blocks: list[syntax.Block]) -> None:
        """Add the blocks of a piece, or of what stands in a list, a quote or a footnote."""
        for block in blocks:
            # Not `isinstance`: to ask a struct's class whether a block is of it takes five times as long.
            if type(block) is Paragraph:
                self._paragraph(block.prose, block.span)
            elif type(block) is syntax.List:
                self._list(block.entries)
            elif type(block) is syntax.Heading:
                self._heading(block)
            elif type(block) is syntax.Labelled:
                self._named(block)
            elif type(block) is syntax.Numbered:
                if block.level or self.tree.stack[0].kind != "section":
                    self._numbered(block.level, block.typed, block.prose, block.span)
                else:
                    self._section(block.prose, block.span, block.typed)
            else:
                self._rare(block)

    def _rare(self, block: syntax.Block) -> None:
        match block:
            case syntax.Quoted(inner, span):
                self.tree.top.children.append(self._apart(inner, Node("quote", self.tree.top.level, span)))
            case syntax.Note(label, inner, span):
                self.done.append(Draft(self._apart(inner, Node("quote", 0, span)), footnote=label))
            case Table() | Code() | Rule():
                self.tree.add(block)

    # ── headings ──

    def _heading(self, heading: syntax.Heading) -> None:
        depth, text, span = heading.depth, heading.prose, heading.span
        if self.tree.stack[0].kind == "section" and depth <= 2:
            self._open(headings.section(text, span))
            return
        if self.tree.stack[0].kind == "quote" or (self.tree.top.spelling == "list" and _untold(self.tree.top)):
            self._paragraph(text, span)
            return
        marks = bold(text)
        found = numerals.match(text.text, len(marks))
        typed = typed_number(found, text, len(marks)) if found else None
        rest = after(text, found.end, marks) if found else text
        if label := openings.label(rest.text) or labels.match_bare(rest.text):
            self._open_label(label, rest, span, depth)
        else:
            node = Node("item", 0, span, rest, spelling="heading", typed=typed)
            self.tree.heading(node, depth)

    def _open(self, opened: Section) -> None:
        root = Node("section", 0, opened.heading, depth=2, cases=opened.role in ("approval", "discussion", "motion"))
        self.done.append(Draft(root, opened))
        self.tree = Tree(root, self.excerpt)

    # ── natural numbering and labels ──

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

    def _numbered(self, level: int, typed: Typed, rest: Prose, span: Span) -> None:
        """An item with a typed number, `rest` being the text behind it."""
        inner = openings.label(rest.text.split("\n", 1)[0])
        top = self.tree.top
        if top.spelling == "list" and _untold(top) and top is self.tree.stack[0]:
            self._take_typed(typed, rest, inner)
            return
        self._item(level, typed, Prose() if inner else rest, span)
        if inner:
            self._open_label(inner, rest, span, inside=True)

    def _item(self, level: int, typed: Typed, rest: Prose, span: Span) -> None:
        node = Node("item", 0, span, rest, spelling="natural", typed=typed)
        self.tree.natural(level, node)
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

    def _named(self, block: syntax.Labelled) -> None:
        node = _label(block.found, block.name, block.prose, block.span)
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
            self._item(first.level, typed_number(first, rest), after(rest, first.end), behind)

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

    def _list(self, entries: list[syntax.Entry]) -> None:
        typed = _counted([entry.typed for entry in entries])
        if typed[0] and self.tree.counts_naturally():
            for entry, number in zip(entries, typed, strict=True):
                self._naturally(entry, Node("item", 0, entry.span, spelling="natural", typed=number))
            return
        nodes = [
            Node("item", 0, entry.span, spelling="list", typed=number)
            for entry, number in zip(entries, typed, strict=True)
        ]
        self.tree.listed(nodes)
        for entry, node in zip(entries, nodes, strict=True):
            self._apart(entry.blocks, node)

    def _naturally(self, entry: syntax.Entry, node: Node) -> None:
        """`1. ` where natural items are open: read as a list's, placed as the natural item that it is."""
        self.tree.natural(4 if entry.mark == ")" else 3, node)
        frame = node.frame, node.shape
        node.spelling, node.frame = "list", True
        self._apart(entry.blocks, node)
        node.spelling, (node.frame, node.shape) = "natural", frame

    def _apart(self, blocks: list[syntax.Block], root: Node) -> Node:
        """`root` with the blocks that stand in it, read as a tree of their own."""
        first = blocks[0] if len(blocks) == 1 else None
        if type(first) is Paragraph and root.spelling == "list" and first.prose.text:
            root.prose = first.prose  # as most are: no tree of its own for one line
            self._split(root)
            return root
        outer, self.tree = self.tree, Tree(root, self.excerpt)
        self.read(blocks)
        self.tree = outer
        return root


def _counted(typed: list[Typed | None]) -> list[Typed | None]:
    """The numbers of a list; one of nothing but 1. counts by itself, as Markdown has it."""
    for place, number in enumerate(typed):
        if not number or number.value != 1:
            break
        if place:
            typed[place] = Typed(number.text, place + 1, number.span)
    return typed


def _label(found: labels.Found, name: Span, rest: Prose, span: Span) -> Node:
    """A label still without a place, `rest` being the text behind it."""
    typed = Typed(found.name, found.number, name) if found.number is not None else None
    return Node("label", 0, Span(name.start, span.end), rest, label=found, typed=typed)


def _goes_on(label: Node, text: str) -> bool:
    """Whether a paragraph below a label without text is that text."""
    return label.is_label() and not label.is_label("reply", "speaker") and not openings.stands_alone(text)


def _untold(node: Node) -> bool:
    return not node.children and not node.prose.text
