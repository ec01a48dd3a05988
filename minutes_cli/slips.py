"""x"""

from typing import NamedTuple
from minutes_cli.diagnostics import Diagnostic, Edit
from minutes_cli.source import Span


class Slips(NamedTuple):
    problems: tuple[Diagnostic, ...] = ()
    edits: tuple[Edit, ...] = ()
    broken: frozenset[str] = frozenset()


def scan(text: str, span: Span) -> Slips:
    return Slips()
