"""A meeting in; its outline, with the numbers that are printed, and the lines that fold out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from minutes_cli.document import Block, Item, Label, Minutes, Quote, Section, body
from minutes_cli.printing import outline
from minutes_cli.source import Source, Span

MEETING, SECTION, ITEM, LABEL, DECISION = "meeting", "section", "item", "label", "decision"
_LONGEST = 60


class Symbol(NamedTuple):
    """`name` begins with the number that is printed, which `detail` has alone; behind it what a decision is called.
    `chosen` is the first line of `span`."""

    name: str
    detail: str
    kind: str
    span: Span
    chosen: Span
    children: tuple[Symbol, ...] = ()


class Fold(NamedTuple):
    """0-based lines, the first of which stays."""

    first: int
    last: int


def symbols(minutes: Minutes) -> list[Symbol]:
    """The outline of a file: its front matter, then its sections with what stands below."""
    numbers = {id(section): label for section, _, label in outline.section_numbers(minutes)}
    found = []
    if minutes.meta.span.end:
        front = Span(0, minutes.meta.span.end)
        title = minutes.meta.data.get("title")
        name = title if isinstance(title, str) and title.strip() else "會議資料"
        found.append(Symbol(_short(name), "", MEETING, front, Span(0, min(3, front.end))))
    for section in minutes.sections:
        found.append(_section(minutes, section, numbers.get(id(section), "")))
    return found


def _section(minutes: Minutes, section: Section, number: str) -> Symbol:
    children = tuple(_below(minutes, section.children))
    name = f"{number}{_short(section.name.text) or '（無標題）'}"
    return Symbol(name, number, SECTION, _whole(section.span, children), section.heading, children)


def _below(minutes: Minutes, blocks: Iterable[Block]) -> Iterator[Symbol]:
    for block in blocks:
        if isinstance(block, Quote):
            yield from _below(minutes, block.children)
        elif isinstance(block, Item):
            number = minutes.profile.levels[block.level].label(block.ordinal)
            yield _symbol(minutes, block, (number, block.speaker or _short(block.prose.text)), ITEM)
        elif isinstance(block, Label):
            text = _short(block.prose.text)
            yield _symbol(minutes, block, ("", f"{block.name}：{text}" if text else block.name), LABEL)


def _symbol(minutes: Minutes, block: Item | Label, named: tuple[str, str], kind: str) -> Symbol:
    number, text = named
    children = tuple(_below(minutes, block.children))
    text = text or next((child.name for child in children), "")
    detail = "　".join(filter(None, (number, block.decision)))
    return Symbol(
        f"{number}{text}" or "—",
        detail,
        DECISION if block.decision else kind,
        _whole(block.span, children),
        _first_line(minutes.source, block.span),
        children,
    )


def _whole(span: Span, children: tuple[Symbol, ...]) -> Span:
    """A span that holds those of the children, as editors insist."""
    spans = [span, *(child.span for child in children)]
    return Span(min(one.start for one in spans), max(one.end for one in spans))


def _first_line(source: Source, span: Span) -> Span:
    end = source.line_span(source.line_column(span.start)[0]).end
    return Span(span.start, max(span.start, min(end, span.end)))


def _short(text: str) -> str:
    line = text.strip().split("\n")[0].replace("**", "")
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def folds(minutes: Minutes) -> list[Fold]:
    """What folds: the front matter with its two lines, sections, and every item or label of several lines."""
    source = minutes.source
    front = minutes.meta.span
    spans = [Span(0, min(front.end + 1, len(source.text)))] if front.end else []
    spans += [section.span for section in minutes.sections if section.role != "preamble"]
    spans += [block.span for block in body(minutes) if isinstance(block, Item | Label)]
    lines = (_lines(source, span) for span in spans)
    return sorted({fold for fold in lines if fold.last > fold.first})


def _lines(source: Source, span: Span) -> Fold:
    end = span.start + len(source.text[span.start : span.end].rstrip())
    return Fold(source.line_column(span.start)[0] - 1, source.line_column(end)[0] - 1)
