"""Real messages: everything a walk through the tree finds stands in the payment, and what validates has no problem."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from interdiction import payments
from interdiction.model import Part, Payment, to_json

PARTY_LEAVES = {
    "Nm",
    "BICFI",
    "BIC",
    "AnyBIC",
    "BICOrBEI",
    "LEI",
    "IBAN",
    "MmbId",
    "TwnNm",
    "StrtNm",
    "AdrLine",
    "Ustrd",
}


def files(folder: Path, ending: str) -> list[Path]:
    found = sorted((folder / "payments").rglob(f"*.{ending}"))
    if not found:
        pytest.skip("no sample messages are beside this checkout")
    return found


def schema(folder: Path, raw: bytes) -> etree.XMLSchema | None:
    known = re.search(rb"xsd:((?:pacs|camt|pain)\.\d{3}\.\d{3}\.\d{2})", raw)
    path = folder / "payments" / "xsd" / f"{known[1].decode()}.xsd" if known else folder
    return etree.XMLSchema(etree.parse(str(path))) if path.is_file() else None


def said(payment: Payment) -> str:
    return to_json(payment).decode().replace("\\n", " ")


@pytest.mark.shared
def test_every_party_of_every_iso_message_is_in_the_payment(shared_data: Path) -> None:
    lost = []
    for path in files(shared_data, "xml"):
        tree = etree.parse(str(path), etree.XMLParser(remove_comments=True))
        found = "".join(said(one) for one in payments.stream(path).payments)
        lost += [
            (path.name, element.text)
            for element in tree.iter()
            if etree.QName(element).localname in PARTY_LEAVES and element.text
            if to_json(" ".join(element.text.split())).decode()[1:-1] not in found
        ]
    assert lost == []


@pytest.mark.shared
def test_a_message_has_a_problem_if_and_only_if_its_schema_says_so(shared_data: Path) -> None:
    valid = other = 0
    for path in files(shared_data, "xml"):
        raw = path.read_bytes()
        found = payments.stream(path)
        troubled = bool([problem for one in found.payments for problem in one.problems] or found.problems)
        known = schema(shared_data, raw)
        if known is None:
            other += 1
            continue
        tree = etree.fromstring(raw)
        document = tree if tree.tag.endswith("}Document") else tree.find(".//{*}Document")
        assert document is not None
        assert known.validate(etree.fromstring(etree.tostring(document))) is not troubled, path.name
        valid += not troubled
    assert (valid, other) == (74, 38)


@pytest.mark.shared
def test_every_swift_message_is_read_with_its_two_sides(shared_data: Path) -> None:
    troubled = []
    for path in files(shared_data, "fin"):
        for one in payments.stream(path).payments:
            assert one.amount is not None
            assert one.on is not None
            assert {party.part for party in one.parties} >= {Part.HEADER}
            troubled += [path.name] if one.problems else []
    assert troubled == ["MT205_8dad285e.fin"]  # it lacks field 58, which MT 205 must have


@pytest.mark.shared
def test_every_name_of_every_swift_message_is_in_the_payment(shared_data: Path) -> None:
    lost = []
    for path in files(shared_data, "fin"):
        found = "".join(said(one) for one in payments.stream(path).payments)
        for field in re.findall(r":5\d[A-Z]?:([^:]*)(?=\n:|\n-)", path.read_text()):
            lines = [line for line in field.split("\n") if line.strip() and "NOTPROVIDED" not in line]
            lost += [
                (path.name, line) for line in lines if re.sub(r"^(/C/|/D/|//?|[1-8]/)", "", line).strip() not in found
            ]
    assert [one for one in lost if not re.match(r"3/[A-Z]{2}/", one[1])] == []
