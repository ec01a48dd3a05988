"""Source in, Minutes out.  Parsing never fails: what it cannot read becomes a diagnostic."""

from __future__ import annotations

from collections.abc import Callable

from minutes_cli import profile as profiles
from minutes_cli.body import decisions, drafts
from minutes_cli.document import Meta, Minutes
from minutes_cli.front import fields, frontmatter
from minutes_cli.settings import NONE, Settings
from minutes_cli.source import Source

Drafts = Callable[[Source, int, bool], list[drafts.Draft]]


def parse(source: Source, settings: Settings = NONE, drafts: Drafts = drafts.drafts) -> Minutes:
    """The model of one meeting file.  `settings.profile` overrides the file's own `kind`; `settings.templates` is an
    office's folder of changed templates; `drafts` reads the body (see `piecewise`).  BadTemplate if one of them cannot be
    used."""
    profile, templates = settings.profile, settings.templates
    if any(problem.code in ("encoding", "too-large") for problem in source.problems):
        return Minutes(source, Meta(), profiles.load(profile or profiles.DEFAULT, templates), whole=False)
    front = frontmatter.read(source)
    if front.root is None:
        layout = profiles.load(profile or profiles.DEFAULT, templates)
        return Minutes(source, Meta(), layout, problems=front.problems, whole=False)
    meta, problems = fields.read(front, settings)
    layout = profiles.load(profile or _kind(meta), templates)
    drawn = drafts(source, front.body, meta.data.get("excerpt") is True)
    sections, footnotes = decisions.freeze(drawn, decisions.prefix(meta.data))
    return Minutes(source, meta, layout, sections, footnotes, front.problems + problems)


def _kind(meta: Meta) -> str:
    """The layout that the file asks for; an unknown one is the schema's to report, and the default stands in."""
    kind = meta.data.get("kind")
    return kind if isinstance(kind, str) and kind in profiles.names() else profiles.DEFAULT
