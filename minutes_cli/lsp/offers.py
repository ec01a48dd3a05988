"""What completion offers: data alone, shared by those who find it and the door that sends it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from minutes_cli.source import Span

# What an editor's sign for an offer is to be.
KEY, VALUE, SECTION, LABEL, PERSON, FILE, DECISION = "key", "value", "section", "label", "person", "file", "decision"


class Offer(NamedTuple):
    """`text` goes in the place of `span`.  `label` is what the list shows, `detail` what stands behind it, `about` more
    of it; `match` is what the editor compares with what has been typed."""

    label: str
    text: str
    span: Span
    kind: str
    detail: str = ""
    about: str = ""
    match: str = ""


def fitting(offers: Iterable[Offer], typed: str) -> list[Offer]:
    """The offers in which what has been typed occurs; all of them where it occurs in none, since editors compare more
    loosely than we do."""
    every = list(offers)
    wanted = typed.strip().casefold()
    kept = [offer for offer in every if wanted in f"{offer.match} {offer.label}".casefold()]
    return kept or every
