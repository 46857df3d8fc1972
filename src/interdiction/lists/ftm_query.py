"""A question in the words of FollowTheMoney to a party: what was used of it, and what was not, said and not dropped.

Reach for it where a caller describes whom to look for by a schema and properties, as clients of yente do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from interdiction.errors import PartyError, UsageError
from interdiction.lists.readers import places
from interdiction.lists.readers.ftm_words import CONTACTS, IDENTIFIERS, KINDS, NAMES
from interdiction.model import Gender, Grade, Identifier, Kind, Name, NameQuality, PartialDate, Party, Problem

_PARTS: Final = ("title", "firstName", "secondName", "middleName", "fatherName", "motherName", "lastName")
_LANDS: Final = {
    "nationality": "nationalities", "citizenship": "citizenships", "country": "countries", "jurisdiction": "countries",
    "mainCountry": "countries", "flag": "countries", "pastFlags": "countries",
}  # fmt: skip
_GENDERS: Final = {"male": Gender.MALE, "m": Gender.MALE, "female": Gender.FEMALE, "f": Gender.FEMALE}
_IGNORED: Final = frozenset(CONTACTS) | {"address", "notes", "topics", "summary", "description", "sourceUrl"}
"""Properties that are known and decide nothing here; they are said like every other that is not compared."""
MOST_VALUES: Final = 100
"""Values of one property that are read: a question is about one party."""


class Question(msgspec.Struct, frozen=True):
    """The party asked about, the properties as they were understood, and what of them could not be used."""

    party: Party
    properties: dict[str, list[str]]
    problems: tuple[Problem, ...] = ()


def question(schema: str, properties: Mapping[str, Any], *, key: str = "", uid: str | None = None) -> Question:
    """Read a question. Raises `UsageError` (`unknown-schema`) for a schema that no party is of."""
    if schema not in KINDS:
        raise UsageError(
            f"no party is of the schema {schema[:60]!r}",
            where=key,
            mend=f"use one of {', '.join(KINDS)}",
            code="unknown-schema",
        )
    said = {name: _texts(value) for name, value in properties.items()}
    reading = _Reading(KINDS[schema], key)
    for name, values in said.items():
        if len(values) > MOST_VALUES:
            reading.problem("too-many-values", f"{name} has {len(values)} values; {MOST_VALUES} are read", name)
            del values[MOST_VALUES:]
        reading.take(name, values)
    reading.name_of_parts(said)
    return Question(reading.party(uid), {name: one for name, one in said.items() if one}, tuple(reading.problems))


def _texts(value: Any) -> list[str]:
    several = value if isinstance(value, list | tuple) else (value,)
    return [
        text for one in several if one is not None and not isinstance(one, dict | list) and (text := str(one).strip())
    ]


class _Reading:
    """One question while it is read."""

    def __init__(self, kind: Kind | None, key: str) -> None:
        self.kind, self.key = kind, key
        self.problems: list[Problem] = []
        self.names: list[Name] = []
        self.identifiers: list[Identifier] = []
        self.births: list[PartialDate] = []
        self.gender: Gender | None = None
        self.more: dict[str, list[str]] = {}

    def problem(self, code: str, message: str, node: str, text: str = "", mend: str = "") -> None:
        self.problems.append(Problem(code=code, message=message, grade=Grade.ROW, node=node, text=text[:80], mend=mend))

    def take(self, name: str, values: list[str]) -> None:
        """Use one property; its values become what was understood."""
        quality = NAMES.get(name)
        if quality is not None:
            self.names += [Name(text, quality) for text in values]
        elif name == "birthDate":
            self._births(values)
        elif name in _LANDS:
            values[:] = [places.country(one) or one for one in values]
            self.more.setdefault(_LANDS[name], []).extend(values)
        elif name in IDENTIFIERS:
            self._identifiers(name, values)
        elif name == "gender":
            self._gender(values)
        elif name == "birthPlace":
            self.more.setdefault("birth_places", []).extend(values)
        elif name not in _PARTS:
            known = "says nothing that is compared" if name in _IGNORED else "is not a property that is compared"
            self.problem("unused-property", f"{name[:60]} {known}", name[:60], mend="see docs/service.md")

    def _births(self, values: list[str]) -> None:
        for text in values:
            try:
                self.births.append(PartialDate.parse(text))
            except PartyError as error:
                self.problem("date", f"{error.message}; it is not compared", "birthDate", text, error.mend)

    def _identifiers(self, name: str, values: list[str]) -> None:
        word, land = IDENTIFIERS[name]
        if word == "registration" and self.kind is Kind.AIRCRAFT:
            word = "tail_number"
        if word == "national_id" and self.kind not in {Kind.PERSON, None}:
            word = "registration"
        self.identifiers += [Identifier(word, value, land) for value in values]

    def _gender(self, values: list[str]) -> None:
        found = {_GENDERS.get(one.lower()) for one in values}
        if len(found) == 1 and None not in found:
            self.gender = found.pop()
        else:
            self.problem("gender", "the gender is not one of male and female; it is not compared", "gender")

    def name_of_parts(self, said: Mapping[str, Sequence[str]]) -> None:
        """Put a name together from its parts where no name was given."""
        if self.names:
            return
        parts = [part for name in _PARTS if name != "title" for part in said.get(name, ())]
        if parts:
            self.names.append(Name(" ".join(parts), NameQuality.PRIMARY))

    def party(self, uid: str | None) -> Party:
        """Give the party."""
        first = Name(self.names[0].text, NameQuality.PRIMARY) if self.names else None
        return Party(
            id=uid,
            kind=self.kind,
            names=(first, *self.names[1:]) if first is not None else (),
            birth_dates=tuple(self.births),
            gender=self.gender,
            identifiers=tuple(self.identifiers),
            birth_places=self.more.get("birth_places", ()),
            nationalities=self.more.get("nationalities", ()),
            citizenships=self.more.get("citizenships", ()),
            countries=self.more.get("countries", ()),
        )
