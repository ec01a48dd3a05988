"""Which files of a folder are judged: patterns as git reads them, .gitignore, excludes; and what is said of the rest."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from running import CLEAN, run

from minutes_cli import globs, settings
from minutes_cli.errors import NothingToDo
from minutes_cli.files import targets
from minutes_cli.files.search import EXCLUDED, GITIGNORE, HIDDEN, NO_FRONT_MATTER, TOOLS, Search
from minutes_cli.settings import Options


@pytest.fixture(autouse=True)
def _forget() -> None:
    settings.forget()


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CLEAN, encoding="utf-8")


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def look(*named: str, how: Search | None = None) -> tuple[list[str], dict[str, str]]:
    """The names that are found, and those that are passed over with the reason."""
    found = targets.look(named, how or Search())
    return [target.name for target in found.targets], {Path(one.at).as_posix(): one.why for one in found.skipped}


# ── patterns ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("line", "taken", "left"),
    [
        ("*.md", ["a.md", "x/a.md"], ["a.md5", "md"]),
        ("/a.md", ["a.md"], ["x/a.md"]),
        ("x/a.md", ["x/a.md"], ["y/x/a.md"]),
        ("**/a.md", ["a.md", "x/a.md", "x/y/a.md"], ["ba.md"]),
        ("x/**", ["x/a", "x/y/a"], ["x"]),
        ("x/**/a", ["x/a", "x/y/a", "x/y/z/a"], ["xa", "x/ya"]),
        ("x/*/a", ["x/y/a"], ["x/a", "x/y/z/a"]),
        ("?.md", ["a.md", "會.md"], ["ab.md", ".md"]),
        ("[a-c會].md", ["b.md", "會.md"], ["d.md"]),
        ("[!a].md", ["b.md"], ["a.md"]),
        ("[[:digit:]]", ["3"], ["a", "３"]),
        ("[]a]", ["]", "a"], ["b"]),
        (r"\#a", ["#a"], ["a"]),
        (r"\!a", ["!a"], ["a"]),
        (r"a\*", ["a*"], ["ab"]),
        ("a  ", ["a"], ["a  "]),
        (r"a\ ", ["a "], ["a"]),
        (" a", [" a"], ["a"]),
        ("附件", ["附件", "x/附件"], ["附件1"]),
    ],
)
def test_patterns(line: str, taken: list[str], left: list[str]) -> None:
    listed = globs.patterns([line])
    assert [path for path in (*taken, *left) if globs.match(listed, path)] == taken


@pytest.mark.parametrize("line", ["", "#", "# a", "!", "/", "!/", "[a", "a\\", "[[:nonsense:]]", "   "])
def test_what_is_no_pattern_matches_nothing(line: str) -> None:
    assert globs.pattern(line) is None


def test_a_folder_takes_all_below_it_and_the_last_pattern_decides() -> None:
    assert globs.below(globs.patterns(["old/"]), "x/old/a.md")
    assert not globs.below(globs.patterns(["old/"]), "old")
    assert not globs.below(globs.patterns(["*.md", "!a.md"]), "a.md")
    assert globs.below(globs.patterns(["x", "!a.md"]), "x/a.md")


_ATOMS = ("a", "b", "*", "**/", "/**", "?", "[ab]", "[!a]", "[a-c]", "/", "\\*", "[[:alpha:]]", "-", "[]a]", " ")
_LINES = st.lists(
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["", "", "!"]),
        st.lists(st.sampled_from(_ATOMS), min_size=1, max_size=5).map("".join),
        st.sampled_from(["", "", "/"]),
    ),
    min_size=1,
    max_size=3,
)
_PARTS = st.sampled_from(["a", "b", "ab", "c", "a b", "*", "-", "]", "ba"])  # to git, a Han character is three
_PATHS = st.lists(st.lists(_PARTS, min_size=1, max_size=4).map("/".join), min_size=5, max_size=40, unique=True)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    return folder


@given(_LINES, _PATHS)
@example(["/*", "!/**"], ["a/b"])
@example(["a/", "!a/b"], ["a/b", "b/a/c"])
@hypothesis(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_git_says_the_same(repository: Path, tool: Callable[[str], str], lines: list[str], paths: list[str]) -> None:
    # git 2.39 takes `**` beside other characters for the one or the other, as it happens.
    lines = [re.sub(r"(?<=[^/!])\*\*|\*\*(?=[^/*])|\*{3,}", "*", line) for line in lines]
    (repository / ".gitignore").write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [tool("git"), "-C", str(repository), "check-ignore", "--no-index", "-z", "--stdin"]
    done = subprocess.run(command, input="\0".join(paths).encode(), capture_output=True, check=False)
    listed = globs.patterns(lines)
    assert {path for path in paths if globs.below(listed, path)} == set(done.stdout.decode().split("\0")) - {""}


# ── folders ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_git_leaves_out_is_passed_over(empty: Path) -> None:
    make(empty, "repo/a.md", "repo/b-old.md", "repo/build/c.md", "repo/x/keep-old.md", "repo/x/d.md", "repo/x/y/e.md")
    repo = empty / "repo"
    (repo / ".git" / "info").mkdir(parents=True)
    (repo / ".git" / "info" / "exclude").write_text("/x/d.md\n", encoding="utf-8")
    (repo / ".gitignore").write_bytes(b"\xef\xbb\xbfbuild/\r\n*-old.md\r\n")
    (repo / "x" / ".gitignore").write_text("!keep-old.md\n/y/*\n", encoding="utf-8")
    (empty / ".gitignore").write_text("*.md\n", encoding="utf-8")  # outside the repository
    names, skipped = look("repo")
    assert names == ["repo/a.md", "repo/x/keep-old.md"]
    assert skipped == dict.fromkeys(("repo/b-old.md", "repo/build", "repo/x/d.md", "repo/x/y/e.md"), GITIGNORE)
    assert look("repo/x")[0] == ["repo/x/keep-old.md"]
    assert look("repo/build", "repo/b-old.md")[0] == ["repo/build/c.md", "repo/b-old.md"]
    assert len(look("repo", how=Search(gitignore=False))[0]) == 6


def test_a_gitignore_counts_without_a_repository(empty: Path) -> None:
    make(empty, "a.md", "x/b.md", "x/y/c.md")
    (empty / "x" / ".gitignore").write_text("/y\n", encoding="utf-8")
    assert look(".") == (["a.md", "x/b.md"], {"x/y": GITIGNORE})


def test_excludes_start_from_their_file_and_named_files_are_taken(empty: Path) -> None:
    make(empty, "a.md", "old/b.md", "old/c/d.md", "x/old.md", "x/e.md")
    (empty / "minutes.toml").write_text('exclude = ["/old/", "x/old.md"]', encoding="utf-8")
    assert look(".") == (["a.md", "x/e.md"], {"old": EXCLUDED, "x/old.md": EXCLUDED})
    assert look("x")[0] == ["x/e.md"]
    assert look("old", "x/old.md")[0] == ["old/b.md", "old/c/d.md", "x/old.md"]
    forced = Search(force_exclude=True)
    assert look("old/c/d.md", "x/old.md", "a.md", how=forced) == (
        ["a.md"],
        {"old/c/d.md": EXCLUDED, "x/old.md": EXCLUDED},
    )
    assert look("old", "x", how=forced) == (["x/e.md"], {"old": EXCLUDED, "x/old.md": EXCLUDED})
    assert len(look(".", how=Search(Options(isolated=True)))[0]) == 5


def test_a_minutes_toml_below_has_excludes_of_its_own(empty: Path) -> None:
    make(empty, "a/x.md", "a/y.md", "b/x.md")
    (empty / "minutes.toml").write_text('exclude = ["x.md"]', encoding="utf-8")
    (empty / "a" / "minutes.toml").write_text('exclude = ["y.md"]', encoding="utf-8")
    make(empty, "c.md")
    assert look(".") == (["a/x.md", "c.md"], {"a/y.md": EXCLUDED, "b/x.md": EXCLUDED})


def test_every_reason_is_told(empty: Path) -> None:
    make(empty, "a.md", ".b.md", ".c/d.md", "node_modules/e.md", ".git/f.md")
    (empty / "README.md").write_text("# 說明\n", encoding="utf-8")
    assert look(".")[1] == {".b.md": HIDDEN, ".c": HIDDEN, "node_modules": TOOLS, "README.md": NO_FRONT_MATTER}


# ── what a run says ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_last_line_says_what_was_passed_over(empty: Path) -> None:
    make(empty, "a.md", ".b.md")
    for name in ("README.md", "說明.md"):
        (empty / name).write_text("# 說明\n", encoding="utf-8")
    summary = "略過 3 項：2 項開頭沒有會議資料（---）、1 項名稱以「.」開頭"
    assert run("check", ".").stdout.endswith(f"。\n{summary}（加 --verbose 逐一列出）。\n")
    verbose = run("check", ".", "--verbose").stdout
    assert "略過　README.md：開頭沒有會議資料（---）\n" in verbose
    assert verbose.endswith(f"{summary}。\n")
    english = run("check", ".", "--lang", "en").stdout
    assert english.endswith(
        "3 skipped: 2 without front matter (---), 1 hidden, beginning with a full stop (--verbose lists them).\n"
    )
    assert "略過" not in run("check", "a.md").stdout


@pytest.mark.parametrize("report", ["json", "sarif", "junit", "gitlab", "checkstyle", "github"])
def test_a_report_for_programs_is_not_disturbed(empty: Path, report: str) -> None:
    make(empty, "a.md", ".b.md")
    result = run("check", ".", "--report", report)
    assert "略過" not in result.stdout
    assert result.stderr == "檢核了 1 個檔案，沒有錯誤。\n略過 1 項：1 項名稱以「.」開頭（加 --verbose 逐一列出）。\n"


def test_a_run_that_judges_nothing_fails(empty: Path) -> None:
    make(empty, "a/b.md")
    (empty / "minutes.toml").write_text('exclude = ["a/"]', encoding="utf-8")
    result = run("check", ".")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "沒有會議紀錄" in result.stderr
    with pytest.raises(NothingToDo):
        look("none.md")


def test_a_hook_that_is_given_excluded_files_alone_has_nothing_to_do(empty: Path) -> None:
    make(empty, "a/b.md", "c.md")
    (empty / "minutes.toml").write_text('exclude = ["a/"]', encoding="utf-8")
    result = run("check", "a/b.md", "--force-exclude")
    assert result.exit_code == 0
    assert result.stdout.startswith("檢核了 0 個檔案")
    assert "1 項列在 minutes.toml 的 exclude" in result.stdout
    result = run("check", "-", "--stdin-filename", "a/b.md", "--force-exclude", given="")
    assert result.exit_code == 0


def test_what_another_program_names_is_passed_over_without_front_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("README.md").write_text("# 說明\n", encoding="utf-8")
    Path("m.md").write_text(CLEAN, encoding="utf-8")
    assert run("check", "README.md").exit_code == 1
    assert run("check", "--force-exclude", "README.md").exit_code == 0
    assert "檢核了 1 個檔案" in run("check", "--force-exclude", "README.md", "m.md").stdout
    Path("m.md").unlink()
    assert run("check", "--force-exclude", ".").exit_code == 2
