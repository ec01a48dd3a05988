"""The workspace in which the language server is tested: the ministry's example, the meetings before and after it, and
two hundred others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import EXAMPLE, FIRST, lay_others
from editor import PROFILES, Editor


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of 202 meetings."""
    folder = tmp_path_factory.mktemp("workspace")
    (folder / "moea-open-data-1.md").write_text(FIRST, encoding="utf-8")
    (folder / "moea-open-data-2.md").write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    lay_others(folder)
    return folder


@pytest.fixture(scope="session", params=PROFILES)
def editor(request: pytest.FixtureRequest, workspace: Path) -> Iterator[Editor]:
    """An editor that counts in UTF-8, and one that counts in UTF-16."""
    made = Editor(request.param, workspace)
    assert made.encoding == PROFILES[request.param]
    yield made
    made.close()


@pytest.fixture(scope="session")
def example() -> str:
    """The ministry's minutes."""
    return EXAMPLE.read_text(encoding="utf-8")
