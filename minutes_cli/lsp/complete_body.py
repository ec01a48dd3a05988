"""A cursor in the body in; sections, labels, speakers, tracking bullets, 附件N and earlier decisions that may stand there
out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from minutes_cli import labels, sections
from minutes_cli.body import decisions, tracking
from minutes_cli.document import Item, Minutes, body
from minutes_cli.front.naming import key
from minutes_cli.front.people import Person, people, person
from minutes_cli.lsp.cursor import InBody
from minutes_cli.lsp.library import Decided
from minutes_cli.lsp.offers import DECISION, FILE, LABEL, PERSON, SECTION, VALUE, Offer, fitting
from minutes_cli.lsp.opened import Opened
from minutes_cli.printing import words
from minutes_cli.source import Span

_SECTION = re.compile(r"##?[ \t　]*(?P<number>[壹貳參肆伍陸柒捌玖拾]{1,3}[、.]?[ \t　]*)?(?P<typed>[^#]*)$")
_CITED = re.compile(r"附[ 　]*(?:件[ 　]*[0-9０-９一二三四五六七八九十]{0,3})?\Z")
_BULLET = re.compile(r"(?P<indent>[ \t]+)[-*+][ \t]+(?P<typed>[^：:]*)$")
_BULLET_VALUE = re.compile(r"[ \t]+[-*+][ \t]+(?P<key>[^：:\s]{2,6})[ 　]*[：:][ 　]*(?P<typed>.*)$")
_REFERRED = re.compile(r"[^\s|，。；：、（(]*$")
# The labels that are offered, in the order in which a case has them.
_LABELS = ("案由", "提案人", "說明", "擬辦", "辦法", "發言重點", "表決", "決議", "決定", "結論", "附帶決議")
_BULLETS = ("主辦", "協辦", "期限", "列管", "編號")
_SAID = {"列管": ("是", "否", *tracking.DISPOSALS), "期限": ("下次會議",)}
_TITLES = ("委員", "董事", "理事", "監事")
_PEOPLE = ("attendees", "chair", "observers", "guests", "recorder")


def cited(opened: Opened, offset: int) -> list[Offer]:
    """The attachments, where 附件 is being typed: in the body, and in the front matter too."""
    line = opened.source.line_span(opened.source.line_column(offset)[0])
    found = _CITED.search(opened.source.text, line.start, offset)
    return list(_attachments(opened.minutes, Span(found.start(), offset))) if found else []


def offers(opened: Opened, offset: int, at: InBody, earlier: Iterable[Decided]) -> list[Offer]:
    """What may be typed at a place of the body."""
    minutes, before = opened.minutes, at.before
    if before.startswith("#") and (found := _SECTION.match(before)):
        return fitting(_sections(minutes, Span(offset - len(found["typed"]), offset)), found["typed"])
    if value := _BULLET_VALUE.match(before):
        said = _SAID.get(value["key"].strip(), ())
        return [Offer(word, word, Span(offset - len(value["typed"]), offset), VALUE) for word in said]
    typed = before[len(at.marks) :]
    here = Span(offset - len(typed), offset)
    if at.section == "tracking":
        referred = _REFERRED.search(before)
        start = offset - len(referred[0]) if referred else offset
        return fitting(_decisions(earlier, Span(start, offset)), opened.source.text[start:offset])
    if len(typed) > 12 or labels.match(typed):
        return []
    return fitting(_at_line_start(minutes, here, at), typed)


def _at_line_start(minutes: Minutes, here: Span, at: InBody) -> Iterator[Offer]:
    bullet = _BULLET.match(at.before)
    if bullet and (at.section == "resolution" or at.label == "decision"):
        for name in _BULLETS:
            yield Offer(f"{name}：", f"{name}：", here, LABEL)
        return
    if at.label == "speeches":
        yield from _speakers(minutes, here)
    for name in _LABELS:
        yield Offer(f"{name}：", f"{name}：", here, LABEL, match=f"{name} {decisions.KEYS.get(name, ('',))[0]}".strip())


def _sections(minutes: Minutes, span: Span) -> Iterator[Offer]:
    """The sections of the layout that the file has not yet, then every known name."""
    written = {section.name.text for section in minutes.sections}
    names = [*minutes.profile.sections, *(names[0] for names in sections.ROLES.values()), *sections.NAMES]
    for name in dict.fromkeys(names):
        if name not in written:
            yield Offer(name, name, span, SECTION)


def _attachments(minutes: Minutes, span: Span) -> Iterator[Offer]:
    for number, file in enumerate(words.attachments(minutes), 1):
        yield Offer(f"附件{number}", f"附件{number}", span, FILE, file.title, match=f"附件{number}")


def _speakers(minutes: Minutes, span: Span) -> Iterator[Offer]:
    """Those who were there, as they print; and those who have spoken, since attendance may be a sheet of signatures."""
    seen: dict[str, str] = {}
    for field in _PEOPLE:
        for group in people(minutes.meta.data.get(field)).groups:
            for one in group.persons:
                seen.setdefault(_titled(one, group.name), one.unit or one.organization or group.name)
    for block in body(minutes):
        if isinstance(block, Item) and block.speaker and not block.span.start <= span.end <= block.span.end:
            seen.setdefault(block.speaker, "")
    for name, behind in seen.items():
        yield Offer(name, name, span, PERSON, behind)


def _titled(one: Person, group: str) -> str:
    """A person as minutes call one who speaks: 翁榮鍏 of the group 委員 is 翁委員榮鍏."""
    if one.title or one.name or group not in _TITLES or key(one.prints)[1]:
        return one.prints
    return person({"name": one.prints, "title": group}).prints


def _decisions(earlier: Iterable[Decided], span: Span) -> Iterator[Offer]:
    for decided in earlier:
        yield Offer(
            decided.called, decided.called, span, DECISION, decided.text, match=f"{decided.called} {decided.key}"
        )
