"""The UK Sanctions List as CSV: one row for each combination of name, address and number of a party."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interdiction.lists.readers import uk_party, uk_rows
from interdiction.lists.readers.collected import Collected
from interdiction.lists.readers.draft import Draft
from interdiction.lists.readers.reading import ListFile, Reading

FORMAT = "uk-csv"

_SHIP = (
    "imonumber", "currentowneroperators", "previousowneroperators", "currentbelievedflagofship", "previousflags",
    "typeofship", "tonnageofship", "lengthofship", "yearbuilt", "hullidentificationnumberhin",
)  # fmt: skip


def _reference(draft: Draft, values: Sequence[str], _into: Collected) -> None:
    draft.reference = draft.reference or values[0]


def _contacts(word: str) -> uk_rows.Take:
    def take(draft: Draft, values: Sequence[str], _into: Collected) -> None:
        uk_party.contacts(draft, word, values[0])

    return take


def _gender(draft: Draft, values: Sequence[str], into: Collected) -> None:
    uk_party.gender(draft, values[0], into)


def _ties(draft: Draft, values: Sequence[str], _into: Collected) -> None:
    uk_party.ties(draft, *values)


def _registration(draft: Draft, values: Sequence[str], _into: Collected) -> None:
    uk_party.registration(draft, values[0])


def _ship(draft: Draft, values: Sequence[str], _into: Collected) -> None:
    uk_party.ship(draft, {key: value for key, value in zip(_SHIP, values, strict=True) if value})


_LAYOUT = uk_rows.Layout(
    FORMAT,
    "uk",
    header=frozenset({"uniqueid", "name6", "regimename"}),
    uid="uniqueid",
    uid_form=re.compile(r"[A-Z]{2,6}\d{1,8}", re.IGNORECASE),
    facts=(
        (("designationtype",), uk_rows.kind),
        (("unreferencenumber",), _reference),
        ((*uk_rows.NAME_PARTS, "nametype", "aliasstrength"), uk_rows.name),
        (("namenonlatinscript", "nonlatinscripttype", "nonlatinscriptlanguage"), uk_rows.other_script),
        (("title",), uk_rows.titles),
        (("position",), uk_rows.functions),
        (("dob",), uk_rows.born),
        (("townofbirth", "countryofbirth"), uk_rows.birth_places),
        (("nationalityies",), uk_rows.nationalities),
        (("gender",), _gender),
        (("passportnumber", "passportadditionalinformation"), uk_rows.passports),
        (("nationalidentifiernumber", "nationalidentifieradditionalinformation"), uk_rows.national_numbers),
        (
            (*(f"addressline{number}" for number in range(1, 7)), "addresspostalcode", "addresscountry"),
            uk_rows.address,
        ),
        (("phonenumber",), _contacts("phone")),
        (("website",), _contacts("website")),
        (("emailaddress",), _contacts("email")),
        (("parentcompany", "subsidiaries"), _ties),
        (("businessregistrationnumbers",), _registration),
        (("typeofentity",), uk_rows.detail("type of entity")),
        (_SHIP, _ship),
        (("otherinformation",), uk_rows.remarks("")),
        (("ukstatementofreasons",), uk_rows.remarks("UK statement of reasons")),
        (("regimename", "datedesignated", "lastupdated", "sanctionsimposed"), uk_rows.designation),
        (("ofsigroupid",), uk_rows.detail("OFSI group id")),
        (("designationsource",), uk_rows.detail("designation source")),
    ),
)


def recognise(lines: Sequence[str]) -> str | None:
    """Tell whether the lines are this list."""
    return uk_rows.recognise(_LAYOUT, lines)


def read(files: Sequence[ListFile], list_key: str) -> Reading:
    """Read one file of the list. Raises `ListFileError`: `unknown-columns`, `encoding`, `empty`."""
    return uk_rows.read(_LAYOUT, files, list_key)
