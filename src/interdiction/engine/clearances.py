"""Clearances in a home: asked for on a pair that two people found false in its case, approved, ended by anybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from interdiction.cases import clearance as steps
from interdiction.engine.case_rules import rules_of
from interdiction.engine.clearing import Clearing
from interdiction.engine.imports import WAIT_SECONDS
from interdiction.engine.records import kept
from interdiction.errors import UsageError
from interdiction.model import Hit, Outcome, Party, Record, Subject
from interdiction.model.clearance import Clearance, ClearanceEntry

if TYPE_CHECKING:
    from interdiction.engine.hall import Engine
    from interdiction.engine.home import Home


def ask(
    engine: Engine,
    case: int,
    listing: str,
    *,
    by: str,
    at: datetime,
    reason: str,
    why: str,
    role: str = "",
    expires: date | None = None,
) -> Clearance:
    """Ask for a clearance of a pair that two people found false in a case: of a customer, or of a party in payments.

    A party of a payment is cleared in its `role` and with exactly the data that this payment gave of it. Raises
    `UsageError`: `party-too-bare`, `no-such-pair`, `not-false`, `clearance-stands`, and what `steps.ask`
    refuses.
    """
    from interdiction.store.cases import Cases

    with engine.home.reading() as reader:
        found = Cases(reader.connection, engine.home.store).get(case)
    pair = found.pair(listing)
    if pair is None:
        raise UsageError(f"{found.id} has no hit on {listing!r}", where="LISTING", mend="name one", code="no-such-pair")
    if pair.outcome is not Outcome.FALSE or not pair.settled:
        raise UsageError(
            f"{found.subject} and {listing} were not found to be two parties",
            where=found.id,
            mend=f"interdict cases decide {found.id} {listing} --outcome false",
            code="not-false",
        )
    hit, record = _hit(engine.home, pair.records, listing, role)
    listed, customer, name = engine.force().screener.listing(hit), found.subject, ""
    if found.subject_kind is Subject.PAYMENT:
        party = _party(record, role)
        customer, name = steps.party_mark(party), steps.party_name(party)
        state = steps.state_of_party(hit, listed, party)
    else:
        state = steps.state_of(hit, listed, record.row)
    rules, _ = rules_of(engine.home.path)
    entry = steps.ask(
        customer,
        listing,
        state,
        by=by,
        at=at,
        reason=reason,
        why=why,
        rules=rules,
        role=role,
        expires=expires,
        case=case,
        name=name,
    )
    if Clearing.of(engine.home, at).clears(customer, listing, role, state):
        raise UsageError(
            "the same pair is cleared already", where=listing, mend="interdict clearances list", code="clearance-stands"
        )
    return _kept(engine.home, entry)


def _hit(home: Home, records: Sequence[int], listing: str, role: str) -> tuple[Hit, Record]:
    """Give the last hit of the pair, in that role, with the decision it stands in."""
    with kept(home) as decisions:
        for number in sorted(records, reverse=True):
            record = decisions.get(number)
            for hit in record.decided().hits:
                if hit.listing == listing and _role(record, hit) == role:
                    return hit, record
    raise UsageError(
        f"no decision has a hit on {listing} {f'as {role}' if role else 'of the customer itself'}",
        where="--role",
        mend="name the role in which the party was hit: debtor, creditor, director (cases show)",
        code="no-such-pair",
    )


def _role(record: Record, hit: Hit) -> str:
    if record.subject is Subject.PAYMENT:
        return hit.query_id.removeprefix(f"{record.name} ")
    return str(hit.related or "")


def _party(record: Record, role: str) -> Party:
    """Give the party of a payment in a role. Raises `UsageError` (`no-such-pair`) where none or several have it."""
    found = [one.party for one in record.payment.parties if one.role.value == role] if record.payment else []
    if len(found) != 1:
        raise UsageError(
            f"{len(found)} parties of {record.name} are its {role}",
            where="--role",
            mend="name the role of one party; words of a text are never cleared",
            code="no-such-pair",
        )
    return found[0]


def approve(home: Home, number: int, *, by: str, why: str, at: datetime) -> Clearance:
    """Bring a clearance into force: a second person. Raises `UsageError` (`unknown-clearance`, `same-person`, ...)."""
    return _kept(home, steps.approve(get(home, number), by=by, why=why, at=at))


def revoke(home: Home, number: int, *, by: str, why: str, at: datetime) -> Clearance:
    """End a clearance at once. Raises `UsageError` (`unknown-clearance`, `clearance-state`)."""
    return _kept(home, steps.revoke(get(home, number), by=by, why=why, at=at))


def clearances(home: Home) -> list[Clearance]:
    """Give every clearance in the order of their numbers."""
    from interdiction.store.clearances import entries

    with home.reading() as reader:
        return list(steps.retold(entries(reader.connection, home.store)).values())


def get(home: Home, number: int) -> Clearance:
    """Give one clearance. Raises `UsageError` (`unknown-clearance`)."""
    found = next((one for one in clearances(home) if one.number == number), None)
    if found is None:
        raise UsageError(
            f"no clearance has the number {number}",
            where=f"CL-{number}",
            mend="interdict clearances list names them",
            code="unknown-clearance",
        )
    return found


def marks_of(records: Sequence[Record]) -> set[str]:
    """Give the marks under which parties of these payments may be cleared."""
    return {steps.party_mark(one.party) for record in records if record.payment for one in record.payment.parties}


def end_of(home: Home, customer: str, listing: str, *, by: str, why: str, at: datetime) -> list[Clearance]:
    """End what clears a pair that a person has found true."""
    standing = [
        one
        for one in clearances(home)
        if (one.customer, one.listing) == (customer, listing) and one.revoked_at is None and one.expires >= at.date()
    ]
    return [revoke(home, one.number, by=by, why=why, at=at) for one in standing]


def _kept(home: Home, entry: ClearanceEntry) -> Clearance:
    from interdiction.store.clearances import insert

    with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        entry = insert(connection, entry)
    return get(home, entry.clearance)
