"""Reads the EU's consolidated list as CSV: version 1.1 of today, and the FULL file that was published until 2018.

One row states one fact (a name, an address, a birth, a number, a citizenship) of one party.
1. Copies of the old file in which every line was wrapped in quotes, its commas turned to tabs, are unwrapped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from interdiction.lists.readers import eu_party
from interdiction.lists.readers.collected import Collected
from interdiction.lists.readers.delimited import (
    Row,
    Table,
    bad_row,
    find_table,
    fold,
    lines_of,
    report_columns,
    rows_of,
    unknown_columns,
)
from interdiction.lists.readers.draft import Draft
from interdiction.lists.readers.packed import slashed
from interdiction.lists.readers.reading import ListFile, Reading

FORMAT = "eu-csv"
OLD_FORMAT = "eu-csv-2018"

_GROUPS = ("entity", "namealias", "address", "birthdate", "identification", "citizenship")
_BASES = frozenset(f"{group}/regulation" for group in _GROUPS if group != "entity")
_REGULATION = {
    "regulationtype": "regulationtype", "regulationorganisationtype": "organisationtype",
    "regulationpublicationdate": "publicationdate", "regulationentryintoforcedate": "entryintoforcedate",
    "regulationnumbertitle": "numbertitle", "regulationprogramme": "programme",
    "regulationpublicationurl": "publicationurl",
}  # fmt: skip
_KEYS = {
    "entity": ("logicalid", "eureferencenumber", "unitednationid", "designationdate", "designationdetails", "remark",
               "subjecttype", "subjecttypeclassificationcode"),
    "namealias": ("lastname", "firstname", "middlename", "wholename", "namelanguage", "gender", "title", "function",
                  "logicalid", "regulationlanguage", "remark"),
    "address": ("city", "street", "pobox", "zipcode", "region", "place", "asatlistingtime", "contactinfo",
                "countryiso2code", "countrydescription", "logicalid", "regulationlanguage", "remark"),
    "birthdate": ("birthdate", "day", "month", "year", "yearrangefrom", "yearrangeto", "circa", "calendartype",
                  "zipcode", "region", "place", "city", "countryiso2code", "countrydescription", "logicalid",
                  "regulationlanguage", "remark"),
    "identification": ("number", "diplomatic", "knownexpired", "knownfalse", "reportedlost", "revokedbyissuer",
                       "issuedby", "issueddate", "validfrom", "validto", "latinnumber", "nameondocument", "typecode",
                       "typedescription", "region", "countryiso2code", "countrydescription", "logicalid",
                       "regulationlanguage", "remark"),
    "citizenship": ("region", "countryiso2code", "countrydescription", "logicalid", "regulationlanguage", "remark"),
}  # fmt: skip
_OPTIONAL = frozenset({"namealiasstrong"})
_RENAMED = {
    "day": "dayofmonth", "month": "monthofyear", "typecode": "identificationtypecode",
    "typedescription": "identificationtypedescription",
}  # fmt: skip
_ALL = frozenset(
    {"filegenerationdate"}
    | {group + key for group, keys in _KEYS.items() for key in keys}
    | {group + key for group in _GROUPS for key in _REGULATION}
)

_OLD_GROUPS = {
    "naal": ("namealias", {"wholename", "lastname", "firstname", "middlename", "gender", "title", "function"}),
    "addr": ("address", {"number", "street", "zipcode", "city"}),
    "birt": ("birthdate", set[str]()),
    "iden": ("identification", set[str]()),
    "citi": ("citizenship", set[str]()),
}
_OLD_REGULATION = {
    "lebanumtitle": "numbertitle", "lebapublicationdate": "publicationdate", "lebaurl": "publicationurl",
    "programme": "programme",
}  # fmt: skip
_OLD_KEYS = {
    "naallanguage": "namelanguage", "addrcountry": "countryiso2code", "addrother": "contactinfo",
    "birtdate": "birthdate", "birtplace": "place", "birtcountry": "countryiso2code", "idennumber": "number",
    "idencountry": "countryiso2code", "citicountry": "countryiso2code",
}  # fmt: skip
_OLD_ALL = frozenset(
    {"datefilexxxx", "entitylogicalid", "subjecttype", "entityremark", "eurefnum", *_OLD_REGULATION, *_OLD_KEYS}
    | {old + key for old, (_, keys) in _OLD_GROUPS.items() for key in (*keys, *_OLD_REGULATION, "logicalid")}
)
_CONTACT = re.compile(r"([A-Z]+)\[([^\]]*)\]")
_OLD_NUMBER = re.compile(r"^(?P<number>.*?) \((?P<code>[a-z]+)-(?P<text>[^()]*)\)\s*(?P<rest>.*)$", re.IGNORECASE)
_STATED = re.compile(r"\b(issued|expires):? (?!unknown)([\w ]+?\d{4})\b", re.IGNORECASE)

Facts = dict[str, dict[str, str]]
"""What one row says by group; `group` of a fact, `group/regulation` of the act it rests on."""


def recognise(lines: Sequence[str]) -> str | None:
    """Tell which of the two layouts the lines are; `None` for neither."""
    if find_table(lines[:2], {"entitylogicalid", "namealiaswholename"}, ";"):
        return FORMAT
    if find_table(_unwrapped(lines[:2]), {"entitylogicalid", "naalwholename"}, ";"):
        return OLD_FORMAT
    return None


def read(files: Sequence[ListFile], list_key: str) -> Reading:
    """Read one CSV file of either layout. Raises `ListFileError`: `unknown-columns`, `encoding`, `empty`."""
    into = Collected(files[0])
    lines = lines_of(files[0], into.problems)
    fmt = recognise(lines)
    if fmt is None:
        raise unknown_columns(files[0].name, lines)
    old = fmt == OLD_FORMAT
    table = find_table(_unwrapped(lines) if old else lines, {"entitylogicalid"}, ";")
    if table is None:
        raise unknown_columns(files[0].name, lines)
    known = _OLD_ALL if old else _ALL
    report_columns(table, known | _OPTIONAL, known, into.problems)
    day = _rows(table, _old_facts if old else _facts, known | _OPTIONAL, into)
    return into.reading(list_key, fmt, "eu", "csv", day)


def _rows(
    table: Table, facts: Callable[[Mapping[str, str]], Facts], known: frozenset[str], into: Collected
) -> date | None:
    on: date | None = None
    titles = {fold(name): name for name in table.header}
    for row in rows_of(table):
        uid = row.cells.get("entitylogicalid", "")
        if row.wrong or not uid.isdigit():
            _unreadable(row, into)
            continue
        if on is None:
            day = slashed(row.cells.get("filegenerationdate") or row.cells.get("datefilexxxx", ""))
            on = day.first if day else None
        draft = into.of(str(int(uid)), row.line)
        for key in row.cells.keys() - known:
            draft.detail(titles[key], row.cells[key])
        _take(draft, facts(row.cells), into)
    return on


def _unreadable(row: Row, into: Collected) -> None:
    raw = row.raw or " ".join(row.cells.values())
    bad_row(Row(row.line, {}, raw, row.wrong or "its logical id is no number"), into.problems)
    text = " ".join(raw.replace(";", " ").split())
    into.drafts[f"line-{row.line}"] = Draft.of_text(f"line-{row.line}", text, raw, row.line)


def _take(draft: Draft, facts: Facts, into: Collected) -> None:
    own = facts.get("entity", {})
    eu_party.subject(draft, (own.get("subjecttype", ""), own.get("subjecttypeclassificationcode", "")), into)
    act = facts.get("entity/regulation", {})
    if act and into.first_time(draft, "act", *act.values()):
        eu_party.regulation(draft, act, into)
    remark = _lines(own.get("remark", ""))
    if remark and remark not in (draft.remarks or "").split("\n\n"):
        draft.remarks = f"{draft.remarks}\n\n{remark}" if draft.remarks else remark
    for group, said in facts.items():
        note = _lines(said.get("remark", ""))
        if group == "namealias":
            eu_party.name(draft, said, note, into)
        elif group == "address":
            contacts = tuple(_CONTACT.findall(said.get("contactinfo", "")))
            if said.get("contactinfo") and not contacts:
                contacts = (("", said["contactinfo"]),)
            eu_party.address(draft, said, note, contacts, into)
        elif group == "birthdate":
            eu_party.birth(draft, said, note, into)
        elif group == "identification":
            eu_party.identification(draft, said, note, into)
        elif group == "citizenship":
            eu_party.citizenship(draft, said, note)
        elif group in _BASES and into.first_time(draft, "basis", *said.values()):
            eu_party.basis_of_fact(draft, said)
    eu_party.designated(draft, own)


def _facts(cells: Mapping[str, str]) -> Facts:
    facts: Facts = {}
    for column, text in cells.items():
        for group in _GROUPS:
            if column.startswith(group):
                key = column.removeprefix(group)
                if key in _REGULATION:
                    facts.setdefault(f"{group}/regulation", {})[_REGULATION[key]] = text
                else:
                    facts.setdefault(group, {})[_RENAMED.get(key, key)] = text
                break
    return facts


def _old_facts(cells: Mapping[str, str]) -> Facts:
    own = {"subjecttype": cells.get("subjecttype", ""), "remark": cells.get("entityremark", "")}
    own["eureferencenumber"] = cells.get("eurefnum", "")
    facts: Facts = {"entity": own}
    facts["entity/regulation"] = {key: cells[old] for old, key in _OLD_REGULATION.items() if old in cells}
    for column, text in cells.items():
        group, keys = _OLD_GROUPS.get(column[:4], ("", set()))
        key = column[4:]
        if not group or column.startswith("leba"):
            continue
        if key in _OLD_REGULATION:
            facts.setdefault(f"{group}/regulation", {})[_OLD_REGULATION[key]] = text
        elif column in _OLD_KEYS or key in keys:
            facts.setdefault(group, {})[_OLD_KEYS.get(column, key)] = text
    if "number" in facts.get("identification", {}):
        facts["identification"] |= _old_number(facts["identification"]["number"])
    return facts


def _old_number(text: str) -> dict[str, str]:
    """Part `33301/862 (other-Other identification number) (issued: 17 october 1997 expires: 1 october 2005)`."""
    found = _OLD_NUMBER.match(text.strip('" '))
    if found is None:
        return {"number": text}
    said = {
        "number": found["number"], "identificationtypecode": found["code"],
        "identificationtypedescription": found["text"].strip(),
        "remark": found["rest"].strip(),
    }  # fmt: skip
    for word, day in _STATED.findall(found["rest"]):
        said["issueddate" if word.lower() == "issued" else "validto"] = day
    return said


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """Undo what a spreadsheet did to the file: lines in quotes, quotes doubled, commas as tabs, tabs behind."""
    wrapped = bool(lines) and lines[0].startswith('"') and lines[0].rstrip("\r\n").endswith('"')
    if not wrapped:
        return list(lines)
    return [
        line[1:-1].rstrip("\t").replace('""', '"').replace("\t", ",")
        if len(line) > 1 and line[0] == line[-1] == '"'
        else line
        for line in lines
    ]


def _lines(text: str) -> str:
    """Break the text where the file writes a backslash and an n."""
    return text.replace("\\n", "\n").strip()
