"""A code in, its manual page out: the docstring of the rule's module (see `rules/__init__`), cut into its parts."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from minutes_cli import registry
from minutes_cli.say import NOTHING, Say

PACKAGES = ("rules", "across_rules")

_PART = re.compile(r"^(Why|為什麼|Basis|Bad|Good)[:：]", re.M)
_WRAPPED = re.compile(r"\s*\n\s*")


class Page(NamedTuple):
    """`title` is one sentence; `why` what the rule is good for; `basis` the clause behind it ("" for none); `bad` and
    `good` are examples, parts of a meeting file."""

    code: str
    title: Say
    why: Say = NOTHING
    basis: str = ""
    bad: str = ""
    good: str = ""


@cache
def page(code: str) -> Page | None:
    """The page of a rule; None for a code that has none."""
    for package in PACKAGES:
        if code in registry.names(package):
            return read(code, registry.load(package, code).__doc__ or "")
    return None


def read(code: str, text: str) -> Page:
    """The parts of a docstring; paragraphs are unwrapped, examples lose their indent."""
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
    return _WRAPPED.sub(joint, text.strip())


def _example(text: str) -> str:
    return re.sub(r"^    ", "", text.strip("\n"), flags=re.M).rstrip()
