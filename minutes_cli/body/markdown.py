"""A body's Markdown in, block tokens out.

Blocks and inline text are parsed apart (see `inlines`): `check` needs the blocks of every file and the inline text of
hardly any.
Besides CommonMark, tables, footnotes and strikethrough there are these rules of our own, in this order:

    deep       past 60 levels what is left is one paragraph (markdown-it would drop it)
    comment    `<!-- … -->` gives no token
    table      markdown-it's own; the cells that it would drop are kept
    natural    一、 （一） 1. (1) 甲、 at the start of a line, without blank lines between
    label      案由： 說明： **決議：** 資訊局回覆
    own        a line that opens with a name and a colon (地點： 王委員：) ends the paragraph above it
    paragraph  with the offset at which each of its lines begins; full-width indentation is stripped

Link references are off, since they would delete `[主席]: 請發言`; raw HTML is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import StateBlock, blockquote, fence, heading, hr, lheading, list_block
from markdown_it.rules_block.table import escapedSplit, table
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def
from msgspec import Struct
from msgspec.structs import replace

from minutes_cli import labels, numerals
from minutes_cli.body import cjk, inline_rules

_DEEPEST = 60

_T = TypeVar("_T")
_Rule = Callable[[StateBlock, int, int, bool], bool]


class Mark(Struct, frozen=True):
    """What a natural or label token carries as its `meta["mark"]`: the number or label found, its offset, and the marks of a
    bold type that began before it and goes on."""

    found: numerals.Found | labels.Found
    start: int
    bold: str = ""


def blocks(text: str) -> list[Token]:
    """The block tokens of a body.  Offsets in `meta` (`at`: where each line of the content begins) are into `text` with
    every line ending written as one `\\n`."""
    md = parser()
    tokens: list[Token] = []
    flat = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    md.block.parse(flat, md, {"underlined": bool(_UNDERLINE.search(flat))}, tokens)
    return tokens


@cache
def parser() -> MarkdownIt:
    """markdown-it with the rules of this house, made once."""
    md = MarkdownIt("commonmark", {"html": False, "maxNesting": 100})
    md.block = _Blocks()
    md.enable(["table", "strikethrough"])
    footnote_plugin(md, inline=False, move_to_end=False)
    md.disable(["reference", "html_block"])
    cjk.plugin(md)
    ruler = md.block.ruler
    ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    ruler.before("table", "comment", _comment, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    ruler.before("comment", "deep", _deep)
    ruler.before("lheading", "natural", _natural, {"alt": ["paragraph", "reference", "blockquote"]})
    ruler.before("lheading", "label", _label, {"alt": ["paragraph", "reference", "blockquote"]})
    ruler.before("paragraph", "own", _own, {"alt": ["paragraph", "blockquote"]})
    ruler.at("lheading", _underlined)
    ruler.at("paragraph", _paragraph)
    inline_rules.plugin(md)
    return md


_INDENT = " \t　\u00a0"


class _Blocks(ParserBlock):
    """markdown-it's walk over the lines, but each line meets only the rules that may begin with its first character:
    trying all of them on every line of Chinese took a tenth of the time of `check`."""

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        rules, blank = _rules(""), False
        line = state.line = state.skipEmptyLines(startLine)
        while line < endLine and state.sCount[line] >= state.blkIndent:
            first = state.src[state.bMarks[line] + state.tShift[line]]
            for rule in rules.get(first, rules[_OTHER]):
                if rule(state, line, endLine, False):
                    break
            state.tight = not blank
            line = state.line
            blank = blank or state.isEmpty(line - 1)  # a nested list may take the blank line behind it
            if line < endLine and state.isEmpty(line):
                blank = True
                line = state.line = state.skipEmptyLines(line)


@cache
def _rules(chain: str) -> dict[str, list[_Rule]]:
    """The rules of a chain, in their order, by the character that a line begins with."""
    rules = parser().block.ruler.getRules(chain)
    return {c: [r for r in rules if c in _SIGNS.get(r, c)] for c in {*"".join(_SIGNS.values()), _OTHER}}


def _deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.level < _DEEPEST or silent:
        return False
    stop = start + 1
    while stop < end and state.sCount[stop] >= state.blkIndent:
        stop += 1
    _push(state, "paragraph", start, stop)
    return True


def _comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("<!--", first) or state.is_code_block(start):
        return False
    close = state.src.find("-->", first + 4)
    if close < 0 or close >= state.eMarks[end - 1]:
        return False
    line = start
    while state.eMarks[line] < close:
        line += 1
    if state.src[close + 3 : state.eMarks[line]].strip():
        return False  # text follows on the line: the inline rule leaves out the comment alone
    if not silent:
        state.line = line + 1
    return True


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if start + 1 >= end or not state.src.startswith(("|", "-", ":"), state.bMarks[start + 1] + state.tShift[start + 1]):
        return False  # quicker than markdown-it finds out
    before = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    for token in state.tokens[before:]:
        if token.type == "tr_open" and token.map:
            line = token.map[0]
            first = state.bMarks[line] + state.tShift[line]
            token.meta = {"cells": _cells(state.src[first : state.eMarks[line]]), "at": first}
    return True


def _cells(line: str) -> list[str]:
    columns = escapedSplit(line.strip())
    if columns and columns[0] == "":
        columns.pop(0)
    if columns and columns[-1] == "":
        columns.pop()
    return [column.strip() for column in columns]


def _first(state: StateBlock, line: int) -> int:
    """Where the text of a line begins, full-width indentation left out."""
    first, last = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    while first < last and state.src[first] in _INDENT:
        first += 1
    return first


def _natural(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    first, last = _first(state, start), state.eMarks[start]
    marked = _once(state, _number, first, last)
    if not marked or marked.found.end > last:
        return False
    if silent:
        return True
    if not marked.bold and _is_list(state.src, first):
        return False  # the list rule's, which has had its turn unless it may not begin here
    _push(state, "natural", start, _stop(state, start), marked)
    return True


def _once(state: StateBlock, find: Callable[[str, int, int], _T], first: int, last: int) -> _T:
    """What `find` finds on a line, which is asked twice: whether it ends the paragraph above it, and what it opens."""
    known: dict[int, _T] = state.env.setdefault(find.__name__, {})
    if first not in known:
        known.clear()
        known[first] = find(state.src, first, last)
    return known[first]


_BOLD_NUMBER = r"(\*\*|__)(?:(?!\1)[^\n])+\1[ 　\t]*"


def _number(src: str, first: int, last: int) -> Mark | None:
    """The number with which the line `src[first:last]` begins; it may stand in bold type, alone or with the line."""
    if src[first : first + 2] not in ("**", "__"):
        found = numerals.match(src, first)
        return Mark(found, first) if found else None
    bold = re.match(_BOLD_NUMBER, src[first:last])
    found = numerals.match(src, first + 2) if bold else None
    if not bold or not found:
        return None
    if src.startswith(bold[1], found.end):  # **（一）** 甲
        return Mark(replace(found, end=first + bold.end()), first + 2)
    return Mark(found, first + 2, bold[1]) if first + bold.end() == last else None


_LIST_NUMBER = re.compile(r"[0-9]{1,9}[.)](?:[ \t\n]|\Z)")


def _is_list(src: str, first: int) -> bool:
    return bool(_LIST_NUMBER.match(src, first))


def _label(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    first, last = _first(state, start), state.eMarks[start]
    found = _once(state, find_label, first, last)
    if not found:
        return False
    if not silent:
        _push(state, "label", start, _stop(state, start), Mark(found, first, found.bold))
    return True


_LABEL_SIGN = re.compile(r"[：:覆應案題議項]|\*\*|__")
_BOLD_LINE = r"(\*\*|__)([^*_\n]{1,40})\1[ 　\t]*$"


def find_label(src: str, first: int, last: int) -> labels.Found | None:
    """The label with which the line `src[first:last]` begins, or which it is as a whole in bold type."""
    if not _LABEL_SIGN.search(src, first, last):
        return None
    found = labels.match(src, first)
    if found:
        return found if found.end <= last else None
    bold = re.match(_BOLD_LINE, src[first:last])
    bare = labels.match_bare(bold[2]) if bold else None
    if not bold or not bare:
        return None
    shift = first + bold.start(2)
    return replace(bare, start=bare.start + shift, stop=bare.stop + shift, end=last)


_NAMED = re.compile(
    r"(?:\*\*|__)?[^\W\d_A-Za-z]{2,8}(?:[（(](?:(?![（）()])[^\r\n]){1,12}[）)])?(?:\*\*|__)?[：:]|[【〔①-⑳⑴-⒇㈠-㈩]"
)


def stands_alone(text: str, start: int = 0) -> bool:
    """Whether a line that begins like this is a line of its own: 「地點：…」, 「【說明】…」, 「①…」."""
    return bool(_NAMED.match(text, start))


def _own(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Only ends the paragraph above it, unless that breaks off in mid-sentence; what it begins is a paragraph too."""
    return (
        silent
        and stands_alone(state.src, _first(state, start))
        and state.src[state.eMarks[start - 1] - 1] not in "，、"
    )


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    _push(state, "paragraph", start, _stop(state, start))
    return True


_UNDERLINE = re.compile(r"^[ \t>]*(?:-+|=+)[ \t]*$", re.MULTILINE)


def _underlined(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A heading by its underline: markdown-it's rule, which looks through the whole paragraph, only where one is near."""
    return state.env["underlined"] and lheading(state, start, end, silent)


def _stop(state: StateBlock, start: int) -> int:
    """The line at which a paragraph that begins on `start` ends, by CommonMark's rules of lazy continuation."""
    rules = _rules("paragraph")
    before, state.parentType = state.parentType, "paragraph"
    line, last = start + 1, state.lineMax
    while line < last and not state.isEmpty(line):
        # Indented deeper than code, or already judged by the quote rule (a negative count): always a continuation.
        inside = state.sCount[line] - state.blkIndent > 3 or state.sCount[line] < 0
        first = state.src[state.bMarks[line] + state.tShift[line]]
        if not inside:
            for rule in rules.get(first, rules[_OTHER]):
                if rule(state, line, last, True):
                    state.parentType = before
                    return line
        line += 1
    state.parentType = before
    return line


def _push(state: StateBlock, kind: str, start: int, stop: int, mark: Mark | None = None) -> None:
    """Add one token that holds the lines from `start` up to `stop`."""
    places = [_first(state, line) for line in range(start, stop)]
    if mark:
        places[0] = min(mark.found.end, state.eMarks[start])
    lines = [state.src[place : state.eMarks[start + i]] for i, place in enumerate(places)]
    if mark and mark.bold:
        places[0], lines[0] = places[0] - len(mark.bold), mark.bold + lines[0]
    lines[-1] = lines[-1].rstrip(_INDENT)
    state.line = stop
    token = state.push(kind, "", 0)
    token.content = "\n".join(lines)
    token.map = [start, stop]
    token.meta = {"at": places, "mark": mark}


# What a line must begin with for a rule; a rule that is not named here may begin with anything.
_SIGNS: dict[_Rule, str] = {
    _comment: "<",
    fence: "`~",
    blockquote: ">",
    hr: "*-_",
    list_block: "*+-0123456789",
    footnote_def: "[",
    heading: "#",
}
_OTHER = " "
