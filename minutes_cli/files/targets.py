"""Files and folders as named on the command line in, the meeting files meant by them out, read one at a time.

A folder is searched for `*.md` that begin with front matter, or with something that was meant to open it, so that a
README beside the minutes is passed over and a slip in the first line is not.  Each file comes once, in a fixed order.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from minutes_cli.errors import NothingToDo
from minutes_cli.files import search
from minutes_cli.files.search import Search, Seen, readable
from minutes_cli.files.search import shown as shown
from minutes_cli.front import decode
from minutes_cli.say import Say
from minutes_cli.source import Source

STDIN = "-"

_PLAIN = Search()


class Target(Struct, frozen=True, gc=False):
    """One meeting file.  `at` is where it can be read, None for standard input; `folder` the one that was searched, None
    where the file itself was named.  Places are kept as text, and nothing else is kept, since ten thousand of them are
    held at once and a path takes ten times as much."""

    at: str | None = None
    folder: Path | None = None

    @property
    def name(self) -> str:
        """What messages call it."""
        return "<stdin>" if self.at is None else readable(self.at.replace(os.sep, "/"))

    @property
    def path(self) -> Path | None:
        """The file itself; None for standard input."""
        return Path(self.at) if self.at is not None else None

    @property
    def lies(self) -> str | None:
        """Where it lies as its settings and attachments see it."""
        return self.at

    @property
    def inside(self) -> Path | None:
        """Its path below the folder that was searched."""
        return self.path.relative_to(self.folder) if self.path and self.folder else None


class _Said(Target, frozen=True, gc=False):
    """Standard input that is said to be a file."""

    said: str = ""

    @property
    def name(self) -> str:
        """What that is called."""
        return shown(self.said)

    @property
    def lies(self) -> str | None:
        """Where that lies."""
        return self.said


class Found(NamedTuple):
    """What is to be done, and what was passed over."""

    targets: list[Target]
    skipped: list[Seen]


def find(named: Iterable[str], how: Search = _PLAIN) -> list[Target]:
    """Every file meant by the names, each once; NothingToDo if a name does not exist or nothing was found."""
    return look(named, how).targets


def look(named: Iterable[str], how: Search = _PLAIN) -> Found:
    """As `find`, with what was passed over.  Where every named file is excluded, or none is a meeting's, and that
    was asked for, there is nothing to do and nothing wrong."""
    names = list(named)
    found: dict[str, Target] = {}
    skipped: dict[str, Seen] = {}
    for name in names:
        for key, one in _meant(name, how):
            if isinstance(one, Target):
                found.setdefault(one.at if key == one.at else key, one)  # of ten thousand, one text for both
            else:
                skipped.setdefault(key, one)
    skipped = {key: one for key, one in skipped.items() if key not in found}
    if not found and not (how.force_exclude and _asked_for(names, skipped)):
        raise _nothing(names)
    return Found(list(found.values()), list(skipped.values()))


def _asked_for(names: Iterable[str], skipped: Mapping[str, Seen]) -> bool:
    """Whether all that was passed over was excluded, or named as a file."""
    named = set(map(os.path.realpath, names))
    return bool(skipped) and all(one.why == search.EXCLUDED or key in named for key, one in skipped.items())


def _meant(name: str, how: Search) -> Iterable[tuple[str, Target | Seen]]:
    """What a name stands for, each with a key that is the same for the same file."""
    path = Path(name)
    if name == STDIN:
        yield STDIN, _standard_input(how)
    elif not os.path.lexists(name):
        raise NothingToDo(Say(f"找不到「{shown(name)}」這個檔案或資料夾", f"no such file or folder: {shown(name)}"))
    elif how.force_exclude and (why := search.aside(path, how.options)):
        yield os.path.realpath(name), Seen(str(path), why)
    elif not path.is_dir():
        yield os.path.realpath(name), Target(str(path))
    else:
        folders: dict[str, str] = {}
        for seen in search.below(path, how):
            yield real(seen.at, folders), seen if seen.why else Target(seen.at, path)


def real(at: str, folders: dict[str, str]) -> str:
    """Where a file really lies.  `folders` remembers it of each folder: to look it up for each path would take most of
    the time."""
    if os.path.islink(at):  # noqa: PTH114
        return os.path.realpath(at)
    folder, name = os.path.split(at)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return os.path.join(folders[folder], name)  # noqa: PTH118


def _standard_input(how: Search) -> Target | Seen:
    if not how.stdin:
        return Target()
    lies = Path(how.stdin)
    if how.force_exclude and search.excluded(lies, how.options):
        return Seen(str(lies), search.EXCLUDED)
    return _Said(said=how.stdin)


def _nothing(names: list[str]) -> NothingToDo:
    where = "、".join(map(shown, names))
    return NothingToDo(
        Say(
            f"「{where}」裡沒有會議紀錄（以「---」開頭的 .md 檔）",
            f"no minutes (*.md that begin with `---`) in {where or 'nothing'}",
        )
    )


def read(target: Target) -> Source:
    """The text of a target; UnreadableFile if it cannot be read."""
    return decode.decode(load(target), target.name, target.lies)


def load(target: Target) -> bytes:
    """The bytes of a target; UnreadableFile if it cannot be read."""
    return sys.stdin.buffer.read() if target.at is None else decode.load(target.at, target.name)
