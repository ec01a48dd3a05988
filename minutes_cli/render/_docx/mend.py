"""What an office suite wrote into a reference and should not stand in a record: mended before it is used."""

from __future__ import annotations

import posixpath
from typing import Any

from minutes_cli.render._docx.package import rels_xml
from minutes_cli.render._docx.parts import Package, parse, rels_name, rels_of, xml
from minutes_cli.render._docx.styles import W


def mend(package: Package, root: Any) -> None:
    """Change the package, and the root of its main part, in place."""
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
