"""Plain data in, YAML text out, as a recorder would type it: plain words where they are safe, else quoted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

# What would not be read back as the same words: indicators, `: `, ` #`, spaces at an end, and the other core types.
_UNSAFE = (
    r"\A(?:[-?:](?:\s|\Z)|[,\[\]{}#&*!|>'\"%@`]|---|\.\.\.)|:(?:\s|\Z)|\s#|\A\s|\s\Z|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]"
    r"|\A(?:~|null|Null|NULL|true|True|TRUE|false|False|FALSE|-?(?:0|[1-9][0-9]*))\Z|\A\Z"
)


def scalar(value: str | int | float | bool | None) -> str:
    """One value; None is the empty text, a field left to fill.

    >>> scalar("14:00"), scalar("第 #1 案"), scalar("2"), scalar(2), scalar(True), scalar(None)
    ('14:00', '"第 #1 案"', '"2"', '2', 'true', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return json.dumps(value, ensure_ascii=False) if re.search(_UNSAFE, value) else value


def field(key: str, value: Any, indent: int = 0) -> Iterator[str]:
    """The lines of one field.

    >>> list(field("出席", {"委員": ["王一", {"name": "李二"}]}))
    ['出席:', '  委員:', '    - 王一', '    - name: 李二']
    """
    space = " " * indent
    if isinstance(value, dict) and value:
        yield f"{space}{scalar(key)}:"
        for name, below in value.items():
            yield from field(str(name), below, indent + 2)
    elif isinstance(value, list) and value:
        yield f"{space}{scalar(key)}:"
        for item in value:
            yield from _item(item, indent + 2)
    else:
        yield f"{space}{scalar(key)}: {_leaf(value)}".rstrip()


def _item(value: Any, indent: int) -> Iterator[str]:
    space = " " * indent
    if isinstance(value, dict) and value:
        lines = [line for name, below in value.items() for line in field(str(name), below, indent + 2)]
        yield f"{space}- {lines[0].lstrip()}"
        yield from lines[1:]
    elif isinstance(value, list) and value:
        yield f"{space}- {json.dumps(value, ensure_ascii=False)}"
    else:
        yield f"{space}- {_leaf(value)}".rstrip()


def _leaf(value: Any) -> str:
    if isinstance(value, dict):
        return "{}"
    if isinstance(value, list):
        return "[]"
    return scalar(value)
