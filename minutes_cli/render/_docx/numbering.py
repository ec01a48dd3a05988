"""Printed levels in; Word's own multilevel list out, and where it must be told to start again.

One list holds the sections, two kinds of label that print no number but let what is below them begin anew, and the
six levels of items.  A paragraph carries only its style, so that an item added in Word renumbers what follows.  Only
where Word or LibreOffice would count on to another number than the printed one, a paragraph gets a `w:num` of its own
that starts there (`w:startOverride`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from minutes_cli.numerals import Shape
from minutes_cli.render._docx.container import escape
from minutes_cli.width import width

# The style of each level of the list, and the level of the list of each printed level (0 section, 1–6 items).
ROLES = ("section", "label", "item1", "item2", "reply", "item3", "item4", "item5", "item6")
LISTED = (0, 2, 3, 5, 6, 7, 8)
# Where labels that belong to a section and replies that belong to a speaker stand in the list.
LABELS = {0: 1, 2: 4}
# Word has more numerals than these, but LibreOffice prints some of them as plain digits.
FORMATS = {
    "legal": "ideographLegalTraditional",
    "han": "taiwaneseCountingThousand",
    "digit": "decimal",
    "stem": "ideographTraditional",
}
# Up to which number each is printed as offices write it: Word counts on with 壹拾, and has ten stems.
_LAST = {"legal": 9, "han": 99, "digit": 9999, "stem": 10}
_SAMPLES = {"legal": "壹", "han": "一", "digit": "1", "stem": "甲"}


class Level(NamedTuple):
    """A level of the list: the id of its style, `w:numFmt`, its text with % for the number, what stands between
    number and text, where the text begins, how far the number hangs out, and the number's `w:rPr`."""

    style: str = ""
    format: str = "none"
    text: str = ""
    suff: str = "nothing"
    left: int = 0
    hanging: int = 0
    run: str = ""

    @property
    def start(self) -> int:
        """Where the number begins."""
        return self.left - self.hanging


class Step(NamedTuple):
    """A paragraph of a list: which list, its level there, and its printed number, 0 where it prints none."""

    list: int
    level: int
    number: int


def native(shape: Shape, ordinal: int, label: str) -> bool:
    """Whether Word's own numeral prints this label."""
    return 0 < ordinal <= _LAST[shape.kind] and shape.label(ordinal) == label and "%" not in shape.before + shape.after


def adapted(level: Level, shape: Shape, cell: int) -> Level:
    """The level with the numeral of a profile.  Where the reference has that very numeral, its measures stay; else
    the number begins at the same place, and the text behind it as far on as the new numeral is wide."""
    text = f"{shape.before}%{shape.after}"
    if (level.format, level.text) == (FORMATS[shape.kind], text):
        return level
    cells = width(shape.before + _SAMPLES[shape.kind] + shape.after) / 2
    spaced = shape.kind == "digit" and width(shape.after[-1:]) != 2
    hanging = round(cell * (cells + (0.45 if spaced else 0)))
    suff = "tab" if spaced else "nothing"
    return level._replace(format=FORMATS[shape.kind], text=text, suff=suff, left=level.start + hanging, hanging=hanging)


def starts(steps: Sequence[Step]) -> list[int]:
    """For each paragraph the number at which its list must be told to start, 0 where counting on is right.

    A level that was skipped counts as one that was there (a "phantom"): （一） right below 壹 makes the next 一、 a
    二、.
    Not every reader counts so; a number is left to counting only where both ways come to the same.
    """
    counts: dict[tuple[int, bool], list[int]] = {}
    found = []
    for step in steps:
        ways = [
            _count(counts.setdefault((step.list, phantom), [0] * 9), step.level, phantom) for phantom in (True, False)
        ]
        wrong = step.number and any(way != step.number for way in ways)
        found.append(step.number if wrong else 0)
        if wrong:
            for phantom in (True, False):
                counts[step.list, phantom][step.level] = step.number
    return found


def _count(counts: list[int], level: int, phantom: bool) -> int:
    if phantom:
        for above in range(level):
            counts[above] = counts[above] or 1
    counts[level] += 1
    counts[level + 1 :] = [0] * (len(counts) - level - 1)
    return counts[level]


def abstract(number: int, levels: Iterable[Level], spelled: Collection[int] = ()) -> str:
    """The `w:abstractNum` of some levels.  `spelled` names those whose numbers are written out as text instead: they
    stay in the list, since what is below them must begin anew, but print nothing."""
    rows = "".join(_level(ilvl, level, ilvl in spelled) for ilvl, level in enumerate(levels))
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{0x3A5C11E0 + number:08X}"/>'
        f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="{0x7F2E0D14 + number:08X}"/>{rows}</w:abstractNum>'
    )


def _level(ilvl: int, level: Level, spelled: bool) -> str:
    silent = spelled or level.format == "none"
    text = "" if silent else escape(level.text).replace("%", f"%{ilvl + 1}")
    suff = "nothing" if silent else level.suff
    tab = f'<w:tabs><w:tab w:val="num" w:pos="{level.left}"/></w:tabs>' if suff == "tab" else ""
    style = f'<w:pStyle w:val="{escape(level.style)}"/>' if level.style else ""
    return (
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="1"/><w:numFmt w:val="{"none" if silent else level.format}"/>{style}'
        f'<w:suff w:val="{suff}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f"<w:pPr>{tab}{indent(level.left, level.hanging)}</w:pPr>{level.run}</w:lvl>"
    )


def indent(left: int, hanging: int) -> str:
    """`w:ind`; a negative `hanging` is a first line further in."""
    first = f'w:hanging="{hanging}"' if hanging >= 0 else f'w:firstLine="{-hanging}"'
    return f'<w:ind w:left="{left}" {first}/>'


def num(number: int, abstract_number: int, level: int = 0, start: int = 0) -> str:
    """A `w:num`, with the number at which it starts at one level."""
    override = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start else ""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract_number}"/>{override}</w:num>'
