"""Judged meetings in, one line a finding out, as editors and problem matchers read them:

    m.md:3:6: error end-before-start 散會時間 09:00 早於開始時間 14:00

Only the message is in the reader's language; columns count code points from 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minutes_cli.judged import Judged
from minutes_cli.report._snippet import printable


def write(judged: Iterable[Judged], language: str) -> Iterator[str]:
    """One chunk a finding; nothing at all where there is none."""
    for one in judged:
        for found in one.diagnostics:
            line, column = one.source.line_column(found.span.start)
            message = printable(found.message.in_(language))
            yield f"{one.source.name}:{line}:{column}: {found.severity} {found.code} {message}\n"
