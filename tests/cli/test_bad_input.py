"""Questions with something missing, malformed or contradictory: an answer that says so, or a typed error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Ask

KIM = '{"names": ["Kim Yong Chol"]'
LISTED = '{"kind": "person", "names": ["KIM, Yong Chol"], "birth_dates": ["1962-02-18"], "nationalities": ["kp"]}'


def codes(answer: Answer) -> set[str]:
    return {one["code"] for one in answer.json["problems"]}


def best(answer: Answer) -> list[str]:
    return [hit["listing"] for hit in answer.json["result"]]


@pytest.mark.parametrize("name", ["", "   ", "...", "(-)"])
def test_nothing_to_look_for_is_an_error_and_never_nobody(ask: Ask, name: str) -> None:
    answer = ask("check", name, "--json")
    assert (answer.code, answer.error["code"], answer.out) == (2, "no-name", "")


def test_a_birth_date_alone_is_nothing_to_look_for(ask: Ask) -> None:
    assert ask("check", "--born", "1962-02-18", "--json").error["code"] == "no-name"


def test_an_identifier_alone_is_screened_and_the_missing_name_is_said(ask: Ask) -> None:
    answer = ask("check", "--id", "passport:563410081@kp", "--json")
    assert (answer.code, best(answer), codes(answer)) == (1, ["ofac-sdn:17616"], {"no-name"})


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--born", "1962-02-31"), "date"),
        (("--born", "1963/1962"), "date-range"),
        (("--country", "Atlantis"), "country"),
        (("--id", "563410081"), "identifier"),
        (("--id", "passport:"), "identifier"),
        (("--kind", "dragon"), "kind"),
    ],
)
def test_what_is_typed_wrong_is_a_usage_error_that_says_how_to_mend_it(
    ask: Ask, options: tuple[str, str], code: str
) -> None:
    answer = ask("check", "Kim Yong Chol", *options, "--json")
    assert (answer.code, answer.error["code"], answer.error["where"]) == (2, code, options[0])
    assert answer.error["mend"]


def test_contradictory_birth_dates_are_said_and_hide_nobody(ask: Ask) -> None:
    answer = ask("check", "Kim Yong Chol", "--born", "1962-02-18", "--born", "1990-01-01", "--json")
    assert (best(answer)[0], codes(answer)) == ("ofac-sdn:17614", {"several-dates"})


def test_a_malformed_identifier_is_said_and_the_name_is_screened(ask: Ask) -> None:
    answer = ask("check", "KOMID", "--id", "lei:253400HA6URWT39X2983", "--json")
    assert (answer.code, codes(answer)) == (1, {"identifier-form"})
    assert "check digit" in answer.json["problems"][0]["message"]


def test_a_type_of_identifier_that_no_list_knows_is_said_and_its_value_still_finds(ask: Ask, tmp_path: Path) -> None:
    answer = ask("check", "--id", "pasport:563410081@kp", "--json")
    assert (answer.code, best(answer), codes(answer)) == (1, ["ofac-sdn:17616"], {"no-name", "identifier-type"})
    book = tmp_path / "book.csv"
    book.write_text("name,identifiers\nRyu Jin,pasport:563410081@kp; passport:1234567\n", encoding="utf-8")
    answer = ask("screen", book, "--json")
    assert [(one["line"], one["code"]) for one in answer.json["problems"]] == [(2, "identifier-type")]
    assert best(answer) == ["ofac-sdn:17616"]


def test_twenty_aliases_are_twenty_names(ask: Ask, tmp_path: Path) -> None:
    names = [f"Nobody Number{at}" for at in range(19)]
    book = tmp_path / "book.csv"
    book.write_text(f'name,aliases\nA. Customer,"{";".join([*names, "Ryu Jin"])}"\n', encoding="utf-8")
    assert best(ask("screen", book, "--json")) == ["ofac-sdn:17616"]


CSV = """id,name,born,country,identifiers
1,,1962-02-18,,
2,,,,passport:563410081@kp
3,Ryu Jin,1962-02-31,Atlantis,lei:123
4,Ryu Jin,1965-08-07;1990-01-01,,563410081
5,...,,,
"""
JSONL = """{"id": "1", "names": [], "birth_dates": ["1962-02-18"]}
{"id": "2", "name": null, "identifiers": [{"type": "passport", "value": "563410081", "country": "kp"}]}
{"id": "3", "names": [{"text": "Ryu Jin"}], "birth_dates": ["1962-02-31"], "country": "Atlantis", "lei": "123"}
{"id": "4", "name": ["Nobody", "Ryu Jin"], "born": ["1965-08-07", "1990-01-01"], "identifiers": "563410081"}
{"id": "5", "name": "..."}
"""


@pytest.mark.parametrize(("suffix", "text"), [("csv", CSV), ("jsonl", JSONL)])
def test_each_bad_cell_of_a_book_is_named_and_its_row_is_screened_on_what_remains(
    ask: Ask, tmp_path: Path, suffix: str, text: str
) -> None:
    book = tmp_path / f"book.{suffix}"
    book.write_text(text, encoding="utf-8")
    answer = ask("screen", book, "--json")
    first = 2 if suffix == "csv" else 1
    said = {(one["line"] - first + 1, one["code"]) for one in answer.json["problems"]}
    assert said == {
        *{(1, "no-name"), (2, "no-name"), (5, "no-name")},
        *{(3, "date"), (3, "country"), (3, "identifier-form")},
        *{(4, "several-dates"), (4, "identifier")},
    }
    assert {(hit["query_id"], hit["listing"]) for hit in answer.json["result"]} == {
        (row, "ofac-sdn:17616") for row in ("2", "3", "4")
    }


@pytest.mark.parametrize(
    ("party", "code"),
    [
        ("", "no-name"),
        ('{"birth_dates": ["1962-02-18"]}', "no-name"),
        ('{"names": ["..."]}', "no-name"),
        (KIM, "party"),
        (f'{KIM}, "born": "1962-02-18"}}', "party"),
        (f'{KIM}, "birth_dates": ["1962-02-31"]}}', "party"),
        (f'{KIM}, "names": "Kim"}}', "party"),
        (f'{KIM}, "identifiers": ["563410081"]}}', "identifier"),
        ("{" * 10_000, "party"),
    ],
)
def test_a_side_that_is_no_party_is_a_usage_error(ask: Ask, party: str, code: str) -> None:
    for sides, where in (((party, LISTED), "OURS"), ((LISTED, party), "THEIRS")):
        answer = ask("compare", *sides, "--json", home=Path())
        assert (answer.code, answer.error["code"], answer.error["where"]) == (2, code, where)


def test_a_side_of_an_identifier_alone_or_of_twenty_names_is_compared(ask: Ask) -> None:
    passport = '{"identifiers": ["passport:563410081@kp"]}'
    bearer = '{"names": ["RYU, Jin"], "identifiers": ["passport:563410081@kp"]}'
    answer = ask("compare", passport, bearer, "--json", home=Path())
    assert (answer.json["result"]["band"], codes(answer)) == ("certain", {"no-name"})
    names = json.dumps({"kind": "person", "names": [*(f"Nobody Number{at}" for at in range(19)), "Kim Yong Chol"]})
    answer = ask("compare", names, LISTED, "--json", home=Path())
    assert (answer.json["result"]["band"], answer.json["problems"]) == ("strong", [])
    assert answer.json["result"]["score"] == ask("compare", "Kim Yong Chol", LISTED, "--json").json["result"]["score"]


def test_a_country_that_does_not_exist_is_said_and_not_compared(ask: Ask) -> None:
    answer = ask("compare", f'{KIM}, "nationalities": ["Atlantis"]}}', LISTED, "--json", home=Path())
    assert codes(answer) == {"country"}
    kinds = {one["kind"]: one["finding"] for one in answer.json["result"]["evidence"]}
    assert kinds.get("nationality") != "conflict"


def test_two_parties_with_facts_are_compared_and_what_is_wrong_of_either_is_said(ask: Ask) -> None:
    ours = f'{KIM}, "birth_dates": ["1962-02-18", "1990-01-01"], "countries": ["zz"], "identifiers": ["lei:123"]}}'
    answer = ask("compare", ours, LISTED, "--json", home=Path())
    assert (answer.code, answer.json["result"]["band"]) == (0, "certain")
    assert {(one["node"], one["code"]) for one in answer.json["problems"]} == {
        ("OURS birth_dates", "several-dates"),
        ("OURS countries", "country"),
        ("OURS lei", "identifier-form"),
    }


def test_a_row_that_does_not_say_what_it_is_is_counted_and_may_be_told(ask: Ask, tmp_path: Path) -> None:
    book = tmp_path / "book.csv"
    book.write_text("name\nRyu Jin\nEmily Hartwell\n", encoding="utf-8")
    assert ask("screen", book, "--json").json["summary"]["rows_without_kind"] == 2
    assert "2 rows do not say whether they are people" in ask("screen", book).out
    told = ask("screen", book, "--kind", "person", "--json")
    assert (told.json["summary"]["rows_without_kind"], best(told)) == (0, ["ofac-sdn:17616"])
    assert ask("screen", book, "--kind", "dragon", "--json").error["code"] == "kind"
