"""Judged meetings in, Checkstyle's XML out, which Jenkins and reviewdog read; a clean file is an empty element."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minutes_cli.diagnostics import Diagnostic
from minutes_cli.judged import Judged
from minutes_cli.report import _place
from minutes_cli.report._prose import plain
from minutes_cli.report._xml import tag
from minutes_cli.source import Source


def write(judged: Iterable[Judged], language: str) -> Iterator[str]:
    """One chunk a file."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n'
    for one in judged:
        errors = (_error(one.source, found, language) for found in one.diagnostics)
        yield f"{tag('file', {'name': _place.path(one.source)})}>\n{''.join(errors)}</file>\n"
    yield "</checkstyle>\n"


def _error(source: Source, found: Diagnostic, language: str) -> str:
    where = _place.place(source, found.span)
    attributes = {
        "line": where.line,
        "column": where.column,
        "severity": found.severity,
        "message": plain(found, language),
        "source": f"minutes.{found.code}",
    }
    return f"  {tag('error', attributes)}/>\n"
