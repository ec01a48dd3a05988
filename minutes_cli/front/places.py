"""The nodes of the front matter in, the place of each of its fields out, by its path in canonical keys.

There are two hundred in a meeting, and nearly all that is asked for are those of the top-level fields.  So the rest are
looked for as soon as the first of them is wanted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from minutes_cli.document import FieldPath, Place
from minutes_cli.front.nodes import List, Map, Node, Pair, Row, Scalar
from minutes_cli.front.vocabulary import Field


class Places(Mapping[FieldPath, Place]):
    """Those of a front matter, read as the field `known`, in the order of the file."""

    def __init__(self, root: Map, known: Field) -> None:
        self._root, self._known = root, known

    @cached_property
    def _tops(self) -> dict[FieldPath, Place]:
        return {(name,): _place(pair) for pair, name, _, before in named(self._root, self._known) if not before}

    @cached_property
    def _all(self) -> dict[FieldPath, Place]:
        found: dict[FieldPath, Place] = {}
        _gather(self._root, self._known, (), found)
        return found

    def __getitem__(self, path: FieldPath) -> Place:
        return (self._tops if len(path) == 1 else self._all)[path]

    def __iter__(self) -> Iterator[FieldPath]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


def named(node: Map | Row, known: Field) -> Iterator[tuple[Pair, str, Field, str]]:
    """Each pair of a mapping with its canonical key, its field, and the spelling in which the same key stands further
    above, "" for none."""
    seen: dict[str, str] = {}
    free = known.groups if is_free(node, known) else None
    for pair in node.pairs:
        key = pair.key
        name = key if free else known.names.get(key) or known.name(key) or key
        yield pair, name, free or known.fields.get(name) or known.below(name), seen.get(name, "")
        seen.setdefault(name, key)


def is_free(node: Map | Row, known: Field) -> bool:
    """Whether the keys of a mapping are names of groups.  As in `people.is_person`: with a name it is one person."""
    return known.groups is not None and not any(
        known.name(pair.key) == "name" and isinstance(pair.node, Scalar) for pair in node.pairs
    )


def _gather(node: Node, known: Field, path: FieldPath, found: dict[FieldPath, Place]) -> None:
    if isinstance(node, Map | Row):
        for pair, name, below, before in named(node, known):
            if not before:
                found[*path, name] = _place(pair)
                _gather(pair.node, below, (*path, name), found)
    elif isinstance(node, List):
        for index, item in enumerate(node.items):
            found[*path, index] = Place(None, item.span)
            _gather(item, known.below(index), (*path, index), found)


def _place(pair: Pair) -> Place:
    return Place(pair.key_span, pair.node.span)
