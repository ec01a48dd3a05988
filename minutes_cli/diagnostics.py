"""What is wrong in a meeting file: a fault of the minutes, never of the tool (those are in `errors`)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from msgspec import Struct

from minutes_cli.say import NOTHING as NOTHING
from minutes_cli.say import Say as Say
from minutes_cli.source import Span

ERROR = "error"
WARNING = "warning"
INFO = "info"

SEVERITIES = (ERROR, WARNING, INFO)
LIMIT = 1_000  # findings of one rule in one file; nobody reads more, and each is work


class Edit(NamedTuple):
    """Replace the text of `span` by `text`."""

    span: Span
    text: str


class Diagnostic(Struct, frozen=True, order=True, array_like=True):
    """`code` names the rule or slip (kebab case, the name of its manual page); `fix` holds the edits that mend it.
    `unsafe` says that the fix is only what was most likely meant, and that a person should look at it first."""

    span: Span
    code: str
    message: Say
    severity: str = ERROR
    hint: Say = NOTHING
    fix: tuple[Edit, ...] = ()
    unsafe: bool = False


def limited(found: Iterator[Diagnostic]) -> list[Diagnostic]:
    """As many as are told of one rule, and then that there are more."""
    told = list(islice(found, LIMIT + 1))
    if len(told) <= LIMIT:
        return told
    following = told.pop()
    start, code = following.span.start, following.code
    message = Say(
        f"「{code}」的問題太多，從這裡起不再一一列出", f"too many findings of {code}: from here on they are not listed"
    )
    return [*told, Diagnostic(Span(start, start), "faults-cut", message, INFO)]
