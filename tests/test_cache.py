"""The cache: what it gives back is what would be found, and nothing that happens to it can stop or mislead a run."""

from __future__ import annotations

import os
import pickle
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from running import CLEAN, FAULTY, OUTSIDE, outside, run
from test_across import files
from test_rules import meeting, planted, unmarked

from minutes_cli import check, registry
from minutes_cli.files import targets
from minutes_cli.front import decode
from minutes_cli.judged import Judged
from minutes_cli.judging import pages
from minutes_cli.many import batch, cache, identity, packed, store
from minutes_cli.many.cache import Cache
from minutes_cli.settings import NONE, Settings

TABLE = "| 決議 | 辦理情形 | 列管 |\n|---|---|---|\n| 第1次會議決議2 | 已完成 | 解除列管 |\n"
FULL = (
    CLEAN.replace("attendees: 如簽到表", "series: 測試\nsession: 2\nattendees: [温平, {name: 周翊, title: 主任}]")
    + f"\n## 歷次會議決議追蹤\n\n{TABLE}\n## 決議事項\n\n一、同意。 <!-- minutes: ignore[weekday] 試 -->\n"
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a clean and a faulty meeting in `in`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "clean.md").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "in" / "faulty.md").write_text(FAULTY.replace("第1次", "第2次"), encoding="utf-8")
    return tmp_path


def judged(settings: Settings = NONE, folder: str = "cache") -> list[Judged]:
    work = batch.Work(cache=Cache(Path(folder)))
    return list(batch.judge(targets.find(["in"]), lambda _path: settings, work))


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many files were judged, and not known, since it was last asked."""
    count = 0
    real = check.judge

    def counted(*given: object) -> Judged:
        nonlocal count
        count += 1
        return real(*given)  # type: ignore[arg-type]

    def since() -> int:
        nonlocal count
        found, count = count, 0
        return found

    monkeypatch.setattr(check, "judge", counted)
    return since


def database(folder: str = "cache") -> Path:
    return Path(folder) / cache.FILE_NAME


# ── what is packed ──────────────────────────────────────────────────────────────────────────────────────────────────

TEXTS = [
    FULL,
    CLEAN,
    "",
    "\ufeff---\n",
    "會議",
    *(unmarked(code, meeting(example))[0] for code, example in planted()),
    *(text for name in registry.names("across_rules") for text in files(pages.page(name).bad).values()),  # type: ignore[union-attr]
]


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_unpacked_is_what_was_packed(text: str) -> None:
    one = check.judge(decode.decode(text.encode(), "m.md", "m.md"))
    again = packed.unpack(packed.pack(one)).of(one.source)
    assert again == one
    assert repr(again) == repr(one)  # the types too


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"\xc0",
        b"\x80",
        b"\x90",
        b"\x93\x01\x02\x03",
        b"\x93\x90\x90\x90",
        b"\x93\xa1a\xc0\x90",
        b"\x93\x91\x90\xc0\x90",
        b"\xff",
        b"\x91" * 9999,
        pickle.dumps([]),
        b"\x93\x90\xc0\x90\x00",
    ],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # whatever it says
        packed.unpack(data)


def test_a_packed_meeting_that_lost_its_end_is_refused() -> None:
    data = packed.pack(check.judge(decode.decode(FULL.encode(), "m.md")))
    for end in range(len(data)):
        with pytest.raises(ValueError):  # noqa: PT011  # whatever it says
            packed.unpack(data[:end])


# ── what is known again ─────────────────────────────────────────────────────────────────────────────────────────────


def test_what_has_not_changed_is_not_judged_again(place: Path, fresh: Callable[[], int]) -> None:
    first = judged()
    assert fresh() == 2
    assert judged() == first
    assert fresh() == 0


def test_a_file_that_changed_is(place: Path, fresh: Callable[[], int]) -> None:
    judged()
    fresh()
    path = place / "in" / "clean.md"
    before = path.stat()
    path.write_text(CLEAN.replace("14:00", "16:00"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert [d.code for d in judged()[0].diagnostics] == ["end-before-start"]
    assert fresh() == 1


def test_the_same_file_in_another_place_is_known(place: Path, fresh: Callable[[], int]) -> None:
    judged()
    fresh()
    (place / "in" / "faulty.md").rename(place / "in" / "a.md")
    assert [one.source.name for one in judged() if one.diagnostics] == ["in/a.md"]
    assert fresh() == 0


SCHEMA = '{"type": "object", "properties": {"x-note": {"enum": ["甲"]}}}'


@pytest.mark.parametrize(
    "settings",
    [
        Settings(profile="board"),
        Settings(defaults={"organization": "石門市政府"}),
        Settings(people=(("江恩", "江君"),)),
        Settings(schema=Path("s.json")),
        Settings(templates=Path("own")),
    ],
    ids=["profile", "defaults", "people", "schema", "templates"],
)
def test_other_settings_are_another_matter(place: Path, fresh: Callable[[], int], settings: Settings) -> None:
    Path("s.json").write_text(SCHEMA, encoding="utf-8")
    run("template", "advisory", "-o", "own")
    judged()
    fresh()
    judged(settings)
    assert fresh() == 2
    judged(settings)
    assert fresh() == 0


def test_what_a_schema_or_a_layout_holds_counts_and_not_its_name(place: Path, fresh: Callable[[], int]) -> None:
    schema = Path("s.json")
    schema.write_text(SCHEMA, encoding="utf-8")
    judged(Settings(schema=schema))
    fresh()
    schema.write_text(SCHEMA.replace("甲", "乙"), encoding="utf-8")
    judged(Settings(schema=schema))
    assert fresh() == 2


@pytest.mark.parametrize(
    "settings",
    [
        Settings(select=("weekday",)),
        Settings(ignore=("weekday",)),
        Settings(per_file_ignores=(("*", ("weekday",)),)),
        Settings(severity={"weekday": "info"}),
        Settings(exclude=("x",)),
        Settings(fail_level="info"),
        Settings(language="en"),
        Settings(file=Path("minutes.toml")),
    ],
)
def test_what_is_only_told_otherwise_is_not_judged_again(
    place: Path, fresh: Callable[[], int], settings: Settings
) -> None:
    judged()
    fresh()
    judged(settings)
    assert fresh() == 0


def test_another_version_of_the_tool_is_another_matter(
    place: Path, fresh: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    judged()
    fresh()
    monkeypatch.setattr(identity, "tool", lambda: "another")
    judged()
    assert fresh() == 2


def test_the_tool_is_another_when_one_of_its_files_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("schemas", "templates"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(identity.resources, "folder", lambda name: tmp_path / name)
    kinds = []
    for text in ("", "1", "12"):
        (tmp_path / "templates" / "profile.yaml").write_text(text, encoding="utf-8")
        identity.tool.cache_clear()
        kinds.append(identity.tool())
    (tmp_path / "schemas" / "readme.txt").write_text("1", encoding="utf-8")
    identity.tool.cache_clear()
    assert identity.tool() == kinds[-1]
    assert len(set(kinds)) == 3
    identity.tool.cache_clear()


# ── files beside the meeting ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def attached(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that an attachment of clean.md names; it is not there.  What changes is taken to have changed long ago."""
    monkeypatch.setattr(identity, "is_fresh", lambda _state: False)
    path = place / "in" / "clean.md"
    path.write_text(
        CLEAN.replace(
            "attendees: 如簽到表", "attendees: 如簽到表（附件1）\nattachments:\n  - {title: 簽到表, file: 簽到.pdf}"
        ),
        encoding="utf-8",
    )
    return place / "in" / "簽到.pdf"


def codes() -> list[str]:
    return [found.code for found in judged()[0].diagnostics]


def test_a_file_that_comes_or_goes_is_seen(attached: Path, fresh: Callable[[], int]) -> None:
    for there in (False, True, False, True):
        if there:
            attached.write_bytes(b"1")
        elif attached.exists():
            attached.unlink()
        assert codes() == ([] if there else ["attachment-file"])
        fresh()
        assert codes() == ([] if there else ["attachment-file"])
        assert fresh() == 0


def test_a_link_that_leads_out_of_the_folder_is_seen(attached: Path, place: Path) -> None:
    (place / "in" / "a.pdf").write_bytes(b"1")
    attached.symlink_to("a.pdf")
    assert codes() == []
    attached.unlink()
    (place / "in" / "a.pdf").rename(place / "a.pdf")
    attached.symlink_to("../a.pdf")
    assert codes() == ["attachment-file"]
    assert codes() == ["attachment-file"]


def test_a_file_that_was_just_changed_may_change_again(
    attached: Path, fresh: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    os.chdir(attached.parent.parent)
    attached.write_bytes(b"1")
    assert codes() == []
    with sqlite3.connect(database()) as base:
        heads = [head for (head,) in base.execute("SELECT head FROM entries")]
    assert heads == [""]  # that of the other meeting
    assert not identity.is_fresh(None)
    assert not identity.is_fresh([1, 0, 0, 1, 1, "a"])


def test_a_file_that_goes_while_it_is_judged_is_not_taken_to_have_been_there(
    attached: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = check.judge

    def judge(*given: object) -> Judged:
        found = real(*given)  # type: ignore[arg-type]
        attached.unlink(missing_ok=True)
        return found

    attached.write_bytes(b"1")
    with monkeypatch.context() as patch:
        patch.setattr(check, "judge", judge)
        assert codes() == []
    assert codes() == ["attachment-file"]


# ── damage ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def spoilt(how: str) -> None:
    """Damage the database in one of many ways."""
    path = database()
    data = path.read_bytes()
    dice = random.Random(how)
    if how == "folder":
        path.unlink()
        path.mkdir()
    elif how == "noise":
        path.write_bytes(dice.randbytes(len(data)))
    elif how.startswith("cut"):
        path.write_bytes(data[: int(float(how[3:]) * len(data))])
    elif how.startswith("flip"):
        changed = bytearray(data)
        for _ in range(200):
            changed[dice.randrange(100, len(data))] ^= 1 << dice.randrange(8)
        path.write_bytes(changed)
    elif how == "longer":
        path.write_bytes(data + dice.randbytes(5000))
    elif how == "other":
        path.unlink()
        with sqlite3.connect(path) as base:
            base.execute("CREATE TABLE entries (a)")


WAYS = (
    "folder",
    "noise",
    "longer",
    "other",
    *(f"cut{part}" for part in (0, 0.01, 0.3, 0.7, 0.99)),
    *(f"flip{n}" for n in range(12)),
)


@pytest.mark.parametrize("how", WAYS)
def test_a_damaged_cache_is_one_that_holds_nothing(place: Path, how: str) -> None:
    for number in range(60):
        (place / "in" / f"{number}.md").write_text(FAULTY.replace("第1次", f"第{number}次"), encoding="utf-8")
    right = judged()
    spoilt(how)
    assert judged() == right
    assert judged() == right


@pytest.mark.parametrize("how", ["noise", "cut0.7", "longer"])
def test_a_damaged_cache_is_begun_anew(place: Path, fresh: Callable[[], int], how: str) -> None:
    judged()
    spoilt(how)
    judged()
    judged()
    fresh()
    judged()
    assert fresh() == 0


def test_what_is_not_ours_is_left_alone(place: Path) -> None:
    judged()
    spoilt("other")
    before = database().read_bytes()
    judged()
    assert database().read_bytes() == before


CHANGES = {
    "data": "UPDATE entries SET data = CAST(replace(data, 'weekday', 'weekend') AS BLOB)",
    "head": "UPDATE entries SET head = '{}'",
    "checksum": "UPDATE entries SET checksum = checksum + 1",
    "kinds": "UPDATE entries SET head = 1, data = 'text', checksum = 'text'",
    "nothing": "UPDATE entries SET data = x''",
    "swapped": "UPDATE entries SET data = (SELECT data FROM entries AS other WHERE other.key != entries.key)",
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_entry_that_was_tampered_with_is_none(place: Path, fresh: Callable[[], int], change: str) -> None:
    right = judged()
    fresh()
    with sqlite3.connect(database()) as base:
        base.execute(CHANGES[change])
    assert judged() == right
    assert fresh() >= 1
    assert judged() == right
    assert fresh() == 0


def test_an_entry_of_another_shape_is_none(place: Path) -> None:
    one = judged()[0]
    keeps = Cache(Path("cache"))
    asked = cache.Asked("in/clean.md", "in/clean.md", CLEAN.encode(), NONE)
    for data in (b"", b"[]", b'[[["a"]],null,[]]', b'{"a": 1}'):
        keeps.put(asked, one, data)
        keeps.close()
        keeps = Cache(Path("cache"))
        assert keeps.get([asked]) == [None]
    keeps.close()


def test_a_cache_that_cannot_be_written_is_read(
    place: Path, fresh: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite refuses to write, as it does where the file is read-only (which would not stop root)."""
    judged()
    fresh()
    real = sqlite3.connect
    only_read = lambda path, **how: real(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True, **how)  # noqa: E731
    monkeypatch.setattr(sqlite3, "connect", only_read)
    judged()
    assert fresh() == 0
    (place / "in" / "clean.md").write_text(CLEAN + "\n", encoding="utf-8")
    assert len(judged()) == 2
    assert fresh() == 1
    judged()
    assert fresh() == 1


def test_a_cache_that_cannot_be_made_is_done_without(place: Path) -> None:
    Path("cache").write_text("a file", encoding="utf-8")
    assert len(judged()) == 2
    assert Path("cache").read_text(encoding="utf-8") == "a file"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has a folder that root cannot write to")
@pytest.mark.parametrize("folder", ["/proc/minutes", "/proc/self"])
def test_a_folder_that_cannot_be_written_to_is_done_without(place: Path, folder: str) -> None:
    right = outside("check", "in", "--no-cache", cwd=place)
    done = outside("check", "in", "--cache-dir", folder, cwd=place)
    assert (done.returncode, done.stdout, done.stderr) == (right.returncode, right.stdout, right.stderr)


FULL_DISK = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
from minutes_cli.many import store
store._TOGETHER = 5
from minutes_cli.cli import minutes
minutes()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows does not limit how large a file grows")
@pytest.mark.parametrize("size", [0, 1000, 5000, 9000, 20_000, 40_000])
def test_a_disk_that_is_full_stops_no_run(place: Path, fresh: Callable[[], int], size: int) -> None:
    """What the cache may grow to is limited, and is reached at the first or at a later write."""
    for number in range(40):
        (place / "in" / f"{number}.md").write_text(FAULTY.replace("第1次", f"第{number}次"), encoding="utf-8")
    right = outside("check", "in", "--no-cache", cwd=place)
    command = [sys.executable, "-c", FULL_DISK.format(size=size), "check", "in", "--cache-dir", "cache"]
    for _ in range(2):
        done = subprocess.run(command, capture_output=True, env=OUTSIDE, cwd=place)
        assert (done.returncode, done.stdout, done.stderr) == (1, right.stdout, right.stderr)
    expected = judged(folder="other")
    assert judged() == expected
    fresh()
    assert judged() == expected
    assert fresh() == 0  # with room again, all is kept


def test_a_cache_that_another_run_holds_is_done_without(
    place: Path, monkeypatch: pytest.MonkeyPatch, fresh: Callable[[], int]
) -> None:
    monkeypatch.setattr(store, "_WAIT", 0.1)
    judged()
    fresh()
    base = sqlite3.connect(database(), isolation_level=None)
    base.execute("BEGIN EXCLUSIVE")
    assert len(judged()) == 2
    assert fresh() == 2
    base.execute("ROLLBACK")
    base.close()
    judged()
    assert fresh() == 0


# ── size ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_older_half_goes_when_there_is_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LIMIT", 200_000)
    monkeypatch.setattr(store, "_TOGETHER", 10)
    path = tmp_path / "s.sqlite3"
    keeps = store.Store(path)
    keys = [bytes([number]) * 16 for number in range(200)]
    for key in keys:
        keeps.put(key, store.Entry("", b"x" * 4000))
    keeps.close()
    assert path.stat().st_size < 400_000
    found = store.Store(path).get(keys)
    assert keys[-1] in found
    assert keys[0] not in found
    assert 10 < len(found) < 60


def test_what_is_used_stays_longest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "s.sqlite3"
    keys = [bytes([number]) * 16 for number in range(20)]
    keeps = store.Store(path)
    for key in keys:
        keeps.put(key, store.Entry("", b"x"))
    keeps.close()
    later = int(time.time()) + 100_000
    monkeypatch.setattr(store.time, "time", lambda: later)
    keeps = store.Store(path)
    keeps.get(keys[:4])
    keeps.close()
    monkeypatch.setattr(store, "LIMIT", 0)
    keeps = store.Store(path)
    keeps.put(b"new" * 5, store.Entry("", b"x"))
    keeps.close()
    left = store.Store(path).get(keys)
    assert set(keys[:4]) <= set(left)
    assert len(left) < 12


def test_a_very_large_entry_is_not_kept(tmp_path: Path) -> None:
    keeps = store.Store(tmp_path / "s.sqlite3")
    keeps.put(b"k" * 16, store.Entry("", b"x" * (store.LARGEST + 1)))
    keeps.close()
    assert store.Store(tmp_path / "s.sqlite3").get([b"k" * 16]) == {}


# ── the command ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("system", "environment", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/minutes"),
        ("linux", {"XDG_CACHE_HOME": "relative", "HOME": "/h"}, "/h/.cache/minutes"),
        ("linux", {"XDG_CACHE_HOME": "", "HOME": "/h"}, "/h/.cache/minutes"),
        ("darwin", {"XDG_CACHE_HOME": "", "HOME": "/h"}, "/h/Library/Caches/minutes"),
        ("win32", {"XDG_CACHE_HOME": "", "LOCALAPPDATA": "/l"}, "/l/minutes/Cache"),
    ],
)
def test_where_the_cache_lies(
    monkeypatch: pytest.MonkeyPatch, system: str, environment: dict[str, str], expected: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert cache.folder() == Path(expected)


def test_the_options(place: Path) -> None:
    first = run("check", "in", "--cache-dir", "mine")
    assert sorted(path.name for path in Path("mine").iterdir()) == [".gitignore", "CACHEDIR.TAG", cache.FILE_NAME]
    assert run("check", "in", "--cache-dir", "mine").output == first.output
    before = database("mine").read_bytes()
    assert run("check", "in", "--no-cache", "--cache-dir", "mine").output == first.output
    assert database("mine").read_bytes() == before
    assert run("check", "in", environment={"MINUTES_CACHE_DIR": "other"}).output == first.output
    assert database("other").exists()


def test_standard_input_is_never_kept(place: Path) -> None:
    for name in ((), ("--stdin-filename", "in/clean.md")):
        done = run("check", "-", "--cache-dir", "mine", *name, given=FAULTY)
        assert "[weekday]" in done.output
        assert "3 │ date: 2024-05-02（星期五）" in done.output
    assert not database("mine").exists()


def test_a_warm_run_loads_nothing_that_reads_or_judges(place: Path) -> None:
    code = "import sys; from minutes_cli.cli import minutes\ntry: minutes()\nexcept SystemExit: print(*sys.modules)"
    loaded: set[str] = set()
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code, "check", "in", "--cache-dir", "mine"],
            capture_output=True,
            env=OUTSIDE,
            cwd=place,
            check=True,
        )
        loaded = set(done.stdout.decode().split())
    assert "minutes_cli.many.batch" in loaded
    heavy = {
        "yaml",
        "markdown_it",
        "jsonschema",
        "jsonschema_rs",
        "jinja2",
        "lxml",
        "tempfile",
        "multiprocessing",
        "pickle",
    }
    ours = {f"minutes_cli.{name}" for name in ("check", "parse", "document", "frontmatter", "suppress", "people")}
    assert not loaded & (heavy | ours)


def test_runs_side_by_side_share_one_cache(place: Path) -> None:
    for number in range(300):
        (place / "in" / f"{number}.md").write_text(FAULTY.replace("第1次", f"第{number}次"), encoding="utf-8")
    right = outside("check", "in", "--no-cache", cwd=place)
    command = [sys.executable, "-m", "minutes_cli", "check", "in", "--cache-dir", "shared", "--jobs", "1"]
    runs = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=OUTSIDE, cwd=place)
        for _ in range(4)
    ]
    assert [process.communicate() for process in runs] == [(right.stdout, right.stderr)] * 4
    with sqlite3.connect(database("shared")) as base:
        assert base.execute("SELECT count(*) FROM entries").fetchone() == (301,)  # two are alike
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.slow
def test_a_run_that_is_killed_at_any_moment_leaves_a_cache_that_serves(place: Path) -> None:
    for number in range(200):
        (place / "in" / f"{number}.md").write_text(FAULTY.replace("第1次", f"第{number}次"), encoding="utf-8")
    right = outside("check", "in", "--no-cache", cwd=place)
    # Written after every file, so that hardly any moment is one at which nothing is written.
    code = "from minutes_cli.many import store; store._TOGETHER = 1\nfrom minutes_cli.cli import minutes; minutes()"
    command = [sys.executable, "-c", code, "check", "in", "--cache-dir", "killed", "--jobs"]
    dice = random.Random(1)
    for attempt in range(25):
        with subprocess.Popen(
            [*command, str(1 + attempt % 2)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=OUTSIDE,
            cwd=place,
        ) as process:
            time.sleep(0.2 + dice.random() * 1.5)
            process.send_signal(signal.SIGKILL)
        if attempt % 5 == 4:
            done = outside("check", "in", "--cache-dir", "killed", cwd=place)
            assert (done.stdout, done.stderr) == (right.stdout, right.stderr)
            if attempt % 10 == 9:
                database("killed").unlink()
    assert outside("check", "in", "--cache-dir", "killed", cwd=place).stdout == right.stdout
    with sqlite3.connect(database("killed")) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
