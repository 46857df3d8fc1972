"""The schemata of FollowTheMoney that listings are shown as, each with those it is a kind of."""

from __future__ import annotations

from typing import Final

PARENTS: Final[dict[str, tuple[str, ...]]] = {
    "Thing": (),
    "LegalEntity": ("Thing",),
    "Person": ("LegalEntity", "Thing"),
    "Organization": ("LegalEntity", "Thing"),
    "Company": ("Organization", "LegalEntity", "Asset", "Thing"),
    "PublicBody": ("Organization", "LegalEntity", "Thing"),
    "Asset": ("Thing",),
    "Security": ("Asset", "Thing"),
    "Vehicle": ("Asset", "Thing"),
    "Vessel": ("Vehicle", "Asset", "Thing"),
    "Airplane": ("Vehicle", "Asset", "Thing"),
    "CryptoWallet": ("Thing",),
}


def is_a(schema: str, wanted: str) -> bool:
    """Tell whether a schema is another or a kind of it."""
    return schema == wanted or wanted in PARENTS.get(schema, ())
