"""Recognises a payment that was stopped before and comes again with a detail taken out ("stripping").

Two payments are one when their sums agree and so do both sides, or a reference in place of one of these. A side agrees
when it shares an account or a name. What was removed is what the earlier one said and the later one does not: names,
numbers of parties, words of texts. A payment that comes again unchanged is none: what stopped it stops it again.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Final

import msgspec

from interdiction.model import Payment, Problem, Role
from interdiction.names.normalise import fold

CODE: Final = "resubmitted"
_DEBTORS: Final = frozenset({Role.DEBTOR, Role.ULTIMATE_DEBTOR, Role.APPLICANT})
_CREDITORS: Final = frozenset({Role.CREDITOR, Role.ULTIMATE_CREDITOR, Role.BENEFICIARY})
_ACCOUNTS: Final = frozenset({"account", "iban", "wallet"})
_REFERENCES: Final = frozenset({"end_to_end", "transaction", "related", "original_end_to_end"})
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_SHOWN: Final = 8
_ALIKE: Final = 200
"""Stopped payments of one sum, or under one reference, that are remembered: the last ones."""
_AGREEING: Final = 3
"""Of sum, debtor's side, creditor's side and reference, the sum or the reference among them."""


class Trace(msgspec.Struct, frozen=True):
    """What of a payment is compared: folded names, numbers and words, with how each was written."""

    id: str
    sums: frozenset[tuple[Decimal, str]]
    references: frozenset[str]
    debtors: frozenset[str]
    creditors: frozenset[str]
    details: dict[str, str]


class Resubmission(msgspec.Struct, frozen=True):
    """A payment that resembles one stopped before: the earlier one's id, and what of it is gone."""

    earlier: str
    removed: tuple[str, ...]

    def problem(self, payment: Payment) -> Problem:
        """Give the problem that holds the payment."""
        shown = ", ".join(self.removed[:_SHOWN])
        more = f" and {len(self.removed) - _SHOWN} more" if len(self.removed) > _SHOWN else ""
        return Problem(
            code=CODE,
            message=f"this is {self.earlier} again, which was stopped, without {shown}{more}",
            file=payment.source,
            line=payment.row,
            node=self.earlier,
            mend="compare both, and ask the sender why it was changed",
        )


def trace(payment: Payment, name: str = "") -> Trace:
    """Give what of a payment is compared; `name` is what it is called, else its own reference."""
    details: dict[str, str] = {}
    sides: dict[bool, set[str]] = {True: set(), False: set()}
    for one in payment.parties:
        side = sides[True] if one.role in _DEBTORS else sides[False] if one.role in _CREDITORS else None
        for written in one.party.names:
            folded = fold(written.text)
            details.setdefault(f"name {folded}", written.text)
            if side is not None:
                side.add(folded)
        for number in one.party.identifiers:
            plain = re.sub(r"[\W_]", "", number.value).upper()
            details.setdefault(f"number {plain}", f"{number.type} {number.value}")
            if side is not None and number.type in _ACCOUNTS:
                side.add(plain)
    for text in payment.screened_texts:
        for word in _WORD.findall(text.text):
            details.setdefault(f"word {fold(word)}", word)
    return Trace(
        id=name or payment.id,
        sums=_sums(payment),
        references=_references(payment),
        debtors=frozenset(sides[True]),
        creditors=frozenset(sides[False]),
        details=details,
    )


def _sums(payment: Payment) -> frozenset[tuple[Decimal, str]]:
    return frozenset((one.value, one.currency) for one in (payment.amount, payment.instructed) if one is not None)


def _references(payment: Payment) -> frozenset[str]:
    found = {one.value.upper() for one in payment.references if one.type in _REFERENCES}
    return frozenset({*found, payment.uetr or ""} - {"", "NOTPROVIDED"})


class Stopped:
    """Payments that were held, rejected, retained or blocked before, ready to be asked about."""

    def __init__(self, earlier: Iterable[tuple[str, Payment]] = (), *, most: int = 100_000) -> None:
        self._most = most
        self._count = 0
        self._by: dict[object, deque[Trace]] = {}
        for name, payment in islice(earlier, most):
            self.add(name, payment)

    def __len__(self) -> int:
        return self._count

    def add(self, name: str, payment: Payment) -> None:
        """Remember a payment that was stopped; beyond `most` none is."""
        if self._count >= self._most:
            return
        found = trace(payment, name)
        self._count += 1
        for key in (*found.sums, *found.references):
            self._by.setdefault(key, deque(maxlen=_ALIKE)).append(found)

    def like(self, payment: Payment) -> Resubmission | None:
        """Give the earlier payment that this one is again with something removed; of several the likest."""
        if not any(key in self._by for key in (*_sums(payment), *_references(payment))):
            return None
        now = trace(payment)
        best: tuple[int, Resubmission] | None = None
        for before in self._candidates(now):
            removed = tuple(written for key, written in before.details.items() if key not in now.details)
            if not removed:
                return None  # the same again: what stopped it then stops it now
            if best is None or len(removed) < best[0]:
                best = (len(removed), Resubmission(before.id, removed))
        return None if best is None else best[1]

    def _candidates(self, now: Trace) -> Iterator[Trace]:
        seen: set[int] = set()
        for key in (*now.sums, *now.references):
            for before in self._by.get(key, ()):
                if id(before) not in seen:
                    seen.add(id(before))
                    if _agreeing(before, now) >= _AGREEING:
                        yield before


def _agreeing(before: Trace, now: Trace) -> int:
    return sum(
        map(
            bool,
            (
                before.sums & now.sums,
                before.references & now.references,
                before.debtors & now.debtors,
                before.creditors & now.creditors,
            ),
        )
    )
