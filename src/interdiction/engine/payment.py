"""Payments to hits: all parties screened in one native call and all texts in another, each once however often given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

import msgspec

from interdiction.engine.reach import Reaching
from interdiction.model import FreeText, Identifier, Party, Payment, Role
from interdiction.names import countries
from interdiction.names.batch import party_batch
from interdiction.names.thresholds import Channel, Thresholds
from interdiction.screening.screener import Screened, Screener
from interdiction.screening.text import Text, TextHits, screen_texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from interdiction.engine.force import Force
    from interdiction.engine.hall import Engine

AT_ONCE: Final = 500
"""Payments screened together: enough for the native calls to be worth it, few enough to answer as they come."""
_LITTLE: Final = frozenset({"address", "identifier"})
_NOTHING: Final = Screened()
_NO_TEXT: Final = TextHits()


class PaymentHits(msgspec.Struct, frozen=True, dict=True):
    """One payment with the hits of each of its parties and of each of its texts, in their order."""

    payment: Payment
    parties: tuple[Screened, ...]
    texts: tuple[TextHits, ...]
    """In the order of `Payment.screened_texts`."""
    thresholds: str = ""
    """Those of names and of texts, in words."""

    @cached_property
    def text(self) -> TextHits:
        """The hits of all texts together."""
        if len(self.texts) == 1:
            return self.texts[0]
        return TextHits(
            tuple(hit for one in self.texts for hit in one.hits),
            tuple(hit for one in self.texts for hit in one.suppressed),
            any(one.truncated for one in self.texts),
        )


def screen_stream(
    engine: Engine, force: Force, payments: Iterable[Payment], *, threshold: float | None = None
) -> Iterator[PaymentHits]:
    """As `screen_payments`, some at a time: memory does not grow with their number."""
    left = iter(payments)
    while some := list(islice(left, AT_ONCE)):
        yield from screen_payments(engine, force, some, threshold=threshold)


def screen_payments(
    engine: Engine, force: Force, payments: Sequence[Payment], *, threshold: float | None = None, threads: int = 0
) -> list[PaymentHits]:
    """Screen every party and every text of the payments against what was in force."""
    names, inside = (engine.thresholds(channel, threshold) for channel in (Channel.PAYMENT, Channel.TEXT))
    parties = _parties(force.screener, payments, names, threads)
    asked = [_keys(payment) for payment in payments]
    texts = _texts(force.screener, asked, inside)
    said = f"names {names}; texts {inside}"
    return [
        PaymentHits(
            payment,
            tuple([_called(found, payment, one.role) for found, one in zip(screened, payment.parties, strict=True)]),
            tuple([_named(texts[key], f"{payment.id} {one.kind}") for key, one in keys]),
            said,
        )
        for payment, screened, keys in zip(payments, parties, asked, strict=True)
    ]


def _parties(
    screener: Screener, payments: Sequence[Payment], threshold: Thresholds, threads: int
) -> list[list[Screened]]:
    """Screen each distinct party once; give the answers of each payment in the order of its parties."""
    distinct: dict[Party, int] = {}
    known: dict[int, int] = {}
    """By identity: payments share the banks they come by, and what is the same object need not be compared."""
    places: list[list[int]] = []
    for payment in payments:
        row = []
        for one in payment.parties:
            at = known.get(id(one.party))
            if at is None:
                at = known[id(one.party)] = distinct.setdefault(one.party, len(distinct))
            row.append(at)
        places.append(row)
    parties = list(distinct)
    found = screener.screen_batch(party_batch(parties), [""] * len(parties), threshold=threshold, threads=threads)
    return [[found.get(at, _NOTHING) for at in row] for row in places]


_Key = tuple[str, frozenset[str], bool]
"""A text, the countries around it, and whether one word of it may stand for a longer name."""


def _keys(payment: Payment) -> list[tuple[_Key, FreeText]]:
    texts = payment.screened_texts
    around = _countries(payment) if texts else frozenset()
    return [((one.text, around, one.kind not in _LITTLE), one) for one in texts]


def _texts(
    screener: Screener, asked: Sequence[Sequence[tuple[_Key, FreeText]]], threshold: Thresholds
) -> dict[_Key, TextHits]:
    """Look into each distinct text once; the countries around it are part of what makes it distinct."""
    distinct = list(dict.fromkeys([key for keys in asked for key, _ in keys]))
    texts = [Text("", text, around, of_words) for text, around, of_words in distinct]
    looked = screen_texts(screener, texts, threshold=threshold)
    if isinstance(screener, Reaching):
        looked = screener.add_texts(texts, looked, threshold=threshold)
    return dict(zip(distinct, looked, strict=True))


def _called(screened: Screened, payment: Payment, role: Role) -> Screened:
    """Give the hits the name of the party they are of."""
    if screened is _NOTHING or not (screened.hits or screened.suppressed):
        return screened
    query_id = f"{payment.id} {role.value}"
    return msgspec.structs.replace(
        screened,
        hits=tuple(msgspec.structs.replace(hit, query_id=query_id) for hit in screened.hits),
        suppressed=tuple(msgspec.structs.replace(hit, query_id=query_id) for hit in screened.suppressed),
    )


def _named(found: TextHits, query_id: str) -> TextHits:
    if not (found.hits or found.suppressed):
        return _NO_TEXT if not found.truncated else found
    return msgspec.structs.replace(
        found,
        hits=tuple(msgspec.structs.replace(hit, query_id=query_id) for hit in found.hits),
        suppressed=tuple(msgspec.structs.replace(hit, query_id=query_id) for hit in found.suppressed),
    )


def _countries(payment: Payment) -> frozenset[str]:
    """Give the countries around a text: of the parties, their addresses, their accounts and banks."""
    found: set[str] = set()
    for one in payment.parties:
        party = one.party
        found.update(party.nationalities, party.citizenships, party.residences, party.countries)
        if party.addresses:
            found.update([address.country for address in party.addresses if address.country])
        found |= _of_numbers(party.identifiers)
    return frozenset(found & countries.known())


@lru_cache(maxsize=1 << 12)
def _of_numbers(identifiers: tuple[Identifier, ...]) -> frozenset[str]:
    """Give the countries that accounts and banks state."""
    ibans = [one.value[:2].lower() for one in identifiers if one.type == "iban"]
    return frozenset([*ibans, *(one.value[4:6].lower() for one in identifiers if one.type == "bic")])
