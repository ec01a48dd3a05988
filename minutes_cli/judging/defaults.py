"""An office's defaults for the front matter in; BadSettings out where one of them is no value of its field.

A default counts as if it stood in every file, so a faulty one is told once, at its line of minutes.toml.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from minutes_cli.diagnostics import Diagnostic
from minutes_cli.document import Meta, Minutes
from minutes_cli.errors import BadSettings
from minutes_cli.front import fields
from minutes_cli.front.vocabulary import root
from minutes_cli.judging import schema
from minutes_cli.profile import Profile
from minutes_cli.say import Say
from minutes_cli.settings import Settings
from minutes_cli.source import Source

_sound: set[tuple[Any, ...]] = set()


def verify(settings: Settings) -> None:
    """Raise for the first default that cannot be taken."""
    key = (settings.file, settings.schema, repr(settings.defaults))
    if key in _sound:
        return
    for name, fault in _faults(settings):
        say = Say(fault.message.zh + _behind(fault.hint.zh, "；"), fault.message.en + _behind(fault.hint.en, "; "))
        if settings.file is None:
            raise BadSettings(say)
        from minutes_cli.office import settings_file  # late, because few offices have any, and fewer a faulty one

        raise settings_file.refused(settings.file, say, ("defaults", name))
    _sound.add(key)


def _behind(hint: str, joint: str) -> str:
    return joint + hint if hint else ""


def _faults(settings: Settings) -> Iterator[tuple[str, Diagnostic]]:
    for name, value in settings.defaults.items():
        data, unreadable = fields.defaults(replace(settings, defaults={name: value}))
        others = frozenset(root(settings.schema).fields) - data.keys()  # of these nothing is asked
        alone = Meta(data=data, broken=others, schema=settings.schema)
        yield from ((name, fault) for fault in unreadable)
        yield from ((name, fault) for fault in schema.check(Minutes(Source("minutes.toml", ""), alone, Profile(""))))
    for fault in fields.defaults(settings)[1]:
        yield next(reversed(settings.defaults)), fault
