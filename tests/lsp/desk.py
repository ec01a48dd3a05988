"""The meetings that lie on the recorder's desk: the ministry's example, a first meeting for it to follow up, and two
hundred others."""

from __future__ import annotations

from pathlib import Path

from bench import meetings

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "moea-open-data-2.md"

FIRST = """\
---
title: 經濟部政府資料開放諮詢小組第1次會議
organization: 經濟部
series: moea-open-data
session: 1
date: 2015-06-10
start: 9:00
location: 經濟部第一會議室
chair: 馬主任正維(代)
recorder: 曾志明
attendees: 如簽到表
---

## 決議事項

1. 請各機關盤點資料。
2. 請資訊中心擬定計畫。
3. 請各單位提報清單。
   - 主辦：資訊中心
   - 期限：104年9月30日
   - 列管：是
"""


def lay_others(folder: Path) -> None:
    """Two hundred meetings of other series."""
    for number in range(200):
        (folder / f"{number:03}.md").write_text(meetings.meeting(number).text, encoding="utf-8")
