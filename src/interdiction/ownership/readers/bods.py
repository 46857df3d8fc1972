"""The Beneficial Ownership Data Standard, versions 0.2, 0.3 and 0.4: statements about people, entities and interests.

Of a relationship every statement counts, each until the next one (`bods_history`); one that was closed ends where it
says so, else on the day of the closing statement. Of a party the last statement counts, with the names that earlier
ones gave. What the standard leaves unsaid stays unknown: an interest of no type may be any.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec.structs import replace

from interdiction.model import Identifier, Kind, Party
from interdiction.model.ownership import Share, Stake, StakeKind
from interdiction.ownership.readers.bods_history import Told, lasting
from interdiction.ownership.readers.draft import Draft, party_of
from interdiction.ownership.register import Register

_INTERESTS: Final = {
    StakeKind.SHARES: "shareholding nominator",
    StakeKind.VOTES: "votingrights",
    StakeKind.APPOINT: "appointmentofboard",
    StakeKind.CONTROL: "otherinfluenceorcontrol influenceorcontrol controlviacompanyrulesorarticles "
    "controlbylegalframework",
    StakeKind.OTHER: "boardmember boardchair seniormanagingofficial nominee",
}
_KIND: Final = {word: kind for kind, several in _INTERESTS.items() for word in several.split()}
"""Everything else (roles in a trust, rights to profit, interests not published) may be ownership or control."""
_NOBODY: Final = frozenset({"nobeneficialowners", "no-beneficial-owners"})
_ENTITY, _PERSON, _TIE = "entity", "person", "relationship"
_OLD: Final = {"entityStatement": _ENTITY, "personStatement": _PERSON, "ownershipOrControlStatement": _TIE}


def is_bods(value: Mapping[str, Any]) -> bool:
    """Tell whether an object is a statement of the standard."""
    return value.get("statementType") in _OLD or ("recordType" in value and "statementId" in value)


def read_statements(statements: Iterable[tuple[int, Mapping[str, Any]]], file: str, source: str) -> Register:
    """Read statements, each with its line or place; one that is none is a problem."""
    draft = Draft(file, source)
    records: dict[str, list[_Statement]] = {}
    replaced: dict[str, str] = {}
    for line, one in statements:
        if not is_bods(one):
            draft.problem("statement", "not a statement of the standard", line=line, expected="a statement type")
            continue
        uid = str(one.get("recordId") or one.get("statementID") or one.get("statementId"))
        replaced.update((str(old), uid) for old in one.get("replacesStatements") or ())
        records.setdefault(uid, []).append((str(one.get("statementDate") or ""), line, one))
    ties: dict[str, list[_Statement]] = {}
    for uid, several in records.items():
        several.sort(key=lambda one: one[0])
        _, _, one = several[-1]
        kind = _OLD.get(str(one.get("statementType")), str(one.get("recordType")))
        if kind == _TIE:
            ties.setdefault(_latest(uid, replaced), []).extend(several)
        elif kind in {_PERSON, _ENTITY}:
            made = _person if kind == _PERSON else _entity
            draft.party(
                draft.key(uid), _with_names([made(said.get("recordDetails") or said) for _, _, said in several])
            )
    for several in ties.values():
        for stake in lasting([_told(draft, *one) for one in sorted(several, key=lambda one: one[0])]):
            draft.stake(stake)
    _unnamed(draft)
    return draft.register()


_Statement = tuple[str, int, Mapping[str, Any]]
"""The day of a statement as it is written, its line, and what it says."""


def _latest(uid: str, replaced: Mapping[str, str]) -> str:
    """Give the statement that replaced one, and the one that replaced that; a circle ends where it began."""
    seen = {uid}
    while (later := replaced.get(uid)) is not None and later not in seen:
        uid = later
        seen.add(uid)
    return uid


def _with_names(several: Sequence[Party]) -> Party:
    """Give the last statement of a party, called by what earlier ones called it too."""
    last = several[-1]
    known = {name.text for name in last.names}
    earlier = {name.text: name for one in several[:-1] for name in one.names if name.text not in known}
    return replace(last, names=(*last.names, *earlier.values())) if earlier else last


def _told(draft: Draft, when: str, line: int, one: Mapping[str, Any]) -> Told:
    closed = when if one.get("recordStatus") == "closed" else ""
    day = draft.day(when, line=line, node="statementDate")
    return Told(None if day is None else day.first, tuple(_ties(draft, one.get("recordDetails") or one, line, closed)))


def _unnamed(draft: Draft) -> None:
    """Stakes of people of whom nobody says who they are belong to somebody unknown."""
    nobody = {key for key, party in draft.parties.items() if not party.names and not party.identifiers}
    draft.stakes = [replace(one, owner="") if one.owner in nobody else one for one in draft.stakes]
    for key in nobody - {one.owned for one in draft.stakes}:
        del draft.parties[key]


def _person(said: Mapping[str, Any]) -> Party:
    names = [_full(name) for name in said.get("names") or ()]
    lands = [_land(address.get("country")) for address in said.get("addresses") or ()]
    return party_of(
        names,
        kind=Kind.PERSON,
        births=[str(said["birthDate"])] if said.get("birthDate") else (),
        nationalities=[_land(land) for land in said.get("nationalities") or ()],
        lands=lands,
        identifiers=_numbers(said),
    )


def _entity(said: Mapping[str, Any]) -> Party:
    names = [str(said.get("name") or ""), *(str(name) for name in said.get("alternateNames") or ())]
    place = said.get("jurisdiction") or said.get("incorporatedInJurisdiction")
    lands = [_land(place), *(_land(address.get("country")) for address in said.get("addresses") or ())]
    return party_of(names, kind=Kind.ORGANISATION, lands=lands, identifiers=_numbers(said))


def _full(name: Mapping[str, Any]) -> str:
    parts = (name.get("givenName"), name.get("patronymicName"), name.get("familyName"))
    return str(name.get("fullName") or " ".join(str(part) for part in parts if part))


def _land(said: object) -> str:
    if isinstance(said, Mapping):
        return str(said.get("code") or said.get("name") or "")
    return str(said or "")


def _numbers(said: Mapping[str, Any]) -> Iterator[Identifier]:
    for one in said.get("identifiers") or ():
        scheme, value = str(one.get("scheme") or one.get("schemeName") or ""), str(one.get("id") or "")
        land = scheme[:2].lower() if re.match(r"[A-Z]{2}-", scheme) and not scheme.startswith("X") else None
        if scheme.upper() == "XI-LEI":
            yield Identifier("lei", value)
        elif "PASSPORT" in scheme.upper():
            yield Identifier("passport", value, land)
        elif value:
            person = "personType" in said
            yield Identifier("national_id" if person else "registration", value, land, note=scheme or None)


def _ties(draft: Draft, said: Mapping[str, Any], line: int, closed: str) -> Iterator[Stake]:
    owned = _end(draft, said.get("subject"))
    interested = said.get("interestedParty")
    reason = ""
    if isinstance(interested, Mapping):
        unspecified = interested.get("unspecified") or interested
        reason = str(unspecified.get("reason") or "") if isinstance(unspecified, Mapping) else ""
    if reason.casefold() in _NOBODY:
        return
    owner = _end(draft, interested)
    for one in said.get("interests") or [{}]:
        word = re.sub(r"[^a-z]", "", str(one.get("type") or "").casefold())
        kind = _KIND.get(word, StakeKind.UNKNOWN)
        share = Share.parse("100") if word == "nominator" else _share(draft, one.get("share"), line)
        begins = draft.day(str(one.get("startDate") or ""), line=line, node="startDate")
        ends = draft.day(str(one.get("endDate") or closed), line=line, node="endDate")
        level = str(one.get("directOrIndirect") or one.get("interestLevel") or "direct")
        words = " ".join(
            filter(None, (str(one.get("type") or "interest of no stated type"), reason, one.get("details")))
        )
        yield Stake(
            owner,
            owned,
            kind,
            share,
            begins,
            ends,
            direct=level == "direct",
            note=words,
            source=draft.source,
            line=line,
        )


def _end(draft: Draft, said: object) -> str:
    """Give the party at one end of a relationship; empty where the source does not say who it is."""
    if isinstance(said, Mapping):
        said = said.get("describedByEntityStatement") or said.get("describedByPersonStatement") or ""
    return draft.key(str(said)) if said else ""


def _share(draft: Draft, said: object, line: int) -> Share:
    """Read a share. Before 0.4 an exclusive end is a flag beside its number, since then a number of its own."""
    if not isinstance(said, Mapping) or not said:
        return Share()
    if said.get("exact") is not None:
        return draft.share(str(said["exact"]), line=line, node="share")
    low, high = said.get("minimum", 0), said.get("maximum", 100)
    low_open, high_open = said.get("exclusiveMinimum"), said.get("exclusiveMaximum")
    if isinstance(low_open, (int, float)) and not isinstance(low_open, bool):
        low, low_open = low_open, True
    if isinstance(high_open, (int, float)) and not isinstance(high_open, bool):
        high, high_open = high_open, True
    return draft.share(f"{'(' if low_open else '['}{low}, {high}{')' if high_open else ']'}", line=line, node="share")
