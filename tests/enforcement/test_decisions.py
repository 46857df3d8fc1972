from __future__ import annotations

import random
from datetime import UTC, date, datetime

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from interdiction.enforcement import ConfirmedBy, Finding, Policy, decide_customer, decide_payment, load_policy
from interdiction.enforcement.facts import Facts, Transaction
from interdiction.enforcement.table import CUSTOMER_GRAVITY, GRAVITY
from interdiction.model import (
    Band,
    Basis,
    Consequence,
    Decision,
    Designation,
    Disposition,
    Funds,
    Grade,
    Measure,
    Outcome,
    Problem,
    Role,
    to_json,
)

from .cases import (
    DPRK2,
    EDITIONS,
    EU,
    LICENCE,
    NOBODY,
    ON,
    US,
    designated,
    finding,
    hit,
    licensed,
    payment,
    rules,
)

POLICIES = [NOBODY, *(load_policy().for_institution(kind) for kind in ("us", "eu", "uk", "un"))]

designations = st.builds(
    Designation,
    programme=st.sampled_from(["DPRK2", "NPWMD", "X"]),
    authority=st.sampled_from([None, "E.O. 13687"]),
    measures=st.lists(st.sampled_from(Measure), max_size=3).map(tuple),
    mapped=st.booleans(),
    listed_on=st.none() | st.dates(date(2014, 12, 1), date(2015, 2, 1)),
)
hits = st.builds(
    hit,
    designations,
    designations,
    listing=st.sampled_from(["ofac-sdn:1", "un:2", "eu:3", "uk:4", "mine:5"]),
    band=st.sampled_from(Band),
    basis=st.sampled_from(Basis),
    weak=st.booleans(),
    score=st.floats(0, 1),
)


ANY_OUTCOME: st.SearchStrategy[Outcome] = st.sampled_from(Outcome)


@st.composite
def findings(draw: st.DrawFn, outcomes: st.SearchStrategy[Outcome] = ANY_OUTCOME) -> Finding:
    said = draw(outcomes)
    by = (
        ConfirmedBy.NOBODY
        if said is Outcome.UNCONFIRMED
        else draw(st.sampled_from([ConfirmedBy.RULE, ConfirmedBy.PERSON]))
    )
    return finding(draw(hits), said, by=by, role=draw(st.sampled_from(Role)), unread=draw(st.booleans()))


def gravity(decision: Decision) -> int:
    return GRAVITY.index(decision.disposition)


@given(st.lists(findings(), max_size=4), findings(st.just(Outcome.UNCONFIRMED)), st.sampled_from(POLICIES))
def test_an_unconfirmed_hit_more_never_makes_a_decision_less_grave(
    before: list[Finding], more: Finding, policy: object
) -> None:
    old = decide_payment(payment(), before, policy, on=ON, editions=EDITIONS)  # type: ignore[arg-type]
    new = decide_payment(payment(), [*before, more], policy, on=ON, editions=EDITIONS)  # type: ignore[arg-type]
    assert gravity(new) <= gravity(old)
    assert new.disposition is not Disposition.RELEASE
    was = decide_customer("C", before, policy, on=ON, editions=EDITIONS)  # type: ignore[arg-type]
    now = decide_customer("C", [*before, more], policy, on=ON, editions=EDITIONS)  # type: ignore[arg-type]
    assert CUSTOMER_GRAVITY.index(now.consequence) <= CUSTOMER_GRAVITY.index(was.consequence)


facts = st.builds(
    Facts,
    by=st.just("A. Officer"),
    transaction=st.none() | st.sampled_from(Transaction),
    tenor_days=st.none() | st.integers(0, 400),
    issued_on=st.none() | st.dates(date(2014, 1, 1), date(2023, 1, 1)),
    us_account=st.none() | st.booleans(),
    terrorism_risk=st.none() | st.booleans(),
    licence=st.sampled_from(["", "L-1"]),
)
moved = st.sampled_from([Funds.ORDER, Funds.RETURN, Funds.STATUS, Funds.CANCELLATION, Funds.UNDERTAKING])


@given(
    st.lists(findings(), max_size=4),
    findings(st.just(Outcome.UNCONFIRMED)),
    st.sampled_from([*POLICIES, licensed(replace(LICENCE, programmes=("X", "DPRK2", "NPWMD"))), EU]),
    facts,
    moved,
)
def test_whatever_was_said_or_licensed_a_hit_in_doubt_is_never_let_go_nor_acted_on(
    before: list[Finding], more: Finding, policy: Policy, said: Facts, funds: Funds
) -> None:
    one = payment(funds=funds)
    old = decide_payment(one, before, policy, on=ON, editions=EDITIONS, facts=said)
    new = decide_payment(one, [*before, more], policy, on=ON, editions=EDITIONS, facts=said)
    alone = decide_payment(one, [more], policy, on=ON, editions=EDITIONS, facts=said)
    assert gravity(new) <= gravity(old)
    assert alone.disposition is Disposition.HOLD
    assert alone.due == ()
    if not funds.moves:
        assert new.disposition in {Disposition.HOLD, Disposition.RELEASE}
    assert to_json(new) == to_json(
        decide_payment(one, [more, *before], policy, on=ON, editions=EDITIONS[::-1], facts=said)
    )


@given(st.lists(findings(), max_size=4), st.sampled_from([Grade.ROW, Grade.FILE]), st.sampled_from(POLICIES))
def test_a_payment_with_an_unreadable_part_is_never_released(
    found: list[Finding], grade: Grade, policy: object
) -> None:
    problem = Problem("date", "not a date", grade)
    decision = decide_payment(payment(problem), found, policy, on=ON, editions=EDITIONS)  # type: ignore[arg-type]
    assert decision.disposition is not Disposition.RELEASE
    assert "unreadable" in rules(decision)


@given(st.lists(findings(), min_size=1, max_size=5), st.sampled_from(POLICIES))
def test_block_reject_and_freeze_rest_on_a_confirmed_hit_that_binds(found: list[Finding], policy: object) -> None:
    decision = decide_payment(payment(), found, policy, on=ON, editions=EDITIONS)  # type: ignore[arg-type]
    customer = decide_customer("C", found, policy, on=ON, editions=EDITIONS)  # type: ignore[arg-type]
    confirmed = [
        one
        for one in found
        if one.outcome is Outcome.TRUE
        and not one.unread
        and (not one.hit.weak_only or one.confirmed_by is ConfirmedBy.PERSON)
    ]
    if not confirmed or policy is NOBODY:
        assert decision.disposition in {Disposition.HOLD, Disposition.RELEASE}
        assert customer.consequence in {Consequence.REVIEW, Consequence.NONE}
    if decision.disposition in {Disposition.BLOCK, Disposition.REJECT}:
        assert decision.reasons[0].outcome is Outcome.TRUE
        assert decision.reasons[0].outcome_by


@given(st.lists(findings(), max_size=5), st.sampled_from(POLICIES), st.randoms())
def test_the_same_findings_in_any_order_give_the_same_bytes(
    found: list[Finding], policy: object, chance: random.Random
) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)
    one = decide_payment(payment(), found, policy, on=ON, editions=EDITIONS)  # type: ignore[arg-type]
    two = decide_payment(payment(), shuffled, policy, on=ON, editions=EDITIONS[::-1])  # type: ignore[arg-type]
    assert to_json(one) == to_json(two)
    customer = [decide_customer("C", some, policy, on=ON, editions=EDITIONS) for some in (found, shuffled)]  # type: ignore[arg-type]
    assert to_json(customer[0]) == to_json(customer[1])


def test_a_block_names_rule_authority_programme_measure_edition_and_duty() -> None:
    decision = decide_payment(payment(), [finding(hit())], US, on=ON, editions=EDITIONS)
    assert decision.sentence == (
        "The creditor Kim Yong Chol is KIM, Yong Chol (ofac-sdn:17614, edition of 2015-01-02), listed under DPRK2 "
        "(Executive Order 13687), confirmed by the rule certain-hit; the measure is: asset freeze. The payment is "
        "blocked. The funds go into a blocked, interest-bearing account and a report is due to OFAC within 10 business "
        "days (31 CFR 501.603)."
    )
    reason = decision.reasons[0]
    assert (reason.authority, reason.programme, reason.measures) == (
        "Executive Order 13687",
        "DPRK2",
        (Measure.ASSET_FREEZE,),
    )
    assert (reason.outcome_by, reason.rule, reason.role) == ("certain-hit", "freeze", Role.CREDITOR)
    assert decision.policy == US.reference
    assert decision.institution == "Example Bank"


def test_designations_under_one_row_are_one_reason_and_the_gravest_row_leads() -> None:
    npwmd = designated(Measure.ASSET_FREEZE, programme="NPWMD")
    warning = designated(Measure.SECONDARY, programme="IFSR")
    decision = decide_payment(payment(), [finding(hit(warning, npwmd, DPRK2))], US, on=ON, editions=EDITIONS)
    assert rules(decision) == ["freeze", "secondary"]
    assert decision.reasons[0].programme == "NPWMD, DPRK2"
    assert "(1 more reason.)" in decision.sentence


def test_an_earlier_designation_still_blocks_a_payment_that_a_later_one_came_too_late_for() -> None:
    old = designated(Measure.ASSET_FREEZE, programme="NPWMD", listed_on=date(2005, 6, 29))
    new = designated(Measure.ASSET_FREEZE, programme="DPRK2", listed_on=ON)
    decision = decide_payment(payment(on=date(2015, 1, 1)), [finding(hit(old, new))], US, on=ON, editions=EDITIONS)
    assert rules(decision) == ["freeze", "payment-before-effect"]
    assert decision.disposition is Disposition.BLOCK


def test_the_day_of_effect_is_that_of_its_own_zone() -> None:
    effect = Designation("X", None, (Measure.ASSET_FREEZE,), effective_at=datetime(2015, 1, 5, 23, 0, tzinfo=UTC))
    assert (
        decide_payment(payment(), [finding(hit(effect))], US, on=ON, editions=EDITIONS).disposition is Disposition.BLOCK
    )


def test_an_order_of_one_state_does_not_bind_another() -> None:
    eu = load_policy().for_institution("eu")
    editions = (*EDITIONS, "eu@2015-01-02")
    decision = decide_payment(payment(currency="CHF"), [finding(hit())], eu, on=ON, editions=editions)
    assert (decision.disposition, rules(decision)) == (Disposition.HOLD, ["not-bound"])
    cleared = decide_payment(payment(), [finding(hit())], eu, on=ON, editions=editions)
    assert (cleared.disposition, rules(cleared)) == (Disposition.HOLD, ["reached"])
    assert "USD is, as a rule, cleared there" in cleared.sentence


def test_a_list_that_the_policy_does_not_place_binds_nobody_knowingly() -> None:
    decision = decide_payment(payment(), [finding(hit(listing="mine:1"))], US, on=ON, editions=EDITIONS)
    assert (decision.disposition, rules(decision)) == (Disposition.HOLD, ["nexus-unknown"])
    assert "the policy does not place it" in decision.sentence


def test_a_listing_without_a_designation_is_held() -> None:
    bare = msgspec.structs.replace(hit(), designations=())
    decision = decide_payment(payment(), [finding(bare)], US, on=ON, editions=EDITIONS)
    assert (decision.disposition, rules(decision)) == (Disposition.HOLD, ["no-known-measure"])


def test_braces_and_line_breaks_in_a_name_stay_a_name() -> None:
    odd = msgspec.structs.replace(hit(), listed_name="KIM {by}\n{0} " + "x" * 500)
    decision = decide_payment(payment(), [finding(odd)], US, on=ON, editions=EDITIONS)
    assert "KIM {by} {0} xxx" in decision.sentence
    assert len(decision.sentence) < 1000


def test_a_person_may_confirm_what_a_rule_may_not() -> None:
    weak = finding(hit(weak=True), by=ConfirmedBy.PERSON)
    decision = decide_payment(payment(), [weak], US, on=ON, editions=EDITIONS)
    assert decision.disposition is Disposition.BLOCK
    assert decision.reasons[0].outcome_by == "A. Officer"
