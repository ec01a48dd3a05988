"""The command line from outside: exit codes, failures, pipes, colours and bad locales."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from running import CLEAN, FAULTY, OUTSIDE, PATIENCE, ROOT, interruptible, outside, run

from minutes_cli import __version__, cli, errors, language
from minutes_cli.commands import _run
from minutes_cli.files import targets
from minutes_cli.say import Say


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--help"], 0),
        (["-h"], 0),
        (["--version"], 0),
        (["check", "--help"], 0),
        (["check", "clean.md"], 0),
        (["check", "faulty.md"], 1),
        (["check", "clean.md", "faulty.md"], 1),
        (["check", "sub"], 1),
        (["render", "clean.md", "--to", "text"], 0),
        (["render", "faulty.md", "--to", "text"], 1),
        ([], 2),
        (["--nonsense"], 2),
        (["--lang", "fr", "check", "clean.md"], 2),
        (["nonsense"], 2),
        (["check"], 2),
        (["check", "missing.md"], 2),
        (["check", "clean.md", "missing.md"], 2),
        (["check", "empty"], 2),
        (["check", "clean.md", "--report", "pdf"], 2),
        (["check", "clean.md", "--report"], 2),
        (["check", "clean.md", "--schema", "missing.json"], 2),
        (["render", "clean.md"], 2),
        (["render", "clean.md", "--to", "pdf"], 2),
        (["schema", "extra"], 2),
        (["template"], 2),
        (["check", "dangling.md"], 4),
        (["check", "clean.md", "dangling.md"], 4),
        (["render", "clean.md", "--to", "text", "-o", "faulty.md/out.txt"], 5),
        (["check", "clean.md", "--profile", "nonsense"], 6),
    ],
)
def test_exit_codes(folder: Path, arguments: list[str], code: int) -> None:
    (folder / "empty").mkdir()
    (folder / "sub").mkdir()
    (folder / "sub" / "faulty.md").write_text(FAULTY, encoding="utf-8")
    (folder / "dangling.md").symlink_to("nowhere.md")
    inside, out = run(*arguments), outside(*arguments, cwd=folder)
    assert (inside.exit_code, out.returncode) == (code, code), out.stderr.decode()
    assert "Traceback" not in inside.output + out.stderr.decode()
    if code > 1:
        assert inside.stderr.strip()


@pytest.mark.parametrize("kind", errors.MinutesError.__subclasses__())
def test_a_failure_is_told_in_the_readers_language(
    kind: type[errors.MinutesError], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise kind(Say("壞了", "broken"))

    monkeypatch.setattr(targets, "look", fail)
    chinese, english = run("check", "x"), run("check", "x", "--lang", "en")
    assert (chinese.exit_code, chinese.stderr) == (kind.exit_code, "錯誤：壞了\n")
    assert (english.exit_code, english.stderr) == (kind.exit_code, "Error: broken\n")


def test_every_exit_code_is_in_the_table_of_the_help() -> None:
    kinds = errors.MinutesError.__subclasses__()
    assert len({kind.exit_code for kind in kinds}) == len(kinds)
    for chosen in language.LANGUAGES:
        page = run("--help", "--lang", chosen).output
        for kind in (errors.MinutesError, *kinds):
            assert re.search(rf"^  {kind.exit_code} +{re.escape(kind.meaning.in_(chosen))}$", page, re.M)
        assert re.search(r"^  0 ", page, re.M)
        assert re.search(r"^  1 ", page, re.M)


def _explode(*_: Any) -> None:
    raise ZeroDivisionError("內部")


def test_an_unexpected_failure_asks_to_be_reported(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minutes_cli.check.check", _explode)
    for arguments, said in ((("check", "clean.md"), "回報"), (("check", "clean.md", "--lang", "en"), "report")):
        result = run(*arguments, "--no-cache")
        assert result.exit_code == 3
        assert said in result.stderr
        assert "clean.md: ZeroDivisionError: 內部" in result.stderr
        assert __version__ in result.stderr
        assert "Traceback" not in result.stderr
    assert "Traceback" in run("check", "clean.md", "--no-cache", environment={"MINUTES_DEBUG": "1"}).stderr


def test_a_missing_library_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: Any) -> None:
        raise ModuleNotFoundError("No module named 'yaml'", name="yaml")

    monkeypatch.setattr("minutes_cli.check.check", missing)
    result = run("check", "clean.md", "--no-cache")
    assert (result.exit_code, result.stderr) == (7, "錯誤：缺少元件 yaml；請重新安裝 minutes-cli\n")


def test_colour(folder: Path) -> None:
    def coloured(*arguments: str, **environment: str) -> bool:
        return "\x1b[" in run(*arguments, environment=environment).output

    check = ("check", "faulty.md")
    assert not coloured(*check)
    assert coloured(*check, "--color", "always")
    assert coloured("--color", "always", *check)
    assert coloured(*check, FORCE_COLOR="1")
    assert not coloured(*check, FORCE_COLOR="0")
    assert not coloured(*check, FORCE_COLOR="1", NO_COLOR="1")
    assert not coloured(*check, "--color", "never", FORCE_COLOR="1")
    assert not coloured("--color", "never", *check, FORCE_COLOR="1")
    assert coloured(*check, "--color", "always", NO_COLOR="1")


ASCII = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "MINUTES_LANG": "zh"}


@pytest.mark.parametrize("environment", [ASCII, {**ASCII, "PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "big5"}])
def test_output_is_utf8_whatever_the_locale(folder: Path, environment: dict[str, str]) -> None:
    (folder / "會議紀錄.md").write_text(FAULTY, encoding="utf-8")
    done = outside("check", "會議紀錄.md", environment=environment, cwd=folder)
    assert done.returncode == 1
    assert done.stdout.decode("utf-8").startswith("會議紀錄.md:3:7: 錯誤：")
    assert "用法：" in outside("--help", environment=environment).stdout.decode("utf-8")
    assert "錯誤：" in outside("check", "沒有.md", environment=environment).stderr.decode("utf-8")


def test_a_name_that_is_no_text(folder: Path) -> None:
    (folder / "faulty.md").rename(folder / os.fsdecode(b"\xb7|\xc4\xb3.md"))
    done = outside("check", ".", "--report", "json", cwd=folder)
    assert done.returncode == 1
    assert json.loads(done.stdout)["findings"][0]["path"] == "\\xb7|ĳ.md"


def test_control_characters_in_a_name_do_not_reach_the_terminal(folder: Path) -> None:
    (folder / "a\x1b[31mb.md").write_text(FAULTY, encoding="utf-8")
    assert "a\\x1b[31mb.md" in run("check", "a\x1b[31mb.md").output


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_a_reader_that_goes_away_is_no_error(folder: Path) -> None:
    for n in range(300):
        (folder / f"{n}.md").write_text(FAULTY, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "minutes_cli", "check", "."],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=OUTSIDE,
        cwd=folder,
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    assert process.wait(60) == cli.BROKEN_PIPE


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_ctrl_c_is_quiet() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "minutes_cli", "check", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=OUTSIDE,
        cwd=ROOT,
        preexec_fn=interruptible,
    )
    assert process.stdin is not None
    process.stdin.write(b"a" * 200_000)  # more than a pipe holds: it has been taken once the program reads
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err.strip()) == (cli.INTERRUPTED, b"", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "minutes_cli", "schema"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=OUTSIDE,
            cwd=ROOT,
        )
    assert done.returncode == errors.UnwritableFile.exit_code
    assert done.stderr.decode().startswith("錯誤：輸出寫不出去")
    assert done.stderr.count(b"\n") == 1


def test_standard_input(folder: Path) -> None:
    result = run("check", "-", given=FAULTY.encode())
    assert result.exit_code == 1
    assert result.output.startswith("<stdin>:3:7: ")
    assert run("check", "-", given=CLEAN.encode()).exit_code == 0
    assert run("check", "-", given=b"\xff\xfe\x00").exit_code == 1


def test_standard_output(folder: Path) -> None:
    result = run("render", "-", "--to", "text", given=CLEAN.encode())
    assert result.exit_code == 0
    assert result.stdout.startswith("　　　　測試小組第1次會議紀錄\n")
    assert result.stderr == ""
    assert run("render", "clean.md", "--to", "text", "-o", "-").stdout == result.stdout
    assert sorted(path.name for path in folder.iterdir()) == ["clean.md", "faulty.md"]


def test_a_file_with_errors_is_rendered_and_its_errors_told(folder: Path) -> None:
    result = run("render", "faulty.md", "--to", "text", "-o", "-")
    assert result.exit_code == 1
    assert result.stdout.startswith("　　　　測試小組第1次會議紀錄\n")
    assert "faulty.md:3:7: 錯誤：" in result.stderr


def test_what_holds_no_minutes_is_not_rendered(folder: Path) -> None:
    (folder / "note.md").write_text("只是筆記。\n", encoding="utf-8")
    result = run("render", "note.md", "--to", "text")
    assert result.exit_code == 1
    assert "note.md：讀不出會議紀錄，沒有輸出" in result.stderr
    assert not (folder / "note.txt").exists()


def test_an_unreadable_file_does_not_stop_the_others(folder: Path) -> None:
    (folder / "a.md").symlink_to("nowhere.md")
    result = run("check", "a.md", "faulty.md", "--report", "json")
    assert result.exit_code == errors.UnreadableFile.exit_code
    assert json.loads(result.stdout)["summary"] == {"files": 1, "errors": 1, "warnings": 0, "infos": 0}
    assert "a.md" in result.stderr


def test_progress_shows_on_a_terminal_after_a_second(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    clock = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    language.choose(["--lang", "zh"])
    progress = _run.Progress(10, Say("檢核中", "checking"))
    progress.step("a.md")
    assert capfd.readouterr().err == ""
    clock[0] = 1.5
    progress.step("b.md")
    assert "檢核中 1/10 b.md" in capfd.readouterr().err
    progress.step("c.md")
    assert capfd.readouterr().err == ""
    progress.hide()
    assert capfd.readouterr().err.startswith("\r")


def test_the_module_runs_as_the_program(folder: Path) -> None:
    assert outside("--version", cwd=folder).stdout.decode() == f"minutes {__version__}\n"
    assert outside("check", "clean.md", cwd=folder).stdout.decode() == "檢核了 1 個檔案，沒有錯誤。\n"
