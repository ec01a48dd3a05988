"""Bytes in, Source out.  No bytes make it fail: what is wrong with them becomes a problem of the Source."""

from __future__ import annotations

from pathlib import Path

from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.errors import UnreadableFile
from minutes_cli.source import Source, Span

_BOM = b"\xef\xbb\xbf"


def read(path: Path, name: str | None = None) -> Source:
    """The file at `path`; messages call it `name`.  UnreadableFile if it cannot be opened."""
    name = str(path) if name is None else name
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableFile(Say(f"{name} 無法讀取：{reason}", f"{name} cannot be read: {reason}")) from error
    return decode(data, name, path)


def decode(data: bytes, name: str, path: Path | None = None) -> Source:
    """The text of `data`."""
    bom = data.startswith(_BOM)
    body = data[len(_BOM) :] if bom else data
    try:
        return Source(name, body.decode(), path, (), bom)
    except UnicodeDecodeError as error:
        place = len(body[: error.start].decode())
        say = Say(f"檔案不是 UTF-8（第 {error.start + 1} 個位元組）", f"not UTF-8 at byte {error.start + 1}")
        fault = Diagnostic(Span(place, place + 1), "encoding", say)
        return Source(name, body.decode(errors="replace"), path, (fault,), bom)
