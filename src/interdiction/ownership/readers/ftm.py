"""FollowTheMoney: ownership, directorships and the looser ties between the parties of a data set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from interdiction.model import Identifier, Kind, Party
from interdiction.model.ownership import Share, Stake, StakeKind
from interdiction.ownership.readers.draft import Draft, party_of
from interdiction.ownership.register import Register

_PARTIES: Final = {
    "Person": Kind.PERSON,
    "Company": Kind.ORGANISATION,
    "Organization": Kind.ORGANISATION,
    "PublicBody": Kind.ORGANISATION,
    "LegalEntity": None,
    "Vessel": Kind.VESSEL,
    "Airplane": Kind.AIRCRAFT,
    "Asset": None,
    "Security": None,
}
_TIES: Final = {
    "Ownership": ("owner", "asset", StakeKind.SHARES),
    "Directorship": ("director", "organization", StakeKind.OTHER),
    "Representation": ("agent", "client", StakeKind.OTHER),
    "Employment": ("employee", "employer", StakeKind.OTHER),
    "Membership": ("member", "organization", StakeKind.OTHER),
    "Family": ("person", "relative", StakeKind.OTHER),
    "Associate": ("person", "associate", StakeKind.OTHER),
    "UnknownLink": ("subject", "object", StakeKind.OTHER),
    "Succession": ("predecessor", "successor", StakeKind.OTHER),
}
"""Schema to the properties of its two ends, the holder first, and what it says of the holding."""
_NUMBERS: Final = {
    "leiCode": "lei",
    "registrationNumber": "registration",
    "innCode": "tax_id",
    "ogrnCode": "registration",
    "taxNumber": "tax_id",
    "passportNumber": "passport",
    "idNumber": "national_id",
    "imoNumber": "imo",
    "swiftBic": "bic",
}


def is_ftm(value: Mapping[str, Any]) -> bool:
    """Tell whether an object is an entity, or a change of one in a delta file."""
    body = value.get("entity", value)
    return isinstance(body, Mapping) and "schema" in body and "properties" in body


def read_entities(entities: Iterable[tuple[int, Mapping[str, Any]]], file: str, source: str) -> Register:
    """Read entities, each with its line. An ownership without a percentage is a stake of unknown size."""
    draft = Draft(file, source)
    for line, value in entities:
        if not is_ftm(value):
            draft.problem("entity", "not an entity", line=line, expected="schema and properties")
            continue
        body = value.get("entity", value)
        said = {name: [str(one) for one in several] for name, several in body["properties"].items()}
        schema = str(body["schema"])
        if schema in _TIES:
            _tie(draft, schema, said, line)
        elif schema in _PARTIES:
            draft.party(draft.key(str(body["id"])), _party(schema, said, str(body.get("caption") or "")))
    return draft.register()


def _party(schema: str, said: Mapping[str, list[str]], caption: str) -> Party:
    names = said.get("name") or [caption]
    order = sorted(names, key=lambda name: name != caption)
    numbers = [Identifier(kind, value) for field, kind in _NUMBERS.items() for value in said.get(field, ())]
    kind = _PARTIES[schema]
    return party_of(
        [*order, *said.get("alias", ())],
        kind=kind,
        births=said.get("birthDate", ()),
        nationalities=[*said.get("nationality", ()), *said.get("citizenship", ())],
        lands=[*said.get("country", ()), *said.get("jurisdiction", ()), *said.get("mainCountry", ())],
        identifiers=[one if kind is Kind.PERSON or one.type != "national_id" else _registered(one) for one in numbers],
    )


def _registered(one: Identifier) -> Identifier:
    return Identifier("registration", one.value)


def _tie(draft: Draft, schema: str, said: Mapping[str, list[str]], line: int) -> None:
    holder, held, kind = _TIES[schema]
    words = "; ".join(
        dict.fromkeys([*said.get("role", ()), *said.get("relationship", ()), *said.get("ownershipType", ())])
    )
    shares = said.get("percentage", ())
    several = [draft.share(text, line=line, node="percentage") for text in shares] or [Share()]
    begins = draft.day(next(iter(said.get("startDate", ())), ""), line=line, node="startDate")
    ends = draft.day(next(iter(said.get("endDate", ())), ""), line=line, node="endDate")
    indirect = any(word in words.casefold() for word in ("indirect", "ultimate", "beneficial"))
    if kind is StakeKind.SHARES and not shares and "control" in words.casefold():
        kind = StakeKind.UNKNOWN  # "owned or controlled by": which of the two nobody says
    for owner in said.get(holder) or [""]:
        for owned in said.get(held) or [""]:
            for share in several:
                draft.stake(
                    Stake(
                        draft.key(owner),
                        draft.key(owned),
                        kind,
                        share,
                        begins,
                        ends,
                        direct=not indirect,
                        note=words or schema,
                        source=draft.source,
                        line=line,
                    )
                )
