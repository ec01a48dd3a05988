"""The door: the protocol in, answers of the other modules out.

Messages are read on one thread, and all work is done in order on another, so that a change is taken up at once and
whatever was to be told of the text before it is dropped: it is looked at before the work is begun, and before its
outcome is sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls import uris
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

from minutes_cli import __version__, language
from minutes_cli.check import forget
from minutes_cli.lsp import changes, positions
from minutes_cli.lsp import server_types as to
from minutes_cli.lsp.library import Library
from minutes_cli.lsp.opened import Opened
from minutes_cli.settings import FILE_NAME
from minutes_cli.source import Source

_T = TypeVar("_T")

_PAUSE = 0.005  # seconds between two meetings that are read ahead


class _Protocol(LanguageServerProtocol):
    """pygls keeps a copy of each text, whose lines end at U+2028 too; ours is the one that counts."""

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Iterator[Any]:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None


class Server(LanguageServer):
    """`files` has the newest version of each open file."""

    def __init__(self) -> None:
        super().__init__("minutes", __version__, protocol_cls=_Protocol)
        self.files: dict[str, Opened] = {}
        self.library = Library()
        self.asked = ""
        self.worker = ThreadPoolExecutor(1)
        self.tasks: set[asyncio.Task[None]] = set()

    @property
    def encoding(self) -> str:
        """The units in which positions are counted, as agreed with the editor, or as its set-up says: ALE agrees on
        nothing and counts in bytes."""
        return self.asked or str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding))

    @property
    def versioned(self) -> bool:
        """Whether the editor takes edits for one version of a file."""
        edit = self.client_capabilities.workspace and self.client_capabilities.workspace.workspace_edit
        return bool(edit and edit.document_changes)

    @property
    def resolves(self) -> bool:
        """Whether the editor asks for the edits of an action when they are wanted, and not before."""
        known = self.client_capabilities.text_document and self.client_capabilities.text_document.code_action
        return bool(known and known.resolve_support and "edit" in known.resolve_support.properties)

    async def ask(self, work: Callable[..., _T], *arguments: Any) -> _T:
        """Have something done on the other thread."""
        return await asyncio.get_running_loop().run_in_executor(self.worker, work, *arguments)

    def take(self, opened: Opened) -> None:
        """Take up a version of a file, and tell what is wrong with it once that is known."""
        self.files[opened.uri] = opened
        self.begin(self._tell(opened))

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Let something go on beside what is being answered."""
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def warm(self) -> None:
        """Read the meetings of the workspace, one at a time between other work."""
        for path in await self.ask(self.library.paths, None):
            await self.ask(self.library.read, path)
            await asyncio.sleep(_PAUSE)

    def uri_of(self, source: Source) -> str:
        """The address of a file, as the editor spells it where it is open."""
        known = (uri for uri, opened in self.files.items() if opened.path == source.path)
        return next(known, None) or uris.from_fs_path(str(source.path)) or ""

    def is_newest(self, opened: Opened) -> bool:
        """Whether no change has come since."""
        return self.files.get(opened.uri) is opened

    async def _tell(self, opened: Opened) -> None:
        found = await self.ask(self._judged, opened)
        if found is not None and self.is_newest(opened):
            params = types.PublishDiagnosticsParams(opened.uri, found, opened.version)
            self.text_document_publish_diagnostics(params)

    def _judged(self, opened: Opened) -> list[types.Diagnostic] | None:
        if not self.is_newest(opened):
            return None
        language.prefer(opened.settings.language)
        found = [to.diagnostic(opened, one, self.encoding) for one in opened.diagnostics]
        if opened.path:
            self.library.open[opened.path] = opened.minutes
        return found


def path_of(uri: str) -> Path | None:
    """The file of an address; None for a text that lies nowhere yet."""
    name = uris.to_fs_path(uri) if uri.startswith("file:") else None
    return Path(name) if name else None


server = Server()


# ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@server.feature(types.INITIALIZED)
def _initialized(ls: Server, params: types.InitializedParams) -> None:
    _folders(ls)
    _watch(ls)


@server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
def _moved(ls: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
    _folders(ls)


def _folders(ls: Server) -> None:
    """Know the meetings of the workspace's folders."""
    folders = [path_of(uri) for uri in ls.workspace.folders] or [path_of(ls.workspace.root_uri or "")]
    ls.library.folders = tuple(path for path in folders if path)
    ls.begin(ls.warm())


def _watch(ls: Server) -> None:
    """Hear of meetings and settings that other programs change, where the editor can tell."""
    known = ls.client_capabilities.workspace and ls.client_capabilities.workspace.did_change_watched_files
    if not known or not known.dynamic_registration:
        return
    watchers = [types.FileSystemWatcher(glob) for glob in ("**/*.md", f"**/{FILE_NAME}")]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    ls.client_register_capability(types.RegistrationParams([types.Registration("watch", method, options)]))


@server.feature(types.INITIALIZE)
def _initialize(ls: Server, params: types.InitializeParams) -> None:
    language.prefer(params.locale or "")
    options = params.initialization_options
    asked = options.get("positionEncoding") if isinstance(options, dict) else None
    ls.asked = asked if asked in (positions.UTF8, positions.UTF16, positions.UTF32) else ""


@server.feature(types.TEXT_DOCUMENT_DID_OPEN)
async def _open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    document = params.text_document
    forget()  # not every editor tells of a minutes.toml that another program wrote
    ls.take(Opened(document.uri, document.text, document.version, path_of(document.uri)))


@server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
def _change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    document = params.text_document
    known = ls.files.get(document.uri)
    if known is not None:
        text = changes.apply(known.screen, to.changes(params.content_changes), ls.encoding)
        ls.take(known.changed(text, document.version))


@server.feature(types.TEXT_DOCUMENT_DID_SAVE)
def _saved(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    _anew(ls)


@server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
def _watched(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
    _anew(ls)


def _anew(ls: Server) -> None:
    """Judge every open file anew: the settings, the files named, or the meetings before may be others."""
    forget()
    ls.library.forget()
    for known in list(ls.files.values()):
        ls.take(known.changed(known.text, known.version))


@server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
def _close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    known = ls.files.pop(params.text_document.uri, None)
    if known and known.path:
        ls.library.open.pop(known.path, None)
    ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(params.text_document.uri, []))
