"""A party as people write it in JSON: plain texts wherever the text says it all, and no field that means nothing."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from interdiction.errors import PartyError
from interdiction.model.codec import convert
from interdiction.model.party import Address, Contact, Identifier, Name, Party

_ITEMS: Final[dict[str, type]] = {
    "names": Name,
    "identifiers": Identifier,
    "addresses": Address,
    "contacts": Contact,
}
_FIELDS: Final = frozenset(Party.__struct_fields__)
_MEND: Final = '{"kind": "person", "names": ["KIM, Yong Chol"], "birth_dates": ["1962-02-18"], "nationalities": ["kp"]}'


def party_of(text: str | bytes) -> Party:
    """Read a party such as `{"names": ["KIM, Yong Chol"], "birth_dates": ["1962-02-18"]}`.

    Raises `PartyError` that names what is no field of a party, or is one and cannot be read.
    """
    try:
        raw = msgspec.json.decode(text, type=dict[str, Any])
        unknown = sorted(set(raw) - _FIELDS)
        if unknown:
            raise PartyError(
                f"a party has no field {unknown[0]!r}", mend=f"use {', '.join(Party.__struct_fields__)}", code="party"
            )
        return convert({field: _written(field, value) for field, value in raw.items()}, Party)
    except (msgspec.DecodeError, RecursionError) as error:
        raise PartyError(f"not a party: {error}", mend=f"write it as {_MEND}", code="party") from error


def _written(field: str, value: Any) -> Any:
    """Give the full form of what was written short."""
    if field not in _ITEMS or not isinstance(value, list):
        return value
    return [_item(field, one, at) if isinstance(one, str) else one for at, one in enumerate(value)]


def _item(field: str, text: str, at: int) -> dict[str, Any]:
    if field == "names":
        return {"text": text, "quality": "strong" if at else "primary"}
    if field == "identifiers":
        one = Identifier.parse(text)
        return {"type": one.type, "value": one.value, "country": one.country}
    return {"street": text}
