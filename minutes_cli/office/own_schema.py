"""The schema of the front matter and an office's own in; one schema that has the fields of both out.

An office adds fields, asks for more, and tightens what ours allows.  Its properties join ours under their own names; of
a field that both know, what the office says is asked for as well, and its title, description and further aliases count.
`#/$defs/` of the office keep their names, or are called `office-…` where ours has another of that name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from minutes_cli.errors import BadTemplate
from minutes_cli.say import Say

FILE_NAME = "minutes.schema.json"
READS = ("date", "time", "ordinal", "number", "list")

_NAMES = ("title", "description", "x-description")
_HEADS = ("$schema", "$id", "$comment", "$defs", "definitions", *_NAMES)
_JOINED = ("properties", "patternProperties", "required", "additionalProperties", "allOf")


@cache
def load(path: Path) -> Any:
    """The schema of a file; BadTemplate where it is none."""
    import jsonschema_rs

    try:
        schema = json.loads(path.read_text(encoding="utf-8-sig"))
        jsonschema_rs.meta.validate(schema)
    except (OSError, ValueError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError) as error:
        raise unusable(path, str(error).partition("\n")[0]) from error
    for say in _slips(schema):
        raise unusable(path, say)
    return schema


def unusable(path: Path | None, why: str | Say) -> BadTemplate:
    """A schema that cannot be used, and why."""
    why = Say(why, why) if isinstance(why, str) else why
    return BadTemplate(Say(f"綱要 {path} 不能用：{why.zh}", f"schema {path} cannot be used: {why.en}"))


def is_ours(reference: str, ours: Mapping[str, Any]) -> bool:
    """Whether a reference, less what stands behind its #, means our schema."""
    return reference == ours["$id"] or reference.rpartition("/")[2] == FILE_NAME


def merge(ours: dict[str, Any], office: Any, path: Path) -> dict[str, Any]:
    """One schema of the two."""
    made = deepcopy(ours)
    if not isinstance(office, dict):
        return made
    names = {name: _free(name, node, made["$defs"]) for name, node in _definitions(office).items()}
    office = _renamed(office, names, ours)
    for name, node in _definitions(office).items():
        made["$defs"][names[name]] = node
    for part in _parts(office, ours):
        for key, asked in _mapping(part.get("properties")).items():
            node = asked if key in made["properties"] else _named(key, asked)
            _refuse_names(key, node, made, path)
            made["properties"][key] = _both(made["properties"][key], node) if key in made["properties"] else node
        made["patternProperties"] = {**made["patternProperties"], **_mapping(part.get("patternProperties"))}
        made["required"] += [key for key in part.get("required") or () if key not in made["required"]]
        rest = {key: value for key, value in part.items() if key not in (*_HEADS, *_JOINED) and key != "type"}
        if rest:
            made["allOf"].append(rest)
    made["$id"] = office.get("$id") if office.get("$id", ours["$id"]) != ours["$id"] else ours["$id"] + ":office"
    made |= {key: office[key] for key in _NAMES if key in office}
    _refuse_unknown(made, office, path)
    return made


def open_to(ours: dict[str, Any], merged: dict[str, Any]) -> dict[str, Any]:
    """Ours, which lets the office's fields pass: those are for the office's own schema to judge."""
    new = {key: True for key in merged["properties"] if key not in ours["properties"]}
    return {**ours, "properties": {**ours["properties"], **new}, "patternProperties": merged["patternProperties"]}


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _definitions(office: dict[str, Any]) -> dict[str, Any]:
    return {**_mapping(office.get("definitions")), **_mapping(office.get("$defs"))}


def _free(name: str, node: Any, taken: Mapping[str, Any]) -> str:
    return name if name not in taken or taken[name] == node else f"office-{name}"


def _renamed(node: Any, names: Mapping[str, str], ours: Mapping[str, Any]) -> Any:
    """`node` with its references as they stand in the merged schema."""
    if isinstance(node, list):
        return [_renamed(item, names, ours) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: _renamed(value, names, ours) for key, value in node.items()}
    if isinstance(reference := node.get("$ref"), str):
        base, _, place = reference.partition("#")
        name = place.rpartition("/")[2]
        if base and is_ours(base, ours):
            made["$ref"] = f"#{place}"
        elif not base and name in names and place in (f"/$defs/{name}", f"/definitions/{name}"):
            made["$ref"] = f"#/$defs/{names[name]}"
    return made


def _parts(office: dict[str, Any], ours: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The schema and what its `allOf` adds, but for references to the whole of ours (`#` by now)."""
    own = {key: value for key, value in office.items() if not (key == "$ref" and value == "#")}
    yield own
    branches = office.get("allOf")
    for branch in branches if isinstance(branches, list) else ():
        if isinstance(branch, dict):
            yield from _parts(branch, ours)


def _named(key: str, node: Any) -> Any:
    """A field of the office's own: its title is a name of it, since messages call it so."""
    aliases = [name for name in _spellings(node) if name != key]
    return {**node, "x-aliases": aliases} if isinstance(node, dict) else node


def _both(known: dict[str, Any], asked: Any) -> Any:
    """A field that both schemas know."""
    said = _mapping(asked)
    naming = {key: value for key, value in said.items() if key in (*_NAMES, "x-header")}
    first = (said["title"],) if said.get("title") else ()
    aliases = list(dict.fromkeys((*first, *_spellings(known), *_spellings(said))))
    more = {key: value for key, value in said.items() if key not in (*naming, "x-aliases")} if said else asked
    made = {**known, **naming, "x-aliases": aliases}
    return {**made, "allOf": [*known.get("allOf", ()), more]} if more not in ({}, True) else made


# ── slips, which would otherwise go wrong without a word ──────────────────────────────────────────────────────────────


_MAPS = ("properties", "patternProperties", "$defs", "definitions")


def _slips(node: Any) -> Iterator[Say]:
    """Annotations of ours that are no such thing."""
    if isinstance(node, list):
        for item in node:
            yield from _slips(item)
    for key, value in node.items() if isinstance(node, dict) else ():
        if key in _MAPS:
            yield from _slips(list(_mapping(value).values()))
        elif key in _SHAPES and not _SHAPES[key].fits(value):
            form = _SHAPES[key].form
            yield Say(f"{key} 不能是 {value}，要寫成 {form}", f"{key} cannot be {value}; write {form}")
        elif key not in ("const", "enum", "default", "examples"):
            yield from _slips(value)


class _Shape(Struct, frozen=True):
    form: str
    fits: Callable[[Any], bool]


_SHAPES = {
    "x-read": _Shape(" | ".join(READS), READS.__contains__),
    "x-aliases": _Shape('["名稱"]', lambda value: isinstance(value, list) and all(isinstance(v, str) for v in value)),
    "x-values": _Shape('{"字": …}', lambda value: isinstance(value, dict)),
    "x-header": _Shape("true | false", lambda value: isinstance(value, bool)),
}


def _refuse_names(key: str, node: Any, made: dict[str, Any], path: Path) -> None:
    """A name that is another field's."""
    taken = {name: known for known, below in made["properties"].items() if known != key for name in _spellings(below)}
    for name in (key, *_spellings(node)):
        if name in taken or (name != key and name in made["properties"]):
            owner = taken.get(name, name)
            say = Say(f"「{name}」已經是「{owner}」欄的名稱", f"{name} is a name of the field {owner} already")
            raise unusable(path, say)


def _spellings(node: Any) -> tuple[str, ...]:
    """The names of a field beside its key; its title is one of them."""
    said = _mapping(node)
    return tuple(dict.fromkeys(str(name) for name in (said.get("title", ""), *said.get("x-aliases", ())) if name))


def _refuse_unknown(made: dict[str, Any], office: dict[str, Any], path: Path) -> None:
    names = {name: key for key, below in made["properties"].items() for name in _spellings(below)}
    for key in made["required"]:
        if key in names:
            say = Say(
                f"required 的「{key}」請寫標準的鍵「{names[key]}」",
                f"required: write {names[key]} in the place of {key}",
            )
            raise unusable(path, say)
    closed = office.get("additionalProperties") is False
    missing = [key for key in made["required"] if key not in _mapping(office.get("properties"))]
    if closed and missing:
        say = Say(
            f"additionalProperties: false 連「{missing[0]}」欄都不准寫；請刪去，沒有列出的欄位本來就不能寫",
            f"additionalProperties: false forbids even {missing[0]}; delete it, unknown fields are refused anyway",
        )
        raise unusable(path, say)
