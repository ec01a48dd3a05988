"""Prose and front-matter text in, inline nodes out: footnotes get their numbers, 附件N its link.

A relative link is written from the meeting's folder; where the page will lie elsewhere, `base` leads from there back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from msgspec import Struct

from minutes_cli.body.inlines import inlines
from minutes_cli.body.links import allowed
from minutes_cli.document import Minutes, Prose, prose_of
from minutes_cli.inline import Emphasis, Inline, Inlines, Link, Strike, Strong, Text
from minutes_cli.numerals import value
from minutes_cli.profile import Profile


class File(NamedTuple):
    title: str
    href: str


# 附件一併檢送 and 附件3份 cite nothing; neither does 附件104年度預算.
CITED = re.compile(
    "附件[ 　]*([0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})"
    "(?![0-9０-９一二三四五六七八九十年月日份件頁張個種項式覽併並般起同致些])"
)
_FIXED = re.compile(r"#|[A-Za-z][A-Za-z0-9+.-]*:")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]+)\]")


class Words(Struct, frozen=True):
    """`notes` are the numbers of footnotes by label; `base` is "" or ends with a slash."""

    notes: dict[str, int]
    files: tuple[File, ...]
    profile: Profile
    base: str = ""

    def read(self, prose: Prose) -> Inlines:
        """The inline nodes of a paragraph."""
        return self.link(inlines(prose.text, self.notes)) if prose.text else ()

    def text(self, text: str) -> Inlines:
        """The inline nodes of a text of the front matter, which is no Markdown."""
        return self.link((Text(text),)) if text else ()

    def link(self, nodes: Inlines) -> Inlines:
        """`nodes` with each 附件N that can be followed made a link, and relative links led back to their files."""
        first = nodes[0] if len(nodes) == 1 else None
        if type(first) is Text and first.text and "附件" not in first.text:  # as most are
            return nodes
        if not self.base and not any(file.href for file in self.files) and self.profile.attachments == "none":
            return nodes
        return tuple(out for node in nodes for out in self._linked(node))

    def _linked(self, node: Inline) -> Iterator[Inline]:
        match node:
            case Text(text) if "附件" in text:
                yield from self._cited(text)
            case Text(""):
                pass
            case Strong(children):
                yield Strong(self.link(children))
            case Emphasis(children):
                yield Emphasis(self.link(children))
            case Strike(children):
                yield Strike(self.link(children))
            case Link(href, children, title):
                yield Link(rebased(href, self.base), children, title)
            case _:
                yield node

    def _cited(self, text: str) -> Iterator[Inline]:
        done = 0
        for found in CITED.finditer(text):
            number = value(found[1]) or 0
            href = self.target(number)
            if href:
                if found.start() > done:
                    yield Text(text[done : found.start()])
                yield Link(href, (Text(found[0]),), self.files[number - 1].title)
                done = found.end()
        if done < len(text):
            yield Text(text[done:])

    def target(self, number: int) -> str:
        """Where 附件N leads: its file or address, else its place in the printed list, else nowhere."""
        if not 1 <= number <= len(self.files):
            return ""
        listed = f"#attachment-{number}" if self.profile.attachments == "list" else ""
        return self.files[number - 1].href or listed


def rebased(href: str, base: str) -> str:
    """A relative link as it leads from elsewhere; any other stays.

    >>> rebased("files/a.pdf", "../in/"), rebased("#section-1", "../in/"), rebased("https://a.tw", "../in/")
    ('../in/files/a.pdf', '#section-1', 'https://a.tw')
    """
    return base + href if base and href and not _FIXED.match(href) else href


def note_numbers(minutes: Minutes) -> dict[str, int]:
    """Footnotes are numbered in the order of their first use; unused ones come after."""
    defined = {note.label for note in minutes.footnotes}
    if not defined:
        return {}
    used = [label for prose in prose_of(minutes) for label in _NOTE_MARK.findall(prose.text) if label in defined]
    order = dict.fromkeys([*used, *(note.label for note in minutes.footnotes)])
    return {label: number for number, label in enumerate(order, 1)}


def attachments(minutes: Minutes, base: str = "") -> tuple[File, ...]:
    """The attachments in their order, each with its link or ""."""
    listed = minutes.meta.data.get("attachments")
    files = []
    for entry in listed if isinstance(listed, list) else ():
        given = entry if isinstance(entry, dict) else {"title": entry}
        target = str(given.get("url") or "")
        if not target and given.get("file"):
            target = quote(str(given["file"]).replace("\\", "/"))
        title = str(given.get("title") or given.get("file") or "")
        files.append(File(title, rebased(target, base) if allowed(target) else ""))
    return tuple(files)
