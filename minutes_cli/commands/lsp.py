"""編輯器用的語言伺服器：邊打邊檢核、補完、跳到出處。 | Language server for editors: check, complete, jump."""

from __future__ import annotations

import click

from minutes_cli.commands._help import Command, option
from minutes_cli.say import Say

_MISSING = Say(
    "語言伺服器要另外安裝：pip install 'minutes-cli[lsp]'",
    "the language server is an extra: pip install 'minutes-cli[lsp]'",
)


@click.command(
    cls=Command,
    say=Say(
        "編輯器用的語言伺服器，由編輯器自己啟動，以標準輸入與輸出交談（Language Server Protocol）。"
        "邊打邊檢核、自動改正、補完欄位與標籤、說明、大綱、跳到附件與決議、改名、排版。\n\n"
        "怎麼設定 Neovim、Vim、Emacs、VS Code 與 Helix，見 docs/editors。要先安裝：pip install 'minutes-cli[lsp]'",
        "A language server for editors, started by the editor itself, speaking the Language Server Protocol over standard "
        "input and output: checks while you type, mends, completes fields and labels, explains, outlines, jumps to "
        "attachments and decisions, renames, formats.\n\n"
        "How to set up Neovim, Vim, Emacs, VS Code and Helix: docs/editors. Install it first: "
        "pip install 'minutes-cli[lsp]'",
    ),
)
@option("--stdio", is_flag=True, say=Say("不必寫；有些編輯器會自己加上", "Needless; some editors add it by themselves"))
def command(stdio: bool) -> int:
    """Serve until the editor goes."""
    from minutes_cli.errors import BadEnvironment

    try:
        from minutes_cli.lsp import server_answers
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise BadEnvironment(_MISSING) from error
    return server_answers.serve()
