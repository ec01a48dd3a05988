"""Two hundred meetings with every fault planted once: all are found in their exact place and nothing else is, whatever
the number of processes, with and without a cache, in every report."""

from __future__ import annotations

import json
import re
from pathlib import Path

import planting
import pytest
from running import run

from minutes_cli import codes, registry

pytestmark = pytest.mark.slow

REPORTS = registry.names("report")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[planting.Planted]]:
    base = tmp_path_factory.mktemp("whole")
    return base, planting.plant(base / "minutes")


def check(base: Path, planted: list[planting.Planted], *arguments: str) -> dict[str, bytes]:
    """Every report of one run."""
    named = [f"minutes/{fault.name}" for fault in planted if fault.code in planting.NAMED]
    reports = [part for name in REPORTS for part in ("--report", f"{name}=out/{name}")]
    done = run("check", "minutes", *named, *reports, *arguments)
    assert done.exit_code == 1, done.output
    # The word that ends a quotation for GitHub is another one each time.
    written = {
        name: re.sub(rb"::(stop-commands::)?[0-9a-f]{32}", b"", (base / "out" / name).read_bytes()) for name in REPORTS
    }
    return {**written, "": done.output.encode()}


def test_every_fault_is_planted_once() -> None:
    planted = [code for _, code, _ in planting._numbered()]
    assert sorted(planted) == sorted(set(codes.every()) - planting.UNPLANTED)


def test_all_is_found_and_nothing_else_and_always_the_same(
    folder: tuple[Path, list[planting.Planted]], monkeypatch: pytest.MonkeyPatch
) -> None:
    base, planted = folder
    monkeypatch.chdir(base)
    alone = check(base, planted, "--no-cache", "--jobs", "1")
    found = [
        (one["path"], one["code"], one["line"], one["column"], one["end_line"], one["end_column"])
        for one in json.loads(alone["json"])["findings"]
    ]
    expected = [(f"minutes/{fault.name}", *place) for fault in planted for place in fault.places]
    assert sorted(found) == sorted(expected)
    assert len({path for path, *_ in found}) == len(planted) == len(codes.every()) - len(planting.UNPLANTED)
    for how in (("--no-cache", "--jobs", "2"), ("--jobs", "2"), ("--jobs", "2"), ("--jobs", "1"), ()):
        cached = () if "--no-cache" in how else ("--cache-dir", "cache")
        assert check(base, planted, *how, *cached) == alone, how
