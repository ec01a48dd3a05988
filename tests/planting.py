"""A folder of two hundred generated meetings with every fault that there is a code for planted once.

Each fault stands in a file of its own.  ⟦ and ⟧ mark the place that its finding must point at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from bench import meetings

COUNT = 200
SERIES = 48  # of the generated meetings; each series meets in turn
SETTINGS = '[people]\n"溫平" = ["溫小平"]\n'

Edit = Callable[[str], str]


class Planted(NamedTuple):
    """A fault: its code, its file, and where it must be found, as (line, column, line, column) from 1."""

    code: str
    name: str
    places: tuple[tuple[str, int, int, int, int], ...]


# ── what is planted in the front matter: lines that are put in behind 列席 ─────────────────────────────────────────

FRONT = {
    "date-unreadable": "next: {date: ⟦113年2月30日⟧}",
    "hour-and-period": "next: {date: 2030-01-01, start: ⟦下午14時⟧}",
    "key-twice": "⟦列席⟧: 江恩",
    "key-unknown": "⟦organisation⟧: 石門市政府",
    "name-variant": "guests: [⟦溫小平⟧]",
    "present-and-absent": "leave: [⟦{member}⟧]",
    "quorum": "quorum: {expected: 12, present: ⟦15⟧, unit: 人}",
    "schema-type": "document_no: ⟦[4, 5]⟧",
    "schema-value": "term: ⟦0⟧",
    "time-unreadable": "next: {date: 2030-01-01, start: ⟦25:00⟧}",
    "yaml-alias": "x-note: ⟦*note⟧",
    "yaml-anchor": "x-note: ⟦&note⟧ 另行通知",
    "yaml-bracket": "guests: ⟦[⟧江恩, 溫平",
    "yaml-bullet": "guests:\n  ⟦•⟧ 韋牧遠",
    "yaml-colon-in-value": "x-note: 備註⟦:⟧ 另行通知",
    "yaml-colon-space": "guests⟦:⟧江恩",
    "yaml-comment": "x-note: 第 ⟦#3 會議室⟧",
    "yaml-comment-behind": "x-note: smart-city  ⟦# 代號⟧",
    "yaml-comment-cuts": "x-note: 出席\n  第 ⟦#3 會議室⟧",
    "yaml-dash-space": "guests:\n  ⟦-⟧韋牧遠",
    "yaml-document": "⟦...⟧ x-note: 另行通知",
    "yaml-duplicate-key": "custom:\n  代號: smart-city\n  ⟦代號⟧: open-data",
    "yaml-escape": 'x-note: "C:⟦\\⟧會議\\\\附件"',
    "yaml-fullwidth-colon": "x-note⟦：⟧smart-city",
    "yaml-fullwidth-comma": "guests: [{name: 韋牧遠⟦，⟧title: 局長}]",
    "yaml-fullwidth-indent": "next:\n⟦　⟧date: 2030-06-06",
    "yaml-indent": "next:\n    date: 2030-06-06\n  ⟦start: 14:00⟧",
    "yaml-invisible": "x-note: ⟦\u200b⟧smart-city",
    "yaml-key-not-text": "custom: {⟦true⟧: 是}",
    "yaml-list-under-text": "guests: 列席者\n  ⟦-⟧ 韋牧遠",
    "yaml-merge": "custom: {⟦<<⟧: {甲: 乙}}",
    "yaml-no-colon": "⟦x-note smart-city⟧",
    "yaml-quote-start": "x-note: ⟦@⟧市府大門",
    "yaml-quote-tail": 'x-note: "另行"⟦通知⟧',
    "yaml-quote-unclosed": 'x-note: ⟦"⟧另行通知',
    "yaml-stray-space": "x-note: ⟦　⟧smart-city",
    "yaml-tab": "next:\n⟦\t⟧date: 2030-06-06",
    "yaml-tag": "x-note: ⟦!note⟧ 時間變更",
    "yaml-depth": "x-note: [[[[[[[[[[[[[[[⟦[⟧[]]]]]]]]]]]]]]]]]",
    "yaml-directive": "⟦% 另行通知⟧",
}

# ── what is planted in the body: in the place of the 無 below 臨時動議 ──────────────────────────────────────────────

BODY = {
    "attachment-unlisted": "一、財務報告（如⟦附件9⟧）。",
    "bullet-lookalike": "⟦•⟧業務報告",
    "control-character": "請各單位⟦\x07⟧儘速辦理。",
    "depth": "- 業務\n  - 收費\n    - 場地\n      - 平日\n        - 日間\n          - 上午\n            ⟦-⟧ 八時至十時",
    "emphasis-literal": "請各單位⟦**⟧ 儘速辦理。",
    "emphasis-suspicious": "一、看板尺寸為3⟦*4*⟧5公尺。",
    "footnote-duplicate": "一、業務報告[^1]。\n\n[^1]: 資料截至四月底。\n\n⟦[^1]:⟧ 金額未稅。",
    "footnote-undefined": "一、業務報告⟦[^2]⟧。",
    "footnote-unused": "一、業務報告。\n\n⟦[^1]:⟧ 資料截至四月底。",
    "fullwidth-indent": "1. 業務報告\n⟦　⟧- 第一季",
    "heading-space": "略\n\n⟦##⟧其他事項\n\n一、業務報告。",
    "html-comment": "略 ⟦<!-- 待主席補充 -->⟧",
    "indented-code": "各位委員好：\n\n    ⟦今天的會議有兩個議題。⟧",
    "indented-number": "一、業務報告。\n    ⟦（一）⟧第一季。",
    "label-unknown": "案由：開放資料格式，請討論。\n決議：採用 CSV 與 JSON。\n\n⟦決義⟧：採用 XML。",
    "level-skipped": "一、業務報告。\n⟦1.⟧本月辦理三場。",
    "line-separator": "請各單位儘速辦理。⟦\u2028⟧並於下次會議報告。",
    "link-broken": "一、詳⟦[簡報](業務 簡報.pdf)⟧。",
    "list-indent": "1. 業務報告\n  ⟦-⟧ 第一季\n2. 財務報告",
    "list-number-large": "⟦104.⟧ 年度預算執行情形。",
    "lookalike": "⟦ㄧ⟧、業務報告。",
    "lost-character": "請江委員⟦\ufffd⟧協助。",
    "mixed-widths": "一、業務報告。\n（一）第一季。\n（二）第二季。\n⟦(三)⟧第三季。",
    "number-missing": "一、業務報告。\n⟦三、⟧財務報告。",
    "number-repeated": "一、業務報告。\n二、財務報告。\n⟦二、⟧人事報告。",
    "number-wrong": "⟦二、⟧業務報告。\n三、財務報告。",
    "quote-suspicious": "⟦>⟧5人同意者通過。",
    "setext-heading": "本日議程如下\n⟦---⟧",
    "suppression-reason": "一、業務報告。\n三、財務報告。 ⟦<!-- minutes: ignore[number-missing] -->⟧",
    "suppression-unknown": "一、業務報告。 <!-- minutes: ignore[⟦nmber⟧] 節錄 -->",
    "suppression-unused": "一、業務報告。 <!-- minutes: ignore[⟦number-missing⟧] 節錄 -->",
    "table-extra-cells": "| 項目 | 金額 |\n|---|---|\n| 場租 | 3,000 | ⟦已付⟧ |",
    "table-lookalike": "⟦| 項目 | 金額 |⟧\n| 場租 | 3,000 |",
    "votes": "案由：開放資料格式，請討論。\n表決：⟦贊成 9 票，反對 2 票，棄權 0 票，出席 10 人⟧。\n決議：通過。",
}


# ── what is changed elsewhere ───────────────────────────────────────────────────────────────────────────────────────


def _sub(pattern: str, new: str) -> Edit:
    """Replace the first place that matches."""

    def edit(text: str) -> str:
        found, count = re.subn(pattern, new, text, count=1, flags=re.M | re.S)
        assert count, pattern
        return found

    return edit


def _all(*edits: Edit) -> Edit:
    def edit(text: str) -> str:
        for one in edits:
            text = one(text)
        return text

    return edit


def _attachment(more: str) -> Edit:
    """In the place of the address of the first attachment."""
    return _sub(r"url: 'https://data.example.org/[a-z-]+/1'", more)


_BOARD = _all(
    _sub("^kind: advisory", "kind: board"),
    _sub("^attachments:", "quorum: {expected: 39, present: 39, unit: 人}\nattachments:"),
)

EDITS: dict[str, Edit] = {
    "attachment-file": _attachment("file: ⟦不存在的議程.pdf⟧"),
    "attachment-checksum": _attachment(f"file: 簽到表.txt, sha256: ⟦'{'0' * 64}'⟧"),
    "attachment-uncited": _sub(r"\n---\n", "\n  - {title: ⟦財務報告⟧, url: 'https://data.example.org/4'}\n---\n"),
    "decision-without-owner": _sub(r"\n   - 主辦：[^\n]+\n   - 期限：下次會議\n   - 列管：是", "\n   - ⟦列管：是⟧"),
    "end-before-start": _sub(r"^end: '[0-9:]+'", "end: ⟦'00:10'⟧"),
    "field-missing": _all(_sub("^kind: advisory", "kind: board"), _sub("^---", "⟦---⟧")),
    "heading-number": _sub("^## 臨時動議", "## ⟦玖、⟧臨時動議"),
    "key-missing": _sub(r"^location: [^\n]+\n", "⟦⟧"),
    "label-missing": _all(_BOARD, _sub(r"\*\*(案由一)\*\*(.*?)\n\n\*\*決議：\*\*[^\n]+", r"**⟦\1⟧**\2")),
    "section-missing": _all(_BOARD, _sub(r"^## 臨時動議\n\n無\n\n", ""), _sub("^## 討論事項", "⟦## 討論事項⟧")),
    "case-without-decision": _all(
        _sub("^## 決議事項", "## 其他事項"), _sub(r"\*\*(案由一)\*\*(.*?)\n\n\*\*決議：\*\*[^\n]+", r"**⟦\1⟧**\2")
    ),
    "title-session": _all(_sub("第[0-9]+次會議", "第77次會議"), _sub(r"^session: ([0-9]+)", r"session: ⟦\1⟧")),
    "value-missing": _sub(r"^location: [^\n]+\n", "⟦location⟧:\n"),
    "weekday": _sub(r"^date: '([0-9-]+)'", r"date: ⟦'\1（星期日）'⟧"),
}

# ── what leaves nothing of the meeting whole, and so is planted in the last of a series ─────────────────────────────

LAST: dict[str, Edit] = {
    "no-front-matter": _sub(r"^---\n.*\n---\n\n## ", "⟦⟧## "),
    "yaml-fence-blank": lambda text: "⟦\n⟧" + text,
    "yaml-fence-code": _sub("^---", "⟦```yaml⟧"),
    "yaml-fence-dashes": _sub("^---", "⟦－－－⟧"),
    "yaml-fence-indent": _sub("^---", " ⟦---⟧"),
    "yaml-fence-length": _sub("^---", "⟦----⟧"),
    "yaml-fence-plus": _sub("^---", "⟦+++⟧"),
    "yaml-fence-text": _sub(r"^---\n", "⟦--- ⟧x-note: 甲\n"),
    "yaml-first-indented": _sub("^title", "⟦  ⟧title"),
    "yaml-not-a-map": _sub(r"^title: [^\n]+\n.*\n(attachments.*)\n---\n", r"⟦- \1⟧\n---\n"),
    "yaml-unclosed": _sub(r"\n([^\n]+)\n---\n", r"\n⟦\1⟧\n"),
    "yaml-unopened": _sub(r"^---\n(title[^\n]+)", r"⟦\1⟧"),
    "front-matter-too-large": _sub(
        "^title: (.)",
        r"⟦x⟧-note: |\n" + "  會議 minutes of a meeting, in more words than are read of it\n" * 5_000 + r"title: \1",
    ),
    "too-large": lambda text: "⟦⟧" + text + "甲" * 3_000_000,
    "encoding": _sub("^title: (.)", r"title: ⟦\1⟧"),
}
ENCODED = {"encoding": "big5"}

# A code that is told beside many of another: that one, the lines, and which of the marks, or which place, is its own.
MANY = {
    "yaml-many": ("yaml-fullwidth-colon", "\n".join(f"x-{n}⟦：⟧1" for n in range(101)), None),
    "faults-cut": ("key-unknown", "\n".join(f"⟦k{n}⟧: 1" for n in range(200)), (2, 1, 2, 1)),
}

# ── what is planted in two files: in the last of a series ───────────────────────────────────────────────────────────

ACROSS: dict[str, Edit] = {
    "session-repeated": _all(_sub("第[0-9]+次會議", "第5次會議"), _sub("^session: [0-9]+", "session: ⟦5⟧")),
    "session-order": _sub("^date: '[0-9-]+'", "date: ⟦'2001-05-03'⟧"),
    "session-gap": _all(_sub("第[0-9]+次會議", "第77次會議"), _sub("^session: [0-9]+", "session: ⟦77⟧")),
    "decision-unknown": _sub("第4次會議決議[0-9]", "⟦第5次會議決議77⟧"),
}

UNPLANTED = frozenset(
    ("yaml-syntax",)  # what libyaml says that nobody has foreseen
)
NAMED = ("no-front-matter", "yaml-unopened")  # which a search takes for no meeting's file


def plant(folder: Path) -> list[Planted]:
    """Write the folder; what is planted in it, one fault a file."""
    folder.mkdir()
    (folder / "minutes.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "簽到表.txt").write_text("簽到\n", encoding="utf-8")
    faults = {number: (code, edit) for number, code, edit in _numbered()}
    planted = []
    for number in range(COUNT):
        written = meetings.meeting(number)
        code, edit = faults.get(number, ("", lambda text: text))
        text, marks = _unmarked(edit(written.text))
        (folder / f"{written.name}.md").write_bytes(text.encode(ENCODED.get(code, "utf-8"), "replace"))
        if code:
            planted.append(Planted(code, f"{written.name}.md", tuple(_places(code, marks))))
    return planted


def _unmarked(text: str) -> tuple[str, list[tuple[int, int, int, int]]]:
    """The text without its marks, and the places that they marked."""
    clean, places, ends = "", [], []
    for piece in re.split("([⟦⟧])", text):
        if piece not in ("⟦", "⟧"):
            clean += piece
            continue
        ends += [clean.count("\n") + 1, len(clean) - clean.rfind("\n")]
        if piece == "⟧":
            places.append((ends[0], ends[1], ends[2], ends[3]))
            ends = []
    return clean, places


def _places(code: str, marks: list[tuple[int, int, int, int]]) -> Iterator[tuple[str, int, int, int, int]]:
    other = code
    if code in MANY:
        other, _, place = MANY[code]
        yield (code, *(place or marks.pop()))
    yield from ((other, *mark) for mark in marks)


def _numbered() -> Iterator[tuple[int, str, Edit]]:
    """Which fault goes into which meeting: those with English keys, spelled as lists where an edit needs that."""
    english = [number for number in range(COUNT) if number // len(meetings.SPELLINGS) % 2 == 0]
    last = [number for number in english if number >= COUNT - SERIES]
    lists = [number for number in english if number % len(meetings.SPELLINGS) == 0 and number not in last]
    others = [number for number in english if number not in lists and number not in last]
    chinese = [number for number in range(COUNT) if number not in english]
    yield from _dealt(lists, EDITS)
    yield from _dealt(last, {**ACROSS, **LAST})
    yield from _dealt(chinese, {code: _below_motions(text) for code, text in BODY.items()})
    front = {**FRONT, **{code: lines for code, (_, lines, _) in MANY.items()}}
    yield from _dealt(others, {code: _before_attachments(text) for code, text in front.items()})
    number = next(number for number in others[len(front) :] if number >= SERIES)
    yield number, "person-two-ways", _spaced(meetings.meeting(number - SERIES).text)


def _dealt(numbers: list[int], edits: dict[str, Edit]) -> Iterator[tuple[int, str, Edit]]:
    assert len(edits) <= len(numbers)
    return ((number, code, edit) for number, (code, edit) in zip(numbers, edits.items(), strict=False))


def _below_motions(body: str) -> Edit:
    return lambda text: text.replace("## 臨時動議\n\n無\n", f"## 臨時動議\n\n{body}\n")


def _before_attachments(lines: str) -> Edit:
    def edit(text: str) -> str:
        (member,) = re.findall(_MEMBER, text)[:1]
        return text.replace("\nattachments:", f"\n{lines.replace('{member}', member)}\nattachments:")

    return edit


_MEMBER = r"\n    - {name: (\w+)"


def _spaced(before: str) -> Edit:
    """The first member of a meeting before, padded, in the place of one of this meeting."""

    def edit(text: str) -> str:
        here = re.findall(_MEMBER, text)
        name = next(name for name in re.findall(_MEMBER, before) if name not in here)
        return text.replace(f"{{name: {here[0]}", f"{{name: ⟦{name[0]}　{name[1:]}⟧", 1)

    return edit
