"""Many files: in order whatever the number of processes, a few held at a time, and a failure named by its file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest
from running import CLEAN, FAULTY, OUTSIDE, PATIENCE, interruptible, outside, run, wait_until

from minutes_cli import errors
from minutes_cli.files import targets
from minutes_cli.judged import Asked, Judged
from minutes_cli.many import batch, workers
from minutes_cli.many.cache import Cache
from minutes_cli.settings import NONE, Settings

FORKS = pytest.mark.skipif(sys.platform != "linux", reason="a worker knows what was patched only where it is forked")


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of sixty meetings, every third with a fault; the working folder."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        text = FAULTY if number % 3 == 0 else CLEAN
        (folder / f"{number:02}.md").write_text(text.replace("第1次", f"第{number}次"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def judged(folder: Path, **work: object) -> list[Judged]:
    return list(batch.judge(targets.find([str(folder)]), lambda _path: NONE, batch.Work(**work)))  # type: ignore[arg-type]


@pytest.mark.parametrize("jobs", [1, 2, 3, 50])
def test_the_order_and_all_else_is_the_same_whatever_the_number_of_jobs(many: Path, jobs: int) -> None:
    alone = judged(many)
    assert [one.source.name for one in alone] == [str(many / f"{number:02}.md") for number in range(60)]
    assert [len(one.diagnostics) for one in alone] == [1 if number % 3 == 0 else 0 for number in range(60)]
    assert judged(many, jobs=jobs) == alone


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_known_and_what_is_new_come_in_one_order(many: Path, tmp_path: Path, jobs: int) -> None:
    alone = judged(many)
    for path in sorted(many.iterdir())[20:40]:
        path.rename(tmp_path / path.name)
    judged(many, cache=Cache(tmp_path / "cache"))
    for path in tmp_path.glob("*.md"):
        path.rename(many / path.name)
    assert judged(many, cache=Cache(tmp_path / "cache"), jobs=jobs) == alone


def test_the_text_is_kept_only_where_something_was_found(many: Path) -> None:
    for number, one in enumerate(judged(many)):
        assert bool(one.source.text) == (number % 3 == 0)
        assert one.summary
        assert one.summary.title == f"測試小組第{number}次會議"


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_more_is_read_than_is_needed_to_keep_the_workers_busy(many: Path, jobs: int) -> None:
    begun: list[str] = []
    found = batch.judge(
        targets.find([str(many)]), lambda _path: NONE, batch.Work(lambda target: begun.append(target.name), jobs=jobs)
    )
    ahead = [len(begun) - number for number, _ in enumerate(found)]
    assert len(begun) == len(ahead) == 60
    assert max(ahead) <= (1 if jobs == 1 else jobs * 8 * 4)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_cannot_be_read_does_not_stop_the_others(many: Path, jobs: int) -> None:
    found = targets.find([str(many)])
    (many / "05.md").unlink()
    failures: list[errors.MinutesError] = []
    rest = list(batch.judge(found, lambda _path: NONE, batch.Work(failed=failures.append, jobs=jobs)))
    assert len(rest) == 59
    assert [type(failure) for failure in failures] == [errors.UnreadableFile]
    assert "05.md" in failures[0].say.zh


def test_few_files_are_judged_in_one_process(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "cores", lambda: 4)
    monkeypatch.delattr(workers, "each")
    assert len(judged(many, jobs=0)) == 60


def test_many_files_are_judged_in_as_many_processes_as_there_are_cores(
    many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def apart(files: Iterator[object], work: object, jobs: int) -> Iterator[object]:
        asked.append(jobs)
        return iter(())

    monkeypatch.setattr(batch, "cores", lambda: 4)
    monkeypatch.setattr(workers, "each", apart)
    monkeypatch.setattr(batch, "_WORTH", 30)
    assert len(judged(many, jobs=0)) < 60
    assert asked == [4]


def test_settings_go_with_each_file(many: Path) -> None:
    def find(at: str | None) -> Settings:
        assert at
        return Settings(profile="board") if Path(at).name < "30" else NONE

    alone = list(batch.judge(targets.find([str(many)]), find))
    assert list(batch.judge(targets.find([str(many)]), find, batch.Work(jobs=2))) == alone
    with pytest.raises(errors.BadTemplate, match="no-such-profile"):
        list(batch.judge(targets.find([str(many)]), lambda _at: Settings("no-such-profile"), batch.Work(jobs=2)))


def slowly(half: Path, asked: Asked) -> None:
    try:  # stopped between the two, it would never come to take the file away
        half.touch()
        time.sleep(60)
    finally:
        half.unlink()


def test_a_worker_that_is_stopped_leaves_nothing_half_done(tmp_path: Path) -> None:
    half = tmp_path / "half"

    def files() -> Iterator[tuple[Asked, None]]:
        for number in range(8):
            yield Asked(f"{number}.md", None, b"", NONE), None
        while not half.exists():
            time.sleep(0.01)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(workers.each(files(), partial(slowly, half), 2))
    assert not half.exists()


# ── the command ─────────────────────────────────────────────────────────────────────────────────────────────────────

PATCHED = """
import os, signal, sys
from minutes_cli import check
real = check.judge
def judge(source, settings):
    if source.name.endswith("31.md"):
        {what}
    return real(source, settings)
check.judge = judge
from minutes_cli.cli import minutes
minutes()
"""


def patched(what: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PATCHED.format(what=what), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=OUTSIDE,
        cwd=cwd,
        timeout=60,
    )


@FORKS
def test_a_worker_that_is_killed_is_a_failure_that_names_the_file(many: Path) -> None:
    done = patched(
        "os.kill(os.getpid(), signal.SIGKILL)", "check", "many", "--jobs", "2", "--no-cache", cwd=many.parent
    )
    assert done.returncode == 3
    assert "many/31.md" in done.stderr
    assert "9" in done.stderr
    assert "Traceback" not in done.stderr


@FORKS
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_error_of_the_tool_names_the_file(many: Path, jobs: str) -> None:
    done = patched("raise ValueError('甲')", "check", "many", "--jobs", jobs, "--no-cache", cwd=many.parent)
    assert done.returncode == 3
    assert "many/31.md" in done.stderr
    assert "ValueError: 甲" in done.stderr
    assert "Traceback" not in done.stderr


@FORKS
def test_an_error_that_cannot_be_sent_is_told_all_the_same(many: Path) -> None:
    what = "raise type('Odd', (Exception,), {'__init__': lambda self: None})()"
    done = patched(what, "check", "many", "--jobs", "2", "--no-cache", cwd=many.parent)
    assert done.returncode == 3
    assert "many/31.md" in done.stderr
    assert "Odd" in done.stderr


def test_workers_that_begin_anew_find_the_same(many: Path) -> None:
    """As on Windows and macOS, and wherever other threads run."""
    code = (
        "import threading; threading.active_count = lambda: 2\n"
        "from minutes_cli.cli import minutes\n"
        "if __name__ == '__main__': minutes()"
    )
    command = [sys.executable, "-c", code, "check", "many", "--no-cache", "--jobs"]
    one, two = (
        subprocess.run([*command, jobs], capture_output=True, env=OUTSIDE, cwd=many.parent, timeout=60)
        for jobs in ("1", "2")
    )
    assert one.stdout.decode().count("[weekday]") == 20
    assert (two.stdout, two.stderr) == (one.stdout, one.stderr)


@pytest.mark.parametrize("how", ["", "import threading; threading.active_count = lambda: 2"], ids=["forked", "anew"])
def test_several_processes_render_the_same_and_tell_it_in_the_same_order(many: Path, how: str) -> None:
    (many / "59.md").write_text("---\n- 一\n---\n", encoding="utf-8")
    code = f"{how}\nfrom minutes_cli.cli import minutes\nif __name__ == '__main__': minutes()"
    command = [sys.executable, "-c", code, "render", "many", "-", "--to", "html", "--to", "json", "--jobs"]
    one, two = (
        subprocess.run(
            [*command, jobs, "-o", f"out{jobs}"],
            input=FAULTY.encode(),
            capture_output=True,
            env=OUTSIDE,
            cwd=many.parent,
            timeout=60,
        )
        for jobs in ("1", "2")
    )
    assert one.returncode == 1
    assert one.stderr.decode().count("[weekday]") == 21
    assert (two.returncode, two.stdout, two.stderr) == (one.returncode, one.stdout, one.stderr)
    first, second = (
        {path.name: path.read_bytes() for path in (many.parent / folder).iterdir()} for folder in ("out1", "out2")
    )
    assert len(first) == 120
    assert first == second


def children(pid: int) -> list[int]:
    """The processes that one has begun."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1]
            if int(parent) == pid:
                found.append(int(status.parent.name))
    return found


def lives(pid: int) -> bool:
    with suppress(OSError):
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0]
        return state not in "ZX"
    return False


@contextmanager
def running(folder: Path, seconds: int) -> Iterator[tuple[subprocess.Popen[bytes], list[int]]]:
    """A run with two workers, each of which takes so long over a file; the process, and those of the workers."""
    begun = folder.parent / "begun"
    begun.mkdir()
    code = PATCHED.format(what=f"open(f'{begun}/{{os.getpid()}}', 'w').close(); __import__('time').sleep({seconds})")
    code = code.replace('endswith("31.md")', 'endswith(("31.md", "21.md"))')
    with subprocess.Popen(
        [sys.executable, "-c", code, "check", folder.name, "--jobs", "2", "--no-cache"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=OUTSIDE,
        cwd=folder.parent,
        start_new_session=True,
        preexec_fn=interruptible,
    ) as process:
        try:
            wait_until(lambda: len(list(begun.iterdir())) == 2)
            yield process, children(process.pid)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@FORKS
def test_an_interrupt_is_quiet(many: Path) -> None:
    with running(many, 600) as (process, begun):
        assert len(begun) == 2
        os.killpg(process.pid, signal.SIGINT)
        out, told = process.communicate(timeout=PATIENCE)
        assert (process.returncode, out, told.strip()) == (130, b"", b"")
        assert not any(map(lives, begun))


@FORKS
def test_the_workers_of_a_run_that_is_killed_end_too(many: Path) -> None:
    with running(many, 3) as (process, begun):
        assert len(begun) == 2
        process.kill()
        process.wait(timeout=PATIENCE)
        wait_until(lambda: not any(map(lives, begun)))


def test_jobs_must_be_one_or_more(many: Path) -> None:
    assert run("check", "many", "--jobs", "0").exit_code == 2


def test_standard_input_is_judged_beside_files(many: Path) -> None:
    done = outside("check", "many", "-", "--jobs", "2", given=FAULTY.encode(), cwd=many.parent)
    assert done.stdout.decode().count("[weekday]") == 21
    assert "<stdin>:3:7" in done.stdout.decode()
