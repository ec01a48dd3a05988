"""Judged meetings in, JSON out, valid against `schemas/report.schema.json`: one finding a line.

Lines and columns are 1-based and count code points; offsets are 0-based into the text without its byte-order mark.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from minutes_cli.diagnostics import SEVERITIES, Diagnostic
from minutes_cli.judged import Judged
from minutes_cli.report._count import Tally
from minutes_cli.report._place import place
from minutes_cli.source import Source, Span

VERSION = 1


def write(judged: Iterable[Judged], language: str) -> Iterator[str]:
    """The whole is one JSON object, written piece by piece, so that no more than one meeting is held."""
    tally = Tally()
    yield f'{{"version": {VERSION}, "findings": ['
    separator = "\n"
    for one in tally.of(judged):
        for found in one.diagnostics:
            yield separator + json.dumps(finding(one.source, found, language), ensure_ascii=False)
            separator = ",\n"
    counts = {f"{severity}s": tally.severities[severity] for severity in SEVERITIES}
    yield f'\n], "summary": {json.dumps({"files": tally.files, **counts})}}}\n'


def finding(source: Source, found: Diagnostic, language: str) -> dict[str, Any]:
    """One finding as plain data."""
    return {
        "path": source.name,
        **_place(source, found.span),
        "severity": found.severity,
        "code": found.code,
        "message": found.message.in_(language),
        "hint": found.hint.in_(language),
        "fix": [{**_place(source, edit.span), "text": edit.text} for edit in found.fix],
        "unsafe": found.unsafe,
    }


def _place(source: Source, span: Span) -> dict[str, int]:
    return {**place(source, span)._asdict(), "offset": span.start, "end_offset": max(span.start, span.end)}
