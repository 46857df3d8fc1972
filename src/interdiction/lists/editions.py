"""Plans what an edition does to the list in force: pure, so that law 2 can be read and tested in one place.

1. New targets and amendments are always in force at once.
2. Removals are in force only from an edition without doubt, or one that a person accepted by name.
3. What a doubtful edition says differently is added to what was known; it takes nothing away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec
from msgspec.structs import replace

from interdiction.errors import RefusedEditionError
from interdiction.lists.checks import Step, doubts, refuse_strange
from interdiction.lists.diff import field_changes, incomparable, roles, says_more, uid_order
from interdiction.lists.merge import carry, completed, together, union
from interdiction.lists.readers.reading import Reading
from interdiction.lists.reuse import reused
from interdiction.model import Edition, EditionPart, EditionState, Grade, Listing, ListSource, Problem

MOST_PROBLEMS = 1000
"""Problems that are kept with an edition."""

_DEFECTS = {Grade.ROW, Grade.FILE}


class EditionPlan(msgspec.Struct, frozen=True):
    """What comes into force with an edition.

    `changes` holds every uid whose state differs from the one before, with its new state or `None` where it
    goes; `added`, `amended`, `removed` and `waiting` name uids. What only became visible because an earlier
    edition lacked a part, and ties that only point elsewhere, are among `changes` but not among `amended`.
    `parts` are the edition's, with those carried on from before; `listings` is how many are in force then.
    """

    state: EditionState
    changes: Mapping[str, Listing | None]
    added: tuple[str, ...]
    amended: tuple[str, ...]
    removed: tuple[str, ...]
    waiting: tuple[str, ...]
    parts: tuple[EditionPart, ...]
    listings: int
    problems: tuple[Problem, ...]


def plan(
    previous: Mapping[str, Listing],
    previous_edition: Edition | None,
    reading: Reading,
    source: ListSource,
    on: date,
    *,
    parts: Iterable[EditionPart],
    others: Iterable[ListSource] = (),
    accept_problems: bool = False,
) -> EditionPlan:
    """Plan an edition of `source` published on `on`, after `previous_edition` with `previous` in force.

    `parts` are the files of `reading`; `others` the register, to recognise another list under this name.
    Raises `RefusedEditionError` when this is not recognisably the list.
    """
    if reading.delta and previous_edition is None:
        raise RefusedEditionError(
            "this file says what changed since an edition that is not here",
            where=source.key,
            mend="import the whole list first",
            code="delta-without-base",
        )
    reading = completed(reading, previous)
    refuse_strange(previous, reading, source, others)
    own = tuple(parts)
    earlier = previous_edition.parts if previous_edition else ()
    carried = _carried(earlier, own, source)
    unlike = frozenset(incomparable(earlier, own, source)) if previous_edition else frozenset()
    wanted, problems = _by_uid(reading, previous)
    if carried:
        gone_roles = [part.role for part in carried]
        wanted = {uid: carry(previous[uid], new, gone_roles) if uid in previous else new for uid, new in wanted.items()}
        problems += [_carries(part, previous_edition) for part in carried]
    problems += reused(previous, wanted)
    seen = wanted.keys() | {listing.uid for listing in reading.listings}
    gone = sorted((uid for uid in previous if uid not in seen), key=uid_order)
    problems += reading.problems
    step = _step(previous, wanted, gone, (on - previous_edition.on).days if previous_edition else 0)
    problems += doubts(source, reading, step, on)
    overlay = not accept_problems and any(problem.grade in _DEFECTS for problem in problems)
    changes, amended = _changes(previous, wanted, unlike, overlay=overlay)
    added = sorted(wanted.keys() - previous.keys(), key=uid_order)
    if not overlay:
        changes |= dict.fromkeys(gone)
    return EditionPlan(
        state=EditionState.OVERLAY if overlay else EditionState.ACCEPTED,
        changes=changes,
        added=tuple(added),
        amended=tuple(sorted(amended, key=uid_order)),
        removed=() if overlay else tuple(gone),
        waiting=tuple(gone) if overlay else (),
        parts=_in_order(own + carried, source),
        listings=len(previous) + len(added) - (0 if overlay else len(gone)),
        problems=_capped(problems),
    )


def _step(previous: Mapping[str, Listing], wanted: Mapping[str, Listing], gone: list[str], days: int) -> Step:
    """Measure what the edition would do: parties, and within those that stay their names and identifiers."""
    names = lost_names = identifiers = lost_identifiers = 0
    for uid, new in wanted.items():
        old = previous.get(uid)
        if old is None or old.unread or new.unread:
            continue
        names += len(old.party.names)
        identifiers += len(old.party.identifiers)
        if old.party != new.party:
            lost_names += len({one.text for one in old.party.names} - {one.text for one in new.party.names})
            values = {one.value for one in new.party.identifiers}
            lost_identifiers += len({one.value for one in old.party.identifiers} - values)
    return Step(
        before=sum(not listing.unread for listing in previous.values()),
        days=days,
        added=len(wanted.keys() - previous.keys()),
        removed=[uid for uid in gone if not previous[uid].unread],
        last_uid=max((uid for uid, one in wanted.items() if not one.unread), key=uid_order, default=""),
        names=(names, lost_names),
        identifiers=(identifiers, lost_identifiers),
    )


def _capped(problems: list[Problem]) -> tuple[Problem, ...]:
    """Keep the gravest problems; of thousands of bad rows each is in force as an unread listing anyway."""
    found = list(dict.fromkeys(problems))
    if len(found) <= MOST_PROBLEMS:
        return tuple(found)
    gravity = [Grade.FILE, Grade.ROW, Grade.PUBLISHED]
    found.sort(key=lambda problem: gravity.index(problem.grade))
    more = Problem(
        code="more-problems",
        message=f"{len(found) - MOST_PROBLEMS} more problems were found and are not kept",
        grade=found[MOST_PROBLEMS].grade,
    )
    return (*found[:MOST_PROBLEMS], more)


def _by_uid(reading: Reading, previous: Mapping[str, Listing]) -> tuple[dict[str, Listing], list[Problem]]:
    """Give the rows by uid. The raw text of a bad row never replaces a party that is known: it stands beside it."""
    found: dict[str, Listing] = {}
    problems: list[Problem] = []
    for listing in reading.listings:
        if not listing.unread:
            known = found.get(listing.uid)
            if known is not None:
                problems.append(_twice(listing.uid))
            found[listing.uid] = listing if known is None else together(known, listing)
    for listing in reading.listings:
        if listing.unread:
            uid, known = listing.uid, previous.get(listing.uid)
            if uid in found or (known is not None and not known.unread):
                uid = f"{uid}-unread"
            while uid in found:
                uid += "+"
            found[uid] = replace(listing, uid=uid)
    return found, problems


def _carried(
    earlier: tuple[EditionPart, ...], own: tuple[EditionPart, ...], source: ListSource
) -> tuple[EditionPart, ...]:
    """Give the parts that the edition before had and this one came without, marked as carried on from it."""
    here = roles(own, source)
    by_role = {part.role: part for part in earlier}
    return tuple(
        # A format that keeps all in one file carries each of its parts on from that file.
        replace(by_role.get(role) or earlier[0], role=role, carried=True)
        for role in (roles(earlier, source) if earlier else ())
        if role not in here
    )


def _carries(part: EditionPart, before: Edition | None) -> Problem:
    return Problem(
        code="part-carried",
        message=f"the part {part.role} did not come with this edition: "
        f"what stood in it is carried on from {before.id if before else 'before'}",
        grade=Grade.PUBLISHED,
        node=part.role,
        mend=f"import the whole set, the {part.role} file included",
    )


def _in_order(parts: tuple[EditionPart, ...], source: ListSource) -> tuple[EditionPart, ...]:
    order = {role: at for at, role in enumerate(source.parts)}
    return tuple(sorted(parts, key=lambda part: order.get(part.role, len(order))))


def _twice(uid: str) -> Problem:
    return Problem(
        code="duplicate-id",
        message=f"{uid} stands twice; what both rows say was joined",
        grade=Grade.ROW,
        text=uid,
        expected="one row for each id",
        mend="fetch the edition again",
    )


def _changes(
    previous: Mapping[str, Listing], wanted: Mapping[str, Listing], unlike: frozenset[str], *, overlay: bool
) -> tuple[dict[str, Listing | None], list[str]]:
    changes: dict[str, Listing | None] = {}
    amended: list[str] = []
    for uid, new in wanted.items():
        old = previous.get(uid)
        if old is None:
            changes[uid] = new
            continue
        state = union(old, new) if overlay and old.unread == new.unread else new
        if field_changes(old, state):
            changes[uid] = state
            if says_more(field_changes(old, state, unlike)):
                amended.append(uid)
    return changes, amended
