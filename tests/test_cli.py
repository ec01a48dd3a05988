"""The command line from outside: exit codes, both languages, help, pipes, files found and files written."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from minutes_cli import __version__, cli, errors, language, registry, targets, writing
from minutes_cli.commands import _destinations, _run
from minutes_cli.say import Say
from minutes_cli.width import width, wrap

ROOT = Path(__file__).parent.parent
CLEAN = """\
---
title: 測試小組第1次會議
date: 2024-05-02
start: 14:00
end: 15:00
location: 會議室
chair: 江恩
recorder: 溫平
attendees: 如簽到表
---

## 討論事項

一、同意。
"""
FAULTY = CLEAN.replace("2024-05-02", "2024-05-02（星期五）")
BARE_ENVIRONMENT = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "MINUTES_LANG",
        "LANGUAGE",
        "LC_ALL",
        "LC_MESSAGES",
        "NO_COLOR",
        "FORCE_COLOR",
        "COLUMNS",
        "MINUTES_DEBUG",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_TW.UTF-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a clean and a faulty file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clean.md").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "faulty.md").write_text(FAULTY, encoding="utf-8")
    return tmp_path


def run(*arguments: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(cli.minutes, list(arguments), input=given)


def outside(
    *arguments: str, environment: Mapping[str, str] = {}, given: bytes = b"", cwd: Path = ROOT
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "minutes_cli", *arguments],
        input=given,
        capture_output=True,
        env={**BARE_ENVIRONMENT, **environment},
        cwd=cwd,
        timeout=60,
    )


# Exit codes


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
    def fail(named: tuple[str, ...]) -> None:
        raise kind(Say("壞了", "broken"))

    monkeypatch.setattr(targets, "find", fail)
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
        result = run(*arguments)
        assert result.exit_code == 3
        assert said in result.stderr
        assert "clean.md: ZeroDivisionError: 內部" in result.stderr
        assert __version__ in result.stderr
        assert "Traceback" not in result.stderr
    monkeypatch.setenv("MINUTES_DEBUG", "1")
    assert "Traceback" in run("check", "clean.md").stderr


# Language


@pytest.mark.parametrize(
    ("environment", "chosen"),
    [
        ({}, "zh"),
        ({"LANG": "C"}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "C"}, "zh"),
        ({"LANG": "zh_TW.UTF-8", "LC_MESSAGES": "en_GB"}, "en"),
        ({"LANG": "zh_TW.UTF-8", "LANGUAGE": "en:zh"}, "en"),
        ({"LANG": "C", "LANGUAGE": "en"}, "zh"),
        ({"LANG": "en_US.UTF-8", "MINUTES_LANG": "zh-TW"}, "zh"),
        ({"LANG": "en_US.UTF-8", "MINUTES_LANG": "nonsense"}, "en"),
    ],
)
def test_the_locale_chooses_the_language(
    environment: dict[str, str], chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LANG")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language.choose() == chosen
    assert language.choose(["check", "--lang", "en"]) == "en"
    assert language.choose(["--lang=zh", "check"]) == "zh"
    assert language.choose(["check", "--lang", "nonsense"]) == chosen
    assert language.choose(["check", "--", "--lang", "en"]) == chosen


@pytest.mark.parametrize("arguments", [("--lang", "en", "check"), ("check", "--lang", "en"), ("check", "--lang=en")])
def test_lang_may_stand_anywhere(folder: Path, arguments: tuple[str, ...]) -> None:
    assert run(*arguments, "clean.md").output == "1 file checked, no faults.\n"
    assert run("check", "clean.md").output == "檢核了 1 個檔案，沒有錯誤。\n"


USAGE_ERRORS = [
    ("--nonsense",),
    ("--versio",),
    ("nonsense",),
    ("chek",),
    ("check",),
    ("check", "--report"),
    ("check", "x", "--report", "pdf"),
    ("check", "x", "--schema", "missing.json"),
    ("check", "x", "--templates", "missing"),
    ("check", "x", "--help=1"),
    ("render", "x"),
    ("render", "x", "--to", "pdf"),
    ("schema", "a"),
    ("schema", "a", "b"),
    ("schema", "--language"),
    ("template",),
    ("template", "a", "b"),
]


@pytest.mark.parametrize("arguments", USAGE_ERRORS)
def test_click_speaks_chinese_too(folder: Path, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("用法：minutes ")
    assert "\n錯誤：" in result.stderr
    told = {*arguments, "minutes", *registry.names("commands"), *registry.names("render"), *registry.names("report")}
    rest = re.sub(r"\[?[A-Z|]{4,}\]?|--?[a-z]+|\w+\.json|\b(?:zh|en)\b", "", result.stderr)
    assert not {word for word in re.findall(r"[A-Za-z]{2,}", rest) if word not in told}, result.stderr


@pytest.mark.parametrize("arguments", USAGE_ERRORS)
def test_click_speaks_english_where_asked(folder: Path, arguments: tuple[str, ...]) -> None:
    result = run("--lang", "en", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("Usage: minutes ")
    assert "\nError: " in result.stderr
    assert not re.search("[\u4e00-\u9fff]", result.stderr)


# Help


PAGES = [(), *((name,) for name in registry.names("commands"))]


@pytest.mark.parametrize("columns", ["52", "80", "200"])
@pytest.mark.parametrize("chosen", language.LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_help_is_aligned_by_display_width(
    page: tuple[str, ...], chosen: str, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    text = run(*page, "--help", "--lang", chosen).output
    for line in text.splitlines():
        assert width(line) <= min(int(columns), 80), line
        assert line == line.rstrip()
        assert line.lstrip()[:1] not in tuple("，。、；：？！）」』】"), line
        assert line[-1:] not in tuple("（「『【"), line
    for section in re.findall(r"^\S+[：:]\n((?:  .*\n)+)", text, re.M):
        assert len(set(second_columns(section))) == 1, section
    assert bool(re.search("[\u4e00-\u9fff]", text)) == (chosen == "zh")


def second_columns(section: str) -> list[int]:
    """Where the second column begins, in each line that has one."""
    found = []
    for line in section.splitlines():
        beside = re.match(r"  \S(?:.*?\S)?  +(?=\S)", line)
        below = re.match(r" {4,}(?=\S)", line)
        found += [width(match[0]) for match in (beside or below,) if match]
    return found


@pytest.mark.parametrize("chosen", language.LANGUAGES)
def test_the_page_of_all_commands_tells_what_each_is_for(chosen: str) -> None:
    page = run("--help", "--lang", chosen).output
    for name in registry.names("commands"):
        assert cli.summary(name).zh
        assert cli.summary(name).en
        assert re.search(rf"^  {name} +{re.escape(cli.summary(name).in_(chosen)[:12])}", page, re.M)


def test_every_option_is_explained_in_both_languages() -> None:
    for name in registry.names("commands"):
        for parameter in registry.load("commands", name).command.params:
            if parameter.param_type_name == "option":
                assert parameter.say.zh, (name, parameter.name)
                assert parameter.say.en, (name, parameter.name)
                assert (parameter.metavar or "").isascii()


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("檢核會議紀錄，逐處列出。", 12, ["檢核會議紀", "錄，逐處列", "出。"]),
        ("檢核會議紀錄，逐處", 14, ["檢核會議紀錄，", "逐處"]),
        ("檢核（會議）紀錄", 8, ["檢核（會", "議）紀錄"]),
        ("檢核一（會議）紀錄", 8, ["檢核一", "（會議）", "紀錄"]),
        ("a long word 中文", 6, ["a long", "word", "中文"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("", 10, [""]),
    ],
)
def test_wrapping(text: str, columns: int, lines: list[str]) -> None:
    assert wrap(text, columns) == lines


# Output


def test_colour(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" not in run("check", "faulty.md").output
    assert "\x1b[" in run("check", "faulty.md", "--color", "always").output
    assert "\x1b[" in run("--color", "always", "check", "faulty.md").output
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run("check", "faulty.md").output
    assert "\x1b[" not in run("check", "faulty.md", "--color", "never").output
    assert "\x1b[" not in run("--color", "never", "check", "faulty.md").output
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run("check", "faulty.md").output


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
        env=BARE_ENVIRONMENT,
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
        env=BARE_ENVIRONMENT,
        cwd=ROOT,
    )
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err.strip()) == (cli.INTERRUPTED, b"", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "minutes_cli", "schema"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=BARE_ENVIRONMENT,
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


# Files found


def found(*named: str) -> list[str]:
    return [target.name for target in targets.find(named)]


@pytest.mark.parametrize(
    "head",
    [
        "---\n",
        "---  \n",
        "----\n",
        "\ufeff---\n",
        "\n\n---\n",
        " ---\n",
        "－－－\n",
        "———\n",
        "——\n",
        "–––\n",
        "+++\n",
        "```yaml\n",
    ],
)
def test_a_folder_gives_what_was_meant_to_have_front_matter(folder: Path, head: str) -> None:
    (folder / "x.md").write_text(head, encoding="utf-8")
    (folder / "y.md").write_bytes(head.encode("utf-16"))
    assert found(".") == ["clean.md", "faulty.md", "x.md", "y.md"]


def test_a_folder_is_searched_in_order_but_not_everywhere(folder: Path) -> None:
    for name in ("b/2.md", "b/10.MD", "a/1.md", ".git/x.md", "node_modules/x.md", ".hidden.md", "b/x.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(CLEAN, encoding="utf-8")
    (folder / "README.md").write_text("# 說明\n\n---\n", encoding="utf-8")
    (folder / "empty.md").write_text("", encoding="utf-8")
    assert found(".") == ["a/1.md", "b/10.MD", "b/2.md", "clean.md", "faulty.md"]
    assert found("b", "a") == ["b/10.MD", "b/2.md", "a/1.md"]
    assert found("README.md", "empty.md", ".git/x.md") == ["README.md", "empty.md", ".git/x.md"]


def test_each_file_comes_once(folder: Path) -> None:
    (folder / "link.md").symlink_to("clean.md")
    assert found("clean.md", ".", "./clean.md", "-", "-") == ["clean.md", "faulty.md", "<stdin>"]


def test_links_that_lead_in_circles(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "up").symlink_to("..")
    (folder / "self").symlink_to(".")
    (folder / "other").symlink_to("sub")
    assert found(".") == ["clean.md", "faulty.md"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_a_folder_is_passed_over(folder: Path) -> None:
    os.mkfifo(folder / "pipe.md")
    assert found(".") == ["clean.md", "faulty.md"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_closed_folder_is_a_failure(folder: Path) -> None:
    (folder / "closed").mkdir(mode=0)
    with pytest.raises(errors.UnreadableFile):
        targets.find(["."])


def test_only_one_text_is_held_at_a_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[str] = []
    read = targets.read
    monkeypatch.setattr(targets, "read", lambda target: reads.append(target.name) or read(target))
    sources = _run.Run(targets.find(["."]), Say("", "")).sources()
    next(sources)
    assert reads == ["clean.md"]


# Files written


def test_output_stands_beside_the_file(folder: Path) -> None:
    assert run("render", "clean.md", "--to", "text").exit_code == 0
    assert (folder / "clean.txt").read_text(encoding="utf-8").startswith("　　　　測試小組")


def test_a_folder_is_mirrored(folder: Path) -> None:
    (folder / "in" / "113").mkdir(parents=True)
    (folder / "in" / "113" / "a.b.md").write_text(CLEAN, encoding="utf-8")
    result = run("render", "in", "clean.md", "--to", "text", "--to", "html", "-o", "out")
    assert result.exit_code == 0, result.output
    assert "寫出 4 個檔案" in result.stderr
    written = sorted(path.relative_to(folder / "out").as_posix() for path in (folder / "out").rglob("*.*"))
    assert written == ["113/a.b.html", "113/a.b.txt", "clean.html", "clean.txt"]


def places(named: list[str], output: str | None, **suffixes: str) -> list[str]:
    planned = _destinations.plan(targets.find(named), suffixes or {"text": ".txt"}, output)
    return [path.as_posix() if path else "-" for of_one in planned.values() for path in of_one.values()]


def test_where_output_goes(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "x.md").write_text(CLEAN, encoding="utf-8")
    (folder / "odd.d").mkdir()
    assert places(["clean.md"], None) == ["clean.txt"]
    assert places(["sub/x.md"], None) == ["sub/x.txt"]
    assert places(["sub"], None) == ["sub/x.txt"]
    assert places(["clean.md"], "a.txt") == ["a.txt"]
    assert places(["clean.md"], "out") == ["out/clean.txt"]
    assert places(["clean.md"], "out.d/") == ["out.d/clean.txt"]
    assert places(["clean.md"], "odd.d") == ["odd.d/clean.txt"]
    assert places(["."], "out") == ["out/clean.txt", "out/faulty.txt", "out/sub/x.txt"]
    assert places(["-"], None) == ["-"]
    assert places(["-"], "out") == ["out/minutes.txt"]
    assert places(["clean.md"], "-") == ["-"]
    assert places(["clean.md"], None, text=".txt", html=".html") == ["clean.txt", "clean.html"]


@pytest.mark.parametrize(
    ("named", "output", "suffixes"),
    [
        (["clean.md", "faulty.md"], "out.txt", {}),
        (["clean.md"], "out.txt", {"text": ".txt", "html": ".html"}),
        (["clean.md", "faulty.md"], "-", {}),
        (["."], "out.txt", {}),
        (["clean.md", "sub/clean.md"], "out", {}),
        (["clean.md"], "clean.md", {}),
        (["clean.md", "faulty.md"], None, {"text": ".md"}),
        (["sub/clean.md"], "sub/../clean.txt/../sub/clean.md", {}),
        (["-", "-"], None, {"text": ".txt", "html": ".html"}),
    ],
)
def test_outputs_that_clash_are_refused(
    folder: Path, named: list[str], output: str | None, suffixes: dict[str, str]
) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "clean.md").write_text(CLEAN, encoding="utf-8")
    with pytest.raises(errors.NothingToDo):
        places(named, output, **suffixes)


def test_a_clash_is_told_before_anything_is_written(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "clean.md").write_text(CLEAN, encoding="utf-8")
    result = run("render", "clean.md", "sub/clean.md", "--to", "text", "-o", "out")
    assert result.exit_code == 2
    assert "clean.md 和 sub/clean.md 會輸出到同一個地方（out/clean.txt）" in result.stderr
    assert not (folder / "out").exists()


def test_a_source_is_never_overwritten(folder: Path) -> None:
    result = run("render", "clean.md", "--to", "text", "-o", "clean.md")
    assert result.exit_code == 2
    assert (folder / "clean.md").read_text(encoding="utf-8") == CLEAN


def test_a_second_run_writes_the_same(folder: Path) -> None:
    run("render", "clean.md", "--to", "text", "--to", "html")
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    run("render", "clean.md", "--to", "text", "--to", "html")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
def test_permissions_are_those_of_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        writing.write(tmp_path / "x", b"1")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o640


def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    writing.write(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_name_as_long_as_can_be(tmp_path: Path) -> None:
    path = tmp_path / ("紀" * 83 + ".html")
    writing.write(path, b"1")
    assert path.read_bytes() == b"1"


def test_a_device_is_not_replaced() -> None:
    writing.write(Path(os.devnull), b"1")
    assert not Path(os.devnull).is_file()


def test_a_write_that_fails_leaves_what_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x").write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(errors.UnwritableFile, match="No space left"):
        writing.write(tmp_path / "x", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
    assert (tmp_path / "x").read_bytes() == b"old"


KILLED = """
import os, signal, sys
from pathlib import Path
from minutes_cli import writing
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
writing.write(Path(sys.argv[1]), b"new")
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("before", [b"old", None])
def test_a_run_that_is_killed_leaves_the_old_file_or_none(tmp_path: Path, before: bytes | None) -> None:
    path = tmp_path / "x.html"
    if before:
        path.write_bytes(before)
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], env=BARE_ENVIRONMENT, cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    assert (path.read_bytes() if path.exists() else None) == before


# Schemas, templates, completion


@pytest.mark.parametrize(
    ("arguments", "key"), [((), "title"), (("--language", "en"), "title"), (("--language", "zh"), "會議名稱")]
)
def test_the_schema_is_printed(arguments: tuple[str, ...], key: str) -> None:
    result = run("schema", *arguments)
    assert result.exit_code == 0
    assert key in json.loads(result.stdout)["properties"]


def test_an_office_may_ask_for_more(folder: Path) -> None:
    own = {"$schema": "https://json-schema.org/draft/2020-12/schema", "required": ["document_no"]}
    (folder / "own.json").write_text(json.dumps(own), encoding="utf-8")
    result = run("check", "clean.md", "--schema", "own.json")
    assert result.exit_code == 1
    assert "文號" in result.output
    (folder / "broken.json").write_text("{", encoding="utf-8")
    assert run("check", "clean.md", "--schema", "broken.json").exit_code == errors.BadTemplate.exit_code


def test_templates_are_handed_out_once(folder: Path) -> None:
    result = run("template", "own", "--profile", "committee")
    assert result.exit_code == 0, result.output
    names = {path.relative_to(folder / "own").as_posix() for path in (folder / "own").rglob("*") if path.is_file()}
    assert names >= {
        "profile.yaml",
        "html/page.html.j2",
        "docx/reference.docx",
        "schemas/minutes.schema.json",
        "schemas/minutes.zh-TW.schema.json",
    }
    assert (folder / "own" / "docx" / "reference.docx").read_bytes().startswith(b"PK")
    (folder / "own" / "profile.yaml").write_text("extends: committee\ndocument: 議事錄\n", encoding="utf-8")
    again = run("template", "own", "--profile", "committee")
    assert again.exit_code == 0
    assert "寫出" not in again.output
    assert "議事錄" in (folder / "own" / "profile.yaml").read_text(encoding="utf-8")


def test_templates_as_handed_out_change_nothing(folder: Path) -> None:
    formats = [part for name in registry.names("render") for part in ("--to", name)]
    assert run("template", "own", "--profile", "committee").exit_code == 0
    assert run("render", "clean.md", *formats, "--profile", "committee", "-o", "a").exit_code == 0
    assert run("render", "clean.md", *formats, "--templates", "own", "-o", "b").exit_code == 0
    for path in (folder / "a").iterdir():
        assert (folder / "b" / path.name).read_bytes() == path.read_bytes(), path.name


def completed(line: str) -> list[str]:
    words = line.split()
    environment = {
        "_MINUTES_COMPLETE": "bash_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) if line.endswith(" ") else len(words) - 1),
    }
    done = outside(environment=environment)
    assert done.returncode == 0, done.stderr
    return [answer.partition(",")[2] for answer in done.stdout.decode().splitlines()]


def test_completion() -> None:
    assert completed("minutes ") == list(registry.names("commands"))
    assert completed("minutes re") == ["render"]
    assert completed("minutes --l") == ["--lang"]
    assert completed("minutes check --rep") == ["--report"]
    assert completed("minutes check --report ") == list(registry.names("report"))
    assert completed("minutes render --to ") == list(registry.names("render"))
    assert completed("minutes render x --profile c") == ["committee"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_script(shell: str) -> None:
    done = outside(environment={"_MINUTES_COMPLETE": f"{shell}_source"})
    if shell == "bash" and not done.stdout:
        assert b"Bash" in done.stderr  # no bash here, or one that is too old
    else:
        assert b"_MINUTES_COMPLETE" in done.stdout


def test_the_module_runs_as_the_program(folder: Path) -> None:
    assert outside("--version", cwd=folder).stdout.decode() == f"minutes {__version__}\n"
    assert outside("check", "clean.md", cwd=folder).stdout.decode() == "檢核了 1 個檔案，沒有錯誤。\n"
