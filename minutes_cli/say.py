"""One sentence in both languages of the tool: alone in its module, so that `minutes --help` loads no more."""

from __future__ import annotations

from typing import NamedTuple


class Say(NamedTuple):
    """One sentence in both languages of the tool."""

    zh: str
    en: str

    def in_(self, language: str) -> str:
        """The sentence in `language` ("zh" or "en")."""
        return self.en if language == "en" else self.zh


NOTHING = Say("", "")
