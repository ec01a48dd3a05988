"""A file that is open in the editor: its text, and, each worked out once, its model and what is to be told of it.

The text is read as `decode` reads a file's, so that an editor is told exactly what `minutes check` tells.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from minutes_cli import check, codes, settings
from minutes_cli.body.piecewise import Known
from minutes_cli.check import Checked
from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.document import Minutes
from minutes_cli.errors import MinutesError
from minutes_cli.front import decode
from minutes_cli.judged import Judged
from minutes_cli.judging import choose, suppress
from minutes_cli.lsp import cursor
from minutes_cli.settings import NONE, Settings
from minutes_cli.source import Source, Span

_BOM = "\ufeff"
_HALF = re.compile("[\ud800-\udfff]")
FAILED = "settings"


class Opened(Struct, frozen=True, dict=True):
    """`text` is what the editor shows.  Each is one version of the file; a change makes another, which takes over what
    is `known` of the body."""

    uri: str
    text: str
    version: int = 0
    path: Path | None = None
    known: Known = field(default_factory=Known)

    def changed(self, text: str, version: int) -> Opened:
        """The next version."""
        return Opened(self.uri, text, version, self.path, self.known)

    @cached_property
    def screen(self) -> Source:
        """The text by whose offsets the editor counts."""
        return Source(self.name, self.text, self.at)

    @property
    def at(self) -> str | None:
        return str(self.path) if self.path else None

    @property
    def name(self) -> str:
        return self.path.name if self.path else self.uri

    @cached_property
    def source(self) -> Source:
        """The text as it is read.  Its offsets are those of `screen`, but for a byte-order mark at the beginning."""
        plain = _HALF.sub("\ufffd", self.text)
        found = decode.decode(plain.encode(), self.name, self.at)
        return self.screen if found == self.screen else found  # whose lines are counted already

    @cached_property
    def shift(self) -> int:
        """How much further an offset lies in `screen` than in `source`."""
        return 1 if self.source.bom and self.text.startswith(_BOM) else 0

    @cached_property
    def settings(self) -> Settings:
        """What the office wants for the file; nothing where its minutes.toml cannot be used, which is told apart."""
        return self._settings[0]

    @cached_property
    def _settings(self) -> tuple[Settings, Say | None]:
        try:
            return settings.of(self.path), None
        except MinutesError as failure:
            return NONE, failure.say

    @cached_property
    def _checked(self) -> tuple[Checked, Say | None]:
        """The model and all that is wrong with it.  A layout or schema that cannot be used is told, and the shipped ones
        stand in."""
        try:
            return check.check(self.source, self.settings, self.known.drafts), self._settings[1]
        except MinutesError as error:
            return check.check(self.source), error.say

    @property
    def minutes(self) -> Minutes:
        """The model."""
        return self._checked[0].minutes

    @cached_property
    def judged(self) -> Judged:
        """The file as it is told of: without what its office and its own comments want to be left out."""
        checked, failure = self._checked
        found = self.told(Judged(self.source, checked.diagnostics, None, suppress.read(checked.minutes)))
        if failure is None:
            return found
        top = Diagnostic(Span(0, min(3, len(self.source.text))), FAILED, failure)
        return replace(found, diagnostics=(top, *found.diagnostics))

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is to be told.  Nothing of a Markdown file that is no meeting: editors hand over every one, and `minutes
        check` of a folder passes those over too."""
        return self.judged.diagnostics if self.is_meeting else ()

    @cached_property
    def is_meeting(self) -> bool:
        """Whether the file has front matter, or what was meant as such, or a section that only minutes have."""
        source = self.source
        if all(found.code != "no-front-matter" for found in self.judged.diagnostics):
            return True
        lines = (source.text[slice(*source.line_span(line))] for line in range(1, len(source.starts) + 1))
        return any(cursor.section_of(line) for line in lines)

    def told(self, judged: Judged) -> Judged:
        """A judged text of this file with what is to be told of it."""
        return choose.choose(judged, self.settings, codes.across())
