"""How long an editor waits, from a change to what is told of it, of a meeting of 12 kB and one of 200 kB; and the same of
yaml-language-server, where it is installed, on the front matter of the first.

    python -m tests.bench.keystrokes
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, NamedTuple

from . import meetings
from .processes import ROOT

LIMITS = {12: 30.0, 200: 150.0}  # kB → milliseconds
CHANGES = 40


class Waited(NamedTuple):
    """Milliseconds of each change."""

    what: str
    times: list[float]

    @property
    def median(self) -> float:
        return statistics.median(self.times)


class Wire:
    """One language server over its standard input and output."""

    def __init__(self, command: list[str], folder: Path) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
        self.number = 0
        self.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}})
        self.tell("initialized", {})

    def tell(self, method: str, params: Any) -> None:
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, params: Any, cancelled: bool = False) -> Any:
        """The answer to a request, which may be taken back at once."""
        self.number += 1
        mine = self.number
        self._send({"jsonrpc": "2.0", "id": mine, "method": method, "params": params})
        if cancelled:
            self.tell("$/cancelRequest", {"id": mine})
        return self.wait(lambda message: message.get("id") == mine and "method" not in message)

    def wait(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The next message of a kind; requests of the server's are answered with nothing on the way."""
        while True:
            message = self._receive()
            if wanted(message):
                return message
            if "id" in message and "method" in message:
                empty = [{}] if message["method"] == "workspace/configuration" else None
                self._send({"jsonrpc": "2.0", "id": message["id"], "result": empty})

    def close(self) -> None:
        self.ask("shutdown", None)
        self.tell("exit", None)
        self.process.wait(10)

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps(message).encode()
        pipe = _pipe(self.process.stdin)
        pipe.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        pipe.flush()

    def _receive(self) -> dict[str, Any]:
        pipe, length = _pipe(self.process.stdout), 0
        while line := pipe.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the server has gone"
        message: dict[str, Any] = json.loads(pipe.read(length))
        return message


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe
    return pipe


def large(kilobytes: int) -> str:
    """A meeting of that size: more and more sections behind those of a drawn one."""
    text, number = meetings.meeting(3).text, 4
    while len(text.encode()) < kilobytes * 1000:
        text += meetings.meeting(number).text.split("---\n", 2)[2]
        number += 1
    return text


def wait(command: list[str], text: str, place: tuple[int, str], language: str = "markdown") -> list[float]:
    """Type a character into a line of `text` and take it out again, many times; how long each change took."""
    line, suffix = place
    with tempfile.TemporaryDirectory() as name:
        wire = Wire(command, Path(name))
        uri = (Path(name) / f"m{suffix}").as_uri()
        opened = {"uri": uri, "languageId": language, "version": 0, "text": text}
        wire.tell("textDocument/didOpen", {"textDocument": opened})
        wire.wait(_told)
        times = [_change(wire, uri, version, line) for version in range(1, CHANGES + 1)]
        wire.close()
    return times


def _change(wire: Wire, uri: str, version: int, line: int) -> float:
    start, typed = {"line": line, "character": 0}, version % 2
    where = {"start": start, "end": start if typed else {"line": line, "character": 1}}
    change = {"range": where, "text": "y" if typed else ""}
    before = time.perf_counter()
    document = {"uri": uri, "version": version}
    wire.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})
    wire.wait(_told)
    return (time.perf_counter() - before) * 1000


def _told(message: dict[str, Any]) -> bool:
    return message.get("method") == "textDocument/publishDiagnostics"


def ours() -> list[Waited]:
    command = [sys.executable, "-m", "minutes_cli", "lsp"]
    found = []
    for kilobytes in LIMITS:
        text = large(kilobytes) if kilobytes > 12 else meetings.meeting(3).text
        middle = text.count("\n") // 2
        found.append(Waited(f"`minutes lsp`, {kilobytes} kB", wait(command, text, (middle, ".md"))))
    return found


def theirs() -> Waited | None:
    """yaml-language-server with our schema on the front matter alone."""
    program = shutil.which("yaml-language-server") or shutil.which(
        "yaml-language-server", path=str(ROOT / "node_modules" / ".bin")
    )
    if not program:
        return None
    schema = (ROOT / "schemas" / "minutes.schema.json").as_uri()
    text = f"# yaml-language-server: $schema={schema}\n{meetings.meeting(3).front}"
    return Waited("yaml-language-server, front matter alone", wait([program, "--stdio"], text, (2, ".yaml"), "yaml"))


def main() -> int:
    rows, other = ours(), theirs()
    print("| change → diagnostics | median | worst |\n| --- | ---: | ---: |")
    for row in (*rows, *([other] if other else [])):
        print(f"| {row.what} | {row.median:.1f} ms | {max(row.times):.1f} ms |")
    if other:
        print(f"\n12 kB against yaml-language-server: {rows[0].median / other.median:.2f}")
    else:
        print("\nyaml-language-server is not installed.")
    return 0 if all(row.median <= limit for row, limit in zip(rows, LIMITS.values(), strict=True)) else 1


if __name__ == "__main__":
    sys.exit(main())
