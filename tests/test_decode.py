"""Bytes become text whatever they are; what is wrong with them is told at its place."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from yardstick import times_ordinary

from minutes_cli.diagnostics import ERROR, WARNING
from minutes_cli.errors import UnreadableFile
from minutes_cli.front import decode
from minutes_cli.source import Source

TRADITIONAL = (
    "---\ntitle: 石門市智慧城市諮詢小組第4次會議\nchair: 許副市長文(代)\n---\n\n"
    "## 主席致詞\n\n略。請資訊局於下次會議報告。\n"
)
SIMPLIFIED = "---\ntitle: 经济部会议纪录\nchair: 马主任\n---\n\n## 主席致词\n\n请说明数据开放的进度。\n"
XML_REFUSES = {*map(chr, range(32)), "\ufffe", "\uffff"} - set("\t\n\r")


def told(source: Source) -> list[tuple[int, int, str, str]]:
    return [(*source.line_column(fault.span.start), fault.code, fault.severity) for fault in source.problems]


def read(data: bytes | str) -> Source:
    return decode.decode(data if isinstance(data, bytes) else data.encode(), "m.md")


def test_utf8_is_its_text() -> None:
    for text in ("", TRADITIONAL, "👍𠮷\t　\xa0\u200b\ue000\r\n", "a\rb\r"):
        source = read(text)
        assert (source.text, source.bom, source.problems) == (text, False, ())


def test_a_mark_at_the_start_is_no_text() -> None:
    source = read("\ufeff---\n")
    assert (source.text, source.bom, source.problems) == ("---\n", True, ())
    assert read(b"\xef\xbb\xbf").text == ""
    source = read("\ufeffa\x01")
    assert told(source) == [(1, 2, "control-character", ERROR)]


@pytest.mark.parametrize(
    ("encoding", "text", "name", "place"),
    [
        ("cp950", TRADITIONAL, "Big5", (2, 8)),
        ("cp950", "主席：馬正維", "Big5", (1, 1)),
        ("big5hkscs", TRADITIONAL + "㗎嘅喺", "Big5-HKSCS", (2, 8)),
        ("gb18030", SIMPLIFIED, "GB18030", (2, 8)),
        ("gb18030", TRADITIONAL, "GB18030", (2, 8)),
        ("gb18030", "会议", "GB18030", (1, 1)),
        ("utf-16", TRADITIONAL, "UTF-16", (1, 1)),
        ("utf-16-le", TRADITIONAL, "UTF-16", (1, 1)),
        ("utf-16-be", TRADITIONAL, "UTF-16 Big Endian", (1, 1)),
        ("utf-16-le", "---\ntitle: plain\n---\n", "UTF-16", (1, 1)),
        ("utf-32", TRADITIONAL, "UTF-32", (1, 1)),
    ],
)
def test_another_encoding_is_named_once(encoding: str, text: str, name: str, place: tuple[int, int]) -> None:
    source = read(text.encode(encoding))
    (fault,) = source.problems
    assert told(source) == [(*place, "encoding", ERROR)]
    assert f"檔案是 {name}" in fault.message.zh
    assert f"the file is {name.split(' ')[0]}" in fault.message.en
    assert "記事本" in fault.hint.zh
    assert "Word" in fault.hint.zh
    assert "UTF-8" in fault.hint.en
    assert source.text == text


@pytest.mark.parametrize(
    ("head", "name"),
    [(b"PK\x03\x04\x14\0", ".docx"), (b"%PDF-1.7\n%\xe2\xe3", "PDF"), (b"\xd0\xcf\x11\xe0\xa1", ".doc")],
)
def test_what_is_no_text_file_is_named(head: bytes, name: str) -> None:
    source = read(head + random.Random(1).randbytes(2000))
    (fault,) = source.problems
    assert fault.code == "encoding"
    assert name in fault.message.zh


def test_single_bad_bytes_keep_their_places() -> None:
    data = "---\ntitle: 會議\n".encode() + b"\xa4\xa4abc" + "會議紀錄".encode()[:-1] + b"\n" + "決議".encode() + b"\xff"
    source = read(data)
    assert told(source) == [(3, 1, "encoding", ERROR), (3, 9, "encoding", ERROR), (4, 3, "encoding", ERROR)]
    assert "第 19 個位元組" in source.problems[0].message.zh
    assert "A4 A4 (byte 19 of" in source.problems[0].message.en
    assert source.text == "---\ntitle: 會議\n��abc會議紀��\n決議�"
    marked = read(b"\xef\xbb\xbf" + data)
    assert "byte 22 of" in marked.problems[0].message.en
    assert told(marked) == told(source)


def test_a_latin_letter_is_no_big5() -> None:
    assert told(read(b"caf\xe9 au lait\n")) == [(1, 4, "encoding", ERROR)]


@pytest.mark.parametrize(
    "char",
    ["\x00", "\x01", "\x08", "\x0e", "\x1b", "\x7f", "\x80", "\x84", "\x86", "\x9f", "\ufdd0", "\ufffe", "\uffff"],
)
def test_characters_that_nothing_prints(char: str) -> None:
    source = read(f"---\n👍甲{char}{char}乙\n")
    assert told(source) == [(2, 3, "control-character", ERROR)]
    (fault,) = source.problems
    assert f"U+{ord(char):04X}" in fault.message.zh
    assert "2" in fault.message.zh
    assert source.text == "---\n👍甲��乙\n"
    assert fault.fix[0].span == fault.span
    assert fault.fix[0].text == ""


@pytest.mark.parametrize("char", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_that_an_editor_does_not_know(char: str, newline: str) -> None:
    """They count as no line here; later stages read a space, because libyaml and str.splitlines would end a line."""
    source = read(f"---{newline}a: 甲{char}b: 乙{newline}")
    assert told(source) == [(2, 5, "line-separator", WARNING)]
    assert source.text == f"---{newline}a: 甲 b: 乙{newline}"
    assert source.problems[0].fix[0].text == newline


def test_a_lone_return_among_other_endings() -> None:
    assert told(read("甲\r乙\n丙")) == [(1, 2, "line-separator", WARNING)]
    assert told(read("甲\r\n乙\r丙\r\n")) == [(2, 2, "line-separator", WARNING)]
    assert told(read("甲\r乙\r")) == []
    assert told(read("甲\r\n乙\n")) == []


def test_a_mark_in_mid_file_and_a_lost_character() -> None:
    source = read("甲\n\ufeff乙\n丙\ufffd丁")
    assert told(source) == [(2, 1, "control-character", WARNING), (3, 2, "lost-character", WARNING)]
    assert source.text == "甲\n\ufeff乙\n丙\ufffd丁"


@pytest.mark.parametrize("data", [b"a\x01" * 500, b"\xffa" * 500, "a\u2028".encode() * 500, b"\rx" * 500 + b"\n"])
def test_the_first_of_many_and_a_count(data: bytes) -> None:
    source = read(data)
    assert len(source.problems) == decode.SHOWN + 1
    assert "480" in source.problems[-1].message.zh
    assert "480" in source.problems[-1].message.en


def test_too_large(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(decode, "LIMIT", 1_000_000)
    path = tmp_path / "大.md"
    path.write_bytes(b"a" * 1_000_001)
    source = decode.read(path)
    assert told(source) == [(1, 1, "too-large", ERROR)]
    assert source.text == ""
    path.write_bytes(b"a" * 1_000_000)
    assert decode.read(path).problems == ()


def test_unreadable_says_so_in_both_languages() -> None:
    assert {"encoding", "too-large"} == decode.UNREADABLE
    for data in (
        b"\xff" * 9,
        TRADITIONAL.encode("cp950"),
        b"a\x01\x0b\xef\xbb\xbf\xef\xbf\xbd\rb\n",
        b"0" * (decode.LIMIT + 1),
    ):
        for fault in read(data).problems:
            assert fault.message.zh != fault.message.en
            assert fault.hint.zh != fault.hint.en
            assert fault.hint.zh


def test_read_names_the_file_and_why_it_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "會議.md"
    path.write_text("甲", encoding="utf-8")
    assert decode.read(path) == Source(str(path), "甲", str(path))
    assert decode.read(path, "甲.md").name == "甲.md"
    for wrong, reason in (
        (tmp_path / "無.md", "沒有這個檔案"),
        (tmp_path, "資料夾"),
        (path / "x", "資料夾"),
        (Path("a\0b"), "a"),
    ):
        with pytest.raises(UnreadableFile) as caught:
            decode.read(wrong)
        assert reason in caught.value.say.zh
        assert caught.value.exit_code == 4


@settings(max_examples=500, deadline=None)
@given(
    st.one_of(
        st.binary(),
        st.text().map(str.encode),
        st.text().map(lambda text: text.encode("utf-16")),
        st.binary(min_size=500),
    )
)
@example(b"\xff\xfe\x00")
@example(b"\x00\x00\xfe\xff\x00")
@example(b"\xef\xbb\xbf\xef\xbb\xbf")
@example(b"\xfe\xff\xd8\x00")
def test_any_bytes_are_answered(data: bytes) -> None:
    source = read(data)
    source.text.encode()
    if any(fault.code in decode.UNREADABLE for fault in source.problems):
        assert all(fault.code in decode.UNREADABLE for fault in source.problems)
    else:
        assert not XML_REFUSES & set(source.text)
        assert len(source.text.splitlines()) <= len(source.starts) + source.text.count("\x1c")
    for fault in source.problems:
        assert 0 <= fault.span.start <= fault.span.end <= len(source.text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60), st.integers(0, 60), st.binary(min_size=1, max_size=3))
def test_every_offset_outside_the_bad_bytes_stays(text: str, at: int, bad: bytes) -> None:
    """Whatever is replaced, it is replaced one for one."""
    text = text.replace("\ufeff", "")
    source = read(text)
    if not any(fault.code == "encoding" for fault in source.problems):
        assert len(source.text) == len(text)
        for here, there in zip(source.text, text, strict=True):
            assert here == there or here in " �"


MASS = decode.LIMIT
MASSES = {
    "random": random.Random(7).randbytes(MASS),
    **{f"{byte:02X}": bytes([byte]) * MASS for byte in (0, 1, 10, 13, 65, 0x80, 0xA4, 0xC3, 0xE9, 0xF0, 0xFF)},
    **{f"{byte:02X} 41": bytes([byte, 65]) * (MASS // 2) for byte in (0, 1, 10, 13, 0x80, 0xA4, 0xC3, 0xE9, 0xFF)},
    "separators": "\u2028甲".encode() * (MASS // 6),
    "returns": b"\r" * MASS + b"\n",
    "marks": "\ufeff".encode() * (MASS // 3),
}


@pytest.mark.parametrize("name", MASSES)
def test_as_much_of_anything_as_is_read_is_answered_at_once(name: str) -> None:
    assert times_ordinary(lambda: read(MASSES[name]), MASS) < 1
    source = read(MASSES[name])
    assert len(source.problems) <= 2 * (decode.SHOWN + 1)
