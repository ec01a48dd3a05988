"""How the pages of a Word document look: who shares a line, what stays together on a page, how wide columns are."""

from __future__ import annotations

from docx_reading import Docx, W
from lxml import etree

from minutes_cli import profile
from minutes_cli.document import Meta, Minutes
from minutes_cli.inline import Text
from minutes_cli.lines import Entry, Grid, Line, Printed
from minutes_cli.render import docx
from minutes_cli.source import Source


def made(*entries: Entry) -> Docx:
    minutes = Minutes(Source("m.md", "", None), Meta(data={}), profile.load("advisory"))
    return Docx(docx.render(Printed("石門市第4次會議紀錄", (Line("title"), *entries), date="2024-05-02"), minutes))


def people(*pairs: tuple[str, str], number: str = "參、", ordinal: int = 3) -> Line:
    leads = tuple(lead for lead, _ in pairs)
    return Line("header", 0, number, ordinal, leads[0], tuple((Text(text),) for _, text in pairs), leads)


def run(read: Docx, words: str) -> etree._Element:
    """The properties of the run that says these words."""
    return next(
        text.getparent().find(W + "rPr") for text in read.xml["word/document.xml"].iter(W + "t") if text.text == words
    )


def kept(read: Docx) -> list[str]:
    return ["".join(p.itertext()) for p in read.paragraphs() if p.find(f"{W}pPr/{W}keepNext") is not None]


def test_two_people_share_a_line_where_there_is_room() -> None:
    short = made(people(("主席：", "馬主任正維"), ("記錄：", "曾志明")))
    assert [short.style(p) for p in short.paragraphs()][1:] == ["簽署列"]
    long = made(people(("主席：", "馬主任正維"), ("記錄：", "管理中心（席總幹事曉晴、左組員琳）")))
    chair, recorder = long.paragraphs()[1:]
    assert [long.style(chair), long.style(recorder)] == ["標頭列", "標頭列"]
    assert recorder.find(f"{W}pPr/{W}ind").attrib == {
        W + "leftChars": "0",
        W + "left": str(560 + 840),
        W + "hangingChars": "0",
        W + "hanging": "840",
    }


def test_a_line_stays_on_the_page_of_what_it_heads() -> None:
    item = Line("item", 1, "一、", 1, cells=((Text("開票結果如下："),),))
    below = Line("item", 2, "（一）", 1, cells=((Text("甲"),),))
    beside = Line("item", 2, "（二）", 2, cells=((Text("乙"),),))
    grid = Grid((((Text("棟別"),),), ((Text("A棟"),),), ((Text("B棟"),),)), ("",))
    assert kept(made(item, below, beside, grid)) == ["開票結果如下：", "乙", "棟別", "A棟"]
    signs = [Line("signature", lead=f"{role}：", cells=((Text("＿＿"),),)) for role in ("主席", "紀錄")]
    assert kept(made(*signs)) == ["主席：＿＿"]


def test_of_a_long_table_no_row_is_left_alone() -> None:
    grid = Grid(tuple(((Text(f"第{n}列"),),) for n in range(40)), ("",))
    assert kept(made(grid)) == ["第0列", "第38列"]


def test_what_stands_behind_the_name_of_a_section_is_not_bold() -> None:
    read = made(Line("section", 0, "伍、", 5, "主席致詞：", ((Text("略"),),)))
    assert run(read, "略").find(W + "b").get(W + "val") == "0"
    assert run(read, "主席致詞：").find(W + "b") is None


def test_short_columns_are_as_wide_as_their_text() -> None:
    grid = Grid((((Text("項次"),), (Text("說明"),)), ((Text("1"),), (Text("長" * 200),))), ("", ""))
    first, second = [int(col.get(W + "w")) for col in made(grid).xml["word/document.xml"].iter(W + "gridCol")]
    assert 2 * 240 + 216 < first < 1000 < second
