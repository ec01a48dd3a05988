"""The inline nodes of one text in; HTML out, with every character of the meeting escaped.

附件3 in running text becomes a link to that attachment, unless it stands in a link or in code.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping
from html import escape as escaped
from pathlib import Path
from urllib.parse import quote

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
from minutes_cli.numerals import value
from minutes_cli.printing.words import CITED
from minutes_cli.render import _images

# What HTML forbids, even escaped: controls, surrogates, noncharacters.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Surroundings(Struct, frozen=True):
    """What the lines of a page must know of the page: where the meeting file lies, where each attachment is, which
    footnotes are printed.  `cited` counts the marks of each footnote as they are written, `names` are the anchors in
    use, each with how many were called alike."""

    meeting: Path | None = None
    attachments: Mapping[int, str] = field(default_factory=dict)
    footnotes: int = 0
    cited: Counter[int] = field(default_factory=Counter)
    names: dict[str, int] = field(default_factory=dict)

    def anchor(self, name: str) -> str:
        """An anchor called `name`, or as near to it as is still free; "" for ""."""
        name = name and "-".join(FORBIDDEN.sub(" ", name).split())
        if not name:
            return ""
        free, count = name, self.names.get(name, 1)
        while free in self.names:
            count += 1
            free = f"{name}-{count}"
        self.names[name] = count
        self.names[free] = 1
        return free


_MARKS = re.compile("[&<>\"']")


def escape(text: str) -> str:
    """`text` with what HTML reads as markup escaped; most has none, and one look costs less than five."""
    return escaped(text) if _MARKS.search(text) else text


# A browser leaves out some of these where it reads an address.
_BLANK = re.compile(r"[\x00-\x20\x7f\u0085\u00a0\u2028\u2029\u3000]+")
# The model promises as much; a page that ran a script because one promise broke would be worse than a second look.
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HARMLESS = ("http:", "https:", "mailto:", "tel:")


def address(href: str) -> str:
    """A link as a page may hold it: the web, mail, telephone, the page itself, its folder; "" for any other.

    >>> [address(h) for h in ("https://a.tw", "附件 1.pdf", "#a", "javascript:alert(1)", " javascript:x", "//a.tw")]
    ['https://a.tw', '附件%201.pdf', '#a', '', '%20javascript:x', '']
    """
    scheme = _SCHEME.match(href)
    if (scheme and scheme[0].lower() not in _HARMLESS) or href.startswith(("//", "\\", "/\\")):
        return ""
    return _BLANK.sub(lambda found: quote(found[0]), href)


def html(inlines: Inlines, around: Surroundings, linked: bool = False) -> str:
    """The HTML of a text; `linked` says that it stands inside a link, where there can be no other."""
    return "".join([_node(node, around, linked) for node in inlines])


def _node(node: Inline, around: Surroundings, linked: bool) -> str:
    match node:
        case Text(text):
            return escape(text) if linked or "附件" not in text else _references(text, around.attachments)
        case Strong(children):
            return f"<strong>{html(children, around, linked)}</strong>"
        case Emphasis(children):
            return f"<em>{html(children, around, linked)}</em>"
        case Strike(children):
            return f"<s>{html(children, around, linked)}</s>"
        case Code(text):
            return f"<code>{escape(text)}</code>"
        case Break():
            return "<br>"
        case Link():
            return _link(node, around, linked)
        case Image():
            return _image(node, around.meeting)
        case NoteMark(number):
            return _mark(number, around, linked)


def _references(text: str, attachments: Mapping[int, str]) -> str:
    out, end = [], 0
    for found in CITED.finditer(text):
        href = attachments.get(value(found[1]) or 0)
        if href:
            out += [escape(text[end : found.start()]), f'<a href="{escape(href)}">{escape(found[0])}</a>']
            end = found.end()
    return "".join(out) + escape(text[end:])


def _link(link: Link, around: Surroundings, linked: bool) -> str:
    words = html(link.children, around, True)
    href = "" if linked else address(link.href)
    if not href:
        return words
    title = f' title="{escape(link.title)}"' if link.title else ""
    # A printed page tells the address of a link, but not twice.
    bare = ' class="bare"' if plain(link.children) in href else ""
    outside = ' rel="noopener noreferrer"' if "://" in href else ""
    return f'<a href="{escape(href)}"{title}{bare}{outside}>{words}</a>'


def _image(image: Image, meeting: Path | None) -> str:
    found = _images.read(meeting, image.src)
    if not found:
        return f'<span class="missing">{escape(described(image))}</span>'
    title = f' title="{escape(image.title)}"' if image.title else ""
    data = b64encode(found.data).decode("ascii")
    size = f'width="{found.width}" height="{found.height}"'
    return f'<img src="data:{found.media};base64,{data}" alt="{escape(image.alt)}" {size}{title}>'


def _mark(number: int, around: Surroundings, linked: bool) -> str:
    if linked or not 1 <= number <= around.footnotes:
        return f"<sup>[{number}]</sup>"
    around.cited[number] += 1
    name = mark_name(number, around.cited[number])
    return f'<sup><a id="{name}" href="#note-{number}" role="doc-noteref">[{number}]</a></sup>'


def mark_name(number: int, nth: int) -> str:
    """The anchor of the nth mark of a footnote, to which the footnote links back."""
    return f"noteref-{number}-{nth}"
