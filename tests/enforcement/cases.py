"""Small makers of hits, payments and policies for the tests of this folder."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from interdiction.enforcement import ConfirmedBy, Finding, Institution, Policy, load_policy
from interdiction.enforcement.licences import Kind as LicenceKind
from interdiction.enforcement.licences import Licence, Licences, contradictions
from interdiction.model import (
    Amount,
    Band,
    Basis,
    Decision,
    Designation,
    Evidence,
    Funds,
    Hit,
    Identifier,
    Measure,
    Outcome,
    Part,
    Party,
    Payment,
    PaymentParty,
    Problem,
    Rail,
    Role,
)

ON = date(2015, 1, 5)
EDITIONS = ("ofac-sdn@2015-01-02+ab12", "un@2015-01-02+cd34")
DPRK2 = Designation("DPRK2", "Executive Order 13687", (Measure.ASSET_FREEZE,))
US: Policy = load_policy().for_institution("us", "Example Bank")
NOBODY: Policy = load_policy()
EU: Policy = NOBODY.for_profile(Institution("Beispielbank", "eu", bics=("BSPLDEFF",)))
LICENCE = Licence(
    id="L-1",
    kind=LicenceKind.SPECIFIC,
    issuer="OFAC",
    reference="DPRK-2015-1",
    law="us",
    covers="rent of the mission",
    programmes=("TAG",),
    source="the letter of 2 January 2015",
    verified=True,
    straight_through=True,
    approved_by=("A. Officer", "B. Officer"),
)


def licensed(*several: Licence, policy: Policy = US) -> Policy:
    return replace(policy, licences=Licences(several, contradictions(several), "ab"))


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


def bank(role: Role, bic: str, *names: str, part: Part = Part.TRANSACTION) -> PaymentParty:
    return PaymentParty(role, Party(names=list(names), identifiers=[Identifier("bic", bic)]), role.value, part)


def payment(
    *problems: Problem,
    on: date | None = ON,
    party: bool = True,
    currency: str = "USD",
    value: str = "5",
    banks: tuple[PaymentParty, ...] = (),
    funds: Funds = Funds.ORDER,
    kind: str = "table",
    rail: Rail = Rail(),  # noqa: B008 - frozen
    uetr: str | None = None,
    purposes: tuple[str, ...] = (),
) -> Payment:
    parties = (PaymentParty(Role.CREDITOR, Party(names=["Kim Yong Chol"]), "creditor"),) if party else ()
    return Payment(
        "P-1",
        (*parties, *banks),
        Amount(Decimal(value), currency),
        on,
        None,
        "pay.csv",
        2,
        tuple(problems),
        kind=kind,
        funds=funds,
        rail=rail,
        uetr=uetr,
        purposes=purposes,
    )


def rules(decision: Decision) -> list[str]:
    return [reason.rule for reason in decision.reasons]
