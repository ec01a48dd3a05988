"""Markdown in, markdown-it's block tokens out.

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

from minutes_cli.body import cjk, inline_rules, openings
from minutes_cli.body.openings import INDENT, Opening

_DEEPEST = 60

_T = TypeVar("_T")
_Rule = Callable[[StateBlock, int, int, bool], bool]


def tokens(text: str) -> list[Token]:
    """The block tokens of a text whose lines end with `\\n`.  Their `meta` holds `at`, where each line of the content
    begins, and `opening`, what the first of them opens, whose text begins at `line`."""
    md, found = parser(), list[Token]()
    md.block.parse(text, md, {"underlined": bool(_UNDERLINE.search(text))}, found)
    return found


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
    start, last = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    return last - len(state.src[start:last].lstrip(INDENT))


def _line(state: StateBlock, line: int) -> str:
    return state.src[_first(state, line) : state.eMarks[line]]


def _natural(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    marked = _once(state, openings.number, start)
    if not marked:
        return False
    if silent:
        return True
    if not marked.bold and _LIST_NUMBER.match(state.src, _first(state, start)):
        return False  # the list rule's, which has had its turn unless it may not begin here
    _push(state, "natural", start, _stop(state, start), marked)
    return True


def _once(state: StateBlock, find: Callable[[str], _T], line: int) -> _T:
    """What `find` finds on a line, which is asked twice: whether it ends the paragraph above it, and what it opens."""
    known: dict[int, _T] = state.env.setdefault(find.__name__, {})
    if (first := _first(state, line)) not in known:
        known.clear()
        known[first] = find(_line(state, line))
    return known[first]


_LIST_NUMBER = re.compile(r"[0-9]{1,9}[.)](?:[ \t\n]|\Z)")


def _label(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    found = _once(state, openings.label, start)
    if not found:
        return False
    if not silent:
        _push(state, "label", start, _stop(state, start), found)
    return True


def _own(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Only ends the paragraph above it, unless that breaks off in mid-sentence; what it begins is a paragraph too."""
    return (
        silent and openings.stands_alone(_line(state, start)) and state.src[state.eMarks[start - 1] - 1] not in "，、"
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


def _push(state: StateBlock, kind: str, start: int, stop: int, opening: Opening | None = None) -> None:
    """Add one token that holds the lines from `start` up to `stop`."""
    places = [_first(state, line) for line in range(start, stop)]
    lines = [state.src[place : state.eMarks[start + i]] for i, place in enumerate(places)]
    meta = {"at": places, "opening": opening, "line": places[0]}
    if opening:
        lines[0], column = openings.behind(opening, lines[0])
        places[0] += column
    lines[-1] = lines[-1].rstrip(INDENT)
    state.line = stop
    token = state.push(kind, "", 0)
    token.content = "\n".join(lines)
    token.map = [start, stop]
    token.meta = meta


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
