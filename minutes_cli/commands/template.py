"""交出版面的範本、綱要與參考文件，供機關修改。 | Hand out templates, schema and reference document to be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from minutes_cli import registry
from minutes_cli.commands import _run
from minutes_cli.commands._help import Command
from minutes_cli.say import Say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from minutes_cli.profile import Profile


@click.command(
    cls=Command,
    say=Say(
        "在 FOLDER 放一套機關自己的版面：profile.yaml、html/ 與 docx/ 的範本、Word 參考文件 docx/reference.docx、"
        "欄位綱要 schemas/。改好以後：\n\nminutes render FILES --to docx --templates FOLDER\n\n已經有的檔案不會更動。",
        "Put a layout of your own into FOLDER: profile.yaml, the templates html/ and docx/, the Word reference "
        "docx/reference.docx, and the schemas schemas/.  Change them, then:\n\nminutes render FILES --to docx "
        "--templates FOLDER\n\nFiles that are there already are left alone.",
    ),
)
@click.argument("folder", type=click.Path(file_okay=False))
@_run.profile(Say("由哪一種版面改起（預設 advisory）", "The profile to start from (default: advisory)"))
def command(folder: str, profile: str | None) -> None:
    """Every file is new or untouched."""
    from pathlib import Path

    from minutes_cli import profile as profiles
    from minutes_cli.files import writing
    from minutes_cli.files.targets import shown

    chosen = profiles.load(profile or profiles.DEFAULT)
    for name, data in list(_files(chosen)):  # all of them, before the first is written
        path = Path(folder, name)
        if path.exists():
            _tell(Say(f"已有，未更動　{shown(path)}", f"kept     {shown(path)}"))
        else:
            writing.write(path, data)
            _tell(Say(f"寫出　　　　　{shown(path)}", f"written  {shown(path)}"))


def _tell(say: Say) -> None:
    from minutes_cli import language

    click.echo(say.in_(language.current()))


def _files(profile: Profile) -> Iterator[tuple[str, bytes]]:
    """The path of each file below the folder, and what is in it."""
    from minutes_cli import resources

    yield "profile.yaml", _own_profile(profile)
    found: dict[str, Path] = {}
    for home in profile.folders:
        for path in sorted(home.rglob("*")):
            name = path.relative_to(home).as_posix()
            # Below docx/reference/ lies what reference.docx is made of.
            if path.is_file() and "/" in name and not name.startswith("docx/reference/"):
                found.setdefault(name, path)
    for name, path in sorted(found.items()):
        yield name, path.read_bytes()
    yield "docx/reference.docx", registry.load("render", "docx").reference_bytes(profile)
    for path in sorted(resources.folder("schemas").glob("minutes*.schema.json")):
        yield f"schemas/{path.name}", path.read_bytes()


def _own_profile(profile: Profile) -> bytes:
    """A profile that extends the one asked for and shows, as comments, what may be changed."""
    head = (
        f"# 機關自己的版面，由 {profile.name} 延伸：沒有寫的都照 {profile.name}。\n"
        f"# 要改哪一項，把那幾行開頭的「# 」去掉再改；每個鍵的說明見 docs/profiles.md。\nextends: {profile.name}\n"
    )
    keys: dict[str, list[str]] = {}
    for home in profile.folders:  # the nearest comes first, and its keys count
        keys = {**_keys((home / "profile.yaml").read_text(encoding="utf-8")), **keys}
    keys.pop("extends", None)
    return (head + "".join("#\n" + "".join(f"# {line}\n" for line in lines) for lines in keys.values())).encode()


def _keys(text: str) -> dict[str, list[str]]:
    """The lines of each top-level key of a profile, without comments and empty lines."""
    keys: dict[str, list[str]] = {}
    key = ""
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            if not line.startswith(" "):
                key = line.partition(":")[0]
            keys.setdefault(key, []).append(line)
    return keys
