"""Bytes under a key, kept from one run to the next in a SQLite database that any number of runs may use at once.

One database, because a thousand entries are read from it in 8 ms and written in 20, where a file an entry takes 20 and
250; and because SQLite sees to runs that write at once or are killed while they write.  Nothing here may stop a run: a
database that cannot be opened, is damaged, or is not ours is one that holds nothing.
"""

from __future__ import annotations

import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, TypeVar

_T = TypeVar("_T")

LIMIT = 200_000_000  # bytes past which the half goes that was not used for longest
LARGEST = 1_000_000  # bytes of one entry

_OURS = 0x6D696E75  # SQLite keeps it in the head of the file
_DAMAGED = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_WAIT = 5.0  # seconds for another run that is writing
_DAY = 86_400
_TOGETHER = 500  # entries that are written at once
_BESIDE = {"CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n", ".gitignore": "*\n"}
_TABLE = """CREATE TABLE entries (
    key BLOB PRIMARY KEY, used INTEGER NOT NULL, checksum INTEGER NOT NULL, head TEXT NOT NULL, data BLOB NOT NULL)"""
_READ = "SELECT key, used, checksum, head, data FROM entries WHERE key IN ({})"
_WRITE = "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?)"
_OLDER_HALF = """DELETE FROM entries WHERE rowid IN
    (SELECT rowid FROM entries ORDER BY used, rowid LIMIT (SELECT count(*) / 2 FROM entries))"""


class Entry(NamedTuple):
    """`head` is what there is to look at before `data` is worth reading."""

    head: str
    data: bytes


class Store:
    """The database at a path, opened when it is needed.  What is put in is written from time to time and at `close`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database: sqlite3.Connection | None = None
        self._tried = False
        self._new: list[tuple[bytes, int, int, str, bytes]] = []
        self._used: list[tuple[int, bytes]] = []
        self._now = int(time.time())

    def get(self, keys: Sequence[bytes]) -> dict[bytes, Entry]:
        """The entries of those keys that have one, read in one go; a damaged entry is none."""
        found = {}
        sql = _READ.format(",".join("?" * len(keys)))
        for key, used, checksum, head, data in self._do(lambda base: base.execute(sql, keys).fetchall()) or ():
            with suppress(TypeError, ValueError, AttributeError):
                if _checksum(key, head, data) == checksum:
                    found[key] = Entry(head, data)
                    if used < self._now - _DAY:
                        self._used.append((self._now, key))
        return found

    def put(self, key: bytes, entry: Entry) -> None:
        """Keep an entry, unless it is very large."""
        if len(entry.data) <= LARGEST:
            self._new.append((key, self._now, _checksum(key, *entry), *entry))
            if len(self._new) >= _TOGETHER:
                self._write()

    def close(self) -> None:
        """Write what is not written yet."""
        if self._new or self._used:
            self._write()
        if self._database:
            self._database.close()
        self._database, self._tried = None, True

    def _write(self) -> None:
        new, used = self._new, self._used
        self._new, self._used = [], []

        def write(base: sqlite3.Connection) -> None:
            with _at_once(base):
                base.executemany(_WRITE, new)
                base.executemany("UPDATE entries SET used = ? WHERE key = ?", used)
                if _size(base) > LIMIT:
                    base.execute(_OLDER_HALF)

        self._do(write)

    def _do(self, work: Callable[[sqlite3.Connection], _T]) -> _T | None:
        """Work with the database; None where there is none, or no longer."""
        try:
            if not self._tried:
                self._tried = True
                self._database = _open(self._path)
            return work(self._database) if self._database else None
        except (sqlite3.Error, OSError) as error:
            self._give_up(getattr(error, "sqlite_errorcode", None))
            return None

    def _give_up(self, code: int | None) -> None:
        """Do without; a damaged database is taken away, so that the next run begins a new one."""
        if self._database:
            self._database.close()
        self._database = None
        if code in _DAMAGED:
            for suffix in ("", "-journal"):
                with suppress(OSError):
                    self._path.with_name(self._path.name + suffix).unlink()


def _open(path: Path) -> sqlite3.Connection | None:
    """The database, made if there is none; None where another program's lies in its place."""
    if not path.parent.is_dir():
        path.parent.mkdir(parents=True, exist_ok=True)
        for name, text in _BESIDE.items():
            path.with_name(name).write_text(text, encoding="ascii")
    base = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    try:
        base.execute("PRAGMA trusted_schema = OFF")
        base.execute(
            "PRAGMA synchronous = OFF"
        )  # a run that is killed does no harm, and a cache may be lost with the power
        if not _is_ours(base):
            with _at_once(base):
                if _number(base, "SELECT count(*) FROM sqlite_master"):
                    return None if not _is_ours(base) else base
                base.execute(_TABLE)
                base.execute(f"PRAGMA application_id = {_OURS}")
    except BaseException:
        base.close()
        raise
    return base


def _is_ours(base: sqlite3.Connection) -> bool:
    return _number(base, "PRAGMA application_id") == _OURS


def _size(base: sqlite3.Connection) -> int:
    used = _number(base, "PRAGMA page_count") - _number(base, "PRAGMA freelist_count")
    return used * _number(base, "PRAGMA page_size")


def _number(base: sqlite3.Connection, sql: str) -> int:
    return int(base.execute(sql).fetchone()[0])


@contextmanager
def _at_once(base: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, while no other run writes."""
    base.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        base.execute("ROLLBACK")
        raise
    base.execute("COMMIT")


def _checksum(key: bytes, head: str, data: bytes) -> int:
    return zlib.crc32(data, zlib.crc32(head.encode("utf-8", "surrogatepass"), zlib.crc32(key)))
