"""An error of the YAML parser in; what it means to a recorder out, in both languages and without the parser's jargon."""

from __future__ import annotations

from typing import NamedTuple

from minutes_cli.diagnostics import Say

CONTEXT, PROBLEM, LINE = "context", "problem", "line"


class Meaning(NamedTuple):
    """`at` tells which place is the true one: where the parser's CONTEXT began, where it met the PROBLEM, or the first
    character of the problem's LINE."""

    code: str
    at: str
    message: Say
    hint: Say


_QUOTE = Say(
    '請用半形雙引號把整個值括起來，例如 title: "值"。', 'Put quotation marks around the whole value: title: "…".'
)

_NO_COLON = Meaning(
    "yaml-no-colon",
    CONTEXT,
    Say("這一行沒有「鍵: 值」的冒號", "this line has no colon between key and value"),
    Say(
        "在欄位名稱後面打半形冒號加一個空格，例如「title: 會議名稱」。",
        "Write a colon and a space behind the key: title: …",
    ),
)
_INDENT = Meaning(
    "yaml-indent",
    LINE,
    Say("這一行的縮排跟上面幾行對不起來", "the indentation of this line does not agree with the lines above"),
    Say(
        "同一層的欄位要從同一格開始；下一層比上一層多兩個半形空格。",
        "Items of one level begin at the same column; the level below has two spaces more.",
    ),
)
_UNCLOSED = Meaning(
    "yaml-quote-unclosed",
    CONTEXT,
    Say("這個引號沒有收尾", "this quotation mark is never closed"),
    Say(
        "在值的最後補上同樣的引號，或刪掉開頭的引號。", "Add the same mark at the end of the value, or delete this one."
    ),
)
_BRACKET = Meaning(
    "yaml-bracket",
    CONTEXT,
    Say("這個括號裡的寫法不對，或少了收尾的括號", "what stands in this bracket is malformed, or its end is missing"),
    Say(
        "清單寫成「[甲, 乙]」，欄位寫成「{name: 甲, title: 主任}」，都用半形的逗號、冒號和空格；"
        "如果括號是文字的一部分，請把整個值用半形雙引號括起來。",
        'Write lists as [a, b] and fields as {name: a, title: b}; put the whole value in quotation marks ("…") if the '
        "bracket is part of the text.",
    ),
)
_ESCAPE = Meaning(
    "yaml-escape",
    PROBLEM,
    Say(
        "雙引號裡的反斜線 \\ 有特別的意思，這裡的寫法不對",
        "a backslash means something inside double quotation marks, and not this",
    ),
    Say(
        "改用單引號 '…'，或把反斜線打兩次 \\\\。", "Use single quotation marks '…', or write the backslash twice: \\\\."
    ),
)
_START = Meaning(
    "yaml-quote-start",
    PROBLEM,
    Say("這個字元放在值的開頭有特別的意思，要加引號", "a value that begins with this character needs quotation marks"),
    _QUOTE,
)
_TAIL = Meaning(
    "yaml-quote-tail",
    PROBLEM,
    Say("引號或括號後面又有字", "text stands behind the closing quotation mark or bracket"),
    _QUOTE,
)
_DEPTH = Meaning(
    "yaml-depth",
    PROBLEM,
    Say("欄位一層包一層，太多層了", "the items are nested too deeply"),
    Say(
        "會議資料通常只有兩、三層，請檢查括號與縮排。",
        "Front matter has two or three levels; check brackets and indentation.",
    ),
)
_MANY = Meaning(
    "front-matter-too-large",
    LINE,
    Say("會議資料的欄位太多，沒有檢查內容", "the front matter has too many items and was not read"),
    Say(
        "兩行 --- 之間只放會議資料；內文放在第二行 --- 後面。",
        "Keep to the data of the meeting between the two lines ---; the text goes below the second.",
    ),
)
_DOCUMENT = Meaning(
    "yaml-document",
    LINE,
    Say("會議資料在這一行之前就結束了", "the data end before this line"),
    Say(
        "檢查這一行和上面幾行的縮排：同一層的欄位要從同一格開始。",
        "Check the indentation of this line and those above: keys of one level begin at the same column.",
    ),
)
_TAG = Meaning(
    "yaml-tag",
    PROBLEM,
    Say(
        "以驚嘆號 ! 開頭的值有特別的意思，這裡不接受",
        "values that begin with an exclamation mark are YAML tags, which are refused",
    ),
    _QUOTE,
)
_DIRECTIVE = Meaning(
    "yaml-directive",
    LINE,
    Say("這裡不能用百分號 % 開頭的行", "a line cannot begin with a percent sign here"),
    Say("刪掉這一行；如果是文字，請用半形雙引號括起來。", 'Delete the line; put text in quotation marks ("…").'),
)
_OTHER = Meaning(
    "yaml-syntax",
    LINE,
    Say("這一行不合「鍵: 值」的寫法", "this line is not of the form key: value"),
    Say(
        "檢查冒號（半形，後面有空格）、縮排（半形空格）和引號（成對）。",
        "Check the colon (with a space behind it), the indentation (spaces) and the quotation marks (in pairs).",
    ),
)

# The first entry whose words stand in the parser's message tells what it means.
_MEANINGS = (
    ("could not find expected ':'", _NO_COLON),
    ("scanning a quoted scalar: found unexpected", _UNCLOSED),
    ("number of nodes", _MANY),
    ("<document start>", _DOCUMENT),
    ("second YAML document", _DOCUMENT),
    ("escape", _ESCAPE),
    ("hexdecimal", _ESCAPE),
    ("nesting depth", _DEPTH),
    ("flow mapping", _BRACKET),
    ("flow sequence", _BRACKET),
    ("flow node", _BRACKET),
    ("mapping values are not allowed", _INDENT),
    ("block sequence entries", _START),
    ("mapping keys are not allowed", _START),
    ("cannot start any token", _START),
    ("anchor", _START),
    ("alias", _START),
    ("block scalar", _START),
    ("tag", _TAG),
    ("directive", _DIRECTIVE),
    ("YAML document", _DIRECTIVE),
    ("did not find expected", _INDENT),
    ("violates indentation", _INDENT),
)


def meaning(context: str, problem: str, before: str) -> Meaning:
    """What the parser meant by `problem`, met in `context`; `before` is what stands before the place on its line."""
    words = f"{context}: {problem}"
    found = next((found for key, found in _MEANINGS if key in words), _OTHER)
    if found is _INDENT and before.rstrip().endswith(('"', "'", "]", "}")):
        return _TAIL  # to the parser, what follows a value on its line is a line of wrong indentation
    return found
