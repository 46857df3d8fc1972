"""Reads the Consolidated Screening List of the United States, CSV or JSON: lists of three departments in one file.

1. Rows of the Treasury repeat OFAC's lists: those of one entity number are folded into one listing, whose
   reference names OFAC's own (`ofac-sdn:9345`).
2. Rows of Commerce and State restrict goods: a licence is required, nothing is blocked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec

from interdiction.errors import ListFileError, PartyError
from interdiction.lists.readers import delimited, json_stream, places, remarks
from interdiction.lists.readers.csl_values import csv_address, csv_papers, json_address, json_papers, repaired
from interdiction.lists.readers.dates import exact_day, partial_date
from interdiction.lists.readers.draft import Draft, finished
from interdiction.lists.readers.entries import impossible
from interdiction.lists.readers.ofac_designations import Stated, designate
from interdiction.lists.readers.ofac_features import add_remark, document, fact, titles
from interdiction.lists.readers.ofac_party import KINDS, tonnage
from interdiction.lists.readers.ofac_words import Strange
from interdiction.lists.readers.reading import ListFile, Problems, Reading
from interdiction.lists.readers.rows import readable_text
from interdiction.lists.readers.scripts import script_of
from interdiction.model import Designation, Grade, Measure, NameQuality, Problem

CSV: Final = "us-csl-csv"
JSON: Final = "us-csl-json"
KEY: Final = "us-csl"
_ARRAY: Final = "results"
_NEEDED: Final = frozenset({"id", "source", "name", "altnames", "sourcelisturl"})
"""Folded names of the columns that tell this list from any other."""
_SEVERAL: Final = ("programs", "altnames", "citizenships", "nationalities", "datesofbirth", "placesofbirth")
_COLUMNS: Final = _NEEDED.union(_SEVERAL, (
    "entitynumber", "type", "title", "addresses", "federalregisternotice", "startdate", "enddate", "standardorder",
    "licenserequirement", "licensepolicy", "callsign", "vesseltype", "grosstonnage", "grossregisteredtonnage",
    "vesselflag", "vesselowner", "remarks", "sourceinformationurl", "ids",
))  # fmt: skip
_DETAILS: Final = {
    "source": "source", "startdate": "start_date", "enddate": "end_date", "standardorder": "standard_order",
    "licenserequirement": "license_requirement", "licensepolicy": "license_policy",
    "sourcelisturl": "source_list_url", "sourceinformationurl": "source_information_url",
}  # fmt: skip
"""What no field holds, under the publisher's own label."""
_VESSEL: Final = {
    "callsign": "call_sign", "vesseltype": "type", "grosstonnage": "tonnage",
    "grossregisteredtonnage": "gross_tonnage", "vesselflag": "flag", "vesselowner": "owner",
}  # fmt: skip
_CODE: Final = re.compile(r"\(([A-Z][A-Z-]+)(?: List)?\)")
_LEAD: Final = re.compile(r"^(?:and|or)\s+", re.IGNORECASE)
_ALIAS: Final = re.compile(r"^(a|f|n)\.?k\.?a\.?:?\s+", re.IGNORECASE)
_OWN: Final = {"SSI": "13662", "CAP": "14024|561", "PLC": "PLC", "FSE": "FSE", "CMIC": "CMIC", "NS-MBS": "MBS"}
"""Which programmes a source list is of, where it names others of the same party besides."""
_DIRECTIVE: Final = re.compile(r"Subject to Directive (\d)")

SOURCES: Final[dict[str, tuple[Measure, ...]]] = {
    "SDN": (Measure.ASSET_FREEZE,),
    "SSI": (Measure.DEBT_EQUITY, Measure.TRADE),
    "CAP": (Measure.CORRESPONDENT_ACCOUNT,),
    "PLC": (Measure.PAYMENT_BAN,),
    "FSE": (Measure.PAYMENT_BAN,),
    "NS-MBS": (Measure.MENU,),
    "CMIC": (Measure.INVESTMENT_BAN,),
    "EL": (Measure.TRADE,),
    "DPL": (Measure.TRADE,),
    "UVL": (Measure.TRADE,),
    "MEU": (Measure.TRADE,),
    "DTC": (Measure.TRADE,),
    "ISN": (),
}
"""The code of a source list to what it forbids; an act of the State Department (ISN) is told by its programme."""

Row = dict[str, Any]


def recognise(lines: Sequence[str]) -> str | None:
    """Tell this list's CSV by its columns."""
    return CSV if delimited.find_table(lines[:1], _NEEDED) is not None else None


def recognise_json(start: bytes) -> bool:
    """Tell this list's JSON by its first bytes."""
    return start.lstrip().startswith(b"{") and b'"results"' in start


def read_csv(files: Sequence[ListFile], list_key: str) -> Reading:
    """Read the CSV. Raises `ListFileError`: `unknown-columns`, and `empty` where no row is found."""
    file = files[0]
    reader = _Reader(file, list_key)
    lines = delimited.lines_of(file, reader.problems)
    table = delimited.find_table(lines, _NEEDED)
    if table is None:
        raise delimited.unknown_columns(file.name, lines)
    delimited.report_columns(table, _COLUMNS, _COLUMNS, reader.problems)
    for row in delimited.rows_of(table):
        if row.wrong:
            delimited.bad_row(row, reader.problems)
            reader.unread(row.line, readable_text(row.raw), row.raw)
        else:
            reader.take(_of_csv(dict(row.cells)), row.line)
    return reader.reading(CSV)


def read_json(files: Sequence[ListFile], list_key: str) -> Reading:
    """Read the JSON. Raises `ListFileError` (`empty`) where no entry is found."""
    reader = _Reader(files[0], list_key)
    for entry in json_stream.results(files[0], _ARRAY, reader.problems):
        if entry.value is None:
            reader.problems.add(
                "bad-row",
                "an entry cannot be parsed; its text is screened as it stands",
                grade=Grade.ROW,
                line=entry.line,
                text=entry.raw,
            )
            reader.unread(entry.line, json_stream.plain_text(entry.raw), entry.raw)
        else:
            reader.take(_of_json(entry.value), entry.line)
    return reader.reading(JSON)


def _of_csv(cells: Row) -> Row:
    row: Row = {name: text if text.isascii() else repaired(text) for name, text in cells.items()}
    for name in _SEVERAL:
        if text := row.get(name, ""):
            row[name] = [one for part in text.split("; ") if (one := part.strip())]
    if text := row.get("addresses", ""):
        row["addresses"] = [one for part in text.split("; ") if (one := csv_address(part)) is not None]
    if text := row.get("ids", ""):
        row["ids"] = list(csv_papers(text))
    return row


def _of_json(value: dict[str, Any]) -> Row:
    row: Row = {}
    for name, said in value.items():
        key = delimited.fold(name)
        if key == "addresses":
            row[key] = [one for part in said or () if (one := json_address(part)) is not None]
        elif key == "ids":
            row[key] = list(json_papers(said or ()))
        elif key in _SEVERAL:
            row[key] = [repaired(str(one)) for one in said or () if str(one).strip()]
        elif said is not None:
            row[key] = repaired(str(said))
    return row


class _Reader:
    """The parties of one file; rows that repeat a party of OFAC are folded into it."""

    def __init__(self, file: ListFile, list_key: str) -> None:
        self.file = file
        self.list_key = list_key
        self.found: list[Problem] = []
        self.problems = Problems(file.name, self.found)
        self.strange = Strange()
        self.drafts: dict[str, Draft] = {}

    def reading(self, fmt: str) -> Reading:
        if not self.drafts:
            raise ListFileError("no row in the file", code="empty", where=self.file.name, mend="download it again")
        self.strange.report(self.problems)
        for draft in self.drafts.values():
            draft.designations = _merged(draft.designations)
        listings = finished(self.drafts, self.list_key)
        return Reading(KEY, fmt, None, (fmt.rpartition("-")[2],), listings, tuple(self.found))

    def unread(self, line: int, text: str, raw: str) -> None:
        draft = Draft.of_text(f"line-{line}", text, raw, line)
        self.drafts[f"line-{line}-{len(self.drafts)}"] = draft

    def take(self, row: Row, line: int) -> None:
        """Read one row into the party it is of."""
        source = str(row.get("source", ""))
        code = _CODE.search(source)
        origin = code[1] if code is not None else source
        if origin not in SOURCES:
            self.strange.see("source", source)
        number = str(row.get("entitynumber", ""))
        uid = number or str(row.get("id", ""))
        draft = Draft(uid or f"line-{line}", str(row.get("name", "")).strip(), line)
        self._check(draft, uid, str(row.get("type", "")))
        if number:
            draft.reference = f"{'ofac-sdn' if origin == 'SDN' else 'ofac-cons'}:{number}"
        self._names(draft, row)
        self._facts(draft, row)
        self._designate(draft, row, origin, self._papers(draft, row))
        for name, label in _DETAILS.items():
            if name in row:
                draft.detail(label, str(row[name]).strip())
        for name in row.keys() - _COLUMNS:
            draft.detail(name, str(row[name]))
        self._file(draft)

    def _check(self, draft: Draft, uid: str, kind: str) -> None:
        draft.kind = KINDS.get(kind.lower()) if kind else None
        if kind and draft.kind is None:
            self.strange.see("type", kind)
            draft.detail("type", kind)
        if not uid or not draft.primary:
            self.problems.add(
                "no-name" if uid else "no-uid",
                "a row without a name" if uid else "a row without an id",
                grade=Grade.ROW,
                line=draft.line,
                text=draft.primary,
            )

    def _file(self, draft: Draft) -> None:
        standing = self.drafts.get(draft.uid)
        if standing is None:
            self.drafts[draft.uid] = draft
            return
        if draft.reference is None:
            self.problems.add(
                "duplicate-id",
                f"id {draft.uid} stands for two rows; what both say is kept under it",
                grade=Grade.ROW,
                line=draft.line,
                text=draft.primary,
                expected="one row per id",
            )
        blocked = "ofac-sdn" in f"{standing.reference} {draft.reference}"
        known = standing.remarks or ""
        draft.remarks = "; ".join(part for part in (draft.remarks or "").split("; ") if part not in known) or None
        standing.absorb(draft)
        if blocked and draft.reference:
            standing.reference = f"ofac-sdn:{draft.uid}"

    def _names(self, draft: Draft, row: Row) -> None:
        for text in row.get("altnames", ()):
            name = _LEAD.sub("", text)
            kind = _ALIAS.match(name)
            former = kind is not None and kind[1].lower() == "f"
            name = _ALIAS.sub("", name)
            draft.alias(name, NameQuality.FORMER if former else NameQuality.STRONG, script_of(name))

    def _facts(self, draft: Draft, row: Row) -> None:
        titles(draft, str(row.get("title", "")))
        draft.addresses.extend(row.get("addresses", ()))
        draft.birth_places.extend(row.get("placesofbirth", ()))
        for name, ties in (("nationalities", draft.nationalities), ("citizenships", draft.citizenships)):
            ties.extend(tie for one in row.get(name, ()) if (tie := places.country(one)))
        for text in row.get("datesofbirth", ()):
            try:
                read = partial_date(text)
            except PartyError as error:
                impossible(draft, error, text, self.problems)
                continue
            if read is not None:
                draft.birth_dates.append(read)
            else:
                draft.detail("dates_of_birth", text)
        for name, field in _VESSEL.items():
            value = str(row[name]).strip() if name in row else ""
            if value:
                draft.vessel[field] = (places.country(value) or value) if field == "flag" else tonnage(value)
        text = str(row.get("remarks", "")).strip()
        if text:
            remarks.mine(draft, text, self.problems)
            add_remark(draft, text)

    def _papers(self, draft: Draft, row: Row) -> Stated:
        stated = Stated()
        for paper in row.get("ids", ()):
            day = exact_day(paper.number) if "Date" in paper.label else None
            if day is not None:
                stated.days.append((paper.label, day))
            if paper.said and document(draft, paper.label.rstrip(" :-"), paper.number, paper.said, self.problems):
                continue
            add_remark(draft, fact(draft, paper.label, paper.number, self.problems))
        return stated

    def _designate(self, draft: Draft, row: Row, origin: str, stated: Stated) -> None:
        stated.programmes = [*row.get("programs", ())] or [origin]
        draft.programmes = stated.programmes
        measures = _measures(origin, draft.remarks or "")
        started = exact_day(str(row.get("startdate", "")))
        basis = str(row.get("federalregisternotice", "")).strip() or None
        own = [tag for tag in stated.programmes if re.search(_OWN.get(origin, ""), tag)] or stated.programmes
        draft.designations = tuple(
            msgspec.structs.replace(
                one,
                measures=measures if one.programme in own else (),
                listed_on=one.listed_on or started,
                legal_basis=one.legal_basis or basis,
            )
            for one in designate(stated, self.strange)
        )


def _merged(found: Iterable[Designation]) -> tuple[Designation, ...]:
    """Give one designation for each programme: the folded rows of a party name the same ones."""
    merged: dict[str, Designation] = {}
    for one in found:
        known = merged.get(one.programme, one)
        merged[one.programme] = msgspec.structs.replace(
            known,
            measures=tuple(dict.fromkeys((*known.measures, *one.measures))),
            listed_on=min((day for day in (known.listed_on, one.listed_on) if day is not None), default=None),
            legal_basis=known.legal_basis or one.legal_basis,
        )
    return tuple(merged.values())


def _measures(origin: str, text: str) -> tuple[Measure, ...]:
    """Give what a row's list forbids; of the sectoral list what the directives say that the row names."""
    if origin not in SOURCES:
        return ()
    named = {Measure.TRADE if one == "4" else Measure.DEBT_EQUITY for one in _DIRECTIVE.findall(text)}
    if origin == "SSI" and named:
        return tuple(one for one in SOURCES[origin] if one in named)
    return SOURCES[origin]
