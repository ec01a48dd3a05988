"""The .docx in LibreOffice, the one office suite that can be asked: its text, its numbers, its own copies."""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from docx_reading import Docx, W
from lxml import etree

from minutes_cli import parse, profile
from minutes_cli.document import Meta, Minutes
from minutes_cli.front import decode
from minutes_cli.inline import Text
from minutes_cli.lines import Line, Printed
from minutes_cli.printing.outline import outline
from minutes_cli.render import docx, text
from minutes_cli.source import Source

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent
EXAMPLES = sorted(path for path in (ROOT / "examples").glob("*.md") if path.read_text("utf-8").startswith("---"))
ADVISORY = profile.load("advisory")
Convert = Callable[[Sequence[Path], str], list[Path]]


@pytest.fixture(scope="module")
def convert(tool: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """`convert(paths, "txt")` has LibreOffice write each in another format, all in one call."""
    program, home = tool("soffice"), tmp_path_factory.mktemp("office")
    filters = {"txt": "txt:Text (encoded):UTF8"}

    def converted(paths: Sequence[Path], form: str) -> list[Path]:
        out = paths[0].parent / form
        command = [program, f"-env:UserInstallation={(home / 'user').as_uri()}", "--headless", "--convert-to"]
        command += [filters.get(form, form), "--outdir", str(out), *map(str, paths)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        found = [out / f"{path.stem}.{form}" for path in paths]
        # The exit code says nothing: it is 0 even where nothing was written.
        assert all(path.is_file() for path in found)
        return found

    return converted


def bare(words: str) -> str:
    return re.sub(r"[\s\ufeff]", "", words)


def shown(path: Path) -> str:
    return bare(path.read_text("utf-8"))


def expected(minutes: Minutes, printed: Printed) -> str:
    """The text rendering without what LibreOffice's plain text leaves out: footnotes, and images with their words."""
    said = bare(text.render(printed, minutes).decode())
    for entry in printed.entries:
        if isinstance(entry, Line) and entry.kind == "footnote":
            said = said.replace(f"[{entry.ordinal}]", str(entry.ordinal), 1)
    said = said.partition("[1]")[0]
    return re.sub("〔圖：.*?〕", "", said)


def examples(folder: Path, reference: Path | None = None) -> tuple[list[Path], list[str]]:
    paths, texts = [], []
    for path in EXAMPLES:
        minutes = parse.parse(decode.read(path))
        printed = outline(minutes)
        paths.append(folder / f"{path.stem}.docx")
        paths[-1].write_bytes(docx.render(printed, minutes, reference))
        texts.append(expected(minutes, printed))
    return paths, texts


def test_libreoffice_reads_the_text_rendering(convert: Convert, tmp_path: Path) -> None:
    paths, texts = examples(tmp_path)
    for path, said in zip(convert(paths, "txt"), texts, strict=True):
        assert shown(path) == said, path.stem


def test_a_reference_that_libreoffice_saved_will_do(convert: Convert, tmp_path: Path) -> None:
    """It renames styles, moves indents and drops table styles."""
    path = tmp_path / "reference.docx"
    path.write_bytes(docx.reference_bytes(ADVISORY))
    (saved,) = convert([path], "docx")
    assert saved.read_bytes() != path.read_bytes()
    paths, texts = examples(tmp_path, saved)
    for path, said in zip(convert(paths, "txt"), texts, strict=True):
        assert shown(path) == said, path.stem
    levels = [list(Docx(p.read_bytes()).abstracts["0"].iter(W + "ind")) for p in paths]
    assert [e.get(W + "left") for e in levels[0][:4]] == ["560", "560", "1120", "1400"]


def test_an_item_inserted_with_the_same_style_renumbers_what_follows(convert: Convert, tmp_path: Path) -> None:
    entries = (
        *(Line("section", 0, f"{n}、", i, lead=f"節{i}") for i, n in ((1, "壹"), (2, "貳"))),
        *(Line("item", 1, f"{n}、", i, cells=((Text(f"項{i}"),),)) for i, n in ((1, "一"), (2, "二"))),
        Line("item", 2, "（一）", 1, cells=((Text("子"),),)),
        Line("label", lead="說明："),
        Line("item", 1, "一、", 1, cells=((Text("下"),),)),
    )
    minutes = Minutes(Source("m.md", ""), Meta(), ADVISORY)
    path = tmp_path / "a.docx"
    path.write_bytes(docx.render(Printed("題", entries), minutes))
    parts = docx.container.read(path)
    root = etree.fromstring(parts["word/document.xml"])
    for paragraph in [p for p in root.iter(W + "p") if "".join(p.itertext()) in ("節1", "項1", "下")]:
        copy = etree.fromstring(etree.tostring(paragraph))
        next(copy.iter(W + "t")).text = "新"
        paragraph.addprevious(copy)
    parts["word/document.xml"] = etree.tostring(root)
    path.write_bytes(docx.container.write(parts))
    (read,) = convert([path], "txt")
    assert shown(read) == "題壹、新貳、節1參、節2一、新二、項1三、項2（一）子說明：一、新二、下"


def outlined(seed: int) -> tuple[Line, ...]:
    """Sections, items, labels and replies in any order, with levels skipped and gaps left."""
    rng, counts, lines = random.Random(seed), [0] * 7, []
    for nth in range(60):
        chance = rng.random()
        level = rng.choice((1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6)) if chance >= 0.1 else 0
        if 0.1 <= chance < 0.2:
            level = rng.choice((0, 0, 1, 2, 3))
            lines.append(Line(rng.choice(("label", "reply")), level, lead=f"標{nth}："))
            counts[level + 1 :] = [0] * (6 - level) if rng.random() < 0.6 else counts[level + 1 :]
        elif level or counts[0] < 9:
            counts[level] += rng.choice((1,) * 15 + (3,))
            counts[level] = counts[level] if counts[level] < 10 else 1
            counts[level + 1 :] = [0] * (6 - level)
            number = ADVISORY.levels[level].label(counts[level])
            kind = "item" if level else "section"
            lines.append(Line(kind, level, number, counts[level], cells=((Text(f"文{nth}"),),)))
    return tuple(lines)


def test_libreoffice_counts_to_the_printed_numbers(convert: Convert, tmp_path: Path) -> None:
    """Skipped levels, gaps, labels in between: each number is right, whether it is counted or started anew."""
    minutes = Minutes(Source("m.md", ""), Meta(), ADVISORY)
    paths = []
    for seed in range(25):
        paths.append(tmp_path / f"{seed}.docx")
        paths[-1].write_bytes(docx.render(Printed("題", outlined(seed)), minutes))
    for seed, path in enumerate(convert(paths, "txt")):
        assert shown(path) == "題" + bare(text.render(Printed("題", outlined(seed)), minutes).decode()), seed


def test_libreoffice_makes_a_pdf_of_every_example(convert: Convert, tmp_path: Path, tool: Callable[[str], str]) -> None:
    paths, _ = examples(tmp_path)
    for path in convert(paths, "pdf"):
        words = subprocess.run([tool("pdftotext"), str(path), "-"], check=True, capture_output=True).stdout.decode()
        pages = re.findall(r"第\s*(\d+)\s*頁，共\s*(\d+)\s*頁", words)
        assert [int(page) for page, _ in pages] == list(range(1, len(pages) + 1)), path.stem
        assert {int(total) for _, total in pages} == {len(pages)}
