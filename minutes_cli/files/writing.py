"""Bytes in, a file out, under its final name only when it is whole.

The bytes are written beside the file and moved over it, so that a run that is killed leaves the old file or none.
A file that was there keeps its permissions.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from itertools import count
from pathlib import Path

from minutes_cli.errors import UnwritableFile
from minutes_cli.say import Say

_NUMBERS = count(1)


def write(path: Path, data: bytes) -> None:
    """Write `data` to `path`, making its folders; UnwritableFile if that fails, and then nothing has changed.

    A link is followed to the file that it names.  What is no regular file (/dev/null, a pipe) is written to directly.
    """
    try:
        path = Path(os.path.realpath(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)
        else:
            _replace(path, data)
    except OSError as error:
        raise _unwritable(path, error) from error


def append(path: Path, data: bytes) -> None:
    """Add `data` to a file that others write to as well, in one piece."""
    try:
        with path.open("ab", buffering=0) as file:
            file.write(data)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> UnwritableFile:
    reason = error.strerror or str(error)
    return UnwritableFile(Say(f"{path} 無法寫入：{reason}", f"{path} cannot be written: {reason}"))


def _replace(path: Path, data: bytes) -> None:
    # A short name: that of the file may already be as long as the system allows.
    temporary = path.with_name(f".minutes-{os.getpid()}-{next(_NUMBERS)}.tmp")
    try:
        # 0o666, so that the permissions are what the user's umask says; tempfile would give 0o600.
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666), "wb") as file:
            with suppress(FileNotFoundError):
                temporary.chmod(stat.S_IMODE(path.stat().st_mode))
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


_BINARY = getattr(os, "O_BINARY", 0)  # only Windows has it
