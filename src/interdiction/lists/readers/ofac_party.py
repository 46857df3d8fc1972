"""What the legacy and the XML formats of OFAC share: kinds, programmes, addresses, which list it is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from interdiction.lists.readers import places
from interdiction.model import Address, Kind, Listing, NameQuality

NULL = "-0-"

KINDS: dict[str, Kind] = {
    "": Kind.ORGANISATION,
    "entity": Kind.ORGANISATION,
    "individual": Kind.PERSON,
    "vessel": Kind.VESSEL,
    "aircraft": Kind.AIRCRAFT,
}
"""`SDN_Type` and `sdnType`, in lower case; the legacy files leave organisations without a word."""

QUALITIES: dict[str, NameQuality] = {
    "aka": NameQuality.STRONG,
    "nka": NameQuality.STRONG,
    "fka": NameQuality.FORMER,
}
"""`alt_type`; "now known as" is the name in use, so it is strong beside the older primary one."""

_NON_SDN = frozenset({"NS-PLC", "CMIC-EO13959", "561-RELATED", "561-Related", "UKRAINE-EO13662", "FSE-IR", "FSE-SY"})
"""Tags that most entries of the consolidated non-SDN file have and few SDN entries (1 % in 2023)."""

_PROGRAMMES = re.compile(r"\]\s*\[")
_POSTCODE = re.compile(r"^(\D*[^\W\d])\s+((?=\S*\d)\S{2,12}(?:\s+[A-Z0-9-]{1,5})*)$")
_COMMA = re.compile(r"(?<=\d),(?=\d{3}\b)")


def list_hint(listings: Iterable[Listing]) -> str:
    """`ofac-cons` where most listings carry tags of the non-SDN lists, else `ofac-sdn`."""
    total = non_sdn = 0
    for listing in listings:
        total += 1
        non_sdn += not _NON_SDN.isdisjoint(listing.programmes)
    return "ofac-cons" if non_sdn * 2 > total else "ofac-sdn"


def programmes(cell: str) -> list[str]:
    """Give the tags of one cell, written `NPWMD] [DPRK2`."""
    if "[" not in cell:
        return [cell.strip(" ]")] if cell else []
    return [tag for one in _PROGRAMMES.split(cell) if (tag := one.strip(" []"))]


def tonnage(text: str) -> str:
    """Give a tonnage without the commas that one format writes and the other does not."""
    return _COMMA.sub("", text)


def address(
    street: str = "", city: str = "", region: str = "", postal_code: str = "", country: str = "", remarks: str = ""
) -> Address | None:
    """Build one address; `None` where nothing is stated. `Region: Gaza` in the country field is a region as well."""
    if not (street or city or region or postal_code or country or remarks):
        return None
    if country.startswith("Region:"):
        region = region or country.removeprefix("Region:").strip()
        found = places.code(country)
    else:
        found = places.country(country)
    if not (street or city or region or postal_code or found or remarks):
        return None
    return Address(street or None, city or None, region or None, postal_code or None, found, remarks or None)


def address_of_cells(street: str, place: str, country: str, remarks: str) -> Address | None:
    """Read an address of `add.csv`, whose second cell packs city, state and postal code: `Moscow, Oblast 123112`."""
    city, comma, rest = place.partition(", ")
    region = postal_code = ""
    tail = rest if comma else city
    split = _POSTCODE.match(tail)
    if split is not None:
        tail, postal_code = split[1].rstrip(" ,"), split[2]
    if comma:
        region = tail
    else:
        city = tail
    return address(street, city, region, postal_code, country, remarks)
