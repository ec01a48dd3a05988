"""The styles of a reference document in; the style of each kind of line out, found by its name.

Never by its id: Word in Taiwan writes ids like `1` and `a`, LibreOffice renames to `Style13`.  A style that the
reference lacks is copied into it from the one that ships, so that any Word file with a {{ body }} will do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from lxml import etree
from msgspec import Struct

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{MAIN}}}"
Element = Any  # lxml's stubs name no public class for an element

# What each style is for → its type and its name as it stands in the file (Word shows built-in names translated).
ROLES = {
    "above": ("paragraph", "文號"),
    "title": ("paragraph", "Title"),
    "section": ("paragraph", "heading 1"),
    "header": ("paragraph", "標頭列"),
    "sign": ("paragraph", "簽署列"),
    "more": ("paragraph", "標頭續列"),
    "item1": ("paragraph", "分項 一、"),
    "item2": ("paragraph", "分項 （一）"),
    "item3": ("paragraph", "分項 1."),
    "item4": ("paragraph", "分項 (1)"),
    "item5": ("paragraph", "分項 甲、"),
    "item6": ("paragraph", "分項 （甲）"),
    "speaker": ("paragraph", "發言人"),
    "label": ("paragraph", "標籤"),
    "reply": ("paragraph", "發言標籤"),
    "paragraph": ("paragraph", "內文縮排"),
    "closing": ("paragraph", "散會"),
    "signature": ("paragraph", "簽名"),
    "attachment": ("paragraph", "附件列"),
    "quote": ("paragraph", "Quote"),
    "code": ("paragraph", "程式碼"),
    "rule": ("paragraph", "分隔線"),
    "caption": ("paragraph", "caption"),
    "figure": ("paragraph", "圖片"),
    "cell": ("paragraph", "表格文字"),
    "head": ("paragraph", "表格標題列"),
    "note": ("paragraph", "footnote text"),
    "mark": ("character", "footnote reference"),
    "link": ("character", "Hyperlink"),
    "lead": ("character", "標籤字"),
    "mono": ("character", "程式碼字"),
    "table": ("table", "紀錄表格"),
}
# The order that the schema asks for, as far as we put elements in.
_BEFORE_NUMBER = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
_BEFORE_PARAGRAPH = (
    *("name", "aliases", "basedOn", "next", "link", "autoRedefine", "hidden", "uiPriority", "semiHidden"),
    *("unhideWhenUsed", "qFormat", "locked", "personal", "personalCompose", "personalReply", "rsid"),
)


def get(element: Element, path: str) -> str:
    """The `w:val` of the element at a path of local names, "" where there is none."""
    found = element.find("/".join(W + name for name in path.split("/")))
    return "" if found is None else found.get(f"{W}val", "")


class Styles(Struct, frozen=True, dict=True):
    """The `w:styles` element, its styles by id, and their ids by (type, name)."""

    root: Element
    by_id: dict[str, Element]
    ids: dict[tuple[str, str], str]

    def id(self, role: str) -> str:
        """The id of the style for a role, "" where there is none."""
        kind, name = ROLES[role]
        return self.ids.get((kind, _folded(name)), "")

    def chain(self, style: str) -> Iterator[Element]:
        """The style and those it is based on, nearest first."""
        seen: set[str] = set()
        while style in self.by_id and style not in seen:
            seen.add(style)
            yield self.by_id[style]
            style = get(self.by_id[style], "basedOn")

    def based(self, role: str, base: str) -> bool:
        """Whether the style of a role is based on that of another."""
        return any(style.get(f"{W}styleId") == self.id(base) for style in self.chain(self.id(role)))

    def bold(self, style: str) -> bool:
        """Whether the style prints bold.  Bold in a character style on top would switch it off again."""
        found = next((b for s in self.chain(style) if (b := s.find(f"{W}rPr/{W}b")) is not None), None)
        return found is not None and found.get(f"{W}val", "1") not in ("0", "false", "off")

    def tab(self, style: str) -> int:
        """The first tab stop of the style in twips, 0 where it has none."""
        stops = (s.find(f"{W}pPr/{W}tabs/{W}tab") for s in self.chain(style))
        return next((int(stop.get(f"{W}pos", "0")) for stop in stops if stop is not None), 0)

    def cell(self, style: str) -> int:
        """The width of a full-width character in twips, twenty to the point; sizes are in half points."""
        sizes = [get(element, "rPr/sz") for element in self.chain(style)]
        sizes += [get(self.root, "docDefaults/rPrDefault/rPr/sz"), "20"]
        return round(10 * float(next(size for size in sizes if size)))


def read(root: Element) -> Styles:
    """The styles of a `w:styles` element."""
    by_id = {style.get(f"{W}styleId", ""): style for style in root.iterchildren(f"{W}style")}
    ids = {(style.get(f"{W}type", "paragraph"), _folded(get(style, "name"))): key for key, style in by_id.items()}
    return Styles(root, by_id, ids)


def _folded(name: str) -> str:
    """LibreOffice writes `Heading 1` where Word writes `heading 1`."""
    return " ".join(name.casefold().split())


def complete(own: Styles, shipped: Styles) -> None:
    """Copy into `own` what it lacks of the roles, and what those are based on."""
    missing: dict[str, tuple[str, str]] = {}
    for kind, name in ROLES.values():
        for style in shipped.chain(shipped.ids[kind, _folded(name)]):
            key = (style.get(f"{W}type"), _folded(get(style, "name")))
            if key not in own.ids and not (style.get(f"{W}default") and _default(own, key[0])):
                missing[style.get(f"{W}styleId")] = key
    for style_id, key in missing.items():
        copied = deepcopy(shipped.by_id[style_id])
        new = style_id
        while new in own.by_id:
            new += "M"
        copied.set(f"{W}styleId", new)
        copied.attrib.pop(f"{W}default", None)
        for number in list(copied.iter(f"{W}numPr")):
            number.getparent().remove(number)  # the lists of another document
        own.root.append(copied)
        own.by_id[new] = copied
        own.ids[key] = new
    _relink(own, shipped, [own.ids[key] for key in missing.values()])


def _relink(own: Styles, shipped: Styles, copies: list[str]) -> None:
    """Let copied styles name their neighbours by the ids that these have here."""
    for copy in copies:
        for name in ("basedOn", "next", "link"):
            element = own.by_id[copy].find(W + name)
            if element is None:
                continue
            theirs = shipped.by_id[element.get(f"{W}val")]
            kind = theirs.get(f"{W}type")
            here = own.ids.get((kind, _folded(get(theirs, "name")))) or _default(own, kind)
            if here:
                element.set(f"{W}val", here)
            else:
                own.by_id[copy].remove(element)


def _default(own: Styles, kind: str) -> str:
    """The id of the default style of a type, "" where there is none."""
    styles = (
        key for key, s in own.by_id.items() if s.get(f"{W}type") == kind and s.get(f"{W}default") in ("1", "true")
    )
    return next(styles, "")


def place(styles: Styles, style: str) -> tuple[str, str]:
    """The list and the level that a style stands at: its own, else that of the style it is based on."""
    for element in styles.chain(style):
        number = element.find(f"{W}pPr/{W}numPr")
        if number is not None:
            return get(number, "numId"), get(number, "ilvl") or "0"
    return "", ""


def indents(styles: Styles, style: str, listed: Mapping[tuple[str, str], Element], cell: int) -> tuple[int, int] | None:
    """(left, hanging) of a style in twips, None where neither it nor its list says anything.  The list's measures
    stand below those of the style that names it, and above those of the style it is based on."""
    found: dict[str, str] = {}
    for element in reversed(list(styles.chain(style))):
        number = element.find(f"{W}pPr/{W}numPr")
        if number is not None:
            found |= _measures(listed.get((get(number, "numId"), get(number, "ilvl") or "0")))
        found |= _measures(element)
    return _left_hanging(found, cell) if found else None


def measure(element: Element, cell: int) -> tuple[int, int]:
    """(left, hanging) that a level of a list or a style itself says, in twips."""
    return _left_hanging(_measures(element), cell)


def _measures(element: Element | None) -> dict[str, str]:
    ind = None if element is None else element.find(f"{W}pPr/{W}ind")
    return {} if ind is None else {name.rpartition("}")[2]: value for name, value in ind.attrib.items()}


def _left_hanging(found: dict[str, str], cell: int) -> tuple[int, int]:
    left = _twips(found, ("left", "start"), cell)
    return left, _twips(found, ("hanging",), cell) or -_twips(found, ("firstLine",), cell)


def _twips(found: dict[str, str], names: tuple[str, ...], cell: int) -> int:
    """Hundredths of a character go before twips, as in Word."""
    for name in names:
        for key, unit in ((f"{name}Chars", cell / 100), (name, 1)):
            value = found.get(key, "0")
            if value.removeprefix("-").isdecimal() and int(value):
                return round(int(value) * unit)
    return 0


def renumber(style: Element, level: int, number: str) -> None:
    """Put a style at a level of a list.  Its own indent goes: it stands in the list now, where a paragraph that starts
    the list again finds it too."""
    paragraph = style.find(f"{W}pPr")
    if paragraph is None:
        paragraph = etree.Element(f"{W}pPr")
        style.insert(_after(style, _BEFORE_PARAGRAPH), paragraph)
    for name in ("numPr", "ind"):
        for old in paragraph.findall(W + name):
            paragraph.remove(old)
    if not number:
        return
    new = etree.Element(f"{W}numPr")
    etree.SubElement(new, f"{W}ilvl").set(f"{W}val", str(level))
    etree.SubElement(new, f"{W}numId").set(f"{W}val", number)
    paragraph.insert(_after(paragraph, _BEFORE_NUMBER), new)


def _after(parent: Element, names: tuple[str, ...]) -> int:
    """The index behind the last child of one of the names."""
    places = [index for index, child in enumerate(parent, 1) if etree.QName(child).localname in names]
    return max(places, default=0)
