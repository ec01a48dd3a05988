"""A line in, what it opens out: a list's item, a heading, a comment, or what `openings` knows, a number or a label."""

from __future__ import annotations

import re
from typing import final

from msgspec import Struct

from minutes_cli.body import openings
from minutes_cli.body.openings import INDENT, Opening

RULE = re.compile(r"([*_-])(?: *\1){2,} *")
HEADING = re.compile(r"(#{1,6})(?: |$)")
_COMMENT = re.compile(r"<!--(?:.*?(-->)|)")
_ITEM = re.compile(r"([0-9]{1,9}[.)]|[-*+])( +|$)")  # neither 1.甲 nor -5
_OF_ITEMS, _OF_OTHERS = frozenset("*-+0123456789"), frozenset("#_`~>[<")
_SIGNS = _OF_ITEMS | _OF_OTHERS | frozenset(INDENT) | openings.FIRST


class Beyond(Exception):
    """A line that only `markdown` knows."""


@final
class Mark(Struct, frozen=True, gc=False):
    """What a list's item begins with: a number and what follows it, or a bullet; and how many characters stand before
    its text."""

    text: str
    width: int


Kind = Opening | Mark | re.Match[str] | None
"""What a line opens: a number or a label, a list's item, a heading (`HEADING`), a comment."""


def is_plain(bare: str) -> bool:
    """Whether a line opens nothing, as can be seen at first sight of most."""
    # The words of a reply, which begins with anything; `labels.may_reply` looks for them closer to the beginning.
    return bare[0] not in _SIGNS and "覆" not in bare and "回應" not in bare


def kind_of(bare: str) -> Kind:
    """What a line opens that has no spaces before it; Beyond where only `markdown` can tell."""
    first = bare[0]
    if first in _OF_ITEMS:
        if first in "*-" and RULE.fullmatch(bare):
            raise Beyond
        if item := _item(bare):
            return item
    elif is_plain(bare):
        return None
    elif first in _OF_OTHERS:
        if bare.startswith(("```", "~~~", ">", "[^")) or RULE.fullmatch(bare):
            raise Beyond
        if marked := HEADING.match(bare) or _comment(bare):
            return marked
    elif first in INDENT:
        bare = bare.lstrip(INDENT)
        if _ITEM.match(bare):  # 　1. a list's item but for what stands before it
            raise Beyond
    return openings.number(bare) or openings.label(bare)


def _item(bare: str) -> Mark | None:
    found = _ITEM.match(bare)
    if not found:
        return None
    sign, blanks = found.groups()
    width = found.end()
    if width == len(bare) or len(blanks) > 4 or len(sign) > 4:
        raise Beyond  # an item without words, with code, or with a number that does not end a paragraph
    return Mark(sign, width)


def _comment(bare: str) -> re.Match[str] | None:
    """A comment behind which nothing stands on its line; it may end on a later one."""
    found = _COMMENT.match(bare)
    return None if found and found[1] and bare[found.end() :].strip() else found
