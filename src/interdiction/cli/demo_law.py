"""The second part of the worked example on the screen: what was announced, who is meant, the law beyond names."""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from interdiction.model import Consequence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from interdiction.engine.legal_cases import Case
    from interdiction.engine.second import Meant, Second

WIDTH = 100


def second_lines(second: Second) -> Iterator[str]:
    """Give the second part, each line at most `WIDTH` columns."""
    yield from _announced(second)
    yield from _meant(second.meant)
    yield "7  A company on no list, held by two of the ten"
    yield from _told(f"{second.owned.sentence} The picture is results/{second.picture}.", 3)
    yield ""
    yield "8  What the law asks where no name decides (interdict demo --law says why)"
    for case in second.cases:
        one = case.decision
        yield from wrap(
            f"   {one.disposition.value.upper():<7} {one.payment}  {case.shows}", WIDTH, subsequent_indent=" " * 17
        )
    yield ""
    yield from _owed(second)


def law_lines(cases: Sequence[Case]) -> Iterator[str]:
    """Give every case with its decision and why, each line at most `WIDTH` columns."""
    yield "What the law asks where no name decides; at a bank in the United States unless the case says so."
    for case in cases:
        one = case.decision
        yield ""
        head = f"{one.disposition.value.upper():<8} {one.payment}  {case.shows}"
        yield from wrap(head, WIDTH, subsequent_indent=" " * 15)
        yield from _told(one.sentence, 9)
        for due in one.due:
            by = f" by {due.by:%d %B %Y}" if due.by else ""
            yield f"         due to {due.to}{by}: {due.rule}"


def _announced(second: Second) -> Iterator[str]:
    draft = second.announcement
    counts = " and ".join(f"{one.number} {one.kind.value if one.kind else 'parties'}s" for one in draft.counts)
    found = sum(bool(one.listings) for one in draft.targets)
    what = draft.instrument.value if draft.instrument else "no instrument"
    day = draft.day.value if draft.day else "no day"
    yield f"5  What the announcement says: {what}, {day}, {counts}"
    agrees = "agree" if all(one.agrees for one in draft.counts) else "differ"
    yield f"   {len(draft.targets)} targets named, {found} found on the list; its counts {agrees}"
    yield ""


def _meant(meant: Sequence[Meant]) -> Iterator[str]:
    already = [one for one in meant if one.before is Consequence.FREEZE]
    fresh = [one for one in meant if one.before is not Consequence.FREEZE and one.after is Consequence.FREEZE]
    yield "6  Whom the order means, once an officer has said that a customer is that party"
    yield from _several("frozen the day before as well", already)
    yield from _several("frozen from 2 January 2015", fresh)
    names = {"eu": "the law of the European Union", "un": "the Security Council"}
    for kind, name in names.items():
        said = [dict(one.elsewhere)[kind] for one in meant]
        frozen = said.count(Consequence.FREEZE)
        left = len(said) - frozen
        yield from _told(f"at a bank bound by {name}: this list freezes {frozen}, counsel reviews {left}", 3)
    yield ""


def _several(title: str, several: Sequence[Meant]) -> Iterator[str]:
    listed = " · ".join(f"{one.name} {one.listing.partition(':')[2]}" for one in several)
    yield from _told(f"{title} ({len(several)}): {listed}", 3)


def _owed(second: Second) -> Iterator[str]:
    from interdiction.cli.ledger_views import findings
    from interdiction.cli.report import state_at
    from interdiction.engine.legal_cases import ORDER
    from interdiction.reports.due import owed
    from interdiction.reports.reconcile import Grade, of_grade

    state = state_at(Path(second.home))
    sums = {unit: sum(one.balance() for one in state.held if one.what.unit == unit)
            for unit in sorted({one.what.unit for one in state.held})}  # fmt: skip
    held = ", ".join(f"{value:,.2f} {unit}" for unit, value in sums.items())
    reports = [one for one in owed(state, ORDER) if one.subject.startswith("B-")]
    days = sorted({one.by for one in reports if one.by is not None})
    counted = second.blocked == second.entered == len(state.held) == len(reports)
    differing = of_grade(findings(Path(second.home), ORDER), Grade.DIFFERS)
    agree = "they agree" if counted and not differing else f"they DIFFER in {max(len(differing), 1)}"
    yield (
        f"9  Owed: {len(reports)} reports to OFAC by {', '.join(f'{day:%d %B %Y}' for day in days)}, "
        f"ten business days after the order"
    )
    yield from _told(
        f"{second.blocked} decisions that block, {len(state.held)} in the ledger ({held}), {len(reports)} reports: "
        f"held against each other (interdict ledger reconcile) {agree}",
        3,
    )


def _told(text: str, indent: int) -> list[str]:
    return wrap(text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent)
