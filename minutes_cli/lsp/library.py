"""The meetings of a workspace folder in, their decisions and what refers to them out.

A file is read once and again only when it has changed.  Of which series it is, is told by its front matter's lines, so
that a question about one series parses that series alone.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, field

from minutes_cli import parse, settings
from minutes_cli.document import Minutes, decided
from minutes_cli.errors import MinutesError
from minutes_cli.files import search
from minutes_cli.front import decode, vocabulary
from minutes_cli.judging.summary import summary
from minutes_cli.lsp.places import Reference, references
from minutes_cli.settings import NONE
from minutes_cli.source import Source, Span

_FRESH = 1.0  # seconds for which the list of files is taken to be true
_MOST = 5000  # files of a workspace that are looked at
_ORDINALS = re.compile(r"第?[ 　]*(?:[0-9０-９]{1,4}|[一二三四五六七八九十百零〇]{1,7})[ 　]*[屆次].*")
_BEFORE = re.compile(r"^(?:以及|及|與|有關|關於|依據|依|查|經|前述|上述|前揭|前開|歷次|之)+")
_BEHIND = re.compile(r"(?:歷次|會議|追蹤事項|列管事項|之|的)+$")
_OURS = re.compile(r"本(?:[部府院局處署校縣市會]|公司)?")


class Decided(NamedTuple):
    """A decision: its id and number, what it is called (第2次會議決議7), the first line of its text, its tracking data
    in words; where it stands."""

    id: str
    number: str
    called: str
    text: str
    owners: tuple[str, ...]
    due: str
    tracked: str
    path: Path
    span: Span

    @property
    def key(self) -> str:
        """The short way to name it: 2-7."""
        return self.id.rpartition("/")[2]


class Card(NamedTuple):
    """What the others need to know of a meeting.  `stem` is its title without 第N次會議."""

    path: Path
    source: Source
    series: str
    organization: str
    stem: str
    term: int | None
    session: int | None
    date: str
    decided: tuple[Decided, ...]
    refers: tuple[Reference, ...]


def card(minutes: Minutes) -> Card | None:
    """The card of a meeting that is whole and lies in a file."""
    found, path = summary(minutes), minutes.source.path
    if found is None or path is None:
        return None
    stem = _ORDINALS.sub("", found.title)
    decided = tuple(_decided(minutes, found.term, found.session, path))
    return Card(
        *(path, minutes.source, found.series, found.organization, stem),
        *(found.term, found.session, found.date, decided, tuple(references(minutes))),
    )


def _decided(minutes: Minutes, term: int | None, session: int | None, path: Path) -> Iterator[Decided]:
    meeting = f"第{term}屆" * (term is not None) + f"第{session}次會議" * (session is not None)
    for block in decided(minutes):
        number = block.decision.rpartition("-")[2].rpartition("/")[2]
        said = block.tracking
        yield Decided(
            *(block.decision, number, f"{meeting}決議{number}", block.prose.text.split("\n")[0]),
            *((said.owners, said.due, said.tracked) if said else ((), "", "")),
            *(path, Span(block.span.start, _first_line(minutes.source, block.span))),
        )


def _first_line(source: Source, span: Span) -> int:
    return max(span.start, min(span.end, source.line_span(source.line_column(span.start)[0]).end))


class _Known(Struct):
    """A file as it was last read; `series` as its lines tell, None where they do not."""

    stamp: tuple[int, int]
    series: str | None
    card: Card | None = None
    read: bool = False


class Library(Struct, dict=True):
    """`folders` are those of the workspace; where there is none, only the files beside an open one are known.  `open`
    has the meetings that are open in the editor, which count instead of their files."""

    folders: tuple[Path, ...] = ()
    open: dict[Path, Minutes] = field(default_factory=dict)
    _own: tuple[Minutes, Card | None] | None = None
    _known: dict[Path, _Known] = field(default_factory=dict)
    _listed: dict[tuple[Path, ...], tuple[float, list[Path]]] = field(default_factory=dict)

    def series(self, near: Path | None, name: str) -> list[Card]:
        """The meetings of a series, in their order."""
        if not name:
            return []
        found = [one for one in self._cards(near, name) if one.series == name]
        return sorted(found, key=lambda one: (one.date, one.term or 0, one.session or 0))

    def own(self, minutes: Minutes) -> Card | None:
        """The card of a meeting, worked out once."""
        known = self._own
        if known is None or known[0] is not minutes:
            known = self._own = (minutes, card(minutes))
        return known[1]

    def every(self, near: Path | None = None, holding: str = "") -> Iterator[Card]:
        """All meetings; with `holding` those whose text has it, which saves parsing the others."""
        yield from self._cards(near, None, holding)

    def body(self, near: Path | None, text: str, own: Card) -> str | None:
        """The series of the body that a reference names: the own one where it names none; None where it cannot be
        told."""
        name = _BEHIND.sub("", _BEFORE.sub("", text))
        ours = _OURS.match(name)
        name = name[ours.end() :] if ours else name
        if not name or _OURS.fullmatch(name[-2:]) or _same_body(name, own):
            return own.series
        for one in self._cards(near, None, name[-3:]):
            if one.series and (one.series == name or _same_body(name, one)):
                return one.series
        return None

    def read(self, path: Path) -> None:
        """Read a meeting ahead of being asked."""
        self._card(path, None, "")

    def forget(self) -> None:
        """Look at the folders anew."""
        self._listed.clear()

    def _cards(self, near: Path | None, series: str | None, holding: str = "") -> Iterator[Card]:
        seen = set()
        for path in self.paths(near):
            seen.add(path)
            one = self._card(path, series, holding)
            if one:
                yield one
        for path in [path for path in self.open if path not in seen]:
            if one := card(self.open[path]):
                yield one

    def paths(self, near: Path | None) -> list[Path]:
        """The meeting files of the workspace, or of the folder in which a file lies."""
        beside = near is not None and not any(near.is_relative_to(folder) for folder in self.folders)
        roots = (near.parent,) if near is not None and beside else self.folders
        listed = self._listed.get(roots)
        if listed is None or time.monotonic() - listed[0] > _FRESH:
            files = [path for root in roots for path in _files(root, deep=not beside)]
            listed = self._listed[roots] = (time.monotonic(), files[:_MOST])
        return listed[1]

    def _card(self, path: Path, series: str | None, holding: str) -> Card | None:
        if path in self.open:
            return card(self.open[path])
        try:
            status = os.stat(path)  # noqa: PTH116
            stamp = (status.st_mtime_ns, status.st_size)
            known = self._known.get(path)
            if known is None or known.stamp != stamp:
                known = self._known[path] = _Known(stamp, _sniffed(path))
            if series is not None and known.series is not None and known.series != series:
                return None
            if not known.read and holding and holding not in decode.read(path).text:
                return None
            if not known.read:
                known.card, known.read = card(_parsed(path)), True
        except (OSError, MinutesError):
            return None
        return known.card


def _same_body(name: str, one: Card) -> bool:
    """Whether a name, which may be short or have more before it, is that of the body that met."""
    return bool(one.stem) and (name.endswith(one.stem) or one.stem.endswith(name))


def _files(root: Path, deep: bool) -> Iterable[Path]:
    try:
        if deep:
            return [Path(seen.at) for seen in search.below(root, search.Search()) if not seen.why]
        return sorted(path for path in root.iterdir() if path.suffix.lower() == ".md")
    except (OSError, MinutesError):
        return []


def _parsed(path: Path) -> Minutes:
    source = decode.read(path, path.name)
    try:
        return parse.parse(source, settings.of(path))
    except MinutesError:
        return parse.parse(source, NONE)


def _sniffed(path: Path) -> str | None:
    """The series that the lines of the front matter name; None where they name none, and minutes.toml may."""
    with path.open("rb") as file:
        head = file.read(4096).decode("utf-8", "replace")
    found = _series_line().search(head)
    return found[1].strip().strip("\"'") if found else None


def _series_line() -> re.Pattern[str]:
    root = vocabulary.root()
    names = "|".join(re.escape(name) for name, key in root.names.items() if key == "series")
    return re.compile(rf"^(?:{names})[ 　]*[:：][ \t]*([^\r\n#]+)", re.MULTILINE)
