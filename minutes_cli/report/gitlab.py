"""Judged meetings in, GitLab's Code Quality report out: one JSON array, one finding a line.

GitLab shows neither the name of a check nor a hint, so the description holds the code; findings with one fingerprint
are one to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from minutes_cli.diagnostics import ERROR, INFO, WARNING, Diagnostic
from minutes_cli.judged import Judged
from minutes_cli.judging.fingerprint import fingerprints
from minutes_cli.report import _place
from minutes_cli.source import Source

_SEVERITIES = {ERROR: "major", WARNING: "minor", INFO: "info"}


def write(judged: Iterable[Judged], language: str) -> Iterator[str]:
    """One chunk a finding."""
    yield "["
    separator = "\n"
    for one in judged:
        path = _place.path(one.source)
        for found, print_ in zip(one.diagnostics, fingerprints(path, one.source, one.diagnostics), strict=True):
            entry = {**_finding(path, one.source, found, language), "fingerprint": print_}
            yield separator + json.dumps(entry, ensure_ascii=False)
            separator = ",\n"
    yield "\n]\n"


def _finding(path: str, source: Source, found: Diagnostic, language: str) -> dict[str, object]:
    where = _place.place(source, found.span)
    lines = {"begin": where.line, "end": where.end_line}
    return {
        "type": "issue",
        "check_name": found.code,
        "description": f"{found.code}: {found.message.in_(language)}",
        "categories": ["Style"],
        "severity": _SEVERITIES[found.severity],
        "location": {"path": path, "lines": lines},
    }
