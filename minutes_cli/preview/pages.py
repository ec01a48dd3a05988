"""Meetings in, HTML out: the list of a folder's meetings, and the frame that shows one page with its faults above it.

The page itself stands in an `iframe`, byte for byte what `minutes render` writes; the frame's script reloads it when
the file is saved, and scrolls it to where it was.
"""

from __future__ import annotations

from html import escape
from typing import NamedTuple
from urllib.parse import quote

from minutes_cli.diagnostics import ERROR, WARNING, Diagnostic
from minutes_cli.say import Say
from minutes_cli.source import Source

STYLE = """\
html,body{margin:0;height:100%;font:15px/1.6 system-ui,"Noto Sans CJK TC","Microsoft JhengHei",sans-serif}
body{display:flex;flex-direction:column;color:#222;background:#fff}
#faults{max-height:35vh;overflow:auto;border-bottom:1px solid #bbb}
#faults[hidden]{display:none}
#faults h1{font-size:1em;margin:0;padding:.3em 1em;position:sticky;top:0;background:#fff4d6}
#faults.clean h1{background:#e5f3e8}
#faults ul{list-style:none;margin:0;padding:0 1em .4em}
#faults li{padding:.1em 0}
#faults .line{display:inline-block;min-width:5em;color:#555;font-variant-numeric:tabular-nums}
.error{color:#a3131d}.warning{color:#7a5200}.info{color:#20508a}
iframe{flex:1;border:0;width:100%}
main{max-width:60em;margin:0 auto;padding:1em}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.35em .6em;border-bottom:1px solid #ddd}
@media (prefers-color-scheme:dark){body,#faults h1{background:#1d1d1f;color:#e8e8e8}.error{color:#ff9a9a}
.warning{color:#f0c36b}.info{color:#9cc4ff}#faults .line{color:#bbb}a{color:#9cc4ff}}
"""

SCRIPT = """\
"use strict";
const page = document.getElementById("page");
let seen = Number(document.body.dataset.version);

async function faults() {
  const answer = await fetch(document.body.dataset.faults, {cache: "no-store"});
  if (!answer.ok) return;
  const box = document.createElement("template");
  box.innerHTML = await answer.text();
  document.getElementById("faults").replaceWith(box.content.firstElementChild);
}

// One load at a time: a save while the page is loading is shown by a further load, from the same place.
let loading = page && (page.contentDocument.readyState !== "complete" || page.contentDocument.URL === "about:blank");
let again = false;
let place = 0;

function reload() {
  if (loading) { again = true; return; }
  loading = true;
  place = page.contentWindow.scrollY;
  page.contentWindow.location.reload();
}

if (page) page.addEventListener("load", () => {
  page.contentWindow.scrollTo(0, place);
  loading = false;
  if (again) { again = false; reload(); }
});

new EventSource("/events?seen=" + seen).onmessage = (event) => {
  if (Number(event.data) === seen) return;
  seen = Number(event.data);
  if (page) { reload(); faults(); } else { location.reload(); }
};
"""


class Row(NamedTuple):
    """A meeting of the list: its path below the folder, its title and date as printed, its findings."""

    path: str
    title: str
    date: str
    findings: tuple[Diagnostic, ...]


def listing(rows: list[Row], version: int, language: str) -> str:
    """The page of a folder."""
    title = Say("會議紀錄", "Minutes").in_(language)
    heads = Say("日期|會議|狀態", "Date|Meeting|State").in_(language).split("|")
    body = "".join(
        f'<tr><td>{escape(row.date)}</td><td><a href="/m/{quote(row.path)}">{escape(row.title or row.path)}</a></td>'
        f"<td>{_state(row.findings, language)}</td></tr>"
        for row in rows
    )
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return _document(title, f"<main><h1>{escape(title)}</h1>{table}</main>", f' data-version="{version}"', language)


def framed(path: str, title: str, faults: str, version: int, language: str) -> str:
    """The frame around the page of one meeting."""
    name = quote(path)
    body = f'{faults}<iframe id="page" src="/page/{name}" title="{escape(title)}"></iframe>'
    return _document(title, body, f' data-version="{version}" data-faults="/faults/{name}"', language)


def faults(source: Source, findings: tuple[Diagnostic, ...], language: str, note: Say | None = None) -> str:
    """The box that tells what is wrong, each with its line; `note` is said where the page is an older one."""
    if not findings and note is None:
        clean = escape(Say("沒有錯誤", "no faults").in_(language))
        return f'<section id="faults" class="clean"><h1>{clean}</h1></section>'
    head = escape(note.in_(language) if note else "") or _state(findings, language)
    rows = "".join(_finding(source, found, language) for found in findings)
    return f'<section id="faults"><h1>{head}</h1><ul>{rows}</ul></section>'


def _finding(source: Source, found: Diagnostic, language: str) -> str:
    line = source.line_column(found.span.start)[0]
    place = Say(f"第 {line} 行", f"line {line}").in_(language)
    hint = found.hint.in_(language)
    return (
        f'<li class="{found.severity}"><span class="line">{place}</span> {escape(found.message.in_(language))}'
        f"{f'<br><small>{escape(hint)}</small>' if hint else ''}</li>"
    )


def _state(findings: tuple[Diagnostic, ...], language: str) -> str:
    errors, warnings = (sum(f.severity == severity for f in findings) for severity in (ERROR, WARNING))
    if not errors and not warnings:
        return escape(Say("沒有錯誤", "no faults").in_(language))
    words = Say(f"{errors} 個錯誤、{warnings} 個警告", f"{errors} errors, {warnings} warnings").in_(language)
    return f'<span class="{ERROR if errors else WARNING}">{escape(words)}</span>'


def _document(title: str, body: str, data: str, language: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{"zh-Hant-TW" if language == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f'<link rel="stylesheet" href="/preview.css"><link rel="icon" href="data:,"></head>'
        f'<body{data}>{body}<script src="/preview.js"></script></body></html>\n'
    )
