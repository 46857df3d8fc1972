from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Ask

LICENCES = """
licences:
  - id: L-1
    kind: specific
    issuer: OFAC
    reference: DPRK-2015-1
    law: us
    covers: rent of the mission
    programmes: [DPRK2]
    listings: ["ofac-sdn:17619"]
    total: "100.00"
    currency: USD
    since: "2015-01-02T00:00:00-05:00"
    until: "2015-02-01T00:01:00-05:00"
    used: [{day: 2015-01-02, amount: "40.00", reference: R-1}]
    source: the letter
    verified: yes
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "licences.yml").write_text(LICENCES, encoding="utf-8")
    return tmp_path


def test_the_licences_are_listed_with_what_is_left(ask: Ask, home: Path) -> None:
    answer = ask("licences", "--at", "2015-01-05T12:00-05:00", "--json", home=home)
    own = {one["id"]: one for one in answer.json["result"]}["L-1"]
    assert (own["holds"], own["left"], own["straight_through"]) == (True, "60.00", False)
    assert answer.json["problems"] == []
    assert ask("licences", "--at", "2015-02-01T00:01-05:00", "--json", home=home).json["result"][-1]["holds"] is False
    shown = ask("licences", "--at", "2015-01-05T12:00-05:00", home=home)
    assert "60.00 USD" in shown.out


def test_a_licence_that_contradicts_is_told(ask: Ask, home: Path) -> None:
    (home / "licences.yml").write_text(LICENCES.replace('"40.00"', '"400.00"'), encoding="utf-8")
    problems = ask("licences", "--json", home=home).json["problems"]
    assert [(one["code"], one["node"]) for one in problems] == [("licence-contradicts", "L-1")]


def test_a_licence_that_cannot_be_read_is_refused_and_named(ask: Ask, home: Path) -> None:
    (home / "licences.yml").write_text(LICENCES.replace("law: us", "law: moon"), encoding="utf-8")
    answer = ask("licences", "--json", home=home)
    assert (answer.code, answer.error["code"]) == (5, "data")
    assert "L-1" in answer.error["where"]


PAYMENT = (
    "id,debtor,creditor,creditor_country,amount,currency,date\nG-1,Anna Example,{name},{country},10.00,USD,{day}\n"
)


def pay(ask: Ask, demo_home: Path, folder: Path, payment: str, said: str, *more: str) -> dict[str, object]:
    (folder / "p.csv").write_text(payment, encoding="utf-8")
    (folder / "said.yml").write_text(said, encoding="utf-8")
    answer = ask("pay", folder / "p.csv", "--said", folder / "said.yml", *more, "--json", home=demo_home)
    found: dict[str, object] = answer.json["result"][0]
    return found


def test_the_same_transfer_is_held_blocked_or_let_go_by_the_minute(ask: Ask, demo_home: Path, tmp_path: Path) -> None:
    ministry = "Ministry of Foreign Trade of the Democratic People's Republic of Korea"
    said = "G-1: {by: A. Officer, outcomes: {'government:kp': 'true'}}"
    payment = PAYMENT.format(name=ministry, country="", day="2016-03-16")
    before = pay(ask, demo_home, tmp_path, payment, said, "--at", "2016-03-16T00:00:59-04:00")
    assert "government:kp" not in str(before)
    after = pay(ask, demo_home, tmp_path, payment, said, "--at", "2016-03-16T00:01:00-04:00")
    assert after["disposition"] == "block"
    assert "Executive Order 13722" in str(after["sentence"])
    assert after["due"][0]["by"] == "2016-03-30"  # type: ignore[index]


def test_words_about_a_payment_that_is_not_there_are_told(ask: Ask, demo_home: Path, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text(PAYMENT.format(name="B", country="", day="2015-01-05"), encoding="utf-8")
    (tmp_path / "said.yml").write_text("G-2: {by: A. Officer}", encoding="utf-8")
    answer = ask("pay", tmp_path / "p.csv", "--said", tmp_path / "said.yml", "--json", home=demo_home)
    assert "said-of-nobody" in [one["code"] for one in answer.json["problems"]]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("G-1: {by: ''}", "nobody is named"),
        ("G-1: {by: A, tenor_days: -1}", "negative"),
        ("G-1: {by: A, transaction: bribe}", "wrong"),
        ("[]", "wrong"),
    ],
)
def test_words_that_cannot_be_read_are_bad_input(
    ask: Ask, demo_home: Path, tmp_path: Path, said: str, told: str
) -> None:
    (tmp_path / "p.csv").write_text(PAYMENT.format(name="B", country="", day="2015-01-05"), encoding="utf-8")
    (tmp_path / "said.yml").write_text(said, encoding="utf-8")
    answer = ask("pay", tmp_path / "p.csv", "--said", tmp_path / "said.yml", "--json", home=demo_home)
    assert answer.code == 3
    assert told in answer.error["message"]


def test_check_tells_a_government_and_a_place_that_no_list_names(ask: Ask) -> None:
    asked = ("check", "Embassy of the D.P.R.K. in Example", "--json")
    after = ask(*asked, "--as-of", "2016-03-16")
    assert [one["listing"] for one in after.json["jurisdictions"]] == ["government:kp", "embargo:kp-us"]
    assert after.code == 1
    before = ask(*asked, "--as-of", "2016-03-15")
    assert "jurisdictions" not in before.json
    shown = ask("check", "Krimea Coach Tours", "--as-of", "2015-01-05")
    assert "on no list: region:crimea-us" in shown.out


def test_a_country_that_is_given_may_be_a_nationality_and_is_no_place(ask: Ask) -> None:
    answer = ask("check", "Anna Example", "--country", "ir", "--json", "--as-of", "2015-01-05")
    assert (answer.code, "jurisdictions" in answer.json) == (0, False)
