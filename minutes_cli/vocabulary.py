"""The schema of the front matter in; its fields with their names, labels and ways of reading out.

`schemas/minutes.schema.json` is the one list of fields.  Of its annotation keywords, `x-aliases` holds the Chinese
names of a field, `x-description` its description in English, `x-read` how its words are lifted to the canonical value
(date, time, ordinal, number, list), and `x-values` the words that stand for a value (初稿 for "draft", 是 for true).
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from minutes_cli import resources
from minutes_cli.say import NOTHING, Say

_NAMING = frozenset(("$ref", "title", "description", "x-description", "x-aliases"))
_SCALARS = frozenset(("integer", "number", "boolean"))


@dataclass(frozen=True, slots=True)
class Field:
    """`names` finds the canonical key of every spelling of the fields below; `items` reads the elements of a list;
    `groups` the values of a mapping whose keys are free (group → people).  `text` says that a number typed here is
    meant as text; `required` which keys below may be asked for."""

    label: str = ""
    description: Say = NOTHING
    read: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    text: bool = False
    required: frozenset[str] = frozenset()
    names: dict[str, str] = field(default_factory=dict)
    fields: dict[str, Field] = field(default_factory=dict)
    items: Field | None = None
    groups: Field | None = None

    def name(self, key: str) -> str | None:
        """The canonical key of a spelling (主　席 is 主席), or None."""
        return self.names.get(key) or self.names.get(unicodedata.normalize("NFC", "".join(key.split())))

    def below(self, key: str | int) -> Field:
        """The field of a key or of an element of a list; one that knows nothing for a key outside the vocabulary."""
        found = self.items if isinstance(key, int) else self.fields.get(key) or self.groups
        return found or UNKNOWN


UNKNOWN = Field()


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of the front matter, in canonical keys and values.  It is shared: copy before changing."""
    text = (resources.folder("schemas") / "minutes.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@cache
def root() -> Field:
    """The front matter as a field."""
    return field_of(schema())


def field_of(node: dict[str, Any]) -> Field:
    """What a part of the schema says of a field."""
    if "$ref" in node and node.keys() <= _NAMING:
        words = Say(node.get("description", ""), node.get("x-description", ""))
        return replace(_defined(node["$ref"]), label=node.get("title", ""), description=words)
    parts = list(_parts(node))
    properties: dict[str, Any] = {}
    values: dict[str, Any] = {}
    types: set[str] = set()
    for part in parts:
        for key, below in part.get("properties", {}).items():
            properties.setdefault(key, below)
        values |= part.get("x-values", {})
        kind = part.get("type", [])
        types |= {kind} if isinstance(kind, str) else set(kind)
    items = next((part["items"] for part in parts if "items" in part), None)
    groups = next((part["additionalProperties"] for part in parts if part.get("additionalProperties")), None)
    known = {key: below for key, below in properties.items() if isinstance(below, dict)}
    return Field(
        label=node.get("title", ""),
        description=Say(node.get("description", ""), node.get("x-description", "")),
        read=next((part["x-read"] for part in parts if "x-read" in part), ""),
        values=values,
        text="string" in types and not types & _SCALARS,
        required=frozenset(key for part in parts for key in part.get("required", ())),
        names={name: key for key, below in known.items() for name in (key, *below.get("x-aliases", ()))},
        fields={key: field_of(below) for key, below in known.items()},
        items=field_of(items) if items else None,
        groups=field_of(groups) if groups else None,
    )


@cache
def _defined(reference: str) -> Field:
    return field_of(_definition(reference))


def _definition(reference: str) -> dict[str, Any]:
    found: dict[str, Any] = schema()["$defs"][reference.rpartition("/")[2]]
    return found


def _parts(node: Any) -> list[dict[str, Any]]:
    """A schema, what it refers to, and its branches: all that may say something of one value."""
    if not isinstance(node, dict):
        return []
    below = [node[key] for key in ("then", "else") if key in node] + node.get("allOf", [])
    if "$ref" in node:
        below.append(_definition(node["$ref"]))
    return [node, *(part for branch in below for part in _parts(branch))]


def is_empty(value: Any) -> bool:
    """Whether nothing was filled in."""
    return value is None or value in ("", [], {}) or (isinstance(value, str) and not value.strip())
