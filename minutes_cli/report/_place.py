"""Where a finding stands, as programs want it: lines and columns from 1, paths relative to the repository, URIs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from minutes_cli.source import Source, Span

# What CI calls the folder of the repository; elsewhere it is the working folder.
_ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


class Place(NamedTuple):
    """A range in lines and columns, both 1-based code points; the end is not part of it."""

    line: int
    column: int
    end_line: int
    end_column: int


def place(source: Source, span: Span) -> Place:
    """The lines and columns of a span; one that is empty ends where it starts."""
    return Place(*source.line_column(span.start), *source.line_column(max(span.start, span.end)))


def root() -> str:
    """The folder that paths are relative to: the repository's where the working folder lies in it."""
    here = str(Path.cwd())
    for name in _ROOTS:
        folder = os.environ.get(name)
        if folder and _below(here, folder) is not None:
            return str(Path(folder).absolute())
    return here


def root_uri() -> str:
    """The same as a URI that ends with a slash."""
    return Path(root()).as_uri().rstrip("/") + "/"


def path(source: Source) -> str:
    """The path of a file below the root, with forward slashes; absolute where it lies elsewhere."""
    return os.fsencode(_path(source)).decode("utf-8", "backslashreplace")


def uri(source: Source) -> str:
    """The same as a URI reference: relative, or beginning with `file://`."""
    named = _path(source)
    # A path that is no UTF-8 keeps its bytes.
    quoted = quote(os.fsencode(named))
    if not Path(named).is_absolute():
        return quoted
    return "file://" + ("" if quoted.startswith("/") else "/") + quoted


def _path(source: Source) -> str:
    if source.path is None:
        return source.name
    whole = os.path.normpath(Path(source.path).absolute())
    inside = _below(whole, root())
    return Path(whole if inside is None else inside).as_posix()


def _below(whole: str, folder: str) -> str | None:
    """`whole` relative to a folder, None if it does not lie in it."""
    try:
        relative = os.path.relpath(whole, folder)
    except ValueError:  # on another drive
        return None
    return None if os.pardir in Path(relative).parts[:1] else relative
