"""A hit and one of its designations in the words of the rule table, and the fields of its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

import msgspec

from interdiction.enforcement import jurisdictions, licences, measures, position, reach
from interdiction.enforcement.bond import Bond
from interdiction.enforcement.facts import Transaction
from interdiction.enforcement.jurisdictions import Ground
from interdiction.enforcement.licences import Cover, Request, Standing
from interdiction.enforcement.measures import Answer, Asked
from interdiction.enforcement.outcome import Finding
from interdiction.enforcement.policy import NO_PROFILE, Policy
from interdiction.enforcement.setting import Setting
from interdiction.enforcement.table import OWNERS, ConfirmedBy, Row, Timing
from interdiction.model import Basis, Designation, Hit, Measure, Outcome, Payment, Position, Reason, Role

_LONGEST: Final = 160
"""Characters of a name that a sentence repeats."""
_EDITION: Final = re.compile(r"([^@]+)@(\d{4}-\d{2}-\d{2})")
_UNKNOWN: Final = Designation(programme="", mapped=False)
"""Stands for the designation of a listing that has none: nothing is known of what it forbids."""

_RELATION: Final = {
    Ground.EMBARGO.value: "is tied to",
    Ground.REGION.value: "is tied to",
    Basis.OWNERSHIP.value: "is held, through its owners, by",
}
"""How a party stands to what the hit is on, where it is not simply it."""

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


class Fit(msgspec.Struct, frozen=True):
    """A row of the table that a hit falls under, with the designations that do, and what its sentence may name."""

    row: Row
    designations: tuple[Designation, ...]
    nexus: str
    licence: str
    words: Mapping[str, str]


class _Found(msgspec.Struct, frozen=True):
    """What was worked out for one designation of a hit."""

    bond: Bond
    why: str
    answer: Answer
    cover: Cover


def fitted(finding: Finding, setting: Setting) -> list[Fit]:
    """Give each row of the table that some designation of the hit falls under, with those designations."""
    found: dict[str, tuple[Row, list[Designation], _Found]] = {}
    for designation in finding.hit.designations or (_UNKNOWN,):
        worked = _work_out(finding, designation, setting)
        row = setting.policy.table.row(circumstances(finding, designation, setting, worked))
        found.setdefault(row.id, (row, [], worked))[1].append(designation)
    return [
        Fit(
            row,
            tuple(designations),
            worked.bond.value,
            worked.cover.licence if worked.cover.standing is not Standing.NONE else "",
            fields(finding, designations, setting) | _words(worked),
        )
        for row, designations, worked in found.values()
    ]


def circumstances(
    finding: Finding, designation: Designation, setting: Setting, worked: _Found | None = None
) -> Mapping[str, frozenset[str]]:
    """Give the words that hold of a hit under one designation; `measure` may be several."""
    hit = finding.hit
    worked = worked or _work_out(finding, designation, setting)
    text = finding.role is Role.REMITTANCE and hit.basis is not Basis.JURISDICTION
    basis = Basis.TEXT if text else hit.basis
    law = law_of(hit.listing, setting)
    side = position.side(finding.role)
    said = {
        "outcome": finding.outcome.value,
        "confirmed_by": finding.confirmed_by.value,
        "listing": "unread" if finding.unread else "read",
        "alias": "weak" if hit.weak_only else "full",
        "basis": basis.value,
        "ground": jurisdictions.ground(hit.listing).value,
        "law": law or "none",
        "nexus": worked.bond.value,
        "timing": _timing(designation, setting).value,
        "programme": "mapped" if designation.mapped else "unmapped",
        "funds": setting.funds,
        "position": setting.position.value,
        "side": side,
        "held": _held(law, side, setting),
        "rail": setting.way.id if setting.way is not None else "unknown",
        "question": worked.answer.question.value,
        "licence": worked.cover.standing.value,
        "party": "related" if hit.related else "itself",
        "owner": _owner(hit),
        "sponsor": _sponsor(hit, side, setting),
    }
    return {word: frozenset({value}) for word, value in said.items()} | {
        "measure": frozenset(measure.value for measure in designation.measures)
    }


def law_of(listing: str, setting: Setting) -> str | None:
    """Give the law behind a listing: that of its list, or of the row of jurisdictions it names."""
    return jurisdictions.law_of(listing) or setting.policy.law_of(list_key(listing))


def _work_out(finding: Finding, designation: Designation, setting: Setting) -> _Found:
    hit = finding.hit
    law = law_of(hit.listing, setting)
    bond, why = reach.bond(law, designation.programme, setting.policy, setting.laws, setting.moment)
    confirmed = finding.outcome is Outcome.TRUE
    account = (
        setting.us_account(finding.role, ours_of(hit))
        if confirmed and Measure.CORRESPONDENT_ACCOUNT in designation.measures
        else ""
    )
    answer = measures.answer(
        designation,
        Asked(finding.entry, setting.facts, setting.moment, account, hit.basis is Basis.JURISDICTION),
    )
    request = Request(hit, designation, law, setting.amount, setting.facts, setting.moment, setting.hints, setting.used)
    cover = licences.cover(setting.policy.licences, request) if confirmed and setting.payment is not None else Cover()
    return _Found(bond, why, answer, cover)


def _words(worked: _Found) -> dict[str, str]:
    return {
        "answer": worked.answer.words or "what is forbidden is not known",
        "licence": worked.cover.words,
        "nexus_why": worked.why,
    }


def _held(law: str | None, side: str, setting: Setting) -> str:
    """Say whose funds we hold: in the Union and the United Kingdom a freeze takes those of the listed party alone."""
    away = law in {"eu", "uk"} and setting.position is Position.ORIGINATOR_BANK and side in {"payee", "bank"}
    return "not_theirs" if away else "theirs"


def _owner(hit: Hit) -> str:
    """Give what the chain of owners came to; an ownership that says nothing of it is unknown."""
    if hit.basis is not Basis.OWNERSHIP:
        return "none"
    said = [one.finding for one in hit.evidence if one.kind == "ownership"]
    return next((one for one in said if one in OWNERS), "unknown")


def _sponsor(hit: Hit, side: str, setting: Setting) -> str:
    """Give what is known of a transfer from a government that part 596 alone speaks of."""
    facts = setting.facts
    if jurisdictions.ground(hit.listing) is not Ground.TERRORISM_LIST:
        return "none"
    if facts.terrorism_risk:
        return "risk"
    if facts.transaction is Transaction.DONATION and side in {"payer", "other"}:
        return "donation"
    return "neither" if facts.terrorism_risk is False and facts.transaction is not None else "unknown"


def reason(finding: Finding, fit: Fit, *, of_customer: bool) -> Reason:
    """Give the reason a hit adds to a decision: the law behind it and the sentence to file."""
    row, designations, words = fit.row, fit.designations, fit.words
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
        nexus=fit.nexus,
        licence=fit.licence,
    )


def list_key(listing: str) -> str:
    """Give the list of a listing id: `ofac-sdn:9345` is of `ofac-sdn`."""
    return listing.partition(":")[0]


def fields(finding: Finding, designations: Sequence[Designation], setting: Setting) -> dict[str, str]:
    """Give what the sentences of the table may name."""
    hit, policy = finding.hit, setting.policy
    key = list_key(hit.listing)
    on_a_list = hit.basis is not Basis.JURISDICTION
    named = [str(one.ours) for one in hit.evidence if one.kind == "government" and one.finding != "bank"]
    ours = next(iter((*ours_of(hit), *named)), "")
    role = "the customer" if finding.role is None else f"the {finding.role.value.replace('_', ' ')}"
    if hit.related:
        role = f"the customer's {hit.related}"
    if finding.role is Role.REMITTANCE:
        role = "the text of the payment"
    begins = [day for one in designations if (day := effective(one)) is not None]
    measures = ", ".join(MEASURES[measure] for measure in _measures(designations))
    return {
        "party": f"{role} {_short(ours)}" if ours else role,
        "is": _RELATION.get(jurisdictions.ground(hit.listing).value, _RELATION.get(hit.basis.value, "is")),
        "why": hit.why or "no sign is stated",
        "authority": _joined(one.authority or "" for one in designations) or "an act that is not stated",
        "citation": _joined(one.legal_basis or "" for one in designations) or "no citation is stated",
        "held": setting.holds,
        "uetr": _tied(setting.payment),
        "listed": _short(hit.listed_name or hit.matched_name),
        "listing": hit.listing,
        "matched": _short(hit.matched_name),
        "score": f"{hit.score:.2f}",
        "by": _by(finding),
        "list": key,
        "edition": edition_of(key, setting.editions) if on_a_list else "a row of jurisdictions.yml",
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


def ours_of(hit: Hit) -> list[str]:
    """Give our own names that the evidence of a hit speaks of."""
    return [str(one.ours) for one in hit.evidence if one.kind in {"name", "weak_name"} and one.ours]


def _tied(payment: Payment | None) -> str:
    if payment is None:
        return ""
    if payment.uetr:
        return f"the payment with the UETR {payment.uetr}"
    found = next((one for one in payment.references if one.type.startswith(("original_", "related"))), None)
    return f"the payment with the reference {_short(found.value)}" if found else "a payment that it does not name"


def effective(designation: Designation) -> date | None:
    """Give the day a designation took effect, by its own zone; the day of listing stands in for it."""
    return designation.effective_at.date() if designation.effective_at else designation.listed_on


def _timing(designation: Designation, setting: Setting) -> Timing:
    begins, moment, paid = effective(designation), setting.moment, setting.paid_on
    if designation.effective_at is not None and moment.at is not None:
        if designation.effective_at > moment.at:
            return Timing.NOT_YET
    elif begins is not None and begins > moment.on:
        return Timing.NOT_YET
    return Timing.PAYMENT_BEFORE if begins is not None and paid is not None and paid < begins else Timing.IN_FORCE


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
