"""Meeting files and formats in, the name of every output file out, before anything is written.

no -o              beside the meeting file; standard input goes to standard output
-o -               standard output
-o FILE            a name with a suffix, for one output
-o FOLDER          any other name: there, and below it as below the folder that was searched
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from minutes_cli.errors import NothingToDo
from minutes_cli.files import targets
from minutes_cli.files.targets import STDIN, Target, shown
from minutes_cli.say import Say

# Where each format of one meeting file goes; None is standard output.
Places = dict[str, Path | None]


def plan(named: Sequence[Target], suffixes: Mapping[str, str], output: str | None) -> dict[Target, Places]:
    """The whole run; NothingToDo where two outputs would meet, or one would take the place of a meeting file."""
    several = len(named) * len(suffixes) > 1 or any(target.folder for target in named)
    if several and output is not None and _is_single(output):
        raise NothingToDo(
            Say(
                f"-o {shown(output)} 只能放一份輸出；有好幾個檔案或好幾種格式時，-o 請寫資料夾",
                f"-o {shown(output)} holds one output; for several files or formats, give a folder",
            )
        )
    places = {
        target: {name: _destination(target, suffix, output) for name, suffix in suffixes.items()} for target in named
    }
    _refuse_clashes(places)
    return places


def _is_single(output: str) -> bool:
    if output == STDIN:
        return True
    return bool(Path(output).suffix) and not output.endswith(("/", os.sep)) and not Path(output).is_dir()


def _destination(target: Target, suffix: str, output: str | None) -> Path | None:
    if output == STDIN or (output is None and target.path is None):
        return None
    name = (target.path.stem if target.path else "minutes") + suffix
    if output is None:
        return target.path.with_name(name) if target.path else None
    if _is_single(output):
        return Path(output)
    return Path(output, target.inside.parent if target.inside else "", name)


def _refuse_clashes(places: Mapping[Target, Places]) -> None:
    folders: dict[str, str] = {}
    sources = {_key(target.at, folders): target.name for target in places if target.at}
    taken: dict[str, str] = {}
    for source, path in ((target.name, path) for target, paths in places.items() for path in paths.values()):
        key = _key(str(path), folders) if path else STDIN
        if key in sources:
            raise NothingToDo(
                Say(
                    f"{source} 的輸出會蓋掉會議紀錄 {sources[key]}；請用 -o 換個地方",
                    f"the output of {source} would overwrite the minutes {sources[key]}; choose another place with -o",
                )
            )
        if key in taken:
            where = shown(path) if path else "-"
            raise NothingToDo(
                Say(
                    f"{taken[key]} 和 {source} 會輸出到同一個地方（{where}）；請分開輸出，或改檔名",
                    f"{taken[key]} and {source} would both be written to {where}; render them apart, or rename one",
                )
            )
        taken[key] = source


def _key(at: str, folders: dict[str, str]) -> str:
    return os.path.normcase(targets.real(at, folders))
