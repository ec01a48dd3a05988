"""The meetings of a folder: read once, told apart by series, found by whatever names a decision of theirs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from minutes_cli import parse
from minutes_cli.document import Minutes
from minutes_cli.lsp import earlier, library, links
from minutes_cli.lsp.library import Library
from minutes_cli.source import Source

FRONT = """\
---
title: {title}第{session}次會議
series: {series}
session: {session}
date: 2024-0{session}-01
---

"""
DECISIONS = "## 決議事項\n\n1. 甲案{n}。\n2. 乙案{n}。\n   - 主辦：資訊局\n3. 丙案{n}。\n"
FOLLOWED = """\
## 歷次會議決議追蹤

| 決議 | 辦理情形 | 列管 |
| --- | --- | --- |
| 1-2 | 已完成 | 解除列管 |
| 第2次會議結論3 | 辦理中 | 繼續列管 |
| 上游委員會第1次會議決議1 | 辦理中 | 繼續列管 |

## 臨時動議

依前次及本局第1次會議決議2、無名小組第1次會議決議2辦理，約 1-2 天。
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for series, title, sessions in (("down", "下游小組", 3), ("up", "上游委員會", 1)):
        for n in range(1, sessions + 1):
            body = FOLLOWED if n == 3 else DECISIONS.format(n=n)
            text = FRONT.format(title=title, series=series, session=n) + body
            (tmp_path / f"{series}-{n}.md").write_text(text, encoding="utf-8")
    (tmp_path / "README.md").write_text("# 說明\n", encoding="utf-8")
    return tmp_path


def read(path: Path) -> Minutes:
    return parse.parse(Source(path.name, path.read_text(encoding="utf-8"), path))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("1-2 |", "down-1.md 2. 乙案1。"),
        ("第2次會議結論3", "down-2.md 3. 丙案2。"),
        ("上游委員會第1次", "up-1.md 1. 甲案1。"),
        ("本局第1次會議", "down-1.md 2. 乙案1。"),
        ("無名小組第1次", ""),  # nobody knows them
        ("1-2 天", ""),
    ],
)
def test_a_reference_leads_to_the_decision(folder: Path, words: str, expected: str) -> None:
    minutes = read(folder / "down-3.md")
    offset = minutes.source.text.index(words) + 1
    found = links.definition(minutes, offset, Library((folder,)))
    assert " ".join(f"{one.source.name} {one.source.text[slice(*one.span)]}" for one in found) == expected


def test_who_refers_to_a_decision(folder: Path) -> None:
    minutes = read(folder / "down-1.md")
    offset = minutes.source.text.index("乙案1")
    found = links.references(minutes, offset, Library((folder,)), declared=False)
    said = [f"{one.source.name} {one.source.text[slice(*one.span)]}" for one in found]
    assert said == ["down-3.md 1-2", "down-3.md 依前次及本局第1次會議決議2"]
    other = read(folder / "up-1.md")
    offset = other.source.text.index("甲案1")
    found = links.references(other, offset, Library((folder,)), declared=False)
    assert [one.source.name for one in found] == ["down-3.md"]


def test_earlier_decisions_the_latest_first(folder: Path) -> None:
    found = [one.called for one in earlier.decisions(read(folder / "down-3.md"), Library((folder,)))]
    assert found == [f"第{session}次會議決議{n}" for session in (2, 1) for n in (1, 2, 3)]


def test_a_file_is_read_once_until_it_changes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[str] = []
    whole = library._parsed
    monkeypatch.setattr(library, "_parsed", lambda path: reads.append(path.name) or whole(path))
    known = Library((folder,))
    for _ in range(3):
        assert [one.session for one in known.series(folder / "down-1.md", "down")] == [1, 2, 3]
    assert sorted(reads) == ["down-1.md", "down-2.md", "down-3.md"], "and no other series"
    path = folder / "down-2.md"
    path.write_text(path.read_text(encoding="utf-8").replace("session: 2", "session: 9"), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert [one.session for one in known.series(path, "down")] == [1, 9, 3]
    path.unlink()
    known.forget()
    assert [one.session for one in known.series(path, "down")] == [1, 3]
    assert len(reads) == 4


def test_what_is_open_counts_instead_of_its_file(folder: Path) -> None:
    path, fresh = folder / "down-2.md", folder / "down-4.md"
    known = Library((folder,))
    text = path.read_text(encoding="utf-8").replace("丙案2", "改過的丙案")
    known.open[path] = parse.parse(Source(path.name, text, path))
    known.open[fresh] = parse.parse(Source(fresh.name, FRONT.format(title="下游小組", series="down", session=4), fresh))
    cards = known.series(path, "down")
    assert [one.session for one in cards] == [1, 2, 3, 4]
    assert cards[1].decided[2].text == "改過的丙案。"


def test_without_a_workspace_the_folder_of_the_file_counts(folder: Path) -> None:
    (folder / "deeper").mkdir()
    (folder / "deeper" / "down-0.md").write_text((folder / "down-1.md").read_text(encoding="utf-8"), encoding="utf-8")
    assert [one.path.name for one in Library().series(folder / "down-3.md", "down")] == [
        f"down-{n}.md" for n in (1, 2, 3)
    ]


def test_the_series_may_come_from_the_settings(folder: Path) -> None:
    (folder / "minutes.toml").write_text('[defaults]\nseries = "down"\n', encoding="utf-8")
    text = (
        (folder / "down-2.md")
        .read_text(encoding="utf-8")
        .replace("series: down\n", "")
        .replace("session: 2", "session: 5")
    )
    (folder / "down-5.md").write_text(text, encoding="utf-8")
    assert [one.session for one in Library((folder,)).series(folder / "down-1.md", "down")] == [1, 2, 5, 3]
