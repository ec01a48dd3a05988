"""`check --fix`, `--diff`, `--unsafe-fixes`: what is written, what is told, and that a killed run harms no file."""

from __future__ import annotations

import json
import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from running import CLEAN, OUTSIDE, PATIENCE, run

FAULTY = CLEAN.replace("title: ", "title：").replace("一、同意。", "一、同意。\n三、照辦。")
MENDED = CLEAN.replace("一、同意。", "一、同意。\n二、照辦。")
UNSAFE = CLEAN.replace("2024-05-02", "2024-05-02（星期五）")


@pytest.fixture
def faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "m.md"
    path.write_text(FAULTY, encoding="utf-8")
    return path


def test_fix_writes_what_can_be_mended_and_exits_by_what_remains(faulty: Path) -> None:
    done = run("check", "--fix", "m.md")
    assert done.exit_code == 0
    assert faulty.read_text(encoding="utf-8") == MENDED
    assert "沒有錯誤" in done.stdout
    assert done.stderr == "已改正 2 處（1 個檔案）。\n"
    assert run("check", "--fix", "m.md", "--lang", "en").stderr == "nothing to mend.\n"


def test_what_remains_is_reported(faulty: Path) -> None:
    faulty.write_text(FAULTY.replace("chair: 江恩\n", "chair:\n"), encoding="utf-8")
    done = run("check", "--fix", "m.md", "--report", "concise")
    assert done.exit_code == 1
    assert [line.split(" ")[2] for line in done.stdout.splitlines()] == ["value-missing"]


def test_diff_shows_it_and_writes_nothing(faulty: Path) -> None:
    done = run("check", "--diff", "m.md", "--lang", "en")
    assert done.exit_code == 1
    assert done.stdout.startswith("--- m.md\n+++ m.md\n@@ ")
    assert "-三、照辦。\n+二、照辦。\n" in done.stdout
    assert done.stderr == "2 would be mended in 1 file.\n"
    assert faulty.read_text(encoding="utf-8") == FAULTY
    faulty.write_text(CLEAN, encoding="utf-8")
    assert (run("check", "--diff", "m.md").exit_code, run("check", "--diff", "m.md").stdout) == (0, "")


def test_a_diff_can_be_applied(faulty: Path, tool: object) -> None:
    data = FAULTY.replace("\n", "\r\n").encode().rstrip()
    faulty.write_bytes(data)
    diff = subprocess.run(
        [sys.executable, "-m", "minutes_cli", "check", "--diff", "m.md"],
        capture_output=True,
        env=OUTSIDE,
        cwd=faulty.parent,
    )
    subprocess.run([tool("git"), "apply", "-"], input=diff.stdout, check=True, cwd=faulty.parent)  # type: ignore[operator]
    assert faulty.read_bytes() == MENDED.replace("\n", "\r\n").encode().rstrip()


def test_what_is_unsafe_is_offered_and_made_only_where_it_is_asked_for(faulty: Path) -> None:
    faulty.write_text(UNSAFE, encoding="utf-8")
    for arguments, fixes in ((), 0), (("--unsafe-fixes",), 1):
        (found,) = json.loads(run("check", "m.md", "--report", "json", *arguments).stdout)["findings"]
        assert (len(found["fix"]), found["unsafe"]) == (fixes, bool(fixes))
    done = run("check", "--fix", "m.md")
    assert done.exit_code == 1
    assert "可以用 --fix --unsafe-fixes 改正" in done.stderr
    assert faulty.read_text(encoding="utf-8") == UNSAFE
    assert run("check", "--fix", "--unsafe-fixes", "m.md").exit_code == 0
    assert faulty.read_text(encoding="utf-8") == CLEAN.replace("2024-05-02", "2024-05-02（星期四）")


def test_how_many_can_be_mended_is_told(faulty: Path) -> None:
    faulty.write_text(FAULTY.replace("2024-05-02", "2024-05-02（星期五）"), encoding="utf-8")
    expected = "其中 2 處可以用 --fix 改正，加上 --unsafe-fixes 再 1 處（改完請看過）。\n"
    assert run("check", "m.md").stderr == expected
    assert "2 can be mended with --fix, 1 more with --unsafe-fixes" in run("check", "m.md", "--lang", "en").stderr


def test_fix_only_tells_nothing_of_what_remains(faulty: Path) -> None:
    faulty.write_text(FAULTY.replace("chair: 江恩\n", "chair:\n"), encoding="utf-8")
    done = run("check", "--fix-only", "m.md")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "title: " in faulty.read_text(encoding="utf-8")


def test_a_mended_file_may_fail_the_run(faulty: Path) -> None:
    assert run("check", "--fix", "--exit-non-zero-on-fix", "m.md").exit_code == 1
    assert run("check", "--fix", "--exit-non-zero-on-fix", "m.md").exit_code == 0


def test_standard_input_comes_out_mended(faulty: Path) -> None:
    done = run("check", "--fix", "-", given=b"\xef\xbb\xbf" + FAULTY.replace("\n", "\r\n").encode())
    assert done.stdout_bytes == b"\xef\xbb\xbf" + MENDED.replace("\n", "\r\n").encode()
    assert "沒有錯誤" in done.stderr
    assert run("check", "--fix", "-", given=CLEAN).stdout == CLEAN
    assert run("check", "--fix", "--stdin-filename", "m.md", "-", given=FAULTY).stdout == MENDED
    assert faulty.read_text(encoding="utf-8") == FAULTY


def test_what_the_office_does_not_want_told_is_not_mended(faulty: Path) -> None:
    run("check", "--fix", "--ignore", "number", "m.md")
    assert "三、照辦" in faulty.read_text(encoding="utf-8")
    run("check", "--fix", "--select", "number", "m.md")
    assert faulty.read_text(encoding="utf-8") == MENDED


def test_what_the_file_suppresses_is_not_mended_and_a_comment_of_no_use_goes(faulty: Path) -> None:
    comment = "<!-- minutes: ignore[number, votes] 節錄 -->\n"
    faulty.write_text(CLEAN.replace("一、同意。", f"一、同意。\n{comment}三、照辦。"), encoding="utf-8")
    assert run("check", "--fix", "m.md").exit_code == 0
    assert faulty.read_text(encoding="utf-8").endswith("\n<!-- minutes: ignore[number] 節錄 -->\n三、照辦。\n")
    faulty.write_text(CLEAN.replace("一、同意。", f"{comment}一、同意。"), encoding="utf-8")
    run("check", "--fix", "m.md")
    assert faulty.read_text(encoding="utf-8") == CLEAN


def test_what_the_baseline_knows_is_not_mended(faulty: Path) -> None:
    run("check", "--write-baseline", "known.json", "m.md")
    run("check", "--fix", "--baseline", "known.json", "m.md")
    assert faulty.read_text(encoding="utf-8") == FAULTY


def test_permissions_and_links_stay(faulty: Path) -> None:
    faulty.chmod(0o640)
    link = faulty.with_name("link.md")
    link.symlink_to("m.md")
    run("check", "--fix", "link.md")
    assert link.is_symlink()
    assert stat.S_IMODE(faulty.stat().st_mode) == 0o640
    assert faulty.read_text(encoding="utf-8") == MENDED


def test_a_file_that_needs_no_mending_is_not_written(faulty: Path) -> None:
    faulty.write_text(CLEAN, encoding="utf-8")
    before = faulty.stat()
    run("check", "--fix", "m.md")
    assert (faulty.stat().st_ino, faulty.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_file_that_cannot_be_written_is_told_and_the_others_are_mended(
    faulty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = faulty.with_name("other.md")
    other.write_text(FAULTY, encoding="utf-8")
    real = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if target.name == "m.md":
            raise PermissionError(13, "Permission denied")
        return real(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    done = run("check", "--fix", "m.md", "other.md")
    assert done.exit_code == 5
    assert faulty.read_text(encoding="utf-8") == FAULTY
    assert other.read_text(encoding="utf-8") == MENDED


@pytest.mark.slow
def test_a_run_that_is_killed_leaves_each_file_old_or_new(tmp_path: Path) -> None:
    dice, count = random.Random(4), 60
    old, new = FAULTY.encode(), MENDED.encode()
    paths = [tmp_path / f"{number:02}.md" for number in range(count)]
    command = [sys.executable, "-m", "minutes_cli", "check", "--fix", "--isolated", str(tmp_path)]
    halfway = 0
    for _ in range(25):
        for path in paths:
            path.write_bytes(old)
        process = subprocess.Popen(command, env=OUTSIDE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + PATIENCE
        while paths[dice.randrange(count)].read_bytes() == old and process.poll() is None:
            assert time.monotonic() < deadline
        time.sleep(dice.uniform(0, 0.02))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        now = [path.read_bytes() for path in paths]
        assert set(now) <= {old, new}
        halfway += len(set(now)) == 2
    assert halfway > 5
    done = subprocess.run(command, env=OUTSIDE, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert all(path.read_bytes() == new for path in paths)
