"""Minutes in, printed lines out: what is printed, in which order, with which number, once for all formats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import quote

from minutes_cli import header, markdown
from minutes_cli.document import (
    Block,
    Code,
    Footnote,
    Item,
    Label,
    Minutes,
    Paragraph,
    Prose,
    Quote,
    Rule,
    Section,
    Table,
    Tracking,
    body,
    prose_of,
)
from minutes_cli.inline import Break, Emphasis, Inline, Inlines, Link, Strike, Strong, Text, plain
from minutes_cli.lines import Entry, Grid, Line, Printed
from minutes_cli.numerals import value
from minutes_cli.profile import Profile

# The cell at which an item of each level begins: 一、 and （一） stand below each other, as offices set them.
_INDENT = (0, 1, 1, 2, 3, 4, 5)
_TITLE_INDENT = 4
_SIGNATURE = "＿＿＿＿＿＿＿＿"


def outline(minutes: Minutes) -> Printed:
    """All lines of one meeting, in order."""
    words = _Words(_note_numbers(minutes), _attachments(minutes), minutes.profile)
    meta, profile = minutes.meta, minutes.profile
    title = header.title(meta, profile)
    entries = (*_header(minutes, title, words), *_sections(minutes, words), *_end(minutes, words))
    return Printed(
        title=title,
        entries=entries,
        language=str(meta.data.get("language") or "zh-Hant-TW"),
        date=str(meta.data.get("date") or ""),
        organization=str(meta.data.get("organization") or ""),
        status=header.status(meta),
        files=tuple((file.title, file.href) for file in words.files),
    )


def section_numbers(minutes: Minutes) -> tuple[tuple[Section, int, str], ...]:
    """Each numbered section with its computed number and its printed label (「陸、」)."""
    profile = minutes.profile
    number = sum(1 for _ in header.rows(minutes.meta, profile)) if profile.numbered and profile.continued else 0
    found = []
    for section in minutes.sections:
        if section.role not in ("preamble", "adjournment"):
            number += 1
            found.append((section, number, profile.levels[0].label(number)))
    return tuple(found)


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────


class _File(NamedTuple):
    title: str
    href: str


_CITED = re.compile(r"附件[ 　]*([0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})(?![0-9０-９一二三四五六七八九十])")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]+)\]")


@dataclass(frozen=True, slots=True)
class _Words:
    """Prose to inline nodes: footnotes get their numbers, 附件N its link."""

    notes: dict[str, int]
    files: tuple[_File, ...]
    profile: Profile

    def read(self, prose: Prose) -> Inlines:
        """The inline nodes of a paragraph."""
        return self.link(markdown.inlines(prose.text, self.notes)) if prose else ()

    def text(self, text: str) -> Inlines:
        """The inline nodes of a text of the front matter, which is no Markdown."""
        return self.link((Text(text),)) if text else ()

    def link(self, nodes: Inlines) -> Inlines:
        """`nodes` with each 附件N that can be followed made a link."""
        if not any(file.href for file in self.files) and self.profile.attachments == "none":
            return nodes
        return tuple(out for node in nodes for out in self._linked(node))

    def _linked(self, node: Inline) -> Iterator[Inline]:
        match node:
            case Text(text):
                yield from self._cited(text)
            case Strong(children):
                yield Strong(self.link(children))
            case Emphasis(children):
                yield Emphasis(self.link(children))
            case Strike(children):
                yield Strike(self.link(children))
            case _:
                yield node

    def _cited(self, text: str) -> Iterator[Inline]:
        done = 0
        for found in _CITED.finditer(text):
            number = value(found[1]) or 0
            href = self.target(number)
            if href:
                if found.start() > done:
                    yield Text(text[done : found.start()])
                yield Link(href, (Text(found[0]),), self.files[number - 1].title)
                done = found.end()
        if done < len(text):
            yield Text(text[done:])

    def target(self, number: int) -> str:
        """Where 附件N leads: its file or address, else its place in the printed list, else nowhere."""
        if not 1 <= number <= len(self.files):
            return ""
        listed = f"#attachment-{number}" if self.profile.attachments == "list" else ""
        return self.files[number - 1].href or listed


def _note_numbers(minutes: Minutes) -> dict[str, int]:
    """Footnotes are numbered in the order of their first use; unused ones come after."""
    defined = {note.label for note in minutes.footnotes}
    if not defined:
        return {}
    used = [label for prose in prose_of(minutes) for label in _NOTE_MARK.findall(prose.text) if label in defined]
    order = dict.fromkeys([*used, *(note.label for note in minutes.footnotes)])
    return {label: number for number, label in enumerate(order, 1)}


def _attachments(minutes: Minutes) -> tuple[_File, ...]:
    listed = minutes.meta.data.get("attachments")
    files = []
    for entry in listed if isinstance(listed, list) else ():
        given = entry if isinstance(entry, dict) else {"title": entry}
        target = str(given.get("url") or "")
        if not target and given.get("file"):
            target = quote(str(given["file"]).replace("\\", "/"))
        files.append(_File(str(given.get("title") or given.get("file") or ""), target if markdown.allowed(target) else ""))
    return tuple(files)


# ── above the sections ──────────────────────────────────────────────────────────────────────────────────────────────


def _header(minutes: Minutes, title: str, words: _Words) -> Iterator[Line]:
    meta, profile = minutes.meta, minutes.profile
    for name in ("document_no", "classification"):
        if meta.data.get(name):
            lead = f"{header.label(profile, name)}："
            yield Line("above", lead=lead, leads=(lead,), cells=(words.text(str(meta.data[name])),), span=meta.where(name))
    status = header.status(meta)
    text = title + (f"（{status}）" if status else "")
    yield Line("title", cells=((Text(text),),), indent=_TITLE_INDENT, span=meta.where("title"))
    for ordinal, row in enumerate(header.rows(meta, profile), 1):
        leads = tuple(f"{label}：" for label, _ in row)
        cells = tuple(words.text(texts[0]) for _, texts in row)
        number = profile.header_levels.label(ordinal) if profile.numbered else ""
        yield Line("header", 0, number, ordinal if number else 0, leads[0], cells, leads)
        for label, texts in row:
            for more in texts[1:]:
                lead = f"{label}：" if len(row) > 1 else ""
                yield Line("more", lead=lead, leads=(lead,), cells=(words.text(more),), indent=2)


# ── sections ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _sections(minutes: Minutes, words: _Words) -> Iterator[Entry]:
    numbers = {id(section): (ordinal, label) for section, ordinal, label in section_numbers(minutes)}
    writer = _Blocks(words)
    for index, section in enumerate(minutes.sections, 1):
        if section.role == "preamble":
            yield from writer.blocks(section.children, _Around(0, 1))
        elif section.role == "adjournment":
            yield from _adjourned(minutes, section, words)
        else:
            ordinal, label = numbers[id(section)]
            yield from _section(section, Line("section", 0, label, ordinal, anchor=f"section-{index}"), writer)


def _section(section: Section, line: Line, writer: _Blocks) -> Iterator[Entry]:
    words = writer.words
    children = section.children
    # Text goes on behind a colon only; without one it stands on a line of its own (捌、臨時動議 / 無).
    colon = "：" if section.colon else "" if section.colon is False else words.profile.colon
    lead, text = _heading(section, colon, words)
    rest = words.read(section.prose)
    if colon and not rest and len(children) == 1 and isinstance(children[0], Paragraph):
        sole = words.read(children[0].prose)
        if len(plain(sole)) <= words.profile.run_in and Break() not in sole:
            rest, children = sole, ()
    empty = words.text(words.profile.empty.get(section.role, "")) if not rest and not children else ()
    yield replace(line, lead=lead, cells=((*text, *rest, *(empty if colon else ())),), span=section.heading)
    if empty and not colon:
        yield Line("paragraph", cells=(empty,), indent=1, span=section.heading)
    yield from writer.blocks(children, _Around(0, 1))


def _heading(section: Section, colon: str, words: _Words) -> tuple[str, Inlines]:
    """A heading's name as plain lead, or as inline text where it holds more than plain words."""
    nodes = (*words.read(section.name), *words.read(section.note), Text(colon))
    if all(isinstance(node, Text) for node in nodes):
        return plain(nodes), ()
    return "", (Strong(nodes),) if section.name else nodes


def _adjourned(minutes: Minutes, section: Section, words: _Words) -> Iterator[Entry]:
    """A 散會 section that the recorder wrote; empty, it prints what `end` says."""
    said = header.adjournment(minutes.meta, minutes.profile)
    line = Line("adjournment", anchor="adjournment", span=section.heading)
    if section.note or section.prose or section.children or not said:
        yield from _section(replace(section, colon=section.colon or False), line, _Blocks(words))
    else:
        yield replace(line, cells=(words.text(said),))


class _Around(NamedTuple):
    """Where a block stands: the level of the item it belongs to, the cell at which its text begins, quotes around."""

    level: int
    indent: int
    quote: int = 0


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Blocks to lines."""

    words: _Words

    def blocks(self, blocks: tuple[Block, ...], around: _Around) -> Iterator[Entry]:
        """The lines of some blocks."""
        for block in blocks:
            yield from self._block(block, around)

    def _block(self, block: Block, around: _Around) -> Iterator[Entry]:
        level, indent, quoted = around
        match block:
            case Item():
                yield from self._item(block, around)
            case Label():
                yield from self._label(block, around)
            case Paragraph(prose, span):
                yield Line("paragraph", level, cells=(self.words.read(prose),), indent=indent, span=span, quote=quoted)
            case Table(rows, aligns, span):
                cells = tuple(tuple(self.words.read(cell) for cell in row) for row in rows)
                yield Grid(cells, aligns, level, indent, span, quoted)
            case Quote(children):
                yield from self.blocks(children, _Around(level, indent + 1, quoted + 1))
            case Code(text, _, span):
                yield Line("code", level, cells=(_code(text),), indent=indent, span=span, quote=quoted)
            case Rule(span):
                yield Line("rule", level, indent=indent, span=span, quote=quoted)

    def _item(self, item: Item, around: _Around) -> Iterator[Entry]:
        kind = "speaker" if item.speaker else "item"
        indent = max(_INDENT[item.level] + around.quote, around.indent - 1)
        text = (*self.words.read(item.prose), *self._behind(item.tracking))
        line = Line(
            kind,
            item.level,
            self.words.profile.levels[item.level].label(item.ordinal),
            item.ordinal,
            cells=(text,),
            indent=indent,
            anchor=_anchor(item.decision),
            span=item.span,
            quote=around.quote,
            decision=item.decision,
        )
        below = self.blocks(item.children, _Around(item.level, indent + 1, around.quote))
        if not text and item.children and isinstance(item.children[0], Label):
            # 「一、案由：…」: the number stands before the label.
            first = next(below)
            if isinstance(first, Line):
                line = replace(line, lead=first.lead, cells=first.cells, anchor=first.anchor, decision=first.decision)
        yield line
        yield from below

    def _label(self, label: Label, around: _Around) -> Iterator[Entry]:
        level, indent, quoted = around
        text = (*self.words.read(label.prose), *self._behind(label.tracking))
        kind = "reply" if label.kind == "reply" else "label"
        yield Line(
            kind,
            level,
            lead=label.name + ("：" if label.colon else ""),
            cells=(text,),
            indent=indent,
            anchor=_anchor(label.decision),
            span=label.span,
            quote=quoted,
            decision=label.decision,
        )
        # What belongs to a 案由 stands in line with it; what belongs to any other label one cell further in.
        step = 0 if label.kind == "case" else 1
        yield from self.blocks(label.children, _Around(max(level, label.level), indent + step, quoted))

    def _behind(self, tracking: Tracking | None) -> Inlines:
        if tracking is None or self.words.profile.tracking != "behind":
            return ()
        said = "；".join(f"{name}：{text}" for name, text in _tracked(tracking, self.words.profile) if text)
        return self.words.text(f"（{said}）") if said else ()


def _tracked(tracking: Tracking, profile: Profile) -> Iterator[tuple[str, str]]:
    """The tracking data that print, as (name, words): 主辦, 協辦, 期限, and 列管 where it says more than yes or no."""
    yield header.label(profile, "owner"), "、".join(tracking.owners)
    yield header.label(profile, "helper"), "、".join(tracking.helpers)
    yield header.label(profile, "due"), header.date_words(tracking.due, profile.due)
    yield header.label(profile, "tracked"), "" if tracking.tracked in ("是", "否") else tracking.tracked


def _anchor(decision: str) -> str:
    return f"decision-{decision.rpartition('-')[2].rpartition('/')[2]}" if decision else ""


def _code(text: str) -> Inlines:
    nodes: list[Inline] = []
    for line in text.split("\n"):
        nodes += [Break(), Text(line)] if nodes else [Text(line)]
    return tuple(nodes)


# ── below the sections ──────────────────────────────────────────────────────────────────────────────────────────────


def _end(minutes: Minutes, words: _Words) -> Iterator[Entry]:
    meta, profile = minutes.meta, minutes.profile
    if following := header.following(meta, profile):
        lead = f"{header.label(profile, 'next')}："
        yield Line("next", lead=lead, leads=(lead,), cells=(words.text(following),), span=meta.where("next"))
    said = header.adjournment(meta, profile)
    if said and not any(section.role == "adjournment" for section in minutes.sections):
        yield Line("adjournment", cells=(words.text(said),), anchor="adjournment", span=meta.where("end"))
    if profile.tracking == "table":
        yield from _tracking_table(minutes, words)
    given = meta.data.get("signatures")
    for role in given if isinstance(given, list) else profile.signatures:
        yield Line("signature", lead=f"{role}：", cells=((Text(_SIGNATURE),),), span=meta.where("signatures"))
    if profile.attachments == "list":
        yield from _attachment_list(minutes, words)
    yield from _footnotes(minutes.footnotes, words)


def _tracking_table(minutes: Minutes, words: _Words) -> Iterator[Grid]:
    decided = [block for block in body(minutes) if isinstance(block, Item | Label) and block.decision and block.tracking]
    if not decided:
        return
    profile = minutes.profile
    names = ("decision", "owner", "helper", "due", "tracked")
    rows: list[tuple[Inlines, ...]] = [tuple(words.text(header.label(profile, name)) for name in names)]
    for block in decided:
        assert block.tracking
        said = dict(_tracked(block.tracking, profile))
        said[header.label(profile, "tracked")] = block.tracking.tracked
        name = words.text(f"{block.decision.rpartition('-')[2]}　") + words.read(block.prose)
        rows.append((name, *(words.text(said[header.label(profile, name)]) for name in names[1:])))
    yield Grid(tuple(rows), ("",) * len(names), span=minutes.meta.span, caption=header.label(profile, "tracking_table"))


def _attachment_list(minutes: Minutes, words: _Words) -> Iterator[Line]:
    word = header.label(minutes.profile, "attachments")
    for number, file in enumerate(words.files, 1):
        title: Inlines = (Link(file.href, (Text(file.title),)),) if file.href else (Text(file.title),)
        place = minutes.meta.where("attachments", number - 1)
        yield Line("attachment", lead=f"{word}{number}：", cells=(title,), anchor=f"attachment-{number}", span=place)


def _footnotes(footnotes: tuple[Footnote, ...], words: _Words) -> Iterator[Line]:
    order = sorted(footnotes, key=lambda note: words.notes.get(note.label, 0))
    for note in order:
        number = words.notes[note.label]
        text: list[Inline] = []
        for entry in _Blocks(words).blocks(note.children, _Around(0, 0)):
            text += [Break(), *_flat(entry)] if text else _flat(entry)
        yield Line("footnote", 0, f"[{number}]", number, cells=(tuple(text),), anchor=f"note-{number}", span=note.span)


def _flat(entry: Entry) -> Inlines:
    """A line or a table inside a footnote, as one run of text."""
    if isinstance(entry, Grid):
        return tuple(node for row in entry.rows for cell in row for node in (*cell, Text("　")))
    return (Text(entry.number + entry.lead), *entry.cells[0]) if entry.number + entry.lead else entry.cells[0]


