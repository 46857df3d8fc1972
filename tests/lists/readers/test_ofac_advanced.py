"""The ADVANCED XML: an instance by hand with every element of the schema, and the real non-SDN list in its form."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from interdiction.errors import ListFileError
from interdiction.lists.detect import read_edition
from interdiction.lists.readers import ListFile, Reading
from interdiction.lists.readers.ofac_advanced import NAMESPACES
from interdiction.model import Kind, Listing, Measure, NamePart, NameQuality
from tests.lists.readers.advanced_instance import COMPANY, PERSON, SHIP, document
from tests.lists.readers.advanced_writer import NS, Writer
from tests.lists.readers.leaves import Rules, leaves, lost, nothing

_TIES = (
    "ID", "FixedRef", "Primary", "IdentityID", "DetailTypeID", "LocPartValueTypeID", "LocPartValueStatusID",
    "DocNameStatusID", "ScriptStatusID", "NamePartGroupID", "IdentityFeatureLinkTypeID", "LocationID", "YearFixed",
    "MonthFixed", "DayFixed", "CalendarTypeID", "CountryRelevanceID", "AreaCodeID", "LocPartTypeID", "FeatureTypeID",
    "FeatureVersionID", "IDRegDocumentID", "DocumentedNameID", "ProfileRelationshipID", "SanctionsEntryID",
    "ProfileID", "From-ProfileID", "To-ProfileID", "EntryA-SanctionsEntryID", "EntryB-SanctionsEntryID",
    "ReferenceType", "IssuedIn-LocationID", "PartySubTypeID", "NamePartTypeID", "DetailReferenceID", "Approximate",
)  # fmt: skip
"""Attributes that tie parts of the file together, or decide which field a value goes to."""

RULES: Rules = {
    **dict.fromkeys((f"@{name}" for name in _TIES), nothing),
    "@AliasTypeID": {"1400": None, "1401": "former", "1403": None}.get,
    "@LowQuality": {"true": "weak", "false": None}.get,
    "@False": {"true": "false identity", "false": None}.get,
    "@Acronym": {"true": "acronym", "false": None}.get,
    "@Former": {"true": "true", "false": None}.get,
    "@ScriptID": {"215": None, "286": "Hang"}.get,
    "@CountryID": {"11117": "kp", "11109": "Iran"}.get,
    "@IssuedBy-CountryID": {"11117": "kp"}.get,
    "@ValidityID": {"1": None, "2": "Fraudulent"}.get,
    "@ReliabilityID": {"1": None, "1562": "Reported"}.get,
    "@IDRegDocTypeID": {"1571": "Passport", "1596": "Tax ID No."}.get,
    "@IDRegDocDateTypeID": {"1480": "2001-10-01", "1481": "2011-01-23", "1482": "Renewal Date"}.get,
    "@RelationTypeID": {"1": "Acting for or on behalf of"}.get,
    "@RelationQualityID": {"1540": "High"}.get,
    "@ListID": {"1550": "SDN List"}.get,
    "@EntryEventTypeID": {"1": None, "2": "Amended event"}.get,
    "@LegalBasisID": {"1": "Executive Order 13687 (North Korea)", "2": "Executive Order 13382"}.get,
    "@SanctionsTypeID": {"1": None, "1705": "Block"}.get,
    "@SupInfoTypeID": {"1": "Press release"}.get,
    "@ExRefTypeID": {"1": "UN"}.get,
    "@TargetTypeID": {"1": "Notice"}.get,
    "@EntryLinkTypeID": {"1": "Replaces"}.get,
}


def read(data: bytes, key: str = "ofac-sdn") -> Reading:
    return read_edition([ListFile("advanced.xml", data)], key)


def codes(reading: Reading) -> list[tuple[str, str]]:
    return [(one.code, one.grade.value) for one in reading.problems]


def by_uid(reading: Reading) -> dict[str, Listing]:
    return {one.uid: one for one in reading.listings}


@pytest.mark.shared
def test_the_instance_made_by_hand_is_valid(shared_data: Path) -> None:
    schema = etree.XMLSchema(etree.parse(str(shared_data / "ofac/schemas/advanced_xml_2025.xsd")))
    schema.assertValid(etree.fromstring(document()))


@pytest.mark.shared
def test_the_instance_holds_every_element_and_attribute_of_the_schema(shared_data: Path) -> None:
    schema = etree.parse(str(shared_data / "ofac/schemas/advanced_xml_2025.xsd")).getroot()
    xs = "{http://www.w3.org/2001/XMLSchema}"
    named = {str(one.get("name")) for tag in ("element", "attribute") for one in schema.iter(f"{xs}{tag}")} - {"None"}
    here = {name for path, _ in leaves(etree.fromstring(document())) for name in path.replace("@", "/").split("/")}
    here |= {str(etree.QName(one).localname) for one in etree.fromstring(document()).iter()}
    # Delta files are another thing; lengths of time and other codes of countries have no place in any file seen.
    unused = {"DeltaAction", "DeltaBaseVersion", "DurationMinimum", "DurationMaximum", "Years", "Months", "Days",
              "IS03166-3Code", "ISO3", "DetailCode"}  # fmt: skip
    assert named - here == unused


def test_everything_the_schema_offers_reaches_its_field() -> None:
    reading = read(document())
    assert (reading.format, reading.on, reading.list_hint) == ("ofac-advanced-xml", date(2015, 1, 2), "ofac-sdn")
    assert reading.problems == ()
    person, company, ship = reading.listings
    party = person.party
    assert [one.party.kind for one in reading.listings] == [Kind.PERSON, Kind.ORGANISATION, Kind.VESSEL]
    assert [(one.text, one.quality, one.script, one.note) for one in party.names] == [
        ("KIM, Yong Chol", NameQuality.PRIMARY, None, None),
        ("김, 영철", NameQuality.STRONG, "Hang", "in a letter"),
        ("GIM, (Young)", NameQuality.FORMER, None, "before 1990; 02 Jan 1985 to 04 Mar 1990"),
        ("PAK", NameQuality.STRONG, None, "false identity"),
        ("RED", NameQuality.WEAK, None, "acronym"),
    ]
    assert party.names[0].parts == (NamePart("family", "Kim"), NamePart("given", "Yong Chol"))
    assert [str(day) for day in party.birth_dates] == ["1962-02-18", "~1947"]
    assert (party.birth_places, party.nationalities, party.titles) == (("Nampo",), ("kp",), ("Boss", "Head"))
    street, other = party.addresses
    assert (street.street, street.city, street.country) == ("Victory Street 1", "Pyongyang", "kp")
    assert street.remarks == "behind the station; Iran; old street"
    assert other.city == "평양"
    wallet, passport = party.identifiers
    assert (wallet.type, wallet.note) == ("wallet", "XBT")
    assert (passport.value, passport.country, str(passport.expires)) == ("563410081", "kp", "2011-01-23")
    (tie,) = person.relations
    assert (tie.type, tie.listing, tie.former) == ("acting_for", "ofac-sdn:9345", True)
    assert tie.to == company.party.primary_name == "KOREA MINING DEVELOPMENT TRADING CORPORATION"
    assert [str(day) for day in company.party.founded] == ["1990-10-17"]
    assert company.party.identifiers[0].value == "7707294809"
    assert ship.party.vessel is not None
    assert (ship.party.vessel.flag, ship.party.vessel.tonnage) == ("kp", "9147")


def test_programmes_have_their_acts_days_and_measures() -> None:
    person, company, ship = read(document()).listings
    (designation,) = person.designations
    assert (designation.programme, designation.measures) == ("DPRK2", (Measure.ASSET_FREEZE,))
    assert (designation.listed_on, designation.amended_on) == (date(2015, 1, 2), (date(2018, 3, 5),))
    assert designation.legal_basis == "Executive Order 13687 (North Korea)"
    # One party under two orders: each has the day of its own act.
    assert [(one.programme, one.listed_on) for one in company.designations] == [
        ("X-EO13382", date(2005, 6, 28)),
        ("X-EO13687", date(2015, 1, 2)),
    ]
    assert [one.listed_on for one in ship.designations] == [date(2014, 7, 30)]


def test_no_leaf_of_the_instance_is_lost() -> None:
    listings = by_uid(read(document()))
    root = etree.fromstring(document())
    mine = {"DistinctParty": "FixedRef", "SanctionsEntry": "ProfileID", "ProfileRelationship": "From-ProfileID"}
    whose = {"7157": "17614", "4137": "9345"}
    gone = []
    for one in root.iter():
        name = str(etree.QName(one).localname)
        uid = one.get(mine[name]) if name in mine else whose.get(str(one.get("IdentityID")))
        if name in mine or name == "IDRegDocument":
            gone += lost(one, listings[str(uid)], RULES)
    (link,) = root.iter(f"{{{NS}}}SanctionsEntryLink")
    place = next(root.iter(f"{{{NS}}}Location"))
    assert gone + lost(link, listings["17614"], RULES) + lost(place, listings["17614"], RULES) == []


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_both_namespaces_give_the_same(namespace: str) -> None:
    assert read(document(namespace=namespace)).listings == read(document()).listings


def test_new_words_are_kept_and_reported() -> None:
    data = document()
    for old, new in (
        (">Hangul<", ">Khitan<"),
        (">STATE/PROVINCE<", ">QUARTER<"),
        (">Acting for or on behalf of<", ">Knows<"),
    ):
        data = data.replace(old.encode(), new.encode())
    data = data.replace(b'LocPartTypeID="1454"', b'LocPartTypeID="1455"').replace(b">Block<", b">Confiscate<")
    reading = read(data)
    assert {one.text for one in reading.problems} == {"Khitan", "QUARTER", "Knows", "Confiscate"}
    assert set(codes(reading)) == {("unknown-word", "published")}
    person = reading.listings[0]
    assert "QUARTER Pyongyang" in (person.party.addresses[0].remarks or "")
    assert (person.relations[0].type, person.designations[0].measures) == ("linked_to", (Measure.MENU,))
    assert ("script", "Khitan: 김, 영철") in [(one.label, one.value) for one in person.details]


def test_a_delta_file_never_removes_anybody() -> None:
    reading = read(document(more=' DeltaBaseVersion="2"'))
    assert codes(reading) == [("delta", "published")]
    assert (reading.delta, reading.deleted) == (True, ())


def test_references_that_lead_nowhere_are_reported_and_cost_nothing_else() -> None:
    reading = read(document(COMPANY))
    assert [(one.code, one.node) for one in reading.problems] == [
        ("unknown-word", "ProfileRelationship of a party that the file does not have"),
        ("unknown-word", "SanctionsEntry of a party that the file does not have"),
        ("unknown-word", "SanctionsEntryLink of a party that the file does not have"),
        ("unknown-word", "IDRegDocument of a party that the file does not have"),
    ]
    assert read(document(PERSON)).listings[0].relations[0].to == "OFAC party 9345"


def test_without_its_reference_values_the_names_are_still_there() -> None:
    data = document()
    start, end = data.index(b"<ReferenceValueSets>"), data.index(b"</ReferenceValueSets>")
    reading = read(data[:start] + data[end + len(b"</ReferenceValueSets>") :])
    assert [one.uid for one in reading.listings] == ["17614", "9345", "5"]
    assert {"unknown-word", "unknown-type"} == {one.code for one in reading.problems}
    assert "Kim" in reading.listings[0].party.primary_name


def test_impossible_days_and_other_calendars_are_not_read_as_days() -> None:
    data = document().replace(b"<Month>2</Month><Day>18</Day>", b"<Month>2</Month><Day>31</Day>", 1)
    reading = read(data)
    assert codes(reading)[0] == ("impossible-date", "published")
    assert "1962-02-18" in [str(day) for day in reading.listings[0].party.birth_dates]
    hijri = document().replace(b'<DatePeriod CalendarTypeID="1"', b'<DatePeriod CalendarTypeID="2"')
    remarks = read(hijri).listings[0].remarks
    assert remarks is not None
    assert "Birthdate 18 Feb 1962 (Hijri)" in remarks


def test_defects_cost_only_their_entry() -> None:
    twice = read(document(PERSON + COMPANY + COMPANY.replace("Korea Mining", "Another").replace("9345", "9345")))
    assert ("duplicate-id", "row") in codes(twice)
    assert len(by_uid(twice)["9345"].party.names) == 2
    data = document()
    broken = read(data.replace(b"<Profile ID", b"<Profile< ID", 1))
    assert ("damaged-xml", "file") in codes(broken)
    assert [one.unread for one in broken.listings] == [True, False, False]
    cut = read(data[: data.index(b"CHONG CHON GANG")])
    assert codes(cut)[0] == ("cut", "file")
    assert by_uid(cut)["9345"].party.primary_name == "KOREA MINING DEVELOPMENT TRADING CORPORATION"
    assert ("unknown-element", "published") in codes(read(document(SHIP.replace("<Identity ", "<Secret/><Identity "))))
    mixed = read(data.replace(b"Boss", "Ñandú".encode("cp1252")))
    assert ("damaged-xml", "file") in codes(mixed)
    assert "Ñandú" in mixed.listings[0].party.titles


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (document(""), "empty"),
        (document(namespace="urn:new"), "unknown-namespace"),
        (document().replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1), "xml-entity"),
    ],
)
def test_what_is_not_this_file_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ListFileError) as refused:
        read(data)
    assert refused.value.code == code


@pytest.mark.shared
def test_the_non_sdn_list_in_this_form_says_what_the_enhanced_file_says(shared_data: Path) -> None:
    enhanced = (shared_data / "ofac/nonsdn/2025-01-10_cons_enhanced.xml").read_bytes()
    advanced = Writer(etree.fromstring(enhanced)).document()
    schema = etree.XMLSchema(etree.parse(str(shared_data / "ofac/schemas/advanced_xml_2025.xsd")))
    schema.assertValid(etree.fromstring(advanced))
    ours, theirs = read(advanced, "ofac-cons"), read(enhanced, "ofac-cons")
    assert (ours.problems, ours.on, ours.list_hint) == ((), theirs.on, "ofac-cons")
    one, other = by_uid(ours), by_uid(theirs)
    assert one.keys() == other.keys()
    # HAMAS is on no non-SDN list, and the ADVANCED form has no field for a place of issue in words.
    assert {uid for uid in one if _set_of(one[uid]) != _set_of(other[uid])} == {"9647", "17013"}


def _set_of(listing: Listing) -> tuple[object, ...]:
    own = (listing.programmes, listing.designations, listing.relations, listing.remarks, frozenset(listing.details))
    fields = (getattr(listing.party, field) for field in listing.party.__struct_fields__)
    return (*own, *(frozenset(one) if isinstance(one, tuple) else one for one in fields))
