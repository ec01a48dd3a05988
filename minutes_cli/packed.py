"""A judged meeting in, JSON out, and back: what the cache keeps, and what one process hands to another.

JSON, because to read it can do no harm, in two lines: the second is who was there, which is read by few.  Reading is
strict: bytes that are not exactly what was written give ValueError.  The text of the file is not part of it.
"""

from __future__ import annotations

import json
from itertools import starmap
from typing import Any, NamedTuple

from minutes_cli.diagnostics import SEVERITIES, Diagnostic, Edit
from minutes_cli.judged import Attached, Follow, Judged, Summary, Suppression
from minutes_cli.say import Say
from minutes_cli.source import Source, Span

VERSION = 2  # of the shape below


class Packed(NamedTuple):
    """What was found in a file, without its text."""

    diagnostics: tuple[Diagnostic, ...] = ()
    summary: Summary | None = None
    suppressions: tuple[Suppression, ...] = ()

    def of(self, source: Source) -> Judged:
        """The same, of a file."""
        return Judged(source, *self)


def pack(judged: Judged) -> bytes:
    """The JSON of a judged meeting."""
    diagnostics = [_diagnostic(found) for found in judged.diagnostics]
    suppressions = [[one.span, one.codes, one.reason, one.covers] for one in judged.suppressions]
    data = [diagnostics, _summary(judged.summary), suppressions]
    first = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return first + b"\n" + (judged.summary.crowd if judged.summary else b"")


def unpack(data: bytes) -> Packed:
    """The contents of what `pack` wrote; ValueError for anything else."""
    first, end, crowd = data.partition(b"\n")
    if not end:
        raise ValueError("one line")
    try:
        diagnostics, summary, suppressions = json.loads(first.decode("utf-8", "surrogatepass"))
        return Packed(
            tuple(map(_to_diagnostic, diagnostics)),
            None if summary is None else _to_summary(crowd, *summary),
            tuple(starmap(_to_suppression, suppressions)),
        )
    except (TypeError, LookupError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def _diagnostic(found: Diagnostic) -> list[Any]:
    severity = SEVERITIES.index(found.severity)
    return [*found.span, found.code, *found.message, severity, *found.hint, found.fix, found.unsafe]


def _to_diagnostic(row: list[Any]) -> Diagnostic:
    start, end, code, zh, en, severity, hint_zh, hint_en, fix, unsafe = row
    edits = tuple(Edit(_span(span), text) for span, text in fix)
    return Diagnostic(Span(start, end), code, Say(zh, en), SEVERITIES[severity], Say(hint_zh, hint_en), edits, unsafe)


def _summary(one: Summary | None) -> list[Any] | None:
    if one is None:
        return None
    facts = [one.title, one.organization, one.series, one.term, one.session, one.date, one.excerpt]
    return [facts, one.places, one.marks.hex(), len(one.crowd), one.decisions, one.follows, one.attachments]


def _to_summary(crowd: bytes, facts: list[Any], places: list[Any], marks: str, size: int, *lists: list[Any]) -> Summary:
    if len(crowd) != size:
        raise ValueError("a line that is cut")
    title, organization, series, term, session, date, excerpt = facts
    decisions, follows, attachments = lists
    return Summary(
        *(title, organization, series, term, session, date, excerpt),
        tuple((key, _span(span)) for key, span in places),
        crowd,
        bytes.fromhex(marks),
        tuple(decisions),
        tuple(Follow(body, term, session, number, _span(span)) for body, term, session, number, span in follows),
        tuple(Attached(file, sha256, _span(span)) for file, sha256, span in attachments),
    )


def _to_suppression(span: Any, codes: Any, reason: bool, covers: Any) -> Suppression:
    named = tuple((code, _span(place)) for code, place in codes)
    return Suppression(_span(span), named, reason, None if covers is None else tuple(map(_span, covers)))


def _span(pair: Any) -> Span:
    start, end = pair
    return Span(start, end)
