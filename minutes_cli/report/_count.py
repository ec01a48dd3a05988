"""The findings of many meetings, counted while they go by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from minutes_cli.judged import Judged


class Tally(Struct):
    """How many files went by, and how many findings of each severity."""

    files: int = 0
    severities: Counter[str] = field(default_factory=Counter)

    def of(self, judged: Iterable[Judged]) -> Iterator[Judged]:
        """The same meetings, counted."""
        for one in judged:
            self.files += 1
            self.severities.update(found.severity for found in one.diagnostics)
            yield one
