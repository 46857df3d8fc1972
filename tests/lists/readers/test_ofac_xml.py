from __future__ import annotations

from datetime import date

import pytest

from interdiction.errors import ListFileError
from interdiction.lists.detect import read_edition
from interdiction.lists.readers import ListFile, Reading
from interdiction.lists.readers.ofac_xml import NAMESPACES
from interdiction.model import Kind, NameQuality

ENTRY = """<sdnEntry><uid>{uid}</uid><firstName>{first}</firstName><lastName>{last}</lastName>
<title>Boss; Head</title><sdnType>Individual</sdnType><remarks>(Linked To: HAMAS)</remarks>
<programList><program>NPWMD</program><program>DPRK2</program></programList>
<idList>
<id><uid>1</uid><idType>Passport</idType><idNumber>563410081</idNumber><idCountry>Korea, North</idCountry>
<issueDate>01 Oct 2001</issueDate><expirationDate>23 Jan 2011</expirationDate></id>
<id><uid>2</uid><idType>Gender</idType><idNumber>Male</idNumber></id>
<id><uid>3</uid><idType>Secondary sanctions risk:</idType><idNumber>Section 11</idNumber></id>
<id><uid>4</uid><idType>Digital Currency Address - XBT</idType>
<idNumber>149w62rY42aZBox8fGcmqNsXUzSStKeq8C</idNumber></id>
<id><uid>5</uid><idType>Website</idType><idNumber>www.x.com</idNumber></id>
</idList>
<akaList><aka><uid>1</uid><type>a.k.a.</type><category>strong</category><lastName>GIM</lastName></aka>
<aka><uid>2</uid><type>f.k.a.</type><category>strong</category><lastName>OLD</lastName></aka>
<aka><uid>3</uid><type>a.k.a.</type><category>weak</category><lastName>RED</lastName></aka></akaList>
<addressList><address><uid>1</uid><address1>Ibex House</address1><address2>The Minories</address2><city>London</city>
<postalCode>EC3N 1DY</postalCode><country>United Kingdom</country></address>
<address><uid>2</uid><country>Region: Gaza</country></address></addressList>
<nationalityList><nationality><uid>1</uid><country>China</country><mainEntry>false</mainEntry></nationality>
<nationality><uid>2</uid><country>Korea, North</country><mainEntry>true</mainEntry></nationality></nationalityList>
<citizenshipList>
<citizenship><uid>1</uid><country>Iran</country><mainEntry>true</mainEntry></citizenship></citizenshipList>
<dateOfBirthList>
<dateOfBirthItem><uid>1</uid><dateOfBirth>circa 1947</dateOfBirth>
<mainEntry>false</mainEntry></dateOfBirthItem>
<dateOfBirthItem><uid>2</uid><dateOfBirth>18 Feb 1962</dateOfBirth>
<mainEntry>true</mainEntry></dateOfBirthItem>
</dateOfBirthList>
<placeOfBirthList><placeOfBirthItem><uid>1</uid><placeOfBirth>Nampo</placeOfBirth><mainEntry>true</mainEntry></placeOfBirthItem>
</placeOfBirthList></sdnEntry>"""

SHORT = "<sdnEntry><uid>{uid}</uid><lastName>{name}</lastName><sdnType>Entity</sdnType><programList/></sdnEntry>"


def document(*entries: str, count: int | None = None, namespace: str = NAMESPACES[0], extra: str = "") -> bytes:
    said = len(entries) if count is None else count
    return (
        f'<?xml version="1.0" standalone="yes"?>\n<sdnList xmlns="{namespace}"><publshInformation>'
        f"<Publish_Date>10/22/2025</Publish_Date><Record_Count>{said}</Record_Count></publshInformation>{extra}\n"
        + "\n".join(entries)
        + "\n</sdnList>"
    ).encode()


def read(data: bytes) -> Reading:
    return read_edition([ListFile("sdn.xml", data)], "ofac-sdn")


def codes(reading: Reading) -> list[tuple[str, str]]:
    return [(one.code, one.grade.value) for one in reading.problems]


def names(reading: Reading) -> list[str]:
    return [listing.party.primary_name for listing in reading.listings]


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_everything_the_schema_offers_reaches_its_field(namespace: str) -> None:
    reading = read(document(ENTRY.format(uid=17614, first="Yong Chol", last="KIM"), namespace=namespace))
    assert (reading.format, reading.on, reading.stated_count) == ("ofac-xml", date(2025, 10, 22), 1)
    assert reading.problems == ()
    (listing,) = reading.listings
    party = listing.party
    assert listing.uid == "17614"
    assert listing.programmes == ("NPWMD", "DPRK2")
    assert listing.relations[0].to == "HAMAS"
    assert listing.remarks == "(Linked To: HAMAS); Secondary sanctions risk: Section 11"
    assert party.kind is Kind.PERSON
    assert [(name.text, name.quality) for name in party.names] == [
        ("KIM, Yong Chol", NameQuality.PRIMARY),
        ("GIM", NameQuality.STRONG),
        ("OLD", NameQuality.FORMER),
        ("RED", NameQuality.WEAK),
    ]
    assert party.titles == ("Boss", "Head")
    assert [str(day) for day in party.birth_dates] == ["1962-02-18", "~1947"]
    assert party.birth_places == ("Nampo",)
    assert (party.nationalities, party.citizenships) == (("kp", "cn"), ("ir",))
    assert party.gender is not None
    passport, wallet = party.identifiers
    assert (passport.type, passport.value, passport.country) == ("passport", "563410081", "kp")
    assert (str(passport.issued), str(passport.expires)) == ("2001-10-01", "2011-01-23")
    assert (wallet.type, wallet.note) == ("wallet", "XBT")
    london, gaza = party.addresses
    assert (london.street, london.city, london.postal_code) == ("Ibex House, The Minories", "London", "EC3N 1DY")
    assert (gaza.region, gaza.country) == ("Gaza", "ps")
    assert party.contacts[0].value == "www.x.com"


def test_the_vessel_block_fills_the_vessel() -> None:
    entry = (
        "<sdnEntry><uid>1</uid><lastName>ARTAVIL</lastName><sdnType>Vessel</sdnType><programList/><vesselInfo>"
        "<callSign>T2EU4</callSign><vesselFlag>Iran</vesselFlag><tonnage>99144</tonnage></vesselInfo></sdnEntry>"
    )
    vessel = read(document(entry)).listings[0].party.vessel
    assert vessel is not None
    assert (vessel.call_sign, vessel.flag, vessel.tonnage) == ("T2EU4", "ir", "99144")


def test_a_count_that_does_not_fit_puts_the_file_in_doubt() -> None:
    reading = read(document(SHORT.format(uid=1, name="A"), count=2))
    assert codes(reading) == [("count", "file")]
    assert reading.stated_count == 2


def test_an_unknown_namespace_is_refused() -> None:
    with pytest.raises(ListFileError) as refused:
        read(document(SHORT.format(uid=1, name="A"), namespace="urn:new"))
    assert refused.value.code == "unknown-namespace"
    assert refused.value.mend


def test_a_file_without_entries_is_refused() -> None:
    with pytest.raises(ListFileError) as refused:
        read(document())
    assert refused.value.code == "empty"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE sdnList [<!ENTITY x "KIM">]>',
        '<!DOCTYPE sdnList SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE sdnList [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
    ],
)
def test_a_document_type_refuses_the_file(doctype: str) -> None:
    plain = document(SHORT.format(uid=1, name="A")).decode()
    hostile = plain.replace("?>\n", f"?>\n{doctype}", 1)
    for data in (hostile.encode(), hostile.encode("utf-16")):
        with pytest.raises(ListFileError) as refused:
            read(data)
        assert refused.value.code == "xml-entity"


def test_an_undeclared_entity_costs_only_its_entry() -> None:
    reading = read(document(*(SHORT.format(uid=uid, name="A&nbsp;B" if uid == 2 else f"N{uid}") for uid in (1, 2, 3))))
    assert names(reading)[0::2] == ["N1", "N3"]
    assert [listing.unread for listing in reading.listings] == [False, True, False]
    assert ("damaged-xml", "file") in codes(reading)
    assert ("bad-row", "row") in codes(reading)


def test_a_file_cut_inside_an_entry_keeps_what_was_complete_and_screens_the_rest() -> None:
    whole = document(*(SHORT.format(uid=uid, name=f"COMPANY {uid}") for uid in (1, 2, 3)))
    end = whole.index(b"<sdnType>", whole.index(b"COMPANY 3"))
    reading = read(whole[:end])
    assert names(reading)[:2] == ["COMPANY 1", "COMPANY 2"]
    assert "COMPANY 3" in names(reading)[2]
    assert reading.listings[2].unread
    assert codes(reading) == [("cut", "file"), ("bad-row", "row")]


def test_a_file_cut_between_entries_says_so() -> None:
    whole = document(*(SHORT.format(uid=uid, name=f"COMPANY {uid}") for uid in (1, 2)))
    reading = read(whole[: whole.index(b"<uid>2")].rsplit(b"<sdnEntry>", 1)[0])
    assert names(reading) == ["COMPANY 1"]
    assert [code for code, _ in codes(reading)] == ["cut", "count"]


def test_an_entry_damaged_beside_553_additions_costs_only_itself() -> None:
    entries = [SHORT.format(uid=uid, name=f"COMPANY {uid}") for uid in range(1, 555)]
    entries[100] = entries[100].replace("<lastName>", "<lastName")
    reading = read(document(*entries))
    assert sum(not listing.unread for listing in reading.listings) == 553
    assert "COMPANY 101" in " ".join(names(reading))


def test_bytes_of_another_encoding_cost_nothing_but_a_warning() -> None:
    data = document(SHORT.format(uid=1, name="A"), SHORT.format(uid=2, name="CA_O"), SHORT.format(uid=3, name="C"))
    reading = read(data.replace(b"CA_O", "CAÑO".encode("cp1252")))
    assert names(reading) == ["A", "CAÑO", "C"]
    assert ("damaged-xml", "file") in codes(reading)


def test_one_uid_for_two_entries_keeps_both_names() -> None:
    reading = read(document(SHORT.format(uid=1, name="A"), SHORT.format(uid=1, name="B")))
    assert [name.text for name in reading.listings[0].party.names] == ["A", "B"]
    assert codes(reading) == [("duplicate-id", "row")]


def test_entries_without_name_uid_or_known_type_are_problems_and_stay() -> None:
    reading = read(
        document(
            SHORT.format(uid=1, name=""),
            SHORT.format(uid="", name="B"),
            SHORT.format(uid=3, name="C").replace("Entity", "Spaceship"),
        )
    )
    assert codes(reading) == [("no-name", "row"), ("no-uid", "row"), ("unknown-type", "row")]
    assert len(reading.listings) == 3


def test_an_element_the_schema_does_not_have_is_shown() -> None:
    entry = SHORT.format(uid=1, name="A").replace("<programList/>", "<programList/><secretName>B</secretName>")
    assert codes(read(document(entry, entry.replace("<uid>1", "<uid>2")))) == [("unknown-element", "published")]


def test_an_impossible_birth_date_is_a_problem_and_the_entry_stays() -> None:
    entry = ENTRY.format(uid=1, first="A", last="B").replace("18 Feb 1962", "31 Feb 1962")
    reading = read(document(entry))
    assert codes(reading) == [("impossible-date", "published")]
    assert [str(day) for day in reading.listings[0].party.birth_dates] == ["~1947"]


def test_two_entries_that_lost_their_border_keep_both_names() -> None:
    fused = SHORT.format(uid=1, name="A").removesuffix("</sdnEntry>") + SHORT.format(uid=2, name="B").removeprefix(
        "<sdnEntry>"
    )
    reading = read(document(fused, count=2))
    assert [name.text for name in reading.listings[0].party.names] == ["A", "B"]
    assert codes(reading) == [("fused-entries", "row"), ("count", "file")]
