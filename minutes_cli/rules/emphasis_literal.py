"""Marks of bold or struck-out type (** or ~~) are left in the printed text.
粗體或刪除線的符號（** 或 ~~）會照樣印出來。

Why: A mark without its partner, or with a space inside it, is no mark, and the asterisks stand in the record.
為什麼：少了另一半、或裡面多了空格的 ** 不起作用，星號會印在紀錄上。

Bad:

    ## 主席致詞

    請各單位** 儘速 **辦理。

Good:

    ## 主席致詞

    請各單位**儘速**辦理。
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.diagnostics import WARNING, Diagnostic, Edit, Say
from minutes_cli.document import Minutes, Prose
from minutes_cli.han import is_ideograph
from minutes_cli.rules._emphasis import literal, plain
from minutes_cli.rules._scan import holding
from minutes_cli.source import Span

CODE = "emphasis-literal"

_BLANK = " \t\u3000"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    for prose in holding(minutes, "**", "~~"):
        for mark in ("**", "~~"):
            if mark not in prose.text or plain(prose.text, mark):
                continue
            places = list(literal(prose.text, mark))
            fix = _fix(prose, mark, places)
            for place in places:
                message = Say(
                    f"「{mark}」沒有成為格式，會照樣印出來", f"「{mark}」 marks nothing here; it prints as it stands"
                )
                hint = Say(
                    f"前後各要一個「{mark}」，緊貼文字，裡面不要有空格；不要格式就刪掉",
                    f"put 「{mark}」 on both sides, right at the text without blanks inside, or delete it",
                )
                yield Diagnostic(prose.span(place, place + len(mark)), CODE, message, WARNING, hint, fix)


def _fix(prose: Prose, mark: str, places: list[int]) -> tuple[Edit, ...]:
    """The blanks inside a pair are taken out, where there is one pair and nothing else that the marks may be."""
    if len(places) != 2:
        return ()
    start, end = places[0] + len(mark), places[1]
    inner = prose.text[start:end]
    words = inner.strip(_BLANK)
    if words == inner or "\n" in inner or not any(map(is_ideograph, words)):
        return ()
    if list(literal(prose.text[:start] + words + prose.text[end:], mark)):
        return ()
    left, right = len(inner) - len(inner.lstrip(_BLANK)), len(inner) - len(inner.rstrip(_BLANK))
    cuts = [prose.span(*cut) for cut in ((start, start + left), (end - right, end)) if cut[0] < cut[1]]
    return tuple(Edit(Span(*cut), "") for cut in cuts)
