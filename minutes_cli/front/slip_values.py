"""One value of the front matter in; the slips in it out, and where the reader is to go on."""

from __future__ import annotations

import re

from minutes_cli.diagnostics import Edit
from minutes_cli.front import slip_brackets
from minutes_cli.front.mend import blank, line_start
from minutes_cli.front.slip_notes import QUOTED, Notes, Value, below, has_below, line_after, quote, tail, trimmed
from minutes_cli.source import Span

_BLOCK = re.compile(r"[|>][+-]?[1-9]?[+-]?(?:[ \t]+#.*|[ \t]*)")
_BEGINS = re.compile(r"[@`%,\]}]|[?:-](?=[ \t]|\Z)")
_PROPERTY = re.compile(r"[&*!][!\w:./-]*", re.ASCII)
_CUTS = re.compile(r"(?<=[ \t])#|:(?=[ \t]|\Z)")
_HASH = re.compile(r"(?<=[ \t])#")
_DIRECTIVE = r"#[ \t]+minutes:"
_BAD_ESCAPE = r"\\(?![\\0abt\tnvfre \"/N_LPxuU])"
_NAMES = {"&": "yaml-anchor", "*": "yaml-alias", "!": "yaml-tag"}


def check(notes: Notes, value: Value) -> tuple[int, bool]:
    """Where to go on, and whether the value is plain text that deeper lines would continue."""
    value = trimmed(notes, value)
    start, end = value.start, value.end
    if start == end:
        return value.next, False
    first = notes.text[start]
    if first in "\"'":
        return _quoted(notes, value), False
    if first in "[{":
        return slip_brackets.check(notes, value), False
    if first in "|>" and _BLOCK.fullmatch(notes.text, start, end):
        return below(notes, value), False
    if first in "&*!":
        return _property(notes, value), False
    if first in "|>" or _BEGINS.match(notes.text, start, end):
        return quote(notes, value, "yaml-quote-start", Span(start, start + 1), mark=first), False
    return _plain(notes, value)


def _plain(notes: Notes, value: Value) -> tuple[int, bool]:
    text, start, end = notes.text, value.start, value.end
    cut = _CUTS.search(text, start, end) if text[start] != "#" else _HASH.match(text, start)
    if cut is None:
        return value.next, True
    place = Span(cut.start(), cut.start() + 1)
    if cut[0] == ":":
        return quote(notes, value, "yaml-colon-in-value", place), False
    words = text[cut.start() : end]
    if re.match(_DIRECTIVE, words):  # a comment to this program, which `suppress` reads
        return value.next, False
    if words[1:2] in ("", " ", "\t") and (cut.start() == start or text[cut.start() - 2] in " \t"):
        notes.add("yaml-comment-behind", Span(cut.start(), end), word=words)
        return value.next, False
    return quote(notes, value, "yaml-comment", Span(cut.start(), end), word=words), False


def continuation(notes: Notes, value: Value) -> int:
    """A further line of plain text; where to go on."""
    value = trimmed(notes, value)
    if notes.text.startswith("- ", value.start):
        notes.add("yaml-list-under-text", Span(value.start, value.start + 1))
        notes.lose(value.start)
        return _past_list(notes, value)
    cut = _HASH.search(notes.text, value.start, value.end)
    if cut:
        place = Span(cut.start(), value.end)
        notes.add("yaml-comment-cuts", place, word=notes.text[place.start : place.end])
        notes.lose(value.start)
    return value.next


def _property(notes: Notes, value: Value) -> int:
    """A value that begins with & * or !: YAML's own anchor, alias or tag, or only text."""
    found = _PROPERTY.match(notes.text, value.start, value.end)
    word = found[0] if found else ""
    if len(word) > 1 and (value.start + len(word) == value.end or notes.text[value.start + len(word)] in " \t"):
        place = Span(value.start, value.start + len(word))
        return quote(notes, value, _NAMES[word[0]], place, mark=word)
    return quote(notes, value, "yaml-quote-start", Span(value.start, value.start + 1), mark=word[0])


def _quoted(notes: Notes, value: Value) -> int:
    text, start = notes.text, value.start
    mark = text[start]
    if found := QUOTED.match(text, start, value.end):
        escape = re.search(_BAD_ESCAPE, found[0]) if mark == '"' else None
        if escape and "'" not in found[0] and '\\"' not in found[0]:
            place = Span(start + escape.start(), start + escape.end())
            fix = tuple(Edit(Span(at, at + 1), "'") for at in (start, found.end() - 1))
            notes.add("yaml-escape", place, fix, quoted=f"'{found[0][1:-1]}'")
        return tail(notes, value, found.end())
    if found := QUOTED.match(text, start, below(notes, value)):
        return line_after(notes, found.end())
    if has_below(notes, value):
        notes.add("yaml-quote-unclosed", Span(start, start + 1), mark=mark)
        notes.lose(start)
        return notes.drop(start)
    notes.add("yaml-quote-unclosed", Span(start, start + 1), (Edit(Span(value.end, value.end), mark),), mark=mark)
    return value.next


def _past_list(notes: Notes, value: Value) -> int:
    """The end of a list below a text.  A deeper list is read as a part of the text; one beside its key cannot be."""
    line = line_start(notes.text, value.start)
    end = below(notes, value)
    beside = " " * value.owner + "- "
    while notes.text.startswith(beside, end):
        end = below(notes, value._replace(next=line_after(notes, end)))
    if notes.text.startswith(beside, line):
        notes.edits.append(Edit(Span(line, end), blank(notes.text[line:end])))
    return end
