"""A folder in, every Markdown file below it out, sorted, each with the reason for which it is passed over, if any.

A folder that is passed over is told as one.  What is no Markdown file is not spoken of, nor is git's own folder.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from minutes_cli import globs, settings
from minutes_cli.errors import UnreadableFile
from minutes_cli.files import gitignore
from minutes_cli.say import Say
from minutes_cli.settings import NO_OPTIONS, Options, Settings

GITIGNORE, EXCLUDED, HIDDEN, TOOLS, NO_FRONT_MATTER = "gitignore", "exclude", "hidden", "tools", "no-front-matter"
REASONS = {
    NO_FRONT_MATTER: Say("開頭沒有會議資料（---）", "without front matter (---)"),
    GITIGNORE: Say("列在 .gitignore", "listed in .gitignore"),
    EXCLUDED: Say("列在 minutes.toml 的 exclude", "excluded by minutes.toml"),
    HIDDEN: Say("名稱以「.」開頭", "hidden, beginning with a full stop"),
    TOOLS: Say("是程式的資料夾", "folders of programs"),
}

_PROGRAMS = frozenset({"node_modules", "__pycache__"})
_GIT = ".git"
# `---`, and what an input method or a habit makes of it, behind a byte-order mark or empty lines.
_OPENING = "\ufeff?[ \t\u3000\r\n]*(?:[-－—–─―‐‑−]{2,}|\\+{3}|`{3}ya?ml)"


class Search(Struct, frozen=True):
    """How to search: by which settings files are excluded, whether `.gitignore` counts, whether excluded files, and
    those without front matter, are passed over even where they are named, and what standard input is called."""

    options: Options = NO_OPTIONS
    gitignore: bool = True
    force_exclude: bool = False
    stdin: str = ""


class Seen(NamedTuple):
    """A file or folder; `why` is one of `REASONS` where it is passed over.  Its path is kept as text: of thousands of
    files, to take paths apart and put them together takes as long as to look for them."""

    at: str
    why: str = ""


class _Here(NamedTuple):
    """What counts in a folder: its whole path, the lists of git, the settings."""

    folder: str
    lists: gitignore.Lists | None
    chosen: Settings


def below(root: Path, search: Search) -> Iterator[Seen]:
    """Everything below a folder that is, or holds, Markdown."""
    folder = os.path.abspath(root)  # noqa: PTH100  # links are to stay as they are
    yield from _below(str(root), folder, search, gitignore.above(folder) if search.gitignore else None, frozenset())


def _below(
    root: str, folder: str, search: Search, lists: gitignore.Lists | None, above: frozenset[tuple[int, int]]
) -> Iterator[Seen]:
    """A link that leads back to a folder above is not followed."""
    names, folders, inode = _entries(root, above)
    here = _Here(folder, lists and lists.inside(folder), settings.in_folder(root, search.options))
    for name in names:
        is_folder = name in folders
        at, why = name if root == "." else _join(root, name), _why(name, is_folder, here)
        if why and name != _GIT:
            yield Seen(at, why)
        elif is_folder and not why:
            yield from _below(at, _join(folder, name), search, here.lists, above | {inode})
        elif not why:
            yield Seen(at, "" if _begins_with_front_matter(at) else NO_FRONT_MATTER)


def _why(name: str, folder: bool, here: _Here) -> str:
    """The reason for which a file or folder is passed over, "" for none."""
    if name.startswith("."):
        return HIDDEN
    if folder and name in _PROGRAMS:
        return TOOLS
    path = _join(here.folder, name)
    if here.lists and here.lists.ignore(path, folder):
        return GITIGNORE
    exclude = here.chosen.exclude
    if exclude and globs.match(globs.patterns(exclude), settings.below(path, here.chosen), folder):
        return EXCLUDED
    return ""


def excluded(path: Path, options: Options) -> bool:
    """Whether minutes.toml excludes a file or folder, or one that it lies in."""
    chosen = settings.of(path, options)
    if not chosen.exclude:
        return False
    return globs.below(globs.patterns(chosen.exclude), settings.below(path, chosen), path.is_dir())


def aside(path: Path, options: Options) -> str:
    """The reason for which what another program names is passed over, as if it had been searched for; "" for none."""
    if excluded(path, options):
        return EXCLUDED
    return "" if path.is_dir() or _begins_with_front_matter(str(path)) else NO_FRONT_MATTER


def _join(folder: str, name: str) -> str:
    return f"{folder.rstrip(os.sep)}{os.sep}{name}"


def _entries(folder: str, above: frozenset[tuple[int, int]]) -> tuple[list[str], set[str], tuple[int, int]]:
    """The names of the folders and Markdown files in a folder, sorted; those of the folders; what tells it from any
    other."""
    try:
        status = os.stat(folder)  # noqa: PTH116
        here = (status.st_dev, status.st_ino)
        if here in above:
            return [], set(), here
        names, folders = [], set()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir():
                    folders.add(entry.name)
                if entry.name in folders or _is_markdown(entry):
                    names.append(entry.name)
        names.sort()
        return names, folders, here
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableFile(
            Say(f"資料夾 {shown(folder)} 無法讀取：{reason}", f"folder {shown(folder)} cannot be read: {reason}")
        ) from error


def _is_markdown(entry: os.DirEntry[str]) -> bool:
    return entry.name.lower().endswith(".md") and (entry.is_file() or entry.is_symlink())


def shown(path: str | Path) -> str:
    """A path as messages show it: with forward slashes, and in readable text whatever the locale."""
    return readable(Path(path).as_posix())


def readable(path: str) -> str:
    """A path that has no more than its slashes to be written in readable text."""
    text = path if path.isascii() else os.fsencode(path).decode("utf-8", "backslashreplace")
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def _begins_with_front_matter(at: str) -> bool:
    """Also true of a file that cannot be opened: that is told when it is read."""
    try:
        with open(at, "rb", 0) as file:  # noqa: PTH123
            head = file.read(512)
    except OSError:
        return True
    if head.startswith(b"---"):
        return True
    for encoding in ("utf-16", "utf-8", "cp950") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8", "cp950"):
        if re.match(_OPENING, head.decode(encoding, "replace")):
            return True
    return False
