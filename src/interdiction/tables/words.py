"""The distinct values of a column to the words of the model: kinds, genders, countries, identifiers."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from interdiction.model import Grade, PartialDate, contradict
from interdiction.names import countries
from interdiction.tables import dates


class Reading(msgspec.Struct, frozen=True):
    """What one cell says; `code` and `message` of the problem when something of it is in doubt.

    `lost` tells a value that could not be used from one that was used in more than one way.
    """

    values: tuple[str, ...]
    code: str = ""
    message: str = ""
    expected: str = ""
    lost: bool = True

    @property
    def grade(self) -> Grade:
        """A value read in more than one way takes nothing away; one that could not be used does."""
        return Grade.ROW if self.lost else Grade.PUBLISHED


_KINDS: Final = {
    "person": "person individual human natural_person naturalperson private private_person p i ind physical_person",
    "organisation": "organisation organization company entity legal_entity legalentity legal corporate corporation "
    "business firm o c e org publicbody public_body bank institution legal_person juridical_person",
    "vessel": "vessel ship boat",
    "aircraft": "aircraft plane airplane",
    "wallet": "wallet cryptowallet crypto_wallet digital_currency_address",
}
_GENDERS: Final = {"male": "male m man mr boy", "female": "female f woman mrs ms miss girl w"}
_NO_GENDER: Final = frozenset(
    [
        *("", "n", "na", "n_a", "none", "u", "unknown", "undisclosed", "not_stated", "not_applicable"),
        *("o", "other", "x", "d", "diverse", "nonbinary", "non_binary"),
    ]
)
_KIND: Final = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_GENDER: Final = {word: gender for gender, words in _GENDERS.items() for word in words.split()}
_NO_KIND: Final = frozenset(("unknown", "other", "n_a", "na", "none", ""))
_BETWEEN: Final = re.compile(r"[\W_]+")
_LIST: Final = re.compile(r"\s*[;|\n]\s*")


def _word(text: str) -> str:
    return _BETWEEN.sub("_", text.casefold()).strip("_")


def kind(text: str) -> Reading:
    """Read person, organisation, vessel, aircraft or wallet; an unknown word compares with all."""
    word = _word(text)
    if word in _KIND:
        return Reading((_KIND[word],))
    if word in _NO_KIND:
        return Reading(())
    return Reading((), "kind", "the kind is not known; the party is compared with all", ", ".join(_KINDS))


def gender(text: str) -> Reading:
    """Read male or female; words for "not stated" and for a third gender give none and no problem."""
    word = _word(text)
    if word in _GENDER:
        return Reading((_GENDER[word],))
    if word in _NO_GENDER:
        return Reading(())
    return Reading((), "gender", "the gender word is not known", "male or female")


def country(text: str) -> Reading:
    """Read one or several countries, as names or codes; an ambiguous name gives each country it may mean."""
    found: dict[str, None] = {}
    unknown: list[str] = []
    for part in _LIST.split(text)[:20] if not countries.codes(text) else [text]:
        if part and not countries.says_none(part):
            meant = countries.codes(part) or tuple(one for bit in part.split(",") for one in countries.codes(bit))
            found.update(dict.fromkeys(meant))
            if not meant:
                unknown.append(part[:40])
    if not unknown:
        return Reading(tuple(found))
    return Reading(
        tuple(found),
        "country",
        f"no country is known as {', '.join(map(repr, unknown))}",
        "a name, or a code such as kp",
    )


def born(text: str) -> Reading:
    """Read birth dates, each reading of an ambiguous one an alternative."""
    found = dates.read(text)
    if not found.doubt and not found.lost:
        if len(found.texts) > 1 and contradict(map(PartialDate.parse, found.texts)):
            said = "the dates cannot all be right; each is compared, the best fit counts"
            return Reading(found.texts, "several-dates", said, "one date of birth", lost=False)
        return Reading(found.texts)
    code = "date" if found.lost else "ambiguous-date"
    return Reading(found.texts, code, found.doubt, "1962-02-18, 1962-02, 1962, ~1947 or 1946/1948", found.lost)


def identifiers(text: str) -> Reading:
    """Read `passport:563410081@kp; tax_id:...`; a number without its type is kept as type `other`."""
    found: dict[str, None] = {}
    doubts: list[str] = []
    for part in filter(None, _LIST.split(text)[:100]):
        head, colon, rest = part.partition(":")
        kind_word, value = (_word(head), rest) if colon else ("other", part)
        value, at, place = value.rpartition("@") if "@" in value else (value, "", "")
        meant = countries.code(place) if place.strip() else None
        value = value.strip()
        if not colon:
            doubts.append(f"{part[:40]!r} has no type")
        if at and meant is None:
            doubts.append(f"no country is known as {place[:40]!r}")
        if value and kind_word:
            found[f"{kind_word}:{value}@{meant}" if meant else f"{kind_word}:{value}"] = None
        else:
            doubts.append(f"{part[:40]!r} has no value or no type")
    if not doubts:
        return Reading(tuple(found))
    return Reading(tuple(found), "identifier", "; ".join(doubts), "type:value or type:value@cc")
