from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from interdiction.enforcement import ConfirmedBy, Finding, Institution, Policy, decide_customer, decide_payment
from interdiction.enforcement.document import packaged
from interdiction.enforcement.facts import NOTHING, Facts, Transaction
from interdiction.enforcement.table import FILE, load_table, read_table
from interdiction.errors import DataError
from interdiction.model import (
    Basis,
    Consequence,
    Decision,
    Designation,
    Disposition,
    Evidence,
    Funds,
    Grade,
    Measure,
    Outcome,
    Payment,
    Problem,
    Role,
)

from .cases import EDITIONS, EU, LICENCE, NOBODY, ON, US, bank, designated, finding, hit, licensed, payment

LATER = date(2015, 2, 1)
SSI = Designation("UKRAINE-EO13662", "Executive Order 13662", (Measure.DEBT_EQUITY,))


PAID = payment()


class Case(msgspec.Struct, frozen=True):
    """A hit that falls under one row and under no row before it, and what it comes to; none of a customer where the
    row is about a payment alone."""

    finding: Finding
    payment: Disposition
    customer: Consequence | None
    policy: Policy = US
    paid: Payment = PAID
    facts: Facts = NOTHING


def freeze(**words: Any) -> Finding:
    return finding(hit(), **words)


def under(*measures: Measure, mapped: bool = True) -> Finding:
    return finding(hit(designated(*measures, mapped=mapped)))


def ground(listing: str, *measures: Measure, said: Outcome = Outcome.TRUE, mapped: bool = True) -> Finding:
    by = ConfirmedBy.PERSON if said is Outcome.TRUE else ConfirmedBy.NOBODY
    found = hit(designated(*measures, mapped=mapped), listing=listing, basis=Basis.JURISDICTION)
    return finding(found, said, by=by, role=Role.DEBTOR)


def owned(evidence: str, said: Outcome = Outcome.TRUE) -> Finding:
    chain = Evidence("ownership", evidence, "A", "B", sentence="30 + 25 %")
    return finding(hit(basis=Basis.OWNERSHIP, evidence=(chain,)), said, by=ConfirmedBy.PERSON)


BLOCK, REJECT, RETAIN, HOLD, RELEASE = tuple(Disposition)
FREEZE, RESTRICT, REVIEW, NONE = tuple(Consequence)
UNCONFIRMED: dict[str, Any] = {"said": Outcome.UNCONFIRMED, "by": ConfirmedBy.NOBODY}
TLG = "terrorism-list:sy"
NO_RISK = Facts("A. Officer", transaction=Transaction.GOODS, terrorism_risk=False)
DONATION = Facts("A. Officer", transaction=Transaction.DONATION, terrorism_risk=False)
DIRECTIVE_1 = "Executive Order 13662 Directive Determination - Subject to Directive 1"
DEBT = Facts("A. Officer", transaction=Transaction.DEBT, tenor_days=45, issued_on=date(2014, 12, 1))
OWNED_BY_US = NOBODY.for_profile(Institution("Filiale", "uk", owned_by=("us",)))
DPRK3 = Designation("DPRK3", "Executive Order 13722", (Measure.ASSET_FREEZE,))
CHF = payment(currency="CHF")
NO_DAY = payment(currency="CHF", on=None)
FROM_US = payment(currency="EUR", banks=(bank(Role.DEBTOR_AGENT, "BSPLDEFF"),))
ON_EU_LIST = finding(hit(designated(Measure.ASSET_FREEZE), listing="eu:1"))

HIT_ROWS: dict[str, Case] = {
    "cleared": Case(freeze(said=Outcome.FALSE, by=ConfirmedBy.PERSON), RELEASE, NONE),
    "unread-listing": Case(freeze(unread=True), HOLD, REVIEW),
    "undetermined": Case(freeze(said=Outcome.UNDETERMINED, by=ConfirmedBy.PERSON), HOLD, REVIEW),
    "unconfirmed-government": Case(ground("government:kp", said=Outcome.UNCONFIRMED), HOLD, REVIEW),
    "unconfirmed-sponsor": Case(ground(TLG, said=Outcome.UNCONFIRMED), HOLD, REVIEW),
    "unconfirmed-place": Case(ground("embargo:ir-us", said=Outcome.UNCONFIRMED), HOLD, REVIEW),
    "unconfirmed-owned": Case(owned("blocked", Outcome.UNCONFIRMED), HOLD, REVIEW),
    "unconfirmed-text": Case(finding(hit(basis=Basis.TEXT), **UNCONFIRMED), HOLD, REVIEW),
    "unconfirmed-weak": Case(finding(hit(weak=True), **UNCONFIRMED), HOLD, REVIEW),
    "unconfirmed": Case(freeze(**UNCONFIRMED), HOLD, REVIEW),
    "by-nobody": Case(freeze(by=ConfirmedBy.NOBODY), HOLD, REVIEW),
    "weak-by-rule": Case(finding(hit(weak=True)), HOLD, REVIEW),
    "internal": Case(under(Measure.INTERNAL, Measure.ASSET_FREEZE), HOLD, REVIEW),
    "named-in-text": Case(freeze(by=ConfirmedBy.PERSON, role=Role.REMITTANCE), HOLD, REVIEW),
    "nexus-unknown": Case(freeze(), HOLD, REVIEW, NOBODY),
    "not-bound": Case(finding(hit(listing="un:6908511")), HOLD, REVIEW),
    "conflict-of-laws": Case(
        finding(hit(replace(DPRK3, programme="CUBA"), listing="ofac-sdn:1")), HOLD, REVIEW, EU, CHF
    ),
    "reached": Case(freeze(), HOLD, None, EU),
    "not-yet-in-force": Case(finding(hit(designated(Measure.ASSET_FREEZE, listed_on=LATER))), HOLD, REVIEW),
    "payment-before-effect": Case(
        finding(hit(designated(Measure.ASSET_FREEZE, listed_on=ON))), HOLD, None, paid=payment(on=date(2014, 12, 1))
    ),
    "related": Case(finding(replace(hit(), related="director"), by=ConfirmedBy.PERSON), HOLD, REVIEW),
    "owner-unknown": Case(owned("unknown"), HOLD, REVIEW),
    "no-funds": Case(freeze(), HOLD, None, paid=payment(kind="camt.056", funds=Funds.CANCELLATION)),
    "promise": Case(freeze(), HOLD, None, paid=payment(kind="mt700", funds=Funds.UNDERTAKING)),
    "licence-contradicts": Case(
        under(Measure.ASSET_FREEZE), HOLD, None, policy=licensed(LICENCE, replace(LICENCE, covers="something else"))
    ),
    "licence-covers": Case(under(Measure.ASSET_FREEZE), RELEASE, None, policy=licensed(LICENCE)),
    "licence-may": Case(
        under(Measure.ASSET_FREEZE), HOLD, None, policy=licensed(replace(LICENCE, straight_through=False))
    ),
    "owned-by-another": Case(finding(hit(DPRK3)), REJECT, RESTRICT, OWNED_BY_US, NO_DAY),
    "owned-otherwise": Case(
        finding(hit(replace(DPRK3, measures=(Measure.TRADE,)))),
        HOLD,
        REVIEW,
        OWNED_BY_US,
        payment(currency="CHF", on=None),
    ),
    "sponsor-risk": Case(ground(TLG), RETAIN, None, facts=replace(NO_RISK, terrorism_risk=True)),
    "sponsor-donation": Case(ground(TLG), REJECT, None, facts=DONATION),
    "sponsor-neither": Case(ground(TLG), RELEASE, None, facts=NO_RISK),
    "sponsor": Case(ground(TLG), HOLD, REVIEW),
    "government": Case(ground("government:kp", Measure.ASSET_FREEZE), BLOCK, FREEZE),
    "resident-blocked": Case(ground("embargo:cu-us", Measure.ASSET_FREEZE), BLOCK, FREEZE),
    "freeze-unmapped": Case(under(Measure.ASSET_FREEZE, mapped=False), BLOCK, FREEZE),
    "menu": Case(under(Measure.ASSET_FREEZE, Measure.MENU), HOLD, RESTRICT),
    "not-theirs": Case(ON_EU_LIST, REJECT, None, EU, FROM_US),
    "freeze": Case(freeze(), BLOCK, FREEZE),
    "forbidden": Case(replace(finding(hit(SSI)), entry=DIRECTIVE_1), REJECT, None, facts=DEBT, paid=payment(on=None)),
    "allowed": Case(finding(hit(SSI)), RELEASE, None, facts=replace(DEBT, tenor_days=10), paid=payment(on=None)),
    "place": Case(ground("embargo:ir-us", Measure.PAYMENT_BAN), HOLD, REVIEW),
    "payment-ban": Case(under(Measure.PAYMENT_BAN), REJECT, RESTRICT),
    "debt-equity": Case(under(Measure.DEBT_EQUITY), HOLD, RESTRICT),
    "correspondent-account": Case(under(Measure.CORRESPONDENT_ACCOUNT), HOLD, RESTRICT),
    "investment-ban": Case(under(Measure.INVESTMENT_BAN), HOLD, RESTRICT),
    "menu-unmapped": Case(under(Measure.MENU, mapped=False), HOLD, RESTRICT),
    "arms-embargo": Case(under(Measure.ARMS_EMBARGO), HOLD, RESTRICT),
    "trade": Case(under(Measure.TRADE), HOLD, RESTRICT),
    "secondary": Case(under(Measure.SECONDARY), HOLD, REVIEW),
    "travel-only": Case(under(Measure.TRAVEL_BAN), RELEASE, REVIEW),
    "no-known-measure": Case(finding(hit(designated())), HOLD, REVIEW),
}
"""For each row of the table a hit that falls under it and under no row before it."""

DAY = {"owned-by-another": date(2020, 5, 5), "owned-otherwise": date(2020, 5, 5)}
"""The day of the decision, where it is not that of all others."""
ALL_EDITIONS = (*EDITIONS, "eu@2015-01-02+ef56", "uk@2015-01-02+ab78")
WHOLE_ROWS = {"list-missing", "list-in-doubt", "unreadable", "read-by-people", "not-asked", "no-hit"}


def decided(case: Case, row: str, policy: Policy | None = None) -> Decision:
    return decide_payment(
        case.paid,
        [case.finding],
        policy or case.policy,
        on=DAY.get(row, ON),
        editions=ALL_EDITIONS,
        facts=case.facts,
    )


def test_every_row_of_the_table_is_tried_here() -> None:
    table = load_table()
    assert [row.id for row in table.hits] == list(HIT_ROWS)
    assert set(table.whole) == WHOLE_ROWS


@pytest.mark.parametrize("row", HIT_ROWS)
def test_a_row_decides_the_payment_it_is_for(row: str) -> None:
    case = HIT_ROWS[row]
    decision = decided(case, row)
    assert [reason.rule for reason in decision.reasons] == [row]
    assert decision.disposition is case.payment
    assert decision.sentence == decision.reasons[0].sentence
    assert "{" not in decision.sentence


@pytest.mark.parametrize("row", [row for row, case in HIT_ROWS.items() if case.customer is not None])
def test_a_row_decides_the_customer_it_is_for(row: str) -> None:
    case = HIT_ROWS[row]
    decision = decide_customer("C-1", [case.finding], case.policy, on=DAY.get(row, ON), editions=ALL_EDITIONS)
    assert [reason.rule for reason in decision.reasons] == [row]
    assert decision.consequence is case.customer


@pytest.mark.parametrize("row", HIT_ROWS)
def test_without_its_row_another_would_have_decided(row: str) -> None:
    raw = packaged(FILE).decode()
    start = raw.index(f"  - id: {row}\n")
    stop = raw.index("  - id: ", start + 1)
    table = load_table()
    without = tuple(one for one in table.hits if one.id != row)
    assert len(without) == len(table.hits) - 1
    if row in {"cleared", "undetermined", "unconfirmed", "no-known-measure"}:
        with pytest.raises(DataError):
            read_table((raw[:start] + raw[stop:]).encode(), FILE)
    else:
        shorter = read_table((raw[:start] + raw[stop:]).encode(), FILE)
        assert [one.id for one in shorter.hits] == [one.id for one in without]
        case = HIT_ROWS[row]
        changed = msgspec.structs.replace(case.policy, table=shorter)
        decision = decided(case, row, changed)
        assert decision.policy != case.policy.reference
        assert [(reason.rule, reason.sentence) for reason in decision.reasons] != [(row, decision.sentence)]
        assert decision.reasons[0].rule in {one.id for one in without}


def test_a_list_that_binds_us_and_is_not_there_holds_everything() -> None:
    for editions in ((), ("un@2015-01-02",), ("ofac-sdn-x@2015-01-02",)):
        decision = decide_payment(payment(), [], US, on=ON, editions=editions)
        assert decision.disposition is Disposition.HOLD
        assert [reason.rule for reason in decision.reasons] == ["list-missing"]
    assert decide_payment(payment(), [], NOBODY, on=ON, editions=()).disposition is Disposition.HOLD
    assert decide_customer("C", [], US, on=ON, editions=()).consequence is Consequence.REVIEW


def test_a_list_in_doubt_holds_what_would_be_released() -> None:
    decision = decide_payment(payment(), [], US, on=ON, editions=EDITIONS, stale=["ofac-sdn"])
    assert (decision.disposition, decision.reasons[0].rule) == (Disposition.HOLD, "list-in-doubt")
    assert "ofac-sdn" in decision.sentence


@pytest.mark.parametrize("grade", [Grade.ROW, Grade.FILE])
def test_a_part_that_could_not_be_read_holds(grade: Grade) -> None:
    problem = Problem("amount", "the amount cannot be read", grade, "pay.csv", 2, "amount")
    for decision in (
        decide_payment(payment(problem), [], US, on=ON, editions=EDITIONS),
        decide_payment(payment(), [], US, on=ON, editions=EDITIONS, problems=[problem]),
    ):
        assert (decision.disposition, decision.reasons[0].rule) == (Disposition.HOLD, "unreadable")
        assert "the amount cannot be read (amount, line 2)" in decision.sentence
        assert decision.problems == (problem,)


def test_what_two_people_looked_into_stops_nothing_and_any_other_unread_part_does() -> None:
    one, other = Problem("amount", "the amount cannot be read"), Problem("date", "the date cannot be read")
    held = decide_payment(payment(one), [], US, on=ON, editions=EDITIONS)
    read = {held.reasons[0].ground: "A. First"}
    gone = decide_payment(payment(one), [], US, on=ON, editions=EDITIONS, read=read)
    assert (gone.disposition, [row.rule for row in gone.reasons]) == (Disposition.RELEASE, ["read-by-people", "no-hit"])
    assert "looked into by A. First" in gone.reasons[0].sentence
    more = decide_payment(payment(one, other), [], US, on=ON, editions=EDITIONS, read=read)
    assert (more.disposition, more.reasons[0].rule) == (Disposition.HOLD, "unreadable")
    aged = decide_payment(payment(one), [], US, on=ON, editions=EDITIONS, read=read, stale=["un"])
    assert aged.disposition is Disposition.HOLD


def test_what_was_read_two_ways_was_read() -> None:
    note = Problem("ambiguous-date", "two ways", Grade.PUBLISHED)
    assert decide_payment(payment(note), [], US, on=ON, editions=EDITIONS).disposition is Disposition.RELEASE


def test_a_payment_that_names_nobody_is_held() -> None:
    decision = decide_payment(payment(party=False), [], US, on=ON, editions=EDITIONS)
    assert (decision.disposition, decision.reasons[0].rule) == (Disposition.HOLD, "unreadable")


def test_nothing_found_is_released_and_says_against_what() -> None:
    decision = decide_payment(payment(), [], US, on=ON, editions=EDITIONS)
    assert (decision.disposition, decision.reasons[0].rule) == (Disposition.RELEASE, "no-hit")
    assert "ofac-sdn (edition of 2015-01-02), un (edition of 2015-01-02)" in decision.sentence
    assert decide_customer("C", [], US, on=ON, editions=EDITIONS).consequence is Consequence.NONE


def test_a_customer_whose_name_was_lost_is_reviewed_and_one_whose_birth_date_was_is_not() -> None:
    lost = Problem("no-name", "no name", line=2)
    fact = Problem("date", "no date", line=2)
    assert decide_customer("C", [], US, on=ON, editions=EDITIONS, problems=[lost]).consequence is Consequence.REVIEW
    assert decide_customer("C", [], US, on=ON, editions=EDITIONS, problems=[fact]).consequence is Consequence.NONE


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("when: {outcome: undetermined}", "when: {outcome: maybe}", "undetermined"),
        ("when: {outcome: undetermined}", "when: {mood: bad}", "undetermined"),
        ("{score}", "{listing.__class__}", "unconfirmed"),
        ("{score}", "{score:>9999999}", "unconfirmed"),
        ("{score}", "{score", "unconfirmed"),
        ("payment: reject", "payment: shred", "payment"),
        ("id: trade", "id: freeze", "freeze"),
        ("id: no-hit", "id: nothing", "whole"),
        ("    payment: reject", "    payment: reject\n    payment: release", "stands twice"),
        ("    payment: reject", "    payment: reject\n    colour: red", "colour"),
    ],
)
def test_a_wrong_table_is_refused_and_the_row_named(old: str, new: str, told: str) -> None:
    raw = packaged(FILE).decode()
    assert old in raw
    with pytest.raises(DataError) as refused:
        read_table(raw.replace(old, new).encode(), FILE)
    assert told in str(refused.value)


def test_the_page_prints_the_table(request: pytest.FixtureRequest) -> None:
    page = Path(request.config.rootpath, "docs", "enforcement.md").read_text(encoding="utf-8")
    printed = [line for line in page.splitlines() if line.startswith("| `")]
    table = load_table()
    expected = []
    for row in (*table.hits, *table.whole.values()):
        when = ", ".join(f"{key} {word}" for key, word in row.when.items()) or "(the whole)"
        expected.append(f"| `{row.id}` | {when} | {row.payment.value} | {row.customer.value} |")
    assert [line for line in printed if line.count("|") == 5] == expected
