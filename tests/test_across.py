"""The rules across files: their pages, planted faults in their exact place, and what `--since` leaves of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from test_rules import meeting, unmarked

from minutes_cli import across, check, registry
from minutes_cli.diagnostics import SEVERITIES, Diagnostic
from minutes_cli.judged import Judged
from minutes_cli.pages import page
from minutes_cli.source import Source

RULES = registry.names("across_rules")
PLANTED = (Path(__file__).parent / "cases" / "across" / "planted-faults.md").read_text(encoding="utf-8")


class Place(NamedTuple):
    """Where a finding stands: its file, its code, lines and columns from 1."""

    name: str
    code: str
    line: int
    column: int
    end_line: int
    end_column: int


def files(example: str) -> dict[str, str]:
    """The files of an example: `=== name.md` begins each."""
    parts = re.split(r"^=== (.+)\n", example, flags=re.M)[1:]
    return {name: meeting(text) for name, text in zip(parts[::2], parts[1::2], strict=True)}


def judged(texts: dict[str, str]) -> list[Judged]:
    return [check.judge(Source(name, text, Path(name))) for name, text in texts.items()]


def places(found: list[Judged]) -> list[Place]:
    return sorted(
        Place(one.source.name, d.code, *one.source.line_column(d.span.start), *one.source.line_column(d.span.end))
        for one in found
        for d in one.diagnostics
    )


def planted() -> list[tuple[str, str]]:
    """(rule, folder with its marks) of every case."""
    found = []
    for part in re.split(r"^## (?=[a-z-]+$)", PLANTED, flags=re.M)[1:]:
        name = part.split("\n", 1)[0]
        found += [(name, case) for case in re.findall(r"^````\n(.*?)^````$", part, re.S | re.M)]
    return found


def told(found: list[Judged]) -> list[str]:
    return [f"{one.source.name}: {d.code} {d.message.en}" for one in found for d in one.diagnostics]


def is_whole(found: Diagnostic) -> None:
    assert found.severity in SEVERITIES
    for say in (found.message, found.hint):
        assert say.zh
        assert say.en
        assert say.zh != say.en
        assert not re.search(r"[\u4e00-\u9fff]", re.sub("[0-9A-Za-z/.:]*[\u4e00-\u9fff\u3000]+", "", say.en)), say.en


@pytest.mark.parametrize("name", RULES)
def test_the_page_of_a_rule_is_whole(name: str) -> None:
    assert name == registry.load("across_rules", name).CODE
    found = page(name)
    assert found
    assert re.fullmatch(r"[A-Z].*\.", found.title.en)
    assert re.fullmatch(r".*[\u4e00-\u9fff].*。", found.title.zh)
    assert found.why.zh
    assert found.why.en


@pytest.mark.parametrize("name", RULES)
def test_bad_gives_the_code_and_good_gives_nothing(name: str) -> None:
    found = page(name)
    assert found
    bad = list(across.check(judged(files(found.bad))))
    assert {d.code for one in bad for d in one.diagnostics} == {name}, told(bad)
    good = list(across.check(judged(files(found.good))))
    assert told(good) == []


def test_every_rule_has_a_planted_fault() -> None:
    assert {name for name, _ in planted()} == set(RULES)


@pytest.mark.parametrize(("code", "example"), planted(), ids=[name for name, _ in planted()])
def test_a_planted_fault_is_found_in_its_place(code: str, example: str) -> None:
    texts, expected = {}, []
    for name, text in files(example).items():
        texts[name], marked = unmarked(code, text)
        expected += [Place(name, *mark) for mark in marked]
    found = list(across.check(judged(texts)))
    assert places(found) == sorted(expected), told(found)
    for one in found:
        for finding in one.diagnostics:
            is_whole(finding)
