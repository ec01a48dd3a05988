"""A value of minutes.toml in, the value of a field of `settings.Settings` out; Fault where it is none."""

from __future__ import annotations

import datetime
import difflib
import os
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from minutes_cli import codes, globs, language
from minutes_cli.diagnostics import SEVERITIES
from minutes_cli.say import Say

NEVER = "never"
LEVELS = (*SEVERITIES, NEVER)

Keys = tuple[str, ...]


class Fault(Exception):
    """What is wrong at a place of the file."""

    def __init__(self, keys: Keys, say: Say) -> None:
        super().__init__(say.en)
        self.keys, self.say = keys, say


def did_you_mean(name: str, known: Iterable[str], kind: Say) -> Say:
    listed = tuple(known)
    close = difflib.get_close_matches(name.lower().replace("_", "-"), listed, 1, 0.6)
    if close:
        return Say(
            f"沒有「{name}」這個{kind.zh}，是不是「{close[0]}」？", f"no {kind.en} {name}; did you mean {close[0]}?"
        )
    return Say(
        f"沒有「{name}」這個{kind.zh}；可用的有：{'、'.join(listed)}",
        f"no {kind.en} {name}; known: {', '.join(listed)}",
    )


def _wrong(keys: Keys, zh: str, en: str) -> Fault:
    return Fault(keys, Say(f"「{keys[-1]}」{zh}", f"{keys[-1]} {en}"))


def _word(value: Any, keys: Keys, _folder: Path) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _wrong(keys, "要寫一段文字，加引號", "must be text in quotation marks")
    return value


def _one_of(known: tuple[str, ...], value: Any, keys: Keys, folder: Path) -> str:
    if _word(value, keys, folder) not in known:
        raise Fault(keys, did_you_mean(value, known, Say("值", "value")))
    return str(value)


def _profile(value: Any, keys: Keys, folder: Path) -> str:
    from minutes_cli import profile

    return _one_of(profile.names(), value, keys, folder)


def _path(is_there: Callable[[Path], bool], value: Any, keys: Keys, folder: Path) -> Path:
    path = Path(os.path.normpath(folder / _word(value, keys, folder)))
    if not is_there(path):
        raise _wrong(keys, f"找不到 {path}", f"does not exist: {path}")
    return path


def _texts(value: Any, keys: Keys, _folder: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise _wrong(keys, '要寫成清單：["…", "…"]', 'must be a list: ["…", "…"]')
    return tuple(value)


def _codes(value: Any, keys: Keys, folder: Path) -> tuple[str, ...]:
    for code in _texts(value, keys, folder):
        _known_code(code, keys)
    return tuple(value)


def _known_code(code: str, keys: Keys) -> None:
    if not codes.meant(code):
        raise Fault(keys, codes.unknown(code))


def _globs(value: Any, keys: Keys, folder: Path) -> tuple[str, ...]:
    for glob in _texts(value, keys, folder):
        _known_glob(glob, keys)
    return tuple(value)


def _known_glob(glob: str, keys: Keys) -> None:
    if globs.pattern(glob) is None:
        raise Fault(keys, Say(f"「{glob}」不是檔名的樣式", f"{glob!r} is no pattern of file names"))


def _table(value: Any, keys: Keys) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(keys, f"要寫成一節：[{keys[-1]}] 之下一行一項", f"must be a table: [{keys[-1]}] and its lines")
    return value


def _ignores(value: Any, keys: Keys, folder: Path) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = []
    for glob, listed in _table(value, keys).items():
        _known_glob(glob, (*keys, glob))
        found.append((glob, _codes(listed, (*keys, glob), folder)))
    return tuple(found)


def _severities(value: Any, keys: Keys, folder: Path) -> dict[str, str]:
    for code, severity in _table(value, keys).items():
        _known_code(code, (*keys, code))
        _one_of(SEVERITIES, severity, (*keys, code), folder)
    return dict(value)


def _people(value: Any, keys: Keys, folder: Path) -> tuple[tuple[str, ...], ...]:
    """Each person's name, and the other ways of writing it."""
    found: list[tuple[str, ...]] = []
    taken: dict[str, str] = {}
    for name, others in _table(value, keys).items():
        place = (*keys, _word(name, keys, folder))
        person = (name, *([others] if isinstance(others, str) and others else _texts(others, place, folder)))
        for spelling in person:
            owner = taken.setdefault("".join(spelling.split()), name)
            if owner != name:
                raise Fault(
                    place, Say(f"「{spelling}」已經是「{owner}」的寫法", f"{spelling} stands for {owner} already")
                )
        found.append(person)
    return tuple(found)


def _defaults(value: Any, keys: Keys, _folder: Path) -> dict[str, Any]:
    """As they stand; `fields` reads them as it reads a front matter."""
    return {key: _data(item, (*keys, key)) for key, item in _table(value, keys).items()}


def _data(value: Any, keys: Keys) -> Any:
    if isinstance(value, dict):
        return {key: _data(item, keys) for key, item in value.items()}
    if isinstance(value, list):
        return [_data(item, keys) for item in value]
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    if isinstance(value, datetime.date):
        return f"{value:%Y-%m-%d}"
    return value


KEYS: dict[str, Callable[[Any, Keys, Path], Any]] = {
    "profile": _profile,
    "templates": partial(_path, Path.is_dir),
    "schema": partial(_path, Path.is_file),
    "language": partial(_one_of, language.LANGUAGES),
    "select": _codes,
    "ignore": _codes,
    "exclude": _globs,
    "fail-level": partial(_one_of, LEVELS),
    "defaults": _defaults,
    "people": _people,
    "per-file-ignores": _ignores,
    "severity": _severities,
}
