"""Where a block belongs: the tree of one section while it is being built.

Recorders mix headings, Markdown lists, natural numbering (一、 （一） 1.) and labels (說明：) freely.  A stack holds
what is open, outermost first; each new block closes some of it and joins what is left.

- A heading closes what is not a shallower heading.
- A Markdown list joins what is innermost; its depth decides its level.
- A natural label has a typed level.  It joins the innermost open node in which it *continues the count* (or begins
  one with 1), else the innermost in which a count of its shape is running: so 「二、」 goes on behind the replies,
  labels and sub-items that came after 「一、」.
- A label line belongs to the 案由, else to the item, above it; 發言重點 to the 案由 or the section; a reply to the
  speaker.

A *frame* is a node in which counting begins anew (a section, a label, a heading, the content of a list item); a
*forced* frame gives its first natural label the level below its own, whatever was typed: below 發言重點 speakers take
（一） and their points 1., and that is no skipped level.
"""

from __future__ import annotations

from minutes_cli.body.node import Node, Run
from minutes_cli.body.prose import bold
from minutes_cli.document import Block, Paragraph, Prose, Typed

SPEAKER_LEVEL = 2
MAX_LEVEL = 6
_SPOKEN = ("reply", "speaker")
_LIST_SHAPE = 3  # what `1. ` would be as a natural label


class Tree:
    """The stack of what is open in one section, list item, quote or footnote; `excerpt` lets numbers have gaps."""

    def __init__(self, root: Node, excerpt: bool = False) -> None:
        self.stack = [root]
        self.excerpt = excerpt

    @property
    def top(self) -> Node:
        return self.stack[-1]

    # ── items ──

    def natural(self, typed_level: int, node: Node) -> None:
        """Place an item with a typed label; it stays open."""
        shape, number = max(typed_level, 1), node.typed.value if node.typed else 1
        self._reopen_list(shape)
        parent = self._continues(shape, number)
        level = self._level(parent, shape)
        if number == 1:
            self._restart(parent, level)
        if parent.frame and parent.shift is None:
            parent.shift = _first_shift(parent, shape)
        node.shape = shape
        self._join(parent, node, level)

    def _continues(self, shape: int, number: int) -> Node:
        running: Node | None = None
        first: Node | None = None
        for node in reversed(self.stack):
            if not self._takes(node, shape):
                continue
            level = self._level(node, shape)
            run = node.runs.get(level)
            if run is None and number == 1 and running is None:
                return node
            # A count of list items or headings goes on as 1. or as what its level prints.
            if run and (run.shape == shape or (run.shape is None and shape in (level, _LIST_SHAPE))):
                if number in (run.typed + 1, run.ordinal + 1):
                    return node
                running = running or node
            first = first or node
        return running or first or self.stack[0]

    def _takes(self, node: Node, shape: int) -> bool:
        if node.is_label("speeches") and node.shift is not None:
            return shape + node.shift == SPEAKER_LEVEL
        if node.is_label(*_SPOKEN) and node.prose and not node.prose.text.endswith(("：", ":")):
            # 「主席：請發言。」 has been said; the （一） below it is a speaker, not the first of its points.
            return shape > SPEAKER_LEVEL or not self.stack[self.stack.index(node) - 1].is_label("speeches")
        if node.shape is not None and (node.spelling == "list" or not node.frame):
            return shape > node.shape
        return True

    def _restart(self, parent: Node, level: int) -> None:
        """「秘書處：」 or 「**王委員**」 and then 一、 again: the count that was going on ends, and what announces the next
        stands beside it."""
        last = self.top.children[-1] if self.top.children else None
        if level in parent.runs and isinstance(last, Paragraph) and _announces(last.prose):
            parent.children.append(self.top.children.pop())
            parent.runs.clear()

    def _reopen_list(self, shape: int) -> None:
        """A natural label deeper than 1. right behind a list belongs to its last item: `1. 甲` and then `(1)乙`."""
        last = self.top.children[-1] if self.top.children else None
        if type(last) is Node and last.spelling == "list" and last.typed and shape > _LIST_SHAPE:
            last.shape = _LIST_SHAPE
            last.shift = last.level - _LIST_SHAPE if last.shift is None else last.shift
            self.stack.append(last)

    def _level(self, node: Node, shape: int) -> int:
        if node.frame:
            shift = _first_shift(node, shape) if node.shift is None else node.shift
        else:
            frame = next(n for n in reversed(self.stack[: self.stack.index(node) + 1]) if n.frame)
            shift = frame.shift or 0
        return min(max(node.level + 1, shape + shift), MAX_LEVEL)

    def listed(self, nodes: list[Node]) -> None:
        """Place the items of a Markdown list, which stay closed.  A list that begins past 1 goes on where that number is
        due."""
        start = nodes[0].typed.value if nodes[0].typed else 0
        parent = (self._due(start) if start > 1 else None) or self.top
        level = min(parent.level + 1, MAX_LEVEL)
        if start == 1:
            self._restart(parent, level)
        self._close_to(parent)
        ordinal = parent.runs[level].ordinal if level in parent.runs else 0
        for node in nodes:
            ordinal = self._next(ordinal, node.typed)
            node.level, node.ordinal = level, ordinal
            if parent.speeches:
                node.speeches = True
                node.speaker = node.forced = level == SPEAKER_LEVEL
        _count(parent, level, nodes[-1])
        parent.children += nodes

    def _due(self, number: int) -> Node | None:
        for node in reversed(self.stack):
            run = node.runs.get(node.level + 1)
            if run and run.shape is None and number in (run.typed + 1, run.ordinal + 1):
                return node
        return None

    def heading(self, node: Node, depth: int) -> None:
        """Place an item that is written as a heading; it stays open."""
        while len(self.stack) > 1 and not 0 < self.top.depth < depth:
            self.stack.pop()
        parent = self.top
        node.depth = depth
        self._join(parent, node, min(parent.level + 1, MAX_LEVEL))
        node.skipped = bool(parent.depth) and depth > parent.depth + 1

    def _join(self, parent: Node, node: Node, level: int) -> None:
        self._close_to(parent)
        node.level = level
        node.ordinal = self._next(parent.runs[level].ordinal if level in parent.runs else 0, node.typed)
        if level > parent.level + 1 and not parent.forced:
            node.skipped = level > self._above(parent) + 1
        if parent.speeches:
            node.speeches = True
            node.speaker = node.forced = level == SPEAKER_LEVEL
        node.frame = node.speaker or node.spelling != "natural"
        _count(parent, level, node)
        parent.children.append(node)
        self.stack.append(node)

    def _close_to(self, parent: Node) -> None:
        while self.stack[-1] is not parent:
            self.stack.pop()

    def _next(self, ordinal: int, typed: Typed | None) -> int:
        """The number of what follows the item that has a number."""
        return typed.value if self.excerpt and typed and typed.value > ordinal else ordinal + 1

    def _above(self, parent: Node) -> int:
        """The level that an item of `parent` must not be more than one below: items of 「一、… 說明：」 may begin at
        一、, as below any label, or at（一）, as below the item that the label belongs to."""
        return max(node.level for node in self.stack) if parent.is_label() else parent.level

    # ── labels ──

    def labelled(self, node: Node, depth: int = 0, inside: bool = False) -> None:
        """Place a label, which stays open; `depth` is that of its heading, 0 for a line.  With `inside` it stands on the
        line of the innermost item, behind its number."""
        kind = node.label.kind if node.label else ""
        if depth:
            self._close_headings(kind, depth)
        elif not inside:
            del self.stack[self._owner(kind, node.typed is not None) + 1 :]
            if kind not in ("case", "speeches"):
                self._reopen()
        parent = self.top
        node.depth = depth
        node.speeches = parent.speeches or kind == "speeches"
        node.forced = kind == "speeches" or (kind in _SPOKEN and parent.speeches)
        if kind == "speeches":
            node.level = SPEAKER_LEVEL - 1
        elif node.forced:
            node.level = max(SPEAKER_LEVEL, parent.level if parent.kind == "item" else 0)
        parent.labelled = True
        if parent.kind == "item" and parent is not self.stack[0]:
            self.stack[-2].cases = True
        parent.children.append(node)
        self.stack.append(node)

    def _close_headings(self, kind: str, depth: int) -> None:
        while len(self.stack) > 1 and not 0 < self.top.depth < depth:
            stays = self.top.is_label("case") or (self.top.kind == "item" and kind != "speeches")
            if self.top.depth == depth and kind != "case" and stays:
                break
            self.stack.pop()
        if kind != "reply":  # nothing but replies belongs to a speaker, however deep its heading is
            said = next((i for i, node in enumerate(self.stack) if node.is_label("speeches")), len(self.stack))
            del self.stack[said:]

    def _owner(self, kind: str, numbered: bool) -> int:
        """The index in the stack of the node that a label line of this kind belongs to."""
        stack = self.stack
        heading = max((i for i, node in enumerate(stack) if node.depth and node.kind == "item"), default=0)
        if kind == "case":
            if not numbered and stack[-1].is_label("case") and stack[-1].typed and not stack[-1].children:
                return len(stack) - 1  # 「第一案」 and then 「案由：…」
            item = stack[heading + 1] if len(stack) > heading + 1 else None
            empty = item is not None and item.kind == "item" and not item.labelled
            return heading + 1 if empty else heading
        if kind in _SPOKEN and stack[-1].speeches:
            return max((i for i, n in enumerate(stack) if n.speaker or n.is_label("speeches")), default=0)
        case = max((i for i, node in enumerate(stack) if node.is_label("case")), default=None)
        if case is not None:
            return case
        inside = next((i for i in range(heading + 1, len(stack)) if stack[i].is_label()), len(stack))
        items = [i for i in range(heading, inside) if i == 0 or stack[i].kind == "item"]
        labelled = [i for i in items if stack[i].labelled]
        if kind == "speeches":
            cases = [i for i in items if i and stack[i - 1].cases]
            return max((i for i in (*labelled, *cases) if i), default=heading)
        return max((i for i in labelled if i), default=max(items, default=0))

    def _reopen(self) -> None:
        """A label line behind a Markdown list of items or speakers belongs to the list's last one."""
        last = self.top.children[-1] if self.top.children else None
        if self.top.kind != "section" and not self.top.is_label("speeches"):
            return
        if type(last) is Node and last.kind == "item" and last.spelling == "list":
            self.stack.append(last)

    # ── the rest ──

    def add(self, block: Block) -> None:
        """Add a block that holds nothing of the outline to what is innermost."""
        self.top.children.append(block)

    def counts_naturally(self) -> bool:
        """Whether a natural item is open in the innermost frame, so that `1. ` is its 1. and no list of its own."""
        for node in reversed(self.stack):
            if node.kind == "item" and node.spelling == "natural":
                return True
            if node.frame:
                return False
        return False


def _count(parent: Node, level: int, last: Node) -> None:
    """Remember the last item of a count, with which all deeper ones end."""
    runs = parent.runs
    if len(runs) > 1 or (runs and level not in runs):
        runs = parent.runs = {known: run for known, run in runs.items() if known < level}
    runs[level] = Run(last.shape, last.typed.value if last.typed else last.ordinal, last.ordinal)


def _announces(text: Prose) -> bool:
    return bool(bold(text)) or text.text.endswith(("：", ":"))


def _first_shift(frame: Node, shape: int) -> int:
    wanted = frame.level + 1
    return wanted - shape if frame.forced or shape < wanted else 0
