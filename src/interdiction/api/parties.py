"""A party as a client of our own routes writes it, in the contract's JSON, and what is made of it."""

from __future__ import annotations

from datetime import date

import msgspec

from interdiction.errors import UsageError
from interdiction.model import Address, Identifier, Name, NameQuality, Party
from interdiction.names.countries import code
from interdiction.screening.asked import nothing


class NameIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One name; `quality` is primary, strong, weak or former."""

    text: str
    quality: str = "primary"


class IdentifierIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number by its type, such as passport or imo (docs/identifiers.md)."""

    type: str
    value: str
    country: str | None = None


class PartyIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to look for; everything but a name or an identifier may be left out."""

    id: str | None = None
    kind: str | None = None
    names: list[str | NameIn] = []
    birth_dates: list[str] = []
    birth_places: list[str] = []
    gender: str | None = None
    nationalities: list[str] = []
    citizenships: list[str] = []
    residences: list[str] = []
    countries: list[str] = []
    identifiers: list[str | IdentifierIn] = []
    addresses: list[str] = []

    def party(self) -> Party:
        """Give the party. Raises `PartyError` for a field that cannot be, `UsageError` where nobody is described."""
        party = Party(
            id=self.id,
            kind=self.kind,
            names=[one if isinstance(one, str) else Name(one.text, _quality(one.quality)) for one in self.names],
            birth_dates=self.birth_dates,
            birth_places=self.birth_places,
            gender=self.gender,
            nationalities=_codes(self.nationalities),
            citizenships=_codes(self.citizenships),
            residences=_codes(self.residences),
            countries=_codes(self.countries),
            identifiers=[_identifier(one) for one in self.identifiers],
            addresses=[Address(street=one) for one in self.addresses],
        )
        if nothing(party):
            raise UsageError(
                "there is no name to look for and no identifier",
                where="names",
                mend="give a name with a letter or a digit, or an identifier",
                code="no-name",
            )
        return party


class CheckIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One party to screen. `record` decides at the policy's floor and keeps the decision."""

    party: PartyIn
    threshold: float | None = None
    as_of: date | None = None
    lists: list[str] = []
    record: bool = False


class ScreenIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Several parties to screen in one native call."""

    parties: list[PartyIn]
    threshold: float | None = None
    as_of: date | None = None
    lists: list[str] = []
    record: bool = False


def _quality(word: str) -> NameQuality:
    try:
        return NameQuality(word)
    except ValueError as error:
        raise UsageError(
            f"no name is of the quality {word[:40]!r}",
            where="names",
            mend=f"use {', '.join(NameQuality)}",
            code="quality",
        ) from error


def _identifier(one: str | IdentifierIn) -> Identifier:
    if isinstance(one, str):
        return Identifier.parse(one)
    return Identifier(one.type.strip().lower(), one.value.strip(), (one.country or "").strip().lower() or None)


def _codes(texts: list[str]) -> list[str]:
    """Give codes of countries given in words; what is none stays, and is said beside the answer."""
    return [code(text) or text.lower() for text in texts]
