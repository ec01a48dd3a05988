"""Files that are meant to hurt: each must be answered within a second and 200 MB."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from minutes_cli.front import decode

MEGABYTE = 1_000_000
FRONT = (
    "---\ntitle: 青嶼市諮詢小組第2次會議\ndate: 2024-05-02\nstart: 14:00\nend: 16:00\nlocation: 第一會議室\n"
    "chair: 溫主任平\nrecorder: 江恩\nattendees: [溫委員平]\n---\n\n"
)
REPEATED = {
    "spaces": " ",
    "full-width spaces": "　",
    "newlines": "\n",
    "stars": "*",
    "underscores": "_",
    "brackets": "[",
    "closing brackets": "]",
    "links": "[a](",
    "images": "![",
    "backticks": "`",
    "code of every length": "`a``b```c",
    "less-than": "<",
    "autolinks": "<https://",
    "ampersands": "&",
    "backslashes": "\\",
    "quotes": ">",
    "quotes and lists": "> - ",
    "tildes": "~",
    "pipes": "|",
    "table rows": "| a ",
    "hashes": "#",
    "dashes": "-",
    "tabs": "\t",
    "digits": "1",
    "list items": "1. a\n",
    "natural numbers": "一、甲\n",
    "natural levels": "一、甲\n（一）乙\n1.丙\n（1）丁\n",
    "Han numerals": "一",
    "Han": "會",
    "emphasised Han": "**會：**議",
    "labels": "決議：同意\n",
    "cases": "案由一：甲\n決議：同意\n",
    "colons": "：",
    "attachments": "附件3、",
    "footnotes": "[^1]",
    "footnote definitions": "[^1]: 甲\n\n",
    "comments": "<!-- ",
    "paragraphs": "甲\n\n",
    "sections": "## 甲\n\n",
    "private use": "\ue000",
    "zero width": "\u200b",
    "line separators": "\u2028",
    "controls": "\x01",
    "NUL": "\x00",
    "emoji": "😀",
    "carriage returns": "\r",
    "votes": "表決：贊成 9 票，",
    "closed brackets": "[甲…]",
    "bullets": "- 甲\n",
    "entries in entries": "1. a\n  - b\n    - c\n",
    "decisions": "1. a\n   - 主辦：甲\n",
    "quotes in quotes": "> > > a\n\n",
    "quoted labels": "> 決議：甲\n",
    "numbered sections": "## 壹、甲\n一、甲\n",
    "speakers": "發言重點：\n（一）王委員：好\n",
    "replies": "資訊局回覆\n",
    "bold lines": "**甲**乙**\n",
    "bold labels": "**說明：**甲\n",
    "headings without a space": "#甲\n",
    "underlined headings": "甲\n---\n\n",
    "invisible characters between others": "甲\u200b",
    "comments that silence": "ㄧ、甲<!-- minutes: ignore[lookalike] 甲 -->\n\n",
    "comments that silence nothing": "<!-- minutes: ignore[lookalike] 甲 -->\n",
}


def write(folder: Path) -> Iterator[tuple[str, Path]]:
    """Write each file below `folder`; yields what it is, and where."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, data) in enumerate(_files()):
        path = folder / f"{number:03d}.md"
        path.write_bytes(data)
        yield name, path


def _files() -> Iterator[tuple[str, bytes]]:
    for name, piece in REPEATED.items():
        yield f"1 MB of {name} as a body", FRONT.encode() + _megabyte(piece)
        yield f"{name} as a body, as many as are read", FRONT.encode() + _read(piece)
        yield f"{name} in the front matter, as many as are read", b"---\ntitle: " + _read(piece) + b"\n---\n\n## x\n"
    yield "1 MB of one byte that is no UTF-8", b"\xff" * MEGABYTE
    yield "1 MB of Big5", "會議紀錄".encode("big5") * (MEGABYTE // 8)
    yield "1 MB single line of text", FRONT.encode() + _megabyte("請資訊局於下次會議提出報告，")
    yield "10,000 headings", FRONT.encode() + "".join(f"## 第{n}節\n\n甲\n\n" for n in range(10_000)).encode()
    yield (
        "10,000 deeper headings",
        FRONT.encode() + "".join(f"{'#' * (n % 5 + 2)} 標題\n" for n in range(10_000)).encode(),
    )
    yield "10,000 attachments", _with("attachments:\n" + "- 附件\n" * 10_000)
    yield "YAML bomb (aliases)", _with(_bomb())
    yield "YAML bomb (merge keys)", _with("custom: &a {b: 1}\nx-c:\n  <<: *a\n")
    yield "front matter nested 5,000 deep", _with("custom: " + "[" * 5_000 + "]" * 5_000)
    yield "front matter indented 500 deep", _with("custom:\n" + "".join(f"{' ' * n}a:\n" for n in range(1, 500)))
    yield "50,000 keys", _with("".join(f"x-{n}: {n}\n" for n in range(20_000)))
    yield "an integer of 250,000 digits", _with("session: " + "9" * 250_000)
    yield "lists nested 500 deep", FRONT.encode() + "".join(f"{' ' * (2 * n)}- 甲\n" for n in range(500)).encode()
    yield "quotes nested 500 deep", FRONT.encode() + b"> " * 500 + "甲".encode()
    yield "table of 1,000 × 200 cells", FRONT.encode() + _table(1_000, 200)
    yield "ragged table", FRONT.encode() + b"|a|b|\n|-|-|\n" + b"|".join([b"x"] * 100_000)


def _megabyte(piece: str) -> bytes:
    data = piece.encode()
    return data * (MEGABYTE // len(data))


def _read(piece: str) -> bytes:
    """As much as is not refused for its size alone."""
    lines = piece.replace("\n\n", "\n").count("\n")
    times = (decode.LIMIT - 1_000) // len(piece.encode())
    return piece.encode() * min(times, (decode.LINES - 100) // lines if lines else times)


def _with(yaml: str) -> bytes:
    return FRONT.replace("attendees:", f"{yaml.rstrip()}\nattendees:").encode() + b"## x\n"


def _bomb() -> str:
    levels = [f"  b{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 9)}]" for n in range(1, 10)]
    return "\n".join(["custom:", "  b0: &b0 [lol]", *levels])


def _table(rows: int, columns: int) -> bytes:
    def row(cell: str) -> str:
        return f"|{'|'.join([cell] * columns)}|\n"

    return (row("甲") + row("-") + row("乙") * rows).encode()
