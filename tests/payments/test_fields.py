from __future__ import annotations

import pytest

from interdiction import payments
from interdiction.model import Payment, to_json
from interdiction.payments.iso20022.fields import fields, form, paths, words
from tests.payments.planting import NAME, planted

SCHEMAS = tuple(fields().messages)
VALUES = {
    "bic": "HNRBBY2XXXX",
    "lei": "253400V1H6ART1UQ0N98",
    "iban": "GB33BUKB20201555555555",
    "country": "KP",
    "birth_country": "KP",
}


def one(message: str, path: str, text: str) -> Payment:
    (found,) = payments.stream(planted(message, path, text)).payments
    return found


@pytest.mark.parametrize("message", SCHEMAS)
def test_a_name_in_any_leaf_that_is_screened_is_given_to_be_screened(message: str) -> None:
    missed = [
        path
        for path, leaf_class in paths(message)
        if leaf_class not in words().reasons and NAME.encode() not in to_json(one(message, path, NAME))
    ]
    assert missed == []


@pytest.mark.parametrize("message", SCHEMAS)
def test_a_name_in_a_leaf_that_is_not_screened_is_screened_after_all(message: str) -> None:
    missed = [
        (path, leaf_class)
        for path, leaf_class in paths(message)
        if leaf_class in words().reasons and leaf_class != "technical"
        if not any(text.text == NAME for text in one(message, path, NAME).texts)
    ]
    assert missed == []


@pytest.mark.parametrize("message", SCHEMAS)
def test_a_number_of_each_class_comes_to_a_party_or_a_place(message: str) -> None:
    missed = []
    for path, leaf_class in paths(message):
        value = VALUES.get(leaf_class)
        if value is None:
            continue
        found = one(message, path, value)
        said = to_json([found.parties, found.places])
        if value.lower().encode() not in said.lower():
            missed.append((path, leaf_class))
    assert missed == []


def test_every_class_is_screened_or_has_a_reason() -> None:
    known = {"text", "address", "name", "identifier", "account", "birth_place", "birth_date", *VALUES}
    classes = {leaf_class for message in SCHEMAS for _, leaf_class in paths(message)}
    assert classes <= known | words().reasons.keys()
    assert all(form(leaf_class) for leaf_class in words().reasons)


def test_a_leaf_that_no_schema_knows_is_text() -> None:
    assert fields().leaf("NewThing", "Wrds") == "text"


def test_every_party_of_the_schemas_has_a_role() -> None:
    parties = {
        child.name
        for children in fields().types.values()
        for child in children
        if child.what.startswith(("PartyIdentification", "BranchAndFinancialInstitution", "Party40Choice", "TaxParty"))
    }
    within = {name.partition("/")[2] for name in words().roles_within}
    assert parties - words().roles.keys() - within - words().wrappers == set()
