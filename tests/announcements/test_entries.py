"""Lists of entries in the forms of their publishers: each entry's name, kind and other names, and nothing else."""

from __future__ import annotations

import pytest

from interdiction.announcements.entries import Entry, entries
from interdiction.announcements.patterns import load_patterns
from interdiction.model import Kind

PATTERNS = load_patterns()


def read(text: str) -> list[Entry]:
    found = entries(text, PATTERNS)
    for entry in found:
        assert text[entry.start : entry.end].strip()
        assert all(text[low:high].replace("\n", " ") == value for value, low, high in entry.aliases)
    return found


def told(text: str) -> list[tuple[str, list[str]]]:
    return [(one.value, [value for value, _, _ in one.aliases]) for one in read(text)]


OFAC = """
QUIROZ VELA, Tomas (a.k.a. "EL FARO"; a.k.a. QUIROS, Tomas), Colima, Mexico; DOB 02 Feb 1970 (individual) [SDNTK].

ORVEL HOTEL, S.A. DE C.V. (f.k.a. VALE HOTEL), Colima, Mexico [SDNTK].
"""
OFSI = """
1. HARLAN, Ivo
DOB: 01/02/1970. a.k.a: (1) HARLANN, Ivo (2) HAR, I. Nationality: Freedonia Group ID: 1.
2. TESSALY TRADING LTD
a.k.a: TESCO Address: Port Vale. Group ID: 2.
"""
UN = """
QDi.999 Name: 1: IVO 2: HARLAN 3: na 4: na
DOB: na Good quality a.k.a.: a) Ivo Harl b) Abu Ivo Low quality a.k.a.: na Nationality: na
"""
EU = """
'48.
Ivo Petrovich HARLAN
(Ivo HARLANN)
\u54c8\u5170
Date of birth: 1.1.1970
He heads a court.
"""
TABLE = """
The following persons are added:
|17.|Ivo HARLAN (\u54c8\u5170)|DOB: 1.7.1993|He runs it.|20.5.2025|
"""
COMMERCE = """
Orvel Tools Co., Ltd., a.k.a., the following two aliases: -OTC Orvel; and -Orvel Works. No. 7, Port Vale.
"""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (OFAC, {"QUIROZ VELA, Tomas": ["EL FARO", "QUIROS, Tomas"], "ORVEL HOTEL, S.A. DE C.V.": ["VALE HOTEL"]}),
        (OFSI, {"HARLAN, Ivo": ["HARLANN, Ivo", "HAR, I."], "TESSALY TRADING LTD": ["TESCO"]}),
        (UN, {"IVO HARLAN": ["Ivo Harl", "Abu Ivo"]}),
        (EU, {"Ivo Petrovich HARLAN": ["Ivo HARLANN", "\u54c8\u5170"]}),
        (TABLE, {"Ivo HARLAN": ["\u54c8\u5170"]}),
        (COMMERCE, {"Orvel Tools Co., Ltd.": ["OTC Orvel", "Orvel Works"]}),
    ],
    ids=["ofac", "ofsi", "un", "eu", "table", "commerce"],
)
def test_an_entry_is_read_in_the_form_of_its_publisher(text: str, names: dict[str, list[str]]) -> None:
    assert told(text) == list(names.items())


def test_marked_lines_count_once_a_list_was_opened() -> None:
    text = "Individuals listed in the Schedule\n\n1. Ivo Harlan: former judge.\n2. Mira Sonn (also spelled Mira Son)"
    assert told(text) == [("Ivo Harlan", []), ("Mira Sonn", ["Mira Son"])]
    assert told("1. Ivo Harlan met a judge.\n2. Mira Sonn went home.") == []


def test_a_heading_says_what_kind_of_party_follows() -> None:
    text = "Individuals\nIvo Harlan, a judge\n\nShips\n1. VEGA TRADER (IMO 9267819)"
    assert [(one.value, one.kind) for one in read(text)] == [("Ivo Harlan", Kind.PERSON), ("VEGA TRADER", Kind.VESSEL)]


@pytest.mark.parametrize(
    "text",
    [
        "1. The Regulations were made under the Act.\n2. On 3 May 2024 the Minister spoke.\n3. You must freeze them.",
        "What follows:\n- Council Regulation (EU) 2024/1\n- EU relations with Freedonia\n- A freeze prevents it.",
        "Date modified: 2025-03-25",
        "AGENCY: Bureau of Industry and Security\nACTION: Final rule.",
        "",
    ],
)
def test_paragraphs_headings_and_laws_are_no_entries(text: str) -> None:
    assert told(text) == []
