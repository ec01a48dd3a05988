"""The folder is the table: a rule, report, output format or command is one file of its package."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType


@cache
def names(package: str) -> tuple[str, ...]:
    """The names in `minutes_cli/<package>/`, sorted, found without importing any; `end_before_start.py` is named
    `end-before-start`.  Files that begin with `_` are not listed."""
    folder = Path(__file__).parent / package
    return tuple(sorted(p.stem.replace("_", "-") for p in folder.glob("[!_]*.py")))


@cache
def load(package: str, name: str) -> ModuleType:
    """The module of one name."""
    return import_module(f"minutes_cli.{package}.{name.replace('-', '_')}")
