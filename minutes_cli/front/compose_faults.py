"""What of YAML the format refuses, in words."""

from __future__ import annotations

from minutes_cli.diagnostics import Diagnostic, Edit, Say
from minutes_cli.source import Span

_QUOTE = Say(
    "如果是文字，請用半形雙引號把整個值括起來；如果是想引用別處的內容，請直接再寫一次。",
    'If it is text, put the whole value in quotation marks ("…"); to repeat what stands elsewhere, write it again.',
)


def anchor(span: Span, word: str) -> Diagnostic:
    return Diagnostic(
        span,
        "yaml-anchor",
        Say(f"「{word}」以 & 開頭，在這裡有特別的意思，不接受", f"{word} is a YAML anchor, which is refused"),
        hint=_QUOTE,
    )


def alias(span: Span, word: str) -> Diagnostic:
    return Diagnostic(
        span,
        "yaml-alias",
        Say(f"「{word}」以 * 開頭，在這裡有特別的意思，不接受", f"{word} is a YAML alias, which is refused"),
        hint=_QUOTE,
    )


def tag(span: Span, word: str) -> Diagnostic:
    return Diagnostic(
        span,
        "yaml-tag",
        Say(f"「{word}」以 ! 開頭，在這裡有特別的意思，不接受", f"{word} is a YAML tag, which is refused"),
        hint=_QUOTE,
    )


def merge(span: Span) -> Diagnostic:
    return Diagnostic(
        span,
        "yaml-merge",
        Say("不接受 << 這個欄位", "the merge key << is refused"),
        hint=Say("請把要合併的欄位直接寫出來。", "Write out the items that it is to bring in."),
    )


def duplicate(span: Span, key: str, line: int) -> Diagnostic:
    return Diagnostic(
        span,
        "yaml-duplicate-key",
        Say(f"「{key}」寫了兩次，第 {line} 行已經有了", f"{key} is written twice; it already stands on line {line}"),
        hint=Say(
            f"刪掉第 {line} 行或這一行；要寫好幾項，請在同一個「{key}」下面列成清單。",
            f"Delete line {line} or this one; to give several values, list them below one {key}.",
        ),
    )


def key_not_text(span: Span) -> Diagnostic:
    return Diagnostic(
        span,
        "yaml-key-not-text",
        Say(
            "欄位名稱必須是文字，不能是空的、清單或一組欄位", "a key must be text, neither empty nor a list or mapping"
        ),
        hint=Say(
            "在冒號前面寫欄位名稱，例如「title: 會議名稱」；如果括號是值的一部分，請把整個值用半形雙引號括起來。",
            'Write a name before the colon (title: …); put the whole value in quotation marks ("…") if the bracket is '
            "part of its text.",
        ),
    )


def key_not_words(span: Span, key: str) -> Diagnostic:
    return Diagnostic(
        span,
        "yaml-key-not-text",
        Say(f"欄位名稱「{key}」不是文字", f"the key {key} is not text"),
        hint=Say(f'用半形雙引號括起來："{key}":', f'Put it in quotation marks: "{key}":'),
        fix=(Edit(Span(span.start, span.start), '"'), Edit(Span(span.end, span.end), '"')),
    )
