"""The slips that recorders make in the front matter, in words.  `{word}` is what stands in the file."""

from __future__ import annotations

from typing import NamedTuple

from minutes_cli.diagnostics import ERROR, INFO, WARNING, Diagnostic, Edit, Say
from minutes_cli.source import Span


class _Slip(NamedTuple):
    severity: str
    message: Say
    hint: Say


_QUOTE = Say("請用半形雙引號把整個值括起來：{quoted}", "Put quotation marks around the whole value: {quoted}")

_SLIPS = {
    "yaml-tab": _Slip(
        ERROR,
        Say("縮排用了 Tab 鍵", "the line is indented with a tab"),
        Say(
            "縮排請用半形空格，不要用 Tab；每一層兩個空格。",
            "Indent with spaces, two for each level, and not with tabs.",
        ),
    ),
    "yaml-fullwidth-indent": _Slip(
        ERROR,
        Say("縮排用了全形空格或不換行空格", "the line is indented with full-width or no-break spaces"),
        Say("縮排請用半形空格；每一層兩個空格。", "Indent with ordinary spaces, two for each level."),
    ),
    "yaml-invisible": _Slip(
        WARNING,
        Say("這裡有看不見的零寬字元，讀的時候略過", "an invisible zero-width character stands here; it is left out"),
        Say(
            "刪掉它（從網頁或 PDF 貼上的文字常帶有這種字元）。",
            "Delete it; text pasted from a web page or a PDF often carries some.",
        ),
    ),
    "yaml-stray-space": _Slip(
        WARNING,
        Say(
            "「{word}」的前後有全形空格或看不見的空格，讀的時候略過",
            "full-width or invisible space around {word}; it is left out",
        ),
        Say("刪掉它。", "Delete it."),
    ),
    "yaml-fullwidth-colon": _Slip(
        ERROR,
        Say("「{word}」後面是全形冒號「：」", "a full-width colon stands behind {word}"),
        Say("改成半形冒號加一個空格：「{word}: 」。", "Write a plain colon and a space: “{word}: ”."),
    ),
    "yaml-fullwidth-comma": _Slip(
        ERROR,
        Say("大括號裡的「{word}」前面是全形逗號「，」", "in these braces a full-width comma stands before {word}"),
        Say("改成半形逗號加一個空格：「, 」。", "Write a plain comma and a space."),
    ),
    "yaml-colon-space": _Slip(
        ERROR,
        Say("「{word}:」的冒號後面少了一個半形空格", "the colon behind {word} has no space after it"),
        Say("在冒號後面加一個半形空格：「{word}: 」。", "Write a space behind the colon: “{word}: ”."),
    ),
    "yaml-dash-space": _Slip(
        ERROR,
        Say("清單的減號後面少了一個半形空格", "the hyphen of this list item has no space after it"),
        Say("寫成「- {word}」。", "Write “- {word}”."),
    ),
    "yaml-bullet": _Slip(
        ERROR,
        Say(
            "清單的每一項要用半形減號開頭，這裡用的是「{mark}」",
            "items of a list begin with a hyphen, and this one with {mark}",
        ),
        Say(
            "寫成「- {word}」，不必自己打編號。",
            "Write “- {word}”; numbers follow from the order and are not typed.",
        ),
    ),
    "yaml-no-colon": _Slip(
        ERROR,
        Say("「{word}」這一行沒有「鍵: 值」的冒號", "this line, {word}, has no colon between key and value"),
        Say(
            "在欄位名稱後面打半形冒號加一個空格，例如「title: 會議名稱」；如果是上一行的延續，請縮排兩格。",
            "Write a colon and a space behind the key (title: …); indent the line if it goes on with the one above.",
        ),
    ),
    "yaml-first-indented": _Slip(
        ERROR,
        Say("第一個欄位前面有空格，後面的欄位沒有", "the first key is indented, and the keys below it are not"),
        Say(
            "刪掉這一行前面的空格；同一層的欄位要從同一格開始。",
            "Delete the space before it: keys of one level begin at the same column.",
        ),
    ),
    "yaml-list-under-text": _Slip(
        ERROR,
        Say(
            "上面那一項的後面已經有字，這裡又接清單，會連成一段文字",
            "the item above has text already, and this list would become part of it",
        ),
        Say(
            "要列清單，上面那一行的冒號後面就不要寫字；是另一項就跟上面對齊。",
            "Leave nothing behind the colon of the line above, or align this line with it.",
        ),
    ),
    "yaml-document": _Slip(
        ERROR,
        Say("這一行以「{mark}」開頭，後面又有字", "this line begins with {mark} and has text behind it"),
        Say(
            "{mark} 自己一行才是會議資料的結尾；刪掉它，或在後面按 Enter。",
            "A line of nothing but {mark} ends the front matter; delete it, or press Enter behind it.",
        ),
    ),
    "yaml-escape": _Slip(
        ERROR,
        Say(
            "雙引號裡的反斜線 \\ 有特別的意思，這裡的寫法不對",
            "a backslash means something inside double quotation marks, and not this",
        ),
        Say("改用單引號：{quoted}", "Use single quotation marks: {quoted}"),
    ),
    "yaml-comment": _Slip(
        ERROR,
        Say(
            "空格加「#」在這裡是註解的開頭，值到這裡就結束，「{word}」會不見",
            "a space and # begin a comment: the value would end here and {word} be lost",
        ),
        Say(
            "是值的一部分就用半形雙引號把整個值括起來：{quoted}；是註解就另起一行寫在上面。",
            "Put quotation marks around the whole value: {quoted}; put a comment on a line of its own.",
        ),
    ),
    "yaml-comment-cuts": _Slip(
        ERROR,
        Say(
            "空格加「#」在這裡是註解的開頭，值到這裡就結束，「{word}」不會印出來",
            "a space and # begin a comment: the value ends here, and {word} is left out",
        ),
        Say(
            "是值的一部分就用半形雙引號把整個值括起來；是註解就另起一行寫在上面。",
            "Put quotation marks around the whole value if it is a part of it; put a comment on a line of its own.",
        ),
    ),
    "yaml-comment-behind": _Slip(
        INFO,
        Say("「{word}」是註解，不會印出來", "{word} is a comment and is not printed"),
        Say(
            "如果是值的一部分，請用半形雙引號把整個值括起來。",
            "Put quotation marks around the whole value if it is a part of it.",
        ),
    ),
    "yaml-colon-in-value": _Slip(
        ERROR,
        Say("值裡面有半形冒號，會被當成另一個欄位", "the value holds a colon that would begin another key"),
        _QUOTE,
    ),
    "yaml-quote-start": _Slip(
        ERROR,
        Say(
            "值不能直接以「{mark}」開頭，這個字元在這裡有特別的意思",
            "a value cannot begin with {mark}, which has a meaning of its own here",
        ),
        _QUOTE,
    ),
    "yaml-anchor": _Slip(
        ERROR,
        Say("「{mark}」以 & 開頭，在這裡有特別的意思（錨點），不接受", "{mark} is a YAML anchor, which is refused"),
        _QUOTE,
    ),
    "yaml-alias": _Slip(
        ERROR,
        Say("「{mark}」以 * 開頭，在這裡有特別的意思（別名），不接受", "{mark} is a YAML alias, which is refused"),
        _QUOTE,
    ),
    "yaml-tag": _Slip(
        ERROR,
        Say("「{mark}」以 ! 開頭，在這裡有特別的意思（型別標記），不接受", "{mark} is a YAML tag, which is refused"),
        _QUOTE,
    ),
    "yaml-quote-tail": _Slip(
        ERROR,
        Say("收尾的「{mark}」後面又有字", "text stands behind the closing {mark}"),
        _QUOTE,
    ),
    "yaml-quote-unclosed": _Slip(
        ERROR,
        Say("這個引號沒有收尾", "this quotation mark is never closed"),
        Say("在值的最後補上 {mark}，或刪掉開頭的 {mark}。", "Add {mark} at the end of the value, or delete this one."),
    ),
    "yaml-bracket": _Slip(
        ERROR,
        Say("這個「{mark}」沒有收尾的括號", "this {mark} is never closed"),
        Say(
            "在值的最後補上「{closing}」；如果括號是文字的一部分，請用引號把整個值括起來。",
            "Add {closing} at the end of the value, or put the whole value in quotation marks.",
        ),
    ),
}


def slip(name: str, span: Span, fix: tuple[Edit, ...] = (), **words: str) -> Diagnostic:
    """The fault of that name; `words` fill its sentences, cut where they are long."""
    severity, message, hint = _SLIPS[name]
    short = {key: word if len(word) <= 30 else word[:29] + "…" for key, word in words.items()}
    return Diagnostic(span, name, _filled(message, short), severity, _filled(hint, short), fix)


def _filled(say: Say, words: dict[str, str]) -> Say:
    return Say(say.zh.format_map(words), say.en.format_map(words))
