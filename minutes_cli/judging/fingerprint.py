"""Findings in, a name for each out that stays the same while the file changes elsewhere.

It is made of the file's path, the code and the words of the line, and of how many times the same came before: no line
number, so that lines put in above do not turn an old finding into a new one; no message, so that neither the language
nor a better wording does.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from minutes_cli.diagnostics import Diagnostic
from minutes_cli.source import Source

_LENGTH = 32


def fingerprints(path: str, source: Source, diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """One for each finding of a file, in their order.  `path` is what the file is called wherever they are compared."""
    seen: Counter[str] = Counter()
    for found in diagnostics:
        parts = (path, found.code, _words(source, found.span.start))
        digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
        seen[digest] += 1
        yield f"{digest}:{seen[digest]}"


def _words(source: Source, offset: int) -> str:
    """The line of an offset, however it is indented, spaced and composed."""
    line = source.line_span(source.line_column(offset)[0])
    return " ".join(unicodedata.normalize("NFC", source.text[line.start : line.end]).split())
