"""The properties of one FollowTheMoney party to the fields of a draft; what no field holds stays under its property."""

from __future__ import annotations

from typing import Any, Final

from interdiction.errors import PartyError
from interdiction.lists.readers import places
from interdiction.lists.readers.dates import partial_date
from interdiction.lists.readers.draft import FORMER_FLAGS, Draft
from interdiction.lists.readers.entries import impossible
from interdiction.lists.readers.ftm_words import AIRCRAFT, CONTACTS, IDENTIFIERS, KINDS, NAMES, VESSEL
from interdiction.lists.readers.reading import Problems
from interdiction.lists.readers.scripts import script_of
from interdiction.model import Address, Contact, Gender, Grade, Identifier, Kind, Name, NameQuality, PartialDate

_DATES: Final = {"birthDate": "birth_dates", "deathDate": "death_dates", "incorporationDate": "founded"}
_TEXTS: Final = {"birthPlace": "birth_places", "title": "titles", "position": "functions"}
_LANDS: Final = {
    "nationality": "nationalities", "citizenship": "citizenships", "country": "countries", "jurisdiction": "countries",
    "mainCountry": "countries",
}  # fmt: skip
_REMARKS: Final = ("notes", "summary", "description")
_ABOUT: Final = ("referents", "datasets", "first_seen", "last_change")
"""What an entity says of itself besides its properties; when it was last seen changes with every edition."""
_GENDERS: Final = {"male": Gender.MALE, "female": Gender.FEMALE}


def party_of(
    uid: str, schema: str, said: dict[str, list[str]], value: dict[str, Any], line: int, problems: Problems
) -> Draft:
    """Make the draft of one party."""
    draft = Draft(uid, _primary(said, value), line)
    draft.kind = KINDS[schema]
    draft.detail("schema", schema)
    for name, values in said.items():
        if name == "addressEntity":
            continue
        if not _take(draft, name, values, problems):
            for one in values:
                draft.detail(name, one)
    for name in _ABOUT:
        several = value.get(name)
        for about in several if isinstance(several, list) else [several]:
            draft.detail(name, str(about) if about else None)
    if not draft.primary:
        problems.add("no-name", "an entity without a name", grade=Grade.ROW, line=line, node=uid, text=schema)
    return draft


def _primary(said: dict[str, list[str]], value: dict[str, Any]) -> str:
    caption, names = str(value.get("caption") or ""), said.get("name", [])
    if caption in names or (caption and not names and caption != value.get("schema")):
        return caption
    return next(iter(names or said.get("alias", []) or said.get("publicKey", [])), "")


def _take(draft: Draft, name: str, values: list[str], problems: Problems) -> bool:
    """Read one property; false where no field holds it."""
    quality = NAMES.get(name)
    if quality is not None:
        _names(draft, values, quality)
    elif name in _DATES:
        getattr(draft, _DATES[name]).extend(day for one in values if (day := day_of(draft, one, problems)) is not None)
    elif name in _TEXTS:
        getattr(draft, _TEXTS[name]).extend(values)
    elif name in _LANDS:
        getattr(draft, _LANDS[name]).extend(land for one in values if (land := places.country(one)))
    elif name in CONTACTS:
        draft.contacts.extend(Contact(CONTACTS[name], one) for one in values)
    elif name == "address":
        draft.addresses.extend(Address(street=one) for one in values)
    elif name == "programId":
        draft.programmes.extend(values)
    elif name == "gender" and len(values) == 1 and values[0] in _GENDERS:
        draft.gender = _GENDERS[values[0]]
    elif name in _REMARKS:
        draft.remarks = "\n".join((*((draft.remarks,) if draft.remarks else ()), *values))
    elif name in IDENTIFIERS:
        _identifiers(draft, name, values)
    else:
        return _thing(draft, name, values)
    return True


def _names(draft: Draft, values: list[str], quality: NameQuality) -> None:
    for text in values:
        if text != draft.primary:
            draft.name(Name(text, quality, script_of(text)))


def _identifiers(draft: Draft, name: str, values: list[str]) -> None:
    word, land = IDENTIFIERS[name]
    if word == "registration" and draft.kind is Kind.AIRCRAFT:
        word = "tail_number"
    if word == "national_id" and draft.kind not in {Kind.PERSON, None}:
        word = "registration"
    for value in values:
        draft.identifiers.append(Identifier(word, value, land, note=name))


def _thing(draft: Draft, name: str, values: list[str]) -> bool:
    """Read what ships and aircraft have of their own; the first value of a field that holds one."""
    if draft.kind is Kind.VESSEL and name == "pastFlags":
        draft.vessel["former_flags"] = FORMER_FLAGS.join(places.country(one) or one for one in values)
        return True
    fields = {Kind.VESSEL: (VESSEL, draft.vessel), Kind.AIRCRAFT: (AIRCRAFT, draft.aircraft)}
    if draft.kind not in fields:
        return False
    table, into = fields[draft.kind]
    field = table.get(name)
    if field is None or field in into:
        return False
    into[field] = (places.country(values[0]) or values[0]) if field == "flag" else values[0]
    for one in values[1:]:
        draft.detail(name, one)
    return True


def day_of(draft: Draft, text: str, problems: Problems) -> PartialDate | None:
    """Read a date, which may be a year or a month; one that cannot be read stays in the details."""
    try:
        found = partial_date(text)
    except PartyError as error:
        impossible(draft, error, text, problems)
        return None
    if found is None:
        draft.detail("date", text)
    return found
