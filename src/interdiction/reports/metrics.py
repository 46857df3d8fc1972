"""What an institution is asked about its filter: alerts, how many were false, how long it took, what is covered.

Every figure names what it counts of. The share of false hits is told of the alerts and of everybody screened: a share
without its denominator says nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from statistics import median, quantiles
from typing import Final

import msgspec

from interdiction.cases.clearance import in_force
from interdiction.cases.joining import AGAIN
from interdiction.model import Edition, Outcome, RunEnd
from interdiction.model.case import Alerted, Approved, Case, CaseEntry, CaseState, Decided, Reviewed
from interdiction.model.clearance import Clearance
from interdiction.model.monitored import Monitored
from interdiction.model.rescreen import Rescreen, RescreenEnd

_AGES: Final = ((1, "under 1 day"), (3, "1 to 3 days"), (7, "3 to 7 days"), (30, "7 to 30 days"))
_OLDER: Final = "over 30 days"


class Figure(msgspec.Struct, frozen=True):
    """One figure: what is measured, of what part, its value and unit, and how many it was taken over."""

    measure: str
    of: str
    value: float
    unit: str
    over: int


class Counted(msgspec.Struct, frozen=True):
    """What the figures are taken from, as it stands in a home; `screened` are the runs of the days told of."""

    cases: Sequence[Case]
    entries: Sequence[CaseEntry]
    clearances: Sequence[Clearance] = ()
    editions: Sequence[Edition] = ()
    screened: Sequence[RunEnd] = ()
    books: Sequence[Monitored] = ()
    rescreens: Sequence[tuple[Rescreen, RescreenEnd | None]] = ()


def figures(counted: Counted, *, first: date, last: date, at: datetime) -> list[Figure]:
    """Give the figures of the days from `first` to `last`; ages are told as of `at`."""
    entries = [one for one in counted.entries if first <= one.at.date() <= last]
    return [
        *_alerts(entries),
        *_outcomes(counted, entries, first, last),
        *_times(counted, entries),
        *_ageing(counted.cases, at),
        *_looked_again(counted.cases, entries),
        *_clearances(counted.clearances, at),
        *_lists(counted.editions, at),
        *_coverage(counted.books, counted.rescreens, at),
    ]


def _alerts(entries: Sequence[CaseEntry]) -> Iterator[Figure]:
    found = Counter(
        alert.found_by
        for one in entries
        if isinstance(one.action, Alerted)
        for alert in one.action.alerts
        if alert.found_by not in AGAIN
    )
    total = sum(found.values())
    yield Figure("alerts", "all", total, "alerts", total)
    for name, count in sorted(found.items()):
        yield Figure("alerts", name, count, "alerts", total)
    opened = [one for one in entries if isinstance(one.action, Alerted) and one.place == 1]
    yield Figure("cases opened", "all", len(opened), "cases", len(opened))


def _outcomes(counted: Counted, entries: Sequence[CaseEntry], first: date, last: date) -> Iterator[Figure]:
    touched = {one.case for one in entries if isinstance(one.action, Decided | Approved)}
    pairs = [pair for case in counted.cases if case.number in touched for pair in case.pairs if pair.basis]
    said = Counter(pair.outcome.value for pair in pairs)
    for outcome in Outcome:
        yield Figure("outcomes", outcome.value, said[outcome.value], "pairs", len(pairs))
    yield Figure("outcomes", "true, released", sum(pair.released for pair in pairs), "pairs", len(pairs))
    false, settled = said["false"], said["false"] + said["true"]
    if settled:
        yield Figure("false hits", "of decided pairs", false / settled, "share", settled)
    rescreened = [ended for _, ended in counted.rescreens if ended and first <= ended.ended_at.date() <= last]
    screened = sum(one.screened for one in counted.screened) + sum(one.screened for one in rescreened)
    if screened:
        yield Figure("false hits", "of everybody screened", false / screened, "share", screened)


def _times(counted: Counted, entries: Sequence[CaseEntry]) -> Iterator[Figure]:
    opened = {case.number: case.opened_at for case in counted.cases}
    decided: dict[int, datetime] = {}
    approved: dict[int, datetime] = {}
    for one in entries:
        if isinstance(one.action, Decided):
            decided.setdefault(one.case, one.at)
        if isinstance(one.action, Approved):
            approved.setdefault(one.case, one.at)
    spans = {
        "to the first decision": [at - opened[case] for case, at in decided.items()],
        "from it to the second person": [at - decided[case] for case, at in approved.items() if case in decided],
        "to the end": _ended(counted.cases, entries),
    }
    for of, several in spans.items():
        hours = sorted(span.total_seconds() / 3600 for span in several)
        if hours:
            yield Figure("time, median", of, median(hours), "hours", len(hours))
            yield Figure("time, 90 of 100", of, _ninety(hours), "hours", len(hours))


def _ended(cases: Iterable[Case], entries: Sequence[CaseEntry]) -> list[timedelta]:
    """Give how long the cases took that one of these steps closed."""
    steps = {(one.case, one.at) for one in entries}
    return [
        case.closed_at - case.opened_at
        for case in cases
        if case.closed_at is not None and (case.number, case.closed_at) in steps
    ]


def _ninety(hours: Sequence[float]) -> float:
    return quantiles(hours, n=10, method="inclusive")[-1] if len(hours) > 1 else hours[0]


def _ageing(cases: Iterable[Case], at: datetime) -> Iterator[Figure]:
    left = [case for case in cases if case.state is not CaseState.CLOSED]
    ages = Counter(_age(at - case.opened_at) for case in left)
    for name in (*(name for _, name in _AGES), _OLDER):
        yield Figure("open cases", name, ages[name], "cases", len(left))
    states = Counter(case.state.value for case in left)
    for state in (CaseState.OPEN, CaseState.WAITING, CaseState.ASKED):
        yield Figure("open cases", state.value, states[state.value], "cases", len(left))
    yield Figure("open cases", "overdue", sum(case.due < at for case in left), "cases", len(left))
    asked = [one for case in left for one in case.requests if not one.answer]
    yield Figure("requests for information", "overdue", sum(one.due < at for one in asked), "requests", len(asked))


def _age(age: timedelta) -> str:
    return next((name for days, name in _AGES if age < timedelta(days=days)), _OLDER)


def _looked_again(cases: Sequence[Case], entries: Sequence[CaseEntry]) -> Iterator[Figure]:
    closed = [case for case in cases if case.state is CaseState.CLOSED]
    settled = [pair for case in closed for pair in case.pairs]
    yield Figure("closed pairs", "by two people", sum(bool(pair.second) for pair in settled), "pairs", len(settled))
    reviews = [one.action for one in entries if isinstance(one.action, Reviewed)]
    yield Figure("sample", "looked at again", len(reviews), "cases", len(closed))
    yield Figure("sample", "disagreed with", sum(not one.agrees for one in reviews), "cases", len(reviews))
    yield Figure("sample", "still to be looked at", sum(bool(case.drawn) for case in cases), "cases", len(cases))


def _clearances(clearances: Sequence[Clearance], at: datetime) -> Iterator[Figure]:
    standing = [one for one in clearances if in_force(one, at)]
    soon = at.date() + timedelta(days=30)
    yield Figure("clearances", "in force", len(standing), "clearances", len(clearances))
    ending = sum(one.expires <= soon for one in standing)
    yield Figure("clearances", "end in 30 days", ending, "clearances", len(standing))


def _lists(editions: Iterable[Edition], at: datetime) -> Iterator[Figure]:
    for one in editions:
        yield Figure("list age", one.list, (at.date() - one.on).days, "days", one.listings)


def _coverage(
    books: Sequence[Monitored], rescreens: Sequence[tuple[Rescreen, RescreenEnd | None]], at: datetime
) -> Iterator[Figure]:
    for book in books:
        if book.removed_at is not None:
            continue
        yield Figure("rejected rows", book.source, len(book.rejected), "rows", book.customers)
        mine = [(begun, ended) for begun, ended in rescreens if begun.source == book.source]
        last = next(((begun, ended) for begun, ended in mine if ended is not None and ended.complete), None)
        covered = 0
        if last is not None and last[0].version == book.version:
            covered = last[1].screened
        share = covered / book.customers if book.customers else 0.0
        yield Figure("monitoring", f"{book.source}, screened", share, "share", book.customers)
        if last is not None:
            hours = (at - last[1].ended_at).total_seconds() / 3600
            yield Figure("monitoring", f"{book.source}, last complete", hours, "hours ago", last[1].screened)
