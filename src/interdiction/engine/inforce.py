"""What is in force on a day: the edition of each list that an answer rests on, and its listings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

import msgspec
from msgspec.structs import replace

from interdiction.engine.home import Home
from interdiction.errors import NoListError, StaleListError
from interdiction.lists.sources import Sources
from interdiction.model import Edition, EditionState, Listing


class EditionInForce(msgspec.Struct, frozen=True):
    """One edition as answers name it. `parts` are roles; `age_days` counts to the day asked about (see `aged`)."""

    list: str
    edition: str
    sha256: str
    age_days: int | None
    parts: tuple[str, ...]
    on: date
    state: EditionState
    seq: int
    waiting: int = 0

    def aged(self, today: date) -> EditionInForce:
        """Give the same edition with its age on `today`: an age that was kept is soon wrong."""
        return replace(self, age_days=(today - self.on).days)


def named(edition: Edition, today: date | None = None) -> EditionInForce:
    """Give an edition as answers name it."""
    plain = EditionInForce(
        list=edition.list,
        edition=edition.id,
        sha256=edition.sha256,
        age_days=None,
        parts=tuple(part.role for part in edition.parts),
        on=edition.on,
        state=edition.state,
        seq=edition.seq,
        waiting=edition.waiting,
    )
    return plain if today is None else plain.aged(today)


def in_force(
    home: Home, as_of: date | None = None, *, today: date | None = None, known_by: datetime | None = None
) -> list[EditionInForce]:
    """Give the edition of each list in force: the last one of `as_of` or before, the last one without.

    `today` is the day ages are counted to when there is no `as_of`; `known_by` leaves out what came to us
    later (the second clock). Raises `NoListError` when there is none at all.
    """
    with home.reading() as reader:
        found = reader.last_editions(as_of, known_by)
    if not found:
        raise NoListError(
            f"no list was in force on {as_of}" if as_of else "no list is in force",
            where=str(home.path),
            mend="import one: interdict lists import ofac-sdn PATH (--history for an edition of an earlier day)",
        )
    return [named(edition, as_of or today) for edition in found]


def iter_listings(
    home: Home, as_of: date | None = None, *, editions: Sequence[EditionInForce] | None = None
) -> Iterator[Listing]:
    """Give every listing in force, by list and uid.

    With `editions` (from `in_force`) exactly those are read, whatever is imported in between: the state at an
    edition never changes. Raises as `in_force` does.
    """
    if editions is None:
        editions = in_force(home, as_of)
    with home.reading() as reader:
        for edition in editions:
            yield from reader.listings(edition.list, edition.seq)


def refuse_stale(
    editions: Sequence[EditionInForce], max_age_days: Mapping[str, int], sources: Sources | None = None
) -> None:
    """Refuse to answer from a list older than its maximum age; a list without one never is.

    Raises `StaleListError` naming the oldest. `editions` carry their age on the day asked about.
    """
    stale = [edition for edition in editions if is_stale(edition, max_age_days, sources)]
    if stale:
        worst = max(stale, key=lambda edition: edition.age_days or 0)
        raise StaleListError(
            f"{worst.edition} is {worst.age_days} days old",
            where=worst.list,
            mend="import a newer edition, or raise its max_age_days in config.toml",
        )


def is_stale(edition: EditionInForce, max_age_days: Mapping[str, int], sources: Sources | None = None) -> bool:
    """Tell whether an edition is older than the home's config, or else its source, allows."""
    register = sources or Sources.load()
    limit = max_age_days.get(edition.list)
    if limit is None and edition.list in register:
        limit = register.get(edition.list).max_age_days
    return limit is not None and edition.age_days is not None and edition.age_days > limit
