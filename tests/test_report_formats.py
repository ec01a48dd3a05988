"""The reports that programs read: valid by their published schemas, and nothing that minutes say is lost or obeyed."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from reporting import (
    HARD,
    NAMES,
    TEXT,
    fault,
    message,
    mixed,
    read_checkstyle,
    read_github,
    read_gitlab,
    read_junit,
    read_sarif,
    written,
)

from minutes_cli import __version__, registry
from minutes_cli.diagnostics import ERROR, INFO, WARNING, Diagnostic, Edit
from minutes_cli.judged import Judged
from minutes_cli.report import _place, github, markdown, sarif
from minutes_cli.report._snippet import printable
from minutes_cli.say import Say
from minutes_cli.source import Source, Span

READERS = {"checkstyle": read_checkstyle, "github": read_github, "gitlab": read_gitlab, "junit": read_junit}
READERS["sarif"] = read_sarif


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The working folder is the repository."""
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def meetings(tmp_path: Path) -> list[Judged]:
    return mixed(tmp_path)


def all_found(meetings: list[Judged]) -> list[tuple[Judged, Diagnostic]]:
    return [(one, found) for one in meetings for found in one.diagnostics]


def spot(one: Judged, found: Diagnostic) -> tuple[int, int, int, int]:
    source, span = one.source, found.span
    return *source.line_column(span.start), *source.line_column(span.end)


# concise


def test_concise_is_one_line_a_finding(meetings: list[Judged]) -> None:
    lines = written("concise", meetings).splitlines()
    assert len(lines) == len(all_found(meetings))
    for line, (one, found) in zip(lines, all_found(meetings), strict=True):
        row, column, *_ = spot(one, found)
        start = f"{one.source.name}:{row}:{column}: {found.severity} {found.code} "
        assert line == start + printable(found.message.zh)


# GitHub


@pytest.mark.parametrize("language", ["zh", "en"])
def test_github_marks_ten_of_each_errors_first_and_tells_all(meetings: list[Judged], language: str) -> None:
    commands, shown = read_github(written("github", meetings, language))
    assert [command.name for command in commands] == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    heads = [
        line for line in shown.split("\n") if re.search(r"\[(?:weekday|key-missing|votes|link-broken)\]\x1b", line)
    ]
    assert len(heads) == len(all_found(meetings))
    count = len(all_found(meetings))
    assert {"zh": f"全部 {count} 處", "en": f"all {count} stand above"}[language] in shown


def test_github_annotations_say_where_and_what(meetings: list[Judged]) -> None:
    commands, _ = read_github(written("github", meetings))
    expected: dict[str, list[tuple[Judged, Diagnostic]]] = {ERROR: [], WARNING: [], INFO: []}
    for one, found in all_found(meetings):
        expected[found.severity].append((one, found))
    pairs = [pair for severity in expected for pair in expected[severity][: github.LIMIT]]
    for command, (one, found) in zip(commands, pairs, strict=True):
        line, column, end_line, end_column = spot(one, found)
        where = {"file": one.source.name, "line": str(line), "endLine": str(end_line), "title": found.code}
        columns = {"col": str(column), "endColumn": str(end_column)} if line == end_line else {}
        assert command.properties == where | columns
        assert command.message == message(found)


def test_github_says_nothing_of_what_is_not_left_out(meetings: list[Judged]) -> None:
    commands, shown = read_github(written("github", meetings[2:3]))
    assert [command.name for command in commands] == ["error", "error", "warning", "notice"]
    assert "GitHub" not in shown
    assert read_github(written("github", [Judged(Source("m.md", ""), ())])) == ([], "檢核了 1 個檔案，沒有錯誤。\n")


# Markdown


def cells(text: str) -> list[list[str]]:
    """The rows of the table, each cell as a reader sees it."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    rows: list[list[str]] = []
    for i, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            parts = tokens[i + 1].children or []
            assert {part.type for part in parts} <= {"text", "text_special", "html_inline"}
            rows[-1].append("".join("\n" if part.content == "<br>" else part.content for part in parts))
    return rows


def test_the_table_holds_every_finding_as_it_is(meetings: list[Judged]) -> None:
    text = written("markdown", meetings)
    head, *rows = cells(text)
    assert head == ["位置", "程度", "說明", "代碼"]
    for row, (one, found) in zip(rows, all_found(meetings), strict=True):
        line, column, *_ = spot(one, found)
        told = "\n".join(printable(part).strip() for part in message(found).split("\n"))
        severity = {ERROR: "錯誤", WARNING: "警告", INFO: "提醒"}[found.severity]
        assert row == [f"{one.source.name}:{line}:{column}", severity, told, found.code]
    assert text.endswith("\n\n檢核了 4 個檔案：17 個錯誤、16 個警告、16 個提醒。\n\n")
    assert written("markdown", [Judged(Source("m.md", ""), ())]) == "檢核了 1 個檔案，沒有錯誤。\n\n"


def test_the_table_stays_in_what_github_takes(meetings: list[Judged], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "LIMIT", 3000)
    text = written("markdown", meetings)
    assert len(text.encode()) < 3200
    _, *rows = cells(text)
    assert f"還有 {len(all_found(meetings)) - len(rows)} 處" in text


# SARIF


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in texts(part)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sarif_keeps_to_the_part_that_github_reads(meetings: list[Judged], language: str) -> None:
    run = read_sarif(written("sarif", meetings, language))
    assert all(texts(run))
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("minutes", __version__)
    assert [rule["id"] for rule in driver["rules"]] == ["key-missing", "link-broken", "votes", "weekday"]
    for rule in driver["rules"]:
        for key in ("shortDescription", "fullDescription", "help"):
            assert 0 < len(rule[key]["text"]) <= 1024
    for result in run["results"]:
        assert 0 < len(result["message"]["text"]) <= 1024
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"][0]["toolExecutionNotifications"] == []


def test_sarif_says_where_and_what_errors_first(meetings: list[Judged], tmp_path: Path) -> None:
    run = read_sarif(written("sarif", meetings))
    order = [
        pair for severity in (ERROR, WARNING, INFO) for pair in all_found(meetings) if pair[1].severity == severity
    ]
    assert len(run["results"]) == len(order)
    for result, (one, found) in zip(run["results"], order, strict=True):
        place = result["locations"][0]["physicalLocation"]
        keys = ("startLine", "startColumn", "endLine", "endColumn")
        assert tuple(place["region"][key] for key in keys) == spot(one, found)
        assert place["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
        assert place["artifactLocation"]["uri"].isascii()
        assert ":" not in place["artifactLocation"]["uri"]
        assert unquote(place["artifactLocation"]["uri"]) == one.source.name
        assert (result["ruleId"], result["level"]) == (found.code, {INFO: "note"}.get(found.severity, found.severity))
        unescaped = result["message"]["text"].replace("\\[", "[").replace("\\]", "]")
        assert unescaped == message(found) if len(message(found)) < 900 else unescaped.endswith("…")
        assert not re.search(r"(?<!\\)\[[^\]]*(?<!\\)\]\(", result["message"]["text"])
    assert run["originalUriBaseIds"] == {"%SRCROOT%": {"uri": f"{tmp_path.as_uri()}/"}}


def test_a_fix_does_in_sarif_what_its_edits_do(meetings: list[Judged]) -> None:
    (result,) = [result for result in read_sarif(written("sarif", meetings))["results"] if "fixes" in result]
    (fix,) = result["fixes"]
    assert fix["description"]["text"] == "改成「江」"
    (change,) = fix["artifactChanges"]
    source = meetings[2].source
    by_region = [
        Edit(
            Span(
                source.starts[region["startLine"] - 1] + region["startColumn"] - 1,
                source.starts[region["endLine"] - 1] + region["endColumn"] - 1,
            ),
            replacement.get("insertedContent", {"text": ""})["text"],
        )
        for replacement in change["replacements"]
        for region in [replacement["deletedRegion"]]
    ]
    assert tuple(by_region) == meetings[2].diagnostics[0].fix


@pytest.mark.parametrize(("taken", "kept", "told"), [(40, 3, "只寫出最嚴重的 40 處"), (100, 3, "只保留最嚴重的 3 處")])
def test_what_sarif_leaves_out_is_the_least_and_is_told(
    meetings: list[Judged], monkeypatch: pytest.MonkeyPatch, taken: int, kept: int, told: str
) -> None:
    monkeypatch.setattr(sarif, "TAKEN", taken)
    monkeypatch.setattr(sarif, "KEPT", kept)
    run = read_sarif(written("sarif", meetings))
    levels = [result["level"] for result in run["results"]]
    assert levels == (["error"] * 17 + ["warning"] * 16 + ["note"] * 16)[:taken]
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert told in notification["message"]["text"]
    assert notification["level"] == "warning"
    assert len(read_sarif(written("sarif", meetings * 10))["results"]) == taken


@pytest.mark.parametrize("name", registry.names("rules"))
def test_every_rule_has_its_page_in_sarif(name: str) -> None:
    one = Judged(Source("m.md", TEXT), (fault(0, 1, code=name),))
    for language, word in (("zh", "正確的寫法："), ("en", "Good:")):
        (rule,) = read_sarif(written("sarif", [one], language))["tool"]["driver"]["rules"]
        assert rule["shortDescription"]["text"].endswith("。" if language == "zh" else ".")
        assert word in rule["help"]["markdown"]
        assert rule["fullDescription"]["text"] in rule["help"]["markdown"]


# GitLab


def test_gitlab_says_where_and_what(meetings: list[Judged]) -> None:
    entries = read_gitlab(written("gitlab", meetings))
    for entry, (one, found) in zip(entries, all_found(meetings), strict=True):
        line, _, end_line, _ = spot(one, found)
        assert entry["location"] == {"path": one.source.name, "lines": {"begin": line, "end": end_line}}
        assert entry["description"] == f"{found.code}: {found.message.zh}"
        assert entry["check_name"] == found.code
        assert entry["severity"] == {ERROR: "major", WARNING: "minor", INFO: "info"}[found.severity]
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    assert read_gitlab(written("gitlab", [])) == []


# JUnit and Checkstyle


def test_junit_says_where_and_what(meetings: list[Judged]) -> None:
    suites = read_junit(written("junit", meetings)).findall("testsuite")
    assert [suite.get("name") for suite in suites] == [one.source.name for one in meetings]
    for suite, one in zip(suites, meetings, strict=True):
        cases = suite.findall("testcase")
        assert len({case.get("name") for case in cases}) == len(cases) == int(suite.get("tests")) >= 1
        assert {case.get("classname") for case in cases} == {one.source.name}
        assert len(suite.findall("testcase/failure")) == int(suite.get("failures"))
        for case, found in zip(cases, one.diagnostics, strict=bool(one.diagnostics)):
            line, column, *_ = spot(one, found)
            assert case.get("name").startswith(f"{found.code} {line}:{column}")
            (told,) = case
            assert told.tag == ("system-out" if found.severity == INFO else "failure")
            assert told.text.startswith(f"{one.source.name}:{line}:{column}: ")
            assert told.text.endswith(message(found).replace("\x07", "\ufffd"))
    clean = suites[0].findall("testcase")
    assert [(case.get("name"), len(case)) for case in clean] == [("check", 0)]


def test_checkstyle_says_where_and_what(meetings: list[Judged]) -> None:
    elements = read_checkstyle(written("checkstyle", meetings)).findall("file")
    assert [element.get("name") for element in elements] == [one.source.name for one in meetings]
    errors = [error for element in elements for error in element]
    for error, (one, found) in zip(errors, all_found(meetings), strict=True):
        line, column, *_ = spot(one, found)
        assert dict(error.attrib) == {
            "line": str(line),
            "column": str(column),
            "severity": found.severity,
            "message": message(found).replace("\x07", "\ufffd"),
            "source": f"minutes.{found.code}",
        }


# All

FILE_NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="./"), min_size=1)


@given(st.text(max_size=30), st.text(max_size=40), FILE_NAMES)
def test_whatever_a_file_holds_the_report_is_valid(said: str, text: str, name: str) -> None:
    surrogates = re.sub("[\ud800-\udfff]", "?", said)
    found = fault(0, len(text), message=Say(said or "x", "x"), hint=Say(surrogates, "x"))
    meeting = Judged(Source(name, text), (found,))
    for format_, read in READERS.items():
        read(written(format_, [meeting]).encode("utf-8", "backslashreplace").decode())


def test_names_that_are_no_utf8(tmp_path: Path) -> None:
    source = Source("x", TEXT, tmp_path / "\udcff 1.md")
    assert _place.uri(source) == "%FF%201.md"
    assert _place.path(source) == "\\xff 1.md"
    for format_, read in READERS.items():
        read(written(format_, [Judged(source, (fault(0, 1),))]))


def test_paths_are_relative_to_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source("m.md", "", "sub/../minutes/m.md")
    assert _place.path(source) == "minutes/m.md"
    monkeypatch.setenv("CI_PROJECT_DIR", str(tmp_path.parent))
    assert _place.path(source) == f"{tmp_path.name}/minutes/m.md"
    monkeypatch.setenv("GITHUB_WORKSPACE", "/somewhere/else")
    assert _place.path(source) == f"{tmp_path.name}/minutes/m.md"
    monkeypatch.delenv("CI_PROJECT_DIR")
    outside = Source("m.md", "", "../m 1.md")
    assert _place.uri(outside) == f"{tmp_path.parent.as_uri()}/m%201.md"
    (result,) = read_sarif(written("sarif", [Judged(outside, (fault(0, 0),))]))["results"]
    assert "uriBaseId" not in result["locations"][0]["physicalLocation"]["artifactLocation"]


def test_standard_input_has_a_name() -> None:
    assert _place.path(Source("<stdin>", "")) == "<stdin>"
    assert _place.uri(Source("<stdin>", "")) == "%3Cstdin%3E"


def test_the_samples_are_hard(meetings: list[Judged]) -> None:
    assert set(NAMES) == {one.source.name for one in meetings}
    assert min(Counter(found.severity for _, found in all_found(meetings)).values()) > github.LIMIT
    assert {"\n", "]]>", "|", '"', "\x07"} <= {part for part in ("\n", "]]>", "|", '"', "\x07") if part in HARD.zh}
