"""Front in, Meta out: keys and values as the recorder typed them become canonical ones that know their place.

Nothing is judged here but what cannot be read: an unknown key or a wrong type is left for the schema to name.  An
optional field that was left empty (`缺席:`) is no field.  A field that the file does not name is taken from the
office's defaults, as if it stood there; it has no place of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from msgspec import Struct, field

from minutes_cli.diagnostics import Diagnostic, Edit, Say
from minutes_cli.document import FieldPath, Meta
from minutes_cli.front import calendar, vocabulary
from minutes_cli.front.calendar import Fault
from minutes_cli.front.frontmatter import Front
from minutes_cli.front.nodes import List, Map, Node, Row, Scalar, of_data
from minutes_cli.front.people import split
from minutes_cli.front.places import Places, is_free, named
from minutes_cli.front.vocabulary import Field, is_empty
from minutes_cli.numerals import fold, value
from minutes_cli.settings import NONE, Settings
from minutes_cli.source import Span


class _Notes(Struct, dict=True):
    """What is gathered on the walk."""

    typed: dict[FieldPath, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    problems: list[Diagnostic] = field(default_factory=list)


def read(front: Front, settings: Settings = NONE) -> tuple[Meta, tuple[Diagnostic, ...]]:
    """The front matter in canonical keys and values, and what could not be read."""
    if front.root is None:
        return Meta(span=front.span, schema=settings.schema), ()
    notes, known, written = _Notes(), vocabulary.root(settings.schema), front.root.pairs
    data = _map(front.root, known, (), notes)
    given = {known.name(pair.key) or pair.key for pair in written}
    meta = Meta(
        data=data | (_left_out(settings, given) if settings.defaults else {}),
        places=Places(front.root, known),
        keys={known.name(pair.key) or pair.key: pair.key for pair in reversed(written)},
        typed=notes.typed,
        broken=frozenset(notes.broken | {known.name(key) or key for key in front.broken}),
        span=front.span,
        chinese=2 * sum(not pair.key.isascii() for pair in written) > len(written),
        schema=settings.schema,
    )
    return meta, tuple(notes.problems)


def _left_out(settings: Settings, given: set[str]) -> dict[str, Any]:
    """The office's defaults for what a file does not name; times go with sittings or without."""
    rivals = {"start", "end"} if "sittings" in given else {"sittings"} if given & {"start", "end"} else set()
    return {key: value for key, value in defaults(settings)[0].items() if key not in given | rivals}


def defaults(settings: Settings) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
    """The office's defaults in canonical keys and values, and what could not be read."""
    notes = _Notes()
    node = of_data(settings.defaults, Span(0, 0))
    return (_node(node, vocabulary.root(settings.schema), (), notes), tuple(notes.problems))


def _node(node: Node, known: Field, path: FieldPath, notes: _Notes) -> Any:
    if type(node) is Scalar:
        return _scalar(node, known, path, notes)
    if type(node) is List:
        return _list(node, known, path, notes)
    return _map(node, known, path, notes)


def _list(node: List, known: Field, path: FieldPath, notes: _Notes) -> list[Any]:
    found = []
    for index, item in enumerate(node.items):
        found.append(_node(item, known.below(index), (*path, index), notes))
    return found


def _map(node: Map | Row, known: Field, path: FieldPath, notes: _Notes) -> dict[str, Any]:
    if type(node) is Row and (words := _words(node, known)):
        return words
    found: dict[str, Any] = {}
    free = is_free(node, known)
    for pair, name, field_below, before in named(node, known):
        if before:
            notes.problems.append(_twice(pair.key_span, before, pair.key))
            continue
        below = _node(pair.node, field_below, (*path, name), notes)
        if below or name in known.required or not (free or name in known.fields) or not is_empty(below):
            found[name] = below
    return found


def _words(row: Row, known: Field) -> dict[str, Any] | None:
    """The same of a person, or whatever else has nothing but fields that are taken as they stand; None where there is
    more to it."""
    if not unicodedata.is_normalized("NFC", row.text):
        return None
    found: dict[str, Any] = {}
    for key, word in row.words.items():
        name, text = known.plain.get(key), word.strip()
        if not name or not text:
            return None
        found[name] = text
    return found if len(found) == len(row.words) and (known.groups is None or "name" in found) else None


def _twice(span: Span, first: str, second: str) -> Diagnostic:
    message = Say(f"「{first}」與「{second}」是同一欄，寫了兩次", f"{first} and {second} are the same field")
    if first == second:
        message = Say(f"「{first}」寫了兩次", f"{first} is written twice")
    hint = Say(f"請刪去其中一個；現在用的是「{first}」", f"delete one of them; {first} is used")
    return Diagnostic(span, "key-twice", message, hint=hint)


def _scalar(node: Scalar, known: Field, path: FieldPath, notes: _Notes) -> Any:
    typed = node.value
    if typed is None:
        return None
    text = unicodedata.normalize("NFC", node.text.strip())
    if not known.read and not known.values and isinstance(typed, str):  # as most are
        return text
    if not text:
        return text
    if text in known.values and typed is not known.values[text]:
        lifted = known.values[text]
    elif known.read and not isinstance(typed, bool):
        lifted = _READERS[known.read](text)
    else:
        return text if known.text or isinstance(typed, str) else typed
    if isinstance(lifted, Fault):
        notes.broken.add(str(path[0]))
        fix = (Edit(node.span, lifted.right),) if lifted.right else ()
        notes.problems.append(Diagnostic(node.span, lifted.code, lifted.message, hint=lifted.hint, fix=fix))
        return text
    if lifted == text:
        return text if isinstance(typed, str) else typed
    if lifted != typed:
        notes.typed[path] = node.text
    return lifted


def _date(text: str) -> str | Fault:
    found = calendar.read_date(text)
    return found.date.isoformat() if found else calendar.date_fault(text) or text


def _time(text: str) -> str | Fault:
    found = calendar.read_time(text)
    return f"{found:%H:%M}" if found else calendar.time_fault(text) or text


def _ordinal(text: str) -> int | str:
    """第2次, 第二屆, 2, 二; anything else is left for the schema to name."""
    found = re.fullmatch(_ORDINAL, fold(text))
    number = value(found[1]) if found else None
    return text if number is None else number


def _number(text: str) -> int | float | str:
    """1,234 and 1234.56: the reader of YAML takes whole numbers only."""
    plain = fold(text).translate(_HALF)
    if not re.fullmatch(_NUMBER, plain):
        return text
    plain = plain.replace(",", "")
    return float(plain) if "." in plain else int(plain)


def _list_of(text: str) -> list[str]:
    return list(split(text))


_ORDINAL = r"第?\s*([^\s第次屆]+)\s*(?:次|屆)?(?:會議|大會)?"
_NUMBER = r"[0-9]{1,12}(?:\.[0-9]{1,6})?|[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,6})?"
_HALF = str.maketrans("，．", ",.")
_READERS: dict[str, Callable[[str], Any]] = {
    "date": _date,
    "time": _time,
    "ordinal": _ordinal,
    "number": _number,
    "list": _list_of,
}
