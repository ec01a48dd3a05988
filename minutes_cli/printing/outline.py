"""Minutes in, printed lines out: what is printed, in which order, with which number, once for all formats."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from minutes_cli.document import Footnote, Minutes, Paragraph, Section, decided
from minutes_cli.inline import Break, Inline, Inlines, Link, Strong, Text, plain
from minutes_cli.lines import Entry, Grid, Line, Printed
from minutes_cli.printing import header
from minutes_cli.printing.entries import Around, Blocks, flat, tracked
from minutes_cli.printing.words import Words, attachments, note_numbers
from minutes_cli.width import width

_TITLE_INDENT = 4
# The columns that the first of two people may take for the second to fit on the line.
_SHARED = 40
_SIGNATURE = "＿＿＿＿＿＿＿＿"


def outline(minutes: Minutes, base: str = "") -> Printed:
    """All lines of one meeting, in order.  `base` leads from where they will be read to the meeting's folder."""
    words = Words(note_numbers(minutes), attachments(minutes, base), minutes.profile, base)
    meta, profile = minutes.meta, minutes.profile
    title = header.title(meta, profile)
    rows = tuple(header.rows(meta, profile))
    entries = (*_header(minutes, title, rows, words), *_sections(minutes, len(rows), words), *_end(minutes, words))
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
    return tuple(_numbered(minutes, sum(1 for _ in header.rows(minutes.meta, minutes.profile))))


def _numbered(minutes: Minutes, rows: int) -> Iterator[tuple[Section, int, str]]:
    profile = minutes.profile
    number = rows if profile.numbered and profile.continued else 0
    for section in minutes.sections:
        if section.role not in ("preamble", "adjournment"):
            number += 1
            yield section, number, profile.levels[0].label(number)


# ── above the sections ──────────────────────────────────────────────────────────────────────────────────────────────


def _header(minutes: Minutes, title: str, rows: tuple[header.Row, ...], words: Words) -> Iterator[Line]:
    meta, profile = minutes.meta, minutes.profile
    for name in ("document_no", "classification"):
        if meta.data.get(name):
            lead = f"{header.label(profile, name)}："
            text = words.text(str(meta.data[name]))
            yield Line("above", lead=lead, leads=(lead,), cells=(text,), span=meta.where(name))
    status = header.status(meta)
    shown = title + (f"（{status}）" if status else "")
    yield Line("title", cells=((Text(shown),),), indent=_TITLE_INDENT, span=meta.where("title"))
    for ordinal, row in enumerate(rows, 1):
        leads = tuple(f"{label}：" for label, _ in row)
        cells = tuple(words.text(texts[0]) for _, texts in row)
        number = profile.header_levels.label(ordinal) if profile.numbered else ""
        shared = len(cells) if width(leads[0] + plain(cells[0])) <= _SHARED else 1
        yield Line("header", 0, number, ordinal if number else 0, leads[0], cells[:shared], leads[:shared])
        for lead, cell in zip(leads[shared:], cells[shared:], strict=True):
            yield Line("more", lead=lead, leads=(lead,), cells=(cell,), indent=2)
        for label, texts in row:
            for more in texts[1:]:
                lead = f"{label}：" if len(row) > 1 else ""
                yield Line("more", lead=lead, leads=(lead,), cells=(words.text(more),), indent=2)


# ── sections ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _sections(minutes: Minutes, rows: int, words: Words) -> Iterator[Entry]:
    numbers = {id(section): (ordinal, label) for section, ordinal, label in _numbered(minutes, rows)}
    writer = Blocks(words)
    for index, section in enumerate(minutes.sections, 1):
        if section.role == "preamble":
            yield from writer.blocks(section.children, Around(0, 1))
        elif section.role == "adjournment":
            yield from _adjourned(minutes, section, words)
        else:
            ordinal, label = numbers[id(section)]
            yield from _section(section, Line("section", 0, label, ordinal, anchor=f"section-{index}"), writer)


def _section(section: Section, line: Line, writer: Blocks) -> Iterator[Entry]:
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
    yield from writer.blocks(children, Around(0, 1))


def _heading(section: Section, colon: str, words: Words) -> tuple[str, Inlines]:
    """A heading's name as plain lead, or as inline text where it holds more than plain words."""
    nodes = (*words.read(section.name), *words.read(section.note), Text(colon))
    if all(isinstance(node, Text) for node in nodes):
        return plain(nodes), ()
    return "", (Strong(nodes),) if section.name else nodes


def _adjourned(minutes: Minutes, section: Section, words: Words) -> Iterator[Entry]:
    """A 散會 section that the recorder wrote; empty, it prints what `end` says."""
    said = header.adjournment(minutes.meta, minutes.profile)
    line = Line("adjournment", anchor="adjournment", span=section.heading)
    if section.note or section.prose or section.children or not said:
        yield from _section(replace(section, colon=section.colon or False), line, Blocks(words))
    else:
        yield replace(line, cells=(words.text(said),))


# ── below the sections ──────────────────────────────────────────────────────────────────────────────────────────────


def _end(minutes: Minutes, words: Words) -> Iterator[Entry]:
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


def _tracking_table(minutes: Minutes, words: Words) -> Iterator[Grid]:
    followed = [block for block in decided(minutes) if block.tracking]
    if not followed:
        return
    profile = minutes.profile
    names = ("decision", "owner", "helper", "due", "tracked")
    rows: list[tuple[Inlines, ...]] = [tuple(words.text(header.label(profile, name)) for name in names)]
    for block in followed:
        assert block.tracking
        said = dict(tracked(block.tracking, profile))
        said[header.label(profile, "tracked")] = block.tracking.tracked
        name = words.text(f"{block.decision.rpartition('-')[2]}　") + words.read(block.prose)
        rows.append((name, *(words.text(said[header.label(profile, name)]) for name in names[1:])))
    yield Grid(tuple(rows), ("",) * len(names), span=minutes.meta.span, caption=header.label(profile, "tracking_table"))


def _attachment_list(minutes: Minutes, words: Words) -> Iterator[Line]:
    word = header.label(minutes.profile, "attachments")
    for number, file in enumerate(words.files, 1):
        title: Inlines = (Link(file.href, (Text(file.title),)),) if file.href else (Text(file.title),)
        place = minutes.meta.where("attachments", number - 1)
        yield Line("attachment", lead=f"{word}{number}：", cells=(title,), anchor=f"attachment-{number}", span=place)


def _footnotes(footnotes: tuple[Footnote, ...], words: Words) -> Iterator[Line]:
    order = sorted(footnotes, key=lambda note: words.notes.get(note.label, 0))
    for note in order:
        number = words.notes[note.label]
        text: list[Inline] = []
        for entry in Blocks(words).blocks(note.children, Around(0, 0)):
            text += [Break(), *flat(entry)] if text else flat(entry)
        yield Line("footnote", 0, f"[{number}]", number, cells=(tuple(text),), anchor=f"note-{number}", span=note.span)
