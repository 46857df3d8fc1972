"""Sets what a home has in force beside what the law of a place asks for: a statement that somebody can sign."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import msgspec

from interdiction.engine.history import ListStatus, doubt, status
from interdiction.engine.home import Home
from interdiction.errors import NoListError
from interdiction.lists.coverage import Regime, Uncovered, Wanted
from interdiction.lists.sources import Sources


class Covered(msgspec.Struct, frozen=True):
    """One list that is asked for, and the edition of it in force; `edition` is `None` where there is none.

    `checked_at` is when the publisher last confirmed it (none: it was brought by hand); `alarm` what somebody has to
    decide first; `confirmed` says whether the source of the demand was read.
    """

    list: str
    title: str
    publisher: str
    must: bool
    why: str
    source: str
    confirmed: bool
    edition: str | None = None
    on: date | None = None
    age_days: int | None = None
    listings: int = 0
    checked_at: datetime | None = None
    stale: bool = False
    max_age_days: int | None = None
    alarm: str | None = None


class Statement(msgspec.Struct, frozen=True):
    """What is covered of the law of one place, at an instant.

    `missing` are lists one must have and that are not in force, `wanting` those in force that are stale, that nobody
    confirmed for long, or that wait for a decision. `complete` says that there is neither: what stands under
    `not_covered` is not covered even then.
    """

    regime: str
    title: str
    binds: str
    at: datetime
    lists: tuple[Covered, ...]
    not_covered: tuple[Uncovered, ...]
    missing: tuple[str, ...]
    wanting: tuple[str, ...]
    also: tuple[str, ...] = ()
    """Editions in force of lists that this law does not ask for, own lists among them."""

    @property
    def complete(self) -> bool:
        """Whether every list one must have is in force, fresh, and whole."""
        return not self.missing and not self.wanting


def coverage(
    home: Home | None,
    regimes: Sequence[Regime],
    at: datetime,
    *,
    max_age_days: Mapping[str, int] | None = None,
    sources: Sources | None = None,
) -> tuple[Statement, ...]:
    """State the coverage of each regime at the instant `at`; without a home (or with an empty one) nothing is."""
    register, ages = sources or Sources.load(), max_age_days or {}
    here: dict[str, ListStatus] = {}
    if home is not None:
        with contextlib.suppress(NoListError):
            here = {one.list: one for one in status(home, at, max_age_days=ages, sources=register).lists}
    return tuple(_statement(regime, here, register, ages, at) for regime in regimes)


def _statement(
    regime: Regime, here: Mapping[str, ListStatus], register: Sources, ages: Mapping[str, int], at: datetime
) -> Statement:
    wanted = [(one, True) for one in regime.must] + [(one, False) for one in regime.beside]
    lists = tuple(_covered(one, here.get(one.list), register, ages, at, must=must) for one, must in wanted)
    asked = {one.list for one in lists}
    return Statement(
        regime=regime.key,
        title=regime.title,
        binds=regime.binds,
        at=at,
        lists=lists,
        not_covered=regime.not_covered,
        missing=tuple(one.list for one in lists if one.must and one.edition is None),
        wanting=tuple(one.list for one in lists if one.must and one.edition is not None and one.alarm),
        also=tuple(one.edition.id for one in here.values() if one.list not in asked),
    )


def _covered(
    wanted: Wanted,
    found: ListStatus | None,
    register: Sources,
    ages: Mapping[str, int],
    at: datetime,
    *,
    must: bool,
) -> Covered:
    source = register.get(wanted.list)
    plain = Covered(
        list=wanted.list,
        title=source.title,
        publisher=source.publisher,
        must=must,
        why=wanted.why,
        source=wanted.source,
        confirmed=wanted.verified,
        max_age_days=ages.get(wanted.list, source.max_age_days),
    )
    if found is None:
        return plain
    return msgspec.structs.replace(
        plain,
        edition=found.edition.id,
        on=found.edition.on,
        age_days=found.age_days,
        listings=found.edition.listings,
        checked_at=found.checked_at,
        stale=found.stale,
        alarm="; ".join(
            one for one in (found.alarm, doubt(found.age_days, found.checked_at, wanted.fresh_days, at)) if one
        )
        or None,
    )
