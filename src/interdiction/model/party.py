"""The party: who stands on either side, a customer, a payee, or somebody a list names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import force_setattr

from interdiction.errors import PartyError
from interdiction.model.dates import PartialDate


class Kind(StrEnum):
    """What a party is; a party whose kind is not known is compared with all."""

    PERSON = "person"
    ORGANISATION = "organisation"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"
    WALLET = "wallet"


class NameQuality(StrEnum):
    """How a name may be used: a weak alias alone never blocks (OFAC FAQ 122-125)."""

    PRIMARY = "primary"
    STRONG = "strong"
    WEAK = "weak"
    FORMER = "former"


class Gender(StrEnum):
    """As published; not stated is `None`."""

    MALE = "male"
    FEMALE = "female"


class NamePart(msgspec.Struct, frozen=True, gc=False):
    """One part of a name as the publisher divides it.

    `type` is family, given, middle, patronymic, matronymic, maiden, nickname, prefix, suffix, title or whole.
    """

    type: str
    text: str


class Name(msgspec.Struct, frozen=True, omit_defaults=True):
    """One name in the publisher's own spelling and order.

    `script` is an ISO 15924 code when it was stated or shows from the letters, `language` an ISO 639 code when it
    was stated. `parts` are the publisher's own division, in the publisher's order; `note` is what it says of this
    name alone (its own word for the quality, where it is used).
    """

    text: str
    quality: NameQuality = NameQuality.PRIMARY
    script: str | None = None
    language: str | None = None
    parts: tuple[NamePart, ...] = ()
    note: str | None = None


class Identifier(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A typed number that identifies a party, with the country that issued it (ISO 3166-1 alpha-2, lower case).

    `type` is one of the words of `docs/identifiers.md` (`passport`, `national_id`, `tax_id`, `registration`,
    `lei`, `bic`, `imo`, `mmsi`, `tail_number`, `serial_number`, `wallet`, ...); `value` is as published.
    `note` keeps what the type word loses: the publisher's own label, the ticker of a wallet address.
    """

    type: str
    value: str
    country: str | None = None
    issued: PartialDate | None = None
    expires: PartialDate | None = None
    note: str | None = None

    @classmethod
    def parse(cls, text: str) -> Identifier:
        """Read `type:value` or `type:value@country`, the form of the command's `--id`."""
        kind, colon, rest = text.partition(":")
        value, _, country = rest.rpartition("@") if "@" in rest else (rest, "", "")
        if not colon or not kind.strip() or not value.strip():
            raise PartyError(
                f"not an identifier: {text!r}", code="identifier", mend="write type:value or type:value@cc"
            )
        return cls(kind.strip().lower(), value.strip(), country.strip().lower() or None)


class Address(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One address, in parts where the publisher gave parts; `country` is a code, or the text when no code fits."""

    street: str | None = None
    city: str | None = None
    region: str | None = None
    postal_code: str | None = None
    country: str | None = None
    remarks: str | None = None


class Contact(msgspec.Struct, frozen=True, gc=False):
    """A telephone or fax number, an e-mail address or a website; `type` is one of those words."""

    type: str
    value: str


class Vessel(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What a list says of a ship besides its numbers, which are identifiers."""

    call_sign: str | None = None
    type: str | None = None
    tonnage: str | None = None
    gross_tonnage: str | None = None
    flag: str | None = None
    former_flags: tuple[str, ...] = ()
    owner: str | None = None
    built: str | None = None


class Aircraft(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What a list says of an aircraft besides its numbers, which are identifiers."""

    model: str | None = None
    operator: str | None = None
    manufactured: str | None = None
    owner: str | None = None


class Party(msgspec.Struct, frozen=True, omit_defaults=True):
    """A party with everything known of it. Constructors accept plain strings and turn them into the typed forms.

    Country fields hold ISO 3166-1 alpha-2 codes in lower case (or the text where no code fits);
    `countries` is for a tie whose nature is not known. `founded` are the days an organisation was founded or
    registered; `titles` stand before a name (Dr., General), `functions` are posts held (Minister of Trade).
    The first of several names is the primary one unless its quality says otherwise.
    """

    id: str | None = None
    kind: Kind | None = None
    names: tuple[Name, ...] = ()
    birth_dates: tuple[PartialDate, ...] = ()
    birth_places: tuple[str, ...] = ()
    gender: Gender | None = None
    nationalities: tuple[str, ...] = ()
    citizenships: tuple[str, ...] = ()
    residences: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    addresses: tuple[Address, ...] = ()
    titles: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    death_dates: tuple[PartialDate, ...] = ()
    founded: tuple[PartialDate, ...] = ()
    vessel: Vessel | None = None
    aircraft: Aircraft | None = None

    if TYPE_CHECKING:

        def __init__(
            self,
            id: str | None = None,  # noqa: A002 - the contract's own field name
            kind: Kind | str | None = None,
            names: Iterable[Name | str] = (),
            birth_dates: Iterable[PartialDate | str] = (),
            birth_places: Iterable[str] = (),
            gender: Gender | str | None = None,
            nationalities: Iterable[str] = (),
            citizenships: Iterable[str] = (),
            residences: Iterable[str] = (),
            countries: Iterable[str] = (),
            identifiers: Iterable[Identifier | str] = (),
            addresses: Iterable[Address | str] = (),
            titles: Iterable[str] = (),
            functions: Iterable[str] = (),
            contacts: Iterable[Contact] = (),
            death_dates: Iterable[PartialDate | str] = (),
            founded: Iterable[PartialDate | str] = (),
            vessel: Vessel | None = None,
            aircraft: Aircraft | None = None,
        ) -> None: ...

    def __post_init__(self) -> None:
        if self.kind is not None:
            force_setattr(self, "kind", _word(Kind, self.kind, "kind"))
        if self.gender is not None:
            force_setattr(self, "gender", _word(Gender, self.gender, "gender"))
        for field, read in _READINGS:
            given: Any = getattr(self, field)
            if type(given) is tuple and (not given or read is None or str not in map(type, given)):
                continue
            if isinstance(given, str):
                raise PartyError(f"{field} takes a list, not one string", code="party", mend=f"write {field}=[...]")
            typed = tuple(read(one, at) if read and isinstance(one, str) else one for at, one in enumerate(given))
            force_setattr(self, field, typed)

    @property
    def primary_name(self) -> str:
        """The name to show: the primary one, else the first, else the id."""
        for name in self.names:
            if name.quality is NameQuality.PRIMARY:
                return name.text
        return self.names[0].text if self.names else (self.id or "")


_SEVERAL: dict[str, Callable[[str, int], object] | None] = {
    "names": lambda text, at: Name(text, NameQuality.STRONG if at else NameQuality.PRIMARY),
    "birth_dates": lambda text, _: PartialDate.parse(text),
    "identifiers": lambda text, _: Identifier.parse(text),
    "addresses": lambda text, _: Address(street=text),
    "birth_places": None,
    "nationalities": None,
    "citizenships": None,
    "residences": None,
    "countries": None,
    "titles": None,
    "functions": None,
    "contacts": None,
    "death_dates": lambda text, _: PartialDate.parse(text),
    "founded": lambda text, _: PartialDate.parse(text),
}
"""Fields of several values, and how one given as plain text becomes its type."""
_READINGS = tuple(_SEVERAL.items())


def _word(words: type[StrEnum], value: str | None, field: str) -> StrEnum | None:
    if value is None or isinstance(value, words):
        return value
    try:
        return words(value.strip().lower())
    except ValueError:
        raise PartyError(
            f"unknown {field} {value!r}", code=field, mend=f"use one of {', '.join(word.value for word in words)}"
        ) from None
