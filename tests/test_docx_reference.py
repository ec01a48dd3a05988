"""A reference document of the office's own: from Word, from LibreOffice, with a logo, with faults."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx_reading import Docx, W

from minutes_cli import profile
from minutes_cli.document import Meta, Minutes
from minutes_cli.errors import BadTemplate
from minutes_cli.inline import Link, NoteMark, Text
from minutes_cli.lines import Grid, Line, Printed
from minutes_cli.profile import Profile
from minutes_cli.render import docx
from minutes_cli.source import Source

ADVISORY = profile.load("advisory")
ENTRIES = (
    Line("above", lead="文號：", cells=((Text("府資字第1號"),),)),
    Line("title", cells=((Text("第4次會議紀錄（初稿）"),),)),
    Line("header", 0, "壹、", 1, "時間：", ((Text("14:00"),),), ("時間：",)),
    Line("section", 0, "貳、", 2, "報告事項："),
    Line("item", 1, "一、", 1, cells=((Text("甲"), NoteMark(1)),)),
    Line("speaker", 2, "（一）", 1, cells=((Text("溫委員平"),),)),
    Line("item", 3, "1.", 1, cells=((Text("乙"), Link("http://a.tw/", (Text("丙"),))),)),
    Line("footnote", 0, "[1]", 1, cells=((Text("註"),),)),
)
LINES = [
    "第4次會議紀錄（初稿）",
    "壹、時間：14:00",
    "貳、報告事項：",
    "一、甲[1]",
    "（一）溫委員平",
    "1.乙丙",
    "[1] 註",
]
META = {"organization": "石門市政府", "date": "2024-05-02", "chair": "許副市長文", "custom": {"案號": "A-1"}}

Edit = Callable[[str], str]
Make = Callable[..., Path]


def write(reference: Path, entries: tuple[Line | Grid, ...] = ENTRIES, layout: Profile = ADVISORY) -> Docx:
    minutes = Minutes(Source("m.md", ""), Meta(data=dict(META)), layout)
    printed = Printed("第4次會議紀錄", entries, date="2024-05-02", organization="石門市政府")
    return Docx(docx.render(printed, minutes, reference))


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """`make(document=edit, …)` is the shipped reference with edited parts; None leaves a part out."""

    def made(**edits: Edit | None) -> Path:
        path = tmp_path / "reference.docx"
        original = docx.container.read(docx.references.shipped())
        for name, edit in edits.items():
            part = f"word/{name}.xml" if "/" not in name else name
            if edit is None:
                del original[part]
                rels = original["word/_rels/document.xml.rels"].decode()
                original["word/_rels/document.xml.rels"] = re.sub(rf"<[^<]*{name}.xml[^<]*>", "", rels).encode()
            else:
                original[part] = edit(original.get(part, b"").decode()).encode()
        with zipfile.ZipFile(path, "w") as bundle:
            for part, data in original.items():
                bundle.writestr(part, data)
        return path

    return made


def body(xml: str) -> Edit:
    """An edit that puts `xml` in front of the paragraph of the minutes."""
    return lambda document: document.replace("<w:p>\n      <w:r><w:rPr>", f"{xml}<w:p>\n      <w:r><w:rPr>")


def texts(*texts: str) -> str:
    return "<w:p>" + "".join(f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts) + "</w:p>"


def test_the_shipped_reference_is_a_document_to_be_handed_out(tmp_path: Path) -> None:
    path = tmp_path / "reference.docx"
    path.write_bytes(docx.reference_bytes(ADVISORY))
    assert path.read_bytes() == docx.reference_bytes(ADVISORY)
    assert Docx(path.read_bytes()).lines() == ["{{ m.title }}", "{{ body }}"]
    assert write(path).lines() == ["文號：府資字第1號", *LINES]


def test_the_nearest_reference_of_the_profile_is_used(tmp_path: Path) -> None:
    own = tmp_path / "mine"
    (own / "docx").mkdir(parents=True)
    (own / "profile.yaml").write_text("extends: advisory\n", encoding="utf-8")
    shipped = docx.container.read(docx.references.shipped())
    shipped["word/footer1.xml"] = shipped["word/footer1.xml"].replace("第 ".encode(), "頁次 ".encode())
    (own / "docx" / "reference.docx").write_bytes(docx.container.write(shipped))
    layout = profile.load("advisory", own)
    minutes = Minutes(Source("m.md", ""), Meta(), layout)
    assert "頁次" in "".join(Docx(docx.render(Printed("題", ()), minutes)).xml["word/footer1.xml"].itertext())


def test_placeholders_stand_anywhere_even_split_over_runs(make: Make) -> None:
    read = write(
        make(
            document=body(
                texts("機關：{", "{ m.organi", "zation }", "} 止")
                + texts("{{m.date}}", "／{{ m.主席 }}", "／{{ m.custom.案號 }}", "／{{ m.recorder }}。")
            ),
            header1=lambda xml: xml.replace("{{ m.status }}", "{{ m.title }}"),
        )
    )
    assert read.lines()[2:4] == [
        "機關：石門市政府 止",
        "113年05月02日（星期四）／許副市長文／A-1／。",
    ]
    assert [t.text for t in read.xml["word/header1.xml"].iter(W + "t")] == ["石門市政府", "第4次會議紀錄"]


def test_joining_a_split_placeholder_keeps_the_formatting_around_it(make: Make) -> None:
    runs = "<w:p><w:r><w:t>前{{ m.</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>title }}後</w:t></w:r></w:p>"
    read = write(make(document=body(runs)))
    paragraph = read.paragraphs()[2]
    assert [("".join(r.itertext()), r.find(f"{W}rPr/{W}b") is not None) for r in paragraph.iter(W + "r")] == [
        ("前第4次會議紀錄", False),
        ("後", True),
    ]


def test_what_stands_around_the_minutes_stays(make: Make) -> None:
    after = "<w:p><w:r><w:t>承辦單位：資訊局</w:t></w:r></w:p><w:sectPr>"
    read = write(make(document=lambda xml: body(texts("機密"))(xml).replace("<w:sectPr>", after)))
    assert read.lines() == ["文號：府資字第1號", LINES[0], "機密", *LINES[1:-1], "承辦單位：資訊局", LINES[-1]]
    assert read.document.find(f"{W}body/{W}sectPr/{W}pgSz") is not None


def test_without_a_paragraph_for_the_title_the_minutes_print_it(make: Make) -> None:
    read = write(make(document=lambda xml: xml.replace("{{ m.title }}", "某某政府")))
    assert read.lines() == ["某某政府", "文號：府資字第1號", *LINES]
    assert read.style(read.paragraphs()[2]) == "Title"


def test_the_minutes_may_end_a_section_of_the_document(make: Make) -> None:
    section = (
        '<w:pPr><w:sectPr><w:pgSz w:w="16838" w:h="11906"/>'
        '<w:pgMar w:top="1000" w:right="1000" w:bottom="1000" w:left="1000"/></w:sectPr></w:pPr>'
    )
    rows = (((Text("欄"),),), ((Text("格"),),))
    read = write(
        make(document=lambda xml: xml.replace("<w:p>\n      <w:r><w:rPr>", f"<w:p>{section}<w:r><w:rPr>")),
        (Grid(rows, ("",)),),
    )
    assert [e.get(W + "w") for e in read.document.iter(W + "pgSz")] == ["16838", "11906"]
    assert next(read.document.iter(W + "tblW")).get(W + "w") == str(16838 - 2000)
    assert "{{" not in "".join(read.document.itertext())


@pytest.mark.parametrize(
    ("edit", "zh"),
    [
        (body(texts("{{ m.titel }}")), "不認得 {{ m.titel }}；是不是 {{ m.title }}？"),
        (body(texts("{{ 7*7 }}")), "不認得 {{ 7*7 }}"),
        (lambda xml: xml.replace("{{ body }}", "x"), "缺少單獨成一段的 {{ body }}"),
        (body(texts("{{ body }}")), "{{ body }} 要單獨成一段，而且只能有一個"),
        (body(texts("見 {{ body }}")), "{{ body }} 要單獨成一段"),
        (lambda xml: xml.replace("<w:body>", "<w:body"), "裡面的 XML 讀不懂"),
        (
            lambda xml: xml.replace("schemas.openxmlformats.org/wordprocessingml/2006", "purl.oclc.org/x"),
            "另存成一般的",
        ),
    ],
)
def test_a_reference_that_cannot_be_used_says_why(make: Make, edit: Edit, zh: str) -> None:
    with pytest.raises(BadTemplate) as failure:
        write(make(document=edit))
    assert zh in failure.value.say.zh
    assert "reference.docx" in failure.value.say.zh
    assert failure.value.say.en.isascii() or "{{" in failure.value.say.en


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_file_that_is_no_docx_says_so(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "old.doc"
    path.write_bytes(data)
    with pytest.raises(BadTemplate, match="cannot be used"):
        write(path)
    with pytest.raises(BadTemplate, match="cannot be read"):
        write(tmp_path / "missing.docx")


def test_a_reference_that_would_unpack_to_gigabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("word/document.xml", b" " * (101 * 1024 * 1024))
    with pytest.raises(BadTemplate, match="100 MB"):
        write(path)


def test_styles_are_found_by_name_whatever_their_ids(make: Make) -> None:
    """Word in Taiwan calls heading 1 `1` and Normal `a`."""
    ids = {
        "Normal": "a",
        "Heading1": "1",
        "Title": "a3",
        "DefaultParagraphFont": "a0",
        "Item1": "a4",
        "Hyperlink": "a5",
    }

    def rename(xml: str) -> str:
        for old, new in ids.items():
            xml = re.sub(rf'(w:(?:styleId|val)="){old}"', rf'\g<1>{new}"', xml)
        return (
            xml.replace('<w:name w:val="a"/>', '<w:name w:val="Normal"/>')
            .replace('<w:name w:val="a3"/>', '<w:name w:val="Title"/>')
            .replace('<w:name w:val="a5"/>', '<w:name w:val="Hyperlink"/>')
        )

    read = write(make(styles=rename, numbering=rename, document=rename))
    assert read.lines() == ["文號：府資字第1號", *LINES]
    assert [read.style(p) for p in read.paragraphs()] == [
        *("文號", "Title", "標頭列", "heading 1", "分項 一、", "發言人", "分項 1.")
    ]
    assert read.styles["1"].find(f"{W}pPr/{W}numPr") is not None


def test_a_plain_word_file_gets_the_styles_that_it_lacks(make: Make) -> None:
    """Its own fonts and sizes stay; what we add is based on them."""
    plain = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults/>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/>'
        '<w:rPr><w:sz w:val="32"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
        '<w:pPr><w:ind w:left="640" w:hanging="640"/></w:pPr></w:style>'
        '<w:style w:type="character" w:styleId="Item1"><w:name w:val="別的"/></w:style></w:styles>'
    )
    read = write(
        make(styles=lambda _: plain, numbering=None, footnotes=None, document=lambda x: x.replace("Title", "a"))
    )
    assert read.lines() == ["文號：府資字第1號", *LINES]
    assert read.names_of["Item1"] == "別的"
    item = next(p for p in read.paragraphs() if read.style(p) == "分項 一、")
    style = read.styles[item.find(f"{W}pPr/{W}pStyle").get(W + "val")]
    assert style.find(W + "basedOn").get(W + "val") == "a"
    levels = list(read.abstracts["0"].iter(W + "lvl"))
    assert levels[0].find(f"{W}pPr/{W}ind").get(W + "left") == "640", "the measures of the office's own heading"
    assert levels[2].find(f"{W}pPr/{W}ind").get(W + "left") == "1280", "ours, at 16 points"
    assert len([s for s in read.styles.values() if s.get(W + "default")]) == 1


def test_measures_of_the_reference_stay_where_its_numerals_do(make: Make) -> None:
    def wider(xml: str) -> str:
        return xml.replace('w:left="1120" w:hanging="560"', 'w:left="2000" w:hanging="700"')

    levels = list(write(make(numbering=wider)).abstracts["0"].iter(W + "lvl"))
    assert dict(levels[2].find(f"{W}pPr/{W}ind").attrib) == {W + "left": "2000", W + "hanging": "700"}


def test_another_numeral_begins_where_the_reference_has_its_own(make: Make) -> None:
    def western(xml: str) -> str:
        return xml.replace('"taiwaneseCountingThousand"', '"upperRoman"')

    read = write(make(numbering=western))
    assert read.lines() == ["文號：府資字第1號", *LINES]


def test_other_lists_of_the_reference_stay(make: Make) -> None:
    other = (
        '<w:abstractNum w:abstractNumId="7"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    )
    num = '<w:num w:numId="9"><w:abstractNumId w:val="7"/></w:num>'
    listed = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="9"/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>'
    )
    path = make(
        numbering=lambda xml: xml.replace("<w:abstractNum ", other + "<w:abstractNum ", 1).replace(
            "</w:numbering>", num + "</w:numbering>"
        ),
        document=body(listed),
    )
    read = write(path)
    assert read.lines()[2] == "1.甲"
    assert read.lines()[3:] == LINES[1:]
    order = [child.tag.removeprefix(W) for child in read.xml["word/numbering.xml"]]
    assert order == sorted(order), "every abstractNum before every num"


def test_macros_and_properties_of_the_reference_stay_behind(make: Make) -> None:
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    vba = f'<Relationship Id="rId77" Type="{kind}" Target="vbaProject.bin"/>'
    path = make(
        **{
            "word/_rels/document.xml.rels": lambda xml: xml.replace("</Relationships>", f"{vba}</Relationships>"),
            "word/vbaProject.bin": lambda _: "macro",
            "docProps/core.xml": lambda _: "<secret/>",
        }
    )
    read = write(path)
    assert not [name for name in read.names if "vba" in name]
    assert b"secret" not in read.data["docProps/core.xml"]
    assert "rId77" not in read.rels("word/document.xml")


def test_the_clerks_own_folders_are_not_told(make: Make) -> None:
    relationship = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        'Target="file:///C:/Users/someone/a.dotx" TargetMode="External"/></Relationships>'
    )
    attached = '<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/>'
    read = write(
        make(
            **{
                "word/_rels/settings.xml.rels": lambda _: relationship,
                "settings": lambda xml: xml.replace("<w:defaultTabStop", f"{attached}<w:defaultTabStop"),
            }
        )
    )
    assert b"someone" not in b"".join(read.data.values())
    assert b"attachedTemplate" not in read.data["word/settings.xml"]


def test_a_reference_that_hides_entities_is_refused(make: Make, tmp_path: Path) -> None:
    doctype = f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]><w:document'
    with pytest.raises(BadTemplate, match="DOCTYPE"):
        write(make(document=lambda xml: body(texts("&x;"))(xml).replace("<w:document", doctype, 1)))


def test_a_fault_in_the_body_template_is_told_with_its_line(tmp_path: Path) -> None:
    own = tmp_path / "mine"
    (own / "docx").mkdir(parents=True)
    (own / "profile.yaml").write_text("extends: advisory\n", encoding="utf-8")
    (own / "docx" / "body.xml.j2").write_text("<w:p/>\n{{ nothing }}", encoding="utf-8")
    minutes = Minutes(Source("m.md", ""), Meta(), profile.load("advisory", own))
    with pytest.raises(BadTemplate, match=r"body\.xml\.j2:2"):
        docx.render(Printed("題", ()), minutes)
    (own / "docx" / "body.xml.j2").write_text("<w:p>", encoding="utf-8")
    with pytest.raises(BadTemplate, match="mismatch"):
        docx.render(Printed("題", ()), minutes)
