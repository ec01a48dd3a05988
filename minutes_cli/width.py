"""Text as a terminal shows it: how many columns a character takes, and lines wrapped between Han characters.

Ambiguous characters count one column.  Wrapping keeps 避頭尾: no line begins with ，。、） or ends with （「.
"""

from __future__ import annotations

import re
import unicodedata

_JOINER = "\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_JAMO_TAILS = range(0x1160, 0x1200)

# Characters that take two columns wherever they stand: most of what is Chinese.
_HAN = "[\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff60]+"

# No line begins with one of these, and none ends with one of those.
_CLOSERS = frozenset("，。、；：？！）」』】〉》〕〗］｝／”’％…—·．,.;:?!)]}")
_OPENERS = frozenset("（「『【〈《〔〖［｛“‘([{")


def widths(text: str) -> list[int]:
    """The columns of each character: 0 for what combines with the character before it, 2 for Han and emoji."""
    if text.isascii() and text.isprintable():
        return [1] * len(text)
    return [_width(char, text[i - 1] if i else "") for i, char in enumerate(text)]


def width(text: str) -> int:
    """The columns that `text` takes."""
    if text.isascii() and text.isprintable():
        return len(text)
    other = re.sub(_HAN, "", text)
    return 2 * len(text) - len(other) if other.isascii() and other.isprintable() else sum(widths(text))


def _width(char: str, before: str) -> int:
    if char == "\ufe0f":  # asks for the emoji form, which is wide
        return 1 if before and _width(before, "") == 1 and not before.isdigit() else 0
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc") or before == _JOINER:
        return 0
    if ord(char) in _JAMO_TAILS or (ord(char) in _SKIN_TONES and before.strip()):
        return 0
    return 2 if _is_wide(char) else 1


def pad(text: str, columns: int) -> str:
    """`text` filled with spaces to that many columns."""
    return text + " " * (columns - width(text))


def wrap(text: str, columns: int) -> list[str]:
    """The lines of `text`, none wider than `columns`, without spaces at either end."""
    lines = [""]
    for atom in _atoms(" ".join(text.split())):
        for part in [atom] if width(atom) <= columns else atom:
            if width(lines[-1] + part.rstrip()) > columns:
                lines[-1] = lines[-1].rstrip()
                lines.append("")
            if lines[-1] or part != " ":
                lines[-1] += part
    lines[-1] = lines[-1].rstrip()
    return lines


def _atoms(text: str) -> list[str]:
    """What may not be torn apart: a space, a Latin word, a Han character, with the marks that cling to it."""
    found = [""]
    for char in text:
        if found[-1] and _may_break(found[-1][-1], char):
            found.append(char)
        else:
            found[-1] += char
    return found


def _may_break(before: str, after: str) -> bool:
    if before == " " or after == " ":
        return True
    if after in _CLOSERS or before in _OPENERS:
        return False
    return _is_wide(before) or _is_wide(after)


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"
