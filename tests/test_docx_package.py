"""Every .docx that is written is one that Word opens without a word: validators, and what validators do not look at."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import docx_integrity
import outlines
import pytest
from docx_reading import WP, Docx, R, W
from hypothesis import given, settings
from hypothesis import strategies as st
from openxml_audit import FileFormat, OpenXmlValidator

from minutes_cli import parse, profile
from minutes_cli.document import Meta, Minutes
from minutes_cli.front import decode
from minutes_cli.inline import Break, Code, Emphasis, Image, Inline, Link, NoteMark, Strike, Strong, Text
from minutes_cli.lines import KINDS, Entry, Grid, Line, Printed
from minutes_cli.printing.outline import outline
from minutes_cli.render import docx, text
from minutes_cli.source import Source

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted(path for path in (ROOT / "examples").glob("*.md") if path.read_text("utf-8").startswith("---"))
ADVISORY = profile.load("advisory")


def sound(read: Docx) -> None:
    """What neither validator looks at."""
    kinds = {e.get("PartName") for e in read.xml["[Content_Types].xml"] if e.get("PartName")}
    assert kinds == {f"/{name}" for name in read.names if not name.endswith(".rels") and name != "[Content_Types].xml"}
    assert len(set(read.names)) == len(read.names)
    for name in read.names:
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for rel in read.xml[name]:
                target = rel.get("Target")
                inside = posixpath.normpath(posixpath.join(folder, target)) if target[0] != "/" else target[1:]
                assert rel.get("TargetMode") == "External" or inside in read.names, target
    for part, root in read.xml.items():
        used = {value for e in root.iter() for key, value in e.attrib.items() if key.startswith(R)}
        assert used <= set(read.rels(part)), part
    roots = [read.xml[name] for name in read.xml if name.startswith("word/")]
    drawings = [e.get("id") for root in roots for e in root.iter(WP + "docPr")]
    marks = [e.get(W + "id") for e in read.document.iter(W + "bookmarkStart")]
    names = [e.get(W + "name") for e in read.document.iter(W + "bookmarkStart")]
    for numbers in (drawings, marks, names, list(read.styles)):
        assert len(set(numbers)) == len(numbers)
    assert marks == [e.get(W + "id") for e in read.document.iter(W + "bookmarkEnd")]
    assert {e.get(W + "anchor") for e in read.document.iter(W + "hyperlink") if e.get(W + "anchor")} <= set(names)
    assert {e.get(W + "val") for root in roots for e in root.iter(W + "numId")} <= set(read.nums)
    assert {e.get(W + "val") for e in read.document.iter(W + "pStyle", W + "rStyle", W + "tblStyle")} <= set(
        read.styles
    )
    assert [name for name in read.names if name.startswith("docProps/core")] == ["docProps/core.xml"]
    for style in read.styles.values():
        for link in style.iter(W + "basedOn", W + "next", W + "link"):
            assert link.get(W + "val") in read.styles


def faults(path: Path) -> list[str]:
    """One validator a document: it remembers what it counted by the `id` of the package, which the next one may bear."""
    validator = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=50)
    return [error.description for error in validator.validate(path).errors]


def clean(data: bytes, path: Path) -> None:
    path.write_bytes(data)
    assert faults(path) == []
    assert [str(finding) for finding in docx_integrity.check(path)] == []
    sound(Docx(data))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_valid(path: Path, tmp_path: Path) -> None:
    minutes = parse.parse(decode.read(path))
    data = docx.render(outline(minutes), minutes)
    clean(data, tmp_path / "a.docx")
    assert docx.render(outline(minutes), minutes) == data


def test_a_record_with_every_kind_of_line_is_valid(tmp_path: Path) -> None:
    clean(docx.render(outlines.printed(), outlines.minutes()), tmp_path / "a.docx")


def test_the_reference_that_is_handed_out_is_valid(tmp_path: Path) -> None:
    clean_reference = docx.reference_bytes(ADVISORY)
    (tmp_path / "reference.docx").write_bytes(clean_reference)
    assert faults(tmp_path / "reference.docx") == []
    assert docx_integrity.check(tmp_path / "reference.docx") == []


# ── whatever the text ───────────────────────────────────────────────────────────────────────────────────────────────

words = st.text(st.characters(codec=None), max_size=12)
hrefs = st.one_of(
    words, st.sampled_from(["https://a.tw/?b=1&c", "附件.pdf", "#a", "mailto:a@b.tw", "http://[::1", "tel:1"])
)
leaves = st.one_of(
    st.builds(Text, words),
    st.builds(Code, words),
    st.builds(Break),
    st.builds(Image, words, words, words),
    st.builds(NoteMark, st.integers(0, 3)),
)
nodes: st.SearchStrategy[Inline] = st.recursive(
    leaves,
    lambda below: st.one_of(
        *(st.builds(kind, st.lists(below, max_size=3).map(tuple)) for kind in (Strong, Emphasis, Strike)),
        st.builds(Link, hrefs, st.lists(below, max_size=3).map(tuple), words),
    ),
    max_leaves=5,
)
inlines = st.lists(nodes, max_size=3).map(tuple)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    level, ordinal = draw(st.integers(0, 6)), draw(st.integers(0, 120))
    number = draw(st.one_of(st.just(""), words, st.just(ADVISORY.levels[level].label(max(1, ordinal)))))
    kind = draw(st.sampled_from(KINDS))
    cells = tuple(draw(st.lists(inlines, min_size=1, max_size=1 if kind == "footnote" else 3)))
    return Line(
        kind,
        level,
        number,
        ordinal,
        draw(words),
        cells,
        tuple(draw(words) for _ in cells),
        anchor=draw(st.one_of(st.just(""), words, st.just("a"))),
        quote=draw(st.integers(0, 2)),
    )


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    wide = draw(st.integers(1, 4))
    row = st.lists(inlines, min_size=wide, max_size=wide).map(tuple)
    rows = tuple(draw(st.lists(row, min_size=1, max_size=3)))
    aligns = tuple(draw(st.sampled_from(["", "left", "center", "right"])) for _ in range(wide))
    return Grid(rows, aligns, caption=draw(words))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(lines(), grids()), max_size=8).map(tuple), words, words)
def test_whatever_is_printed_is_whole_and_well_formed(entries: tuple[Entry, ...], title: str, place: str) -> None:
    minutes = Minutes(Source("m.md", ""), Meta(), ADVISORY)
    data = docx.render(Printed(title, entries, organization=place, date=place), minutes)
    read = Docx(data)
    sound(read)
    shown = "".join(
        "".join(root.itertext()) for name, root in read.xml.items() if "notes" in name or "document" in name
    )
    for entry in entries:
        if isinstance(entry, Line) and entry.kind != "title":
            for inline in (node for cell in entry.cells for node in cell):
                for said in _texts(inline):
                    assert said in shown


def _texts(node: Inline) -> list[str]:
    """The visible words of a node, as they stand in XML between line ends and tabs."""
    if isinstance(node, Text | Code):
        return [
            docx.container.clean(part)
            for line in node.text.replace("\r", "\n").split("\n")
            for part in line.split("\t")
        ]
    if isinstance(node, Strong | Emphasis | Strike | Link):
        return [said for child in node.children for said in _texts(child)]
    return []


def test_every_word_of_an_example_stands_in_its_order() -> None:
    """With the numbers that Word counts, each footnote where the text rendering has it, and a picture's words in the
    place of the picture's description."""
    for path in EXAMPLES:
        minutes = parse.parse(decode.read(path))
        printed = outline(minutes)
        shown = "".join(Docx(docx.render(printed, minutes)).lines())
        said = re.sub("〔圖：(.*?)（[^（）]*）〕", r"\1", text.render(printed, minutes).decode())
        assert "".join(shown.split()) == "".join(said.split()), path.name
