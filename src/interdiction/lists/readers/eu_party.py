"""What the European Union says of one party, from named values to a draft: the same for its XML and its CSV files.

Values come under the attribute names of the XML in lower case (`wholename`, `countryiso2code`).
1. Of each fact the legal basis is kept once for the party, not once for every spelling: a detail.
2. A date in another calendar than the Gregorian is no date of birth here; it stays a detail.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec.structs import replace

from interdiction.errors import PartyError
from interdiction.lists.readers import places
from interdiction.lists.readers.collected import Collected
from interdiction.lists.readers.dates import exact_day, partial_date
from interdiction.lists.readers.draft import Draft
from interdiction.lists.readers.instants import BRUSSELS, midnight
from interdiction.lists.readers.packed import several, squeeze
from interdiction.lists.readers.scripts import script_of
from interdiction.model import (
    Address,
    Contact,
    Designation,
    Gender,
    Grade,
    Identifier,
    Kind,
    Name,
    NamePart,
    NameQuality,
    PartialDate,
)

Said = Mapping[str, str]

_KINDS = {"person": Kind.PERSON, "p": Kind.PERSON, "enterprise": Kind.ORGANISATION, "e": Kind.ORGANISATION}
_GENDERS = {"m": Gender.MALE, "f": Gender.FEMALE}
_PARTS = (("firstname", "given"), ("middlename", "middle"), ("lastname", "family"))
_IDENTIFIERS = {
    "id": "national_id", "passport": "passport", "swiftbic": "bic", "imo": "imo", "regnumber": "registration",
    "fiscalcode": "tax_id", "taxid": "tax_id", "tradelic": "business_licence", "ssn": "ssn",
    "birthcert": "birth_certificate", "nationcert": "other", "travelcardid": "travel_document",
    "electionid": "voter_id", "residentperm": "residency", "drivinglicence": "driving_licence",
    "nrn": "national_id", "other": "other",
}  # fmt: skip
_FLAGS = {
    "diplomatic": "diplomatic", "knownexpired": "known expired", "knownfalse": "known false",
    "reportedlost": "reported lost", "revokedbyissuer": "revoked by issuer",
}  # fmt: skip
_CONTACTS = {"PHONE": "phone", "FAX": "fax", "EMAIL": "email", "WEB": "website"}
_LOW = re.compile(r"\blow? quality\b", re.IGNORECASE)
_FORMER = re.compile(r"\b(?:former(?:ly)?|f\.?k\.?a\b|previous(?:ly)?)", re.IGNORECASE)
_NO_COUNTRY = frozenset({"", "00", "UNKNOWN"})
_NO_DATE = frozenset({"", "N/A", "NA"})


def regulation(draft: Draft, said: Said, into: Collected) -> None:
    """Note the act under which the party is listed now: programme, legal basis, days.

    As a rule it is the last act that amended the entry: its days are no beginning, and a payment of long before may
    have been forbidden all the same. Only of an act of the type `regulation` they are.
    """
    programme = said.get("programme", "")
    if not programme:
        into.problems.add(
            "no-programme",
            "a regulation without a programme; the default measures of the list stand in",
            grade=Grade.PUBLISHED,
            line=draft.line,
            node=draft.uid,
        )
    else:
        draft.programmes.append(programme)
    published = exact_day(said.get("publicationdate", ""))
    force = exact_day(said.get("entryintoforcedate", ""))
    first = said.get("regulationtype", "").lower() == "regulation"
    later = said.get("regulationtype", "").lower() == "amendment"
    basis = _basis(said)
    if force is not None and not first:
        basis = f"{basis}, in force {force}"
    made = Designation(
        programme,
        listed_on=published if first else None,
        amended_on=(published,) if later and published else (),
        effective_at=midnight(force, BRUSSELS) if force and first else None,
        legal_basis=basis or None,
    )
    if made not in draft.designations:
        draft.designations = (*draft.designations, made)
    draft.detail("publication", said.get("publicationurl"))


def designated(draft: Draft, said: Said) -> None:
    """Note the values of the entry itself; the day of designation goes to each of its designations."""
    day = exact_day(said.get("designationdate", ""))
    if day is not None:
        standing = draft.designations or (Designation(""),)
        draft.designations = tuple(replace(one, listed_on=day) for one in standing)
    elif said.get("designationdate"):
        draft.detail("designationDate", said["designationdate"])
    draft.detail("designationDetails", said.get("designationdetails"))
    draft.detail("unitedNationId", said.get("unitednationid"))
    draft.reference = draft.reference or said.get("eureferencenumber") or None


def subject(draft: Draft, words: tuple[str, ...], into: Collected) -> None:
    """Take person or enterprise; the list knows no ships, so an enterprise with an IMO number may be one."""
    for word in words:
        if kind := _KINDS.get(word.lower()):
            draft.kind = kind
        elif word:
            into.new_word("subjectType", word)
            draft.detail("subjectType", word)


def name(draft: Draft, said: Said, remark: str, into: Collected) -> None:
    """One name with its parts; title, function and gender stand beside a name and belong to the party."""
    parts = tuple(NamePart(word, text) for key, word in _PARTS if (text := said.get(key)))
    text = said.get("wholename") or " ".join(part.text for part in parts)
    strong = said.get("strong", "true").lower() != "false" and not _LOW.search(remark)
    quality = NameQuality.STRONG if strong else NameQuality.WEAK
    if remark and _FORMER.search(remark) and strong:
        quality = NameQuality.FORMER
    language = said.get("namelanguage", "").lower() or None
    draft.call(Name(text, quality, script_of(text), language, parts, remark or None))
    draft.titles += several(said.get("title", ""))
    draft.functions += several(said.get("function", ""))
    gender = _GENDERS.get(said.get("gender", "").lower())
    if gender is not None and draft.gender in {None, gender}:
        draft.gender = gender
    elif said.get("gender"):
        if gender is None:
            into.new_word("gender", said["gender"])
        draft.detail("gender", f"{said['gender']} ({text})")


def address(draft: Draft, said: Said, remark: str, contacts: tuple[tuple[str, str], ...], into: Collected) -> None:
    """One address; telephone numbers and the like stand inside it."""
    listed = "as at listing time" if said.get("asatlistingtime", "").lower() == "true" else ""
    box = f"PO Box {said['pobox']}" if said.get("pobox") else ""
    street = ", ".join(one for one in (said.get("number", ""), said.get("street", ""), box) if one)
    more = "; ".join(one for one in (said.get("place", ""), listed, remark) if one)
    made = Address(
        street or None,
        said.get("city") or None,
        said.get("region") or None,
        said.get("zipcode") or None,
        country(said),
        more or None,
    )
    if made != Address():
        draft.addresses.append(made)
    for key, value in contacts:
        if key.upper() in _CONTACTS:
            draft.contacts.append(Contact(_CONTACTS[key.upper()], value))
        elif value:
            into.new_word("contactInfo", key)
            draft.detail(f"contactInfo {key}", value)


def birth(draft: Draft, said: Said, remark: str, into: Collected) -> None:
    """One date of birth, one place, or both."""
    calendar = said.get("calendartype", "") or "GREGORIAN"
    text = _stated_birth(said)
    day = None
    if calendar.upper() == "GREGORIAN":
        day = _date(text, draft, into)
    if day is not None and said.get("circa", "").lower() == "true":
        day = PartialDate(day.first, day.last, circa=True)
    if day is not None:
        draft.birth_dates.append(day)
    elif text not in _NO_DATE:
        draft.detail("birthdate", text if calendar.upper() == "GREGORIAN" else f"{text} ({calendar})")
    land = _land_text(said)
    parts = [said.get(key, "") for key in ("city", "zipcode", "region", "place")]
    place = ", ".join(one for one in (*parts, "" if land in _NO_COUNTRY else land) if one)
    if place:
        draft.birth_places.append(place)
    draft.detail("birthdate remark", remark)


def citizenship(draft: Draft, said: Said, remark: str) -> None:
    """One citizenship."""
    if land := country(said):
        draft.citizenships.append(land)
    draft.detail("citizenship region", said.get("region"))
    draft.detail("citizenship remark", remark)


def identification(draft: Draft, said: Said, remark: str, into: Collected) -> None:
    """One document or register number; what the file says of it stands in the note."""
    code = said.get("identificationtypecode", "")
    word = _IDENTIFIERS.get(code.lower())
    if word is None:
        if code:
            into.new_word("identificationTypeCode", code)
        word = "other"
    issued, expires = said.get("issueddate") or said.get("issuedate", ""), said.get("validto", "")
    days = _date(issued, draft, into), _date(expires, draft, into)
    label = said.get("identificationtypedescription", "")
    notes = [
        label or code,
        "" if word != "other" or label == code else code,
        *(text for key, text in _FLAGS.items() if said.get(key, "").lower() == "true"),
        f"issued by {said['issuedby']}" if said.get("issuedby") else "",
        f"valid from {said['validfrom']}" if said.get("validfrom") else "",
        f"issued {issued}" if issued and days[0] is None else "",
        f"valid to {expires}" if expires and days[1] is None else "",
        f"in the name of {said['nameondocument']}" if said.get("nameondocument") else "",
        said.get("region", ""),
        remark,
    ]
    note = "; ".join(one for one in notes if one) or None
    for number in dict.fromkeys((said.get("number", ""), said.get("latinnumber", ""))):
        if number:
            draft.identifiers.append(Identifier(word, number, country(said), days[0], days[1], note))
    if not said.get("number") and not said.get("latinnumber"):
        draft.detail("identification", note)
    if word == "imo" and draft.kind is Kind.ORGANISATION:
        draft.kind = None
    if said.get("nameondocument"):
        draft.call(
            Name(said["nameondocument"], NameQuality.WEAK, script_of(said["nameondocument"]), note=label or None)
        )


def basis_of_fact(draft: Draft, said: Said) -> None:
    """Keep the act that brought one name, address or number, once for the party."""
    if text := _basis(said):
        other = said.get("programme", "")
        more = (said.get("publicationurl", ""), other if other not in draft.programmes else "")
        draft.detail("legal basis of a fact", " ".join((text, *(one for one in more if one))))


def country(said: Said) -> str | None:
    """Give the code of a country, else its text; the list writes `00` and UNKNOWN for none."""
    return _country(said.get("countryiso2code", ""), said.get("countrydescription", ""))


@lru_cache(maxsize=1 << 12)
def _country(code: str, text: str) -> str | None:
    if code in _NO_COUNTRY:
        return None if text in _NO_COUNTRY else places.country(text)
    return places.code(code) or places.country(text) or code.lower()


def _land_text(said: Said) -> str:
    return said.get("countrydescription") or said.get("countryiso2code", "")


def _basis(said: Said) -> str:
    return _basis_text(
        said.get("organisationtype", ""),
        said.get("regulationtype", ""),
        said.get("numbertitle", ""),
        said.get("publicationdate", ""),
    )


@lru_cache(maxsize=1 << 14)
def _basis_text(organisation: str, kind: str, title: str, published: str) -> str:
    head = squeeze(f"{organisation} {kind} {title}")
    return ", ".join(one for one in (head, published) if one)


def _stated_birth(said: Said) -> str:
    exact = said.get("birthdate", "")
    if exact:
        return exact
    year, month, day = said.get("year", ""), said.get("monthofyear", ""), said.get("dayofmonth", "")
    if year and month.isdigit() and day.isdigit():
        return f"{year}-{month:>02}-{day:>02}"
    if year and month.isdigit():
        return f"{year}-{month:>02}"
    first, last = said.get("yearrangefrom", ""), said.get("yearrangeto", "")
    if first and last:
        return f"{first} to {last}"
    return year or first or last or "-".join(one for one in (month, day) if one)


def _date(text: str, draft: Draft, into: Collected) -> PartialDate | None:
    if text in _NO_DATE:
        return None
    try:
        return partial_date(text)
    except PartyError as error:
        into.problems.add(
            "impossible-date",
            error.message,
            grade=Grade.PUBLISHED,
            line=draft.line,
            node=draft.uid,
            text=draft.primary,
            expected="a day that exists",
        )
        return None
