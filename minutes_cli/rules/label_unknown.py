"""A line begins like a label, but the label is not one that is known.
有一行看起來是標示（某某：），但不是認得的標示。

Why: 案由： 說明： 決議： open named parts; a word that is not known prints as ordinary text.  That is right for 備考：,
and wrong for 決義：, so this only tells.
為什麼：案由、說明、決議等標示各有作用，不認得的會照一般文字印出來。寫「備考：」沒有關係，寫成「決義：」就不對了，
所以只是提示。

Bad:

    ## 討論事項

    案由：開放資料格式，請討論。
    決議：採用 CSV 與 JSON。

    決義：採用 XML。

Good:

    ## 討論事項

    案由：開放資料格式，請討論。
    決議：採用 CSV 與 JSON。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from minutes_cli.body.decisions import KEYS
from minutes_cli.diagnostics import INFO, Diagnostic, Edit, Say
from minutes_cli.document import Block, Item, Label, Minutes, Paragraph, Quote
from minutes_cli.labels import NAMES
from minutes_cli.source import Span

CODE = "label-unknown"

_LIKE = r"(?:\*\*|__)?([^\W\dA-Za-z_](?:[ 　]*[^\W\dA-Za-z_]){1,3})[ 　]*(?:\*\*|__)?[：:]"
_LABELS = tuple(NAMES)
_TRACKING = tuple(name for names in KEYS.values() for name in names)
# What stands before a colon and is no label: a note, a greeting, 「結果如下：」, 「主席表示：」.
_PLAIN = r"[備附]註|註解|注意|.*(?:好|如下|下列|包括|表示|指出|說|稱|為|是)"


class _Like(NamedTuple):
    """What looks like a label: its place, its name, and the names that it may be meant for."""

    span: Span
    name: str
    names: tuple[str, ...]


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    for section in minutes.sections:
        for span, name, names in _blocks(section.children):
            near = _near(name, names)
            if near or names is not _TRACKING:
                yield _fault(span, name, near)


def _blocks(children: tuple[Block, ...]) -> Iterator[_Like]:
    """Paragraphs outside speeches (who speaks, stands before a colon as well), and bullets of decisions."""
    for block in children:
        if isinstance(block, Paragraph):
            yield from _line(block)
        elif isinstance(block, Quote) or (
            isinstance(block, Label) and block.kind not in ("speeches", "reply", "speaker")
        ):
            yield from _blocks(block.children)
        elif isinstance(block, Item) and block.children and not block.speaker:
            if block.decision:
                yield from _bullets(block)
            yield from _blocks(block.children)


def _line(paragraph: Paragraph) -> Iterator[_Like]:
    found = re.match(_LIKE, paragraph.prose.text)
    name = _bare(found[1]) if found else ""
    if found and not re.fullmatch(_PLAIN, name):
        yield _Like(paragraph.prose.span(*found.span(1)), name, _LABELS)


def _bullets(decision: Item) -> Iterator[_Like]:
    """Only a slip of the pen is told of these (主辨 for 主辦): a decision may hold an outline of its own."""
    for child in decision.children:
        if isinstance(child, Item) and child.typed is None and (found := re.match(_LIKE, child.prose.text)):
            yield _Like(child.prose.span(*found.span(1)), _bare(found[1]), _TRACKING)


def _near(name: str, names: tuple[str, ...]) -> str:
    """The known name that differs in one character; of two characters the first must agree, or 討論 would be 結論."""
    for known in names:
        if len(known) != len(name) or (len(name) == 2 and known[0] != name[0]):
            continue
        if sum(a != b for a, b in zip(known, name, strict=True)) == 1:
            return known
    return ""


def _bare(name: str) -> str:
    return name.replace(" ", "").replace("　", "")


def _fault(span: Span, name: str, near: str) -> Diagnostic:
    message = Say(
        f"「{name}：」不是認得的標示，會照一般文字印出來", f"「{name}：」 is no known label; it prints as plain text"
    )
    if not near:
        return Diagnostic(span, CODE, message, INFO)
    hint = Say(f"是不是要寫「{near}」？", f"did you mean 「{near}」?")
    return Diagnostic(span, CODE, message, INFO, hint, (Edit(span, near),), unsafe=True)
