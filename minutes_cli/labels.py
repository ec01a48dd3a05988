"""Labels: the words that open a named part of an item (案由： 說明： 決議： 〈單位〉回覆), found at the start of a line.

A label may be bold (`**說明**：`, `**決議：**同意`), its name may hold inner spaces (`說　明：`), its colon may be full or
half width; a reply alone may stand without a colon, as a whole line.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from minutes_cli.numerals import fold, value

# kind → the names that are read.  A number may follow the names of `case` (案由一、案由2) or stand in 第一案.
KINDS: dict[str, tuple[str, ...]] = {
    "case": ("案由", "提案", "議題", "動議", "討論事項", "報告案", "討論案", "承認案"),
    "proposer": ("提案人", "提案單位", "提案委員", "連署人", "附議人"),
    "explanation": ("說明", "案情說明"),
    "proposal": ("擬辦", "辦法", "建議"),
    "speeches": ("發言重點", "發言摘要", "發言紀要", "發言要點", "委員發言", "與會人員發言重點"),
    "vote": ("表決", "表決結果", "投票結果"),
    "decision": ("決議", "決定", "結論", "裁示", "主席裁示", "主席結論", "會議結論"),
    "rider": ("附帶決議",),
    "reply": ("回覆", "回應", "答覆"),
    "speaker": (),  # 王委員： below 發言重點, without a number
}

NAMES: dict[str, str] = {name: kind for kind, names in KINDS.items() for name in names if kind != "reply"}

# White space within a line.  Written with a class of small characters, because a set that names one beyond Latin-1 takes
# a third of a millisecond to compile.
_SPACE = r"[^\S\r\n]*"
_DIGIT = "[一二三四五六七八九十百ㄧ0-9０-９]"
_NUMBER = f"{_DIGIT}{{1,4}}"

# Who brings the case may stand in brackets: 案由一（教務處提）：
_NOTE = rf"(?:{_SPACE}(?P<note>[（(](?:(?![（）()])[^\r\n]){{1,24}}[）)]))?"
# A numbered case may have 、 or . or a space instead of its colon (提案二、 議題1. 第三案　), but 案由一、二 and
# 第一案、第二案 and 「提案 2 併入」 are running text.
_DOT = rf"(?P<dot>[、．.](?!{_DIGIT}|第|{'|'.join(KINDS['case'])})|(?<=[ 　])(?=\S))"
_WHO = r"(?!請|已|將|未|待|應|尚|並|再|俟|經|不|可|均|先|後)[\w○（）()、及·．-]{1,24}?"
_REPLY = rf"(?P<reply>{_WHO}(?:回覆|回應|答覆)(?:說明|意見)?)"
_TITLE = (
    "委員|主席|召集人|[局處科部市縣區里鄉鎮村院校所室會事組隊署司廳館廠課社]長|主任|教授|老師|顧問|董事|監事|監察人|議員|代表|秘書"
    "|專員|經理|律師|會計師|建築師|技師|住戶|先生|女士"
)
_HAN = r"(?:[^\W\d_A-Za-z]|○)"
_SPEAKER = re.compile(
    rf"(?P<open>\*\*|__)?(?P<name>(?!請|依|對|就|與|感謝|謝謝|建議|各位){_HAN}{{0,8}}?(?:{_TITLE}){_HAN}{{0,3}}"
    rf"(?:[（(](?:(?![（）()])[^\r\n]){{1,12}}[）)])?){_SPACE}(?P<close>\*\*|__)?[：:](?P<late>\*\*|__)?{_SPACE}"
)
# What may stand before a label and behind it; bold may close before the colon or after it.
_OPEN = rf"(?:(?P<open>\*\*|__){_SPACE})?"
_END = (
    rf"{_SPACE}(?P<close>\*\*|__)?{_SPACE}"
    rf"(?:(?P<colon>[：:]){_SPACE}(?P<late>\*\*|__)?|{_DOT}|(?=[\r\n]|$)){_SPACE}"
)
_BARE_END = rf"{_SPACE}(?P<colon>[：:]?){_SPACE}$"
_LINE = re.compile(r"[^\r\n]*")
_CHARACTERS = frozenset("".join(NAMES))
# What a label begins with, but for a reply, which has its word within 24 characters.
FIRST = frozenset(name[0] for name in NAMES) | frozenset("第*_")


@cache
def _named(spaced: bool) -> str:
    """Every name of a label, `spaced` where blanks may stand between its characters (說　明), which is rare and makes
    ten times the pattern."""
    names = [((_SPACE if spaced else "").join(name), name) for name in sorted(NAMES, key=len, reverse=True)]
    # 討論事項： without a number is the name of a section.
    plain = "|".join(pattern for pattern, name in names if name != "討論事項")
    cases = "|".join(pattern for pattern, name in names if name in KINDS["case"])
    numbered = rf"(?:(?:{cases}){_SPACE}(?P<n>{_NUMBER})|第{_SPACE}(?P<nth>{_NUMBER}){_SPACE}案)"
    return rf"(?:(?P<name>{numbered}{_NOTE}|(?:{plain})(?:如下)?)|{_REPLY})"


@cache
def _label(spaced: bool) -> re.Pattern[str]:
    return re.compile(_OPEN + _named(spaced) + _END)


@cache
def _bare(spaced: bool) -> re.Pattern[str]:
    return re.compile(_named(spaced) + _BARE_END)


def _is_spaced(text: str, start: int) -> bool:
    """Whether blanks stand between two characters of which names of labels are made."""
    words = text[start : start + 64].split()
    return len(words) > 1 and any(one[-1] in _CHARACTERS and other[0] in _CHARACTERS for one, other in pairwise(words))


class Found(Struct, frozen=True, gc=False):
    """A label: its `kind`; `name` as it prints (without inner spaces); `number` (案由二: 2, else None); whether it has a
    colon; the offsets at which its name begins and ends, and at which the text behind it begins; `bold` are the marks of
    a bold type that began before it and goes on to the end of the line."""

    kind: str
    name: str
    number: int | None
    colon: bool
    start: int
    stop: int
    end: int
    bold: str = ""


def match(text: str, start: int = 0) -> Found | None:
    """The label that stands in `text` at `start`, or None.

    >>> match("**決議：**同意").kind, match("說　明：略").name, match("資訊局回覆").kind
    ('decision', '說明', 'reply')
    >>> match("案由二：路口影像保存期限，請討論。").number
    2
    >>> match("**案由二：格式**").bold, match("**說明：甲**乙")
    ('**', None)
    >>> match("提案一（教務處提）：甲").name, match("第二案\\n").name, match("決議如下：").name
    ('提案一（教務處提）', '第二案', '決議如下')
    >>> match("請資訊局回覆"), match("說明如下"), match("決議通過"), match("提案 2 併入提案 1"), match("第一案、第二案併案")
    (None, None, None, None, None)
    """
    if not may_be(text, start):
        return None
    found = _label(_is_spaced(text, start)).match(text, start)
    if not found or not (found["colon"] or _speaks_for_itself(found)):
        return None
    closed = found["close"] or found["late"]
    if found["open"] == closed:
        return _found(found)
    if closed and not found["open"] and not found["close"]:
        return _found(found, found.start("late"))  # 說明：**重點**, where the bold type begins behind the colon
    return replace(_found(found), bold=found["open"]) if not closed and _is_bold(text, found) else None


def may_be(text: str, start: int = 0) -> bool:
    """Whether a label may stand there: enough to see that most lines have none."""
    return text[start : start + 1] in FIRST or may_reply(text, start)


def may_reply(text: str, start: int = 0) -> bool:
    """Whether the label of a reply may stand there, which begins with any word."""
    head = text[start : start + 32]
    return "覆" in head or "回應" in head


def _is_bold(text: str, found: re.Match[str]) -> bool:
    """Whether the bold type that begins before a label ends with the line: **案由二：格式**."""
    rest = _LINE.match(text, found.end())
    said = rest[0].rstrip() if rest else ""
    return said.find(found["open"]) == len(said) - 2 > 0


def match_speaker(text: str) -> Found | None:
    """Who speaks, where below 發言重點 a line says so without a number.

    >>> match_speaker("王委員大明：同意。").name, match_speaker("**主席：** 好").end, match_speaker("建議委員：略")
    ('王委員大明', 8, None)
    """
    found = _SPEAKER.match(text)
    if not found or found["open"] != (found["close"] or found["late"]):
        return None
    return Found("speaker", found["name"], None, True, found.start("name"), found.end("name"), found.end())


def _speaks_for_itself(found: re.Match[str]) -> bool:
    """Whether it is a label without a colon: a reply or a numbered case, as a whole line, or such a case and a space."""
    if found["dot"] is None:
        return bool(found["reply"] or found["n"] or found["nth"])
    return bool(found["nth"] or (found["n"] and (found["dot"] or not fold(found["n"]).isascii())))


def match_bare(text: str) -> Found | None:
    """The label that `text` is as a whole, where a heading or bold type already says that it is one, so that the colon
    may be missing: `### 說明`."""
    found = _bare(_is_spaced(text, 0)).match(text) if may_be(text) else None
    return _found(found) if found else None


def _found(found: re.Match[str], end: int = -1) -> Found:
    colon = bool(found["colon"])
    end = end if end >= 0 else found.end()
    if found["reply"]:
        return Found("reply", found["reply"], None, colon, found.start("reply"), found.end("reply"), end)
    note = found["note"] or ""
    name = "".join(found["name"].removesuffix(note).split()) + note
    numeral = found["n"] or found["nth"]
    kind = "case" if numeral else NAMES[name.removesuffix("如下")]
    number = value(numeral) if numeral else None
    return Found(kind, name, number, True, found.start("name"), found.end("name"), end)
