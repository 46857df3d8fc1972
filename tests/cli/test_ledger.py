"""The ledger and kept decisions at the door: from a blocked payment to its release."""

from __future__ import annotations

from pathlib import Path

import pytest

from interdiction import model
from interdiction.cli import decisions, ledger
from interdiction.engine.story import tell
from tests.cli.conftest import Ask
from tests.engine.test_records import AT

BY = ("--by", "A. Officer", "--why", "a test")


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    tell(tmp_path / "bank", AT)
    return tmp_path / "bank"


@pytest.fixture
def kept(bank: Path, ask: Ask) -> Path:
    assert ask("pay", bank / "example" / "payments.csv", "--record", home=bank).code == 1
    return bank


def test_the_words_of_the_door_are_those_of_the_model() -> None:
    assert {one.value for one in ledger.Kind} == set(model.PropertyKind)
    assert {one.value for one in ledger.Days} == set(model.DayCount)
    assert {one.value for one in ledger.Compound} == set(model.Compounding)
    assert {one.value for one in ledger.Why} == set(model.Ground) - {model.Ground.SERVICE_CHARGE}
    assert {one.value for one in ledger.Doing} == set(model.Step) - {model.Step.RELEASE, model.Step.TRANSFER}
    assert {one.value for one in decisions.Said} == set(model.Outcome) - {model.Outcome.UNCONFIRMED}


def test_pay_says_under_which_ids_it_kept_its_decisions(bank: Path, ask: Ask) -> None:
    said = ask("pay", bank / "example" / "payments.csv", "--record", "--json", home=bank).json
    assert said["records"] == [f"D-{number}" for number in range(1, 13)]
    assert "records" not in ask("pay", bank / "example" / "payments.csv", "--json", home=bank).json


def test_screen_keeps_the_customers_that_are_more_than_a_count(bank: Path, ask: Ask) -> None:
    said = ask("screen", bank / "example" / "book.csv", "--record", "--json", home=bank).json
    kept = ask("decisions", "list", "--json", home=bank).json["result"]
    assert [f"D-{one['number']}" for one in kept] == said["summary"]["records"]
    assert {one["subject"] for one in kept} == {"customer"}
    assert ask("decisions", "replay", home=bank).code == 0


def test_decisions_are_listed_by_result_and_only_those_that_stand(kept: Path, ask: Ask) -> None:
    confirmed = ask("decisions", "confirm", "D-4", "ofac-sdn:9345", "--outcome", "true", *BY, "--json", home=kept)
    assert confirmed.json["result"]["follows"] == 4
    held = ask("decisions", "list", "--result", "hold", "--json", home=kept).json["result"]
    assert [one["number"] for one in held] == [3, 6, 10]
    chain = ask("decisions", "list", "--of", "P-004", "--all", "--json", home=kept).json["result"]
    assert [(one["number"], one["result"]) for one in chain] == [(4, "hold"), (13, "block")]
    assert "followed by D-13" in ask("decisions", "show", "D-4", home=kept).out
    assert ask("decisions", "show", "D-99", home=kept).code == 2


def test_every_run_says_how_many_were_read_screened_and_kept(kept: Path, ask: Ask) -> None:
    (one,) = ask("decisions", "runs", "--json", home=kept).json["result"]
    assert one["end"] == {"run": 1, "read": 12, "screened": 12, "kept": 12}
    assert "payments.csv" in ask("decisions", "runs", home=kept).out


def test_a_payment_that_was_read_twice_is_held_once(kept: Path, ask: Ask) -> None:
    ask("pay", kept / "example" / "payments.csv", "--record", home=kept)
    assert ask("ledger", "post", "D-13", *BY, home=kept).code == 0
    assert ask("ledger", "post", "D-1", *BY, "--json", home=kept).error["code"] == "ledger-twice"


def test_replay_leaves_with_1_and_names_the_field_that_came_out_differently(kept: Path, ask: Ask) -> None:
    assert ask("decisions", "replay", "D-1", "D-5", home=kept).code == 0
    (kept / "config.toml").write_text('[institution]\nkind = "eu"\nname = "Elsewhere"\n', encoding="utf-8")
    changed = ask("decisions", "replay", "D-5", home=kept)
    assert changed.code == 1
    assert 'disposition: was "block"' in changed.out


def test_a_blocked_payment_is_opened_once_with_the_amount_that_it_states(kept: Path, ask: Ask) -> None:
    opened = ask("ledger", "post", "D-1", *BY, "--json", home=kept).json["result"][0]
    assert opened["opens"]["unit"] == "USD"
    assert opened["opens"]["targets"][0]["listing"] == "ofac-sdn:9346"
    assert [posting["amount"] for posting in opened["postings"]] == ["-86000.00", "86000.00"]
    assert ask("ledger", "post", "D-1", *BY, "--json", home=kept).error["code"] == "ledger-twice"


def test_only_a_decision_that_holds_and_still_stands_opens_property(kept: Path, ask: Ask) -> None:
    assert ask("ledger", "post", "D-3", *BY, "--json", home=kept).error["code"] == "not-holding"
    ask("decisions", "confirm", "D-4", "ofac-sdn:9345", "--outcome", "true", *BY, home=kept)
    assert ask("ledger", "post", "D-4", *BY, "--json", home=kept).error["code"] == "superseded"
    assert ask("ledger", "post", "D-13", *BY, home=kept).code == 0


def test_property_lives_from_interest_to_its_release(kept: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    ask("ledger", "post", "D-1", "--interest", "0.5", *BY, home=kept)
    monkeypatch.setenv("INTERDICT_NOW", "2015-07-01T12:00:00+00:00")
    posted = ask("ledger", "post", "B-1", "--step", "interest", *BY, "--json", home=kept).json["result"][0]
    assert posted["postings"][1]["amount"] == "212.05"  # 86,000 at 0.5 per cent for 180 days of 365
    assert ask("ledger", "post", "B-1", "--step", "charge", "--amount", "5", *BY, "--json", home=kept).error[
        "code"
    ] == ("ledger-authority")
    out = ("--ground", "licence", "--licence", "NK-2015-1", "--authority", "OFAC", "--to", "Brackenfold Timber")
    assert ask("ledger", "release", "B-1", *out, *BY, home=kept).code == 0
    assert ask("ledger", "show", "--json", home=kept).json["result"] == []
    (life,) = ask("ledger", "show", "--all", "--json", home=kept).json["result"]
    assert [entry["step"] for entry in life["held"]["entries"]] == ["open", "interest", "release"]
    (june,) = ask("ledger", "show", "--on", "2015-06-30", "--json", home=kept).json["result"]
    assert june["balance"] == "86000.00"
    assert ask("decisions", "replay", home=kept).code == 0


def test_a_frozen_account_needs_the_amount_that_the_book_does_not_state(bank: Path, ask: Ask) -> None:
    ask("screen", bank / "example" / "book.csv", "--record", home=bank)
    frozen = ask("decisions", "list", "--result", "freeze", "--json", home=bank).json["result"][0]
    id_ = f"D-{frozen['number']}"
    assert ask("ledger", "post", id_, *BY, "--json", home=bank).error["code"] == "ledger-amount"
    account = ("--account", "0047-11", "--amount", "250.00", "--currency", "EUR")
    assert ask("ledger", "post", id_, *account, *BY, home=bank).code == 0
    assert (
        ask("ledger", "post", id_, "--account", "0047-12", "--amount", "1", "--currency", "USD", *BY, home=bank).code
        == 0
    )
    worth = ask("ledger", "balance", "--currency", "USD", "--rate", "EUR=1.2043", "--json", home=bank).json["result"]
    assert [one["worth"] for one in worth["worth"]] == ["301.08", "1"]
    bare = ask("ledger", "balance", "--currency", "USD", home=bank)
    assert "without EUR: no rate was stated" in bare.out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("ledger", "post", "B-9", "--step", "interest", *BY), "unknown-property"),
        (("ledger", "post", "B-1", *BY), "ledger-step"),
        (("ledger", "post", "B-1", "--step", "credit", *BY), "ledger-step"),
        (("ledger", "post", "B-1", "--step", "credit", "--amount", "1,5", *BY), "ledger-amount"),
        (("ledger", "balance", "--currency", "USD", "--rate", "EUR"), "rate"),
        (("ledger", "show", "X"), "not-an-id"),
    ],
)
def test_what_cannot_be_understood_is_a_usage_error(
    kept: Path, ask: Ask, arguments: tuple[str, ...], code: str
) -> None:
    ask("ledger", "post", "D-1", *BY, home=kept)
    refused = ask(*arguments, "--json", home=kept)
    assert (refused.code, refused.error["code"]) == (2, code)


def test_reconcile_names_what_is_open_and_leaves_with_1_only_where_something_differs(kept: Path, ask: Ask) -> None:
    ask("ledger", "post", "D-1", *BY, home=kept)
    quiet = ask("ledger", "reconcile", "--json", home=kept)
    assert quiet.code == 0
    assert {one["subject"] for one in quiet.json["result"]} == {"D-2", "D-5", "D-11"}
    said = ask("decisions", "confirm", "D-1", "ofac-sdn:9346", "--outcome", "false", *BY, "--json", home=kept)
    assert (said.json["result"]["result"], said.json["case"]["state"]) == ("block", "waiting")
    case = f"C-{said.json['case']['number']}"
    alone = ask("cases", "approve", case, *BY, "--json", home=kept)
    assert (alone.code, alone.error["code"]) == (2, "same-person")
    two = ask("cases", "approve", case, "--by", "B. Other", "--why", "another birth", "--json", home=kept)
    assert [one["result"] for one in two.json["result"]["records"]] == ["release"]
    loud = ask("ledger", "reconcile", home=kept)
    assert loud.code == 1
    assert "D-1 no longer stands, and the property is still held" in loud.out


def test_what_was_changed_from_outside_is_found(kept: Path, ask: Ask) -> None:
    import sqlite3

    connection = sqlite3.connect(kept / "store.sqlite")
    with connection:
        connection.execute("DROP TRIGGER decision_no_update")
        connection.execute("UPDATE decision SET body = (SELECT body FROM decision WHERE number = 7) WHERE number = 8")
    connection.close()
    loud = ask("ledger", "reconcile", "--json", home=kept)
    assert loud.code == 1
    assert [one["subject"] for one in loud.json["result"] if one["code"] == "seal-broken"] == ["decision 8"]


def test_what_was_said_with_a_payment_is_kept_with_it_and_a_later_word_counts(bank: Path, ask: Ask) -> None:
    said = bank / "said.yml"
    said.write_text("P-004:\n  by: A. Officer\n  outcomes: {ofac-sdn:9345: 'false'}\n", encoding="utf-8")
    more = ("--said", said, "--at", "2015-01-02T17:00-05:00", "--record", "--json")
    first = ask("pay", bank / "example" / "payments.csv", *more, home=bank).json
    assert {one["payment"]: one["disposition"] for one in first["result"]}["P-004"] == "hold"
    assert [(one["code"], one["node"]) for one in first["problems"] if one["code"] == "said-by-one"] == [
        ("said-by-one", "P-004")
    ]
    assert ask("decisions", "replay", home=bank).code == 0
    case = next(
        one["case"]
        for one in ask("cases", "list", "--json", home=bank).json["result"]
        if one["case"]["subject"] == "P-004"
    )
    approve = ("cases", "approve", f"C-{case['number']}", "--why", "another address")
    assert "same-person" in ask(*approve, "--by", "a officer", home=bank).err
    done = ask(*approve, "--by", "B. Second", "--json", home=bank).json["result"]
    assert [one["result"] for one in done["records"]] == ["release"]
    assert ask("decisions", "replay", home=bank).code == 0
    id_ = f"C-{case['number']}"
    assert ask("cases", "reopen", id_, *BY, home=bank).code == 0
    later = ask("cases", "decide", id_, "ofac-sdn:9345", "--outcome", "true", *BY, "--json", home=bank)
    assert [one["result"] for one in later.json["result"]["records"]] == ["block"]
    assert ask("decisions", "replay", home=bank).code == 0
