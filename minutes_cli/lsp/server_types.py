"""Findings, offers and edits in, the types of the protocol out."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lsprotocol import types

from minutes_cli import diagnostics as ours
from minutes_cli import language
from minutes_cli.diagnostics import Diagnostic, Edit
from minutes_cli.lsp import offers as kinds
from minutes_cli.lsp import positions, symbols
from minutes_cli.lsp.actions import Action
from minutes_cli.lsp.changes import Change
from minutes_cli.lsp.links import Target
from minutes_cli.lsp.offers import Offer
from minutes_cli.lsp.opened import Opened
from minutes_cli.lsp.positions import Place
from minutes_cli.lsp.symbols import Symbol
from minutes_cli.source import Source, Span

SOURCE = "minutes"
FIX_ALL = "source.fixAll.minutes"
_SEVERITIES = {
    ours.ERROR: types.DiagnosticSeverity.Error,
    ours.WARNING: types.DiagnosticSeverity.Warning,
    ours.INFO: types.DiagnosticSeverity.Information,
}
_KINDS = {
    kinds.KEY: types.CompletionItemKind.Property,
    kinds.VALUE: types.CompletionItemKind.EnumMember,
    kinds.SECTION: types.CompletionItemKind.Module,
    kinds.LABEL: types.CompletionItemKind.Keyword,
    kinds.PERSON: types.CompletionItemKind.Text,
    kinds.FILE: types.CompletionItemKind.File,
    kinds.DECISION: types.CompletionItemKind.Reference,
}


def _place(place: Place) -> types.Position:
    return types.Position(place.line, place.character)


def range_of(source: Source, span: Span, encoding: str, shift: int = 0) -> types.Range:
    """A span of a text; `shift` as in `Opened`."""
    start, end = (_place(positions.place(source, offset + shift, encoding)) for offset in span)
    return types.Range(start, end)


def range_in(opened: Opened, span: Span, encoding: str) -> types.Range:
    """A span of an open file."""
    return range_of(opened.screen, span, encoding, opened.shift)


def offset(opened: Opened, position: types.Position, encoding: str) -> int:
    """The offset in `opened.source` of a place of the editor's."""
    found = positions.offset(opened.screen, Place(position.line, position.character), encoding)
    return max(0, min(found - opened.shift, len(opened.source.text)))


def span(opened: Opened, selected: types.Range, encoding: str) -> Span:
    """The span of a range of the editor's."""
    return Span(*sorted((offset(opened, selected.start, encoding), offset(opened, selected.end, encoding))))


def changes(sent: Iterable[types.TextDocumentContentChangeEvent]) -> list[Change]:
    """An editor's changes."""
    found = []
    for one in sent:
        if isinstance(one, types.TextDocumentContentChangePartial):
            start, end = one.range.start, one.range.end
            found.append(Change(one.text, Place(start.line, start.character), Place(end.line, end.character)))
        else:
            found.append(Change(one.text))
    return found


def diagnostic(opened: Opened, found: Diagnostic, encoding: str) -> types.Diagnostic:
    """A finding: its hint stands below its message, and alone in `data`."""
    spoken = language.current()
    message, hint = found.message.in_(spoken), found.hint.in_(spoken)
    return types.Diagnostic(
        range=range_in(opened, found.span, encoding),
        message=f"{message}\n{hint}" if hint else message,
        severity=_SEVERITIES[found.severity],
        code=found.code,
        source=SOURCE,
        data={"hint": hint, "fixable": bool(found.fix)},
    )


def edits(opened: Opened, made: Iterable[Edit], encoding: str) -> list[types.TextEdit]:
    """Edits of an open file."""
    return [types.TextEdit(range_in(opened, edit.span, encoding), edit.text) for edit in made]


def workspace_edit(opened: Opened, made: Iterable[Edit], encoding: str, versioned: bool) -> types.WorkspaceEdit:
    """Edits of an open file, for this version of it alone where the editor can tell versions."""
    sent = edits(opened, made, encoding)
    if not versioned:
        return types.WorkspaceEdit(changes={opened.uri: sent})
    document = types.OptionalVersionedTextDocumentIdentifier(opened.uri, opened.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, sent)])


def completion(opened: Opened, offer: Offer, encoding: str, number: int) -> types.CompletionItem:
    """An offer; `number` keeps our order."""
    about = types.MarkupContent(types.MarkupKind.PlainText, offer.about) if offer.about else None
    return types.CompletionItem(
        label=offer.label,
        kind=_KINDS[offer.kind],
        detail=offer.detail or None,
        documentation=about,
        sort_text=f"{number:04}",
        filter_text=" ".join(dict.fromkeys(filter(None, (offer.label, offer.match)))),
        text_edit=types.TextEdit(range_in(opened, offer.span, encoding), offer.text),
    )


def quick_fix(opened: Opened, made: Action, encoding: str, versioned: bool) -> types.CodeAction:
    """What mends one finding; preferred where it is safe."""
    mends = made.mends
    return types.CodeAction(
        title=made.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[diagnostic(opened, mends, encoding)] if mends else None,
        is_preferred=True if mends and not mends.unsafe else None,
        edit=workspace_edit(opened, made.edits, encoding, versioned),
    )


_SYMBOLS = {
    symbols.MEETING: types.SymbolKind.File,
    symbols.SECTION: types.SymbolKind.Module,
    symbols.ITEM: types.SymbolKind.String,
    symbols.LABEL: types.SymbolKind.Field,
    symbols.DECISION: types.SymbolKind.Event,
}


def symbol(opened: Opened, one: Symbol, encoding: str) -> types.DocumentSymbol:
    """An entry of the outline, with all below it."""
    return types.DocumentSymbol(
        name=one.name,
        kind=_SYMBOLS[one.kind],
        range=range_in(opened, one.span, encoding),
        selection_range=range_in(opened, one.chosen, encoding),
        detail=one.detail or None,
        children=[symbol(opened, child, encoding) for child in one.children],
    )


def location(target: Target, encoding: str, uri_of: Callable[[Source], str]) -> types.Location:
    """A place of any file."""
    return types.Location(uri_of(target.source), range_of(target.source, target.span, encoding))
