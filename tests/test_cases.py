"""Golden cases as prose: `tests/cases/*.md` hold fenced inputs and outputs with a sentence of why.

A fence opens with four backticks and the kind of case; input and output are parted by a line that is only `.`:

    text    a body (or a whole file, if it begins with `---`) in, its text rendering out
    check   the same in, what `check` says out, one finding a line

`pytest --accept` rewrites the outputs; the diff is read before it is committed.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from minutes_cli import decode, outline, parse
from minutes_cli.check import check
from minutes_cli.render import text

CASES = Path(__file__).parent / "cases"
FENCE = re.compile(r"^````` ?(?P<kind>\w+)\n(?P<input>.*?)^\.\n(?P<output>.*?)^`````$", re.S | re.M)
FRONT = """\
---
title: 測試小組第1次會議
date: 2024-05-02
start: "14:00"
location: 會議室
chair: 江恩
recorder: 溫平
attendees: 如簽到表
---

"""


def _source(given: str) -> str:
    return given if given.startswith("---") else FRONT + given


def _text(given: str) -> str:
    minutes = parse.parse(decode.decode(_source(given).encode(), "m.md"))
    printed = text.render(outline.outline(minutes), minutes).decode()
    lines = printed.splitlines()
    kept = lines if given.startswith("---") else lines[5:]
    return "".join(f"{line}\n" for line in kept)


def _check(given: str) -> str:
    whole = _source(given)
    checked = check(decode.decode(whole.encode(), "m.md"))
    shift = 0 if given.startswith("---") else FRONT.count("\n")
    out = []
    for found in checked.diagnostics:
        line, column = checked.minutes.source.line_column(found.span.start)
        out.append(f"{line - shift}:{column}: {found.severity}: {found.message.zh} [{found.code}]\n")
    return "".join(out)


KINDS = {"text": _text, "check": _check}


@pytest.mark.parametrize("path", sorted(CASES.glob("*.md")), ids=lambda path: path.stem)
def test_cases(path: Path, request: pytest.FixtureRequest) -> None:
    written = path.read_text(encoding="utf-8")
    assert FENCE.search(written), f"{path} holds no case"

    def run(found: re.Match[str]) -> str:
        return f"````` {found['kind']}\n{found['input']}.\n{KINDS[found['kind']](found['input'])}`````"

    now = FENCE.sub(run, written)
    if request.config.getoption("--accept"):
        path.write_text(now, encoding="utf-8")
    else:
        assert now == written
