"""What the United Kingdom says of one party, from named values to a draft: the same for every British file.

1. A name of an unstated strength is strong: of an unstated quality nothing may be held against it.
2. The measures are those the entry states; a measure that no word fits is `menu`: somebody has to read it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec.structs import replace

from interdiction.lists.readers import places
from interdiction.lists.readers.collected import Collected
from interdiction.lists.readers.documents import OTHER, word_in
from interdiction.lists.readers.draft import FORMER_FLAGS, Draft
from interdiction.lists.readers.packed import dated, numbers, several, squeeze
from interdiction.lists.readers.scripts import script_of
from interdiction.model import (
    Address,
    Contact,
    Designation,
    Gender,
    Identifier,
    Kind,
    Measure,
    Name,
    NamePart,
    NameQuality,
    Relation,
)

Said = Mapping[str, str]

_KINDS = {"individual": Kind.PERSON, "entity": Kind.ORGANISATION, "ship": Kind.VESSEL}
_GENDERS = {"male": Gender.MALE, "female": Gender.FEMALE, "m": Gender.MALE, "f": Gender.FEMALE}
_QUALITIES = {
    "primaryname": NameQuality.PRIMARY, "primealias": NameQuality.PRIMARY,
    "primarynamevariation": NameQuality.STRONG, "primealiasvariation": NameQuality.STRONG,
    "alias": NameQuality.STRONG, "aka": NameQuality.STRONG, "fka": NameQuality.FORMER,
    "formername": NameQuality.FORMER, "formerlyknownas": NameQuality.FORMER,
}  # fmt: skip
_MEASURES = {
    "assetfreeze": Measure.ASSET_FREEZE, "travelban": Measure.TRAVEL_BAN, "armsembargo": Measure.ARMS_EMBARGO,
    "targetedarmsembargo": Measure.ARMS_EMBARGO, "charteringofships": Measure.TRADE, "deflag": Measure.TRADE,
    "crewservicingofshipsandaircraft": Measure.TRADE, "prohibitionofportentry": Measure.TRADE,
    "preventionofcharteringofships": Measure.TRADE, "preventionofcharteringofshipsandaircraft": Measure.TRADE,
    "technicalassistancerelatedtoaircraft": Measure.TRADE, "trustservicessanctions": Measure.TRADE,
    "trustservicessanction": Measure.TRADE, "preventionofbusinessarrangements": Measure.MENU,
    "closureofrepresentativeoffices": Measure.MENU, "directordisqualificationsanction": Measure.MENU,
    "directordisqualification": Measure.MENU, "specifiedship": Measure.TRADE,
}  # fmt: skip
_SIGNS = re.compile(r"[\W_]+")
_UN_REFERENCE = re.compile(
    r"\bUN\s+(?:Ref(?:erence)?|REF)\.?\s*(?:No\.?|Number)?\s*[:.]?\s*([A-Z]{1,3}[A-Za-z]?[\w.]*\d)"
)
_IMO = re.compile(r"\bIMO(?:\s+(?:number|no\.?))?\s*[:.]?\s*(\d{7})\b", re.IGNORECASE)
_MMSI = re.compile(r"\bMMSI(?:\s+(?:number|no\.?))?\s*[:.]?\s*(\d{9})\b", re.IGNORECASE)
_BIC = re.compile(r"\bSWIFT(?:/BIC)?(?: code)?\s*[:.]?\s*([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b")
_REGISTERS = re.compile(
    r"\b(?P<label>INN|ИНН|TIN|OGRN|ОГРН|KPP|КПП|OKPO|ОКПО|BIK|БИК|SWIFT(?:/BIC)?|LEI|UNP|"
    r"VAT(?: number)?|Tax (?:ID|identification number))"
    r"(?: number| no\.?| code)?\s*[:.)-]*\s*(?P<value>[A-Z0-9][A-Z0-9-]{4,24})\b"
)
_REGISTER_WORDS = {
    "inn": "tax_id", "инн": "tax_id", "tin": "tax_id", "unp": "tax_id", "kpp": "other", "кпп": "other",
    "okpo": "statistics_code", "окпо": "statistics_code", "bik": "bank_code", "бик": "bank_code", "lei": "lei",
    "ogrn": "registration", "огрн": "registration",
}  # fmt: skip
_BETWEEN_EMAILS = re.compile(r"[;,\s]+")


@lru_cache(maxsize=1 << 12)
def key_of(text: str) -> str:
    """Give a word of the publisher as it compares: letters and digits, lower case."""
    return _SIGNS.sub("", text).lower()


def kind(draft: Draft, word: str, into: Collected) -> None:
    """Individual, entity or ship."""
    found = _KINDS.get(key_of(word))
    if found is None and word:
        into.new_word("type of party", word)
        draft.detail("type of party", word)
    draft.kind = draft.kind or found


def name(draft: Draft, said: Said, word: str, strength: str, into: Collected) -> None:
    """One name: the last of its parts, `name6`, is the family name of a person and the whole of other names."""
    rest = [squeeze(said[key]) for key in ("name1", "name2", "name3", "name4", "name5") if said.get(key)]
    last = squeeze(said.get("name6", ""))
    text = " ".join((*rest, last)).strip()
    quality = _QUALITIES.get(key_of(word), NameQuality.STRONG)
    if word and key_of(word) not in _QUALITIES:
        into.new_word("name type", word)
    if "low" in strength.lower() and quality is not NameQuality.PRIMARY:
        quality = NameQuality.WEAK
    parts: tuple[NamePart, ...] = ()
    if rest and draft.kind is not Kind.ORGANISATION:
        parts = (NamePart("given", rest[0]), *(NamePart("middle", one) for one in rest[1:]))
        parts += (NamePart("family", last),) if last else ()
    note = "; ".join(one for one in (word if key_of(word) not in _QUALITIES else "", strength) if one)
    draft.call(Name(text, quality, script_of(text), None, parts, note or None))


def other_script(draft: Draft, text: str, script: str, language: str) -> None:
    """Take a name in its own script; which script and language are kept as the publisher words them."""
    note = "; ".join(one for one in (script, language) if one)
    draft.call(Name(squeeze(text), NameQuality.STRONG, script_of(text), None, (), note or None))


def address(draft: Draft, lines: list[str], postcode: str, land: str) -> None:
    """Six lines, of which the last is the town as a rule, a code that may be a box, and a country with remarks."""
    street = ", ".join(squeeze(line) for line in lines[:5] if line)
    town, country = squeeze(lines[5]) if len(lines) > 5 else "", places.country(land)
    remark = squeeze(land) if country and len(country) == 2 and "(" in land else None
    if street or town or postcode or country:
        draft.addresses.append(Address(street or None, town or None, None, squeeze(postcode) or None, country, remark))


def born(draft: Draft, text: str, into: Collected) -> None:
    """One date of birth, with holes where day or month is not known."""
    day = dated(text, draft.line, into.problems)
    if day is not None:
        draft.birth_dates.append(day)
    elif squeeze(text):
        draft.detail("date of birth", squeeze(text))


def birth_places(draft: Draft, town: str, land: str) -> None:
    """Towns and countries, each perhaps numbered; they belong together where there is one country, or as many."""
    towns, lands = several(town), several(land)
    if len(lands) == 1 or len(towns) == len(lands):
        pairs = zip(towns, lands * (len(towns) if len(lands) == 1 else 1), strict=True) if towns else ()
        draft.birth_places += [", ".join(pair) for pair in pairs] or list(lands)
    else:
        draft.birth_places += [*towns, *lands]


def nationalities(draft: Draft, text: str) -> None:
    """Take nationalities, several perhaps in one cell; what stands in brackets is kept."""
    for one in several(text):
        if land := places.country(one):
            draft.nationalities.append(land)
        draft.detail("nationality", one if "(" in one else None)


def document(draft: Draft, word: str, text: str, more: str) -> None:
    """Passports or national numbers, several perhaps in one cell, with what is said of them."""
    found, rest = numbers("passport" if word == "passport" else "national_id", text, more)
    for one in found:
        meant = OTHER if word == "passport" else word_in(one.note or "")
        draft.identifiers.append(one if meant == OTHER else replace(one, type=meant))
    draft.detail(word, "; ".join(part for part in (rest, "" if found else squeeze(more)) if part))


def registration(draft: Draft, text: str) -> None:
    """Numbers of registers; the labels INN, OGRN and their like tell which."""
    found = list(_REGISTERS.finditer(text))
    for one in found:
        label = one["label"].lower()
        word = "bic" if label.startswith("swift") else _REGISTER_WORDS.get(label, "tax_id")
        draft.identifiers.append(Identifier(word, one["value"], note=squeeze(text)))
    if not found:
        made, rest = numbers("registration", text)
        draft.identifiers += made
        draft.detail("business registration number", rest)


def contacts(draft: Draft, word: str, text: str) -> None:
    """Telephone numbers, addresses of mail, websites."""
    parts = _BETWEEN_EMAILS.split(text) if word == "email" and text.count("@") > 1 else several(text)
    draft.contacts += [Contact(word, one) for one in parts if one]


def gender(draft: Draft, text: str, into: Collected) -> None:
    """As published; two that disagree are none."""
    found = _GENDERS.get(key_of(text))
    if found is not None and draft.gender in {None, found}:
        draft.gender = found
    elif text:
        if found is None:
            into.new_word("gender", text)
        draft.detail("gender", text)


def ship(draft: Draft, said: Said) -> None:
    """Take what is said of a ship; an owner is a tie as well."""
    for key, field in (
        ("currentbelievedflagofship", "flag"), ("typeofship", "type"), ("tonnageofship", "tonnage"),
        ("currentowneroperators", "owner"), ("yearbuilt", "built"),
    ):  # fmt: skip
        if said.get(key) and draft.vessel.setdefault(field, squeeze(said[key])) != squeeze(said[key]):
            draft.detail(key, squeeze(said[key]))
    flags = [one for one in draft.vessel.get("former_flags", "").split(FORMER_FLAGS) if one]
    if said.get("previousflags") and squeeze(said["previousflags"]) not in flags:
        draft.vessel["former_flags"] = FORMER_FLAGS.join((*flags, squeeze(said["previousflags"])))
    for key, former in (("currentowneroperators", False), ("previousowneroperators", True)):
        draft.relations += [Relation("owned_by", one, former=former) for one in several(said.get(key, ""))]
    draft.detail("length of ship", said.get("lengthofship"))
    if said.get("imonumber"):
        text = squeeze(said["imonumber"])
        value = text.upper().removeprefix("IMO").strip(" :.")
        draft.identifiers.append(Identifier("imo", value, note="IMO number" if value == text else text))
    if said.get("hullidentificationnumberhin"):
        draft.identifiers.append(
            Identifier("other", squeeze(said["hullidentificationnumberhin"]), note="Hull identification number (HIN)")
        )


def ties(draft: Draft, parents: str, subsidiaries: str) -> None:
    """Parent companies and subsidiaries; the name stands as it is written, numbered or not."""
    draft.relations += [Relation("owned_by", one, note="parent company") for one in several(parents)]
    draft.relations += [Relation("owns", one, note="subsidiary") for one in several(subsidiaries)]


def measures(imposed: str, flags: Said, into: Collected, draft: Draft) -> tuple[Measure, ...]:
    """Give the measures an entry states: in one text parted by bars, and as flags that are true."""
    words = [one.strip() for one in imposed.split("|") if one.strip()]
    words += [flag for flag, value in flags.items() if value.lower() in {"true", "1", "yes"}]
    found: list[Measure] = []
    for word in words:
        measure = _MEASURES.get(key_of(word))
        if measure is None:
            into.new_word("Sanctions Imposed", word)
            measure = Measure.MENU
        found.append(measure)
    draft.detail("sanctions imposed", squeeze(imposed))
    return tuple(dict.fromkeys(found))


def designate(
    draft: Draft, regime: str, listed: str, amended: str, imposed: tuple[Measure, ...], into: Collected
) -> None:
    """Note the regime with its days; the rows of one party that repeat it are one designation."""
    programme = squeeze(regime)
    draft.programmes.append(programme)
    on, changed = dated(listed, draft.line, into.problems), dated(amended, draft.line, into.problems)
    made = Designation(
        programme,
        measures=imposed,
        listed_on=on.first if on else None,
        amended_on=(changed.first,) if changed else (),
    )
    for at, standing in enumerate(draft.designations):
        if standing.programme == programme and made.listed_on in {None, standing.listed_on}:
            whole = replace(
                standing,
                amended_on=tuple(sorted({*standing.amended_on, *made.amended_on})),
                measures=tuple(dict.fromkeys((*standing.measures, *imposed))),
            )
            draft.designations = (*draft.designations[:at], whole, *draft.designations[at + 1 :])
            return
    draft.designations = (*draft.designations, made)


def remark(draft: Draft, label: str, text: str) -> None:
    """Add a text to the remarks, once; the numbers of ships and banks in it are read as well."""
    body = html.unescape(text).strip()
    told = f"{label}: {body}" if body and label else body
    standing = (draft.remarks or "").split("\n")
    if not told or told in standing:
        return
    draft.remarks = f"{draft.remarks}\n{told}" if draft.remarks else told
    for pattern, word in ((_IMO, "imo"), (_MMSI, "mmsi"), (_BIC, "bic")):
        draft.identifiers += [Identifier(word, one, note=word.upper()) for one in pattern.findall(body)]
    if draft.kind is Kind.ORGANISATION and _IMO.search(body):
        draft.kind = None
    reference = _UN_REFERENCE.search(body)
    if reference is not None and draft.reference is None:
        draft.reference = reference[1]
