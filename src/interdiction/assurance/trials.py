"""The questions put to the engine: for each class of damage, listed parties drawn by the seed and damaged."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from interdiction.assurance.chance import Chance
from interdiction.assurance.damage.classes import CLASSES, SCRIPT, WEAK, DamageClass
from interdiction.assurance.subject import is_strong
from interdiction.lists.readers.scripts import script_of
from interdiction.model import Kind, Listing, Name, Party

LATIN = "Latn"
_WITHHELD = frozenset(one.key for one in CLASSES if one.withheld)


class Trial(msgspec.Struct, frozen=True):
    """One question: `at` is the ordinal of the listing that is meant, `name` the name it was made from."""

    damage: str
    at: int
    listing: str
    name: str
    script: str
    kind: Kind | None
    party: Party


def is_withheld(trial: Trial) -> bool:
    """Tell whether the trial is asked on the index from which names in other scripts were taken."""
    return trial.damage in _WITHHELD


def without_scripts(party: Party) -> Party:
    """Give a party without its names in other scripts, where a Latin one is left."""
    latin = tuple(name for name in party.names if script_of(name.text) is None)
    return msgspec.structs.replace(party, names=latin or party.names)


def draw(listings: Sequence[Listing], each: int, seed: str) -> list[Trial]:
    """Give up to `each` trials of every class, no party twice in one class.

    Every listing is equally likely, whatever the number of its names; then one of its names is, of those that can
    suffer so. A class draws from a stream of its own: a new class changes no other.
    """
    return [trial for one in CLASSES for trial in _of_class(listings, one, each, seed)]


def _of_class(listings: Sequence[Listing], one: DamageClass, each: int, seed: str) -> list[Trial]:
    chance = Chance(seed, "damage", one.key)
    made: list[Trial] = []
    for at in chance.walk(len(listings)):
        if len(made) == each:
            break
        listing = listings[at]
        if listing.unread or not one.fits(listing):
            continue
        names = _names(listing, one)
        for place in chance.walk(len(names)):
            party = one.make(listing, names[place], chance)
            if party is not None:
                text = names[place].text
                script = script_of(text) or LATIN
                made.append(Trial(one.key, at, listing.id, text, script, listing.party.kind, party))
                break
    return sorted(made, key=lambda trial: trial.at)


def _names(listing: Listing, one: DamageClass) -> list[Name]:
    if one.names == WEAK:
        return [name for name in listing.party.names if not is_strong(name)]
    strong = [name for name in listing.party.names if is_strong(name)]
    return [name for name in strong if script_of(name.text)] if one.names == SCRIPT else strong
