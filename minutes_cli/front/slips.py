"""The YAML of the front matter in; what recorders mistype in it out, each at its place, with the edits that mend it.

libyaml tells of few of these slips, late and in words of its own: a full-width colon makes two lines one text, a
full-width space makes a key of its own, ` #` cuts a value, all without a word.  So the lines are looked at first.  One
expression passes over all lines that are written as they should be; only where it stops is a closer look taken, and
only then is what that takes imported.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from minutes_cli.diagnostics import Diagnostic, Edit
from minutes_cli.source import Span

if TYPE_CHECKING:
    from minutes_cli.front.slip_notes import Notes

# Classes of a few ASCII characters and \\s, \\w compile in no time; those of many others take a millisecond each.
# Of a group that may be gone back in, (?>(?:…)*) instead of (?:…)*+: before Python 3.11.5 the latter does not match.
_EOL = r"(?>\r\n|\r|\n)"
_KEY = r"[^\W\d][\w-]*+"
_GAP = r"[ \u3000]"
_PLAIN = rf"[^\s:#&*!|>'\"%@`,\[\]{{}}?-][^\s:#]*+(?>(?:(?:{_GAP}++(?=[^\s#])|:(?=\S)|(?<!\s)#)[^\s:#]*+)*)"
_QUOTED = r"\"[^\"\\\r\n]*+\"|'[^'\r\n]*+'"
_ITEM = rf" *+(?:{_QUOTED}|(?>(?:{_GAP}*+[^\[\]{{}}\"'#:&*!|>%@`,\s]++)*)) *+"  # of a list or mapping in brackets
_BRACKETS = rf"\[(?>(?:{_ITEM}(?:,|(?=\])))+)\]|\{{(?![^\r\n}}]*，)(?>(?:{_KEY}: {_ITEM}(?:, (?!\}})|(?=\}})))+)\}}"
_VALUE = rf"(?:{_PLAIN}|{_QUOTED}|{_BRACKETS})"
_BLOCK = rf"[|>][+-]? *+{_EOL}(?>(?:(?P=indent) [^\r\n]*+{_EOL}|[ \t]*+{_EOL})*)"
# An element that looks like a mistyped key is looked at; whether it is one, `slip_lines` decides by the vocabulary.
_MISTYPED = r"(?!-|(?:[a-z_]{2,}|姓名|名稱|標題|單位|職稱|日期|開始)[:：][^ ])"
_NO_LIST_BELOW = r"(?!(?P=indent) +- )"
_NO_LIST_BESIDE = r"(?!(?P=indent) *- )"
_CLEAN = re.compile(
    rf"(?>(?:(?P<indent> *+)(?:{_KEY}:(?: *+{_EOL}| ++(?:{_VALUE} *+{_EOL}{_NO_LIST_BESIDE}|{_BLOCK}))"
    rf"|- ++(?:{_KEY}: *+{_EOL}|(?:{_KEY}: ++|{_MISTYPED}){_VALUE} *+{_EOL}{_NO_LIST_BELOW})"
    rf"|(?:#[^\r\n]*+)?{_EOL}))*)"
)
_FIRST = re.compile(rf"(?:[ \t]*(?:#[^\r\n]*)?{_EOL})*(?P<lead> +)[^\s#-]")
_AT_MARGIN = re.compile(r"[\r\n][^\s#-]")


class Slips(Struct, frozen=True):
    """`edits` mend the text for reading: the fixes, and blanks where there is no fix.  `broken` names the top-level
    keys whose value that blanks in part or whole.  `whole` is False where there were too many to go on; `clean` is True
    where every line is written as it should be."""

    problems: tuple[Diagnostic, ...] = ()
    edits: tuple[Edit, ...] = ()
    broken: frozenset[str] = frozenset()
    whole: bool = True
    clean: bool = False


_NONE = Slips(clean=True)


def scan(text: str, span: Span) -> Slips:
    """The slips between the two `---` lines."""
    looks_odd = not is_ordinary(text[span.start : span.end])
    at = span.start if looks_odd else pass_clean(text, *span)
    lead = first_indented(text, span)
    if at == span.end and lead is None:
        return _NONE
    notes = _look(text, span, at, looks_odd)
    if lead:
        notes.add("yaml-first-indented", lead, (Edit(lead, ""),))
    return Slips(tuple(notes.faults), tuple(notes.edits), frozenset(notes.broken), notes.whole)


def _look(text: str, span: Span, at: int, closely: bool) -> Notes:
    """The slips from `at` on.  Lines that are written as they should be are passed over, or, `closely`, looked at."""
    from minutes_cli.front import slip_lines, slip_notes

    notes = slip_notes.Notes(text, span.end)
    lines = slip_lines.Lines(notes)
    lines.follow(span.start, at)
    while at < span.end and len(notes.faults) <= slip_notes.MOST:
        below = lines.read(at)
        at = below if closely or lines.list_below(below) else pass_clean(text, below, span.end)
        lines.follow(below, at)
    notes.whole = at >= span.end
    return notes


def is_ordinary(text: str) -> bool:
    """Whether all characters can be seen, but for line endings and ordinary and full-width spaces."""
    return text.replace("\n", "").replace("\r", "").replace("\u3000", "").isprintable()


def pass_clean(text: str, start: int, end: int) -> int:
    """Where the lines that are written as they should be end."""
    found = _CLEAN.match(text, start, end)
    return found.end() if found else start


def first_indented(text: str, span: Span) -> Span | None:
    """The indentation of the first line, if a later one has none: to YAML, the first one's level is the outermost."""
    found = _FIRST.match(text, *span)
    if found and _AT_MARGIN.search(text, found.end(), span.end):
        return Span(*found.span("lead"))
    return None
