"""Everything one decision rests on, in one piece: what an examiner asks for, and nothing that needs our program."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from interdiction.ledger import Held
from interdiction.model import Entry, Filing, KeptFile, Payment, Receipt, Record, Run, RunEnd, to_json

SCHEMA: Final = "interdict.evidence/1"
LARGEST_INSIDE: Final = 8 * 1024 * 1024
"""An input of more bytes is named by its hash alone, and stands in full beside the pack where that is a folder."""


class Seen(msgspec.Struct, frozen=True):
    """One value of the input: where it stood, what it was, and whether names were looked for in it."""

    at: str
    what: str
    value: str
    screened: bool
    why: str = ""
    """Why it was not."""


class Pack(msgspec.Struct, frozen=True, omit_defaults=True):
    """The evidence for one decision. `made_at` and `made_by` say when it was put together and for whom."""

    made_at: datetime
    made_by: str
    record: Record
    run: Run
    run_end: RunEnd | None
    chain: tuple[Record, ...]
    """The decisions before it and after it, in their order, itself among them."""
    decision_sha256: str
    """Of the very bytes of the decision."""
    seen: tuple[Seen, ...]
    replay: str
    """Whether it came out the same when it was decided again for this pack."""
    held: tuple[Held, ...] = ()
    filings: tuple[Filing, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    input_base64: str = ""
    schema: str = SCHEMA

    def entries(self) -> list[Entry]:
        """Give every entry of the ledger that rests on it."""
        return [entry for held in self.held for entry in held.entries]

    def input(self) -> bytes | None:
        """Give the bytes of the input, where they are inside."""
        return base64.b64decode(self.input_base64) if self.input_base64 or not self.run.input.size else None


def pack(
    record: Record,
    run: Run,
    run_end: RunEnd | None,
    chain: Sequence[Record],
    data: bytes,
    *,
    at: datetime,
    by: str,
    replay: str,
    decision_sha256: str,
    held: Sequence[Held] = (),
    filings: Sequence[Filing] = (),
    receipts: Sequence[Receipt] = (),
) -> Pack:
    """Put together the evidence for one decision. Property and reports are those of any decision of its chain."""
    ids = {one.id for one in chain}
    mine = tuple(one for one in held if one.decision in ids)
    about = {*ids, *(one.id for one in mine), *(f"E-{entry.number}" for one in mine for entry in one.entries)}
    reported = tuple(one for one in filings if about & {*one.subjects, *(row.about for row in one.rows)})
    numbers = {one.number for one in reported}
    return Pack(
        made_at=at,
        made_by=by,
        record=record,
        run=run,
        run_end=run_end,
        chain=tuple(chain),
        decision_sha256=decision_sha256,
        seen=tuple(seen(record)),
        replay=replay,
        held=mine,
        filings=reported,
        receipts=tuple(one for one in receipts if one.filing in numbers),
        input_base64=base64.b64encode(data).decode("ascii") if len(data) <= LARGEST_INSIDE else "",
    )


def data(of: Pack) -> bytes:
    """Give the pack as canonical JSON."""
    return to_json(of) + b"\n"


def documents(of: Pack) -> list[KeptFile]:
    """Give the files beside the input: documents of reports, the copies that went out, the receipts."""
    found = [one for filing in of.filings for one in filing.documents]
    for receipt in of.receipts:
        found += [one for one in (receipt.copy, receipt.receipt_file) if one is not None]
    return [one for one in dict.fromkeys(found) if one.sha256 != of.run.input.sha256]


def seen(record: Record) -> list[Seen]:
    """Give the values of the input as they were read, and whether each was screened."""
    if record.payment is not None:
        return _of_payment(record.payment)
    return [
        Seen(
            name,
            name.replace("_", " "),
            "; ".join(values),
            screened=name not in _NOT_OF_A_ROW,
            why=_NOT_OF_A_ROW.get(name, ""),
        )
        for name, values in record.row.items()
    ]


_NOT_OF_A_ROW: Final = {
    "id": "it names the row, not the party",
    "row": "it is the place in the file",
}
_AMOUNT: Final = "it names nobody; it bears on what is done, not on who is meant"
_REFERENCE: Final = "a reference names nobody"


def _of_payment(payment: Payment) -> list[Seen]:
    found: list[Seen] = []
    for one in payment.parties:
        role = one.role.value.replace("_", " ")
        found += [Seen(one.at, f"{role}: name", name.text, screened=True) for name in one.party.names]
        found += [
            Seen(one.at, f"{role}: {identifier.type}", identifier.value, screened=True)
            for identifier in one.party.identifiers
        ]
        countries = (*one.party.countries, *one.party.nationalities, *one.party.residences)
        if countries:
            found.append(Seen(one.at, f"{role}: country", ", ".join(dict.fromkeys(countries)).upper(), screened=True))
    found += [Seen(text.at, f"text: {text.kind}", text.text, screened=True) for text in payment.screened_texts]
    found += [Seen(place.at, f"place: {place.kind.value}", place.text, screened=True) for place in payment.places]
    if payment.amount is not None:
        value = f"{payment.amount.value:f} {payment.amount.currency}"
        found.append(Seen("", "amount", value, screened=False, why=_AMOUNT))
    if payment.on is not None:
        found.append(Seen("", "date", payment.on.isoformat(), screened=False, why=_AMOUNT))
    found += [
        Seen("", f"reference: {one.type}", one.value, screened=False, why=_REFERENCE) for one in payment.references
    ]
    if payment.uetr:
        found.append(Seen("", "UETR", payment.uetr, screened=False, why=_REFERENCE))
    return found
