"""What an office has chosen for its minutes: the nearest `minutes.toml`, and the options that go before it."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

FILE_NAME = "minutes.toml"


class Settings(Struct, frozen=True):
    """`profile`, `templates` and `schema` as on the command line ("" or None: by the file, as shipped, ours alone).

    `defaults` are front-matter fields for files that leave them out, keys as typed.  `select` names the codes to
    report (none: all), `ignore` those not to; `per_file_ignores` pairs a glob with codes; `severity` gives a code
    another severity; `exclude` are globs of files that are passed over.  `people` is the register: each person's names,
    the preferred one first.  `file` is the minutes.toml that was read, None for none; globs are relative to its
    folder."""

    profile: str = ""
    templates: Path | None = None
    schema: Path | None = None
    language: str = ""
    defaults: dict[str, Any] = field(default_factory=dict)
    people: tuple[tuple[str, ...], ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    severity: dict[str, str] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    fail_level: str = "error"
    file: Path | None = None


NONE = Settings()


class Options(Struct, frozen=True):
    """What the command line says of the settings.  `config` is read in the place of the nearest minutes.toml,
    `isolated` reads none."""

    config: Path | None = None
    isolated: bool = False
    profile: str = ""
    templates: Path | None = None
    schema: Path | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_level: str = ""


NO_OPTIONS = Options()


def of(path: str | Path | None, options: Options = NO_OPTIONS) -> Settings:
    """The settings for a file, options included; None is standard input, which lies where the tool runs."""
    return in_folder(os.path.dirname(path) if path else "", options)  # noqa: PTH120


def in_folder(folder: Path | str, options: Options = NO_OPTIONS) -> Settings:
    """The settings for what lies in a folder, options included."""
    return _in_folder(os.path.abspath(folder), options)  # noqa: PTH100  # pathlib takes ten times as long


def nearest(path: Path | None) -> Settings:
    """The settings of the nearest minutes.toml above a file."""
    return of(path)


def read(path: Path) -> Settings:
    """The settings of one minutes.toml; BadSettings where it is faulty."""
    from minutes_cli.office import settings_file

    return Settings(**settings_file.read(path), file=path)


@cache
def _in_folder(folder: str, options: Options) -> Settings:
    if options.isolated:
        found = NONE
    elif options.config:
        found = _read(options.config)
    else:
        found = _nearest(folder)
    return _overridden(found, options)


@cache
def _nearest(folder: str) -> Settings:
    file, above = os.path.join(folder, FILE_NAME), os.path.dirname(folder)  # noqa: PTH118, PTH120
    if os.path.isfile(file):  # noqa: PTH113
        return _read(Path(file))
    return NONE if above == folder else _nearest(above)


_read = cache(read)


def _overridden(settings: Settings, options: Options) -> Settings:
    """`--select` takes the place of what the file selects and ignores; `--ignore` adds to what it ignores."""
    chosen = settings
    if options.select:
        chosen = replace(chosen, select=options.select, ignore=options.ignore)
    elif options.ignore:
        chosen = replace(chosen, ignore=(*chosen.ignore, *options.ignore))
    named = {
        name: given for name in ("profile", "templates", "schema", "fail_level") if (given := getattr(options, name))
    }
    return replace(chosen, **named) if named else chosen


def below(path: str | Path, settings: Settings) -> str:
    """A path from the folder of minutes.toml, as globs see it."""
    folder = os.path.abspath(settings.file.parent if settings.file else "")  # noqa: PTH100
    whole = os.path.abspath(path)  # noqa: PTH100
    if whole.startswith(folder + os.sep):
        return whole[len(folder) + 1 :].replace(os.sep, "/")
    return os.path.relpath(whole, folder).replace(os.sep, "/")


def forget() -> None:
    """Read every minutes.toml anew."""
    for known in (_in_folder, _nearest, _read):
        known.cache_clear()
