"""The pure types of text inside a paragraph, shared by every output format.

Raw HTML is text.  A soft break is already resolved: nothing between two Han characters, else a space.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct


class Text(Struct, frozen=True, gc=False):
    text: str


class Strong(Struct, frozen=True, gc=False):
    children: tuple[Inline, ...]


class Emphasis(Struct, frozen=True, gc=False):
    children: tuple[Inline, ...]


class Strike(Struct, frozen=True, gc=False):
    children: tuple[Inline, ...]


class Code(Struct, frozen=True, gc=False):
    text: str


class Link(Struct, frozen=True, gc=False):
    """`href` is percent-encoded and of an allowed kind: http, https, mailto, tel, `#anchor`, or relative without
    leaving the meeting's folder.  A link of any other kind never becomes a Link: its source is text."""

    href: str
    children: tuple[Inline, ...]
    title: str = ""


class Image(Struct, frozen=True, gc=False):
    """`src` as written (percent-decoded); the writer decides whether the file may be read."""

    src: str
    alt: str
    title: str = ""


class Break(Struct, frozen=True, gc=False):
    """A hard line break."""


class NoteMark(Struct, frozen=True, gc=False):
    """A reference to footnote `number` (1-based, in order of first use)."""

    number: int


Inline = Text | Strong | Emphasis | Strike | Code | Link | Image | Break | NoteMark
Inlines = tuple[Inline, ...]


def plain(inlines: Inlines) -> str:
    """The visible text: a break is a newline, an image its alternative text, a note mark `[1]`."""
    return "".join(_plain(inlines, lambda image: image.alt))


def spelled_out(inlines: Inlines) -> str:
    """The same for a format that holds no images: each is described."""
    return "".join(_plain(inlines, described))


def described(image: Image) -> str:
    """What stands in the place of an image that cannot be shown, so that no word of it is lost."""
    return f"〔圖：{image.alt}（{image.src}）〕" if image.alt else f"〔圖：{image.src}〕"


def _plain(inlines: Inlines, show: Callable[[Image], str]) -> Iterator[str]:
    for node in inlines:
        match node:
            case Text(text) | Code(text):
                yield text
            case Image():
                yield show(node)
            case Break():
                yield "\n"
            case NoteMark(number):
                yield f"[{number}]"
            case Strong(children) | Emphasis(children) | Strike(children) | Link(children=children):
                yield from _plain(children, show)
