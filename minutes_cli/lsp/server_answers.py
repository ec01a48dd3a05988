"""The requests of an editor in, answers out.  Each is worked out for the version of the file that the editor had when it
asked; what stands behind it is in the other modules."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from minutes_cli import language
from minutes_cli.diagnostics import Edit
from minutes_cli.lsp import actions, complete_body, complete_front, cursor, earlier, formatting, links, rename, symbols
from minutes_cli.lsp import hover as hovering
from minutes_cli.lsp import server_types as to
from minutes_cli.lsp.opened import Opened
from minutes_cli.lsp.server import Server, server

_T = TypeVar("_T")

_TRIGGERS = types.CompletionOptions(trigger_characters=["：", ":", "附", "件", "#", " ", "-", "第"])
_ACTIONS = types.CodeActionOptions([types.CodeActionKind.QuickFix, to.FIX_ALL], resolve_provider=True)
_HAN = re.compile("[\u3400-\u9fff]{2,}")
_MOST = 300  # decisions that a search answers with


async def _ask(ls: Server, document: types.TextDocumentIdentifier, work: Callable[..., _T], *more: Any) -> _T | None:
    """The answer of `work` for an open file; None for one that is not."""
    known = ls.files.get(document.uri)
    return await ls.ask(work, ls, known, *more) if known else None


# ── completion, hover ───────────────────────────────────────────────────────────────────────────────────────────────


@server.feature(types.TEXT_DOCUMENT_COMPLETION, _TRIGGERS)
async def _completion(ls: Server, params: types.CompletionParams) -> types.CompletionList | None:
    return await _ask(ls, params.text_document, _offers, params.position)


def _offers(ls: Server, opened: Opened, position: types.Position) -> types.CompletionList:
    offset = to.offset(opened, position, ls.encoding)
    found = complete_body.cited(opened, offset)
    if not found and (front := cursor.in_front(opened.source, offset)):
        found = complete_front.offers(opened, front)
    elif not found:
        at = cursor.in_body(opened.source, offset)
        found = complete_body.offers(opened, offset, at, earlier.decisions(opened.minutes, ls.library))
    items = [to.completion(opened, offer, ls.encoding, number) for number, offer in enumerate(found)]
    return types.CompletionList(is_incomplete=True, items=items)


@server.feature(types.TEXT_DOCUMENT_HOVER)
async def _hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    return await _ask(ls, params.text_document, _shown, params.position)


def _shown(ls: Server, opened: Opened, position: types.Position) -> types.Hover | None:
    found = hovering.hover(opened, to.offset(opened, position, ls.encoding), ls.library)
    if found is None:
        return None
    text = types.MarkupContent(types.MarkupKind.PlainText, found.text)
    return types.Hover(text, to.range_in(opened, found.span, ls.encoding))


# ── outline ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
async def _symbols(ls: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | None:
    return await _ask(ls, params.text_document, _outline)


def _outline(ls: Server, opened: Opened) -> list[types.DocumentSymbol]:
    return [to.symbol(opened, one, ls.encoding) for one in symbols.symbols(opened.minutes)]


@server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
async def _folding(ls: Server, params: types.FoldingRangeParams) -> list[types.FoldingRange] | None:
    return await _ask(ls, params.text_document, _folds)


def _folds(ls: Server, opened: Opened) -> list[types.FoldingRange]:
    return [types.FoldingRange(fold.first, fold.last) for fold in symbols.folds(opened.minutes)]


@server.feature(types.WORKSPACE_SYMBOL)
async def _workspace_symbols(ls: Server, params: types.WorkspaceSymbolParams) -> list[types.SymbolInformation]:
    return await ls.ask(_decisions, ls, params.query)


def _decisions(ls: Server, query: str) -> list[types.SymbolInformation]:
    """Decisions whose id, name, text, owner or status has every word of the query."""
    words = query.casefold().split()
    found: list[types.SymbolInformation] = []
    for card in ls.library.every(next(iter(ls.library.open), None), _literal(words)):
        for one in card.decided:
            said = f"{one.id} {one.called} {one.text} {' '.join(one.owners)} {one.due} {one.tracked}".casefold()
            if all(word in said for word in words):
                place = to.location(links.Target(card.source, one.span), ls.encoding, ls.uri_of)
                name = f"{one.called}　{one.text}"
                kind = types.SymbolKind.Event
                found.append(types.SymbolInformation(place, name, kind, container_name=card.series or card.stem))
    return found[:_MOST]


def _literal(words: list[str]) -> str:
    """A word that must stand in the file itself, and not in the name of a decision, which we make."""
    return next((word for word in words if _HAN.fullmatch(word) and not set(word) & set("第屆次會議決")), "")


# ── links ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@server.feature(types.TEXT_DOCUMENT_DEFINITION)
async def _definition(ls: Server, params: types.DefinitionParams) -> list[types.Location] | None:
    return await _ask(ls, params.text_document, _defined, params.position)


def _defined(ls: Server, opened: Opened, position: types.Position) -> list[types.Location]:
    found = links.definition(opened.minutes, to.offset(opened, position, ls.encoding), ls.library)
    return _locations(ls, found)


@server.feature(types.TEXT_DOCUMENT_REFERENCES)
async def _references(ls: Server, params: types.ReferenceParams) -> list[types.Location] | None:
    return await _ask(ls, params.text_document, _referring, params)


def _referring(ls: Server, opened: Opened, params: types.ReferenceParams) -> list[types.Location]:
    offset = to.offset(opened, params.position, ls.encoding)
    declared = params.context.include_declaration
    return _locations(ls, links.references(opened.minutes, offset, ls.library, declared))


def _locations(ls: Server, found: Iterable[links.Target]) -> list[types.Location]:
    return [to.location(target, ls.encoding, ls.uri_of) for target in found]


# ── changes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@server.feature(types.TEXT_DOCUMENT_CODE_ACTION, _ACTIONS)
async def _code_action(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    return await _ask(ls, params.text_document, _mending, params)


def _mending(ls: Server, opened: Opened, params: types.CodeActionParams) -> list[types.CodeAction]:
    only = list(params.context.only or ())
    found: list[actions.Action] = []
    if _wanted(types.CodeActionKind.QuickFix, only):
        found += actions.quick(opened, to.span(opened, params.range, ls.encoding))
    sent = [to.quick_fix(opened, one, ls.encoding, ls.versioned) for one in found]
    if _wanted(to.FIX_ALL, only) and actions.can_mend(opened):
        every = types.CodeAction(actions.all_title(), to.FIX_ALL, data={"uri": opened.uri})
        # An editor asks at every move of the cursor, so the edits wait until they are wanted.
        sent.append(every if ls.resolves and not only else _all_mended(ls, opened, every))
    return sent


@server.feature(types.CODE_ACTION_RESOLVE)
async def _resolve(ls: Server, params: types.CodeAction) -> types.CodeAction:
    uri = params.data.get("uri", "") if isinstance(params.data, dict) else ""
    return await _ask(ls, types.TextDocumentIdentifier(uri), _all_mended, params) or params


def _all_mended(ls: Server, opened: Opened, action: types.CodeAction) -> types.CodeAction:
    every = actions.all_of(opened)
    action.edit = to.workspace_edit(opened, every.edits if every else (), ls.encoding, ls.versioned)
    return action


def _wanted(kind: str, only: list[Any]) -> bool:
    """Whether an editor that asks for some kinds of action asks for this one: `source` asks for `source.fixAll` too."""
    names = [str(getattr(one, "value", one)) for one in only]
    kind = str(getattr(kind, "value", kind))
    return not names or any(kind == name or kind.startswith(f"{name}.") for name in names)


@server.feature(types.TEXT_DOCUMENT_FORMATTING)
async def _formatting(ls: Server, params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
    return await _ask(ls, params.text_document, _formatted, None)


@server.feature(types.TEXT_DOCUMENT_RANGE_FORMATTING)
async def _range_formatting(ls: Server, params: types.DocumentRangeFormattingParams) -> list[types.TextEdit] | None:
    return await _ask(ls, params.text_document, _formatted, params.range)


def _formatted(ls: Server, opened: Opened, selected: types.Range | None) -> list[types.TextEdit]:
    within = to.span(opened, selected, ls.encoding) if selected else None
    return to.edits(opened, formatting.formatting(opened, within), ls.encoding)


@server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
async def _prepare_rename(ls: Server, params: types.PrepareRenameParams) -> types.Range | None:
    return await _ask(ls, params.text_document, _renamable, params.position)


def _renamable(ls: Server, opened: Opened, position: types.Position) -> types.Range | None:
    span = rename.prepare(opened, to.offset(opened, position, ls.encoding))
    return to.range_in(opened, span, ls.encoding) if span else None


@server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
async def _rename(ls: Server, params: types.RenameParams) -> types.WorkspaceEdit | None:
    return await _ask(ls, params.text_document, _renamed, params)


def _renamed(ls: Server, opened: Opened, params: types.RenameParams) -> types.WorkspaceEdit:
    try:
        made: list[Edit] = rename.rename(opened, to.offset(opened, params.position, ls.encoding), params.new_name)
    except rename.Refused as refused:
        raise JsonRpcInvalidParams(refused.say.in_(language.current())) from refused
    return to.workspace_edit(opened, made, ls.encoding, ls.versioned)


def serve() -> int:
    """Answer one editor over standard input and output, until it goes; the exit code.  Whatever else is printed goes to
    standard error, where it does no harm."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    gc.set_threshold(100_000, 50, 50)  # a model is many objects without circles, which are not to be looked through
    gc.freeze()
    try:
        server.start_io(sys.stdin.buffer, answers)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0
