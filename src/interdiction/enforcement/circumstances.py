"""A hit and one of its designations in the words of the rule table, and the fields of its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

import msgspec

from interdiction.enforcement.outcome import Finding
from interdiction.enforcement.policy import NO_PROFILE, Policy
from interdiction.enforcement.table import ConfirmedBy, Row, Timing
from interdiction.model import Basis, Designation, Measure, Reason, Role

_LONGEST: Final = 160
"""Characters of a name that a sentence repeats."""
_EDITION: Final = re.compile(r"([^@]+)@(\d{4}-\d{2}-\d{2})")
_UNKNOWN: Final = Designation(programme="", mapped=False)
"""Stands for the designation of a listing that has none: nothing is known of what it forbids."""

MEASURES: Final[dict[Measure, str]] = {
    Measure.ASSET_FREEZE: "asset freeze",
    Measure.PAYMENT_BAN: "ban on named transactions",
    Measure.DEBT_EQUITY: "ban on new debt and equity",
    Measure.CORRESPONDENT_ACCOUNT: "ban or condition on correspondent accounts",
    Measure.INVESTMENT_BAN: "ban on dealing in its securities",
    Measure.TRADE: "restriction on goods, services or technology",
    Measure.ARMS_EMBARGO: "arms embargo",
    Measure.TRAVEL_BAN: "travel ban",
    Measure.MENU: "measures chosen from a menu",
    Measure.SECONDARY: "risk of secondary sanctions",
    Measure.INTERNAL: "a list of our own",
}


class Setting(msgspec.Struct, frozen=True):
    """What surrounds a hit: the policy, the day of the decision, the day of the payment, the editions in force."""

    policy: Policy
    on: date
    editions: tuple[str, ...] = ()
    paid_on: date | None = None


def fitted(finding: Finding, setting: Setting) -> list[tuple[Row, tuple[Designation, ...]]]:
    """Give each row of the table that some designation of the hit falls under, with those designations."""
    found: dict[str, tuple[Row, list[Designation]]] = {}
    for designation in finding.hit.designations or (_UNKNOWN,):
        row = setting.policy.table.row(circumstances(finding, designation, setting))
        found.setdefault(row.id, (row, []))[1].append(designation)
    return [(row, tuple(designations)) for row, designations in found.values()]


def circumstances(finding: Finding, designation: Designation, setting: Setting) -> Mapping[str, frozenset[str]]:
    """Give the words that hold of a hit under one designation; `measure` may be several."""
    hit = finding.hit
    basis = Basis.TEXT if finding.role is Role.REMITTANCE else hit.basis
    return {
        "outcome": frozenset({finding.outcome.value}),
        "confirmed_by": frozenset({finding.confirmed_by.value}),
        "listing": frozenset({"unread" if finding.unread else "read"}),
        "alias": frozenset({"weak" if hit.weak_only else "full"}),
        "basis": frozenset({basis.value}),
        "nexus": frozenset({setting.policy.nexus(list_key(hit.listing)).value}),
        "timing": frozenset({_timing(designation, setting).value}),
        "programme": frozenset({"mapped" if designation.mapped else "unmapped"}),
        "measure": frozenset(measure.value for measure in designation.measures),
    }


def reason(
    finding: Finding, row: Row, designations: Sequence[Designation], setting: Setting, *, of_customer: bool
) -> Reason:
    """Give the reason a hit adds to a decision: the law behind it and the sentence to file."""
    words = fields(finding, designations, setting)
    return Reason(
        listing=finding.hit.listing,
        role=finding.role,
        outcome=finding.outcome,
        outcome_by=finding.by,
        rule=row.id,
        authority=_joined(one.authority or "" for one in designations),
        programme=_joined(one.programme for one in designations),
        measures=_measures(designations),
        sentence=row.customer_sentence(words) if of_customer else row.payment_sentence(words),
    )


def list_key(listing: str) -> str:
    """Give the list of a listing id: `ofac-sdn:9345` is of `ofac-sdn`."""
    return listing.partition(":")[0]


def fields(finding: Finding, designations: Sequence[Designation], setting: Setting) -> dict[str, str]:
    """Give what the sentences of the table may name."""
    hit, policy = finding.hit, setting.policy
    key = list_key(hit.listing)
    ours = next((str(one.ours) for one in hit.evidence if one.kind in {"name", "weak_name"} and one.ours), "")
    role = "the customer" if finding.role is None else f"the {finding.role.value.replace('_', ' ')}"
    if finding.role is Role.REMITTANCE:
        role = "the text of the payment"
    begins = [day for one in designations if (day := effective(one)) is not None]
    measures = ", ".join(MEASURES[measure] for measure in _measures(designations))
    return {
        "party": f"{role} {_short(ours)}" if ours else role,
        "listed": _short(hit.listed_name or hit.matched_name),
        "listing": hit.listing,
        "matched": _short(hit.matched_name),
        "score": f"{hit.score:.2f}",
        "by": _by(finding),
        "list": key,
        "edition": edition_of(key, setting.editions),
        "programmes": _programmes(designations),
        "measures": measures or "not known",
        "institution": institution_words(policy),
        "institution_gap": "no profile is set"
        if policy.institution.kind == NO_PROFILE
        else "the policy does not place it",
        "since": max(begins).isoformat() if begins else "a day not stated",
        "dated": setting.paid_on.isoformat() if setting.paid_on else "on a day not stated",
        "on_block": policy.kind.on_block,
        "on_reject": policy.kind.on_reject,
        "on_freeze": policy.kind.on_freeze,
    }


def effective(designation: Designation) -> date | None:
    """Give the day a designation took effect, by its own zone; the day of listing stands in for it."""
    return designation.effective_at.date() if designation.effective_at else designation.listed_on


def _timing(designation: Designation, setting: Setting) -> Timing:
    begins = effective(designation)
    if begins is None or (begins <= setting.on and (setting.paid_on is None or begins <= setting.paid_on)):
        return Timing.IN_FORCE
    return Timing.NOT_YET if begins > setting.on else Timing.PAYMENT_BEFORE


def edition_of(key: str, editions: Sequence[str]) -> str:
    """Give the edition of a list among those in force, in words."""
    for edition in editions:
        found = _EDITION.match(edition)
        if found is not None and found[1] == key:
            return f"edition of {found[2]}"
    return next((edition for edition in editions if edition.startswith(f"{key}@")), "edition not stated")


def institution_words(policy: Policy) -> str:
    """Name the institution for a sentence."""
    name = _short(policy.institution.name)
    return f"{name} ({policy.kind.title})" if name else policy.kind.title


def _by(finding: Finding) -> str:
    if not finding.by:
        return "nobody by name"
    return f"the rule {finding.by}" if finding.confirmed_by is ConfirmedBy.RULE else _short(finding.by)


def _programmes(designations: Sequence[Designation]) -> str:
    words = [
        f"{one.programme} ({one.authority})" if one.authority else one.programme
        for one in designations
        if one.programme
    ]
    distinct = list(dict.fromkeys(words))
    if not distinct:
        return "under no programme that is stated"
    listed = " and ".join(filter(None, (", ".join(distinct[:-1]), distinct[-1])))
    return f"listed under {listed}"


def _measures(designations: Iterable[Designation]) -> tuple[Measure, ...]:
    present = {measure for one in designations for measure in one.measures}
    return tuple(measure for measure in Measure if measure in present)


def _joined(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(filter(None, words)))


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}..."
