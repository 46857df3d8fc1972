from __future__ import annotations

import pytest

from interdiction.errors import PartyError
from interdiction.model import Identifier, Kind, Name, NameQuality, Party, from_json, to_json


def test_plain_strings_become_typed_forms() -> None:
    party = Party(
        kind="person",
        names=["KIM, Yong Chol", "Kim Young-chul"],
        birth_dates=["1962-02-18", "~1947"],
        identifiers=["passport:563410081@kp"],
        countries=["kp"],
    )
    assert party.kind is Kind.PERSON
    assert party.names == (Name("KIM, Yong Chol"), Name("Kim Young-chul", NameQuality.STRONG))
    assert [str(day) for day in party.birth_dates] == ["1962-02-18", "~1947"]
    assert party.identifiers == (Identifier("passport", "563410081", "kp"),)


def test_json_gives_back_the_same_party_and_the_same_bytes() -> None:
    party = Party(kind="vessel", names=["SUMMER 5"], identifiers=["imo:9204805"], birth_dates=["1946/1948"])
    again = from_json(to_json(party), Party)
    assert again == party
    assert to_json(again) == to_json(party)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"kind": "dragon"}, "kind"),
        ({"birth_dates": ["1962-02-31"]}, "date"),
        ({"identifiers": ["563410081"]}, "identifier"),
        ({"countries": "kp"}, "party"),
        ({"gender": "other"}, "gender"),
    ],
)
def test_each_wrong_field_is_a_typed_error_with_advice(wrong: dict[str, object], code: str) -> None:
    with pytest.raises(PartyError) as caught:
        Party(**wrong)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert caught.value.mend


def test_an_identifier_keeps_colons_and_at_signs_of_its_value() -> None:
    assert Identifier.parse("wallet:bitcoincash:qq@x@kp") == Identifier("wallet", "bitcoincash:qq@x", "kp")


def test_the_name_to_show_is_the_primary_one() -> None:
    assert Party(names=[Name("KOMID", NameQuality.WEAK), Name("KOREA MINING")]).primary_name == "KOREA MINING"
    assert Party(id="7").primary_name == "7"
