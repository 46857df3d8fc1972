"""Lists of which no whole file is at hand: small files written by hand from the published formats, every element used.

They are not the publishers' own files. EU: the attributes of `xmlFullSanctionsList_1_1`; United Kingdom: the element
paths of UK-Sanctions-List.xml and the columns of its CSV; Switzerland: the elements of the SESAM whole list.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import polars as pl
from lxml import etree

from interdiction.lists.detect import read_edition
from interdiction.lists.readers import ListFile, Reading
from interdiction.model import Kind, Listing, Measure, NameQuality
from tests.lists.readers.world_leaves import missing, xml_leaves

MADE = Path(__file__).parent / "made"


def read(name: str, list_key: str) -> Reading:
    return read_edition([ListFile(name, (MADE / name).read_bytes())], list_key)


def by_uid(reading: Reading) -> dict[str, Listing]:
    return {listing.uid: listing for listing in reading.listings}


def names(listing: Listing) -> list[tuple[str, NameQuality]]:
    return [(name.text, name.quality) for name in listing.party.names]


def test_an_eu_person_is_read_with_every_field() -> None:
    reading = read("eu.xml", "eu")
    assert (reading.format, reading.on, reading.list_hint, reading.problems) == ("eu-xml", date(2026, 1, 28), "eu", ())
    listing = by_uid(reading)["108672"]
    party = listing.party
    assert party.kind is Kind.PERSON
    assert names(listing) == [
        ("Jang Bom Su", NameQuality.PRIMARY),
        ("장범수", NameQuality.STRONG),
        ("Jang Hyon U", NameQuality.WEAK),
        ("Jang Kuk Song", NameQuality.WEAK),
    ]
    assert (party.names[1].script, party.names[1].language) == ("Hang", "ko")
    assert [(part.type, part.text) for part in party.names[0].parts] == [
        ("given", "Bom"),
        ("middle", "Su"),
        ("family", "Jang"),
    ]
    assert [str(day) for day in party.birth_dates] == ["1957-04-15", "~1955/1958"]
    assert party.citizenships == ("kp",)
    passport = party.identifiers[0]
    assert (passport.type, passport.country, str(passport.issued), str(passport.expires)) == (
        "passport",
        "kp",
        "2010-01-02",
        "2020-01-01",
    )
    assert {one.value for one in party.identifiers} == {"KP836110034", "836110034"}
    assert [(one.type, one.value) for one in party.contacts] == [
        ("phone", "+963 11 2121816"),
        ("email", "office@example.com"),
    ]
    (designation,) = listing.designations
    assert designation.programme == "PRK"
    assert designation.legal_basis == "commission amendment 2017/1509 (OJ L224), 2017-08-31, in force 2017-09-01"
    assert (designation.listed_on, designation.amended_on) == (date(2016, 3, 2), (date(2017, 8, 31),))
    assert designation.effective_at is None


def test_an_eu_enterprise_with_an_imo_number_may_be_a_ship_and_every_programme_of_it_is_kept() -> None:
    listing = by_uid(read("eu.xml", "eu"))["2204"]
    assert listing.party.kind is None
    assert listing.programmes == ("UKR", "PRK")
    assert [one.legal_basis for one in listing.designations] == [
        "council regulation 2022/1270 (OJ L193), 2022-02-25",
        "council repealing 2017/1509 (OJ L224), 2017-08-31, in force 2017-09-01",
    ]
    first, later = listing.designations
    assert first.effective_at == datetime.fromisoformat("2022-07-25T00:00:00+02:00")
    assert (later.listed_on, later.effective_at) == (None, None)
    assert names(listing)[1] == ("Petrel Maritime", NameQuality.FORMER)


def test_the_measures_of_a_british_entry_are_those_it_states() -> None:
    found = by_uid(read("uk.xml", "uk"))
    person, exchange, ship = (found[uid].designations[0].measures for uid in ("AFG0006", "AFG0001", "DPR0075"))
    assert person == (Measure.ASSET_FREEZE, Measure.TRAVEL_BAN, Measure.ARMS_EMBARGO)
    assert exchange == (Measure.ASSET_FREEZE, Measure.TRADE, Measure.MENU)
    assert ship == (Measure.TRADE,)


def test_a_british_person_is_read_with_every_field() -> None:
    reading = read("uk.xml", "uk")
    assert (reading.format, reading.on, reading.list_hint, reading.problems) == ("uk-xml", date(2026, 1, 28), "uk", ())
    listing = by_uid(reading)["AFG0006"]
    party = listing.party
    assert names(listing)[0] == ("MOHAMMAD HASSAN AKHUND", NameQuality.PRIMARY)
    assert ("Haji Hassan", NameQuality.WEAK) in names(listing)
    assert [str(day) for day in party.birth_dates] == ["1945", "1946-03", "1958-03-01"]
    passport, tazkira = party.identifiers
    assert (passport.value, passport.country, str(passport.issued), str(passport.expires)) == (
        "SE-011697",
        "af",
        "1988-01-25",
        "2000-02-23",
    )
    assert (tazkira.type, tazkira.value) == ("national_id", "545167")
    assert len(party.contacts) == 5
    assert listing.reference == "TAi.002"
    assert "Father's name" in (listing.remarks or "")


def test_a_british_ship_has_its_flags_owners_and_number() -> None:
    listing = by_uid(read("uk.xml", "uk"))["DPR0075"]
    vessel = listing.party.vessel
    assert vessel is not None
    assert (vessel.flag, vessel.former_flags, vessel.built) == ("Comoros", ("India", "Panama"), "2011")
    assert [(one.type, one.value) for one in listing.party.identifiers] == [("imo", "9562233")]
    assert [(one.to, one.listing, one.former) for one in listing.relations] == [
        ("Global United Shipping India", None, False),
        ("HAJI KHAIRULLAH MONEY EXCHANGE", "uk:AFG0001", True),
    ]


def test_the_two_forms_of_the_uk_list_agree_on_what_both_state() -> None:
    xml, csv = by_uid(read("uk.xml", "uk")), by_uid(read("uk.csv", "uk"))
    assert xml.keys() == csv.keys()
    for uid, one in xml.items():
        other = csv[uid]
        assert one.party.primary_name == other.party.primary_name
        assert one.party.kind is other.party.kind
        assert set(other.party.birth_dates) <= set(one.party.birth_dates)
        assert other.designations[0].listed_on == one.designations[0].listed_on
        assert set(other.designations[0].measures) <= set(one.designations[0].measures)


def test_a_swiss_target_is_spelt_whole_in_every_script_and_joined_with_its_places() -> None:
    reading = read("ch.xml", "ch")
    assert (reading.format, reading.on, reading.problems) == ("ch-xml", date(2026, 1, 28), ())
    listing = by_uid(reading)["5142"]
    assert names(listing) == [
        ("Lukashenka Aliaksandr", NameQuality.PRIMARY),
        ("Lukashenko Aliaksandr", NameQuality.STRONG),
        ("Лукашенко Александр", NameQuality.STRONG),
        ("Sasha Young", NameQuality.FORMER),
        ("Ivan Example", NameQuality.STRONG),
        ("Batka", NameQuality.WEAK),
    ]
    assert listing.party.titles == ("Colonel",)
    assert listing.party.birth_places == ("Minsk / Mensk, Minsk region, Belarus",)
    assert listing.party.addresses[0].country == "by"
    (tie,) = listing.relations
    assert (tie.type, tie.to, tie.listing) == ("linked_to", "Belagroprombank", "ch:46130")
    assert listing.designations[0].listed_on == date(2022, 3, 16)


def test_a_swiss_target_whose_last_change_took_it_off_is_none_and_history_is_no_fact() -> None:
    reading = read("ch.xml", "ch")
    assert "99" not in by_uid(reading)
    assert all("Should Not Appear" not in name.text for one in reading.listings for name in one.party.names)


def test_a_swiss_set_of_the_money_market_is_no_freeze() -> None:
    found = by_uid(read("ch.xml", "ch"))
    assert found["46130"].designations[0].measures == (Measure.DEBT_EQUITY,)
    assert found["5142"].designations[0].measures == (Measure.ASSET_FREEZE,)


EU_NOTHING = {
    "logicalId", "regulationLanguage", "strong", "gender", "code", "classificationCode", "circa",
    "asAtListingTime", "diplomatic", "knownExpired", "knownFalse", "reportedLost", "revokedByIssuer",
    "dayOfMonth", "monthOfYear", "identificationTypeCode", "contactInfo@key", "UNKNOWN",
}  # fmt: skip
"""Numbers of the database, words that became a quality, a kind or a note, and parts of a date that stands whole."""


def test_every_leaf_of_the_eu_file_is_in_the_model() -> None:
    found = by_uid(read("eu.xml", "eu"))
    root = etree.fromstring((MADE / "eu.xml").read_bytes())
    for entry in root:
        leaves = [leaf for leaf in xml_leaves(entry, EU_NOTHING) if leaf[1] not in {"00", "UNKNOWN", "GREGORIAN"}]
        assert missing(leaves, found[entry.get("logicalId", "")]) == []


UK_NOTHING = {"NameType", "Gender", "SanctionsImposedIndicators", "IndividualEntityShip"}
"""Words that became a quality, a gender, a kind or measures."""


def test_every_leaf_of_the_uk_files_is_in_the_model() -> None:
    found = by_uid(read("uk.xml", "uk"))
    for entry in etree.fromstring((MADE / "uk.xml").read_bytes()).iter("Designation"):
        leaves = [(where, text.replace("&#39;", "'")) for where, text in xml_leaves(entry, UK_NOTHING)]
        assert missing(leaves, found[entry.findtext("UniqueID") or ""]) == []


CH_NOTHING = {
    "ssid", "modification", "place-id", "target-id", "sanctions-set-id", "order", "main", "sex", "name-type", "quality",
    "name-part-type", "spelling-variant-type", "lang", "script", "calendar", "current", "day", "month", "year",
    "object-type", "relation-type", "document-type", "generic-attribute@name",
}  # fmt: skip
"""Numbers that tie parts of the file together, words that became fields, and what stood before an amendment."""


def test_every_leaf_of_the_swiss_file_is_in_the_model() -> None:
    found = by_uid(read("ch.xml", "ch"))
    for entry in etree.fromstring((MADE / "ch.xml").read_bytes()).iterchildren("target"):
        if entry.get("ssid") in found:
            assert missing(xml_leaves(entry, CH_NOTHING), found[entry.get("ssid", "")]) == []


EU_COLUMNS = {
    "Entity": "LogicalId EU_ReferenceNumber UnitedNationId DesignationDate DesignationDetails Remark SubjectType "
    "SubjectType_ClassificationCode",
    "NameAlias": "LastName FirstName MiddleName WholeName NameLanguage Gender Title Function LogicalId "
    "RegulationLanguage Remark",
    "Address": "City Street PoBox ZipCode Region Place AsAtListingTime ContactInfo CountryIso2Code CountryDescription "
    "LogicalId RegulationLanguage Remark",
    "BirthDate": "BirthDate Day Month Year YearRangeFrom YearRangeTo Circa CalendarType ZipCode Region Place City "
    "CountryIso2Code CountryDescription LogicalId RegulationLanguage Remark",
    "Identification": "Number Diplomatic KnownExpired KnownFalse ReportedLost RevokedByIssuer IssuedBy IssuedDate "
    "ValidFrom ValidTo LatinNumber NameOnDocument TypeCode TypeDescription Region CountryIso2Code CountryDescription "
    "LogicalId RegulationLanguage Remark",
    "Citizenship": "Region CountryIso2Code CountryDescription LogicalId RegulationLanguage Remark",
}
"""The groups of columns of the EU's CSV 1.1; each is followed by the seven of the regulation it rests on."""
EU_REGULATION = "Type OrganisationType PublicationDate EntryIntoForceDate NumberTitle Programme PublicationUrl"


def eu_csv(*rows: dict[str, str]) -> bytes:
    header = ["fileGenerationDate"]
    for group, columns in EU_COLUMNS.items():
        header += [f"{group}_{column}" for column in columns.split()]
        header += [f"{group}_Regulation_{column}" for column in EU_REGULATION.split()]
    assert len(header) == 118
    lines = [";".join(header)]
    for row in rows:
        assert set(row) <= set(header)
        said = {"fileGenerationDate": "28/01/2026", **row}
        lines.append(";".join(said.get(column, "") for column in header))
    return ("\ufeff" + "\n".join(lines) + "\n").encode()


def test_the_eu_csv_of_118_columns_states_the_same_facts_as_the_xml() -> None:
    own = {
        "Entity_LogicalId": "108672",
        "Entity_EU_ReferenceNumber": "EU.3982.61",
        "Entity_UnitedNationId": "KPi.016",
        "Entity_DesignationDate": "2016-03-02",
        "Entity_DesignationDetails": "point (e) of paragraph 8",
        "Entity_Remark": "(Date of UN designation: 2016-03-02)\\nServed abroad.",
        "Entity_SubjectType": "P",
        "Entity_SubjectType_ClassificationCode": "person",
        "Entity_Regulation_Type": "amendment",
        "Entity_Regulation_OrganisationType": "commission",
        "Entity_Regulation_PublicationDate": "2017-08-31",
        "Entity_Regulation_EntryIntoForceDate": "2017-09-01",
        "Entity_Regulation_NumberTitle": "2017/1509 (OJ L224)",
        "Entity_Regulation_Programme": "PRK",
    }
    facts = (
        {"NameAlias_WholeName": "Jang Bom Su", "NameAlias_FirstName": "Bom", "NameAlias_MiddleName": "Su",
         "NameAlias_LastName": "Jang", "NameAlias_NameLanguage": "EN", "NameAlias_Gender": "M",
         "NameAlias_Function": "(a) Representative in Syria, (b) Representative in Lebanon", "NameAlias_Title": "Dr"},
        {"NameAlias_WholeName": "Jang Hyon U", "NameAlias_Remark": "low quality alias"},
        {"BirthDate_BirthDate": "1957-04-15", "BirthDate_City": "Nampo", "BirthDate_Region": "Pyongan",
         "BirthDate_Place": "old town", "BirthDate_CountryIso2Code": "KP",
         "BirthDate_CountryDescription": "NORTH KOREA", "BirthDate_CalendarType": "GREGORIAN"},
        {"BirthDate_YearRangeFrom": "1955", "BirthDate_YearRangeTo": "1958", "BirthDate_Circa": "true"},
        {"Identification_Number": "KP836110034", "Identification_TypeCode": "passport",
         "Identification_TypeDescription": "National passport", "Identification_IssuedDate": "2010-01-02",
         "Identification_ValidTo": "2020-01-01", "Identification_CountryIso2Code": "KP"},
        {"Citizenship_CountryIso2Code": "KP", "Citizenship_CountryDescription": "NORTH KOREA"},
        {"Address_City": "Tartous", "Address_Street": "Al-Mina 5", "Address_PoBox": "77", "Address_ZipCode": "12345",
         "Address_Region": "Coast", "Address_CountryIso2Code": "SY", "Address_AsAtListingTime": "true",
         "Address_Place": "harbour", "Address_Remark": "office", "Address_ContactInfo": "PHONE[+963 11 2121816]"},
    )  # fmt: skip
    reading = read_edition([ListFile("eu.csv", eu_csv(*({**own, **fact} for fact in facts)))], "eu")
    assert (reading.format, reading.on, reading.problems) == ("eu-csv", date(2026, 1, 28), ())
    (listing,) = reading.listings
    xml = by_uid(read("eu.xml", "eu"))["108672"]
    assert listing.designations == xml.designations
    assert (listing.remarks, listing.reference) == (xml.remarks, xml.reference)
    party, other = listing.party, xml.party
    for field in ("kind", "gender", "birth_dates", "birth_places", "citizenships", "addresses", "titles", "functions"):
        assert getattr(party, field) == getattr(other, field), field
    assert set(party.names) < set(other.names)
    assert party.identifiers[0].expires == other.identifiers[0].expires
    assert party.contacts[0] in other.contacts


LATE_HMT = (
    "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,Non-Latin Script Type,"
    "Non-Latin Script Language,DOB,Town of Birth,Country of Birth,Nationality,Passport Number,Passport Details,"
    "National Identification Number,National Identification Details,Position,Address 1,Address 2,Address 3,Address 4,"
    "Address 5,Address 6,Post/Zip Code,Country,Other Information,Group Type,Alias Type,Alias Quality,Regime,Listed On,"
    "UK Sanctions List Date Designated,Last Updated,Group ID"
)


def test_the_columns_that_the_treasury_added_in_late_years_are_known() -> None:
    person = {
        "Name 6": "SIDOROV", "Name 1": "Ivan", "Name Non-Latin Script": "Иван СИДОРОВ",
        "Non-Latin Script Type": "Cyrillic", "DOB": "dd/05/1970", "Passport Number": "AB123456",
        "Passport Details": "Russia number issued on 3 May 2017", "National Identification Number": "770123456789",
        "National Identification Details": "Tax identification number", "Group Type": "Individual",
        "Alias Type": "Primary name", "Regime": "Russia", "Listed On": "15/03/2022",
        "UK Sanctions List Date Designated": "15/03/2022", "Last Updated": "16/03/2022", "Group ID": "14999",
    }  # fmt: skip
    alias = {**person, "Name 6": "Vanya", "Name 1": "", "Alias Type": "AKA", "Alias Quality": "Low"}
    header = LATE_HMT.split(",")
    rows = [",".join(row.get(column, "") for column in header) for row in (person, alias)]
    data = "\n".join(["Last Updated,27/01/2026", LATE_HMT, *rows, ""]).encode()
    reading = read_edition([ListFile("ConList.csv", data)], "uk-hmt")
    assert (reading.on, reading.problems) == (date(2026, 1, 27), ())
    (listing,) = reading.listings
    assert names(listing) == [
        ("Ivan SIDOROV", NameQuality.PRIMARY),
        ("Иван СИДОРОВ", NameQuality.STRONG),
        ("Vanya", NameQuality.WEAK),
    ]
    assert [str(day) for day in listing.party.birth_dates] == ["1970-05"]
    assert [(one.type, one.value, one.country) for one in listing.party.identifiers] == [
        ("passport", "AB123456", "ru"),
        ("tax_id", "770123456789", None),
    ]


def test_the_measures_that_australia_states_since_2025_are_those_of_the_entry(tmp_path: Path) -> None:
    rows = {
        "Reference": ["9001", "9001a", "9002"],
        "Name of Individual or Entity": ["Ivan Sidorov", "Vanya", "SEA EXAMPLE"],
        "Type": ["Individual", "Individual", "Vessel"],
        "Name Type": ["Primary Name", "aka", "Primary Name"],
        "Alias Strength": [None, "Weak", None],
        "Date of Birth": ["1/05/1970", None, None],
        "Place of Birth": [None, None, None],
        "Citizenship": ["Russia", None, None],
        "Address": [None, None, None],
        "Additional Information": [None, None, "Tanker."],
        "Listing Information": ["Listed on 2 May 2025 (amended on 3 Jun. 2025)", None, None],
        "IMO Number": [None, None, "9562233"],
        "Committees": ["Autonomous (Russia)", "Autonomous (Russia)", "Autonomous (Russia)"],
        "Control Date": ["4/06/2025", None, None],
        "Instrument of Designation": ["Instrument No. 5", None, None],
        "Targeted Financial Sanction": ["No", None, "No"],
        "Travel Ban": ["Yes", None, "No"],
        "Arms Embargo": ["No", None, "No"],
        "Maritime Restriction": ["No", None, "Yes"],
    }
    path = tmp_path / "list.xlsx"
    pl.DataFrame(rows, schema=dict.fromkeys(rows, pl.String)).write_excel(path)
    reading = read_edition([ListFile(path.name, path.read_bytes())], "au")
    assert reading.problems == ()
    found = by_uid(reading)
    assert names(found["9001"]) == [("Ivan Sidorov", NameQuality.PRIMARY), ("Vanya", NameQuality.WEAK)]
    (designation,) = found["9001"].designations
    assert designation.measures == (Measure.TRAVEL_BAN,)
    assert (designation.listed_on, designation.amended_on[0]) == (date(2025, 5, 2), date(2025, 6, 3))
    assert designation.legal_basis == "Listed on 2 May 2025 (amended on 3 Jun. 2025); Instrument No. 5"
    ship = found["9002"]
    assert (ship.party.kind, ship.designations[0].measures) == (Kind.VESSEL, (Measure.TRADE,))
    assert [(one.type, one.value) for one in ship.party.identifiers] == [("imo", "9562233")]
