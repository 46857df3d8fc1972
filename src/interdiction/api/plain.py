"""A party of a stream as the columns that the core takes, without making a party of it where nothing of it is odd.

Most lines of a stream hold names, a kind, a date of birth and a country, and nothing that has to be said beside the
answer. Those are told apart here for a tenth of what a whole `Party` costs; whatever is odd in the least gives `None`
and is read as everywhere else. The columns are the same either way (`tests/api/test_plain.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from interdiction.api.parties import PartyIn
from interdiction.errors import PartyError
from interdiction.model import Gender, Kind
from interdiction.model.dates import PartialDate
from interdiction.names.countries import code, known

Row = tuple[list[str], list[str], str | None, str | None, list[str], list[str], list[str], list[str]]
"""names, qualities, kind, gender, births, nationalities, countries, identifiers, as `names.batch.COLUMNS` has them."""

_KINDS: Final[frozenset[str | None]] = frozenset({None, *(one.value for one in Kind if one is not Kind.WALLET)})
_GENDERS: Final[frozenset[str | None]] = frozenset({None, *(one.value for one in Gender)})
_QUALITIES: Final = tuple(["primary", *["strong"] * more] for more in range(4))
_LONGEST: Final = 64
"""Characters of a date or a country that is remembered."""
_NONE: Final[list[str]] = []


def row(given: PartyIn) -> Row | None:
    """Give the row of a party that nothing has to be said of; `None` for any other."""
    names, kind, births = given.names, given.kind, given.birth_dates
    if given.identifiers or kind not in _KINDS or given.gender not in _GENDERS:
        return None
    texts: list[str] = []
    for name in names:
        if type(name) is not str or (kind is None and ("0x" in name or "xdc" in name)):
            return None  # a name with a quality, or perhaps the address of a wallet
        texts.append(name)
    if not 0 < len(texts) <= len(_QUALITIES) or not texts[0][:1].isalnum():
        return None
    days = _NONE
    if births:
        day = _day(births[0]) if len(births) == 1 else None
        if day is None:
            return None
        days = [day]
    nationalities = _codes((*given.nationalities, *given.citizenships))
    ties = _codes((*given.residences, *given.countries))
    if nationalities is None or ties is None:
        return None
    return texts, _QUALITIES[len(texts) - 1], kind, given.gender, days, nationalities, ties, _NONE


def _day(text: str) -> str | None:
    return _written(text) if len(text) <= _LONGEST else None


@lru_cache(1 << 16)
def _written(text: str) -> str | None:
    try:
        return str(PartialDate.parse(text))
    except PartyError:
        return None


def _codes(texts: Sequence[str]) -> list[str] | None:
    if not texts:
        return _NONE
    found: dict[str, None] = {}
    for text in texts:
        one = _code(text) if len(text) <= _LONGEST else None
        if one is None:
            return None
        found[one] = None
    return list(found)


@lru_cache(1 << 14)
def _code(text: str) -> str | None:
    found = code(text) or text.lower()
    return found if found in known() else None
