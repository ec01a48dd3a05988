"""Judged meetings in, the log of a GitHub Actions step out: all that `text` tells, then annotations.

GitHub shows ten errors, ten warnings and ten notices of a step and drops the rest without a word.  So the log holds
everything, the count says what was left out, and the door adds the `markdown` report to the summary of the job.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator

from minutes_cli.diagnostics import ERROR, INFO, WARNING, Diagnostic, Say
from minutes_cli.judged import Judged
from minutes_cli.report import _place
from minutes_cli.report._count import Tally
from minutes_cli.report._prose import finding, plain, summary
from minutes_cli.source import Source

LIMIT = 10

_COMMANDS = {ERROR: "error", WARNING: "warning", INFO: "notice"}
_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = {**_MESSAGE, **str.maketrans({":": "%3A", ",": "%2C"})}


def write(judged: Iterable[Judged], language: str) -> Iterator[str]:
    """One chunk a finding, then the count, then the annotations, errors first."""
    tally = Tally()
    annotations: dict[str, list[str]] = {severity: [] for severity in _COMMANDS}
    # Runners also obey commands that stand within a line: until the token, nothing that a file says is one.
    token = secrets.token_hex(16)
    yield f"::stop-commands::{token}\n"
    for one in tally.of(judged):
        for found in one.diagnostics:
            yield finding(one.source, found, language)
            if len(annotations[found.severity]) < LIMIT:
                annotations[found.severity].append(annotation(one.source, found, language))
    yield summary(tally, language)
    yield _left_out(tally, language)
    yield f"::{token}::\n"
    for commands in annotations.values():
        yield from commands


def annotation(source: Source, found: Diagnostic, language: str) -> str:
    """The workflow command of one finding."""
    where = _place.place(source, found.span)
    properties: dict[str, object] = {"file": _place.path(source), "line": where.line, "endLine": where.end_line}
    if where.line == where.end_line:  # GitHub refuses columns of two lines
        properties |= {"col": where.column, "endColumn": where.end_column}
    properties["title"] = found.code
    written = ",".join(f"{key}={str(value).translate(_PROPERTY)}" for key, value in properties.items())
    return f"::{_COMMANDS[found.severity]} {written}::{plain(found, language).translate(_MESSAGE)}\n"


def _left_out(tally: Tally, language: str) -> str:
    found = sum(tally.severities.values())
    shown = sum(min(LIMIT, count) for count in tally.severities.values())
    if shown == found:
        return ""
    return Say(
        f"GitHub 每個步驟只標出錯誤、警告、提醒各 {LIMIT} 處，共標出 {shown} 處；全部 {found} 處都列在上面。\n",
        f"GitHub marks {LIMIT} errors, warnings and notices of a step: {shown} are marked, all {found} stand above.\n",
    ).in_(language)
