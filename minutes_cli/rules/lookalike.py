"""A character looks like the one meant, or like nothing at all, but is another.
文字裡有看起來一樣、其實不同的字，或看不見的字。

Why: Text that came out of a PDF holds ㄧ (bopomofo) for 一 and compatibility ideographs for 錄 or 六; such a word is not
found by searching.  Private-use characters (造字) print on the computer that made them and nowhere else.
為什麼：從 PDF 複製的文字常把「一」變成注音的「ㄧ」，或變成相容漢字，搜尋時就找不到。造字只有原來的電腦印得出來；
看不見的字元會讓編號與名字比對不上。

Bad:

    ## 報告事項

    ㄧ、業務報告。

Good:

    ## 報告事項

    一、業務報告。
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from minutes_cli.diagnostics import WARNING, Diagnostic, Edit, Say
from minutes_cli.document import Minutes
from minutes_cli.source import Span

CODE = "lookalike"

_BOPOMOFO = "\u3105-\u312f\u02ca\u02c7\u02cb\u02d9"
# Not the joiner U+200D and the variation selectors, which belong to emoji and to names.
# Of those that cannot be seen a run is one finding.
_ODD = "[ㄧ\u2e80-\u2fdf\uf900-\ufad9\ue000-\uf8ff]|[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+"
_ODD_ASTRAL = "[\U0002f800-\U0002fa1d\U000f0000-\U0010fffd]"
_SOFT_HYPHEN = "\u00ad"
# The upper bytes in UTF-16 of those that no odd character but the soft hyphen has; those of half a pair are the astral
# ones'.  To ask the bytes takes a quarter of the time of an expression.
_HALVES = bytes(range(0xD8, 0xE0))
_PLAIN = bytes(set(range(0x100)) - {0x20, 0x2E, 0x2F, 0x31, *range(0xD8, 0xFB), 0xFE})
_READING = re.compile(f"[{_BOPOMOFO}]{{2,}}")
# Radicals that Unicode does not pair with a character, as far as PDF files are known to hold them.
_RADICALS = dict(zip("\u2ea0\u2ec1\u2ec3\u2ec4\u2ec6\u2ed1\u2ed8\u2edd\u2ee9", "民虎西西角長青食黃", strict=True))


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    text = minutes.source.text
    upper = text.encode("utf-16-le", "surrogatepass")[1::2].translate(None, _PLAIN)
    odd = list(re.finditer(_ODD, text)) if upper.strip(_HALVES) or _SOFT_HYPHEN in text else []
    if any(half in upper for half in _HALVES):
        odd += re.finditer(_ODD_ASTRAL, text)  # looked for only where there is any, since it takes four times as long
    told = _told(minutes) if odd else set()
    for found in odd:
        fault = _judge(found[0])
        if not fault or found.start() in told or (found[0] == "ㄧ" and _is_reading(text, found.start())):
            continue
        message, right = fault
        span = Span(*found.span())
        hint = Say("請重新輸入這個字", "type the character anew")
        if right is not None:
            hint = Say(f"改成「{right}」" if right else "刪掉即可", f"write 「{right}」" if right else "delete it")
        yield Diagnostic(span, CODE, message, WARNING, hint, (Edit(span, right),) if right is not None else ())


def _told(minutes: Minutes) -> set[int]:
    """Where the reading stage has spoken of single characters (invisible ones in the front matter) already."""
    spans = [problem.span for problem in (*minutes.source.problems, *minutes.problems)]
    return {place for start, end in spans if end - start < 20 for place in range(start, end)}


def _is_reading(text: str, place: int) -> bool:
    """Whether the ㄧ stands among other bopomofo."""
    return any(found.start() <= place < found.end() for found in _READING.finditer(text, max(0, place - 4), place + 4))


def _judge(odd: str) -> tuple[Say, str | None] | None:
    """What is odd about it and what was meant: "" for nothing, None where that cannot be known."""
    code = f"U+{ord(odd[0]):04X}"
    if odd == "ㄧ":
        return Say("這是注音符號「ㄧ」，不是國字「一」", "this is the bopomofo letter ㄧ, not the character 一"), "一"
    if unicodedata.category(odd[0]) == "Cf":
        many = Say(f"，連續 {len(odd)} 個", f", {len(odd)} in a row") if len(odd) > 1 else Say("", "")
        return Say(
            f"這裡有看不見的字元（{code}）{many.zh}", f"an invisible character stands here ({code}){many.en}"
        ), ""
    if unicodedata.category(odd) == "Co":
        return Say(
            f"「{odd}」是造字（{code}），別的電腦印不出來", f"a private-use character ({code}) prints nowhere else"
        ), None
    right = _RADICALS.get(odd) or unicodedata.normalize("NFKC" if odd < "\u3000" else "NFC", odd)
    if right == odd:  # some twelve characters of the compatibility block are characters in their own right
        return None
    kind = Say("部首字元", "a radical") if odd < "\u3000" else Say("相容漢字", "a compatibility character")
    return Say(
        f"「{odd}」是{kind.zh}（{code}），不是「{right}」", f"this is {kind.en} ({code}), not 「{right}」"
    ), right
