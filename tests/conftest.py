"""What several tests need: the programs from outside Python, and where the project lies."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent

PROGRAMS = {"chromium": ("chromium", "chromium-browser", "google-chrome"), "soffice": ("soffice", "libreoffice")}


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """`tool("soffice")` is the path of a program.  Without it the test is left out with the reason; in CI it fails,
    because there nothing may be left out."""

    def find(name: str) -> str:
        for candidate in PROGRAMS.get(name, (name,)):
            if path := shutil.which(candidate) or shutil.which(candidate, path=Path(sys.executable).parent):
                return path
        if os.environ.get("CI"):
            pytest.fail(f"{name} is not installed, and CI leaves nothing out")
        pytest.skip(f"{name} is not installed")

    return find


@pytest.fixture(scope="session")
def npm_module() -> Callable[[str], Path]:
    """`npm_module("axe-core")` is the folder of an npm package, looked for in `node_modules` of the checkout and in
    the folder that NODE_PATH names; left out or failed as in `tool`."""

    def find(name: str) -> Path:
        for base in (
            ROOT / "node_modules",
            *map(Path, filter(None, os.environ.get("NODE_PATH", "").split(os.pathsep))),
        ):
            if (base / name).is_dir():
                return base / name
        if os.environ.get("CI"):
            pytest.fail(f"the npm package {name} is not installed, and CI leaves nothing out")
        pytest.skip(f"the npm package {name} is not installed")

    return find


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write what came out into tests/cases; read the diff")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a clean and a faulty meeting file."""
    from running import CLEAN, FAULTY

    monkeypatch.chdir(tmp_path)
    (tmp_path / "clean.md").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "faulty.md").write_text(FAULTY, encoding="utf-8")
    return tmp_path


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a test that was left out is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped"):
        reporter.write_line("\nCI leaves nothing out: see what was skipped.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True, scope="session")
def packages_keep_their_ids() -> Iterator[None]:
    """openxml-audit remembers what it counted by the `id` of a package, for the whole process, and a package that is gone
    lends its id to the next: here none goes."""
    from openxml_audit.package import OpenXmlPackage

    kept: list[OpenXmlPackage] = []
    begin = OpenXmlPackage.__init__

    def remembered(package: OpenXmlPackage, *given: Any, **named: Any) -> None:
        kept.append(package)
        begin(package, *given, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OpenXmlPackage, "__init__", remembered)
        yield
