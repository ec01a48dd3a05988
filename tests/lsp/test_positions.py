"""Offsets to an editor's places and back, and an editor's changes, against Python's own encoders."""

from __future__ import annotations

import pytest
from editor import offset, units
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from minutes_cli.lsp import changes, positions
from minutes_cli.lsp.changes import Change
from minutes_cli.lsp.positions import Place
from minutes_cli.source import Source

ENCODINGS = (positions.UTF8, positions.UTF16, positions.UTF32)
TEXTS = st.text(st.sampled_from("a會😀𠮷é\u2028\x0b\n\r　"), max_size=40)


@pytest.mark.parametrize(("encoding", "character"), [(positions.UTF8, 11), (positions.UTF16, 5), (positions.UTF32, 3)])
def test_a_place_behind_an_emoji_and_a_rare_character(encoding: str, character: int) -> None:
    source = Source("m.md", "一\n😀𠮷會議")
    assert positions.place(source, 5, encoding) == Place(1, character)
    assert positions.offset(source, Place(1, character), encoding) == 5


@given(TEXTS, st.sampled_from(ENCODINGS), st.data())
def test_there_and_back(text: str, encoding: str, data: st.DataObject) -> None:
    source = Source("m.md", text)
    where = data.draw(st.integers(0, len(text)))
    if text[where - 1 : where + 1] == "\r\n":
        where -= 1  # between the two, no editor can stand
    place = positions.place(source, where, encoding)
    assert positions.offset(source, place, encoding) == where
    assert offset(text, types.Position(*place), encoding) == where


@given(TEXTS, st.sampled_from(ENCODINGS), st.integers(-1, 99), st.integers(0, 99))
def test_a_place_outside_the_text_is_the_nearest_inside(text: str, encoding: str, line: int, character: int) -> None:
    source = Source("m.md", text)
    found = positions.offset(source, Place(line, character), encoding)
    assert 0 <= found <= len(text)
    assert (
        positions.place(source, found, encoding) <= (max(line, 0), character) or line >= len(source.starts) or line < 0
    )


def test_a_place_within_a_character_is_its_beginning() -> None:
    source = Source("m.md", "會😀議")
    assert [positions.offset(source, Place(0, n), positions.UTF8) for n in range(11)] == [
        0,
        0,
        0,
        1,
        1,
        1,
        1,
        2,
        2,
        2,
        3,
    ]
    assert [positions.offset(source, Place(0, n), positions.UTF16) for n in range(5)] == [0, 1, 1, 2, 3]


@given(
    TEXTS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), TEXTS), max_size=4), st.sampled_from(ENCODINGS)
)
def test_changes_one_after_another(text: str, made: list[tuple[int, int, str]], encoding: str) -> None:
    expected, sent = text, []
    for one, other, new in made:
        start, end = sorted((min(one, len(expected)), min(other, len(expected))))
        source = Source("m.md", expected)
        if "\r\n" in (expected[max(start - 1, 0) : start + 1], expected[max(end - 1, 0) : end + 1]):
            continue
        sent.append(Change(new, positions.place(source, start, encoding), positions.place(source, end, encoding)))
        expected = expected[:start] + new + expected[end:]
    assert changes.apply(Source("m.md", text), sent, encoding) == expected


def test_the_whole_text_may_be_sent() -> None:
    assert (
        changes.apply(Source("m.md", "舊"), [Change("新"), Change("𠮷", Place(0, 0), Place(0, 0))], "utf-16") == "𠮷新"
    )


@given(TEXTS)
def test_units_are_those_of_the_encoders(text: str) -> None:
    for encoding in ENCODINGS:
        assert positions.units(text, encoding) == units(text, encoding)
