"""A value in brackets, `[甲, 乙]` or `{name: 甲}`, in; the slips in it out."""

from __future__ import annotations

import re

from minutes_cli.diagnostics import Edit
from minutes_cli.front.slip_notes import (
    MOST,
    QUOTED,
    WIDE_COLON,
    Notes,
    Value,
    below,
    has_below,
    line_after,
    quote,
    tail,
)
from minutes_cli.source import Span

_TOKEN = re.compile(r"[\[\]{}\"']")
_OPENS = re.compile(r"[\[{,:]\s*\Z")  # what stands before a quotation mark that is one
_PAIRS = {"[": "]", "{": "}"}
_MARKED = r"\"[^\"]*+\"|'[^']*+'"
_BRACES = re.compile(rf"{_MARKED}|(?P<braces>\{{(?>(?:[^{{}}\"']++|{_MARKED})*)\}})")
_IN_BRACES = re.compile(
    rf"{_MARKED}|(?P<comma>，)(?=[ ]*(?P<next>\w{{1,10}})[ ]*[:{WIDE_COLON}])"
    rf"|(?<=[{{,，])[ ]*(?P<key>[^\W\d]\w{{0,9}})(?:(?P<wide>[{WIDE_COLON}])[ ]*|(?P<tight>:)(?=[^\s/]))"
)
_DEEPEST = 64  # brackets; what opens more is no value


def check(notes: Notes, value: Value) -> int:
    text, start = notes.text, value.start
    if text.startswith(("{{", "{%"), start):
        return quote(notes, value, "yaml-quote-start", Span(start, start + 2), mark=text[start : start + 2])
    closed, missing = _balanced(text, start, value.end)
    if closed:
        _in_braces(notes, start, closed)
        return tail(notes, value, closed)
    limit = below(notes, value, closing=True)
    closed, _ = _balanced(text, start, limit)
    if closed:
        _in_braces(notes, start, closed)
        return line_after(notes, closed)
    words = {"mark": text[start], "closing": missing or _PAIRS[text[start]]}
    if has_below(notes, value) or not missing:
        notes.add("yaml-bracket", Span(start, start + 1), (), **words)
        notes.lose(start)
        return notes.drop(start)
    notes.add("yaml-bracket", Span(start, start + 1), (Edit(Span(value.end, value.end), missing),), **words)
    return value.next


def _balanced(text: str, start: int, end: int) -> tuple[int, str]:
    """Where the bracket at `start` closes, or 0 and the brackets that are missing at `end`."""
    open_: list[str] = []
    at = start
    while found := _TOKEN.search(text, at, end):
        at = found.end()
        token = found[0]
        if token in _PAIRS:
            open_.append(_PAIRS[token])
            if len(open_) > _DEEPEST:
                return 0, ""
        elif token in "]}":
            if open_.pop() != token:
                return 0, ""
            if not open_:
                return at, ""
        elif _OPENS.search(text, max(start, found.start() - 20), found.start()):
            quoted = QUOTED.match(text, found.start(), end)
            at = quoted.end() if quoted else end
    return 0, "".join(reversed(open_))


def _in_braces(notes: Notes, start: int, end: int) -> None:
    text = notes.text
    for braces in _BRACES.finditer(text, start, end):
        for found in _IN_BRACES.finditer(text, *braces.span("braces")):
            if found["comma"]:
                fix = (Edit(Span(*found.span()), ", "),)
                notes.add("yaml-fullwidth-comma", Span(*found.span("comma")), fix, word=found["next"])
            elif found["wide"]:
                fix = (Edit(Span(found.start("wide"), found.end()), ": "),)
                notes.add("yaml-fullwidth-colon", Span(*found.span("wide")), fix, word=found["key"])
            elif found["tight"]:
                fix = (Edit(Span(found.end(), found.end()), " "),)
                notes.add("yaml-colon-space", Span(*found.span("tight")), fix, word=found["key"])
            if len(notes.faults) > MOST:
                return
