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
# Most text holds nothing but these, which is found out fast; what is left is looked at one by one.
_UNUSUAL = re.compile("[^\t\n\r -~\u3000-\u3126\u3128-\u9fff\uff00-\ufffd]")
_COMPATIBILITY = re.compile("[\u2e80-\u2fdf\uf900-\ufad9\U0002f800-\U0002fa1d]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
# Not the joiner U+200D and the variation selectors, which belong to emoji and to names.
_INVISIBLE = re.compile("[\u200b\u200c\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_READING = re.compile(f"[{_BOPOMOFO}]{{2,}}")
_RADICALS = {"\u2ee9": "黃", "\u2ec4": "西", "\u2f00": "一", "⼾": "戶"}


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    text = minutes.source.text
    for found in _UNUSUAL.finditer(text):
        fault = _judge(found[0])
        if not fault or (found[0] == "ㄧ" and _is_reading(text, found.start())):
            continue
        message, right = fault
        span = Span(*found.span())
        hint = Say("請重新輸入這個字", "type the character anew")
        if right is not None:
            hint = Say(f"改成「{right}」" if right else "刪掉即可", f"write 「{right}」" if right else "delete it")
        yield Diagnostic(span, CODE, message, WARNING, hint, (Edit(span, right),) if right is not None else ())


def _is_reading(text: str, place: int) -> bool:
    """Whether the ㄧ stands among other bopomofo."""
    return any(found.start() <= place < found.end() for found in _READING.finditer(text, max(0, place - 4), place + 4))


def _judge(odd: str) -> tuple[Say, str | None] | None:
    """What is odd about it and what was meant: "" for nothing, None where that cannot be known."""
    code = f"U+{ord(odd[0]):04X}"
    if odd == "ㄧ":
        return Say("這是注音符號「ㄧ」，不是國字「一」", "this is the bopomofo letter ㄧ, not the character 一"), "一"
    if _INVISIBLE.match(odd):
        return Say(f"這裡有看不見的字元（{code}）", f"an invisible character stands here ({code})"), ""
    if _PRIVATE.match(odd):
        return Say(
            f"「{odd}」是造字（{code}），別的電腦印不出來", f"a private-use character ({code}) prints nowhere else"
        ), None
    if not _COMPATIBILITY.match(odd):
        return None
    right = _RADICALS.get(odd) or unicodedata.normalize("NFKC" if odd < "\u3000" else "NFC", odd)
    if right == odd:
        return None
    kind = Say("部首字元", "a radical") if odd < "\u3000" else Say("相容漢字", "a compatibility character")
    return Say(
        f"「{odd}」是{kind.zh}（{code}），不是「{right}」", f"this is {kind.en} ({code}), not 「{right}」"
    ), right
