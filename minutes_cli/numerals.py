"""Numbers as labels: 壹貳參, 一二三, 1 2 3, 甲乙丙, and the shapes 、（）. around them, both ways.

Order of the shapes: 行政院《文書處理手冊》: 壹、 一、（一） 1.（1） 甲、（甲）.  Ten and above print 拾、拾壹、 and 十、十一、.
Lookalikes are read and never written: ㄧ (bopomofo) for 一, 叁 and 参 for 參, full-width digits, compatibility
ideographs (NFC), 廿 and 卅.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from msgspec import Struct

HAN = "一二三四五六七八九"
LEGAL = "壹貳參肆伍陸柒捌玖"
STEM = "甲乙丙丁戊己庚辛壬癸"
BRANCH = "子丑寅卯辰巳午未申酉戌亥"

_ALIKE = str.maketrans("ㄧ〡叁参貮贰陆弐弌両兩两〇零０１２３４５６７８９", "一一參參貳貳陸貳壹二二二○○0123456789")
_VALUE = {c: i for digits in (HAN, LEGAL) for i, c in enumerate(digits, 1)}
_TEN = {"十": 10, "拾": 10, "百": 100, "佰": 100}


def fold(text: str) -> str:
    """`text` with lookalike numerals replaced by the ones meant; the length is kept but for compatibility forms."""
    return unicodedata.normalize("NFC", text).translate(_ALIKE).replace("廿", "二十").replace("卅", "三十")


@lru_cache(maxsize=1000)  # the same few stand on every page
def value(text: str) -> int | None:
    """The number that a numeral of any kind means, 1–999 (digits: any size); None if it is not one.

    >>> [value(t) for t in ("十一", "拾貳", "２３", "丙", "百", "一百零五", "二〇")]
    [11, 12, 23, 3, 100, 105, 20]
    """
    text = fold(text.strip())
    if text.isascii() and text.isdigit():
        return int(text) if len(text) < 10 else None
    if len(text) == 1 and text in STEM:
        return STEM.index(text) + 1
    if not text or any(c not in _VALUE and c not in _TEN and c != "○" for c in text):
        return None
    if not any(c in _TEN for c in text):
        digits = "".join(str(_VALUE.get(c, 0)) for c in text)
        return int(digits) if len(digits) < 4 and int(digits) else None
    total = digit = 0
    for c in text:
        if c in _TEN:
            total += (digit or 1) * _TEN[c]
            digit = 0
        else:
            digit = _VALUE.get(c, 0)
    return total + digit or None


def _grouped(number: int, digits: str, ten: str, hundred: str) -> str:
    if number >= 1000 or number < 1:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    parts = [digits[hundreds - 1] + hundred] if hundreds else []
    if tens:
        parts.append((digits[tens - 1] if tens > 1 or hundreds else "") + ten)
    elif hundreds and ones:
        parts.append("零")
    if ones:
        parts.append(digits[ones - 1])
    return "".join(parts)


@lru_cache(maxsize=1000)
def han(number: int) -> str:
    """一 … 十, 十一, 二十, 一百零五."""
    return _grouped(number, HAN, "十", "百")


@lru_cache(maxsize=1000)
def legal(number: int) -> str:
    """壹 … 拾, 拾壹, 貳拾 (offices write 拾, not 壹拾)."""
    return _grouped(number, LEGAL, "拾", "佰")


def stem(number: int) -> str:
    """甲 … 癸; from eleven on the numeral of `han`, since there are ten stems."""
    return STEM[number - 1] if 1 <= number <= len(STEM) else han(number)


WRITERS: dict[str, Callable[[int], str]] = {"legal": legal, "han": han, "digit": str, "stem": stem}
_KIND = {"壹": "legal", "一": "han", "1": "digit", "１": "digit", "甲": "stem"}


class Shape(Struct, frozen=True, gc=False):
    """How a label of one level looks: `kind` legal, han, digit or stem; `before` and `after` the marks around it."""

    kind: str
    before: str
    after: str

    def label(self, number: int) -> str:
        """The printed label, as 「（三）」."""
        return f"{self.before}{WRITERS[self.kind](number)}{self.after}"


def shape(sample: str) -> Shape:
    """The shape of a sample label such as `壹、`, `（一）`, `1.`; ValueError if the sample has no 壹, 一, 1 or 甲."""
    for i, c in enumerate(sample):
        if c in _KIND:
            return Shape(_KIND[c], sample[:i], sample[i + 1 :])
    raise ValueError(sample)


# The seven levels in their order: a section, then levels 1 to 6 below it.
STANDARD = tuple(shape(sample) for sample in ("壹、", "一、", "（一）", "1.", "(1)", "甲、", "（甲）"))

# kind → its signs, and how many of them a label may have.
_SIGNS: dict[str, tuple[frozenset[str], int]] = {
    "han": (frozenset("一二三四五六七八九十百ㄧ廿卅〇零\uf9d1"), 5),
    "digit": (frozenset("0123456789０１２３４５６７８９"), 3),
    "legal": (frozenset("壹貳參肆伍陸柒捌玖拾佰叁参貮\uf96b\uf9d3\uf973"), 4),
    "stem": (frozenset(STEM), 1),
}
# What a label may begin with: enough to see that most lines have none.
FIRST = frozenset("（(").union(*(signs for signs, _ in _SIGNS.values()))
_IN_BRACKETS = {"han": 2, "digit": 4, "stem": 6}
_BEFORE_MARK = {"legal": 0, "han": 1, "digit": 3, "stem": 5}
_MARKS = {"legal": "、．.", "han": "、．.", "digit": "、．.)）", "stem": "、"}
_SHAPE = re.compile(r"[（(][ 　]*(?P<in>\w{1,5})[ 　]*[）)]、?|(?P<bare>\w{1,5})(?P<mark>[^\w\s])")
# 「1.113年度預算」 is a number and a year; any other digit behind the dot makes a decimal or a date.
_YEAR = "(?:1[0-9][0-9]|(?:19|20)[0-9][0-9])年"


class Found(Struct, frozen=True, gc=False):
    """A label at the start of a text: `level` in `STANDARD` (0 壹、 … 6（甲）), `number`, the label as typed, and the
    offset at which the text behind it begins."""

    level: int
    number: int
    typed: str
    end: int


def match(text: str, start: int = 0) -> Found | None:
    """The label that stands in `text` at `start`, or None.

    >>> match("(二)馮委員玉")
    Found(level=2, number=2, typed='(二)', end=3)
    >>> match("1.113年度預算").typed, match("（二）、財務報告").typed
    ('1.', '（二）、')
    >>> match("3.14 是圓周率"), match("十分感謝"), match("104.9.24")
    (None, None, None)
    """
    if text[start : start + 1] not in FIRST:
        return None
    found = _SHAPE.match(text, start)
    if not found:
        return None
    numeral = found["in"] or found["bare"]
    level = _level(found, _kind(numeral))
    number = None if level is None else value(numeral)
    if level is None or number is None:
        return None
    end = found.end()
    while end < len(text) and text[end] in " 　\t":
        end += 1
    return Found(level, number, text[start : found.end()], end)


def _kind(numeral: str) -> str:
    """Which signs a numeral is written in; "" if in others or in too many."""
    for kind, (signs, most) in _SIGNS.items():
        if numeral[0] in signs:
            return kind if len(numeral) <= most and signs.issuperset(numeral) else ""
    return ""


def _level(found: re.Match[str], kind: str) -> int | None:
    if found["in"]:
        return _IN_BRACKETS.get(kind)
    if found["mark"] not in _MARKS.get(kind, ()):
        return None
    if kind != "digit":
        return _BEFORE_MARK[kind]
    if found["mark"] in ")）":
        return _IN_BRACKETS[kind]
    behind = found.string[found.end() : found.end() + 5]
    return None if "0" <= behind[:1] <= "9" and not re.match(_YEAR, behind) else _BEFORE_MARK[kind]
