"""Answers about the lists themselves: their status, one listing with its past, what changed between two days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

import msgspec

from interdiction.engine.home import Home
from interdiction.engine.inforce import EditionInForce, is_stale, named
from interdiction.errors import NoListError, UsageError
from interdiction.lists.diff import Diff, field_changes, incomparable, not_comparable
from interdiction.lists.diff import diff as list_diff
from interdiction.lists.sources import Sources
from interdiction.model import (
    ChangeKind,
    Edition,
    EditionState,
    FetchAttempt,
    FieldChange,
    Listing,
    ListSource,
    Problem,
    Verdict,
)

if TYPE_CHECKING:
    from interdiction.store.reading import Reader, Refusal


class ListStatus(msgspec.Struct, frozen=True):
    """One list as it stands: its edition in force, how many are kept, what is wrong with it.

    `alarm` says what somebody has to decide; `refusal` is the last one, when it came after the edition; `checked_at`
    is when the publisher last answered with this edition or a newer one, `attempt` the last attempt to fetch.
    """

    list: str
    title: str
    edition: Edition
    age_days: int
    stale: bool
    editions: int
    alarm: str | None
    refusal: Refusal | None
    checked_at: datetime | None = None
    attempt: FetchAttempt | None = None
    doubt: str | None = None
    """Why nobody can know that this is the publisher's last edition, where neither its day nor the publisher tells."""


class Status(msgspec.Struct, frozen=True):
    """The lists in force, and refusals of lists of which none is."""

    lists: tuple[ListStatus, ...]
    refusals: tuple[Refusal, ...]


class State(msgspec.Struct, frozen=True):
    """One state in a listing's past: from which edition, what happened there, and until which day."""

    kind: ChangeKind
    edition: str
    on: date
    until: date | None
    fields: tuple[FieldChange, ...]


class Shown(msgspec.Struct, frozen=True):
    """One listing on a day: `listing` is `None` when it was not in force then; `states` are all it ever had."""

    id: str
    edition: EditionInForce
    listing: Listing | None
    states: tuple[State, ...]


class DiffReport(msgspec.Struct, frozen=True):
    """What changed, between which editions, and what could not be compared."""

    result: Diff
    editions: tuple[EditionInForce, EditionInForce]
    problems: tuple[Problem, ...]


def status(
    home: Home, at: datetime, *, max_age_days: Mapping[str, int] | None = None, sources: Sources | None = None
) -> Status:
    """Give the status of every list at the instant `at`. Raises `NoListError` for a home without a store."""
    register = sources or Sources.load()
    with home.reading() as reader:
        editions, refusals = reader.editions(), {refusal.list: refusal for refusal in reader.refusals()}
        attempts, good = reader.last_attempts(), reader.last_attempts(good=True)
    last: dict[str, Edition] = {edition.list: edition for edition in editions}
    counts = {key: sum(edition.list == key for edition in editions) for key in last}
    rows = []
    for key, edition in last.items():
        refusal = refusals.pop(key, None)
        if refusal is not None and refusal.at < edition.known_at:
            refusal = None
        here = named(edition, at.date())
        stale = is_stale(here, max_age_days or {}, register)
        title = register.get(key).title if key in register else key
        attempt, checked = attempts.get(key), good.get(key)
        alarm = _alarm(edition, refusal, attempt, stale=stale)
        rows.append(
            ListStatus(
                list=key,
                title=title,
                edition=edition,
                age_days=here.age_days or 0,
                stale=stale,
                editions=counts[key],
                alarm=alarm,
                refusal=refusal,
                checked_at=checked.at if checked else None,
                attempt=attempt,
                doubt=doubt(here.age_days or 0, checked.at if checked else None, FRESH_DAYS, at)
                if key in register and register.get(key).fetch
                else None,
            )
        )
    return Status(tuple(rows), tuple(refusals.values()))


FRESH_DAYS = 7
"""Days without a word of its publisher after which an edition may not be the last: OFAC publishes twice a week."""


def doubt(age_days: int, checked_at: datetime | None, fresh_days: int, at: datetime) -> str | None:
    """Say that there may be a newer edition; `None` where this one, or its publisher's word, is fresh."""
    days = age_days if checked_at is None else min(age_days, (at - checked_at).days)
    if days <= fresh_days:
        return None
    asked = "its publisher was never asked" if checked_at is None else f"its publisher was last asked {days} days ago"
    return f"the edition is {age_days} days old and {asked}: there may be a newer one"


def _alarm(edition: Edition, refusal: Refusal | None, attempt: FetchAttempt | None, *, stale: bool) -> str | None:
    alarms = []
    if edition.state is EditionState.OVERLAY:
        alarms.append(
            f"defective: {edition.waiting} removals wait; import it again, or the same files with "
            "--accept-problems --by NAME"
        )
    if refusal is not None:
        alarms.append(f"a later edition was refused ({refusal.code}): {refusal.message}")
    if attempt is not None and attempt.verdict is Verdict.FAILED and attempt.at >= edition.known_at:
        alarms.append(f"the last fetch failed ({attempt.code}): {attempt.message}")
    if stale:
        alarms.append("older than its maximum age")
    return "; ".join(alarms) or None


def show(
    home: Home,
    listing_id: str,
    as_of: date | None = None,
    *,
    known_at: datetime | None = None,
    today: date | None = None,
) -> Shown:
    """Give one listing as it stood, with the editions in which it changed.

    `listing_id` is LIST:UID, or a UID that only one list ever used; `known_at` leaves out editions that came later.
    Raises `UsageError` (`listing-id`, `unknown-listing`), `NoListError`.
    """
    with home.reading() as reader:
        key, uid = _named_listing(reader, listing_id.strip())
        edition = _edition_on(reader, key, as_of, known_at)
        editions = {one.seq: one for one in reader.editions(key)}
        late = {seq for seq, one in editions.items() if known_at is not None and one.known_at > known_at}
        past = [(interval, here) for interval, here in reader.history(key, uid) if interval.from_seq not in late]
        listing = reader.listing(key, uid, edition.seq)
    if not past:
        raise UsageError(
            f"{listing_id} was never listed in an edition that is here",
            where="ID",
            mend="check the number; `interdict lists status` names the lists that are here",
            code="unknown-listing",
        )
    source = Sources.load().get(key)
    states: list[State] = []
    before: tuple[int | None, Listing] | None = None
    for interval, here in past:
        began = editions[interval.from_seq]
        ended = None if interval.to_seq is None or interval.to_seq in late else editions[interval.to_seq].on
        kind = ChangeKind.ADDED
        fields: tuple[FieldChange, ...] = ()
        if before is not None and before[0] == interval.from_seq:
            kind, fields = ChangeKind.AMENDED, field_changes(before[1], here, _unlike(editions, began, source))
        states.append(State(kind, began.id, began.on, ended, fields))
        before = interval.to_seq, here
    return Shown(f"{key}:{uid}", named(edition, as_of or today), listing, tuple(states))


def _named_listing(reader: Reader, text: str) -> tuple[str, str]:
    """Read LIST:UID, or find the one list that ever had this UID."""
    key, colon, uid = text.partition(":")
    if colon and key and uid:
        return key, uid
    lists = sorted(edition.list for edition in reader.last_editions())
    having = [] if colon or not text else [one for one in lists if reader.history(one, text)]
    if len(having) == 1:
        return having[0], text
    raise UsageError(
        f"several lists have {text}: {', '.join(having)}" if having else f"not a listing: {text!r}",
        where="ID",
        mend="write LIST:UID, such as un:690735",
        code="listing-id",
    )


def _unlike(editions: Mapping[int, Edition], here: Edition, source: ListSource) -> frozenset[str]:
    earlier = [edition for seq, edition in editions.items() if seq < here.seq]
    return frozenset(incomparable(earlier[-1].parts, here.parts, source)) if earlier else frozenset()


def diff(
    home: Home,
    list_key: str,
    earlier: date,
    later: date,
    *,
    known_at: datetime | None = None,
    today: date | None = None,
) -> DiffReport:
    """Give what changed in a list between the editions in force on two days, among those known by `known_at`.

    Raises `UsageError` for an unknown list or days in the wrong order; `NoListError` when there was none yet.
    """
    source = Sources.load().get(list_key)
    if later < earlier:
        raise UsageError(f"{earlier} is after {later}", where="--from", mend="put the earlier day first", code="date")
    with home.reading() as reader:
        first, last = (_edition_on(reader, list_key, on, known_at) for on in (earlier, later))
        before, after = reader.intervals(list_key, first.seq), reader.intervals(list_key, last.seq)
        changed = {
            uid
            for uid in before.keys() | after.keys()
            if uid not in before or uid not in after or before[uid].content != after[uid].content
        }
        sides = [{uid: side[uid].content for uid in changed if uid in side} for side in (before, after)]
        bodies = reader.contents(content for side in sides for content in side.values())
    old, new = ({uid: bodies[content] for uid, content in side.items()} for side in sides)
    unlike = not_comparable(first, last, source) if first.id != last.id else {}
    day = today or later
    return DiffReport(list_diff(old, new, unlike), (named(first, day), named(last, day)), tuple(unlike.values()))


def _edition_on(reader: Reader, list_key: str, on: date | None, known_at: datetime | None = None) -> Edition:
    Sources.load().get(list_key)
    edition = reader.last_edition(list_key, on, known_at)
    if edition is None:
        raise NoListError(
            f"no edition of {list_key} of {on} or before is here" if on else f"no edition of {list_key} is here",
            where=list_key,
            mend=f"import it: interdict lists import {list_key} PATH --on DATE --history",
        )
    return edition
