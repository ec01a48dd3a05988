"""Judged meetings in, JUnit's XML out: a test suite a file, a test case a finding.

Errors and warnings fail, notices pass and are told.  A clean file is one case that passes: without it the report would
be empty, which reads as if nothing had been tested.  GitLab shows the class name as the suite, and only the first of
two cases of one name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from minutes_cli.diagnostics import INFO, Diagnostic, Say
from minutes_cli.judged import Judged
from minutes_cli.report import _place
from minutes_cli.report._prose import NAMES, plain
from minutes_cli.report._xml import tag, text
from minutes_cli.source import Source


def write(judged: Iterable[Judged], language: str) -> Iterator[str]:
    """One chunk a file."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="minutes">\n'
    for one in judged:
        yield _suite(one, language)
    yield "</testsuites>\n"


def _suite(one: Judged, language: str) -> str:
    path = _place.path(one.source)
    names = _names(one)
    cases = [
        _case(path, name, _outcome(path, one.source, found, language))
        for name, found in zip(names, one.diagnostics, strict=True)
    ]
    attributes = {
        "name": path,
        "tests": max(1, len(cases)),
        "failures": sum(found.severity != INFO for found in one.diagnostics),
        "errors": 0,
        "skipped": 0,
        "file": path,
    }
    return f"  {tag('testsuite', attributes)}>\n{''.join(cases or [_case(path, 'check', '')])}  </testsuite>\n"


def _names(one: Judged) -> list[str]:
    """`code line:column`, counted on where two stand at one place."""
    names, seen = [], Counter[str]()
    for found in one.diagnostics:
        where = _place.place(one.source, found.span)
        name = f"{found.code} {where.line}:{where.column}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def _case(path: str, name: str, outcome: str) -> str:
    start = f"    {tag('testcase', {'classname': path, 'name': name, 'time': 0})}"
    return f"{start}>{outcome}</testcase>\n" if outcome else f"{start}/>\n"


def _outcome(path: str, source: Source, found: Diagnostic, language: str) -> str:
    where = _place.place(source, found.span)
    colon = Say("：", ": ").in_(language)
    kind = NAMES[found.severity].in_(language)
    told = text(f"{path}:{where.line}:{where.column}: {kind}{colon}{plain(found, language)}")
    if found.severity == INFO:
        return f"<system-out>{told}</system-out>"
    return f"{tag('failure', {'type': found.severity, 'message': found.message.in_(language)})}>{told}</failure>"
