"""A text and an editor's changes in, the changed text out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from minutes_cli.lsp import positions
from minutes_cli.lsp.positions import Place
from minutes_cli.source import Source


class Change(NamedTuple):
    """`text` in the place of what stands between `start` and `end`; of the whole file where they are None."""

    text: str
    start: Place | None = None
    end: Place | None = None


def apply(source: Source, changes: Iterable[Change], encoding: str) -> str:
    """The text after all changes, each of which sees the text that the one before it left."""
    for change in changes:
        if change.start is None or change.end is None:
            text = change.text
        else:
            span = positions.span(source, change.start, change.end, encoding)
            text = source.text[: span.start] + change.text + source.text[span.end :]
        source = Source(source.name, text, source.at)
    return source.text
