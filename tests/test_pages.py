"""Manual pages: every part of a docstring is found, and paragraphs come out unwrapped."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import ROOT, run
from test_rules import meeting, planted, unmarked

from minutes_cli import check, codes
from minutes_cli.diagnostics import SEVERITIES, Diagnostic
from minutes_cli.front import decode
from minutes_cli.judging import choose, pages
from minutes_cli.say import Say
from minutes_cli.settings import NONE

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


EXAMPLES = [code for code in codes.every() if code not in codes.across() and pages.page(code).bad]  # type: ignore[union-attr]
# What takes a file of megabytes, other bytes than text, or settings to show.
WITHOUT = {
    *("encoding", "too-large", "front-matter-too-large", "faults-cut", "yaml-many", "yaml-depth", "yaml-directive"),
    *("yaml-syntax", "name-variant"),
}


def found_in(example: str) -> tuple[Diagnostic, ...]:
    """What is told of an example; one that gives title and attendees is a whole file."""
    whole = "title:" in example and "attendees:" in example
    text = f"{example}\n" if whole else meeting(example)
    source = decode.decode(text.encode(), "m.md", str(Path(__file__).parent / "fixtures" / "beside" / "m.md"))
    return choose.choose(check.judge(source), NONE).diagnostics


@pytest.mark.parametrize("code", codes.every())
def test_every_code_has_a_page_in_both_languages(code: str) -> None:
    found = pages.page(code)
    assert found is not None
    assert all((found.title.zh, found.title.en, found.why.zh, found.why.en))
    assert found.title.zh.endswith("。")
    assert found.title.en.endswith(".")
    assert found.severity in SEVERITIES
    assert found.fix in ("safe", "unsafe", "none")
    assert bool(found.bad) == bool(found.good) == (code not in WITHOUT)


def test_no_page_is_of_no_code() -> None:
    assert set(pages._manual()) == set(codes.READING)
    assert set(pages._table()) == set(codes.every())
    assert pages.page("no-such-code") is None


@pytest.mark.parametrize("code", EXAMPLES)
def test_bad_gives_its_code_and_good_gives_nothing(code: str) -> None:
    found = pages.page(code)
    assert found is not None
    bad = found_in(found.bad)
    assert {one.code for one in bad} == {code}
    assert found.severity in {one.severity for one in bad}
    assert not found_in(found.good)


def test_what_a_page_says_of_fixes_is_so() -> None:
    """By its examples and all planted faults: a code has a safe fix somewhere, or else an unsafe one, or none at all."""
    kinds: dict[str, set[str]] = {}
    texts = [pages.page(code).bad for code in EXAMPLES]  # type: ignore[union-attr]
    for text in [*texts, *(unmarked(code, example)[0] for code, example in planted())]:
        for one in found_in(text):
            kinds.setdefault(one.code, set()).add("none" if not one.fix else "unsafe" if one.unsafe else "safe")
    best = {code: next(kind for kind in ("safe", "unsafe", "none") if kind in found) for code, found in kinds.items()}
    assert best == {code: pages.page(code).fix for code in best}  # type: ignore[union-attr]


def test_the_pages_in_docs_are_fresh() -> None:
    path = ROOT / "docs" / "rules.md"
    assert path.read_text(encoding="utf-8") == run("rules", "--markdown").stdout


# ── the command ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_names_every_code(language: str) -> None:
    lines = run("rules", "--lang", language).stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(codes.every())


def test_a_page_is_printed_in_the_language_of_the_reader() -> None:
    for language, words in (
        ("zh", ("錯誤, 可自動改正", "為什麼：", "依據：行政院")),
        ("en", ("error, can be mended", "Why: ")),
    ):
        text = run("rules", "number-wrong", "--lang", language).stdout
        assert all(word in text for word in words)
        assert "    二、業務報告。" in text


def test_what_several_codes_begin_with_lists_them() -> None:
    lines = run("rules", "number").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["number-missing", "number-repeated", "number-wrong"]


def test_an_unknown_code_is_a_usage_error_with_a_suggestion() -> None:
    done = run("rules", "numbr-wrong")
    assert done.exit_code == 2
    assert "number-wrong" in done.stderr


def test_what_cannot_be_seen_in_an_example_is_named() -> None:
    assert "⟨U+3000⟩smart-city" in run("rules", "yaml-stray-space").stdout
    assert "⟨Tab⟩date" in run("rules", "yaml-tab").stdout
