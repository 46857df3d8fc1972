"""The table of labels in OFAC's remarks, and of the `idType` words of its XML, with what each one fills.

A rule takes the draft, its own label, the text behind it and whether the text ends the remark (and so carries
its full stop); it answers whether it understood, and raises `PartyError` for an impossible date. Both formats
use the same table, so that the same fact gives the same field.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from interdiction.errors import PartyError
from interdiction.lists.readers import places
from interdiction.lists.readers.dates import partial_date
from interdiction.lists.readers.documents import KEPT, OTHER, TYPES, WALLET_LABEL
from interdiction.lists.readers.draft import FORMER_FLAGS, Draft
from interdiction.lists.readers.identifiers import identifier, labelled
from interdiction.model import Contact, Gender, Identifier, NameQuality, Relation

Rule = Callable[[Draft, str, str, bool], bool]

_GENDERS = {"male": Gender.MALE, "female": Gender.FEMALE}
_QUOTES = "'\"\u2018\u2019\u201c\u201d"
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
_SITE = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_TICKER = re.compile(r"(?:- )?([A-Z0-9]{2,10}) (\S{10,})")
_SHAPE = re.compile(r"([A-Z][^0-9'()]{2,60}?(?:No\.|Number|#|ID|Code|Card|Certificate|License|Passport)):? (.*\d.*)")
_INSIDE = re.compile(r"\bIMO(?: Number)?:? (\d{7})\b")


def _birth_date(draft: Draft, _label: str, text: str, _last: bool) -> bool:
    read = partial_date(text)
    if read is not None:
        draft.birth_dates.append(read)
    return read is not None


def _founded(draft: Draft, _label: str, text: str, _last: bool) -> bool:
    read = partial_date(text)
    if read is not None:
        draft.founded.append(read)
    return read is not None


def _birth_place(draft: Draft, _label: str, text: str, last: bool) -> bool:
    place = sentence(text, last=last)
    if place:
        draft.birth_places.append(place)
    return bool(place)


def _nationality(draft: Draft, label: str, text: str, _last: bool) -> bool:
    said = text.rstrip(" .")
    if said.lower().startswith(("possibly ", "probably ")):
        tie = places.country(said.split(" ", 1)[1])
        if tie:
            draft.countries.append(tie)
        return True
    tie = places.country(said)
    if tie:
        (draft.citizenships if label.lower() == "citizen" else draft.nationalities).append(tie)
    return True


def _registered_in(draft: Draft, _label: str, text: str, _last: bool) -> bool:
    tie = places.country(text.rstrip(" ."))
    if tie:
        draft.countries.append(tie)
    return True


def _gender(draft: Draft, _label: str, text: str, _last: bool) -> bool:
    read = _GENDERS.get(text.strip(" .").lower())
    draft.gender = draft.gender or read
    return read is not None


def _weak_alias(draft: Draft, _label: str, text: str, _last: bool) -> bool:
    """OFAC puts weak aliases into the remarks, in quotes, and only there (dat_spec, "the disposition of aliases")."""
    name = text.strip().removesuffix(".") if text.rstrip().endswith(("'.", '".')) else text.strip()
    if len(name) >= 2 and name[0] in _QUOTES:
        name = name[1:-1] if name[-1] in _QUOTES else name[1:]
    doubled = len(name) >= 2 and name[0] in _QUOTES and name[-1] == name[0]
    name = (name[1:-1] if doubled else name).strip()
    draft.alias(name, NameQuality.WEAK)
    return bool(name)


def _trade_name(draft: Draft, _label: str, text: str, last: bool) -> bool:
    draft.alias(sentence(text, last=last).strip(_QUOTES), NameQuality.STRONG)
    return True


def _linked(draft: Draft, _label: str, text: str, last: bool) -> bool:
    name = sentence(text, last=last)
    if name:
        draft.relations.append(Relation("linked_to", name))
    return bool(name)


def _document(draft: Draft, label: str, text: str, _last: bool) -> bool:
    wrong: list[PartyError] = []
    known = add_document(draft, labelled(TYPES[label], label, text, wrong))
    if wrong:
        raise wrong[0]
    return known


def add_document(draft: Draft, found: Identifier | None) -> bool:
    """Add an identifier that could be read."""
    if found is not None:
        draft.identifiers.append(found)
    return found is not None


def _wallet(draft: Draft, _label: str, text: str, _last: bool) -> bool:
    read = _TICKER.match(text.rstrip(" ."))
    if read is not None:
        draft.identifiers.append(Identifier("wallet", read[2], note=read[1]))
    return read is not None


def _contact(kind: str) -> Rule:
    def rule(draft: Draft, _label: str, text: str, _last: bool) -> bool:
        value = text.strip().rstrip(".").strip(" :")
        if value:
            draft.contacts.append(Contact(kind, value))
        return bool(value)

    return rule


def _vessel(field: str) -> Rule:
    def rule(draft: Draft, _label: str, text: str, _last: bool) -> bool:
        value = text.strip().rstrip(".")
        if field in {"flag", "former_flags"}:
            value = places.country(value) or ""
        if field == "former_flags":
            known = draft.vessel.get(field)
            value = f"{known}{FORMER_FLAGS}{value}" if known and value else value or known or ""
        if value:
            draft.vessel[field] = value
        return True

    return rule


def _aircraft(field: str) -> Rule:
    def rule(draft: Draft, _label: str, text: str, _last: bool) -> bool:
        value = text.strip().rstrip(".")
        if field == "manufactured":
            read = partial_date(value)
            value = str(read) if read is not None else value
        if value:
            draft.aircraft[field] = value
        return bool(value)

    return rule


def kept(_draft: Draft, _label: str, _text: str, _last: bool) -> bool:
    """Leave a part in the remarks: no field holds it, but it is known."""
    return True


def by_shape(draft: Draft, text: str) -> bool:
    """Read a part whose label no table has, by its shape: an address, a site, an unknown document with a number."""
    body = text.rstrip(" .")
    contact = _ADDRESS.search(body)
    if contact is not None:
        draft.contacts.append(Contact("email", contact[0]))
        return True
    site = _SITE.match(body)
    if site is not None:
        draft.contacts.append(Contact("website", site[0]))
        return True
    ship = _INSIDE.search(body)
    if ship is not None:
        return add_document(draft, Identifier("imo", ship[1], note="IMO"))
    shaped = _SHAPE.fullmatch(body)
    if shaped is None:
        return False
    return add_document(draft, identifier(OTHER, shaped[1], shaped[2]))


def sentence(text: str, *, last: bool) -> str:
    """Give a name or a place without the full stop of the remark; the stop of an abbreviation (`S.A.`) stays."""
    body = text.strip()
    if last and body.endswith(".") and "." not in body.rsplit(" ", 1)[-1][:-1]:
        body = body[:-1].rstrip()
    return body


RULES: dict[str, Rule] = {
    **dict.fromkeys(TYPES, _document),
    **dict.fromkeys(KEPT, kept),
    **dict.fromkeys(("DOB", "D.O.B.", "Date of Birth"), _birth_date),
    **dict.fromkeys(("POB", "P.O.B.", "Place of Birth"), _birth_place),
    **dict.fromkeys(("nationality", "citizen", "Nationality", "Citizen"), _nationality),
    **dict.fromkeys(("a.k.a.", "f.k.a.", "n.k.a."), _weak_alias),
    **dict.fromkeys(("Website", "website"), _contact("website")),
    **dict.fromkeys(("Email Address", "Email", "EMAIL", "E-mail", "E-Mail"), _contact("email")),
    **dict.fromkeys(("Phone Number", "Phone No.", "Phone", "PHONE", "Telephone Number", "Telephone No.", "Telephone",
                     "Telephone Nos.", "Tel.", "Mobile Phone"), _contact("telephone")),
    **dict.fromkeys(("Fax Number", "Fax No.", "Fax", "FAX"), _contact("fax")),
    **dict.fromkeys(("Aircraft Manufacture Date",), _aircraft("manufactured")),
    **dict.fromkeys(("Former Vessel Flag", "Previous Vessel Flag"), _vessel("former_flags")),
    **dict.fromkeys(("Doing business as", "doing business as", "d.b.a."), _trade_name),
    "Nationality of Registration": _registered_in,
    "Gender": _gender,
    "Organization Established Date": _founded,
    "Linked To": _linked,
    WALLET_LABEL: _wallet,
    "Aircraft Model": _aircraft("model"),
    "Aircraft Operator": _aircraft("operator"),
    "Aircraft Owner": _aircraft("owner"),
    "Vessel Year of Build": _vessel("built"),
    "Vessel Flag": _vessel("flag"),
    "Vessel Call Sign": _vessel("call_sign"),
    "Vessel Type": _vessel("type"),
    "Vessel Owner": _vessel("owner"),
    "Vessel Gross Registered Tonnage": _vessel("gross_tonnage"),
}  # fmt: skip
"""Label to rule. A label ends before a blank, a colon or the end of the part."""
