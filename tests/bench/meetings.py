"""A number in, one valid meeting of about 12 KB out: always the same for the same number.

The meeting is drawn once; its spelling (nested lists, headings or natural numbering, English or Chinese keys) is chosen
by its number, so that a thousand of them hold everything that recorders write in about equal parts.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from . import spelling, words
from .drawn import Case, Meeting, Person, Point, Row, Section, Speaker
from .front import CHINESE, ENGLISH, front

SPELLINGS = (*spelling.BODIES, "mixed")


class Written(NamedTuple):
    """A meeting file, and its front matter in canonical keys and values, as another tool can check it."""

    name: str
    text: str
    front: str


def write(folder: Path, count: int) -> Iterator[Path]:
    """Write `count` meetings into `folder`/minutes, and their front matter alone into `folder`/front."""
    for part in ("minutes", "front"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for number in range(count):
        written = meeting(number)
        (folder / "front" / f"{written.name}.yaml").write_text(written.front, encoding="utf-8")
        path = folder / "minutes" / f"{written.name}.md"
        path.write_text(written.text, encoding="utf-8")
        yield path


def meeting(number: int) -> Written:
    """The meeting of one number."""
    drawn = _draw(random.Random(number), number)
    body = SPELLINGS[number % len(SPELLINGS)]
    keys = CHINESE if number // len(SPELLINGS) % 2 else ENGLISH
    text = f"---\n{front(drawn, keys)}---\n\n{spelling.body(drawn, body)}"
    return Written(f"{number:04d}-{drawn.series}", text, front(drawn, ENGLISH))


def _draw(dice: random.Random, number: int) -> Meeting:
    # Each body of each town meets in turn, so that any number of meetings are whole series, in the order of their dates.
    turn, place = divmod(number, len(words.TOWNS) * len(words.BODIES))
    town, (body, series) = words.TOWNS[place % len(words.TOWNS)], words.BODIES[place // len(words.TOWNS)]
    day = datetime.datetime(2005, 1, 3, 9) + datetime.timedelta(days=28 * turn + place % 26)
    start = day + datetime.timedelta(minutes=30 * dice.randrange(12))
    voice = _Voice(dice, town)
    people = voice.people(45)
    members = tuple(p._replace(unit=dice.choice(words.OUTSIDE), title="委員") for p in people[2:21])
    return Meeting(
        title=f"{town}{body}第{turn + 5}次會議",
        organization=f"{town}政府",
        series=series,
        session=turn + 5,
        start=start,
        end=start + datetime.timedelta(minutes=105 + 5 * dice.randrange(12)),
        location=f"{town}{dice.choice(words.ROOMS)}",
        chair=people[0],
        recorder=people[1],
        members=members,
        officials=people[21:41],
        observers=people[41:],
        attachments=tuple(f"{dice.choice(words.TOPICS)}{kind}" for kind in ("簡報", "辦理情形表", "計畫（草案）")),
        sections=voice.sections(tuple(f"{p.name[0]}委員{p.name[1:]}" for p in members)),
    )


class _Voice:
    """Draws sentences, and everything that is made of them."""

    def __init__(self, dice: random.Random, town: str) -> None:
        self.dice = dice
        self.town = town

    def say(self, forms: tuple[str, ...]) -> str:
        return self.dice.choice(forms).format(
            topic=self.dice.choice(words.TOPICS),
            unit=self.dice.choice(words.UNITS),
            group=self.dice.choice(words.GROUPS),
            place=self.town + self.dice.choice("東西南北") + "區",
            n=self.dice.randrange(12, 96),
            m=self.dice.randrange(2, 10),
        )

    def points(self, forms: tuple[str, ...], low: int, high: int) -> tuple[Point, ...]:
        return tuple(Point(self.say(forms)) for _ in range(self.dice.randint(low, high)))

    def people(self, count: int) -> tuple[Person, ...]:
        names = self.dice.sample([s + g for s in words.SURNAMES for g in words.GIVEN], count)
        return tuple(Person(name, self.dice.choice(words.UNITS), self.dice.choice(words.TITLES)) for name in names)

    def tracked(self, session: int) -> Row:
        decision = f"第{session}次會議決議{self.dice.randrange(1, 9)}"
        return Row(decision, self.say(words.FACTS), self.dice.choice(("繼續列管", "解除列管", "自行列管")))

    def speakers(self, members: tuple[str, ...]) -> tuple[Speaker, ...]:
        return tuple(
            Speaker(
                name,
                self.points(words.OPINIONS, 1, 3),
                self.dice.choice(words.UNITS),
                self.points(words.ANSWERS, 1, 2) if self.dice.random() < 0.6 else (),
            )
            for name in self.dice.sample(members, self.dice.randint(3, 4))
        )

    def case(self, members: tuple[str, ...]) -> Case:
        topic = self.dice.choice(words.TOPICS)
        return Case(
            f"{topic}辦理方式，請討論。",
            self.points(words.REASONS, 3, 4),
            self.points(words.PLANS, 3, 3),
            self.speakers(members),
            self.say(words.RULINGS),
        )

    def sections(self, members: tuple[str, ...]) -> tuple[Section, ...]:
        report = tuple(
            Point(f"{self.dice.choice(words.TOPICS)}{what}", self.points(words.FACTS, 3, 3))
            for what in ("辦理情形如下：", "推動現況說明如附件2：", "下年度計畫如附件3，重點如下：")
        )
        decided = tuple(Point(self.say(words.DECISIONS), owner=self.dice.choice(words.UNITS)) for _ in range(4))
        return (
            Section("主席致詞", text=self.say(words.GREETINGS)),
            Section("歷次會議決議追蹤", rows=tuple(self.tracked(before) for before in range(1, 5))),
            Section("專題分享", (Point("辦理情形簡報（如附件1）。"),), speakers=self.speakers(members)),
            Section("報告事項", report),
            Section("討論事項", cases=tuple(self.case(members) for _ in range(2))),
            Section("臨時動議", text="無"),
            Section("決議事項", decided),
        )
