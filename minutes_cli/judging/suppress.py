"""A meeting in, what its comments say of findings that are not to be told out; and what is wrong with those comments.

    <!-- minutes: ignore[code, code] reason -->        at the end of a line: that line; on a line of its own: the next
                                                       line that is not blank, or the whole table that begins there
    <!-- minutes: ignore-file[code] reason -->         anywhere: the whole file
    # minutes: ignore[code] reason                     the same two in the front matter

A comment that is not understood, names an unknown code, gives no reason, or met no finding is told.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise

from msgspec.structs import replace

from minutes_cli import codes
from minutes_cli.diagnostics import WARNING, Diagnostic, Edit, Say, limited
from minutes_cli.document import Minutes
from minutes_cli.judged import Judged, Suppression
from minutes_cli.rules._scan import comments
from minutes_cli.source import Source, Span

REASON, UNKNOWN, UNUSED = "suppression-reason", "suppression-unknown", "suppression-unused"

_WORD = "minutes:"
_HEAD = re.compile(r"(?:<!--|#)[ \t]*minutes:")
_DIRECTIVE = re.compile(
    r"(?:<!--|#)\s*minutes:\s*(?P<what>ignore(?:-file)?)\s*\[(?P<codes>[^\[\]]*)\]\s*(?P<reason>.*?)\s*(?:-->)?",
    re.DOTALL,
)
_CODE = r"[^\s,，、]+"
_BETWEEN = " \t\r\n,，、"
_SEPARATORS = re.compile(f"[{_BETWEEN}]*")
_YAML = re.compile(r"(?:^|(?<=[ \t]))#[ \t]+minutes:[^\r\n]*", re.MULTILINE)
_ONLY = re.compile(r"[ \t\u3000]*(?:(?:<!--[ \t]*minutes:.*?-->|#[ \t]+minutes:.*)[ \t\u3000]*)*")
_ROW = re.compile(r"[ \t]*[|｜]")
_SHAPE = Say(
    "寫法是 <!-- minutes: ignore[代碼] 理由 -->，整份檔案的用 ignore-file",
    "write <!-- minutes: ignore[code] reason -->, or ignore-file for the whole file",
)


_Below = Callable[[int], Span | None]


def read(minutes: Minutes) -> tuple[Suppression, ...]:
    """What the comments of a meeting file say, in the order of the file."""
    source = minutes.source
    if _WORD not in source.text:
        return ()
    front = minutes.meta.span
    spans = [Span(*found.span()) for found in _YAML.finditer(source.text, front.start, front.end)]
    spans += [span for span in comments(minutes) if _HEAD.match(source.text, span.start)]
    below = _below(source)
    return tuple(_read(source, span, below) for span in spans)


def _read(source: Source, span: Span, below: _Below) -> Suppression:
    found = _DIRECTIVE.fullmatch(source.text, *span)
    if not found:
        return Suppression(span)
    start = found.start("codes")
    named = tuple(
        (code[0], Span(start + code.start(), start + code.end())) for code in re.finditer(_CODE, found["codes"])
    )
    covers = None if found["what"] == "ignore-file" else tuple(_covered(source, span, below))
    return Suppression(span, named, bool(found["reason"]), covers)


def _covered(source: Source, span: Span, below: _Below) -> Iterator[Span]:
    """The lines that a comment stands on, and if nothing else does, the next one that is more than such a comment."""
    lines, last = _lines(source, span)
    yield lines
    outside = source.text[lines.start : span.start] + source.text[span.end : lines.end]
    if not outside.strip() and (following := below(last)):
        yield following


def _below(source: Source) -> _Below:
    """Finds the next line below one that is more than a comment of ours, or the whole table that begins there; a pile of
    such comments all speak of the same."""
    text = source.text
    edges = enumerate(pairwise((*source.starts, len(text))), 1)
    speaking = [line for line, (start, end) in edges if _is_more(text[start:end].strip())]

    @cache
    def block(line: int) -> Span:
        return Span(source.line_span(line).start, _end_of_table(source, line))

    def below(line: int) -> Span | None:
        following = bisect_right(speaking, line)
        return block(speaking[following]) if following < len(speaking) else None

    return below


def _is_more(line: str) -> bool:
    """Whether a line is more than a comment of ours."""
    return bool(line) and not (_WORD in line and _ONLY.fullmatch(line))


def _lines(source: Source, span: Span) -> tuple[Span, int]:
    """The whole lines that a comment stands on, and the last one's number."""
    first = last = source.line_column(span.start)[0]
    start, end = source.line_span(first)
    if span.end > end:
        last = source.line_column(span.end - 1)[0]
        end = source.line_span(last).end
    return Span(start, end), last


def _end_of_table(source: Source, line: int) -> int:
    """Where the table that begins at a line ends (in a row of it, a comment would be a cell); else where the line
    ends."""
    below = source.line_span(line)
    while _ROW.match(source.text, *below) and line < len(source.starts):
        line += 1
        following = source.line_span(line)
        if not _ROW.match(source.text, *following):
            break
        below = following
    return below.end


# ── applied ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def apply(judged: Judged, wanted: Callable[[str], bool]) -> Judged:
    """Without the findings that the file suppresses, with what is wrong with the comments that do so.  One whose codes
    are not `wanted` in this run cannot be told to be unused."""
    if not judged.suppressions:
        return judged
    heard, kept = _Heard(judged.suppressions), []
    ours = {one.span.start for one in judged.suppressions}
    for found in sorted(judged.diagnostics, key=lambda found: found.span.start):
        # That a comment of ours is not printed is as it should be.
        about_us = found.code in ("html-comment", "yaml-comment-behind") and found.span.start in ours
        if not heard.of(found) and not about_us:
            kept.append(found)
    used = heard.used()
    faults = limited(fault for one in judged.suppressions for fault in _faults(judged.source, one, used, wanted))
    return replace(judged, diagnostics=tuple(sorted((*kept, *faults), key=lambda found: (found.span, found.code))))


class _Heard:
    """What the comments speak of, for findings that come in the order of the file; remembers which were of use."""

    def __init__(self, suppressions: tuple[Suppression, ...]) -> None:
        self.codes: dict[Span | None, list[tuple[str, Span]]] = {}
        for one in suppressions:
            for span in (None,) if one.covers is None else one.covers:
                self.codes.setdefault(span, []).extend(one.codes)
        self.coming = sorted((span for span in self.codes if span), reverse=True)
        self.here: list[Span | None] = [None] if None in self.codes else []
        self.places: dict[tuple[Span | None, str], list[Span]] = {}

    def of(self, found: Diagnostic) -> bool:
        """Whether any of them speaks of a finding."""
        start = found.span.start
        while self.coming and self.coming[-1].start <= start:
            self.here.append(self.coming.pop())
        self.here = [span for span in self.here if span is None or start <= span.end]
        heard = [self._speaks(span, found.code) for span in self.here]
        return any(heard)

    def _speaks(self, span: Span | None, code: str) -> bool:
        if (span, code) not in self.places:
            self.places[span, code] = [place for named, place in self.codes[span] if codes.covers(named, code)]
        return bool(self.places[span, code])

    def used(self) -> set[Span]:
        """Where the codes stand that spoke of any finding."""
        return {place for places in self.places.values() for place in places}


def _faults(source: Source, one: Suppression, used: set[Span], wanted: Callable[[str], bool]) -> Iterator[Diagnostic]:
    if not one.codes:
        message = Say("看不懂這個寫給 minutes 的註解", "this comment to minutes cannot be read")
        yield Diagnostic(one.span, UNKNOWN, message, WARNING, _SHAPE)
        return
    for code, place in one.codes:
        if not codes.meant(code):
            yield Diagnostic(place, UNKNOWN, codes.unknown(code), WARNING, _SHAPE)
        elif place not in used and any(wanted(known) for known in codes.meant(code)):
            where = Say("這份檔案", "this file") if one.covers is None else Say("這裡", "this place")
            message = Say(f"{where.zh}沒有「{code}」要略過", f"{where.en} has no {code} to ignore")
            yield Diagnostic(
                place, UNUSED, message, WARNING, Say("請刪去", "delete it"), (_without(source, one, place),)
            )
    if not one.reason:
        message = Say("沒有寫略過的理由", "no reason is given")
        hint = Say("請在 ] 後面寫上理由，讓別人知道為什麼可以略過", "write the reason behind ], for others to know")
        yield Diagnostic(one.span, REASON, message, WARNING, hint)


def _without(source: Source, one: Suppression, place: Span) -> Edit:
    """Takes one code out of a comment; the whole comment where it has no other, with its line where that has no more."""
    text = source.text
    if len(one.codes) > 1:
        if place == one.codes[0][1]:
            behind = _SEPARATORS.match(text, place.end)
            return Edit(Span(place.start, behind.end() if behind else place.end), "")
        return Edit(Span(len(text[: place.start].rstrip(_BETWEEN)), place.end), "")
    (start, end), last = _lines(source, one.span)
    if text[start : one.span.start].strip():
        return Edit(Span(len(text[: one.span.start].rstrip()), one.span.end), "")
    if text[one.span.end : end].strip():
        return Edit(one.span, "")
    return Edit(Span(start, source.starts[last] if last < len(source.starts) else len(text)), "")
