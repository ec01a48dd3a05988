"""Inline text in; runs out, the flat pieces that the template writes one after the other.

A run is (kind, text, look, data).  Kinds: `text`; `tab`; `break`; `open` and `close` of a hyperlink (text: its
tooltip); `image`; `note`, a footnote's mark; `again`, a further mark of the same footnote; `own`, the mark inside the
footnote itself.  `look` holds words: bold, light (not bold, though the style is), dots, italic, strike, mono, lead,
link, raised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from msgspec import Struct, field

from minutes_cli.inline import (
    Break,
    Code,
    Emphasis,
    Image,
    Inline,
    Inlines,
    Link,
    NoteMark,
    Strike,
    Strong,
    Text,
    described,
    plain,
)
from minutes_cli.render import _images
from minutes_cli.render._docx.container import OFFICE, Rel, clean
from minutes_cli.render._images import Picture

Run = tuple[str, str, str, Any]
Look = tuple[str, ...]

_SPLIT = re.compile(r"(\r\n|[\r\n\t])")
_BOOKMARK = re.compile(r"(?!minutes_)[^\W\d_]\w{0,39}")
_LONGEST = 2000  # Word refuses an address of more than 2,083 characters
_EMU = 635  # to the twip
# EXIF orientation → degrees clockwise; 2, 4, 5 and 7 are mirrored first.
_TURNS = {3: 180, 4: 180, 5: 270, 6: 90, 7: 90, 8: 270}
_PIXEL = 9525  # EMU to the pixel, at 96 to the inch


class Shown(NamedTuple):
    """An image as the template places it: relationship, number, words, size in EMU, turn and flip, and how far the
    turned image sticks out of its place at the sides and above and below."""

    rel: str
    number: int
    alt: str
    title: str
    width: int
    height: int
    turn: int
    flip: bool
    sides: int
    ends: int


class Medium(NamedTuple):
    """A picture as a part of the package."""

    name: str
    media: str
    data: bytes


class Gathered(Struct, dict=True):
    """What the text of one record needs beside its paragraphs, gathered while it is written: relationships, images,
    footnotes.  `anchors` are the bookmarks by anchor, `marked` those written; `notes` the footnotes that are printed,
    `used` those whose mark has been written, with the bookmark around it."""

    meeting: Path | None
    box: tuple[int, int]
    anchors: dict[str, tuple[int, str]]
    notes: frozenset[int]
    first_drawing: int = 1
    first_note: int = 1
    first_bookmark: int = 1
    rels: dict[tuple[str, bool], Rel] = field(default_factory=dict)
    media: dict[bytes, Medium] = field(default_factory=dict)
    used: dict[int, str] = field(default_factory=dict)
    drawings: list[str] = field(default_factory=list)
    marked: set[str] = field(default_factory=set)

    def rel(self, kind: str, target: str, external: bool) -> str:
        """The id of a relationship, the same for the same target."""
        rel = Rel(f"rIdMinutes{len(self.rels) + 1}", f"{OFFICE}/{kind}", target, external)
        return self.rels.setdefault((target, external), rel).id

    def bookmark(self, anchor: str) -> tuple[int, str] | None:
        """The bookmark of an anchor, for the first paragraph that asks: Word knows each but once."""
        if anchor in self.marked:
            return None
        self.marked.add(anchor)
        return self.anchors.get(anchor)

    def medium(self, picture: Picture) -> Medium:
        """The part of a picture, one for the same bytes."""
        name = f"word/media/minutes{len(self.media) + 1}.{picture.media.partition('/')[2]}"
        return self.media.setdefault(picture.data, Medium(name, picture.media, picture.data))


def runs(nodes: Inlines, gathered: Gathered, look: Look = (), within: str = "") -> Iterator[Run]:
    """The runs of a text.  `within` says where it stands: in a "link" or a "note", which cannot hold another."""
    for node in nodes:
        yield from _runs(node, gathered, look, within)


def _runs(node: Inline, gathered: Gathered, look: Look, within: str) -> Iterator[Run]:
    match node:
        case Text(text):
            yield from said(text, look)
        case Strong(children):
            yield from runs(children, gathered, (*look, "bold"), within)
        case Emphasis(children):
            # Kai has no italics, and slanted by the machine it is ugly: Han text gets a dotted line below.  The dots that
            # East Asian type has for this (w:em) vanish in LibreOffice where lines have a fixed height.
            shape = "italic" if plain(children).isascii() else "dots"
            yield from runs(children, gathered, (*look, shape), within)
        case Strike(children):
            yield from runs(children, gathered, (*look, "strike"), within)
        case Code(text):
            yield from said(text, (*look, "mono"))
        case Break():
            yield "break", "", "", None
        case Link():
            yield from _link(node, gathered, look, within)
        case Image():
            yield from _image(node, gathered, look)
        case NoteMark(number):
            yield _mark(number, gathered, within)


def said(text: str, look: Look = ()) -> Iterator[Run]:
    """Plain text: a tab and a line end are elements of their own."""
    shown = " ".join(dict.fromkeys(look)) if look else ""
    if text and text.isprintable():  # as nearly all is
        yield "text", text, shown, None
        return
    for index, part in enumerate(_SPLIT.split(text)):
        if index % 2:
            yield "tab" if part == "\t" else "break", "", "", None
        elif part:
            yield "text", clean(part), shown, None


def _link(link: Link, gathered: Gathered, look: Look, within: str) -> Iterator[Run]:
    target = None if within == "link" else _target(link.href, gathered)
    if target is None:
        yield from runs(link.children, gathered, look, within)
        return
    yield "open", clean(link.title)[:250], "", target
    yield from runs(link.children, gathered, (*look, "link"), "link")
    yield "close", "", "", None


def _target(href: str, gathered: Gathered) -> tuple[str, str] | None:
    """(relationship, "") or ("", bookmark); None where the link leads nowhere, or Word could not open the file."""
    if href.startswith("#"):
        known = gathered.anchors.get(href[1:])
        return ("", known[1]) if known else None
    safe = quote(clean(href), safe="%/:?#[]@!$&'()*+,;=~-._")
    try:
        parts = urlsplit(safe)
        if len(safe) > _LONGEST or not safe or (parts.scheme in ("http", "https") and not parts.hostname):
            return None
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        return None
    return gathered.rel("hyperlink", safe, True), ""


def _image(image: Image, gathered: Gathered, look: Look) -> Iterator[Run]:
    picture = _images.read(gathered.meeting, image.src)
    if picture is None:
        yield from said(described(image), look)
        return
    medium = gathered.medium(picture)
    gathered.drawings.append(medium.name)
    number = gathered.first_drawing + len(gathered.drawings) - 1
    rel = gathered.rel("image", medium.name, False)
    placed = _placed(picture, gathered.box)
    yield "image", "", "", Shown(rel, number, clean(image.alt), clean(image.title), *placed)


def _placed(picture: Picture, box: tuple[int, int]) -> tuple[int, int, int, bool, int, int]:
    """Word does not read the turn that a camera notes: the picture is placed unturned and turned by the drawing."""
    wide, high = picture.width * _PIXEL, picture.height * _PIXEL
    scale = min(1.0, box[0] * _EMU / wide, box[1] * _EMU * 0.9 / high)
    wide, high = max(1, round(wide * scale)), max(1, round(high * scale))
    width, height = (high, wide) if picture.orientation >= 5 else (wide, high)
    turn = _TURNS.get(picture.orientation, 0) * 60000
    out = (wide - width) // 2
    return width, height, turn, picture.orientation in (2, 4, 5, 7), max(0, out), max(0, -out)


def _mark(number: int, gathered: Gathered, within: str) -> Run:
    if within or number not in gathered.notes:
        return "text", f"[{number}]", "raised", None
    if number in gathered.used:
        return "again", str(number), "", gathered.used[number]
    nth = len(gathered.used)
    gathered.used[number] = f"_minutesNote{number}"
    return "note", gathered.used[number], "", (gathered.first_note + nth, gathered.first_bookmark + nth)


def bookmarks(anchors: Iterable[str], first: int) -> dict[str, tuple[int, str]]:
    """The bookmarks of the anchors, as (number, name).  Word takes 40 letters, digits and underscores, a letter first,
    and does not tell great letters from small."""
    found: dict[str, tuple[int, str]] = {}
    taken: set[str] = set()
    for nth, anchor in enumerate(dict.fromkeys(anchors)):
        name = anchor.replace("-", "_")
        if not _BOOKMARK.fullmatch(name) or name.casefold() in taken:
            name = f"minutes_{nth}"
        taken.add(name.casefold())
        found[anchor] = (first + nth, name)
    return found


def loose(pieces: Iterable[Run]) -> bool:
    """Whether an image stands among the runs: lines of a fixed height would cut it off."""
    return any(kind == "image" for kind, *_ in pieces)
