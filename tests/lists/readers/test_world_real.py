"""The real files of the EU (2018), HM Treasury (2014, 2018), Canada and Australia: counts, facts, every leaf."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from interdiction.lists.detect import read_edition
from interdiction.lists.programmes import unknown_tags
from interdiction.lists.readers import ListFile, Reading
from interdiction.model import Kind, NameQuality
from tests.lists.readers.world_leaves import Leaf, missing

EU = "eu/EU_FULL_2018-07-04_PARTIAL.csv"
HMT = {2014: "uk/UK_ConList_2014-04-02.csv", 2018: "uk/UK_ConList_2018-04-13.csv"}
CA = "ca/SEMA_2025.xml"
AU = "au/regulation8_consolidated_2024-12.xlsx"

pytestmark = pytest.mark.shared


@cache
def read(path: Path, list_key: str) -> Reading:
    return read_edition([ListFile(path.name, path.read_bytes())], list_key)


def never(reading: Reading, by_row: list[tuple[str, list[Leaf]]]) -> list[Leaf]:
    """Give every leaf of every row that is missing from the row's listing."""
    found = {listing.uid: listing for listing in reading.listings}
    of: dict[str, list[Leaf]] = {}
    for uid, leaves in by_row:
        of.setdefault(uid, []).extend(leaves)
    return [leaf for uid, leaves in of.items() for leaf in missing(dict.fromkeys(leaves), found[uid])]


@pytest.mark.parametrize(("year", "on", "parties"), [(2014, date(2014, 4, 2), 2297), (2018, date(2018, 4, 13), 2106)])
def test_the_treasury_list_is_read_whole(shared_data: Path, year: int, on: date, parties: int) -> None:
    reading = read(shared_data / HMT[year], "uk-hmt")
    assert (reading.format, reading.on, len(reading.listings)) == ("uk-hmt-csv", on, parties)
    assert {problem.code for problem in reading.problems} <= {"impossible-date"}
    assert not any(listing.unread for listing in reading.listings)
    assert all(listing.party.names for listing in reading.listings)
    primary = sum(listing.party.names[0].quality is NameQuality.PRIMARY for listing in reading.listings)
    assert primary == parties


@pytest.mark.parametrize("year", [2014, 2018])
def test_every_leaf_of_the_treasury_list_is_in_the_model(shared_data: Path, year: int) -> None:
    text = (shared_data / HMT[year]).read_bytes().decode("cp1252")
    rows = list(csv.reader(io.StringIO(text)))[1:]
    nothing = {"Group ID", "Group Type", "Alias Type"}  # the uid, and words that became a kind and a quality
    leaves = [
        (row[-1], [(name, cell) for name, cell in zip(rows[0], row, strict=True) if name not in nothing and cell])
        for row in rows[1:]
    ]
    lost = never(read(shared_data / HMT[year], "uk-hmt"), leaves)
    assert lost == [], Counter(where for where, _ in lost)


def test_a_korean_ship_of_the_treasury_list_has_its_number_and_no_kind(shared_data: Path) -> None:
    ship = next(
        one for one in read(shared_data / HMT[2018], "uk-hmt").listings if one.party.primary_name == "TONG SAN 2"
    )
    assert ship.party.kind is None
    assert [(one.type, one.value) for one in ship.party.identifiers] == [("imo", "8937675"), ("mmsi", "445539000")]


def test_the_wrapped_eu_file_of_2018_is_read_whole(shared_data: Path) -> None:
    reading = read(shared_data / EU, "eu")
    assert (reading.format, reading.on, len(reading.listings)) == ("eu-csv-2018", date(2018, 7, 4), 93)
    assert reading.problems == ()
    mugabe = next(one for one in reading.listings if one.uid == "1")
    assert mugabe.party.primary_name == "Robert Gabriel Mugabe"
    assert mugabe.reference == "EU.36.64"
    assert [one.legal_basis for one in mugabe.designations] == [
        "2018/223 (OJ L43), 2018-02-16",
        "1643/2002 (OJ L247), 2002-09-13",
    ]
    assert [str(day) for day in mugabe.party.birth_dates] == ["1924-02-21"]
    assert mugabe.party.identifiers[0].value == "AD001095"


def test_every_leaf_of_the_eu_file_of_2018_is_in_the_model(shared_data: Path) -> None:
    lines = (shared_data / EU).read_bytes().decode("cp1252").split("\n")
    plain = "\n".join(line[1:-1].rstrip("\t").replace('""', '"').replace("\t", ",") for line in lines)
    rows = list(csv.reader(io.StringIO(plain), delimiter=";"))
    # Numbers of the database, the day of the file, and words that became a kind, a gender or "no date".
    # A spelling that stands in several languages keeps the first.
    nothing = {"Date_filexxxx", "Subject_type", "Naal_gender", "Naal_language"}
    leaves = []
    for row in rows[1:]:
        cells = [
            (name, cell.replace("\\n", " "))
            for name, cell in zip(rows[0], row, strict=True)
            if cell and cell != "N/A" and name not in nothing and not name.lower().endswith("logical_id")
        ]
        leaves.append((row[1], cells))
    # How a contact is labelled, and which kind of number one is, became the type of each.
    words = {"phone", "fax", "unknown", "issued", "expires"}
    assert [leaf for leaf in never(read(shared_data / EU, "eu"), leaves) if not _only(leaf[1], words)] == []


def _only(text: str, words: set[str]) -> bool:
    return text.startswith("PHONE[") or words >= set(text.lower().split())


def test_the_canadian_list_is_read_whole(shared_data: Path) -> None:
    reading = read(shared_data / CA, "ca")
    assert (reading.format, reading.on, len(reading.listings), reading.problems) == ("ca-xml", None, 4759, ())
    kinds = Counter(listing.party.kind for listing in reading.listings)
    assert kinds == {Kind.PERSON: 3334, Kind.ORGANISATION: 1316, Kind.VESSEL: 109}
    ship = next(one for one in reading.listings if one.party.primary_name == "Balitiyskiy III")
    assert (ship.uid, ship.programmes) == ("russia-1.1-1", ("Russia, Schedule 1.1",))
    assert ship.party.vessel is not None
    assert ship.party.vessel.built == "1980"


def test_every_leaf_of_the_canadian_list_is_in_the_model(shared_data: Path) -> None:
    found = read(shared_data / CA, "ca")
    records = etree.parse(str(shared_data / CA)).getroot()
    assert len(records) == len(found.listings)
    lost = [
        leaf
        for record, listing in zip(records, found.listings, strict=True)
        for leaf in missing([(str(child.tag), _unlabelled(child.text or "")) for child in record], listing)
    ]
    assert lost == []


def _unlabelled(text: str) -> str:
    """Drop the language before a spelling: it became the language of the name."""
    return re.sub(r"\b(?:Russian|Belarusian|Arabic|Ukrainian|Farsi|Persian)\s*:", " ", text)


def test_the_australian_list_is_read_whole(shared_data: Path) -> None:
    reading = read(shared_data / AU, "au")
    assert (reading.format, reading.on, len(reading.listings)) == ("au-xlsx", None, 3062)
    assert not any(listing.unread for listing in reading.listings)
    akhund = next(one for one in reading.listings if one.uid == "2")
    assert [(name.text, name.script) for name in akhund.party.names] == [
        ("MOHAMMAD HASSAN AKHUND", None),
        ("محمد حسن أخوند", "Arab"),
    ]
    assert [str(day) for day in akhund.party.birth_dates] == ["~1955/1958", "~1945/1950"]
    assert akhund.designations[0].listed_on == date(2001, 1, 25)


def test_every_leaf_of_the_australian_list_is_in_the_model(shared_data: Path) -> None:
    fastexcel = pytest.importorskip("fastexcel")
    sheet = (
        fastexcel.read_excel((shared_data / AU).read_bytes()).load_sheet(0, header_row=0, dtypes="string").to_polars()
    )
    # The uid, words that became a kind and a quality, and cells that say "not available".
    nothing = {"Reference", "Type", "Name Type"}
    leaves = []
    for row in sheet.iter_rows(named=True):
        uid = re.sub(r"\D.*", "", row["Reference"])
        cells = [
            (name, cell)
            for name, cell in row.items()
            if cell and name not in nothing and cell.strip().lower() not in {"na", "n/a", "-"}
        ]
        leaves.append((uid, cells))
    lost = never(read(shared_data / AU, "au"), leaves)
    assert lost == [], Counter(where for where, _ in lost)


@pytest.mark.parametrize(
    ("path", "key"), [(EU, "eu"), (HMT[2014], "uk-hmt"), (HMT[2018], "uk-hmt"), (CA, "ca"), (AU, "au")]
)
def test_every_programme_at_hand_is_known(shared_data: Path, path: str, key: str) -> None:
    assert unknown_tags(read(shared_data / path, key).listings) == {}
