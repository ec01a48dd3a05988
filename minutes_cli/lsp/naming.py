"""A meeting and a name in, every place in which the person is named out: padded (周　翊), and with a title between
surname and given name (周委員翊)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from minutes_cli.diagnostics import Edit
from minutes_cli.document import Minutes
from minutes_cli.front import naming
from minutes_cli.front.people import COMPOUND, bare
from minutes_cli.judging.summary import summary
from minutes_cli.lsp.places import touches
from minutes_cli.source import Span

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_PAD = "[ 　]*"
_TITLE = "[\u3400-\u9fff]{1,5}?[長員任授師事席理監人問書官生士姐正司佐記]"


class _Name(NamedTuple):
    """A person's plain name, and the title that stood in it ("" for none)."""

    plain: str
    title: str


class _Place(NamedTuple):
    span: Span
    title: str


def at(minutes: Minutes, offset: int) -> Span | None:
    """The span of the name of a known person at an offset."""
    for name in _known(minutes):
        for place in _places(minutes, name):
            if touches(place.span, offset):
                return place.span
    return None


def renamed(minutes: Minutes, span: Span, new: str) -> list[Edit]:
    """The edits that give the person named at `span` a new name; titles stay where they are."""
    text = minutes.source.text
    name = next(name for name in _known(minutes) if any(place.span == span for place in _places(minutes, name)))
    given = _name(new) if _HAN.fullmatch(bare(new)) else _Name(new, "")
    plain = given.plain if given.title in (name.title, "") or not name.title else bare(new)
    edits = []
    for place in _places(minutes, name):
        edits.append(Edit(place.span, _written(text[slice(*place.span)], place.title, plain)))
    return edits


def _written(old: str, title: str, new: str) -> str:
    """The new name in the form of the old one: with its title, and padded if that was and two characters are left."""
    if title:
        surname = _surname(new)
        return surname + title + new[len(surname) :]
    padding = re.search("[ 　]+", old.strip())
    if padding and len(new) == 2 and _HAN.fullmatch(new):
        return new[0] + padding[0] + new[1]
    return new


def _known(minutes: Minutes) -> list[_Name]:
    """Everyone of the front matter, longer names first, so that none is found within another."""
    found = summary(minutes)
    names = {_name(seen.name) for seen in found.people} if found else set()
    return sorted((name for name in names if len(name.plain) > 1), key=lambda name: (-len(name.plain), name))


def _name(text: str) -> _Name:
    """馬主任正維 is 馬正維 with the title 主任."""
    whole = bare(text)
    if naming.key(whole)[1] and _HAN.fullmatch(whole):
        surname = _surname(whole)
        rest = re.fullmatch(f"({_TITLE}|君)(.{{1,2}})", whole[len(surname) :])
        if rest:
            return _Name(surname + rest[2], rest[1])
    return _Name(whole, "")


def _surname(name: str) -> str:
    return name[:2] if len(name) > 2 and name[:2] in COMPOUND else name[:1]


def _places(minutes: Minutes, name: _Name) -> Iterator[_Place]:
    """Where the person is named, in the order of the file, longer names of others left alone."""
    text = minutes.source.text
    others = [
        Span(*found.span())
        for other in _known(minutes)
        if len(other.plain) > len(name.plain) and name.plain in other.plain
        for found in re.finditer(_pattern(other), text)
    ]
    for found in re.finditer(_pattern(name), text):
        span = Span(*found.span())
        if not any(other.start <= span.start and span.end <= other.end for other in others):
            yield _Place(span, found["title"] or "")


def _pattern(name: _Name) -> str:
    plain = name.plain
    if not _HAN.fullmatch(plain):
        return rf"(?<!\w)(?P<title>){re.escape(plain)}(?!\w)"
    surname = _surname(plain)
    given = _PAD.join(plain[len(surname) :])
    titles = f"{name.title}|{_TITLE}" if name.title else _TITLE
    return f"{_PAD.join(surname)}(?:(?P<title>{titles}|君)|{_PAD}){given}"
