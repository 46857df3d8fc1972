"""A small file of every format that is read, put together entry by entry, so that each can be damaged alike."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from tests.lists.readers import test_ftm, test_ofac_enhanced, test_us_csl
from tests.lists.readers.advanced_instance import COMPANY, document
from tests.lists.readers.test_damage_property import NULLS
from tests.lists.readers.test_world_damage import EU_HEADER, HMT_HEADER, MADE, eu_row, hmt_row

Entry = Callable[[int, str], Any]
UIDS = tuple(range(101, 113))


def name(uid: int) -> str:
    """Give the name of a party, as every format writes it."""
    return f"COMPANY NUMBER {uid}"


@dataclass(frozen=True)
class Format:
    """One format: how an entry and a whole file are written, and what in it can be renamed.

    `renamed` is the element or column that holds names; `word` a value of an enumeration. Where a format has no such
    thing it says why. `text` is false for formats of which an entry is no run of bytes.
    """

    key: str
    entry: Entry
    whole: Callable[[Sequence[Any]], bytes]
    renamed: tuple[str, str] | str
    word: tuple[str, str] | str
    namespace: tuple[str, str] | str = "it is no XML"
    encoding: str = "utf-8"
    text: bool = True

    def file(self) -> bytes:
        """Write the undamaged file."""
        return self.whole([self.entry(uid, name(uid)) for uid in UIDS])


def _joined(head: str, foot: str, encoding: str = "utf-8", between: str = "\n") -> Callable[[Sequence[Any]], bytes]:
    return lambda entries: (head + between.join(entries) + foot).encode(encoding)


def _filled(template: str) -> Entry:
    return lambda uid, text: template.replace("UID", str(uid)).replace("TEXT", text)


def _fixed(uid: int, text: str) -> str:
    cells = ((uid, 10), (text, 350), ("-0-", 12), ("CUBA", 200), ("-0-", 200), ("-0-", 8), ("-0-", 25), ("-0-", 14))
    return (
        "".join(f"{cell:<{width}}" for cell, width in cells)
        + f"{'-0-':<8}{'-0-':<40}{'-0-':<150}DOB {1940 + len(text)}."
    )


def _row(header: str, delimiter: str, **cells: str) -> str:
    out = io.StringIO()
    names = next(csv.reader([header], delimiter=delimiter))
    csv.writer(out, delimiter=delimiter, lineterminator="").writerow([cells.get(one, "") for one in names])
    return out.getvalue()


def _sheet(rows: Sequence[Any]) -> bytes:
    into = io.BytesIO()
    book = xlsxwriter.Workbook(into, {"in_memory": True})
    sheet = book.add_worksheet()
    header: list[str] = next((one for one in rows if isinstance(one, list)), AU_HEADER)
    table = [header]
    table += [[str(row.get(title, "")) for title in AU_HEADER] for row in rows if isinstance(row, dict)]
    for at, cells in enumerate(table):
        for column, cell in enumerate(cells):
            sheet.write_string(at, column, cell)
    book.close()
    return into.getvalue()


AU_HEADER = [
    "Reference", "Name of Individual or Entity", "Type", "Name Type", "Date of Birth", "Place of Birth", "Citizenship",
    "Address", "Additional Information", "Listing Information", "Committees", "Control Date",
]  # fmt: skip
UK_TOP, UK_HEADER = (MADE / "uk.csv").read_text(encoding="utf-8").splitlines()[:2]
OLD_EU = (
    "Date_file;Entity_logical_id;Subject_type;Leba_numtitle;Leba_publication_date;Leba_url;Programme;Entity_remark;"
    "Naal_logical_id;Naal_lastname;Naal_firstname;Naal_middlename;Naal_wholename;Naal_gender;Naal_title;Naal_function;"
    "Naal_language;Addr_city;Addr_country;Birt_date;Birt_country;Iden_number;Iden_country;Citi_country;EU_ref_num"
)
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
OFAC = "http://tempuri.org/sdnList.xsd"

OFAC_ENTRY = """<sdnEntry><uid>UID</uid><lastName>TEXT</lastName><sdnType>Entity</sdnType>
<programList><program>CUBA</program></programList></sdnEntry>"""
UN_ENTRY = """<ENTITY><DATAID>UID</DATAID><FIRST_NAME>TEXT</FIRST_NAME>
<UN_LIST_TYPE>DPRK</UN_LIST_TYPE></ENTITY>"""
EU_ENTRY = """<sanctionEntity euReferenceNumber="EU.UID.1" logicalId="UID">
<regulation regulationType="amendment" organisationType="council" publicationDate="2012-01-19"
entryIntoForceDate="2012-01-19" numberTitle="36/2012 (OJ L16)" programme="SYR" logicalId="1UID"/>
<subjectType code="enterprise" classificationCode="E"/>
<nameAlias wholeName="TEXT" strong="true" logicalId="2UID"/></sanctionEntity>"""
UK_ENTRY = """<Designation><LastUpdated>14/04/2025</LastUpdated><DateDesignated>25/01/2001</DateDesignated>
<UniqueID>SYRUID</UniqueID><OFSIGroupID>UID</OFSIGroupID>
<Names><Name><Name6>TEXT</Name6><NameType>Primary Name</NameType></Name></Names>
<RegimeName>Syria</RegimeName><IndividualEntityShip>Entity</IndividualEntityShip>
<SanctionsImposed>Asset freeze</SanctionsImposed></Designation>"""
CH_ENTRY = """<target ssid="UID"><sanctions-set-id>4387</sanctions-set-id><entity><identity ssid="1UID" main="true">
<name ssid="2UID" name-type="primary-name" quality="good" lang="eng"><name-part order="1" name-part-type="whole-name">
<value>TEXT</value></name-part></name></identity></entity><modification modification-type="listed"
enactment-date="2022-03-15" publication-date="2022-03-16" effective-date="2022-03-16"/></target>"""
CA_ENTRY = """<record><Country-Pays>Syria / Syrie</Country-Pays>
<EntityOrShip-EntiteOuNavire>TEXT</EntityOrShip-EntiteOuNavire>
<Schedule-Annexe>1, Part 2</Schedule-Annexe><Item-NumeroDarticle>UID</Item-NumeroDarticle>
<DateOfListing-DateDinscription>2011-05-24</DateOfListing-DateDinscription></record>"""
CH_HEAD = """<swiss-sanctions-list list-type="whole-list" date="2026-01-28">
<sanctions-program ssid="20"><program-key lang="eng">Belarus</program-key>
<sanctions-set ssid="4387" lang="eng">article 12 (asset freeze)</sanctions-set></sanctions-program>
"""

FORMATS: dict[str, Format] = {
    "ofac-csv": Format(
        "ofac-sdn",
        lambda uid, text: f'{uid},"{text}",-0- ,"CUBA",{NULLS},"DOB {1940 + len(text)}."',
        _joined("", "\r\n\x1a", "cp1252", "\r\n"),
        "it has no header: a column is its place, and a row with more or fewer is unreadable",
        ('",-0- ,"CUBA"', '",robot,"CUBA"'),
        encoding="cp1252",
    ),
    "ofac-ff": Format(
        "ofac-sdn",
        _fixed,
        _joined("", "\r\n\x1a", "cp1252", "\r\n"),
        "it has no header",
        (f"{'-0-':<12}CUBA", f"{'robot':<12}CUBA"),
        encoding="cp1252",
    ),
    "ofac-xml": Format(
        "ofac-sdn",
        _filled(OFAC_ENTRY),
        _joined(f'{XML}<sdnList xmlns="{OFAC}">\n', "\n</sdnList>"),
        ("lastName>", "familyName>"),
        ("<sdnType>Entity", "<sdnType>Robot"),
        (OFAC, "https://ofac.example/2027"),
    ),
    "ofac-advanced-xml": Format(
        "ofac-sdn",
        lambda uid, text: COMPANY.replace("9345", str(uid)).replace("4137", f"{uid}1").replace(
            "Korea Mining Development Trading Corporation", text
        ),
        lambda entries: document("\n".join(entries)),
        ("NamePartValue", "NamePieceValue"),
        ('NamePartTypeID="1525"', 'NamePartTypeID="9999"'),
        ("exports/ADVANCED_XML", "exports/ADVANCED_XML/2"),
    ),
    "ofac-enhanced-xml": Format(
        "ofac-sdn",
        test_ofac_enhanced.entity,
        lambda entries: test_ofac_enhanced.document(*entries),
        ("formattedFullName", "formattedWholeName"),
        (">Individual<", ">Robot<"),
        (test_ofac_enhanced.NS, f"{test_ofac_enhanced.NS}/2"),
    ),
    "un-xml": Format(
        "un",
        _filled(UN_ENTRY),
        _joined(
            f'{XML}<CONSOLIDATED_LIST dateGenerated="2026-01-28"><ENTITIES>\n', "\n</ENTITIES></CONSOLIDATED_LIST>"
        ),
        ("FIRST_NAME>", "FIRSTNAME>"),
        "its words are list types, and an unknown one is an unmapped programme (tests/lists/test_programmes.py)",
        ("<CONSOLIDATED_LIST ", '<CONSOLIDATED_LIST xmlns="https://un.example/2" '),
    ),
    "us-csl-csv": Format(
        "us-csl",
        lambda uid, text: test_us_csl.FACTORY | {"_id": f"id{uid}", "name": text, "alt_names": ""},
        lambda rows: test_us_csl.table(*rows),
        (",name,", ",label,"),
        ("Entity List (EL)", "Robot List (RL)"),
        text=False,
    ),
    "us-csl-json": Format(
        "us-csl",
        lambda uid, text: test_us_csl.FACTORY | {"_id": f"id{uid}", "name": text, "alt_names": ""},
        lambda rows: test_us_csl.document(*rows).replace(b"}, {", b"},\n{"),
        ('"name":', '"label":'),
        ("Entity List (EL)", "Robot List (RL)"),
        text=False,
    ),
    "ftm-json": Format(
        "opensanctions",
        lambda uid, text: test_ftm.file(test_ftm.entity(f"NK-{uid}", "Company", True, name=[text])).decode().strip(),
        _joined("", "\n"),
        ('"name":', '"label":'),
        ('"schema": "Company"', '"schema": "Robot"'),
    ),
    "eu-xml": Format(
        "eu",
        _filled(EU_ENTRY),
        _joined(
            f'{XML}<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-01-28T00:00:00">\n',
            "\n</export>",
        ),
        ("wholeName=", "fullName="),
        ('code="enterprise"', 'code="robot"'),
        ("fpi/fsd/export", "fpi/fsd/export/2"),
    ),
    "eu-csv": Format(
        "eu",
        eu_row,
        _joined(f"\ufeff{EU_HEADER}\n", "\n"),
        ("NameAlias_WholeName", "NameAlias_FullName"),
        (";E;SYR", ";Z;SYR"),
    ),
    "eu-csv-2018": Format(
        "eu",
        lambda uid, text: _row(
            OLD_EU, ";", Date_file="04/07/2018", Entity_logical_id=str(uid), Subject_type="E", Programme="SYR",
            Leba_numtitle="36/2012 (OJ L16)", Leba_publication_date="2012-01-19", Naal_wholename=text,
        ),
        _joined(f"{OLD_EU}\n", "\n"),
        ("Naal_wholename", "Naal_fullname"),
        (";E;36/2012", ";Z;36/2012"),
    ),
    "uk-xml": Format(
        "uk",
        _filled(UK_ENTRY),
        _joined(f"{XML}<Designations><DateGenerated>28/01/2026</DateGenerated>\n", "\n</Designations>"),
        ("Name6>", "Name7>"),
        (">Entity<", ">Robot<"),
        ("<Designations>", '<Designations xmlns="https://uk.example/2">'),
    ),
    "uk-csv": Format(
        "uk",
        lambda uid, text: _row(
            UK_HEADER, ",", **{"Unique ID": f"SYR{uid}", "OFSI Group ID": str(uid), "Name 6": text, "Name type":
            "Primary Name", "Regime Name": "Syria", "Designation Type": "Entity", "Sanctions Imposed": "Asset freeze"},
        ),
        _joined(f"{UK_TOP}\n{UK_HEADER}\n", "\n"),
        (",Name 6,", ",Name 7,"),
        (",Entity,", ",Robot,"),
    ),
    "uk-hmt-csv": Format(
        "uk-hmt",
        hmt_row,
        _joined(f"Last Updated,13/04/2018\r\n{HMT_HEADER}\r\n", "\r\n", "cp1252", "\r\n"),
        ("Name 6,", "Name 7,"),
        (",Entity,", ",Robot,"),
        encoding="cp1252",
    ),
    "ch-xml": Format(
        "ch",
        _filled(CH_ENTRY),
        _joined(
            f"{XML}{CH_HEAD}",
            "\n</swiss-sanctions-list>",
        ),
        ("name-part", "name-piece"),
        ('name-type="primary-name"', 'name-type="robot-name"'),
        ("<swiss-sanctions-list ", '<swiss-sanctions-list xmlns="https://ch.example/2" '),
    ),
    "ca-xml": Format(
        "ca",
        _filled(CA_ENTRY),
        _joined(f"{XML}<data-set>\n", "\n</data-set>"),
        ("EntityOrShip-", "EntityShip-"),
        "it has no enumeration: country, schedule and item are free text",
        ("<data-set>", '<data-set xmlns="https://ca.example/2">'),
    ),
    "au-xlsx": Format(
        "au",
        lambda uid, text: {"Reference": str(uid), "Name of Individual or Entity": text, "Type": "Entity", "Name Type":
                           "Primary Name", "Committees": "Syria", "Control Date": "24/05/2011"},
        _sheet,
        ("Name Type", "Kind of Name"),
        ("Entity", "Robot"),
        text=False,
    ),
    "table": Format(
        "own-refused",
        lambda uid, text: f"{uid},{text},{1940 + len(text)}-02-03",
        _joined("id,name,born\n", "\n"),
        ("id,name,", "id,label,"),
        "it has no enumeration of its own",
    ),
}  # fmt: skip
