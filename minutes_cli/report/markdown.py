"""Judged meetings in, one Markdown table out, for the summary of a job or a comment on a merge request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.judged import Judged
from minutes_cli.report import _place
from minutes_cli.report._count import Tally
from minutes_cli.report._prose import NAMES, plain, summary
from minutes_cli.report._snippet import printable
from minutes_cli.source import Source

# GitHub takes a summary of 1 MiB and refuses the whole of a longer one.
LIMIT = 1_000_000

_HEAD = Say("位置|程度|說明|代碼", "Place|Severity|Message|Code")
_MARKS = re.compile(r"([\\`*_\[\]<>|~$&@:#]|(?<=www)\.)")


def write(judged: Iterable[Judged], language: str) -> Iterator[str]:
    """One chunk a row, then the count; rows past the limit are only counted."""
    tally, size, left = Tally(), 0, 0
    head = f"| {' | '.join(_HEAD.in_(language).split('|'))} |\n|{' --- |' * 4}\n"
    for one in tally.of(judged):
        path = _place.path(one.source)
        for found in one.diagnostics:
            row = head + _row(path, one.source, found, language)
            size += len(row.encode("utf-8", "backslashreplace"))
            if size > LIMIT:
                left += 1
                continue
            yield row
            head = ""
    if left:
        more = Say(f"\n還有 {left} 處，表格放不下。\n", f"\n{left} more than the table has room for.\n")
        yield more.in_(language)
    yield ("\n" if sum(tally.severities.values()) else "") + summary(tally, language) + "\n"


def _row(path: str, source: Source, found: Diagnostic, language: str) -> str:
    where = _place.place(source, found.span)
    cells = (
        f"{path}:{where.line}:{where.column}",
        NAMES[found.severity].in_(language),
        plain(found, language),
        found.code,
    )
    return f"| {' | '.join(map(_cell, cells))} |\n"


def _cell(text: str) -> str:
    """`text` so that it shows as it is, whatever Markdown would make of it."""
    lines = (_MARKS.sub(r"\\\1", printable(line)).strip() for line in text.split("\n"))
    return "<br>".join(lines)
