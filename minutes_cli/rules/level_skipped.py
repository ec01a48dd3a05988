"""A level of numbering is skipped.
編號跳了一層。

Why: The order is 壹、 一、（一） 1.（1） 甲、（甲）; below 一、 comes （一）.  Many real records skip a level, so this is
only a warning, and the entry prints with the number that was typed.
為什麼：分項標號的順序是 壹、 一、（一） 1.（1） 甲、（甲），「一、」之下是「（一）」。實務上常有跳層，所以只是提醒，
印出來仍照原來的層次。

Basis: 行政院《文書處理手冊》：分項標號依序使用，不跳層。

Bad:

    ## 報告事項

    一、業務報告。
    1.本月辦理三場。

Good:

    ## 報告事項

    一、業務報告。
    （一）本月辦理三場。
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli import numerals
from minutes_cli.diagnostics import WARNING, Diagnostic, Say
from minutes_cli.document import Item, Minutes
from minutes_cli.rules._numbers import LARGEST
from minutes_cli.rules._scan import blocks
from minutes_cli.source import Span

CODE = "level-skipped"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    found = blocks(minutes)
    for group in found.groups if any(item.skipped for item in found.items) else ():
        first = next((block for block in group if isinstance(block, Item) and _skips(block)), None)
        if first is not None:
            yield _headings(minutes, first) if first.spelling == "heading" else _numbers(first)


def _skips(item: Item) -> bool:
    """A number such as 104. is none (`list-number-large`)."""
    return item.skipped and not (item.typed and item.typed.value > LARGEST)


def _headings(minutes: Minutes, item: Item) -> Diagnostic:
    text = minutes.source.text
    start = text.find("#", item.span.start)
    end = start + len(text[start : item.span.end]) - len(text[start : item.span.end].lstrip("#"))
    marks = text[start:end]
    message = Say(
        f"標題一次跳了不只一層，用了「{marks}」", f"the heading 「{marks}」 is more than one level below the one above"
    )
    hint = Say(f"改用「{marks[:-1]}」，或補上中間那一層", f"write 「{marks[:-1]}」, or add the level between")
    return Diagnostic(Span(start, end), CODE, message, WARNING, hint)


def _numbers(item: Item) -> Diagnostic:
    typed = item.typed.text if item.typed else ""
    found = numerals.match(typed)
    wanted = numerals.STANDARD[max(found.level if found else item.level, 1) - 1].label(1)
    span = item.typed.span if item.typed else Span(item.span.start, item.span.start + 1)
    message = Say(
        f"「{typed}」上面少了一層「{wanted}」",
        f"「{typed}」 stands without a 「{wanted}」 above it: a level is skipped",
    )
    hint = Say(f"改用「{wanted}」那一層的編號，或補上那一層", f"number it like 「{wanted}」, or add the level between")
    return Diagnostic(span, CODE, message, WARNING, hint)
