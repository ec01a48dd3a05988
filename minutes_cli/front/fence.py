"""Text in, the place of its front matter out: between a first line `---` and the next line `---` (or `...`).

Recorders type the two lines in many ways (－－－ from an input method, ----, +++, indented, after blank lines) or
forget one of them.  Each is a fault, and the front matter is read all the same wherever it is clear what was meant.
"""

from __future__ import annotations

import re
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from minutes_cli import labels
from minutes_cli.diagnostics import Diagnostic
from minutes_cli.front import fence_faults as faults
from minutes_cli.source import Span

# Classes of a few ASCII characters and \\s, \\w compile in no time; those of many others take a millisecond each.
_EOL = r"(?=[\r\n]|\Z)"
_GAP = r"[^\S\r\n]*"
_OPEN = rf"---[ \t]*{_EOL}"
# What is looked for from the end of a line on is found in a third of the time where that is always `\n`.
_CLOSE = rf"((?:---|\.\.\.)[ \t]*{_EOL})"
_SIGNS_ONLY = rf"{_GAP}[^\w\s]{{2,}}(?:[ \t]*ya?ml)?{_GAP}{_EOL}"
_PAUSE = rf"(?:{_GAP}[\r\n]|##)"
_DASH = "－—–―─━﹣﹘ー"
# Any line that stands for a fence, however it is spelled; the first group that matched names the spelling.
_ODD = (
    rf"(?P<indent>{_GAP})(?:(?P<exact>---)|(?P<dashes>(?=-*[{_DASH}])[-{_DASH}]{{2,}})|(?P<length>-{{2,}})"
    rf"|(?P<plus>\+{{3,}})|(?P<code>(?:```+|~~~+)[ \t]*(?:ya?ml)?)){_GAP}{_EOL}"
)
_ODD_NEXT = rf"[\r\n](?=[^\w\r\n]){_ODD}"
_TEXT_BEHIND = re.compile(r"---[ \t]+(?=\S)")
_SPACE = re.compile(r"\s*")
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_KEY = re.compile(r"[^\W\d][\w-]{0,19}[ \u3000]?(?P<colon>:(?=[ \t\r\n]|\Z)|[：﹕])")
_BLOCK_SCALAR = r"(?:^|[ \t])[|>][+-]?[1-9]?[+-]?[ \t]*$"
_MOST_LINES = 3000  # no front matter has more; what a bomb has beyond them need not be looked at
LIMIT = 256_000  # characters of YAML


class Cut(Struct, frozen=True):
    """The YAML is `text[start:stop]`, the Markdown begins at `body`.  Where there is no front matter `found` is False
    and all offsets are 0."""

    start: int
    stop: int
    body: int
    problems: tuple[Diagnostic, ...] = ()
    found: bool = True


class _Opening(Struct, frozen=True):
    start: int
    problems: tuple[Diagnostic, ...] = ()


class _Line(Struct, frozen=True):
    start: int
    kind: str


def cut(text: str) -> Cut:
    """Where the front matter of a file lies."""
    opening = _opening(text)
    if opening is None:
        return Cut(0, 0, 0, (faults.missing(),), False)
    close = _close(text, opening.start)
    return replace(close, problems=opening.problems + close.problems) if close.found else close


def _opening(text: str) -> _Opening | None:
    if found := re.match(_OPEN, text):
        return _Opening(_next(text, found.end()))
    start = _skip_blank(text, 0)
    early = (faults.blank_lines(Span(0, start)),) if start else ()
    odd = re.compile(_ODD).match(text, start)
    if odd and _KEY.match(text, _skip_blank(text, _next(text, odd.end()))):
        return _Opening(_next(text, odd.end()), early + faults.odd(odd, opens=True))
    behind = _TEXT_BEHIND.match(text, start)
    if behind and _KEY.match(text, behind.end()):
        return _Opening(behind.end(), (*early, faults.text_behind(Span(*behind.span()))))
    if (
        _is_key(text, start)
        and (end := _first_fence(text, start))
        and not _body(_lines(text, start, end.start()), False)
    ):
        return _Opening(start, (*early, faults.unopened(_line_span(text, start))))
    return None


def _close(text: str, start: int) -> Cut:
    end = _first_fence(text, start)
    stop = end.start() + 1 if end else min(len(text), start + LIMIT)
    body: _Line | None = None
    if end is None or _behind_line(_PAUSE, text, max(start - 1, 0), stop):
        body = _body(_lines(text, start, stop), loose=end is None)
    if body is None:
        if end:
            return _cut_at(text, start, end)
        if stop < len(text):  # too large in any case
            return Cut(start, len(text), len(text))
    limit = body.start if body else stop
    if indented := _indented_fence(text, start, limit):
        return _cut_at(text, start, indented)
    return _unclosed(text, start, limit)


def _cut_at(text: str, start: int, end: re.Match[str]) -> Cut:
    problems = faults.odd(end, opens=False) if "indent" in end.re.groupindex else ()
    return Cut(start, max(start, end.start() + 1), _next(text, end.end()), problems)


def _first_fence(text: str, start: int) -> re.Match[str] | None:
    """The first fence at the margin, well spelled or not."""
    before, stop = max(start - 1, 0), start + LIMIT
    exact = _behind_line(_CLOSE, text, before, stop)
    stop = exact.start() + 1 if exact else stop
    if _behind_line(_SIGNS_ONLY, text, before, stop):
        for odd in re.compile(_ODD_NEXT).finditer(text, before, stop):
            if not odd["indent"]:
                return odd
    return exact


def _behind_line(pattern: str, text: str, start: int, stop: int) -> re.Match[str] | None:
    """The first place where a pattern stands behind the end of a line."""
    alone = "\r" in text and text.count("\r", start, stop) > text.count("\r\n", start, stop)
    return re.compile(("[\r\n]" if alone else "\n") + pattern).search(text, start, stop)


def _indented_fence(text: str, start: int, stop: int) -> re.Match[str] | None:
    """The first fence that is indented, and no line of a block scalar (`note: |`)."""
    for odd in islice(re.compile(_ODD_NEXT).finditer(text, max(start - 1, 0), stop), 20):
        above = text[start : odd.start()].replace("\r", "\n").split("\n")
        outer = next((line for line in reversed(above) if line.strip() and not line.startswith((" ", "\t"))), "")
        if not re.search(_BLOCK_SCALAR, outer):
            return odd
    return None


def _unclosed(text: str, start: int, limit: int) -> Cut:
    """The front matter ends with its last line that is not blank."""
    stop = start + len(text[start:limit].rstrip(" \t\u3000\xa0\r\n"))
    if not any(_is_key(text, line.start) for line in _lines(text, start, stop)):
        return Cut(0, 0, 0, (faults.missing(),), False)
    last = max(text.rfind("\n", start, stop), text.rfind("\r", start, stop)) + 1 or start
    body = _next(text, stop)
    return Cut(start, body, body, (faults.unclosed(Span(max(last, start), stop), body, body == stop),))


def _lines(text: str, start: int, stop: int) -> list[_Line]:
    lines: list[_Line] = []
    while start < stop and len(lines) < _MOST_LINES:
        found = _LINE.match(text, start)
        assert found is not None
        lines.append(_Line(start, _kind_of(found[1])))
        start = found.end()
    return lines


def _kind_of(line: str) -> str:
    """What a line looks like: blank, comment, heading, key, below (a key: indented, or an element of a list), wide
    (a key with a full-width colon, or a speaker), or prose."""
    if not line.strip():
        return "blank"
    if line[0] == "#":
        return "heading" if line.startswith("##") else "comment"
    if line[0] in " \t\u3000\xa0]}" or line.startswith("- ") or line == "-":
        return "below"
    if key := _KEY.match(line):
        if labels.match(line):
            return "prose"
        return "key" if key["colon"] == ":" else "wide"
    return "prose"


def _body(lines: list[_Line], loose: bool) -> _Line | None:
    """The first line of Markdown among the lines of what should be YAML: a heading, or prose after a blank line
    (`loose`: any prose), from where prose outweighs keys to the end."""
    first, weight = None, 0
    for index in range(len(lines) - 1, -1, -1):
        kind = lines[index].kind
        weight += (kind in ("heading", "prose")) - (kind == "key")
        after_blank = loose or (index > 0 and lines[index - 1].kind == "blank")
        if weight > 0 and (kind == "heading" or (kind == "prose" and after_blank)):
            first = index
    if first is None:
        return None
    while first > 0 and lines[first - 1].kind in ("blank", "comment"):
        first -= 1
    return lines[first]


def _is_key(text: str, start: int) -> bool:
    return bool(_KEY.match(text, start)) and _kind_of(_line(text, start)) in ("key", "wide")


def _line(text: str, start: int) -> str:
    found = _LINE.match(text, start)
    return found[1] if found else ""


def _line_span(text: str, start: int) -> Span:
    return Span(start, start + len(_line(text, start)))


def _skip_blank(text: str, start: int) -> int:
    """The start of the first line from `start` on that is not blank."""
    found = _SPACE.match(text, start)
    end = found.end() if found else start
    return max(text.rfind("\n", start, end), text.rfind("\r", start, end)) + 1 or start


def _next(text: str, offset: int) -> int:
    """The start of the line below the one that `offset` stands in."""
    found = _LINE.match(text, offset)
    return found.end() if found else offset
