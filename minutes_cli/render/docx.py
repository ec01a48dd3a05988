"""The printed lines in; a Word document out, written over a reference document.

The reference is a .docx that the office made its own: fonts, indents, logo, header, footer, margins.  {{ m.title }}
and the like may stand anywhere in it; the paragraph {{ body }} is where the minutes go.  A template writes their XML
(`docx/body.xml.j2` of the profile); everything else of the file is put together here.  Same minutes, same bytes.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from minutes_cli.document import Minutes
from minutes_cli.errors import BadTemplate
from minutes_cli.lines import Entry, Line, Printed
from minutes_cli.profile import Profile
from minutes_cli.render import _templates
from minutes_cli.render._docx import container, fields
from minutes_cli.render._docx import reference as references
from minutes_cli.render._docx.blocks import Block, Paragraph
from minutes_cli.render._docx.body import blocks
from minutes_cli.render._docx.container import OFFICE, PACKAGE, WORD, Rel
from minutes_cli.render._docx.package import fault, rels_name, rels_of
from minutes_cli.render._docx.placeholders import fill
from minutes_cli.render._docx.reference import Reference
from minutes_cli.render._docx.runs import Gathered, bookmarks, loose, runs
from minutes_cli.render._docx.setting import Setting, numbering, setting
from minutes_cli.say import Say

SUFFIX = ".docx"
_TEMPLATE = "body.xml.j2"
_NAMES = ("reference.docx", "docx/reference.docx", "docx/reference")


def render(printed: Printed, minutes: Minutes, reference: Path | None = None) -> bytes:
    """The .docx of one meeting; `reference` is the office's own, which goes before that of the profile."""
    base = _reference(reference or _found(minutes.profile), minutes.meta.schema)
    return container.write(_parts(printed, minutes, base))


def reference_bytes(profile: Profile) -> bytes:
    """The profile's reference document as a .docx, for an office to make its own."""
    parts = container.read(_found(profile))
    return container.write(dict(sorted(parts.items())))


def _found(profile: Profile) -> Path:
    """The nearest reference of the profile's folders: what the office changed goes before what ships."""
    for folder in profile.folders:
        for name in _NAMES:
            if (folder / name).exists():
                return folder / name
    raise BadTemplate(Say(f"版面 {profile.name} 沒有參考文件", f"profile {profile.name} has no reference document"))


def _reference(path: Path, schema: Path | None) -> Reference:
    return _checked(path, references.stamp(path), schema)


@lru_cache(maxsize=4)
def _checked(path: Path, stamp: tuple[Any, ...], schema: Path | None) -> Reference:
    """The reference, read and checked once for all records; `stamp` tells one state of it from the next."""
    loaded = references.load(path)
    fields.check(loaded, schema)
    return loaded


def _parts(printed: Printed, minutes: Minutes, base: Reference) -> dict[str, bytes | str]:
    package, lists = base.package, setting(printed.entries, base, minutes.profile)
    gathered = _gathered(printed, minutes, base)
    main = _document(printed, minutes, lists, gathered)
    below = replace(gathered, rels={})  # a footnote has relationships of its own
    parts: dict[str, bytes | str] = dict(package.parts)
    kinds = dict(package.kinds)
    for kind, text in (
        ("styles", _styles(lists, printed.language)),
        ("numbering", numbering(lists)),
        ("footnotes", _footnotes(printed, minutes, base, below)),
    ):
        parts[package.part(kind)] = text
    notes = package.part("footnotes")
    if below.rels:
        parts[rels_name(notes)] = container.rels_xml(
            (*rels_of(package.parts, notes), *below.rels.values()), posixpath.dirname(notes)
        )
    value = partial(fields.text, printed=printed, minutes=minutes)
    parts |= {name: fill(filled, value) for name, filled in base.filled.items()}
    parts[package.main], kinds[package.main] = main, f"{WORD}.document.main+xml"
    rels = container.rels_xml((*package.rels, *gathered.rels.values()), posixpath.dirname(package.main))
    parts[rels_name(package.main)] = rels
    for picture in gathered.media.values():
        parts[picture.name], kinds[picture.name] = picture.data, picture.media
    return _wrapped(parts, kinds, package.main, printed)


def _wrapped(
    parts: dict[str, bytes | str], kinds: dict[str, str], main: str, printed: Printed
) -> dict[str, bytes | str]:
    """The parts with what every package has: its types, its relationships, its properties."""
    parts["docProps/core.xml"] = container.core_xml(
        printed.title, printed.organization, printed.date, _language(printed.language)
    )
    parts["docProps/app.xml"] = container.APP_XML
    kinds |= {"docProps/core.xml": container.CORE_TYPE, "docProps/app.xml": container.APP_TYPE}
    parts["_rels/.rels"] = container.rels_xml(
        (
            Rel("rId1", f"{OFFICE}/officeDocument", main),
            Rel("rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            Rel("rId3", f"{OFFICE}/extended-properties", "docProps/app.xml"),
        )
    )
    parts[container.TYPES] = container.types_xml(kinds)
    return dict(sorted(parts.items()))


def _gathered(printed: Printed, minutes: Minutes, base: Reference) -> Gathered:
    lines = [entry for entry in printed.entries if isinstance(entry, Line)]
    unmarked = ("footnote", "title") if base.document.titled else ("footnote",)
    anchors = (line.anchor for line in lines if line.anchor and line.kind not in unmarked)
    marks = bookmarks(anchors, base.free_bookmark)
    return Gathered(
        meeting=minutes.source.path,
        box=base.document.box,
        anchors=marks,
        notes=frozenset(line.ordinal for line in lines if line.kind == "footnote"),
        first_drawing=base.free_drawing,
        first_note=base.free_note,
        first_bookmark=base.free_bookmark + len(marks),
    )


def _document(printed: Printed, minutes: Minutes, lists: Setting, gathered: Gathered) -> str:
    """The main part.  Where the reference has a paragraph for the title, what stands above the title goes before it."""
    document = lists.reference.document
    entries = list(enumerate(printed.entries))
    notes = [pair for pair in entries if _kind(pair[1]) == "footnote"]
    above = [pair for pair in entries if _kind(pair[1]) == "above"] if document.titled else []
    apart = ("footnote", "above", "title") if document.titled else ("footnote",)
    first = list(blocks(above, lists, gathered))
    body = list(blocks((pair for pair in entries if _kind(pair[1]) not in apart), lists, gathered))
    # A footnote without a mark would never be seen: it is printed as a line.
    body += blocks((pair for pair in notes if _ordinal(pair[1]) not in gathered.used), lists, gathered)
    if body and body[-1].kind == "table" and not document.closed:
        body.append(Paragraph(lists.reference.ids["cell"], ()))
    value = partial(fields.text, printed=printed, minutes=minutes)
    start, middle, end = (fill(piece, value) for piece in document.pieces)
    above_xml, body_xml = (_xml(content, minutes, lists.reference) for content in (first, body))
    return _whole(start + above_xml + middle + body_xml + end, minutes.profile)


def _whole(xml: str, profile: Profile) -> str:
    """The XML, looked over where an office has templates of its own; ours is under test."""
    if not _templates.shipped(profile.folders) and (wrong := fault(xml)):
        template = _templates.found(profile, "docx", _TEMPLATE)
        raise BadTemplate(Say(f"範本 {template} 寫出的 XML 有誤：{wrong}", f"template {template}: {wrong}"))
    return xml


def _kind(entry: Entry) -> str:
    return entry.kind if isinstance(entry, Line) else ""


def _ordinal(entry: Entry) -> int:
    return entry.ordinal if isinstance(entry, Line) else 0


def _footnotes(printed: Printed, minutes: Minutes, base: Reference, gathered: Gathered) -> str:
    lines = {line.ordinal: line for line in printed.entries if isinstance(line, Line) and line.kind == "footnote"}
    head, tail = base.notes
    notes = []
    for nth, number in enumerate(list(gathered.used)):
        pieces = [("own", "", "", None), *runs(lines[number].cells[0], gathered, within="note")]
        note = Paragraph(base.ids["note"], pieces, loose=loose(pieces))
        notes.append(f'<w:footnote w:id="{base.free_note + nth}">{_xml([note], minutes, base)}</w:footnote>')
    return "".join((head, *notes, tail))


def _xml(content: Sequence[Block], minutes: Minutes, base: Reference) -> str:
    return _templates.render(minutes.profile, "docx", _TEMPLATE, {"blocks": content, "styles": base.ids})


def _styles(lists: Setting, language: str) -> str:
    """The styles, the header rows put in their list, and the language of the minutes where it is not Chinese."""
    text = lists.styles()
    tag = _language(language)
    if tag == "zh-TW":
        return text
    return re.sub(r'(<w:lang )w:val="[^"]*"', rf'\1w:val="{container.escape(tag)}"', text)


def _language(tag: str) -> str:
    """Word knows no zh-Hant-TW."""
    return "zh-TW" if tag.lower().startswith("zh") else tag
