"""A drawn meeting in, its body out, in one of the spellings that recorders use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle

from .drawn import Meeting, Point, Section, Speaker


def body(meeting: Meeting, name: str) -> str:
    """The sections in one spelling, or in each in turn where `name` is none of them."""
    writers = cycle([BODIES[name]] if name in BODIES else BODIES.values())
    return "\n".join(f"## {section.name}\n\n{_below(section, next(writers))}\n" for section in meeting.sections)


def _below(section: Section, write: Callable[[Section], str]) -> str:
    if section.rows:
        rows = "\n".join(f"| {row.decision} | {row.done} | {row.state} |" for row in section.rows)
        return f"| 決議 | 辦理情形 | 列管 |\n| --- | --- | :-: |\n{rows}"
    return section.text or write(section).strip()


def _bullets(owner: str, indent: str) -> Iterator[str]:
    if owner:
        yield f"{indent}- 主辦：{owner}"
        yield f"{indent}- 期限：下次會議"
        yield f"{indent}- 列管：是"


# Nested lists below bold labels.


def _lists(section: Section) -> str:
    lines = [*_list_points(section.points)]
    if section.speakers:
        lines += ["", "**發言重點**：", "", *_list_speakers(section.speakers)]
    for number, case in zip("一二三四", section.cases, strict=False):
        lines += ["", f"**案由{number}**：{case.text}", "", "**說明**：", "", *_list_points(case.reasons)]
        lines += ["", "**擬辦：**", "", *_list_points(case.plans), "", "**發言重點**：", ""]
        lines += [*_list_speakers(case.speakers), "", f"**決議：**{case.decision}"]
    return "\n".join(lines)


def _list_points(points: tuple[Point, ...], indent: str = "") -> Iterator[str]:
    for number, point in enumerate(points, 1):
        yield f"{indent}{number}. {point.text}"
        yield from _list_points(point.points, indent + "   ")
        yield from _bullets(point.owner, indent + "   ")


def _list_speakers(speakers: tuple[Speaker, ...]) -> Iterator[str]:
    for number, speaker in enumerate(speakers, 1):
        yield f"{number}. {speaker.name}"
        yield from _list_points(speaker.points, "   ")
        if speaker.reply:
            yield from ("", f"   {speaker.unit}回覆", "", *_list_points(speaker.reply, "   "), "")


# Headings down to the speakers and their replies.


def _headings(section: Section) -> str:
    lines = [*_list_points(section.points)]
    if section.speakers:
        lines += ["", "### 發言重點", "", *_heading_speakers(section.speakers, "####")]
    for number, case in zip("一二三四", section.cases, strict=False):
        lines += ["", f"### 案由{number}：{case.text}", "", "#### 說明", "", *_list_points(case.reasons)]
        lines += ["", "#### 擬辦", "", *_list_points(case.plans), "", "#### 發言重點", ""]
        lines += [*_heading_speakers(case.speakers, "#####"), "", "#### 決議", "", case.decision]
    return "\n".join(lines)


def _heading_speakers(speakers: tuple[Speaker, ...], marks: str) -> Iterator[str]:
    for speaker in speakers:
        yield from (f"{marks} {speaker.name}", "", *_list_points(speaker.points), "")
        if speaker.reply:
            yield from (f"{marks}# {speaker.unit}回覆", "", *_list_points(speaker.reply), "")


# Chinese numbers at the start of the line, without indentation and without blank lines.

_LABELS: tuple[Callable[[int], str], ...] = (
    lambda n: f"{'一二三四五六七八九'[n - 1]}、",
    lambda n: f"（{'一二三四五六七八九'[n - 1]}）",
    lambda n: f"{n}.",
)


def _natural(section: Section) -> str:
    lines = [*_natural_points(section.points)]
    if section.speakers:
        lines += ["發言重點：", *_natural_speakers(section.speakers)]
    for number, case in zip("一二三四", section.cases, strict=False):
        lines += [f"案由{number}：{case.text}", "說　明：", *_natural_points(case.reasons)]
        lines += ["擬　辦：", *_natural_points(case.plans), "發言重點：", *_natural_speakers(case.speakers)]
        lines += [f"決　議：{case.decision}"]
    return "\n".join(lines)


def _natural_points(points: tuple[Point, ...], level: int = 0) -> Iterator[str]:
    for number, point in enumerate(points, 1):
        yield f"{_LABELS[level](number)}{point.text}"
        yield from _natural_points(point.points, level + 1)
        yield from _bullets(point.owner, "")


def _natural_speakers(speakers: tuple[Speaker, ...]) -> Iterator[str]:
    for number, speaker in enumerate(speakers, 1):
        yield f"{_LABELS[1](number)}{speaker.name}"
        yield from _natural_points(speaker.points, 2)
        if speaker.reply:
            yield from (f"{speaker.unit}回覆", *_natural_points(speaker.reply, 2))


BODIES: dict[str, Callable[[Section], str]] = {"lists": _lists, "headings": _headings, "natural": _natural}
