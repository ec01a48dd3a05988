"""A baseline: what is in it is not told, what is new is, and what is gone is said."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from running import CLEAN, run

from minutes_cli.files import writing
from minutes_cli.judging import baseline

NAME = "baseline.json"


def write(*arguments: str) -> None:
    result = run("check", *(arguments or (".",)), "--write-baseline", NAME)
    assert (result.exit_code, result.stdout) == (0, ""), result.output


def test_what_is_known_is_not_told(folder: Path) -> None:
    write()
    result = run("check", ".", "--baseline", NAME)
    assert result.exit_code == 0
    assert result.stdout == "檢核了 2 個檔案，沒有錯誤。\n基準檔 baseline.json 已有的 1 個問題沒有列出。\n"
    english = run("check", ".", "--baseline", NAME, "--lang", "en").stdout
    assert english.endswith("1 finding in baseline.json already, not told.\n")


def test_the_file_is_sorted_and_says_which_codes(folder: Path) -> None:
    (folder / "b").mkdir()
    shutil.copy(folder / "faulty.md", folder / "b" / "a.md")
    run("check", ".", "--write-baseline", NAME)
    text = (folder / NAME).read_text(encoding="utf-8")
    data = json.loads(text)
    assert list(data["files"]) == ["b/a.md", "faulty.md"]
    assert [list(known.values()) for known in data["files"].values()] == [["weekday"], ["weekday"]]
    assert text.endswith("}\n")
    write("faulty.md", "b", "clean.md")
    assert (folder / NAME).read_text(encoding="utf-8") == text


def test_lines_put_in_above_change_nothing_and_a_new_fault_is_told(folder: Path) -> None:
    write()
    path = folder / "faulty.md"
    words = path.read_text(encoding="utf-8")
    path.write_text(words.replace("---\ntitle", "---\n# 註\nseries: a\ntitle", 1), encoding="utf-8")
    assert run("check", ".", "--baseline", NAME).exit_code == 0
    path.write_text(words.replace("一、同意。", "一、甲。\n三、乙。"), encoding="utf-8")
    result = run("check", ".", "--baseline", NAME, "--report", "concise")
    assert result.exit_code == 1
    assert re.findall(r"^faulty\.md:\d+:\d+: error ([a-z-]+) ", result.stdout, re.M) == ["number-missing"]


def test_one_more_of_the_same_on_a_like_line_is_new(folder: Path) -> None:
    path = folder / "clean.md"
    (folder / "faulty.md").unlink()
    path.write_text(CLEAN + "\n同 **甲\n", encoding="utf-8")
    write()
    assert run("check", ".", "--baseline", NAME).exit_code == 0
    path.write_text(CLEAN + "\n同 **甲\n\n同 **甲\n", encoding="utf-8")
    before = run("check", ".", "--fail-level", "info").stdout.count("[emphasis-literal]")
    after = run("check", ".", "--baseline", NAME).stdout.count("[emphasis-literal]")
    assert (before, after) == (2, 1)


def test_what_is_gone_is_said_and_only_where_it_was_looked_for(folder: Path) -> None:
    write()
    (folder / "faulty.md").write_text(CLEAN, encoding="utf-8")
    result = run("check", ".", "--baseline", NAME, "--report", "json")
    assert "基準檔裡有 1 項已經不在了：faulty.md [weekday]；可以用 --write-baseline 重寫。" in result.stderr
    assert "不在了" not in run("check", "clean.md", "--baseline", NAME).stdout
    assert "不在了" not in run("check", ".", "--baseline", NAME, "--select", "votes").stdout
    (folder / "faulty.md").unlink()
    assert "已經不在了：faulty.md；" in run("check", "clean.md", "--baseline", NAME).stdout
    write()
    assert json.loads((folder / NAME).read_text(encoding="utf-8")) == {"version": 1, "files": {}}


def test_the_working_folder_does_not_matter(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write()
    (folder / "sub").mkdir()
    monkeypatch.chdir(folder / "sub")
    result = run("check", "../faulty.md", "--baseline", f"../{NAME}")
    assert result.exit_code == 0, result.output


def test_suppressed_and_ignored_findings_are_not_written_down(folder: Path) -> None:
    write(".", "--ignore", "weekday")
    assert json.loads((folder / NAME).read_text(encoding="utf-8"))["files"] == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"version": 2, "files": {}}',
        '{"version": 1, "files": {"a": []}}',
        '{"version": 1, "files": {"a": {"b": 1}}}',
    ],
)
def test_what_is_no_baseline_is_a_failure(folder: Path, text: str) -> None:
    (folder / NAME).write_text(text, encoding="utf-8")
    result = run("check", ".", "--baseline", NAME)
    assert result.exit_code == 2
    assert f"基準檔 {NAME} 讀不懂" in result.stderr


def test_a_baseline_is_written_whole_or_not_at_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write()
    old = (folder / NAME).read_bytes()
    (folder / "faulty.md").write_text(CLEAN, encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_replace", full)
    assert run("check", ".", "--write-baseline", NAME).exit_code == 5
    assert (folder / NAME).read_bytes() == old


def test_a_file_that_cannot_be_read_leaves_the_baseline_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "closed.md").symlink_to("nowhere.md")
    result = run("check", ".", "--write-baseline", NAME)
    assert result.exit_code == 4
    assert not (folder / NAME).exists()


def test_text_and_read_agree(tmp_path: Path) -> None:
    files = {"乙.md": {"a:1": "weekday"}, "甲.md": {"b:2": "votes", "b:1": "votes"}}
    path = tmp_path / NAME
    path.write_text(baseline.text(files), encoding="utf-8")
    assert baseline.read(path).known == files
