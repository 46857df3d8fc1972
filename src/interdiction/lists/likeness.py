"""What two listings are compared by when they may be one party: folded names, days, numbers, countries."""

from __future__ import annotations

import re
from functools import cached_property

from interdiction.model import Listing, NameQuality, Party
from interdiction.names.compare import compare
from interdiction.names.normalise import fold, identifier

_REFERENCE = re.compile(r"[A-Z]{2}[EI]\.\d{3}|EU\.\d+\.\d+", re.IGNORECASE)
"""Permanent reference numbers of the UN and of the EU, which other authorities repeat."""
_FULL = frozenset({NameQuality.PRIMARY, NameQuality.STRONG, NameQuality.FORMER})
_SHARED = frozenset({"email", "website", "phone", "fax", "other", "ticker", "isin", "swift", "bic", "bank_code"})
"""Numbers that name a bank or a household as often as a party."""
_DIGITS = re.compile(r"\d")


class Facts:
    """A listing as clusters look at it."""

    def __init__(self, listing: Listing) -> None:
        party = listing.party
        self.id, self.list, self.kind = listing.id, listing.list, party.kind
        self.reference = listing.reference
        self.gender = party.gender
        self.party = party
        self.births = party.birth_dates
        self.lands = frozenset(
            land
            for land in (
                *party.nationalities,
                *party.citizenships,
                *party.countries,
                *(one.country or "" for one in party.addresses),
            )
            if land
        )
        self.nations = frozenset((*party.nationalities, *party.citizenships))
        self.references = (listing.reference,) if listing.reference and _REFERENCE.fullmatch(listing.reference) else ()
        names = {_key(name.text) for name in party.names if name.quality in _FULL}
        self.full = frozenset(name for name in names if " " in name)
        """Equal names have equal keys: the folded words of a name in the order of the alphabet."""
        self.long = frozenset(name for name in names if name.count(" ") > 1)
        self.days = frozenset(str(day.first) for day in self.births if day.precision == "day" and not day.circa)
        self.years = frozenset(
            year
            for day in self.births
            if day.last.year - day.first.year < 2
            for year in (day.first.year, day.last.year)
        )

    @cached_property
    def numbers(self) -> tuple[tuple[str, str], ...]:
        """Numbers that are long enough to mean one party."""
        found = []
        for one in self.party.identifiers:
            value = identifier(one.type, one.value)
            if one.type not in _SHARED and len(value) >= 5 and len(_DIGITS.findall(value)) >= 4:
                found.append((one.type, value))
        return tuple(found)

    @cached_property
    def named(self) -> Party:
        """The party with its names alone."""
        return Party(kind=self.kind, names=[name for name in self.party.names if name.quality in _FULL])

    def land_differs(self, other: Facts) -> bool:
        """Tell whether both have a nationality and none in common."""
        return bool(self.nations and other.nations) and self.nations.isdisjoint(other.nations)


def _key(text: str) -> str:
    return " ".join(sorted(fold(text).split()))


def kinds_differ(one: Facts, other: Facts) -> bool:
    """Tell whether the two are known to be of different kinds."""
    return one.kind is not None and other.kind is not None and one.kind is not other.kind


def at_odds(one: Facts, other: Facts, *, years: int = 2) -> bool:
    """Tell whether something speaks against one party: gender, references of one authority, births years apart."""
    if one.gender and other.gender and one.gender is not other.gender:
        return True
    if _other_reference(one, other):
        return True
    if not one.births or not other.births:
        return False
    return all(
        max(a.first, b.first).year - min(a.last, b.last).year >= years + a.circa * 3 + b.circa * 3
        for a in one.births
        for b in other.births
    )


def _other_reference(one: Facts, other: Facts) -> bool:
    """Two permanent references of one publisher are two parties."""
    return any(
        mine != theirs and mine.startswith("EU.") == theirs.startswith("EU.")
        for mine in one.references
        for theirs in other.references
    )


def alike(one: Facts, other: Facts) -> float:
    """Give how alike the names of two parties are, from 0 to 1, whatever else is known of them."""
    if one.full & other.full:
        return 1.0
    if not one.named.names or not other.named.names:
        return 0.0
    return compare(one.named, other.named, threshold=0.7).score
