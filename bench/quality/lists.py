"""Sets that are made from the lists: later parties, exact names, original scripts, false papers, ships, namesakes."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import msgspec

from bench.books import DATA, one_line
from bench.quality.cases import Book, Pair, Question, half, hash_of, script
from interdiction.lists.detect import read_edition
from interdiction.lists.readers import ListFile
from interdiction.model import Identifier, Kind, NameQuality, Party
from interdiction.names.normalise import fold

Parties = dict[str, Party]
STURDY = {NameQuality.PRIMARY, NameQuality.STRONG}
NUMBERS = {Kind.VESSEL: ("imo",), Kind.AIRCRAFT: ("tail_number", "aircraft_serial", "serial_number", "msn")}


def ofac(edition: str = "2023-12-28") -> Parties:
    """Read one full set of OFAC's list."""
    return _read(sorted((DATA / "ofac" / edition).glob("*.csv")), "ofac-sdn")


def un() -> Parties:
    """Read the UN's list of 28 January 2026."""
    return _read([DATA / "un" / "UN_2026-01-28.xml"], "un")


def _read(paths: Sequence[Path], key: str) -> Parties:
    reading = read_edition([ListFile(path.name, path.read_bytes()) for path in paths], key)
    return {f"{listing.list}:{listing.uid}": listing.party for listing in reading.listings}


def owners(parties: Mapping[str, Party]) -> dict[str, str]:
    """Say whose each name is."""
    return {one_line(name.text): key for key, party in parties.items() for name in party.names}


def bare(party: Party, *names: str) -> Party:
    """Give a party of the same kind with these names and nothing else."""
    return Party(kind=party.kind, names=names)


def alike(one: str, other: str) -> float:
    """Give how alike two names are whatever the order of their words, 0 to 100."""
    return 100 * SequenceMatcher(None, _sorted(one), _sorted(other), autojunk=False).ratio()


def _sorted(name: str) -> str:
    return " ".join(sorted("".join(sign if sign.isalnum() else " " for sign in name.lower()).split()))


def later_pairs(new: Parties, old: Parties, nearest: Mapping[str, Sequence[str]], each: int = 1500) -> list[Pair]:
    """Give pairs by the recipe of alias_pairs.csv from parties listed after the older edition.

    The same: two names of one party, similarity 60 to 99, at most three of a party. Not the same: a name and its
    nearest name of another party (`nearest`, from the index), two thirds at 70 to 97 and one third at 45 to 70.
    """
    fresh = {
        key: party for key, party in new.items() if key not in old and party.kind in {Kind.PERSON, Kind.ORGANISATION}
    }
    said = {key: {fold(name.text) for name in party.names} for key, party in new.items()}
    owner = owners(new)
    same: dict[str, list[Pair]] = {}
    apart: dict[str, list[Pair]] = {"near": [], "far": []}
    for key, party in fresh.items():
        names = [one_line(name.text) for name in party.names]
        mates = [
            Pair(bare(party, one), bare(party, other), same=True, half=half(key), group="same")
            for one, other in itertools.combinations(names, 2)
            if fold(one) != fold(other) and 60 <= alike(one, other) <= 99
        ]
        same[key] = mates[:3]
        others = [
            (alike(names[0], other), other)
            for other in nearest.get(names[0], ())
            if new[owner[other]].kind == party.kind and not said[key] & said[owner[other]]
        ]
        score, other = max(((score, other) for score, other in others if 45 <= score < 97), default=(0.0, ""))
        if other:
            pair = Pair(
                bare(party, names[0]), bare(new[owner[other]], other), same=False, half=half(key), group="other"
            )
            apart["near" if score >= 70 else "far"].append(pair)
    kept = list(itertools.chain.from_iterable(same[key] for key in sorted(same, key=hash_of)))[:each]
    for sort, most in (("near", each * 2 // 3), ("far", each - each * 2 // 3)):
        kept += sorted(apart[sort], key=lambda pair: hash_of(pair.ours.names[0].text))[:most]
    return kept


def exact_names(parties: Parties, *, contrary: bool) -> list[Question]:
    """Ask for every primary and strong name as it stands; `contrary`: all that may not sink says otherwise."""
    questions = []
    for key, party in parties.items():
        for name in party.names:
            if name.quality in STURDY:
                asked = bare(party, name.text)
                if contrary:
                    asked = msgspec.structs.replace(
                        asked,
                        nationalities=("aq",),
                        residences=("aq",),
                        birth_dates=Party(birth_dates=["1901"] if party.birth_dates else []).birth_dates,
                    )
                questions.append(Question(asked, half(key), key, script(name.text)))
    return questions


def equal_numbers(parties: Parties) -> list[Question]:
    """Ask for every party with a number under a name that keeps one word of its own."""
    questions = []
    for key, party in parties.items():
        long = [number for number in party.identifiers if len(number.value) > 4]
        words = party.names[0].text.replace(",", " ").split() if party.names else []
        if long and words:
            asked = Party(kind=party.kind, names=[max(words, key=len)], identifiers=long[:1])
            questions.append(Question(asked, half(key), key, long[0].type))
    return questions


def withheld(parties: Parties) -> Book:
    """Keep the Latin names in the list and ask for the original-script names."""
    listed, questions = {}, []
    for key, party in parties.items():
        latin = tuple(name for name in party.names if script(name.text) == "Latin")
        if latin:
            listed[key] = msgspec.structs.replace(party, names=latin)
            foreign = [name.text for name in party.names if script(name.text) != "Latin"]
            questions += [Question(bare(party, text), half(key), key, script(text)) for text in foreign]
    return Book(listed, questions)


def renumbered(parties: Parties, nearest: Mapping[str, Sequence[str]]) -> tuple[list[Question], list[Pair]]:
    """Give ships and aircraft renamed under their number, and near names under another number."""
    known = {
        key: (party, number)
        for key, party in parties.items()
        if party.kind in NUMBERS and (number := _number(party)) is not None
    }
    names = [party.names[0].text for party, _ in known.values()]
    owner = owners(parties)
    renamed, apart = [], []
    for (key, (party, number)), name in zip(known.items(), [*names[7:], *names[:7]], strict=True):
        kind = party.kind.value if party.kind else ""
        renamed.append(Question(Party(kind=party.kind, names=[name], identifiers=[number]), half(key), key, kind))
        own = {fold(one.text) for one in party.names}
        for other in nearest.get(one_line(party.names[0].text), ()):
            mate = known.get(owner[other])
            if mate is not None and mate[0] is not party and mate[1].value != number.value and fold(other) not in own:
                sides = [
                    Party(kind=side.kind, names=[text], identifiers=[figure])
                    for side, text, figure in ((party, party.names[0].text, number), (mate[0], other, mate[1]))
                ]
                apart.append(Pair(sides[0], sides[1], same=False, half=half(key), group=kind))
                break
    return renamed, apart


def _number(party: Party) -> Identifier | None:
    wanted = NUMBERS[party.kind] if party.kind else ()
    return next((number for number in party.identifiers if number.type in wanted), None)
