"""Files and folders named on the command line: which are read, and where and how output is written."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from running import CLEAN, OUTSIDE, ROOT, run

from minutes_cli import errors, registry
from minutes_cli.commands import _destinations, _run
from minutes_cli.files import targets, writing
from minutes_cli.say import Say


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


def test_a_closed_folder_is_a_failure(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", closed)
    with pytest.raises(errors.UnreadableFile, match="Permission denied"):
        targets.find(["."])


def test_only_one_text_is_held_at_a_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[str] = []
    read = targets.read
    monkeypatch.setattr(targets, "read", lambda target: reads.append(target.name) or read(target))
    sources = _run.Run(targets.find(["."]), Say("", "")).sources()
    next(sources)
    assert reads == ["clean.md"]


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
from minutes_cli.files import writing
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
writing.write(Path(sys.argv[1]), b"new")
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("before", [b"old", None])
def test_a_run_that_is_killed_leaves_the_old_file_or_none(tmp_path: Path, before: bytes | None) -> None:
    path = tmp_path / "x.html"
    if before:
        path.write_bytes(before)
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], env=OUTSIDE, cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    assert (path.read_bytes() if path.exists() else None) == before


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


def test_links_lead_back_to_the_meetings_folder(folder: Path) -> None:
    (folder / "in" / "files").mkdir(parents=True)
    (folder / "in" / "files" / "a.pdf").write_bytes(b"%PDF-1.4")
    given = CLEAN.replace(
        "attendees: 如簽到表\n", "attendees: 如簽到表（附件1）\nattachments:\n  - {title: 甲, file: files/a.pdf}\n"
    )
    (folder / "in" / "m.md").write_text(given + "\n二、如附件1、[檔](files/a.pdf)。\n", encoding="utf-8")
    run("render", "in/m.md", "--to", "html", "-o", "out/pages")
    page = (folder / "out" / "pages" / "m.html").read_text(encoding="utf-8")
    assert page.count('href="../../in/files/a.pdf"') >= 2
    run("render", "in/m.md", "--to", "html")
    assert page.replace("../../in/", "") == (folder / "in" / "m.html").read_text(encoding="utf-8")
