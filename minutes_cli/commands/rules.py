"""列出檢核的代碼，或說明其中一個。 | List what is checked, or explain one code."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from minutes_cli.commands._help import Command, option
from minutes_cli.say import Say


def _complete(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    from minutes_cli import codes

    return [CompletionItem(code) for code in codes.every() if code.startswith(typed)]


@click.command(
    cls=Command,
    say=Say(
        "不寫 CODE 就列出所有代碼、嚴重程度、能不能自動改正。寫了就印出那一個代碼的說明：為什麼、依據、錯誤與正確的寫法。"
        "也可以只寫開頭，例如 yaml。",
        "Without CODE list all codes, how bad they are, and whether they can be mended. With it print the page of that "
        "code: why, on what basis, what is wrong and what is right. What several begin with, as yaml, lists them.",
    ),
)
@click.argument("code", required=False, shell_complete=_complete)
@option("--markdown", is_flag=True, say=Say("全部說明印成一份 Markdown", "Print all pages as one Markdown document"))
def command(code: str | None, markdown: bool) -> int:
    """Show the list or a page."""
    from minutes_cli import codes, language
    from minutes_cli.judging import manual_text, pages

    spoken = language.current()
    chosen = codes.meant(code) if code else codes.every()
    if code and not chosen:
        raise click.UsageError(codes.unknown(code).in_(spoken))
    found = [page for name in chosen if (page := pages.page(name))]
    if markdown:
        text = manual_text.markdown(found)
    elif code in chosen:
        text = manual_text.one(found[chosen.index(code)], spoken)
    else:
        text = manual_text.listing(found, spoken)
    for piece in text:
        click.echo(piece, nl=False)
    return 0
