"""Which column of a table is what: headers recognised without case, or named by the user."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from interdiction.errors import TableError, UsageError
from interdiction.model.identifier_types import COLUMNS

_ALSO_NUMBERED: Final[dict[str, tuple[str, ...]]] = {
    "national_id": ("id_card",),
    "tax_id": ("tin", "tax_number", "vat_number"),
    "registration": ("company_number",),
    "bic": ("swift", "swift_bic", "swift_code"),
    "wallet": ("wallet_address", "crypto_address"),
}
_NUMBERED: Final[dict[str, tuple[str, ...]]] = {
    kind: (kind, f"{kind}_no", f"{kind}_number", *_ALSO_NUMBERED.get(kind, ())) for kind in COLUMNS
}
"""Types of identifier (`docs/identifiers.md`) to the headers of columns that hold their bare values."""

FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "id": ("id", "customer_id", "client_id", "party_id", "record_id"),
    "name": ("name", "full_name", "customer_name", "client_name", "party_name", "entity_name", "company_name"),
    "alias": (
        "alias",
        "aliases",
        "names",
        "aka",
        "also_known_as",
        "other_names",
        "former_name",
        "former_names",
        "maiden_name",
    ),
    "first_name": ("first", "first_name", "given_name", "given_names", "forename", "forenames"),
    "middle_name": ("middle", "middle_name", "middle_names", "patronymic"),
    "last_name": ("last", "last_name", "surname", "family_name"),
    "kind": ("kind", "type", "party_type", "customer_type", "entity_type"),
    "gender": ("gender", "sex"),
    "born": ("born", "date_of_birth", "birth_date", "birth_dates", "birthdate", "dob"),
    "place_of_birth": ("place_of_birth", "birth_place", "birth_places", "birthplace", "pob"),
    "nationality": ("nationality", "nationalities", "citizenship", "citizenships", "jurisdiction"),
    "country": (
        "country",
        "countries",
        "country_code",
        "residence",
        "residences",
        "country_of_residence",
        "address_country",
    ),
    "city": ("city", "town", "locality", "region", "province", "oblast", "address_city", "city_of_residence"),
    "address": (
        "address",
        "addresses",
        "street",
        "street_address",
        "postal_address",
        "address_line",
        "residential_address",
    ),
    "identifiers": ("identifiers", "identifier", "ids"),
    **_NUMBERED,
}
"""Field to the headers that mean it, in the form that `plain` gives."""

NUMBERS: Final = tuple(_NUMBERED)
"""Fields whose cells are the bare value of an identifier of that type."""

NAMING: Final = ("name", "alias", "first_name", "middle_name", "last_name")

_MEANS: Final = {header: field for field, headers in FIELDS.items() for header in headers}
_BETWEEN: Final = re.compile(r"[\W_]+")


class Columns(msgspec.Struct, frozen=True):
    """Field to the places of its columns in the header, and the headers that nothing was made of."""

    places: dict[str, tuple[int, ...]]
    unused: tuple[str, ...]

    def of(self, field: str) -> tuple[str, ...]:
        """Give the columns of `field` by the names a sheet has for them."""
        return tuple(f"c{at}" for at in self.places.get(field, ()))


def plain(header: str) -> str:
    """Give a header without case, blanks and punctuation: `Date of Birth` and `date-of-birth` are the same."""
    return _BETWEEN.sub("_", header.strip("\ufeff").casefold()).strip("_")


def chosen_places(
    header: Sequence[str], chosen: Mapping[str, str], known: Mapping[str, object] | Sequence[str], file: str
) -> dict[str, tuple[int, ...]]:
    """Give the places of the columns that the user named, `{"name": "KUNDE"}`.

    Raises `UsageError` (`column`) for an unknown field, `TableError` (`no-such-column`) for a header the file lacks.
    """
    places: dict[str, tuple[int, ...]] = {}
    for field, wanted in chosen.items():
        if field not in known:
            raise UsageError(
                f"no field is called {field!r}",
                where=f"--column {field}={wanted}",
                code="column",
                mend=f"use one of {', '.join(known)}",
            )
        found = tuple(at for at, one in enumerate(header) if one == wanted) or tuple(
            at for at, one in enumerate(header) if plain(one) == plain(wanted)
        )
        if not found:
            raise TableError(
                f"there is no column {wanted!r}; there are {shown(header)}",
                where=file,
                code="no-such-column",
                mend=f"name one of them: --column {field}=HEADER",
            )
        places[field] = found
    return places


def recognise(header: Sequence[str], chosen: Mapping[str, str], file: str) -> Columns:
    """Tell which column is what; a column that the user named is that and nothing else.

    Raises `TableError` (`no-name-column`) when nothing holds a name, and what `chosen_places` raises.
    """
    places = chosen_places(header, chosen, FIELDS, file)
    taken = {at for several in places.values() for at in several}
    for at, text in enumerate(header):
        field = _MEANS.get(plain(text))
        if at not in taken and field is not None and field not in chosen:
            places[field] = (*places.get(field, ()), at)
    if not any(field in places for field in NAMING):
        raise TableError(
            f"no column holds a name; there are {shown(header)}",
            where=file,
            code="no-name-column",
            mend="say which one does: --column name=HEADER",
        )
    used = {at for several in places.values() for at in several}
    return Columns(places, tuple(text for at, text in enumerate(header) if at not in used and text))


def shown(header: Sequence[str]) -> str:
    """Give the headers for a message: the first thirty, each shortened."""
    listed = ", ".join(repr(text[:40]) for text in header[:30])
    return f"{listed} and {len(header) - 30} more" if len(header) > 30 else listed or "none"
