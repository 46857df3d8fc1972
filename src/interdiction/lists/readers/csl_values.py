"""What the Consolidated Screening List packs into one cell: addresses, numbers with their dates, damaged letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from interdiction.lists.readers import places
from interdiction.lists.readers.dates import exact_day
from interdiction.model import Address

_LAND: Final = re.compile(r"[A-Z]{2}")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_CONTROLS: Final = {code: bytes([code]).decode("cp1252", errors="replace") for code in range(0x80, 0xA0)}
"""Letters of cp1252 that came through as control signs (`Xi\\x92an`)."""


class Paper(msgspec.Struct, frozen=True):
    """One number: its label, its value, and country and dates under the names of OFAC's plain XML."""

    label: str
    number: str
    said: Mapping[str, str]


def repaired(text: str) -> str:
    """Give a text with the signs that an editor of the list damaged put right."""
    return text if text.isascii() else text.translate(_CONTROLS)


def csv_address(text: str) -> Address | None:
    """Read `Lindenstrasse 2, Baar, 6340, CH`: the parts before the country stay together, since any may lack."""
    body, comma, land = text.strip().rpartition(", ")
    known = places.code(land) if _LAND.fullmatch(land) else None
    if known is None:
        body = text.strip()
    elif not comma:
        body = ""
    return Address(street=body or None, country=known) if body or known else None


def json_address(said: object) -> Address | None:
    """Read one address of the JSON."""
    if not isinstance(said, Mapping):
        return csv_address(str(said)) if said else None
    parts = {str(key): repaired(str(value)).strip() for key, value in said.items() if value}
    land = places.country(parts.pop("country", None))
    found = (parts.pop("address", ""), parts.pop("city", ""), parts.pop("state", ""), parts.pop("postal_code", ""))
    rest = "; ".join(parts.values())
    if not any(found) and not land and not rest:
        return None
    street, city, region, code = found
    return Address(street or None, city or None, region or None, code or None, land, rest or None)


def csv_papers(cell: str) -> Iterator[Paper]:
    """Read `JO, 2014-08-30, 2009-08-31, K475336, Passport; Male, Gender`.

    Before the number stand the country, the day of expiry and the day of issue, each only where it is known; of a
    single day nothing says which of the two it is, and it stays with the number's label as text.
    """
    for one in cell.split("; "):
        body, comma, label = one.strip().rpartition(", ")
        if not comma:
            if label:
                yield Paper("", label, {})
            continue
        said: dict[str, str] = {}
        head, comma, rest = body.partition(", ")
        if comma and _LAND.fullmatch(head) and places.code(head):
            said["idCountry"], body = head, rest
        days = []
        while (found := body.partition(", "))[1] and _DAY.fullmatch(found[0]) and exact_day(found[0]):
            days.append(found[0])
            body = found[2]
        if len(days) == 2:
            said |= {"expirationDate": days[0], "issueDate": days[1]}
        elif days:
            said["issueDate"] = f"{' '.join(days)} or expiry"
        yield Paper(label, body, said)


def json_papers(said: Iterable[Any]) -> Iterator[Paper]:
    """Read the numbers of the JSON."""
    for one in said:
        if not isinstance(one, Mapping):
            yield from csv_papers(str(one))
            continue
        parts = {str(key): repaired(str(value)).strip() for key, value in one.items() if value}
        names = (("country", "idCountry"), ("issue_date", "issueDate"), ("expiration_date", "expirationDate"))
        dates = {ours: parts[theirs] for theirs, ours in names if theirs in parts}
        yield Paper(parts.get("type", ""), parts.get("number", ""), dates)
