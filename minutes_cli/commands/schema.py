"""印出欄位的 JSON Schema。 | Print the JSON Schema of the front matter."""

from __future__ import annotations

import click

from minutes_cli.commands._help import Command, option
from minutes_cli.language import LANGUAGES
from minutes_cli.say import Say


@click.command(
    cls=Command,
    say=Say(
        "印出欄位（兩條 --- 之間）的 JSON Schema，供編輯器提示欄位，或供機關加上自己的要求（check --schema）。",
        "Print the JSON Schema of the front matter, for an editor to know the fields, or for an office to add to "
        "(check --schema).",
    ),
)
@option(
    "--language",
    "keys",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    say=Say("鍵的語言：en 是標準鍵（title），zh 是中文鍵（會議名稱）", "Keys: en is canonical (title), zh Chinese"),
)
def command(keys: str) -> None:
    """The file itself, so that it can be compared."""
    from minutes_cli import resources

    name = {"en": "minutes.schema.json", "zh": "minutes.zh-TW.schema.json"}[keys]
    click.echo((resources.folder("schemas") / name).read_text(encoding="utf-8"), nl=False)
