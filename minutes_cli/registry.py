"""The folder is the table: a rule, report, output format or command is one file of its package."""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from types import ModuleType


@cache
def names(package: str) -> tuple[str, ...]:
    """The names in `minutes_cli/<package>/`, sorted, found without importing any; `end_before_start.py` is named
    `end-before-start`.  Files that begin with `_` are not listed."""
    # Not pathlib, which would take a tenth of the time of `minutes --help`.
    files = os.listdir(os.path.join(os.path.dirname(__file__), package))  # noqa: PTH118, PTH120, PTH208
    return tuple(sorted(f[:-3].replace("_", "-") for f in files if f.endswith(".py") and not f.startswith("_")))


@cache
def load(package: str, name: str) -> ModuleType:
    """The module of one name."""
    return import_module(f"minutes_cli.{package}.{name.replace('-', '_')}")
