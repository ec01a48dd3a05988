"""A body as it is being typed in, the same drafts as `drafts.drafts` out, of which only what has changed is read anew.

Each piece (see `pieces`) is read as if it were a body of its own, and moved to where it stands.
"""

from __future__ import annotations

from copy import copy

from msgspec import Struct, field
from msgspec.structs import replace

from minutes_cli.body import drafts
from minutes_cli.body.drafts import Draft
from minutes_cli.body.node import Node
from minutes_cli.body.pieces import cut
from minutes_cli.document import Block, Code, Paragraph, Prose, Rule, Section, Table, Typed
from minutes_cli.source import Source, Span


class _Piece(Struct):
    """The drafts of a piece as if it stood at 0, and as they were last moved."""

    drafts: list[Draft]
    at: int = -1
    moved: list[Draft] = field(default_factory=list)


class Known:
    """The pieces of the body that was read last."""

    def __init__(self) -> None:
        self._pieces: dict[tuple[str, bool], _Piece] = {}

    def drafts(self, source: Source, start: int, excerpt: bool = False) -> list[Draft]:
        """The drafts of the body that begins at `start`; what is known of the last body is taken from there."""
        edges = cut(source.text, start)
        if len(edges) == 1:
            return drafts.drafts(source, start, excerpt)
        pieces: dict[tuple[str, bool], _Piece] = {}
        found: list[Draft] = []
        for begin, end in edges:
            key = (source.text[begin:end], excerpt)
            if key in pieces:  # a section that stands twice, word for word
                found += [_draft(one, begin) for one in pieces[key].drafts]
                continue
            piece = pieces[key] = self._pieces.get(key) or _Piece(
                drafts.drafts(Source(source.name, key[0]), 0, excerpt)
            )
            if piece.at != begin:
                piece.at, piece.moved = begin, [_draft(one, begin) for one in piece.drafts]
            found += piece.moved
        self._pieces = pieces
        return found


def _draft(draft: Draft, by: int) -> Draft:
    section = draft.section
    return Draft(_node(draft.root, by), _section(section, by) if section else None, draft.footnote)


def _section(section: Section, by: int) -> Section:
    name, note, rest = (_prose(one, by) for one in (section.name, section.note, section.prose))
    typed = _typed(section.typed, by) if section.typed else None
    span, heading = _span(section.span, by), _span(section.heading, by)
    return replace(section, name=name, note=note, prose=rest, typed=typed, span=span, heading=heading)


def _node(node: Node, by: int) -> Node:
    made = copy(node)
    made.span, made.prose = _span(node.span, by), _prose(node.prose, by)
    made.typed = _typed(node.typed, by) if node.typed else None
    made.children = [_node(child, by) if isinstance(child, Node) else _block(child, by) for child in node.children]
    return made


def _block(block: Block, by: int) -> Block:
    match block:
        case Paragraph(prose, span):
            return Paragraph(_prose(prose, by), _span(span, by))
        case Table(rows, aligns, span):
            return Table(tuple(tuple(_prose(cell, by) for cell in row) for row in rows), aligns, _span(span, by))
        case Code(text, language, span):
            return Code(text, language, _span(span, by))
        case Rule(span):
            return Rule(_span(span, by))
    raise AssertionError(block)


def _prose(prose: Prose, by: int) -> Prose:
    """A text of no place, as an item without words has it, has none here either."""
    if not prose.text and prose.places == ((0, 0),):
        return prose
    return Prose(prose.text, tuple((at, place + by) for at, place in prose.places))


def _typed(typed: Typed, by: int) -> Typed:
    return Typed(typed.text, typed.value, _span(typed.span, by))


def _span(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
