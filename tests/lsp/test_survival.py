"""Every answer, at any place of any text, is an answer: the functions behind the door, without an editor."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest
from bench import meetings

from minutes_cli import check
from minutes_cli.diagnostics import Edit
from minutes_cli.lsp import (
    actions,
    complete_body,
    complete_front,
    cursor,
    earlier,
    formatting,
    hover,
    links,
    rename,
    symbols,
)
from minutes_cli.lsp.library import Library
from minutes_cli.lsp.opened import Opened
from minutes_cli.source import Span

SCRAPS = (
    *(
        "---\n",
        "\n---\n",
        "附件1至3",
        "附件",
        "第2次會議結論3",
        "1-2",
        "[",
        "{",
        '"',
        "'",
        "|",
        "- ",
        "\t",
        "　",
        "：",
        ": ",
        "#",
    ),
    *(
        "## ",
        "### 發言重點：\n",
        "```\n",
        "<!-- ",
        "[^1]",
        "[^1]: 註\n",
        "壹、",
        "一、",
        "（一）",
        "\r\n",
        "\r",
        "\u2028",
        "\x00",
        "😀𠮷",
    ),
    *(
        "   - 主辦：",
        "案由：",
        "資訊局回覆\n",
        "attachments:\n",
        "附件:\n  - 甲\n",
        "&a *a",
        "<<: x\n",
        "民國115年2月30日",
        "115/1/2",
    ),
)


def mangled(text: str, dice: random.Random) -> str:
    """A text with pieces taken out, doubled and put in."""
    for _ in range(dice.randrange(1, 8)):
        start = dice.randrange(len(text) + 1)
        end = min(len(text), start + dice.choice((0, 0, 1, 3, 40, 400)))
        text = text[:start] + dice.choice((*SCRAPS, "", text[start:end] * 2)) + text[end:]
    return text


def answers(opened: Opened, offset: int, library: Library) -> None:
    """Ask everything at one place."""
    minutes, source = opened.minutes, opened.source
    front = cursor.in_front(source, offset)
    offers = complete_body.cited(opened, offset)
    if front:
        offers += complete_front.offers(opened, front)
    else:
        at = cursor.in_body(source, offset)
        offers += complete_body.offers(opened, offset, at, earlier.decisions(minutes, library))
    for offer in offers:
        assert 0 <= offer.span.start <= offer.span.end == offset
    shown = hover.hover(opened, offset, library)
    assert shown is None or shown.span.start <= offset <= shown.span.end
    for target in (
        *links.definition(minutes, offset, library),
        *links.references(minutes, offset, library, declared=True),
    ):
        assert 0 <= target.span.start <= target.span.end <= len(target.source.text)
    span = rename.prepare(opened, offset)
    if span:
        assert span.start <= offset + 4
        assert span.end >= offset
        for new in ("王大明", "2", "Lee"):
            with suppress(rename.Refused):
                apart(opened, rename.rename(opened, offset, new))


def apart(opened: Opened, edits: list[Edit]) -> None:
    """Edits must lie in the text and not overlap."""
    last = 0
    for (start, end), _ in sorted(edits):
        assert last <= start <= end <= len(opened.source.text)
        last = end


@pytest.mark.parametrize("seed", range(24))
def test_mangled_meetings(seed: int, example: str, workspace: Path) -> None:
    dice = random.Random(seed)
    library = Library((workspace / "nowhere",))
    path = workspace / "nowhere" / "m.md"
    text = mangled(example if seed % 2 else meetings.meeting(seed).text, dice)
    opened = Opened(path.as_uri(), text, 1, path)
    library.open[path] = opened.minutes
    assert opened.diagnostics == opened.changed(text, 2).diagnostics
    for offset in (0, len(opened.source.text), *(dice.randrange(len(opened.source.text) + 1) for _ in range(15))):
        answers(opened, offset, library)
    for one in _all(symbols.symbols(opened.minutes)):
        assert one.name
        assert one.span.start <= one.chosen.start <= one.chosen.end <= one.span.end
    for fold in symbols.folds(opened.minutes):
        assert fold.first < fold.last < len(opened.source.starts)
    apart(opened, formatting.formatting(opened))
    apart(opened, formatting.formatting(opened, Span(len(text) // 3, len(text) // 2)))
    every = actions.all_of(opened)
    if every:
        apart(opened, list(every.edits))
    for one in actions.quick(opened, Span(0, len(text))):
        apart(opened, list(one.edits))


def _all(found: list[symbols.Symbol] | tuple[symbols.Symbol, ...]) -> list[symbols.Symbol]:
    return [one for symbol in found for one in (symbol, *_all(symbol.children))]


@pytest.mark.parametrize("seed", range(8))
def test_what_is_told_is_what_check_tells(seed: int, example: str) -> None:
    """One change after another, with what is known of the body before it, as if each text were opened anew."""
    dice, opened = random.Random(seed), Opened("untitled:m", example)
    for version in range(6):
        opened = opened.changed(mangled(opened.text, dice), version)
        assert opened.judged.diagnostics == check.check(opened.source).diagnostics or "minutes:" in opened.text
