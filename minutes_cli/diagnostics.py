"""What is wrong in a meeting file: a fault of the minutes, never of the tool (those are in `errors`)."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

from minutes_cli.say import NOTHING as NOTHING
from minutes_cli.say import Say as Say
from minutes_cli.source import Span

ERROR = "error"
WARNING = "warning"
INFO = "info"

SEVERITIES = (ERROR, WARNING, INFO)


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
