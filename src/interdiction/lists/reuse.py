"""Notices an id that stands for somebody else than before: no name, number, date, address or tie in common.

Publishers do rename parties (OFAC four such between 2015 and 2023), so it is a warning and the edition counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from interdiction.model import Grade, Listing, Problem

_WORD = re.compile(r"\w{3,}")


def reused(previous: Mapping[str, Listing], wanted: Mapping[str, Listing]) -> Iterator[Problem]:
    """Give a problem for every uid whose party has nothing in common with the one it stood for."""
    for uid, new in wanted.items():
        old = previous.get(uid)
        if old is None or old.unread or new.unread or old.party.names == new.party.names:
            continue
        if not _words(old) & _words(new) and not _facts(old) & _facts(new):
            yield Problem(
                code="id-reused",
                message=f"{uid} stood for {old.party.primary_name} and stands for {new.party.primary_name} now, "
                "with nothing in common",
                grade=Grade.PUBLISHED,
                node=uid,
                text=new.party.primary_name,
                mend="look whether this is a new name or somebody else; then the one before is no longer listed",
            )


def _words(listing: Listing) -> set[str]:
    names = {name.text for name in listing.party.names}
    return names.union(*(_WORD.findall(name.casefold()) for name in names))


def _facts(listing: Listing) -> set[object]:
    party = listing.party
    found: set[object] = {one.value for one in party.identifiers} | {one.value for one in party.contacts}
    found.update(party.birth_dates, party.addresses, (one.to for one in listing.relations))
    if listing.remarks:
        found.add(listing.remarks)
    return found
