"""The words for types of identifier, narrow as the registers are (docs/identifiers.md); any other is kept and said."""

from __future__ import annotations

from typing import Final

OF_PEOPLE: Final = (
    *("passport", "travel_document", "national_id", "residency", "ssn", "voter_id", "military_id"),
    *("birth_certificate", "driving_licence", "visa", "professional_licence"),
)
OF_ORGANISATIONS: Final = (
    *("registration", "tax_id", "lei", "bic", "bank_code", "duns", "statistics_code", "business_licence"),
    *("isin", "container_code"),
)
OF_CRAFT: Final = ("imo", "mmsi", "tail_number", "serial_number", "transponder")
COLUMNS: Final = (*OF_PEOPLE, *OF_ORGANISATIONS, *OF_CRAFT, "wallet")
"""Types of which a column of a table may hold the bare values."""
TYPES: Final = frozenset((*COLUMNS, "iban", "account", "other"))
"""All words: `account` is a payment's own, of a bank account that is no IBAN."""
