"""What an office has chosen for its minutes: the keys of `minutes.toml`, and the options that override them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Settings:
    """`profile`, `templates` and `schema` as on the command line ("" or None: by the file, as shipped, ours alone).

    `defaults` are front-matter fields (canonical keys) for files that leave them out.  `select` names the codes to
    report (none: all), `ignore` those not to; `per_file_ignores` pairs a glob with codes; `severity` gives a code
    another severity; `exclude` are globs of files that are passed over.  `people` is the register: each person's names,
    the preferred one first.  `file` is the minutes.toml that was read, None for none."""

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
