"""What has been drawn on the licences that have a total: payments that went through under one, and licensed debits.

Only a run that keeps its decisions can tell: what an earlier run let through and did not keep, nobody knows. A decision
that another follows draws nothing any more, nor does an entry that was taken back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from interdiction.errors import InputError
from interdiction.ledger.exact import total
from interdiction.model import Decision, Disposition, Entry, Payment

if TYPE_CHECKING:
    import sqlalchemy as sa

    from interdiction.enforcement.licences import Licence, Licences
    from interdiction.engine.home import Home

COVERS: Final = "licence-covers"
"""The row of the rule table by which a licence lets a payment through."""


class Drawn:
    """The amounts drawn on each licence with a total. `learn` adds what a decision of this run draws."""

    def __init__(self, licences: Sequence[Licence], without: int | None = None) -> None:
        self._licences = {one.id: one for one in licences}
        self._without = without
        self._amounts: dict[str, list[Decimal]] = {}
        self._seen: tuple[int, int] = (0, 0)

    @classmethod
    def of(cls, home: Home, licences: Licences, *, without: int | None = None) -> Drawn:
        """Read what the decisions and the ledger of a home have drawn; decision `without` is about to be replaced."""
        found = cls([one for one in licences.all if one.total is not None], without)
        if found._licences:
            with home.reading() as reader:
                found._read(reader.connection)
        return found

    def amounts(self) -> Mapping[str, Sequence[Decimal]]:
        """Give the amounts by the licence's id; a licence of which the drawn amount is not known is left out."""
        return self._amounts

    def sums(self) -> dict[str, Decimal]:
        """Give the sum for each licence, to be kept with a decision."""
        return {licence: total(some) for licence, some in self._amounts.items()}

    def learn(self, payment: Payment, decision: Decision) -> bool:
        """Take note of one decision; tell whether it draws on a licence with a total."""
        drawn = [licence for licence in drawn_on(decision) if licence in self._licences]
        for licence in drawn:
            if payment.amount is not None and licence in self._amounts:
                self._amounts[licence].append(payment.amount.value)
        return bool(drawn)

    def hold_true(self, connection: sa.Connection, expected: Mapping[str, Decimal]) -> None:
        """Raise `InputError` (`licence-drawn`) where another run has drawn on a licence since it was counted here.

        `expected` are the sums before the decision that is about to be written in this transaction.
        """
        if self._last(connection) == self._seen:
            return
        now = Drawn(tuple(self._licences.values()), self._without)
        now._read(connection)
        for licence, amount in expected.items():
            if now.sums().get(licence) != amount:
                raise InputError(
                    f"another run has drawn on the licence {licence} meanwhile",
                    where=licence,
                    mend="run it again: what is left is counted anew; decisions kept so far stand",
                    code="licence-drawn",
                )

    def mark(self, connection: sa.Connection) -> None:
        """Take note that what this run has drawn is written, and nothing else came between."""
        self._seen = self._last(connection)

    def _read(self, connection: sa.Connection) -> None:
        from interdiction.store.decisions import under_licence
        from interdiction.store.ledger import entries

        self._amounts = {licence: [] for licence in self._licences}
        for record in under_licence(connection, COVERS):
            decision = record.decided()
            if isinstance(decision, Decision) and record.payment is not None and record.number != self._without:
                self.learn(record.payment, decision)
        for licence, found in _debits(entries(connection), self._licences.values()):
            self._add(licence, found)
        self.mark(connection)

    def _add(self, licence: Licence, found: Mapping[str, Decimal]) -> None:
        if set(found) - {licence.currency}:
            # A debit in another unit has drawn an amount nobody here can tell.
            self._amounts.pop(licence.id, None)
        elif licence.id in self._amounts:
            self._amounts[licence.id].extend(found.values())

    def _last(self, connection: sa.Connection) -> tuple[int, int]:
        from interdiction.store.decisions import last_number
        from interdiction.store.ledger import last_entry

        return last_number(connection), last_entry(connection)


def drawn_on(decision: Decision) -> tuple[str, ...]:
    """Give the licences under which a decision lets its payment through, each once."""
    if decision.disposition is not Disposition.RELEASE:
        return ()
    return tuple(dict.fromkeys(one.licence for one in decision.reasons if one.rule == COVERS))


def _debits(entries: Sequence[Entry], licences: Iterable[Licence]) -> Iterator[tuple[Licence, dict[str, Decimal]]]:
    """Give what was debited from held property under each licence, by unit; an entry names its id or its reference."""
    taken_back = {one.corrects for one in entries}
    named = {word.casefold(): one for one in licences for word in (one.id, one.reference)}
    for entry in entries:
        licence = named.get(entry.licence.strip().casefold())
        if licence is None or entry.number in taken_back:
            continue
        out: dict[str, list[Decimal]] = defaultdict(list)
        for posting in entry.postings:
            if posting.amount > 0:
                out[posting.unit].append(posting.amount)
        yield licence, {unit: total(some) for unit, some in out.items()}
