from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from interdiction.errors import ListFileError
from interdiction.lists.detect import read_edition
from interdiction.lists.programmes import designations
from interdiction.lists.readers import ListFile, Reading
from interdiction.lists.sources import Sources
from interdiction.model import Grade, Kind, Measure, NameQuality

TABLE = """Ref,Name,Trading name,AKA,Type,DoB,Nationality,Passport number,Since,Why,Colour
A1,Ivan PETROV,,Vanya; Иван Петров,I,18/02/1962,Russia,A1234567,2025-12-01,court order 12/25,red
A2,Petrel GmbH,Petrel Sea,,C,,Germany,,01/12/2025,,blue
""".encode()
MAPPING = b"""# which column is what
mapping: 1
fields:
  id: Ref
  name: [Name, Trading name]
  alias: {columns: AKA, split: ";"}
  kind: {columns: Type, words: {I: person, C: organisation}}
  born: DoB
  nationality: Nationality
  passport: Passport number
  programme: {constant: refused}
  listed_on: Since
  remarks: Why
"""


def read(*files: tuple[str, bytes], key: str = "own-refused") -> Reading:
    return read_edition([ListFile(name, data) for name, data in files], key)


def test_a_mapping_says_which_column_is_what_and_the_rest_is_kept() -> None:
    reading = read(("people.csv", TABLE), ("people.yml", MAPPING))
    assert (reading.format, reading.parts, reading.on) == ("table", ("table", "mapping"), None)
    assert reading.problems == ()
    person, company = reading.listings
    assert (person.id, person.party.kind, company.party.kind) == ("own-refused:A1", Kind.PERSON, Kind.ORGANISATION)
    assert [(name.text, name.quality, name.script) for name in person.party.names] == [
        ("Ivan PETROV", NameQuality.PRIMARY, None),
        ("Vanya", NameQuality.STRONG, None),
        ("Иван Петров", NameQuality.STRONG, "Cyrl"),
    ]
    assert [str(day) for day in person.party.birth_dates] == ["1962-02-18"]
    assert person.party.nationalities == ("ru",)
    assert [(one.type, one.value) for one in person.party.identifiers] == [("passport", "A1234567")]
    assert (person.programmes, person.remarks) == (("refused",), "court order 12/25")
    assert [(one.label, one.value) for one in person.details] == [("Colour", "red")]
    assert [str(one.designations[0].listed_on) for one in reading.listings] == ["2025-12-01", "2025-12-01"]
    assert [name.text for name in company.party.names] == ["Petrel GmbH", "Petrel Sea"]


def test_a_list_of_ones_own_holds_and_never_blocks() -> None:
    (listing, _) = read(("people.csv", TABLE), ("people.yml", MAPPING)).listings
    (found,) = designations(listing, Sources.load().get("own-refused"))
    assert (found.measures, found.mapped) == ((Measure.INTERNAL,), True)


def test_known_headers_need_no_mapping_in_any_format(tmp_path: Path) -> None:
    frame = pl.DataFrame({"id": ["7"], "name": ["Kim Yong Chol"], "born": ["1962-02-18"], "country": ["kp"]})
    frame.write_parquet(tmp_path / "a.parquet")
    frame.write_ndjson(tmp_path / "a.jsonl")
    frame.write_csv(tmp_path / "a.csv")
    found = [read((path.name, path.read_bytes())).listings for path in sorted(tmp_path.iterdir())]
    assert found[0] == found[1] == found[2]
    assert (found[0][0].uid, found[0][0].party.countries) == ("7", ("kp",))


def test_without_an_id_a_row_keeps_its_uid_wherever_it_moves() -> None:
    first = read(("a.csv", b"name,born\nKim Yong Chol,1962-02-18\nJang Bom Su,1957-04-15\n"))
    second = read(("a.csv", b"name,born\nJang Bom Su,1957-04-15\nSomebody New,\nKim Yong Chol,1962-02-18\n"))
    assert {one.uid for one in first.listings} < {one.uid for one in second.listings}


def test_a_cell_that_cannot_be_read_is_a_problem_and_a_detail() -> None:
    reading = read(("a.csv", b"id,name,born,country\n1,Kim Yong Chol,soon,Atlantis\n"))
    assert {(one.code, one.node, one.grade) for one in reading.problems} == {
        ("bad-cell", "born", Grade.PUBLISHED),
        ("bad-cell", "country", Grade.PUBLISHED),
    }
    assert {(one.label, one.value) for one in reading.listings[0].details} == {
        ("born", "soon"),
        ("country", "Atlantis"),
    }


def test_a_row_that_fits_no_header_is_a_listing_of_its_raw_text() -> None:
    reading = read(("a.csv", b"id,name\n1,Kim Yong Chol\n2,Jang, Bom Su, of Pyongyang\n"))
    (unread,) = [one for one in reading.listings if one.unread]
    assert "Bom Su" in unread.party.names[0].text
    assert [one.grade for one in reading.problems] == [Grade.ROW]


def test_two_rows_of_one_id_are_one_party_with_both_names() -> None:
    reading = read(("a.csv", b"id,name\n1,Kim Yong Chol\n1,Kim Young Chul\n"))
    (listing,) = reading.listings
    assert [name.text for name in listing.party.names] == ["Kim Yong Chol", "Kim Young Chul"]
    assert [(one.code, one.grade) for one in reading.problems] == [("duplicate-id", Grade.PUBLISHED)]


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        (b"mapping: 1\nfields: [", "cannot be read"),
        (b"mapping: 2\nfields: {name: Name}", "version 2"),
        (b"mapping: 1\nfields: {nom: Name}", "no field is called nom"),
        (b"mapping: 1\nfields: {id: Ref}", "no column that it is the name"),
        (b"mapping: 1\nfields: {name: Nom}", "no column 'Nom'"),
        (b"mapping: 1\nfields: {name: {colums: Name}}", "colums"),
        (b"mapping: 1\nfields: {name: Name}\ncolour: red", "colour"),
    ],
)
def test_a_wrong_mapping_says_what_does_not_fit(mapping: bytes, says: str) -> None:
    with pytest.raises(ListFileError, match=says) as caught:
        read(("people.csv", TABLE), ("people.yml", mapping))
    assert caught.value.code == "mapping"


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([("a.csv", b"")], "empty"),
        ([("a.csv", b"<html><body>login</body></html>")], "not-a-list"),
        ([("a.csv", b"ref,colour\n1,red\n")], "unknown-columns"),
        ([("a.csv", TABLE), ("b.csv", TABLE)], "duplicate-part"),
        ([("a.csv", TABLE), ("a.yml", MAPPING), ("b.yml", MAPPING)], "duplicate-part"),
    ],
)
def test_what_is_no_table_of_parties_is_refused(files: list[tuple[str, bytes]], code: str) -> None:
    with pytest.raises(ListFileError) as caught:
        read(*files)
    assert caught.value.code == code


def test_the_sectoral_annexes_are_a_list_of_their_own_and_freeze_nobody() -> None:
    table = b"name,programme\nBANK ONE,833/2014 Annex XIX\n"
    mapping = b"mapping: 1\nfields: {name: name, programme: programme}\n"
    (listing,) = read(("a.csv", table), ("a.yml", mapping), key="eu-sectoral").listings
    (found,) = designations(listing, Sources.load().get("eu-sectoral"))
    assert Measure.ASSET_FREEZE not in found.measures
    assert Measure.PAYMENT_BAN in found.measures
    assert not found.mapped
