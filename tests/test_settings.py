"""minutes.toml: which one counts, what it may say, how a slip in it is told, and what goes before it."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from running import CLEAN, ROOT, run

from minutes_cli import parse, profile, resources, settings
from minutes_cli.check import check
from minutes_cli.errors import BadSettings
from minutes_cli.office import settings_file, settings_values
from minutes_cli.printing import outline
from minutes_cli.render import text
from minutes_cli.settings import Options, Settings
from minutes_cli.source import Source, Span

SCHEMA = json.loads((resources.folder("schemas") / "settings.schema.json").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _forget() -> None:
    settings.forget()


def toml(folder: Path, words: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "minutes.toml"
    path.write_text(words, encoding="utf-8")
    settings.forget()
    return path


def told(source: str, chosen: Settings) -> list[tuple[str, str]]:
    return [(found.code, found.message.zh) for found in check(Source("m.md", source), chosen).diagnostics]


# ── which one ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_nearest_counts_alone(tmp_path: Path) -> None:
    outer = toml(tmp_path, 'profile = "committee"\nlanguage = "en"\n')
    inner = toml(tmp_path / "a" / "b", 'ignore = ["yaml"]\n')
    assert settings.nearest(tmp_path / "m.md").file == outer
    assert settings.nearest(tmp_path / "a" / "m.md").profile == "committee"
    found = settings.nearest(tmp_path / "a" / "b" / "c" / "m.md")
    assert (found.file, found.ignore, found.profile, found.language) == (inner, ("yaml",), "", "")


def test_where_there_is_none_nothing_is_chosen(tmp_path: Path) -> None:
    assert settings.nearest(tmp_path / "m.md") == settings.NONE
    assert settings.of(None, Options(isolated=True)) == settings.NONE


def test_a_folder_is_looked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = toml(tmp_path, 'ignore = ["yaml"]')
    reads: list[Path] = []
    read = settings_file.read
    monkeypatch.setattr(settings_file, "read", lambda path: reads.append(path) or read(path))
    for number in range(3):
        assert settings.nearest(tmp_path / "a" / f"{number}.md").ignore == ("yaml",)
    assert reads == [path]


def test_standard_input_lies_in_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toml(tmp_path, 'ignore = ["yaml"]')
    monkeypatch.chdir(tmp_path)
    assert settings.nearest(None).ignore == ("yaml",)


def test_paths_start_from_the_file(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "office.json").write_text("{}", encoding="utf-8")
    toml(tmp_path / "a", 'schema = "../office.json"\ntemplates = "../own"')
    found = settings.nearest(tmp_path / "a" / "m.md")
    assert (found.schema, found.templates) == (tmp_path / "office.json", tmp_path / "own")


# ── slips in it ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "line", "zh", "en"),
    [
        (
            '\nprofil = "board"',
            2,
            "沒有「profil」這個設定，是不是「profile」？",
            "no setting profil; did you mean profile?",
        ),
        ('fail_level = "error"', 1, "是不是「fail-level」？", "did you mean fail-level?"),
        ("colour = 1", 1, "可用的有：profile、templates", "known: profile, templates"),
        ('profile = "comittee"', 1, "是不是「committee」？", "did you mean committee?"),
        ("profile = 3", 1, "「profile」要寫一段文字", "profile must be text"),
        ('fail-level = "warn"', 1, "是不是「warning」？", "did you mean warning?"),
        ('language = "fr"', 1, "可用的有：zh、en", "known: zh, en"),
        ('schema = "none.json"', 1, "找不到", "does not exist"),
        ('select = "yaml"', 1, "「select」要寫成清單", "select must be a list"),
        ('select = [\n  "yaml",\n  "nubmer",\n]', 1, "是不是「number」？", "did you mean number?"),
        ('# a\n\nignore = ["wekday"]', 3, "是不是「weekday」？", "did you mean weekday?"),
        ('exclude = ["#"]', 1, "「#」不是檔名的樣式", "'#' is no pattern of file names"),
        ('defaults = "a"', 1, "要寫成一節：[defaults]", "must be a table: [defaults]"),
        (
            'language = "zh"\n[severity]\nyaml = "warning"\nweekday = "eror"',
            4,
            "是不是「error」？",
            "did you mean error?",
        ),
        ('[severity]\nwekday = "error"', 2, "是不是「weekday」？", "did you mean weekday?"),
        ('[per-file-ignores]\n"a/" = ["wekday"]', 2, "是不是「weekday」？", "did you mean weekday?"),
        ('[people]\n"甲" = ["乙"]\n\n"丙" = [\n  "乙",\n]', 4, "「乙」已經是「甲」的寫法", "乙 stands for 甲 already"),
        ('[people]\n"甲" = 3', 2, "「甲」要寫成清單", "甲 must be a list"),
        ('機關 = "a"', 1, '中文的名稱要加引號："機關"', 'needs quotation marks: "機關"'),
        ('[defaults]\n機關 = "a"', 2, '要加引號："機關"', 'needs quotation marks: "機關"'),
        ("ignore = [", 1, "不合 TOML 的寫法", "this is no TOML"),
        ('a = "\n', 1, "不合 TOML 的寫法", "this is no TOML"),
    ],
)
def test_a_slip_is_told_at_its_line(tmp_path: Path, words: str, line: int, zh: str, en: str) -> None:
    path = toml(tmp_path, words)
    with pytest.raises(BadSettings) as raised:
        settings.nearest(tmp_path / "m.md")
    said = raised.value.say
    assert said.zh.startswith(f"{path}:{line}："), said.zh
    assert said.en.startswith(f"{path}:{line}: "), said.en
    assert zh in said.zh
    assert en in said.en


@pytest.mark.parametrize(
    ("words", "line", "zh"),
    [
        ('[defaults]\ntitel = "甲"', 2, "沒有「titel」這個欄位；是不是「title」？"),
        ('[defaults]\nlocation = "a"\nsession = "x"', 3, "「session」應為 1 以上的整數，現在是「x」"),
        ('[defaults]\n"日期" = "113年13月1日"', 2, "月"),
        ('[defaults]\nstatus = "完成"', 2, "「status」應為初稿"),
        ('[defaults]\nkind = "comittee"', 2, "沒有「comittee」這種會議類別"),
        ('[defaults]\nlocation = " "', 2, "「location」沒有填"),
        ('[defaults]\nattachments = [{file = "a"}]', 2, "「attachments」第1項缺少"),
        ('[defaults]\ndate = 2024-05-02\n"日期" = "113/5/2"', 3, "「date」與「日期」是同一欄"),
    ],
)
def test_a_default_that_is_no_value_of_its_field_is_told_once(folder: Path, words: str, line: int, zh: str) -> None:
    toml(folder, words)
    result = run("check", ".")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"錯誤：minutes.toml:{line}：")
    assert zh in result.stderr
    assert result.stdout == ""


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "minutes.toml").write_bytes("profile = '會'".encode("cp950"))
    with pytest.raises(BadSettings, match="cannot be read: UTF-8"):
        settings.nearest(tmp_path / "m.md")


@pytest.mark.parametrize(
    ("words", "keys", "line"),
    [
        ("a = 1\nb = 2", ("b",), 2),
        ("[t]\n\n# c\n'b' = [\n1,\n2]\nc = 3", ("t", "b"), 4),
        ("[t]\nb = '''\nc = 1\n'''\nc = 2", ("t", "c"), 5),
        ("t.b = 1", ("t", "b"), 1),
        ("t = {b = 1}", ("t", "b"), 1),
        ("\r\n[t]\r\nb = 1\r\n", ("t", "b"), 3),
        ("a = 1", ("b",), 0),
    ],
)
def test_the_line_of_a_setting(words: str, keys: tuple[str, ...], line: int) -> None:
    assert settings_file.line_of(words, keys) == line


# ── its schema ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_schema_and_reader_know_the_same_keys() -> None:
    jsonschema_rs.meta.validate(SCHEMA)
    assert set(SCHEMA["properties"]) == set(settings_values.KEYS)
    assert SCHEMA["properties"]["profile"]["enum"] == list(profile.names())
    assert SCHEMA["properties"]["fail-level"]["enum"] == list(settings_values.LEVELS)
    for node in SCHEMA["properties"].values():
        assert re.search(r"[\u4e00-\u9fff]", node["title"])
        assert re.search(r"[\u4e00-\u9fff].*。", node["description"])


VALUES: tuple[Any, ...] = (
    *("", " ", "board", "zh", "warning", "never", "office.json", "own", 0, 3, True, 1.5, [], [""], [" "], ["yaml"]),
    *(["yaml", 3], ["yaml", ["yaml"]], {}, {"yaml": "info"}, {"yaml": "never"}, {"yaml": ["yaml"]}, {"yaml": 3}),
    *({"yaml": ""}, {"yaml": []}, {"*.md": ["yaml"]}, {"#a": ["yaml"]}, {" ": ["a"]}, ["#a"], {"Yaml": "info"}),
)


@pytest.mark.parametrize("key", settings_values.KEYS)
@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_schema_and_reader_agree(tmp_path: Path, key: str, value: Any) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "office.json").write_text("{}", encoding="utf-8")
    valid = jsonschema_rs.validator_for(SCHEMA).is_valid({key: value})
    if key in ("schema", "templates"):  # whether there is such a file, no schema can say
        valid = value == {"schema": "office.json", "templates": "own"}[key]
    path = toml(tmp_path, f"{key} = {_toml(value)}")
    try:
        settings_file.read(path)
    except BadSettings:
        assert not valid
    else:
        assert valid


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_toml(below)}" for key, below in value.items()) + "}"
    return json.dumps(value)


def samples(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.S | re.M)


@pytest.mark.parametrize("sample", samples("toml"))
def test_the_samples_of_the_page_are_valid(tmp_path: Path, sample: str) -> None:
    assert [error.message for error in jsonschema_rs.validator_for(SCHEMA).iter_errors(tomllib.loads(sample))] == []
    toml(tmp_path, sample)
    found = settings.nearest(tmp_path / "m.md")
    check(Source("m.md", CLEAN), found)
    assert found.people[0] == ("溫平", "温平", "溫委員平")


def test_the_page_explains_every_key() -> None:
    for key in settings_values.KEYS:
        assert f"`{key}`" in PAGE or f"`[{key}]`" in PAGE


# ── defaults ────────────────────────────────────────────────────────────────────────────────────────────────────────

SHORT = (
    "---\ntitle: 測試小組第1次會議\ndate: 2024-05-02\nchair: 江恩\nrecorder: 溫平\n---\n\n## 討論事項\n\n一、同意。\n"
)
DEFAULTS = {
    "地點": "市府",
    "start": "下午2時",
    "attendees": ["甲", "乙"],
    "線上會議": "https://a.example",
    "series": "a",
}


def test_defaults_satisfy_what_is_required_and_print() -> None:
    assert {code for code, _ in told(SHORT, settings.NONE)} == {"key-missing"}
    chosen = Settings(defaults=DEFAULTS)
    assert told(SHORT, chosen) == []
    minutes = parse.parse(Source("m.md", SHORT), chosen)
    printed = text.render(outline.outline(minutes), minutes).decode()
    assert "地點：市府" in printed
    assert "113年05月02日（星期四）14:00" in printed
    assert "出席人員：甲、乙" in printed
    assert minutes.meta.data["start"] == "14:00"
    assert minutes.meta.where("location") == Span(0, 3)
    assert ("location",) not in minutes.meta.places


def test_what_the_file_says_goes_before_them() -> None:
    source = SHORT.replace("chair:", "地點: 分館\nonline:\nchair:")
    data = parse.parse(Source("m.md", source), Settings(defaults=DEFAULTS)).meta.data
    assert data["location"] == "分館"
    assert "online" not in data
    empty = SHORT.replace("chair:", "location:\nchair:")
    assert told(empty, Settings(defaults=DEFAULTS)) == [("value-missing", "「location」沒有填")]


def test_times_go_with_sittings_or_without() -> None:
    chosen = Settings(defaults={**DEFAULTS, "end": "17:00"})
    sittings = SHORT.replace("chair:", "sittings: [{start: 9:00, end: 10:00}]\nchair:")
    assert told(sittings, chosen) == []
    data = parse.parse(Source("m.md", sittings), chosen).meta.data
    assert not {"start", "end"} & data.keys()
    chosen = Settings(defaults={**DEFAULTS, "sittings": [{"start": "9:00", "end": "10:00"}]})
    assert (
        "sittings" not in parse.parse(Source("m.md", SHORT.replace("chair:", "start: 9:00\nchair:")), chosen).meta.data
    )


def test_rules_judge_a_default_as_if_it_stood_there() -> None:
    found = check(Source("m.md", SHORT), Settings(defaults={**DEFAULTS, "session": 3})).diagnostics
    assert [(one.code, one.span.start) for one in found] == [("title-session", 0)]


def test_dates_and_times_of_toml_are_read(tmp_path: Path) -> None:
    toml(tmp_path, "[defaults]\ndate = 2024-05-02\nstart = 14:00:00\npublic = true\nterm = 3")
    found = settings.nearest(tmp_path / "m.md")
    data = parse.parse(Source("m.md", "---\ntitle: 甲\n---\n"), found).meta.data
    assert data == {"title": "甲", "date": "2024-05-02", "start": "14:00", "public": True, "term": 3}


# ── the register of people ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_name_that_is_written_otherwise_is_told() -> None:
    source = CLEAN.replace("如簽到表", "[溫　平, 温平(代), 乙]").replace(
        "一、同意。", "案由：甲\n發言重點：\n（一）温平：好。\n決議：同意。"
    )
    chosen = Settings(people=(("溫平", "温平"), ("江恩",)))
    found = check(Source("m.md", source), chosen).diagnostics
    assert [(one.code, source[one.span.start : one.span.end], one.severity) for one in found] == [
        ("name-variant", "温平", "info"),
        ("name-variant", "温平", "info"),
    ]
    assert found[0].message == ("「温平」在人員名冊裡寫成「溫平」", "温平 is written 溫平 in the register of people")
    assert found[0].unsafe
    assert found[0].fix == ((found[0].span, "溫平"),)


def test_two_people_of_the_register_are_two(folder: Path) -> None:
    for number, name in ((1, "溫平"), (2, "温平")):
        words = CLEAN.replace("第1次", f"第{number}次").replace("recorder: 溫平", f"recorder: {name}")
        words = words.replace("date: 2024-05", f"series: a\nsession: {number}\ndate: 2024-0{number}")
        (folder / f"{number}.md").write_text(words, encoding="utf-8")
    assert "person-two-ways" in run("check", "1.md", "2.md").stdout
    toml(folder, '[people]\n"溫平" = []\n"温平" = []')
    assert "person-two-ways" not in run("check", "1.md", "2.md").stdout
    toml(folder, '[people]\n"溫平" = ["温平"]')
    result = run("check", "1.md", "2.md")
    assert "2.md:10:11: 提醒：「温平」在人員名冊裡寫成「溫平」 [name-variant]" in result.stdout


# ── the command line ────────────────────────────────────────────────────────────────────────────────────────────────


def test_options_go_before_the_file(folder: Path) -> None:
    toml(folder, 'ignore = ["weekday"]\nfail-level = "never"\nlanguage = "en"\nprofile = "committee"')
    assert run("check", "faulty.md", "--profile", "advisory").stdout == "1 file checked, no faults.\n"
    assert run("check", "faulty.md", "--select", "weekday").exit_code == 0
    assert run("check", "faulty.md", "--select", "weekday", "--fail-level", "error").exit_code == 1
    assert run("check", "faulty.md", "--isolated").exit_code == 1
    (folder / "other.toml").write_text('language = "zh"', encoding="utf-8")
    result = run("check", "faulty.md", "--config", "other.toml")
    assert result.exit_code == 1
    assert "錯誤" in result.stdout
    assert run("check", "faulty.md", "--lang", "zh", "--profile", "advisory").stdout.startswith("檢核了")
    result = run("check", ".", "--isolated", "--config", "other.toml")
    assert (result.exit_code, "--config 與 --isolated 不能一起用" in result.stderr) == (2, True)


def test_standard_input_may_be_said_to_be_a_file(folder: Path) -> None:
    toml(folder / "a", 'ignore = ["weekday"]')
    faulty = (folder / "faulty.md").read_text(encoding="utf-8")
    assert run("check", "-", given=faulty).exit_code == 1
    result = run("check", "-", "--stdin-filename", "a/new.md", given=faulty)
    assert (result.exit_code, result.stdout) == (0, "檢核了 1 個檔案，沒有錯誤。\n")
    result = run("check", "-", "--stdin-filename", "b/new.md", "--report", "concise", given=faulty)
    assert result.stdout.startswith("b/new.md:3:")


def test_what_is_shown_is_what_counts(folder: Path) -> None:
    sample = samples("toml")[0]
    toml(folder, sample)
    shown = run("check", ".", "faulty.md", "--show-settings").stdout
    assert "# minutes.toml\n" in shown
    assert re.search(r'^profile = "committee" +# minutes.toml:1$', shown, re.M)
    before = settings.nearest(folder / "m.md")
    toml(folder, shown)
    assert settings.nearest(folder / "m.md") == before
    shown = run("check", ".", "--show-settings", "--ignore", "votes", "--fail-level", "info", "--lang", "en").stdout
    assert re.search(r'^fail-level = "info" +# --fail-level$', shown, re.M)
    assert re.search(r'^ignore = \[.*"votes"\] +# minutes.toml:\d, --ignore$', shown.replace("、", ", "), re.M)
    shown = run("check", ".", "--isolated", "--show-settings").stdout
    assert shown == '# 沒有 minutes.toml\nfail-level = "error"  # 預設\n'


def test_render_prints_by_the_same_settings(folder: Path) -> None:
    toml(folder, 'profile = "committee"\nignore = ["weekday"]\n[defaults]\nonline = "視訊"')
    result = run("render", "faulty.md", "--to", "text", "-o", "-")
    assert result.exit_code == 0, result.stderr
    assert "視訊" in result.stdout
