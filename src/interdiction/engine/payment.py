"""Payments to hits: all parties screened in one native call, all texts in another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from interdiction.model import Payment
from interdiction.names.thresholds import Channel
from interdiction.screening.screener import Screened
from interdiction.screening.text import Text, TextHits, screen_texts

if TYPE_CHECKING:
    from interdiction.engine.force import Force
    from interdiction.engine.hall import Engine


class PaymentHits(msgspec.Struct, frozen=True):
    """One payment with the hits of each of its parties, in their order, and those of its free text."""

    payment: Payment
    parties: tuple[Screened, ...]
    text: TextHits
    thresholds: str = ""
    """Those of names and of texts, in words."""


def screen_payments(
    engine: Engine, force: Force, payments: Sequence[Payment], *, threshold: float | None = None
) -> list[PaymentHits]:
    """Screen every party and every remittance text of the payments against what was in force."""
    screener = force.screener
    names, inside = (engine.thresholds(channel, threshold) for channel in (Channel.PAYMENT, Channel.TEXT))
    parties = [
        msgspec.structs.replace(one.party, id=f"{payment.id} {one.role.value}")
        for payment in payments
        for one in payment.parties
    ]
    answers = iter(screener.screen(parties, threshold=names))
    texts = [
        Text(f"{payment.id} remittance", payment.remittance or "", tuple(_countries(payment))) for payment in payments
    ]
    looked = screen_texts(screener, texts, threshold=inside)
    return [
        PaymentHits(payment, tuple(next(answers) for _ in payment.parties), text, f"names {names}; texts {inside}")
        for payment, text in zip(payments, looked, strict=True)
    ]


def _countries(payment: Payment) -> set[str]:
    return {
        country
        for one in payment.parties
        for country in (*one.party.nationalities, *one.party.citizenships, *one.party.residences, *one.party.countries)
    }
