"""The schema of the front matter in; its fields with their names, labels and ways of reading out.

`schemas/minutes.schema.json` is the one list of fields.  Of its annotation keywords, `x-aliases` holds the Chinese
names of a field, `x-description` its description in English, `x-read` how its words are lifted to the canonical value
(date, time, ordinal, number, list), `x-values` the words that stand for a value (初稿 for "draft", 是 for true), and
`x-header` says that an office's own field is printed as a row of the header.

An office's schema (`minutes check --schema`) adds to the list; where one is given, all here speaks of the two merged.
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from minutes_cli import resources
from minutes_cli.office import own_schema
from minutes_cli.say import NOTHING, Say

_NAMING = frozenset(("$ref", "title", "description", "x-description", "x-aliases", "x-header"))
_DEEPEST = 16
_SCALARS = frozenset(("integer", "number", "boolean"))


class Field(Struct, frozen=True):
    """`names` finds the canonical key of every spelling of the fields below, `plain` those of them whose words are taken
    as they stand; `items` reads the elements of a list;
    `groups` the values of a mapping whose keys are free (group → people).  `text` says that a number typed here is
    meant as text; `required` which keys below may be asked for; `kind` is the name of the definition that it refers to
    (people, date …); `header` says that it prints as a row of the header."""

    label: str = ""
    description: Say = NOTHING
    read: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    text: bool = False
    required: frozenset[str] = frozenset()
    names: dict[str, str] = field(default_factory=dict)
    plain: dict[str, str] = field(default_factory=dict)
    fields: dict[str, Field] = field(default_factory=dict)
    items: Field | None = None
    groups: Field | None = None
    kind: str = ""
    header: bool = False

    def name(self, key: str) -> str | None:
        """The canonical key of a spelling (主　席 is 主席), or None."""
        return self.names.get(key) or self.names.get(unicodedata.normalize("NFC", "".join(key.split())))

    def below(self, key: str | int) -> Field:
        """The field of a key or of an element of a list; one that knows nothing for a key outside the vocabulary."""
        found = self.items if isinstance(key, int) else self.fields.get(key) or self.groups
        return found or UNKNOWN


UNKNOWN = Field()


@cache
def schema(own: Path | None = None) -> dict[str, Any]:
    """The JSON Schema of the front matter, in canonical keys and values, with what the schema `own` of an office adds.
    It is shared: copy before changing.  BadTemplate where `own` cannot be used."""
    if own:
        return own_schema.merge(schema(), own_schema.load(own), own)
    text = (resources.folder("schemas") / own_schema.FILE_NAME).read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@cache
def root(own: Path | None = None) -> Field:
    """The front matter as a field, with what the schema `own` of an office adds."""
    return field_of(schema(own), own)


def field_of(node: dict[str, Any], own: Path | None = None, depth: int = 0) -> Field:
    """What a part of the schema says of a field; nothing at a `depth` that only a schema without end reaches."""
    if depth > _DEEPEST:
        return UNKNOWN
    if "$ref" in node and node.keys() <= _NAMING:
        words = Say(node.get("description", ""), node.get("x-description", ""))
        found = _defined(node["$ref"], own, depth)
        return replace(found, label=node.get("title", ""), description=words, header=node.get("x-header") is True)
    parts = list(_parts(node, own))
    properties: dict[str, Any] = {}
    values: dict[str, Any] = {}
    types: set[str] = set()
    for part in parts:
        for key, below in part.get("properties", {}).items():
            properties.setdefault(key, below)
        values |= part.get("x-values", {})
        kind = part.get("type", [])
        types |= {kind} if isinstance(kind, str) else set(kind)
    items = next((part["items"] for part in parts if isinstance(part.get("items"), dict)), None)
    groups = next((part["additionalProperties"] for part in parts if part.get("additionalProperties")), None)
    known = {key: below for key, below in properties.items() if isinstance(below, dict)}
    names = {name: key for key, below in known.items() for name in (key, *below.get("x-aliases", ()))}
    fields = {key: field_of(below, own, depth + 1) for key, below in known.items()}
    return Field(
        label=node.get("title", ""),
        description=Say(node.get("description", ""), node.get("x-description", "")),
        read=next((part["x-read"] for part in parts if "x-read" in part), ""),
        values=values,
        text="string" in types and not types & _SCALARS,
        required=frozenset(key for part in parts for key in part.get("required", ())),
        names=names,
        plain={name: key for name, key in names.items() if not (fields[key].read or fields[key].values)},
        fields=fields,
        items=field_of(items, own, depth + 1) if items else None,
        groups=field_of(groups, own, depth + 1) if isinstance(groups, dict) else None,
        kind=next((part["$ref"].rpartition("/")[2] for part in parts if "$ref" in part), ""),
        header=node.get("x-header") is True,
    )


@cache
def _defined(reference: str, own: Path | None, depth: int) -> Field:
    return replace(field_of(_definition(reference, own), own, depth + 1), kind=reference.rpartition("/")[2])


def _definition(reference: str, own: Path | None) -> dict[str, Any]:
    """What a reference means; nothing where it is none to a definition."""
    found = schema(own)["$defs"].get(reference.removeprefix("#/$defs/"), {})
    return found if isinstance(found, dict) else {}


def forget() -> None:
    """Read every schema anew."""
    for known in (own_schema.load, schema, root, _defined):
        known.cache_clear()


def _parts(node: Any, own: Path | None, within: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """A schema, what it refers to, and its branches: all that may say something of one value."""
    if not isinstance(node, dict):
        return []
    below = [node[key] for key in ("then", "else") if key in node] + node.get("allOf", [])
    reference = node.get("$ref", "")
    if reference and reference not in within:
        within = (*within, reference)
        below.append(_definition(reference, own))
    return [node, *(part for branch in below for part in _parts(branch, own, within))]


def is_empty(value: Any) -> bool:
    """Whether nothing was filled in."""
    return not value.strip() if isinstance(value, str) else value is None or value in ([], {})
