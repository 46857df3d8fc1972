"""What changed between two states of one list: added, amended with the fields that differ, removed.

1. The order in which a publisher writes aliases, programmes or addresses means nothing: such fields are sets.
2. A tie that only points to somebody else now is no amendment of who states it.
3. A field that came from a part which one of the two editions lacks is not comparable; it is not "removed".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from interdiction.model import (
    Change,
    ChangeKind,
    Edition,
    EditionPart,
    FieldChange,
    Grade,
    Listing,
    ListSource,
    Name,
    NameQuality,
    Party,
    Problem,
)
from interdiction.model.codec import to_builtins

CUT_REMARK = 900
"""OFAC cuts a remark at 1,000 characters and puts the rest into the comments part; trimmed ends make it less."""

ALT_QUALITIES = frozenset({NameQuality.STRONG, NameQuality.FORMER})
"""What the alias part holds. Primary names stand in the main part, weak ones in its remarks."""

ADD_FIELDS = ("addresses", "countries", "residences")
"""What the address part holds or what a reader derives from it."""

MINED_FIELDS = (
    "birth_dates", "birth_places", "gender", "nationalities", "citizenships", "countries", "identifiers", "titles",
    "contacts", "vessel", "aircraft",
)  # fmt: skip
"""What stands in remarks."""

_LISTING_FIELDS = tuple(f for f in Listing.__struct_fields__ if f not in {"list", "uid", "party"})
_PARTY_FIELDS = tuple(f for f in Party.__struct_fields__ if f != "id")


class Diff(msgspec.Struct, frozen=True):
    """The changes in the order of their uids."""

    added: tuple[Change, ...] = ()
    amended: tuple[Change, ...] = ()
    removed: tuple[Change, ...] = ()


def diff(before: Mapping[str, Listing], after: Mapping[str, Listing], absent: Iterable[str] = ()) -> Diff:
    """Compare two states by uid; `absent` are the roles of the parts that are not comparable."""
    gone = frozenset(absent)
    added, amended, removed = [], [], []
    for uid in sorted(before.keys() | after.keys(), key=uid_order):
        old, new = before.get(uid), after.get(uid)
        if old is None and new is not None:
            added.append(Change(new.id, ChangeKind.ADDED, new.party.primary_name))
        elif old is not None and new is None:
            removed.append(Change(old.id, ChangeKind.REMOVED, old.party.primary_name))
        elif old is not None and new is not None and says_more(fields := field_changes(old, new, gone)):
            amended.append(Change(new.id, ChangeKind.AMENDED, new.party.primary_name, fields))
    return Diff(tuple(added), tuple(amended), tuple(removed))


def field_changes(before: Listing, after: Listing, absent: frozenset[str] = frozenset()) -> tuple[FieldChange, ...]:
    """Give the fields that differ between two states of one listing; none when they say the same."""
    if before == after:
        return ()
    skipped: set[str] = set()
    qualities = set(NameQuality)
    if "add" in absent:
        skipped.update(f"party.{field}" for field in ADD_FIELDS)
    if "alt" in absent:
        qualities -= ALT_QUALITIES
    if "comments" in absent and may_be_cut(before.remarks, after.remarks):
        skipped.update(("remarks", "relations", *(f"party.{field}" for field in MINED_FIELDS)))
        qualities -= {NameQuality.WEAK, NameQuality.FORMER}
    pairs = [(field, getattr(before, field), getattr(after, field)) for field in _LISTING_FIELDS]
    pairs += [(f"party.{field}", getattr(before.party, field), getattr(after.party, field)) for field in _PARTY_FIELDS]
    return tuple(
        FieldChange(path, to_builtins(old), to_builtins(new))
        for path, old, new in (_names_of(pair, qualities) for pair in pairs)
        if path not in skipped and not _same(old, new)
    )


def says_more(fields: Sequence[FieldChange]) -> bool:
    """Tell whether the publisher changed something.

    Whom a tie points to is found by name among the others of the list: it changes when *they* come or go.
    """
    if len(fields) != 1 or fields[0].path != "relations":
        return bool(fields)
    return _stated(fields[0].before) != _stated(fields[0].after)


def _stated(ties: list[dict[str, Any]]) -> set[tuple[object, ...]]:
    # Where a name ends a remark its stop and that of the sentence are one, until the party itself is listed.
    return {(one["type"], one["to"].removesuffix("."), one.get("note"), one.get("former", False)) for one in ties}


def not_comparable(before: Edition, after: Edition, source: ListSource) -> dict[str, Problem]:
    """Give, per role of a part that cannot be compared between two editions, what to say about it."""
    found: dict[str, Problem] = {}
    for role, earlier in incomparable(before.parts, after.parts, source).items():
        lacking = before.id if earlier else after.id
        found[role] = Problem(
            code="not-comparable",
            message=f"{lacking} came without the part {role}: what stands in that part was not compared",
            grade=Grade.PUBLISHED,
            node=role,
            mend=f"import the whole set, the {role} file included, to see changes there",
        )
    return found


def incomparable(before: Iterable[EditionPart], after: Iterable[EditionPart], source: ListSource) -> dict[str, bool]:
    """Give the roles that cannot be compared, each with whether it is the earlier edition that lacks the part.

    A part that the later edition lacks, or carries on from before, tells nothing new; one that the earlier
    edition never had makes everything in it look new.
    """
    earlier, later = roles(before, source), roles(after, source)
    found: dict[str, bool] = {}
    for role in source.parts:
        if role not in earlier and role in later:
            found[role] = True
        elif role in earlier and later.get(role, True):
            found[role] = False
    return found


def roles(parts: Iterable[EditionPart], source: ListSource) -> dict[str, bool]:
    """Give the roles of a source's parts that an edition has, each with whether it was carried from before.

    A format that keeps all in one file lacks nothing.
    """
    own = {part.role: part.carried for part in parts}
    if not own.keys() & set(source.parts):
        return dict.fromkeys(source.parts, False)
    return {role: own[role] for role in source.parts if role in own}


def may_be_cut(*remarks: str | None) -> bool:
    """Tell whether one of these remarks is long enough to have a rest in the comments part."""
    return any(len(text) >= CUT_REMARK for text in remarks if text)


def uid_order(uid: str) -> tuple[int, str]:
    """Order uids as people expect: 9345 before 17614, numbers before words."""
    return (int(uid), "") if uid.isascii() and uid.isdigit() and len(uid) < 19 else (10**19, uid)


def _names_of(pair: tuple[str, Any, Any], qualities: set[NameQuality]) -> tuple[str, Any, Any]:
    path, old, new = pair
    if path != "party.names" or len(qualities) == len(NameQuality):
        return pair
    return path, _only(old, qualities), _only(new, qualities)


def _only(names: tuple[Name, ...], qualities: set[NameQuality]) -> tuple[Name, ...]:
    return tuple(name for name in names if name.quality in qualities)


def _same(old: object, new: object) -> bool:
    if isinstance(old, tuple) and isinstance(new, tuple):
        return old == new or set(old) == set(new)
    return old == new
