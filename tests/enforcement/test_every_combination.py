"""What holds of every combination of the table's words, whatever hit or payment may bring it about."""

from __future__ import annotations

from itertools import product
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interdiction.enforcement.table import WORDS, Row, load_table
from interdiction.model import Consequence, Disposition

ROWS = load_table().hits
ACTS = {Disposition.BLOCK, Disposition.REJECT, Disposition.RETAIN}

# A row that acts on a hit may not be reached where any of these holds; each line is a condition that must be caught
# by a row before it which only holds.
NEVER = [
    {"outcome": "unconfirmed"},
    {"outcome": "undetermined"},
    {"outcome": "false"},
    {"listing": "unread"},
    {"confirmed_by": "nobody"},
    {"alias": "weak", "confirmed_by": "rule"},
    {"basis": "text"},
    {"measure": "internal"},
    {"nexus": "unknown"},
    {"nexus": "other"},
    {"nexus": "reached"},
    {"nexus": "conflict"},
    {"timing": "not_yet"},
    {"timing": "payment_before"},
    {"party": "related"},
    {"owner": "unknown"},
    {"funds": "none"},
    {"funds": "promise"},
    {"licence": "contradicts"},
    {"licence": "may"},
]


def contradicts(when: dict[str, str], more: dict[str, str]) -> bool:
    """Tell whether no hit can have both; a designation may carry several measures."""
    return any(key != "measure" and when.get(key, word) != word for key, word in more.items())


def caught(row: Row, condition: dict[str, str]) -> bool:
    """Tell whether a row before this one takes every hit that fits the row and the condition, and only holds it."""
    both = {*row.when.items(), *condition.items()}
    before = [one for one in ROWS[: ROWS.index(row)] if one.payment not in ACTS]
    return any({*one.when.items()} <= both and one.customer is not Consequence.FREEZE for one in before)


@pytest.mark.parametrize("row", [row for row in ROWS if row.payment in ACTS], ids=lambda row: row.id)
@pytest.mark.parametrize("condition", NEVER, ids=str)
def test_no_row_acts_where_the_law_asks_for_a_person_or_for_counsel(row: Row, condition: dict[str, str]) -> None:
    assert contradicts(row.when, condition) or caught(row, condition)


@pytest.mark.parametrize("row", [row for row in ROWS if row.payment is Disposition.RELEASE], ids=lambda row: row.id)
def test_a_hit_is_let_go_only_where_it_is_cleared_licensed_answered_or_concerns_no_payment(row: Row) -> None:
    said = set(row.when.items())
    grounds = [
        ("outcome", "false"),
        ("licence", "covers"),
        ("sponsor", "neither"),
        ("question", "allowed"),
        ("measure", "travel_ban"),
    ]
    assert said & set(grounds)
    if row.when["outcome"] == "true":
        for condition in NEVER:
            if "licence" not in condition:
                assert contradicts(row.when, condition) or caught(row, condition), condition


def test_a_freeze_of_a_customer_is_confirmed_binding_and_in_force() -> None:
    for row in ROWS:
        if row.customer is Consequence.FREEZE:
            for condition in NEVER:
                # What a payment is, or a licence for it, is no reason for or against freezing an account.
                if not {"funds", "licence"} & condition.keys():
                    assert contradicts(row.when, condition) or caught(row, condition), (row.id, condition)


WALKED = {
    "outcome": ("true", "unconfirmed"),
    "confirmed_by": ("rule", "nobody"),
    "basis": ("name", "text", "ownership", "jurisdiction"),
    "nexus": sorted(WORDS["nexus"]),
    "measure": sorted(WORDS["measure"]),
    "question": sorted(WORDS["question"]),
    "licence": sorted(WORDS["licence"]),
    "funds": ("moves", "none"),
}
"""The words that most rows ask, without those that no row tells from another; the rest are drawn below."""
PLAIN = {
    "timing": "in_force",
    "listing": "read",
    "alias": "full",
    "ground": "list",
    "law": "us",
    "programme": "mapped",
    "position": "unknown",
    "side": "payee",
    "held": "theirs",
    "rail": "wire",
    "party": "itself",
    "owner": "none",
    "sponsor": "none",
}


def test_every_combination_fits_a_row_and_acts_only_on_what_is_confirmed_binds_and_moves() -> None:
    table = load_table()
    walked = acted = 0
    for words in product(*WALKED.values()):
        said = dict(zip(WALKED, words, strict=True))
        row = table.row({key: frozenset({word}) for key, word in (PLAIN | said).items()})
        walked += 1
        if row.payment in ACTS:
            acted += 1
            assert said["outcome"] == "true"
            assert said["confirmed_by"] != "nobody"
            assert said["nexus"] in {"bound", "owned"}
            assert said["funds"] == "moves"
            assert said["licence"] in {"none", "covers"}
    assert walked == prod(len(several) for several in WALKED.values())
    assert acted > 0


@settings(max_examples=400, deadline=None)
@given(st.fixed_dictionaries({key: st.sampled_from(sorted(words)) for key, words in WORDS.items()}))
def test_whatever_the_other_words_are_a_row_fits_and_keeps_these_bounds(said: dict[str, str]) -> None:
    row = load_table().row({key: frozenset({word}) for key, word in said.items()})
    if row.payment in ACTS:
        assert said["outcome"] == "true"
        assert said["listing"] == "read"
        assert said["basis"] != "text"
        assert said["measure"] != "internal"
        assert said["owner"] != "unknown"
    if row.payment is Disposition.RELEASE:
        assert said["outcome"] in {"true", "false"}
    if said["outcome"] in {"unconfirmed", "undetermined"}:
        assert (row.payment, row.customer) == (Disposition.HOLD, Consequence.REVIEW)
