"""The lists of a reference in; the measures of ours, and a place for it among the others, out."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any, NamedTuple

from lxml import etree

from minutes_cli.render._docx import styles
from minutes_cli.render._docx.numbering import ROLES, Level
from minutes_cli.render._docx.package import xml
from minutes_cli.render._docx.styles import Styles, W, get

_CUT = "minutes-cut"


class Lists(NamedTuple):
    """`numbering.xml` in three pieces, with room for our `w:abstractNum` behind the first and our `w:num` behind the
    second; the first numbers of each that are not taken."""

    pieces: tuple[str, str, str]
    abstract: int
    num: int


class Shipped(NamedTuple):
    """The styles that ship, and the levels of their list by the id of their style."""

    styles: Styles
    levels: dict[str, Any]


def levels(own: Styles, numbering: Any, shipped: Shipped) -> tuple[Level, ...]:
    """The levels of our list, as the reference has them; where it says nothing, as the one that ships has them."""
    listed = _listed(numbering)
    return tuple(_level(own, own.id(role), listed, shipped.levels[shipped.styles.id(role)]) for role in ROLES)


def _level(own: Styles, style: str, listed: dict[tuple[str, str], Any], shipped: Any) -> Level:
    cell = own.cell(own.id("item1"))
    measured = styles.indents(own, style, listed, cell)
    if measured is None:
        # The reference that ships is set in 14 points.
        left, hanging = styles.measure(shipped, 280)
        measured = round(left * cell / 280), round(hanging * cell / 280)
    element = listed.get(styles.place(own, style))
    given = element if element is not None else shipped
    run = given.find(f"{W}rPr")
    return Level(
        style,
        get(given, "numFmt") or "decimal",
        get(given, "lvlText").replace(f"%{int(given.get(f'{W}ilvl', '0')) + 1}", "%"),
        get(given, "suff") or "tab",
        *measured,
        "" if run is None else _alone(run),
    )


def _alone(element: Any) -> str:
    """An element as text without declarations, but for names that are not WordprocessingML's."""
    copy = deepcopy(element)
    etree.cleanup_namespaces(copy)
    text = etree.tostring(copy, encoding="unicode", with_tail=False)
    return str(text.replace(f' xmlns:w="{styles.MAIN}"', "")) if copy.prefix == "w" else str(text)


def _listed(numbering: Any) -> dict[tuple[str, str], Any]:
    """The level elements by (numId, ilvl)."""
    abstracts = {element.get(f"{W}abstractNumId"): element for element in numbering.iterchildren(f"{W}abstractNum")}
    found = {}
    for num in numbering.iterchildren(f"{W}num"):
        element = abstracts.get(get(num, "abstractNumId"))
        for level in element.iterchildren(f"{W}lvl") if element is not None else ():
            found[num.get(f"{W}numId", ""), level.get(f"{W}ilvl", "0")] = level
    return found


def make_room(numbering: Any, own: Styles, roots: Iterable[Any]) -> Lists:
    """Take our styles out of the reference's lists, and out of its numbering what nothing in `roots` uses any more."""
    ours = {own.id(role) for role in (*ROLES, "speaker", "header", "sign")}
    for link in list(numbering.iter(f"{W}pStyle")):
        if link.get(f"{W}val") in ours:
            link.getparent().remove(link)
    used = {element.get(f"{W}val") for root in roots for element in root.iter(f"{W}numId")}
    for num in list(numbering.iterchildren(f"{W}num")):
        if num.get(f"{W}numId") not in used:
            numbering.remove(num)
    kept = {get(num, "abstractNumId") for num in numbering.iterchildren(f"{W}num")}
    for element in list(numbering.iterchildren(f"{W}abstractNum")):
        linked = element.find(f"{W}styleLink") is not None
        if element.get(f"{W}abstractNumId") not in kept and not linked:
            numbering.remove(element)
    first = highest(numbering.iterchildren(f"{W}abstractNum"), "abstractNumId", -1) + 1
    num = highest(numbering.iterchildren(f"{W}num"), "numId", 0) + 1
    return Lists(_cut(numbering), first, num)


def _cut(numbering: Any) -> tuple[str, str, str]:
    names = [str(etree.QName(child).localname) for child in numbering]
    first = max((i for i, name in enumerate(names, 1) if name in ("numPicBullet", "abstractNum")), default=0)
    second = max((i for i, name in enumerate(names, 1) if name == "num"), default=first)
    numbering.insert(second, etree.Comment(_CUT))
    numbering.insert(first, etree.Comment(_CUT))
    head, middle, tail = xml(numbering).split(f"<!--{_CUT}-->")
    return head, middle, tail


def highest(elements: Iterable[Any], attribute: str, least: int) -> int:
    """The highest number that an attribute holds, `least` where there is none."""
    values = (element.get(attribute) or element.get(W + attribute) or "" for element in elements)
    return max((int(value) for value in values if value.lstrip("-").isdigit()), default=least)
