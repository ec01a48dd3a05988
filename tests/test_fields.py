"""The front matter as typed, in either language, becomes canonical keys and values that know their place."""

from __future__ import annotations

from typing import Any

import pytest

from minutes_cli.diagnostics import Diagnostic
from minutes_cli.document import Meta
from minutes_cli.front import fields, frontmatter, ordinary, vocabulary
from minutes_cli.source import Source, Span


def read(yaml: str) -> tuple[Source, Meta, tuple[Diagnostic, ...]]:
    source = Source("m.md", f"---\n{yaml}\n---\n")
    return (source, *fields.read(frontmatter.read(source)))


def data(yaml: str) -> dict[str, Any]:
    _, meta, problems = read(yaml)
    assert problems == ()
    return meta.data


def cut(source: Source, span: Span | None) -> str:
    assert span is not None
    return source.text[span.start : span.end]


CHINESE = """會議名稱: 石門市智慧城市諮詢小組第4次會議
日期: 113年5月2日（星期四）
會次: 第4次
屆: 第二屆
開始: 下午2時
散會: 16:20
地點: [市府, 線上]
主席: {姓名: 許文, 職稱: 副市長, 代理: 是}
紀錄: 江恩
出席人員:
  委員: [{姓名: 王一, 出席方式: 線上}, 李二]
  機關: 張三
附件: [簽到表, {名稱: 簡報, 檔案: a.pdf}]
應到實到: {應到: "1,234", 實到: 12.50, 單位: 平方公尺}
狀態: 初稿
節錄: 否
下次會議: {日期: 113/6/1, 開始: 上午9時}
公開: 不公開
類別: 董事會
自訂: {承辦: 資訊局, 電話: 0912}"""

ENGLISH = """title: 石門市智慧城市諮詢小組第4次會議
date: 2024-05-02
session: 4
term: 2
start: 14:00
end: 16:20
location: [市府, 線上]
chair: {name: 許文, title: 副市長, acting: true}
recorder: 江恩
attendees:
  委員: [{name: 王一, mode: 線上}, 李二]
  機關: 張三
attachments: [簽到表, {title: 簡報, file: a.pdf}]
quorum: {expected: 1234, present: 12.5, unit: 平方公尺}
status: draft
excerpt: false
next: {date: 2024-06-01, start: 09:00}
public: false
kind: board
custom: {承辦: 資訊局, 電話: 0912}"""


def test_both_languages_are_one_model() -> None:
    assert data(CHINESE) == data(ENGLISH)
    assert read(CHINESE)[1].chinese
    assert not read(ENGLISH)[1].chinese


def test_canonical_values_are_iso_numbers_and_booleans() -> None:
    found = data(CHINESE)
    assert (found["date"], found["start"], found["session"], found["term"]) == ("2024-05-02", "14:00", 4, 2)
    assert found["quorum"] == {"expected": 1234, "present": 12.5, "unit": "平方公尺"}
    assert found["chair"] == {"name": "許文", "title": "副市長", "acting": True}
    assert found["next"] == {"date": "2024-06-01", "start": "09:00"}
    assert found["custom"] == {"承辦": "資訊局", "電話": "0912"}


def test_what_was_lifted_keeps_its_words_and_what_was_canonical_has_none() -> None:
    _, meta, _ = read(CHINESE)
    assert meta.typed[("date",)] == "113年5月2日（星期四）"
    assert meta.typed[("next", "start")] == "上午9時"
    assert meta.typed[("status",)] == "初稿"
    assert ("end",) not in meta.typed
    assert ("title",) not in meta.typed


def test_every_path_knows_the_place_of_its_key_and_its_value() -> None:
    source, meta, _ = read(CHINESE)
    places = meta.places
    assert cut(source, places[("date",)].key) == "日期"
    assert cut(source, places[("date",)].value) == "113年5月2日（星期四）"
    assert cut(source, places[("attachments", 1, "file")].key) == "檔案"
    assert cut(source, places[("attachments", 1, "file")].value) == "a.pdf"
    assert places[("attachments", 0)].key is None
    assert cut(source, places[("attachments", 0)].value) == "簽到表"
    assert cut(source, places[("attendees", "委員", 0, "mode")].value) == "線上"
    assert cut(source, places[("attendees", "機關")].key) == "機關", "a group keeps its name, even one that is a field"
    assert meta.keys["recorder"] == "紀錄"
    assert cut(source, meta.where("attachments", 1, "url")) == "{名稱: 簡報, 檔案: a.pdf}"


@pytest.mark.parametrize("key", ["記錄", "紀錄", "紀　錄", "紀 錄", "紀\uf93f", "recorder"])
def test_a_key_is_known_by_all_its_names_padded_or_from_a_pdf(key: str) -> None:
    key = key.replace("\uf93f", "錄") if key == "紀\uf93f" else key
    assert data(f"{key}: 江恩") == {"recorder": "江恩"}


@pytest.mark.parametrize(
    ("yaml", "path", "at"),
    [
        ("主席: 甲\nchair: 乙", ("chair",), (3, 1)),
        ("紀錄: 甲\n記錄: 乙", ("recorder",), (3, 1)),
        ("附件:\n  - 名稱: 甲\n    title: 乙", ("attachments", 0, "title"), (4, 5)),
        ("出席人員:\n  - {姓名: 甲, name: 乙}", ("attendees", 0, "name"), (3, 13)),
        ("分段時間: [{開始: 9:00, start: 10:00, end: 11:00}]", ("sittings", 0, "start"), (2, 19)),
    ],
)
def test_both_spellings_of_a_field_are_a_fault_at_the_second(
    yaml: str, path: tuple[Any, ...], at: tuple[int, int]
) -> None:
    source, meta, problems = read(yaml)
    assert [(problem.code, source.line_column(problem.span.start)) for problem in problems] == [("key-twice", at)]
    value: Any = meta.data
    for step in path:
        value = value[step]
    assert value in ("甲", "09:00"), "the first one counts"
    assert all(name in problems[0].message.zh for name in (meta.keys[path[0]] if len(path) == 1 else "",))


@pytest.mark.parametrize(
    ("yaml", "code", "typed", "broken"),
    [
        ("日期: 2015-02-30", "date-unreadable", "2015-02-30", "date"),
        ("date: 113年5月2日下午2時", "date-unreadable", "113年5月2日下午2時", "date"),
        ("日期: 113", "date-unreadable", "113", "date"),
        ("開始: 下午14時", "hour-and-period", "下午14時", "start"),
        ("散會: 25:00", "time-unreadable", "25:00", "end"),
        ("分段時間: [{start: 9:00, end: 中午前}]", "time-unreadable", "中午前", "sittings"),
        ("next: {date: 下週三}", "date-unreadable", "下週三", "next"),
    ],
)
def test_what_cannot_be_read_is_told_at_the_value_and_breaks_its_key(
    yaml: str, code: str, typed: str, broken: str
) -> None:
    source, meta, problems = read(yaml)
    assert [(problem.code, cut(source, problem.span)) for problem in problems] == [(code, typed)]
    assert problems[0].hint.zh
    assert problems[0].hint.en
    assert meta.broken == {broken}
    assert broken in meta.data, "the words stay, for those who print them"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("第2次", 2),
        ("第二次", 2),
        ("第 12 次", 12),
        ("2", 2),
        ("２", 2),
        ("十一", 11),
        ("第3次會議", 3),
        ("0", 0),
        ("次", "次"),
        ("2.5", "2.5"),
        ("二點五", "二點五"),
        ("第", "第"),
    ],
)
def test_an_ordinal_is_a_number_or_left_for_the_schema(typed: str, value: int | str) -> None:
    assert data(f"會次: {typed}") == {"session": value}


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("5", 5),
        ("'12,345.5'", 12345.5),
        ("1234.50", 1234.5),
        ("１，２３４", 1234),
        ("12人", "12人"),
        ("'1,23'", "1,23"),
        ("-1", -1),
    ],
)
def test_a_number_may_have_commas_and_decimals(typed: str, value: Any) -> None:
    assert data(f"quorum: {{expected: {typed}}}") == {"quorum": {"expected": value}}


@pytest.mark.parametrize(
    ("typed", "value"), [("是", True), ("否", False), ("true", True), ("yes", True), ("no", False), ("maybe", "maybe")]
)
def test_a_boolean_may_be_said_in_words(typed: str, value: Any) -> None:
    assert data(f"節錄: {typed}") == {"excerpt": value}


def test_a_number_where_text_is_meant_is_its_words() -> None:
    assert data("文號: 1040001234\n地點: [101, true]\n主席: 5") == {
        "document_no": "1040001234",
        "location": ["101", "true"],
        "chair": "5",
    }


def test_signatures_may_be_one_text() -> None:
    assert data("簽署: 主席、紀錄") == {"signatures": ["主席", "紀錄"]}


def test_values_are_nfc_and_without_space_around_them() -> None:
    assert data('地點: "　石門\uf9d1樓　"') == {"location": "石門六樓"}


def test_an_optional_field_left_empty_is_no_field_and_a_required_one_stays() -> None:
    yaml = "缺席:\n列席: []\n來賓: ''\n請假: {}\n附件: [{名稱: 甲, 檔案: }]\n地點:\n紀錄:\n開始:\n自訂:\nx-a:\nfoo:"
    assert data(yaml) == {
        "attachments": [{"title": "甲"}],
        "location": None,
        "recorder": None,
        "start": None,
        "x-a": None,
        "foo": None,
    }


def test_unknown_keys_stay_as_typed_with_their_place() -> None:
    source, meta, problems = read("主廣: 甲\n附件: [{名字: 乙}]")
    assert problems == ()
    assert meta.data == {"主廣": "甲", "attachments": [{"名字": "乙"}]}
    assert cut(source, meta.places[("attachments", 0, "名字")].key) == "名字"


def test_a_title_that_ends_in_minutes_stays_as_typed() -> None:
    assert data("title: 第2次會議紀錄") == {"title": "第2次會議紀錄"}


def test_nothing_whole_is_an_empty_meta() -> None:
    source = Source("m.md", "沒有會議資料")
    meta, problems = fields.read(frontmatter.read(source))
    assert (meta.data, problems) == ({}, ())


def test_the_names_of_the_vocabulary_are_each_the_name_of_one_field() -> None:
    def walk(known: vocabulary.Field, owner: dict[str, Any]) -> None:
        names = [name for key, node in owner.get("properties", {}).items() for name in (key, *node["x-aliases"])]
        assert len(names) == len(set(names))
        for key, node in owner.get("properties", {}).items():
            assert node["x-aliases"][0] == node["title"] == known.fields[key].label
            assert node["description"]
            assert node["x-description"]

    schema = vocabulary.schema()
    walk(vocabulary.root(), schema)
    for node in schema["$defs"].values():
        walk(vocabulary.field_of(node), node)


PEOPLE = """---
title: 甲
chair: {姓名: 溫平, 職稱: 主任}
attendees:
  委員:
    - {姓名: 江恩, 職稱: 委員, 單位: 島嶼協會}
    - {name: 岳 安, title: 委員}
    - {姓名: 魏遠, name: 魏遠}
    - {姓名: 柯怡, 代理: 是}
    - {姓名: 卜山, 備註: 線上, x: 乙}
  官員:
    - {職稱: 科長}
附件:
  - {名稱: 議程, 檔案: 議程.pdf}
---
"""


def test_a_row_of_words_is_the_mapping_that_it_stands_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its data, its faults and its places."""
    front = frontmatter.read(Source("m.md", PEOPLE))
    assert "Row(" in repr(front.root)
    quick, told = fields.read(front)
    monkeypatch.setattr(ordinary, "read", lambda *_: None)
    spelt = frontmatter.read(Source("m.md", PEOPLE))
    assert "Row(" not in repr(spelt.root)
    slow, told_slowly = fields.read(spelt)
    assert (quick.data, told, list(quick.places.items())) == (slow.data, told_slowly, list(slow.places.items()))
    assert len(quick.places) > 20
    assert [quick.where(*path) for path in quick.places] == [place.value for place in quick.places.values()]
