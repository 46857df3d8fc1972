"""Puts two states of one listing together so that nothing which was in force is lost (law 2).

`completed` makes the whole list of a delta; `carry` keeps what stood in a part that an edition came without; `union`
keeps everything, for an edition that cannot be trusted to take anything away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from msgspec.structs import replace

from interdiction.lists.diff import ADD_FIELDS, ALT_QUALITIES, CUT_REMARK, MINED_FIELDS, may_be_cut
from interdiction.lists.readers.reading import Reading
from interdiction.model import Listing, Name, NameQuality, Party

T = TypeVar("T")

_STRENGTH = (NameQuality.WEAK, NameQuality.FORMER, NameQuality.STRONG, NameQuality.PRIMARY)


def completed(reading: Reading, previous: Mapping[str, Listing]) -> Reading:
    """Give the whole list that a delta makes of the one in force: what it changes is added to what was known."""
    if not reading.delta:
        return reading
    named = {listing.uid for listing in reading.listings} | set(reading.deleted)
    changed = (
        union(previous[one.uid], one) if one.uid in previous and not one.unread else one for one in reading.listings
    )
    rest = (listing for uid, listing in previous.items() if uid not in named)
    return replace(reading, listings=(*changed, *rest))


def carry(before: Listing, after: Listing, absent: Iterable[str]) -> Listing:
    """Give `after` with what `before` held in the parts of these roles, which `after` came without."""
    gone = set(absent)
    party = after.party
    qualities: set[NameQuality] = set()
    fields: list[str] = []
    if "alt" in gone:
        qualities |= ALT_QUALITIES
    if "add" in gone:
        fields += ADD_FIELDS
    remarks, relations = after.remarks, after.relations
    if "comments" in gone and may_be_cut(after.remarks) and len(before.remarks or "") > len(after.remarks or ""):
        # Only the first part of the remark is here: what was mined from its rest stays.
        qualities |= {NameQuality.WEAK, NameQuality.FORMER}
        fields += MINED_FIELDS
        relations = _both(before.relations, after.relations)
        if (before.remarks or "")[:CUT_REMARK] == (after.remarks or "")[:CUT_REMARK]:
            remarks = before.remarks
    names = [name for name in before.party.names if name.quality in qualities]
    party = replace(party, names=_names(names, party.names), **_joined(before.party, party, fields))
    return replace(after, party=party, remarks=remarks, relations=relations)


def union(before: Listing, after: Listing) -> Listing:
    """Give `after` with everything of `before` that it no longer says.

    A primary name that is no longer primary stays as a strong one. Where the two disagree on the kind or the
    gender neither is stated: a party whose kind is not known is compared with all.
    """
    old, new = before.party, after.party
    fields = [f for f in Party.__struct_fields__ if f not in {"id", "kind", "names", "gender"}]
    party = replace(
        new,
        kind=new.kind if old.kind == new.kind else None,
        gender=new.gender if old.gender in {None, new.gender} else None,
        names=_names([_no_longer_primary(name, new) for name in old.names], new.names),
        **_joined(old, new, fields),
    )
    return replace(
        after,
        party=party,
        programmes=_both(before.programmes, after.programmes),
        designations=_both(before.designations, after.designations),
        relations=_both(before.relations, after.relations),
        remarks=after.remarks or before.remarks,
        reference=after.reference or before.reference,
        details=_both(before.details, after.details),
    )


def together(first: Listing, second: Listing) -> Listing:
    """Give two readable rows of one uid as one listing; the first one's primary name stays the primary one."""
    return replace(union(second, first), unread=first.unread and second.unread)


def _no_longer_primary(name: Name, party: Party) -> Name:
    if name.quality is NameQuality.PRIMARY and any(other.quality is NameQuality.PRIMARY for other in party.names):
        return replace(name, quality=NameQuality.STRONG)
    return name


def _names(old: Iterable[Name], new: Iterable[Name]) -> tuple[Name, ...]:
    """Join names by their text: the later spelling's place, the stronger quality of the two."""
    found: dict[str, Name] = {}
    for name in (*new, *old):
        known = found.get(name.text)
        if known is None:
            found[name.text] = name
        elif _STRENGTH.index(name.quality) > _STRENGTH.index(known.quality):
            found[name.text] = replace(known, quality=name.quality, script=known.script or name.script)
    return tuple(found.values())


def _joined(old: Party, new: Party, fields: Iterable[str]) -> dict[str, object]:
    joined: dict[str, object] = {}
    for field in dict.fromkeys(fields):
        mine, theirs = getattr(new, field), getattr(old, field)
        if isinstance(mine, tuple):
            joined[field] = _both(theirs, mine)
        else:
            joined[field] = theirs if mine is None else mine
    return joined


def _both(old: tuple[T, ...], new: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*new, *old)))
