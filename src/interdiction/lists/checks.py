"""Is this that list, and is all of it there? What refuses an edition whole, and what makes it an overlay.

Refused: nothing readable in it, another list, an edition older than the current one. In doubt: more parties,
names or identifiers gone than lists lose, or fewer read than the publisher says there are. Growth is only
remarked on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

import msgspec

from interdiction.errors import RefusedEditionError
from interdiction.lists.diff import uid_order
from interdiction.lists.readers.reading import Reading
from interdiction.model import Bounds, Edition, Expected, Grade, Listing, ListSource, Problem

OTHER_LIST_SHARE = 0.1
"""Share of listings under tags that only another list uses, from which this is taken for that list: 47 % of the
non-SDN list of January 2026 stands under such tags, none of any SDN edition at hand."""

NO_END_MARK = "no-end-mark"
"""The code of a reader's problem: a cut at the end of a row would not be seen in these files."""

_FETCH_OR_ACCEPT = "fetch the edition again; if the publisher did remove them, import with --accept-problems --by NAME"


def refuse_older(current: Edition | None, on: date, *, history: bool) -> None:
    """Refuse an edition older than the current one, unless it is filed as history.

    Raises `RefusedEditionError` (code `older-edition`).
    """
    if current is not None and on < current.on and not history:
        raise RefusedEditionError(
            f"this edition of {on} is older than the one in force, {current.id}",
            where=current.list,
            mend="import the newest edition, or add --history to file this one in its place",
            code="older-edition",
        )


def refuse_strange(
    previous: Mapping[str, Listing], reading: Reading, source: ListSource, others: Iterable[ListSource]
) -> None:
    """Refuse what is not recognisably this list.

    Raises `RefusedEditionError`: `empty`, `other-list`, `not-this-list`, `no-main-part`.
    """
    unread = sum(listing.unread for listing in reading.listings)
    if not reading.listings and not reading.deleted:
        raise _refused(source, "the edition holds no party", "fetch it again", "empty")
    if unread * 2 > len(reading.listings):
        raise _refused(
            source,
            f"{unread} of {len(reading.listings)} rows cannot be read: this is not recognisably {source.key}",
            "fetch it again, and check that it is the list you name",
            "not-this-list",
        )
    if source.parts and set(reading.parts) & set(source.parts) and source.parts[0] not in reading.parts:
        raise _refused(
            source,
            f"the main file ({source.parts[0]}) is not among those given",
            f"give the {source.parts[0]} file of the same edition too",
            "no-main-part",
        )
    if source.formats and reading.format not in source.formats:
        raise _other(source, reading.list_hint or reading.format, "its format")
    _refuse_other(reading, source, others)
    _refuse_without_known_ids(previous, reading, source)


def _refuse_other(reading: Reading, source: ListSource, others: Iterable[ListSource]) -> None:
    hint = reading.list_hint
    if hint is not None and _family(hint) != _family(source.key):
        raise _other(source, hint, "its format")
    tags = Counter(tag for listing in reading.listings for tag in set(listing.programmes))
    ours = sum(tags[tag] for tag in source.only_here)
    for other in others:
        if other.key == source.key or _family(other.key) != _family(source.key):
            continue
        theirs = sum(tags[tag] for tag in other.only_here)
        if theirs > ours and theirs >= OTHER_LIST_SHARE * len(reading.listings):
            named = ", ".join(sorted(tag for tag in other.only_here if tags[tag])[:3])
            raise _other(source, other.key, f"programmes that only that list uses ({named})")
        if hint == other.key and ours == 0 and len(source.only_here) > len(other.only_here):
            # The reader's guess counts where this list has many tags of its own and none of them is here.
            raise _other(source, hint, "its programmes")


def _family(key: str) -> str:
    """Give the publisher's part of a key: lists of one publisher share formats, and tell apart by programmes."""
    return key.partition("-")[0]


def _refuse_without_known_ids(previous: Mapping[str, Listing], reading: Reading, source: ListSource) -> None:
    known = {uid for uid, listing in previous.items() if not listing.unread} - {*reading.deleted}
    remain = known & {listing.uid for listing in reading.listings}
    if len(remain) * 2 < len(known):
        raise _refused(
            source,
            f"only {len(remain)} of the {len(known)} parties in force are in it: "
            f"this is not recognisably {source.key}, or more than half of it is missing",
            "fetch it again, and check that it is the list you name",
            "not-this-list",
        )


class Step(msgspec.Struct, frozen=True):
    """What one edition would do to the list in force.

    `before` is how many parties were in force, `days` how long ago the edition before was published; `names`
    and `identifiers` say how many of those that stay listed had, and how many of them are gone.
    """

    before: int
    days: int
    added: int
    removed: Collection[str]
    last_uid: str
    """The last uid that the edition has, in their order."""
    names: tuple[int, int] = (0, 0)
    identifiers: tuple[int, int] = (0, 0)


def doubts(source: ListSource, reading: Reading, step: Step, on: date) -> list[Problem]:
    """Give what speaks against taking an edition of `on` as it is: problems of grade FILE make it an overlay."""
    found: list[Problem] = list(_unexpected(source.expected, reading, on)) if source.expected else []
    stated, read = reading.stated_count, len(reading.listings)
    if stated is not None and stated != read:
        found.append(
            Problem(
                code="count",
                message=f"the publisher counts {stated} parties, {read} were read",
                grade=Grade.FILE,
                expected=str(stated),
                text=str(read),
                mend="fetch the edition again",
            )
        )
    if _tail_is_gone(reading, step):
        found.append(
            Problem(
                code="tail-gone",
                message=f"the file has no end mark, and every party after {step.last_uid} is gone: "
                "it may have been cut at the end of a row",
                grade=Grade.FILE,
                text=", ".join(sorted(step.removed, key=uid_order)[:5]),
                mend=_FETCH_OR_ACCEPT,
            )
        )
    if source.bounds is not None and step.before > 0:
        found += _out_of_bounds(source.bounds, step)
    return found


def _unexpected(expected: Expected, reading: Reading, on: date) -> Iterator[Problem]:
    """Compare an edition with what this list has held since `expected.since`: how many, and how well filled."""
    if on < expected.since:
        return
    count = sum(not listing.unread for listing in reading.listings)
    least, most = expected.listings
    if not least <= count <= most:
        yield Problem(
            code="unexpected-count",
            message=f"{count} parties were read; this list has between {least} and {most}",
            grade=Grade.FILE,
            expected=f"{least} to {most}",
            text=str(count),
            mend=_FETCH_OR_ACCEPT,
        )
    for field, share in expected.fill.items():
        filled = sum(bool(_stated(listing, field)) for listing in reading.listings if not listing.unread)
        if filled < share * count:
            yield Problem(
                code="badly-filled",
                message=f"{filled} of {count} parties state {field}; at least {share:.0%} do in this list",
                grade=Grade.FILE,
                node=field,
                expected=f"at least {share:.0%}",
                text=f"{filled}",
                mend=_FETCH_OR_ACCEPT,
            )


def _stated(listing: Listing, field: str) -> object:
    return getattr(listing if field in _OF_LISTING else listing.party, field)


_OF_LISTING = frozenset({"programmes", "designations", "relations", "remarks", "reference"})


def _tail_is_gone(reading: Reading, step: Step) -> bool:
    unmarked = any(problem.code == NO_END_MARK for problem in reading.problems)
    return unmarked and bool(step.removed) and all(uid_order(uid) > uid_order(step.last_uid) for uid in step.removed)


def _out_of_bounds(bounds: Bounds, step: Step) -> Iterator[Problem]:
    share = bounds.share + bounds.share_per_day * step.days
    for code, what, before, gone in (
        ("shrunk", "parties", step.before, len(step.removed)),
        ("names-shrunk", "names of parties that stay listed", *step.names),
        ("identifiers-shrunk", "identifiers of parties that stay listed", *step.identifiers),
    ):
        most = bounds.floor + share * before
        if gone > most:
            yield Problem(
                code=code,
                message=f"{gone} of {before} {what} are gone in {step.days} days; up to {most:.0f} would be usual",
                grade=Grade.FILE,
                expected=f"at most {most:.0f}",
                text=str(gone),
                mend=_FETCH_OR_ACCEPT,
            )
    usual = bounds.growth_floor + (bounds.growth_share + bounds.growth_share_per_day * step.days) * step.before
    if step.added > usual:
        yield Problem(
            code="growth",
            message=f"{step.added} parties are new to the {step.before} in force; up to {usual:.0f} would be usual",
            grade=Grade.PUBLISHED,
            expected=f"at most {usual:.0f}",
            text=str(step.added),
            mend="they are in force; check that the edition is the one you meant",
        )


def _other(source: ListSource, other: str, why: str) -> RefusedEditionError:
    return _refused(
        source,
        f"this looks like {other}, not {source.key}: {why}",
        f"import it as {other}, or give the file of {source.key}",
        "other-list",
    )


def _refused(source: ListSource, message: str, mend: str, code: str) -> RefusedEditionError:
    return RefusedEditionError(message, where=source.key, mend=mend, code=code)
