"""What the law forbids of governments, countries and regions that no list names (`data/jurisdictions.yml`).

`hits_of_party` and `hits_of_text` turn signs of a place into hits of basis *jurisdiction*, each with the act behind it
as it stood at the moment asked. A government is known by what it calls itself, or by an organ of state beside the name
of the state; that is a hit like any other, for somebody to confirm.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final

import msgspec

from interdiction.enforcement import document, places
from interdiction.enforcement.moment import Moment
from interdiction.enforcement.places import Sign
from interdiction.enforcement.words import Lookup, fold
from interdiction.errors import DataError
from interdiction.model import Band, Basis, Designation, Evidence, Hit, Measure, Party, Place, Role

FILE: Final = "jurisdictions.yml"
TERRORISM_LIST: Final = "31 CFR 596"
_WASHINGTON: Final = timezone(timedelta(hours=-5))
BANKS: Final = frozenset(role for role in Role if role.value.endswith("_agent")) | {
    Role.ISSUING_BANK,
    Role.ADVISING_BANK,
    Role.CONFIRMING_BANK,
    Role.ACCOUNT_SERVICER,
}


class Ground(StrEnum):
    """Why a place or a government is under sanctions; `list` stands for a hit that is on a list."""

    GOVERNMENT = "government"
    EMBARGO = "embargo"
    REGION = "region"
    TERRORISM_LIST = "terrorism-list"
    LIST = "list"


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of the file; the file explains the fields."""

    id: str
    ground: Ground
    place: str
    law: str
    covers: str
    programme: str
    authority: str
    citation: str
    measures: tuple[Measure, ...]
    since: datetime
    source: str
    verified: bool
    until: datetime | None = None
    residents: tuple[Measure, ...] = ()
    banks: bool = False
    named: tuple[str, ...] = ()
    note: str = ""


class _Sponsor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    place: str
    since: date
    verified: bool
    until: date | None = None


class _Sponsors(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    authority: str
    source: str
    governments: tuple[_Sponsor, ...]


class _Organs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    at_home: tuple[str, ...]
    abroad: tuple[str, ...]


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    rows: tuple[Rule, ...]
    terrorism_list: _Sponsors
    organs: _Organs


def in_force(moment: Moment) -> tuple[Rule, ...]:
    """Give every row that holds at the moment; a government that part 596 alone speaks of is among them."""
    return _in_force(moment)


def sponsors(moment: Moment) -> frozenset[str]:
    """Give the places whose governments stand on the list of state sponsors of terrorism at the moment."""
    return frozenset(
        one.place
        for one in load().terrorism_list.governments
        if moment.touches(_midnight(one.since), None if one.until is None else _midnight(one.until))
    )


def ground(listing: str) -> Ground:
    """Give the ground that a listing id names: `government:kp` is a government, `ofac-sdn:1` stands on a list."""
    head = listing.partition(":")[0]
    return Ground(head) if head in _GROUNDS else Ground.LIST


def law_of(listing: str) -> str | None:
    """Give the law behind a listing id of this room, or null where it is none."""
    return _laws().get(listing)


def hits_of_party(
    query_id: str, party: Party, role: Role | None, moment: Moment, laws: Collection[str] | None = None
) -> list[Hit]:
    """Give the hits of one party: as a government, and as somebody in a place. `laws` leaves out other laws."""
    signs = places.of_party(party)
    if not signs and not party.names:
        return []
    names = [fold(name.text) for name in party.names]
    organs = [_organ(words) for words in names]
    if not signs and not any(organs) and not any(_titles_in(words) for words in names):
        return []
    rules = [one for one in in_force(moment) if laws is None or one.law in laws]
    found: list[Hit] = []
    for rule in rules:
        if rule.ground in {Ground.GOVERNMENT, Ground.TERRORISM_LIST}:
            why = _governs(rule, party, names, signs, role)
            if why is not None:
                found.append(_hit(query_id, rule, rule.measures, (why,)))
        else:
            tied = [sign for sign in signs if sign.place == rule.place]
            if tied:
                found.append(_of_place(query_id, rule, tied))
    return found


def hits_of_text(
    query_id: str,
    texts: Iterable[str],
    moment: Moment,
    laws: Collection[str] | None = None,
    named: Sequence[Place] = (),
) -> list[Hit]:
    """Give the hits of free texts and of places that a message names; one for each row that speaks of the place."""
    signs = list(dict.fromkeys(sign for text in texts for sign in places.of_text(text)))
    signs += [sign for one in named for sign in places.of_place(one)]
    if not signs:
        return []
    # What a text names has nobody standing in it.
    loose = list(dict.fromkeys(msgspec.structs.replace(sign, located=False) for sign in signs))
    found: list[Hit] = []
    for rule in in_force(moment):
        tied = [sign for sign in loose if sign.place == rule.place]
        if tied and rule.ground in {Ground.EMBARGO, Ground.REGION} and (laws is None or rule.law in laws):
            found.append(_of_place(query_id, rule, tied))
    return found


@cache
def load() -> _Document:
    """Read the packaged file. Raises `DataError` that names the row which is wrong."""
    found = document.parse(document.packaged(FILE), _Document, FILE)
    ids = [one.id for one in found.rows]
    for one in found.rows:
        where = f"{FILE}, {one.id}"
        if ids.count(one.id) > 1:
            raise DataError("the row stands twice", where=where, mend="give each row its own id")
        if not one.id.startswith(f"{one.ground.value}:"):
            raise DataError("the id does not begin with the ground", where=where, mend=f"write {one.ground.value}:...")
        if one.since.tzinfo is None or (one.until is not None and one.until.tzinfo is None):
            raise DataError("an instant needs its zone", where=where, mend="write 2016-03-16T00:01:00-04:00")
        if one.until is not None and one.until <= one.since:
            raise DataError("it ends before it begins", where=where, mend="correct `since` or `until`")
    named = [one.place for one in found.rows] + [one.place for one in found.terrorism_list.governments]
    places.check_known(named, FILE)
    return found


@lru_cache(maxsize=4096)
def _in_force(moment: Moment) -> tuple[Rule, ...]:
    held = [one for one in load().rows if moment.touches(one.since, one.until)]
    # 31 CFR 596.503: where another part speaks of the government, that part alone decides.
    other = {one.place for one in held if one.ground is Ground.GOVERNMENT and one.law == "us"}
    listed = load().terrorism_list
    held += [
        Rule(
            id=f"{Ground.TERRORISM_LIST.value}:{one.place}",
            ground=Ground.TERRORISM_LIST,
            place=one.place,
            law="us",
            covers=f"the Government of {places.name_of(one.place)}",
            programme=TERRORISM_LIST,
            authority=listed.authority,
            citation=listed.authority,
            measures=(),
            since=_midnight(one.since),
            source=listed.source,
            verified=one.verified,
        )
        for one in listed.governments
        if one.place in sponsors(moment) - other
        and moment.touches(_midnight(one.since), None if one.until is None else _midnight(one.until))
    ]
    return tuple(held)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, _WASHINGTON)


def _governs(
    rule: Rule, party: Party, names: Sequence[list[str]], signs: Sequence[Sign], role: Role | None
) -> Evidence | None:
    """Give why a party may be this government, or null."""
    state = places.name_of(rule.place)
    located = next((sign for sign in signs if sign.place == rule.place and sign.located), None)
    for name, words in zip(party.names, names, strict=True):
        titles = [title for title, place in _titles_in(words) if place == rule.place]
        if titles:
            return _said("named", name.text, state, f"the name holds {titles[0]!r}, which names {rule.covers}")
        organ = _organ(words)
        if organ is None:
            continue
        if any(place == rule.place for _, place in _states().find(words)):
            return _said("organ", name.text, state, f"the name holds {organ[0]!r} and names {state}")
        if located is not None and organ[1]:
            return _said("organ-in-place", name.text, state, f"the name holds {organ[0]!r}; {_sign(located)}")
    if rule.banks and role in BANKS and located is not None:
        return _said("bank", located.ours, state, f"a bank there counts as {rule.covers}; {_sign(located)}")
    return None


def _of_place(query_id: str, rule: Rule, signs: Sequence[Sign]) -> Hit:
    located = any(sign.located for sign in signs)
    measures = rule.residents if located and rule.residents else rule.measures
    evidence = tuple(
        Evidence(
            "place",
            "located" if sign.located else "mentioned",
            sign.ours,
            places.name_of(sign.place),
            sentence=_sign(sign),
        )
        for sign in sorted(signs, key=lambda sign: (not sign.located, sign))
    )
    return _hit(query_id, rule, measures, evidence)


def _hit(query_id: str, rule: Rule, measures: tuple[Measure, ...], evidence: tuple[Evidence, ...]) -> Hit:
    return Hit(
        query_id=query_id,
        listing=rule.id,
        listed_name=rule.covers,
        matched_name=str(evidence[0].ours),
        score=_STRENGTH[evidence[0].finding],
        band=Band.POSSIBLE,
        basis=Basis.JURISDICTION,
        evidence=evidence,
        designations=(
            Designation(
                programme=rule.programme,
                authority=rule.authority,
                measures=measures,
                mapped=rule.verified,
                effective_at=rule.since,
                legal_basis=rule.citation,
            ),
        ),
        why="; ".join(one.sentence for one in evidence[:3]),
    )


def _said(finding: str, ours: str, theirs: str, sentence: str) -> Evidence:
    return Evidence("government", finding, ours, theirs, sentence=sentence)


_STRENGTH: Final = {"named": 1.0, "organ": 1.0, "bank": 1.0, "organ-in-place": 0.95, "located": 0.9, "mentioned": 0.8}
"""Only an order: a government is told before its country, and who is in a place before what mentions it."""
_SIGNS: Final = {
    "country": "the country is given as {0!r}, which is {1}",
    "bank": "the bank identifier {0} is of {1}",
    "account": "the account {0} is kept in {1}",
    "phone": "the telephone {0} is of {1}",
    "flag": "the flag or ship number {0} is of {1}",
    "port": "the port {0!r} is in {1}",
    "town": "the address names {0!r}, which is in {1}",
    "name": "the name holds {0!r}, which is {1}",
    "text": "the text holds {0!r}, which is or is in {1}",
}


def _sign(sign: Sign) -> str:
    return _SIGNS[sign.kind].format(sign.ours, places.name_of(sign.place))


def _organ(words: list[str]) -> tuple[str, bool] | None:
    """Give the organ of state a name holds, and whether it speaks for the state it lies in."""
    return next(_organs().find(words), None)


def _titles_in(words: list[str]) -> list[tuple[str, str]]:
    return list(_titles().find(words))


@cache
def _organs() -> Lookup[bool]:
    organs = load().organs
    return Lookup([*((word, True) for word in organs.at_home), *((word, False) for word in organs.abroad)])


@cache
def _titles() -> Lookup[str]:
    return Lookup([(word, one.place) for one in load().rows for word in one.named])


@cache
def _states() -> Lookup[str]:
    """Words that name the state: those of the place, wherever the file would look for them."""
    return Lookup([(word, key) for key, one in places.places().items() for word in (*one.anywhere, *one.texts)])


@cache
def _laws() -> dict[str, str]:
    known = {one.id: one.law for one in load().rows}
    known |= {f"{Ground.TERRORISM_LIST.value}:{one.place}": "us" for one in load().terrorism_list.governments}
    return known


_GROUNDS: Final = frozenset(one.value for one in Ground if one is not Ground.LIST)
