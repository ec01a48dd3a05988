"""Meetings rendered by `minutes`, and by Debian's pandoc, which is run once a file."""

from __future__ import annotations

from pathlib import Path

from .processes import Cost, each, minutes, run

WANTED = (("html", "html5", 0.15), ("docx", "docx", 0.22))
"""Our name of a format, pandoc's, and the ratio of what a user waits that is to be reached."""


def render(folder: Path, files: list[Path], to: str) -> Cost:
    """In one process or in several, as the machine lets it."""
    return run(minutes("render", *map(str, files), "--to", to, "-o", str(folder / f"out-{to}")))


def pandoc(folder: Path, files: list[Path], to: str) -> Cost:
    """The same files, one after the other."""
    out = folder / "pandoc"
    out.mkdir(exist_ok=True)
    return each(["pandoc", "-s", "-f", "markdown", "-t", to, str(path), "-o", str(out / path.stem)] for path in files)
