"""The page where it is read: in a browser, by a validator, by someone who cannot see it, and on paper."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import outlines
import pytest
from running import ROOT

from minutes_cli import parse
from minutes_cli.front import decode
from minutes_cli.printing import outline
from minutes_cli.render import html

pytestmark = pytest.mark.slow

NAMES = ("everything", *(path.stem for path in sorted((ROOT / "examples").glob("*.md"))))
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the page of every example, and one with every kind of line."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "everything.html").write_bytes(html.render(outlines.printed(), outlines.minutes()))
    for path in (ROOT / "examples").glob("*.md"):
        minutes = parse.parse(decode.read(path))
        (folder / f"{path.stem}.html").write_bytes(html.render(outline.outline(minutes), minutes))
    return folder


@pytest.fixture(scope="module")
def browser(tool: Callable[[str], str]) -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=tool("chromium"), args=list(FLAGS))
        yield browser
        browser.close()


def test_the_validator_finds_no_error(
    pages: Path, tool: Callable[[str], str], npm_module: Callable[[str], Path]
) -> None:
    jar = npm_module("vnu-jar") / "build" / "dist" / "vnu.jar"
    files = [str(pages / f"{name}.html") for name in NAMES]
    found = subprocess.run(
        [tool("java"), "-jar", jar, "--errors-only", *files], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.parametrize("name", NAMES)
def test_everyone_can_read_it_and_it_asks_for_nothing(
    name: str, pages: Path, browser: Any, npm_module: Callable[[str], Path]
) -> None:
    axe = (npm_module("axe-core") / "axe.min.js").read_text(encoding="utf-8")
    address = (pages / f"{name}.html").as_uri()
    for width, scheme in ((1300, "light"), (1300, "dark"), (375, "light"), (375, "dark")):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.on("console", lambda message, said=said: said.append(message.text))
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        told = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]
        assert told == [], f"{width} {scheme}"
        assert [url for url in asked if not url.startswith("data:")] == [address]
        assert said == []
        context.close()


def test_the_style_is_applied_and_a_script_would_not_run(pages: Path, browser: Any) -> None:
    page = browser.new_page()
    page.goto((pages / "everything.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).textAlign") == "center"
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">')")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))")
    assert page.evaluate("window.ran") is None


def test_the_contents_stand_beside_the_record_or_fold_away(pages: Path, browser: Any) -> None:
    for width, shown, hidden in (
        (1300, ".contents.wide", ".contents.narrow"),
        (375, ".contents.narrow", ".contents.wide"),
    ):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto((pages / "everything.html").as_uri())
        assert page.is_visible(shown)
        assert page.is_hidden(hidden)


def test_what_is_copied_reads_as_it_prints(pages: Path, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 1300, "height": 900})
    page.goto((pages / "everything.html").as_uri())
    copied = page.inner_text("main").replace("\t", "").split("\n")
    assert "（二）馮委員玉：同意規劃方向。" in copied
    assert "1.感測器由誰維護？維護的經費由哪一個單位編列，編列幾年，期滿之後怎麼辦？" in copied
    assert "壹、時間：113年05月02日（星期四）14:00" in copied


def test_wrapped_lines_hang_behind_their_number(pages: Path, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 375, "height": 900})
    page.goto((pages / "everything.html").as_uri())
    lefts = page.evaluate(
        """[...document.querySelectorAll('.item, .speaker')].map(line => {
            const text = line.querySelector('.lead, .text'), number = line.querySelector('.number');
            const rows = {};
            for (const box of text.getClientRects()) rows[box.top] = Math.min(rows[box.top] ?? box.left, box.left);
            return [number.getBoundingClientRect().left, ...Object.values(rows)];
        })"""
    )
    assert max(len(rows) for _, *rows in lefts) == 3
    for number, *rows in lefts:
        assert number < min(rows)
        assert max(rows) - min(rows) < 1


def test_paper_has_page_numbers_and_nothing_of_the_screen(
    pages: Path, browser: Any, tool: Callable[[str], str], tmp_path: Path
) -> None:
    page = browser.new_page()
    page.goto((pages / "everything.html").as_uri())
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    told = subprocess.run([tool("pdfinfo"), tmp_path / "page.pdf"], capture_output=True, text=True, check=True).stdout
    count = int(told.split("Pages:")[1].split()[0])
    assert "(A4)" in told
    text = subprocess.run(
        [tool("pdftotext"), "-layout", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    sheets = ["".join(sheet.split()) for sheet in text.split("\f")[:-1]]
    assert len(sheets) == count >= 2
    for number, sheet in enumerate(sheets, 1):
        assert sheet.endswith(f"第{number}頁，共{count}頁")
        assert sheet.startswith("初稿")
    whole = "".join(sheets)
    assert "目次" not in whole
    assert "#" not in whole
    assert "來源（https://example.org/）" in whole
