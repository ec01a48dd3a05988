"""The title names another session or term than `session` or `term`.
會議名稱裡的屆次，與「會次」「屆」欄不符。

Why: Decisions are tracked as 「第2次會議決議7」 by the field, while people cite the meeting by its title.
為什麼：列管時用「會次」欄稱呼決議（第2次會議決議7），大家引用會議時用的卻是會議名稱，兩者必須一致。

Bad:

    ---
    title: 石門市智慧城市諮詢小組第4次會議
    session: 3
    ---

Good:

    ---
    title: 石門市智慧城市諮詢小組第4次會議
    session: 4
    ---
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.document import Minutes
from minutes_cli.numerals import value

CODE = "title-session"

_NUMBERED = r"第[ 　]*([0-9０-９一二三四五六七八九十百〇○零]{1,5})[ 　]*([屆次])"
_FIELDS = (("session", "次", "會次"), ("term", "屆", "屆"))


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    title = minutes.meta.data.get("title")
    if not isinstance(title, str):
        return
    named = [(found[0], value(found[1]), found[2]) for found in re.finditer(_NUMBERED, title)]
    for field, unit, chinese in _FIELDS:
        given = minutes.meta.data.get(field)
        words = [(text, number) for text, number, of in named if of == unit]
        if not isinstance(given, int) or isinstance(given, bool) or not words:
            continue
        if given in (number for _, number in words):
            continue
        message = Say(
            f"會議名稱寫「{words[-1][0]}」，「{chinese}」欄卻是 {given}",
            f"the title says 「{words[-1][0]}」, but {field} is {given}",
        )
        hint = Say("請查對後改成一致", "look it up and make both agree")
        yield Diagnostic(minutes.meta.where(field), CODE, message, hint=hint)
