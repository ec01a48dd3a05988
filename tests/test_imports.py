"""The shape of the house: imports go down only, heavy libraries stand in one module each, and `--help` stays quick."""

from __future__ import annotations

import ast
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from minutes_cli import registry

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "minutes_cli"

# From the bottom up: words, reading (whatever no other floor names), judging and arranging, writing, doors.  A module
# imports from its own floor and from those below.
FLOORS: tuple[tuple[str, ...], ...] = (
    (
        *("__init__", "say", "errors", "source", "diagnostics", "resources", "registry", "language", "width"),
        *("han", "globs", "numerals", "labels", "sections", "inline", "lines"),
    ),
    ("*",),
    ("judging", "rules", "check", "printing", "authoring"),
    ("report", "render", "many", "across_rules"),
    ("commands", "preview", "lsp", "cli", "__main__"),
)
LIBRARIES: dict[str, Callable[[str], bool]] = {
    "yaml": {"front/frontmatter"}.__contains__,
    "markdown_it": lambda module: module.startswith("body/"),
    "mdit_py_plugins": {"body/parser"}.__contains__,
    "jsonschema": {"judging/schema", "judging/explain"}.__contains__,
    "jsonschema_rs": {"judging/schema", "office/own_schema"}.__contains__,
    "jinja2": {"render/_templates"}.__contains__,
    "markupsafe": {"render/_templates"}.__contains__,
    "lxml": lambda module: module == "render/docx" or module.startswith("render/_docx"),
    **dict.fromkeys(("pygls", "lsprotocol"), lambda module: module.startswith("lsp/server")),
    "click": lambda module: module == "cli" or module.startswith("commands/"),
}
ROOMS = ("rules", "across_rules", "report", "render", "commands")


def modules() -> dict[str, Path]:
    """`render/html` → its file, for every module of the package."""
    return {
        path.relative_to(PACKAGE).with_suffix("").as_posix().removesuffix("/__init__"): path
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def imports(tree: ast.AST, known: set[str]) -> Iterator[str]:
    """Everything imported, inside functions too, but for what only a type checker sees: own modules as `render/html`,
    others by the name of their package."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.ImportFrom):
            base = (node.module or "").replace(".", "/")
            for name in node.names:
                yield _own(f"{base}/{name.name}", known) or _own(base, known) or base.split("/")[0]
        elif isinstance(node, ast.Import):
            for name in node.names:
                whole = name.name.replace(".", "/")
                yield _own(whole, known) or whole.split("/")[0]
        else:
            yield from imports(node, known)


def _own(path: str, known: set[str]) -> str:
    if path == "minutes_cli":
        return "__init__"
    inside = path.removeprefix("minutes_cli/")
    return inside if inside != path and inside in known else ""


def faults(sources: dict[str, str]) -> list[str]:
    """What breaks a law of the house, as `rules/x imports check`."""
    known = set(sources)
    edges = [
        (module, name) for module, text in sources.items() for name in dict.fromkeys(imports(ast.parse(text), known))
    ]
    found = []
    for module, name in edges:
        if name in known and (_floor(name) > _floor(module) or _sideways(module, name)):
            found.append(f"{module} imports {name}")
        if name in LIBRARIES and not LIBRARIES[name](module):
            found.append(f"{module} imports {name}")
    return found + [f"{' imports '.join(circle)}" for circle in _circles(edges, known)]


def _floor(module: str) -> int:
    room = module.split("/")[0]
    named = [i for i, floor in enumerate(FLOORS) if room in floor]
    return named[0] if named else next(i for i, floor in enumerate(FLOORS) if floor == ("*",))


def _sideways(module: str, name: str) -> bool:
    """Rules, reports, formats and commands do not import each other; what begins with `_` is theirs in common."""
    room, _, file = name.partition("/")
    return room in ROOMS and module.startswith(f"{room}/") and bool(file) and not file.startswith("_")


def _circles(edges: list[tuple[str, str]], known: set[str]) -> Iterator[tuple[str, ...]]:
    below: dict[str, set[str]] = {module: set() for module in known}
    for module, name in edges:
        if name in known and name != "__init__":
            below[module].add(name)
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if module in path:
            yield (*path[path.index(module) :], module)
        elif module not in done:
            for name in sorted(below[module]):
                yield from visit(name, (*path, module))
            done.add(module)

    for module in sorted(known):
        yield from visit(module, ())


def test_imports_go_down_only() -> None:
    found = faults({name: path.read_text(encoding="utf-8") for name, path in modules().items()})
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("sources", "fault"),
    [
        ({"rules/x": "from minutes_cli.check import check", "check": ""}, "check imports rules/x"),
        ({"rules/x": "from minutes_cli.rules import y", "rules/y": ""}, "rules/x imports rules/y"),
        (
            {"parse": "def f():\n    from minutes_cli.printing import outline", "printing/outline": ""},
            "parse imports printing/outline",
        ),
        ({"rules/x": "import minutes_cli.render.html", "render/html": ""}, "rules/x imports render/html"),
        ({"rules/x": "import yaml"}, "rules/x imports yaml"),
        ({"render/html": "from jinja2 import Environment"}, "render/html imports jinja2"),
        (
            {"body": "from minutes_cli import tree", "tree": "from minutes_cli import body"},
            "body imports tree imports body",
        ),
    ],
)
def test_the_laws_are_enforced(sources: dict[str, str], fault: str) -> None:
    if "check" in sources:
        sources = {**sources, "check": "from minutes_cli.rules import x", "rules/x": ""}
        assert faults(sources) == []
        sources = {"rules/x": "from minutes_cli.check import check", "check": "from minutes_cli.rules import x"}
        assert faults(sources) == ["check imports rules/x imports check"]
    else:
        assert fault in faults(sources)


def test_what_a_type_checker_alone_sees_is_no_import() -> None:
    assert faults({"source": "if TYPE_CHECKING:\n    from minutes_cli import cli", "cli": ""}) == []


def test_every_command_and_report_keeps_its_shape() -> None:
    for name in registry.names("commands"):
        assert hasattr(registry.load("commands", name), "command"), name
    for name in registry.names("report"):
        assert callable(registry.load("report", name).write), name


def _run(code: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout


LOADED = """
import sys
from minutes_cli.cli import minutes
try:
    minutes({arguments!r})
except SystemExit:
    pass
print("LOADED", *sorted(sys.modules))
"""


def _loaded(*arguments: str) -> set[str]:
    return set(_run(LOADED.format(arguments=list(arguments))).rpartition("LOADED")[2].split())


# What remembers from one run to the next, or has several processes.
FOR_MANY = {"sqlite3", "hashlib", "pickle", "multiprocessing", "tempfile", "shutil", "subprocess"} | {
    f"minutes_cli.{name}" for name in ("cache", "store", "identity", "baseline", "fingerprint", "workers", "since")
}
HEAVY = {"yaml", "markdown_it", "jinja2", "jsonschema", "jsonschema_rs", "lxml", "importlib.metadata"}


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), (), ("--nonsense",)])
def test_help_loads_click_and_little_else(arguments: tuple[str, ...]) -> None:
    loaded = _loaded(*arguments)
    assert not loaded & (HEAVY | {"pathlib", "json", "dataclasses", "shutil", "locale", "minutes_cli.commands.check"})
    assert {name for name in loaded if name.startswith("minutes_cli.")} == {
        *(f"minutes_cli.{name}" for name in ("cli", "errors", "say", "language", "registry", "width", "commands")),
        *(f"minutes_cli.commands.{name}" for name in ("_help", "_messages")),
    }


@pytest.mark.parametrize("command", registry.names("commands"))
def test_help_on_a_command_loads_no_library_but_click(command: str) -> None:
    loaded = _loaded(command, "--help")
    assert not loaded & HEAVY
    assert not {name for name in loaded if name.startswith("minutes_cli.")} & {"minutes_cli.check", "minutes_cli.parse"}


def test_check_of_a_valid_file_loads_nothing_that_explains_or_prints(tmp_path: Path) -> None:
    path = tmp_path / "m.md"
    path.write_text((ROOT / "examples" / "moea-open-data-2.md").read_text(encoding="utf-8"), encoding="utf-8")
    loaded = _loaded("check", str(path), "--no-cache")
    assert "minutes_cli.check" in loaded
    assert not loaded & {"jsonschema", "jinja2", "lxml", "importlib.metadata", *FOR_MANY}


def _seconds(arguments: list[str], environment: dict[str, str]) -> float:
    """Processor time of one process, which other processes on the machine disturb least."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True, cwd=ROOT, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_help_takes_at_most_five_bare_interpreters(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
    bare, full = ["-c", "pass"], ["-m", "minutes_cli", "--help"]
    _seconds(full, environment)
    runs = [(_seconds(bare, environment), _seconds(full, environment)) for _ in range(20)]
    assert min(run[1] for run in runs) <= 5 * min(run[0] for run in runs)
