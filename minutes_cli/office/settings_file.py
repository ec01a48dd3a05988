"""A minutes.toml in, the fields of `settings.Settings` out; BadSettings, with file and line, where it is faulty."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from minutes_cli.errors import BadSettings
from minutes_cli.office.settings_values import KEYS, Fault, Keys, did_you_mean
from minutes_cli.say import Say


def read(path: Path) -> dict[str, Any]:
    """The settings that the file gives, by the names of their fields."""
    text = _text(path)
    data = _parsed(path, text)
    found: dict[str, Any] = {}
    try:
        for key, value in data.items():
            if key not in KEYS:
                raise Fault((key,), did_you_mean(key, KEYS, Say("設定", "setting")))
            found[key.replace("-", "_")] = KEYS[key](value, (key,), path.parent)
    except Fault as fault:
        raise refused(path, fault.say, fault.keys) from fault
    return found


def refused(path: Path, say: Say, keys: Keys = ()) -> BadSettings:
    """The failure of a file, at the line at which a setting stands."""
    line = line_of(_text(path), keys) if keys else 0
    return _at(path, line, say)


def place(path: Path, line: int) -> str:
    """A line of the file as people read it: from the working folder, where it lies below that."""
    here = Path.cwd()
    name = path.relative_to(here) if path.is_relative_to(here) else path
    return f"{name.as_posix()}:{line}" if line else name.as_posix()


def _at(path: Path, line: int, say: Say) -> BadSettings:
    where = place(path, line)
    return BadSettings(Say(f"{where}：{say.zh}", f"{where}: {say.en}"))


def line_of(text: str, keys: Keys) -> int:
    """The line at which a setting begins, 0 for none.  `tomllib` tells no places, but the first lines that can be read
    and hold the setting end with it."""
    lines, begin = text.splitlines(keepends=True), 0
    for count in range(1, len(lines) + 1):
        data = _loaded("".join(lines[:count]))
        if data is None:
            continue
        if _holds(data, keys):
            blank = next((at for at in range(begin, count) if re.match(r"\s*[^\s#]", lines[at])), begin)
            return blank + 1
        begin = count
    return 0


def _holds(data: Any, keys: Keys) -> bool:
    for key in keys:
        if not isinstance(data, dict) or key not in data:
            return False
        data = data[key]
    return True


def _loaded(text: str) -> dict[str, Any] | None:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "UTF-8?"
        raise BadSettings(Say(f"{path} 無法讀取：{reason}", f"{path} cannot be read: {reason}")) from error


_BARE_CHINESE = r"\s*(?:\[+\s*)?([\w.-]*[^\x00-\x7f][\w.-]*)\s*[\]=＝]"


def _parsed(path: Path, text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else len(text.splitlines())
        typed = (text.splitlines() or [""])[min(line, len(text.splitlines())) - 1]
        if bare := re.match(_BARE_CHINESE, typed):
            name = bare[1]
            say = Say(f'中文的名稱要加引號："{name}"', f'a name in Chinese needs quotation marks: "{name}"')
        else:
            say = Say(f"這一行不合 TOML 的寫法（{error}）", f"this is no TOML: {error}")
        raise _at(path, line, say) from error
