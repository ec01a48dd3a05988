"""--since: what is reported is what has changed since a revision, and what the others have to do with it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from running import CLEAN, FAULTY, run


def git(folder: Path, *arguments: str) -> str:
    """Git without anybody's settings."""
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{who}_{what}": "a@b.c" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }
    done = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, check=True, env=environment)
    return done.stdout.decode().strip()


def meeting(session: int, date: str = "2024-05-02") -> str:
    return CLEAN.replace("第1次", f"第{session}次").replace(
        "date: 2024-05-02", f"series: 測試\nsession: {session}\ndate: {date}"
    )


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tool: object) -> Path:
    """A repository with a faulty meeting and three of a series; the working folder."""
    tool("git")  # type: ignore[operator]
    folder = tmp_path / "庫"
    folder.mkdir()
    monkeypatch.chdir(folder)
    Path("舊的.md").write_text(FAULTY, encoding="utf-8")
    for session in (1, 2, 3):
        Path(f"{session}.md").write_text(meeting(session), encoding="utf-8")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "one")
    return folder


def found(*arguments: str) -> list[str]:
    """`file code` of each finding."""
    done = run("check", ".", "--report", "concise", *arguments)
    lines = [line.split(": ", 1) for line in done.stdout.splitlines() if ".md:" in line.split(" ")[0]]
    return [f"{place.split(':')[0]} {told.split()[1]}" for place, told in lines]


def test_nothing_has_changed(repository: Path) -> None:
    assert found() == ["舊的.md weekday"]
    assert found("--since", "HEAD") == []
    done = run("check", ".", "--since", "HEAD")
    assert (done.exit_code, done.stdout) == (
        0,
        "檢核了 0 個檔案，沒有錯誤。\n4 個檔案在 HEAD 之後沒有改過，只用來比對。\n",
    )


@pytest.mark.parametrize("how", ["changed", "staged", "committed", "new", "new and staged"])
def test_what_has_changed_is_reported(repository: Path, how: str) -> None:
    path = Path("新的.md" if "new" in how else "1.md")
    path.write_text(FAULTY, encoding="utf-8")
    if how != "changed" and how != "new":
        git(repository, "add", ".")
    if how == "committed":
        git(repository, "commit", "-q", "-m", "two")
    assert found("--since", "HEAD~1" if how == "committed" else "HEAD") == [f"{path} weekday"]


def test_a_file_in_a_folder_below_and_from_a_folder_below(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("下").mkdir()
    Path("下", "新的.md").write_text(FAULTY, encoding="utf-8")
    assert found("--since", "HEAD") == ["下/新的.md weekday"]
    monkeypatch.chdir("下")
    assert found("--since", "HEAD") == ["新的.md weekday"]


def test_what_others_did_meanwhile_on_a_branch_is_not_ours(repository: Path) -> None:
    git(repository, "switch", "-q", "-c", "ours")
    Path("1.md").write_text(FAULTY, encoding="utf-8")
    git(repository, "commit", "-q", "-a", "-m", "ours")
    git(repository, "switch", "-q", "main")
    Path("2.md").write_text(FAULTY.replace("第1次", "第2次"), encoding="utf-8")
    git(repository, "commit", "-q", "-a", "-m", "theirs")
    git(repository, "switch", "-q", "ours")
    assert found("--since", "main") == ["1.md weekday"]


@pytest.mark.parametrize("changed", ["2.md", "3.md"])
def test_where_two_files_disagree_the_one_that_changed_is_told(repository: Path, changed: str) -> None:
    session = int(changed[0])
    Path(changed).write_text(meeting(session, "2030-05-02" if session == 2 else "2020-05-02"), encoding="utf-8")
    assert found("--since", "HEAD") == [f"{changed} session-order"]
    assert found("--since", "HEAD", "--select", "weekday") == []


@pytest.mark.parametrize(("changed", "other"), [("1.md", "3.md"), ("3.md", "1.md")])
def test_a_session_that_is_there_already_is_told_of_the_new_file(repository: Path, changed: str, other: str) -> None:
    Path(changed).write_text(meeting(int(other[0])), encoding="utf-8")
    told = run("check", ".", "--since", "HEAD", "--select", "session-repeated", "--report", "concise").stdout
    assert told.startswith(f"{changed}:")
    assert f"{other}:" in told


def test_only_what_is_reported_is_mended(repository: Path) -> None:
    old, new = Path("舊的.md"), Path("新的.md")
    for path in (old, new):
        path.write_text(CLEAN.replace("14:00", "14：00").replace("date:", "date："), encoding="utf-8")
    git(repository, "add", str(old))
    git(repository, "commit", "-q", "-m", "two")
    before = old.read_bytes()
    run("check", ".", "--fix", "--since", "HEAD")
    assert old.read_bytes() == before
    assert "date: " in new.read_text(encoding="utf-8")


def test_a_revision_that_is_not_there(repository: Path) -> None:
    for revision in ("no-such-branch", "-x", "--output=x", ""):
        done = run("check", ".", f"--since={revision}")
        assert done.exit_code == 2, done.output
        assert "--since" in done.stderr
    assert not Path("x").exists()


def test_outside_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    Path("1.md").write_text(CLEAN, encoding="utf-8")
    done = run("check", ".", "--since", "HEAD")
    assert done.exit_code == 2
    assert "git" in done.stderr


def test_without_git(repository: Path, tmp_path: Path) -> None:
    done = run("check", ".", "--since", "HEAD", environment={"PATH": str(tmp_path)})
    assert done.exit_code == 7
    assert "git" in done.stderr


def test_standard_input_is_always_reported_on(repository: Path) -> None:
    for name in ((), ("--stdin-filename", "1.md")):
        assert "[weekday]" in run("check", "-", "--since", "HEAD", *name, given=FAULTY).output
