"""`minutes new`: the file of the first meeting and of the next one."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from minutes_cli import profile
from minutes_cli.check import check
from minutes_cli.cli import minutes
from minutes_cli.front import decode, frontmatter, yamltext

EXAMPLES = Path(__file__).parent.parent / "examples"
TO_FILL = {"value-missing", "key-missing", "field-missing"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _new(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(minutes, ["new", *args])
    return result.exit_code, result.stdout.strip()


def _findings(path: Path) -> list[tuple[int, str]]:
    checked = check(decode.read(path))
    source = checked.minutes.source
    return [(source.line_column(found.span.start)[0], found.code) for found in checked.diagnostics]


def test_after_the_ministrys_second_meeting_comes_the_third(folder: Path) -> None:
    code, name = _new("--after", str(EXAMPLES / "moea-open-data-2.md"), "--no-comments")
    assert (code, name) == (0, "moea-open-data-3.md")
    data = check(decode.read(folder / name)).minutes.meta.data
    assert (data["title"], data["session"]) == ("經濟部政府資料開放諮詢小組第3次會議", 3)
    assert data["attachments"] == ["出席人員簽名冊"]
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    assert _findings(folder / name) == [
        (lines.index("date:") + 1, "value-missing"),
        (lines.index("start:") + 1, "value-missing"),
    ]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.md")), ids=lambda path: path.stem)
def test_after_any_example_only_fields_are_left_to_fill(folder: Path, path: Path) -> None:
    code, name = _new("--after", str(path), "n.md")
    assert (code, name) == (0, "n.md")
    assert {code for _, code in _findings(folder / name)} <= TO_FILL


def test_leave_and_absence_do_not_carry_over_but_the_people_do(folder: Path) -> None:
    _new("--after", str(EXAMPLES / "committee-smart-city-7.md"), "n.md")
    data = check(decode.read(folder / "n.md")).minutes.meta.data
    assert "leave" not in data
    assert "absent" not in data
    assert "梁委員景和" in data["attendees"]["府內委員"]


def test_what_is_still_followed_up_becomes_the_tracking_form(folder: Path) -> None:
    _new("--after", str(EXAMPLES / "moea-open-data-2.md"), "n.md")
    text = (folder / "n.md").read_text(encoding="utf-8")
    assert "| 第2次會議決議7：請中小企業處及台灣電力公司" in text


@pytest.mark.parametrize("name", profile.names())
@pytest.mark.parametrize("keys", ["zh", "en"])
def test_the_first_file_of_each_profile(folder: Path, name: str, keys: str) -> None:
    assert _new("n.md", "--profile", name, "--keys", keys) == (0, "n.md")
    found = check(decode.read(folder / "n.md"))
    assert found.minutes.profile.name == name
    assert found.minutes.meta.chinese is (keys == "zh")
    assert {d.code for d in found.diagnostics} <= TO_FILL
    assert found.diagnostics


def test_options_fill_fields_in_canonical_form(folder: Path) -> None:
    _new(
        "n.md",
        "--title",
        "甲會議第1次會議",
        "--date",
        "113年5月2日",
        "--start",
        "下午2時",
        "--session",
        "1",
        "--keys",
        "en",
    )
    data = check(decode.read(folder / "n.md")).minutes.meta.data
    assert (data["title"], data["date"], data["start"], data["session"]) == (
        "甲會議第1次會議",
        "2024-05-02",
        "14:00",
        1,
    )


def test_a_date_that_is_none_is_refused_and_nothing_is_written(folder: Path) -> None:
    assert _new("n.md", "--date", "2月30日")[0] == 2
    assert not list(folder.iterdir())


def test_nothing_is_overwritten(folder: Path) -> None:
    (folder / "n.md").write_text("舊", encoding="utf-8")
    assert _new("n.md")[0] == 2
    assert (folder / "n.md").read_text(encoding="utf-8") == "舊"


VALUES = st.recursive(
    st.text(max_size=20).filter(lambda text: text.isprintable()) | st.integers(-999, 999) | st.booleans(),
    lambda below: (
        st.lists(below, max_size=3) | st.dictionaries(st.text("甲乙ab", min_size=1, max_size=3), below, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.text("甲乙ab", min_size=1, max_size=3), VALUES, max_size=4))
def test_yaml_text_is_read_back_as_the_same_data(data: dict[str, object]) -> None:
    text = "".join(f"{line}\n" for key, value in data.items() for line in yamltext.field(key, value))
    assert (frontmatter.load(text) or {}) == data


def test_the_offices_defaults_are_filled_in(folder: Path) -> None:
    (folder / "minutes.toml").write_text(
        'profile = "committee"\n[defaults]\n"機關" = "青嶼市政府"\n"會議系列" = "sc"\nlocation = "第一會議室"\n',
        encoding="utf-8",
    )
    assert _new("--session", "3", "--no-comments", "--keys", "en") == (0, "sc-3.md")
    data = check(decode.read(folder / "sc-3.md")).minutes.meta.data
    assert (data["organization"], data["series"], data["location"], data["kind"]) == (
        "青嶼市政府",
        "sc",
        "第一會議室",
        "committee",
    )


def test_on_a_terminal_it_asks_for_what_a_meeting_must_have(folder: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "minutes_cli", "--lang", "zh", "new", "n.md", "--no-comments"]
    environment = {**os.environ, "PYTHONPATH": str(EXAMPLES.parent), "TERM": "dumb"}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        os.write(ours, "甲會議第1次會議\n113/5/2\n下午2時\n第一會議室\n江恩\n\n".encode())
        shown = b""
        with contextlib.suppress(OSError):  # the terminal ends with the process
            while chunk := os.read(ours, 4096):
                shown += chunk
        assert process.wait(30) == 0, shown.decode()
    os.close(ours)
    assert "會議名稱".encode() in shown
    data = check(decode.read(folder / "n.md")).minutes.meta.data
    assert (data["title"], data["date"], data["start"], data["chair"]) == (
        "甲會議第1次會議",
        "2024-05-02",
        "14:00",
        "江恩",
    )
    assert data["recorder"] is None
