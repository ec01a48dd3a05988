"""The document that `--to json` writes, and the schema that describes all of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import ROOT

from minutes_cli import labels, lines, parse, sections
from minutes_cli.body import tracking
from minutes_cli.front import decode
from minutes_cli.printing import header, outline
from minutes_cli.render import json as document

EXAMPLES = sorted((ROOT / "examples").glob("*.md"))
SCHEMA = json.loads((ROOT / "schemas" / "document.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema_rs.Draft202012Validator(SCHEMA)


def written(text: str, name: str = "m.md") -> bytes:
    minutes = parse.parse(decode.decode(text.encode("utf-8", "surrogatepass"), name))
    return document.render(outline.outline(minutes), minutes)


def read(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written(text))
    VALIDATOR.validate(found)
    return found


def example(path: Path) -> dict[str, Any]:
    return read(path.read_text(encoding="utf-8"))


def walk(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        yield block
        yield from walk(block.get("blocks", []))


HEAD = "---\ntitle: 石門市智慧城市諮詢小組第4次會議\nseries: shimen\nsession: 4\ndate: 2024-05-02\n---\n"


# ── the schema ──────────────────────────────────────────────────────────────────────────────────────────────────────


def objects(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "properties" in node:
            yield node
        for child in node.values():
            yield from objects(child)
    elif isinstance(node, list):
        for child in node:
            yield from objects(child)


def test_the_schema_tells_of_every_key_and_allows_no_other() -> None:
    jsonschema_rs.meta.validate(SCHEMA)
    found = list(objects(SCHEMA))
    assert len(found) > 15
    for node in found:
        assert node["additionalProperties"] is False
        assert node["required"] == sorted(node["properties"])
        assert node["title"]
        assert node["description"]
        for key, told in node["properties"].items():
            assert told["title"], key
            assert told["description"].endswith("。"), key


def test_the_schema_knows_every_kind_that_the_program_knows() -> None:
    told = SCHEMA["$defs"]
    assert told["label"]["properties"]["kind"]["enum"] == list(labels.KINDS)
    assert set(told["section"]["properties"]["role"]["enum"]) == {*sections.ROLES, "preamble", None}
    assert told["line"]["properties"]["kind"]["enum"] == list(lines.KINDS)
    assert set(told["tracked"]["properties"]["disposal"]["enum"]) == {*tracking.DISPOSALS, None}
    assert set(told["people"]["properties"]["field"]["enum"]) == set(header.PEOPLE)


# ── the document ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_valid_and_written_the_same_twice(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    first = written(text)
    assert first == written(text)
    found = json.loads(first)
    VALIDATOR.validate(found)
    assert first.decode() == json.dumps(found, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    printed = [(line["kind"], line.get("number"), line.get("lead")) for line in found["printed"]]
    minutes = parse.parse(decode.read(path))
    assert printed == [
        (e.kind, e.number or None, e.lead or None) if isinstance(e, lines.Line) else ("table", None, None)
        for e in outline.outline(minutes).entries
    ]


def test_the_meetings_decisions_have_ids_names_and_lines() -> None:
    found = example(ROOT / "examples" / "moea-open-data-2.md")
    seventh = found["decisions"][6]
    assert seventh["id"] == "moea-open-data/2-7"
    assert (seventh["number"], seventh["name"], seventh["section"]) == ("7", "第2次會議決議7", "玖、")
    assert seventh["owners"] == ["中小企業處", "台灣電力公司"]
    assert (seventh["due"], seventh["due_date"]) == ("下次會議", None)
    source = (ROOT / "examples" / "moea-open-data-2.md").read_text(encoding="utf-8").split("\n")
    assert "中小企業處" in source[seventh["line"] - 1]
    inside = {block.get("decision") for section in found["sections"] for block in walk(section["blocks"])} - {None}
    assert inside == {decision["id"] for decision in found["decisions"]}
    assert found["file"] == "m.md"


def test_sections_items_and_speakers_carry_their_computed_numbers() -> None:
    found = read(HEAD + "\n## 專題分享\n\n發言重點：\n\n- 溫委員平：同意\n  1. 甲\n\n## 報告事項（附註）：略\n")
    shared, other = found["sections"]
    assert (shared["role"], shared["number"], shared["ordinal"], shared["name"]["text"]) == (
        *("presentation", "貳、", 2),
        "專題分享",
    )
    told = (other["role"], other["number"], other["note"]["text"], other["prose"]["text"])
    assert told == ("report", "參、", "（附註）", "略")
    speaker = next(block for block in walk(shared["blocks"]) if block.get("speaker"))
    assert (speaker["speaker"], speaker["number"], speaker["typed"]) == ("溫委員平", "（一）", None)
    assert speaker["blocks"][0]["number"] == "1."
    assert shared["anchor"] == "section-1"


def test_words_stand_as_plain_text_and_as_they_were_written() -> None:
    found = read(HEAD + "\n## 其他\n\n**重**點[^a]見[網頁](https://example.org)\n\n[^a]: 註\n")
    paragraph = found["sections"][0]["blocks"][0]
    assert paragraph["text"] == "重點[1]見網頁"
    assert paragraph["markdown"] == "**重**點[^a]見[網頁](https://example.org)"
    assert found["footnotes"][0]["label"] == "a"
    assert found["footnotes"][0]["number"] == 1


def test_a_numbered_line_inside_a_footnote_has_its_number() -> None:
    found = read(HEAD + "\n## 其他\n\n甲[^a]\n\n[^a]: 註\n\n    1. 乙\n")
    items = [block for block in walk(found["footnotes"][0]["blocks"]) if block["type"] == "item"]
    assert [item["number"] for item in items] == ["一、"]


def test_people_are_lifted_as_they_print_and_in_their_parts() -> None:
    text = HEAD.replace("---\n##", "").replace(
        "date:",
        "attendees:\n  委員: [{name: 許文, title: 副市長, acting: true}, 周　翊]\nabsent: 如簽到表（附件1）\ndate:",
    )
    found = {field["field"]: field for field in read(text + "\n## 其他\n")["people"]}
    group = found["attendees"]["groups"][0]
    assert group["name"] == "委員"
    assert [person["prints"] for person in group["persons"]] == ["許副市長文（代）", "周　翊"]
    assert group["persons"][0]["acting"] is True
    assert group["persons"][1]["name"] is None
    assert found["absent"]["text"] == "如簽到表（附件1）"
    assert found["absent"]["groups"] == []


def test_attachments_have_numbers_and_only_harmless_links() -> None:
    given = "attachments:\n  - 簽到表\n  - {title: 簡報, file: 附件/簡報 2.pdf}\n  - {title: 壞, url: 'javascript:x'}\n"
    found = read(HEAD.replace("date:", given + "date:") + "\n## 其他\n")["attachments"]
    assert [(one["number"], one["title"], one["link"]) for one in found] == [
        (1, "簽到表", None),
        (2, "簡報", "%E9%99%84%E4%BB%B6/%E7%B0%A1%E5%A0%B1%202.pdf"),
        (3, "壞", None),
    ]
    assert found[2]["url"] == "javascript:x"


def test_tracking_rows_tell_which_decision_is_meant() -> None:
    rows = "| 決議 | 辦理情形 | 列管 |\n|---|---|---|\n| 第1次會議結論3 | 已辦 | 解除列管 |\n| 不知哪一項 |  |  |\n"
    found = read(f"{HEAD}\n## 歷次會議決議追蹤\n\n{rows}")["tracking"]
    assert found[0]["decisions"] == [{"body": None, "term": None, "session": 1, "number": 3}]
    assert (found[0]["said"], found[0]["disposal"], found[0]["line"]) == ("已辦", "解除列管", 12)
    assert (found[1]["reference"], found[1]["decisions"], found[1]["said"]) == ("不知哪一項", [], None)


PIECES = (
    *("## 專題分享\n", "## 決議事項：\n", "## 歷次會議決議追蹤\n", "### 案由一：甲\n", "發言重點：\n", "決議：照案\n"),
    *(
        "1. 甲\n   - 主辦：乙\n   - 期限：113/6/30\n",
        "（一）乙\n",
        "資訊局回覆\n",
        "- 甲\n  > 引\n",
        "> > 深\n",
        "```x\n碼\n```\n",
    ),
    *(
        "| 甲 | 乙 |\n|:-:|--|\n| 1 | 2 | 3 |\n",
        "---\n",
        "[^a]: 註\n\n    1. 乙\n",
        "文字[^a]\n",
        "## 散會\n",
        "## \n",
        "\n",
        "    碼\n",
    ),
    *(
        "{{ 7*7 }}\n",
        "\u2028\x01\ud800\n",
        "## 臨時動議\n",
        "一、案由：甲\n",
        "甲、\n",
        "（甲）乙：丙\n",
        "![圖](a.png)\n",
    ),
)
FRONTS = (
    *(
        "",
        "---\ntitle: 甲\n---\n",
        HEAD,
        "---\ntitle: [1, {a: b}]\nattachments: 甲\nattendees: {a: 1}\nsession: 第二次\n---\n",
    ),
    *(
        "---\nterm: 3\nsession: 2\nattachments: [甲, {title: 乙, file: ../b}, 3, null]\nchair: \nrecorder: 3\n---\n",
        "---\n: :\n",
    ),
)


@settings(deadline=None, max_examples=80)
@given(st.sampled_from(FRONTS), st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=8))
def test_whatever_stands_in_the_file_the_document_is_valid(front: str, pieces: list[str]) -> None:
    read(front + "\n".join(pieces))
