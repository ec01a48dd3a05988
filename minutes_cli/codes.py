"""The codes of all findings, and what a choice of codes means: a whole code, or the words that several begin with.

`yaml` stands for every code that is `yaml` or begins with `yaml-`; of two choices the longer one is nearer to a code.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from minutes_cli import registry
from minutes_cli.say import Say

ACROSS = "across_rules"
PACKAGES = ("rules", ACROSS)

# What is found before a rule runs, by the file that finds it.
READING = (
    *("control-character", "encoding", "line-separator", "lost-character", "too-large"),  # decode
    *("no-front-matter", "yaml-fence-blank", "yaml-fence-code", "yaml-fence-dashes", "yaml-fence-indent"),  # fence
    *("yaml-fence-length", "yaml-fence-plus", "yaml-fence-text", "yaml-unclosed", "yaml-unopened"),
    *("front-matter-too-large", "yaml-many", "yaml-not-a-map"),  # frontmatter
    *("yaml-alias", "yaml-anchor", "yaml-bracket", "yaml-bullet", "yaml-colon-in-value", "yaml-colon-space"),  # slips
    *("yaml-comment", "yaml-comment-behind", "yaml-comment-cuts", "yaml-dash-space", "yaml-depth", "yaml-directive"),
    *("yaml-document", "yaml-duplicate-key", "yaml-escape", "yaml-first-indented", "yaml-fullwidth-colon"),
    *("yaml-fullwidth-comma", "yaml-fullwidth-indent", "yaml-indent", "yaml-invisible", "yaml-key-not-text"),
    *("yaml-list-under-text", "yaml-merge", "yaml-no-colon", "yaml-quote-start", "yaml-quote-tail"),
    *("yaml-quote-unclosed", "yaml-stray-space", "yaml-syntax", "yaml-tab", "yaml-tag"),
    *("date-unreadable", "hour-and-period", "time-unreadable", "key-twice"),  # calendar, fields
    *("faults-cut", "key-missing", "key-unknown", "schema-type", "schema-value", "value-missing"),  # schema
    *("name-variant", "suppression-reason", "suppression-unknown", "suppression-unused"),  # register, suppress
)


@cache
def every() -> tuple[str, ...]:
    """All codes, sorted."""
    return tuple(sorted({*READING, *(name for package in PACKAGES for name in registry.names(package))}))


def across() -> frozenset[str]:
    """The codes of the rules about several files."""
    return frozenset(registry.names(ACROSS))


@cache
def meant(choice: str) -> tuple[str, ...]:
    """The codes that a choice stands for; none where it is unknown."""
    return tuple(code for code in every() if covers(choice, code))


def covers(choice: str, code: str) -> bool:
    """Whether a choice stands for a code."""
    return code == choice or code.startswith(f"{choice}-")


def nearest(choices: Iterable[str], code: str) -> str:
    """The longest of the choices that stand for a code, "" for none."""
    return max((choice for choice in choices if covers(choice, code)), key=len, default="")


def unknown(choice: str) -> Say:
    """Says that no code is meant, and which may have been."""
    import difflib

    known = [*every(), *dict.fromkeys(code.partition("-")[0] for code in every())]
    close = difflib.get_close_matches(choice.lower(), known, 1, 0.6)
    zh, en = (f"，是不是「{close[0]}」？", f"; did you mean {close[0]}?") if close else ("", "")
    return Say(f"沒有「{choice}」這個代碼{zh}", f"there is no code {choice}{en}")
