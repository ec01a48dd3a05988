"""The schema with Chinese keys is generated, fresh, and takes in an editor whatever `minutes check` takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from minutes_cli import parse, resources
from minutes_cli.front import frontmatter, vocabulary
from minutes_cli.front.decode import read
from minutes_cli.judging import schema
from minutes_cli.judging.editor_schema import chinese
from minutes_cli.source import Source

ROOT = Path(__file__).parent.parent
FILE = resources.folder("schemas") / "minutes.zh-TW.schema.json"

SAMPLES = {
    "least": "會議名稱: 甲會\n日期: 113年5月2日\n開始: 下午2時\n地點: 市府\n主席: 許文\n紀錄: 江恩\n出席人員: 甲、乙\n",
    "draft": "會議名稱: 甲會\n日期: 1130502\n開始: 0900\n地點: 101\n主席: 許文\n紀錄:\n出席: [甲]\n狀態: 草稿\n缺席:\n來賓: []\n",
    "full": """會議名稱: 甲會
文件名稱: 議事錄
屆次: 第2屆
會次: 第4次
類別: 董事會
會議日期: 113年5月2日（星期四）
分段時間: [{開始: 9:00, 結束: 中午12時}, {日期: 113/5/3, 開始: 14:00, 散會: 下午4時}]
會議地點: [市府, 線上]
主持人: {姓名: 許文, 職稱: 副市長, 機關: 市府, 單位: 秘書處, 代理: 是, 姓: 許, 角色: 召集人}
記錄: [江恩, {姓名: 江二, 出席方式: 線上, 時段: 上午, 備註: 註, 代理人: 陳君}]
出席: {委員: [王一, {姓名: 李二}], 機關: 張三, 姓: {姓名: 丁}}
列席人員: {姓名: 丙}
應到實到: [{應到: 5, 實到: 3}, {應到: "1,234.5", 實到: 900.25, 單位: 平方公尺}]
附件: [簽到表, {名稱: 簡報, 檔案: a.pdf, 網址: https://a.example}]
節錄: 否
公開: 不公開
下次會議: {日期: 113/6/1, 開始: 上午9時, 地點: 市府}
簽署: 主席、紀錄
文號: 1040001234
語言: zh-Hant-TW
自訂: {承辦: 甲}
x-甲: 1
""",
}


def typed(yaml: str) -> tuple[Any, list[str]]:
    """The data as an editor sees it, and what `minutes check` has against it."""
    source = Source("m.md", f"---\n{yaml}---\n")
    found = parse.parse(source)
    return frontmatter.load(yaml), [fault.message.zh for fault in (*found.problems, *schema.check(found))]


def test_the_file_is_what_the_schema_gives() -> None:
    fresh = json.dumps(chinese(), ensure_ascii=False, indent=2) + "\n"
    assert FILE.read_text(encoding="utf-8") == fresh, (
        "write it anew: python -c 'import json; from minutes_cli.judging.editor_schema import chinese; "
        "print(json.dumps(chinese(), ensure_ascii=False, indent=2))' > schemas/minutes.zh-TW.schema.json"
    )


@pytest.mark.parametrize("made", [vocabulary.schema(), chinese()], ids=["ours", "chinese"])
def test_both_are_valid_schemas_of_draft_2020_12(made: dict[str, Any]) -> None:
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema_rs.meta.validate(made)
    assert made["$id"].startswith("urn:minutes-cli:schema:minutes")


@pytest.mark.parametrize("yaml", SAMPLES.values(), ids=SAMPLES.keys())
def test_an_editor_takes_what_check_takes(yaml: str) -> None:
    data, faults = typed(yaml)
    assert faults == []
    assert [error.message for error in schema.compiled(chinese()).iter_errors(data)] == []


@pytest.mark.parametrize(
    "change",
    [
        {"主席": ...},
        {"會議名稱": ...},
        {"開始": ...},
        {"title": "甲"},
        {"主廣": "甲"},
        {"會次": 0},
        {"會次": [2]},
        {"狀態": "完成"},
        {"節錄": "也許"},
        {"附件": "簽到表"},
        {"附件": [{"檔案": "a"}]},
        {"附件": [{"名稱": "甲", "頁": 1}]},
        {"主席": {"職稱": "主任"}},
        {"分段時間": [{"開始": "9:00", "散會": "10:00"}]},
        {"應到實到": {"應到": 5}},
        {"地點": {"甲": "乙"}},
        {"來賓": [{"name": "甲"}]},
    ],
)
def test_an_editor_marks_what_check_reports(change: dict[str, Any]) -> None:
    data, faults = typed(SAMPLES["least"])
    assert faults == []
    made = {key: value for key, value in {**data, **change}.items() if value is not ...}
    assert not schema.compiled(chinese()).is_valid(made)


def test_every_field_of_ours_is_in_the_chinese_schema_under_its_label() -> None:
    made = chinese()
    for node in vocabulary.schema()["properties"].values():
        assert made["properties"][node["title"]]["description"] == node["description"]
        for alias in node["x-aliases"][1:]:
            assert made["properties"][alias]["doNotSuggest"] is True
    assert not any(key.isascii() and not key.startswith("^") for key in made["properties"])
    text = json.dumps(made["$defs"], ensure_ascii=False)
    assert '"name"' not in text
    assert '"x-aliases"' not in text


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.md")), ids=lambda path: path.stem)
def test_the_examples_are_valid_and_those_with_chinese_keys_in_an_editor_too(path: Path) -> None:
    found = parse.parse(read(path))
    assert [fault.message.zh for fault in schema.check(found)] == []
    if found.meta.chinese:
        data = frontmatter.plain(frontmatter.read(found.source).root)
        assert [error.message for error in schema.compiled(chinese()).iter_errors(data)] == []
