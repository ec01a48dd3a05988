"""The meetings that the benchmark makes: always the same, of the right size, and without a fault.  No timing here."""

from __future__ import annotations

from pathlib import Path

import jsonschema_rs
import pytest

from minutes_cli.check import Checked, check
from minutes_cli.front import frontmatter, vocabulary
from minutes_cli.front.decode import decode

from . import hostile, meetings

COUNT = 12


def _check(written: meetings.Written) -> Checked:
    return check(decode(written.text.encode(), f"{written.name}.md"))


def test_a_number_gives_the_same_meeting_always() -> None:
    assert [meetings.meeting(n) for n in range(COUNT)] == [meetings.meeting(n) for n in range(COUNT)]
    assert len({meetings.meeting(n).text for n in range(COUNT)}) == COUNT


@pytest.mark.parametrize("number", range(COUNT))
def test_a_meeting_is_valid_and_of_its_size(number: int) -> None:
    written = meetings.meeting(number)
    assert _check(written).diagnostics == ()
    assert 9_500 < len(written.text.encode()) < 14_500


@pytest.mark.parametrize("number", range(COUNT))
def test_the_front_matter_alone_says_what_the_file_says(number: int) -> None:
    """check-jsonschema is given the same values, in the canonical form that the schema describes."""
    written = meetings.meeting(number)
    alone = frontmatter.load(written.front)
    assert jsonschema_rs.validator_for(vocabulary.schema()).is_valid(alone)
    assert alone == dict(_check(written).minutes.meta.data)


def test_all_spellings_of_lists_headings_and_natural_numbering_occur() -> None:
    texts = [meetings.meeting(n).text for n in range(COUNT)]
    for sign in (
        "\n#### 說明\n",
        "\n**說明**：\n",
        "\n說　明：\n",
        "\n會議名稱: ",
        "\ntitle: ",
        "\n| 決議 | 辦理情形 | 列管 |\n",
    ):
        assert any(sign in text for text in texts), sign


def test_a_hostile_file_is_as_large_as_it_says(tmp_path: Path) -> None:
    written = list(hostile.write(tmp_path))
    assert len({what for what, _ in written}) == len(written) > 50
    for what, path in written:
        if what.startswith("1 MB"):
            assert abs(path.stat().st_size - hostile.MEGABYTE) < 1_000, what
