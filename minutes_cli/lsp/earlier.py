"""A meeting and the library in, the decisions of the series' earlier meetings out, the latest meeting first."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.document import Minutes
from minutes_cli.lsp.library import Decided, Library


def decisions(minutes: Minutes, library: Library) -> Iterator[Decided]:
    """What the tracking section may refer to, by number."""
    data, path = minutes.meta.data, minutes.source.path
    series, date = data.get("series"), str(data.get("date") or "")
    if not isinstance(series, str):
        return
    for card in reversed(library.series(path, series)):
        if card.path != path and (not date or not card.date or card.date <= date):
            yield from (one for one in card.decided if one.number.isdigit())
