"""Open trees in, frozen sections out, with the decisions found: their tracking data and their ids.

A decision is an item of a resolution section, or a 決議／決定／結論 label.  Its tracking data are bullets under it.
Its id is 〈series〉/〈term-〉〈session〉-〈number〉, as far as those are known.  The number is that of the item as
printed; a label counts 1, 2, … through the record, or 案1, 案2, … where a resolution section has the plain numbers;
編號 overrides.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from minutes_cli import labels
from minutes_cli.body.drafts import Draft
from minutes_cli.body.node import Node
from minutes_cli.document import Block, Footnote, Item, Label, Quote, Section, Tracking
from minutes_cli.front import calendar
from minutes_cli.source import Span

KEYS: dict[str, tuple[str, ...]] = {
    "owner": ("主辦", "主辦單位", "主辦機關", "主辦人", "承辦", "承辦單位", "權責單位"),
    "helper": ("協辦", "協辦單位", "協辦機關"),
    "due": ("期限", "完成期限", "辦理期限", "預定完成日期"),
    "tracked": ("列管", "是否列管"),
    "number": ("編號", "決議編號"),
}
_NAMES = {name: key for key, names in KEYS.items() for name in names}
_BULLET = re.compile(rf"({'|'.join(sorted(_NAMES, key=len, reverse=True))})[ 　]*[：:][ 　]*(.*)\Z", re.S)
_SPEAKER = re.compile(r"(.{1,40}?)[ 　]*[：:]")


def freeze(drafts: list[Draft], prefix: str) -> tuple[tuple[Section, ...], tuple[Footnote, ...]]:
    """The finished sections and footnotes of a body.  `prefix` is the part of the ids before the number ("" or
    「moea-open-data/2-」)."""
    resolved = any(_resolves(draft) and any(map(_is_item, draft.root.children)) for draft in drafts)
    freezer = _Freezer(prefix, resolved)
    sections = tuple(freezer.section(draft, draft.section) for draft in drafts if draft.section)
    notes = tuple(
        Footnote(draft.footnote, freezer.blocks(draft.root), _span(draft.root)) for draft in drafts if draft.footnote
    )
    return sections, notes


def prefix(data: dict[str, object]) -> str:
    """The part of a decision's id before its number: 「moea-open-data/2-」, 「2-」, or "" where no session is known."""
    session, term, series = (data.get(key) for key in ("session", "term", "series"))
    if not isinstance(session, int):
        return ""
    number = f"{term}-{session}-" if isinstance(term, int) else f"{session}-"
    return f"{series}/{number}" if isinstance(series, str) and series else number


def _resolves(draft: Draft) -> bool:
    return draft.section is not None and draft.section.role == "resolution"


def _is_item(child: Node | Block) -> bool:
    return isinstance(child, Node) and child.kind == "item"


class _Freezer:
    """Counts the decisions as it goes."""

    def __init__(self, prefix: str, resolved: bool) -> None:
        self.prefix = prefix
        self.resolved = resolved
        self.items = 0
        self.labels = 0

    def section(self, draft: Draft, section: Section) -> Section:
        """The section with its finished blocks."""
        children = self.blocks(draft.root, decides=section.role == "resolution")
        heading = section.heading
        return replace(section, children=children, span=Span(heading.start, _end(children, heading.end)))

    def blocks(self, node: Node, decides: bool = False) -> tuple[Block, ...]:
        """The finished blocks below a node."""
        found: list[Block] = []
        cases = 0
        for child in node.children:
            if not isinstance(child, Node):
                found.append(child)
            elif child.kind == "item":
                if child.children and not child.prose.text:  # 一、案由一：… 二、案由二：… count with each other
                    cases = _counted(child.children[0], cases)
                found.append(self._item(child, decides))
            elif child.label:
                cases = _counted(child, cases)
                found.append(self._label(child, child.label))
            else:
                found.append(Quote(self.blocks(child), _span(child)))
        return tuple(found)

    def _item(self, node: Node, decides: bool) -> Item:
        number, tracking = "", None
        children = self.blocks(node) if node.children else ()
        if decides:
            self.items = node.ordinal if node.ordinal > self.items else self.items + 1
            tracking, children = _tracked(children)
            number = (tracking and tracking.number) or str(self.items)
        speaker = _speaker(node.prose.text) if node.speaker else ""
        return Item(
            node.level,
            node.ordinal,
            node.prose,
            children,
            Span(node.span.start, _end(children, node.span.end)) if children else node.span,
            node.typed,
            node.spelling,
            node.skipped,
            speaker,
            tracking,
            f"{self.prefix}{number}" if number else "",
        )

    def _label(self, node: Node, found: labels.Found) -> Label:
        number, tracking = "", None
        if found.kind == "decision":
            self.labels += 1
            number = f"案{self.labels}" if self.resolved else str(self.labels)
        children = self.blocks(node) if node.children else ()
        if number:
            tracking, children = _tracked(children)
            number = (tracking and tracking.number) or number
        start = node.typed.span.start if node.typed else node.span.start
        return Label(
            found.kind,
            found.name,
            node.prose,
            children,
            Span(node.span.start, _end(children, node.span.end)),
            Span(start, start + found.stop - found.start),
            node.level,
            found.colon or found.kind != "reply",
            node.typed,
            node.ordinal,
            tracking,
            f"{self.prefix}{number}" if number else "",
        )


def _tracked(children: tuple[Block, ...]) -> tuple[Tracking | None, tuple[Block, ...]]:
    """The tracking data among what stands below a decision, and the rest."""
    data = [(child, found) for child in children if (found := _bullet(child))]
    if not data:
        return None, children
    bullets = {id(child) for child, _ in data}
    return _tracking(data), tuple(child for child in children if id(child) not in bullets)


def _speaker(text: str) -> str:
    found = _SPEAKER.match(text)
    return (found[1] if found else text.strip()).replace("**", "")


def _counted(child: Node | Block, cases: int) -> int:
    """How many numbered cases (案由一、案由二 …) stand among the siblings up to `child`; gives it its number if it is one."""
    if isinstance(child, Node) and child.typed and child.is_label("case"):
        cases = child.ordinal = child.ordinal or cases + 1
    return cases


def _bullet(block: Block) -> re.Match[str] | None:
    """The key and words of a tracking bullet; a bullet that holds more than that is an ordinary item."""
    if isinstance(block, Item) and not block.children:
        return _BULLET.match(block.prose.text)
    return None


def _tracking(data: list[tuple[Block, re.Match[str]]]) -> Tracking:
    words = {_NAMES[found[1]]: found[2].strip() for _, found in data}
    places = {_NAMES[found[1]]: block.span for block, found in data}
    due = words.get("due", "")
    date = calendar.read_date(due) if due else None
    return Tracking(
        _names(words.get("owner", "")),
        _names(words.get("helper", "")),
        date.date.isoformat() if date else due,
        words.get("tracked", ""),
        words.get("number", ""),
        places,
    )


def _names(words: str) -> tuple[str, ...]:
    return tuple(name for part in words.replace("\n", "、").split("、") if (name := part.strip()))


def _span(node: Node) -> Span:
    return Span(node.span.start, max(node.span.end, node.children[-1].span.end if node.children else 0))


def _end(children: tuple[Block, ...], end: int) -> int:
    return max(end, children[-1].span.end) if children else end
