"""Manual pages in, text out: for a terminal in one language, or as docs/rules.md in both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from minutes_cli.diagnostics import ERROR, INFO, WARNING, Say
from minutes_cli.judging.pages import Page
from minutes_cli.width import pad, width

SEVERITIES = {ERROR: Say("錯誤", "error"), WARNING: Say("警告", "warning"), INFO: Say("提醒", "info")}
FIXES = {
    "safe": Say("可自動改正", "can be mended"),
    "unsafe": Say("可改，要看過", "unsafe fix"),
    "none": Say("要自己改", "by hand"),
}
_HEADS = {
    "why": Say("為什麼：", "Why: "),
    "basis": Say("依據：", "Basis: "),
    "bad": Say("錯誤的寫法：", "Bad:"),
    "good": Say("正確的寫法：", "Good:"),
}
_INTRODUCTION = """\
# 檢核的代碼

`minutes check` 找得到的每一種問題。`minutes rules 代碼` 會印出同樣的一頁；要略過、改變嚴重程度，見 [settings.md](settings.md)。

「可自動改正」的，`minutes check --fix` 會直接改在檔案裡；原意看不出來的那幾處不會動。
改的只有出錯的地方，其他（換行字元、BOM 等）一個位元組都不動。
「可改，要看過」的，意思只是最可能，要加 `--unsafe-fixes` 才改，改完請看過。
「要自己改」的，只有人知道該怎麼改。

看得懂的日期、時間怎麼寫都不算錯，所以不會改；要統一寫法請用 `minutes fmt`。缺少的必填欄位會補上空的一行，之後改為提醒「沒有填」。

這一頁由 `minutes rules --markdown` 產生，請不要直接改。

| 代碼 | 嚴重程度 | 改正 | 說明 |
|---|---|---|---|
"""
_HIDDEN = r"[^\S\n ]|[\u200b-\u200f\u2028-\u202f\u2060-\u2069\u00ad\ufeff\x00-\x09\x0b-\x1f]"


def listing(pages: Sequence[Page], language: str) -> Iterator[str]:
    """One line a code."""
    names = max(width(page.code) for page in pages)
    severities = max(width(say.in_(language)) for say in SEVERITIES.values())
    marks = max(width(say.in_(language)) for say in FIXES.values())
    for page in pages:
        severity, fix = SEVERITIES[page.severity].in_(language), FIXES[page.fix].in_(language)
        yield f"{pad(page.code, names)}  {pad(severity, severities)}  {pad(fix, marks)}  {page.title.in_(language)}\n"


def one(page: Page, language: str) -> Iterator[str]:
    """A whole page."""
    severity, fix = SEVERITIES[page.severity].in_(language), FIXES[page.fix].in_(language)
    yield f"{page.code} [{severity}, {fix}]\n\n{page.title.in_(language)}\n"
    if page.why.in_(language):
        yield f"\n{_HEADS['why'].in_(language)}{page.why.in_(language)}\n"
    if page.basis:
        yield f"\n{_HEADS['basis'].in_(language)}{page.basis}\n"
    for head, example in (("bad", page.bad), ("good", page.good)):
        if example:
            lines = "\n".join(f"    {line}".rstrip() for line in visible(example).split("\n"))
            yield f"\n{_HEADS[head].in_(language)}\n\n{lines}\n"


def markdown(pages: Sequence[Page]) -> Iterator[str]:
    """docs/rules.md."""
    yield _INTRODUCTION
    for page in pages:
        severity, fix = SEVERITIES[page.severity].zh, FIXES[page.fix].zh
        yield f"| [{page.code}](#{page.code}) | {severity} | {fix} | {_text(page.title.zh)} |\n"
    for page in pages:
        yield f"\n## {page.code}\n\n{_text(page.title.zh)}（{SEVERITIES[page.severity].zh}，{FIXES[page.fix].zh}）\n"
        yield f"\n{_text(page.why.zh)}\n" + (f"\n{_HEADS['basis'].zh}{_text(page.basis)}\n" if page.basis else "")
        yield f"\n*{_text(page.title.en)}* {_text(page.why.en)}\n"
        for head, example in (("bad", page.bad), ("good", page.good)):
            if example:
                yield f"\n{_HEADS[head].zh}\n\n````markdown\n{visible(example)}\n````\n"


def visible(example: str) -> str:
    """An example with what cannot be seen in it named."""
    return re.sub(_HIDDEN, lambda found: "⟨Tab⟩" if found[0] == "\t" else f"⟨U+{ord(found[0]):04X}⟩", example)


def _text(words: str) -> str:
    return re.sub(r"([*<>`\[\]~|_\\])", r"\\\1", words)
