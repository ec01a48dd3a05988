"""The front matter is found however its two lines are spelled, and what is odd about them is told at its place."""

from __future__ import annotations

import pytest
from yardstick import times_ordinary

from minutes_cli.front import fence, frontmatter
from minutes_cli.source import Source, Span

YAML = "title: 會議\nattendees:\n  - 王一\n"
BODY = "\n## 主席致詞\n\n略\n\n---\n\n二、討論\n"
MISSING = [(1, 1, "no-front-matter")]


def cut(text: str) -> tuple[str, str, list[tuple[int, int, str]]]:
    """The YAML, the Markdown, and what is told."""
    found, source = fence.cut(text), Source("m.md", text)
    told = [(*source.line_column(fault.span.start), fault.code) for fault in found.problems]
    return text[found.start : found.stop], text[found.body :], told


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("close", ["---", "---  ", "...", "---\t"])
@pytest.mark.parametrize("opening", ["---", "---  "])
def test_well_spelled(opening: str, close: str, newline: str) -> None:
    text = f"{opening}\n{YAML}{close}\n{BODY}".replace("\n", newline)
    assert cut(text) == (YAML.replace("\n", newline), BODY.replace("\n", newline), [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"－－－\n{YAML}－－－\n{BODY}", [(1, 1, "yaml-fence-dashes"), (5, 1, "yaml-fence-dashes")]),
        (f"———\n{YAML}———\n{BODY}", [(1, 1, "yaml-fence-dashes"), (5, 1, "yaml-fence-dashes")]),
        (f"——\n{YAML}---\n{BODY}", [(1, 1, "yaml-fence-dashes")]),
        (f"---\n{YAML}-－-\n{BODY}", [(5, 1, "yaml-fence-dashes")]),
        (f"+++\n{YAML}+++\n{BODY}", [(1, 1, "yaml-fence-plus"), (5, 1, "yaml-fence-plus")]),
        (f"----\n{YAML}-----\n{BODY}", [(1, 1, "yaml-fence-length"), (5, 1, "yaml-fence-length")]),
        (f"---\n{YAML}--\n{BODY}", [(5, 1, "yaml-fence-length")]),
        (f"```yaml\n{YAML}```\n{BODY}", [(1, 1, "yaml-fence-code"), (5, 1, "yaml-fence-code")]),
        (f" ---\n{YAML}---\n{BODY}", [(1, 2, "yaml-fence-indent")]),
        (f"---\n{YAML}  ---\n{BODY}", [(5, 3, "yaml-fence-indent")]),
        (f"---\n{YAML}　---\n{BODY}", [(5, 2, "yaml-fence-indent")]),
        (f"\n\n---\n{YAML}---\n{BODY}", [(1, 1, "yaml-fence-blank")]),
        (f"\n－－－\n{YAML}---\n{BODY}", [(1, 1, "yaml-fence-blank"), (2, 1, "yaml-fence-dashes")]),
        (f"--- {YAML}---\n{BODY}", [(1, 1, "yaml-fence-text")]),
        (f"{YAML}---\n{BODY}", [(1, 1, "yaml-unopened")]),
        (f"---\n{YAML}{BODY}", [(4, 1, "yaml-unclosed")]),
        (f"---\n{YAML}\n# 第2次會議\n{BODY}", [(4, 1, "yaml-unclosed")]),
    ],
)
def test_oddly_spelled_is_told_and_read(text: str, told: list[tuple[int, int, str]]) -> None:
    yaml, body, found = cut(text)
    assert (yaml, found) == (YAML, told)
    assert body.endswith(BODY)
    problems = frontmatter.read(Source("m.md", text)).problems
    for fault in problems:
        assert fault.message.zh != fault.message.en
        assert fault.hint.zh != fault.hint.en
        for edit in sorted(fault.fix, reverse=True):
            assert text[edit.span.start : edit.span.end] != edit.text
    mended = text
    for edit in sorted((edit for fault in problems for edit in fault.fix), reverse=True):
        mended = mended[: edit.span.start] + edit.text + mended[edit.span.end :]
    assert cut(mended) == (YAML, body, [])


def test_a_rule_of_the_body_does_not_close_an_open_front_matter() -> None:
    """Everything up to the rule would be swallowed as YAML."""
    yaml, body, told = cut("---\ntitle: 會議\ndate: 2024-05-02\n\n## 主席致詞\n\n略\n\n---\n\n完\n")
    assert yaml == "title: 會議\ndate: 2024-05-02\n"
    assert body.startswith("\n## 主席致詞")
    assert told == [(3, 1, "yaml-unclosed")]


def test_labels_with_a_plain_colon_are_no_keys() -> None:
    yaml, body, told = cut("---\ntitle: 會議\n\n決議: 同意\n說明: 略\n\n---\n")
    assert (yaml, told) == ("title: 會議\n", [(2, 1, "yaml-unclosed")])
    assert body.startswith("\n決議: 同意")


@pytest.mark.parametrize(
    "yaml",
    [
        "title: 會議\n\n# 出席\nattendees: 王一\n",
        "title: 會議\n\n## 出席\nattendees: 王一\nchair: 李二\n",
        "note: |\n  甲\n\n  ---\n\n  乙\ntitle: 會議\n",
        "note: |\n  甲\n  ----\n  乙\ntitle: 會議\n",
        "x:\n\n  - 甲\n\n  - 乙\n\ntitle: 會議\n",
        "a: 1\n\n\nb: 2\n",
        "a: 1\n# 完\n",
    ],
)
def test_what_looks_like_an_end_and_is_none(yaml: str) -> None:
    assert cut(f"---\n{yaml}---\n{BODY}") == (yaml, BODY, [])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "---",
        "---\n",
        "---\n---x",
        "----\n\n略\n",
        "# 會議\n",
        "會議紀錄\n\n---\n\n略",
        "決議：同意\n---\n",
        "***\n略\n",
        "a: 1\n\n略\n",
    ],
)
def test_no_front_matter(text: str) -> None:
    front = frontmatter.read(Source("m.md", text))
    assert [fault.code for fault in front.problems] == ["no-front-matter"]
    assert (front.root, front.span, front.body) == (None, Span(0, 0), 0)


def test_empty_front_matter_is_an_empty_map() -> None:
    for text in ("---\n---\n", "---\n---", "---\n\n---\n略", "---\n# 註解\n---\n"):
        front = frontmatter.read(Source("m.md", text))
        assert frontmatter.plain(front.root) == {}
        assert front.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "-" * 1_000_000,
        "\n" * 1_000_000,
        "---\n" + "---x\n" * 200_000,
        "---\nk: |\n" + "  ---\n" * 150_000,
        "---\na: 1\n" + "\n" * 1_000_000,
        "---\na: 1\n" + (" " * 1000 + "\n") * 1000,
        "—" * 300_000,
        "---\n" + "a: b\n\n" * 200_000,
        "---\n" + "--\n" * 300_000,
        "---\na: 1\n" + "# b\n" * 200_000 + "略",
    ],
    ids=lambda text: text[:12],
)
def test_a_bomb_is_answered_at_once(text: str) -> None:
    assert times_ordinary(lambda: fence.cut(text), len(text)) < 1
