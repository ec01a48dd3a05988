"""Emphasis beside Chinese punctuation: the inline rules for `*`, `_` and `~~` with the flanking rule mended.

CommonMark takes 「：」 for punctuation like any other, so that `**決議：**同意` stays text with asterisks.  The mended
rule (proposed as commonmark-spec#650): a delimiter run is left-flanking unless white space follows it, or a
punctuation character that is not Chinese follows while neither white space, punctuation nor a Chinese character stands
before it; right-flanking is its mirror image.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline.state_inline import Delimiter, StateInline
from msgspec import Struct

from minutes_cli.han import is_chinese


def plugin(md: MarkdownIt) -> None:
    """Put the mended rules in the place of markdown-it's own."""
    md.inline.ruler.at("emphasis", _emphasis)
    md.inline.ruler.at("strikethrough", _strikethrough)


class _Run(Struct, frozen=True):
    length: int
    can_open: bool
    can_close: bool


def _scan(state: StateInline, marker: str) -> _Run:
    start, end = state.pos, state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    before = state.src[start - 1] if start > 0 else " "
    after = state.src[end] if end < state.posMax else " "
    left = _flanks(after, before)
    right = _flanks(before, after)
    if marker == "_":
        return _Run(
            end - start, left and (not right or _is_punctuation(before)), right and (not left or _is_punctuation(after))
        )
    return _Run(end - start, left, right)


def _flanks(inner: str, outer: str) -> bool:
    """Whether a run with `inner` on the side of the emphasis and `outer` on the other may open (or close) there."""
    if _is_space(inner):
        return False
    if not _is_punctuation(inner) or is_chinese(inner):
        return True
    return _is_space(outer) or _is_punctuation(outer) or is_chinese(outer)


def _is_space(char: str) -> bool:
    return isWhiteSpace(ord(char))


def _is_punctuation(char: str) -> bool:
    return isMdAsciiPunct(ord(char)) or isPunctChar(char)


def _emphasis(state: StateInline, silent: bool) -> bool:
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    run = _scan(state, marker)
    for _ in range(run.length):
        _push(state, marker, marker, run)
    state.pos += run.length
    return True


def _strikethrough(state: StateInline, silent: bool) -> bool:
    marker = state.src[state.pos]
    if silent or marker != "~":
        return False
    run = _scan(state, marker)
    if run.length < 2:
        return False
    # An odd tilde stays text, the pairs behind it are delimiters.
    if run.length % 2:
        state.push("text", "", 0).content = marker
    for _ in range(run.length // 2):
        _push(state, marker * 2, marker, run)
    state.pos += run.length
    return True


def _push(state: StateInline, text: str, marker: str, run: _Run) -> None:
    state.push("text", "", 0).content = text
    state.delimiters.append(
        Delimiter(
            marker=ord(marker),
            length=run.length if marker != "~" else 0,
            token=len(state.tokens) - 1,
            end=-1,
            open=run.can_open,
            close=run.can_close,
        )
    )
