"""The schema speaks in the recorder's words, at the place that is wrong, and its two validators agree."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from minutes_cli import parse
from minutes_cli.diagnostics import Diagnostic
from minutes_cli.document import Minutes
from minutes_cli.errors import BadTemplate
from minutes_cli.front import vocabulary
from minutes_cli.judging import schema
from minutes_cli.judging.explain import explain
from minutes_cli.source import Source

CHINESE = {
    "title": "會議名稱: 甲會第4次會議",
    "date": "日期: 113年5月2日",
    "start": "開始: 下午2時",
    "location": "地點: 市府",
    "chair": "主席: 許副市長文(代)",
    "recorder": "紀錄: 江恩",
    "attendees": "出席人員: 如簽到表（附件1）",
}
ENGLISH = {
    "title": "title: 甲會第4次會議",
    "date": "date: 2024-05-02",
    "start": "start: 14:00",
    "location": "location: 市府",
    "chair": "chair: 許副市長文(代)",
    "recorder": "recorder: 江恩",
    "attendees": "attendees: 如簽到表（附件1）",
}


def minutes(base: dict[str, str], *more: str, **changes: str | None) -> Minutes:
    """A meeting of the lines of `base`; `changes` replaces a line or, with None, takes it out."""
    lines = [line for line in ({**base, **changes}).values() if line is not None]
    return parse.parse(Source("m.md", "\n".join(["---", *lines, *more, "---", ""])))


def told(found: Minutes, extra: Path | None = None) -> list[tuple[str, int, int, str]]:
    """Code, line, column and Chinese message."""
    line_column = found.source.line_column
    return [(fault.code, *line_column(fault.span.start), fault.message.zh) for fault in schema.check(found, extra)]


def test_a_valid_file_has_nothing_to_say() -> None:
    assert told(minutes(CHINESE)) == []
    assert told(minutes(ENGLISH, "x-案號: 3", "custom: {a: 1}", "absent:", "quorum: {expected: 5, present: 3}")) == []


def test_missing_keys_are_shown_where_they_belong() -> None:
    assert told(minutes(CHINESE, chair=None)) == [("key-missing", 6, 1, "缺少「主席」")]
    assert told(minutes(CHINESE, title=None)) == [("key-missing", 2, 1, "缺少「會議名稱」")]
    assert told(minutes(ENGLISH, attendees=None)) == [("key-missing", 8, 1, "缺少「attendees」（出席人員）")]
    several = minutes(ENGLISH, location="location:\n- 市府\n- 線上", chair=None, start=None)
    assert told(several) == [
        ("key-missing", 4, 1, "缺少「start」（開始）"),
        ("key-missing", 7, 1, "缺少「chair」（主席）"),
    ]
    [fault] = schema.check(minutes(CHINESE, chair=None))
    assert fault.hint.zh == "請加上「主席: …」"
    assert fault.message.en == "主席 (chair) is missing"


def test_an_empty_front_matter_lacks_every_required_key() -> None:
    found = told(parse.parse(Source("m.md", "---\n---\n")))
    assert [code for code, *_ in found] == ["key-missing"] * 7


def test_unknown_keys_are_shown_at_the_key_with_a_suggestion_in_its_language() -> None:
    cases = {
        "與會人員: 甲": "是不是「出席人員」？",
        "記錄人員: 甲": "是不是「記錄人」？",
        "atendees: 甲": "是不是「attendees」？",
        "Chair: 甲": "是不是「chair」？",
        "document-no: 甲": "是不是「document_no」？",
        "時間: 9:00": "請分成「日期」與「開始」",
        "time: 9:00": "請分成「date」與「start」",
        "場地: 甲": "是不是「地點」？",
        "承辦: 甲": "機關自己的欄位請放在「自訂」之下，或用 x- 開頭",
        "zzz: 甲": "機關自己的欄位請放在「custom」之下，或用 x- 開頭",
    }
    for line, hint in cases.items():
        found = minutes(CHINESE, line)
        [fault] = schema.check(found)
        key = line.partition(":")[0]
        assert (fault.code, found.source.text[fault.span.start : fault.span.end]) == ("key-unknown", key)
        assert fault.message.zh == f"沒有「{key}」這個欄位"
        assert fault.hint.zh == hint
        assert fault.hint.en


@pytest.mark.parametrize(
    ("line", "faults"),
    [
        ("會次: 二點五", [("schema-type", 9, 5, "「會次」應為 1 以上的整數，現在是「二點五」")]),
        ("會次: 0", [("schema-value", 9, 5, "「會次」應為 1 以上的整數，現在是「0」")]),
        ("session: [1]", [("schema-type", 9, 10, "「session」應為 1 以上的整數，現在是清單（1 項）")]),
        (
            "狀態: 完成",
            [
                (
                    "schema-value",
                    9,
                    5,
                    "「狀態」應為初稿（draft）、確認（confirmed）、修正（corrected）其中之一，現在是「完成」",
                )
            ],
        ),
        ("節錄: 也許", [("schema-type", 9, 5, "「節錄」應為是或否，現在是「也許」")]),
        ("附件: 簽到表", [("schema-type", 9, 5, "「附件」應為清單，現在是「簽到表」")]),
        ("附件: [簽到表, {檔案: a.pdf}]", [("key-missing", 9, 11, "「附件」第2項缺少「名稱」")]),
        (
            "附件: [{名稱: 甲, 網址: ftp://a}]",
            [("schema-value", 9, 18, "「附件」第1項的「網址」的寫法不對：「ftp://a」")],
        ),
        ("附件: [{名稱: 甲, 頁數: 3}]", [("key-unknown", 9, 14, "「附件」第1項沒有「頁數」這個欄位")]),
        ("來賓: [{職稱: 主任}]", [("key-missing", 9, 6, "「來賓」第1項缺少「姓名」")]),
        (
            "來賓: [{姓名: 甲, 代理: 陳君}]",
            [("schema-type", 9, 18, "「來賓」第1項的「代理」應為是或否，現在是「陳君」")],
        ),
        ("來賓: {委員: [{職稱: 主任}]}", [("key-missing", 9, 11, "「來賓」的「委員」第1項缺少「姓名」")]),
        (
            "來賓: {委員: [甲, [乙]]}",
            [("schema-type", 9, 14, "「來賓」的「委員」第2項應為文字或分欄的資料（鍵: 值），現在是清單（1 項）")],
        ),
        (
            "應到實到: {應到: 12人, 實到: 3}",
            [("schema-type", 9, 12, "「應到實到」的「應到」應為 0 以上的數字，現在是「12人」")],
        ),
        ("應到實到: [{應到: 1}]", [("key-missing", 9, 8, "「應到實到」第1項缺少「實到」")]),
        ("語言: 中文", [("schema-value", 9, 5, "「語言」的寫法不對：「中文」")]),
        ("自訂: 甲", [("schema-type", 9, 5, "「自訂」應為分欄的資料（鍵: 值），現在是「甲」")]),
        (
            "類別: ../甲",
            [
                ("schema-value", 9, 5, "「類別」的寫法不對：「../甲」"),
                ("schema-value", 9, 5, "沒有「../甲」這種會議類別"),
            ],
        ),
        ("類別: comittee", [("schema-value", 9, 5, "沒有「comittee」這種會議類別")]),
        ("分段時間: [{開始: 9:00, 散會: 10:00}]", [("schema-value", 4, 1, "有了「分段時間」，就不寫「開始」")]),
        ("附件: [甲, '　']", [("value-missing", 9, 9, "「附件」第2項沒有填")]),
        ("下次會議: [甲]", [("schema-type", 9, 7, "「下次會議」應為文字或分欄的資料（鍵: 值），現在是清單（1 項）")]),
    ],
)
def test_wrong_values_are_told_at_the_value(line: str, faults: list[tuple[str, int, int, str]]) -> None:
    found = minutes(CHINESE, line)
    assert told(found) == faults
    assert all(fault.message.en and fault.hint.zh and fault.hint.en for fault in schema.check(found))


def test_a_required_field_left_empty_is_told_at_its_key() -> None:
    assert told(minutes(CHINESE, location="地點:")) == [("value-missing", 5, 1, "「地點」沒有填")]
    assert told(minutes(CHINESE, chair="主席: []")) == [("value-missing", 6, 5, "「主席」沒有填")]
    assert told(minutes(CHINESE, date="日期: ''")) == [("value-missing", 3, 5, "「日期」沒有填")]


def test_the_recorder_may_be_empty_in_a_draft_only() -> None:
    assert told(minutes(CHINESE, "狀態: 初稿", recorder="紀錄:")) == []
    assert told(minutes(CHINESE, "狀態: 草稿", recorder="紀錄: []")) == []
    assert told(minutes(CHINESE, "狀態: 確認", recorder="紀錄:")) == [("value-missing", 7, 1, "「紀錄」沒有填")]
    [fault] = schema.check(minutes(CHINESE, recorder="紀錄:"))
    assert fault.hint.zh == "還沒有人紀錄時，請加上「狀態: 初稿」"
    assert told(minutes(CHINESE, "狀態: 初稿", recorder="紀錄: [[甲]]"))[0][0] == "schema-type"


def test_sittings_stand_in_the_place_of_start_and_end() -> None:
    sittings = "分段時間: [{開始: 9:00, 散會: 10:00}, {日期: 113/5/3, 開始: 下午2時, 結束: 16:00}]"
    assert told(minutes(CHINESE, sittings, start=None)) == []
    assert told(minutes(CHINESE, "散會: 9:00", sittings, start=None)) == [
        ("schema-value", 8, 1, "有了「分段時間」，就不寫「散會」")
    ]
    assert told(minutes(CHINESE, "分段時間: [{開始: 9:00}]", start=None)) == [
        ("key-missing", 8, 8, "「分段時間」第1項缺少「散會」")
    ]


def test_what_could_not_be_read_is_told_once_and_not_by_the_schema() -> None:
    for change in ({"date": "日期: 2015-02-30"}, {"start": "開始: 下午14時"}):
        found = minutes(CHINESE, **change)
        assert len(found.problems) == 1
        assert told(found) == []
    assert (
        told(
            replace(
                minutes(CHINESE, chair=None),
                meta=replace(minutes(CHINESE, chair=None).meta, broken=frozenset(["chair"])),
            )
        )
        == []
    )


def test_thousands_of_faults_are_cut() -> None:
    found = told(minutes(CHINESE, *(f"k{number}: 1" for number in range(3000))))
    assert len(found) == schema.LIMIT + 1
    assert "faults-cut" in {code for code, *_ in found}


VALID: dict[str, Any] = {
    "title": "甲會",
    "document": "議事錄",
    "organization": "甲部",
    "series": "a",
    "term": 1,
    "session": 2,
    "kind": "board",
    "date": "2024-05-02",
    "start": "09:00",
    "end": "10:00",
    "location": ["甲", "乙"],
    "online": "https://a.example",
    "chair": {
        "name": "馬正維",
        "title": "主任",
        "organization": "部",
        "unit": "處",
        "role": "召集人",
        "surname": "馬",
        "acting": True,
        "proxy": "陳君",
        "mode": "線上",
        "part": "上午",
        "note": "註",
    },
    "recorder": ["江恩", {"name": "江二"}],
    "attendees": {"委員": ["王一", {"name": "李二", "acting": False}], "官員": "張三"},
    "observers": ["甲", {"name": "乙"}],
    "guests": {"name": "丙"},
    "leave": "丁、戊",
    "absent": ["己"],
    "quorum": [{"expected": 5, "present": 3, "unit": "人"}, {"expected": 10.5, "present": 0}],
    "attachments": ["簽到表", {"title": "簡報", "file": "a.pdf", "url": "https://a.example/b", "sha256": "0" * 64}],
    "status": "confirmed",
    "excerpt": False,
    "next": {"date": "2024-06-01", "start": "09:00", "location": "甲"},
    "signatures": ["主席", "紀錄"],
    "document_no": "甲字第1號",
    "classification": "普通",
    "public": True,
    "language": "zh-Hant-TW",
    "custom": {"a": [1]},
    "x-a": None,
}
SITTINGS = {
    **VALID,
    "sittings": [{"start": "09:00", "end": "10:00"}, {"date": "2024-05-03", "start": "09:00", "end": "10:00"}],
}
del SITTINGS["start"], SITTINGS["end"]
ODD: list[Any] = [
    None,
    "",
    "　",
    "x",
    "２０２４-05-02",
    "2024-05-02\n",
    0,
    -1,
    1.5,
    10**30,
    True,
    [],
    {},
    ["a"],
    [None],
    {"a": 1},
    {"name": ["甲"]},
]


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield (*path, key)
        yield from paths(value[key], (*path, key))


def changed(valid: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """A copy in which `path` holds `value`, or is gone for `...`."""
    made = copy.deepcopy(valid)
    owner: Any = made
    for step in path[:-1]:
        owner = owner[step]
    if value is ...:
        del owner[path[-1]]
    else:
        owner[path[-1]] = value
    return made


def mutants(valid: dict[str, Any], under: tuple[str, ...] = ()) -> Iterator[dict[str, Any]]:
    """Each field below `under` dropped and mangled, and an unknown key in each mapping."""
    for path in paths(valid):
        if path[: len(under)] == under:
            yield from (changed(valid, path, odd) for odd in (*ODD, ...))
            if isinstance(path[-1], str):
                yield changed(valid, (*path[:-1], "unknown"), 1)


def test_both_validators_agree_on_every_mutant_and_every_fault_is_explained() -> None:
    ours = vocabulary.schema()
    gate, explainer = schema.compiled(ours), schema.explaining(ours)
    base = minutes(ENGLISH)
    seen = 0
    for valid, under in ((VALID, ()), (SITTINGS, ("sittings",))):
        assert gate.is_valid(valid)
        for mutant in mutants(valid, under):
            seen += 1
            errors = list(explainer.iter_errors(mutant))
            assert gate.is_valid(mutant) == (not errors), mutant
            faults = [fault for error in errors for fault in explain(error, base)]
            assert bool(faults) == bool(errors), mutant
            assert all(well_said(fault) for fault in faults), faults
    assert seen > 1000, seen


def well_said(fault: Diagnostic) -> bool:
    """In both languages, and not in the words of the library."""
    both = fault.message.zh + fault.message.en
    foreign = (
        "is not of type",
        "is a required",
        "does not match",
        "Additional",
        "is not valid under",
        "None",
        "should not be",
    )
    return bool(fault.message.zh and fault.message.en) and not any(words in both for words in foreign)


KEYWORDS: list[tuple[dict[str, Any], list[Any], list[Any]]] = [
    ({"type": "string"}, ["a", ""], [1, None, [], {}, True]),
    ({"type": "integer"}, [1, 1.0, -3, 10**40], ["1", 1.5, True]),
    ({"type": "number"}, [1, 1.5], ["1", False]),
    ({"type": ["boolean", "null"]}, [True, None], [0, "true"]),
    ({"type": ["array", "object"]}, [[], {}], ["a"]),
    ({"enum": ["a", 1, None]}, ["a", 1, 1.0, None], ["b", True, "1", []]),
    ({"const": "draft"}, ["draft"], ["Draft", None]),
    ({"const": 1}, [1, 1.0], [True, "1"]),
    ({"const": False}, [False], [0, None, ""]),
    ({"pattern": "^[0-9]{2}$"}, ["12", 5, None], ["1２", "12\n", "123", ""]),
    ({"pattern": "^\\d+$"}, ["12"], ["１２", "12\n"]),
    ({"pattern": "^\\w+$"}, ["a_1"], ["中", "é"]),
    ({"pattern": "\\s"}, ["a b", "a　b"], ["ab"]),
    ({"pattern": "^\\p{Script=Han}+$"}, ["中文"], ["abc", "中 文"]),
    ({"pattern": "[^ \\t\\r\\n\\u3000]"}, ["a", " a"], ["", "　", "\n"]),
    ({"pattern": "第[0-9]+次"}, ["甲第2次會"], ["第二次"]),
    ({"minLength": 2}, ["中文", "😀😀", 1], ["中", "😀"]),
    ({"maxLength": 2}, ["中文", "😀😀"], ["中文字"]),
    ({"minimum": 1}, [1, 1.5, "a"], [0, 0.99, -1]),
    ({"maximum": 3}, [3], [3.01, 10**30]),
    ({"exclusiveMinimum": 1}, [1.01], [1, 0]),
    ({"exclusiveMaximum": 3}, [2], [3]),
    ({"multipleOf": 0.5}, [1.5, 2], [1.25]),
    ({"minItems": 1}, [["a"], "a"], [[]]),
    ({"maxItems": 1}, [["a"], []], [["a", "b"]]),
    ({"uniqueItems": True}, [[1, 2], [[1], [2]], [1, True]], [[1, 1], [{"a": 1}, {"a": 1.0}]]),
    ({"items": {"type": "string"}}, [["a"], [], "a"], [[1], ["a", None]]),
    ({"prefixItems": [{"const": 1}], "items": False}, [[1], []], [[2], [1, 2]]),
    ({"contains": {"const": 1}}, [[1, 2]], [[], [2]]),
    ({"contains": {"const": 1}, "minContains": 2, "maxContains": 3}, [[1, 1], [1, 1, 1]], [[1], [1, 1, 1, 1]]),
    ({"required": ["a", "b"]}, [{"a": 1, "b": None}, "a"], [{}, {"a": 1}]),
    ({"dependentRequired": {"a": ["b"]}}, [{}, {"a": 1, "b": 1}], [{"a": 1}]),
    ({"dependentSchemas": {"a": {"required": ["b"]}}}, [{}, {"a": 1, "b": 1}], [{"a": 1}]),
    ({"properties": {"a": False, "b": {"type": "string"}}}, [{}, {"b": "x"}, {"c": 1}], [{"a": 1}, {"b": 1}]),
    ({"patternProperties": {"^x-": {"type": "string"}, "^y": False}}, [{"x-a": "b", "ax-": 1}], [{"x-a": 1}, {"y": 1}]),
    (
        {"properties": {"a": {}}, "patternProperties": {"^x-": True}, "additionalProperties": False},
        [{"a": 1, "x-b": 2}],
        [{"b": 1}, {"ax-": 1}, {"a": 1, "": 2}],
    ),
    ({"properties": {"a": {}}, "additionalProperties": {"type": "string"}}, [{"a": 1, "b": "c"}], [{"b": 1}]),
    ({"propertyNames": {"pattern": "^[a-z]+$"}}, [{"a": 1}], [{"A": 1}, {"甲": 1}]),
    ({"minProperties": 1}, [{"a": 1}], [{}]),
    ({"maxProperties": 1}, [{"a": 1}], [{"a": 1, "b": 2}]),
    ({"allOf": [{"minimum": 1}, {"maximum": 2}]}, [1, 2], [0, 3]),
    ({"anyOf": [{"type": "string"}, {"type": "object", "required": ["a"]}]}, ["x", {"a": 1}], [1, {}]),
    ({"oneOf": [{"minimum": 1}, {"maximum": 2}]}, [0, 3], [1, 2]),
    ({"not": {"type": "string"}}, [1], ["a"]),
    ({"if": {"type": "string"}, "then": {"minLength": 2}, "else": {"minimum": 5}}, ["ab", 5], ["a", 4]),
    ({"if": {"required": ["a"]}, "then": {"properties": {"b": False}}}, [{"a": 1}, {"b": 1}], [{"a": 1, "b": 2}]),
    ({"$ref": "#/$defs/t", "$defs": {"t": {"type": "string"}}, "minLength": 1}, ["a"], ["", 1]),
    ({"unevaluatedProperties": False, "allOf": [{"properties": {"a": {}}}]}, [{"a": 1}], [{"b": 1}]),
    ({"format": "date"}, ["2015-09-24", 3], ["2015-02-30", "104/9/24"]),
    ({"format": "uri"}, ["https://a.example/b"], ["附件", "a b"]),
    ({"format": "email"}, ["a@b.example"], ["a"]),
    ({"format": "no-such-format"}, ["a"], []),
]


@pytest.mark.parametrize(("asked", "good", "bad"), KEYWORDS, ids=[" ".join(asked) for asked, *_ in KEYWORDS])
def test_both_validators_agree_on_each_keyword(
    asked: dict[str, Any], good: list[Any], bad: list[Any], tmp_path: Path
) -> None:
    gate, explainer = schema.compiled(asked), schema.explaining(asked)
    for value, valid in [*((value, True) for value in good), *((value, False) for value in bad)]:
        assert gate.is_valid(value) == valid, value
        assert (next(explainer.iter_errors(value), None) is None) == valid, value
    definitions = {"$defs": asked.pop("$defs", {})}
    path = office(tmp_path, {"properties": {"x-a": asked}, **definitions})
    found = minutes(CHINESE)
    for value in bad:
        data = {**found.meta.data, "x-a": value}
        faults = list(schema.check(replace(found, meta=replace(found.meta, data=data)), path))
        assert faults, value
        assert all(well_said(fault) for fault in faults), faults


def office(tmp_path: Path, asked: Any) -> Path:
    path = tmp_path / "office.json"
    path.write_text(json.dumps(asked, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.parametrize("reference", ["minutes.schema.json", "urn:minutes-cli:schema:minutes", None])
def test_an_office_may_ask_for_more(reference: str | None, tmp_path: Path) -> None:
    asked: dict[str, Any] = {
        "required": ["series", "x-案號"],
        "properties": {"x-案號": {"description": "四位數字", "pattern": "^[0-9]{4}$"}, "online": False},
    }
    if reference:
        asked |= {"$schema": "https://json-schema.org/draft/2020-12/schema", "allOf": [{"$ref": reference}]}
    path = office(tmp_path, asked)
    assert told(minutes(CHINESE, "會議系列: a", "x-案號: '1234'"), path) == []
    found = minutes(CHINESE, "x-案號: １２３４", "線上: 有", "foo: 1")
    assert told(found, path) == [
        ("key-missing", 3, 1, "缺少「會議系列」"),
        ("schema-value", 9, 7, "「x-案號」的寫法不對：「１２３４」"),
        ("schema-value", 10, 1, "「線上」在這裡不能寫"),
        ("key-unknown", 11, 1, "沒有「foo」這個欄位"),
    ]
    assert [fault.hint.zh for fault in schema.check(found, path)][1] == "四位數字"


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[1]",
        '{"type": "strin"}',
        '{"$ref": "https://example.org/a.json"}',
        '{"$ref": "file:///etc/passwd"}',
        '{"$ref": "#/$defs/none"}',
        '{"pattern": "("}',
        "\udcff",
    ],
)
def test_an_office_schema_that_cannot_be_used_is_a_failure_of_the_tool(text: str, tmp_path: Path) -> None:
    path = tmp_path / "office.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BadTemplate) as raised:
        list(schema.check(minutes(CHINESE, chair=None), path))
    assert str(path) in raised.value.say.zh
    assert str(path) in raised.value.say.en


def test_an_office_schema_that_is_not_there_or_never_ends_is_a_failure_too(tmp_path: Path) -> None:
    with pytest.raises(BadTemplate):
        list(schema.check(minutes(CHINESE), tmp_path / "none.json"))
    with pytest.raises(BadTemplate):
        list(schema.check(minutes(CHINESE), office(tmp_path, {"allOf": [{"$ref": "#"}, {"required": ["x-a"]}]})))


def test_a_schema_of_draft_7_may_refer_to_ours(tmp_path: Path) -> None:
    asked = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "allOf": [{"$ref": "minutes.schema.json"}],
        "required": ["end"],
    }
    assert told(minutes(CHINESE), office(tmp_path, asked)) == [("key-missing", 5, 1, "缺少「散會」")]


def test_patterns_are_portable() -> None:
    r"""`\d` means more to Python than to ECMA-262, and Rust knows no lookaround."""
    text = json.dumps(vocabulary.schema())
    assert not any(token in text for token in (r"\\d", r"\\w", r"\\s", "(?"))
