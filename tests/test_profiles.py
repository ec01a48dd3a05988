"""Profiles: what ships is sound and documented, what an office changes is taken or told apart."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from minutes_cli import labels, parse, profile, registry, sections
from minutes_cli.errors import BadTemplate
from minutes_cli.front import frontmatter
from minutes_cli.front.vocabulary import schema
from minutes_cli.printing import header, outline
from minutes_cli.profile import Profile
from minutes_cli.settings import Settings
from minutes_cli.source import Source

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "profiles.md").read_text(encoding="utf-8")
KEYS = [name for name in Profile.__struct_fields__ if name not in ("name", "folders")]

MEETING = """---
title: 石門市智慧城市諮詢小組第4次會議
kind: {kind}
date: 2024-05-02
start: 14:00
end: 16:20
location: 市府第二會議室
chair: 許副市長文(代)
recorder: 江恩
attendees: 如簽到表
quorum:
  - {{expected: 96, present: 72, unit: 人}}
  - {{expected: 9000.5, present: 6000, unit: 平方公尺}}
custom: {{案號: A-1}}
---

## 主席致詞

略

## 報告事項

一、業務報告。
"""


def printed(kind: str = "advisory", own: Path | None = None) -> list[str]:
    minutes = parse.parse(Source("m.md", MEETING.format(kind=kind)), Settings(templates=own))
    rendered: bytes = registry.load("render", "text").render(outline.outline(minutes), minutes)
    return [line.strip("　") for line in rendered.decode().splitlines()]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            "advisory",
            """石門市智慧城市諮詢小組第4次會議紀錄
            壹、時間：113年05月02日（星期四）14:00
            貳、地點：市府第二會議室
            參、主席：許副市長文(代)　　　　　　記錄：江恩
            肆、出席人員：如簽到表
            伍、應到實到：應到96人，實到72人；應到9,000.5平方公尺，實到6,000平方公尺
            陸、主席致詞：略
            柒、報告事項：
            一、業務報告。
            散會：（下午4:20）""",
        ),
        (
            "committee",
            """石門市智慧城市諮詢小組第4次會議紀錄
            時間：中華民國113年5月2日（星期四）下午2時
            地點：市府第二會議室
            主席：許副市長文(代)　　　　　　紀錄：江恩
            出席人員：如簽到表
            應到實到：應到96人，實到72人；應到9,000.5平方公尺，實到6,000平方公尺
            案號：A-1
            壹、主席致詞：略
            貳、報告事項：
            一、業務報告。
            散會：下午4時20分""",
        ),
        (
            "procurement",
            """石門市智慧城市諮詢小組第4次會議紀錄
            一、案號：A-1
            二、開會時間：113年5月2日（星期四）下午2時
            三、開會地點：市府第二會議室
            四、主席：許副市長文(代)　　　　　　紀錄：江恩
            五、出席委員：如簽到表
            六、出席情形：委員總額96人，出席72人；委員總額9,000.5平方公尺，出席6,000平方公尺
            壹、主席致詞：略
            貳、報告事項：
            一、業務報告。
            散會：下午4時20分
            主席：＿＿＿＿＿＿＿＿
            出席委員：＿＿＿＿＿＿＿＿
            紀錄：＿＿＿＿＿＿＿＿""",
        ),
        (
            "board",
            """石門市智慧城市諮詢小組第4次會議議事錄
            時間：中華民國113年5月2日（星期四）下午2時
            地點：市府第二會議室
            主席：許副市長文(代)　　　　　　紀錄：江恩
            出席人數：應出席96人，實際出席72人；應出席9,000.5平方公尺，實際出席6,000平方公尺
            出席董事：如簽到表
            案號：A-1
            壹、主席致詞：略
            貳、報告事項：
            一、業務報告。
            散會：下午4時20分
            主席：＿＿＿＿＿＿＿＿
            紀錄：＿＿＿＿＿＿＿＿""",
        ),
        (
            "owners",
            """石門市智慧城市諮詢小組第4次會議紀錄
            時間：中華民國113年5月2日（星期四）下午2時
            地點：市府第二會議室
            主席：許副市長文(代)　　　　　　紀錄：江恩
            出席人員：如簽到表
            出席情形：應出席96人，實際出席72人（75.00%）；應出席9,000.5平方公尺，實際出席6,000平方公尺（66.66%）
            案號：A-1
            壹、主席致詞：略
            貳、報告事項：
            一、業務報告。
            散會：下午4時20分
            主席：＿＿＿＿＿＿＿＿
            紀錄：＿＿＿＿＿＿＿＿""",
        ),
    ],
)
def test_one_meeting_in_each_layout(kind: str, expected: str) -> None:
    assert printed(kind) == [line.strip() for line in expected.splitlines()]


def test_the_shareholders_layout_tells_the_rate_of_shares_present() -> None:
    row = next(line for line in printed("shareholders") if line.startswith("出席股數："))
    assert "已發行股份總數（扣除無表決權者）96人，出席股東及代理人代表72人，出席率75.00%" in row


# ── what ships ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", profile.names())
def test_a_shipped_profile_names_only_what_exists(name: str) -> None:
    layout = profile.load(name)
    fields = {*header.FIELDS, "custom"}
    assert {field for row in layout.header for field in row} <= fields
    assert len({field for row in layout.header for field in row}) == sum(len(row) for row in layout.header)
    assert set(layout.required_sections) | set(layout.empty) <= set(sections.ROLES)
    assert set(layout.required_fields) <= set(schema()["properties"])
    assert set(layout.required_labels) <= set(labels.KINDS)
    assert set(layout.labels) == set(profile.load("advisory").labels)


@pytest.mark.parametrize("name", profile.names())
def test_a_shipped_profile_writes_down_nothing_twice(name: str) -> None:
    """A key that says what the profile it extends says already would not follow when that one changes."""
    values = frontmatter.load((ROOT / "templates" / name / "profile.yaml").read_text(encoding="utf-8"))
    parent = values.pop("extends", None)
    if parent is None:
        assert name == profile.DEFAULT
        return
    base = profile.load(parent)
    for key in (key for key in values if key not in ("labels", "empty")):
        assert getattr(profile.load(name), key) != getattr(base, key), key
    for key, word in values.get("labels", {}).items():
        assert word != base.labels[key], key


# ── what an office changes ──────────────────────────────────────────────────────────────────────────────────────────


def own(folder: Path, text: str) -> Path:
    (folder / "profile.yaml").write_text(text, encoding="utf-8")
    return folder


def test_an_offices_folder_changes_only_what_it_says(tmp_path: Path) -> None:
    lines = printed("board", own(tmp_path, "labels: {recorder: 記錄}\nsignatures: [主席]\n"))
    assert "主席：許副市長文(代)　　　　　　記錄：江恩" in lines
    assert lines[-1] == "主席：＿＿＿＿＿＿＿＿"
    assert "出席董事：如簽到表" in lines


def test_an_offices_folder_may_extend_another_layout_than_the_meetings(tmp_path: Path) -> None:
    assert "出席情形：應出席96人" in "".join(printed("board", own(tmp_path, "extends: owners\n")))


def test_an_offices_folder_without_a_profile_keeps_the_layout(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    assert profile.load("owners", tmp_path).folders[0] == tmp_path
    assert printed("owners", tmp_path) == printed("owners")


def test_levels_are_only_the_printed_look(tmp_path: Path) -> None:
    folder = own(tmp_path, 'levels: [一、, (一), "1、", 甲、, （甲）, "1)", "(1)"]\nheader_levels: "1."\n')
    lines = printed("advisory", folder)
    assert lines[1].startswith("1.時間：")
    assert lines[-3:] == ["七、報告事項：", "(一)業務報告。", "散會：（下午4:20）"]


def test_no_colon_and_no_run_in(tmp_path: Path) -> None:
    lines = printed("committee", own(tmp_path, 'colon: ""\nrun_in: 0\n'))
    assert "壹、主席致詞" in lines
    assert lines[lines.index("壹、主席致詞") + 1] == "略"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("foo: 1", "不認得「foo」這個鍵"),
        ("name: x", "不認得「name」這個鍵"),
        ("extends: nope", "沒有「nope」這個版面；可用的有：advisory、board、committee"),
        ("extends: ../../board", "沒有「../../board」這個版面"),
        ("header: time", "「header」要寫成清單"),
        ("levels: [壹、]", "「levels」要寫 7 層，現在有 1 層"),
        ("levels: [a, b, c, d, e, f, g]", "「levels」的「a」裡沒有"),
        ("header_levels: x", "「header_levels」的「x」裡沒有"),
        ("numbered: 1", "「numbered」不能是 1"),
        ("run_in: many", "「run_in」不能是 many"),
        ("labels: [a]", "「labels」不能是"),
        ("date:", "「date」不能是 None"),
        ('date: "{foo}"', "「date」不認得 {foo}；可用的有：{roc}、{year}、{month}、{day}、{weekday}"),
        ('time: "{hour.real}"', "「time」不認得 {hour.real}"),
        ('quorum: "{expected:,"', "「quorum」的寫法 {expected:, 不對"),
        ("tracking: later", "「tracking」不能是 later；可用的有：behind、table、none"),
        ("attachments: all", "「attachments」不能是 all；可用的有：list、none"),
        ("- a", "應該是「鍵: 值」"),
        ("a: [", "讀不懂"),
    ],
)
def test_a_faulty_profile_is_told_before_anything_is_printed(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BadTemplate) as caught:
        profile.load("board", own(tmp_path, text))
    assert told in caught.value.say.zh
    assert caught.value.say.en


def test_profiles_that_extend_each_other_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profile.resources, "folder", lambda _: tmp_path)
    for name, other in (("a", "b"), ("b", "a")):
        (tmp_path / name).mkdir()
        own(tmp_path / name, f"extends: {other}\n")
    with pytest.raises(BadTemplate) as caught:
        profile.load.__wrapped__("a")
    assert "互相延伸" in caught.value.say.zh


# ── docs/profiles.md ────────────────────────────────────────────────────────────────────────────────────────────────


def rows(page: str) -> dict[str, list[str]]:
    """The cells of the tables' rows that begin with a key, by that key."""
    found = (line.strip().strip("|").split("|") for line in page.splitlines() if line.startswith("| `"))
    return {cells[0].strip(): [cell.strip() for cell in cells] for cells in found}


def test_every_key_is_documented_with_its_value() -> None:
    documented = rows(PAGE[PAGE.index("## 每一個鍵") : PAGE.index("### `header`")])
    values = frontmatter.load((ROOT / "templates" / "advisory" / "profile.yaml").read_text(encoding="utf-8"))
    assert {f"`{key}`" for key in ("extends", *KEYS)} <= set(documented)
    for key in KEYS:
        value = values[key]
        if isinstance(value, str | bool | int):
            word = str(value).lower() if isinstance(value, bool) else str(value)
            assert documented[f"`{key}`"][2].strip("`") == word, key


def test_every_label_role_kind_and_form_field_is_documented() -> None:
    for name, word in profile.load("advisory").labels.items():
        assert re.search(rf"`{name}` \| {word} \|", PAGE), name
    for name in (*header.FIELDS, *sections.ROLES, *labels.KINDS, *profile.names()):
        assert f"`{name}`" in PAGE, name
    for key, samples in profile._FORMS.items():
        assert all(f"`{{{name}}}`" in PAGE for name in samples), key
