"""The Markdown of one paragraph in, inline nodes out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from minutes_cli.han import is_chinese
from minutes_cli.inline import Break, Code, Emphasis, Image, Inline, Inlines, Link, NoteMark, Strike, Strong, Text

if TYPE_CHECKING:
    from markdown_it.token import Token

_MARKUP = re.compile(r"[*_`\[\]<&\\~]|://|  \n")
_NOTE = re.compile(r"\[\^([^\]\s]+)\]")
_BARE_URL = re.compile(r"https?://[A-Za-z0-9][-A-Za-z0-9._~:/?#@!$&'*+,;=%]*[-A-Za-z0-9_~/#=&+]|https?://[A-Za-z0-9]+")


def inlines(text: str, notes: dict[str, int] | None = None) -> Inlines:
    """The inline nodes of one paragraph's Markdown.  `notes` gives the number of each footnote label that is defined;
    without it `[^1]` is text."""
    if not _MARKUP.search(text):
        return (Text(_join_lines(text)),) if text else ()
    from minutes_cli.body.parser import parser

    md, tokens = parser(), list["Token"]()
    refs = {f":{label}": -1 for label in _NOTE.findall(text) if label in notes} if notes else {}
    md.inline.parse(text, md, {"footnotes": {"refs": refs, "list": {}}}, tokens)
    return _Reader(notes or {}).nodes(iter(tokens), "")


def _join_lines(text: str) -> str:
    if "\n" not in text:
        return text
    lines = [line.strip(" \t") for line in text.split("\n")]
    joined = lines[0]
    for line in lines[1:]:
        joined += soft_break(joined[-1:], line[:1]) + line
    return joined


_SPACED = frozenset("，。、；：！？（）「」『』〈〉《》【】")


def soft_break(before: str, after: str) -> str:
    """What a line break inside a paragraph prints between two characters: nothing where both are Chinese, or one is a
    mark that brings its own space, as 。 does."""
    if before in _SPACED or after in _SPACED:
        return ""
    return "" if before and after and is_chinese(before) and is_chinese(after) else " "


_OPENS = ("strong_open", "em_open", "s_open")
_CLOSES = ("strong_close", "em_close", "s_close")
_DEEPEST_INLINE = 30


class _Reader:
    """Tokens to nodes; remembers the last character, since a soft break prints by what stands on both its sides.
    Markup past `_DEEPEST_INLINE` levels is left out (markdown-it nests `*a *a *a …` without end), its words are not."""

    def __init__(self, notes: dict[str, int]) -> None:
        self.notes = notes
        self.last = ""
        self.broken = False
        self.depth = 0
        self.left_out = 0

    def nodes(self, tokens: Iterator[Token], close: str) -> Inlines:
        """The nodes up to the token of type `close`."""
        out: list[Inline] = []
        self.depth += 1
        for token in tokens:
            if self.left_out and token.type in _CLOSES:
                self.left_out -= 1
            elif token.type == close:
                break
            elif self.depth > _DEEPEST_INLINE and token.type in _OPENS:
                self.left_out += 1
            else:
                self._add(out, token, tokens, close)
        self.depth -= 1
        return tuple(out)

    def _add(self, out: list[Inline], token: Token, tokens: Iterator[Token], close: str) -> None:
        match token.type:
            case "text" | "text_special" | "html_inline":
                self._text(out, token.content, linked=close == "link_close")
            case "code_inline":
                out.append(Code(self._seen(token.content)))
            case "softbreak":
                self.broken = True
            case "hardbreak":
                self.last, self.broken = "", False
                out.append(Break())
            case "strong_open":
                out.append(Strong(self.nodes(tokens, "strong_close")))
            case "em_open":
                out.append(Emphasis(self.nodes(tokens, "em_close")))
            case "s_open":
                out.append(Strike(self.nodes(tokens, "s_close")))
            case "link_open":
                attributes = (str(token.attrs["href"]), str(token.attrs.get("title", "")))
                out.append(Link(attributes[0], self.nodes(tokens, "link_close"), attributes[1]))
            case "image":
                source = unquote(str(token.attrs["src"]))
                out.append(Image(source, self._seen(token.content), str(token.attrs.get("title", ""))))
            case "footnote_ref":
                out.append(NoteMark(self.notes[token.meta["label"]]))
            case unknown:
                raise AssertionError(unknown)

    def _seen(self, content: str) -> str:
        """`content` with the soft break before it, if one is due."""
        if not content:
            return content
        before = soft_break(self.last, content[0]) if self.broken and self.last else ""
        self.broken, self.last = False, content[-1]
        return before + content

    def _text(self, out: list[Inline], content: str, linked: bool) -> None:
        content = self._seen(content)
        if not content:
            return
        nodes = [Text(content)] if linked or "://" not in content else _link_urls(content)
        first = nodes[0]
        if out and isinstance(out[-1], Text) and isinstance(first, Text):
            out[-1] = Text(out[-1].text + first.text)
            nodes = nodes[1:]
        out.extend(nodes)


def _link_urls(content: str) -> list[Inline]:
    nodes: list[Inline] = []
    done = 0
    for found in _BARE_URL.finditer(content):
        if found.start() > done:
            nodes.append(Text(content[done : found.start()]))
        nodes.append(Link(found[0], (Text(found[0]),)))
        done = found.end()
    if done < len(content):
        nodes.append(Text(content[done:]))
    return nodes
