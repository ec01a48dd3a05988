"""Manual pages: every part of a docstring is found, and paragraphs come out unwrapped."""

from __future__ import annotations

from minutes_cli import pages, registry
from minutes_cli.say import Say

TEXT = """One sentence.
一句話。

Why: It goes
on.
為什麼：分成
兩行。

Basis: 某法第1條。

Bad:

    ## 甲

      乙

Good:

    丙
"""


def test_the_parts_of_a_page() -> None:
    assert pages.read("code", TEXT) == pages.Page(
        "code", Say("一句話。", "One sentence."), Say("分成兩行。", "It goes on."), "某法第1條。", "## 甲\n\n  乙", "丙"
    )


def test_what_a_page_may_leave_out() -> None:
    assert pages.read("code", "One.\n一。\n") == pages.Page("code", Say("一。", "One."))


def test_every_rule_has_a_page_and_no_other_code_is_made_one() -> None:
    for name in registry.names("rules"):
        found = pages.page(name)
        assert found is not None
        assert all((found.title.zh, found.title.en, found.why.zh, found.why.en, found.bad, found.good)), name
    assert pages.page("no-such-code") is None
