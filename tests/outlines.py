"""A printed outline written by hand, which has every kind of line that there is."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from minutes_cli import profile
from minutes_cli.document import Meta, Minutes
from minutes_cli.inline import Break, Code, Emphasis, Image, Inlines, Link, NoteMark, Strike, Strong, Text
from minutes_cli.lines import Entry, Grid, Line, Printed
from minutes_cli.source import Source, Span

Tree = tuple[Entry, tuple["Tree", ...]]


def line(kind: str, number: str = "", words: str | Inlines = "", level: int = 0, **more: object) -> Line:
    cells = ((Text(words),) if isinstance(words, str) and words else words or (),)
    return Line(kind, level, number, cells=cells, **more)  # type: ignore[arg-type]


def spread(*trees: Entry | Tree, start: int = 1) -> tuple[Entry, ...]:
    """Lines with what is below them, flat, each with a place in the file that encloses what is below it."""
    out: list[Entry] = []
    for tree in trees:
        entry, below = tree if isinstance(tree, tuple) else (tree, ())
        inside = spread(*below, start=start + 1)
        end = max([start + 1, *(other.span.end for other in inside)])
        out += [replace(entry, span=Span(start, end)), *inside]
        start = end
    return tuple(out)


HEADER: tuple[Entry | Tree, ...] = (
    line("above", words="附件1"),
    line("title", words="石門市智慧城市諮詢小組第4次會議紀錄"),
    line("header", "壹、", "113年05月02日（星期四）14:00", lead="時間：", ordinal=1),
    line("header", "貳、", "市府第二會議室", lead="地點：", ordinal=2),
    Line("header", 0, "參、", 3, cells=((Text("許副市長文(代)"),), (Text("江恩"),)), leads=("主席：", "記錄：")),
    line("header", "肆、", lead="出席人員：", ordinal=4),
    line(
        "more", "", "溫委員平、馮委員玉、周　翊委員、歐陽委員文、陳委員安、林委員一、王委員二（林君代）", lead="委員："
    ),
    line("more", "", "資訊局、警察局、交通局", lead="機關代表："),
)

_ELEVEN = tuple(line("item", f"{n}.", "由得標廠商維護三年，期滿移交。", 3, ordinal=n, indent=2) for n in range(1, 12))
_NAMES = line("item", "（甲）", "欄位名稱", 6, ordinal=1, indent=5)
_CSV = (line("item", "甲、", "CSV", 5, ordinal=1, indent=4), (_NAMES,))
_OPEN = (
    line("item", "2.", "資料是否開放？", 3, ordinal=2, indent=2),
    (
        (line("item", "(1)", "格式", 4, ordinal=1, indent=3), (_CSV,)),
        line("item", "(2)", "更新頻率", 4, ordinal=2, indent=3),
    ),
)
_KEPT = line(
    "item", "1.", "感測器由誰維護？維護的經費由哪一個單位編列，編列幾年，期滿之後怎麼辦？", 3, ordinal=1, indent=2
)
_REPLY = (line("reply", lead="資訊局回覆", level=2, indent=2), _ELEVEN)

SPEECHES: tuple[Entry | Tree, ...] = (
    line("section", "伍、", "略", lead="主席致詞：", ordinal=5, anchor="section-1"),
    line("section", "陸、", lead="專題分享（如附件2）：", ordinal=6, anchor="section-2"),
    line("item", "一、", "感測網建置規劃（如附件2），簡報見附件3，另附件一併檢送。", 1, ordinal=1, indent=1),
    (
        line("item", "二、", "下面接一段：", 1, ordinal=2, indent=1),
        (
            line(
                "paragraph",
                "",
                "說明文字，長到需要換行，才看得出懸掛是否整齊，編號是否對齊，文字是否平行。",
                1,
                indent=2,
            ),
        ),
    ),
    (
        line("label", lead="發言重點：", indent=1),
        (
            (line("speaker", "（一）", "溫委員平", 2, ordinal=1, indent=1), (_KEPT, _OPEN, _REPLY)),
            line("speaker", "（二）", "馮委員玉：同意規劃方向。", 2, ordinal=2, indent=1),
        ),
    ),
)

_PLANS = Grid(
    rows=(
        tuple((Text(words),) for words in ("方案", "日數", "經費（千元）")),
        tuple((Text(words),) for words in ("甲案", "30", "0")),
        tuple((Text(words),) for words in ("乙案：延長到半年，另外租用儲存空間", "180", "12,500")),
    ),
    aligns=("", "center", "right"),
    level=1,
    indent=2,
    caption="各方案比較",
)

DISCUSSION: tuple[Entry | Tree, ...] = (
    line("section", "柒、", lead="討論事項：", ordinal=7, anchor="section-3"),
    (
        line("label", "", "路口影像保存期限，請討論。", lead="案由一：", indent=1),
        (
            (
                line("label", lead="說明：", indent=1),
                (
                    line("item", "一、", "現行保存三十日。", 1, ordinal=1, indent=1),
                    (line("item", "二、", "警察局建議延長。", 1, ordinal=2, indent=1), (_PLANS,)),
                ),
            ),
            line("label", "", "贊成 9 票，反對 1 票，棄權 0 票。", lead="表決：", indent=1),
            (
                line("label", "", "維持三十日。", lead="決議：", indent=1, anchor="decision-1", decision="4-1"),
                (line("item", "一、", "請警察局三個月後再提檢討。", 1, ordinal=1, indent=1),),
            ),
        ),
    ),
    (
        line("label", "", "開放資料格式，請討論。", lead="案由二：", indent=1),
        (
            line("reply", "", "已在辦理。", lead="資訊局及警察局聯合專案辦公室回覆：", indent=1),
            line("label", "", "採用 CSV 與 JSON。", lead="決議：", indent=1, anchor="decision-2", decision="4-2"),
        ),
    ),
)

_LONG = "https://example.org/very/long/address/that/needs/breaking/somewhere/because/it/is/so/very/long"
RICH: Inlines = (
    Text("重點是"),
    Strong((Text("加粗"), Emphasis((Text("著重"),)))),
    Text("、"),
    Strike((Text("刪去"),)),
    Text("、"),
    Code("{{ 7*7 }} <b>"),
    Text("、"),
    Link("https://example.org/a?b=1&c=%E7%94%B2", (Text("連結"),), '說明 "引號"'),
    Text("、"),
    Link(_LONG, (Text(_LONG),)),
    Text("、"),
    Link("附件/簡報.pdf", (Text("附件2"),)),
    NoteMark(1),
    Text("、再註"),
    NoteMark(1),
    Text("、"),
    Image("../outside.png", "現場照片"),
    Break(),
    Text("{{ 7*7 }}{% raw %}<script>alert(1)</script>&amp;]]>\u0001"),
)

CLOSING: tuple[Entry | Tree, ...] = (
    line("section", "捌、", lead="決議事項：", ordinal=8, anchor="section-4"),
    line(
        "item",
        "一、",
        (Text("請資訊局於下次會議報告建置進度。"), Text("（主辦：資訊局；期限：下次會議）")),
        1,
        ordinal=1,
        indent=1,
        anchor="decision-3",
        decision="石門市/4-3",
    ),
    (
        line(
            "item",
            "二、",
            (
                Text("請警察局提供路口影像調閱統計，並就延長保存期限的經費與效益，會同交通局提出分析。"),
                Text("（主辦：警察局；協辦：交通局；期限：113年06月30日）"),
            ),
            1,
            ordinal=2,
            indent=1,
            anchor="decision-3",
            decision="石門市/4-4",
        ),
        (line("item", "1.", "按月統計。", 3, ordinal=1, indent=2),),
    ),
    (line("section", "玖、", lead="其他", ordinal=9, anchor="section-5")),
    line("paragraph", "", RICH, indent=1),
    line("paragraph", "", "引用的文字", indent=2, quote=1),
    (
        line("item", "一、", "引文裡的項目", 1, indent=2, quote=1),
        (line("paragraph", "", "引文裡的引文", 1, indent=4, quote=2),),
    ),
    line("code", "", (Text("a < b"), Break(), Text("  第二行")), indent=1),
    line("rule"),
    line(
        "section",
        "拾、",
        (Strong((Text("名稱有"), Link("https://example.org/", (Text("連結"),)), Text("："))), Text("無")),
    ),
    line("next", "", "113年08月01日（星期四）14:00", lead="下次會議："),
    line("adjournment", "", "散會：（下午4:20）", anchor="adjournment"),
    line("signature", "", "＿＿＿＿＿＿", lead="主席："),
    line("signature", "", "＿＿＿＿＿＿", lead="紀錄："),
    line(
        "footnote",
        "[1]",
        anchor="note-1",
        words=(Text("註的內容，連到"), Link("https://example.org/", (Text("來源"),)), Break(), Text("第二段")),
    ),
    line("footnote", "[2]", "沒有人引用的註", anchor="note-2"),
)

EVERYTHING = spread(*HEADER, *SPEECHES, *DISCUSSION, *CLOSING)
FILES = (
    ("簽到表", ""),
    ("建置規劃簡報", "附件/簡報 2.pdf"),
    ("法規", "https://example.org/law"),
    ("壞的", "javascript:alert(1)"),
)


def minutes(path: Path | None = None) -> Minutes:
    return Minutes(Source("m.md", "", path), Meta(), profile.load("advisory"))


def printed(*entries: Entry, **more: object) -> Printed:
    """The whole outline, or one of the entries given."""
    values = {"title": "石門市智慧城市諮詢小組第4次會議紀錄", "date": "2024-05-02", "status": "初稿", "files": FILES}
    return Printed(entries=entries or EVERYTHING, **{**values, **more})  # type: ignore[arg-type]
