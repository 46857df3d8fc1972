"""The real lists: counts, the publisher's known defects, and the order of 2 January 2015."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

import pytest

from interdiction.lists.detect import read_edition
from interdiction.lists.readers import ListFile, Reading, remarks
from interdiction.lists.readers.draft import Draft
from interdiction.lists.readers.reading import Problems
from interdiction.model import Grade, Kind, Listing, NameQuality

pytestmark = pytest.mark.shared

TEN = {
    "17614": ("KIM, Yong Chol", "1962-02-18", None, "KOMID Representative in Iran"),
    "17615": ("JANG, Yong Son", "1957-02-20", None, "KOMID Representative in Iran"),
    "17616": ("RYU, Jin", "1965-08-07", "563410081", "KOMID official in Syria"),
    "17617": (
        "KIM, Kwang Chun",
        "1967-04-20",
        None,
        "Korea Ryungseng Trading Corporation Representative in Shenyang, China",
    ),
    "17618": ("KIM, Kwang Yon", "1966-07-30", "563210059", None),
    "17619": ("KIL, Jong Hun", "1972-02-20", "472410022", "KOMID Representative in Namibia"),
    "17620": ("JANG, Song Chol", "1967-03-12", None, "KOMID representative in Russia"),
    "17624": ("KIM, Kyu", "1968-07-30", None, "KOMID External Affairs Officer"),
    "17625": ("YU, Kwang Ho", "1956-10-18", None, None),
    "17627": ("KANG, Ryong", "1968-08-21", None, "KOMID official in Syria"),
}


@lru_cache(maxsize=12)
def read(key: str, *paths: Path) -> Reading:
    return read_edition([ListFile(path.name, path.read_bytes()) for path in paths], key)


def ofac(shared_data: Path, day: str) -> Reading:
    return read("ofac-sdn", *sorted((shared_data / "ofac" / day).glob("*.csv")))


def by_uid(reading: Reading) -> dict[str, Listing]:
    return {listing.uid: listing for listing in reading.listings}


def defects(reading: Reading) -> list[tuple[str, str]]:
    return sorted((one.code, one.node) for one in reading.problems)


CUT_2015 = [("remark-cut", "12300"), ("remark-cut", "15599"), ("remark-cut", "15600")]


@pytest.mark.parametrize(
    ("day", "parties", "expected"),
    [
        ("2015-01-01_derived", 5866, CUT_2015),
        ("2015-01-02", 5876, CUT_2015),
        ("2018-12-20", 7379, [("no-end-mark", ""), ("short-end", "")]),
        (
            "2023-12-28",
            13821,
            [
                ("orphan-comment", "12300"),
                ("orphan-comment", "15599"),
                ("orphan-comment", "15600"),
                *(("remark-cut", uid) for uid in ("29703", "30518", "31212", "33151", "37070", "39585", "39593")),
            ],
        ),
    ],
)
def test_every_party_is_read_and_only_the_publishers_known_defects_are_found(
    shared_data: Path, day: str, parties: int, expected: list[tuple[str, str]]
) -> None:
    reading = ofac(shared_data, day)
    assert len(reading.listings) == parties
    assert len({listing.uid for listing in reading.listings}) == parties
    assert {one.grade for one in reading.problems} == {Grade.PUBLISHED}
    assert defects(reading) == expected
    assert not any(listing.unread for listing in reading.listings)
    assert reading.list_hint == "ofac-sdn"


def test_all_aliases_of_2023_are_there(shared_data: Path) -> None:
    found = by_uid(ofac(shared_data, "2023-12-28"))
    published = (shared_data / "ofac/2023-12-28/alt.csv").read_text("cp1252").split("\n")
    rows = [cells for cells in csv.reader(published) if len(cells) == 5]
    assert len(rows) == 17091
    for uid, _, kind, text, _ in rows:
        quality = {name.text: name.quality for name in found[uid].party.names}[text]
        assert quality in {NameQuality.FORMER if kind == "fka" else NameQuality.STRONG, NameQuality.PRIMARY}


def test_the_ten_of_2015_are_read_as_treasury_listed_them(shared_data: Path) -> None:
    found = by_uid(ofac(shared_data, "2015-01-02"))
    for uid, (name, born, passport, title) in TEN.items():
        listing = found[uid]
        assert listing.programmes == ("DPRK2",)
        assert listing.party.kind is Kind.PERSON
        assert listing.party.primary_name == name
        assert [str(day) for day in listing.party.birth_dates] == [born]
        assert [one.value for one in listing.party.identifiers] == ([passport] if passport else [])
        assert listing.party.titles == ((title,) if title else ())
        assert listing.party.nationalities == (() if uid == "17617" else ("kp",))


def test_the_order_added_ten_parties_and_a_tag_to_three(shared_data: Path) -> None:
    before, after = by_uid(ofac(shared_data, "2015-01-01_derived")), by_uid(ofac(shared_data, "2015-01-02"))
    assert after.keys() - before.keys() == TEN.keys()
    assert before.keys() <= after.keys()
    assert {uid for uid in before if before[uid] != after[uid]} == {"9345", "11599", "12210"}
    assert after["9345"].programmes == ("NPWMD", "DPRK2")
    assert [name.text for name in after["12210"].party.names if name.quality is NameQuality.WEAK] == ["RGB"]


def test_the_two_kim_yong_chol_stay_apart(shared_data: Path) -> None:
    found = by_uid(ofac(shared_data, "2015-01-02"))
    assert found["12211"].party.primary_name == found["17614"].party.primary_name
    assert [str(day) for day in found["12211"].party.birth_dates] == ["~1947", "~1946"]


def test_joined_remarks_are_whole_and_cut_ones_leave_no_token(shared_data: Path) -> None:
    found = by_uid(ofac(shared_data, "2023-12-28"))
    assert "WHOIS HACKING TEAM" in [name.text for name in found["27307"].party.names]
    assert "snowsjohn" in [name.text for name in found["28263"].party.names]
    values = {one.value for listing in found.values() for one in listing.party.identifiers}
    for whole in ("3M7CGBPUJwXXSroWuZ6H5jiprdKCyf7V5M", "1B11Ezqg3AXjFhMdRq5UpPDpNyriYNVtkn"):
        assert whole in values
    for token in ("1Gq", "1B64QRxf", "3F6bbvS1krsc1qR8FsbTDfYQyvkMm", "1N6XqS"):
        assert token not in values
    labels = sum((listing.remarks or "").count("Digital Currency Address - ") for listing in found.values())
    wallets = sum(one.type == "wallet" for listing in found.values() for one in listing.party.identifiers)
    # Two of the seven cut remarks end before the label is complete.
    assert labels - wallets == 5


@pytest.mark.parametrize(("day", "most"), [("2015-01-02", 0.060), ("2018-12-20", 0.060), ("2023-12-28", 0.038)])
def test_few_parts_of_the_remarks_are_known_to_no_rule(shared_data: Path, day: str, most: float) -> None:
    total = unknown = 0
    for listing in ofac(shared_data, day).listings:
        if listing.remarks:
            draft = Draft(listing.uid, "x")
            remarks.mine(draft, listing.remarks, Problems("", []))
            total += len(remarks.segments(listing.remarks))
            unknown += len(draft.unknown)
    assert unknown / total <= most


def test_the_non_sdn_list_is_read_from_xml_and_from_commas_alike(shared_data: Path) -> None:
    folder = shared_data / "ofac/nonsdn"
    october = read("ofac-cons", folder / "2025-10-22_consolidated.xml")
    january = read("ofac-cons", folder / "2026-01-08_consolidated.xml")
    assert (len(october.listings), october.stated_count, str(october.on)) == (443, 443, "2025-10-22")
    assert (len(january.listings), january.stated_count, str(january.on)) == (442, 442, "2026-01-08")
    assert october.problems == january.problems == ()
    commas = read("ofac-cons", folder / "2025-12_cons_prim.csv", folder / "2025-12_cons_alt.csv")
    assert {reading.list_hint for reading in (october, january, commas)} == {"ofac-cons"}
    cut = {one.node for one in commas.problems}
    assert {one.code for one in commas.problems} == {"remark-cut"}
    same = by_uid(january)
    compared = 0
    for listing in commas.listings:
        other = same.get(listing.uid)
        if other is None or listing.uid in cut:
            continue
        compared += 1
        ours, theirs = listing.party, other.party
        assert set(listing.programmes) == set(other.programmes)
        assert {name.text.replace('"', "'") for name in ours.names} == {
            name.text.replace('"', "'") for name in theirs.names
        }
        assert (ours.birth_dates, ours.birth_places, ours.gender) == (
            theirs.birth_dates,
            theirs.birth_places,
            theirs.gender,
        )
        assert set(ours.identifiers) == set(theirs.identifiers)
        assert set(ours.contacts) == set(theirs.contacts)
        assert set(listing.relations) == set(other.relations)
    assert compared >= 430


@pytest.mark.parametrize(
    ("file", "persons", "others"),
    [("UN_2017-07-03.xml", 650, 371), ("UN_2026-01-28.xml", 726, 273)],
)
def test_the_un_list_is_read_whole(shared_data: Path, file: str, persons: int, others: int) -> None:
    reading = read("un", shared_data / "un" / file)
    kinds = [listing.party.kind for listing in reading.listings]
    assert (kinds.count(Kind.PERSON), kinds.count(Kind.ORGANISATION)) == (persons, others)
    assert reading.problems == ()
    assert str(reading.on) == file[3:13]
    assert all(listing.reference and listing.party.primary_name for listing in reading.listings)
    assert all(listing.designations[0].listed_on for listing in reading.listings)


def test_the_uns_kim_yong_chol_is_the_one_of_the_order(shared_data: Path) -> None:
    listing = by_uid(read("un", shared_data / "un/UN_2026-01-28.xml"))["6908511"]
    assert listing.party.primary_name == "KIM YONG CHOL"
    assert [str(day) for day in listing.party.birth_dates] == ["1962-02-18"]
