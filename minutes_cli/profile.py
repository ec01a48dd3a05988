"""A layout as data: `templates/<profile>/profile.yaml`, each extending another, in; a frozen Profile out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from minutes_cli import resources
from minutes_cli.errors import BadTemplate
from minutes_cli.numerals import STANDARD, Shape, shape
from minutes_cli.say import Say

DEFAULT = "advisory"


class Profile(Struct, frozen=True):
    """Each field is a key of `profile.yaml` of the same name; docs/profiles.md tells what each does.

    `folders` are the profile's own folder first, then those it extends: where templates are looked for.
    `header` lists the rows of the header in order, each a tuple of field names that share a line (`time` stands for
    date and start).  `levels` are the printed labels: sections, then levels 1–6.  `numbered` says whether header rows
    take 壹、貳、; `continued` whether the sections go on counting from them.  The row `custom` stands for the entries
    of `custom`, one row each, led by its own key.  `quorum` is the form of one count of those present (its fields:
    expected, present, unit, percent); several counts are joined by ；.
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
    sections: tuple[str, ...] = ()
    required_sections: tuple[str, ...] = ()
    required_fields: tuple[str, ...] = ()
    required_labels: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()


@cache
def names() -> tuple[str, ...]:
    """The profiles that ship, sorted."""
    return tuple(sorted(path.parent.name for path in resources.folder("templates").glob("*/profile.yaml")))


@cache
def load(name: str, own: Path | None = None) -> Profile:
    """The profile of that name.  With `own` (a folder that `minutes template` handed out and an office changed), that
    folder's profile.yaml and templates come before those of the profile it extends: the one of that name, unless it
    says another.  BadTemplate if there is none, or a key or value is wrong."""
    folders, merged = _chain(name, own)
    try:
        return _profile(merged.pop("extends", "") or name, folders, merged)
    except ValueError as error:
        fault, path = error.args[0], folders[0] / "profile.yaml"
        raise BadTemplate(Say(f"版面設定 {path} 有誤：{fault.zh}", f"profile {path}: {fault.en}")) from error


def forget() -> None:
    """Read the layouts of offices anew."""
    load.cache_clear()


def _chain(name: str, own: Path | None) -> tuple[tuple[Path, ...], dict[str, Any]]:
    folders: list[Path] = []
    layers: list[dict[str, Any]] = []
    folder: Path | None = own
    if own is None or not (own / "profile.yaml").is_file():
        folder = _shipped(name)
        folders = [own] if own else []
    while folder is not None:
        if folder in folders:
            raise BadTemplate(Say(f"版面設定互相延伸：{folder}", f"profiles extend each other: {folder}"))
        folders.append(folder)
        layers.append(_read(folder / "profile.yaml"))
        parent = layers[-1].get("extends") or (name if folder == own else None)
        folder = _shipped(str(parent)) if parent else None
    merged: dict[str, Any] = {}
    for layer in reversed(layers):
        for key, item in layer.items():
            merged[key] = {**merged[key], **item} if isinstance(item, dict) and key in merged else item
    merged["extends"] = next(folder.name for folder in folders if folder != own)
    return tuple(folders), merged


def _shipped(name: str) -> Path:
    folder = resources.folder("templates") / name
    if Path(name).name != name or not (folder / "profile.yaml").is_file():
        known = "、".join(names())
        raise BadTemplate(Say(f"沒有「{name}」這個版面；可用的有：{known}", f"no profile {name!r}; known: {known}"))
    return folder


def _read(path: Path) -> dict[str, Any]:
    from minutes_cli.front import frontmatter

    try:
        value = frontmatter.load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        known = "、".join(names())
        raise BadTemplate(
            Say(
                f"沒有「{path.parent.name}」這個版面；可用的有：{known}",
                f"no profile {path.parent.name!r}; known: {known}",
            )
        ) from error
    except (OSError, ValueError) as error:
        raise BadTemplate(Say(f"{path} 讀不懂：{error}", f"{path}: {error}")) from error
    if not isinstance(value, dict):
        raise BadTemplate(Say(f"{path} 應該是「鍵: 值」", f"{path}: not a mapping"))
    return value


_TUPLES = ("sections", "required_sections", "required_fields", "required_labels", "signatures")
_CHOICES = {"tracking": ("behind", "table", "none"), "attachments": ("list", "none")}
_DATE = {"roc": 1, "year": 1, "month": 1, "day": 1, "weekday": "星期一"}
_TIME = {"hour": 1, "minute": 1, "hour12": 1, "period": "上午", "minutes": "1分"}
# The fields of each form, with samples by which a form is tried before a meeting is printed with it.
_FORMS: dict[str, dict[str, Any]] = {
    "date": _DATE,
    "due": _DATE,
    "time": _TIME,
    "adjournment": {**_TIME, "label": "散會"},
    "quorum": {"expected": 1.5, "present": 1, "unit": "人", "percent": 1.5},
}


def _profile(name: str, folders: tuple[Path, ...], values: dict[str, Any]) -> Profile:
    plain = Profile(name, folders=folders)
    for key, value in values.items():
        kind = type(getattr(plain, key, None))
        if key in ("name", "folders") or kind is type(None):
            raise ValueError(Say(f"不認得「{key}」這個鍵", f"unknown key {key}"))
        values[key] = _READERS[kind](key, value) if kind in _READERS else value
        if type(values[key]) is not kind:
            raise ValueError(Say(f"「{key}」不能是 {value}", f"{key} cannot be {value!r}"))
    profile = replace(plain, **values)
    for fault in _faults(profile):
        raise ValueError(fault)
    return profile


def _tuple(key: str, value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise ValueError(Say(f"「{key}」要寫成清單", f"{key} must be a list"))
    if key == "header":
        return tuple(tuple(map(str, row)) if isinstance(row, list) else (str(row),) for row in value)
    return tuple(_shape(key, item) if key == "levels" else str(item) for item in value)


def _shape(key: str, sample: Any) -> Shape:
    try:
        return shape(str(sample))
    except ValueError as error:
        zh = f"「{key}」的「{sample}」裡沒有 壹、一、1、１ 或 甲"
        raise ValueError(Say(zh, f"{key}: {sample} holds no 壹, 一, 1, １ or 甲")) from error


def _words(key: str, value: Any) -> Any:
    return {name: str(word) for name, word in value.items()} if isinstance(value, dict) else value


_READERS: dict[type, Callable[[str, Any], Any]] = {tuple: _tuple, Shape: _shape, dict: _words}


def _faults(profile: Profile) -> Iterator[Say]:
    """What would go wrong only while a meeting is printed."""
    for key, kinds in _CHOICES.items():
        if (value := getattr(profile, key)) not in kinds:
            known = "、".join(kinds)
            yield Say(f"「{key}」不能是 {value}；可用的有：{known}", f"{key} cannot be {value}; known: {known}")
    if len(profile.levels) != len(STANDARD):
        many, need = len(profile.levels), len(STANDARD)
        yield Say(f"「levels」要寫 {need} 層，現在有 {many} 層", f"levels needs {need} samples, not {many}")
    for key, samples in _FORMS.items():
        yield from _form_faults(key, getattr(profile, key), samples)


def _form_faults(key: str, form: str, samples: dict[str, Any]) -> Iterator[Say]:
    known = "、".join(f"{{{name}}}" for name in samples)
    try:
        used = [name for _, name, _, _ in Formatter().parse(form) if name is not None]
        unknown = [name for name in used if name not in samples]
        if not unknown:
            form.format(**samples)
    except ValueError as error:
        yield Say(f"「{key}」的寫法 {form} 不對；可用的有：{known}", f"{key}: {form}: {error}")
    else:
        for name in unknown:
            yield Say(f"「{key}」不認得 {{{name}}}；可用的有：{known}", f"{key}: no {{{name}}}; known: {known}")
