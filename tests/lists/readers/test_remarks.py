from __future__ import annotations

import pytest

from interdiction.lists.readers import remarks
from interdiction.lists.readers.draft import Draft
from interdiction.lists.readers.reading import Problems
from interdiction.model import Gender, Listing, NameQuality, Problem


def mined(text: str, *, cut: bool = False) -> tuple[Listing, Draft, list[Problem]]:
    draft = Draft("1", "X")
    found: list[Problem] = []
    remarks.mine(draft, text, Problems("sdn.csv", found), cut_at_end=cut)
    return draft.finish("ofac-sdn"), draft, found


def identifiers(text: str) -> list[tuple[str, str, str | None]]:
    return [(one.type, one.value, one.country) for one in mined(text)[0].party.identifiers]


def test_the_facts_of_a_person_stand_in_their_fields() -> None:
    listing, _, problems = mined(
        "DOB 18 Feb 1962; alt. DOB circa 1947; POB Pyongan-Pukto, North Korea; alt. POB Nampo; "
        "nationality Korea, North; alt. nationality China; citizen Iran; Gender Male; "
        "a.k.a. 'YONG'; f.k.a. 'CHOL'; Passport 563410081 (Korea, North) issued 01 Oct 2001 expires 23 Jan 2011."
    )
    party = listing.party
    assert [str(day) for day in party.birth_dates] == ["1962-02-18", "~1947"]
    assert party.birth_places == ("Pyongan-Pukto, North Korea", "Nampo")
    assert party.nationalities == ("kp", "cn")
    assert party.citizenships == ("ir",)
    assert party.gender is Gender.MALE
    assert [(name.text, name.quality) for name in party.names[1:]] == [
        ("YONG", NameQuality.WEAK),
        ("CHOL", NameQuality.WEAK),
    ]
    passport = party.identifiers[0]
    assert (passport.type, passport.value, passport.country, passport.note) == (
        "passport",
        "563410081",
        "kp",
        "Passport",
    )
    assert (str(passport.issued), str(passport.expires)) == ("2001-10-01", "2011-01-23")
    assert not problems


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a.k.a. 'AL-DARDA', Abu'.", "AL-DARDA', Abu"),
        ("a.k.a. ''ABD-AL-'IZ'", "'ABD-AL-'IZ"),
        ("a.k.a. ''FOOPIE''", "FOOPIE"),
        ("a.k.a. 'EL PATRON''", "EL PATRON'"),
        ("a.k.a. 'LLC 'DSD''", "LLC 'DSD'"),
        ("a.k.a. 'PEOPLE'S ARMY'", "PEOPLE'S ARMY"),
        ("a.k.a. 'SMITH; JONES'.", "SMITH; JONES"),
        ("a.k.a. 'COMPANY S.A.'.", "COMPANY S.A."),
    ],
)
def test_a_weak_alias_is_what_stands_between_the_outer_quotes(text: str, name: str) -> None:
    assert mined(text)[0].party.names[1].text == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cedula No. 16247821 (Colombia).", ("national_id", "16247821", "co")),
        ("NIT # 800029160-9 (Colombia)", ("tax_id", "800029160-9", "co")),
        ("RUC # 20108363101 (Peru)", ("tax_id", "20108363101", "pe")),
        ("R.F.C. ZANM-821122-H87 (Mexico)", ("tax_id", "ZANM-821122-H87", "mx")),
        ("C.U.R.P. ZANM821122MSLMBD07 (Mexico).", ("national_id", "ZANM821122MSLMBD07", "mx")),
        ("National ID No. D489833(9) (Hong Kong)", ("national_id", "D489833(9)", "hk")),
        ("SSN 523-33-8386 (United States)", ("ssn", "523-33-8386", "us")),
        ("Tax ID No. 7707083893 (Russia)", ("tax_id", "7707083893", "ru")),
        ("Identification Number 2.194.575 (Paraguay)", ("national_id", "2.194.575", "py")),
        ("Identification Number IMO 5342883.", ("imo", "5342883", None)),
        ("Company Number IMO 5055293.", ("imo", "5055293", None)),
        ("Registration ID HRB 26136 (Germany)", ("registration", "HRB 26136", "de")),
        ("Registration Number HRA 738077 (Stuttgart) (Germany)", ("registration", "HRA 738077", "de")),
        ("Commercial Registry Number CD/KNG/RCCM/18-B-00630 (Congo, Democratic Republic of the)",
         ("registration", "CD/KNG/RCCM/18-B-00630", "cd")),
        ("Business Registration Document # F01000003035 (United States).", ("registration", "F01000003035", "us")),
        ("D-U-N-S Number 56-556-9269", ("duns", "56-556-9269", None)),
        ("Legal Entity Number 253400V1H6ART1UQ0N98", ("lei", "253400V1H6ART1UQ0N98", None)),
        ("Legal Entity Number 851683897 (Netherlands)", ("registration", "851683897", "nl")),
        ("SWIFT/BIC KBID IR TH", ("bic", "KBID IR TH", None)),
        ("Government Gazette Number 44323193 (Russia).", ("statistics_code", "44323193", "ru")),
        ("Folio Mercantil No. 343997 (Mexico) issued 14 Dec 2005.", ("registration", "343997", "mx")),
        ("Matricula Mercantil No 818178-2 (Cali).", ("registration", "818178-2", None)),
        ("Unified Social Credit Code (USCC) 9113100033607322XK (China)", ("registration", "9113100033607322XK", "cn")),
        ("Driver's License No. 180839 (Mexico)", ("driving_licence", "180839", "mx")),
        ("Vessel Registration Identification IMO 9074092 (Tanzania).", ("imo", "9074092", "tz")),
        ("MMSI 572469210", ("mmsi", "572469210", None)),
        ("Aircraft Construction Number (also called L/N or S/N or F/N) 275", ("serial_number", "275", None)),
        ("Aircraft Manufacturer's Serial Number (MSN) 11442", ("serial_number", "11442", None)),
        ("Aircraft Tail Number EP-MMH", ("tail_number", "EP-MMH", None)),
        ("Aircraft Mode S Transponder Code 140AE7", ("transponder", "140AE7", None)),
        ("alt. Passport A-333602 (India) issued 04 Jun 1985", ("passport", "A-333602", "in")),
        ("Passport No.: 0310857, Eritrea, Issue Date 21 August 2006", ("passport", "0310857", "er")),
        ("Lunar Explorer Number 77/12 (Kenya)", ("other", "77/12", "ke")),
    ],
)  # fmt: skip
def test_a_document_is_typed_with_its_country(text: str, expected: tuple[str, str, str | None]) -> None:
    assert identifiers(text) == [expected]


def test_what_the_type_word_loses_stands_in_the_note() -> None:
    read = mined("Matricula Mercantil No 818178-2 (Cali); Lunar Explorer Number 77/12")[0].party.identifiers
    assert [one.note for one in read] == ["Matricula Mercantil No (Cali)", "Lunar Explorer Number"]


def test_a_wallet_address_carries_its_ticker() -> None:
    listing, _, _ = mined("alt. Digital Currency Address - XBT 149w62rY42aZBox8fGcmqNsXUzSStKeq8C.")
    assert identifiers("Digital Currency Address - XBT 149w62rY42aZBox8fGcmqNsXUzSStKeq8C")
    assert listing.party.identifiers[0].type == "wallet"
    assert listing.party.identifiers[0].note == "XBT"


@pytest.mark.parametrize(
    "text",
    [
        "Passport and National ID were issued in Ulm, Germany.  Currently incarcerated.",
        "U.S.A. Passport issued 21 Jun 1992 in Amman, Jordan.",
        "NIT # Provisional (Colombia)",
        "KOMID Representative in Iran.",
    ],
)
def test_a_sentence_is_no_number(text: str) -> None:
    listing, draft, _ = mined(text)
    assert not listing.party.identifiers
    assert draft.unknown


def test_ties_keep_the_abbreviation_and_lose_the_full_stop() -> None:
    listing, _, _ = mined("Linked To: ROBLEDA S.A.; Linked To: USA REALLY.")
    assert [one.to for one in listing.relations] == ["ROBLEDA S.A.", "USA REALLY"]
    assert mined("DOB 1970; Linked To: GRUPO X S.A.")[0].relations[0].to == "GRUPO X S.A."
    assert mined("(Linked To: HAMAS)")[0].relations[0].to == "HAMAS"


def test_ships_and_aircraft_fill_their_own_fields() -> None:
    listing, _, _ = mined(
        "Former Vessel Flag Malta; alt. Former Vessel Flag Tuvalu; alt. Former Vessel Flag None Identified; "
        "Vessel Year of Build 1999; Aircraft Model F.28-0100; Aircraft Operator IRAN AIR; "
        "Aircraft Manufacture Date 19 Feb 1993."
    )
    assert listing.party.vessel is not None
    assert listing.party.vessel.former_flags == ("mt", "tv")
    assert listing.party.vessel.built == "1999"
    assert listing.party.aircraft is not None
    assert listing.party.aircraft.model == "F.28-0100"
    assert listing.party.aircraft.operator == "IRAN AIR"
    assert listing.party.aircraft.manufactured == "1993-02-19"


def test_contacts_are_told_apart() -> None:
    listing, _, _ = mined(
        "Website www.x.com; alt. Email Address a@b.com; Phone Number 982188526300; Fax (98)(21)(22224537); info@c.org."
    )
    assert [(one.type, one.value) for one in listing.party.contacts] == [
        ("website", "www.x.com"),
        ("email", "a@b.com"),
        ("telephone", "982188526300"),
        ("fax", "(98)(21)(22224537)"),
        ("email", "info@c.org"),
    ]


def test_a_possible_nationality_is_a_tie_not_a_nationality() -> None:
    party = mined("nationality possibly Palestinian;arrested 23 Apr 2002.")[0].party
    assert party.nationalities == ()
    assert party.countries == ("ps",)


def test_a_country_that_no_code_fits_stays_as_text() -> None:
    assert mined("nationality Ruritania.")[0].party.nationalities == ("Ruritania",)


def test_an_impossible_date_is_a_problem_and_the_rest_is_used() -> None:
    listing, _, problems = mined("DOB 31 Feb 1970; Gender Female; Passport 77 (Iran) expires 30 Feb 2020.")
    assert [one.code for one in problems] == ["impossible-date", "impossible-date"]
    assert listing.party.gender is Gender.FEMALE
    assert not listing.party.birth_dates
    assert listing.party.identifiers[0].value == "77"
    assert listing.party.identifiers[0].expires is None


def test_measures_and_risks_stay_in_the_remarks_and_count_as_known() -> None:
    listing, draft, _ = mined(
        "Secondary sanctions risk: section 1(b) of Executive Order 13224; Additional Sanctions Information - Subject "
        "to Secondary Sanctions; Executive Order 13662 Directive Determination - Subject to Directive 4; "
        "Effective Date (CMIC) 02 Aug 2021; all offices worldwide."
    )
    assert not draft.unknown
    assert listing.party.identifiers == ()


def test_the_last_part_of_a_cut_remark_is_not_read() -> None:
    label = "Digital Currency Address - XBT"
    text = f"{label} 149w62rY42aZBox8fGcmqNsXUzSStKeq8C; alt. {label} 3F6bbvS1krsc1q"
    assert len(mined(text, cut=True)[0].party.identifiers) == 1
    assert len(mined("a.k.a. 'WHOLE'; a.k.a. 'CU", cut=True)[0].party.names) == 2


def test_a_bracket_that_holds_a_list_is_not_split() -> None:
    assert remarks.segments("Passport 1 (one; two); DOB 1970") == ["Passport 1 (one; two)", "DOB 1970"]
    assert remarks.segments("Passport 1 (one; DOB 1970; x") == ["Passport 1 (one", "DOB 1970", "x"]
