"""From hits to decisions: each hit gets its outcome from the policy, then the rule table says what happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from interdiction.config import Config
from interdiction.enforcement import Finding, Policy, decide_customer, decide_payment, find, load_policy
from interdiction.enforcement.threshold import unknown_lists
from interdiction.errors import DataError
from interdiction.model import CustomerDecision, Decision, Hit, Outcome, Problem, Role
from interdiction.names.index import core_version
from interdiction.screening.screener import cut_short

if TYPE_CHECKING:
    from interdiction.engine.force import Force
    from interdiction.engine.payment import PaymentHits


Judgements = Mapping[str, tuple[Outcome, str]]
"""What people said of single listings: the outcome and who gave it, by the listing's id."""


def found(
    force: Force, hit: Hit, policy: Policy, role: Role | None = None, judged: Judgements = MappingProxyType({})
) -> Finding:
    """Give a hit its outcome; what the listing is and whether it could be read is asked of the listing itself."""
    listing = force.screener.listing(hit)
    return find(
        hit, policy, role=role, listed=listing.party.kind, unread=listing.unread, judged=judged.get(hit.listing)
    )


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
) -> CustomerDecision:
    """Decide on one customer. `thresholds` are those of the screening, in words."""
    return decide_customer(
        query_id,
        [found(force, hit, policy, judged=judged) for hit in hits],
        policy,
        on=on,
        editions=[edition.edition for edition in force.editions],
        stale=stale,
        problems=problems,
        thresholds=thresholds,
        weights=force.weights.reference,
        core=core_version(),
    )


def payment(
    force: Force,
    policy: Policy,
    one: PaymentHits,
    *,
    on: date,
    stale: Sequence[str] = (),
    problems: Sequence[Problem] = (),
    judged: Judgements = MappingProxyType({}),
) -> Decision:
    """Decide on one payment; a text that was too long to be read whole is a problem that holds it."""
    sides = list(zip(one.payment.parties, one.parties, strict=True))
    findings = [found(force, hit, policy, party.role, judged) for party, screened in sides for hit in screened.hits]
    findings += [found(force, hit, policy, Role.REMITTANCE, judged) for hit in one.text.hits]
    cut = [
        cut_short(party.at)
        for party, screened in zip(one.payment.parties, one.parties, strict=True)
        if screened.truncated
    ]
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
        thresholds=one.thresholds,
        weights=force.weights.reference,
        core=core_version(),
    )


def policy_of(config: Config) -> Policy:
    """Give the policy of a home: its own file or the packaged one, for the institution that its config names.

    Raises `DataError` that names the entry which is wrong.
    """
    from interdiction.lists.sources import Sources

    policy = load_policy(config.policy)
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
    return policy.for_institution(config.institution.kind, config.institution.name)
