"""What the command line says: the language, click's own messages, help pages and completion."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from running import outside, run

from minutes_cli import cli, language, registry
from minutes_cli.width import width, wrap


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
    for name in ("MINUTES_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
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


PAGES = [(), *((name,) for name in registry.names("commands"))]


@pytest.mark.parametrize("columns", ["52", "80", "200"])
@pytest.mark.parametrize("chosen", language.LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_help_is_aligned_by_display_width(page: tuple[str, ...], chosen: str, columns: str) -> None:
    text = run(*page, "--help", "--lang", chosen, environment={"COLUMNS": columns}).output
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
