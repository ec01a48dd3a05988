"""What a run has found in; what is said of it beside the report, or behind it, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from minutes_cli.say import NOTHING, Say

if TYPE_CHECKING:
    from minutes_cli.commands._outcome import Outcome
    from minutes_cli.files.search import Seen
    from minutes_cli.judging.baseline import Baseline

_SHOWN = 5  # entries of a baseline that are named


def tally(outcome: Outcome) -> Say:
    """How many files were judged, and what was found in them."""
    from minutes_cli.report._count import Tally
    from minutes_cli.report._prose import summary

    counted = Tally(outcome.files, outcome.severities)
    return Say(summary(counted, "zh"), summary(counted, "en"))


def statistics(outcome: Outcome) -> Say:
    """How often each code was found, the most frequent first."""
    from minutes_cli.judging.pages import page

    rows = sorted(outcome.codes.items(), key=lambda row: (-row[1], row[0]))
    width = max((len(code) for code, _ in rows), default=0)
    titles = {code: found.title if (found := page(code)) else NOTHING for code, _ in rows}
    lines = [(f"{count:>6}  {code:<{width}}  ", titles[code]) for code, count in rows]
    return Say(
        "".join(f"{start}{title.zh}".rstrip() + "\n" for start, title in lines),
        "".join(f"{start}{title.en}".rstrip() + "\n" for start, title in lines),
    )


def last(outcome: Outcome, seen: Sequence[Seen], verbose: bool) -> Say:
    """What a report does not tell: which files were passed over, and what the baseline hides; "" for nothing."""
    parts = [_skipped(seen, verbose)] if seen else []
    if outcome.baseline:
        parts += _beside(outcome.baseline)
    return Say("".join(part.zh + "\n" for part in parts), "".join(part.en + "\n" for part in parts))


def _skipped(seen: Sequence[Seen], verbose: bool) -> Say:
    from minutes_cli.files.search import REASONS, shown

    counts = Counter(one.why for one in seen)
    why = [(counts[reason], say) for reason, say in REASONS.items() if counts[reason]]
    zh = f"略過 {len(seen)} 項：" + "、".join(f"{count} 項{say.zh}" for count, say in why)
    en = f"{len(seen)} skipped: " + ", ".join(f"{count} {say.en}" for count, say in why)
    if not verbose:
        return Say(f"{zh}（加 --verbose 逐一列出）。", f"{en} (--verbose lists them).")
    each = [(shown(one.at), REASONS[one.why]) for one in seen]
    return Say(
        "".join(f"略過　{name}：{say.zh}\n" for name, say in each) + f"{zh}。",
        "".join(f"skipped  {name}: {say.en}\n" for name, say in each) + f"{en}.",
    )


def _beside(baseline: Baseline) -> Iterator[Say]:
    from minutes_cli.files.search import shown

    name = shown(baseline.path)
    yield Say(
        f"基準檔 {name} 已有的 {baseline.hidden} 個問題沒有列出。",
        f"{_findings(baseline.hidden)} in {name} already, not told.",
    )
    gone = [f"{file} [{code}]" for file, code in baseline.gone] + list(baseline.lost())
    if gone:
        zh, en = (joint.join(gone[:_SHOWN]) + (" …" if len(gone) > _SHOWN else "") for joint in ("、", ", "))
        yield Say(
            f"基準檔裡有 {len(gone)} 項已經不在了：{zh}；可以用 --write-baseline 重寫。",
            f"{len(gone)} of its entries are there no longer: {en}; write it anew with --write-baseline.",
        )


def _findings(count: int) -> str:
    return f"{count} finding" + ("" if count == 1 else "s")
