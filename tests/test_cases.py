"""Golden cases as prose: `tests/cases/*.md` hold fenced inputs and outputs with a sentence of why.

A fence opens with four backticks and the kind of case; input and output are parted by a line that is only `.`:

    text    a body (or a whole file, if it begins with `---`) in, its text rendering out
    check   the same in, what `check` says out, one finding a line
    report_sarif, report_junit …    a whole file in, that report of it out

`pytest --accept` rewrites the outputs; the diff is read before it is committed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from reporting import written

from minutes_cli import __version__, parse, registry
from minutes_cli.check import check
from minutes_cli.front import decode
from minutes_cli.judged import Judged
from minutes_cli.judging import fixes
from minutes_cli.printing import outline
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


def _report(name: str, given: str) -> str:
    """The report without what another run, another folder or the next version would write otherwise."""
    source = decode.decode(given.encode(), "會議 記錄/第1次.md")
    text = written(name, [fixes.offered(Judged(source, check(source).diagnostics), unsafe=False)])
    text = re.sub("\x1b\\[[0-9;]*m|[0-9a-f]{32}", lambda found: "" if found[0][0] == "\x1b" else "0123abcd", text)
    return text.replace(__version__, "1.2.3").replace(Path.cwd().as_uri(), "file:///repository")


REPORTS = {f"report_{name}": partial(_report, name) for name in registry.names("report")}
KINDS: dict[str, Callable[[str], str]] = {"text": _text, "check": _check, **REPORTS}


@pytest.mark.parametrize("path", sorted(CASES.glob("*.md")), ids=lambda path: path.stem)
def test_cases(path: Path, request: pytest.FixtureRequest) -> None:
    before = path.read_text(encoding="utf-8")
    assert FENCE.search(before), f"{path} holds no case"

    def run(found: re.Match[str]) -> str:
        return f"````` {found['kind']}\n{found['input']}.\n{KINDS[found['kind']](found['input'])}`````"

    now = FENCE.sub(run, before)
    if request.config.getoption("--accept"):
        path.write_text(now, encoding="utf-8")
    else:
        assert now == before
