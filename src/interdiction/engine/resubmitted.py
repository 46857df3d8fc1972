"""Holds a payment that was stopped before and comes again with a detail taken out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from interdiction.engine.records import kept
from interdiction.model import Decision, Disposition
from interdiction.payments.resubmitted import CODE, Stopped

if TYPE_CHECKING:
    from interdiction.engine.home import Home
    from interdiction.engine.payment import PaymentHits
    from interdiction.model import Payment

DAYS: Final = 90
"""How long a stopped payment is remembered: resubmissions come within days, seldom after weeks."""
_STOPPED: Final = (Disposition.BLOCK, Disposition.REJECT, Disposition.RETAIN, Disposition.HOLD)


class Resubmissions:
    """What was stopped before: by the decisions that are kept and still stand, and by those of this run."""

    def __init__(self, stopped: Stopped) -> None:
        self._stopped = stopped

    @classmethod
    def of(cls, home: Home, at: datetime) -> Resubmissions:
        """Read what the kept decisions stopped in the days before `at`."""
        with kept(home) as decisions:
            return cls(Stopped(decisions.stopped(_STOPPED, at - timedelta(days=DAYS), at)))

    def marked(self, one: PaymentHits) -> PaymentHits:
        """Give a payment with the problem of its resubmission, where it is one."""
        found = self._stopped.like(one.payment)
        if found is None:
            return one
        problems = (*one.payment.problems, found.problem(one.payment))
        return msgspec.structs.replace(one, payment=msgspec.structs.replace(one.payment, problems=problems))

    def learn(self, payment: Payment, decided: Decision) -> None:
        """Take note of a payment that was stopped just now."""
        if decided.disposition is not Disposition.RELEASE and payment.parties:
            self._stopped.add(f"{payment.id} of this run", payment)


def carried(payment: Payment, recorded: Payment | None) -> Payment:
    """Give a payment that is read again with the resubmission that was seen when it was first decided on."""
    seen = tuple(one for one in (recorded.problems if recorded else ()) if one.code == CODE)
    return msgspec.structs.replace(payment, problems=(*payment.problems, *seen)) if seen else payment
