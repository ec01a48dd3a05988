"""Judged meetings in, SARIF 2.1.0 out, in the part of it that GitHub's code scanning reads.

GitHub refuses a run of more than 25,000 results and keeps 5,000: errors are written first, the rest is left out and a
notification says so.  The rules stand behind the results, when it is known which are needed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from minutes_cli import __version__
from minutes_cli.diagnostics import ERROR, INFO, WARNING, Diagnostic, Say
from minutes_cli.judged import Judged
from minutes_cli.judging.fingerprint import fingerprints
from minutes_cli.report import _place
from minutes_cli.report._descriptors import descriptor, short
from minutes_cli.report._prose import plain
from minutes_cli.source import Source, Span

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
TAKEN, KEPT = 25_000, 5_000

_LEVELS = {ERROR: "error", WARNING: "warning", INFO: "note"}
_LANGUAGES = {"zh": "zh-TW", "en": "en"}
_ROOT = "%SRCROOT%"


def write(judged: Iterable[Judged], language: str) -> Iterator[str]:
    """One chunk a file with its errors; warnings and notices wait for the end."""
    codes: set[str] = set()
    waiting: dict[str, list[str]] = {WARNING: [], INFO: []}
    count = errors = 0
    yield f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{"results": ['
    for one in judged:
        chunk = ""
        for found, result in zip(one.diagnostics, _results(one, language), strict=True):
            count += 1
            codes.add(found.code)
            if found.severity != ERROR:
                _keep(waiting[found.severity], result)
            elif errors < TAKEN:
                chunk += (",\n" if errors else "\n") + _dump(result)
                errors += 1
        yield chunk
    rest = [*waiting[WARNING], *waiting[INFO]][: TAKEN - errors]
    yield "".join((",\n" if errors or n else "\n") + result for n, result in enumerate(rest))
    yield f"\n], {_dump(_run(codes, count, language))[1:-1]}}}]}}\n"


def _keep(waiting: list[str], result: dict[str, Any]) -> None:
    if len(waiting) < TAKEN:
        waiting.append(_dump(result))


def _results(one: Judged, language: str) -> Iterator[dict[str, Any]]:
    source = one.source
    artifact = _artifact(source)
    prints = fingerprints(_place.path(source), source, one.diagnostics)
    for found, print_ in zip(one.diagnostics, prints, strict=True):
        location = {"artifactLocation": artifact, "region": _region(source, found.span)}
        result = {
            "ruleId": found.code,
            "level": _LEVELS[found.severity],
            "message": {"text": short(_literal(plain(found, language)))},
            "locations": [{"physicalLocation": location}],
            "partialFingerprints": {"primaryLocationLineHash": print_},
        }
        yield {**result, "fixes": [_fix(artifact, source, found, language)]} if found.fix else result


def _artifact(source: Source) -> dict[str, str]:
    uri = _place.uri(source)
    return {"uri": uri} if uri.startswith("file://") else {"uri": uri, "uriBaseId": _ROOT}


def _region(source: Source, span: Span) -> dict[str, int]:
    line, column, end_line, end_column = _place.place(source, span)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _fix(artifact: dict[str, str], source: Source, found: Diagnostic, language: str) -> dict[str, Any]:
    replacements = [
        {
            "deletedRegion": _region(source, edit.span),
            **({"insertedContent": {"text": edit.text}} if edit.text else {}),
        }
        for edit in found.fix
    ]
    told = found.hint.in_(language) or found.message.in_(language)
    return {
        "description": {"text": short(_literal(told))},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
    }


def _literal(text: str) -> str:
    """SARIF would make a link of `[a](b)`, which minutes are full of."""
    return text.replace("[", "\\[").replace("]", "\\]") if "](" in text else text


def _run(codes: set[str], count: int, language: str) -> dict[str, Any]:
    """What the run holds beside its results."""
    driver = {
        "name": "minutes",
        "semanticVersion": __version__,
        "rules": [descriptor(code, language) for code in sorted(codes)],
    }
    told = [{"level": "warning", "message": {"text": _limit(count).in_(language)}}] if count > KEPT else []
    return {
        "tool": {"driver": driver},
        "language": _LANGUAGES[language],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"uri": _place.root_uri()}},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": told}],
    }


def _limit(count: int) -> Say:
    if count <= TAKEN:
        return Say(
            f"共有 {count} 處，GitHub 只保留最嚴重的 {KEPT} 處。",
            f"There are {count} findings; GitHub keeps the {KEPT} most severe.",
        )
    return Say(
        f"共有 {count} 處，這裡只寫出最嚴重的 {TAKEN} 處，GitHub 只保留其中 {KEPT} 處。",
        f"There are {count} findings; the {TAKEN} most severe are written, of which GitHub keeps {KEPT}.",
    )


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
