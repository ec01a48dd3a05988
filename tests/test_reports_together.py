"""The options --report and --output-file: which reports are written, where, and that several share one run."""

from __future__ import annotations

import json
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from reporting import fault, read_github, read_gitlab, read_junit, read_sarif
from running import CLEAN, FAULTY, outside, run

from minutes_cli import errors, registry
from minutes_cli.commands import _reports
from minutes_cli.files import writing
from minutes_cli.judged import Judged
from minutes_cli.source import Source


def test_several_reports_of_one_run(folder: Path) -> None:
    asked = (
        "--report",
        "sarif=out/a.sarif",
        "--report",
        "concise",
        "--report",
        "junit=b.xml",
        "--report",
        "gitlab=c.json",
    )
    result = run("check", ".", *asked)
    assert result.exit_code == 1
    assert result.stdout.startswith("faulty.md:3:7: error weekday ")
    assert len(read_sarif((folder / "out" / "a.sarif").read_text(encoding="utf-8"))["results"]) == 1
    assert len(read_junit((folder / "b.xml").read_text(encoding="utf-8"))) == 2
    assert len(read_gitlab((folder / "c.json").read_text(encoding="utf-8"))) == 1


@pytest.mark.parametrize("name", registry.names("report"))
def test_a_report_in_a_file_is_the_one_on_standard_output(folder: Path, name: str) -> None:
    shown = run("check", ".", "--report", name)
    written = run("check", ".", "--report", f"{name}=one")
    again = run("check", ".", "--report", name, "--output-file", "two")
    assert (written.stdout, again.stdout) == ("", "")
    assert shown.exit_code == written.exit_code == again.exit_code == 1
    texts = [shown.stdout, *((folder / file).read_text(encoding="utf-8") for file in ("one", "two"))]
    if name == "github":
        texts = [str(read_github(text)) for text in texts]
    assert texts[0] == texts[1] == texts[2] != ""
    assert "\x1b" not in texts[1]


def test_standard_output_may_be_named(folder: Path) -> None:
    assert run("check", ".", "--report", "json=-").stdout == run("check", ".", "--report", "json").stdout


def test_without_a_name_the_report_is_text(folder: Path) -> None:
    assert "錯誤：" in run("check", ".").stdout
    run("check", ".", "--output-file", "out.txt")
    assert "檢核了 2 個檔案" in (folder / "out.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "asked",
    [
        ["--report", "text", "--report", "json"],
        ["--report", "text", "--report", "text"],
        ["--report", "sarif=x", "--report", "json=./x"],
        ["--report", "sarif=x", "--report", "json", "--output-file", "x"],
        ["--report", "text", "--report", "json", "--output-file", "x"],
        ["--report", "json=x", "--output-file", "y"],
        ["--report", "json=clean.md"],
        ["--output-file", "./faulty.md"],
        ["--report", "=x"],
        ["--report", "pdf=x"],
    ],
)
def test_reports_that_clash_are_refused(folder: Path, asked: list[str]) -> None:
    result = run("check", ".", *asked)
    assert result.exit_code == errors.NothingToDo.exit_code
    assert "錯誤：" in result.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["clean.md", "faulty.md"]
    assert (folder / "clean.md").read_text(encoding="utf-8") == CLEAN


def test_a_file_that_cannot_be_written_is_a_failure(folder: Path) -> None:
    result = run("check", ".", "--report", "json=clean.md/x")
    assert result.exit_code == errors.UnwritableFile.exit_code
    assert "clean.md/x 無法寫入" in result.stderr


def test_a_run_that_breaks_off_leaves_the_old_report(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.sarif").write_text("old", encoding="utf-8")
    monkeypatch.setattr("minutes_cli.report.sarif._run", lambda *_: 1 / 0)
    result = run("check", ".", "--report", "sarif=a.sarif")
    assert result.exit_code == errors.MinutesError.exit_code
    assert (folder / "a.sarif").read_text(encoding="utf-8") == "old"


# In GitHub Actions


def test_github_is_chosen_in_its_actions(folder: Path) -> None:
    commands, shown = read_github(run("check", ".", environment={"GITHUB_ACTIONS": "true"}).stdout)
    assert [command.properties["file"] for command in commands] == ["faulty.md"]
    assert "檢核了 2 個檔案" in shown
    assert "::error" not in run("check", ".", "--report", "text", environment={"GITHUB_ACTIONS": "true"}).stdout
    assert "::error" not in run("check", ".", environment={"GITHUB_ACTIONS": "false"}).stdout


def test_the_summary_of_the_job_gets_the_whole_table(folder: Path) -> None:
    (folder / "many.md").write_text(FAULTY + "三、甲\n" * 15, encoding="utf-8")
    summary = folder / "summary"
    summary.write_text("# 前一步\n\n", encoding="utf-8")
    environment = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
    commands, _ = read_github(run("check", ".", environment=environment).stdout)
    found = run("check", ".", "--report", "concise").stdout.splitlines()
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("# 前一步\n\n| 位置 |")
    assert text.count("md\\:") == len(found) > len(commands) == 10
    run("check", ".", "--report", "json", environment=environment)
    assert summary.read_text(encoding="utf-8") == text
    run("check", ".", "--report", "github=log", environment=environment)
    assert summary.read_text(encoding="utf-8").count("| 位置 |") == 2


def test_a_summary_that_cannot_be_written_is_a_failure(folder: Path) -> None:
    result = run("check", ".", environment={"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": "no/such/folder"})
    assert result.exit_code == errors.UnwritableFile.exit_code


def test_reports_are_utf8_in_any_locale(folder: Path) -> None:
    done = outside("check", ".", "--report", "concise", "--report", "json=x", environment={"LC_ALL": "C"}, cwd=folder)
    assert "星期" in done.stdout.decode()
    assert "星期" in json.loads((folder / "x").read_bytes())["findings"][0]["message"] or done.returncode == 1


# One stream for several reports


class Watched(Source, frozen=True, weakref=True):
    """A source that tells when nobody holds it any more."""


def stream(most: list[int]) -> Iterator[Judged]:
    """Meetings of which every tenth has a finding; `most` learns how many are held at once."""
    held: list[weakref.ref[Watched]] = []
    for n in range(500):
        severity = ("error", "warning", "info")[n // 10 % 3]
        source = Watched(f"{n}.md", "甲")
        one = Judged(source, (fault(0, 1, severity),) if n % 10 == 0 else ())
        held = [*(ref for ref in held if ref()), weakref.ref(source)]
        most.append(len(held))
        yield one
        del one, source


def test_several_reports_hold_few_meetings(tmp_path: Path) -> None:
    most: list[int] = []
    wanted = [_reports.Wanted(name, tmp_path / name) for name in registry.names("report")]
    _reports.write(stream(most), wanted, print)
    assert len(most) == 500
    assert max(most) <= 100  # those between the first report and the last, in the blocks of 57 that tee frees at once
    for name in registry.names("report"):
        text = (tmp_path / name).read_text(encoding="utf-8").replace("\\", "")
        assert text.count("weekday") >= 50, name
        assert text.index("0.md") < text.index("490.md"), name


def test_adding_to_a_file(tmp_path: Path) -> None:
    writing.append(tmp_path / "x", b"a")
    writing.append(tmp_path / "x", b"b")
    assert (tmp_path / "x").read_bytes() == b"ab"
    with pytest.raises(errors.UnwritableFile):
        writing.append(tmp_path / "no" / "x", b"a")
