"""A cursor in the front matter in, the keys and values that may stand there out, in the language of the file's keys."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from minutes_cli import language
from minutes_cli import profile as profiles
from minutes_cli.front import vocabulary
from minutes_cli.front.vocabulary import Field
from minutes_cli.lsp import cursor
from minutes_cli.lsp.cursor import InFront
from minutes_cli.lsp.offers import KEY, VALUE, Offer, fitting
from minutes_cli.lsp.opened import Opened
from minutes_cli.source import Source, Span


def offers(opened: Opened, at: InFront) -> list[Offer]:
    """What may be typed at a place of the front matter."""
    root = vocabulary.root(opened.settings.schema)
    above = cursor.field(root, at.path)
    typed = opened.source.text[at.typed.start : at.typed.end]
    chinese = is_chinese(opened.source, root, typed)
    if at.key:
        here = above.below(above.name(at.key) or at.key)
        return fitting(_values(above.name(at.key) or at.key, here, at.typed, chinese), typed)
    taken = _taken(opened.source, at, above)
    return fitting((offer for offer in _keys(above, at, chinese, typed) if offer.match not in taken), typed)


def is_chinese(source: Source, root: Field, typed: str) -> bool:
    """Whether the file's keys are Chinese: most of those that are known; else what is being typed, else as the tool
    speaks."""
    span = cursor.front(source) or Span(0, 0)
    written = [key for key, _ in cursor.keys(source, span) if root.name(key)]
    ours = sum(not key.isascii() for key in written)
    if written:
        return ours * 2 > len(written)
    return not typed.isascii() if typed else language.current() == "zh"


def _taken(source: Source, at: InFront, above: Field) -> set[str]:
    """The canonical keys that stand beside the cursor already, but for the one it is in."""
    span = cursor.front(source) or Span(0, 0)
    if any(isinstance(step, int) for step in at.path):
        return set()  # other elements of the list may have what this one has not
    return {
        above.name(key) or key for key, place in cursor.keys(source, span, at.path) if place.start != at.typed.start
    }


def _keys(above: Field, at: InFront, chinese: bool, typed: str) -> Iterator[Offer]:
    colon = "" if at.rest.lstrip().startswith((":", "：")) else ": "
    for key, known in above.fields.items():
        names = [name for name, canonical in above.names.items() if canonical == key and name != key]
        name, other = (known.label or key, key) if chinese else (key, known.label)
        about = known.description.in_(language.current())
        if names and known.label != names[0]:
            about += f"\n\n{'、'.join(names)}"
        yield Offer(name, name + colon, at.typed, KEY, other, about, key)


def _values(key: str, here: Field, span: Span, chinese: bool) -> Iterator[Offer]:
    if here.values:
        yield from _words(here, span, chinese)
    elif here.read == "date":
        yield from _days(span, chinese)
    elif key == "kind":
        yield from (Offer(name, name, span, VALUE) for name in profiles.names())


def _words(here: Field, span: Span, chinese: bool) -> Iterator[Offer]:
    """One word for each value: the first that is Chinese, or the value itself."""
    words: dict[str, list[str]] = {}
    for word, value in here.values.items():
        words.setdefault(str(value).lower() if isinstance(value, bool) else str(value), []).append(word)
    for canonical, known in words.items():
        ours = next((word for word in known if not word.isascii()), canonical)
        text = ours if chinese else canonical
        yield Offer(text, text, span, VALUE, canonical if chinese else ours)


def _days(span: Span, chinese: bool) -> Iterator[Offer]:
    """Today and the days after it, as most files are begun in the week of the meeting."""
    today = datetime.date.today()
    for ahead in range(8):
        day = today + datetime.timedelta(days=ahead)
        weekday = "一二三四五六日"[day.weekday()]
        ours = f"{day.year - 1911}年{day.month}月{day.day}日（星期{weekday}）"
        text, other = (ours, day.isoformat()) if chinese else (day.isoformat(), ours)
        yield Offer(text, text, span, VALUE, other)
