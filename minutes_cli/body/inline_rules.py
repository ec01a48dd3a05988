"""Inline rules beside those of emphasis: comments print nothing, and brackets that close nowhere cost nothing."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from minutes_cli.body.links import allowed


def plugin(md: MarkdownIt) -> None:
    """Add them before markdown-it's own."""
    md.inline.ruler.before("html_inline", "comment", _inline_comment)
    md.inline.ruler.before("link", "bracket", _lone_bracket)
    md.validateLink = allowed  # type: ignore[method-assign]


def _inline_comment(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("<!--", state.pos):
        return False
    close = state.src.find("-->", state.pos + 4) if _last(state, "-->") > state.pos else -1
    if close < 0:
        return False
    state.pos = close + 3
    return True


def _lone_bracket(state: StateInline, silent: bool) -> bool:
    """`[` or `![` with no `](` behind it: markdown-it would look for its `]` through the text, for each `[` anew."""
    opening = "![" if state.src.startswith("![", state.pos) else "["
    behind = state.pos + len(opening)
    if not state.src.startswith(opening, state.pos) or state.src.startswith("^", behind):
        return False
    if _last(state, "](") > state.pos:
        return False
    if not silent:
        state.pending += opening
    state.pos = behind
    return True


def _last(state: StateInline, mark: str) -> int:
    """Where `mark` stands for the last time, looked for once in a text."""
    known = state.env.setdefault("last", {})
    if (mark, state.src) not in known:
        known[mark, state.src] = state.src.rfind(mark)
    return int(known[mark, state.src])
