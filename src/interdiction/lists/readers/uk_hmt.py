"""The consolidated list of HM Treasury (OFSI) as CSV: the list until 28 January 2026, one row for each spelling.

The columns of 2014 and 2018 are known, and those added until the list ended.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from interdiction.lists.readers import uk_rows
from interdiction.lists.readers.reading import ListFile, Reading

FORMAT = "uk-hmt-csv"

_LAYOUT = uk_rows.Layout(
    FORMAT,
    "uk-hmt",
    header=frozenset({"name6", "groupid", "regime", "aliastype"}),
    uid="groupid",
    uid_form=re.compile(r"\d{1,9}"),
    facts=(
        (("grouptype",), uk_rows.kind),
        ((*uk_rows.NAME_PARTS, "aliastype", "aliasquality"), uk_rows.name),
        (("namenonlatinscript", "nonlatinscripttype", "nonlatinscriptlanguage"), uk_rows.other_script),
        (("title",), uk_rows.titles),
        (("position",), uk_rows.functions),
        (("dob",), uk_rows.born),
        (("townofbirth", "countryofbirth"), uk_rows.birth_places),
        (("nationality",), uk_rows.nationalities),
        (("passportnumber", "passportdetails"), uk_rows.passports),
        (("ninumber",), uk_rows.national_numbers),
        (("nationalidentificationnumber", "nationalidentificationdetails"), uk_rows.national_numbers),
        (
            (*(f"address{number}" for number in range(1, 7)), "postzipcode", "country"),
            uk_rows.address,
        ),
        (("otherinformation",), uk_rows.remarks("")),
        (("regime", "listedon", "lastupdated"), uk_rows.designation),
        (("uksanctionslistdatedesignated",), uk_rows.detail("UK Sanctions List date designated")),
    ),
    later=frozenset(
        {
            "namenonlatinscript", "nonlatinscripttype", "nonlatinscriptlanguage", "passportnumber", "ninumber",
            "nationalidentificationnumber", "nationalidentificationdetails", "aliasquality",
            "uksanctionslistdatedesignated",
        }
    ),
)  # fmt: skip


def recognise(lines: Sequence[str]) -> str | None:
    """Tell whether the lines are this list."""
    return uk_rows.recognise(_LAYOUT, lines)


def read(files: Sequence[ListFile], list_key: str) -> Reading:
    """Read one file of the list. Raises `ListFileError`: `unknown-columns`, `encoding`, `empty`."""
    return uk_rows.read(_LAYOUT, files, list_key)
