"""A .docx as its parts: a file or an unpacked folder in, a dict of bytes out; and back into a zip.

The bytes of the zip depend on the parts alone: fixed order, fixed date, `[Content_Types].xml` first.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from minutes_cli.errors import BadTemplate
from minutes_cli.say import Say

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DOCUMENT = "application/vnd.openxmlformats-officedocument"
WORD = f"{DOCUMENT}.wordprocessingml"
LARGEST = 100 * 1024 * 1024

CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
APP_TYPE = f"{DOCUMENT}.extended-properties+xml"

# XML 1.0 can hold neither these characters nor half a surrogate pair, not even escaped.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Rel(NamedTuple):
    """One relationship: `type` is its whole address; `target` an address outside, or the name of a part."""

    id: str
    type: str
    target: str
    external: bool = False


def clean(text: str) -> str:
    """`text` with every character that XML cannot hold replaced by U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", text)


def escape(text: str) -> str:
    """`text` as it stands in XML, between tags or in quotes."""
    text = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text.replace("\r", "&#13;").replace("\n", "&#10;").replace("\t", "&#9;")


def read(path: Path) -> dict[str, bytes]:
    """The parts of a .docx, or of the folder it was unpacked into; BadTemplate if it is neither."""
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.is_file())
        return {file.relative_to(path).as_posix(): file.read_bytes() for file in files}
    try:
        with zipfile.ZipFile(path) as bundle:
            entries = [entry for entry in bundle.infolist() if not entry.is_dir()]
            # A small file may unpack to gigabytes; the sizes that it declares are checked before anything is read.
            if sum(entry.file_size for entry in entries) > LARGEST:
                raise faulty(path, Say("解開後超過 100 MB", "it unpacks to more than 100 MB"))
            return {entry.filename: bundle.read(entry) for entry in entries}
    except (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zipfile.error) as error:
        say = Say("請用 Word 或 LibreOffice 另存成 .docx", "save it as .docx in Word or LibreOffice")
        raise faulty(path, say) from error


def faulty(path: Path, why: Say) -> BadTemplate:
    """A reference document that cannot be used, and why."""
    return BadTemplate(Say(f"參考文件 {path} 不能用：{why.zh}", f"reference {path} cannot be used: {why.en}"))


def write(parts: Mapping[str, bytes | str]) -> bytes:
    """The zip of the parts, in the order given but for `[Content_Types].xml`, which readers expect first."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        for name in sorted(parts, key=lambda name: name != TYPES):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same bytes whatever system writes them
            entry.external_attr = 0o644 << 16
            bundle.writestr(entry, parts[name], compresslevel=6)
    return out.getvalue()


def types_xml(kinds: Mapping[str, str]) -> str:
    """`[Content_Types].xml` for parts and their types."""
    rows = "".join(
        f'<Override PartName="/{escape(name)}" ContentType="{escape(kind)}"/>' for name, kind in sorted(kinds.items())
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


def rels_xml(rels: Iterable[Rel], folder: str = "") -> str:
    """The relationships of a part that lies in `folder`."""
    rows = []
    for rel in rels:
        here = rel.target.removeprefix(f"{folder}/") if folder else rel.target
        target = rel.target if rel.external else here if here != rel.target or not folder else f"/{rel.target}"
        mode = ' TargetMode="External"' if rel.external else ""
        rows.append(f'<Relationship Id="{escape(rel.id)}" Type="{escape(rel.type)}" Target="{escape(target)}"{mode}/>')
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{"".join(rows)}</Relationships>'


def core_xml(title: str, creator: str, date: str, language: str) -> str:
    """The core properties: what the meeting says and when it was held, never the clock."""
    when = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{date}T00:00:00Z</dcterms:{name}>'
        for name in ("created", "modified")
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", date)
    )
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(creator)}</dc:creator>{when}"
        f"<dc:language>{escape(language)}</dc:language></cp:coreProperties>"
    )


APP_XML = (
    f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>minutes</Application></Properties>"
)
