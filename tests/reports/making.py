"""Decisions and a ledger for the tests of reports, made by hand so that each says only what its test is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec

from interdiction.ledger import Held
from interdiction.model import (
    Amount,
    Band,
    Basis,
    Consequence,
    CustomerDecision,
    Decision,
    Disposition,
    Filing,
    Hit,
    KeptFile,
    Measure,
    Outcome,
    Party,
    Payment,
    PaymentParty,
    Reason,
    Record,
    Role,
    Subject,
    to_json,
)
from interdiction.reports.facts import State

ORDER = date(2015, 1, 2)
AT = datetime(2015, 1, 2, 18, tzinfo=UTC)
KOMID = "KOREA MINING DEVELOPMENT TRADING CORPORATION"


def hit(listing: str = "ofac-sdn:9345") -> Hit:
    return Hit("P-1 creditor", listing, KOMID, KOMID, 1.0, Band.CERTAIN, Basis.NAME)


def reason(outcome: Outcome = Outcome.TRUE) -> Reason:
    return Reason(
        listing="ofac-sdn:9345",
        role=Role.CREDITOR,
        outcome=outcome,
        outcome_by="A. Officer",
        rule="freeze",
        authority="Executive Order 13687",
        programme="DPRK2",
        measures=(Measure.ASSET_FREEZE,),
        sentence="It is them.",
    )


def payment(amount: str = "1000.00") -> Payment:
    return Payment(
        id="P-1",
        parties=(
            PaymentParty(Role.DEBTOR, Party(names=["=SUM(A1) & <b>Sons</b>"]), "debtor"),
            PaymentParty(Role.CREDITOR, Party(names=[KOMID], countries=["kp"]), "creditor"),
        ),
        amount=Amount(Decimal(amount), "USD"),
        on=ORDER,
    )


def record(number: int, result: str = "block", on: date = ORDER, follows: int | None = None) -> Record:
    customer = result in set(Consequence)
    decided: Decision | CustomerDecision
    if customer:
        decided = CustomerDecision("C-1", Consequence(result), (reason(),), (hit(),), on, "us", "It is them.")
    else:
        decided = Decision("P-1", Disposition(result), (reason(),), (hit(),), on, "us", "It is them.")
    return Record(
        run=1,
        place=0,
        subject=Subject.CUSTOMER if customer else Subject.PAYMENT,
        name="C-1" if customer else "P-1",
        result=result,
        at=AT,
        decision=msgspec.Raw(to_json(decided)),
        payment=None if customer else payment(),
        follows=follows,
        number=number,
    )


def state(
    records: Sequence[Record] = (),
    held: Sequence[Held] = (),
    *,
    law: str = "us",
    filings: Sequence[Filing] = (),
    filed: Sequence[int] = (),
    institution: str = "Larkspur & Finch Bank, N.A.",
) -> State:
    file = KeptFile("payments.csv", "ab" * 32, 2184)
    return State(
        institution=institution,
        laws=frozenset({law}),
        records=tuple(records),
        inputs={one.number: file for one in records},
        held=tuple(held),
        filings=tuple(filings),
        filed=frozenset(filed),
    )
