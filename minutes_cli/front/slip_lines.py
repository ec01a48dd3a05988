"""Lines of the front matter that are not written as they should be in; what is wrong with each, and its mending, out."""

from __future__ import annotations

import re
from functools import cache

from minutes_cli.diagnostics import Edit
from minutes_cli.front import slip_notes, slip_values, vocabulary
from minutes_cli.front.mend import blank
from minutes_cli.front.slip_notes import STRAY, WIDE_COLON, Notes, Value
from minutes_cli.numerals import HAN
from minutes_cli.source import Span

_KEY = r"[^\W\d][\w-]*+"
_LINE = re.compile(rf"(?P<lead>[ \t{STRAY}]*)(?P<rest>[^\r\n]*)(?:\r\n|\r|\n|\Z)")
_INDENTED = re.compile(rf"(?P<lead> *(?:- +)*)(?P<key>{_KEY}:(?=[ \r\n]|\Z))?(?P<value>[^\r\n]*)")
_ELEMENT = re.compile(r"(?P<lead> *)- ")
_DASH = re.compile(r"-(?:[ \t]+|\Z)")
_BULLET = re.compile(
    rf"(?P<dash>-[{STRAY}]*(?=[^\s\d-]))|(?P<mark>(?:[－—–•·‧●○◎◆◇■□▪★☆＊＋](?![－—–])|[*+](?=[ \t{STRAY}])|"
    rf"[0-9０-９]{{1,2}}[.、．)）](?![0-9])|[（(][0-9{HAN}十]{{1,3}}[）)]|[{HAN}十]{{1,3}}、))[ \t{STRAY}]*(?=\S)"
)
_NAME = r"[^\W\d][\w（）()·./-]{0,29}(?:[ \u3000][\w（）()·./-]{1,12})?"
_SIMPLE = re.compile(rf"(?P<key>\"[^\"\r\n]*\"|'[^'\r\n]*'|{_NAME})(?P<gap>[ {STRAY}]*)(?P<colon>[:{WIDE_COLON}])")
_GENERAL = re.compile(rf"(?P<key>\"[^\"]*\"|'[^']*'|[^\"'\[{{][^:#]*?)(?P<gap>[ \t{STRAY}]*)(?P<colon>:)(?=[ \t]|\Z)")
_BLANKS = re.compile(rf"[ \t{STRAY}]*")
_TIGHT = r"[^\W\d]\w*\Z|[\"']"


class Lines:
    """`owner` is the column of the key or hyphen read last; `open` says that it has plain text behind it, which deeper
    lines continue; `element` that it is an element of a list."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.owner, self.open, self.element = 0, False, False

    def follow(self, start: int, end: int) -> None:
        """Take note of lines that need no closer look."""
        text = self.notes.text
        while end > start:
            line = max(text.rfind("\n", start, end - 1), text.rfind("\r", start, end - 1), start - 1) + 1
            found = _INDENTED.match(text, line, end)
            if found and (found["key"] or (found["value"].strip() and found["value"][0] != "#")):
                prefix = found["lead"]
                self.element = prefix.endswith("- ") and not found["key"]
                self.owner = prefix.rindex("-") if self.element else len(prefix)
                self.open = bool(found["value"].strip())
                return
            end = line

    def list_below(self, start: int) -> bool:
        """Whether the line at `start` would make an element of a list part of the text above it."""
        found = _ELEMENT.match(self.notes.text, start, self.notes.stop)
        return found is not None and self._continues(len(found["lead"]), found.end() - 2)

    def _continues(self, column: int, start: int) -> bool:
        """Whether a line is a part of the text above, or a list that is no part of it and yet stands in its place."""
        if column > self.owner or self.element:
            return self.open and column > self.owner
        return self.open and column == self.owner and self.notes.text.startswith("- ", start)

    def read(self, start: int) -> int:
        """Look at the line that begins at `start`; where to go on."""
        text = self.notes.text
        line = _LINE.match(text, start, self.notes.stop)
        assert line is not None
        lead, at, end = line["lead"], line.end("lead"), line.end("rest")
        if at == end:
            if lead.strip(" \t"):
                self.notes.edits.append(Edit(Span(start, at), blank(lead)))
            return line.end()
        if lead.strip(" "):
            self._indent(Span(start, at), lead)
        if text[at] == "#":
            return line.end()
        value = Value(at, end, line.end(), self.owner)
        column = _width(lead)
        if self._continues(column, at):
            return slip_values.continuation(self.notes, value)
        return self._entry(value, column)

    def _indent(self, span: Span, lead: str) -> None:
        odd = [at for at, char in enumerate(lead, span.start) if char != " "]
        place = Span(odd[0], odd[-1] + 1)
        fix = (Edit(span, " " * _width(lead)),)
        if "\t" in lead:
            self.notes.add("yaml-tab", place, fix)
        elif _width(lead[odd[0] - span.start :].replace(" ", "")):
            self.notes.add("yaml-fullwidth-indent", place, fix)
        elif lead.strip(" \ufeff"):
            self.notes.add("yaml-invisible", place, fix)
        else:
            self.notes.edits += fix

    def _entry(self, value: Value, column: int) -> int:
        """A line that begins something: an element of a list, a key, or the value of the key above."""
        text, end, at = self.notes.text, value.end, value.start
        if not column and text.startswith(("---", "..."), at):
            behind = _skip(text, at + 3, end)
            fix = (Edit(Span(at, behind), ""),)
            self.notes.add("yaml-document", Span(at, at + 3), fix, mark=text[at : at + 3])
            at = behind
        at, column, self.element = self._element(at, end, column)
        key = self._key(at, end, self.element)
        if key is not None:
            self.owner, self.element = column, False
            at = key
        elif not self.element and column <= self.owner:
            return self._no_key(value)
        if at >= end:
            self.open = False
            return value.next
        after, self.open = slip_values.check(self.notes, Value(at, end, value.next, self.owner))
        return after

    def _element(self, at: int, end: int, column: int) -> tuple[int, int, bool]:
        """Where what stands behind the hyphens begins, its column, and whether there is a hyphen or what was meant for
        one."""
        text, element = self.notes.text, False
        may_begin = column > self.owner or not self.open or (self.element and column == self.owner)
        while dash := _DASH.match(text, at, end):
            element, self.owner = True, column
            column += len(dash[0])
            at = dash.end()
        bullet = None if element or not may_begin else _BULLET.match(text, at, end)
        if bullet and not _GENERAL.match(text, at, end):
            self._bullet(bullet, end)
            self.owner = column
            return bullet.end(), column + 2, True
        return at, column, element

    def _bullet(self, found: re.Match[str], end: int) -> None:
        word = self.notes.text[found.end() : end].rstrip()
        fix = (Edit(Span(*found.span()), "- "),)
        if found["dash"]:
            self.notes.add("yaml-dash-space", Span(found.start(), found.start() + 1), fix, word=word)
        else:
            self.notes.add("yaml-bullet", Span(*found.span("mark")), fix, mark=found["mark"], word=word)

    def _key(self, at: int, end: int, element: bool) -> int | None:
        """Where the value of a key begins; None if there is no key.  In a list only a known key is one where it is
        mistyped: 「委員：劉嘉凱」 may be meant as text."""
        text = self.notes.text
        found = _SIMPLE.match(text, at, end)
        if found and (not element or found["key"] in _element_keys()):
            after = found.end()
            blank_end = _skip(text, after, end)
            if found["colon"] != ":":
                fix = (Edit(Span(found.start("colon"), blank_end), ": "),)
                self._gap(found)
                self.notes.add("yaml-fullwidth-colon", Span(*found.span("colon")), fix, word=found["key"])
                return blank_end
            odd = text[after:blank_end].strip(" \t")
            tight = after == blank_end < end and text[after : after + 2] != "//" and re.match(_TIGHT, found["key"])
            if tight or (odd and text[after] not in " \t"):
                fix = (Edit(Span(after, blank_end), " "),)
                self._gap(found)
                self.notes.add("yaml-colon-space", Span(*found.span("colon")), fix, word=found["key"])
                return blank_end
        general = _GENERAL.match(text, at, end)
        if general is None:
            return None
        self._gap(general)
        return general.end()

    def _gap(self, found: re.Match[str]) -> None:
        """Odd space between a key and its colon."""
        if found["gap"].strip(" \t"):
            slip_notes.stray(self.notes, Span(*found.span("gap")), found["key"])

    def _no_key(self, value: Value) -> int:
        """A line that should begin with a key.  What YAML has signs for is left to the parser."""
        text = self.notes.text
        self.open = False
        if text[value.start] in ":[]{}\"'|>&*!@`%?":
            return value.next
        word = text[value.start : value.end].rstrip()
        self.notes.add("yaml-no-colon", Span(value.start, value.start + len(word)), word=word)
        self.notes.broken.add(re.split(r"[\s=＝]", word, maxsplit=1)[0])
        if text[value.start - 1 : value.start] == " ":
            self.notes.lose(value.start)
        return self.notes.drop(value.start)


@cache
def _element_keys() -> frozenset[str]:
    """The keys that the elements of some list have: name, 姓名, title, file …"""
    names: set[str] = set()
    fields = list(vocabulary.root().fields.values())
    while fields:
        known = fields.pop()
        names.update(known.names)
        fields += [below for below in (*known.fields.values(), known.items, known.groups) if below]
    return frozenset(names)


def _width(lead: str) -> int:
    """The columns of an indentation as it was meant: a tab or a full-width space is one level."""
    return sum(2 if char in "\t\u3000" else not slip_notes.is_zero(char) for char in lead)


def _skip(text: str, start: int, end: int) -> int:
    found = _BLANKS.match(text, start, end)
    return found.end() if found else start
