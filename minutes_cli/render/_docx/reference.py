"""A reference document, the office's own or the one that ships, in; all that a record needs of it, out.

It is read once in a process, however many records are written over it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree
from msgspec import Struct

from minutes_cli import resources
from minutes_cli.render._docx import lists, placeholders, styles
from minutes_cli.render._docx import package as packages
from minutes_cli.render._docx.container import WORD, faulty, read
from minutes_cli.render._docx.document import SPACES, Document, document, spaced
from minutes_cli.render._docx.numbering import ROLES, Level
from minutes_cli.render._docx.placeholders import Filled
from minutes_cli.render._docx.styles import W, get
from minutes_cli.say import Say

# Stand in `styles.xml` for the number of our list, and of the list of the header rows, which a profile decides.
MAIN_LIST, HEADER_LIST = "minutes-main-list", "minutes-header-list"
# Roles that stand at a level of the list by the style that they are based on.  LibreOffice prints no number for a
# style that names a level of which another style is the level's own, so that they must name none.
_DERIVED = {
    "speaker": (3, MAIN_LIST, "item2"),
    "header": (0, HEADER_LIST, "section"),
    "sign": (0, HEADER_LIST, "header"),
}
_CUT = "minutes-cut"


class Reference(Struct, frozen=True, dict=True):
    """`document` is the main part around the minutes, `filled` the other parts with placeholders.  `notes` are the
    footnotes, cut where ours go in.  `ids` are the styles by role, `bold` the roles that print bold.  The `free_…`
    numbers are the first that are not taken.  `cell` is the width of a full-width character in twips,
    `table_cell` that of one in a table, `sign_tab` where the second of two people on a line begins."""

    path: Path
    package: packages.Package
    document: Document
    filled: dict[str, Filled]
    derived: bool
    styles: str
    lists: lists.Lists
    levels: tuple[Level, ...]
    notes: tuple[str, str]
    ids: dict[str, str]
    bold: frozenset[str]
    free_note: int
    free_bookmark: int
    free_drawing: int
    cell: int
    table_cell: int
    sign_tab: int


def stamp(path: Path) -> tuple[Any, ...]:
    """What changes when the file, or a file of the folder, is written."""
    files = [os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names]  # noqa: PTH118
    try:
        found = ((file, os.stat(file)) for file in files or [str(path)])  # noqa: PTH116
        return tuple((file, one.st_mtime_ns, one.st_size) for file, one in found)
    except OSError as error:
        raise faulty(path, Say("讀不到這個檔案", "the file cannot be read")) from error


def load(path: Path) -> Reference:
    """The reference at `path`, a .docx or the folder that it was unpacked into."""
    try:
        return _reference(path, packages.complete(packages.package(path, read(path)), shipped()))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise faulty(path, Say(f"裡面的 XML 讀不懂（{error}）", f"its XML is broken ({error})")) from error


def _reference(path: Path, package: packages.Package) -> Reference:
    root = packages.parse(package.parts[package.main])
    if root.tag != f"{W}document":
        raise faulty(path, Say("請另存成一般的「Word 文件 (*.docx)」", "save it as an ordinary Word document (*.docx)"))
    packages.mend(package, root)
    others = {name: packages.parse(package.parts[name]) for name in _pages(package)}
    own = styles.read(_part(package, "styles"))
    styles.complete(own, _shipped().styles)
    numbering, notes = _part(package, "numbering"), _part(package, "footnotes")
    levels = lists.levels(own, numbering, _shipped())
    _put_in_list(own)
    room = lists.make_room(numbering, own, (own.root, root, notes, *others.values()))
    return Reference(
        path=path,
        package=package,
        document=document(path, root),
        filled={name: _filled(element) for name, element in others.items()},
        derived=own.based("header", "section"),
        styles=packages.xml(own.root).replace(MAIN_LIST, str(room.num)),
        lists=room,
        levels=levels,
        notes=_notes(notes),
        ids={role: own.id(role) for role in styles.ROLES},
        bold=frozenset(role for role in styles.ROLES if own.bold(own.id(role))),
        free_note=lists.highest(notes.iter(f"{W}footnote"), "id", 0) + 1,
        free_bookmark=lists.highest(root.iter(f"{W}bookmarkStart"), "id", 0) + 1,
        free_drawing=lists.highest(_drawings(root, *others.values()), "id", 0) + 1,
        cell=own.cell(own.id("item1")),
        table_cell=own.cell(own.id("cell")),
        sign_tab=own.tab(own.id("sign")),
    )


def shipped() -> Path:
    """The unpacked reference from which an office's own is completed."""
    return resources.folder("templates") / "advisory" / "docx" / "reference"


@cache
def _shipped() -> lists.Shipped:
    own = styles.read(packages.parse((shipped() / "word" / "styles.xml").read_bytes()))
    root = packages.parse((shipped() / "word" / "numbering.xml").read_bytes())
    return lists.Shipped(own, {get(level, "pStyle"): level for level in root.iter(f"{W}lvl")})


def _put_in_list(own: styles.Styles) -> None:
    for level, role in enumerate(ROLES):
        styles.renumber(own.by_id[own.id(role)], level, MAIN_LIST)
    for role, (level, number, base) in _DERIVED.items():
        named = number if role == "header" or not own.based(role, base) else ""
        styles.renumber(own.by_id[own.id(role)], level, named)


def _part(package: packages.Package, kind: str) -> Any:
    return packages.parse(package.parts[package.part(kind)])


def _pages(package: packages.Package) -> Iterator[str]:
    for name, kind in package.kinds.items():
        if kind in (f"{WORD}.header+xml", f"{WORD}.footer+xml"):
            yield name


def _drawings(*roots: Any) -> Iterator[Any]:
    for root in roots:
        yield from root.iter(f"{{{SPACES['wp']}}}docPr")


def _filled(root: Any) -> Filled:
    for paragraph in root.iter(f"{W}p"):
        placeholders.join(paragraph)
    return placeholders.split(packages.xml(root))


def _notes(root: Any) -> tuple[str, str]:
    root.append(etree.Comment(_CUT))
    head, tail = packages.xml(spaced(root)).split(f"<!--{_CUT}-->")
    return head, tail
