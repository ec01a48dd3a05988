"""A code in, its manual page out, cut into its parts.

The page of a rule is the docstring of its module (see `rules/__init__`).  Pages of what is found before a rule runs
stand in `manual/*.txt`, each begun by a line `=== code`; there, \\t and \\u200b are the characters that they name.  An
example that gives title and attendees is a whole file.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from minutes_cli import registry
from minutes_cli.say import NOTHING, Say

PACKAGES = ("rules", "across_rules")

_FOLDER, _TABLE = Path(__file__).parent / "manual", "table.txt"
_PART = re.compile(r"^(Why|為什麼|Basis|Bad|Good)[:：]", re.M)
_WRAPPED = r"\s*\n\s*"
_ESCAPE = r"\\(?:u([0-9a-f]{4})|(t))"
_HEAD = re.compile(r"^=== ([a-z-]+)\n", re.M)


class Page(NamedTuple):
    """`title` is one sentence; `why` what the rule is good for; `basis` the clause behind it ("" for none); `bad` and
    `good` are examples, parts of a meeting file.  `fix` is "safe" or "unsafe" where what is wrong can be mended, as far
    as it is clear in the file what was meant, else "none"."""

    code: str
    title: Say
    why: Say = NOTHING
    basis: str = ""
    bad: str = ""
    good: str = ""
    severity: str = ""
    fix: str = ""


@cache
def page(code: str) -> Page | None:
    """The page of a code; None for one that has none."""
    text = _text(code)
    if not text:
        return None
    severity, fix = _table().get(code, ("", ""))
    return read(code, text)._replace(severity=severity, fix=fix)


def _text(code: str) -> str:
    for package in PACKAGES:
        if code in registry.names(package):
            return registry.load(package, code).__doc__ or ""
    return _manual().get(code, "")


@cache
def _table() -> dict[str, tuple[str, str]]:
    """How bad each code is and whether it can be mended.  The tests hold it to what the rules do."""
    rows = (line.split() for line in (_FOLDER / _TABLE).read_text(encoding="utf-8").splitlines())
    return {code: (severity, fix) for code, severity, fix in rows}


@cache
def _manual() -> dict[str, str]:
    """The pages that are no docstrings, by their codes."""
    found: dict[str, str] = {}
    for path in sorted(_FOLDER.glob("*.txt")):
        if path.name == _TABLE:
            continue
        _, *parts = _HEAD.split(path.read_text(encoding="utf-8"))
        found |= dict(zip(parts[::2], map(_unescaped, parts[1::2]), strict=True))
    return found


def _unescaped(text: str) -> str:
    return re.sub(_ESCAPE, lambda found: chr(int(found[1], 16)) if found[1] else "\t", text)


def read(code: str, text: str) -> Page:
    """The parts of a page; paragraphs are unwrapped, examples lose their indent."""
    head, *parts = _PART.split(text)
    english, _, chinese = head.strip().partition("\n")
    found = dict(zip(parts[::2], parts[1::2], strict=True))
    return Page(
        code,
        Say(chinese.strip(), english.strip()),
        Say(_unwrapped(found.get("為什麼", ""), ""), _unwrapped(found.get("Why", ""), " ")),
        _unwrapped(found.get("Basis", ""), ""),
        _example(found.get("Bad", "")),
        _example(found.get("Good", "")),
    )


def _unwrapped(text: str, joint: str) -> str:
    return re.sub(_WRAPPED, joint, text.strip())


def _example(text: str) -> str:
    return re.sub(r"^    ", "", text.strip("\n"), flags=re.M).rstrip()
