"""What is gathered from a message while it is read: parties not yet complete, texts, places, references."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from interdiction.errors import PartyError
from interdiction.model import (
    Address,
    FreeText,
    Identifier,
    Part,
    PartialDate,
    Party,
    PaymentParty,
    Place,
    PlaceKind,
    Problem,
    Reference,
    Role,
)
from interdiction.names import countries

LONGEST_TEXT: Final = 100_000
"""Characters of one text; messages have none that is longer."""
LONGEST_NAME: Final = 10_000
_EVM: Final = re.compile(r"(?:0x|xdc)[0-9A-Fa-f]{40}")
_WALLET: Final = re.compile(r"(?:bc1[0-9a-z]{11,71}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|T[1-9A-HJ-NP-Za-km-z]{33})")
_LONGEST_PLACE: Final = 6
"""Words at the end of an address among which a country is looked for."""


class Draft:
    """A party while its fields are met one after the other."""

    __slots__ = (
        "addresses",
        "at",
        "births",
        "countries",
        "identifiers",
        "names",
        "part",
        "places",
        "residences",
        "role",
    )

    def __init__(self, role: Role, at: str, part: Part = Part.TRANSACTION) -> None:
        self.role, self.at, self.part = role, at, part
        self.names: list[str] = []
        self.identifiers: list[Identifier] = []
        self.addresses: list[Address] = []
        self.births: list[PartialDate] = []
        self.places: list[str] = []
        self.residences: list[str] = []

    @property
    def says_something(self) -> bool:
        """Whether anything is known by which the party could be screened."""
        return bool(self.names or self.identifiers)

    def bic(self, value: str) -> None:
        """Add a bank's code; one of eleven letters also stands for the bank of its first eight."""
        self.identifiers.append(Identifier("bic", value))
        if len(value) == 11 and not value.endswith("XXX"):
            self.identifiers.append(Identifier("bic", value[:8]))

    def account(self, value: str, kind: str = "account") -> None:
        """Add an account; one that is written like the address of a digital currency is a wallet as well."""
        self.identifiers.append(Identifier(kind, value))
        if is_wallet(value):
            self.identifiers.append(Identifier("wallet", value))

    def born(self, text: str) -> bool:
        """Add a date of birth; False where it is none."""
        try:
            self.births.append(PartialDate.parse(text[:10]))
        except PartyError:
            return False
        return True

    def done(self) -> PaymentParty:
        """Give the party as it stands now."""
        if not (self.names or self.addresses or self.residences or self.births or self.places):
            return PaymentParty(self.role, _numbered(tuple(self.identifiers)), self.at, self.part)
        party = Party(
            names=tuple(self.names),
            birth_dates=tuple(self.births),
            birth_places=tuple(self.places),
            residences=tuple(dict.fromkeys(self.residences)),
            identifiers=tuple(dict.fromkeys(self.identifiers)),
            addresses=tuple(self.addresses),
        )
        return PaymentParty(self.role, party, self.at, self.part)


class Gathered:
    """What one part of a message says; several are put together for one payment."""

    __slots__ = ("drafts", "places", "problems", "references", "texts")

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.texts: list[FreeText] = []
        self.places: list[Place] = []
        self.references: list[Reference] = []
        self.problems: list[Problem] = []

    def text(self, text: str, at: str, kind: str) -> None:
        """Add a text to look into, in pieces where it is longer than any message allows."""
        clean = text.replace("\x00", " ").strip()
        for start in range(0, len(clean), LONGEST_TEXT):
            self.texts.append(FreeText(clean[start : start + LONGEST_TEXT], at, kind))

    def name(self, draft: Draft, text: str, at: str) -> None:
        """Add a name to a party; what no name is long enough for is looked into as text."""
        plain = " ".join(text.replace("\x00", " ").split())
        if len(plain) > LONGEST_NAME:
            self.text(text, at, "other")
            self.problems.append(
                Problem(
                    code="cell-cut",
                    message=f"a name of more than {LONGEST_NAME} characters was cut",
                    node=at,
                    text=plain[:80],
                    mend="read the message and decide on it by hand",
                )
            )
            plain = plain[:LONGEST_NAME]
        if plain:
            draft.names.append(plain)

    def place(self, text: str, at: str, kind: PlaceKind) -> None:
        """Add a place that stands in a field of its own."""
        if text:
            self.places.append(Place(text.lower() if kind is PlaceKind.COUNTRY else text, at, kind))

    def doubt(self, code: str, message: str, at: str, text: str = "", *, expected: str = "", mend: str = "") -> None:
        """Add a problem; it holds the payment."""
        self.problems.append(
            Problem(
                code=code,
                message=message,
                node=at,
                text=" ".join(text.split())[:120],
                expected=expected,
                mend=mend or "ask the sender for a correct message, or decide on it by hand",
            )
        )


def together(parts: Iterable[Gathered]) -> Gathered:
    """Give the whole of several parts, in their order."""
    whole = Gathered()
    for one in parts:
        whole.drafts += one.drafts
        whole.texts += one.texts
        whole.places += one.places
        whole.references += one.references
        whole.problems += one.problems
    return whole


def is_wallet(account: str) -> bool:
    """Tell whether an account is written like the address of a digital currency."""
    return len(account) > 25 and bool(_EVM.fullmatch(account) or _WALLET.fullmatch(account))


@lru_cache(maxsize=1 << 14)
def _numbered(identifiers: tuple[Identifier, ...]) -> Party:
    """Give a party of which only numbers are known; banks come again in payment after payment."""
    return Party(identifiers=tuple(dict.fromkeys(identifiers)))


@lru_cache(maxsize=1 << 14)
def country_at_end(text: str) -> str | None:
    """Give the one country that the last words of an address name, as a code; None where they name none or several."""
    tokens = text.replace("/", " ").replace(",", " ").split()
    for length in range(min(_LONGEST_PLACE, len(tokens)), 0, -1):
        found = countries.codes(" ".join(tokens[-length:]))
        if found:
            word = tokens[-1]
            # Two letters at the end of a line are as often a state or an abbreviation as a country.
            return found[0] if len(found) == 1 and (length > 1 or len(word) > 2) else None
    return None
