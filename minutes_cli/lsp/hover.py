"""An offset in; what an editor shows of the word there out: a field's meaning, an attachment's title, a decision with its
tracking data, a date with its weekday."""

from __future__ import annotations

import re
from typing import NamedTuple

from minutes_cli import language
from minutes_cli.body import decisions
from minutes_cli.front import calendar, vocabulary
from minutes_cli.lsp import cursor, links, places
from minutes_cli.lsp.library import Card, Decided, Library
from minutes_cli.lsp.opened import Opened
from minutes_cli.printing import words
from minutes_cli.source import Span

_N = "[0-9０-９一二三四五六七八九十百○〇零]"
_DATE = re.compile(
    rf"(?:(?:中華民國|民國|西元)[ ]?)?(?:{_N}{{2,5}}[ ]?年[ ]?{_N}{{1,3}}[ ]?月[ ]?{_N}{{1,3}}[ ]?[日號]"
    r"|[0-9]{2,4}([-/.])[0-9]{1,2}\1[0-9]{1,2}(?![0-9]))(?:[（(](?:星期|週)?[一二三四五六日天][）)])?"
)


class Shown(NamedTuple):
    """Plain text about the place at `span`."""

    text: str
    span: Span


def hover(opened: Opened, offset: int, library: Library) -> Shown | None:
    """What there is to show; what is nearest to the cursor first."""
    source = opened.source
    line = source.line_span(source.line_column(offset)[0])
    for found in _DATE.finditer(source.text, *line):
        span = Span(*found.span())
        if places.touches(span, offset) and (date := calendar.read_date(found[0])):
            return Shown(calendar.date_words(date.date, "{year:04}-{month:02}-{day:02}（{weekday}）"), span)
    shown = _attachment(opened, offset) or _decision(opened, offset, library) or _field(opened, offset)
    if shown is None:
        return None
    start, end = shown.span  # an editor wants a span that holds the cursor
    return Shown(shown.text, Span(min(start, offset), max(end, offset)))


def _attachment(opened: Opened, offset: int) -> Shown | None:
    files = words.attachments(opened.minutes)
    for one in places.cited(opened.minutes):
        if one.whole.start <= offset <= one.span.end:
            known = 1 <= one.number <= len(files)
            missing = "附件清單裡沒有這一項" if language.current() == "zh" else "not in the list of attachments"
            return Shown(f"附件{one.number}：{files[one.number - 1].title if known else missing}", one.whole)
    return None


def _decision(opened: Opened, offset: int, library: Library) -> Shown | None:
    minutes = opened.minutes
    for reference in places.references(minutes):
        if places.touches(reference.span, offset):
            found = next(links.resolved(minutes, reference, library), None)
            return Shown(_said(*found), reference.span) if found else None
    for card, decided in links.decided_at(minutes, offset, library):
        return Shown(_said(card, decided), decided.span)
    return None


def _said(card: Card, decided: Decided) -> str:
    """A decision in a few lines."""
    names = {key: known[0] for key, known in decisions.KEYS.items()}
    rows = [f"{decided.called}（{decided.id}）", decided.text]
    for key, said in (("owner", "、".join(decided.owners)), ("due", decided.due), ("tracked", decided.tracked)):
        if said:
            rows.append(f"{names[key]}：{said}")
    return "\n".join((*rows, card.source.name))


def _field(opened: Opened, offset: int) -> Shown | None:
    at = cursor.in_front(opened.source, offset)
    if at is None:
        return None
    line = opened.source.line_column(offset)[0]
    start, end = opened.source.line_span(line)
    entry = cursor.entry_of(opened.source.text[start:end])
    if not entry.key:
        return None
    root = vocabulary.root(opened.settings.schema)
    above = cursor.field(root, at.path[:-1] if at.path[-1:] == (entry.key,) else at.path)
    canonical = above.name(entry.key)
    known = above.fields.get(canonical or "")
    if known is None:
        return None
    names = "、".join(name for name, key in above.names.items() if key == canonical)
    text = f"{known.label}（{names}）\n{known.description.in_(language.current())}"
    return Shown(text, Span(start + entry.text, start + entry.text + len(entry.key)))
