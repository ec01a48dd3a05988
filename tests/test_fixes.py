"""Fixes: each makes its own finding go away and touches nothing else; together they come to an end, whatever the file."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from bench.meetings import meeting as generated
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from test_rules import meeting, planted, unmarked

from minutes_cli import check
from minutes_cli.diagnostics import Diagnostic, Edit
from minutes_cli.front import decode
from minutes_cli.judged import Judged
from minutes_cli.judging import choose, fixes
from minutes_cli.say import Say
from minutes_cli.settings import NONE
from minutes_cli.source import Source, Span

NOWHERE = Path(__file__).parent / "fixtures" / "beside" / "m.md"
SAFE = fixes.How(check.judge, lambda one: choose.choose(one, NONE))
UNSAFE = replace(SAFE, unsafe=True)


def judge(data: bytes) -> Judged:
    return SAFE.told(check.judge(decode.decode(data, "m.md", NOWHERE)))


def mended(data: bytes, how: fixes.How = SAFE) -> bytes:
    return fixes.encoded(fixes.mend(judge(data), how).judged.source)


def codes(judged: Judged) -> Counter[str]:
    return Counter(found.code for found in judged.diagnostics)


# ── choosing and making edits ───────────────────────────────────────────────────────────────────────────────────────


def finding(*edits: tuple[int, int, str], unsafe: bool = False) -> Diagnostic:
    fix = tuple(Edit(Span(start, end), text) for start, end, text in edits)
    return Diagnostic(fix[0].span, "weekday", Say("甲", "a"), fix=fix, unsafe=unsafe)


def test_of_two_fixes_that_meet_the_first_is_made() -> None:
    first, second, third = finding((0, 3, "x")), finding((2, 4, "y")), finding((4, 5, "z"))
    assert fixes.choose([first, second, third]) == [first, third]


def test_a_fix_is_made_whole_or_not_at_all() -> None:
    first, second = finding((4, 5, "x")), finding((0, 1, "y"), (4, 6, "y"))
    assert fixes.choose([first, second]) == [first]


def test_what_is_put_in_where_another_ends_waits() -> None:
    assert len(fixes.choose([finding((0, 3, "x")), finding((3, 3, "y"))])) == 1
    assert len(fixes.choose([finding((3, 3, "x")), finding((3, 3, "y"))])) == 1
    assert len(fixes.choose([finding((0, 3, "x")), finding((3, 4, "y"))])) == 2


def test_two_findings_with_one_fix_are_mended_together() -> None:
    assert len(fixes.choose([finding((0, 1, "x")), finding((0, 1, "x"))])) == 2


def test_unsafe_fixes_are_made_where_they_are_wanted() -> None:
    found = [finding((0, 1, "x"), unsafe=True)]
    assert fixes.choose(found) == []
    assert fixes.choose(found, unsafe=True) == found
    one = Judged(Source("m.md", "甲乙"), tuple(found))
    assert fixes.fixable(one) == fixes.Fixable(0, 1)
    assert fixes.offered(one, unsafe=True) is one
    (left,) = fixes.offered(one, unsafe=False).diagnostics
    assert (left.fix, left.unsafe) == ((), False)


@given(st.data())
def test_edits_are_made_as_one_by_one_from_the_end(data: st.DataObject) -> None:
    text = data.draw(st.text("甲乙丙\r\n", max_size=30))
    cuts = data.draw(st.lists(st.integers(0, len(text)), unique=True, max_size=8).map(sorted))
    edits = [
        Edit(Span(*pair), new) for pair, new in zip(zip(cuts[::2], cuts[1::2], strict=False), "xyzw", strict=False)
    ]
    expected = text
    for (start, end), new in reversed(edits):
        expected = expected[:start] + new + expected[end:]
    assert fixes.apply(text, edits) == expected


def test_a_fix_that_does_not_mend_is_taken_back() -> None:
    """Else the bracket would be closed again and again."""

    def deaf(source: Source) -> Judged:
        end = len(source.text)
        return Judged(source, (replace(finding((end, end, "}")), span=Span(0, 1)),))

    before = deaf(Source("m.md", "{甲"))
    assert fixes.mend(before, fixes.How(deaf, lambda one: one)) == fixes.Mended(before, 0)


def test_fixes_that_undo_each_other_come_to_an_end() -> None:
    def back_and_forth(source: Source) -> Judged:
        other = "乙" if source.text[0] == "甲" else "甲"
        return Judged(source, (replace(finding((0, 1, other)), message=Say(other, other)),))

    how = fixes.How(back_and_forth, lambda one: one)
    assert fixes.mend(back_and_forth(Source("m.md", "甲")), how).made == 1


# ── every planted fault ─────────────────────────────────────────────────────────────────────────────────────────────

CASES = [(code, unmarked(code, meeting(example))[0]) for code, example in planted()]
ENDINGS = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}


@pytest.mark.parametrize(("code", "text"), CASES, ids=[code for code, _ in CASES])
def test_every_fix_makes_its_own_finding_go_away_and_no_other_come(code: str, text: str) -> None:
    before = judge(text.encode())
    for found in before.diagnostics:
        if found.fix:
            after = judge(fixes.apply(text, found.fix).encode())
            kept = {(one.code, one.message, text_of(after, one)) for one in after.diagnostics}
            itself = (found.code, found.message, text_of(before, found))
            assert (
                itself not in kept or codes(after) < codes(before) or code == "list-indent"
            )  # entries below move along
    assert not kinds(judge(mended(text.encode(), UNSAFE))) - kinds(before)


def text_of(judged: Judged, found: Diagnostic) -> str:
    """The line that a finding stands on, as a key that does not change when lines are put in above."""
    source = judged.source
    line = source.line_span(source.line_column(found.span.start)[0])
    return source.text[line.start : line.end].strip()


def kinds(judged: Judged) -> Counter[str]:
    """As `codes`; one wrong number may become another when its neighbour is mended."""
    return Counter("number" if found.code.startswith("number-") else found.code for found in judged.diagnostics)


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
@pytest.mark.parametrize(("code", "text"), CASES, ids=[code for code, _ in CASES])
def test_mending_comes_to_an_end_and_keeps_the_line_endings(code: str, text: str, ending: str) -> None:
    data = b"\xef\xbb\xbf" + text.replace("\n", ending).encode()
    once = mended(data, UNSAFE)
    assert mended(once, UNSAFE) == once
    assert not any(found.fix for found in judge(once).diagnostics)
    assert once.startswith(b"\xef\xbb\xbf")
    assert set(re.findall(rb"\r\n|\r|\n", once)) <= {ending.encode()}
    assert mended(text.encode(), UNSAFE).replace(b"\n", ending.encode()) == once[3:]


# ── faults planted in generated meetings ────────────────────────────────────────────────────────────────────────────

# What a recorder typed, as (pattern, replacement), in a meeting that is faultless: mended, it is as it was.
TYPED = {
    "key-unknown": (r"^location:|^地點:", lambda found: {"location:": "locaton:", "地點:": "場地:"}[found]),
    "yaml-fullwidth-colon": (r"^(?:date|日期): ", lambda found: found[:-2] + "："),
    "yaml-colon-space": (r"^(?:end|散會): ", lambda found: found[:-1]),
    "yaml-stray-space": (r"^(?:series|會議系列): ", lambda found: found + "\u3000"),
    "yaml-tab": (r"^ {2}(?=委員)", lambda _: "\t"),
    "yaml-fullwidth-indent": (r"^ {2}(?=機關代表)", lambda _: "\u3000"),
    "yaml-invisible": (r"^(?:organization|機關): ", lambda found: found + "\u200b"),
    "yaml-fence-dashes": (r"\A---", lambda _: "－－－"),
    "heading-space": (r"^## (?=臨時動議)", lambda _: "##"),
    "lookalike": (r"(?<=辦)理", lambda _: "\uf9e4"),
    "lookalike-hidden": (r"(?<=辦)(?=理)", lambda _: "\u200b"),
    "lookalike-bopomofo": (r"^一、", lambda _: "ㄧ、"),
    "number-missing": (r"^三、", lambda _: "四、"),
    "fullwidth-indent": (r"^ {3}(?=- 期限)", lambda _: "\u3000"),
    "line-ending": (r"\Z", lambda _: ""),
}
MAYBE = {"number-missing", "lookalike-bopomofo", "fullwidth-indent", "lookalike", "lookalike-hidden"}


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    st.integers(0, 400), st.sets(st.sampled_from(sorted(TYPED)), min_size=1, max_size=5), st.sampled_from([*ENDINGS])
)
def test_what_was_mistyped_is_mended_and_the_rest_is_untouched(number: int, slips: set[str], ending: str) -> None:
    right = generated(number).text
    wrong = right
    for slip in sorted(slips):
        pattern, typed = TYPED[slip]
        found = [*re.finditer(pattern, wrong, re.M)]
        if slip == "number-missing" and found:
            found = [one for one in found if not re.match(r".*\n(?:（|\d|- ).*|.*\n四、", wrong[one.start() :])]
        if found:
            wrong = wrong[: found[-1].start()] + typed(found[-1][0]) + wrong[found[-1].end() :]
        else:
            assert slip in MAYBE or "機關代表" in pattern
    data = wrong.replace("\n", ENDINGS[ending]).encode()
    once = mended(data)
    assert once.decode() == right.replace("\n", ENDINGS[ending])
    assert mended(once) == once


MARKS = "：；，、。（）「」*#>|-_`~[]()!&'\"\\ \t\u3000\u200b\ufeff\x0b\u2028\x01ㄧ一二三四1234●○."


@settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 60), st.data())
def test_mending_any_file_twice_is_mending_it_once(number: int, data: st.DataObject) -> None:
    text = generated(number).text
    text = text[: text.rfind("\n", 0, 2500) + 1]
    for place in data.draw(st.lists(st.integers(0, 2400), min_size=1, max_size=6)):
        text = text[:place] + data.draw(st.text(MARKS, min_size=1, max_size=3)) + text[place:]
    how = data.draw(st.sampled_from([SAFE, UNSAFE]))
    after = fixes.mend(judge(text.encode()), how).judged
    again = fixes.mend(after, how)
    assert again.made == 0
    assert fixes.encoded(again.judged.source) == fixes.encoded(after.source)


def test_what_cannot_be_read_stays_in_the_file() -> None:
    """The text that is judged has other characters in the place of those; what is written back has not."""
    data = meeting("## 報告事項\n\n一、甲\x01乙\u2028丙\n三、丁\ufffd\n").encode()
    assert mended(data) == data.replace("三、".encode(), "二、".encode())


def test_a_file_in_another_encoding_is_left_alone() -> None:
    data = meeting("##報告事項\n").encode("cp950")
    assert fixes.mend(judge(data), UNSAFE).made == 0
