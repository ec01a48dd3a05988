"""The examples are what they claim to be: clean, whole, and the ministry's own minutes line by line."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from msgspec import Struct
from msgspec.structs import replace

from minutes_cli import check, parse, profile, registry
from minutes_cli.body.inlines import inlines
from minutes_cli.document import Minutes, prose_of
from minutes_cli.front import decode
from minutes_cli.inline import Image, Inlines, NoteMark, Text, plain
from minutes_cli.lines import Entry, Grid, Line, Printed
from minutes_cli.numerals import match
from minutes_cli.printing import outline
from minutes_cli.settings import Settings
from minutes_cli.source import Span

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
EXAMPLES = sorted((ROOT / "examples").glob("*.md"))
MINISTRY = ROOT / "examples" / "moea-open-data-2.md"

BRACKETS = str.maketrans("（）", "()")


def read(path: Path, layout: str | None = None, own: Path | None = None) -> Minutes:
    return parse.parse(decode.read(path), Settings(profile=layout or "", templates=own))


def text(minutes: Minutes) -> str:
    return text_of(outline.outline(minutes), minutes)


def text_of(printed: Printed, minutes: Minutes) -> str:
    rendered: bytes = registry.load("render", "text").render(printed, minutes)
    return rendered.decode()


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


def lines(words: str) -> list[str]:
    """The lines that hold something, without white space, the brackets of labels folded."""
    return [squeezed(line).translate(BRACKETS) for line in words.splitlines() if line.strip()]


# ── the ministry's minutes ──────────────────────────────────────────────────────────────────────────────────────────


class Difference(NamedTuple):
    kind: str
    real: str
    printed: str


def label(line: str) -> tuple[str, str]:
    found = match(line)
    return (found.typed, line[found.end :]) if found else ("", line)


def differences(real: list[str], printed: list[str]) -> list[Difference]:
    """What differs, line by line, sorted into the kinds that are allowed and "other"."""
    found = []
    if real[0] == "附件1":
        found.append(Difference("annex", real[0], ""))
        real = real[1:]
    if len(real) != len(printed):
        return [*found, Difference("other", f"{len(real)} lines", f"{len(printed)} lines")]
    for was, now in zip(real, printed, strict=True):
        (old, words), (new, said) = label(was), label(now)
        if old != new and old and new:
            found.append(Difference("number", old, f"{new}{said[:12]}…"))
        elif old != new:
            found.append(Difference("other", was, now))
        tracked = re.fullmatch(r"(.*)(\(主辦：.*\))", said)
        if words != said and tracked and tracked[1] == words:
            found.append(Difference("tracking", f"{words[:12]}…", tracked[2]))
        elif words != said:
            found.append(Difference("other", was, now))
    return found


def ministry(own: Path | None = None) -> list[Difference]:
    real = (FIXTURES / "moea-open-data-2.txt").read_text(encoding="utf-8")
    return differences(lines(real), lines(text(read(MINISTRY, own=own))))


def test_the_ministrys_minutes_are_printed_line_by_line() -> None:
    found = ministry()
    print()
    for difference in found:
        print(f"{difference.kind:9} 原文 {difference.real or '（無）'} → 印成 {difference.printed or '（無）'}")
    counts = {kind: sum(1 for d in found if d.kind == kind) for kind in ("annex", "number", "tracking", "other")}
    # The doubled 2. of a reply, the four speakers of 捌, the eight decisions of 玖; 主辦 behind two of those.
    assert counts == {"annex": 1, "number": 13, "tracking": 2, "other": 0}


def test_without_tracking_nothing_but_numbers_and_the_annex_differ(tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text("extends: advisory\ntracking: none\n", encoding="utf-8")
    assert {difference.kind for difference in ministry(tmp_path)} == {"annex", "number"}


def test_the_comparison_can_fail() -> None:
    assert [d.kind for d in differences(["一、甲。"], ["一、乙。"])] == ["other"]
    assert [d.kind for d in differences(["一、甲。"], ["甲。"])] == ["other"]
    assert [d.kind for d in differences(["(1)甲。"], ["一、甲。(主辦：乙)"])] == ["number", "tracking"]


# ── two spellings, one meeting ──────────────────────────────────────────────────────────────────────────────────────

# Where something stands in the file, how it was spelt, and what a bullet or a number looked like.
PLACES = {"span", "places", "name_span", "heading", "typed", "spelling", "source", "problems"}


def model(value: Any) -> Any:
    """The model without places and spellings."""
    if isinstance(value, Struct):
        names = [name for name in value.__struct_fields__ if name not in PLACES]
        return (type(value).__name__, {name: model(getattr(value, name)) for name in names})
    if isinstance(value, tuple | list):
        return [model(item) for item in value if not isinstance(item, Span)]
    if isinstance(value, str):
        return squeezed(value.replace("**", ""))
    return value


def test_both_spellings_of_the_case_are_one_meeting() -> None:
    natural, markdown = (read(FIXTURES / "cases" / f"{name}.md") for name in ("natural", "markdown"))
    assert model(natural.sections) == model(markdown.sections)
    attachments = [
        [entry["title"] if isinstance(entry, dict) else entry for entry in minutes.meta.data["attachments"]]
        for minutes in (natural, markdown)
    ]
    assert attachments[0] == attachments[1]
    assert {**natural.meta.data, "attachments": 0} == {**markdown.meta.data, "attachments": 0}


@pytest.mark.parametrize("name", ["natural", "markdown"])
def test_each_spelling_of_the_case_prints_as_expected(name: str) -> None:
    expected = (FIXTURES / "cases" / "expected.txt").read_text(encoding="utf-8")
    printed = text(read(FIXTURES / "cases" / f"{name}.md"))
    assert [squeezed(line) for line in printed.splitlines()] == [squeezed(line) for line in expected.splitlines()]


# ── all examples ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_profile_has_its_example() -> None:
    assert {read(path).profile.name for path in EXAMPLES} == set(profile.names())


def test_one_example_is_written_with_chinese_keys_and_natural_numbering_only() -> None:
    source = (ROOT / "examples" / "coordination-sidewalk.md").read_text(encoding="utf-8")
    front, body = source.split("---\n", 2)[1:]
    assert not re.search(r"^[A-Za-z_]+:", front, re.MULTILINE)
    assert not re.search(r"^\s*(?:[-*+] |\d+\. |###)", body, re.MULTILINE)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_check_finds_nothing(path: Path) -> None:
    assert check.check(decode.read(path)).diagnostics == ()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_example_has_the_size_of_a_real_record(path: Path) -> None:
    body = path.read_text(encoding="utf-8").split("---\n", 2)[2]
    assert 5_500 <= len(body.encode()) <= 12_000


@pytest.mark.parametrize("layout", profile.names())
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_word_of_the_body_is_printed_in_every_profile(path: Path, layout: str) -> None:
    minutes = read(path, layout)
    printed = squeezed(text(minutes))
    notes = {note.label: number for number, note in enumerate(minutes.footnotes, 1)}
    missing = [p.text for p in prose_of(minutes) if squeezed(plain(inlines(p.text, notes))) not in printed]
    assert missing == []


def test_the_examples_show_what_the_format_can_do() -> None:
    """Taken together they hold every kind of line that a meeting file can lead to."""
    kinds: set[str] = set()
    for path in EXAMPLES:
        printed = outline.outline(read(path))
        kinds |= {getattr(entry, "kind", "table") for entry in printed.entries}
    expected = "title header more section item speaker label reply paragraph code next adjournment signature"
    assert set(f"{expected} attachment footnote table".split()) <= kinds


# ── DOCX ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_libreoffice_reads_the_text_rendering_out_of_every_docx(tool: Callable[[str], str], tmp_path: Path) -> None:
    """For every example in every profile."""
    soffice = tool("soffice")
    expected: dict[str, str] = {}
    for path in EXAMPLES:
        for layout in profile.names():
            minutes = read(path, layout)
            printed = outline.outline(minutes)
            name = f"{path.stem}.{layout}"
            (tmp_path / f"{name}.docx").write_bytes(registry.load("render", "docx").render(printed, minutes))
            expected[name] = squeezed(text_of(as_libreoffice(printed), minutes))
    convert(soffice, tmp_path, "docx", "txt:Text (encoded):UTF8")
    found = {name: squeezed((tmp_path / f"{name}.txt").read_text(encoding="utf-8-sig")) for name in expected}
    assert [
        first_difference(expected[name], found[name], name) for name in expected if found[name] != expected[name]
    ] == []


@pytest.mark.slow
def test_libreoffice_reads_every_footnote(tool: Callable[[str], str], tmp_path: Path) -> None:
    """Its plain text leaves footnotes out, its OpenDocument does not."""
    soffice = tool("soffice")
    expected: dict[str, list[str]] = {}
    for path in EXAMPLES:
        minutes = read(path)
        printed = outline.outline(minutes)
        notes = [e for e in printed.entries if isinstance(e, Line) and e.kind == "footnote"]
        if notes:
            (tmp_path / f"{path.stem}.docx").write_bytes(registry.load("render", "docx").render(printed, minutes))
            expected[path.stem] = [squeezed(plain(note.cells[0])) for note in notes]
    assert expected
    convert(soffice, tmp_path, "docx", "fodt")
    for name, notes_of in expected.items():
        bodies = re.findall(
            r"<text:note-body>(.*?)</text:note-body>", (tmp_path / f"{name}.fodt").read_text(), re.DOTALL
        )
        assert [squeezed(re.sub(r"<[^>]*>", "", body)) for body in bodies] == notes_of


def convert(soffice: str, folder: Path, suffix: str, to: str) -> None:
    """LibreOffice exits 0 even when it fails: the caller looks for the files."""
    files = sorted(str(path) for path in folder.glob(f"*.{suffix}"))
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = [soffice, home, "--headless", "--convert-to", to, "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=600)


def as_libreoffice(printed: Printed) -> Printed:
    """What LibreOffice's plain text holds: no pictures, and of footnotes only their marks."""
    entries: list[Entry] = []
    for entry in printed.entries:
        if isinstance(entry, Grid):
            entries.append(replace(entry, rows=tuple(tuple(map(seen, row)) for row in entry.rows)))
        elif entry.kind != "footnote":
            entries.append(replace(entry, cells=tuple(map(seen, entry.cells))))
    return replace(printed, entries=tuple(entries))


def seen(nodes: Inlines) -> Inlines:
    kept = (node for node in nodes if not isinstance(node, Image))
    return tuple(Text(str(node.number)) if isinstance(node, NoteMark) else node for node in kept)


def first_difference(expected: str, found: str, name: str) -> str:
    at = next(
        (i for i, (a, b) in enumerate(zip(expected, found, strict=False)) if a != b), min(len(expected), len(found))
    )
    return f"{name}: …{expected[max(0, at - 20) : at + 20]}… but LibreOffice has …{found[max(0, at - 20) : at + 20]}…"
