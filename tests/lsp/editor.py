"""An editor for the tests: pytest-lsp's client with the capabilities of a real one, its event loop on a thread of its
own, so that tests ask and wait like any other code.

Places are given as offsets into the text, and counted here anew, so that server and tests do not share a mistake.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from lsprotocol import types
from pytest_lsp import client_capabilities, make_test_lsp_client

PROFILES = {"neovim": "utf-8", "visual-studio-code": "utf-16"}
_SECONDS = 60.0


class Editor:
    """One editor with one server, in the workspace `folder`."""

    def __init__(self, profile: str, folder: Path, encodings: list[str] | None = None) -> None:
        self.folder = folder
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.client = make_test_lsp_client()
        self.told: dict[str, types.PublishDiagnosticsParams] = {}
        self.count = 0
        self.news = threading.Condition()
        features = self.client.protocol.fm.features
        features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS] = self._tell
        features[types.CLIENT_REGISTER_CAPABILITY] = lambda params: None
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.numbers = itertools.count(1)  # no version comes twice, so that no old answer is taken for a new one
        self.encoding = str(self.wait(self._begin(profile, encodings)))

    async def _begin(self, profile: str, encodings: list[str] | None) -> Any:
        command = [sys.executable, "-m", "minutes_cli", "--lang", "zh", "lsp"]
        await self.client.start_io(*command)
        capabilities = client_capabilities(profile)
        if encodings is not None:
            capabilities.general = types.GeneralClientCapabilities(position_encodings=list(encodings))
        folders = [types.WorkspaceFolder(self.folder.as_uri(), "minutes")]
        params = types.InitializeParams(capabilities=capabilities, workspace_folders=folders)
        self.server = (await self.client.initialize_session(params)).capabilities
        encoding = self.server.position_encoding or "utf-16"
        return getattr(encoding, "value", encoding)

    def wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(_SECONDS)

    def close(self) -> None:
        self.wait(self.client.shutdown_session())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(_SECONDS)

    # ── files ──

    def open(self, text: str, name: str = "m.md") -> str:
        """Open a text as a file of the workspace; its address."""
        uri = (self.folder / name).as_uri()
        self.texts[uri], self.versions[uri] = text, next(self.numbers)
        item = types.TextDocumentItem(uri, "markdown", self.versions[uri], text)
        self._send(lambda: self.client.text_document_did_open(types.DidOpenTextDocumentParams(item)))
        return uri

    def change(self, uri: str, start: int, end: int, text: str) -> None:
        """Replace a part of the text."""
        old = self.texts[uri]
        where = types.Range(self.position(uri, start), self.position(uri, end))
        self._changed(uri, types.TextDocumentContentChangePartial(where, text), old[:start] + text + old[end:])

    def replace(self, uri: str, text: str) -> None:
        """Replace the whole text."""
        self._changed(uri, types.TextDocumentContentChangeWholeDocument(text), text)

    def _changed(self, uri: str, change: Any, text: str) -> None:
        self.versions[uri] = next(self.numbers)
        self.texts[uri] = text
        document = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        params = types.DidChangeTextDocumentParams(document, [change])
        self._send(lambda: self.client.text_document_did_change(params))

    def shut(self, uri: str) -> None:
        """Close a file."""
        params = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
        self._send(lambda: self.client.text_document_did_close(params))

    def _send(self, what: Any) -> None:
        async def send() -> None:
            what()

        self.wait(send())

    def diagnostics(self, uri: str) -> tuple[types.Diagnostic, ...]:
        """What was told of the newest version, waited for."""

        def newest() -> bool:
            return uri in self.told and self.told[uri].version == self.versions[uri]

        with self.news:
            assert self.news.wait_for(newest, _SECONDS), "nothing was told"
            return tuple(self.told[uri].diagnostics)

    def _tell(self, params: types.PublishDiagnosticsParams) -> None:
        with self.news:
            self.told[params.uri] = params
            self.count += 1
            self.news.notify_all()

    # ── places ──

    def position(self, uri: str, offset: int) -> types.Position:
        before = self.texts[uri][:offset].replace("\r\n", "\n").replace("\r", "\n")
        line = before.rpartition("\n")[2]
        return types.Position(before.count("\n"), units(line, self.encoding))

    def span(self, uri: str, where: types.Range) -> str:
        """The text that a range of the server's covers."""
        return self.texts[uri][self.offset(uri, where.start) : self.offset(uri, where.end)]

    def offset(self, uri: str, at: types.Position) -> int:
        return offset(self.texts[uri], at, self.encoding)

    # ── requests ──

    def at(self, kind: Any, uri: str, offset: int, **more: Any) -> Any:
        return kind(text_document=types.TextDocumentIdentifier(uri), position=self.position(uri, offset), **more)

    def complete(self, uri: str, offset: int) -> list[types.CompletionItem]:
        params = self.at(types.CompletionParams, uri, offset)
        return list(self.wait(self.client.text_document_completion_async(params)).items)

    def actions(self, uri: str, start: int, end: int, only: list[str] | None = None) -> list[types.CodeAction]:
        where = types.Range(self.position(uri, start), self.position(uri, end))
        context = types.CodeActionContext([], only)  # type: ignore[arg-type]
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), where, context)
        return list(self.wait(self.client.text_document_code_action_async(params)) or [])

    def edited(self, uri: str, edit: types.WorkspaceEdit | list[types.TextEdit]) -> str:
        """The text after edits of the server's."""
        if isinstance(edit, types.WorkspaceEdit):
            changes = {document.text_document.uri: document.edits for document in edit.document_changes or []}
            edit = list((edit.changes or changes)[uri])  # type: ignore[arg-type]
        text = self.texts[uri]
        for one in sorted(edit, key=lambda one: (one.range.start.line, one.range.start.character), reverse=True):
            text = text[: self.offset(uri, one.range.start)] + one.new_text + text[self.offset(uri, one.range.end) :]
        return text


def units(text: str, encoding: str) -> int:
    """How long a text is for an editor."""
    return {
        "utf-8": lambda: len(text.encode()),
        "utf-16": lambda: len(text.encode("utf-16-le")) // 2,
        "utf-32": lambda: len(text),
    }[encoding]()


def offset(text: str, at: types.Position, encoding: str) -> int:
    """Where a place of the server's lies in a text."""
    lines = text.replace("\r\n", "\n\0").replace("\r", "\n").split("\n")  # \0 keeps the length
    start = sum(len(line) + 1 for line in lines[: at.line])
    line = lines[at.line].removeprefix("\0")
    start += len(lines[at.line]) - len(line)
    column = next(n for n in range(len(line) + 1) if units(line[:n], encoding) >= at.character)
    assert units(line[:column], encoding) == at.character, "not at the boundary of a character"
    return start + column
