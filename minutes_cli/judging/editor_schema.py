"""The schema of the front matter in; the same with Chinese keys out, for editors.

An editor sees a file as it is typed, so this schema takes whatever `fields` lifts: 104年9月24日 as a date, 第2次 as a
number, 初稿 and 是 as values, a number where text is meant, a field not yet filled in.  `minutes check` stays the
judge.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from minutes_cli.front import vocabulary
from minutes_cli.front.vocabulary import Field

_BRANCHES = ("then", "else", "items", "additionalProperties")
_TESTS = ("if", "not")
_CHOICES = ("allOf", "anyOf", "oneOf")
# What an office's schema may ask of one field because of another.
_DEPENDENT = ("dependentRequired", "dependentSchemas", "dependencies")
# What an editor leaves to `minutes check`: the form of a canonical value, and whether something is filled in.
_LEFT_OUT = frozenset(
    ("pattern", "minItems", "minProperties", "x-aliases", "x-description", "x-header", "x-read", "x-values")
)
_LIFTED = {
    "date": ["string", "integer"],
    "time": ["string", "integer"],
    "ordinal": ["integer", "string"],
    "number": ["number", "string"],
    "list": ["array", "string"],
}
_DESCRIPTION = "會議紀錄檔開頭、兩行 --- 之間的會議資料，用中文鍵寫。機關自己的欄位放在「自訂」之下，或用 x- 開頭。"
_TYPED_AS_TEXT = ("number", "boolean")


def chinese(own: Path | None = None) -> dict[str, Any]:
    """The schema with Chinese keys only, with what the schema `own` of an office adds."""
    whole = vocabulary.schema(own)
    made: dict[str, Any] = _node(whole, vocabulary.root(own))
    made["$id"] = whole["$id"] + ":zh-TW"
    if not own:
        made["description"] = _DESCRIPTION
    made["$defs"] = {name: _node(node, vocabulary.field_of(node, own)) for name, node in whole["$defs"].items()}
    return made


def _node(node: Any, known: Field, test: bool = False) -> Any:
    """One schema; `test` says that it stands below an `if`, where kinds must stay as they are."""
    if not isinstance(node, dict):
        return node
    made = _plain({key: value for key, value in node.items() if key not in _LEFT_OUT})
    for key in (*_BRANCHES, *_TESTS):
        if key in made:
            below = known.items if key == "items" else known.groups if key == "additionalProperties" else known
            made[key] = _node(node[key], below or known, test or key in _TESTS)
    for key in _CHOICES:
        if key in made:
            made[key] = [_node(branch, known, test) for branch in made[key]]
    if "properties" in made:
        made["properties"] = _properties(node["properties"], known, test)
    if "required" in made:
        made = _required(made, known)
    return _values(made, node, known, test)


def _plain(node: dict[str, Any]) -> dict[str, Any]:
    """A schema whose dependent keywords are written as `if` and `then`, in which keys are spelled like anywhere."""
    dependent = [(key, asked) for name in _DEPENDENT for key, asked in node.get(name, {}).items()]
    if not dependent:
        return node
    made = {name: value for name, value in node.items() if name not in _DEPENDENT}
    branches = [
        {"if": {"required": [key]}, "then": {"required": asked} if isinstance(asked, list) else asked}
        for key, asked in dependent
    ]
    return {**made, "allOf": [*made.get("allOf", []), *branches]}


def _spellings(key: str, known: Field) -> list[str]:
    """The Chinese names of a field, its label first."""
    return [name for name, canonical in known.names.items() if canonical == key and name != key] or [key]


def _properties(properties: dict[str, Any], known: Field, test: bool) -> dict[str, Any]:
    """Each field under its label; its other names are taken but not offered (`doNotSuggest`)."""
    made: dict[str, Any] = {}
    aliases: dict[str, Any] = {}
    for key, node in properties.items():
        label, *others = _spellings(key, known)
        made[label] = _node(node, known.below(key), test)
        for other in others:
            aliases[other] = {**made[label], "doNotSuggest": True} if isinstance(made[label], dict) else made[label]
    return made | aliases


def _required(made: dict[str, Any], known: Field) -> dict[str, Any]:
    """A field that has one Chinese name is required by it, any other by one of its names."""
    spellings = [_spellings(key, known) for key in made.pop("required")]
    alone = [names[0] for names in spellings if len(names) == 1]
    choices = [{"anyOf": [{"required": [name]} for name in names]} for names in spellings if len(names) > 1]
    if alone:
        made["required"] = alone
    if choices:
        made["allOf"] = [*made.get("allOf", []), *choices]
    return made


def _values(made: dict[str, Any], node: dict[str, Any], known: Field, test: bool) -> dict[str, Any]:
    if "enum" in node or "const" in node:
        canonical = made.pop("enum", None) or [made.pop("const")]
        words = [word for word, value in known.values.items() if value in canonical]
        return {**made, "enum": [*words, *canonical, *([] if test else [None])]}
    if test or "type" not in made:
        return made
    if made["type"] == "boolean":
        del made["type"]
        return {**made, "enum": [*known.values, True, False, None]}
    kinds = [made["type"]] if isinstance(made["type"], str) else made["type"]
    kinds = _LIFTED.get(node.get("x-read", ""), [*kinds, *_TYPED_AS_TEXT] if known.text else kinds)
    return {**made, "type": [*kinds, "null"] if "null" not in kinds else kinds}
