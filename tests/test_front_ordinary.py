"""The front matter that is read in one pass is what libyaml reads; and it is read in one pass, where recorders write it."""

from __future__ import annotations

import random
from pathlib import Path
from unittest import mock

import pytest
from bench import meetings
from hypothesis import example, given, settings
from hypothesis import strategies as st

from minutes_cli.front import decode, fence, frontmatter, ordinary, slips
from minutes_cli.front.nodes import List, Map, Node, Pair, Row, plain
from minutes_cli.source import Source, Span

ROOT = Path(__file__).parents[1]
VALUES = [
    *(
        "甲",
        "甲 乙",
        "甲　乙",
        "1",
        "-1",
        "007",
        "11:30",
        "2015-09-24",
        "1.10",
        "true",
        "null",
        "~",
        "no",
        "x:y",
        "a#b",
        "-x",
    ),
    *(
        "'甲'",
        '"甲"',
        "' 甲 '",
        "'a''b'",
        '"a\\nb"',
        '"a"b',
        "'",
        '"',
        "''",
        "- 甲",
        "?",
        "? x",
        "@x",
        "`x`",
        "%x",
        "=",
        "<<",
    ),
    *(
        "{name: 甲, title: 乙}",
        "{name: '甲',title: 乙}",
        "{name:  甲 , title: 1}",
        "{name: 甲, name: 乙}",
        "{}",
        "{甲}",
        "{a: }",
    ),
    *(
        "{a: b: c}",
        "{a: {b: c}}",
        "{a: -1}",
        "{true: 1}",
        "{a: 甲} x",
        "{a: 甲",
        "{a: 'x, y'}",
        '{a: "}"}',
        "{a: x y,}",
    ),
    *(
        "[甲, 乙]",
        "[ 甲 ,'乙', 3]",
        "[]",
        "[,]",
        "[甲,]",
        "[甲, [乙]]",
        "[甲]乙",
        "[true, ~]",
        "[a: b]",
        "[-]",
        "[- x]",
        "[x",
    ),
    *("|", ">", "&a 甲", "*a", "!x 甲", "甲 # 註", "# 註", "", "", "", "甲:", "：", "甲：乙"),
]
KEYS = ["a", "b", "c", "name", "會議名稱", "x-y", "true", "null", "No", "a b", "<<", "'q'", "1a"]
LEADS = ["", "", "", "", "  ", "  ", "    ", "- ", "- ", "  - ", "  -  ", "    - ", "-", " ", "   "]


def read(text: str) -> Map | None:
    """What is read in one pass, which libyaml is asked for too."""
    source, span = Source("m.md", f"---\n{text}\n---\n"), Span(4, len(text) + 5)
    if fence.cut(source.text).stop != span.end or not slips.scan(source.text, span).clean:
        return None
    found = ordinary.read(source.text, span)
    if found is None:
        return None
    with mock.patch.object(ordinary, "read", return_value=None):
        told = frontmatter.read(source)
    assert (told.root, told.problems, told.broken) == (_spelt_out(found), (), frozenset())
    assert plain(told.root) == plain(found)
    return found


def _spelt_out(node: Node) -> Node:
    """A node in which each row is the mapping that it stands for."""
    match node:
        case Map() | Row():
            return Map(tuple(Pair(pair.key, pair.key_span, _spelt_out(pair.node)) for pair in node.pairs), node.span)
        case List(items, span):
            return List(tuple(map(_spelt_out, items)), span)
    return node


lines = st.builds(
    lambda lead, key, value, space: lead + (f"{key}:{space}{value}" if key else value),
    st.sampled_from(LEADS),
    st.sampled_from([*KEYS, "", ""]),
    st.sampled_from(VALUES),
    st.sampled_from(["", " ", " ", " ", "  "]),
)


@settings(max_examples=600)
@given(st.lists(lines, max_size=8), st.sampled_from(("\n", "\r\n", "\r")))
@example(["a:", "- 甲", "b:", "  - c: 1", "    d:", "    - e", "", "f:"], "\n")
def test_any_lines(written: list[str], ending: str) -> None:
    read(ending.join(written))


@settings(max_examples=600)
@given(st.text(alphabet="ab甲:- \n'\"{}[],#|~1", max_size=30))
def test_any_signs(text: str) -> None:
    read("a: " + text)
    read(text)


def test_thousands_of_which_many_are_read_in_one_pass() -> None:
    dice, found = random.Random(1), 0
    for _ in range(4000):
        written = []
        for key in dice.sample(KEYS[:6], dice.randint(1, 5)):
            shape = dice.choice(
                ("{k}: {v}", "{k}: {v}", "{k}:\n  - {v}\n  - {w}", "{k}:\n- {v}", "{k}:\n  - a: {v}\n    b: {w}")
            )
            written.append(shape.format(k=key, v=dice.choice(VALUES), w=dice.choice(VALUES)))
        found += read("\n".join(written)) is not None
    assert found > 300


@pytest.mark.parametrize("number", range(12))
def test_a_meeting_is_read_in_one_pass(number: int) -> None:
    text = meetings.meeting(number).text
    assert read(text[4 : fence.cut(text).stop - 1])


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.md")), ids=lambda path: path.stem)
def test_the_examples(path: Path) -> None:
    text = decode.read(path).text
    assert read(text[4 : fence.cut(text).stop - 1])
