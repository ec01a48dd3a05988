"""Requests in, answers out.  Bound to 127.0.0.1; a request that names another host, or a path outside the folder, is
refused, so that no page of the web can read the minutes through the reader's browser.

    /              the list of a folder, or the frame of the one file
    /m/PATH        the frame around a page      /page/PATH    the page, or a file that it links to
    /faults/PATH   what is wrong with it        /events       told when something was saved
"""

from __future__ import annotations

import mimetypes
import os
import threading
from collections.abc import Callable, Iterable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

from minutes_cli import settings
from minutes_cli.check import Checked, check, forget, told
from minutes_cli.errors import MinutesError
from minutes_cli.front import decode
from minutes_cli.preview import pages
from minutes_cli.preview.watch import Watch
from minutes_cli.printing import outline
from minutes_cli.render import html
from minutes_cli.say import Say
from minutes_cli.source import Source

_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:"
_HEARTBEAT = 15.0
_BROKEN = Say(
    "現在的檔案讀不出會議紀錄，下面是上一次讀得出的樣子", "the file holds no minutes right now; below is the last page"
)
_EMPTY = "<!doctype html><html lang='zh-Hant-TW'><meta charset='utf-8'><title>…</title><body></body></html>"


class Show:
    """What is shown: the meetings of `root`, or its one file `only`, found by `files`; the last whole page of each."""

    def __init__(self, root: Path, only: Path | None, files: Callable[[], Iterable[Path]], language: str) -> None:
        self.root = Path(os.path.realpath(root))
        self.only = only
        self.files = files
        self.language = language
        self.watch = Watch(files)
        self._pages: dict[Path, bytes] = {}

    def inside(self, relative: str) -> Path | None:
        """The file of a path below the folder; None if it leads outside, is hidden, or is no file."""
        parts = relative.replace("\\", "/").split("/")
        if any(part in ("", "..") or part.startswith(".") or "\0" in part for part in parts):
            return None
        path = Path(os.path.realpath(self.root.joinpath(*parts)))
        return path if path.is_relative_to(self.root) and path.is_file() else None

    def checked(self, path: Path) -> Checked:
        """A meeting as it is right now."""
        try:
            return told(decode.read(path, path.name), settings.of(path))
        except MinutesError as error:  # gone between two looks, or a slip in minutes.toml
            return check(Source(path.name, f"---\n# {error.say.zh}\n---\n", str(path)))

    def page(self, path: Path) -> bytes:
        """The printed page, or the last one that could be printed."""
        minutes = self.checked(path).minutes
        if minutes.whole:
            self._pages[path] = html.render(outline.outline(minutes), minutes)
        return self._pages.get(path, _EMPTY.encode())

    def faults(self, path: Path) -> str:
        """The box of what is wrong."""
        found = self.checked(path)
        note = None if found.minutes.whole else _BROKEN
        return pages.faults(found.minutes.source, found.diagnostics, self.language, note)

    def frame(self, path: Path) -> str:
        """The frame around a page."""
        title = outline.outline(self.checked(path).minutes).title
        return pages.framed(self._name(path), title, self.faults(path), self.watch.version, self.language)

    def listing(self) -> str:
        """The list of the folder, newest meeting first."""
        rows = []
        for path in self.files():
            found = self.checked(path)
            data = found.minutes.meta.data
            rows.append(
                pages.Row(self._name(path), str(data.get("title", "")), str(data.get("date", "")), found.diagnostics)
            )
        rows.sort(key=lambda row: (row.date, row.path), reverse=True)
        return pages.listing(rows, self.watch.version, self.language)

    def _name(self, path: Path) -> str:
        return Path(os.path.realpath(path)).relative_to(self.root).as_posix()


class Server(ThreadingHTTPServer):
    """`show` is what the handlers answer from."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, show: Show, port: int) -> None:
        self.show = show
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def address(self) -> str:
        """Where the reader's browser finds it."""
        return f"http://127.0.0.1:{self.server_port}/"

    def run(self) -> None:
        """Serve until `stop`."""
        watching = threading.Thread(target=self.show.watch.run, daemon=True)
        watching.start()
        try:
            self.serve_forever(poll_interval=0.1)
        finally:
            self.show.watch.stop()
            self.server_close()

    def stop(self) -> None:
        """End `run`; may be called from a signal handler."""
        self.show.watch.stop()
        threading.Thread(target=self.shutdown, daemon=True).start()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle of an answer is nothing to tell."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server
    _FIXED: ClassVar[dict[str, tuple[str, str]]] = {
        "/preview.css": ("text/css; charset=utf-8", pages.STYLE),
        "/preview.js": ("text/javascript; charset=utf-8", pages.SCRIPT),
    }

    def do_GET(self) -> None:
        """Answer one request."""
        show = self.server.show
        if not self._is_for_us():
            self._send(HTTPStatus.FORBIDDEN, "text/plain", b"")
            return
        forget()
        where = urlsplit(self.path)
        path = unquote(where.path, errors="replace")
        if path in self._FIXED:
            kind, text = self._FIXED[path]
            self._send(HTTPStatus.OK, kind, text.encode())
        elif path == "/events":
            self._events(parse_qs(where.query))
        elif path == "/":
            self._html(show.frame(show.only) if show.only else show.listing())
        else:
            self._below(path)

    def _below(self, path: str) -> None:
        """Whatever has a file's path behind its first word."""
        show = self.server.show
        word, _, relative = path.removeprefix("/").partition("/")
        file = show.inside(relative) if word in ("m", "page", "faults") else None
        if file is None:
            self._send(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"404\n")
        elif word == "page" and file.suffix.lower() != ".md":
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            active = kind in ("text/html", "image/svg+xml", "application/xhtml+xml")
            self._send(HTTPStatus.OK, "text/plain" if active else kind, file.read_bytes())
        elif word == "page":
            self._send(HTTPStatus.OK, "text/html; charset=utf-8", show.page(file), policy="")
        elif word == "m":
            self._html(show.frame(file))
        else:
            self._html(show.faults(file))

    def _is_for_us(self) -> bool:
        """Whether the request names this machine, and does not come from a page of another site."""
        port = self.server.server_port
        hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        origin = self.headers.get("Origin")
        return self.headers.get("Host", "") in hosts and (origin is None or origin.removeprefix("http://") in hosts)

    def _html(self, text: str) -> None:
        self._send(HTTPStatus.OK, "text/html; charset=utf-8", text.encode("utf-8", "backslashreplace"))

    def _send(self, status: HTTPStatus, kind: str, data: bytes, policy: str = _POLICY) -> None:
        self.send_response(status)
        for name, value in (
            ("Content-Type", kind),
            ("Content-Length", str(len(data))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("X-Frame-Options", "SAMEORIGIN"),
        ):
            self.send_header(name, value)
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(data)

    def _events(self, query: dict[str, list[str]]) -> None:
        """Tell the version now and at every change, until the browser or the server goes away."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        watch = self.server.show.watch
        seen = int(query.get("seen", ["0"])[0]) if query.get("seen", ["0"])[0].isdigit() else 0
        try:
            while not watch.stopped:
                version = watch.wait(seen, _HEARTBEAT)
                seen = version
                self.wfile.write(f"data: {version}\n\n".encode())
                self.wfile.flush()
        except OSError:
            pass
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are nothing to tell."""
