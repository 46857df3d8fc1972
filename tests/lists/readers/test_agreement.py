"""One list in three formats gives one party: facts of the day of the order, written by hand in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from interdiction.lists.detect import read_edition
from interdiction.lists.readers import ListFile
from interdiction.model import Listing, Party

SIZES = {
    "sdn": (10, 350, 12, 200, 200, 8, 25, 14, 8, 40, 150, 1000),
    "alt": (10, 10, 8, 350, 200),
    "add": (10, 10, 750, 116, 250, 200),
}
RYU = (
    "DOB 07 Aug 1965; POB Pyongyang; nationality Korea, North; Gender Male; Passport 563410081 (Korea, North) "
    "expires 23 Jan 2018; Phone Number 85023818; a.k.a. 'JIN'; Linked To: KOREA MINING DEVELOPMENT TRADING CORPORATION."
)
KOMID = "Website www.komid.example; Tax ID No. 100036386 (Korea, North); a.k.a. 'KOMID'."
ROWS: dict[str, list[tuple[str, ...]]] = {
    "sdn": [
        ("9345", "KOREA MINING DEVELOPMENT TRADING CORPORATION", "", "NPWMD] [DPRK2", *[""] * 7, KOMID),
        ("17616", "RYU, Jin", "individual", "DPRK2", "KOMID official in Syria", *[""] * 6, RYU),
        ("500", "DAWN", "vessel", "DPRK3", "", "HMYV", "Tug", "1,897", "", "Korea, North", "", "MMSI 445123000."),
    ],
    "alt": [
        ("9345", "1", "aka", "CHANGGWANG SINYONG CORPORATION", ""),
        ("9345", "2", "fka", "EXTERNAL TECHNOLOGY GENERAL CORPORATION", ""),
        ("17616", "3", "aka", "YU, Jin", ""),
    ],
    "add": [("9345", "4", "Ibex House, Unit 4", "Central District, Pyongyang 10001", "Korea, North", "")],
}


def id_xml(kind: str, number: str, country: str = "", expires: str = "") -> str:
    land = f"<idCountry>{country}</idCountry>" if country else ""
    end = f"<expirationDate>{expires}</expirationDate>" if expires else ""
    return f"<id><uid>1</uid><idType>{kind}</idType><idNumber>{number}</idNumber>{land}{end}</id>"


def aka_xml(kind: str, category: str, last: str, first: str = "") -> str:
    given = f"<firstName>{first}</firstName>" if first else ""
    return (
        f"<aka><uid>1</uid><type>{kind}</type><category>{category}</category><lastName>{last}</lastName>{given}</aka>"
    )


XML = f"""<?xml version="1.0"?><sdnList xmlns="http://tempuri.org/sdnList.xsd"><publshInformation>
<Publish_Date>01/02/2015</Publish_Date><Record_Count>3</Record_Count></publshInformation>
<sdnEntry><uid>9345</uid><lastName>KOREA MINING DEVELOPMENT TRADING CORPORATION</lastName><sdnType>Entity</sdnType>
<programList><program>NPWMD</program><program>DPRK2</program></programList>
<idList>{id_xml("Website", "www.komid.example")}{id_xml("Tax ID No.", "100036386", "Korea, North")}</idList>
<akaList>{aka_xml("a.k.a.", "weak", "KOMID")}{aka_xml("a.k.a.", "strong", "CHANGGWANG SINYONG CORPORATION")}
{aka_xml("f.k.a.", "strong", "EXTERNAL TECHNOLOGY GENERAL CORPORATION")}</akaList>
<addressList><address><uid>4</uid><address1>Ibex House</address1><address2>Unit 4</address2>
<city>Central District</city><stateOrProvince>Pyongyang</stateOrProvince><postalCode>10001</postalCode>
<country>Korea, North</country></address></addressList></sdnEntry>
<sdnEntry><uid>17616</uid><firstName>Jin</firstName><lastName>RYU</lastName><title>KOMID official in Syria</title>
<sdnType>Individual</sdnType><remarks>(Linked To: KOREA MINING DEVELOPMENT TRADING CORPORATION)</remarks>
<programList><program>DPRK2</program></programList>
<idList>{id_xml("Gender", "Male")}{id_xml("Passport", "563410081", "Korea, North", "23 Jan 2018")}
{id_xml("Phone Number", "85023818")}</idList>
<akaList>{aka_xml("a.k.a.", "weak", "JIN")}{aka_xml("a.k.a.", "strong", "YU", "Jin")}</akaList>
<nationalityList><nationality><uid>1</uid><country>Korea, North</country><mainEntry>true</mainEntry></nationality>
</nationalityList><dateOfBirthList><dateOfBirthItem><uid>1</uid><dateOfBirth>07 Aug 1965</dateOfBirth>
<mainEntry>true</mainEntry></dateOfBirthItem></dateOfBirthList><placeOfBirthList><placeOfBirthItem><uid>1</uid>
<placeOfBirth>Pyongyang</placeOfBirth><mainEntry>true</mainEntry></placeOfBirthItem></placeOfBirthList></sdnEntry>
<sdnEntry><uid>500</uid><lastName>DAWN</lastName><sdnType>Vessel</sdnType>
<programList><program>DPRK3</program></programList><idList>{id_xml("MMSI", "445123000")}</idList>
<vesselInfo><callSign>HMYV</callSign><vesselType>Tug</vesselType><vesselFlag>Korea, North</vesselFlag>
<tonnage>1897</tonnage></vesselInfo></sdnEntry></sdnList>"""


def csv_files() -> list[ListFile]:
    def cell(at: int, text: str, role: str) -> str:
        plain = at == 0 or (at == 1 and role != "sdn")
        return text if plain else f'"{text}"' if text else "-0- "

    return [
        ListFile(f"{role}.csv", _lines(",".join(cell(at, one, role) for at, one in enumerate(row)) for row in rows))
        for role, rows in ROWS.items()
    ]


def ff_files() -> list[ListFile]:
    def record(role: str, row: tuple[str, ...]) -> str:
        return "".join(f"{one or '-0-':<{size}}" for one, size in zip(row, SIZES[role], strict=True))

    return [ListFile(f"{role}.ff", _lines(record(role, row) for row in rows)) for role, rows in ROWS.items()]


def _lines(rows: Iterable[str]) -> bytes:
    return ("\r\n".join(rows) + "\r\n\x1a").encode("cp1252")


def parties(files: list[ListFile], by_uid: Callable[[tuple[Listing, ...]], dict[str, Listing]]) -> dict[str, Party]:
    reading = read_edition(files, "ofac-sdn")
    assert reading.problems == ()
    return {uid: listing.party for uid, listing in by_uid(reading.listings).items()}


def test_commas_fixed_widths_and_xml_give_the_same_parties(
    by_uid: Callable[[tuple[Listing, ...]], dict[str, Listing]],
) -> None:
    from_csv = parties(csv_files(), by_uid)
    assert from_csv.keys() == {"9345", "17616", "500"}
    assert parties(ff_files(), by_uid) == from_csv
    assert parties([ListFile("sdn.xml", XML.encode())], by_uid) == from_csv


def test_they_give_the_same_programmes_and_ties() -> None:
    readings = [read_edition(files, "ofac-sdn") for files in (csv_files(), ff_files(), [ListFile("x", XML.encode())])]
    said = [[(one.uid, one.programmes, one.relations) for one in reading.listings] for reading in readings]
    assert said[0] == said[1] == said[2]
    assert said[0][1][2][0].listing == "ofac-sdn:9345"
