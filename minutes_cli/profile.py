"""A layout as data: `templates/<profile>/profile.yaml`, each extending another, in; a frozen Profile out."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from minutes_cli import resources
from minutes_cli.diagnostics import Say
from minutes_cli.errors import BadTemplate
from minutes_cli.numerals import STANDARD, Shape, shape

DEFAULT = "advisory"


@dataclass(frozen=True, slots=True)
class Profile:
    """Each field is a key of `profile.yaml` of the same name; docs/profiles.md tells what each does.

    `folders` are the profile's own folder first, then those it extends: where templates are looked for.
    `header` lists the rows of the header in order, each a tuple of field names that share a line (`time` stands for
    date and start).  `levels` are the printed labels: sections, then levels 1–6.  `numbered` says whether header rows
    take 壹、貳、; `continued` whether the sections go on counting from them.  The row `custom` stands for the entries of
    `custom`, one row each, led by its own key.  `quorum` is the form of one count of those present (expected, present,
    unit, percent); several counts are joined by ；.
    """

    name: str
    title: str = ""
    folders: tuple[Path, ...] = ()
    document: str = "會議紀錄"
    header: tuple[tuple[str, ...], ...] = ()
    numbered: bool = True
    continued: bool = True
    header_levels: Shape = STANDARD[0]
    levels: tuple[Shape, ...] = STANDARD
    labels: dict[str, str] = field(default_factory=dict)
    colon: str = "："
    run_in: int = 20
    date: str = "{roc}年{month:02}月{day:02}日（{weekday}）"
    time: str = "{hour:02}:{minute:02}"
    due: str = "{roc}年{month:02}月{day:02}日"
    adjournment: str = "{label}：（{period}{hour12}:{minute:02}）"
    quorum: str = "應到{expected:,}{unit}，實到{present:,}{unit}"
    tracking: str = "behind"
    attachments: str = "none"
    empty: dict[str, str] = field(default_factory=dict)
    required_sections: tuple[str, ...] = ()
    required_fields: tuple[str, ...] = ()
    required_labels: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()


def names() -> tuple[str, ...]:
    """The profiles that ship, sorted."""
    return tuple(sorted(path.parent.name for path in resources.folder("templates").glob("*/profile.yaml")))


@cache
def load(name: str, own: Path | None = None) -> Profile:
    """The profile of that name.  With `own` (a folder that `minutes template` handed out and an office changed), that
    folder's profile.yaml and templates come before those of the profile it extends.  BadTemplate if there is none, or
    a key or value is wrong."""
    folders, merged = _chain(name, own)
    try:
        return _profile(merged.pop("extends", "") or name, folders, merged)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise BadTemplate(
            Say(f"版面設定 {folders[0]}/profile.yaml 有誤：{error}", f"profile {folders[0]}/profile.yaml: {error}")
        ) from error


def _chain(name: str, own: Path | None) -> tuple[tuple[Path, ...], dict[str, Any]]:
    folders: list[Path] = []
    layers: list[dict[str, Any]] = []
    folder: Path | None = own
    if own is None or not (own / "profile.yaml").is_file():
        folder = resources.folder("templates") / name
        folders = [own] if own else []
    while folder is not None:
        if folder in folders:
            raise BadTemplate(Say(f"版面設定互相延伸：{folder}", f"profiles extend each other: {folder}"))
        folders.append(folder)
        layers.append(_read(folder / "profile.yaml"))
        parent = layers[-1].get("extends")
        folder = resources.folder("templates") / str(parent) if parent else None
    merged: dict[str, Any] = {}
    for layer in reversed(layers):
        for key, item in layer.items():
            merged[key] = {**merged[key], **item} if isinstance(item, dict) and key in merged else item
    merged["extends"] = name
    return tuple(folders), merged


def _read(path: Path) -> dict[str, Any]:
    from minutes_cli import frontmatter

    try:
        value = frontmatter.load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        known = "、".join(names())
        raise BadTemplate(
            Say(f"沒有「{path.parent.name}」這個版面；可用的有：{known}", f"no profile {path.parent.name!r}; known: {known}")
        ) from error
    except (OSError, ValueError) as error:
        raise BadTemplate(Say(f"{path} 讀不懂：{error}", f"{path}: {error}")) from error
    if not isinstance(value, dict):
        raise BadTemplate(Say(f"{path} 應該是「鍵: 值」", f"{path}: not a mapping"))
    return value


_TUPLES = ("required_sections", "required_fields", "required_labels", "signatures")


def _profile(name: str, folders: tuple[Path, ...], values: dict[str, Any]) -> Profile:
    for key in _TUPLES:
        if key in values:
            values[key] = tuple(str(item) for item in values[key] or ())
    if "header" in values:
        values["header"] = tuple(tuple(row) if isinstance(row, list) else (str(row),) for row in values["header"])
    if "levels" in values:
        values["levels"] = tuple(shape(str(sample)) for sample in values["levels"])
    if "header_levels" in values:
        values["header_levels"] = shape(str(values["header_levels"]))
    for key, kinds in (("tracking", ("behind", "table", "none")), ("attachments", ("list", "none"))):
        if values.get(key, kinds[0]) not in kinds:
            raise ValueError(f"{key}: {values[key]} ({' | '.join(kinds)})")
    return Profile(name=name, folders=folders, **values)
