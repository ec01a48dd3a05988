"""Files in, what is done with each out, in the same order, worked at in several processes.

A worker is given a few files at a time, and no more before it has answered for each: so neither side ever waits for the
other to read, and it is known which file a worker was at when it ended.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from msgspec import Struct, field

from minutes_cli.errors import MinutesError
from minutes_cli.judged import Asked
from minutes_cli.say import Say

MOST = 32  # workers; one process could not keep more of them busy

_FILES, _BYTES = 8, 200_000  # that are given to a worker at a time
_PATIENCE = 5  # seconds for a worker to end by itself
_AHEAD = 4  # times as many as the workers have in hand may be read before the first is done

Do = Callable[[Asked], Any]  # a function of a module, or a partial of one, so that a process begun anew finds it


class _Slot(Struct):
    """A file in its turn, and what was found in it as soon as that is known."""

    asked: Asked
    found: Any


class _Worker(Struct):
    process: BaseProcess
    line: Connection[Any, Any]
    in_hand: deque[_Slot] = field(default_factory=deque)


def each(files: Iterable[tuple[Asked, Any]], work: Do, jobs: int) -> Iterator[tuple[Asked, Any]]:
    """Each file with what is known of it, or, where that is None, with what `work` makes of it in a worker.  Only so
    many are under way as keep `jobs` workers busy."""
    team = _Team(min(jobs, MOST), work)
    turns: deque[_Slot] = deque()
    waiting: list[_Slot] = []
    try:
        for asked, known in files:
            turns.append(_Slot(asked, known))
            if known is None:
                waiting.append(turns[-1])
            full = len(turns) >= team.size * _FILES * _AHEAD
            if waiting and (full or len(waiting) >= _FILES or sum(len(one.asked.data) for one in waiting) >= _BYTES):
                team.give(waiting)
                waiting = []
            while turns and (turns[0].found is not None or full):
                yield _next(turns, team)
                full = False
        if waiting:
            team.give(waiting)
        while turns:
            yield _next(turns, team)
        team.dismiss()
    finally:
        team.stop()


def _next(turns: deque[_Slot], team: _Team) -> tuple[Asked, Any]:
    while (found := turns[0].found) is None:
        team.listen()
    return turns.popleft().asked, found


class _Team:
    """The workers; one is hired when all others have something in hand."""

    def __init__(self, size: int, work: Do) -> None:
        self.size = size
        self._work = work
        self._workers: list[_Worker] = []

    def give(self, slots: Sequence[_Slot]) -> None:
        """Have files judged, as soon as somebody is free."""
        worker = self._free()
        worker.in_hand.extend(slots)
        try:
            worker.line.send([slot.asked for slot in slots])
        except OSError:
            raise _lost(worker) from None

    def _free(self) -> _Worker:
        while True:
            for worker in self._workers:
                if not worker.in_hand:
                    return worker
            if len(self._workers) < self.size:
                self._workers.append(_hired(self._workers, self._work))
            else:
                self.listen()

    def listen(self) -> None:
        """Wait for an answer."""
        busy = {worker.line: worker for worker in self._workers if worker.in_hand}
        for line in wait(list(busy)):
            worker = busy[line]  # type: ignore[index]  # only lines were waited for
            try:
                done, answer = worker.line.recv()
            except (EOFError, OSError):
                raise _lost(worker) from None
            if not done:
                _fail(worker.in_hand[0].asked.name, *answer)
            worker.in_hand.popleft().found = answer

    def dismiss(self) -> None:
        """Let the workers go: nothing is left to do."""
        for worker in self._workers:
            worker.line.close()
        for worker in self._workers:
            worker.process.join(_PATIENCE)

    def stop(self) -> None:
        """Whatever they are at."""
        for worker in self._workers:
            worker.line.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(_PATIENCE)
            worker.process.kill()
            worker.process.join()


def _hired(others: Sequence[_Worker], work: Do) -> _Worker:
    """A new worker.  Forked where that is safe, which takes 2 ms; a process begun anew has to load everything again."""
    forks = sys.platform == "linux" and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if forks else "spawn")
    ours, theirs = context.Pipe()
    inherited = [ours, *(other.line for other in others)] if forks else []
    process = context.Process(target=_serve, args=(theirs, inherited, work), daemon=True)  # type: ignore[attr-defined]
    with _uninterrupted():
        process.start()
    theirs.close()
    return _Worker(process, ours)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C is for the one process that leads; a worker begun here never hears of it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _lost(worker: _Worker) -> MinutesError:
    worker.process.join(_PATIENCE)
    name, code = worker.in_hand[0].asked.name, worker.process.exitcode
    how = Say(f"訊號 {-code}", f"signal {-code}") if code and code < 0 else Say(f"代碼 {code}", f"code {code}")
    return MinutesError(
        Say(
            f"處理「{name}」的程序意外中斷（{how.zh}）。請把這個檔案與這一行回報給維護者；加上 --jobs 1 再執行一次，可以看到原因",
            f"the process that worked at {name} ended unexpectedly ({how.en}).  Please report this line and the file; "
            "run again with --jobs 1 to see why",
        )
    )


def _fail(name: str, error: BaseException, seen: str) -> None:
    """Raise what a worker met, with the file's name and, as its cause, where it was."""
    if not isinstance(error, MinutesError):
        error.add_note(name)
    raise error from RuntimeError(seen)


# ── in the other process ────────────────────────────────────────────────────────────────────────────────────────────


def _serve(line: Connection[Any, Any], inherited: Sequence[Connection[Any, Any]], work: Do) -> None:
    """Answer for each file that comes in, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    for other in inherited:  # or this process would keep lines open that the leading one has closed
        other.close()
    with suppress(EOFError, OSError):
        while True:
            for asked in line.recv():
                line.send(_answer(asked, work))


def _leave(*_: object) -> None:
    """Not at once: a file that is half written is taken away first."""
    raise SystemExit


def _answer(asked: Asked, work: Do) -> tuple[bool, Any]:
    try:
        return True, work(asked)
    except Exception as error:
        return False, (_portable(error), traceback.format_exc())


def _portable(error: Exception) -> Exception:
    """The error, if it comes whole through a line between processes."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
