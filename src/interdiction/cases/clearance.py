"""Clearances, pure: what is asked and approved, what one rests on, and what makes the hit count again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from interdiction.cases.people import another, named, said
from interdiction.cases.rules import CaseRules, ReasonFor
from interdiction.errors import UsageError
from interdiction.model import Basis, Hit, Listing, Party, to_json
from interdiction.model.clearance import Clearance, ClearanceAct, ClearanceEntry, ClearedState


def ask(
    customer: str,
    listing: str,
    state: ClearedState,
    *,
    by: str,
    at: datetime,
    reason: str,
    why: str,
    rules: CaseRules,
    role: str = "",
    expires: date | None = None,
    case: int = 0,
    name: str = "",
) -> ClearanceEntry:
    """Ask for a clearance; without a day it ends after the days of the rules. It suppresses nothing yet.

    Raises `UsageError`: `by-required`, `why-required`, `reason-code`, `clearance-days`.
    """
    who, words = named(by, "a clearance"), said(why, "a clearance")
    code = rules.reason(reason, ReasonFor.CLEARANCE).id
    ends = expires or at.date() + timedelta(days=rules.clearance_days)
    if not at.date() < ends <= at.date() + timedelta(days=rules.most_clearance_days):
        raise UsageError(
            f"a clearance does not end on {ends}",
            where="--expires",
            mend=f"write a day after today, {rules.most_clearance_days} days ahead at most",
            code="clearance-days",
        )
    return ClearanceEntry(0, ClearanceAct.ASKED, at, who, words, customer, listing, role, code, ends, state, case, name)


def approve(clearance: Clearance, *, by: str, why: str, at: datetime) -> ClearanceEntry:
    """Bring a clearance into force. Raises `UsageError` (`same-person`, `clearance-state`, ...)."""
    who, words = named(by, "the approval"), said(why, "an approval")
    if clearance.approved_at is not None or clearance.revoked_at is not None or clearance.expires < at.date():
        raise _state(clearance, at)
    another(who, clearance.by, "the approval")
    return ClearanceEntry(clearance.number, ClearanceAct.APPROVED, at, who, words)


def revoke(clearance: Clearance, *, by: str, why: str, at: datetime) -> ClearanceEntry:
    """End a clearance, at once and by one person: it is the safe side. Raises `UsageError` (`clearance-state`)."""
    who, words = named(by, "a revocation"), said(why, "a revocation")
    if clearance.revoked_at is not None:
        raise _state(clearance, at)
    return ClearanceEntry(clearance.number, ClearanceAct.REVOKED, at, who, words)


def retold(entries: Iterable[ClearanceEntry]) -> dict[int, Clearance]:
    """Give every clearance by its number, as its entries left it."""
    found: dict[int, Clearance] = {}
    for one in entries:
        if one.act is ClearanceAct.ASKED and one.expires is not None and one.state is not None:
            found[one.clearance] = Clearance(
                number=one.clearance,
                customer=one.customer,
                listing=one.listing,
                role=one.role,
                reason=one.reason,
                why=one.why,
                by=one.by,
                at=one.at,
                expires=one.expires,
                state=one.state,
                case=one.case,
                name=one.name,
            )
        elif one.act is ClearanceAct.APPROVED:
            found[one.clearance] = replace(found[one.clearance], approved_by=one.by, approved_at=one.at)
        elif one.act is ClearanceAct.REVOKED:
            found[one.clearance] = replace(
                found[one.clearance], revoked_by=one.by, revoked_at=one.at, revoked_why=one.why
            )
    return found


def in_force(clearance: Clearance, at: datetime) -> bool:
    """Say whether it suppresses at an instant, if what it rests on is the same."""
    approved = clearance.approved_at is not None and clearance.approved_at <= at
    revoked = clearance.revoked_at is not None and clearance.revoked_at <= at
    return approved and not revoked and at.date() <= clearance.expires


def standing(clearance: Clearance, at: datetime) -> str:
    """Say in a word how it stands: asked, in force, expired, revoked."""
    if clearance.revoked_at is not None and clearance.revoked_at <= at:
        return "revoked"
    if clearance.expires < at.date():
        return "expired"
    return "in force" if in_force(clearance, at) else "asked"


def state_of(hit: Hit, listing: Listing, customer: Mapping[str, Sequence[str]]) -> ClearedState:
    """Give what a clearance of this hit rests on; `customer` is everything the book says, by column.

    The place of a row in its file, remarks and what the publisher says under no field of ours are in none of it.
    """
    said_of = {name: sorted(values) for name, values in customer.items() if name not in {"id", "row"}}
    law = sorted(
        (one.programme, one.authority or "", sorted(measure.value for measure in one.measures))
        for one in hit.designations
    )
    chain = [(one.kind, one.finding, one.theirs) for one in hit.evidence] if hit.basis is Basis.OWNERSHIP else []
    ties = sorted((one.type, one.to, one.former) for one in listing.relations if one.type in _OWNING)
    return ClearedState(
        customer=_hash(said_of),
        identity=_hash(replace(listing.party, id=None)),
        law=_hash(law),
        ownership=_hash([chain, ties]),
        band=hit.band,
    )


def state_of_party(hit: Hit, listing: Listing, party: Party) -> ClearedState:
    """Give what a clearance of a hit in payments rests on; all they say of the party stands in the mark."""
    return state_of(hit, listing, {"party": [party_mark(party)]})


def party_mark(party: Party) -> str:
    """Give the mark of a party in payments: the same name with exactly the same data, whoever sends it."""
    return f"{IN_PAYMENTS}{_hash(replace(party, id=None))[:16]}"


def party_name(party: Party) -> str:
    """Give the name a party in payments is cleared under.

    Raises `UsageError` (`party-too-bare`) where nothing but a name and places tells it from others of that name.
    """
    if not party.names or not (party.identifiers or party.birth_dates):
        raise UsageError(
            "a name alone clears nobody: others bear it too",
            where="CASE",
            mend="ask for an account, a number or a day of birth; this payment is decided in its case",
            code="party-too-bare",
        )
    return party.names[0].text


IN_PAYMENTS = "payments:"
"""How the mark of a party in payments begins."""
_OWNING = frozenset({"owned_by", "controlled_by", "owns"})


def changed(before: ClearedState, now: ClearedState) -> str:
    """Say what makes a hit count again; empty where the clearance still rests on the same."""
    words = {
        "customer": "the customer is described otherwise",
        "identity": "the listing describes the party otherwise",
        "law": "its programmes or measures are others",
        "ownership": "its owners are others",
        "band": f"the hit is {now.band.value} now, it was {before.band.value}",
    }
    return "; ".join(text for name, text in words.items() if getattr(before, name) != getattr(now, name))


def _state(clearance: Clearance, at: datetime) -> UsageError:
    return UsageError(
        f"{clearance.id} is {standing(clearance, at)}",
        where=clearance.id,
        mend="ask for a new one: interdict clearances add",
        code="clearance-state",
    )


def _hash(value: object) -> str:
    return hashlib.sha256(to_json(value)).hexdigest()[:32]
