"""What is wrong with the two `---` lines around the front matter, in words."""

from __future__ import annotations

import re

from minutes_cli.diagnostics import Diagnostic, Edit, Say
from minutes_cli.source import Span

_SPELLINGS = {
    "dashes": Say("是輸入法打出來的全形橫線", "is made of the wide dashes of an input method"),
    "length": Say("的橫線不是三個", "has not three hyphens"),
    "plus": Say("用的是加號 +++", "is made of plus signs"),
    "code": Say("是程式碼區塊的記號", "is the mark of a code block"),
}


def missing() -> Diagnostic:
    return Diagnostic(
        Span(0, 0),
        "no-front-matter",
        Say("檔案開頭沒有會議資料", "the file does not begin with front matter"),
        hint=Say(
            "檔案第一行打三個半形減號 ---，下面每行寫一項，如「title: 會議名稱」「date: 2024-05-02」，"
            "寫完再打一行 ---，然後才是內文。",
            "Begin the file with a line ---, write one item a line below it (title: …, date: 2024-05-02), end it with "
            "another line ---, and let the text follow.",
        ),
    )


def blank_lines(span: Span) -> Diagnostic:
    return Diagnostic(
        span,
        "yaml-fence-blank",
        Say("會議資料前面有空白，--- 不是檔案的第一行", "there is blank space before the front matter"),
        hint=Say("刪掉 --- 前面的空行，讓它成為第一行。", "Delete it, so that --- is the first line."),
        fix=(Edit(span, ""),),
    )


def odd(found: re.Match[str], opens: bool) -> tuple[Diagnostic, ...]:
    """A fence in an odd spelling, or indented, or both."""
    groups = found.groupdict()
    inner = Span(found.end("indent"), found.end())
    typed = found.string[inner.start : inner.end].strip(" \t\u3000\xa0")
    which = Say("開頭", "opening") if opens else Say("結尾", "closing")
    fix = (Edit(Span(found.start("indent"), found.end()), "---"),)
    for name, why in _SPELLINGS.items():
        if groups[name]:
            say = Say(
                f"會議資料{which.zh}的「{typed}」{why.zh}",
                f"the {which.en} line of the front matter, {typed}, {why.en}",
            )
            hint = Say("改成三個半形減號 ---。", "Write three hyphens: ---.")
            return (Diagnostic(inner, f"yaml-fence-{name}", say, hint=hint, fix=fix),)
    if not groups["indent"]:
        return ()
    say = Say(f"會議資料{which.zh}的 --- 前面有空格", f"the {which.en} line --- of the front matter is indented")
    hint = Say("刪掉 --- 前面的空格。", "Delete the space before ---.")
    return (Diagnostic(inner, "yaml-fence-indent", say, hint=hint, fix=fix),)


def text_behind(span: Span) -> Diagnostic:
    """`span` covers the hyphens and the space behind them."""
    return Diagnostic(
        span,
        "yaml-fence-text",
        Say("開頭的 --- 後面還有字", "text stands behind the opening ---"),
        hint=Say("在 --- 後面按 Enter，讓它自己一行。", "Press Enter behind ---, so that it has a line of its own."),
        fix=(Edit(span, "---\n"),),
    )


def unopened(span: Span) -> Diagnostic:
    return Diagnostic(
        span,
        "yaml-unopened",
        Say("會議資料前面少了一行 ---", "the line --- before the front matter is missing"),
        hint=Say("在檔案最前面加一行 ---（三個半形減號）。", "Begin the file with a line --- (three hyphens)."),
        fix=(Edit(Span(span.start, span.start), "---\n"),),
    )


def unclosed(span: Span, body: int, at_end: bool) -> Diagnostic:
    """`span` is the last line that belongs to the front matter; `at_end` says that no line ending follows it."""
    return Diagnostic(
        span,
        "yaml-unclosed",
        Say(
            "會議資料（front matter）沒有結尾：這一行後面少了一行 ---",
            "the front matter is not closed: a line --- is missing behind this line",
        ),
        hint=Say(
            "在這一行下面加一行 ---（三個半形減號），再開始寫內文。",
            "Add a line --- (three hyphens) below this line, before the text begins.",
        ),
        fix=(Edit(Span(body, body), "\n---\n" if at_end else "---\n"),),
    )
