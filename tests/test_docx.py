"""The printed lines as a Word document: what it holds, how it is numbered, over which reference it is written."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from docx_reading import WP, Docx, R, W
from lxml import etree
from msgspec.structs import replace

from minutes_cli import profile
from minutes_cli.document import Meta, Minutes
from minutes_cli.inline import Break, Code, Emphasis, Image, Inline, Link, NoteMark, Strike, Strong, Text
from minutes_cli.lines import Entry, Grid, Line, Printed
from minutes_cli.numerals import shape
from minutes_cli.profile import Profile
from minutes_cli.render import docx, text
from minutes_cli.source import Source

ADVISORY = profile.load("advisory")
TITLE = Line("title", cells=((Text("石門市第4次會議紀錄"),),))


def minutes(layout: Profile = ADVISORY, path: Path | None = None, **data: object) -> Minutes:
    return Minutes(Source("m.md", "", path), Meta(data=dict(data)), layout)


def printed(*entries: Entry, **more: str) -> Printed:
    return Printed("石門市第4次會議紀錄", (TITLE, *entries), date="2024-05-02", **more)


def made(*entries: Entry, layout: Profile = ADVISORY, reference: Path | None = None, **more: str) -> Docx:
    return Docx(docx.render(printed(*entries, **more), minutes(layout), reference))


def said(words: str | tuple[Inline, ...]) -> tuple[Inline, ...]:
    return (Text(words),) if isinstance(words, str) else words


def row(ordinal: int, lead: str, words: str, layout: Profile = ADVISORY) -> Line:
    return Line("header", 0, layout.header_levels.label(ordinal), ordinal, lead, (said(words),), (lead,))


def section(ordinal: int, lead: str = "報告事項：", layout: Profile = ADVISORY) -> Line:
    return Line("section", 0, layout.levels[0].label(ordinal), ordinal, lead)


def item(level: int, ordinal: int, words: str | tuple[Inline, ...] = "甲", layout: Profile = ADVISORY) -> Line:
    return Line("item", level, layout.levels[level].label(ordinal), ordinal, cells=(said(words),))


def label(lead: str, words: str = "", level: int = 0, kind: str = "label") -> Line:
    return Line(kind, level, lead=lead, cells=(said(words),))


def paragraph(*words: Inline) -> Line:
    return Line("paragraph", cells=(words,))


def bare(words: str) -> str:
    return re.sub(r"\s", "", words)


def agrees(read: Docx, entries: Printed) -> None:
    """What the .docx shows is what the text rendering says, white space aside."""
    assert bare("".join(read.lines())) == bare(text.render(entries, minutes()).decode())


def starts(read: Docx) -> int:
    return sum(1 for _ in read.xml["word/numbering.xml"].iter(W + "startOverride"))


def png(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\0" + b"\x2b\x6c\xb0" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


# ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────────

WHOLE = (
    row(1, "時間：", "113年05月02日（星期四）14:00"),
    row(2, "地點：", "市府第二會議室"),
    Line("header", 0, "參、", 3, "主席：", (said("許副市長文(代)"), said("江恩")), ("主席：", "記錄：")),
    section(4, "專題分享："),
    item(1, 1, "感測網建置規劃。"),
    label("發言重點："),
    Line("speaker", 2, "（一）", 1, cells=(said("溫委員平"),)),
    item(3, 1),
    item(3, 2),
    item(4, 1),
    item(4, 2),
    label("資訊局回覆", level=2, kind="reply"),
    item(3, 1),
    item(3, 2),
    Line("speaker", 2, "（二）", 2, cells=(said("馮委員玉"),)),
    paragraph(Text("同意規劃方向。")),
    section(5, "討論事項："),
    label("案由一：", "路口影像保存期限，請討論。"),
    label("說明："),
    item(1, 1),
    item(2, 1),
    item(3, 1),
    item(4, 1),
    item(5, 1),
    item(6, 1),
    item(1, 2),
    label("決議：", "維持三十日。"),
    Line("adjournment", cells=(said("散會：（下午4:20）"),)),
)


def test_word_counts_to_the_printed_numbers_by_itself() -> None:
    read = made(*WHOLE)
    agrees(read, printed(*WHOLE))
    assert starts(read) == 0


def test_a_numbered_paragraph_carries_its_style_and_nothing_else() -> None:
    read = made(*WHOLE)
    for p in read.paragraphs():
        if read.style(p).startswith(("分項", "heading", "標頭列", "簽署列", "發言人")):
            assert {child.tag for child in p.find(W + "pPr")} <= {W + "pStyle", W + "keepNext"}, read.style(p)


def test_each_level_of_the_list_and_its_style_name_each_other() -> None:
    read = made(section(1))
    levels = list(read.abstracts["0"].iter(W + "lvl"))
    assert [read.names_of[level.find(W + "pStyle").get(W + "val")] for level in levels] == [
        *(
            "heading 1",
            "標籤",
            "分項 一、",
            "分項 （一）",
            "發言標籤",
            "分項 1.",
            "分項 (1)",
            "分項 甲、",
            "分項 （甲）",
        )
    ]
    for ilvl, level in enumerate(levels):
        number = read.styles[level.find(W + "pStyle").get(W + "val")].find(f"{W}pPr/{W}numPr")
        assert number.find(W + "ilvl").get(W + "val") == str(ilvl)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((section(1), item(2, 1), item(1, 1)), 1),  # a skipped 一、 counts as one that was there
        ((section(1), item(1, 1), item(1, 3), item(1, 4)), 1),  # a gap in an excerpt
        ((section(3), section(4)), 1),  # an excerpt that begins in the middle
        ((item(1, 1), label("說明：", level=1), item(2, 1), label("決議：", level=1), item(2, 1)), 1),
        ((item(1, 1), label("發言重點："), item(2, 1), item(1, 2)), 1),  # 一、 goes on behind a label
        ((item(2, 1), item(3, 1), label("回覆", level=2, kind="reply"), item(3, 1), item(3, 2)), 0),
        ((item(1, 99), item(1, 100)), 0),  # 一百 is written out
    ],
)  # fmt: skip
def test_a_list_is_told_to_start_only_where_counting_would_go_wrong(entries: tuple[Line, ...], expected: int) -> None:
    read = made(*entries)
    agrees(read, printed(*entries))
    assert starts(read) == expected


def test_a_start_stands_at_the_first_paragraph_alone() -> None:
    read = made(section(1), item(1, 1), item(1, 5), item(1, 6))
    own = [p for p in read.paragraphs() if p.find(f"{W}pPr/{W}numPr") is not None]
    assert len(own) == 1
    number = read.nums[own[0].find(f"{W}pPr/{W}numPr/{W}numId").get(W + "val")]
    assert number.find(W + "abstractNumId").get(W + "val") == "0"


def test_ten_sections_carry_their_labels_as_text() -> None:
    """Word would print 壹拾 for the tenth, where offices write 拾; what is below them is numbered all the same."""
    entries = [entry for n in range(1, 12) for entry in (section(n), item(1, 1), item(1, 2))]
    read = made(*entries)
    agrees(read, printed(*entries))
    assert starts(read) == 0
    headings = ["".join(p.itertext()) for p in read.paragraphs() if read.style(p) == "heading 1"]
    assert headings[9:] == ["拾、報告事項：", "拾壹、報告事項："]


def test_an_eleventh_heavenly_stem_is_written_out() -> None:
    entries = [item(1, 1), *(item(5, n) for n in range(1, 12)), item(6, 1)]
    agrees(made(*entries), printed(*entries))


def test_the_numerals_are_those_of_the_profile() -> None:
    samples = ("一、", "（一）", "1、", "(1)", "甲.", "（甲）", "1)")
    layout = replace(ADVISORY, levels=tuple(map(shape, samples)), header_levels=shape("一、"))
    entries = [
        row(1, "時間：", "略", layout),
        section(2, layout=layout),
        *(item(level, n, layout=layout) for level in range(1, 7) for n in (1, 2)),
    ]
    read = made(*entries, layout=layout)
    agrees(read, printed(*entries))
    assert starts(read) == 0


def test_header_rows_may_have_a_list_of_their_own() -> None:
    layout = replace(ADVISORY, continued=False, header_levels=shape("一、"))
    entries = [row(1, "時間：", "略", layout), row(2, "地點：", "略", layout), section(1), section(2)]
    read = made(*entries, layout=layout)
    agrees(read, printed(*entries))
    assert starts(read) == 0


def test_header_rows_without_numbers_print_none() -> None:
    layout = replace(ADVISORY, numbered=False, continued=False)
    entries = [replace(row(1, "時間：", "略"), number="", ordinal=0), section(1), section(2)]
    agrees(made(*entries, layout=layout), printed(*entries))


def test_an_unnumbered_section_and_items_in_a_quote_do_not_disturb_the_list() -> None:
    quoted = [replace(item(1, n), quote=1) for n in (1, 2)]
    entries = [section(1), item(1, 1), Line("section", lead="附記"), *quoted, item(1, 2)]
    agrees(made(*entries), printed(*entries))


# ── text ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def runs(read: Docx, words: str) -> etree._Element:
    """The properties of the run that says `words`."""
    return next(r for r in read.document.iter(W + "r") if "".join(r.itertext()) == words).find(W + "rPr")


def test_inline_marks() -> None:
    read = made(
        paragraph(
            Strong((Text("粗"),)), Emphasis((Text("強"),)), Emphasis((Text("it"),)), Strike((Text("刪"),)), Code("x")
        )
    )
    assert runs(read, "粗").find(W + "b") is not None
    assert runs(read, "強").find(W + "u").get(W + "val") == "dotted"
    assert runs(read, "it").find(W + "i") is not None
    assert runs(read, "刪").find(W + "strike") is not None
    assert read.names_of[runs(read, "x").find(W + "rStyle").get(W + "val")] == "程式碼字"
    assert all(r.find(W + "rFonts").get(W + "hint") == "eastAsia" for r in read.document.iter(W + "rPr"))


def test_leads_are_bold_and_their_text_hangs_behind_them() -> None:
    read = made(label("說明：", "現行保存三十日。"), label("發言重點："))
    assert read.names_of[runs(read, "說明：").find(W + "rStyle").get(W + "val")] == "標籤字"
    first, second = [p for p in read.paragraphs() if read.style(p) == "標籤"]
    assert first.find(f"{W}pPr/{W}ind").get(W + "hanging") == "840"
    assert second.find(f"{W}pPr/{W}keepNext") is not None


def test_tabs_and_line_ends_in_text_are_elements() -> None:
    read = made(Line("code", cells=((Text("a\tb"), Break(), Text("  c\r\nd")),)))
    (p,) = [p for p in read.paragraphs() if read.style(p) == "程式碼"]
    assert "".join(read._text(p)) == "a\tb\n  c\nd"


def test_the_text_of_a_meeting_is_never_markup_and_never_a_template() -> None:
    words = "{{ 7*7 }} {% if %} <w:p> ]]> & &amp; \" ' {{ body }} {{ m.title }}"
    read = made(paragraph(Text(words), Link("http://a.tw/?a=1&b=%22", (Text(words),), words)), organization=words)
    assert read.lines()[1] == words + words
    assert words in "".join(read.xml["word/header1.xml"].itertext())


def test_what_xml_cannot_hold_becomes_a_replacement_character() -> None:
    read = made(paragraph(Text("a\0b\x1bc\ufffed\ud800e")))
    assert read.lines()[1] == "a\ufffdb\ufffdc\ufffdd\ufffde"


def test_links() -> None:
    read = made(
        Line("attachment", lead="附件1：", cells=(said("簽到表"),), anchor="attachment-1"),
        paragraph(
            Link("https://data.gov.tw/a?b=1", (Text("平台"),), "說明"),
            Link("%E9%99%84.pdf", (Text("附"),)),
            Link("#attachment-1", (Text("附件1"),)),
            Link("#nowhere", (Text("無"),)),
            Link("http://[", (Text("壞"),)),
            Link("https://data.gov.tw/a?b=1", (Text("再"),)),
        ),
    )
    links = list(read.document.iter(W + "hyperlink"))
    assert ["".join(link.itertext()) for link in links] == ["平台", "附", "附件1", "再"]
    rels = read.rels("word/document.xml")
    assert [rels[link.get(R + "id")].get("Target") for link in links if link.get(R + "id")] == [
        *("https://data.gov.tw/a?b=1", "%E9%99%84.pdf", "https://data.gov.tw/a?b=1")
    ]
    assert links[0].get(W + "tooltip") == "說明"
    names = [mark.get(W + "name") for mark in read.document.iter(W + "bookmarkStart")]
    assert links[2].get(W + "anchor") in names
    assert read.lines()[-1] == "平台附附件1無壞再"


def test_footnotes_are_words_own() -> None:
    read = made(
        paragraph(Text("甲"), NoteMark(1), Text("乙"), NoteMark(2), Text("丙"), NoteMark(1)),
        Line(
            "footnote",
            0,
            "[1]",
            1,
            cells=((Text("第一註"), Link("http://a.tw/", (Text("網址"),)), Break(), Text("續")),),
        ),
        Line("footnote", 0, "[2]", 2, cells=(said("第二註"),)),
        Line("footnote", 0, "[3]", 3, cells=(said("沒有人引用"),)),
    )
    assert read.lines()[1:] == ["甲[1]乙[2]丙[1]", "[3]沒有人引用", "[1] 第一註網址\n續", "[2] 第二註"]
    kinds = [note.get(W + "type") for note in read.xml["word/footnotes.xml"]]
    assert kinds == ["separator", "continuationSeparator", None, None]
    (link,) = read.xml["word/footnotes.xml"].iter(W + "hyperlink")
    assert read.rels("word/footnotes.xml")[link.get(R + "id")].get("Target") == "http://a.tw/"


def test_tables_repeat_their_head_and_fill_the_width() -> None:
    rows = tuple(
        tuple(said(cell) for cell in row.split())
        for row in ("單位 姓名 出席方式", "資訊局 王委員 視訊", "交通局 江委員 實體")
    )
    read = made(Grid(rows, ("", "center", "right"), caption="表1"), Grid(rows, ("", "", "")), Grid(rows, ("", "", "")))
    first = next(read.document.iter(W + "tbl"))
    assert first.find(f"{W}tblPr/{W}tblLayout").get(W + "type") == "fixed"
    widths = [int(col.get(W + "w")) for col in first.iter(W + "gridCol")]
    assert sum(widths) == 11906 - 2 * 1418
    assert [int(w.get(W + "w")) for w in first.iter(W + "tcW")] == widths * 3
    heads = [tr.find(f"{W}trPr/{W}tblHeader") is not None for tr in first.iter(W + "tr")]
    assert heads == [True, False, False]
    assert all(tr.find(f"{W}trPr/{W}cantSplit") is not None for tr in first.iter(W + "tr"))
    assert [jc.get(W + "val") for jc in first.iter(W + "jc")] == ["center", "right"] * 3
    # Two tables in a row would grow together, and the last must not stand at the very end.
    body = [child.tag.removeprefix(W) for child in read.document.find(W + "body")]
    assert body == ["p", "p", "tbl", "p", "tbl", "p", "tbl", "p", "sectPr"]


def test_a_table_wider_than_word_can_open_keeps_its_words() -> None:
    rows = (tuple(said(f"欄{n}") for n in range(70)),)
    read = made(Grid(rows, ("",) * 70))
    assert next(read.document.iter(W + "tbl"), None) is None
    assert read.lines()[1].split() == [f"欄{n}" for n in range(70)]


def test_images_of_the_folder_are_placed_within_the_width(tmp_path: Path) -> None:
    (tmp_path / "圖.png").write_bytes(png(2000, 500))
    (tmp_path.parent / "out.png").write_bytes(png(1, 1))
    images = (
        Image("圖.png", "路口分布", "圖1"),
        Image("圖.png", ""),
        Image("../out.png", "外面"),
        Image("http://a.tw/b.png", ""),
    )
    entries = printed(paragraph(images[0]), paragraph(*images[1:]))
    read = Docx(docx.render(entries, minutes(path=tmp_path / "m.md")))
    numbers = [drawing.get("id") for drawing in read.document.iter(WP + "docPr")]
    assert len(set(numbers)) == len(numbers) == 2
    first = next(read.document.iter(WP + "inline"))
    assert (first.find(WP + "docPr").get("descr"), first.find(WP + "docPr").get("title")) == ("路口分布", "圖1")
    wide, high = (int(first.find(WP + "extent").get(side)) for side in ("cx", "cy"))
    assert wide == 9070 * 635
    assert abs(wide - 4 * high) <= 4
    assert [name for name in read.names if "media" in name] == ["word/media/minutes1.png"]
    assert read.lines()[2] == "〔圖：外面（../out.png）〕〔圖：http://a.tw/b.png〕"
    second = [p for p in read.paragraphs() if p.find(f".//{WP}inline") is not None][1]
    assert second.find(f"{W}pPr/{W}spacing").get(W + "lineRule") == "auto", "lines of fixed height would cut it off"


def test_a_picture_that_the_camera_turned_is_turned(tmp_path: Path) -> None:
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
    app1 = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, 100, 200, 3) + b"\x01\x11\0\x02\x11\0\x03\x11\0"
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8" + app1 + frame + b"\xff\xd9")
    read = Docx(docx.render(printed(paragraph(Image("a.jpg", "照片"))), minutes(path=tmp_path / "m.md")))
    turn = next(e for e in read.document.iter() if e.get("rot"))
    extent = next(read.document.iter(WP + "extent"))
    assert turn.get("rot") == "5400000"
    assert (extent.get("cx"), extent.get("cy")) == (str(200 * 9525), str(100 * 9525))


# ── the file ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_properties_are_the_meetings_and_never_the_clocks() -> None:
    first = docx.render(printed(*WHOLE, organization="石門市政府"), minutes())
    docx._checked.cache_clear()
    assert docx.render(printed(*WHOLE, organization="石門市政府"), minutes()) == first
    read = Docx(first)
    assert read.names[0] == "[Content_Types].xml"
    core = read.data["docProps/core.xml"].decode()
    assert "<dc:title>石門市第4次會議紀錄</dc:title>" in core
    assert core.count("2024-05-02T00:00:00Z") == 2
    assert "<dc:language>zh-TW</dc:language>" in core
    with zipfile.ZipFile(io.BytesIO(first)) as bundle:
        assert {entry.date_time for entry in bundle.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_another_language_is_said() -> None:
    styles = made(language="en").data["word/styles.xml"].decode()
    assert re.search(r'<w:lang w:val="en"', styles)
    assert 'w:val="zh-TW"' in made().data["word/styles.xml"].decode()


def test_the_page_says_who_what_and_which_page() -> None:
    read = made(organization="石門市政府", status="初稿")
    assert [t.text for t in read.xml["word/header1.xml"].iter(W + "t")] == ["石門市政府", "初稿"]
    footer = read.xml["word/footer1.xml"]
    assert [e.text.strip() for e in footer.iter(W + "instrText")] == ["PAGE", "NUMPAGES"]
    assert [e.get(W + "fldCharType") for e in footer.iter(W + "fldChar")] == ["begin", "separate", "end"] * 2
    assert read.style(read.paragraphs()[0]) == "Title"
