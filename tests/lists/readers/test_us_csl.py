"""The Consolidated Screening List: the real CSV of May 2022, and rows made by hand in both formats."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from interdiction.errors import ListFileError
from interdiction.lists.detect import read_edition
from interdiction.lists.programmes import designations, unknown_tags
from interdiction.lists.readers import ListFile, Reading
from interdiction.lists.sources import Sources
from interdiction.model import Kind, Listing, Measure, NameQuality
from tests.lists.readers.leaves import Rules, lost_of

COLUMNS = (
    "_id", "source", "entity_number", "type", "programs", "name", "title", "addresses", "federal_register_notice",
    "start_date", "end_date", "standard_order", "license_requirement", "license_policy", "call_sign", "vessel_type",
    "gross_tonnage", "gross_registered_tonnage", "vessel_flag", "vessel_owner", "remarks", "source_list_url",
    "alt_names", "citizenships", "dates_of_birth", "nationalities", "places_of_birth", "source_information_url", "ids",
)  # fmt: skip
SDN = "Specially Designated Nationals (SDN) - Treasury Department"
SSI = "Sectoral Sanctions Identifications List (SSI) - Treasury Department"
EL = "Entity List (EL) - Bureau of Industry and Security"

PERSON: dict[str, Any] = {
    "_id": "17616", "source": SDN, "entity_number": "17616", "type": "Individual", "programs": "DPRK2",
    "name": "RYU, Jin", "title": "KOMID official in Syria", "addresses": "Damascus, SY; SY", "alt_names": "YU, Jin",
    "remarks": "(Linked To: KOMID)", "citizenships": "KP", "dates_of_birth": "1965-08-07; 1964 to 1966",
    "nationalities": "KP", "places_of_birth": "Nampo", "source_list_url": "http://a", "source_information_url": "http://b",
    "ids": "KP, 2014-08-30, 2009-08-31, 563410081, Passport; Male, Gender; KP, 2016-01-17, 77, Tax ID No.; "
    "North Korea Sanctions Regulations section 510.214, Transactions Prohibited For Persons Owned or Controlled By "
    "U.S. Financial Institutions:",
}  # fmt: skip
FACTORY = {
    "_id": "4398d33e", "source": EL, "name": "140 Repair Plant JSC", "start_date": "2022-04-07",
    "alt_names": "Open Joint Stock Company 140 Repair Plant; and JSC 140 Repair Plant; F.K.A. Old Plant",
    "addresses": "19 Luysi Chalovskoy St., Borisov, 222512, BY", "federal_register_notice": "87 FR 20299",
    "license_requirement": "For all items subject to the EAR.", "license_policy": "Policy of denial.",
}  # fmt: skip

RULES: Rules = {
    "type": {"Individual": "person", "Entity": "organisation", "Vessel": "vessel", "Aircraft": "aircraft"}.get,
    "alt_names": lambda text: text.replace("; and ", "; ").replace("; or ", "; ").removeprefix("and "),
}


def table(*rows: dict[str, Any], columns: tuple[str, ...] = COLUMNS) -> bytes:
    """Write rows as the publisher does."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def document(*rows: dict[str, Any]) -> bytes:
    """Write the same rows as JSON, its lists and objects taken apart."""
    several = ("programs", "alt_names", "citizenships", "dates_of_birth", "nationalities", "places_of_birth")
    found = []
    for row in rows:
        one: dict[str, Any] = {**row, "id": row["_id"]}
        del one["_id"]
        one |= {name: one[name].split("; ") if one.get(name) else [] for name in several}
        one["addresses"] = [
            {"address": None, "city": "Damascus", "state": None, "postal_code": None, "country": "SY"},
            {"address": None, "city": None, "state": None, "postal_code": None, "country": "SY"},
        ]
        one["ids"] = [
            {"type": "Passport", "number": "563410081", "country": "KP", "issue_date": "2009-08-31",
             "expiration_date": "2014-08-30"},
            {"type": "Gender", "number": "Male", "country": None, "issue_date": None, "expiration_date": None},
        ]  # fmt: skip
        found.append(one)
    return json.dumps({"search_performed_at": "2022-05-02T00:00:00Z", "results": found}).encode()


def read(data: bytes) -> Reading:
    return read_edition([ListFile("csl", data)], "us-csl")


def codes(reading: Reading) -> list[tuple[str, str]]:
    return [(one.code, one.grade.value) for one in reading.problems]


def test_a_row_of_the_treasury_is_read_and_points_to_ofacs_own_listing() -> None:
    reading = read(table(PERSON))
    assert (reading.format, reading.list_hint, reading.parts, reading.problems) == (
        "us-csl-csv",
        "us-csl",
        ("csv",),
        (),
    )
    (listing,) = reading.listings
    party = listing.party
    assert (listing.uid, listing.reference, party.kind) == ("17616", "ofac-sdn:17616", Kind.PERSON)
    assert [name.text for name in party.names] == ["RYU, Jin", "YU, Jin"]
    assert [str(day) for day in party.birth_dates] == ["1965-08-07", "1964/1966"]
    assert (party.nationalities, party.citizenships, party.birth_places) == (("kp",), ("kp",), ("Nampo",))
    assert [(one.street, one.country) for one in party.addresses] == [("Damascus", "sy"), (None, "sy")]
    passport, tax = party.identifiers
    assert (passport.value, passport.country) == ("563410081", "kp")
    assert (str(passport.issued), str(passport.expires)) == ("2009-08-31", "2014-08-30")
    # Of a single day nothing says whether it is that of issue or of expiry.
    assert (tax.issued, tax.note) == (None, "Tax ID No. issued 2016-01-17 or expiry")
    assert listing.relations[0].to == "KOMID"
    assert listing.designations[0].measures == (Measure.ASSET_FREEZE,)


def test_a_row_of_commerce_restricts_goods_and_never_blocks() -> None:
    (listing,) = read(table(FACTORY)).listings
    assert (listing.uid, listing.reference, listing.programmes) == ("4398d33e", None, ("EL",))
    assert [(name.text, name.quality) for name in listing.party.names] == [
        ("140 Repair Plant JSC", NameQuality.PRIMARY),
        ("Open Joint Stock Company 140 Repair Plant", NameQuality.STRONG),
        ("JSC 140 Repair Plant", NameQuality.STRONG),
        ("Old Plant", NameQuality.FORMER),
    ]
    (found,) = designations(listing, Sources.load().get("us-csl"))
    assert (found.measures, found.mapped, found.listed_on) == ((Measure.TRADE,), True, date(2022, 4, 7))
    assert found.legal_basis == "87 FR 20299"
    assert ("license_policy", "Policy of denial.") in [(one.label, one.value) for one in listing.details]


def test_rows_of_one_party_on_several_lists_of_ofac_are_folded() -> None:
    bank = PERSON | {"source": SSI, "programs": "UKRAINE-EO13662; DPRK2", "ids": "Subject to Directive 4, Executive "
                     "Order 13662 Directive Determination -", "alt_names": "JIN RYU", "remarks": ""}  # fmt: skip
    for rows in ((PERSON, bank), (bank, PERSON)):
        reading = read(table(*rows))
        assert reading.problems == ()
        (listing,) = reading.listings
        assert listing.reference == "ofac-sdn:17616"
        assert {name.text for name in listing.party.names} == {"RYU, Jin", "YU, Jin", "JIN RYU"}
        said = {(one.programme, one.measures) for one in listing.designations}
        assert said == {("DPRK2", (Measure.ASSET_FREEZE,)), ("UKRAINE-EO13662", (Measure.TRADE,))}


def test_the_json_says_what_the_csv_says() -> None:
    (ours,) = read(document(PERSON)).listings
    (theirs,) = read(table(PERSON)).listings
    assert read(document(PERSON)).format == "us-csl-json"
    one, other = ours.party, theirs.party
    for field in ("kind", "names", "birth_dates", "birth_places", "nationalities", "citizenships", "titles", "gender"):
        assert getattr(one, field) == getattr(other, field)
    assert one.identifiers == other.identifiers[:1]
    assert [(place.city, place.country) for place in one.addresses] == [("Damascus", "sy"), (None, "sy")]
    assert (ours.relations, ours.designations, ours.details) == (theirs.relations, theirs.designations, theirs.details)


def test_new_words_and_columns_are_kept_and_reported() -> None:
    reading = read(table(PERSON | {"source": "New List (NEW) - Some Department", "type": "Robot", "programs": ""}))
    assert [one.text for one in reading.problems] == ["New List (NEW) - Some Department", "Robot"]
    assert set(codes(reading)) == {("unknown-word", "published")}
    assert reading.listings[0].programmes == ("NEW",)
    wider = read(table(PERSON | {"eye_colour": "brown"}, columns=(*COLUMNS, "eye_colour")))
    assert codes(wider) == [("unknown-column", "published")]
    assert "brown" in [one.value for one in wider.listings[0].details]
    narrower = read(table(PERSON, columns=tuple(name for name in COLUMNS if name != "remarks")))
    assert codes(narrower) == [("column-missing", "file")]


def test_damaged_rows_cost_only_themselves() -> None:
    data = table(PERSON, FACTORY, PERSON | {"entity_number": "5", "name": "LAST"})
    broken = read(data.replace(b"4398d33e,", b'43"98,d33e,', 1))
    assert codes(broken) == [("bad-row", "row")]
    assert [one.unread for one in broken.listings] == [False, True, False]
    assert "140 Repair Plant" in broken.listings[1].party.primary_name
    assert codes(read(table(FACTORY, FACTORY | {"name": "ANOTHER"}))) == [("duplicate-id", "row")]
    assert codes(read(table(PERSON | {"name": ""}))) == [("no-name", "row")]
    assert codes(read(table(PERSON | {"dates_of_birth": "1965-02-31"}))) == [("impossible-date", "published")]
    windows = table(FACTORY | {"name": "CAST Xi\x92an Factory"})
    assert read(windows).listings[0].party.primary_name == "CAST Xi\u2019an Factory"


def test_a_cut_json_keeps_what_was_whole_and_screens_the_rest() -> None:
    data = document(PERSON, PERSON | {"entity_number": "5", "name": "LAST"})
    cut = read(data[: data.index(b"LAST") + 4])
    assert codes(cut) == [("cut", "file"), ("bad-row", "row")]
    assert [one.unread for one in cut.listings] == [False, True]
    assert "LAST" in cut.listings[1].party.primary_name
    broken = read(data.replace(b'"type": "Passport"', b'"type" "Passport"', 1))
    assert ("damaged-json", "file") in codes(broken)
    assert [one.unread for one in broken.listings] == [True, False]
    assert "RYU, Jin" in " ".join(broken.listings[0].party.primary_name.split()).replace("RYU Jin", "RYU, Jin")


@pytest.mark.parametrize(
    ("data", "code"),
    [(table(), "empty"), (document(), "empty"), (b"name,source\nA,B\n", "unknown-columns"), (b"[]", "not-a-list")],
)
def test_what_is_not_this_list_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ListFileError) as refused:
        read(data)
    assert refused.value.code == code


@pytest.fixture(scope="module")
def real(shared_data: Path) -> bytes:
    return gzip.decompress((shared_data / "us_csl/csl_consolidated_2022-05.csv.gz").read_bytes())


@pytest.fixture(scope="module")
def listings(real: bytes) -> dict[str, Listing]:
    reading = read(real)
    assert reading.problems == ()
    return {one.uid: one for one in reading.listings}


@pytest.mark.shared
def test_every_row_of_the_real_file_is_read_and_no_cell_is_lost(real: bytes, listings: dict[str, Listing]) -> None:
    rows = list(csv.DictReader(io.StringIO(real.decode())))
    assert (len(rows), len(listings)) == (14160, 14048)
    gone: Counter[str] = Counter()
    for row in rows[::7]:
        found = [(name, text.strip()) for name, text in row.items() if name != "ids" and text.strip()]
        found += [("ids", part) for one in row["ids"].split("; ") for part in one.split(", ")[-1:]]
        gone.update(path for path, _ in lost_of(found, listings[row["entity_number"] or row["_id"]], RULES))
    # The address keeps its parts together, the country as a code; labels of fields (Gender) are the fields.
    assert set(gone) <= {"addresses", "ids", "name", "alt_names"}
    assert gone["name"] + gone["alt_names"] <= 8


@pytest.mark.shared
def test_what_each_row_of_the_real_file_forbids_is_known(listings: dict[str, Listing]) -> None:
    source = Sources.load().get("us-csl")
    assert unknown_tags(listings.values()) == {}
    blocked: Counter[str] = Counter()
    for listing in listings.values():
        freezes = any(Measure.ASSET_FREEZE in one.measures for one in designations(listing, source))
        lists = {one.value.split(" - ")[0] for one in listing.details if one.label == "source"}
        blocked.update(f"{name}: {freezes}" for name in lists)
        assert (listing.reference or "").startswith("ofac-sdn") == any("(SDN)" in name for name in lists)
    for name in ("Entity List (EL)", "Denied Persons List (DPL)", "Unverified List (UVL)", "ITAR Debarred (DTC)"):
        assert blocked[f"{name}: True"] == 0
        assert blocked[f"{name}: False"] > 0
    assert blocked["Specially Designated Nationals (SDN): False"] == 0
