"""Files and folders as named on the command line in, the meeting files meant by them out, read one at a time.

A folder is searched for `*.md` that begin with front matter, or with something that was meant to open it, so that a
README beside the minutes is passed over and a slip in the first line is not.  Each file comes once, in a fixed order.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from minutes_cli import decode
from minutes_cli.errors import NothingToDo, UnreadableFile
from minutes_cli.say import Say
from minutes_cli.source import Source

STDIN = "-"

_JOINER = "\u200d"  # makes one emoji of several
_SKIPPED = frozenset({"node_modules", "__pycache__"})
# `---`, and what an input method or a habit makes of it, behind a byte-order mark or empty lines.
_OPENING = re.compile("\ufeff?[ \t\u3000\r\n]*(?:[-－—–─―‐‑−]{2,}|\\+{3}|`{3}ya?ml)")


class Target(NamedTuple):
    """One meeting file.  `path` is None for standard input; `name` is what messages call it; `inside` is its path
    below the folder that was searched, None where the file itself was named."""

    path: Path | None
    name: str
    inside: Path | None = None


def find(named: Iterable[str]) -> list[Target]:
    """Every file meant by the names, each once; NothingToDo if a name does not exist or nothing was found."""
    found: dict[str, Target] = {}
    folders = []
    for name in named:
        if name == STDIN:
            found.setdefault(STDIN, Target(None, "<stdin>"))
        elif Path(name).is_dir():
            folders.append(name)
            for target in _search(Path(name)):
                found.setdefault(os.path.realpath(str(target.path)), target)
        elif os.path.lexists(name):
            found.setdefault(os.path.realpath(name), Target(Path(name), shown(name)))
        else:
            raise NothingToDo(Say(f"找不到「{shown(name)}」這個檔案或資料夾", f"no such file or folder: {shown(name)}"))
    if not found:
        where = "、".join(map(shown, folders))
        raise NothingToDo(
            Say(
                f"「{where}」裡沒有會議紀錄（以「---」開頭的 .md 檔）",
                f"no minutes (*.md that begin with `---`) in {where or 'nothing'}",
            )
        )
    return list(found.values())


def read(target: Target) -> Source:
    """The text of a target; UnreadableFile if it cannot be read."""
    if target.path is None:
        return decode.decode(sys.stdin.buffer.read(), target.name)
    return decode.read(target.path, target.name)


def shown(path: str | Path) -> str:
    """A path as messages show it: with forward slashes, and in readable text whatever the locale."""
    text = os.fsencode(Path(path).as_posix()).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() or c == _JOINER else f"\\x{ord(c):02x}" for c in text)


def _search(root: Path) -> Iterator[Target]:
    for path in _walk(root, frozenset()):
        if _begins_with_front_matter(path):
            yield Target(path, shown(path), path.relative_to(root))


def _walk(folder: Path, above: frozenset[tuple[int, int]]) -> Iterator[Path]:
    """The `*.md` below a folder, sorted by name.  A link that leads back to a folder above is not followed."""
    try:
        status = folder.stat()
        here = (status.st_dev, status.st_ino)
        entries = [] if here in above else sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableFile(
            Say(f"資料夾 {shown(folder)} 無法讀取：{reason}", f"folder {shown(folder)} cannot be read: {reason}")
        ) from error
    for entry in entries:
        if entry.name.startswith(".") or entry.name in _SKIPPED:
            continue
        if entry.is_dir():
            yield from _walk(folder / entry.name, above | {here})
        elif entry.name.lower().endswith(".md") and (entry.is_file() or entry.is_symlink()):
            yield folder / entry.name


def _begins_with_front_matter(path: Path) -> bool:
    """Also true of a file that cannot be opened: that is told when it is read."""
    try:
        with path.open("rb") as file:
            head = file.read(512)
    except OSError:
        return True
    for encoding in ("utf-16", "utf-8", "cp950") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8", "cp950"):
        if _OPENING.match(head.decode(encoding, "replace")):
            return True
    return False
