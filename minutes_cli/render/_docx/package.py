"""The parts of a reference as bytes in; what they are, how they hang together, and their XML, out.

What belongs to another document or may run stays behind: properties, thumbnails, macros.  What an office suite wrote
and should not stand in a record is mended.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from minutes_cli.render._docx.container import DOCUMENT, OFFICE, TYPES, WORD, Rel, faulty, rels_xml
from minutes_cli.render._docx.styles import W
from minutes_cli.say import Say

_NEEDED = {
    "styles": "styles.xml",
    "numbering": "numbering.xml",
    "footnotes": "footnotes.xml",
    "theme": "theme/theme1.xml",
}
_LEFT = ("vbaProject", "attachedToolbars", "keyMapCustomizations", "attachedTemplate")


class Package(NamedTuple):
    """The name of the main part, the parts that it reaches, their content types, and its relationships."""

    main: str
    parts: dict[str, bytes]
    kinds: dict[str, str]
    rels: tuple[Rel, ...]

    def part(self, kind: str) -> str:
        """The name of the part that the main part calls its `styles`, `numbering` …, "" if it has none."""
        return next((rel.target for rel in self.rels if rel.type == f"{OFFICE}/{kind}" and not rel.external), "")


def complete(package: Package, shipped: Path) -> Package:
    """The package with the parts that every record needs, from the unpacked reference that ships where it has none."""
    parts, kinds, rels = dict(package.parts), dict(package.kinds), list(package.rels)
    folder = posixpath.dirname(package.main)
    for kind, name in _NEEDED.items():
        if not package.part(kind):
            target = posixpath.join(folder, name)
            parts[target] = (shipped / "word" / name).read_bytes()
            kinds[target] = f"{DOCUMENT if kind == 'theme' else WORD}.{kind}+xml"
            rels.append(Rel(f"rIdMinutes-{kind}", f"{OFFICE}/{kind}", target))
    return Package(package.main, parts, kinds, tuple(rels))


def parse(data: bytes) -> Any:
    """The root element, without comments, entities, or the blanks that only lay the XML out."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("DOCTYPE")  # no part of a .docx has one; entities could be hidden in it
    for element in root.iter(etree.Element):
        if len(element) and not (element.text or "").strip():
            element.text = None
        if not (element.tail or "").strip():
            element.tail = None
    return root


def fault(text: str) -> str:
    """What is wrong with a part that a template wrote, "" if it is well-formed XML."""
    try:
        etree.fromstring(text.encode())
    except etree.XMLSyntaxError as error:
        return str(error)
    return ""


def xml(element: Any) -> str:
    """An element as text, with the declaration that opens a part."""
    return str(etree.tostring(element, encoding="UTF-8", standalone=True).decode())


def package(path: Path, parts: Mapping[str, bytes]) -> Package:
    """What a record needs of the parts of the file at `path`."""
    main = next((rel.target for rel in rels_of(parts, "") if rel.type == f"{OFFICE}/officeDocument"), "")
    if main not in parts:
        raise faulty(path, Say("這不是 Word 文件（.docx）", "it is no Word document (.docx)"))
    kinds = _kinds(parts)
    kept: dict[str, bytes] = {}
    _reach(parts, main, kept)
    return Package(
        main,
        kept,
        {name: kinds.get(name, "") for name in kept if not name.endswith(".rels")},
        tuple(rels_of(parts, main)),
    )


def _reach(parts: Mapping[str, bytes], part: str, kept: dict[str, bytes]) -> None:
    if part in kept:
        return
    kept[part] = parts[part]
    rels = rels_name(part)
    if rels in parts:
        kept[rels] = parts[rels]
    for rel in rels_of(parts, part):
        if not rel.external:
            _reach(parts, rel.target, kept)


def rels_of(parts: Mapping[str, bytes], part: str) -> Iterator[Rel]:
    """The relationships of a part ("" for the package), but for those that lead nowhere or to what stays behind."""
    data = parts.get(rels_name(part))
    for element in parse(data) if data else ():
        external = element.get("TargetMode") == "External"
        target, kind = element.get("Target", ""), element.get("Type", "")
        if not external:
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
        if kind.rpartition("/")[2] not in _LEFT and (external or target in parts):
            yield Rel(element.get("Id", ""), kind, target, external)


def rels_name(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _kinds(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The content type of every part, by its own entry or by its ending."""
    named, ends = {}, {}
    for element in parse(parts[TYPES]) if TYPES in parts else ():
        if "PartName" in element.attrib:
            named[element.get("PartName").lstrip("/").casefold()] = element.get("ContentType", "")
        else:
            ends[element.get("Extension", "").casefold()] = element.get("ContentType", "")
    return {name: named.get(name.casefold()) or ends.get(name.rpartition(".")[2].casefold(), "") for name in parts}


def mend(package: Package, root: Any) -> None:
    """Take out of the package and of the root of its main part, in place, what should not stand in a record."""
    _numbers(root)
    if name := package.part("fontTable"):
        _character_sets(package, name)
    if name := package.part("settings"):
        _template(package, name)


def _numbers(root: Any) -> None:
    """LibreOffice writes a negative number without its sign."""
    for grid in root.iter(f"{W}docGrid"):
        space = grid.get(f"{W}charSpace", "0")
        if space.isdecimal() and int(space) >= 1 << 31:
            grid.set(f"{W}charSpace", str(int(space) - (1 << 32)))


def _character_sets(package: Package, name: str) -> None:
    """LibreOffice names character sets that the schema does not know."""
    fonts = parse(package.parts[name])
    for charset in fonts.iter(f"{W}charset"):
        charset.attrib.pop(f"{W}characterSet", None)
    package.parts[name] = xml(fonts).encode()


def _template(package: Package, name: str) -> None:
    """Word notes where on the clerk's own disk the template of the reference lies."""
    settings = parse(package.parts[name])
    found = settings.find(f"{W}attachedTemplate")
    if found is None:
        return
    settings.remove(found)
    package.parts[name] = xml(settings).encode()
    # `rels_of` leaves the template out.
    left = list(rels_of(package.parts, name))
    package.parts[rels_name(name)] = rels_xml(left, posixpath.dirname(name)).encode()
