"""What is gathered while the lines of the front matter are looked at, and the mending that several slips share."""

from __future__ import annotations

import re
from typing import NamedTuple

from msgspec import Struct, field

from minutes_cli.diagnostics import Diagnostic, Edit
from minutes_cli.front.mend import blank, block_end, line_start, top_key
from minutes_cli.front.slip_faults import slip
from minutes_cli.source import Span

MOST = 100  # slips; a front matter that has more is no front matter
ZERO = "\u200b-\u200f\u00ad\u2060\ufeff\u202a-\u202e\u2066-\u2069"
STRAY = f"\u3000\xa0\u2000-\u200a\u202f\u205f{ZERO}"
WIDE_COLON = "：﹕︰∶"
_RANGE = "(.)-(.)"
_STRAY_CHARS = " \t" + re.sub(_RANGE, lambda ends: "".join(map(chr, range(ord(ends[1]), ord(ends[2]) + 1))), STRAY)
QUOTED = re.compile(r'"[^"\\]*+(?>(?:\\.[^"\\]*+)*)"|' r"'[^']*+(?>(?:''[^']*+)*)'", re.DOTALL)
_LEAD = re.compile(f"[ \t{STRAY}]*")
_ODD = re.compile(f"[{STRAY}]")
_ZERO_ONE = f"[{ZERO}]"
_ZERO = f"[{ZERO} \t]*"
_LINE = re.compile(r"(?P<indent> *)(?P<rest>[^\r\n]*)(?:\r\n|\r|\n|\Z)")


class Notes(Struct, dict=True):
    """What is gathered on the way through the YAML that ends at `stop`; `whole` is False where there was too much."""

    text: str
    stop: int
    faults: list[Diagnostic] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    whole: bool = True

    def add(self, name: str, span: Span, fix: tuple[Edit, ...] = (), **words: str) -> None:
        """A slip, which is read as its fix mends it."""
        self.faults.append(slip(name, span, fix, **words))
        self.edits += fix

    def drop(self, offset: int) -> int:
        """Leave out the block that begins on the line of `offset`; where it ends."""
        start = line_start(self.text, offset)
        end = min(block_end(self.text, start), self.stop)
        self.edits.append(Edit(Span(start, end), blank(self.text[start:end])))
        return end

    def lose(self, offset: int) -> None:
        """The top-level key that the line of `offset` belongs to has lost words."""
        self.broken |= top_key(self.text, offset)


class Value(NamedTuple):
    """`text[start:end]` is the rest of its line, `next` the start of the line below, `owner` the column of its key or
    hyphen: deeper lines belong to it."""

    start: int
    end: int
    next: int
    owner: int


def is_zero(char: str) -> bool:
    """Whether a character has no width."""
    return bool(re.match(_ZERO_ONE, char))


def trimmed(notes: Notes, value: Value) -> Value:
    """The value without the space around it; space that YAML would keep is a slip."""
    text = notes.text
    lead = _LEAD.match(text, value.start, value.end)
    start = lead.end() if lead else value.start
    end = value.end
    end = start + len(text[start:end].rstrip(_STRAY_CHARS))
    for left, right in ((value.start, start), (end, value.end)):
        if start == end:  # nothing but space, and nothing lost
            notes.edits.append(Edit(Span(left, right), " " * (right - left)))
        elif _ODD.search(text, left, right):
            stray(notes, Span(left, right), text[start:end])
    return Value(start, end, value.next, value.owner)


def stray(notes: Notes, span: Span, word: str) -> None:
    """Odd space in `span`, beside `word`."""
    odd = [found.start() for found in _ODD.finditer(notes.text, *span)]
    place = Span(odd[0], odd[-1] + 1)
    run, fix = notes.text[place.start : place.end], (Edit(place, ""),)
    if not run.strip("\ufeff"):  # `decode` has told of it
        notes.edits += fix
    elif re.fullmatch(_ZERO, run):
        notes.add("yaml-invisible", place, fix)
    else:
        notes.add("yaml-stray-space", place, fix, word=word)


def quote(notes: Notes, value: Value, name: str, place: Span, **words: str) -> int:
    """A slip that quotation marks mend.  They are set for reading too, but not around several lines."""
    raw = notes.text[value.start : value.end]
    mark = "'" if '"' in raw or "\\" in raw else '"'
    doubled = tuple(Edit(Span(value.start + at, value.start + at), mark) for at, char in enumerate(raw) if char == mark)
    opens, closes = (Edit(Span(at, at), mark) for at in (value.start, value.end))
    words["quoted"] = mark + raw.replace(mark, mark * 2) + mark
    if has_below(notes, value):
        notes.add(name, place, (), **words)
        notes.lose(value.start)
        return notes.drop(value.start)
    notes.add(name, place, (opens, *doubled, closes), **words)
    return value.next


def tail(notes: Notes, value: Value, closed: int) -> int:
    """What stands behind the closing mark or bracket that ends at `closed`."""
    behind = _LEAD.match(notes.text, closed, value.end)
    start = behind.end() if behind else closed
    if start == value.end:
        return value.next
    if notes.text[start] == "#" and start > closed:
        notes.add("yaml-comment-behind", Span(start, value.end), word=notes.text[start : value.end])
        return value.next
    return quote(notes, value, "yaml-quote-tail", Span(start, value.end), mark=notes.text[closed - 1])


def has_below(notes: Notes, value: Value) -> bool:
    """Whether the next line that is not blank belongs to the value."""
    return bool(notes.text[value.next : below(notes, value)].strip())


def below(notes: Notes, value: Value, closing: bool = False) -> int:
    """The end of the deeper lines below a value; with `closing`, lines that begin with a closing bracket count."""
    end = value.next
    while end < notes.stop:
        line = _LINE.match(notes.text, end, notes.stop)
        assert line is not None
        closes = closing and line["rest"].startswith(("]", "}"))
        if line["rest"] and len(line["indent"]) <= value.owner and not closes:
            break
        end = line.end()
    return end


def line_after(notes: Notes, offset: int) -> int:
    line = _LINE.match(notes.text, offset, notes.stop)
    return line.end() if line else notes.stop
