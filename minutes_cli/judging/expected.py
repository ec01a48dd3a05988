"""What a schema asks of a value, in words that stand behind 「應為…」 and "should be …".

Every keyword of JSON Schema that can refuse a value is here or takes the general sentence at the end.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from minutes_cli.diagnostics import Say

_TYPES = {
    "string": Say("文字", "text"),
    "integer": Say("整數", "a whole number"),
    "number": Say("數字", "a number"),
    "boolean": Say("是或否", "true or false"),
    "array": Say("清單", "a list"),
    "object": Say("分欄的資料（鍵: 值）", "a mapping (key: value)"),
    "null": Say("空白", "empty"),
}
_READ = {
    "date": Say("日期（例如 104年9月24日）", "a date (as 2015-09-24)"),
    "time": Say("時間（例如 下午2時30分）", "a time (as 14:30)"),
}
_FORMATS = {
    "date": Say("日期（2015-09-24）", "a date (2015-09-24)"),
    "date-time": Say("日期時間（2015-09-24T09:00:00+08:00）", "a date-time (2015-09-24T09:00:00+08:00)"),
    "time": Say("時間（09:00:00+08:00）", "a time (09:00:00+08:00)"),
    "uri": Say("網址", "a URL"),
    "uri-reference": Say("網址", "a URL"),
    "email": Say("電子郵件地址", "an e-mail address"),
}
_OTHER = Say("合乎綱要的值", "what the schema asks for")


def expected(keyword: str, schema: Any) -> Say:
    """What `keyword` of `schema` asks for.

    >>> expected("type", {"type": "integer", "minimum": 1}).zh
    '1 以上的整數'
    """
    if not isinstance(schema, dict):
        return _OTHER
    if schema.get("x-read") in _READ:
        return _READ[schema["x-read"]]
    write = _WRITERS.get(keyword)
    return write(schema[keyword], schema) if write else _OTHER


def _types(_value: Any, schema: dict[str, Any]) -> Say:
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    limits = [_NUMBERS[key](schema[key]) for key in _NUMBERS if key in schema]
    words = []
    for kind in kinds:
        word = _TYPES.get(kind, _OTHER)
        if kind in ("integer", "number") and limits:
            zh, en = "、".join(limit.zh for limit in limits), " and ".join(limit.en for limit in limits)
            word = Say(f"{zh}的{word.zh}", f"{word.en}, {en}")
        words.append(word)
    return _either(words)


def _either(words: list[Say]) -> Say:
    return Say("或".join(word.zh for word in words), " or ".join(word.en for word in words))


def _number(value: float, schema: dict[str, Any]) -> Say:
    """A number out of range: the limits and the kind together."""
    return _types(value, {"type": "number", **schema})


_NUMBERS: dict[str, Callable[[Any], Say]] = {
    "minimum": lambda n: Say(f"{n:,} 以上", f"{n:,} or more"),
    "exclusiveMinimum": lambda n: Say(f"大於 {n:,}", f"more than {n:,}"),
    "maximum": lambda n: Say(f"{n:,} 以下", f"{n:,} or less"),
    "exclusiveMaximum": lambda n: Say(f"小於 {n:,}", f"less than {n:,}"),
    "multipleOf": lambda n: Say(f"為 {n:,} 的倍數", f"a multiple of {n:,}"),
}


def _words(values: Any, schema: dict[str, Any]) -> Say:
    """One of some values; with the Chinese words that stand for them."""
    chinese = {canonical: word for word, canonical in reversed(schema.get("x-values", {}).items())}
    plain = [value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for value in values]
    zh = [f"{chinese[word]}（{word}）" if word in chinese else word for word in plain]
    return Say("、".join(zh) + ("其中之一" if len(zh) > 1 else ""), " or ".join(plain))


def _count(unit: Say, least: bool) -> Callable[[int, Any], Say]:
    def write(number: int, _schema: Any) -> Say:
        if least:
            return Say(f"至少 {number} {unit.zh}", f"at least {number} {unit.en}")
        return Say(f"最多 {number} {unit.zh}", f"at most {number} {unit.en}")

    return write


_CHARACTERS, _ITEMS, _FIELDS = Say("個字", "characters"), Say("項", "items"), Say("欄", "fields")

_WRITERS: dict[str, Callable[[Any, dict[str, Any]], Say]] = {
    "type": _types,
    "enum": _words,
    "const": lambda value, schema: _words([value], schema),
    **dict.fromkeys(_NUMBERS, _number),
    "minLength": _count(_CHARACTERS, True),
    "maxLength": _count(_CHARACTERS, False),
    "minItems": _count(_ITEMS, True),
    "maxItems": _count(_ITEMS, False),
    "minContains": _count(_ITEMS, True),
    "maxContains": _count(_ITEMS, False),
    "minProperties": _count(_FIELDS, True),
    "maxProperties": _count(_FIELDS, False),
    "pattern": lambda value, _schema: Say(f"合乎 {value} 的寫法", f"written like {value}"),
    "format": lambda value, _schema: _FORMATS.get(value, Say(f"合乎 {value} 的寫法", f"a well-formed {value}")),
    "uniqueItems": lambda *_: Say("不重複的清單", "a list without repetition"),
    "contains": lambda *_: Say("含有規定項目的清單", "a list that holds what the schema asks for"),
    "not": lambda *_: Say("另一種寫法", "written in another way"),
    "anyOf": lambda value, _schema: _either([_kind(branch) for branch in value]),
    "oneOf": lambda value, _schema: _either([_kind(branch) for branch in value]),
}


def _kind(branch: Any) -> Say:
    """What one branch of a choice asks for."""
    if not isinstance(branch, dict):
        return _OTHER
    return next((expected(key, branch) for key in ("const", "enum", "type") if key in branch), _OTHER)
