"""The Markdown of a paragraph in, the marks of bold and struck-out type that stay in its text out.

The marks in the source are met in the same order as the nodes that they open and close, and as those that stayed
text; so the n-th event is the n-th mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_cli.body.inlines import inlines
from minutes_cli.inline import Emphasis, Inlines, Link, Strike, Strong, Text

# What stands in code, behind a backslash, or in the address of a link is no mark.
_SKIP = r"(`+)(?:.|\n){1,400}?(?<!`)\1(?!`)|\\.|\]\([^()\n]*\)|<!--(?:.|\n){0,400}?-->|https?://[^\s]+"


# A pair that is fine whatever stands around it: letters or Chinese punctuation inside both its marks.
_INNER = r"(?:[^\W_]|[\u3001-\u303f\uff00-\uffef])"
_PAIRS = {
    mark: re.compile(
        rf"{re.escape(mark)}{_INNER}(?:[^*~`\\\[\]<>\n]*{_INNER})?{re.escape(mark)}(?!{re.escape(mark[0])})"
    )
    for mark in ("**", "~~")
}


def plain(source: str, mark: str) -> bool:
    """Whether every `mark` in `source` surely has its partner, so that nothing need be parsed."""
    return mark not in _PAIRS[mark].sub("", source)


def literal(source: str, mark: str) -> Iterator[int]:
    """Offsets in `source` of each `mark` that is left in the text; one behind a backslash is meant."""
    source = re.sub(r"\\[*~]", "--", source)
    events = list(_events(inlines(source), mark))
    if True not in events:
        return
    marks = [found.start() for found in re.finditer(rf"{_SKIP}|(?P<mark>{re.escape(mark)})", source) if found["mark"]]
    if len(marks) == len(events):
        yield from (place for place, stays in zip(marks, events, strict=True) if stays)
    elif marks:
        yield marks[0]  # ***: which of the asterisks stayed cannot be told


def _events(nodes: Inlines, mark: str) -> Iterator[bool]:
    """For each mark in the order of the file: whether it stayed text."""
    for node in nodes:
        if isinstance(node, Text):
            yield from (True for _ in range(node.text.count(mark)))
        elif isinstance(node, Strong | Emphasis | Strike | Link):
            ours = isinstance(node, Strike) if mark == "~~" else isinstance(node, Strong)
            if ours:
                yield False
            yield from _events(node.children, mark)
            if ours:
                yield False
