"""One value of the front matter in; the slips in it out, and where the reader is to go on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from minutes_cli.diagnostics import Diagnostic, Edit
from minutes_cli.mend import blank, block_end, line_start, top_key
from minutes_cli.slip_faults import slip
from minutes_cli.source import Span

ZERO = "\u200b-\u200f\u00ad\u2060\ufeff\u202a-\u202e\u2066-\u2069"
STRAY = f"\u3000\xa0\u2000-\u200a\u202f\u205f{ZERO}"
MOST = 100  # slips; a front matter that has more is no front matter
WIDE_COLON = "：﹕︰∶"

_RANGE = re.compile("(.)-(.)")
_STRAY_CHARS = " \t" + _RANGE.sub(lambda ends: "".join(map(chr, range(ord(ends[1]), ord(ends[2]) + 1))), STRAY)
_LEAD = re.compile(f"[ \t{STRAY}]*")
_ODD = re.compile(f"[{STRAY}]")
_ZERO_ONE = re.compile(f"[{ZERO}]")
_ZERO = re.compile(f"[{ZERO} \t]*")
_LINE = re.compile(r"(?P<indent> *)(?P<rest>[^\r\n]*)(?:\r\n|\r|\n|\Z)")
_QUOTED = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|' r"'[^']*+(?:''[^']*+)*+'", re.DOTALL)
_BLOCK = re.compile(r"[|>][+-]?[1-9]?[+-]?(?:[ \t]+#.*|[ \t]*)")
_BEGINS = re.compile(r"[@`%,\]}]|[?:-](?=[ \t]|\Z)")
_PROPERTY = re.compile(r"[&*!][!\w:./-]*", re.ASCII)
_CUTS = re.compile(r"(?<=[ \t])#|:(?=[ \t]|\Z)")
_HASH = re.compile(r"(?<=[ \t])#")
_DIRECTIVE = re.compile(r"#[ \t]+minutes:")
_BAD_ESCAPE = re.compile(r"\\(?![\\0abt\tnvfre \"/N_LPxuU])")
_TOKEN = re.compile(r"[\[\]{}\"']")
_OPENS = re.compile(r"[\[{,:]\s*\Z")  # what stands before a quotation mark that is one
_PAIRS = {"[": "]", "{": "}"}
_MARKED = r"\"[^\"]*+\"|'[^']*+'"
_BRACES = re.compile(rf"{_MARKED}|(?P<braces>\{{(?:[^{{}}\"']++|{_MARKED})*+\}})")
_IN_BRACES = re.compile(
    rf"{_MARKED}|(?P<comma>，)(?=[ ]*(?P<next>\w{{1,10}})[ ]*[:{WIDE_COLON}])"
    rf"|(?<=[{{,，])[ ]*(?P<key>[^\W\d]\w{{0,9}})(?:(?P<wide>[{WIDE_COLON}])[ ]*|(?P<tight>:)(?=[^\s/]))"
)
_DEEPEST = 64  # brackets; what opens more is no value
_NAMES = {"&": "yaml-anchor", "*": "yaml-alias", "!": "yaml-tag"}


@dataclass
class Notes:
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


def is_zero(char: str) -> bool:
    """Whether a character has no width."""
    return bool(_ZERO_ONE.match(char))


class Value(NamedTuple):
    """`text[start:end]` is the rest of its line, `next` the start of the line below, `owner` the column of its key or
    hyphen: deeper lines belong to it."""

    start: int
    end: int
    next: int
    owner: int


def check(notes: Notes, value: Value) -> tuple[int, bool]:
    """Where to go on, and whether the value is plain text that deeper lines would continue."""
    value = _trimmed(notes, value)
    start, end = value.start, value.end
    if start == end:
        return value.next, False
    first = notes.text[start]
    if first in "\"'":
        return _quoted(notes, value), False
    if first in "[{":
        return _flow(notes, value), False
    if first in "|>" and _BLOCK.fullmatch(notes.text, start, end):
        return _below(notes, value), False
    if first in "&*!":
        return _property(notes, value), False
    if first in "|>" or _BEGINS.match(notes.text, start, end):
        return _quote(notes, value, "yaml-quote-start", Span(start, start + 1), mark=first), False
    return _plain(notes, value)


def _trimmed(notes: Notes, value: Value) -> Value:
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
    elif _ZERO.fullmatch(run):
        notes.add("yaml-invisible", place, fix)
    else:
        notes.add("yaml-stray-space", place, fix, word=word)


def _plain(notes: Notes, value: Value) -> tuple[int, bool]:
    text, start, end = notes.text, value.start, value.end
    cut = _CUTS.search(text, start, end) if text[start] != "#" else _HASH.match(text, start)
    if cut is None:
        return value.next, True
    place = Span(cut.start(), cut.start() + 1)
    if cut[0] == ":":
        return _quote(notes, value, "yaml-colon-in-value", place), False
    words = text[cut.start() : end]
    if _DIRECTIVE.match(words):  # a comment to this program, which `suppress` reads
        return value.next, False
    if words[1:2] in ("", " ", "\t") and (cut.start() == start or text[cut.start() - 2] in " \t"):
        notes.add("yaml-comment-behind", Span(cut.start(), end), word=words)
        return value.next, False
    return _quote(notes, value, "yaml-comment", Span(cut.start(), end), word=words), False


def continuation(notes: Notes, value: Value) -> int:
    """A further line of plain text; where to go on."""
    value = _trimmed(notes, value)
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


def _quote(notes: Notes, value: Value, name: str, place: Span, **words: str) -> int:
    """A slip that quotation marks mend.  They are set for reading too, but not around several lines."""
    raw = notes.text[value.start : value.end]
    mark = "'" if '"' in raw or "\\" in raw else '"'
    doubled = tuple(Edit(Span(value.start + at, value.start + at), mark) for at, char in enumerate(raw) if char == mark)
    opens, closes = (Edit(Span(at, at), mark) for at in (value.start, value.end))
    words["quoted"] = mark + raw.replace(mark, mark * 2) + mark
    if _deeper(notes, value):
        notes.add(name, place, (), **words)
        notes.lose(value.start)
        return notes.drop(value.start)
    notes.add(name, place, (opens, *doubled, closes), **words)
    return value.next


def _property(notes: Notes, value: Value) -> int:
    """A value that begins with & * or !: YAML's own anchor, alias or tag, or only text."""
    found = _PROPERTY.match(notes.text, value.start, value.end)
    word = found[0] if found else ""
    if len(word) > 1 and (value.start + len(word) == value.end or notes.text[value.start + len(word)] in " \t"):
        place = Span(value.start, value.start + len(word))
        return _quote(notes, value, _NAMES[word[0]], place, mark=word)
    return _quote(notes, value, "yaml-quote-start", Span(value.start, value.start + 1), mark=word[0])


def _quoted(notes: Notes, value: Value) -> int:
    text, start = notes.text, value.start
    mark = text[start]
    if found := _QUOTED.match(text, start, value.end):
        escape = _BAD_ESCAPE.search(found[0]) if mark == '"' else None
        if escape and "'" not in found[0] and '\\"' not in found[0]:
            place = Span(start + escape.start(), start + escape.end())
            fix = tuple(Edit(Span(at, at + 1), "'") for at in (start, found.end() - 1))
            notes.add("yaml-escape", place, fix, quoted=f"'{found[0][1:-1]}'")
        return _tail(notes, value, found.end())
    if found := _QUOTED.match(text, start, _below(notes, value)):
        return _line_after(notes, found.end())
    if _deeper(notes, value):
        notes.add("yaml-quote-unclosed", Span(start, start + 1), mark=mark)
        notes.lose(start)
        return notes.drop(start)
    notes.add("yaml-quote-unclosed", Span(start, start + 1), (Edit(Span(value.end, value.end), mark),), mark=mark)
    return value.next


def _tail(notes: Notes, value: Value, closed: int) -> int:
    """What stands behind the closing mark or bracket that ends at `closed`."""
    behind = _LEAD.match(notes.text, closed, value.end)
    start = behind.end() if behind else closed
    if start == value.end:
        return value.next
    if notes.text[start] == "#" and start > closed:
        notes.add("yaml-comment-behind", Span(start, value.end), word=notes.text[start : value.end])
        return value.next
    return _quote(notes, value, "yaml-quote-tail", Span(start, value.end), mark=notes.text[closed - 1])


def _flow(notes: Notes, value: Value) -> int:
    text, start = notes.text, value.start
    if text.startswith(("{{", "{%"), start):
        return _quote(notes, value, "yaml-quote-start", Span(start, start + 2), mark=text[start : start + 2])
    closed, missing = _balanced(text, start, value.end)
    if closed:
        _in_braces(notes, start, closed)
        return _tail(notes, value, closed)
    limit = _below(notes, value, closing=True)
    closed, _ = _balanced(text, start, limit)
    if closed:
        _in_braces(notes, start, closed)
        return _line_after(notes, closed)
    words = {"mark": text[start], "closing": missing or _PAIRS[text[start]]}
    if _deeper(notes, value) or not missing:
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
            quoted = _QUOTED.match(text, found.start(), end)
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


def _deeper(notes: Notes, value: Value) -> bool:
    """Whether the next line that is not blank belongs to the value."""
    return bool(notes.text[value.next : _below(notes, value)].strip())


def _below(notes: Notes, value: Value, closing: bool = False) -> int:
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


def _past_list(notes: Notes, value: Value) -> int:
    """The end of a list below a text.  A deeper list is read as a part of the text; one beside its key cannot be."""
    line = line_start(notes.text, value.start)
    end = _below(notes, value)
    beside = " " * value.owner + "- "
    while notes.text.startswith(beside, end):
        end = _below(notes, value._replace(next=_line_after(notes, end)))
    if notes.text.startswith(beside, line):
        notes.edits.append(Edit(Span(line, end), blank(notes.text[line:end])))
    return end


def _line_after(notes: Notes, offset: int) -> int:
    line = _LINE.match(notes.text, offset, notes.stop)
    return line.end() if line else notes.stop
