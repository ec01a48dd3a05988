"""Minutes in, what the schema has against their front matter out.

The compiled validator (jsonschema-rs) answers first, and for valid files it is the only one loaded.  Where it says no,
jsonschema finds what is wrong and `explain` puts it into the recorder's words.  Patterns and formats are the compiled
validator's there too: Python's `re` lets full-width digits and a newline before the end through, ECMA-262 does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from minutes_cli import profile
from minutes_cli.diagnostics import INFO, Diagnostic, Say
from minutes_cli.document import Minutes
from minutes_cli.errors import BadTemplate
from minutes_cli.front import vocabulary
from minutes_cli.office import own_schema
from minutes_cli.source import Span

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

# Past these many faults a file is no meeting file, and to explain each would take seconds.
LIMIT = 200


def check(minutes: Minutes, extra: Path | None = None) -> Iterator[Diagnostic]:
    """What the front matter lacks or has too much of, by our schema and by an office's own (`extra`, else the one by
    which it was read), which may refer to ours by its `$id` or its file name, and can only add fields and ask for more.
    Keys that could not be read are passed over."""
    if extra:
        minutes = replace(minutes, meta=replace(minutes.meta, schema=extra))
    data, own = minutes.meta.data, minutes.meta.schema
    found: dict[Diagnostic, None] = {}
    for which in (None, own) if own else (None,):
        if _gate(which, own).is_valid(data):
            continue
        from minutes_cli.judging.explain import explain

        for error in _errors(which, own, data):
            found.update(dict.fromkeys(explain(error, minutes)))
    if len(found) >= LIMIT:
        found[_too_many(minutes)] = None
    # The schema leaves `kind` open, so that adding a profile is adding a folder.
    kind = data.get("kind")
    if isinstance(kind, str) and "kind" not in minutes.meta.broken and kind not in profile.names():
        from minutes_cli.judging.explain import unknown_kind

        found[unknown_kind(kind, minutes)] = None
    yield from sorted(found, key=lambda diagnostic: diagnostic.span)


def _errors(which: Path | None, own: Path | None, data: Any) -> list[ValidationError]:
    try:
        return list(islice(_explainer(which, own).iter_errors(data), LIMIT))
    except RecursionError as error:  # a schema that refers to itself and never comes to an end
        raise _unusable(which, error) from error


def _unusable(path: Path | None, error: Exception) -> BadTemplate:
    return own_schema.unusable(path, str(error).partition("\n")[0])


def _too_many(minutes: Minutes) -> Diagnostic:
    message = Say(f"會議資料的問題太多，只列出約 {LIMIT} 個", f"too many faults: only about {LIMIT} are listed")
    start = minutes.meta.span.start
    return Diagnostic(Span(start, start), "faults-cut", message, INFO)


def _retrieve(own: Path | None, uri: str) -> Any:
    """Ours is the only schema that another may refer to: nothing is fetched from anywhere."""
    if own_schema.is_ours(uri, vocabulary.schema()):
        return ours(own)
    raise ValueError(uri)


def merged(own: Path) -> Any:
    """Our schema and an office's own as one; BadTemplate where the office's cannot be used."""
    _gate(own, own)
    return vocabulary.schema(own)


@cache
def ours(own: Path | None = None) -> Any:
    """Our schema; it lets the fields pass that the schema `own` of an office adds, for that one to judge."""
    return own_schema.open_to(vocabulary.schema(), vocabulary.schema(own)) if own else vocabulary.schema()


def forget() -> None:
    """Read the schemas of offices anew."""
    vocabulary.forget()
    for known in (ours, _gate, _explainer):
        known.cache_clear()


def _schema(which: Path | None, own: Path | None) -> Any:
    return own_schema.load(which) if which else ours(own)


@cache
def _gate(which: Path | None, own: Path | None) -> Any:
    """The validator of ours (None) or of the office's that says yes or no."""
    import jsonschema_rs

    try:
        return compiled(_schema(which, own), own)
    except (ValueError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError) as error:
        raise _unusable(which, error) from error


@cache
def _explainer(which: Path | None, own: Path | None) -> Any:
    return explaining(_schema(which, own), own)


def compiled(schema: Any, own: Path | None = None) -> Any:
    """The validator that only says yes or no.  The base is a place for `minutes.schema.json` to be relative to."""
    import jsonschema_rs

    retrieve = partial(_retrieve, own)
    return jsonschema_rs.validator_for(schema, validate_formats=True, retriever=retrieve, base_uri="minutes:///schema")


def explaining(schema: Any, own: Path | None = None) -> Any:
    """The validator that says what is wrong."""
    from jsonschema import Draft202012Validator, validators
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    def retrieve(uri: str) -> Any:
        return DRAFT202012.create_resource(_undeclared(_retrieve(own, uri)))

    kind = validators.validator_for(schema, default=Draft202012Validator)
    extended = validators.extend(kind, _KEYWORDS)  # type: ignore[no-untyped-call]
    return extended(_undeclared(schema), registry=Registry(retrieve=retrieve))  # type: ignore[call-arg]


def _undeclared(node: Any) -> Any:
    """A schema without `$schema`, at which jsonschema would leave our keywords for its own."""
    if isinstance(node, list):
        return [_undeclared(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {key: _undeclared(below) for key, below in node.items() if key != "$schema" or not isinstance(below, str)}


@cache
def _single(keyword: str, value: str) -> Callable[[Any], bool]:
    """A compiled validator that knows one keyword."""
    import jsonschema_rs

    valid: Callable[[Any], bool] = jsonschema_rs.validator_for({keyword: value}, validate_formats=True).is_valid
    return valid


def _error(message: str) -> ValidationError:
    from jsonschema.exceptions import ValidationError

    return ValidationError(message)


def _compiled(keyword: str) -> Callable[..., Iterator[ValidationError]]:
    def keyword_errors(_validator: Any, value: str, instance: Any, _schema: Any) -> Iterator[ValidationError]:
        if isinstance(instance, str) and not _single(keyword, value)(instance):
            yield _error(value)

    return keyword_errors


def _required(_validator: Any, keys: list[str], instance: Any, _schema: Any) -> Iterator[ValidationError]:
    """As jsonschema's, but the message is the missing key and nothing else; so are those below."""
    if isinstance(instance, dict):
        yield from (_error(key) for key in keys if key not in instance)


def _dependent_required(validator: Any, needs: dict[str, Any], instance: Any, schema: Any) -> Iterator[Any]:
    for key in needs if isinstance(instance, dict) else ():
        if key in instance:
            yield from _required(validator, needs[key], instance, schema)


def _properties(validator: Any, properties: dict[str, Any], instance: Any, _schema: Any) -> Iterator[Any]:
    for key, below in properties.items() if isinstance(instance, dict) else ():
        if key in instance and below is False:
            yield _error(key)
        elif key in instance:
            yield from validator.descend(instance[key], below, path=key, schema_path=key)


def _pattern_properties(validator: Any, patterns: dict[str, Any], instance: Any, _schema: Any) -> Iterator[Any]:
    for pattern, below in patterns.items() if isinstance(instance, dict) else ():
        for key, value in instance.items():
            if not _single("pattern", pattern)(key):
                continue
            if below is False:
                yield _error(key)
            else:
                yield from validator.descend(value, below, path=key, schema_path=pattern)


def _additional(validator: Any, below: Any, instance: Any, schema: Any) -> Iterator[Any]:
    known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    for key, value in instance.items() if isinstance(instance, dict) else ():
        if key in known or any(_single("pattern", pattern)(key) for pattern in patterns):
            continue
        if below is False:
            yield _error(key)
        else:
            yield from validator.descend(value, below, path=key)


def _property_names(validator: Any, names: Any, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    for key in instance if isinstance(instance, dict) else ():
        if not validator.evolve(schema=names).is_valid(key):
            yield _error(key)


_KEYWORDS = {
    "pattern": _compiled("pattern"),
    "format": _compiled("format"),
    "required": _required,
    "dependentRequired": _dependent_required,
    "properties": _properties,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional,
    "propertyNames": _property_names,
}
