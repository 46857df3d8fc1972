"""Small makers of hits, payments and policies for the tests of this folder."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from interdiction.enforcement import ConfirmedBy, Finding, Policy, load_policy
from interdiction.model import (
    Amount,
    Band,
    Basis,
    Decision,
    Designation,
    Evidence,
    Hit,
    Measure,
    Outcome,
    Party,
    Payment,
    PaymentParty,
    Problem,
    Role,
)

ON = date(2015, 1, 5)
EDITIONS = ("ofac-sdn@2015-01-02+ab12", "un@2015-01-02+cd34")
DPRK2 = Designation("DPRK2", "Executive Order 13687", (Measure.ASSET_FREEZE,))
US: Policy = load_policy().for_institution("us", "Example Bank")
NOBODY: Policy = load_policy()


def designated(
    *measures: Measure, programme: str = "TAG", mapped: bool = True, listed_on: date | None = None
) -> Designation:
    return Designation(programme, "Executive Order 0", measures, mapped, listed_on)


def hit(
    *designations: Designation,
    listing: str = "ofac-sdn:17614",
    band: Band = Band.POSSIBLE,
    basis: Basis = Basis.NAME,
    evidence: tuple[Evidence, ...] = (),
    weak: bool = False,
    score: float = 0.9,
) -> Hit:
    return Hit(
        query_id="Q",
        listing=listing,
        listed_name="KIM, Yong Chol",
        matched_name="KIM, Yong Chol",
        score=score,
        band=band,
        basis=basis,
        evidence=(Evidence("weak_name" if weak else "name", "equal", "Kim Yong Chol", "KIM, Yong Chol"), *evidence),
        designations=designations or (DPRK2,),
        weak_only=weak,
    )


def finding(
    found: Hit,
    said: Outcome = Outcome.TRUE,
    *,
    by: ConfirmedBy = ConfirmedBy.RULE,
    role: Role | None = Role.CREDITOR,
    unread: bool = False,
) -> Finding:
    names = {ConfirmedBy.RULE: "certain-hit", ConfirmedBy.PERSON: "A. Officer", ConfirmedBy.NOBODY: ""}
    return Finding(found, said, names[by], by, role, unread)


def payment(*problems: Problem, on: date | None = ON, party: bool = True) -> Payment:
    parties = (PaymentParty(Role.CREDITOR, Party(names=["Kim Yong Chol"]), "creditor"),) if party else ()
    return Payment("P-1", parties, Amount(Decimal(5), "USD"), on, None, "pay.csv", 2, tuple(problems))


def rules(decision: Decision) -> list[str]:
    return [reason.rule for reason in decision.reasons]
