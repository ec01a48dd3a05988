"""Today's findings in, a file that names them out; later findings in, those that are new out.

An old archive is not mended in a day: what it has is written down once, and from then on only what is new is told.
Findings are known by their fingerprints, and files by their paths from the folder of the baseline, so that neither
lines put in above nor another working folder turns an old finding into a new one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from minutes_cli.errors import BadSettings
from minutes_cli.judged import Judged
from minutes_cli.judging.fingerprint import fingerprints
from minutes_cli.say import Say

VERSION = 1

# Of each file, by its path, the fingerprint of each finding and its code.
Files = dict[str, dict[str, str]]


class Baseline(Struct):
    """`known` are the findings of the file; `hidden` counts those met again, `gone` holds the (path, code) of those that
    were not met in a file that was judged."""

    path: Path
    known: Files
    hidden: int = 0
    gone: list[tuple[str, str]] = field(default_factory=list)

    def new(self, judged: Judged, wanted: Callable[[str], bool]) -> Judged:
        """The file with its new findings only; entries of codes that are not `wanted` in this run are left alone."""
        name = _name(judged, self.path)
        known = self.known.get(name, {})
        if not known:
            return judged
        marks = list(fingerprints(name, judged.source, judged.diagnostics))
        told = tuple(found for found, mark in zip(judged.diagnostics, marks, strict=True) if mark not in known)
        self.hidden += len(marks) - len(told)
        left = known.keys() - set(marks)
        self.gone += [(name, known[mark]) for mark in sorted(left) if wanted(known[mark])]
        return replace(judged, diagnostics=told)

    def lost(self) -> Iterator[str]:
        """The files that are there no longer."""
        for name in sorted(self.known):
            if not os.path.lexists(self.path.parent / name):
                yield name


def read(path: Path) -> Baseline:
    """The baseline of a file; BadSettings where it is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _unusable(path) from error
    if not isinstance(data, dict) or data.get("version") != VERSION or not _well_formed(data.get("files")):
        raise _unusable(path)
    return Baseline(path, data["files"])


def _well_formed(files: object) -> bool:
    return isinstance(files, dict) and all(
        isinstance(known, dict) and all(isinstance(code, str) for code in known.values()) for known in files.values()
    )


def _unusable(path: Path) -> BadSettings:
    return BadSettings(
        Say(
            f"基準檔 {path} 讀不懂；請用 --write-baseline 重寫",
            f"{path} is no baseline; write it anew with --write-baseline",
        )
    )


def entries(judged: Judged, path: Path) -> Files:
    """What the baseline at `path` is to know of a file."""
    name = _name(judged, path)
    marks = fingerprints(name, judged.source, judged.diagnostics)
    found = {mark: one.code for mark, one in zip(marks, judged.diagnostics, strict=True)}
    return {name: found} if found else {}


def text(files: Files) -> str:
    """The file, sorted, one finding a line."""
    return json.dumps({"version": VERSION, "files": files}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _name(judged: Judged, path: Path) -> str:
    source = judged.source
    return Path(os.path.relpath(source.path, path.parent)).as_posix() if source.path else source.name
