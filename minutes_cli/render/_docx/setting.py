"""The lines of one record and a reference in; how the record is numbered in it, out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from minutes_cli.lines import Entry, Grid, Line
from minutes_cli.profile import Profile
from minutes_cli.render._docx.numbering import LABELS, LISTED, Level, Step, abstract, adapted, native, num, starts
from minutes_cli.render._docx.reference import HEADER_LIST, Reference

Spot = tuple[int, int]
_HEADER_PLACE = re.compile(rf'<(\w+):numPr><\1:ilvl [^>]*/><\1:numId [^>]*="{HEADER_LIST}"/></\1:numPr>')
# Our lists, in the order of their numbers.
_LISTS = _MAIN, _HEADER, _SILENT = 0, 1, 2


class Setting(Struct, frozen=True, dict=True):
    """`levels` is the list, `header` that of the header rows where they have one of their own.  `spots` are the places
    (list, level) of the entries that stand in a list, by their index; `spelled` the places whose numbers are written
    out as text; `starts` where a list must be told to start, by index: the number of a `w:num` of its own, and the
    number that is printed."""

    reference: Reference
    profile: Profile
    levels: tuple[Level, ...]
    header: Level | None
    spots: dict[int, Spot]
    spelled: frozenset[Spot]
    starts: dict[int, tuple[int, int]]

    def level(self, spot: Spot) -> Level:
        """The level at a place."""
        return self.header if self.header is not None and spot[0] == _HEADER else self.levels[spot[1]]

    @property
    def header_left(self) -> int:
        """Where the text of a header row begins."""
        return self.level((_HEADER, 0)).left if self.profile.numbered else 0

    def styles(self) -> str:
        """The styles, those of the header rows put in their list: their own, none, or that of the sections, which they
        are based on."""
        nth = _SILENT if not self.profile.numbered else _MAIN if self.header is None else _HEADER
        if nth == _MAIN and self.reference.derived:
            return _HEADER_PLACE.sub("", self.reference.styles)
        return self.reference.styles.replace(HEADER_LIST, str(self.reference.lists.num + nth))

    def silent(self) -> int:
        """The `w:numId` of a list that prints nothing, for a paragraph that takes no number though its style has one.
        Word would also read 0 as that; validators look for a list of that number."""
        return self.reference.lists.num + _SILENT


def setting(entries: Sequence[Entry], reference: Reference, profile: Profile) -> Setting:
    """How the entries are numbered.

    The tenth section would print 壹拾, where offices write 拾: a level of which Word's numerals cannot print every
    label is written out as text throughout, so that a record shows one kind of numeral.
    """
    levels = list(reference.levels)
    for printed, listed in enumerate(LISTED):
        levels[listed] = adapted(levels[listed], profile.levels[printed], reference.cell)
    header = None
    if profile.numbered and not (profile.continued and profile.header_levels == profile.levels[0]):
        header = adapted(reference.levels[0], profile.header_levels, reference.cell)
        header = header._replace(style=reference.ids["header"])
    spots = {i: spot for i, entry in enumerate(entries) if (spot := _spot(entry, header is not None))}
    lines = {i: line for i in spots if isinstance(line := entries[i], Line)}
    spelled = frozenset(spots[i] for i, line in lines.items() if line.number and not _native(line, spots[i], profile))
    steps = [Step(*spots[i], 0 if spots[i] in spelled else line.ordinal) for i, line in lines.items()]
    found = [(i, start) for i, start in zip(lines, starts(steps), strict=True) if start]
    begun = {i: (own, start) for own, (i, start) in enumerate(found, reference.lists.num + len(_LISTS))}
    return Setting(reference, profile, tuple(levels), header, spots, spelled, begun)


def _spot(entry: Entry, own_header: bool) -> Spot | None:
    if isinstance(entry, Grid) or entry.quote:
        return None
    if entry.kind in ("label", "reply") and not entry.number:
        return (_MAIN, LABELS[entry.level]) if entry.level in LABELS else None
    if not entry.number:
        return None
    if entry.kind in ("header", "section"):
        return (_HEADER if own_header and entry.kind == "header" else _MAIN), 0
    if entry.kind in ("item", "speaker") and 1 <= entry.level < len(LISTED):
        return _MAIN, LISTED[entry.level]
    return None


def _native(line: Line, spot: Spot, profile: Profile) -> bool:
    shape = profile.header_levels if spot[0] == _HEADER else profile.levels[LISTED.index(spot[1])]
    return native(shape, line.ordinal, line.number)


def numbering(setting: Setting) -> str:
    """`word/numbering.xml`: the reference's lists, ours, and a `w:num` for each place where a list starts again."""
    head, middle, tail = setting.reference.lists.pieces
    first, number = setting.reference.lists.abstract, setting.reference.lists.num
    kinds = (setting.levels, () if setting.header is None else (setting.header,), (Level(),))
    lists, nums = [], []
    for nth, levels in enumerate(kinds):
        if levels:
            lists.append(abstract(first + nth, levels, {level for at, level in setting.spelled if at == nth}))
            nums.append(num(number + nth, first + nth))
    for index, (own, start) in setting.starts.items():
        at, level = setting.spots[index]
        nums.append(num(own, first + at, level, start))
    return "".join((head, *lists, middle, *nums, tail))
