"""Which language the tool speaks: `--lang`, else MINUTES_LANG, else minutes.toml, else the locale, else 正體中文."""

from __future__ import annotations

import os
from collections.abc import Sequence

LANGUAGES = ("zh", "en")
DEFAULT = "zh"

_current = DEFAULT
_asked_for = False


def current() -> str:
    """The language chosen last, "zh" or "en"."""
    return _current


def choose(arguments: Sequence[str] = ()) -> str:
    """Set the language for a run with these arguments.  They are looked through before they are parsed, because even
    an error in them is told in the reader's language."""
    global _current, _asked_for
    asked = _asked(arguments) or _read(os.environ.get("MINUTES_LANG", ""))
    _current, _asked_for = asked or _of_locale() or DEFAULT, bool(asked)
    return _current


def prefer(tag: str) -> None:
    """Speak the language that the settings name ("" for none), unless another was asked for."""
    global _current
    if tag and not _asked_for:
        _current = _read(tag) or _current


def _asked(arguments: Sequence[str]) -> str:
    found = ""
    for i, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and i + 1 < len(arguments):
            found = _read(arguments[i + 1])
        elif argument.startswith("--lang="):
            found = _read(argument[len("--lang=") :])
    return found


def _of_locale() -> str:
    """As gettext does: LANGUAGE counts unless the locale is C, which says nothing about the reader."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((os.environ[name] for name in names if os.environ.get(name)), "")
    if locale.split(".")[0] in ("C", "POSIX", ""):
        return ""
    preferred = os.environ.get("LANGUAGE", "").split(":")[0]
    return _read(preferred) or _read(locale) or "en"


def _read(tag: str) -> str:
    """ "zh" of zh, zh_TW.UTF-8 and zh-Hant-TW; "" of a language that the tool does not speak."""
    code = tag.lower().replace("_", "-").split("-")[0].split(".")[0]
    return code if code in LANGUAGES else ""
