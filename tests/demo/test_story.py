"""The worked example end to end, against what a careful officer says of each customer and payment."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from interdiction.engine.story import Story, tell
from interdiction.errors import UsageError
from interdiction.model import CustomerDecision, Decision

HERE = Path(__file__).parent
AT = datetime(2015, 1, 2, 18, tzinfo=UTC)
BOOK: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "book.expected.yml").read_text(encoding="utf-8"))
PAYMENTS: dict[str, Any] = yaml.safe_load((HERE / "payments.expected.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return tell(tmp_path_factory.mktemp("story") / "demo", AT)


@pytest.fixture(scope="module")
def hits(story: Story) -> dict[str, list[str]]:
    return {one.customer: [hit.listing for hit in one.hits] for one in story.customers}


def test_the_order_adds_ten_and_amends_three(story: Story) -> None:
    result = story.changes.result
    assert (len(result.added), len(result.amended), len(result.removed)) == (10, 3, 0)


@pytest.mark.parametrize("customer", sorted(BOOK["meant"]))
def test_whoever_is_meant_is_hit_above_all_others(customer: str, hits: dict[str, list[str]]) -> None:
    expected, found = BOOK["meant"][customer], hits.get(customer, [])
    assert found[: len(expected["listings"])] == expected["listings"], expected["why"]
    assert set(expected.get("also", [])) <= set(found[1:])


@pytest.mark.parametrize("customer", sorted(BOOK["looks_like"]))
def test_a_lookalike_is_shown_and_not_frozen(customer: str, story: Story) -> None:
    decided = {one.customer: one.consequence.value for one in story.customers}
    assert decided.get(customer) == "review", BOOK["looks_like"][customer]["why"]


@pytest.mark.parametrize("customer", sorted(BOOK["ruled_out"]))
def test_whom_a_fact_rules_out_is_never_frozen(customer: str, story: Story) -> None:
    decided = {one.customer: one.consequence.value for one in story.customers}
    assert decided.get(customer, "none") in {"review", "none"}, BOOK["ruled_out"][customer]["why"]


def test_nobody_else_is_a_hit(story: Story) -> None:
    known = {customer for group in ("meant", "looks_like", "ruled_out") for customer in BOOK[group]}
    assert {one.customer: one.hits[0].listing for one in story.customers if one.customer not in known} == {}


def test_only_a_fact_beside_the_name_freezes(story: Story) -> None:
    frozen = {one.customer for one in story.customers if one.consequence.value == "freeze"}
    assert {who for who, one in BOOK["meant"].items() if one.get("consequence") == "freeze"} <= frozen
    assert frozen <= set(BOOK["meant"])


@pytest.mark.parametrize("payment", sorted(PAYMENTS))
def test_each_payment_comes_to_what_the_law_asks_on_both_days(payment: str, story: Story) -> None:
    both = {one.payment: (one.before.value, one.after.value) for one in story.impact.payments}
    assert both[payment] == (PAYMENTS[payment]["before"], PAYMENTS[payment]["after"]), PAYMENTS[payment]["why"]


def test_every_decision_names_what_it_rests_on(story: Story) -> None:
    decided: list[Decision | CustomerDecision] = [*story.decisions, *story.customers]
    for one in decided:
        assert one.editions
        assert one.weights
        assert one.policy
        assert one.core
        assert all(reason.sentence for reason in one.reasons)


def test_told_twice_it_writes_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for _ in range(2):
        told = tell(tmp_path / "demo", AT)
        written.append({name: (tmp_path / "demo" / "results" / name).read_bytes() for name in told.results})
    assert written[0] == written[1]


def test_a_folder_of_somebody_else_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        tell(tmp_path, AT)
    assert caught.value.code == "not-a-demo"
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "mine"
