"""One finding of the schema in, a diagnostic in the recorder's words out.

The words of the validating library are never used.  A message names the field as the file spells it, what it should
hold and what it holds; the hint is the field's own description.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from minutes_cli import profile
from minutes_cli.diagnostics import ERROR, NOTHING, Diagnostic, Edit, Say
from minutes_cli.document import FieldPath, Minutes
from minutes_cli.front import vocabulary
from minutes_cli.judging.expected import expected
from minutes_cli.source import Span

_MISSING = frozenset(("required", "dependentRequired", "dependencies"))
_EXTRA = frozenset(("additionalProperties", "propertyNames"))
_UNWANTED = frozenset(("properties", "patternProperties"))
_CHOICE = frozenset(("anyOf", "oneOf"))
# Words of the trade that resemble no name of ours; a field that Word holds in one line and we hold apart has two keys.
_MEANT = {
    **dict.fromkeys(("時間", "會議時間", "開會時間", "time", "datetime"), ("date", "start")),
    **dict.fromkeys(("與會人員", "與會者", "參加人員", "參與人員", "participants", "present"), ("attendees",)),
    **dict.fromkeys(("標題", "名稱", "會議", "name", "meeting"), ("title",)),
    **dict.fromkeys(("場地", "場所", "place", "venue"), ("location",)),
    **dict.fromkeys(("書記", "secretary", "minutes"), ("recorder",)),
}


def explain(error: Any, minutes: Minutes) -> Iterator[Diagnostic]:
    """What a `jsonschema` error says, at its place.  For the keywords that speak of a key, the error's message is that
    key (see `schema`)."""
    path = tuple(error.absolute_path)
    keyword = error.validator
    if path and path[0] in minutes.meta.broken:
        return
    if keyword in _MISSING:
        if path or error.message not in minutes.meta.broken:
            yield _missing(path, error.message, minutes)
    elif keyword in _EXTRA:
        yield _unknown(path, error.message, minutes)
    elif keyword in _CHOICE and (branch := _branch(error)):
        for below in branch:
            yield from explain(below, minutes)
    elif keyword in _UNWANTED:
        yield _unwanted((*path, error.message), minutes)
    elif vocabulary.is_empty(error.instance):
        yield _empty(path, minutes)
    else:
        yield _wrong(path, error, minutes)


def _branch(error: Any) -> list[Any]:
    """The errors of the one branch of a choice that fits the kind of the value; none where that is not one."""
    branches: dict[Any, list[Any]] = {}
    for below in error.context:
        branches.setdefault(below.relative_schema_path[0], []).append(below)
    fitting = [
        errors
        for errors in branches.values()
        if not any(below.validator == "type" and not below.relative_path for below in errors)
    ]
    return fitting[0] if len(fitting) == 1 else []


def _missing(path: FieldPath, key: str, minutes: Minutes) -> Diagnostic:
    wanted = spelled(path, key, minutes)
    label = _field(path, minutes).below(key).label
    other = label if wanted == key else key
    both = f"「{wanted}」（{other}）" if other and not minutes.meta.chinese else f"「{wanted}」"
    owner = name(path, minutes)
    zh = f"{owner.zh}缺少{both}"
    en = f"{wanted} is missing" if wanted == key else f"{wanted} ({key}) is missing"
    if path:
        en = f"{owner.en}: {en}"
    span = _first_line(minutes.meta.where(*path), minutes) if path else _place_of_missing(key, minutes)
    hint = Say(f"請加上「{wanted}: …」", f"add {wanted}: …")
    fix = () if path or _may_stand(key, minutes) else _empty_line(wanted, span, minutes)
    return Diagnostic(span, "key-missing", Say(zh, en), hint=hint, fix=fix)


def _may_stand(key: str, minutes: Minutes) -> bool:
    """Whether the field may be there after all: under another name, or in a line that cannot be read yet."""
    meta = minutes.meta
    if any(found.severity == ERROR and found.code.startswith("yaml-") for found in minutes.problems):
        return True
    known, own = _field((), minutes), ("x-", "X-")
    others = [other for other in meta.data if other not in known.fields and not other.startswith(own)]
    return any(known.name(meant) == key for other in others for meant in _meant((), other, minutes))


def _empty_line(key: str, place: Span, minutes: Minutes) -> tuple[Edit, ...]:
    """A line for the key, to be filled in, at the start of the line at `place`."""
    meta, source = minutes.meta, minutes.source
    keys = [where.key.start for path, where in meta.places.items() if len(path) == 1 and where.key]
    indent = {source.line_column(start)[1] - 1 for start in keys}
    if source.line_column(place.start)[1] != 1 or len(indent) > 1:  # such as {title: …, date: …}
        return ()
    return (Edit(place, f"{' ' * max(indent, default=0)}{key}:\n"),)


def _place_of_missing(key: str, minutes: Minutes) -> Span:
    """Behind the nearest field that stands before `key` in the schema's order."""
    meta, text = minutes.meta, minutes.source.text
    order = list(vocabulary.root(meta.schema).fields)
    before = order[: order.index(key)] if key in order else order
    present = [place.value.end for name in before if (place := meta.places.get((name,)))]
    if not present:
        return Span(meta.span.start, meta.span.start)
    line, _ = minutes.source.line_column(len(text[: present[-1]].rstrip()))
    after = minutes.source.starts[line] if line < len(minutes.source.starts) else len(text)
    after = min(after, meta.span.end)
    return Span(after, after)


def _first_line(span: Span, minutes: Minutes) -> Span:
    line, _ = minutes.source.line_column(span.start)
    return Span(span.start, max(span.start, min(span.end, minutes.source.line_span(line).end)))


def _unknown(path: FieldPath, key: str, minutes: Minutes) -> Diagnostic:
    place = minutes.meta.places.get((*path, key))
    span = place.key if place and place.key else minutes.meta.where(*path)
    owner = name(path, minutes)
    zh = f"{owner.zh}沒有「{key}」這個欄位" if path else f"沒有「{key}」這個欄位"
    en = f"{owner.en}: there is no field {key}" if path else f"there is no field {key}"
    meant = _meant(path, key, minutes)
    fix = (Edit(span, meant[0]),) if len(meant) == 1 and place and place.key else ()
    if fix and _stands(path, meant[0], minutes):
        fix = ()
    unsafe = bool(fix) and not _sure(path, key, meant[0], minutes)
    return Diagnostic(
        span, "key-unknown", Say(zh, en), hint=_suggestion(path, key, meant, minutes), fix=fix, unsafe=unsafe
    )


def _meant(path: FieldPath, key: str, minutes: Minutes) -> list[str]:
    """The key that was most likely meant; two where the words of one have to be divided."""
    if not path and key.lower() in _MEANT:
        return [spelled(path, part, minutes, like=key) for part in _MEANT[key.lower()]]
    return _close(path, key, minutes, 0.7 if key.isascii() else 0.5)[:1]


def _close(path: FieldPath, key: str, minutes: Minutes, like: float) -> list[str]:
    """The names of fields that resemble `key`, the nearest first."""
    names = [word for word in _field(path, minutes).names if word.isascii() == key.isascii()]
    return difflib.get_close_matches(key.lower(), names, 5, like)


def _stands(path: FieldPath, key: str, minutes: Minutes) -> bool:
    """Whether the field of a key is given already, under whatever name."""
    name = _field(path, minutes).name(key)
    return (*path, name) in minutes.meta.places


def _sure(path: FieldPath, key: str, meant: str, minutes: Minutes) -> bool:
    """Whether nothing else can be meant: a word of the trade, or a slip in a name that resembles no other field's.
    Of a name of two characters, half is another when one is."""
    if not path and key.lower() in _MEANT:
        return True
    field = _field(path, minutes)
    near = {field.name(name) for name in _close(path, key, minutes, 0.6)}
    return len(near) == 1 and len(key) > 2 and difflib.SequenceMatcher(None, key.lower(), meant).ratio() >= 0.7


def _suggestion(path: FieldPath, key: str, meant: list[str], minutes: Minutes) -> Say:
    known = _field(path, minutes)
    if len(meant) > 1:
        return Say("請分成" + "與".join(f"「{part}」" for part in meant), "write " + " and ".join(meant) + " apart")
    if meant:
        return Say(f"是不是「{meant[0]}」？", f"did you mean {meant[0]}?")
    if path:
        fields = [spelled(path, word, minutes, like=key) for word in known.fields]
        return Say("可以寫的有：" + "、".join(fields), "known here: " + ", ".join(fields)) if fields else NOTHING
    own = spelled((), "custom", minutes, like=key)
    return Say(
        f"機關自己的欄位請放在「{own}」之下，或用 x- 開頭", f"put fields of your own under {own}, or begin them with x-"
    )


def unknown_kind(kind: str, minutes: Minutes) -> Diagnostic:
    """A kind of meeting that has no layout."""
    known = profile.names()
    close = difflib.get_close_matches(kind, known, 1)
    hint = Say("可以用的有：" + "、".join(known), "known: " + ", ".join(known))
    fix: tuple[Edit, ...] = ()
    if close:
        hint = Say(f"是不是「{close[0]}」？", f"did you mean {close[0]}?")
        fix = (Edit(minutes.meta.where("kind"), close[0]),)
    message = Say(f"沒有「{kind}」這種會議類別", f"there is no kind of meeting {kind!r}")
    return Diagnostic(minutes.meta.where("kind"), "schema-value", message, hint=hint, fix=fix, unsafe=bool(fix))


def _unwanted(path: FieldPath, minutes: Minutes) -> Diagnostic:
    """A key whose schema is just `false`: in ours, start and end beside sittings."""
    field = name(path, minutes)
    place = minutes.meta.places.get(path)
    span = place.key if place and place.key else minutes.meta.where(*path)
    if path in (("start",), ("end",)) and "sittings" in minutes.meta.data:
        both = minutes.meta.keys.get("sittings", "sittings")
        zh, en = f"有了「{both}」，就不寫{field.zh}", f"{field.en} cannot stand beside {both}"
        hint = Say("請把時間寫進各段，刪去這一行", f"move the time into {both}, and delete this line")
        return Diagnostic(span, "schema-value", Say(zh, en), hint=hint)
    return Diagnostic(span, "schema-value", Say(f"{field.zh}在這裡不能寫", f"{field.en} cannot be written here"))


def _empty(path: FieldPath, minutes: Minutes) -> Diagnostic:
    place = minutes.meta.places.get(path)
    span = place.value if place else minutes.meta.where(*path)
    if place and place.key and span.end <= span.start:
        span = place.key
    field = name(path, minutes)
    hint = _hint(path, minutes)
    if path == ("recorder",):
        draft = "狀態: 初稿" if minutes.meta.chinese else "status: draft"
        hint = Say(f"還沒有人紀錄時，請加上「{draft}」", f"while there is none yet, add {draft}")
    return Diagnostic(span, "value-missing", Say(f"{field.zh}沒有填", f"{field.en} is empty"), hint=hint)


def _wrong(path: FieldPath, error: Any, minutes: Minutes) -> Diagnostic:
    field = name(path, minutes) if path else Say("會議資料", "the front matter")
    wanted = expected(error.validator, error.schema)
    is_now = _found(path, error.instance, minutes)
    code = "schema-type" if error.validator == "type" else "schema-value"
    gap = " " if wanted.zh[:1].isascii() else ""
    message = Say(
        f"{field.zh}應為{gap}{wanted.zh}，現在是{is_now.zh}", f"{field.en} should be {wanted.en}, not {is_now.en}"
    )
    if error.validator == "pattern":
        message = Say(f"{field.zh}的寫法不對：{is_now.zh}", f"{field.en} is not well formed: {is_now.en}")
    span = _first_line(minutes.meta.where(*path), minutes)
    return Diagnostic(span, code, message, hint=_hint(path, minutes, error.schema))


def _found(path: FieldPath, value: Any, minutes: Minutes) -> Say:
    if isinstance(value, list):
        return Say(f"清單（{len(value)} 項）", f"a list of {len(value)}")
    if isinstance(value, dict):
        keys = list(value)[:3]
        return Say(f"分欄的資料（{'、'.join(keys)}）", f"a mapping ({', '.join(keys)})")
    text = str(value).lower() if isinstance(value, bool) else str(value)
    typed = minutes.meta.typed.get(path, text)
    short = typed if len(typed) <= 20 else typed[:19] + "…"
    return Say(f"「{short}」", repr(short))


def _hint(path: FieldPath, minutes: Minutes, schema: Any = None) -> Say:
    """The description of the field, that of an office's own, or of the nearest field above that has one."""
    own = schema if isinstance(schema, dict) else {}
    office = own.get("description") or own.get("pattern") or ""
    known = [_field(path[:depth], minutes).description for depth in range(len(path), 0, -1)]
    if office and not (known and known[0].zh):
        return Say(f"規定的寫法：{office}", f"as asked for: {office}")
    return next((description for description in known if description.zh), NOTHING)


def _field(path: FieldPath, minutes: Minutes) -> vocabulary.Field:
    known = vocabulary.root(minutes.meta.schema)
    for step in path:
        known = known.below(step)
    return known


def spelled(path: FieldPath, key: str, minutes: Minutes, like: str = "") -> str:
    """A canonical key in the language of the file, or of the key `like`."""
    chinese = not like.isascii() if like else minutes.meta.chinese
    return _field(path, minutes).below(key).label or key if chinese else key


def name(path: FieldPath, minutes: Minutes) -> Say:
    """A field as the file spells it: 「附件」第2項的「檔案」."""
    zh, en = "", ""
    for depth, step in enumerate(path, 1):
        if isinstance(step, int):
            zh, en = f"{zh}第{step + 1}項", f"{en}, item {step + 1}"
            continue
        place = minutes.meta.places.get(path[:depth])
        key = minutes.source.text[place.key.start : place.key.end].strip("\"'") if place and place.key else step
        zh, en = f"{zh}的「{key}」" if zh else f"「{key}」", f"{en}, {key}" if en else key
    return Say(zh, en)
