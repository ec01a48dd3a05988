"""Both validators give the right answer to the official cases of every keyword that our schema uses.

`fixtures/json-schema-test-suite` holds those files of JSON-Schema-Test-Suite (draft 2020-12) as they were published.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from minutes_cli.front import vocabulary
from minutes_cli.judging import schema

SUITE = Path(__file__).parent / "fixtures" / "json-schema-test-suite"
FILES = {"$ref": "ref", "$defs": "defs", "if": "if-then-else", "then": "if-then-else", "else": "if-then-else"}
ANNOTATIONS = {"$schema", "$id", "title", "description"}
GROUPS = [(path.stem, group) for path in sorted(SUITE.glob("*.json")) for group in json.loads(path.read_text("utf-8"))]


def keywords(node: Any) -> Iterator[str]:
    """The keywords of a schema and of the schemas below it; the names of properties are none."""
    for key, value in node.items() if isinstance(node, dict) else ():
        if key.startswith("x-") or key in ANNOTATIONS:
            continue
        yield key
        named = key in ("properties", "patternProperties", "$defs")
        for below in value.values() if named else value if isinstance(value, list) else [value]:
            yield from keywords(below)


def test_every_keyword_of_our_schema_has_its_cases() -> None:
    missing = {key for key in keywords(vocabulary.schema()) if not (SUITE / f"{FILES.get(key, key)}.json").is_file()}
    assert missing == set()


@pytest.mark.parametrize(
    ("keyword", "group"), GROUPS, ids=[f"{stem}: {group['description']}" for stem, group in GROUPS]
)
def test_both_validators_are_right(keyword: str, group: dict[str, Any]) -> None:
    gate, explainer = schema.compiled(group["schema"]), schema.explaining(group["schema"])
    for case in group["tests"]:
        assert gate.is_valid(case["data"]) == case["valid"], f"{keyword}: {case['description']}"
        assert (next(explainer.iter_errors(case["data"]), None) is None) == case["valid"], (
            f"{keyword}: {case['description']}"
        )
