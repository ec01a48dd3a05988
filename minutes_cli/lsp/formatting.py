"""A file in, the edits that make its spelling canonical out: those of `minutes fmt`, and no more text than changes."""

from __future__ import annotations

from minutes_cli.authoring import format
from minutes_cli.diagnostics import Edit
from minutes_cli.errors import MinutesError
from minutes_cli.lsp.actions import edits_between
from minutes_cli.lsp.opened import Opened
from minutes_cli.source import Span


def formatting(opened: Opened, within: Span | None = None) -> list[Edit]:
    """All edits, or those of the sections that a selection touches, since a section keeps its meaning as a whole.
    Nothing where the office's layout cannot be used: that is told."""
    try:
        text = format.format(opened.source, opened.settings)
    except MinutesError:
        return []
    found = edits_between(opened.source.text, text)
    if within is None:
        return found
    whole = _sections(opened, within)
    return [edit for edit in found if whole.start <= edit.span.start and edit.span.end <= whole.end]


def _sections(opened: Opened, within: Span) -> Span:
    """From the beginning of the section, or of the file, at which a selection begins, to the end of its last one."""
    source = opened.source
    headings = (section.heading.start for section in opened.minutes.sections if section.role != "preamble")
    edges = [0, *(source.line_span(source.line_column(start)[0]).start for start in headings), len(source.text)]
    start = max(edge for edge in edges if edge <= within.start)
    return Span(start, min(edge for edge in edges if edge >= max(within.end, start + 1) or edge == edges[-1]))
