"""The payments, the chain of owners and the announcement of the worked example."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest
import yaml

from interdiction.model import Disposition

from .example import AFTER, BEFORE, DATA, by_uid, folded, part, table
from .test_book import BOOK, NOBODY
from .test_editions import TEN, THREE

PAYMENTS = {row["id"]: row for row in table("payments.csv")}
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load(
    (DATA.parents[3] / "tests" / "demo" / "payments.expected.yml").read_text(encoding="utf-8")
)
PAGE = (DATA.parents[3] / "docs" / "worked-example.md").read_text(encoding="utf-8")
ANNOUNCEMENT = (DATA / "announcement.txt").read_text(encoding="utf-8")


def test_there_are_a_dozen_payments_and_something_is_expected_of_each() -> None:
    assert len(table("payments.csv")) == len(PAYMENTS) == 12
    assert EXPECTED.keys() == PAYMENTS.keys()


def test_every_payment_can_be_read_but_for_one_amount() -> None:
    unreadable = []
    for id_, row in PAYMENTS.items():
        assert date(2015, 1, 1) <= date.fromisoformat(row["date"]) <= date(2015, 1, 5)
        assert row["debtor"]
        assert row["creditor"]
        try:
            assert Decimal(row["amount"]) > 0
        except InvalidOperation:
            unreadable.append(id_)
    assert unreadable == ["P-010"]
    assert EXPECTED["P-010"]["after"] == Disposition.HOLD


def test_block_hold_and_release_all_occur_and_the_order_makes_nothing_milder() -> None:
    gravity = list(Disposition)
    assert {case["after"] for case in EXPECTED.values()} == {"block", "hold", "release"}
    for case in EXPECTED.values():
        assert gravity.index(Disposition(case["after"])) <= gravity.index(Disposition(case["before"]))


def test_the_order_s_own_effect_is_two_payments_and_two_were_blocked_before_it() -> None:
    assert [id_ for id_, case in EXPECTED.items() if case["before"] != case["after"]] == ["P-005", "P-011"]
    assert [id_ for id_, case in EXPECTED.items() if case["before"] == "block"] == ["P-001", "P-002"]


def test_what_is_blocked_before_rests_on_a_listing_of_before_and_what_is_new_on_one_of_the_ten() -> None:
    before = by_uid(part(BEFORE, "sdn"))
    for case in EXPECTED.values():
        listed = {listing.removeprefix("ofac-sdn:") for listing in case["listings"]}
        if case["before"] == "block":
            assert listed <= before.keys()
        if case["before"] != case["after"]:
            assert listed <= TEN.keys()


def test_a_block_has_the_exact_name_and_an_agreeing_fact_or_the_passport_number() -> None:
    names = {folded(row[1]) for row in part(AFTER, "sdn")} | {folded(row[3]) for row in part(AFTER, "alt")}
    for id_, case in EXPECTED.items():
        if case["after"] != "block":
            continue
        row = PAYMENTS[id_]
        parties = [(row[role], row[f"{role}_country"], row.get(f"{role}_id", "")) for role in ("debtor", "creditor")]
        by_name = any(folded(name) in names and country == "KP" for name, country, _ in parties)
        by_number = any("472410022" in identifier for _, _, identifier in parties)
        assert by_name or by_number


def test_one_payment_says_komid_and_only_in_its_remittance() -> None:
    said = {id_: [column for column, cell in row.items() if "KOMID" in cell.upper()] for id_, row in PAYMENTS.items()}
    assert {id_: columns for id_, columns in said.items() if columns} == {"P-003": ["remittance"]}
    assert EXPECTED["P-003"]["after"] == Disposition.HOLD


def test_the_chain_of_owners_leads_by_halves_from_komid_to_a_customer_who_is_no_name_hit() -> None:
    first, second = table("ownership.csv")
    assert (first["owner"], first["owned"]) == ("ofac-sdn:9345", second["owner"])
    assert [Decimal(row["share"]) >= 50 for row in (first, second)] == [True, True]
    assert Decimal(first["share"]) * Decimal(second["share"]) / 100 < 50, "multiplying would let it pass"
    assert second["owned"] in NOBODY
    assert BOOK[second["owned"]]["kind"] == "organisation"
    assert all(date.fromisoformat(row["from"]) < date(2015, 1, 1) for row in (first, second))


def test_the_announcement_names_all_thirteen_parties() -> None:
    rows = by_uid(part(AFTER, "sdn"))
    spoken = folded(ANNOUNCEMENT)
    for uid in TEN:
        assert rows[uid][1].replace(",", "").casefold() in ANNOUNCEMENT.casefold()
    for uid in THREE:
        assert set(folded(rows[uid][1])) <= set(spoken)


def test_the_announcement_tells_the_order_from_the_claims_around_it() -> None:
    assert "Executive Order 13687" in ANNOUNCEMENT
    assert re.search(r"FBI has said .* responsible", ANNOUNCEMENT)
    assert "North Korea denies" in ANNOUNCEMENT
    assert "had been under United States sanctions" in ANNOUNCEMENT
    assert 200 <= len(ANNOUNCEMENT.split()) <= 300


@pytest.mark.shared
def test_the_announcement_shares_no_sentence_with_the_accounts_of_the_day(shared_data: Path) -> None:
    ours = _runs(ANNOUNCEMENT)
    accounts = sorted((shared_data / "news").glob("*.txt"))
    assert accounts
    for path in accounts:
        assert not ours & _runs(path.read_text(encoding="utf-8"))


def test_the_page_says_of_every_payment_what_is_expected_of_it() -> None:
    rows = re.findall(r"^\| (P-\d+)[^|]*\| (\w+) \| (\w+) \|", PAGE, re.MULTILINE)
    assert rows == [(id_, case["before"], case["after"]) for id_, case in EXPECTED.items()]


def test_the_page_gives_the_ten_with_their_names_and_passports() -> None:
    rows = re.findall(r"^\| (\d+) \| ([^|]+) \| [^|]+ \| (\d*) ?\|", PAGE, re.MULTILINE)
    assert rows == [(uid, name, passport or "") for uid, (name, _, passport, _) in TEN.items()]


def _runs(text: str, length: int = 7) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9']+", text.casefold().replace("\u2019", "'"))
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}
