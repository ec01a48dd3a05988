"""docs/format.md is true: every key, name and label is on it, and every example prints what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from minutes_cli import check, labels, registry, sections
from minutes_cli.body import decisions
from minutes_cli.document import Minutes
from minutes_cli.front import calendar
from minutes_cli.front.vocabulary import schema
from minutes_cli.printing import outline
from minutes_cli.source import Source

PAGE = (Path(__file__).parent.parent / "docs" / "format.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FRONT = """---
title: 石門市智慧城市諮詢小組會議
date: 2024-05-02
start: 14:00
location: 市府第二會議室
chair: 許副市長文(代)
recorder: 江恩
attendees: 溫委員平、馮委員玉
---

"""


def checked(text: str) -> tuple[Minutes, list[str]]:
    found = check.check(Source("m.md", text))
    return found.minutes, [f"{d.code}: {d.message.en}" for d in found.diagnostics]


def printed(text: str) -> list[str]:
    minutes = checked(text)[0]
    rendered: bytes = registry.load("render", "text").render(outline.outline(minutes), minutes)
    return [re.sub(r"\s", "", line) for line in rendered.decode().splitlines()]


def pairs() -> Iterator[tuple[str, str]]:
    """Each body on the page with what the page says that it prints."""
    blocks = list(BLOCK.finditer(PAGE))
    for block, following in pairwise(blocks):
        if (block[1], following[1]) == ("markdown", "text"):
            yield block[2], following[2]


@pytest.mark.parametrize(("body", "text"), list(pairs()))
def test_what_is_shown_prints_as_shown(body: str, text: str) -> None:
    # Four rows of header, and the title.
    assert printed(FRONT + body)[5:] == [re.sub(r"\s", "", line) for line in text.splitlines()]


@pytest.mark.parametrize("body", [body for body, _ in pairs()])
def test_what_is_shown_is_no_fault(body: str) -> None:
    allowed = {"attachment-unlisted", "case-without-decision", "decision-without-owner"}
    assert [said for said in checked(FRONT + body)[1] if said.split(":")[0] not in allowed] == []


def test_there_are_examples_to_run() -> None:
    assert len(list(pairs())) >= 8


def test_the_whole_file_at_the_beginning_is_clean() -> None:
    whole = next(block[2] for block in BLOCK.finditer(PAGE) if block[2].startswith("---"))
    assert checked(whole)[1] == []


# ── nothing is left out ─────────────────────────────────────────────────────────────────────────────────────────────


def fields(node: Any) -> Iterator[tuple[str, list[str]]]:
    """Every key of the schema, at any depth, with its Chinese names."""
    if isinstance(node, dict):
        for key, below in node.get("properties", {}).items():
            if isinstance(below, dict) and "title" in below:
                yield key, below.get("x-aliases", [])
        for below in node.values():
            yield from fields(below)
    elif isinstance(node, list):
        for below in node:
            yield from fields(below)


def test_every_key_and_every_alias_is_on_the_page() -> None:
    for key, aliases in fields(schema()):
        assert key in PAGE, key
        for alias in aliases:
            assert alias in PAGE, f"{key}: {alias}"


def test_every_word_for_a_value_is_on_the_page() -> None:
    values = [word for part in schema()["properties"].values() for word in part.get("x-values", {})]
    assert [word for word in values if word not in PAGE] == []


def test_every_section_label_and_tracking_name_is_on_the_page() -> None:
    reply = {f"〈單位或人〉{name}" for name in labels.KINDS["reply"]}
    bullets = {name for names in decisions.KEYS.values() for name in names}
    known = {name for name in sections.NAMES if "記錄" not in name} | set(labels.NAMES) | reply | bullets
    assert {name for name in known if name not in PAGE} == set()


# ── statements made in passing ──────────────────────────────────────────────────────────────────────────────────────


def test_every_date_and_time_on_the_page_is_read() -> None:
    dates = re.search(r"### 2\.3.*?\n\n.*?\n\n(.*?)\n\n", PAGE, re.DOTALL)
    times = re.search(r"### 2\.4.*?\n\n(.*?)\n\n", PAGE, re.DOTALL)
    assert dates
    assert times
    found = re.findall(r"`([^`]+)`", dates[1])
    assert len(found) >= 10
    assert {calendar.read_date(text).date.isoformat() if calendar.read_date(text) else text for text in found} == {
        "2015-09-24"
    }
    assert all(calendar.read_time(text) for text in re.findall(r"`([^`]+)`", times[1]))
    assert calendar.read_time("下午14時") is None
    assert calendar.read_time("上午12時") is None
    for weekday in ("（星期四）", "(四)", "週四"):
        assert calendar.read_date(f"104年9月24日{weekday}")


def body_lines(body: str) -> list[str]:
    return printed(FRONT + body)[5:]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        # 3 sections
        ("## 陸、專題分享：\n\n一、甲。\n", ["伍、專題分享：", "一、甲。"]),
        ("## 捌、討論事項\n\n一、甲。\n", ["伍、討論事項", "一、甲。"]),
        ("## 伍、主席致詞：略\n", ["伍、主席致詞：略"]),
        ("# 主席致詞\n\n略\n", ["伍、主席致詞：略"]),
        ("伍、主席致詞：略\n陸、討論事項\n一、甲。\n", ["伍、主席致詞：略", "陸、討論事項", "一、甲。"]),
        ("前言。\n\n## 主席致詞\n\n略\n", ["前言。", "伍、主席致詞：略"]),
        ("## 討 論 事 項\n\n一、甲。\n", ["伍、討論事項：", "一、甲。"]),
        ("## 臨時提案\n", ["伍、臨時提案：無"]),
        ("## 伍、臨時動議\n", ["伍、臨時動議", "無"]),
        # 4.1 numbers
        ("## 報告事項\n\nㄧ、甲。\n二．乙。\n", ["伍、報告事項：", "一、甲。", "二、乙。"]),
        ("## 報告事項\n\n1、甲。\n２．乙。\n", ["伍、報告事項：", "1.甲。", "2.乙。"]),
        ("## 報告事項\n\n1. 甲。\n1. 乙。\n", ["伍、報告事項：", "一、甲。", "二、乙。"]),
        ("## 報告事項\n\n3.14 是圓周率。\n", ["伍、報告事項：3.14是圓周率。"]),
        # 5 labels
        ("## 討論事項\n\n案由：甲。\n說　明：乙。\n", ["伍、討論事項：", "案由：甲。", "說明：乙。"]),
        ("## 討論事項\n\n案由：甲。\n\n**說明**\n\n乙。\n", ["伍、討論事項：", "案由：甲。", "說明：乙。"]),
        ("## 討論事項\n\n案由：甲。\n請資訊局回覆\n", ["伍、討論事項：", "案由：甲。請資訊局回覆"]),
        ("## 討論事項\n\n第一案：甲。\n決議：可。\n", ["伍、討論事項：", "第一案：甲。", "決議：可。"]),
        # 7 decisions: a bullet that is no tracking data is an item
        ("## 決議事項\n\n1. 甲。\n   - 備註：乙\n", ["伍、決議事項：", "一、甲。", "（一）備註：乙"]),
        # 8 other Markdown
        ("## 報告事項\n\n第一行\n第二行，這一段超過二十個字所以不會接在標題的後面。\n",
         ["伍、報告事項：", "第一行第二行，這一段超過二十個字所以不會接在標題的後面。"]),
        ("## 報告事項\n\n<!-- 給自己看 -->\n\n一、甲。\n", ["伍、報告事項：", "一、甲。"]),
        ("## 報告事項\n\n[主席]: 請發言\n", ["伍、報告事項：[主席]:請發言"]),
        ("## 報告事項\n\n<b>甲</b>\n", ["伍、報告事項：<b>甲</b>"]),
        ("## 報告事項\n\n[檔](file:///etc/passwd)\n", ["伍、報告事項：", "[檔](file:///etc/passwd)"]),
        ("## 報告事項\n\n甲。\n\n[^1]: 沒有用到的註腳。\n", ["伍、報告事項：甲。", "[1]沒有用到的註腳。"]),
        # 11 doubtful cases
        ("## 報告事項\n\n- 一、甲。\n- 二、乙。\n", ["伍、報告事項：", "一、甲。", "二、乙。"]),
        ("## 報告事項\n\n一、甲。\n1. 乙。\n2. 丙。\n二、丁。\n",
         ["伍、報告事項：", "一、甲。", "1.乙。", "2.丙。", "二、丁。"]),
        ("## 報告事項\n\n1. 甲。\n2. 乙。\n\n一段文字。\n\n3. 丙。\n",
         ["伍、報告事項：", "一、甲。", "二、乙。", "一段文字。", "三、丙。"]),
        ("## 討論事項\n\n一、案由：甲。\n決議：可。\n二、案由：乙。\n決議：可。\n",
         ["伍、討論事項：", "一、案由：甲。", "決議：可。", "二、案由：乙。", "決議：可。"]),
        ("## 報告事項\n\n#### 甲\n\n1. 乙。\n", ["伍、報告事項：", "一、甲", "（一）乙。"]),
        ("## 報告事項\n\n一、甲。\n\n> 一、引文。\n\n二、乙。\n",
         ["伍、報告事項：", "一、甲。", "（一）引文。", "二、乙。"]),
        ("## 討論事項\n\n案由：\n\n甲。\n", ["伍、討論事項：", "案由：甲。"]),
    ],
)  # fmt: skip
def test_a_statement_of_the_page(body: str, lines: list[str]) -> None:
    assert body_lines(body) == lines


def test_an_excerpt_keeps_its_numbers() -> None:
    body = "## 討論事項\n\n二、甲。\n五、乙。\n"
    excerpt = FRONT.replace("---\n\n", "excerpt: true\n---\n\n")
    assert printed(excerpt + body)[-2:] == ["二、甲。", "五、乙。"]
    assert checked(excerpt + body)[1] == []


def test_ids_of_decisions() -> None:
    series = FRONT.replace("---\n\n", "series: city\nterm: 3\nsession: 4\n---\n\n")
    body = "## 討論事項\n\n案由：甲。\n決議：可。\n\n## 決議事項\n\n1. 乙。\n2. 丙。\n   - 編號：7-1\n"
    entries = outline.outline(checked(series + body)[0]).entries
    assert [e.decision for e in entries if getattr(e, "decision", "")] == ["city/3-4-案1", "city/3-4-1", "city/3-4-7-1"]
