"""Codes in, SARIF's descriptions of the rules out, made of their manual pages."""

from __future__ import annotations

from minutes_cli.judging.pages import Page, page
from minutes_cli.say import Say

# What GitHub takes of a text.
LIMIT = 1024

_OTHER = Say("檔案或欄位的寫法有問題。", "Something in the file or its fields cannot be taken as it is written.")
_BAD, _GOOD = Say("錯誤的寫法：", "Bad:"), Say("正確的寫法：", "Good:")
_BASIS = Say("依據：", "Basis: ")


def descriptor(code: str, language: str) -> dict[str, object]:
    """The `reportingDescriptor` of a code; one that has no page of its own is told in general."""
    found = page(code) or Page(code, _OTHER)
    title = found.title.in_(language)
    why = found.why.in_(language) or title
    basis = f"{_BASIS.in_(language)}{found.basis}" if found.basis else ""
    help_ = "\n\n".join(filter(None, (why, basis, *_examples(found, language))))
    return {
        "id": code,
        "shortDescription": {"text": short(title)},
        "fullDescription": {"text": short("\n\n".join(filter(None, (why, basis))))},
        "help": {"text": short(help_), "markdown": help_},
    }


def short(text: str) -> str:
    """`text`, cut where GitHub would not take it."""
    return text if len(text) <= LIMIT else text[: LIMIT - 1] + "…"


def _examples(found: Page, language: str) -> list[str]:
    """Indented, so that Markdown shows them as they are."""
    examples = []
    for head, lines in ((_BAD, found.bad), (_GOOD, found.good)):
        if lines:
            indented = "\n".join(f"    {line}".rstrip() for line in lines.split("\n"))
            examples.append(f"{head.in_(language)}\n\n{indented}")
    return examples
