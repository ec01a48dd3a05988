"""A sentence about a vote in, its counts out: 贊成 9 票，反對 1 票，棄權 0 票，出席 10 人.

Counts of persons, shares and area are kept apart; 「贊成、反對各 5 票」 and percentages give nothing to add up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from minutes_cli.numerals import fold, value

FOR, PRESENT = "贊成", "出席"

_WORDS = {
    "贊成": "贊成", "同意": "贊成", "贊同": "贊成", "可": "贊成",
    "反對": "反對", "不同意": "反對", "不贊成": "反對", "否": "反對",
    "棄權": "棄權", "無意見": "棄權", "空白": "無效", "無效": "無效", "廢票": "無效",
    "未投票": "未投票", "未表決": "未投票", "未領票": "未投票", "不投票": "未投票",
    "出席": "出席", "在場": "出席", "在席": "出席", "實到": "出席", "參與表決": "出席", "參加表決": "出席", "投票": "出席",
}  # fmt: skip
_UNITS = {
    "persons": ("票", "人", "位", "名", "席", "戶", "員"),
    "shares": ("權", "股"),
    "area": ("平方公尺", "㎡", "坪", "m2", "m²"),
}
_UNIT = {word: unit for unit, words in _UNITS.items() for word in words}
_NUMBER = r"[0-9０-９][0-9０-９,]*(?:[.．][0-9０-９]+)?|[一二三四五六七八九十百零〇]{1,5}"
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_MEASURE = "|".join(sorted(_UNIT, key=len, reverse=True))
# A count stands behind its word (贊成 9 票), or right before it (2 人未投票) where the word has no count of its own.
_TOKEN = (
    rf"(?P<ahead>{_NUMBER})[ 　]*(?P<its>{_MEASURE})[ 　]*(?P<of>{_WORD})(?!者?[ 　]*(?:有|計|共)?[ 　]*(?:{_NUMBER}))"
    rf"|(?P<word>{_WORD})|(?P<number>{_NUMBER})[ 　]*(?P<unit>{_MEASURE}|[%％])"
)
_ASIDE = frozenset("各均")


class Counts(NamedTuple):
    """The counts of one unit by their word (贊成, 反對, 棄權, 無效, 未投票, 出席); `start` and `end` of the counted words."""

    unit: str
    numbers: dict[str, Decimal]
    start: int
    end: int

    @property
    def present(self) -> Decimal | None:
        """Those present, where the text tells them."""
        return self.numbers.get(PRESENT)

    @property
    def votes(self) -> Decimal:
        """All votes, those not given included."""
        return sum((number for word, number in self.numbers.items() if word != PRESENT), Decimal())

    def told(self) -> str:
        """贊成 9、反對 1."""
        return "、".join(f"{word} {number:,}" for word, number in self.numbers.items() if word != PRESENT)


def read(text: str) -> Iterator[Counts]:
    """The counts of a text, one a unit; only where both a vote for and another vote are counted."""
    if any(c in _ASIDE for c in text):
        return
    counts: dict[str, dict[str, Decimal]] = {}
    ends: dict[str, tuple[int, int]] = {}
    word, start = "", 0
    for found in re.finditer(_TOKEN, text):
        if found["word"]:
            word, start = _WORDS[found["word"]], found.start()
            continue
        of = _WORDS[found["of"]] if found["of"] else word
        unit, number = _UNIT.get(found["its"] or found["unit"]), _decimal(found["ahead"] or found["number"])
        if not of or unit is None or number is None or of in counts.setdefault(unit, {}):
            continue
        counts[unit][of] = number
        first = found.start() if found["of"] else start
        ends[unit] = (ends.get(unit, (first, 0))[0], found.end())
    for unit, numbers in counts.items():
        if FOR in numbers and len(numbers) > 1:
            yield Counts(unit, numbers, *ends[unit])


def unit_of(word: str) -> str:
    """persons, shares or area for a unit as a recorder writes it (人, 權, 平方公尺); "" for another."""
    return next((unit for name, unit in _UNIT.items() if word.endswith(name)), "")


def _decimal(text: str) -> Decimal | None:
    plain = fold(text).replace(",", "").replace("．", ".")
    if plain[0].isdigit():
        return Decimal(plain) if len(plain) < 24 else None
    number = value(text)
    return Decimal(number) if number is not None else None
