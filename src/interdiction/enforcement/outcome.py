"""Is it them? A rule of the policy may say so; everything it does not confirm waits for a person."""

from __future__ import annotations

import msgspec

from interdiction.enforcement.policy import ConfirmationRule, Policy
from interdiction.enforcement.table import ConfirmedBy
from interdiction.errors import UsageError
from interdiction.model import Basis, Evidence, Hit, Kind, Outcome, Role


class Finding(msgspec.Struct, frozen=True):
    """A hit with what is held of it: the outcome and who gave it. `role` is null for a customer.

    `unread` marks a hit on the raw text of a row that could not be read; it is never more than held. `entry` is what
    the listing states in words (its remarks and labels), for a measure that depends on them.
    """

    hit: Hit
    outcome: Outcome
    by: str
    confirmed_by: ConfirmedBy = ConfirmedBy.NOBODY
    role: Role | None = None
    unread: bool = False
    entry: str = ""


def outcome(hit: Hit, policy: Policy, *, listed: Kind | None = None, unread: bool = False) -> tuple[Outcome, str]:
    """Give what the policy's rules say of a hit, and the id of the rule; unconfirmed by nobody when none fits.

    `listed` is the kind of the listed party: a rule for organisations does not fit where it is not known. A weak
    alias alone, an unread row, words in free text and somebody behind a customer are never confirmed, whatever the
    policy says (law 3): a director who is listed does not make the customer so.
    """
    if hit.weak_only or unread or hit.related or hit.basis not in {Basis.NAME, Basis.IDENTIFIER}:
        return Outcome.UNCONFIRMED, ""
    for rule in policy.rules:
        if rule.enabled and _confirms(rule, hit, listed):
            return Outcome.TRUE, rule.id
    return Outcome.UNCONFIRMED, ""


def find(
    hit: Hit,
    policy: Policy,
    *,
    role: Role | None = None,
    listed: Kind | None = None,
    unread: bool = False,
    judged: tuple[Outcome, str] | None = None,
    entry: str = "",
) -> Finding:
    """Give the finding for a hit. `judged` is what a person said and who it was; it stands above every rule.

    Raises `UsageError` (`no-person`) for a person's outcome without the person.
    """
    if judged is not None and judged[0] is not Outcome.UNCONFIRMED:
        if not judged[1].strip():
            raise UsageError(
                "an outcome needs the person who gave it", where=hit.listing, code="no-person", mend="name them"
            )
        return Finding(hit, judged[0], judged[1], ConfirmedBy.PERSON, role, unread, entry)
    # A name found in free text is text, whatever the screening called its basis.
    said, by = (
        (Outcome.UNCONFIRMED, "") if role is Role.REMITTANCE else outcome(hit, policy, listed=listed, unread=unread)
    )
    confirmed = ConfirmedBy.RULE if said is Outcome.TRUE else ConfirmedBy.NOBODY
    return Finding(hit, said, by, confirmed, role, unread, entry)


def _confirms(rule: ConfirmationRule, hit: Hit, listed: Kind | None) -> bool:
    return (
        hit.band in rule.bands
        and hit.basis in rule.bases
        and (not rule.listed or listed in rule.listed)
        and (not rule.exact or any(one.kind == "name" and one.finding == "equal" for one in hit.evidence))
        and any(_among(one, rule.facts) for one in hit.evidence)
        and not any(_among(one, rule.against) for one in hit.evidence)
    )


def _among(evidence: Evidence, findings: dict[str, tuple[str, ...]]) -> bool:
    return evidence.finding in findings.get(evidence.kind, ())
