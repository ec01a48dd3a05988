"""Law 2 as a property: whatever a recorder types by nature has the same model as its Markdown spelling.

A meeting is drawn as a plain tree; one writer sets it down as lines with 一、（一） 1. and no blank lines, the other as
headings, lists and bold labels.  Both files must have the same model and print the same text.
"""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from minutes_cli import numerals, parse
from minutes_cli.front import decode
from minutes_cli.printing import outline
from minutes_cli.render import text

HEAD = """\
---
title: 測試小組第1次會議
date: 2024-05-02
start: "14:00"
location: 會議室
chair: 江恩
recorder: 溫平
attendees: 如簽到表
series: t
session: 1
---

"""
WORDS = st.text(alphabet="現行保存資料開放推動平台CSV與JSON，甲乙一二三12()（）「」*_", min_size=0, max_size=12).map(
    lambda middle: f"請{middle.strip()}辦"
)
NAMES = st.sampled_from(["溫委員平", "馮委員玉", "高委員承岳", "江委員恩"])
UNITS = st.sampled_from(["資訊局", "交通局", "資訊中心"])
SHAPES = {1: ("{h}、",), 2: ("（{h}）", "({h})"), 3: ("{d}.", "{d}、", "{f}．", "{d}. "), 4: ("({d})", "（{d}）")}
FULL = str.maketrans("0123456789", "０１２３４５６７８９")


def items(depth: int) -> st.SearchStrategy[Any]:
    below = st.just([]) if depth == 0 else st.lists(st.deferred(lambda: items(depth - 1)), max_size=3)
    return st.tuples(WORDS, below)


ITEMS = st.lists(items(2), min_size=1, max_size=3)
PART = st.one_of(WORDS, st.lists(items(1), min_size=1, max_size=3))
REPLY = st.tuples(UNITS, PART)
SPEAKER = st.tuples(NAMES, st.one_of(WORDS, st.lists(items(1), min_size=1, max_size=3)), st.lists(REPLY, max_size=2))
SPEECHES = st.lists(SPEAKER, max_size=3)
CASE = st.tuples(WORDS, PART, SPEECHES, PART)
DECISION = st.tuples(WORDS, UNITS, st.booleans())
MEETING = st.fixed_dictionaries(
    {
        "report": ITEMS,
        "speeches": SPEECHES,
        "cases": st.lists(CASE, min_size=1, max_size=3),
        "decisions": st.lists(DECISION, min_size=1, max_size=3),
        "shapes": st.fixed_dictionaries({level: st.sampled_from(forms) for level, forms in SHAPES.items()}),
    }
)


class Natural:
    """Lines without blank lines, as a recorder who knows Word types them."""

    def __init__(self, meeting: dict[str, Any]) -> None:
        self.shapes = meeting["shapes"]
        self.lines: list[str] = []
        self.add("## 專題報告", "")
        self.items(meeting["report"], 1)
        self.speeches(meeting["speeches"])
        self.add("", "## 討論事項", "")
        for number, (title, explained, speeches, decided) in enumerate(meeting["cases"], 1):
            self.add(f"案由{numerals.han(number)}：{title}")
            self.part("說明", explained)
            self.speeches(speeches)
            self.part("**決議", decided, "：**")
        self.add("", "## 決議事項", "")
        for number, (said, unit, tracked) in enumerate(meeting["decisions"], 1):
            self.add(self.label(1, number) + said, f"- 主辦：{unit}", *(["- 列管：是"] if tracked else []))

    def add(self, *lines: str) -> None:
        self.lines += lines

    def label(self, level: int, number: int) -> str:
        form: str = self.shapes[level]
        return form.format(h=numerals.han(number), d=number, f=str(number).translate(FULL))

    def items(self, entries: list[Any], level: int) -> None:
        for number, (said, below) in enumerate(entries, 1):
            self.add(self.label(level, number) + said)
            self.items(below, level + 1)

    def part(self, name: str, part: Any, colon: str = "：") -> None:
        self.add(name + colon + (part if isinstance(part, str) else ""))
        if not isinstance(part, str):
            self.items(part, 1)

    def speeches(self, speeches: list[Any]) -> None:
        if speeches:
            self.add("發言重點：")
        for number, (who, said, replies) in enumerate(speeches, 1):
            self.add(self.label(2, number) + who)
            self.said(said)
            for unit, reply in replies:
                self.add(f"{unit}回覆")
                self.said(reply)

    def said(self, said: Any) -> None:
        if isinstance(said, str):
            self.add(said)
        else:
            self.items(said, 3)


class Canonical:
    """Headings, nested lists and bold labels, as one types who knows Markdown."""

    def __init__(self, meeting: dict[str, Any]) -> None:
        self.lines: list[str] = []
        self.add("## 專題報告", "")
        self.items(meeting["report"])
        self.speeches(meeting["speeches"])
        self.add("## 討論事項", "")
        for number, (title, explained, speeches, decided) in enumerate(meeting["cases"], 1):
            self.add(f"### 案由{numerals.han(number)}：{title}", "")
            self.part("說明", explained)
            self.speeches(speeches)
            self.part("決議", decided)
        self.add("## 決議事項", "")
        for number, (said, unit, tracked) in enumerate(meeting["decisions"], 1):
            self.add(f"{number}. {said}", f"   - 主辦：{unit}", *(["   - 列管：是"] if tracked else []))

    def add(self, *lines: str) -> None:
        self.lines += lines

    def items(self, entries: list[Any], indent: int = 0) -> None:
        for number, (said, below) in enumerate(entries, 1):
            self.add(f"{' ' * indent}{number}. {said}")
            self.items(below, indent + len(f"{number}. "))
        if not indent:
            self.add("")

    def part(self, name: str, part: Any) -> None:
        self.add(f"#### {name}", "")
        self.said(part)

    def said(self, said: Any) -> None:
        if isinstance(said, str):
            self.add(said, "")
        else:
            self.items(said)

    def speeches(self, speeches: list[Any]) -> None:
        if speeches:
            self.add("### 發言重點", "")
        for who, said, replies in speeches:
            self.add(f"#### {who}", "")
            self.said(said)
            for unit, reply in replies:
                self.add(f"##### {unit}回覆", "")
                self.said(reply)


IGNORED = {"span", "heading", "name_span", "typed", "spelling", "places", "source", "meta", "profile"}


def shape(node: Any) -> Any:
    """The model without places and spellings."""
    if isinstance(node, Struct):
        named = {name: shape(getattr(node, name)) for name in node.__struct_fields__ if name not in IGNORED}
        return type(node).__name__, named
    if isinstance(node, tuple):
        return tuple(shape(child) for child in node)
    return node


@settings(max_examples=100, deadline=None)
@given(MEETING)
def test_natural_and_markdown_spellings_have_one_model(meeting: dict[str, Any]) -> None:
    natural = HEAD + "\n".join(Natural(meeting).lines) + "\n"
    canonical = HEAD + "\n".join(Canonical(meeting).lines) + "\n"
    one, other = (parse.parse(decode.decode(file.encode(), "m.md")) for file in (natural, canonical))
    assert shape(one.sections) == shape(other.sections), natural + "\n=====\n" + canonical
    printed = [text.render(outline.outline(minutes), minutes) for minutes in (one, other)]
    assert printed[0] == printed[1]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_every_span_lies_in_the_file(body: str) -> None:
    source = decode.decode((HEAD + body).encode("utf-8", "replace"), "m.md")
    minutes = parse.parse(source)

    def spans(node: Any) -> None:
        if isinstance(node, Struct):
            for name in node.__struct_fields__:
                value = getattr(node, name)
                if name in ("span", "heading", "name_span"):
                    assert 0 <= value.start <= value.end <= len(source.text)
                elif name not in ("source", "profile", "meta"):
                    spans(value)
        elif isinstance(node, tuple):
            for child in node:
                spans(child)

    spans(minutes.sections)


MIXTURE = """\
一、甲|（一）乙|1.丙|1. 丁|- 戊|  - 己|## 報告事項|### 庚|#### 說明|說明：辛|案由一：壬|發言重點：|資訊局回覆|**決議：**同意
> 引|{ 甲 { 乙 {|{ - { - {|```|---|[^1]: 註|文字[^1]|<!-- 註 -->|　　子|壹、癸|    碼|"""
LINES = st.lists(
    st.sampled_from(MIXTURE.replace("\n", "|").split("|")).map(lambda line: line.replace("{", "|")), max_size=30
)


@settings(max_examples=150, deadline=None)
@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_no_mixture_of_spellings_loses_a_word(lines: list[str], ending: str) -> None:
    file = HEAD.replace("\n", ending) + ending.join(lines) + ending
    minutes = parse.parse(decode.decode(file.encode(), "m.md"))
    printed = text.render(outline.outline(minutes), minutes).decode()
    for word in "甲乙丙丁戊己庚辛壬癸":
        assert printed.count(word) >= sum(line.count(word) for line in lines), (word, file, printed)
