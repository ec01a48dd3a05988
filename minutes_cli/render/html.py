"""The printed lines in, one self-contained page out: `templates/<profile>/html/`, page.html.j2 with style.css inside.

The page asks for nothing from anywhere, and its policy (CSP) says so: no script, only its own style, images only as
data.  The text of the meeting is escaped in `_inline`; a template sees finished markup or plain text, never a choice.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from minutes_cli.document import Minutes
from minutes_cli.lines import Line, Printed
from minutes_cli.render import _page, _templates
from minutes_cli.render._inline import FORBIDDEN, Surroundings, address

SUFFIX = ".html"

_KIND = "html"
# All bytes but controls, and C2, with which those from U+0080 on begin; and the beginnings of U+FDD0 … and U+FFFE.
_HARMLESS = bytes({9, 10, 12, 13, *range(0x20, 0x7F), *range(0x80, 0x100)} - {0xC2})
_NONCHARACTERS = (b"\xef\xb7", b"\xef\xbf\xbe", b"\xef\xbf\xbf")


def render(printed: Printed, minutes: Minutes) -> bytes:
    """The page of one meeting, as UTF-8."""
    profile = minutes.profile
    listed = _lines(printed, "attachment")
    around = Surroundings(
        meeting=minutes.source.path,
        attachments=_attachments(printed, listed),
        footnotes=len(_lines(printed, "footnote")),
    )
    parts = _page.parts(printed.entries, around)
    style = _templates.render(profile, _KIND, "style.css", {"running": _css(printed.status)})
    context = {
        "printed": printed,
        "parts": parts,
        "contents": _page.contents(parts),
        "files": () if listed else tuple((title, address(link)) for title, link in printed.files),
        "style": _templates.safe(style),
        "style_hash": b64encode(sha256(style.encode("utf-8", "surrogatepass")).digest()).decode("ascii"),
    }
    return _encoded(_templates.render(profile, _KIND, "page.html.j2", context))


def _encoded(page: str) -> bytes:
    """The page as UTF-8, without what HTML forbids.  To look at each character would take a tenth of the time of a page,
    so the bytes are asked first whether there may be any such."""
    try:
        data = page.encode()
    except UnicodeEncodeError:  # half of a pair that makes one character
        data = b""
    if data and not data.translate(None, _HARMLESS) and not any(mark in data for mark in _NONCHARACTERS):
        return data
    return FORBIDDEN.sub("\ufffd", page).encode()


def _lines(printed: Printed, kind: str) -> list[Line]:
    return [entry for entry in printed.entries if isinstance(entry, Line) and entry.kind == kind]


def _attachments(printed: Printed, listed: list[Line]) -> dict[int, str]:
    """Where 附件N leads: to the file if there is one, else to its place in the list of attachments, which is printed
    or, as `files`, stands below the record."""
    places = [f"#{line.anchor}" for line in listed] or [f"#file-{n + 1}" for n in range(len(printed.files))]
    links = [address(link) for _, link in printed.files] or [""] * len(places)
    return {number: link or place for number, (link, place) in enumerate(zip(links, places, strict=False), 1)}


def _css(text: str) -> str:
    """The inside of a CSS string: all but letters and digits as an escape."""
    return "".join(c if c.isalnum() else f"\\{ord(c):x} " for c in text)
