"""What happens to a customer: the same table, read for an account instead of a payment.

A confirmed asset freeze that binds us freezes; another confirmed measure restricts; doubt asks for a review.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType

from interdiction.enforcement import whole
from interdiction.enforcement.circumstances import fitted, reason
from interdiction.enforcement.disposition import distinct, order, summary
from interdiction.enforcement.moment import Moment
from interdiction.enforcement.outcome import Finding
from interdiction.enforcement.policy import Policy
from interdiction.enforcement.setting import of_customer
from interdiction.enforcement.table import CUSTOMER_GRAVITY
from interdiction.model import Consequence, CustomerDecision, Problem, Reason


def decide_customer(
    customer: str,
    findings: Sequence[Finding],
    policy: Policy,
    *,
    on: date,
    editions: Sequence[str],
    at: datetime | None = None,
    stale: Sequence[str] = (),
    problems: Sequence[Problem] = (),
    read: Mapping[str, str] = MappingProxyType({}),
    thresholds: str = "",
    weights: str = "",
    core: str = "",
) -> CustomerDecision:
    """Decide on one customer on the day `on`; the parameters are those of `decide_payment`.

    `problems` are those of the customer's row. Only those that took away a name or an identifier ask for a review
    (`unscreened` of the table): a fact that could not be read never hides a hit.
    """
    setting = of_customer(policy, Moment.of(on, at), editions)
    unread = [one for one in problems if whole.counts(one) and one.code in policy.table.unscreened]
    found: list[tuple[Consequence, Reason]] = []
    for finding in sorted(findings, key=order):
        found += [(fit.row.customer, reason(finding, fit, of_customer=True)) for fit in fitted(finding, setting)]
    for row, what in whole.rows(setting, stale, unread, hits=bool(findings), read=read):
        found.append((row.customer, whole.reason(row, what, setting, of_customer=True, ground=whole.mark(unread))))
    found.sort(key=lambda one: CUSTOMER_GRAVITY.index(one[0]))
    gravest = found[0][0]
    reasons = tuple(one for _, one in found)
    return CustomerDecision(
        customer=customer,
        consequence=gravest,
        reasons=reasons,
        hits=distinct(findings),
        on=on,
        institution=policy.institution.name or policy.institution.kind,
        sentence=summary(reasons),
        editions=setting.editions,
        policy=policy.reference,
        thresholds=thresholds,
        weights=weights,
        core=core,
        problems=tuple(problems),
    )
