"""The source of an image in; the picture out, if it is one that a document may carry.

Only a regular file inside the meeting's own folder, links followed, is read, and only what its first bytes say to be
PNG, JPEG or GIF: the name proves nothing.  Everything else is None, and the writer prints the words instead.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from msgspec import Struct

CAP = 8 * 1024 * 1024


class Picture(Struct, frozen=True):
    """`width` and `height` are pixels as they are shown, that is after the rotation that `orientation` (EXIF, 1–8)
    asks for."""

    media: str
    data: bytes
    width: int
    height: int
    orientation: int = 1


def read(meeting: Path | None, src: str) -> Picture | None:
    """The picture `src` of the meeting file `meeting`; None where it may not or cannot be shown."""
    if meeting is None or "://" in src:
        return None
    try:
        home = meeting.parent.resolve()
        path = (home / src).resolve()
        if not path.is_relative_to(home) or not path.is_file() or path.stat().st_size > CAP:
            return None
        with path.open("rb") as file:
            data = file.read(CAP + 1)
    except (OSError, ValueError, RuntimeError):  # ValueError: a NUL in the name; RuntimeError: links in a circle
        return None
    return picture(data) if len(data) <= CAP else None


def picture(data: bytes) -> Picture | None:
    """The bytes of an image file as a picture; None for any other kind of file, or one without a size."""
    found = _png(data) or _gif(data) or _jpeg(data)
    return found if found and found.width and found.height else None


def _png(data: bytes) -> Picture | None:
    if data[:8] != b"\x89PNG\r\n\x1a\n" or data[12:16] != b"IHDR":
        return None
    return Picture("image/png", data, int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big"))


def _gif(data: bytes) -> Picture | None:
    if data[:6] not in (b"GIF87a", b"GIF89a"):
        return None
    return Picture("image/gif", data, int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little"))


# Frame headers C0–CF carry the size, but for C4, C8 and CC, which are tables.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def _jpeg(data: bytes) -> Picture | None:
    if data[:3] != b"\xff\xd8\xff":
        return None
    at, orientation = 2, 1
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker in _FRAMES:
            height, width = (int.from_bytes(data[i : i + 2], "big") for i in (at + 5, at + 7))
            turned = orientation >= 5
            return Picture("image/jpeg", data, *((height, width) if turned else (width, height)), orientation)
        if marker == 0xE1 and data[at + 4 : at + 10] == b"Exif\0\0":
            orientation = _orientation(data[at + 10 : at + 2 + size])
        at += 2 + size
    return None


def _orientation(tiff: bytes) -> int:
    """EXIF tag 0x0112 of the first directory."""
    order: Literal["little", "big"] = "little" if tiff[:2] == b"II" else "big"

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], order)

    start = number(4, 4)
    for entry in range(start + 2, start + 2 + 12 * min(number(start, 2), 100), 12):
        if number(entry, 2) == 0x0112:
            value = number(entry + 8, 2)
            return value if 1 <= value <= 8 else 1
    return 1
