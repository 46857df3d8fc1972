"""From hits to decisions: each hit gets its outcome from the policy, then the rule table says what happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import msgspec

from interdiction import approved
from interdiction.config import Config
from interdiction.enforcement import Finding, Institution, Policy, decide_customer, decide_payment, find, load_policy
from interdiction.enforcement.facts import NOTHING, Facts
from interdiction.enforcement.moment import Moment
from interdiction.enforcement.threshold import unknown_lists
from interdiction.enforcement.tied import of_customer, of_payment
from interdiction.enforcement.whole import UNREAD
from interdiction.errors import DataError
from interdiction.model import (
    CustomerDecision,
    Decision,
    Hit,
    Listing,
    Measure,
    Outcome,
    Party,
    Payment,
    Problem,
    Role,
)
from interdiction.names.index import core_version
from interdiction.screening.screener import cut_short

if TYPE_CHECKING:
    from interdiction.engine.force import Force
    from interdiction.engine.payment import PaymentHits


LICENCES: Final = "licences.yml"
"""The institution's own licences, in its home."""
_READ: Final = frozenset(
    {
        Measure.DEBT_EQUITY,
        Measure.TRADE,
        Measure.CORRESPONDENT_ACCOUNT,
        Measure.INVESTMENT_BAN,
        Measure.MENU,
    }
)
Judgements = Mapping[str, tuple[Outcome, str]]
"""What people said of single listings: the outcome and who gave it, by the listing's id."""


def found(
    force: Force, hit: Hit, policy: Policy, role: Role | None = None, judged: Judgements = MappingProxyType({})
) -> Finding:
    """Give a hit its outcome; what the listing is and whether it could be read is asked of the listing itself."""
    listing = force.screener.listing(hit)
    return find(
        hit,
        policy,
        role=role,
        listed=listing.party.kind,
        unread=listing.unread,
        judged=judged.get(hit.listing),
        entry=_entry(listing) if _depends(hit) else "",
    )


def _depends(hit: Hit) -> bool:
    return any(measure in _READ for one in hit.designations for measure in one.measures)


def _entry(listing: Listing) -> str:
    """Give what a listing states in words: a measure may depend on the directive it names, or on a condition."""
    said = [listing.remarks or "", *(f"{one.label} {one.value}" for one in listing.details)]
    return "; ".join(filter(None, said))


def tied(one: Payment, policy: Policy, moment: Moment, judged: Judgements = MappingProxyType({})) -> list[Finding]:
    """Give the findings of governments and places in a payment; only a person confirms one."""
    return [
        find(hit, policy, role=role, judged=judged.get(hit.listing)) for role, hit in of_payment(one, policy, moment)
    ]


def customer(
    force: Force,
    policy: Policy,
    query_id: str,
    hits: Sequence[Hit],
    *,
    on: date,
    stale: Sequence[str] = (),
    problems: Sequence[Problem] = (),
    thresholds: str = "",
    judged: Judgements = MappingProxyType({}),
    party: Party | None = None,
    calm: list[CustomerDecision] | None = None,
) -> CustomerDecision:
    """Decide on one customer. `thresholds` are those of the screening, in words; `party` is asked for places.

    `calm` keeps the decision on somebody of whom nothing was found, for all others of whom nothing is: give one list
    to calls that differ in nothing but the customer.
    """
    findings = [found(force, hit, policy, judged=judged) for hit in hits]
    if party is not None:
        findings += [
            find(hit, policy, judged=judged.get(hit.listing))
            for hit in of_customer(query_id, party, policy, Moment.of(on))
        ]
    share = calm is not None and not findings and not problems
    if share and calm:
        return msgspec.structs.replace(calm[0], customer=query_id)
    decision = decide_customer(
        query_id,
        findings,
        policy,
        on=on,
        editions=[edition.edition for edition in force.editions],
        stale=stale,
        problems=problems,
        read=_read(judged),
        thresholds=thresholds,
        weights=force.weights.reference,
        core=core_version(),
    )
    if share and calm is not None:
        calm.append(decision)
    return decision


def payment(
    force: Force,
    policy: Policy,
    one: PaymentHits,
    *,
    on: date,
    stale: Sequence[str] = (),
    problems: Sequence[Problem] = (),
    judged: Judgements = MappingProxyType({}),
    at: datetime | None = None,
    facts: Facts = NOTHING,
    used: Mapping[str, Sequence[Decimal]] | None = None,
) -> Decision:
    """Decide on one payment; a text that was too long to be read whole is a problem that holds it.

    `at` is the instant of the decision, where the day is not enough; `facts` is what a person said of the payment,
    whose outcomes count beside those of `judged`; `used` is what was drawn on licences (`drawn.Drawn`).
    """
    if facts.outcomes:
        judged = {**judged, **{listing: (said, facts.by) for listing, said in facts.outcomes.items()}}
    sides = list(zip(one.payment.parties, one.parties, strict=True))
    findings = [found(force, hit, policy, party.role, judged) for party, screened in sides for hit in screened.hits]
    findings += [found(force, hit, policy, Role.REMITTANCE, judged) for hit in one.text.hits]
    findings += tied(one.payment, policy, Moment.of(on, at), judged)
    cut = [cut_short(party.at) for party, screened in sides if screened.truncated]
    if one.text.truncated:
        cut.append(Problem(code="text-cut", message="the text is too long to be read whole", node="remittance"))
    return decide_payment(
        one.payment,
        findings,
        policy,
        on=on,
        editions=[edition.edition for edition in force.editions],
        stale=stale,
        problems=[*problems, *cut],
        at=at,
        facts=facts,
        used=used,
        read=_read(judged),
        thresholds=one.thresholds,
        weights=force.weights.reference,
        core=core_version(),
    )


def _read(judged: Judgements) -> dict[str, str]:
    """Give who found that unread parts stop nothing, by their mark."""
    return {mark: by for mark, (said, by) in judged.items() if said is Outcome.FALSE and mark.startswith(UNREAD)}


def policy_of(config: Config, licences: Path | None = None) -> Policy:
    """Give the policy of a home: its own file or the packaged one, for the institution that its config names.

    `licences` is another file of licences than the one in force. Raises `DataError` that names the entry which is
    wrong.
    """
    from interdiction.lists.sources import Sources

    policy = load_policy(config.policy, licences or approved.own(config.home, LICENCES))
    sources = [source.key for source in Sources.load()]
    unknown = unknown_lists(policy.threshold_rows, sources)
    if unknown:
        raise DataError(
            f"no list is called {unknown[0]!r}",
            where=f"{config.policy or 'policy.yml'}, thresholds",
            mend=f"use one of {', '.join(sources)}",
            code="threshold",
        )
    if config.institution is None:
        return policy
    return policy.for_profile(Institution(**msgspec.structs.asdict(config.institution)))
