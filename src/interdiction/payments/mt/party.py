"""Reads the party fields of SWIFT MT by their option: A, B, C, D, F, G, H, K, L and none.

Lines without numbers are a name and an address of which nobody says where one ends: the first line is the name, a
name that fills its line goes on in the next, and all lines together are looked into as text.
"""

from __future__ import annotations

import re
from typing import Final

from interdiction.model import Address, Identifier, PlaceKind, Role
from interdiction.names import countries
from interdiction.payments.draft import Draft, Gathered, country_at_end
from interdiction.payments.mt.blocks import Field
from interdiction.payments.mt.words import words

WIDTH: Final = 35
_BIC: Final = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?")
_IBAN: Final = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_NUMBERED: Final = re.compile(r"([1-8])/(.*)")
_PARTY_ID: Final = re.compile(r"([A-Z]{4})/([A-Z]{2})/(.*)", re.DOTALL)
_DAY: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_FULL: Final = 33
"""Characters from which a line may have been too short for its name."""
_LONG: Final = 20
_MOST_LINES: Final = 6


def read(field: Field, role: Role, gathered: Gathered) -> Draft:
    """Read one party field; what is wrong in it is a problem, and is looked into all the same."""
    draft = Draft(role, field.at)
    lines = field.text.split("\n")
    option = field.tag[2:]
    _widths(field, lines, gathered)
    if lines and lines[0].startswith("/"):
        _account(lines.pop(0), draft, field, gathered)
    elif option == "F" and lines and (found := _PARTY_ID.fullmatch(lines[0])) is not None:
        _party_id(found, draft, gathered, field)
        lines.pop(0)
    lines = [line for line in lines if line.strip()]
    if option in {"A", "G"} or (option in {"C", "P"} and lines):
        _bank(lines, draft, field, gathered)
    elif option == "F" or any(_NUMBERED.match(line) for line in lines[:1]):
        _numbered(lines, draft, field, gathered)
    else:
        _free(lines, draft, field, gathered)
    if not draft.says_something:
        gathered.doubt("no-party", f"field {field.tag} names nobody", field.at, field.text)
    return draft


def _widths(field: Field, lines: list[str], gathered: Gathered) -> None:
    if any(len(line) > WIDTH + 2 for line in lines):
        gathered.doubt(
            "mt-width", f"a line of field {field.tag} has more than {WIDTH} characters", field.at, field.text
        )
    if len(lines) > _MOST_LINES:
        gathered.doubt("mt-width", f"field {field.tag} has {len(lines)} lines", field.at, field.text)


def _account(line: str, draft: Draft, field: Field, gathered: Gathered) -> None:
    """Read `/account`, `/C/account` or `//CC123456`: an account, or a code of a national clearing system."""
    clearing = line.startswith("//")
    found = line.strip().lstrip("/")
    if re.match(r"[CD]/", found):
        found = found[2:]
    found = found.lstrip("/").strip()
    if not found or found.upper() == "NOTPROVIDED":
        return
    plain = found.replace(" ", "")
    if clearing:
        draft.identifiers.append(Identifier("bank_code", found))
    else:
        draft.account(plain if _IBAN.fullmatch(plain) else found, "iban" if _IBAN.fullmatch(plain) else "account")
    if re.search(r"[A-Za-z]{3}", found):
        gathered.text(found, field.at, "identifier")


def _party_id(found: re.Match[str], draft: Draft, gathered: Gathered, field: Field) -> None:
    code, country, number = found.groups()
    issuer = country.lower() if country.lower() in countries.known() else None
    draft.identifiers.append(Identifier(words().identifiers.get(code, "other"), number.strip(), issuer))
    if re.search(r"[A-Za-z]{3}", number):
        gathered.text(number, field.at, "identifier")


def _bank(lines: list[str], draft: Draft, field: Field, gathered: Gathered) -> None:
    if lines and _BIC.fullmatch(lines[0].strip()) is not None:
        draft.bic(lines[0].strip())
        rest = lines[1:]
    else:
        gathered.doubt("mt-bic", f"field {field.tag} holds no BIC", field.at, field.text)
        rest = lines
    if rest:
        if len(rest) < len(lines):
            gathered.doubt("mt-text", f"text stands behind the BIC of field {field.tag}", field.at, field.text)
        _free(rest, draft, field, gathered)


def _numbered(lines: list[str], draft: Draft, field: Field, gathered: Gathered) -> None:
    """Read the lines of option F: `1/name`, `2/street`, `3/country/town`, `4/born`, ..."""
    parts: dict[str, list[str]] = {}
    last = ""
    for line in lines:
        found = _NUMBERED.fullmatch(line)
        if found is None:
            gathered.doubt("mt-line", f"a line of field {field.tag} has no number", field.at, line)
            parts.setdefault(last or "1", []).append(line)
            continue
        if found[1] < last:
            gathered.doubt("mt-line", f"the lines of field {field.tag} are out of order", field.at, line)
        last = found[1]
        parts.setdefault(last, []).append(found[2])
    names = parts.pop("1", [])
    _names(names, draft, field, gathered)
    street = [*parts.get("2", [])]
    country, town = None, ""
    for line in parts.get("3", []):
        code, _, rest = line.partition("/")
        if country is None and code.strip().lower() in countries.known():
            country = code.strip().lower()
            gathered.place(code.strip(), field.at, PlaceKind.COUNTRY)
        elif country is None:
            gathered.doubt("country", "no country has this code", field.at, code)
            rest = line
        else:
            rest = line
        town = " ".join(filter(None, (town, rest.strip())))
    if town:
        gathered.place(town, field.at, PlaceKind.TOWN)
    if street or town or country:
        draft.addresses.append(Address(street=", ".join(street) or None, city=town or None, country=country))
    _born(parts, draft, field, gathered)
    for number in ("6", "7"):
        for line in parts.get(number, []):
            code, _, value = line.partition("/")
            issuer = code.strip().lower() if code.strip().lower() in countries.known() else None
            kind = "national_id" if number == "7" else "other"
            draft.identifiers.append(Identifier(kind, value.rpartition("/")[2].strip() or line.strip(), issuer))
    also = [*(names if len(names) > 1 else []), *(line for number in "2345678" for line in parts.get(number, []))]
    if also:
        gathered.text("\n".join(also), field.at, "address")


def _born(parts: dict[str, list[str]], draft: Draft, field: Field, gathered: Gathered) -> None:
    for line in parts.get("4", []):
        day = _DAY.fullmatch(line.strip())
        if day is None or not draft.born("-".join(day.groups())):
            gathered.doubt("birth-date", "the date of birth cannot be read", field.at, line)
    for line in parts.get("5", []):
        code, _, place = line.partition("/")
        if code.strip().lower() in countries.known():
            gathered.place(code.strip(), field.at, PlaceKind.COUNTRY)
        if place.strip() or line.strip():
            draft.places.append(place.strip() or line.strip())


def _free(lines: list[str], draft: Draft, field: Field, gathered: Gathered) -> None:
    """Read lines of a name and an address."""
    if not lines:
        return
    _names(lines[:2] if _goes_on(lines) else lines[:1], draft, field, gathered)
    gathered.text("\n".join(lines), field.at, "address")
    country = country_at_end(lines[-1]) if len(lines) > 1 else None
    if len(lines) > 1:
        draft.addresses.append(Address(street=", ".join(lines[1:]), country=country))


def _goes_on(lines: list[str]) -> bool:
    """Tell whether a name may go on in its second line."""
    return len(lines) > 1 and len(lines[0]) >= _LONG and not re.search(r"\d", lines[1])


def _names(lines: list[str], draft: Draft, field: Field, gathered: Gathered) -> None:
    """Add a name, and the ways in which two lines may be one name."""
    if not lines:
        return
    gathered.name(draft, lines[0], field.at)
    if len(lines) > 1:
        gathered.name(draft, " ".join(lines), field.at)
        if len(lines[0]) >= _FULL:
            gathered.name(draft, "".join(lines), field.at)
