"""A meeting file in, its canonical spelling out, under two laws that are proven before anything is written:

    the model does not change:      parse(format(x)) == parse(x), but for places and spellings
    it comes to rest at once:       format(format(x)) == format(x)

A section whose canonical spelling would break a law, or that holds a comment, stays byte for byte as it is; so do the
front matter's order, comments and quoting, and the file's line endings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from minutes_cli import parse
from minutes_cli.authoring import spelling
from minutes_cli.diagnostics import Edit
from minutes_cli.document import Minutes, Section
from minutes_cli.front import calendar
from minutes_cli.settings import NONE, Settings
from minutes_cli.source import Source, Span

# What differs between two spellings of one model.
_SPELLING = {"span", "heading", "name_span", "typed", "spelling", "places", "source", "keys", "chinese", "problems"}


_ROUNDS = 3


def format(source: Source, settings: Settings = NONE) -> str:
    """The canonical text of a file; the text itself where the file is not whole, or would not come to rest, or where
    characters were replaced while it was read, which would be lost."""
    if source.raw:
        return source.text
    text = source.text
    for _ in range(_ROUNDS):
        after = _once(_with(source, text), settings)
        if after == text:
            return text
        text = after
    return source.text


def _with(source: Source, text: str) -> Source:
    return Source(source.name, text, source.at, source.problems, source.bom)


def _once(source: Source, settings: Settings) -> str:
    minutes = parse.parse(source, settings)
    if not minutes.whole:
        return source.text
    front, sections = [*_front(minutes)], range(len(minutes.sections))
    # Nearly always everything can be written at once, and one reading proves it; else each section is tried alone.
    text = apply(source.text, front + [edit for index in sections for edit in _spellings(minutes, index)[:1]])
    if _lawful(minutes, text, settings):
        return text
    text = apply(source.text, front + [edit for index in sections for edit in _lawful_edit(minutes, index, settings)])
    return text if _lawful(minutes, text, settings) else source.text


def apply(text: str, edits: list[Edit]) -> str:
    """`text` with the edits made; they may not overlap."""
    out, done = [], 0
    for span, new in sorted(edits):
        out += [text[done : span.start], new]
        done = span.end
    return "".join(out) + text[done:]


def model(node: Any) -> Any:
    """A model without places and spellings, to be compared."""
    if isinstance(node, Struct):
        return type(node).__name__, [
            (name, model(getattr(node, name))) for name in node.__struct_fields__ if name not in _SPELLING
        ]
    if isinstance(node, tuple | list):
        return [model(child) for child in node]
    return node


def same(one: Minutes, other: Minutes) -> bool:
    """Whether two files are two spellings of one meeting."""
    return (
        one.meta.data == other.meta.data
        and model(one.sections) == model(other.sections)
        and model(one.footnotes) == model(other.footnotes)
    )


# ── front matter ────────────────────────────────────────────────────────────────────────────────────────────────────


def _front(minutes: Minutes) -> Iterator[Edit]:
    """Dates and times in their canonical form, unless the words say what that form would not (another weekday)."""
    for path, words in minutes.meta.typed.items():
        value = _at(minutes.meta.data, path)
        place = minutes.meta.places.get(path)
        if not place or not isinstance(value, str) or value == words:
            continue
        date = calendar.read_date(words)
        if date and date.weekday not in (None, date.date.weekday()):
            continue
        if (date and date.date.isoformat() == value) or calendar.read_time(value):
            yield Edit(place.value, value)


def _at(data: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


# ── sections ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _lawful_edit(minutes: Minutes, index: int, settings: Settings) -> Iterator[Edit]:
    """The first spelling of a section that keeps the model."""
    for edit in _spellings(minutes, index):
        if _lawful(minutes, apply(minutes.source.text, [edit]), settings):
            yield edit
            return


def _spellings(minutes: Minutes, index: int) -> list[Edit]:
    """The canonical spellings of a section, the best first; none where it is spelled so already."""
    section, span = minutes.sections[index], _extent(minutes, index)
    written = minutes.source.text[span.start : span.end]
    if section.role == "preamble" or "<!--" in written:
        return []
    texts = [_spelled(minutes, section, span, speakers) for speakers in ("heading", "list")]
    if None in texts[:1] or written in texts[:1]:
        return []
    return [Edit(span, text) for text in dict.fromkeys(texts) if text is not None]


def _extent(minutes: Minutes, index: int) -> Span:
    """From the section's heading up to the next one's, or the end of the file."""
    source, sections = minutes.source, minutes.sections
    start = source.line_span(source.line_column(sections[index].heading.start)[0]).start
    if index + 1 == len(sections):
        return Span(start, len(source.text))
    return Span(start, source.line_span(source.line_column(sections[index + 1].heading.start)[0]).start)


def _spelled(minutes: Minutes, section: Section, span: Span, speakers: str) -> str | None:
    """The section's canonical text with the file's line endings, footnotes defined in it at its end; None where it has
    none."""
    source = minutes.source
    style = spelling.Style(source, minutes.profile.colon or "：", speakers)
    try:
        text = spelling.section(section, style)
    except spelling.NoSpelling:
        return None
    for note in minutes.footnotes:
        if span.start <= note.span.start < span.end:
            text += "\n" + source.text[note.span.start : note.span.end].replace("\r\n", "\n").replace("\r", "\n") + "\n"
    if span.end < len(source.text):
        text += "\n"
    ending = "\r\n" if "\r\n" in source.text else "\r" if "\r" in source.text else "\n"
    return text.replace("\n", ending)


def _lawful(minutes: Minutes, text: str, settings: Settings) -> bool:
    """Whether `text` has the model of `minutes`."""
    return same(minutes, parse.parse(_with(minutes.source, text), settings))
