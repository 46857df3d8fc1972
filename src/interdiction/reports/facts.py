"""What is known for a report, by the names of its fields: of the holder, of property, of a decision, of what left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

import msgspec

from interdiction.ledger import Held, valued
from interdiction.model import (
    Address,
    Basis,
    Entry,
    ExchangeRate,
    Filing,
    Heading,
    KeptFile,
    Outcome,
    Payment,
    Record,
    Step,
)

CURRENCY: Final = {"us": "USD", "uk": "GBP", "eu": "EUR"}
"""The currency an authority is told values in."""
LEAVING: Final = {
    Step.RELEASE: "unblocked",
    Step.TRANSFER: "transferred",
    Step.LICENSED: "transferred",
    Step.CHARGE: "transferred",
}
"""Steps by which property leaves, and how a report calls it."""


class State(msgspec.Struct, frozen=True):
    """Everything that reports are made from.

    `records` are the decisions that stand and hold or reject something, `inputs` the file each was given on, by the
    decision's number; `laws` are those that bind the institution.
    """

    institution: str
    laws: frozenset[str]
    records: tuple[Record, ...]
    inputs: Mapping[int, KeptFile]
    held: tuple[Held, ...]
    filings: tuple[Filing, ...] = ()
    filed: frozenset[int] = frozenset()
    """The numbers of the reports that were filed."""
    before: Mapping[int, frozenset[str]] = {}
    """The decisions that one stands after, by its number."""

    def each(self) -> list[tuple[Record, frozenset[str]]]:
        """Give what was decided, each thing once: the first decision of a result, with the ids of all about it.

        A customer who is screened again every day is frozen once, and a payment that is read twice is one payment.
        """
        found: dict[tuple[str, ...], tuple[Record, set[str]]] = {}
        for record in self.records:
            _, ids = found.setdefault((record.result, *record.about), (record, set()))
            ids |= {record.id, *self.before.get(record.number, ())}
        return [(first, frozenset(ids)) for first, ids in found.values()]

    def entered(self, ids: frozenset[str]) -> bool:
        """Tell whether property was opened by one of these decisions."""
        return any(one.decision in ids and opened(one) for one in self.held)

    def record(self, id_: str) -> Record | None:
        """Give the decision of an id such as `D-12`."""
        return next((one for one in self.records if one.id == id_), None)

    def property(self, id_: str) -> Held | None:
        """Give the property of an id such as `B-3`."""
        return next((one for one in self.held if one.id == id_), None)

    def documents(self, decision: str) -> tuple[KeptFile, ...]:
        """Give the file that a decision was given on."""
        record = self.record(decision)
        return () if record is None or record.number not in self.inputs else (self.inputs[record.number],)


def property_facts(
    held: Held, record: Record | None, law: str, rates: Sequence[ExchangeRate], on: date
) -> dict[str, str]:
    """Give what is known of property, with its value at the end of `on`."""
    what = held.what
    worth = valued(held, on, CURRENCY.get(law, ""), rates)
    found = {
        "reference": f"{held.id} ({held.decision})",
        "targets": joined(target.name for target in what.targets),
        "listings": joined(target.listing for target in what.targets),
        "programmes": joined(programme for target in what.targets for programme in target.programmes),
        "authority": held.entries[0].authority,
        "date": what.blocked_on.isoformat(),
        "property_type": what.kind.value,
        "description": what.description,
        "owner": what.owner,
        "location": what.location,
        "account": what.account,
        "value": plain(worth.balance),
        "currency": worth.unit,
        "value_reported": "" if worth.worth is None else plain(worth.worth),
        "rate": "no exchange"
        if worth.unit == worth.currency
        else ""
        if worth.rate is None
        else f"{plain(worth.rate.rate)} {worth.currency} for one {worth.unit} on {worth.rate.on}, {worth.rate.source}",
    }
    return found | ({} if record is None else _transaction(record))


def record_facts(record: Record) -> dict[str, str]:
    """Give what is known of a payment or a customer from the decision alone."""
    decided = record.decided()
    names = {hit.listing: hit.listed_name for hit in decided.hits}
    meant = [one for one in decided.reasons if one.listing and one.outcome is Outcome.TRUE]
    amount = record.payment.amount if record.payment else None
    return {
        "reference": record.id,
        "targets": joined(names.get(one.listing, "") for one in meant),
        "listings": joined(one.listing for one in meant),
        "programmes": joined(one.programme for one in meant),
        "authority": joined(one.authority for one in meant),
        "date": decided.on.isoformat(),
        "description": f"{record.subject.value} {record.name}",
        "value": "" if amount is None else plain(amount.value),
        "currency": "" if amount is None else amount.currency,
    } | _transaction(record)


def leaving_facts(held: Held, entry: Entry, filings: Sequence[Filing]) -> dict[str, str]:
    """Give what is known of property that left by one entry."""
    moved = -sum((posting.amount for posting in entry.postings if posting.heading is held.heading), Decimal(0))
    first = [one for one in filings if held.id in one.subjects or held.decision in one.subjects]
    what = held.what
    return {
        "reference": f"E-{entry.number} ({held.id})",
        "action": LEAVING.get(entry.step, entry.step.value),
        "date": entry.on.isoformat(),
        "authority": joined([entry.authority, f"licence {entry.licence}" if entry.licence else ""]),
        "original_report": joined(one.id for one in first if one.supplements is None),
        "date_blocked": what.blocked_on.isoformat(),
        "targets": joined(target.name for target in what.targets),
        "programmes": joined(programme for target in what.targets for programme in target.programmes),
        "property_type": what.kind.value,
        "description": what.description,
        "account": what.account,
        "value": plain(moved),
        "currency": what.unit,
        "value_left": plain(held.balance(entry.on)),
        "recipient": entry.to,
    }


def leaving(held: Held) -> list[Entry]:
    """Give the entries by which property left and that were not taken back."""
    gone = held.corrected()
    return [entry for entry in held.entries if entry.step in LEAVING and entry.number not in gone]


def opened(held: Held) -> bool:
    """Tell whether the property was ever held: an opening that was taken back was a mistake."""
    return held.entries[0].number not in held.corrected() and held.heading in {Heading.BLOCKED, Heading.RETAINED}


def _transaction(record: Record) -> dict[str, str]:
    decided = record.decided()
    found = {"grounds": decided.sentence}
    if record.payment is not None:
        found |= {"parties": _parties(record.payment), "references": _references(record.payment)}
        found["account"] = _accounts(record.payment)
    named = [hit for hit in decided.hits if hit.basis in {Basis.NAME, Basis.IDENTIFIER} and not hit.weak_only]
    if named:
        found["why_target"] = f"named in it: {joined(hit.matched_name for hit in named)}"
    said = [f"{one.by} on {one.at:%Y-%m-%d}: {one.why}" for one in record.judged if one.outcome is Outcome.TRUE]
    if said:
        found["why_target"] = joined([found.get("why_target", ""), *said])
    return {name: value for name, value in found.items() if value}


def _parties(payment: Payment) -> str:
    return "; ".join(
        f"{one.role.value.replace('_', ' ')}: {one.party.primary_name}"
        + "".join(f", {_address(address)}" for address in one.party.addresses)
        + (f" ({', '.join(one.party.countries).upper()})" if one.party.countries else "")
        for one in payment.parties
        if one.party.names
    )


def _address(address: Address) -> str:
    parts = (address.street, address.postal_code, address.city, address.region, address.country, address.remarks)
    return " ".join(filter(None, parts))


def _references(payment: Payment) -> str:
    return joined([payment.id, f"UETR {payment.uetr}" if payment.uetr else ""])


def _accounts(payment: Payment) -> str:
    wanted = {"iban", "account"}
    return joined(
        f"{one.role.value.replace('_', ' ')} {identifier.value}"
        for one in payment.parties
        for identifier in one.party.identifiers
        if identifier.type in wanted
    )


def joined(words: Iterable[str]) -> str:
    """Give each word once, in the order in which they come."""
    return "; ".join(dict.fromkeys(word for word in words if word))


def plain(amount: Decimal) -> str:
    """Give an amount in digits, never with an exponent."""
    return f"{amount:f}"
