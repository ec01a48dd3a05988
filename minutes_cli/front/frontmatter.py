"""Source in, Front out: the YAML between the two `---` lines as nodes that know their place.

YAML is read with the 1.2 core schema, less its floating-point and hexadecimal numbers: `11:30`, `2015-09-24`, `no`,
`007`, `1_000` and `1.10` are words.  Anchors, aliases, merge keys, tags and doubled keys are refused.

    fence     finds the two lines
    slips     finds what recorders mistype, and mends it for reading
    ordinary  reads what is written without a slip, as nearly every file is; of all others
    here      libyaml reads; what it cannot read is blanked and the rest read again, so that every fault of the file is
              told in one run and all that is whole stays usable
    compose   makes nodes of what libyaml has read
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import Any

from msgspec import Struct

from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.errors import BadEnvironment
from minutes_cli.front import fence, ordinary, slips
from minutes_cli.front.compose import TOLD, Composer, Events, Refused
from minutes_cli.front.mend import Mended, drop, line_end, line_start, mend, places, top_key
from minutes_cli.front.nodes import List, Map, Node, Pair, Scalar, plain
from minutes_cli.source import Source, Span

__all__ = ["Front", "List", "Map", "Node", "Pair", "Scalar", "load", "plain", "read"]

_RETRIES = 60
_PATIENCE = 600_000  # characters that are read again, over all retries

# What libyaml refuses or takes for a line ending; `decode` has told of it.  Compiled only where it is needed.
_UNREADABLE = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
_SPACE = re.compile(r"[ \t]*")
_WORD = re.compile(r"[^\s,\[\]{}]*")
_REMARK = re.compile(r"(?:^|[ \t]+)#[^\r\n]*", re.MULTILINE)


_NO_LIBYAML = Say(
    "這台電腦的 PyYAML 沒有附 libyaml，請改裝有附的版本（pip install --force-reinstall pyyaml）",
    "PyYAML was built without libyaml; install a build that has it (pip install --force-reinstall pyyaml)",
)


@cache
def _has_libyaml() -> bool:
    """Whether it lies beside PyYAML, told without loading that, which most files do not need."""
    found = find_spec("yaml")
    folders = found.submodule_search_locations if found else None
    return any(name.startswith("_yaml.") for folder in folders or () for name in os.listdir(folder))  # noqa: PTH208


class Front(Struct, frozen=True):
    """`root` is None where there is nothing whole; `span` is the text between the two `---` lines; the Markdown begins
    at `body`.  `broken` names top-level keys, as written, whose value was lost in part or whole to a fault."""

    root: Map | None
    span: Span
    body: int
    problems: tuple[Diagnostic, ...] = ()
    broken: frozenset[str] = frozenset()


class BadYaml(ValueError):
    """What is wrong with one of the project's own YAML files."""

    def __init__(self, line: int, say: Say) -> None:
        self.say = Say(f"第 {line} 行：{say.zh}", f"line {line}: {say.en}")
        super().__init__(self.say.en)


def read(source: Source) -> Front:
    """The front matter of a meeting file.  BadEnvironment where libyaml is missing, whether this file needs it or not."""
    if not _has_libyaml():
        raise BadEnvironment(_NO_LIBYAML)
    cut = fence.cut(source.text)
    span = Span(cut.start, cut.stop)
    if not cut.found:
        return Front(None, span, cut.body, cut.problems)
    if cut.stop - cut.start > fence.LIMIT:
        return Front(None, span, cut.body, (*cut.problems, _too_large(span)))
    found = slips.scan(source.text, span)
    if found.clean and (known := ordinary.read(source.text, span)):
        return Front(known, span, cut.body, cut.problems)
    if not found.whole:
        return Front(None, span, cut.body, cut.problems + _first(sorted(found.problems)), found.broken)
    mended = mend(source.text, span, found.edits)
    parsed = _parse(mended, lambda offset: source.line_column(offset)[0], _RETRIES)
    faults, root = [*found.problems, *parsed.faults], parsed.root
    if root is not None and not isinstance(root, Map):
        faults.append(_not_a_map(root.span))
        root = None
    elif root is None and not faults:
        root = Map((), Span(span.start, span.start))
    return Front(root, span, cut.body, cut.problems + _first(sorted(faults)), parsed.broken | found.broken)


def load(text: str) -> Any:
    """The data of one of the project's own YAML files; BadYaml, which is a ValueError, where it is faulty."""
    text = text.removeprefix("\ufeff")
    bare = _REMARK.sub("", text)
    if slips.scan(bare, whole := Span(0, len(bare))).clean and (known := ordinary.read(bare, whole)):
        return plain(known)
    parsed = _parse(mend(text, Span(0, len(text)), ()), lambda offset: text.count("\n", 0, offset) + 1, 0)
    if parsed.faults:
        fault = min(parsed.faults)
        raise BadYaml(text.count("\n", 0, fault.span.start) + 1, fault.message)
    return plain(parsed.root)


class _Parsed(Struct, frozen=True):
    root: Node | None
    faults: list[Diagnostic]
    broken: frozenset[str]


def _parse(mended: Mended, line: Callable[[int], int], retries: int) -> _Parsed:
    """Read; blank what cannot be read; read the rest again."""
    from yaml import YAMLError

    text = mended.text if slips.is_ordinary(mended.text) else re.sub(_UNREADABLE, " ", mended.text)
    place = places(mended)
    errors: list[Diagnostic] = []
    lost: set[str] = set()
    while True:
        composer = Composer(text, _events, place, line)
        try:
            root = composer.document()
            return _Parsed(root, errors + composer.faults, frozenset(lost | composer.broken))
        except (YAMLError, Refused) as error:
            fault, index = _fault(error, text, mended)
        errors.append(fault)
        lost |= top_key(text, index)
        shorter = drop(text, index)
        if (
            fault.code == "front-matter-too-large"
            or shorter == text
            or len(errors) > min(retries, _PATIENCE // len(text))
        ):
            return _Parsed(None, errors, frozenset(lost))
        text = shorter


def _events(text: str) -> Events:
    """The events of a text, one at each call."""
    import yaml

    if not yaml.__with_libyaml__:
        raise BadEnvironment(_NO_LIBYAML)
    from yaml._yaml import CParser

    events: Events = CParser(text).get_event
    return events


def _fault(error: Any, text: str, mended: Mended) -> tuple[Diagnostic, int]:
    """What the parser's error means, and the offset in `text` of its true place."""
    from minutes_cli.front import yaml_faults

    problem = error.problem_mark.index if error.problem_mark else 0
    meaning = yaml_faults.meaning(error.context or "", error.problem or "", text[line_start(text, problem) : problem])
    index = problem
    if meaning.at == yaml_faults.CONTEXT and error.context_mark:
        index = error.context_mark.index
    if not text[index:].strip():  # at the end of the text: what stands last is meant
        index = max(len(text.rstrip()) - 1, 0)
    if meaning.at == yaml_faults.LINE:
        index = line_start(text, index)
    index = _end(_SPACE, text, index)
    end = _end(_WORD, text, index) if meaning.at == yaml_faults.PROBLEM else line_end(text, index)
    span = mended.place(index, max(end, min(index + 1, len(text))))
    return Diagnostic(span, meaning.code, meaning.message, hint=meaning.hint), index


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start


def _first(faults: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The first of very many faults, and one that counts the rest."""
    if len(faults) <= TOLD:
        return tuple(faults)
    say = Say(f"會議資料的錯誤太多，只列出前 {TOLD} 個", f"too many faults in the front matter; {TOLD} are listed")
    hint = Say("先改好上面列出的，再檢查一次。", "Mend those above, then check again.")
    return (*faults[:TOLD], Diagnostic(faults[TOLD].span, "yaml-many", say, hint=hint))


def _too_large(span: Span) -> Diagnostic:
    return Diagnostic(
        Span(span.start, min(span.start + 1, span.end)),
        "front-matter-too-large",
        Say(
            f"會議資料超過 {fence.LIMIT // 1000} 千字，沒有檢查內容",
            f"the front matter has more than {fence.LIMIT // 1000} thousand characters and was not read",
        ),
        hint=Say(
            "兩行 --- 之間只放會議資料；內文放在第二行 --- 後面。",
            "Keep to the data of the meeting between the two lines ---; the text goes below the second.",
        ),
    )


def _not_a_map(span: Span) -> Diagnostic:
    return Diagnostic(
        span,
        "yaml-not-a-map",
        Say("會議資料不是一行一行的「鍵: 值」", "the front matter is not made of lines key: value"),
        hint=Say(
            "每行寫欄位名稱、半形冒號、一個空格，再寫值，例如「title: 會議名稱」。",
            "Write a key, a colon, a space and a value on each line: title: …",
        ),
    )
