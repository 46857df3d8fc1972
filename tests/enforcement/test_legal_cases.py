"""The legal cases an examiner asks for, from payment and law to the decision."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from msgspec.structs import replace

from interdiction.enforcement import ConfirmedBy, Finding, Institution, Policy, decide_payment, find, load_policy
from interdiction.enforcement.facts import Facts, Transaction
from interdiction.enforcement.moment import Moment
from interdiction.enforcement.tied import of_customer, of_payment
from interdiction.model import (
    Basis,
    Decision,
    Designation,
    Disposition,
    Evidence,
    Funds,
    Measure,
    Outcome,
    Part,
    Party,
    Payment,
    PaymentParty,
    Position,
    Rail,
    Role,
)

from .cases import EDITIONS, EU, ON, US, bank, designated, finding, hit, payment, rules

US_BANK = load_policy().for_profile(Institution("Example Bank", "us", bics=("EXAMUS33",)))
ALL = (*EDITIONS, "eu@2015-01-02+ef56", "uk@2015-01-02+ab78")
MINISTRY = PaymentParty(
    Role.DEBTOR, Party(names=["Ministry of Foreign Trade of the Democratic People's Republic of Korea"]), "debtor"
)


def paid(*parties: PaymentParty, on: date | None = None) -> Payment:
    return Payment("P-1", parties, on=on, source="pay.csv")


def decide(
    one: Payment, policy: Policy = US, *, on: date, at: str = "", facts: Facts | None = None, judged: str = ""
) -> Decision:
    moment = Moment.of(on, datetime.fromisoformat(at) if at else None)
    said = (Outcome.TRUE, "A. Officer")
    findings = [
        find(found, policy, role=role, judged=said if found.listing == judged else None)
        for role, found in of_payment(one, policy, moment)
    ]
    more = {} if facts is None else {"facts": facts}
    return decide_payment(one, findings, policy, on=on, at=moment.at, editions=ALL, **more)  # type: ignore[arg-type]


def test_north_koreas_government_is_not_blocked_by_status_on_2_january_2015() -> None:
    decision = decide(paid(MINISTRY), on=date(2015, 1, 2), judged="government:kp")
    assert (decision.disposition, rules(decision)) == (Disposition.RELEASE, ["no-hit"])


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2016-03-16T00:00:59-04:00", Disposition.RELEASE),
        ("2016-03-16T04:00:59+00:00", Disposition.RELEASE),
        ("2016-03-16T00:01:00-04:00", Disposition.BLOCK),
        ("2016-03-16T13:01:00+09:00", Disposition.BLOCK),
    ],
)
def test_it_is_blocked_from_12_01_am_edt_on_16_march_2016_and_not_a_second_before(
    at: str, expected: Disposition
) -> None:
    decision = decide(paid(MINISTRY), on=date(2016, 3, 16), at=at, judged="government:kp")
    assert decision.disposition is expected
    if expected is Disposition.BLOCK:
        assert decision.reasons[0].rule == "government"
        assert "Executive Order 13722, section 1(a)(i) blocks without a row on any list" in decision.sentence
        assert [(one.report, one.by) for one in decision.due] == [("us-blocked-property", date(2016, 3, 30))]
        assert decision.at == datetime.fromisoformat(at)


def test_until_a_person_has_said_that_it_is_the_government_the_transfer_is_held() -> None:
    decision = decide(paid(MINISTRY), on=date(2016, 3, 17))
    assert (decision.disposition, decision.reasons[0].rule) == (Disposition.HOLD, "unconfirmed-government")
    assert decision.due == ()


def test_a_payment_dated_before_the_instant_is_held_for_the_question_where_the_funds_were() -> None:
    decision = decide(paid(MINISTRY, on=date(2016, 3, 15)), on=date(2016, 3, 17), judged="government:kp")
    assert "payment-before-effect" in rules(decision)
    assert decision.disposition is Disposition.HOLD


@pytest.mark.parametrize("kind", ["eu", "uk", "un"])
def test_for_an_institution_of_another_law_none_of_the_ten_is_frozen_that_day(kind: str) -> None:
    policy = load_policy().for_institution(kind)
    for uid in (17614, 17615, 17616, 17617, 17618, 17619, 17620, 17624, 17625, 17627):
        found = finding(hit(listing=f"ofac-sdn:{uid}"), by=ConfirmedBy.PERSON)
        decision = decide_payment(payment(), [found], policy, on=date(2015, 1, 2), editions=ALL)
        assert decision.disposition is Disposition.HOLD
        assert decision.due == ()


PART_561 = Designation("561-Related", "31 CFR 561", (Measure.CORRESPONDENT_ACCOUNT,))


def kunlun(role: Role) -> Finding:
    found = hit(
        PART_561, listing="ofac-cons:1", evidence=(Evidence("name", "equal", "Bank of Kunlun", "BANK OF KUNLUN"),)
    )
    return finding(found, by=ConfirmedBy.PERSON, role=role)


def through(between: str, last: str) -> tuple[PaymentParty, ...]:
    roles = (Role.DEBTOR_AGENT, Role.INTERMEDIARY_AGENT, Role.CREDITOR_AGENT)
    return tuple(bank(role, bic) for role, bic in zip(roles, ("CKLBCNBJ", between, last), strict=True))


def test_a_payment_over_a_us_correspondent_account_of_a_part_561_bank_is_rejected() -> None:
    chain = (
        bank(Role.DEBTOR_AGENT, "CKLBCNBJ"),
        bank(Role.INTERMEDIARY_AGENT, "EXAMUS33"),
        bank(Role.CREDITOR_AGENT, "DEUTDEFF"),
    )
    decision = decide_payment(
        payment(banks=chain, on=None), [kunlun(Role.DEBTOR_AGENT)], US_BANK, on=date(2013, 1, 2), editions=ALL
    )
    assert (decision.disposition, rules(decision)) == (Disposition.REJECT, ["forbidden"])
    assert "over an account of the bank with EXAMUS33 in the United States" in decision.sentence
    assert "31 CFR part 561" in decision.sentence
    assert decision.position is Position.INTERMEDIARY
    assert [one.report for one in decision.due] == ["us-rejected-transaction"]


def test_the_same_bank_without_such_an_account_is_held() -> None:
    chain = (
        bank(Role.DEBTOR_AGENT, "CKLBCNBJ"),
        bank(Role.INTERMEDIARY_AGENT, "DEUTDEFF"),
        bank(Role.CREDITOR_AGENT, "EXAMUS33"),
    )
    decision = decide_payment(
        payment(banks=chain, on=None), [kunlun(Role.DEBTOR_AGENT)], US_BANK, on=date(2013, 1, 2), editions=ALL
    )
    assert (decision.disposition, rules(decision)) == (Disposition.HOLD, ["correspondent-account"])


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (None, Disposition.HOLD),
        (Facts("A. Officer", transaction=Transaction.DONATION, terrorism_risk=False), Disposition.REJECT),
        (Facts("A. Officer", transaction=Transaction.DONATION, terrorism_risk=True), Disposition.RETAIN),
        (Facts("A. Officer", transaction=Transaction.GOODS, terrorism_risk=True), Disposition.RETAIN),
        (Facts("A. Officer", transaction=Transaction.GOODS, terrorism_risk=False), Disposition.RELEASE),
        (Facts("A. Officer", transaction=Transaction.GOODS), Disposition.HOLD),
    ],
)
def test_part_596_rejects_a_donation_and_retains_what_poses_a_risk(facts: Facts | None, expected: Disposition) -> None:
    ministry = PaymentParty(Role.DEBTOR, Party(names=["Ministry of Finance of Syria"]), "debtor")
    decision = decide(paid(ministry), on=date(2025, 8, 1), facts=facts, judged="terrorism-list:sy")
    assert decision.disposition is expected


def test_a_government_blocked_under_another_part_is_blocked_and_not_retained() -> None:
    risk = Facts("A. Officer", transaction=Transaction.DONATION, terrorism_risk=True)
    decision = decide(paid(MINISTRY), on=date(2018, 1, 2), facts=risk, judged="government:kp")
    assert decision.disposition is Disposition.BLOCK
    assert not any(rule.startswith("sponsor") for rule in rules(decision))


@pytest.mark.parametrize(
    ("kind", "funds"),
    [
        ("camt.056", Funds.CANCELLATION),
        ("camt.029", Funds.STATUS),
        ("pacs.002", Funds.STATUS),
        ("mt199", Funds.MESSAGE),
        ("mt910", Funds.ADVICE),
    ],
)
def test_a_message_without_funds_never_blocks_and_alerts_on_its_payment_by_uetr(kind: str, funds: Funds) -> None:
    uetr = "8a562c67-ca16-48ba-b074-65581be6f001"
    decision = decide_payment(
        payment(kind=kind, funds=funds, uetr=uetr), [finding(hit(), by=ConfirmedBy.PERSON)], US, on=ON, editions=ALL
    )
    assert (decision.disposition, rules(decision)) == (Disposition.HOLD, ["no-funds"])
    assert (decision.alert, decision.uetr) == (True, uetr)
    assert uetr in decision.sentence
    assert decision.due == ()
    clean = decide_payment(payment(kind=kind, funds=funds, uetr=uetr), [], US, on=ON, editions=ALL)
    assert (clean.disposition, clean.alert) == (Disposition.RELEASE, False)


def test_the_payers_bank_in_the_union_refuses_and_the_payees_bank_freezes() -> None:
    listed = finding(hit(designated(Measure.ASSET_FREEZE), listing="eu:1"), by=ConfirmedBy.PERSON)
    out = payment(currency="EUR", banks=(bank(Role.DEBTOR_AGENT, "BSPLDEFF"), bank(Role.CREDITOR_AGENT, "DEUTDEFF")))
    into = payment(
        currency="EUR", banks=(bank(Role.DEBTOR_AGENT, "DEUTDEFF"), bank(Role.CREDITOR_AGENT, "BSPLDEFFXXX"))
    )
    sent = decide_payment(out, [listed], EU, on=ON, editions=ALL)
    assert (sent.disposition, sent.position) == (Disposition.REJECT, Position.ORIGINATOR_BANK)
    assert "the payer keeps the funds" in sent.sentence
    received = decide_payment(into, [listed], EU, on=ON, editions=ALL)
    assert (received.disposition, received.position) == (Disposition.BLOCK, Position.BENEFICIARY_BANK)
    assert [one.by for one in received.due] == [date(2015, 1, 19)]


def test_the_same_payment_is_blocked_by_a_united_states_bank_wherever_it_stands() -> None:
    listed = finding(hit(), by=ConfirmedBy.PERSON)
    for chain in ((Role.DEBTOR_AGENT,), (Role.INTERMEDIARY_AGENT,), (Role.CREDITOR_AGENT,)):
        one = payment(banks=tuple(bank(role, "EXAMUS33") for role in chain))
        assert decide_payment(one, [listed], US_BANK, on=ON, editions=ALL).disposition is Disposition.BLOCK


INSTANT = Rail(service_levels=("SEPA",), local_instruments=("INST",))
CHECKED = replace(EU, institution=replace(EU.institution, users_checked_daily=True))
LISTED_IN_EU = hit(designated(Measure.ASSET_FREEZE), listing="eu:1")


def unsure(role: Role, listing: str = "eu:1") -> Finding:
    return finding(replace(LISTED_IN_EU, listing=listing), Outcome.UNCONFIRMED, by=ConfirmedBy.NOBODY, role=role)


def instant(findings: list[Finding], policy: Policy, on: date = date(2025, 6, 2)) -> Decision:
    one = payment(currency="EUR", kind="pacs.008", rail=INSTANT, on=None)
    return decide_payment(one, findings, policy, on=on, editions=ALL)


def test_payer_and_payee_are_not_judged_by_the_unions_lists_within_an_instant_credit_transfer() -> None:
    decision = instant([unsure(Role.CREDITOR), unsure(Role.DEBTOR)], CHECKED)
    assert decision.disposition is Disposition.RELEASE
    assert (decision.rail, len(decision.set_aside)) == ("sct_inst", 1)
    assert "article 5d" in " ".join(reason.sentence for reason in decision.reasons)


@pytest.mark.parametrize(
    ("found", "policy", "on"),
    [
        (unsure(Role.CREDITOR), EU, date(2025, 6, 2)),
        (unsure(Role.CREDITOR), CHECKED, date(2025, 1, 8)),
        (unsure(Role.ULTIMATE_CREDITOR), CHECKED, date(2025, 6, 2)),
        (unsure(Role.CREDITOR, "ofac-sdn:1"), CHECKED, date(2025, 6, 2)),
        (finding(LISTED_IN_EU, by=ConfirmedBy.PERSON), CHECKED, date(2025, 6, 2)),
    ],
)
def test_everything_else_still_stops_an_instant_credit_transfer(found: Finding, policy: Policy, on: date) -> None:
    decision = instant([found], policy, on)
    assert decision.disposition is not Disposition.RELEASE
    assert decision.set_aside == ()
    if decision.disposition is Disposition.HOLD:
        assert "Ten seconds leave no time for a person" in decision.carried_out


def test_a_demand_of_the_united_states_against_the_blocking_statute_is_held_for_counsel() -> None:
    iran = finding(hit(Designation("IRAN", "Executive Order 13599", (Measure.ASSET_FREEZE,))), by=ConfirmedBy.PERSON)
    both = load_policy().for_profile(Institution("Filiale", "us", also=("eu",)))
    one = payment(on=None)
    after = decide_payment(one, [iran], both, on=date(2018, 8, 7), editions=ALL)
    assert (after.disposition, rules(after)) == (Disposition.HOLD, ["conflict-of-laws"])
    assert "2271/96" in after.sentence
    before = decide_payment(one, [iran], both, on=date(2018, 8, 6), editions=ALL)
    assert before.disposition is Disposition.BLOCK


def test_an_institution_that_united_states_owners_hold_rejects_for_north_korea_and_blocks_for_cuba() -> None:
    owned = load_policy().for_profile(Institution("Subsidiary", "un", owned_by=("us",)))
    for programme, day, expected in (
        ("DPRK3", date(2020, 4, 10), Disposition.REJECT),
        ("DPRK3", date(2020, 4, 9), Disposition.HOLD),
        ("CUBA", date(2015, 1, 5), Disposition.BLOCK),
        ("SDGT", date(2020, 5, 5), Disposition.HOLD),
    ):
        found = finding(hit(Designation(programme, None, (Measure.ASSET_FREEZE,))), by=ConfirmedBy.PERSON)
        decision = decide_payment(payment(currency="CHF", on=None), [found], owned, on=day, editions=ALL)
        assert decision.disposition is expected, (programme, day)


def test_without_a_nexus_a_confirmed_hit_is_held_and_says_so() -> None:
    decision = decide_payment(payment(), [finding(hit(), by=ConfirmedBy.PERSON)], load_policy(), on=ON, editions=ALL)
    assert (decision.disposition, rules(decision)) == (Disposition.HOLD, ["nexus-unknown"])
    assert decision.reach == ()


def test_a_company_owned_30_and_25_per_cent_by_two_of_the_ten_is_blocked_once_confirmed() -> None:
    chain = Evidence(
        "ownership", "blocked", sentence="30 % KIL, Jong Hun + 25 % RYU, Jin = 55 %, at least 50 % is needed"
    )
    found = hit(listing="ofac-sdn:17619", basis=Basis.OWNERSHIP, evidence=(chain,))
    decision = decide_payment(payment(), [finding(found, by=ConfirmedBy.PERSON)], US, on=ON, editions=ALL)
    assert decision.disposition is Disposition.BLOCK
    assert "is held, through its owners, by" in decision.sentence
    unproved = replace(found, evidence=(replace(chain, finding="unknown"),))
    decision = decide_payment(payment(), [finding(unproved, by=ConfirmedBy.PERSON)], US, on=ON, editions=ALL)
    assert (decision.disposition, rules(decision)) == (Disposition.HOLD, ["owner-unknown"])


def test_a_list_of_our_own_never_blocks_and_is_never_reported_whatever_its_row_says() -> None:
    own = finding(hit(designated(Measure.INTERNAL, Measure.ASSET_FREEZE), listing="ofac-sdn:1"), by=ConfirmedBy.PERSON)
    decision = decide_payment(payment(), [own], US, on=ON, editions=ALL)
    assert (decision.disposition, rules(decision), decision.due) == (Disposition.HOLD, ["internal"], ())


def test_a_place_is_asked_for_what_is_paid_and_refused_for_goods() -> None:
    teheran = PaymentParty(Role.CREDITOR, Party(names=["A Trading"], residences=["ir"]), "creditor")
    day = date(2020, 5, 5)
    assert decide(paid(teheran), on=day).reasons[0].rule == "unconfirmed-place"
    judged = "embargo:ir-us"
    assert decide(paid(teheran), on=day, judged=judged).disposition is Disposition.HOLD
    goods = Facts("A. Officer", transaction=Transaction.GOODS)
    decision = decide(paid(teheran), on=day, judged=judged, facts=goods)
    assert (decision.disposition, decision.reasons[0].rule) == (Disposition.REJECT, "forbidden")
    gift = Facts("A. Officer", transaction=Transaction.PERSONAL)
    assert decide(paid(teheran), on=day, judged=judged, facts=gift).reasons[0].rule == "licence-may"


def test_a_european_bank_is_not_stopped_by_an_american_embargo_that_does_not_reach_the_payment() -> None:
    havana = PaymentParty(Role.CREDITOR, Party(names=["Hotel"], residences=["cu"]), "creditor")
    swiss = replace(payment(currency="CHF", party=False), parties=(havana,))
    assert decide(swiss, EU, on=date(2020, 5, 5)).disposition is Disposition.RELEASE
    dollars = replace(payment(party=False), parties=(havana,))
    decision = decide(dollars, EU, on=date(2020, 5, 5), judged="embargo:cu-us")
    assert (decision.disposition, decision.reasons[0].rule) == (Disposition.HOLD, "conflict-of-laws")


def test_a_customer_in_an_embargoed_place_and_one_who_was_only_born_there() -> None:
    policy, moment = US, Moment(date(2020, 5, 5))
    there = of_customer("C", Party(names=["A"], residences=["ir"]), policy, moment)
    assert [one.listing for one in there] == ["embargo:ir-us"]
    assert of_customer("C", Party(names=["A"], nationalities=["ir"], birth_places=["Tehran"]), policy, moment) == []


def test_the_underlying_transfer_of_a_cover_payment_is_asked_too() -> None:
    one = replace(MINISTRY, part=Part.UNDERLYING)
    assert decide(paid(one), on=date(2016, 3, 17)).reasons[0].rule == "unconfirmed-government"
