"""Bytes in, Source out.  No bytes make it fail: what is wrong with them becomes a problem of the Source.

Two kinds of problem end the work on a file, because its text is not to be trusted: those in `UNREADABLE`.  After any
other the text is good: each character that no later stage could print stands replaced, one for one, so that every
offset stays true — by U+FFFD where nothing can be meant by it, by a space where a line was to end.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from minutes_cli.diagnostics import WARNING, Diagnostic, Edit, Say
from minutes_cli.errors import UnreadableFile
from minutes_cli.source import Source, Span

UNREADABLE = frozenset({"encoding", "too-large"})
# Bytes.  Real minutes have ten or twenty thousand; past three hundred printed pages a file is something else, and an
# answer within a second is worth more than reading it.
LIMIT = 512_000
# The verbatim record of a whole day has under five thousand.  A line costs as much to judge whether it is long or short.
LINES = 6_000
SHOWN = 20  # findings of one kind that are told one by one

_BOM = b"\xef\xbb\xbf"
# XML, HTML and libyaml each refuse some of these.
_UNPRINTABLE = r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff"
_BREAKS = r"\x0b\x0c\x85\u2028\u2029"
_MARK, _LOST = "\ufeff", "\ufffd"
# Patterns of so many characters take a millisecond each to compile, so they stay text until a file needs them.
_RUN = f"[{_UNPRINTABLE}]+|[{_BREAKS}]+|{_MARK}+|{_LOST}+"
_TO_LOST = f"[{_UNPRINTABLE}]"
_TO_SPACE = f"[{_BREAKS}]"
_BAD = "[\udc80-\udcff]"  # what `surrogateescape` makes of a byte that is not UTF-8
_LONE_CR = r"\r(?!\n)"

_NAMES = {
    "\x0b": Say("Word 的手動換行（Shift+Enter）", "the manual line break of Word"),
    "\x0c": Say("分頁符號", "a page break"),
    "\x85": Say("換行符號 NEL", "the line break NEL"),
    "\u2028": Say("分行符號", "a line separator"),
    "\u2029": Say("分段符號", "a paragraph separator"),
    "\r": Say("舊式的換行符號 CR", "a carriage return on its own"),
    "\x00": Say("空字元 NUL", "NUL"),
}
_REASONS = {
    errno.ENOENT: Say("沒有這個檔案", "there is no such file"),
    errno.EACCES: Say("沒有讀取的權限", "no permission to read it"),
    errno.EPERM: Say("沒有讀取的權限", "no permission to read it"),
    errno.EISDIR: Say("這是資料夾，不是檔案", "it is a folder"),
    errno.ENOTDIR: Say("路徑中間有一段不是資料夾", "a part of its path is not a folder"),
    errno.ENAMETOOLONG: Say("檔名太長", "its name is too long"),
    errno.ELOOP: Say("捷徑互相指來指去", "its links go round in a circle"),
}


def read(path: str | Path, name: str | None = None) -> Source:
    """The file at `path`; messages call it `name`.  UnreadableFile if it cannot be opened."""
    name = str(path) if name is None else name
    return decode(load(path, name), name, str(path))


def load(path: Path | str, name: str) -> bytes:
    """The bytes of the file, as many as `decode` asks for."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            # Asked for so much, Python would make room for it each time.
            expected = min(os.fstat(file.fileno()).st_size, LIMIT) + 1
            data = file.read(expected)
            return data if len(data) < expected else data + file.read(LIMIT + 1 - len(data))
    except (OSError, ValueError) as error:
        number = error.errno if isinstance(error, OSError) else None
        reason = _REASONS.get(number or 0, Say(str(error), str(error)))
        raise UnreadableFile(Say(f"「{name}」無法讀取：{reason.zh}", f"{name} cannot be read: {reason.en}")) from error


def whole(source: Source) -> Source:
    """A source with its text, read again where it was left out, if that can still be done."""
    if source.text or source.at is None:
        return source
    try:
        return read(source.at, source.name)
    except UnreadableFile:
        return source


def decode(data: bytes, name: str, at: str | None = None) -> Source:
    """The text of `data`, and what is wrong with it."""
    if len(data) > LIMIT:
        size = f"{LIMIT // 1000} kB"
        return Source(name, "", at, (_too_large(Say(size, size)),))
    bom = data.startswith(_BOM)
    body = data[len(_BOM) :] if bom else data
    if b"\0" not in body:  # UTF-16 may pass for UTF-8, but not without NUL
        try:
            return _whole(Source(name, body.decode(), at, (), bom))
        except UnicodeDecodeError:
            pass
    from minutes_cli.front import charsets

    if foreign := charsets.sniff(body):
        return Source(name, foreign.text, at, (charsets.fault(foreign),), bom)
    escaped = body.decode(errors="surrogateescape")
    faults = _first(re.finditer(f"{_BAD}+", escaped), lambda found: charsets.bad_bytes(found, len(data) - len(body)))
    if faults:
        return Source(name, re.sub(_BAD, _LOST, escaped), at, faults, bom)
    return _whole(Source(name, escaped, at, (), bom))


def _too_large(limit: Say) -> Diagnostic:
    return Diagnostic(
        Span(0, 0),
        "too-large",
        Say(
            f"檔案超過 {limit.zh}，不像是會議紀錄", f"the file has more than {limit.en}, which is no meeting's minutes"
        ),
        hint=Say(
            "一場會議一個檔案；圖片與簡報請另外存檔，再列在「附件」裡。",
            "Keep one meeting in one file; save pictures and slides beside it and list them as attachments.",
        ),
    )


def _whole(source: Source) -> Source:
    """The source with its faulty characters told and replaced."""
    text = raw = source.text
    returns = text.count("\r")
    if text.count("\n") + returns > LINES and _lines(text) > LINES:
        limit = Say(f"{LINES:,} 行", f"{LINES:,} lines")
        return Source(source.name, "", source.at, (_too_large(limit),), source.bom)
    faults: tuple[Diagnostic, ...] = ()
    if _looks_odd(text):
        ending = source.ending
        faults += _first(re.finditer(_RUN, text), lambda found: _character(found, ending))
        text = re.sub(_TO_SPACE, " ", re.sub(_TO_LOST, _LOST, text))
    if returns and "\n" in text and text.count("\r") != text.count("\r\n"):
        faults += _first(re.finditer(_LONE_CR, text), lambda found: _lone_return(found, source.ending))
    if not faults:
        return source
    return Source(source.name, text, source.at, tuple(sorted(faults)), source.bom, "" if text == raw else raw)


def _lines(text: str) -> int:
    """How many there are, not counting the empty one between two paragraphs."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n\n", "\n").count("\n")


def _looks_odd(text: str) -> bool:
    """Whether there may be a character to tell of: a quick no for most files."""
    for char in "\n\r\t\u3000":
        text = text.replace(char, "")
    return not text.isprintable() or _LOST in text


def _first(found: Iterator[re.Match[str]], fault: Callable[[re.Match[str]], Diagnostic]) -> tuple[Diagnostic, ...]:
    """A fault for each of the first findings, then one that counts the rest."""
    shown = tuple(fault(match) for match in islice(found, SHOWN))
    following = next(found, None)
    if following is None:
        return shown
    sample, count = fault(following), 1 + sum(1 for _ in found)
    rest = Diagnostic(
        sample.span,
        sample.code,
        Say(
            f"從這裡起還有 {count} 處類似的問題，不再一一列出",
            f"{count} more of the same kind from here on, not listed",
        ),
        sample.severity,
        Say("先改好上面列出的，再檢查一次。", "Mend those above, then check again."),
    )
    return (*shown, rest)


def _character(found: re.Match[str], ending: str) -> Diagnostic:
    span, run = Span(*found.span()), found[0]
    if run[0] == _MARK:
        return _mark(span)
    if run[0] == _LOST:
        return _lost(span)
    return _separator(span, run, ending) if re.match(_TO_SPACE, run) else _unprintable(span, run)


def _unprintable(span: Span, run: str) -> Diagnostic:
    code = f"U+{ord(run[0]):04X}"
    name = _NAMES.get(run[0], Say("控制字元", "a control character"))
    many = Say(f"，連續 {len(run)} 個", f", {len(run)} in a row") if len(run) > 1 else Say("", "")
    return Diagnostic(
        span,
        "control-character",
        Say(
            f"這裡有看不見、也印不出來的字元：{name.zh}（{code}）{many.zh}",
            f"{name.en} ({code}) cannot be printed{many.en}",
        ),
        hint=Say(
            "刪掉它；若這裡原本有字，請從原稿補上。",
            "Delete it; if a word stood here, take it from the original again.",
        ),
        fix=(Edit(span, ""),),
        unsafe=True,
    )


def _separator(span: Span, run: str, ending: str) -> Diagnostic:
    name, code = _NAMES[run[0]], f"U+{ord(run[0]):04X}"
    return Diagnostic(
        span,
        "line-separator",
        Say(
            f"這裡有{name.zh}（{code}），有的程式當作換行，有的不當作換行；這裡當作空格",
            f"{name.en} ({code}) ends a line for some programs only; it is read as a space here",
        ),
        WARNING,
        Say("要換行請按 Enter，不要換行就刪掉它。", "Press Enter where a line is to end, or delete it."),
        (Edit(span, ending),),
        unsafe=True,
    )


def _mark(span: Span) -> Diagnostic:
    return Diagnostic(
        span,
        "control-character",
        Say(
            "檔案中間有看不見的位元組順序記號 BOM（U+FEFF），通常是幾個檔案接在一起留下的",
            "a byte-order mark (U+FEFF) in mid-file, as files that were joined leave it",
        ),
        WARNING,
        Say("刪掉它。", "Delete it."),
        (Edit(span, ""),),
    )


def _lost(span: Span) -> Diagnostic:
    return Diagnostic(
        span,
        "lost-character",
        Say(
            "這裡的字在先前轉檔時就已經遺失，只剩下代替的記號 �（U+FFFD）",
            "a character was lost here in an earlier conversion; only the sign � (U+FFFD) is left of it",
        ),
        WARNING,
        Say("請對照原稿，把字補上。", "Put the character back from the original."),
    )


def _lone_return(found: re.Match[str], ending: str) -> Diagnostic:
    """A return on its own is an ending like any other where the whole file has no other."""
    span = Span(*found.span())
    name = _NAMES["\r"]
    return Diagnostic(
        span,
        "line-separator",
        Say(
            f"這一行的結尾是{name.zh}（U+000D），跟檔案其他各行不同",
            f"this line ends with {name.en} (U+000D), unlike the other lines of the file",
        ),
        WARNING,
        Say("在這裡重新按一次 Enter。", "Press Enter here once more."),
        (Edit(span, ending),),
    )
