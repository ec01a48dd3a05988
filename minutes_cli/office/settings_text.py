"""Settings in, the minutes.toml that says the same out, with a comment behind each line on where it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from minutes_cli.office import settings_file
from minutes_cli.office.settings_values import KEYS
from minutes_cli.say import Say
from minutes_cli.settings import Options, Settings

_DEFAULT = Say("預設", "default")
_NO_FILE = Say("# 沒有 minutes.toml", "# no minutes.toml")
_TABLES = ("defaults", "people", "per-file-ignores", "severity")


def write(settings: Settings, options: Options, language: str) -> str:
    """The whole; what says nothing is left out, but for the level at which a run fails."""
    lines = [_NO_FILE.in_(language) if settings.file is None else f"# {settings_file.place(settings.file, 0)}"]
    plain = {key: _plain(settings, key) for key in KEYS if key not in _TABLES}
    origin = _Origins(settings, options, language)
    rows = [(f"{key} = {_value(value)}", origin.of(key)) for key, value in plain.items() if value]
    column = max((len(row) for row, _ in rows), default=0)
    lines += [f"{row:<{column}}  # {where}" for row, where in rows]
    for key in _TABLES:
        table = getattr(settings, key.replace("-", "_"))
        if table:
            lines += ["", f"[{key}]  # {origin.of(key)}", *_table(key, table)]
    return "\n".join(lines) + "\n"


class _Origins:
    """Where a setting comes from: an option, a line of minutes.toml, or nowhere."""

    def __init__(self, settings: Settings, options: Options, language: str) -> None:
        self.file, self.options, self.language = settings.file, options, language
        self.text = settings.file.read_text(encoding="utf-8-sig") if settings.file else ""

    def of(self, key: str) -> str:
        """In the words of the reader."""
        field = key.replace("-", "_")
        line = settings_file.line_of(self.text, (key,)) if self.file else 0
        in_file = settings_file.place(self.file, line) if self.file and line else ""
        option = f"--{key}" if getattr(self.options, field, None) else ""
        if option and not (in_file and key == "ignore" and not self.options.select):
            return option
        return "、".join(filter(None, (in_file, option))) or _DEFAULT.in_(self.language)


def _plain(settings: Settings, key: str) -> Any:
    value = getattr(settings, key.replace("-", "_"))
    return str(value) if isinstance(value, Path) else value


def _table(key: str, table: Any) -> Iterator[str]:
    if key == "people":
        table = {name: others for name, *others in table}
    for name, value in table.items() if isinstance(table, Mapping) else table:
        yield f"{_key(name)} = {_value(value)}"


def _key(name: str) -> str:
    bare = name.replace("-", "").replace("_", "")
    return name if bare.isascii() and bare.isalnum() else _text(name)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)} = {_value(below)}" for key, below in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _text(value) if isinstance(value, str) else str(value)
