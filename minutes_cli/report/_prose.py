"""Findings in, words for people out, in the manner of rustc:

    m.md:3:6: 錯誤：散會時間 09:00 早於開始時間 14:00 [end-before-start]
      3 │ end: 09:00
        │      ^^^^^
        = 提示：…

Colours are always in the text; the door takes them out where no terminal reads.
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.diagnostics import ERROR, INFO, WARNING, Diagnostic, Say
from minutes_cli.report._count import Tally
from minutes_cli.report._snippet import Row, printable, snippet
from minutes_cli.source import Source

NAMES = {ERROR: Say("錯誤", "error"), WARNING: Say("警告", "warning"), INFO: Say("提醒", "info")}
HINT = Say("提示：", "hint: ")

_COLOURS = {ERROR: "1;31", WARNING: "1;33", INFO: "1;36"}
_BOLD, _DIM, _GUTTER = "1", "2", "34"


def finding(source: Source, found: Diagnostic, language: str) -> str:
    """One finding, with an empty line behind it."""
    rows = snippet(source, found.span)
    gutter = max((len(row.number) for row in rows), default=1)
    lines = [_headline(source, found, language)]
    for row in rows:
        lines += _row(row, gutter, _COLOURS[found.severity])
    hint = printable(found.hint.in_(language))
    if hint:
        lines.append(f"{' ' * (gutter + 3)}{_paint('=', _GUTTER)} {_paint(HINT.in_(language), _BOLD)}{hint}")
    return "\n".join(lines) + "\n\n"


def plain(found: Diagnostic, language: str) -> str:
    """The message, and the hint on a line of its own: what a report has room for that shows no lines of the file."""
    message, hint = found.message.in_(language), found.hint.in_(language)
    return f"{message}\n{HINT.in_(language)}{hint}" if hint else message


def summary(tally: Tally, language: str) -> str:
    """How many files, and how many findings of each kind, in one line."""
    errors, warnings, infos = (tally.severities[severity] for severity in (ERROR, WARNING, INFO))
    if not (errors or warnings or infos):
        clean = Say(f"檢核了 {tally.files} 個檔案，沒有錯誤。\n", f"{_files(tally.files)} checked, no faults.\n")
        return clean.in_(language)
    zh = f"檢核了 {tally.files} 個檔案：{errors} 個錯誤、{warnings} 個警告" + (f"、{infos} 個提醒" if infos else "")
    en = f"{_files(tally.files)} checked: {_many(errors, 'error')}, {_many(warnings, 'warning')}"
    en += f", {_many(infos, 'note')}" if infos else ""
    return Say(f"{zh}。\n", f"{en}.\n").in_(language)


def _headline(source: Source, found: Diagnostic, language: str) -> str:
    line, column = source.line_column(found.span.start)
    place = _paint(f"{source.name}:{line}:{column}:", _BOLD)
    colon = "：" if language == "zh" else ": "
    severity = _paint(NAMES[found.severity].in_(language) + colon.rstrip(), _COLOURS[found.severity])
    message = _paint(printable(found.message.in_(language)), _BOLD)
    space = colon[1:]
    return f"{place} {severity}{space}{message} {_paint(f'[{found.code}]', _DIM)}"


def _row(row: Row, gutter: int, colour: str) -> Iterator[str]:
    bar = _paint("│", _GUTTER)
    yield f"  {_paint(row.number.rjust(gutter), _GUTTER)} {bar} {row.text}".rstrip()
    if row.length:
        yield f"  {' ' * gutter} {bar} {' ' * row.indent}{_paint('^' * row.length, colour)}"


def _files(count: int) -> str:
    return _many(count, "file")


def _many(count: int, word: str) -> str:
    return f"{count} {word}" + ("" if count == 1 else "s")


def _paint(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"
