"""Comments that suppress findings: which line they speak of, and what is told of the comments themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import CLEAN, run

from minutes_cli import parse
from minutes_cli.check import judge
from minutes_cli.judging.choose import choose
from minutes_cli.printing import outline
from minutes_cli.render import text
from minutes_cli.settings import Settings
from minutes_cli.source import Source

HEAD = CLEAN.partition("一、同意。")[0]
WRONG = "一、甲。\n三、丙。\n"


def told(source: str, chosen: Settings | None = None) -> list[tuple[str, int, int]]:
    chosen = chosen or Settings()
    found = choose(judge(Source("m.md", source), chosen), chosen)
    return [(one.code, *found.source.line_column(one.span.start)) for one in found.diagnostics]


def body(words: str, chosen: Settings | None = None) -> list[tuple[str, int, int]]:
    """What is told, with lines counted from the first of `words`."""
    first = HEAD.count("\n")
    return [(code, line - first, column) for code, line, column in told(HEAD + words, chosen)]


def test_without_a_comment_all_is_told() -> None:
    assert body(WRONG) == [("number-missing", 2, 1)]


@pytest.mark.parametrize(
    "words",
    [
        "一、甲。\n三、丙。 <!-- minutes: ignore[number-missing] 原件如此 -->\n",
        "一、甲。\n三、丙。<!--minutes: ignore[number]原件如此-->\n",
        "一、甲。\n<!-- minutes: ignore[number-missing] 原件如此 -->\n三、丙。\n",
        "一、甲。\n\n<!-- minutes: ignore[votes-typed, number-missing] 原件如此 -->\n\n三、丙。\n",
        "一、甲。\n<!-- minutes: ignore[number-missing] 甲 -->\n<!-- minutes: ignore[lookalike] 乙 -->\n三、丙。\n",
        "一、甲。\n<!-- minutes: ignore[number-missing]\n     很長的理由 -->\n三、丙。\n",
        "一、甲。\n三、丙。\n\n<!-- minutes: ignore-file[number-missing] 原件如此 -->\n",
        "<!-- minutes: ignore-file[number-missing] 原件如此 -->\n\n一、甲。\n三、丙。\n",
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_comment_suppresses(words: str, ending: str) -> None:
    found = told((HEAD + words).replace("\n", ending))
    assert "number-missing" not in [code for code, *_ in found]
    assert not {"html-comment", "suppression-reason"} & {code for code, *_ in found}


@pytest.mark.parametrize(
    ("words", "left"),
    [
        # At the end of a line it speaks of that line alone.
        (
            "一、甲。 <!-- minutes: ignore[number] 理由 -->\n三、丙。\n",
            [("suppression-unused", 1, 27), ("number-missing", 2, 1)],
        ),
        # On a line of its own it speaks of the next one alone.
        (
            "<!-- minutes: ignore[number] 理由 -->\n一、甲。\n三、丙。\n",
            [("suppression-unused", 1, 22), ("number-missing", 3, 1)],
        ),
        (
            "一、甲。\n<!-- minutes: ignore[weekday] 理由 -->\n三、丙。\n",
            [("suppression-unused", 2, 22), ("number-missing", 3, 1)],
        ),
        ("一、甲。\n三、丙。 <!-- minutes: ignore[number] -->\n", [("suppression-reason", 2, 6)]),
        (
            "一、甲。\n三、丙。 <!-- minutes: ignore[numbr-missing] 理由 -->\n",
            [("number-missing", 2, 1), ("suppression-unknown", 2, 27)],
        ),
        ("一、甲。 <!-- minutes: ingore[number] 理由 -->\n", [("suppression-unknown", 1, 6)]),
        ("一、甲。 <!-- minutes: ignore 理由 -->\n", [("suppression-unknown", 1, 6)]),
        ("一、甲。 <!-- minutes: ignore[] 理由 -->\n", [("suppression-unknown", 1, 6)]),
        ("<!-- minutes: ignore-file[votes] 理由 -->\n\n一、甲。\n", [("suppression-unused", 1, 27)]),
        ("一、甲。 <!-- 別的註解 -->\n", [("html-comment", 1, 6)]),
    ],
)
def test_what_is_told_of_a_comment(words: str, left: list[tuple[str, int, int]]) -> None:
    assert body(words) == left


TABLE = "| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n| 三 | 四 | 五 |\n"


def test_a_comment_above_a_table_speaks_of_all_its_rows() -> None:
    assert body(f"一、甲。\n\n{TABLE}") == [("table-extra-cells", 6, 11)]
    comment = "<!-- minutes: ignore[table-extra-cells] 原件如此 -->\n"
    assert body(f"一、甲。\n\n{comment}{TABLE}") == []
    assert body(f"一、甲。\n\n{comment}\n{TABLE}\n丙\n") == []
    found = body(f"一、甲。\n\n{comment}{TABLE}\n{TABLE}")
    assert [code for code, *_ in found] == ["table-extra-cells"]


def test_a_comment_in_code_is_code() -> None:
    assert body("一、甲。\n\n```\n<!-- minutes: ignore[votes] -->\n```\n") == []


def test_messages_say_what_to_do() -> None:
    source = Source("m.md", HEAD + "一、甲。 <!-- minutes: ignore[numbr-wrong, votes] -->\n")
    found = choose(judge(source), Settings()).diagnostics
    assert [(one.message, one.hint.zh) for one in found] == [
        (("沒有寫略過的理由", "no reason is given"), "請在 ] 後面寫上理由，讓別人知道為什麼可以略過"),
        (
            (
                "沒有「numbr-wrong」這個代碼，是不是「number-wrong」？",
                "there is no code numbr-wrong; did you mean number-wrong?",
            ),
            "寫法是 <!-- minutes: ignore[代碼] 理由 -->，整份檔案的用 ignore-file",
        ),
        (("這裡沒有「votes」要略過", "this place has no votes to ignore"), "請刪去"),
    ]
    assert {one.severity for one in found} == {"warning"}


# ── the front matter ────────────────────────────────────────────────────────────────────────────────────────────────

FRONT = CLEAN.replace("2024-05-02", "2024-05-02（星期五）")


@pytest.mark.parametrize(
    "line",
    [
        "date: 2024-05-02（星期五） # minutes: ignore[weekday] 原件如此",
        "date: 2024-05-02（星期五）  # minutes: ignore[weekday] 原件如此",
        'date: "2024-05-02（星期五）" # minutes: ignore[weekday] 原件如此',
        "# minutes: ignore[weekday] 原件如此\ndate: 2024-05-02（星期五）",
        "# minutes: ignore-file[weekday] 原件如此\ndate: 2024-05-02（星期五）",
        "# minutes: ignore[weekday] 原件如此\n\ndate: 2024-05-02（星期五）",
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_comment_in_the_front_matter_suppresses(line: str, ending: str) -> None:
    assert told(FRONT) == [("weekday", 3, 7)]
    source = FRONT.replace("date: 2024-05-02（星期五）", line).replace("\n", ending)
    assert told(source) == []
    assert parse.parse(Source("m.md", source)).meta.data["date"] == "2024-05-02"


def test_a_comment_in_the_front_matter_is_judged_too() -> None:
    source = CLEAN.replace("start: 14:00", "start: 14:00 # minutes: ignore[wekday]\n# minutes: 略過")
    assert told(source) == [
        ("suppression-reason", 4, 14),
        ("suppression-unknown", 4, 32),
        ("suppression-unknown", 5, 1),
    ]


def test_a_missing_key_is_ignored_in_the_file() -> None:
    source = CLEAN.replace("chair: 江恩\n", "# minutes: ignore-file[key-missing] 主席未列\n")
    assert told(source) == []


# ── together with what else chooses ─────────────────────────────────────────────────────────────────────────────────


def test_what_is_not_asked_about_is_not_unused() -> None:
    words = "一、甲。 <!-- minutes: ignore[votes] 理由 -->\n"
    assert body(words, Settings(select=("weekday",))) == []
    assert body(words, Settings(ignore=("votes",))) == []
    assert body(words, Settings(ignore=("suppression",))) == []
    assert body(words, Settings(select=("votes", "suppression-unused"))) == [("suppression-unused", 1, 27)]


def test_what_is_said_of_comments_can_be_weighed() -> None:
    source = Source("m.md", HEAD + "一、甲。 <!-- minutes: ignore[votes] 理由 -->\n")
    chosen = Settings(severity={"suppression": "error"})
    assert [one.severity for one in choose(judge(source), chosen).diagnostics] == ["error"]


def test_a_comment_prints_nothing_and_breaks_no_run_of_numbers() -> None:
    plain = "一、甲。\n二、乙。\n三、丙。\n"
    marked = (
        "一、甲。 <!-- minutes: ignore[votes] 理由 -->\n<!-- minutes: ignore[votes] 理由 -->\n二、乙。\n"
        "<!-- minutes: ignore[votes] 理由 -->\n三、丙。\n"
    )
    printed = []
    for words in (plain, marked):
        minutes = parse.parse(Source("m.md", HEAD + words))
        printed.append(text.render(outline.outline(minutes), minutes))
    assert printed[0] == printed[1]


def test_a_rule_across_files_is_suppressed_and_never_unused_in_a_single_file(folder: Path) -> None:
    words = CLEAN.replace("date:", "series: a\nsession: 1\ndate:")
    (folder / "clean.md").write_text(words, encoding="utf-8")
    (folder / "faulty.md").write_text(words, encoding="utf-8")
    assert "faulty.md:4:" in run("check", ".").stdout
    comment = "# minutes: ignore-file[session-repeated] 兩份並存\n"
    (folder / "faulty.md").write_text(words.replace("date:", f"{comment}date:"), encoding="utf-8")
    assert run("check", ".").stdout == "檢核了 2 個檔案，沒有錯誤。\n"
    assert run("check", "faulty.md").stdout == "檢核了 1 個檔案，沒有錯誤。\n"
    (folder / "clean.md").unlink()
    assert "suppression-unused" in run("check", ".").stdout
