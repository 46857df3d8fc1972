from __future__ import annotations

from datetime import date

import pytest

from interdiction.errors import ListFileError
from interdiction.lists.detect import read_edition
from interdiction.lists.readers import ListFile, Reading
from interdiction.lists.readers.un_values import acronym, alias_names, birth_date, document, names_in_note
from interdiction.model import Kind, NameQuality

PERSON = """<INDIVIDUAL><DATAID>6908503</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME> JANG </FIRST_NAME>
<SECOND_NAME>BOM
SU</SECOND_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.016</REFERENCE_NUMBER>
<LISTED_ON>2016-03-02-05:00</LISTED_ON><NAME_ORIGINAL_SCRIPT>장범수</NAME_ORIGINAL_SCRIPT>
<COMMENTS1>Gender: male. Served abroad.</COMMENTS1>
<TITLE><VALUE>Dr.</VALUE></TITLE><DESIGNATION><VALUE>Tanchon Commercial Bank Representative</VALUE></DESIGNATION>
<NATIONALITY><VALUE>Democratic People's Republic of Korea</VALUE></NATIONALITY>
<LIST_TYPE><VALUE>UN List</VALUE></LIST_TYPE>
<LAST_DAY_UPDATED><VALUE>2017-08-05</VALUE><VALUE/><VALUE>2016-06-01</VALUE></LAST_DAY_UPDATED>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Jang Pom Su; Jang Hyon U</ALIAS_NAME>
<DATE_OF_BIRTH>1958-02-22</DATE_OF_BIRTH><CITY_OF_BIRTH>Nampo</CITY_OF_BIRTH>
<COUNTRY_OF_BIRTH>DPRK</COUNTRY_OF_BIRTH></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Red</ALIAS_NAME><NOTE>nom de guerre</NOTE></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ADDRESS><STREET>1 Main</STREET><CITY>Pyongyang</CITY><ZIP_CODE>Nampo Province</ZIP_CODE>
<COUNTRY>Democratic People's Republic of Korea</COUNTRY><NOTE>previous</NOTE></INDIVIDUAL_ADDRESS>
<INDIVIDUAL_ADDRESS><COUNTRY/></INDIVIDUAL_ADDRESS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1957-04-15</DATE></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1955</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1955</FROM_YEAR><TO_YEAR>1958</TO_YEAR>
</INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_PLACE_OF_BIRTH><CITY>Nampo</CITY><STATE_PROVINCE>Pyongan</STATE_PROVINCE><COUNTRY>DPRK</COUNTRY>
</INDIVIDUAL_PLACE_OF_BIRTH>
<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>836110034</NUMBER>
<COUNTRY_OF_ISSUE>Democratic People's Republic of Korea</COUNTRY_OF_ISSUE><DATE_OF_ISSUE>2010-01-02</DATE_OF_ISSUE>
<NOTE>expires on 1 Jan. 2020</NOTE></INDIVIDUAL_DOCUMENT><INDIVIDUAL_DOCUMENT/>
<SORT_KEY/><SORT_KEY_LAST_MOD/></INDIVIDUAL>"""

ENTITY = """<ENTITY><DATAID>{uid}</DATAID><FIRST_NAME>{name}</FIRST_NAME><UN_LIST_TYPE>DRC</UN_LIST_TYPE>
<REFERENCE_NUMBER>CDe.003</REFERENCE_NUMBER><COMMENTS1>IMO Number: 5342883. SWIFT: DCBKKPPY.</COMMENTS1>
<ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Old Name</ALIAS_NAME></ENTITY_ALIAS>
<ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>DCB</ALIAS_NAME></ENTITY_ALIAS>
<ENTITY_ADDRESS><CITY>Goma</CITY><COUNTRY>Democratic Republic of the Congo</COUNTRY></ENTITY_ADDRESS></ENTITY>"""


def edition(*entries: str, extra: str = "") -> bytes:
    people = "".join(one for one in entries if one.startswith("<I"))
    others = "".join(one for one in entries if not one.startswith("<I"))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST dateGenerated="2026-01-28T00:00:11.197Z"'
        f"{extra}><INDIVIDUALS>{people}</INDIVIDUALS><ENTITIES>{others}</ENTITIES></CONSOLIDATED_LIST>"
    ).encode()


def read(data: bytes) -> Reading:
    return read_edition([ListFile("un.xml", data)], "un")


def test_a_person_is_read_with_every_field() -> None:
    reading = read(edition(PERSON))
    assert (reading.format, reading.on, reading.list_hint) == ("un-xml", date(2026, 1, 28), "un")
    assert reading.problems == ()
    (listing,) = reading.listings
    party = listing.party
    assert (listing.id, listing.reference, listing.programmes) == ("un:6908503", "KPi.016", ("DPRK",))
    (designation,) = listing.designations
    assert designation.listed_on == date(2016, 3, 2)
    assert designation.amended_on == (date(2016, 6, 1), date(2017, 8, 5))
    assert party.kind is Kind.PERSON
    assert [(name.text, name.quality, name.script) for name in party.names] == [
        ("JANG BOM SU", NameQuality.PRIMARY, None),
        ("장범수", NameQuality.STRONG, "Hang"),
        ("Jang Pom Su", NameQuality.STRONG, None),
        ("Jang Hyon U", NameQuality.STRONG, None),
        ("Red", NameQuality.WEAK, None),
    ]
    assert {str(day) for day in party.birth_dates} == {"1958-02-22", "1957-04-15", "~1955", "1955/1958"}
    assert set(party.birth_places) == {"Nampo, DPRK", "Nampo, Pyongan, DPRK"}
    assert party.nationalities == ("kp",)
    assert party.titles == ("Dr.", "Tanchon Commercial Bank Representative")
    assert party.gender is not None
    (address,) = party.addresses
    assert (address.street, address.city, address.region, address.country) == (
        "1 Main",
        "Pyongyang",
        "Nampo Province",
        "kp",
    )
    assert (address.postal_code, address.remarks) == (None, "previous")
    (passport,) = party.identifiers
    assert (passport.type, passport.value, passport.country) == ("passport", "836110034", "kp")
    assert (str(passport.issued), str(passport.expires)) == ("2010-01-02", "2020-01-01")
    assert "nom de guerre" in (listing.remarks or "")
    assert "Served abroad" in (listing.remarks or "")


def test_an_organisation_may_pack_names_and_numbers_into_its_fields() -> None:
    (listing,) = read(edition(ENTITY.format(uid=1, name="COMPAGNIE (CAGL) ; GREAT LAKES COMPANY"))).listings
    assert listing.party.kind is Kind.ORGANISATION
    assert [(name.text, name.quality) for name in listing.party.names] == [
        ("COMPAGNIE (CAGL)", NameQuality.PRIMARY),
        ("GREAT LAKES COMPANY", NameQuality.STRONG),
        ("COMPAGNIE (CAGL) ; GREAT LAKES COMPANY", NameQuality.STRONG),
        ("COMPAGNIE", NameQuality.STRONG),
        ("Old Name", NameQuality.FORMER),
        ("DCB", NameQuality.STRONG),
        ("CAGL", NameQuality.WEAK),
    ]
    assert [(one.type, one.value) for one in listing.party.identifiers] == [("imo", "5342883"), ("bic", "DCBKKPPY")]
    assert listing.party.addresses[0].country == "cd"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Abdul Rehman; Abd Ur-Rehman", ["Abdul Rehman", "Abd Ur-Rehman"]),
        ("حسن غول (Hassan Ghul; Hasan Gul)", ["حسن غول", "Hassan Ghul", "Hasan Gul"]),
        ("Al-Kadari (original script: Кадари)", ["Al-Kadari", "Кадари"]),
        ("Tahrir (HTS) (هيئة (original script); Hayat)", ["Tahrir (HTS)", "هيئة", "Hayat"]),
        ("Abdel Ilah Sabri (false identity related to number 6910275240086", ["Abdel Ilah Sabri"]),
        ("Khirullah Khairkhwa, born in Kandahar on 01 Jan.1967", ["Khirullah Khairkhwa"]),
        (") Abdelrahman Juhan", ["Abdelrahman Juhan"]),
        ("(Sheikh) Musa Hilal", ["(Sheikh) Musa Hilal"]),
        ("El Para (combat name)", ["El Para"]),
        ("", []),
    ],
)
def test_an_alias_field_is_taken_apart_into_names(text: str, names: list[str]) -> None:
    assert alias_names(text)[0] == names


def test_names_in_notes_are_found_where_they_are_listed() -> None:
    assert names_in_note("شيخ يونس", "Yunis al-Mauritani; Younis al-Mauritani") == [
        "Yunis al-Mauritani",
        "Younis al-Mauritani",
    ]
    assert names_in_note("Jawlani", "Abu M al-Jawlani, Abu al-Golani (transliterations of the name)") == [
        "Abu M al-Jawlani",
        "Abu al-Golani",
    ]
    assert names_in_note("Hijazi", "Previously listed as. In Arabic: رياض محمد") == ["رياض محمد"]
    assert names_in_note("Aisha", "Libya Passport number: 215215") == []


def test_a_short_form_in_brackets_is_not_a_country() -> None:
    assert acronym("HAQQANI NETWORK (HQN)") == ("HAQQANI NETWORK", "HQN")
    assert acronym("AL-HARAMAYN FOUNDATION (KENYA)") is None
    assert acronym("BATTALION OF SHAHIDS (martyrs)") is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"TYPE_OF_DOCUMENT": "Passport", "NUMBER": "Afghan passport number OA296623"}, ("passport", "OA296623", "af")),
        ({"TYPE_OF_DOCUMENT": "Passport", "NUMBER": "R00012098, South Sudan"}, ("passport", "R00012098", "ss")),
        ({"TYPE_OF_DOCUMENT": "Passport", "NUMBER": "No. H0044232 (Iraqi)"}, ("passport", "H0044232", "iq")),
        ({"TYPE_OF_DOCUMENT": "Passport", "NUMBER": "38111 (Expired 25 Jan. 2016)"}, ("passport", "38111", None)),
        ({"TYPE_OF_DOCUMENT": "Passport", "NUMBER": "Libya B/002210"}, ("passport", "B/002210", "ly")),
        ({"TYPE_OF_DOCUMENT": "National Identification Number", "NUMBER": "Social Security Number 423-31-3021 (US)"},
         ("ssn", "423-31-3021", "us")),
        ({"TYPE_OF_DOCUMENT2": "Afghan national identification card (tazkira) number 44323"},
         ("national_id", "44323", "af")),
        ({"TYPE_OF_DOCUMENT": "Passport", "NOTE": "Tunisian passport number L 191609 issued on 28 Feb. 1996"},
         ("passport", "L 191609", "tn")),
        ({"TYPE_OF_DOCUMENT": "Passport", "NUMBER": "D 000933", "ISSUING_COUNTRY": "Afghanistan",
          "COUNTRY_OF_ISSUE": "Pakistan"}, ("passport", "D 000933", "af")),
    ],
)  # fmt: skip
def test_a_document_is_found_in_whatever_field_it_stands(said: dict[str, str], expected: tuple[str, ...]) -> None:
    found = document(said, [])
    assert found is not None
    assert (found.type, found.value, found.country) == expected


def test_a_document_without_a_number_is_none_and_stays_in_the_remarks() -> None:
    said = {"TYPE_OF_DOCUMENT": "Passport", "NOTE": "under a false name"}
    assert document(said, []) is None
    node = "<INDIVIDUAL_DOCUMENT><NOTE>under a false name</NOTE></INDIVIDUAL_DOCUMENT>"
    (listing,) = read(edition(PERSON.replace("<INDIVIDUAL_DOCUMENT/>", node))).listings
    assert "under a false name" in (listing.remarks or "")


def test_dates_of_birth_follow_their_type() -> None:
    assert str(birth_date({"TYPE_OF_DATE": "EXACT", "YEAR": "1958"})) == "1958"
    assert (
        str(birth_date({"TYPE_OF_DATE": "BETWEEN", "FROM_YEAR": "1955", "TO_YEAR": "1958", "NOTE": "Approximately"}))
        == "~1955/1958"
    )
    assert str(birth_date({"TYPE_OF_DATE": "EXACT", "NOTE": "Nov. 1973 "})) == "1973-11"
    assert birth_date({"TYPE_OF_DATE": ""}) is None


def test_an_impossible_date_is_a_problem_and_the_entry_stays() -> None:
    reading = read(edition(PERSON.replace("1957-04-15", "1957-02-31")))
    assert [one.code for one in reading.problems] == ["impossible-date"]
    assert len(reading.listings) == 1


def test_a_cut_file_keeps_the_entries_before_the_cut() -> None:
    whole = edition(PERSON, ENTITY.format(uid=1, name="FIRST"), ENTITY.format(uid=2, name="THE LAST"))
    reading = read(whole[: whole.index(b"THE LAST") + 8])
    assert [listing.party.primary_name for listing in reading.listings][:2] == ["JANG BOM SU", "FIRST"]
    assert reading.listings[2].unread
    assert "THE LAST" in reading.listings[2].party.primary_name
    assert [(one.code, one.grade.value) for one in reading.problems] == [("cut", "file"), ("bad-row", "row")]


def test_a_namespace_the_un_never_used_is_refused() -> None:
    with pytest.raises(ListFileError) as refused:
        read(edition(PERSON, extra=' xmlns="urn:new"'))
    assert refused.value.code == "unknown-namespace"


def test_an_unknown_element_is_shown() -> None:
    reading = read(edition(PERSON.replace("<SORT_KEY/>", "<VESSEL>CHONG CHON GANG</VESSEL>")))
    assert [one.code for one in reading.problems] == ["unknown-element"]
