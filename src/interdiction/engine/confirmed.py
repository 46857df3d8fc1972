"""Our own confirmed parties as a source: whoever a decision found to be listed stops payments under any of its names.

The customer that was frozen and the payee that was blocked bear names, accounts, wallets and numbers that no publisher
has. They become listings of `own-confirmed`: what they hit is held, under whatever name it comes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

import msgspec

from interdiction.engine.emergency import Entered, enter
from interdiction.engine.records import kept
from interdiction.engine.taking_out import taken_out
from interdiction.errors import NoListError, PartyError
from interdiction.model import Outcome, Party, Reason, Record, Subject

if TYPE_CHECKING:
    from interdiction.engine.home import Home

CONFIRMED: Final = "own-confirmed"


class Confirmed(msgspec.Struct, frozen=True):
    """A party that a decision found to be listed, and the words of why."""

    id: str
    party: Party
    why: str


def confirmed(home: Home) -> list[Confirmed]:
    """Give every party that a decision which still stands found to be listed: by a person, or by a rule of the policy.

    Not those behind a customer, and not owned parties: they are not who the list names.
    """
    found: list[Confirmed] = []
    with kept(home) as decisions:
        for record in decisions.records(last=True):
            true = [one for one in record.decided().reasons if one.outcome is Outcome.TRUE and one.listing]
            for number, (party, listings) in enumerate(_parties(record, true), start=1):
                why = f"confirmed in {record.id} ({record.name}) to be {', '.join(listings)}"
                found.append(Confirmed(f"{record.id}-{number}", party, why))
    return found


def enter_confirmed(home: Home, *, by: str, at: datetime) -> Entered | None:
    """Bring those into force as listings of `own-confirmed` that are not there yet; `None` where none is new."""
    here = _here(home)
    new = [one for one in confirmed(home) if one.id not in here]  # nor what was taken out: nothing comes back by itself
    if not new:
        return None
    return enter(
        home,
        [one.party for one in new],
        why=[one.why for one in new],
        by=by,
        at=at,
        list_key=CONFIRMED,
        programme="confirmed",
        ids=[one.id for one in new],
    )


def _here(home: Home) -> set[str]:
    try:
        with home.reading() as reader:
            last = reader.last_edition(CONFIRMED)
            listed = set() if last is None else {one.uid for one in reader.listings(CONFIRMED, last.seq)}
    except NoListError:
        return set()
    return listed | {one.listing.removeprefix(f"{CONFIRMED}:") for one in taken_out(home, CONFIRMED)}


def _parties(record: Record, true: list[Reason]) -> Iterator[tuple[Party, list[str]]]:
    if record.subject is Subject.CUSTOMER:
        listings = [one.listing for one in true]
        party = _customer(record.row) if listings else None
        if party is not None:
            yield party, listings
        return
    for one in record.payment.parties if record.payment else ():
        listings = list(dict.fromkeys(reason.listing for reason in true if reason.role is one.role))
        if listings and one.party.names:
            yield one.party, listings


def _customer(row: Mapping[str, tuple[str, ...]]) -> Party | None:
    """Give the customer as the book had it; a cell that no party can have is left out."""
    if not row.get("names"):
        return None
    try:
        return Party(
            kind=next(iter(row.get("kind", ())), None),
            names=row["names"],
            birth_dates=row.get("births", ()),
            birth_places=row.get("birth_places", ()),
            nationalities=row.get("nationalities", ()),
            countries=row.get("countries", ()),
            identifiers=[text.replace("?:", ":", 1) for text in row.get("identifiers", ())],
        )
    except PartyError:
        return Party(names=row["names"])
