"""The Markdown of a paragraph in, the marks of bold and struck-out type that stay in its text out.

The marks in the source are met in the same order as the nodes that they open and close, and as those that stayed
text; so the n-th event is the n-th mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_cli.inline import Emphasis, Inlines, Link, Strike, Strong, Text

# What stands in code, behind a backslash, or in the address of a link is no mark.
_SKIP = r"(`+)(?:.|\n)*?(?<!`)\1(?!`)|\\.|\]\([^()\n]*\)|<!--(?:.|\n)*?-->|https?://[^\s]+"


def literal(source: str, inlines: Inlines, mark: str) -> Iterator[int]:
    """Offsets in `source` of each `mark` that is left in the text."""
    events = list(_events(inlines, mark))
    if True not in events:
        return
    marks = [found.start() for found in re.finditer(rf"{_SKIP}|(?P<mark>{re.escape(mark)})", source) if found["mark"]]
    if len(marks) == len(events):
        yield from (place for place, stays in zip(marks, events, strict=True) if stays)
    elif marks:
        yield marks[0]  # ***: which of the asterisks stayed cannot be told


def _events(inlines: Inlines, mark: str) -> Iterator[bool]:
    """For each mark in the order of the file: whether it stayed text."""
    for node in inlines:
        if isinstance(node, Text):
            yield from (True for _ in range(node.text.count(mark)))
        elif isinstance(node, Strong | Emphasis | Strike | Link):
            ours = isinstance(node, Strike) if mark == "~~" else isinstance(node, Strong)
            if ours:
                yield False
            yield from _events(node.children, mark)
            if ours:
                yield False
