"""An office's own schema: fields that are read, checked, printed and offered to editors without a line of code."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from running import CLEAN, ROOT, run

from minutes_cli import parse, profile, registry
from minutes_cli.check import check
from minutes_cli.errors import BadTemplate
from minutes_cli.front import frontmatter, vocabulary
from minutes_cli.judging import schema
from minutes_cli.judging.editor_schema import chinese
from minutes_cli.lines import Line
from minutes_cli.printing import outline
from minutes_cli.render._docx import fields
from minutes_cli.settings import Settings
from minutes_cli.source import Source

REFERENCE = "minutes.schema.json#/$defs/"
OFFICE: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "石門市",
    "properties": {
        "case_no": {
            "title": "案號",
            "description": "四位數字的案號。",
            "x-description": "Four digits.",
            "x-aliases": ["案件編號"],
            "x-header": True,
            "type": "string",
            "pattern": "^[0-9]{4}$",
        },
        "approved": {"title": "核定日期", "$ref": f"{REFERENCE}date", "x-header": True},
        "witnesses": {"title": "見證人", "$ref": f"{REFERENCE}people", "x-header": True},
        "areas": {"title": "區域", "x-read": "list", "x-header": True, "type": "array", "items": {"type": "string"}},
        "public_seats": {"title": "旁聽席", "x-read": "number", "x-header": True, "type": "integer", "minimum": 1},
        "level": {"title": "層級", "$ref": "#/$defs/level"},
        "text": {"$ref": "#/$defs/text"},
        "classification": {"enum": ["普通", "密"], "description": "普通或密。"},
        "series": {"title": "系列代號", "x-aliases": ["代號"], "x-header": True},
        "online": False,
    },
    "required": ["case_no", "classification"],
    "dependentRequired": {"witnesses": ["approved"]},
    "$defs": {
        "level": {"type": "string", "enum": ["city", "area"], "x-values": {"市": "city", "區": "area"}},
        "text": {"type": "string", "maxLength": 3},  # not ours of that name
    },
}
FIELDS = {
    "案號": "案號: '0123'",
    "核定日期": "核定日期: 113年5月9日（星期四）",
    "見證人": "見證人: {市民: [丁, {姓名: 丙乙, 職稱: 里長}]}",
    "區域": "區域: 東區、西區",
    "旁聽席": "旁聽席: '1,200'",
    "層級": "層級: 市",
    "密等": "密等: 普通",
    "代號": "代號: smart-city",
}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return write(tmp_path, OFFICE)


def write(folder: Path, asked: Any) -> Path:
    path = folder / "office.json"
    path.write_text(json.dumps(asked, ensure_ascii=False), encoding="utf-8")
    return path


def meeting(**changes: str | None) -> str:
    lines = [line for line in ({**FIELDS, **changes}).values() if line is not None]
    return CLEAN.replace("---\n\n", "\n".join(lines) + "\n---\n\n", 1)


def told(source: str, path: Path) -> list[tuple[str, str, str]]:
    found = check(Source("m.md", source), Settings(schema=path)).diagnostics
    return [(one.code, source[one.span.start : one.span.end], one.message.zh) for one in found]


# ── check ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_new_fields_are_read_as_ours_are(office: Path) -> None:
    assert told(meeting(), office) == []
    data = parse.parse(Source("m.md", meeting()), Settings(schema=office)).meta.data
    assert {key: data[key] for key in ("case_no", "approved", "areas", "public_seats", "level", "series")} == {
        "case_no": "0123",
        "approved": "2024-05-09",
        "areas": ["東區", "西區"],
        "public_seats": 1200,
        "level": "city",
        "series": "smart-city",
    }
    assert data["witnesses"] == {"市民": ["丁", {"name": "丙乙", "title": "里長"}]}


def test_without_the_schema_they_are_unknown() -> None:
    codes = {code for code, *_ in told(meeting(), None)}  # type: ignore[arg-type]
    assert "key-unknown" in codes


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"案號": None}, [("key-missing", "", "缺少「case_no」（案號）")]),
        ({"案號": "案件編號: '123'"}, [("schema-value", "'123'", "「案件編號」的寫法不對：「123」")]),
        (
            {"案號": "案號: '0123'\ncase_no: '0124'"},
            [("key-twice", "case_no", "「案號」與「case_no」是同一欄，寫了兩次")],
        ),
        ({"核定日期": "核定日期: 113年13月9日"}, [("date-unreadable", "113年13月9日", None)]),
        ({"密等": "密等: 機密"}, [("schema-value", "機密", "「密等」應為普通、密其中之一，現在是「機密」")]),
        ({"層級": "層級: 里"}, [("schema-value", "里", "「層級」應為市（city）、區（area）其中之一，現在是「里」")]),
        ({"旁聽席": "旁聽席: 0"}, [("schema-value", "0", "「旁聽席」應為 1 以上的整數，現在是「0」")]),
        ({"見證人": "見證人: [{職稱: 里長}]"}, [("key-missing", None, "「見證人」第1項缺少「name」（姓名）")]),
        ({"核定日期": None}, [("key-missing", "", "缺少「approved」（核定日期）")]),
        ({"代號": "text: 一二三四"}, [("schema-value", "一二三四", "「text」應為最多 3 個字，現在是「一二三四」")]),
        ({"線上": "線上: 有"}, [("schema-value", "線上", "「線上」在這裡不能寫")]),
        ({"案浩": "案浩: 3"}, [("key-unknown", "案浩", "沒有「案浩」這個欄位")]),
    ],
)
def test_faults_are_told_in_the_words_of_the_office(
    office: Path, changes: dict[str, str | None], faults: list[tuple[str, str | None, str | None]]
) -> None:
    found = told(meeting(**changes), office)
    assert [code for code, *_ in found] == [code for code, *_ in faults]
    for (_, place, message), (_, wanted, said) in zip(found, faults, strict=True):
        assert wanted is None or place == wanted
        assert said is None or message == said


def test_hints_speak_of_the_office_too(office: Path) -> None:
    source = Source("m.md", meeting(案號="案號: '1'", 案浩="案浩: 3", 密等="密等: 機密"))
    hints = {one.code: one.hint for one in check(source, Settings(schema=office)).diagnostics}
    assert hints["key-unknown"].zh == "是不是「案號」？"
    values = [one.hint for one in check(source, Settings(schema=office)).diagnostics if one.code == "schema-value"]
    assert values == [("四位數字的案號。", "Four digits."), ("普通或密。", values[1].en)]


@pytest.mark.parametrize(
    "asked",
    [
        {"allOf": [{"$ref": "minutes.schema.json"}], **OFFICE},
        {"$ref": "urn:minutes-cli:schema:minutes", **OFFICE},
        {"allOf": [{"$ref": "urn:minutes-cli:schema:minutes"}, OFFICE], "$defs": OFFICE["$defs"]},
        {**OFFICE, "$schema": "http://json-schema.org/draft-07/schema#", "definitions": OFFICE["$defs"]},
    ],
    ids=["allOf", "ref", "within", "draft-07"],
)
def test_however_the_schema_refers_to_ours(tmp_path: Path, asked: dict[str, Any]) -> None:
    path = write(tmp_path, asked)
    assert told(meeting(), path) == []
    found = told(meeting(案號="案號: '1'"), path)
    assert [(code, message) for code, _, message in found] == [("schema-value", "「案號」的寫法不對：「1」")]


def test_a_copy_of_ours_that_was_changed(tmp_path: Path) -> None:
    copy = json.loads((ROOT / "schemas" / "minutes.schema.json").read_text(encoding="utf-8"))
    copy["properties"]["case_no"] = OFFICE["properties"]["case_no"]
    copy["$defs"]["text"]["maxLength"] = 30
    copy["required"].append("case_no")
    path = write(tmp_path, copy)
    assert told(CLEAN.replace("---\n\n", "案號: '0123'\n---\n\n", 1), path) == []
    found = told(CLEAN.replace("會議室", "會" * 31), path)
    assert {code for code, *_ in found} == {"schema-value", "key-missing"}


def test_fields_named_by_a_pattern(tmp_path: Path) -> None:
    path = write(tmp_path, {"patternProperties": {"^附記[0-9]$": {"type": "string"}}})
    assert told(CLEAN.replace("---\n\n", "附記1: 甲\n---\n\n", 1), path) == []
    found = told(CLEAN.replace("---\n\n", "附記1: [甲]\n附記: 乙\n---\n\n", 1), path)
    assert [code for code, *_ in found] == ["schema-type", "key-unknown"]


def test_a_definition_that_comes_to_itself_again(tmp_path: Path) -> None:
    tree = {"type": "object", "properties": {"name": {"type": "string"}, "below": {"$ref": "#/$defs/tree"}}}
    path = write(tmp_path, {"properties": {"tree": {"$ref": "#/$defs/tree"}}, "$defs": {"tree": tree}})
    line = "tree: {name: a, below: {name: b, below: {name: [c]}}}"
    found = told(CLEAN.replace("---\n\n", line + "\n---\n\n", 1), path)
    assert [(code, place) for code, place, _ in found] == [("schema-type", "[c]")]


def test_a_program_that_goes_on_reads_the_schema_anew(tmp_path: Path) -> None:
    path = write(tmp_path, {"required": ["series"]})
    assert [code for code, *_ in told(CLEAN, path)] == ["key-missing"]
    write(tmp_path, {"properties": {"附記": {"type": "string"}}})
    schema.forget()
    assert told(CLEAN.replace("---\n\n", "附記: 甲\n---\n\n", 1), path) == []


@pytest.mark.parametrize(
    ("asked", "zh"),
    [
        ({"properties": {"案號": {"x-aliases": ["日期"]}}}, "「日期」已經是「date」欄的名稱"),
        ({"properties": {"會議系列": {"type": "string"}}}, "「會議系列」已經是「series」欄的名稱"),
        ({"properties": {"a": {"title": "案號"}, "b": {"title": "案號"}}}, "「案號」已經是「a」欄的名稱"),
        ({"properties": {"a": {"x-aliases": ["title"]}}}, "「title」已經是「title」欄的名稱"),
        ({"required": ["會議系列"]}, "required 的「會議系列」請寫標準的鍵「series」"),
        ({"properties": {"a": {"x-read": "dates"}}}, "x-read 不能是 dates，要寫成 date | time"),
        ({"properties": {"a": {"items": {"x-read": 3}}}}, "x-read 不能是 3"),
        ({"properties": {"a": {"x-aliases": "b"}}}, 'x-aliases 不能是 b，要寫成 ["名稱"]'),
        ({"properties": {"a": {"x-values": ["b"]}}}, "x-values 不能是"),
        ({"properties": {"a": {"x-header": "yes"}}}, "x-header 不能是 yes"),
        ({"properties": {"a": {}}, "additionalProperties": False}, "連「title」欄都不准寫"),
    ],
)
def test_a_slip_in_the_schema_is_a_failure(tmp_path: Path, asked: Any, zh: str) -> None:
    path = write(tmp_path, asked)
    with pytest.raises(BadTemplate) as raised:
        told(CLEAN, path)
    assert raised.value.say.zh.startswith(f"綱要 {path} 不能用：")
    assert zh in raised.value.say.zh
    assert not re.search(r"[\u4e00-\u9fff]", raised.value.say.en.replace(str(path), "").translate(_NAMED))


_NAMED = {ord(char): None for char in "日期會議系列案號名稱字"}


def test_a_property_may_be_called_like_a_keyword_of_ours(tmp_path: Path) -> None:
    path = write(tmp_path, {"properties": {"x-read": {"type": "string"}, "x-values": {"type": "string"}}})
    assert told(CLEAN.replace("---\n\n", "x-read: a\n---\n\n", 1), path) == []


# ── render ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def rows(source: str, path: Path) -> list[tuple[str, str]]:
    minutes = parse.parse(Source("m.md", source), Settings(schema=path))
    lines = (entry for entry in outline.outline(minutes).entries if isinstance(entry, Line))
    return [
        (lead, "".join(node.text for node in cell))  # type: ignore[union-attr]
        for line in lines
        if line.kind in ("header", "more")
        for lead, cell in zip(line.leads or ("",), line.cells, strict=True)
    ]


def test_rows_of_the_header_follow(office: Path) -> None:
    found = rows(meeting(), office)
    assert found[-8:] == [
        ("出席人員：", "如簽到表"),
        ("系列代號：", "smart-city"),
        ("案號：", "0123"),
        ("核定日期：", "113年05月09日（星期四）"),
        ("見證人：", ""),
        ("", "市民：丁、丙里長乙"),
        ("區域：", "東區、西區"),
        ("旁聽席：", "1200"),
    ]


def test_an_office_profile_may_place_and_name_them(office: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "profile.yaml").write_text(
        "extends: advisory\nheader: [case_no, time, location, [chair, recorder], attendees]\nlabels: {case_no: 文件案號}\n",
        encoding="utf-8",
    )
    chosen = Settings(schema=office, templates=own)
    minutes = parse.parse(Source("m.md", meeting()), chosen)
    assert minutes.profile == profile.load("advisory", own)
    header = [line for line in outline.outline(minutes).entries if isinstance(line, Line) and line.kind == "header"]
    assert header[0].lead == "文件案號："
    assert sum(line.lead == "案號：" for line in header) == 0


@pytest.mark.parametrize("name", registry.names("render"))
def test_every_format_prints_them(office: Path, folder: Path, name: str) -> None:
    (folder / "m.md").write_text(meeting(), encoding="utf-8")
    (folder / "minutes.toml").write_text('schema = "office.json"', encoding="utf-8")
    assert run("check", "m.md").exit_code == 0
    result = run("render", "m.md", "--to", name)
    assert result.exit_code == 0, result.output
    suffix = registry.load("render", name).SUFFIX
    data = (folder / f"m{suffix}").read_bytes()
    if name in ("text", "html", "json"):
        assert "核定日期" in data.decode()
    assert run("render", "m.md", "--to", name, "-o", "b/", "--schema", "office.json").exit_code == 0
    assert (folder / "b" / f"m{suffix}").read_bytes() == data


def test_a_word_reference_may_name_them(office: Path) -> None:
    minutes = parse.parse(Source("m.md", meeting()), Settings(schema=office))
    printed = outline.outline(minutes)
    shown = {name: fields.text(f"m.{name}", printed, minutes) for name in ("案號", "approved", "見證人", "代號", "x-a")}
    assert shown == {
        "案號": "0123",
        "approved": "113年05月09日（星期四）",
        "見證人": "市民：丁、丙里長乙",
        "代號": "smart-city",
        "x-a": "",
    }


# ── for editors ─────────────────────────────────────────────────────────────────────────────────────────────────────


def printed(folder: Path, *arguments: str) -> Any:
    result = run("schema", *arguments)
    assert result.exit_code == 0, result.output
    made = json.loads(result.stdout)
    jsonschema_rs.meta.validate(made)
    return made


def test_the_merged_schema_is_printed_and_says_what_check_says(office: Path, folder: Path) -> None:
    made = printed(folder, "--schema", str(office))
    assert made == vocabulary.schema(office)
    assert (made["title"], made["$id"]) == ("石門市", "urn:minutes-cli:schema:minutes:office")
    valid = schema.compiled(made).is_valid
    data = parse.parse(Source("m.md", meeting()), Settings(schema=office)).meta.data
    assert valid(data)
    for change in (
        {"case_no": "1"},
        {"case_no": ...},
        {"online": "有"},
        {"classification": "機密"},
        {"level": "里"},
        {"approved": ...},
        {"text": "一二三四"},
        {"foo": 1},
        {"title": ...},
    ):
        changed = {key: value for key, value in {**data, **change}.items() if value is not ...}
        assert not valid(changed), change


def test_the_merged_schema_in_chinese_takes_what_is_typed(office: Path, folder: Path) -> None:
    made = printed(folder, "--language", "zh", "--schema", str(office))
    assert made == chinese(office)
    assert {"案號", "案件編號", "核定日期", "旁聽席", "系列代號"} <= made["properties"].keys()
    words = meeting().replace("title:", "會議名稱:").replace("date:", "日期:").replace("start:", "開始:")
    for key, name in (
        ("end", "散會"),
        ("location", "地點"),
        ("chair", "主席"),
        ("recorder", "紀錄"),
        ("attendees", "出席"),
    ):
        words = words.replace(f"\n{key}:", f"\n{name}:")
    assert told(words, office) == []
    data = frontmatter.plain(frontmatter.read(Source("m.md", words)).root)
    valid = schema.compiled(made).is_valid
    assert [error.message for error in schema.compiled(made).iter_errors(data)] == []
    for change in ({"案號": ...}, {"案浩": 1}, {"層級": "里"}, {"密等": "機密"}, {"線上": "有"}, {"核定日期": ...}):
        assert not valid({key: value for key, value in {**data, **change}.items() if value is not ...}), change


def test_the_schema_of_the_settings_is_printed(folder: Path) -> None:
    assert printed(folder, "--settings")["$id"] == "urn:minutes-cli:schema:settings"
    result = run("schema", "--settings", "--schema", "clean.md")
    assert (result.exit_code, "--schema 與 --settings 不能一起用" in result.stderr) == (2, True)


def test_the_sample_of_the_page_works(folder: Path) -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    sample = re.findall(r"^```json\n(.*?)^```", page, re.S | re.M)[0]
    (folder / "office.json").write_text(sample, encoding="utf-8")
    (folder / "minutes.toml").write_text('schema = "office.json"', encoding="utf-8")
    assert "缺少「case_no」（案號）" in run("check", "clean.md").stdout
    words = CLEAN.replace("---\n\n", "案號: '0123'\n核定日期: 113/5/9\n密等: 密\n---\n\n", 1)
    (folder / "clean.md").write_text(words, encoding="utf-8")
    assert run("check", "clean.md").exit_code == 0
    shown = run("render", "clean.md", "--to", "text", "-o", "-").stdout
    assert "案號：0123" in shown
    assert "核定日期：113年05月09日（星期四）" in shown
