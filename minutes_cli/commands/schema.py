"""印出欄位的 JSON Schema。 | Print the JSON Schema of the front matter."""

from __future__ import annotations

import click

from minutes_cli.commands._help import Command, option
from minutes_cli.language import LANGUAGES
from minutes_cli.say import Say


@click.command(
    cls=Command,
    say=Say(
        "印出欄位（兩條 --- 之間）的 JSON Schema，供編輯器提示欄位。機關另有要求的，用 --schema 併入"
        "（check --schema 用的同一個檔）。",
        "Print the JSON Schema of the front matter, for an editor to know the fields; with --schema, the one that your "
        "office adds to it (as for check --schema) is merged in.",
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
@option(
    "--schema",
    "own",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    say=Say("併入機關自訂的 JSON Schema", "Merge this JSON Schema of your office"),
)
@option(
    "--settings",
    is_flag=True,
    say=Say("改印 minutes.toml 的 JSON Schema", "Print the JSON Schema of minutes.toml instead"),
)
def command(keys: str, own: str | None, settings: bool) -> None:
    """The file itself where nothing is merged, so that it can be compared."""
    from minutes_cli import resources
    from minutes_cli.errors import NothingToDo

    if own and settings:
        raise NothingToDo(Say("--schema 與 --settings 不能一起用", "--schema does not go with --settings"))
    if own:
        click.echo(_merged(keys, own), nl=False)
        return
    name = {"en": "minutes.schema.json", "zh": "minutes.zh-TW.schema.json"}[keys]
    folder = resources.folder("schemas")
    click.echo((folder / ("settings.schema.json" if settings else name)).read_text(encoding="utf-8"), nl=False)


def _merged(keys: str, own: str) -> str:
    import json
    from pathlib import Path

    from minutes_cli.judging import editor_schema, schema

    path = Path(own)
    merged = schema.merged(path)
    made = editor_schema.chinese(path) if keys == "zh" else merged
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"
