"""Patterns of files, in the manner of .gitignore, in; which paths they mean out.

*.md        any file or folder of that name, at any depth        /draft.md    beside the list only
old/        a folder and all below it                            2015/**/x    a slash inside ties it to the list's folder
!keep.md    taken back                                           [ab]?        one character
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple


class Pattern(NamedTuple):
    """`path` matches a whole path, relative to the folder of the list; `folder` says that it means folders only."""

    path: re.Pattern[str]
    negated: bool
    folder: bool


@cache
def pattern(line: str) -> Pattern | None:
    """One line of a list; None for a comment, an empty line, or one that can match nothing."""
    text = re.sub(r"(?<!\\)((?:\\\\)*) +$", r"\1", line)
    if not text or text.startswith("#"):
        return None
    negated = text.startswith("!")
    text = text[negated:]
    folder = text.endswith("/")
    text = text[: len(text) - folder]
    if not text or text.endswith("/"):
        return None
    anchored = "/" in text
    try:
        path = re.compile(("" if anchored else "(?:.*/)?") + _regex(text.removeprefix("/")), re.DOTALL)
    except (re.error, KeyError, ValueError):
        return None
    return Pattern(path, negated, folder)


def patterns(lines: Iterable[str]) -> tuple[Pattern, ...]:
    """The patterns of a list."""
    return tuple(found for line in lines if (found := pattern(line)))


def match(listed: Sequence[Pattern], path: str, folder: bool = False) -> bool | None:
    """Whether a list takes a path: the last pattern that means it decides; None where none does."""
    for one in reversed(listed):
        if (folder or not one.folder) and one.path.fullmatch(path):
            return not one.negated
    return None


def below(listed: Sequence[Pattern], path: str, folder: bool = False) -> bool:
    """Whether a list takes a file or folder, or a folder that it lies in."""
    parts = path.split("/")
    above = ("/".join(parts[:depth]) for depth in range(1, len(parts)))
    return any(match(listed, one, True) for one in above) or match(listed, path, folder) is True


def _regex(text: str) -> str:
    made, at = "", 0
    while at < len(text):
        piece, at = _piece(text, at)
        made += piece
    return made


def _piece(text: str, at: int) -> tuple[str, int]:
    """One piece of a pattern as a regular expression, and where the next begins."""
    if text[at] == "*":
        end = len(text) - len(text[at:].lstrip("*"))
        alone = (at == 0 or text[at - 1] == "/") and end - at > 1
        if alone and text.startswith("/", end):
            return "(?:.*/)?", end + 1
        return (".*" if alone and end == len(text) else "[^/]*"), end
    if text[at] == "?":
        return "[^/]", at + 1
    if text[at] == "[":
        return _one_of(text, at + 1)
    if text[at] == "\\":
        if at + 1 == len(text):
            raise ValueError(text)
        at += 1
    return re.escape(text[at]), at + 1


_NAMED = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": r" \t",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": r"\x21-\x7e",
    "lower": "a-z",
    "print": r"\x20-\x7e",
    "punct": r"\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e",
    "space": r" \t\n\r\f\v",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}


def _one_of(text: str, at: int) -> tuple[str, int]:
    """A set in brackets; ValueError where it is not closed."""
    negated = text[at : at + 1] in ("!", "^")
    at += negated
    made, first = "", True
    while first or text[at : at + 1] != "]":
        first = False
        named = re.compile(r"\[:(\w+):\]").match(text, at)
        if named:
            made, at = made + _NAMED[named[1]], named.end()
            continue
        low, at = _character(text, at)
        if text[at : at + 1] == "-" and text[at + 1 : at + 2] not in ("", "]"):
            high, at = _character(text, at + 1)
            made += f"{re.escape(low)}-{re.escape(high)}" if low <= high else ""
        else:
            made += re.escape(low)
    inside = f"[{made}]" if made else "[^\\s\\S]"
    return (f"(?!{inside}|/)." if negated else f"(?!/){inside}"), at + 1


def _character(text: str, at: int) -> tuple[str, int]:
    at += text[at : at + 1] == "\\"
    if at >= len(text):
        raise ValueError(text)
    return text[at], at + 1
