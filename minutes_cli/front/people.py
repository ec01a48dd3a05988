"""Who was there, in every form of the front matter, into persons as they print and as they compare.

Text is never split by guess into surname and given name: 馬主任正維(代) stays as typed.  Only a person given in parts
(`name`, `title`, …) is put together, as 馬主任正維（代）.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from minutes_cli.han import is_ideograph

# Surnames of two characters; `surname:` overrides.
COMPOUND = frozenset(
    re.findall(
        "..",
        "歐陽司馬上官諸葛司徒司空夏侯皇甫尉遲公孫慕容令狐宇文長孫東方西門南宮呼延端木申屠軒轅鍾離鐘離獨孤聞人鮮于濮陽"
        "淳于赫連澹臺公冶太叔仲孫張簡范姜張廖",
    )
)

# Words that name a sheet of signatures, and signs of one behind 如 or 詳.
_SHEETS = ("簽到", "簽名冊", "簽名簿", "附件", "名冊", "名單")
_SHEET = frozenset("附簽冊單表件檔錄後下")
_TAIL = r"(?:[（(〔\[][^（()）]*[）)〕\]])+$"
_BRACKETED = r"[（(][^（()）]*[）)]"
_LATIN = "[A-Za-z0-9]"


class Person(Struct, frozen=True):
    """`prints` is the text as printed; the parts are set only where the file gives them as parts."""

    prints: str
    name: str = ""
    title: str = ""
    surname: str = ""
    organization: str = ""
    unit: str = ""
    role: str = ""
    acting: bool = False
    proxy: str = ""
    mode: str = ""
    part: str = ""
    note: str = ""


class Group(Struct, frozen=True):
    """Persons of one kind; `name` is "" where they are not grouped."""

    name: str
    persons: tuple[Person, ...]


class People(Struct, frozen=True):
    """`text` is set instead of groups for a reference such as 如簽到表（附件1）."""

    groups: tuple[Group, ...] = ()
    text: str = ""

    @property
    def persons(self) -> tuple[Person, ...]:
        """Everyone, whatever the group."""
        return tuple(person for group in self.groups for person in group.persons)


def people(value: Any) -> People:
    """Read any form of people: one text, a list, a mapping of group → list, one person in parts.

    >>> people("馬主任正維(代)、潘君（陳君代）").persons[1].prints, people("如簽到表（附件1）").text
    ('潘君（陳君代）', '如簽到表（附件1）')
    >>> [(group.name, len(group.persons)) for group in people({"委員": ["王一", "李二"], "官員": "張三"}).groups]
    [('委員', 2), ('官員', 1)]
    """
    if isinstance(value, str):
        text = value.strip()
        return People(text=text) if is_reference(text) else _grouped([("", text)])
    if isinstance(value, list) or is_person(value):
        return _grouped([("", value)])
    return _grouped(value.items()) if isinstance(value, dict) else People()


def is_person(value: Any) -> bool:
    """Whether a mapping is one person in parts; any other mapping among people is group → list."""
    return isinstance(value, dict) and not isinstance(value.get("name", []), (list, dict))


def is_reference(text: str) -> bool:
    """Whether a text names a sheet of signatures and no person: 如出席人員簽名冊（附件1）, 詳簽到表."""
    text = re.sub(_BRACKETED, "", text) or text
    referred = text.startswith(("如", "詳", "見")) and not _SHEET.isdisjoint(text)
    return referred or any(sheet in text for sheet in _SHEETS)


def _grouped(groups: Iterable[tuple[Any, Any]]) -> People:
    found = (Group(str(name), tuple(_persons(members))) for name, members in groups)
    return People(tuple(group for group in found if group.persons))


def _persons(members: Any) -> Iterator[Person]:
    return map(person, _entries(members))


def entries(value: Any) -> Iterator[str | dict[str, Any]]:
    """Everyone in any form of people, as the file gives them: text, or one in parts.  Much quicker than `people`."""
    if isinstance(value, str):
        return iter(() if is_reference(value.strip()) else split(value))
    groups = value.values() if isinstance(value, dict) and not is_person(value) else (value,)
    return (entry for members in groups for entry in _entries(members))


def _entries(members: Any) -> Iterator[str | dict[str, Any]]:
    if isinstance(members, str):
        yield from split(members)
    elif is_person(members):
        yield members
    elif isinstance(members, list):
        yield from (member for member in members if is_person(member) or _is_name(member))


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def split(text: str) -> tuple[str, ...]:
    """The names of one text: at 、 and line ends, or at commas and semicolons where there is no 、; never in brackets.

    >>> split("王一（上午、下午）、李二"), split("王一, 李二")
    (('王一（上午、下午）', '李二'), ('王一', '李二'))
    """
    marks = "、\n" if re.search("[、\n]", text) else "，,；;"
    if not any(bracket in text for bracket in "（(〔["):
        return tuple(part.strip() for part in re.split(f"[{marks}]", text) if part.strip())
    parts, depth = [""], 0
    for c in text:
        depth = max(0, depth + (c in "（(〔[") - (c in "）)〕]"))
        if c in marks and not depth:
            parts.append("")
        else:
            parts[-1] += c
    return tuple(part.strip() for part in parts if part.strip())


def person(value: str | dict[str, Any]) -> Person:
    """One person: text as it prints, or parts put together.

    >>> person({"name": "馬正維", "title": "主任", "acting": True}).prints
    '馬主任正維（代）'
    """
    if isinstance(value, str):
        return Person(value.strip())
    parts = {key: text.strip() for key, text in value.items() if key in _TEXTS and isinstance(text, str)}
    made = Person("", acting=value.get("acting") is True, **parts)
    return replace(made, prints=_prints(made))


_TEXTS = frozenset(("name", "title", "surname", "organization", "unit", "role", "proxy", "mode", "part", "note"))


def _prints(who: Person) -> str:
    text = _titled(who)
    if who.organization or who.unit or who.role:
        text = _joined((who.organization, who.unit, who.role, text))
    if not (who.acting or who.proxy or who.mode or who.part or who.note):
        return text
    tails = ("代" if who.acting else "", f"{who.proxy}代" if who.proxy else "", who.mode, who.part, who.note)
    return text + "".join([f"（{tail}）" for tail in tails if tail])


def _joined(parts: Iterable[str]) -> str:
    text = ""
    for part in filter(None, parts):
        text += (" " if text and re.search(_LATIN, text[-1] + part[0]) else "") + part
    return text


def _titled(who: Person) -> str:
    """馬主任正維: the title stands behind the surname; behind the whole name where the surname is not known."""
    name = "".join(who.name.split())
    if not who.title or who.title in name:
        return who.name
    if who.surname and not name.startswith(who.surname):
        return who.surname + who.title + name
    surname = who.surname or _surname(name)
    if not surname:
        return who.name + (who.title if name and is_ideograph(name[-1]) else " " + who.title)
    return surname + who.title + name[len(surname) :]


def _surname(name: str) -> str:
    """The surname of a full name, or "" where it cannot be told: of 谷辣斯 or John Smith nothing is guessed."""
    if not all(map(is_ideograph, name)):
        return ""
    if len(name) > 2 and name[:2] in COMPOUND:
        return name[:2]
    return name[0] if 2 <= len(name) <= 3 else ""


def bare(text: str) -> str:
    """A name as it compares: NFC, without inner spaces and without the brackets behind it.

    >>> bare("周　翊（請假）")
    '周翊'
    """
    name = "".join(unicodedata.normalize("NFC", text).split())
    return re.sub(_TAIL, "", name) if name.endswith(("）", ")", "〕", "]")) else name


def same_name(a: str, b: str) -> bool:
    """Whether two printed names are the same but for inner spaces and bracketed tails."""
    return bare(a) == bare(b)


def keys(who: Person) -> frozenset[str]:
    """What a person may be known by: the printed form, and where the parts are known the bare name and the name with
    its title.  Two persons who share a key are the same."""
    forms = {bare(who.prints)}
    if who.name:
        forms |= {bare(who.name), bare(_titled(who))}
    return frozenset(forms - {""})


def same(a: Person, b: Person) -> bool:
    """Whether two entries name the same person."""
    return not keys(a).isdisjoint(keys(b))
