"""Bytes that are not UTF-8 in; the encoding that they are most likely in, or the places of the bad bytes, out.

Big5 and GB share most of their byte pairs, and what decodes is often nonsense made of rare characters: the encoding
whose text has most Han characters that are in daily use is the one meant.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.source import Span

_SAMPLE = 60_000
_HAN = "[\u3400-\u9fff]"
_FOREIGN = "[^\x00-\x7f]"
# What a text in UTF-16 is made of, when it has been read in the right byte order.
_WRITTEN = "[\t\n\r -~\u00a0-\u00ff\u2010-\u203b\u3000-\u30ff\u3105-\u312f\u4e00-\u9fff\ufe30-\ufe6f\uff00-\uffef]"

_ENCODINGS = {
    "cp950": Say("Big5（繁體中文的舊編碼）", "Big5 (the old encoding of traditional Chinese)"),
    "big5hkscs": Say("Big5-HKSCS（香港增補字集）", "Big5-HKSCS (with the Hong Kong characters)"),
    "gb18030": Say("GB18030（簡體中文的編碼）", "GB18030 (the encoding of simplified Chinese)"),
    "utf-16-le": Say("UTF-16（記事本的「Unicode」）", "UTF-16 (“Unicode” in Notepad)"),
    "utf-16-be": Say("UTF-16 Big Endian", "UTF-16 big-endian"),
    "utf-32-le": Say("UTF-32", "UTF-32"),
    "utf-32-be": Say("UTF-32 Big Endian", "UTF-32 big-endian"),
}
_MARKS = (  # the longer first: the mark of UTF-32 begins with that of UTF-16
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_BINARIES = (
    (b"PK\x03\x04", Say("Word（.docx）、ODT 或壓縮檔", "a Word (.docx), ODT or zip file")),
    (b"\xd0\xcf\x11\xe0", Say("舊版 Word（.doc）檔", "an old Word (.doc) file")),
    (b"%PDF-", Say("PDF 檔", "a PDF file")),
)
_SAVE_AS = Say(
    "用記事本打開檔案，按「檔案」→「另存新檔」，「編碼」選「UTF-8」再存檔；在 Word 另存「純文字」時，"
    "在「檔案轉換」視窗選「其他編碼方式」裡的「Unicode (UTF-8)」。",
    "Open the file in Notepad, choose File → Save As and the encoding UTF-8; in Word save as plain text and choose "
    "“Other encoding” → “Unicode (UTF-8)” in the File Conversion window.",
)
_SAVE_TEXT = Say(
    "會議紀錄是純文字檔：請在原來的程式裡全選、複製，貼到記事本，存成「UTF-8」編碼的 .md 檔。",
    "Minutes are a plain text file: copy the text into Notepad and save it as an .md file in UTF-8.",
)


class Foreign(NamedTuple):
    """`name` of what the bytes are, their `text` as far as there is any, and the place of the finding."""

    name: Say
    text: str
    span: Span
    hint: Say


def sniff(data: bytes) -> Foreign | None:
    """What `data` is, if it is clearly something else than UTF-8 with a few bad bytes."""
    for head, name in _BINARIES:
        if data.startswith(head):
            return Foreign(name, data[:_SAMPLE].decode(errors="replace"), Span(0, 0), _SAVE_TEXT)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _foreign(data[len(mark) :], encoding)
    if encoding := _utf16(data) or _double_byte(data):
        return _foreign(data, encoding)
    return None


def _foreign(data: bytes, encoding: str) -> Foreign:
    text = data.decode(encoding, errors="replace")
    first = re.search(_FOREIGN, text)
    start = first.start() if first and not encoding.startswith("utf") else 0
    return Foreign(_ENCODINGS[encoding], text, Span(start, min(start + 1, len(text))), _SAVE_AS)


def fault(foreign: Foreign) -> Diagnostic:
    name = foreign.name
    return Diagnostic(
        foreign.span,
        "encoding",
        Say(
            f"檔案是 {name.zh}，不是 UTF-8 文字檔，所以還沒有檢查內容",
            f"the file is {name.en} and not UTF-8, so it was not read",
        ),
        hint=foreign.hint,
    )


def bad_bytes(found: re.Match[str], skipped: int) -> Diagnostic:
    """The fault of a run of bytes that is not UTF-8, found as the lone surrogates that `surrogateescape` made of it.
    `skipped` bytes stood before the text."""
    raw = found[0].encode(errors="surrogateescape")
    number = len(found.string[: found.start()].encode(errors="surrogateescape")) + skipped + 1
    shown = raw[:8].hex(" ").upper() + (" …" if len(raw) > 8 else "")
    return Diagnostic(
        Span(*found.span()),
        "encoding",
        Say(
            f"這裡的位元組 {shown}（檔案的第 {number} 個位元組）不是 UTF-8 文字",
            f"the bytes {shown} (byte {number} of the file) are not UTF-8",
        ),
        hint=Say(
            "這裡的字在存檔或傳送時損壞了：請刪掉這裡的亂碼，照原稿重打，再以 UTF-8 存檔。",
            "The character was damaged in saving or sending: delete it, type it again, and save the file as UTF-8.",
        ),
    )


def _utf16(data: bytes) -> str:
    """UTF-16 without a mark: line ends, spaces and digits put NULs at every other byte, all on one side."""
    sample = data[: _SAMPLE & ~1]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    most, encoding = (odd, "utf-16-le") if odd > even else (even, "utf-16-be")
    if most * 50 < len(sample) or min(even, odd) * 20 > most:
        return ""
    text = sample.decode(encoding, errors="replace")
    return encoding if len(re.findall(_WRITTEN, text)) > 0.9 * len(text) else ""


def _double_byte(data: bytes) -> str:
    """Big5 or GB, if `data` is not rather UTF-8 with a few bad bytes."""
    text = data[:_SAMPLE].decode(errors="ignore")
    if len(re.findall(_HAN, text)) * 12 > sum(byte > 0x7F for byte in data[:_SAMPLE]):
        return ""
    best, most = "", 0.0
    for encoding in ("cp950", "big5hkscs", "gb18030"):
        try:
            share = _common_share(data.decode(encoding))
        except UnicodeDecodeError:
            continue
        if share > most:
            best, most = encoding, share
    return best if most > 0.3 else ""


def _common_share(text: str) -> float:
    """The share that Han characters in daily use have of all that is not ASCII."""
    foreign = "".join(re.findall(_FOREIGN, text[:_SAMPLE]))[:3000]
    return sum(map(_common, foreign)) / len(foreign) if foreign else 0.0


def _common(char: str) -> bool:
    """Both old character sets put the characters in daily use first: Big5 to row C6, GB 2312 to row D7."""
    return b"\xa4" <= char.encode("big5", "replace")[:1] <= b"\xc6" or (
        b"\xb0" <= char.encode("gb2312", "replace")[:1] <= b"\xd7"
    )
