"""Check: its stages are gates, its diagnostics are in order and told once, and no field can make it fail."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from minutes_cli import registry
from minutes_cli.check import Checked, check, without_broken
from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.document import Meta, Place
from minutes_cli.settings import Settings
from minutes_cli.source import Source, Span

ROOT = Path(__file__).parent.parent

FIELDS = {
    "title": "title: 石門市智慧城市諮詢小組第5屆第4次會議",
    "organization": "organization: 石門市政府",
    "series": "series: smart-city",
    "term": "term: 5",
    "session": "session: 4",
    "kind": "kind: board",
    "date": "date: 113年5月2日（星期四）",
    "start": "start: 14:00",
    "end": "end: 16:20",
    "location": "location: 市府第二會議室",
    "online": "online: https://example.org/meet",
    "chair": "chair: {name: 許長文, title: 副市長, acting: true}",
    "recorder": "recorder: 江恩",
    "attendees": "attendees:\n  委員: [溫委員平, 馮委員玉]\n  官員: 如簽到表（附件1）",
    "observers": "observers: [羅組長立]",
    "guests": "guests: 潘君（陳君代）",
    "leave": "leave: [鄭委員二]",
    "absent": "absent: 無",
    "quorum": "quorum:\n  - {expected: 5, present: 3, unit: 人}",
    "attachments": "attachments:\n  - 簽到表\n  - {title: 簡報, url: 'https://example.org/a.pdf'}",
    "status": "status: confirmed",
    "excerpt": "excerpt: false",
    "next": "next: {date: 2024-06-06, start: 14:00, location: 市府}",
    "signatures": "signatures: [主席, 紀錄]",
    "document_no": "document_no: 石府資字第1130000001號",
    "classification": "classification: 普通",
    "public": "public: true",
    "language": "language: zh-Hant-TW",
    "custom": "custom: {編號: 7}",
}
BODY = """
## 主席致詞

略

## 報告事項

1. 感測網建置規劃（如附件2）。
2. 經費[^1]。

   | 項目 | 金額 |
   |---|---|
   | 場租 | 3,000 |

[^1]: 未稅。

## 討論事項

案由一：路口影像保存期限，請討論。
說明：
一、現行保存三十日。
二、警察局建議延長。
發言重點：
（一）溫委員平
1.是否延長？
資訊局回覆
1.可行。
表決：贊成 2 票，反對 1 票，出席 3 人。
決議：維持三十日。

- 主辦：資訊局
- 列管：是

## 臨時動議
"""
# What a recorder, a program or nobody may leave where a value belongs.
ODD = (
    "", "~", "true", "3", "-1", "0", "99999999999999999999", "1.5", "文字", "''", "' '", "[]", "{}", "[1, 2]", "[~]",
    "[[]]", "[[[甲]]]", "{甲: 乙}", "{甲: [乙]}", "{name: []}", "{title: {}}", "{file: [1]}", "{present: 甲}",
    "[{file: 3}]", "[{title: ~}]", "[{expected: x, present: [1]}]", "[{start: 9:00, end: []}]", "[{date: {}}]",
    "{date: [1], start: {}}", "'第〇次'", "113年13月40日（星期八）", "下午14時", "|\n  多行\n  文字", "[甲, 乙",
)  # fmt: skip


def meeting(fields: dict[str, str]) -> str:
    return "---\n" + "\n".join(fields.values()) + "\n---\n" + BODY


def judge(text: str, path: Path | None = None) -> Checked:
    return check(Source("m.md", text, path))


def told(checked: Checked) -> list[str]:
    return [f"{d.code}: {d.message.en}" for d in checked.diagnostics]


def test_the_full_meeting_is_faultless() -> None:
    assert told(judge(meeting(FIELDS))) == []


@pytest.mark.parametrize("field", FIELDS)
def test_a_dropped_field_breaks_nothing(field: str) -> None:
    checked = judge(meeting({key: line for key, line in FIELDS.items() if key != field}))
    assert all(d.message.zh and d.message.en for d in checked.diagnostics)


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize("field", FIELDS)
def test_a_mangled_field_breaks_nothing(field: str, odd: str) -> None:
    text = meeting({**FIELDS, field: f"{field}: {odd}"})
    checked = judge(text, Path("no-such-folder") / "m.md")
    for found in checked.diagnostics:
        assert 0 <= found.span.start <= found.span.end <= len(text)
        assert found.message.zh
        assert found.message.en


@pytest.mark.parametrize("field", FIELDS)
def test_a_badly_shaped_field_is_told_by_the_schema_and_by_no_rule(field: str) -> None:
    if field == "custom":
        return  # whatever it holds is the office's own
    rules = set(registry.names("rules"))
    checked = judge(meeting({**FIELDS, field: f"{field}: {{甲: {{乙: 丙}}}}"}))
    about_it = [d for d in checked.diagnostics if d.code in rules and field in d.message.en]
    assert about_it == []
    assert any(d.code not in rules for d in checked.diagnostics)


def test_sittings_in_the_place_of_start_and_end() -> None:
    fields = {key: line for key, line in FIELDS.items() if key not in ("start", "end")}
    for odd in ODD:
        judge(meeting({**fields, "sittings": f"sittings: {odd}"}))
        judge(
            meeting(
                {**fields, "sittings": f"sittings:\n  - {{start: 9:00, end: {odd.splitlines()[0] if odd else ''}}}"}
            )
        )


@pytest.mark.parametrize(
    "text", ["", "\n", "沒有會議資料", "---\n", "---\n- 清單\n---\n\n## 報告\n二、甲\n", "\x00", "---\n---"]
)
def test_what_is_not_whole_is_told_and_not_judged(text: str) -> None:
    checked = judge(text)
    rules = set(registry.names("rules"))
    assert checked.minutes.whole or not {d.code for d in checked.diagnostics} & rules
    assert checked.diagnostics


def test_diagnostics_stand_in_the_order_of_the_file_and_once() -> None:
    slips = meeting(
        {**FIELDS, "session": "session: 3", "date": "date: 113年5月2日（星期五）", "colour: 1": "colour: 1"}
    )
    checked = judge(slips.replace("2. 經費", "4. 經費").replace("反對 1 票", "反對 2 票").replace("附件2", "附件3"))
    assert [d.code for d in checked.diagnostics if d.severity == "error"] == [
        "title-session",
        "weekday",
        "key-unknown",
        "attachment-unlisted",
        "number-missing",
        "votes",
    ]
    assert list(checked.diagnostics) == sorted(checked.diagnostics, key=lambda d: d.span)
    assert len(set(checked.diagnostics)) == len(checked.diagnostics)


def test_the_bytes_speak_first() -> None:
    fault = Diagnostic(Span(3, 4), "encoding", Say("不是 UTF-8", "not UTF-8"))
    checked = check(Source("m.md", meeting(FIELDS), problems=(fault,)))
    assert checked.diagnostics == (fault,)


def test_a_shapeless_field_is_taken_out_and_goes_on_being_named() -> None:
    data = {"title": "甲", "session": [1], "date": "x"}
    places = {
        ("title",): Place(Span(0, 5), Span(7, 8)),
        ("session",): Place(Span(9, 16), Span(18, 21)),
        ("session", 0): Place(None, Span(19, 20)),
        ("date",): Place(Span(22, 26), Span(28, 29)),
    }
    fault = Diagnostic(Span(18, 21), "schema-type", Say("甲", "a"))
    meta = without_broken(Meta(data=data, places=places, broken=frozenset({"date"})), [fault])
    assert meta.data == {"title": "甲"}
    assert meta.broken == {"session", "date"}


def test_no_rule_imports_another() -> None:
    for path in (ROOT / "minutes_cli" / "rules").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
        names = [m.removeprefix("minutes_cli.rules.") for m in imported if m.startswith("minutes_cli.rules.")]
        assert all(name.startswith("_") for name in names), f"rules/{path.name} imports {names}"


def test_a_profile_can_be_asked_for() -> None:
    text = meeting({key: line for key, line in FIELDS.items() if key != "quorum"})
    assert "field-missing" in {d.code for d in judge(text).diagnostics}
    assert "field-missing" not in {
        d.code for d in check(Source("m.md", text), Settings(profile="advisory")).diagnostics
    }
