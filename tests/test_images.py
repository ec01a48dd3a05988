"""An image file in, a picture out; nothing from outside the folder, and nothing that only claims to be one."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

import pytest

from minutes_cli.render import _images


def png(width: int = 3, height: int = 2) -> bytes:
    """A real PNG, all grey."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x99" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def jpeg(width: int, height: int, orientation: int | None = None) -> bytes:
    """The headers of a JPEG, which are all that is read."""
    out = b"\xff\xd8"
    if orientation is not None:
        tiff = b"MM\0*" + struct.pack(">I", 8) + struct.pack(">HHHIHH", 1, 0x0112, 3, 1, orientation, 0)
        out += b"\xff\xe1" + struct.pack(">H", 8 + len(tiff)) + b"Exif\0\0" + tiff
    else:
        out += b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + b"\0" * 9
    return out + b"\xff\xc0" + struct.pack(">HBHH", 17, 8, height, width) + b"\0" * 12


@pytest.fixture
def meeting(tmp_path: Path) -> Path:
    folder = tmp_path / "meeting"
    (folder / "圖").mkdir(parents=True)
    (folder / "圖" / "現場 照片.png").write_bytes(png())
    (tmp_path / "secret.png").write_bytes(png())
    return folder / "m.md"


def test_a_picture_of_the_folder_is_read(meeting: Path) -> None:
    found = _images.read(meeting, "圖/現場 照片.png")
    assert found == _images.Picture("image/png", png(), 3, 2)


@pytest.mark.parametrize(
    "src",
    ["../secret.png", "圖/../../secret.png", "圖", "none.png", "", "a\0b.png", "https://example.org/a.png", "x" * 5000],
)
def test_nothing_else_is_read(meeting: Path, src: str) -> None:
    assert _images.read(meeting, src) is None


def test_neither_an_absolute_path_nor_a_link_leads_out(meeting: Path) -> None:
    secret = meeting.parent.parent / "secret.png"
    (meeting.parent / "link.png").symlink_to(secret)
    (meeting.parent / "loop.png").symlink_to(meeting.parent / "loop.png")
    assert _images.read(meeting, str(secret)) is None
    assert _images.read(meeting, "link.png") is None
    assert _images.read(meeting, "loop.png") is None
    assert _images.read(None, "link.png") is None


def test_a_pipe_is_not_waited_for(meeting: Path) -> None:
    os.mkfifo(meeting.parent / "pipe.png")
    assert _images.read(meeting, "pipe.png") is None


def test_a_picture_over_the_cap_is_left_out(meeting: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_images, "CAP", len(png()) - 1)
    assert _images.read(meeting, "圖/現場 照片.png") is None


def test_the_first_bytes_tell_the_kind() -> None:
    gif = b"GIF89a" + struct.pack("<HH", 7, 5) + b"\0\0\0"
    assert _images.picture(gif) == _images.Picture("image/gif", gif, 7, 5)
    assert _images.picture(b"<svg onload='alert(1)'/>") is None
    assert _images.picture(b"\x89PNG\r\n\x1a\n") is None
    assert _images.picture(b"\xff\xd8\xff") is None
    assert _images.picture(b"") is None


def test_a_turned_photograph_has_the_size_that_is_seen() -> None:
    for orientation, size in ((None, (40, 30)), (1, (40, 30)), (3, (40, 30)), (6, (30, 40)), (9, (40, 30))):
        found = _images.picture(jpeg(40, 30, orientation))
        assert found is not None
        assert (found.width, found.height) == size


def test_a_broken_photograph_is_no_picture() -> None:
    whole = jpeg(40, 30, 6)
    assert all(_images.picture(whole[:end]) is None for end in range(len(whole) - 12))
