"""The hits of basis *jurisdiction* of a payment or a customer, under the laws that reach them."""

from __future__ import annotations

from interdiction.enforcement.jurisdictions import hits_of_party, hits_of_text
from interdiction.enforcement.moment import Moment
from interdiction.enforcement.policy import NO_PROFILE, Policy
from interdiction.enforcement.reach import reach
from interdiction.model import Hit, Party, Payment, Role

_ADDRESS = "address"
"""Texts of this kind are looked into with the party they belong to."""


def of_payment(payment: Payment, policy: Policy, moment: Moment) -> list[tuple[Role, Hit]]:
    """Give the hits of every party and of the texts and places of a payment, each with the role it is of.

    A place that a party shows is not told a second time of the text. Without a profile every law is asked.
    """
    laws = _laws(policy, payment)
    found = [
        (one.role, hit)
        for one in payment.parties
        for hit in hits_of_party(f"{payment.id} {one.role}", one.party, one.role, moment, laws)
    ]
    told = {hit.listing for _, hit in found}
    texts = [one.text for one in payment.screened_texts if one.kind != _ADDRESS]
    named = hits_of_text(f"{payment.id} {Role.REMITTANCE.value}", texts, moment, laws, payment.places)
    return found + [(Role.REMITTANCE, hit) for hit in named if hit.listing not in told]


def of_customer(query_id: str, party: Party, policy: Policy, moment: Moment) -> list[Hit]:
    """Give the hits of a customer: as a government, and by where it is."""
    return hits_of_party(query_id, party, None, moment, _laws(policy, None))


def _laws(policy: Policy, payment: Payment | None) -> frozenset[str] | None:
    if policy.institution.kind == NO_PROFILE:
        return None
    owners = frozenset(policy.institution.owned_by)
    return frozenset(one.law for one in reach(payment, policy)) | owners
