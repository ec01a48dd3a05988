"""Which files git leaves out: every `.gitignore` from the repository's folder down, and `.git/info/exclude`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from minutes_cli import globs

_NAME = ".gitignore"


class Lists(NamedTuple):
    """The lists that count in a folder, the outermost first, each with the folder that its patterns start from."""

    found: tuple[tuple[str, tuple[globs.Pattern, ...]], ...] = ()

    def inside(self, folder: str) -> Lists:
        """Those that count in a folder below, whose own list comes last."""
        own = _read(Path(folder, _NAME))
        return Lists((*self.found, (folder, own))) if own else self

    def ignore(self, path: str, folder: bool) -> bool:
        """Whether a path, whose folders are not ignored, is: the innermost list that speaks of it decides."""
        for start, patterns in reversed(self.found):
            said = globs.match(patterns, path[len(start) + 1 :].replace(os.sep, "/"), folder)
            if said is not None:
                return said
        return False


def above(folder: str) -> Lists:
    """The lists that count in the folder that `folder` lies in; none where it lies in no repository."""
    outer: list[str] = []
    while not os.path.lexists(os.path.join(folder, ".git")):  # noqa: PTH118
        parent = os.path.dirname(folder)  # noqa: PTH120
        if parent == folder:
            return Lists()
        outer.append(parent)
        folder = parent
    excluded = _read(Path(folder, ".git", "info", "exclude"))
    lists = Lists(((folder, excluded),) if excluded else ())
    for one in reversed(outer):
        lists = lists.inside(one)
    return lists


def _read(path: Path) -> tuple[globs.Pattern, ...]:
    try:
        text = path.read_text(encoding="utf-8-sig", errors="surrogateescape")
    except OSError:
        return ()
    return globs.patterns(line.rstrip("\r") for line in text.split("\n"))
