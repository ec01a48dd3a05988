"""The project around the code: what the wheel and the source archive carry, what the README tells people to type, what
ARCHITECTURE.md names, and that nothing tells of the machine it was written on."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from minutes_cli import __version__, registry
from minutes_cli.cli import CODES, minutes

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "minutes_cli"
FOLDERS = ("minutes_cli", "schemas", "templates", "examples", "tests", "docs")
PAGES = ("README.md", "CHANGELOG.md", "ARCHITECTURE.md", "LICENSE", "pyproject.toml")
MARKDOWN = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
# What git does not keep, besides what begins with a dot.
LEFTOVERS = {"__pycache__", "node_modules", "build", "dist", "out"}


def files(folder: str) -> set[str]:
    """The files below a folder of the checkout, as `schemas/minutes.schema.json`."""
    found = (path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.as_posix() for path in found if not any(_left_over(part) for part in path.parts[:-1])}


def _left_over(folder: str) -> bool:
    return folder in LEFTOVERS or folder.startswith(".")


@cache
def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


# ── wheel and source archive ──


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The wheel and the source archive."""
    folder = tmp_path_factory.mktemp("dist")
    _build(ROOT, folder)
    return next(folder.glob("*.whl")), next(folder.glob("*.tar.gz"))


def _build(checkout: Path, folder: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", str(folder)]
    subprocess.run(command, cwd=checkout, check=True, capture_output=True)


def _carried(wheel: Path) -> set[str]:
    return {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}


def test_the_wheel_carries_the_package_with_schemas_and_templates_and_nothing_else(built: tuple[Path, Path]) -> None:
    beside = {f"minutes_cli/{name}" for folder in ("schemas", "templates") for name in files(folder)}
    assert "minutes_cli/py.typed" in files("minutes_cli")
    assert _carried(built[0]) == files("minutes_cli") | beside


def test_the_source_archive_is_whole(built: tuple[Path, Path], tmp_path: Path) -> None:
    """It holds all that the tests need, and builds the same wheel."""
    with tarfile.open(built[1]) as archive:
        archive.extractall(
            tmp_path, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {})
        )  # from 3.11.4 on
    inside = next(tmp_path.iterdir())
    held = {path.relative_to(inside).as_posix() for path in inside.rglob("*") if path.is_file()}
    assert held >= set(PAGES).union(*map(files, FOLDERS))
    _build(inside, tmp_path / "again")
    assert _carried(next((tmp_path / "again").glob("*.whl"))) == _carried(built[0])


@pytest.mark.slow
def test_the_installed_wheel_works_from_another_folder(built: tuple[Path, Path], tmp_path: Path) -> None:
    """The libraries are those of this environment, so that nothing is fetched."""
    venv.create(tmp_path / "venv", with_pip=False)
    program = tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    inside = Path(sysconfig.get_path("purelib", vars={"base": str(tmp_path / "venv")}))
    install = [sys.executable, "-m", "pip", "--python", str(program / "python"), "install", "--no-deps", "--no-index"]
    subprocess.run([*install, str(built[0])], check=True, capture_output=True)
    (inside / "libraries.pth").write_text(sysconfig.get_path("purelib"))

    def run(*command: str) -> str:
        outside = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        argv = [str(program / command[0]), *command[1:]]
        done = subprocess.run(argv, cwd=tmp_path, capture_output=True, text=True, env=outside)
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = run("python", "-c", "import minutes_cli; print(minutes_cli.__file__)")
    assert Path(where.strip()).is_relative_to(inside)
    assert run("minutes", "--version").split() == ["minutes", __version__]
    assert run("python", "-m", "minutes_cli", "--version") == run("minutes", "--version")
    example = ROOT / "examples" / "moea-open-data-2.md"
    run("minutes", "render", str(example), "--to", "html", "--to", "docx", "-o", "out")
    here = [sys.executable, "-m", "minutes_cli", "render", str(example), "--to", "html", "--to", "docx"]
    subprocess.run([*here, "-o", str(tmp_path / "here")], cwd=ROOT, check=True, capture_output=True)
    for suffix in ("html", "docx"):
        name = f"moea-open-data-2.{suffix}"
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()


# ── what people are told to type ──


def commands(name: str) -> list[str]:
    """The lines of a page's blocks of shell."""
    blocks = re.findall(r"^```(?:sh|console|bash)\n(.*?)^```", page(name), re.M | re.S)
    return [line for block in blocks for line in block.splitlines() if line and not line.startswith("#")]


def test_two_commands_set_everything_up_and_ci_runs_both() -> None:
    set_up = [line for line in commands("README.md") if "venv" in line]
    assert len(set_up) == 2
    install, test = set_up
    assert install.endswith("-o out")
    assert test.endswith("-m pytest")
    ci = page(".ci/run").splitlines()
    assert install in ci
    assert test in ci


def test_what_the_readme_renders_is_there() -> None:
    named = {word for line in commands("README.md") for word in line.split() if word.startswith("examples/")}
    assert named
    for name in named:
        assert (ROOT / name).exists(), name


def _typed() -> Iterator[tuple[str, str]]:
    for path in MARKDOWN:
        name = path.relative_to(ROOT).as_posix()
        for line in commands(name):
            for part in re.split(r"&&|\||;", line):
                words = part.split()
                if words and Path(words[0]).name == "minutes":
                    yield name, " ".join(words[1:])


@pytest.mark.parametrize(("name", "typed"), sorted(set(_typed())))
def test_every_command_that_a_page_shows_exists_with_its_options(name: str, typed: str) -> None:
    words = typed.split()
    command: click.Command = minutes
    if words and not words[0].startswith("-"):
        assert words[0].replace("-", "_") in {known.replace("-", "_") for known in registry.names("commands")}
        command = registry.load("commands", words[0]).command
        words = words[1:]
    known = {spelling for parameter in command.params for spelling in parameter.opts} | {
        "--help",
        "-h",
        "--lang",
        "--color",
    }
    assert {word.partition("=")[0] for word in words if re.match("--?[a-z]", word)} <= known


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: path.name)
def test_every_link_of_a_page_leads_somewhere(path: Path) -> None:
    prose = re.sub(r"^```.*?^```|`[^`\n]+`", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if not re.match(r"[a-z]+:|#", target):
            assert (path.parent / target.partition("#")[0]).exists(), target


def test_the_readme_lists_every_command_and_exit_code() -> None:
    listed = re.findall(r"^\| `minutes ([a-z][a-z-]*)` \|", page("README.md"), re.M)
    assert listed
    assert set(listed) == set(registry.names("commands"))
    rows = dict(re.findall(r"^\| (\d+) \| ([^（|\n]+)", page("README.md"), re.M))
    assert {code: text.strip() for code, text in rows.items()} == {
        str(c): s.zh.split("（")[0] for c, s in CODES.items()
    }


# ── ARCHITECTURE.md ──


def _modules() -> Iterator[str]:
    """The modules that have a place of their own in the house; those of the other rooms are found by their folder."""
    for room in (".", "front", "body", "office", "files", "judging", "printing", "authoring", "many"):
        yield from sorted(path.stem for path in (PACKAGE / room).glob("*.py") if path.name != "__init__.py")


def _folders() -> Iterator[str]:
    for path in sorted(PACKAGE.rglob("*/")):
        if path.is_dir() and path.name != "__pycache__" and any(path.glob("[!.]*.*")):
            yield f"{path.relative_to(PACKAGE).as_posix()}/"


def _named() -> set[str]:
    """The words in backticks that look like a module, a folder or a file."""
    spans = re.findall(r"`([^`\n]+)`", page("ARCHITECTURE.md"))
    return {span for span in spans if re.fullmatch(r"[\w./-]+", span)}


def test_the_architecture_names_every_module_and_folder() -> None:
    named = _named()
    assert [name for name in _modules() if name not in named] == []
    assert [folder for folder in _folders() if folder not in named] == []


def test_what_the_architecture_names_exists() -> None:
    def exists(name: str) -> bool:
        places = (ROOT / name, PACKAGE / name, *PACKAGE.rglob(f"{name}.py"))
        return any(place.exists() for place in places) or _is_word(name)

    assert [name for name in sorted(_named()) if not exists(name)] == []


def _is_word(name: str) -> bool:
    """A library, a command or a name that the code defines."""
    if name in registry.names("commands") or re.search(rf'^  "{re.escape(name)}[><=]', page("pyproject.toml"), re.M):
        return True
    return any(re.search(rf"\b{re.escape(name)}\b", path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py"))


# ── the rest ──


def test_the_changelog_begins_with_this_version_or_what_is_not_released() -> None:
    headings = re.findall(r"^## \[?([^\]\n ]+)", page("CHANGELOG.md"), re.M)
    assert headings
    assert headings[0] in ("Unreleased", __version__)
    assert __version__ in page("CHANGELOG.md")


def test_nothing_tells_of_the_machine_it_was_written_on() -> None:
    telling = [
        re.escape(part + rest) for part, rest in (("/wo", "rk/"), ("/ro", "ot/"), ("/tmp/", "venv"), ("/tmp/", "setup"))
    ]
    hosts = ["pypi." + "org", "pythonhosted." + "org", "registry.npmjs." + "org", "deb.debian." + "org"]
    pattern = re.compile("|".join([*telling, *map(re.escape, hosts)]))
    found = []
    for name in sorted(set(PAGES).union(*map(files, FOLDERS), {".ci/run", ".gitignore"})):
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name}: {match[0]}" for match in pattern.finditer(text)]
    assert found == []
