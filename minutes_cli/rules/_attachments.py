"""A meeting in, the places where it cites 附件N out: in the body and in the texts of the front matter.

Read are 附件1, 附件１, 附件一, 附件 1, ranges (附件1至3), rows (附件1、2) and parts (附件1-2, the second part of 附件1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from minutes_cli.document import Meta, Minutes
from minutes_cli.numerals import value
from minutes_cli.rules._scan import holding, once
from minutes_cli.source import Span

_N = "[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3}"
# 附件一覽表 and 附件3份 cite nothing; neither does 附件104年度預算.
_BEHIND = r"(?![0-9０-９年月日份件頁張個種項式覽併並般起同致些])"
_CITE = (
    rf"附[ 　]*件[ 　]*(?P<first>{_N}){_BEHIND}"
    rf"(?:[ 　]*(?P<to>至|到|～|~|–|—|[-－之])[ 　]*(?:附[ 　]*件[ 　]*)?(?P<last>{_N}){_BEHIND})?"
    rf"(?P<more>(?:[、,，及和與][ 　]*(?:{_N})(?=[）)\]】」』、,，及和與。；;：:\s]|$))*)"
)
# The address of a link and a comment print nothing.
_SEEN = re.compile(rf"\]\([^()\n]*\)|<!--(?:[^-]|-(?!->))*-->|{_CITE}")


class Citation(Struct, frozen=True):
    """`numbers` are those that must be listed; `also` those that may be meant too (the 2 of 附件1-2)."""

    numbers: tuple[int, ...]
    also: tuple[int, ...]
    text: str
    span: Span


@once
def citations(minutes: Minutes) -> tuple[Citation, ...]:
    """Every citation, front matter first."""
    return (*_in_front(minutes), *_in_body(minutes))


def listed(minutes: Minutes) -> int | None:
    """How many attachments are listed; None where the list cannot be read."""
    attachments = minutes.meta.data.get("attachments", [])
    if "attachments" in minutes.meta.broken or not isinstance(attachments, list):
        return None
    return len(attachments)


def _in_front(minutes: Minutes) -> Iterator[Citation]:
    text, meta = minutes.source.text, minutes.meta
    if not _may_cite(text, meta):
        return
    for path, place in meta.places.items():
        start, end = place.value.start, place.value.end
        if path[0] == "attachments" or text.find("附", start, end) < 0:
            continue
        if isinstance(_value(minutes, path), str):
            yield from (_citation(f, Span(*f.span())) for f in _SEEN.finditer(text, start, end) if f["first"])


def _may_cite(text: str, meta: Meta) -> bool:
    """Whether anything but the list of attachments may, which is rare and takes time to look for."""
    place = meta.places.get(("attachments",))
    start, end = (place.key.start, place.value.end) if place and place.key else (meta.span.start, meta.span.start)
    return text.find("附", meta.span.start, start) >= 0 or text.find("附", end, meta.span.end) >= 0


def _value(minutes: Minutes, path: tuple[str | int, ...]) -> object:
    value: object = minutes.meta.data
    for key in path:
        if isinstance(value, dict) and isinstance(key, str):
            value = value.get(key)
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            value = value[key]
        else:
            return None
    return value


def _in_body(minutes: Minutes) -> Iterator[Citation]:
    for prose in holding(minutes, "附"):
        yield from (_citation(f, prose.span(*f.span())) for f in _SEEN.finditer(prose.text) if f["first"])


def _citation(found: re.Match[str], span: Span) -> Citation:
    first, last = value(found["first"]) or 0, value(found["last"] or "") or 0
    numbers, also = [first], []
    if last and found["to"] in "-－之":
        also = [last]
    elif last:
        numbers += range(first + 1, min(last, first + 99) + 1)
    numbers += [value(more[0]) or 0 for more in re.finditer(_N, found["more"])]
    return Citation(tuple(numbers), tuple(also), found[0], span)
