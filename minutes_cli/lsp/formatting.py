"""A file in, the edits that make its spelling canonical out: those of `minutes fmt`, and no more text than changes."""

from __future__ import annotations

from minutes_cli import format
from minutes_cli.diagnostics import Edit
from minutes_cli.errors import MinutesError
from minutes_cli.lsp.actions import edits_between
from minutes_cli.lsp.opened import Opened
from minutes_cli.source import Span


def formatting(opened: Opened, within: Span | None = None) -> list[Edit]:
    """All edits, or those that touch a selection.  Nothing where the office's layout cannot be used: that is told."""
    try:
        text = format.format(opened.source, opened.settings)
    except MinutesError:
        return []
    found = edits_between(opened.source.text, text)
    if within is None:
        return found
    return [edit for edit in found if edit.span.start <= within.end and within.start <= edit.span.end]
