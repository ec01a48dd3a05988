"""A template of a profile and a context in; text out.  The one place that imports jinja2.

The text of a meeting is only ever a value, never a template, and every value is escaped (`autoescape=True`;
`select_autoescape` would leave `.xml.j2` alone).  Where an office has templates of its own, all run in the sandbox: they
can change nothing, and read nothing outside the folders `<profile>/<kind>/` of their chain.  Those that ship need none,
which takes half as long.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from minutes_cli import resources
from minutes_cli.diagnostics import Say
from minutes_cli.errors import BadTemplate, MinutesError
from minutes_cli.profile import Profile

if TYPE_CHECKING:
    from jinja2 import Environment

Found = tuple[str, str, Callable[[], bool]]

safe = Markup  # marks a text as finished markup, which a template does not escape again


def render(profile: Profile, kind: str, name: str, context: Mapping[str, Any]) -> str:
    """The text of the template `name` (page.html.j2) of the profile's folder `kind` (html); BadTemplate with file and
    line where the template is missing or wrong."""
    environment = _environment(profile.folders, kind)
    try:
        return environment.get_template(name).render(context)
    except MinutesError:
        raise
    except Exception as error:
        raise _failure(error, f"{kind}/{name}") from error


def found(profile: Profile, kind: str, name: str) -> Path | None:
    """The file `name` of the nearest of the profile's folders `kind` that has one."""
    return _find(profile.folders, kind, name)


def shipped(folders: Iterable[Path]) -> bool:
    """Whether all templates of a profile are those that ship."""
    ships = resources.folder("templates")
    return all(folder.parent == ships for folder in folders)


def _find(folders: tuple[Path, ...], kind: str, name: str) -> Path | None:
    """A name such as `../../secret`, an absolute one, or a link that leads out, finds nothing."""
    for folder in folders:
        home = (folder / kind).resolve()
        path = (home / name).resolve()
        if path.is_relative_to(home) and path.exists():
            return path
    return None


def _unchanged(path: Path, written: int) -> bool:
    return path.is_file() and path.stat().st_mtime_ns == written


@cache
def _environment(folders: tuple[Path, ...], kind: str) -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    def load(name: str) -> Found | None:
        path = _find(folders, kind, name)
        if path is None or not path.is_file():
            return None
        return path.read_text(encoding="utf-8"), str(path), partial(_unchanged, path, path.stat().st_mtime_ns)

    return (Environment if shipped(folders) else _sandbox())(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _sandbox() -> type[Environment]:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        """Jinja's sandbox lets `minutes.source.path.read_text()` through; a path's methods are not for templates."""

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            return not (isinstance(obj, PurePath) and callable(value)) and super().is_safe_attribute(obj, attr, value)

        def getattr(self, obj: Any, attribute: str) -> Any:
            """The fields of our own types are plain data, read a thousand times a page: no need to ask about each."""
            if type(obj).__module__.startswith("minutes_cli.") and attribute[0] != "_":
                value = getattr(obj, attribute, obj)
                if value is not obj and not callable(value):
                    return value
            return super().getattr(obj, attribute)

    return Sandbox


def _failure(error: Exception, name: str) -> BadTemplate:
    """Jinja rewrites tracebacks, so that the last frame in a template names the template's own file and line."""
    from jinja2 import TemplateNotFound, TemplateSyntaxError

    if isinstance(error, TemplateNotFound):
        missing = error.name or name
        return BadTemplate(
            Say(f"找不到範本 {missing}（由 {name} 使用）", f"template {missing} not found (used by {name})")
        )
    if isinstance(error, TemplateSyntaxError):
        place = f"{error.filename or name}:{error.lineno}"
    else:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
        place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else name
    reason = str(error) or type(error).__name__
    return BadTemplate(Say(f"範本 {place} 有誤：{reason}", f"template {place}: {reason}"))
