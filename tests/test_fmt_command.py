"""`minutes fmt` as a user runs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from minutes_cli.cli import minutes

CASE = Path(__file__).parent / "fixtures" / "cases" / "natural.md"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    copy = tmp_path / "m.md"
    copy.write_bytes(CASE.read_bytes())
    return copy


def _run(*args: str, given: bytes | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(minutes, ["fmt", *args], input=given)
    return result.exit_code, result.stdout


def test_the_file_is_rewritten_once(file: Path) -> None:
    assert _run(str(file)) == (0, f"{file.as_posix()}\n")
    assert "1. 感測網建置規劃（如附件2）。" in file.read_text(encoding="utf-8")
    assert _run(str(file)) == (0, "")


def test_check_and_diff_change_nothing_and_exit_with_1(file: Path) -> None:
    before = file.read_bytes()
    assert _run("--check", str(file)) == (1, f"{file.as_posix()}\n")
    code, diff = _run("--diff", str(file))
    assert code == 1
    assert "-一、感測網建置規劃（如附件2）。\n" in diff
    assert "+1. 感測網建置規劃（如附件2）。\n" in diff
    assert file.read_bytes() == before


def test_standard_input_goes_to_standard_output(file: Path) -> None:
    code, out = _run("-", given=file.read_bytes())
    assert code == 0
    assert out.startswith("---\n會議名稱: 石門市智慧城市諮詢小組第4次會議\n日期: 2024-05-02\n")


def test_a_byte_order_mark_stays(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + CASE.read_bytes())
    assert _run(str(file))[0] == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbf---\n")


def test_a_file_that_is_no_meeting_stays_as_it_is(tmp_path: Path) -> None:
    broken = tmp_path / "b.md"
    broken.write_bytes("沒有欄位".encode("cp950"))
    assert _run(str(broken)) == (0, "")
    assert broken.read_bytes() == "沒有欄位".encode("cp950")


def test_characters_that_cannot_be_printed_are_not_written_over(file: Path) -> None:
    given = CASE.read_bytes().replace("略".encode(), b"\x07")
    file.write_bytes(given)
    assert _run(str(file)) == (0, "")
    assert file.read_bytes() == given
