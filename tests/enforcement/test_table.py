from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from interdiction.enforcement import ConfirmedBy, Finding, Policy, decide_customer, decide_payment
from interdiction.enforcement.document import packaged
from interdiction.enforcement.table import FILE, load_table, read_table
from interdiction.errors import DataError
from interdiction.model import Basis, Consequence, Disposition, Grade, Measure, Outcome, Problem, Role

from .cases import EDITIONS, NOBODY, ON, US, designated, finding, hit, payment

LATER = date(2015, 2, 1)
UNMAPPED = designated(Measure.ASSET_FREEZE, mapped=False)

HIT_ROWS: dict[str, tuple[Finding, Policy, Disposition, Consequence]] = {
    "cleared": (finding(hit(), Outcome.FALSE, by=ConfirmedBy.PERSON), US, Disposition.RELEASE, Consequence.NONE),
    "unread-listing": (finding(hit(), unread=True), US, Disposition.HOLD, Consequence.REVIEW),
    "undetermined": (
        finding(hit(), Outcome.UNDETERMINED, by=ConfirmedBy.PERSON),
        US,
        Disposition.HOLD,
        Consequence.REVIEW,
    ),
    "unconfirmed-text": (
        finding(hit(basis=Basis.TEXT), Outcome.UNCONFIRMED, by=ConfirmedBy.NOBODY),
        US,
        Disposition.HOLD,
        Consequence.REVIEW,
    ),
    "unconfirmed-weak": (
        finding(hit(weak=True), Outcome.UNCONFIRMED, by=ConfirmedBy.NOBODY),
        US,
        Disposition.HOLD,
        Consequence.REVIEW,
    ),
    "unconfirmed": (
        finding(hit(), Outcome.UNCONFIRMED, by=ConfirmedBy.NOBODY),
        US,
        Disposition.HOLD,
        Consequence.REVIEW,
    ),
    "by-nobody": (finding(hit(), by=ConfirmedBy.NOBODY), US, Disposition.HOLD, Consequence.REVIEW),
    "weak-by-rule": (finding(hit(weak=True)), US, Disposition.HOLD, Consequence.REVIEW),
    "named-in-text": (
        finding(hit(), by=ConfirmedBy.PERSON, role=Role.REMITTANCE),
        US,
        Disposition.HOLD,
        Consequence.REVIEW,
    ),
    "place": (finding(hit(basis=Basis.JURISDICTION)), US, Disposition.HOLD, Consequence.REVIEW),
    "nexus-unknown": (finding(hit()), NOBODY, Disposition.HOLD, Consequence.REVIEW),
    "not-bound": (finding(hit(listing="un:6908511")), US, Disposition.HOLD, Consequence.REVIEW),
    "not-yet-in-force": (
        finding(hit(designated(Measure.ASSET_FREEZE, listed_on=LATER))),
        US,
        Disposition.HOLD,
        Consequence.REVIEW,
    ),
    "payment-before-effect": (
        finding(hit(designated(Measure.ASSET_FREEZE, listed_on=ON))),
        US,
        Disposition.HOLD,
        Consequence.FREEZE,
    ),
    "freeze-unmapped": (finding(hit(UNMAPPED)), US, Disposition.BLOCK, Consequence.FREEZE),
    "menu": (
        finding(hit(designated(Measure.ASSET_FREEZE, Measure.MENU))),
        US,
        Disposition.HOLD,
        Consequence.RESTRICT,
    ),
    "freeze": (finding(hit()), US, Disposition.BLOCK, Consequence.FREEZE),
    "payment-ban": (finding(hit(designated(Measure.PAYMENT_BAN))), US, Disposition.REJECT, Consequence.RESTRICT),
    "debt-equity": (finding(hit(designated(Measure.DEBT_EQUITY))), US, Disposition.HOLD, Consequence.RESTRICT),
    "correspondent-account": (
        finding(hit(designated(Measure.CORRESPONDENT_ACCOUNT))),
        US,
        Disposition.HOLD,
        Consequence.RESTRICT,
    ),
    "investment-ban": (finding(hit(designated(Measure.INVESTMENT_BAN))), US, Disposition.HOLD, Consequence.RESTRICT),
    "menu-unmapped": (
        finding(hit(designated(Measure.MENU, mapped=False))),
        US,
        Disposition.HOLD,
        Consequence.RESTRICT,
    ),
    "arms-embargo": (finding(hit(designated(Measure.ARMS_EMBARGO))), US, Disposition.HOLD, Consequence.RESTRICT),
    "trade": (finding(hit(designated(Measure.TRADE))), US, Disposition.HOLD, Consequence.RESTRICT),
    "internal": (finding(hit(designated(Measure.INTERNAL))), US, Disposition.HOLD, Consequence.REVIEW),
    "secondary": (finding(hit(designated(Measure.SECONDARY))), US, Disposition.HOLD, Consequence.REVIEW),
    "travel-only": (finding(hit(designated(Measure.TRAVEL_BAN))), US, Disposition.RELEASE, Consequence.REVIEW),
    "no-known-measure": (finding(hit(designated())), US, Disposition.HOLD, Consequence.REVIEW),
}
"""For each row of the table a hit that falls under it and under no row before it."""

WHOLE_ROWS = {"list-missing", "list-in-doubt", "unreadable", "no-hit"}
DATED = {"payment-before-effect": date(2014, 12, 1)}


def test_every_row_of_the_table_is_tried_here() -> None:
    table = load_table()
    assert [row.id for row in table.hits] == list(HIT_ROWS)
    assert set(table.whole) == WHOLE_ROWS


@pytest.mark.parametrize("row", HIT_ROWS)
def test_a_row_decides_the_payment_it_is_for(row: str) -> None:
    found, policy, disposition, _ = HIT_ROWS[row]
    decision = decide_payment(payment(on=DATED.get(row, ON)), [found], policy, on=ON, editions=EDITIONS)
    assert [reason.rule for reason in decision.reasons] == [row]
    assert decision.disposition is disposition
    assert decision.sentence == decision.reasons[0].sentence


@pytest.mark.parametrize("row", [row for row in HIT_ROWS if row != "payment-before-effect"])
def test_a_row_decides_the_customer_it_is_for(row: str) -> None:
    found, policy, _, consequence = HIT_ROWS[row]
    decision = decide_customer("C-1", [found], policy, on=ON, editions=EDITIONS)
    assert [reason.rule for reason in decision.reasons] == [row]
    assert decision.consequence is consequence


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
        found, policy, _, _ = HIT_ROWS[row]
        changed = msgspec.structs.replace(policy, table=shorter)
        decision = decide_payment(payment(on=DATED.get(row, ON)), [found], changed, on=ON, editions=EDITIONS)
        assert decision.policy != policy.reference
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
