"""A link is written in a way that makes it plain text.
連結的寫法不對，會照一般文字印出來。

Why: Brackets typed by an input method, a blank in the file name, or an address that leads out of the meeting's folder:
each prints as it stands, and nobody can follow it.
為什麼：輸入法打出來的全形括號、檔名裡的空格、指到資料夾外面的路徑，都不會成為連結，只會把符號照樣印出來。

Bad:

    ## 報告事項

    一、詳[簡報](業務 簡報.pdf)。

Good:

    ## 報告事項

    一、詳[簡報](<業務 簡報.pdf>)。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_cli.body.links import allowed
from minutes_cli.diagnostics import Diagnostic, Edit, Say
from minutes_cli.document import Minutes, Prose
from minutes_cli.rules._scan import holding

CODE = "link-broken"

_LINK = (
    r"(?P<code>`[^`]*`)"
    r"|(?P<open>[\[［])(?P<text>[^\[\]［］\n]+)(?P<close>[\]］])(?P<gap>[ 　]?)"
    r"(?P<left>[(（])(?P<to>[^()（）\n]*(?:[(（][^()（）\n]*[)）][^()（）\n]*)*)(?P<right>[)）])"
)
_ADDRESS = r"#|https?:|mailto:|[^ 　]*/[^ 　]|.*\.[A-Za-z0-9]{2,5}$"
_TITLED = r"(?:<[^<>]*>|\S+)[ ]+(?:\"[^\"]*\"|'[^']*')$"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    for prose in holding(minutes, "]", "］"):
        for found in re.finditer(_LINK, prose.text):
            if not found["code"]:
                yield from _judge(prose, found)


def _judge(prose: Prose, found: re.Match[str]) -> Iterator[Diagnostic]:
    to, span = found["to"].strip(), prose.span(*found.span())
    plain = "".join(found[mark] for mark in ("open", "close", "gap", "left", "right")) == "[]()"
    mended = f"[{found['text']}]({f'<{to}>' if ' ' in to else to})"
    if not plain:
        if re.match(_ADDRESS, to):
            message = Say(
                f"「{found[0]}」的括號不對，不會成為連結", f"「{found[0]}」 makes no link: its brackets are not [ ] ( )"
            )
            hint = Say(f"改成 {mended}", f"write {mended}")
            yield Diagnostic(span, CODE, message, hint=hint, fix=(Edit(span, mended),))
    elif " " in to and not to.startswith("<") and not re.match(_TITLED, to):
        message = Say(
            f"網址或檔名「{to}」裡有空格，不會成為連結", f"the address 「{to}」 holds a blank and makes no link"
        )
        hint = Say(f"改成 {mended}", f"write {mended}")
        yield Diagnostic(span, CODE, message, hint=hint, fix=(Edit(span, mended),))
    elif not allowed(to.split(" ")[0].strip("<>")):
        message = Say(f"不能連到「{to}」，會照一般文字印出來", f"a link may not lead to 「{to}」; it prints as text")
        hint = Say(
            "請用 http、https、mailto、tel，或會議紀錄資料夾裡的相對路徑",
            "use http, https, mailto, tel, or a path within the meeting's folder",
        )
        yield Diagnostic(span, CODE, message, hint=hint)
