"""Which column of a table of payments is what; whatever names no party and no amount is text to be screened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from interdiction.errors import TableError
from interdiction.model import Role
from interdiction.tables.columns import chosen_places, plain, shown

ROLES: Final = tuple(role for role in Role if role is not Role.REMITTANCE)
DETAILS: Final[dict[str, tuple[str, ...]]] = {
    "name": ("", "name"),
    "country": ("country",),
    "born": ("born", "date_of_birth", "dob"),
    "id": ("id", "identifier", "identifiers"),
    "kind": ("kind", "type"),
    "bic": ("bic", "swift"),
    "lei": ("lei",),
    "account": ("account", "iban"),
    "address": ("address",),
}
"""What a table may say of a party, to the endings of the column's name: `creditor`, `creditor_country`, ..."""

_PLAIN_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "id": ("id", "payment_id", "reference", "end_to_end_id", "transaction_id", "uetr"),
    "amount": ("amount", "instructed_amount"),
    "currency": ("currency", "ccy"),
    "date": ("date", "value_date", "execution_date", "payment_date", "booking_date"),
    "remittance": ("remittance", "remittance_information", "details", "description", "purpose", "narrative", "text"),
}

FIELDS: Final[dict[str, tuple[str, ...]]] = _PLAIN_FIELDS | {
    f"{role.value}_{detail}" if detail != "name" else role.value: tuple(
        f"{role.value}_{ending}".rstrip("_") for ending in endings
    )
    for role in ROLES
    for detail, endings in DETAILS.items()
}
"""Field to the headers that mean it."""

_MEANS: Final = {header: field for field, headers in FIELDS.items() for header in headers}


class Columns(msgspec.Struct, frozen=True):
    """Field to the place of its column, and the places of columns that are text of no known field."""

    places: dict[str, int]
    texts: tuple[int, ...]


def recognise(header: Sequence[str], chosen: Mapping[str, str], file: str) -> Columns:
    """Tell which column is what. A second column of the same field, and any unknown one, is screened as text.

    Raises `TableError` (`no-party-column`) when no column names a debtor, a creditor or another party.
    """
    places = {field: found[0] for field, found in chosen_places(header, chosen, FIELDS, file).items()}
    texts: list[int] = []
    for at, text in enumerate(header):
        field = _MEANS.get(plain(text))
        if at in places.values():
            continue
        if field is None or field in places:
            texts.append(at)
        else:
            places[field] = at
    if not any(role.value in places for role in ROLES):
        raise TableError(
            f"no column names a party; there are {shown(header)}",
            where=file,
            code="no-party-column",
            mend="say which ones do: --column debtor=HEADER --column creditor=HEADER",
        )
    return Columns(places, tuple(texts))
