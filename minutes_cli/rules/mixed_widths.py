"""One record writes the same mark in two widths: （一）and (一), 1. and 1、, ：and :.
同一份紀錄裡，同一種符號混用兩種寫法：（一）與 (一)、1. 與 1、、：與 :。

Why: Both are read and print alike, and sources disagree on which is right; only the mixture shows that two hands were
at work.  Whichever is rarer in the record is reported.
為什麼：兩種寫法都讀得懂，印出來也一樣，各種依據對全形半形的說法也不一；只有混用才看得出是拼湊的。
提醒的是紀錄裡比較少用的那一種。

Bad:

    ## 報告事項

    一、業務報告。
    （一）第一季。
    （二）第二季。
    (三)第三季。

Good:

    ## 報告事項

    一、業務報告。
    （一）第一季。
    （二）第二季。
    （三）第三季。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from minutes_cli import numerals
from minutes_cli.diagnostics import WARNING, Diagnostic, Edit, Say
from minutes_cli.document import Minutes
from minutes_cli.rules._scan import blocks
from minutes_cli.source import Span

CODE = "mixed-widths"

_SAMPLES = {"1": "0123456789", "１": "０１２３４５６７８９", "甲": numerals.STEM, "壹": numerals.LEGAL + "拾佰叁参貮"}
_TO_SAMPLE = str.maketrans(
    {c: sample for sample, digits in {**_SAMPLES, "一": numerals.HAN + "十百廿卅〇零ㄧ"}.items() for c in digits}
    | {" ": "", "　": ""}
)
_SAMPLE = "[1１甲壹一]+"
_COLON = re.compile(r"[ 　*_]*([：:])")
_HALF = str.maketrans("（）．０１２３４５６７８９", "().0123456789")


class _Use(Struct, frozen=True):
    """One use of a mark: in which manner it is `written` (（一）, １．, ：), its place, and the number as typed."""

    written: str
    span: Span
    text: str


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    for uses in _numbers(minutes).values():
        yield from _judge(uses)
    yield from _judge(_colons(minutes))


def _numbers(minutes: Minutes) -> dict[str, list[_Use]]:
    """The typed numbers of each kind (bracketed 一, 一 with a mark behind it, …)."""
    kinds: dict[str, list[_Use]] = {}
    for item in blocks(minutes).items:
        if item.typed is not None and item.spelling != "list":
            kind, written = _shape(item.typed.text)
            kinds.setdefault(kind, []).append(_Use(written, item.typed.span, item.typed.text))
    return kinds


@lru_cache(maxsize=1000)  # the same few stand on every page
def _shape(typed: str) -> tuple[str, str]:
    """The kind of a typed number, and how it is written."""
    written = re.sub(_SAMPLE, lambda found: found[0][0], typed.translate(_TO_SAMPLE))
    return written.translate(_HALF).rstrip("、."), written


def _colons(minutes: Minutes) -> list[_Use]:
    found = []
    for label in blocks(minutes).labels:
        colon = _COLON.match(minutes.source.text, label.name_span.end) if label.colon else None
        if colon:
            found.append(_Use(colon[1], Span(*colon.span(1)), ""))
    return found


def _judge(uses: list[_Use]) -> Iterator[Diagnostic]:
    counts: dict[str, int] = {}
    for use in uses:
        counts[use.written] = counts.get(use.written, 0) + 1
    if len(counts) < 2:
        return
    usual = max(counts, key=lambda written: counts[written])
    rare = [use for use in uses if use.written != usual]
    first = rare[0]
    others = "、".join(f"「{written}」{n} 處" for written, n in counts.items() if written != usual)
    message = Say(
        f"編號或標點寫法混用：「{usual}」{counts[usual]} 處，{others}",
        f"written in two ways: 「{usual}」 {counts[usual]} times, "
        + ", ".join(f"「{written}」 {n}" for written, n in counts.items() if written != usual),
    )
    hint = Say(f"全部改成「{usual}」的寫法", f"write all of them like 「{usual}」")
    fix = tuple(Edit(use.span, _rewrite(usual, use.text)) for use in rare)
    yield Diagnostic(first.span, CODE, message, WARNING, hint, fix)


def _rewrite(usual: str, typed: str) -> str:
    """`typed` in the manner of the sample `usual`; a colon is its own sample."""
    sample = re.search(_SAMPLE, usual)
    if not typed or not sample:
        return usual
    numeral = typed.strip("（()）、．. 　").translate(_HALF)
    if sample[0] == "１":
        numeral = "".join(chr(ord(c) + 0xFEE0) if c.isascii() else c for c in numeral)
    return usual.replace(sample[0], numeral)
