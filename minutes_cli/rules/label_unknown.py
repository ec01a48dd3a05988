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

import difflib
import re
from collections.abc import Iterator

from minutes_cli.decisions import KEYS
from minutes_cli.diagnostics import INFO, Diagnostic, Edit, Say
from minutes_cli.document import Block, Item, Label, Minutes, Paragraph, Quote
from minutes_cli.labels import NAMES
from minutes_cli.source import Span

CODE = "label-unknown"

_LIKE = re.compile(r"(?:\*\*|__)?([\u4e00-\u9fff](?:[ 　]*[\u4e00-\u9fff]){1,3})[ 　]*(?:\*\*|__)?[：:]")
_TRACKING = tuple(name for names in KEYS.values() for name in names)
# What stands before a colon and is no label: a note, a greeting, 「結果如下：」, 「主席表示：」.
_PLAIN = re.compile(r"[備附]註|註解|注意|.*(?:好|如下|下列|包括|表示|指出|說|稱|為|是)")


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    for section in minutes.sections:
        yield from _blocks(minutes, section.children)


def _blocks(minutes: Minutes, children: tuple[Block, ...]) -> Iterator[Diagnostic]:
    """Paragraphs outside speeches (who speaks, stands before a colon as well), and bullets of decisions."""
    for block in children:
        if isinstance(block, Paragraph):
            yield from _line(block)
        elif isinstance(block, Label):
            if block.kind not in ("speeches", "reply"):
                yield from _blocks(minutes, block.children)
        elif isinstance(block, Item) and not block.speaker:
            if block.decision:
                yield from _bullets(block)
            yield from _blocks(minutes, block.children)
        elif isinstance(block, Quote):
            yield from _blocks(minutes, block.children)


def _line(paragraph: Paragraph) -> Iterator[Diagnostic]:
    found = _LIKE.match(paragraph.prose.text)
    name = _bare(found[1]) if found else ""
    if found and not _PLAIN.fullmatch(name):
        near = difflib.get_close_matches(name, NAMES, 1, 0.5) if len(name) < 5 else []
        yield _fault(paragraph.prose.span(*found.span(1)), name, near)


def _bullets(decision: Item) -> Iterator[Diagnostic]:
    for child in decision.children:
        found = _LIKE.match(child.prose.text) if isinstance(child, Item) and child.typed is None else None
        near = difflib.get_close_matches(_bare(found[1]), _TRACKING, 1, 0.5) if found else []
        if found and near and isinstance(child, Item):
            yield _fault(child.prose.span(*found.span(1)), _bare(found[1]), near)


def _bare(name: str) -> str:
    return name.replace(" ", "").replace("　", "")


def _fault(span: Span, name: str, near: list[str]) -> Diagnostic:
    message = Say(
        f"「{name}：」不是認得的標示，會照一般文字印出來", f"「{name}：」 is no known label; it prints as plain text"
    )
    if not near:
        return Diagnostic(span, CODE, message, INFO)
    hint = Say(f"是不是要寫「{near[0]}」？", f"did you mean 「{near[0]}」?")
    return Diagnostic(span, CODE, message, INFO, hint, (Edit(span, near[0]),))
