"""Fingerprints: the same finding keeps its own while the file changes elsewhere, and no two findings share one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from reporting import fault

from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.judging.fingerprint import fingerprints
from minutes_cli.source import Source

LINES = ["---", "date: 104年9月24日（星期五）", "---", "", "一、甲", "三、乙", "一、甲"]


def of(lines: list[str], *wanted: tuple[int, str], path: str = "m.md", message: str = "甲") -> list[str]:
    """The fingerprints of findings, each a line (from 0) and a code."""
    text = "\n".join(lines)
    source = Source("m.md", text)
    found = [
        fault(source.starts[line], source.starts[line] + 1, code=code, message=Say(message, ""))
        for line, code in wanted
    ]
    return list(fingerprints(path, source, found))


def test_lines_put_in_above_change_nothing() -> None:
    before = of(LINES, (1, "weekday"), (5, "number-missing"))
    after = of(
        [*LINES[:1], "title: 甲", "", *LINES[1:4], "新的一段", *LINES[4:]], (3, "weekday"), (8, "number-missing")
    )
    assert before == after


def test_indentation_spacing_and_composition_change_nothing() -> None:
    assert of(["\u3000 三、 乙\u0301é"], (0, "x")) == of(["三、  乙\u0301e\u0301 "], (0, "x"))


def test_message_and_severity_change_nothing() -> None:
    assert of(LINES, (1, "weekday"), message="甲") == of(LINES, (1, "weekday"), message="乙")


def test_path_code_and_words_tell_findings_apart() -> None:
    (one,) = of(LINES, (1, "weekday"))
    assert [one] != of(LINES, (1, "weekday"), path="n.md")
    assert [one] != of(LINES, (1, "votes"))
    assert [one] != of([*LINES[:1], "date: 104年9月25日（星期四）"], (1, "weekday"))


def test_alike_findings_are_counted() -> None:
    first, second = of(LINES, (4, "x"), (6, "x"))
    assert first.removesuffix(":1") == second.removesuffix(":2")


@given(st.text(max_size=60), st.data())
def test_no_two_are_the_same(text: str, data: st.DataObject) -> None:
    source = Source("m.md", text)
    places = data.draw(st.lists(st.integers(0, len(text)), max_size=8))
    found: list[Diagnostic] = [fault(place, place, code=data.draw(st.sampled_from(["a", "b"]))) for place in places]
    named = list(fingerprints("m.md", source, found))
    assert len(set(named)) == len(named) == len(found)
