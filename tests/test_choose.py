"""What is told of a file: by codes, by its path, by how grave it is; and what a run makes of it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from running import CLEAN, ROOT, run

from minutes_cli import codes, registry, settings
from minutes_cli.check import judge
from minutes_cli.judging.choose import choose, fails
from minutes_cli.settings import Options, Settings
from minutes_cli.source import Source

# A weekday and a number that are wrong, two faults of YAML, and an emphasis that is not one.
FAULTY = (
    CLEAN.replace("05-02", "05-02（星期五）")
    .replace("location: ", "location：")
    .replace("chair: ", "chair:")
    .replace("一、同意。", "一、甲 **乙。\n三、丙。")
)
ALL = ["emphasis-literal", "number-missing", "weekday", "yaml-colon-space", "yaml-fullwidth-colon"]


def told(chosen: Settings, path: str = "m.md") -> list[str]:
    found = choose(judge(Source(path, FAULTY, path), chosen), chosen)
    return sorted(one.code for one in found.diagnostics)


def test_nothing_chosen_is_everything_told() -> None:
    assert told(Settings()) == ALL


@pytest.mark.parametrize(
    ("select", "ignore", "left"),
    [
        (("yaml",), (), ["yaml-colon-space", "yaml-fullwidth-colon"]),
        (("yaml-colon-space", "weekday"), (), ["weekday", "yaml-colon-space"]),
        ((), ("yaml",), ["emphasis-literal", "number-missing", "weekday"]),
        ((), ("yaml-colon-space", "number"), ["emphasis-literal", "weekday", "yaml-fullwidth-colon"]),
        (("yaml",), ("yaml-colon-space",), ["yaml-fullwidth-colon"]),
        (("yaml-colon-space",), ("yaml",), ["yaml-colon-space"]),
        (("yaml",), ("yaml",), []),
        (("weekday",), ("yaml",), ["weekday"]),
    ],
)
def test_the_nearer_choice_counts(select: tuple[str, ...], ignore: tuple[str, ...], left: list[str]) -> None:
    assert told(Settings(select=select, ignore=ignore)) == left


def test_a_prefix_ends_with_a_word() -> None:
    assert codes.meant("number") == ("number-missing", "number-repeated", "number-wrong")
    assert codes.meant("numb") == ()
    assert codes.meant("yaml-fullwidth") == ("yaml-fullwidth-colon", "yaml-fullwidth-comma", "yaml-fullwidth-indent")


@pytest.mark.parametrize(
    ("glob", "path", "taken"),
    [
        ("old/", "old/m.md", True),
        ("old/", "a/old/b/m.md", True),
        ("/old/", "a/old/m.md", False),
        ("m.md", "a/m.md", True),
        ("*.txt", "a/m.md", False),
        ("a/**/m.md", "a/b/c/m.md", True),
        ("a/*.md", "a/b/m.md", False),
    ],
)
def test_paths_that_ignore_codes(tmp_path: Path, glob: str, path: str, taken: bool) -> None:
    chosen = Settings(per_file_ignores=((glob, ("yaml", "weekday")),), file=tmp_path / "minutes.toml")
    assert told(chosen, str(tmp_path / path)) == (["emphasis-literal", "number-missing"] if taken else ALL)


def test_what_a_path_ignores_cannot_be_selected(tmp_path: Path) -> None:
    chosen = Settings(select=("weekday",), per_file_ignores=(("*.md", ("weekday",)),), file=tmp_path / "minutes.toml")
    assert told(chosen, str(tmp_path / "m.md")) == []


def test_severities_are_changed_by_the_nearer_choice() -> None:
    chosen = Settings(severity={"yaml": "warning", "yaml-colon-space": "info"}, fail_level="warning")
    found = choose(judge(Source("m.md", FAULTY), chosen), chosen).diagnostics
    weighed = {one.code: one.severity for one in found}
    assert (weighed["yaml-fullwidth-colon"], weighed["yaml-colon-space"], weighed["weekday"]) == (
        "warning",
        "info",
        "error",
    )
    failing = {one.code for one in found if fails(one, chosen)}
    assert "yaml-colon-space" not in failing
    assert "yaml-fullwidth-colon" in failing


@pytest.mark.parametrize(
    ("options", "select", "ignore"),
    [
        (Options(), ("yaml",), ("votes",)),
        (Options(select=("weekday",)), ("weekday",), ()),
        (Options(select=("weekday",), ignore=("number",)), ("weekday",), ("number",)),
        (Options(ignore=("number",)), ("yaml",), ("votes", "number")),
        (Options(isolated=True, ignore=("number",)), (), ("number",)),
    ],
)
def test_options_and_settings(
    tmp_path: Path, options: Options, select: tuple[str, ...], ignore: tuple[str, ...]
) -> None:
    settings.forget()
    (tmp_path / "minutes.toml").write_text('select = ["yaml"]\nignore = ["votes"]', encoding="utf-8")
    found = settings.of(tmp_path / "m.md", options)
    assert (found.select, found.ignore) == (select, ignore)


# ── the list of codes ───────────────────────────────────────────────────────────────────────────────────────────────

_KEBAB = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
# What is written like a code and is none.
_OTHER = re.compile(r"x-.*|utf-8.*|date-time|uri-reference|minutes-.*|zh-.*|ignore-file")


def test_every_code_that_is_written_anywhere_is_in_the_list() -> None:
    known = set(codes.every())
    modules = ("calendar", "compose_faults", "decode", "fence_faults", "fields", "frontmatter")
    modules += ("slip_faults", "slip_values", "slips", "yaml_faults")
    places = [f"front/{name}" for name in modules]
    places += [f"judging/{name}" for name in ("explain", "register", "schema", "suppress")]
    written = set()
    for name in places:
        tree = ast.parse((ROOT / "minutes_cli" / f"{name}.py").read_text(encoding="utf-8"))
        constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
        found = {text for text in constants if isinstance(text, str) and _KEBAB.fullmatch(text)}
        written |= {text for text in found if not _OTHER.fullmatch(text)}
    assert written - known == set()
    from minutes_cli.front import fence_faults

    written |= {f"yaml-fence-{name}" for name in fence_faults._SPELLINGS} | {"encoding"}
    assert set(codes.READING) - written == set()
    assert known == {*codes.READING, *registry.names("rules"), *registry.names("across_rules")}


# ── the command line ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_code_is_a_usage_error(folder: Path, option: str) -> None:
    result = run("check", ".", option, "yaml, wekday")
    assert result.exit_code == 2
    assert "沒有「wekday」這個代碼，是不是「weekday」？" in result.stderr
    assert "did you mean weekday?" in run("check", ".", option, "wekday", "--lang", "en").stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 1),
        (("--select", "votes,yaml"), 0),
        (("--select", "votes", "--select", "weekday"), 1),
        (("--ignore", "weekday"), 0),
        (("--exit-zero",), 0),
        (("--fail-level", "never"), 0),
        (("--fail-level", "info"), 1),
    ],
)
def test_exit_codes(folder: Path, arguments: tuple[str, ...], code: int) -> None:
    assert run("check", ".", *arguments).exit_code == code


def test_a_warning_fails_where_that_is_asked_for(folder: Path) -> None:
    (folder / "clean.md").write_text(CLEAN.replace("同意。", "同意。 <!-- 註 -->"), encoding="utf-8")
    assert run("check", "clean.md").exit_code == 0
    assert run("check", "clean.md", "--fail-level", "warning").exit_code == 1
    (folder / "minutes.toml").write_text('[severity]\nhtml-comment = "error"', encoding="utf-8")
    assert run("check", "clean.md").exit_code == 1


def test_each_file_is_told_of_by_its_own_settings(folder: Path) -> None:
    faulty = (folder / "faulty.md").read_text(encoding="utf-8")
    for name, words in (("a", 'ignore = ["weekday"]'), ("b", 'fail-level = "never"')):
        (folder / name).mkdir()
        (folder / name / "m.md").write_text(faulty, encoding="utf-8")
        (folder / name / "minutes.toml").write_text(words, encoding="utf-8")
    result = run("check", "a", "b", "--report", "concise")
    assert result.exit_code == 0
    assert result.stdout.startswith("b/m.md:3:7:")
    assert "a/m.md" not in result.stdout


def test_statistics_count_each_code(folder: Path) -> None:
    (folder / "again.md").write_text(FAULTY, encoding="utf-8")
    result = run("check", "again.md", "faulty.md", "--statistics")
    table = result.stdout.partition("個錯誤")[2].splitlines()
    assert table[-5].split()[:2] == ["2", "weekday"]
    assert [line.split()[1] for line in table[-4:]] == sorted(set(ALL) - {"weekday"})
    assert re.search(r"[\u4e00-\u9fff]", table[-5])
    result = run("check", "faulty.md", "--statistics", "--report", "json", "--lang", "en")
    assert re.search(r"^ +1  weekday  [A-Z]", result.stderr, re.M)
    assert result.stdout.endswith("}\n")
