"""What a judgement rests on, beside the bytes of the file: this version of the tool, an office's settings, and the files
that its rules look for on the disk.  Each as a short text or list that is another one as soon as anything has changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from minutes_cli import __version__, resources
from minutes_cli.judged import Attached
from minutes_cli.many import packed
from minutes_cli.settings import Settings

# Settings that are looked at after a file has been judged, or before.
_NOT_JUDGED_BY = frozenset(
    ("language", "select", "ignore", "per_file_ignores", "severity", "exclude", "fail_level", "file")
)
_LIBRARIES = ("yaml", "markdown_it", "mdit_py_plugins", "jsonschema", "jsonschema_rs")
_FRESH = 2_000_000_000  # nanoseconds in which a file may change without its time showing it

# Size, times and inode of a file, and where it really lies; None for no file.
State = list[int | str] | None


@cache
def tool() -> str:
    """The tool, its data and its libraries.  By the times of their files, since who works on the tool does not change
    its version each time."""
    folders = (Path(__file__).parent.parent, resources.folder("schemas"), resources.folder("templates"))
    specs = (find_spec(name) for name in _LIBRARIES)
    libraries = [_times(spec.origin) for spec in specs if spec and spec.origin]
    parts = [
        __version__,
        packed.VERSION,
        sys.version,
        sys.byteorder,
        libraries,
        [list(_all_times(str(folder))) for folder in folders],
    ]
    return _digest(parts)


def _all_times(folder: str) -> Iterator[tuple[str, int, int]]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _all_times(entry.path)
        elif entry.name.endswith((".py", ".json", ".yaml")):
            yield _times(entry.path)


def _times(path: str) -> tuple[str, int, int]:
    found = os.stat(path)  # noqa: PTH116
    return path, found.st_size, found.st_mtime_ns


def settings(chosen: Settings) -> str:
    """The settings that a file is judged by, with the contents of the files that they name."""
    judged_by = {name: getattr(chosen, name) for name in chosen.__struct_fields__ if name not in _NOT_JUDGED_BY}
    named = [path for path in judged_by.values() if isinstance(path, Path)]
    return _digest([judged_by, [(str(path), _contents(path)) for path in named]])


def _contents(path: Path) -> list[str]:
    """Of a file, or of all data in a folder of layouts."""
    files = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    return [hashlib.sha256(file.read_bytes()).hexdigest() for file in files if file.is_file()]


def _digest(data: object) -> str:
    text = json.dumps(data, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def states(meeting: str, attachments: Iterable[Attached]) -> dict[str, State]:
    """The files beside a meeting file that its attachments name."""
    return {one.file: state(meeting, one.file) for one in attachments if one.file}


def state(meeting: str, file: str) -> State:
    """A file as named in a meeting file, to see whether it is still the same."""
    folder = os.path.dirname(meeting)  # noqa: PTH120
    path = os.path.join(folder, *file.replace("\\", "/").split("/"))  # noqa: PTH118
    try:
        found = os.stat(path)  # noqa: PTH116
        lies = os.path.relpath(os.path.realpath(path), os.path.realpath(folder))
    except (OSError, ValueError):
        return None
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_mode, lies]


def is_fresh(one: State) -> bool:
    """Whether a file was changed so lately that it may change again without its state showing it."""
    return one is not None and max(int(one[1]), int(one[2])) > time.time_ns() - _FRESH
