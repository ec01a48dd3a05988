"""The printed lines in, a page out: nothing lost, nothing that acts, nothing asked for from anywhere."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import outlines
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import ROOT
from test_images import png

from minutes_cli import parse, profile
from minutes_cli.document import Meta, Minutes
from minutes_cli.errors import BadTemplate
from minutes_cli.front import decode
from minutes_cli.inline import Code, Emphasis, Image, Link, NoteMark, Strike, Strong, Text, plain
from minutes_cli.lines import KINDS, Entry, Grid, Line, Printed
from minutes_cli.printing import outline
from minutes_cli.render import html
from minutes_cli.render._inline import FORBIDDEN, address
from minutes_cli.source import Source, Span

EXAMPLES = sorted((ROOT / "examples").glob("*.md"))
VOID = {"meta", "link", "br", "hr", "img"}


HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</style><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "{{ 7*7 }}{% include 'style.css' %}{# gone #}",
    "]]>&lt;b&gt;&#x3C;<!-- -->",
    "\\3c script\\3e ';}body{background:url(https://example.org)}",
)


class Page(HTMLParser):
    """A page read back: its tags with their attributes, and the text of `main` without what is only for the screen."""

    def __init__(self, page: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[tuple[str, str]] = []
        self.text = ""
        self.style = ""
        self.inside: dict[str, list[str]] = {}
        self.feed(page.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        assert len(found) == len(attrs), f"an attribute twice: {attrs}"
        self.tags.append((tag, found))
        if tag not in VOID:
            self.open.append((tag, found.get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        name, _ = self.open.pop()
        assert name == tag, f"</{tag}> closes <{name}>"

    def handle_data(self, data: str) -> None:
        names = [name for name, _ in self.open]
        classes = {word for _, words in self.open for word in words.split()}
        if "style" in names:
            self.style += data
        if "main" in names and not classes & {"anchor", "back"}:
            self.text += data
        for key in {*names, *classes}:
            self.inside.setdefault(key, []).append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]

    @property
    def ids(self) -> list[str]:
        return [str(attrs["id"]) for _, attrs in self.tags if "id" in attrs]


def page(*entries: Entry, **more: object) -> Page:
    return Page(html.render(outlines.printed(*entries, **more), outlines.minutes()))


def visible(entries: tuple[Entry, ...]) -> Iterator[str]:
    """What must stand on the page, in order."""
    for entry in entries:
        if isinstance(entry, Grid):
            yield entry.caption
            yield from (plain(cell) for row in entry.rows for cell in row)
        else:
            leads = entry.leads if len(entry.cells) > 1 else (entry.lead,)
            yield entry.number
            yield from (lead + plain(cell) for lead, cell in zip(leads, entry.cells, strict=True))


def squeeze(text: str) -> str:
    return "".join(FORBIDDEN.sub("\ufffd", text).split())


@given(
    st.text(st.characters(exclude_categories=())) | st.text("\x00\x7f\x85\xa0\ud800\ufdd0\ufffe\uffff甲a", max_size=6)
)
def test_what_html_forbids_never_stands_on_a_page(text: str) -> None:
    assert html._encoded(text) == FORBIDDEN.sub("\ufffd", text).encode()


# ── no word is lost ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_kind_of_line_is_on_the_page_in_order() -> None:
    found = page()
    expected = "".join(visible(outlines.EVERYTHING)).replace("現場照片", "〔圖：現場照片（../outside.png）〕")
    assert squeeze(found.text) == squeeze(expected)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_word_of_an_example_is_on_its_page_and_every_link_leads_somewhere(path: Path) -> None:
    minutes = parse.parse(decode.read(path))
    printed = outline.outline(minutes)
    found = Page(html.render(printed, minutes))
    words = squeeze("".join(visible(printed.entries)))
    for image in found.all("img"):
        words = words.replace(squeeze(image["alt"] or ""), "", 1)
    assert squeeze(found.text) == words
    assert_links_resolve(found)


def assert_links_resolve(found: Page) -> None:
    assert len(found.ids) == len(set(found.ids))
    inner = [unquote(str(link["href"])[1:]) for link in found.all("a") if str(link["href"]).startswith("#")]
    assert set(inner) <= set(found.ids)


words = st.text(max_size=12) | st.sampled_from((*HOSTILE, "附件1", "甲：乙", "\ud800\ufffe\x01", "（甲）"))
inlines = st.recursive(
    words.map(Text) | words.map(Code) | st.integers(1, 3).map(NoteMark),
    lambda children: st.one_of(
        st.lists(children, max_size=3).map(tuple).map(Strong),
        st.lists(children, max_size=3).map(tuple).map(Emphasis),
        st.lists(children, max_size=3).map(tuple).map(Strike),
        st.builds(Link, words, st.lists(children, max_size=3).map(tuple), words),
    ),
    max_leaves=6,
)
texts = st.lists(inlines, max_size=4).map(tuple)
spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: Span(min(pair), max(pair)))
numbers = st.sampled_from(("", "一、", "（一）", "10.", "<b>"))
lines = st.builds(
    Line,
    kind=st.sampled_from(KINDS),
    level=st.integers(0, 6),
    number=numbers,
    ordinal=st.integers(0, 12),
    lead=words,
    cells=texts.map(lambda text: (text,)),
    indent=st.integers(0, 60),
    anchor=words,
    span=spans,
    quote=st.integers(0, 12),
    decision=words,
)
rows = st.integers(1, 3).flatmap(lambda n: st.lists(st.tuples(*[texts] * n), min_size=1, max_size=3).map(tuple))
grids = st.builds(Grid, rows=rows, aligns=st.just(("", "right")), indent=st.integers(0, 9), caption=words, span=spans)


@settings(deadline=None, max_examples=60)
@given(st.lists(lines | grids, max_size=6).map(tuple), words, words)
def test_any_lines_at_all_are_on_the_page_and_nothing_on_it_acts(
    entries: tuple[Entry, ...], title: str, status: str
) -> None:
    page = html.render(Printed(title, entries, status=status, files=((title, status),)), outlines.minutes())
    found = Page(page)
    # A thematic break holds no text.
    told = tuple(entry for entry in entries if isinstance(entry, Grid) or entry.kind != "rule")
    assert squeeze(found.text) == squeeze("".join(visible(told)))
    assert_harmless(found)


# ── nothing acts, nothing is asked for ──────────────────────────────────────────────────────────────────────────────

TAGS = {
    *("html", "head", "meta", "title", "link", "style", "body", "main", "nav", "section", "div", "details", "summary"),
    *(
        "h1",
        "h2",
        "h3",
        "p",
        "dl",
        "dt",
        "dd",
        "ol",
        "li",
        "blockquote",
        "pre",
        "hr",
        "br",
        "span",
        "b",
        "strong",
        "em",
    ),
    *("s", "code", "sup", "a", "img", "table", "caption", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "rel", "href", "class", "id", "aria-label", "role", "title"),
    *("tabindex", "scope", "src", "alt", "width", "height"),
}


def assert_harmless(found: Page) -> None:
    assert {tag for tag, _ in found.tags} <= TAGS
    assert {name for _, attrs in found.tags for name in attrs} <= ATTRIBUTES
    assert len(found.all("style")) == 1
    for tag, attrs in found.tags:
        href = attrs.get("href") or ""
        assert re.match(r"https?:|mailto:|tel:|#|data:,$|(?![A-Za-z][A-Za-z0-9+.-]*:|//)", href), href
        assert tag != "img" or str(attrs["src"]).startswith("data:image/")


@pytest.mark.parametrize("text", HOSTILE)
def test_the_text_of_a_meeting_is_neither_markup_nor_template_nor_style(text: str) -> None:
    line = Line(
        "item", 1, text, 1, text, ((Text(text), Code(text), Image(text, text, text)),), anchor=text, decision=text
    )
    name = Line("section", 0, text, 1, text, anchor=text)
    table = Grid((((Text(text),),), ((Text(text),),)), (text,), caption=text)
    files = ((text, text), ("javascript", "javascript:alert(1)"))
    found = page(name, line, table, title=text, status=text, language=text, organization=text, files=files)
    assert_harmless(found)
    assert text in found.text
    assert found.all("html") == [{"lang": text}]
    assert "49" not in found.text
    assert "url(" not in found.style.replace("url\\28", "")


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "//example.org", "\\\\host\\x"],
)
def test_a_link_that_the_model_should_not_have_let_through_is_text(href: str) -> None:
    found = page(Line("paragraph", cells=((Link(href, (Text("按我"),)),),)), files=())
    assert not [link for link in found.all("a") if link["href"] == href]
    assert "按我" in found.text


def test_a_blank_does_not_hide_a_scheme() -> None:
    assert address("java\tscript:alert(1)") == "java%09script:alert(1)"
    assert address("\x01javascript:alert(1)") == "%01javascript:alert(1)"


def test_the_policy_allows_this_style_and_nothing_else() -> None:
    for found in (page(), page(status="初稿"), page(status='"}</style>')):
        policy = next(attrs["content"] for attrs in found.all("meta") if attrs.get("http-equiv"))
        digest = b64encode(sha256(found.style.encode()).digest()).decode()
        assert policy == (
            f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
        )


def test_the_same_lines_give_the_same_bytes() -> None:
    first, second = (html.render(outlines.printed(), outlines.minutes()) for _ in range(2))
    assert first == second


# ── structure ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_headings_have_no_gap_and_links_lead_somewhere() -> None:
    found = page()
    levels = [int(tag[1]) for tag, _ in found.tags if re.fullmatch("h[1-6]", tag)]
    assert levels == [1, 2, 2, 2, 3, 3, 2, 2, 2]
    assert found.inside["h1"] == ["石門市智慧城市諮詢小組第4次會議紀錄"]
    assert "案由一：" in found.inside["h3"]
    assert_links_resolve(found)
    assert found.all("html") == [{"lang": "zh-Hant-TW"}]


def test_sections_that_go_on_counting_follow_the_header_without_a_gap() -> None:
    header = Line("header", number="壹、", ordinal=1, lead="時間：")
    for ordinal, classes in ((2, ["continued"]), (1, [None])):
        section = Line("section", number="貳、", ordinal=ordinal, anchor="section-1")
        assert [attrs.get("class") for attrs in page(header, section).all("dl")] == classes


def test_a_case_outside_any_section_is_no_heading() -> None:
    assert not page(Line("label", lead="案由：", cells=((Text("甲"),),))).all("h3")


def test_items_are_lists_and_what_is_below_a_decision_is_set_off_with_it() -> None:
    found = page()
    assert len(found.all("ol")) > 10
    decided = "".join(found.inside["decision"])
    assert "維持三十日。" in decided
    assert "請警察局三個月後再提檢討。" in decided
    assert "按月統計。" in decided
    assert "開放資料格式" not in decided
    assert found.inside["note"][0] == "（主辦：資訊局；期限：下次會議）"


def test_a_name_is_bold_and_what_was_said_is_not() -> None:
    found = page()
    assert {"馮委員玉：", "溫委員平", "資訊局回覆", "散會："} <= set(found.inside["b"])
    assert "同意規劃方向。" in found.inside["text"]
    assert "同意規劃方向。" not in found.inside["b"]


def test_digits_of_one_list_hang_alike_and_numerals_by_their_own_width() -> None:
    items = [Line("item", 3, f"{n}.", n, span=Span(n, n + 1)) for n in (9, 10)]
    han = [Line("item", 1, number, n, span=Span(n, n + 1)) for n, number in ((20, "十、"), (21, "十一、"))]
    found = Page(html.render(outlines.printed(*items, *han), outlines.minutes()))
    assert [attrs["class"] for attrs in found.all("p") if "item" in str(attrs.get("class"))] == [
        *("line item h3", "line item h3"),
        *("line item h4", "line item h6"),
    ]


def test_a_table_has_a_caption_heads_and_alignment() -> None:
    found = page()
    assert found.inside["caption"] == ["各方案比較"]
    assert [attrs.get("class") for attrs in found.all("th")] == ["short", "center short", "right short"]
    assert all(attrs["scope"] == "col" for attrs in found.all("th"))
    assert [attrs.get("tabindex") for _, attrs in found.tags if attrs.get("role") == "group"] == ["0"]


def test_ragged_rows_keep_every_cell() -> None:
    grid = Grid((((Text("甲"),),), ((Text("乙"),), (Text("丙"),))), ("right",))
    assert squeeze(page(grid).text) == "甲乙丙"


def test_footnotes_link_both_ways() -> None:
    found = page()
    links = [(attrs.get("role"), attrs["href"]) for attrs in found.all("a") if "role" in attrs]
    assert links == [
        ("doc-noteref", "#note-1"),
        ("doc-noteref", "#note-1"),
        ("doc-backlink", "#noteref-1-1"),
        ("doc-backlink", "#noteref-1-2"),
    ]


def test_a_mark_without_a_note_is_text() -> None:
    found = page(Line("paragraph", cells=((NoteMark(7),),)))
    assert "[7]" in found.text
    assert not [link for link in found.all("a") if "role" in link]


def test_the_contents_name_sections_and_cases_as_plain_words() -> None:
    found = page()
    names = [text for text in found.inside["wide"] if text.strip()]
    assert names == [
        *("目次", "伍、主席致詞", "陸、專題分享（如附件2）", "柒、討論事項"),
        *("案由一：路口影像保存期限，請討論。", "案由二：開放資料格式，請討論。", "捌、決議事項", "玖、其他"),
    ]


def test_two_anchors_of_one_name_are_told_apart() -> None:
    found = page(*(Line("item", 1, f"{n}、", n, anchor="decision-1", decision="1") for n in range(1, 4)))
    assert [name for name in found.ids if name.startswith("decision")] == ["decision-1", "decision-1-2", "decision-1-3"]


# ── attachments and images ──────────────────────────────────────────────────────────────────────────────────────────


def links(text: str, files: tuple[tuple[str, str], ...], *more: Line) -> list[tuple[str, str]]:
    found = page(Line("paragraph", cells=((Text(text),),)), *more, files=files)
    data = html.render(
        outlines.printed(Line("paragraph", cells=((Text(text),),)), *more, files=files), outlines.minutes()
    )
    body = data.decode().split("<main", 1)[1].split("</main>")[0]
    assert squeeze(found.text).startswith(squeeze(text))
    return re.findall(r'<a href="([^"]*)">([^<]*)</a>', body)


FILES = (("簽到表", ""), ("簡報", "附件/簡報 2.pdf"), ("法規", "https://example.org/a?b&c"))


def test_a_reference_leads_to_the_file_else_to_the_list() -> None:
    assert links("如附件1、附件 ２及附件三；附件4", FILES) == [
        ("#file-1", "附件1"),
        ("附件/簡報%202.pdf", "附件 ２"),
        ("https://example.org/a?b&amp;c", "附件三"),
    ]


def test_the_printed_list_of_attachments_comes_first() -> None:
    listed = [Line("attachment", lead=f"附件{n}：", anchor=f"attachment-{n}") for n in (1, 2, 3)]
    assert links("如附件1", FILES, *listed) == [("#attachment-1", "附件1")]
    found = page(*listed, files=FILES)
    assert "files" not in found.inside


def test_words_that_only_look_like_a_reference_are_text() -> None:
    assert links("附件一併檢送，附件二份，附件十一，附件104年度", FILES) == []
    assert links("附件一所列", FILES) == [("#file-1", "附件一")]


def test_files_are_listed_below_the_record() -> None:
    found = page(files=(("簽到表", ""), ("簡報", "a.pdf"), ("壞的", "javascript:alert(1)")))
    assert [text.strip() for text in found.inside["files"] if text.strip()] == ["附件", "簽到表", "簡報", "壞的"]
    assert found.all("a")[-1] == {"href": "a.pdf"}


def test_an_image_of_the_folder_is_embedded_and_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "meeting"
    folder.mkdir()
    (folder / "a.png").write_bytes(png())
    (tmp_path / "b.png").write_bytes(png())
    text = (Image("a.png", "現場"), Image("../b.png", "外面"), Image("https://example.org/c.png", ""))
    found = Page(html.render(outlines.printed(Line("paragraph", cells=(text,))), outlines.minutes(folder / "m.md")))
    data = "data:image/png;base64," + b64encode(png()).decode()
    assert found.all("img") == [{"src": data, "alt": "現場", "width": "3", "height": "2"}]
    assert "〔圖：外面（../b.png）〕" in found.text
    assert "〔圖：https://example.org/c.png〕" in found.text


# ── templates of an office ──────────────────────────────────────────────────────────────────────────────────────────


def own(tmp_path: Path, name: str, text: str) -> Minutes:
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / name).write_text(text, encoding="utf-8")
    return Minutes(Source("m.md", ""), Meta(), profile.load("advisory", tmp_path))


def test_an_office_may_bring_its_own_style_or_page(tmp_path: Path) -> None:
    found = Page(html.render(outlines.printed(), own(tmp_path, "style.css", "h1 { color: red }")))
    assert found.style == "h1 { color: red }"


def test_a_template_sees_the_lines_and_what_it_prints_is_escaped(tmp_path: Path) -> None:
    template = "{{ printed.title }}|{% for part in parts %}{{ part.kind }} {% endfor %}"
    printed = outlines.printed(Line("section", lead="甲："), title="<b>")
    assert html.render(printed, own(tmp_path, "page.html.j2", template)) == b"&lt;b&gt;|section "


def test_a_faulty_template_names_its_place(tmp_path: Path) -> None:
    with pytest.raises(BadTemplate, match=r"page\.html\.j2:2"):
        html.render(outlines.printed(), own(tmp_path, "page.html.j2", "\n{{ nothing }}"))


@pytest.mark.parametrize(
    "text", ["*a _b " * 800 + "c" + "_ *" * 800, "**甲 " * 900 + "乙" + " **" * 900, "~~甲" * 500 + "~~" * 500]
)
def test_emphasis_a_thousand_deep_loses_no_word(text: str) -> None:
    minutes = parse.parse(decode.decode(f"---\ntitle: 甲\n---\n\n## 其他\n\n{text}\n".encode(), "m.md"))
    printed = outline.outline(minutes)
    found = Page(html.render(printed, minutes))
    assert squeeze(found.text) == squeeze("".join(visible(printed.entries)))
    assert re.sub(r"[*_~]", "", squeeze(text)) in re.sub(r"[*_~]", "", squeeze(found.text))
