"""The classes of damage that are tested, each with what it stands for, and whether any loss in it is a fault."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from interdiction.assurance.damage import facts, legal, letters, signs, words
from interdiction.assurance.damage.letters import Draws, Words
from interdiction.lists.readers.scripts import script_of
from interdiction.model import Kind, Listing, Name, PartialDate, Party
from interdiction.names.normalise import identifier

Make = Callable[[Listing, Name, Draws], "Party | None"]

STRONG, WEAK, SCRIPT = "strong", "weak", "script"
"""Which names of a listing a class takes: those that may make a hit alone, weak aliases, those not in Latin letters."""

_SHORTEST_NUMBER = 5
"""An identifier of four characters or fewer is too short to stand alone (docs/judging.md, section 2)."""


class DamageClass(msgspec.Struct, frozen=True):
    """One way of damage. `must` says that the engine promises to lose none; `persons` and `firms` limit whom it hits.

    `withheld` is tested on an index from which the names in other scripts were taken, so that the answer has to come
    through a romanisation.
    """

    key: str
    family: str
    says: str
    make: Make
    must: bool = False
    names: str = STRONG
    persons: bool = False
    firms: bool = False
    withheld: bool = False

    def fits(self, listing: Listing) -> bool:
        """Tell whether the class is for parties of this kind."""
        kind = listing.party.kind
        return (not self.persons or kind is Kind.PERSON) and (not self.firms or kind is Kind.ORGANISATION)


def _words(way: words.Damage, least: int = 1) -> Make:
    def make(listing: Listing, name: Name, chance: Draws) -> Party | None:
        found = words.latin_words(name.text)
        if found is None or len(found) < least:
            return None
        done = way(list(found), chance)
        return None if done is None or done == found else _named(listing, " ".join(done).upper())

    return make


def _slip(change: letters.Slip) -> Make:
    def way(found: Words, chance: Draws) -> Words | None:
        return letters.in_one(found, 4, chance, change)

    return _words(way)


def _text(way: Callable[[str, Draws], str | None]) -> Make:
    def make(listing: Listing, name: Name, chance: Draws) -> Party | None:
        done = way(name.text, chance) if words.latin_words(name.text) else None
        return None if done is None or done == name.text else _named(listing, done)

    return make


def _born(slip: Callable[..., str | None], *, typo: bool = False) -> Make:
    def make(listing: Listing, name: Name, chance: Draws) -> Party | None:
        days = [born.first for born in listing.party.birth_dates if born.precision == "day" and not born.circa]
        wrong = slip(days[0], chance) if days else None
        if wrong is None or PartialDate.parse(wrong) in listing.party.birth_dates:
            return None
        text = name.text
        if typo:
            found = words.latin_words(text)
            slipped = words.one_typo(found, chance) if found else None
            if slipped is None:
                return None
            text = " ".join(slipped).upper()
        return Party(kind=listing.party.kind, names=[text], birth_dates=[wrong])

    return make


def _exact(listing: Listing, name: Name, _: Draws) -> Party | None:
    return _named(listing, name.text)


def _natural_order(listing: Listing, name: Name, _: Draws) -> Party | None:
    family, comma, given = name.text.partition(",")
    if not comma or not given.strip() or "," in given:
        return None
    return _named(listing, f"{given.strip()} {family.strip()}")


def _cyrillic(listing: Listing, name: Name, _: Draws) -> Party | None:
    found = words.latin_words(name.text)
    text = signs.cyrillic(found) if found and len(found) > 1 else None
    return None if text is None else _named(listing, text)


def _in_two_cells(listing: Listing, name: Name, _: Draws) -> Party | None:
    found = words.latin_words(name.text)
    if found is None or len(found) < 2:
        return None
    middle = (len(found) + 1) // 2
    cells = [" ".join(found[:middle]).upper(), " ".join(found[middle:]).upper()]
    return Party(kind=listing.party.kind, names=cells)


def _another_name(listing: Listing, _: Name, chance: Draws) -> Party | None:
    numbers = [one for one in listing.party.identifiers if len(identifier(one.type, one.value)) >= _SHORTEST_NUMBER]
    if not numbers:
        return None
    return Party(kind=listing.party.kind, names=["NAMED OTHERWISE"], identifiers=[chance.choice(numbers)])


def _named(listing: Listing, text: str) -> Party:
    return Party(kind=listing.party.kind, names=[text])


def _only_other_script(listing: Listing, name: Name, _: Draws) -> Party | None:
    return _named(listing, name.text) if script_of(name.text) else None


def _withheld(listing: Listing, name: Name, _: Draws) -> Party | None:
    latin = any(script_of(one.text) is None for one in listing.party.names)
    return _named(listing, name.text) if latin and script_of(name.text) else None


CLASSES: tuple[DamageClass, ...] = (
    DamageClass("exact", "as listed", "the name as the list publishes it", _exact, must=True),
    DamageClass("weak alias", "as listed", "a weak alias as the list publishes it", _exact, must=True, names=WEAK),
    DamageClass(
        "natural order", "order", "family name last, without the list's comma", _natural_order, must=True, persons=True
    ),
    DamageClass(
        "swapped words",
        "order",
        "first and last word exchanged, but not around bin or ibn",
        _words(words.moved),
        must=True,
        persons=True,
    ),
    DamageClass("reversed", "order", "three words or more in reverse", _words(words.reverse), persons=True),
    DamageClass("letter left out", "typing", "one letter of one word left out", _slip(letters.left_out)),
    DamageClass("letter added", "typing", "one letter too many in one word", _slip(letters.added)),
    DamageClass("letter exchanged", "typing", "one letter of one word replaced by another", _slip(letters.exchanged)),
    DamageClass("letters swapped", "typing", "two neighbouring letters exchanged", _slip(letters.swapped_letters)),
    DamageClass("letter doubled", "typing", "one letter written twice", _slip(letters.doubled)),
    DamageClass(
        "neighbouring key", "typing", "one letter replaced by its neighbour on the keyboard", _slip(letters.keyboard)
    ),
    DamageClass(
        "two typos in one word", "typing", "two slips in one word of six letters or more", _words(words.two_typos)
    ),
    DamageClass(
        "typo in every word", "typing", "one slip in every word of four letters or more", _words(words.typo_each, 2)
    ),
    DamageClass(
        "typo and order",
        "typing",
        "first and last word exchanged, and one slip",
        _words(words.combination),
        persons=True,
    ),
    DamageClass("last letters cut", "cut", "the last word loses one to three letters", _words(words.last_cut)),
    DamageClass(
        "cut at 35 characters", "cut", "what does not fit a line of 35 characters is lost", _words(words.cut_at(35))
    ),
    DamageClass(
        "cut at 20 characters", "cut", "what does not fit a field of 20 characters is lost", _words(words.cut_at(20))
    ),
    DamageClass("words joined", "spacing", "two neighbouring words written as one", _words(words.joined)),
    DamageClass("word split", "spacing", "one word of six letters or more written as two", _words(words.split)),
    DamageClass("no spaces", "spacing", "two to four words written as one", _words(words.run_together)),
    DamageClass("hyphens", "spacing", "hyphens for the spaces", _words(words.hyphened), must=True),
    DamageClass("respelt", "transliteration", "another romanisation of the same sounds", _words(words.respelt)),
    DamageClass(
        "in Cyrillic letters", "script", "the Latin name written in Cyrillic by its sound", _cyrillic, persons=True
    ),
    DamageClass(
        "original script",
        "script",
        "the name in its own script as the list publishes it",
        _only_other_script,
        must=True,
        names=SCRIPT,
    ),
    DamageClass(
        "original script, not listed",
        "script",
        "the same, with those names taken from the index first",
        _withheld,
        names=SCRIPT,
        withheld=True,
    ),
    DamageClass(
        "one initial",
        "initials",
        "one word after the first shortened to its letter",
        _words(words.initial),
        persons=True,
    ),
    DamageClass(
        "middle part dropped",
        "dropped parts",
        "one word between the first and the last left out",
        _words(words.dropped),
        persons=True,
    ),
    DamageClass(
        "word dropped",
        "dropped parts",
        "one word but the first of four or more left out",
        _words(words.dropped_late),
        firms=True,
    ),
    DamageClass(
        "legal form left out", "legal forms", "the legal form at the end left out", _words(legal.left_out), firms=True
    ),
    DamageClass(
        "legal form otherwise",
        "legal forms",
        "the legal form in another spelling or language",
        _words(legal.otherwise),
        firms=True,
    ),
    DamageClass(
        "legal form added", "legal forms", "a legal form added to a name without one", _words(legal.added), firms=True
    ),
    DamageClass(
        "look-alike letters",
        "signs",
        "one to three letters replaced by Cyrillic ones that look the same",
        _text(signs.look_alike),
        must=True,
    ),
    DamageClass(
        "digits for letters",
        "signs",
        "one or two letters replaced by the digits they look like",
        _text(signs.digits_for_letters),
    ),
    DamageClass(
        "invisible signs",
        "signs",
        "zero-width signs and soft hyphens between letters",
        _text(signs.invisible),
        must=True,
    ),
    DamageClass("accents", "signs", "accents on one to three vowels", _text(signs.accented), must=True),
    DamageClass(
        "broken at 35 characters",
        "split fields",
        "a line of 35 characters ends inside a word, and the next is joined with a space",
        _words(words.broken_at(35)),
    ),
    DamageClass(
        "in two name cells",
        "split fields",
        "each half of the name in a cell of its own that is read as a whole name",
        _in_two_cells,
    ),
    DamageClass(
        "day and month exchanged",
        "birth date",
        "the exact name, day and month of birth exchanged",
        _born(facts.day_and_month_exchanged),
        must=True,
        persons=True,
    ),
    DamageClass(
        "one digit of the date",
        "birth date",
        "the exact name, one digit of the birth date wrong",
        _born(facts.one_digit),
        must=True,
        persons=True,
    ),
    DamageClass(
        "a year off",
        "birth date",
        "the exact name, born a year before or after",
        _born(facts.next_year),
        must=True,
        persons=True,
    ),
    DamageClass(
        "year only",
        "birth date",
        "the exact name, only the year of birth known",
        _born(facts.year_only),
        must=True,
        persons=True,
    ),
    DamageClass(
        "typo and one digit",
        "birth date",
        "one slip in the name, one digit of the birth date wrong",
        _born(facts.one_digit, typo=True),
        persons=True,
    ),
    DamageClass(
        "same number, another name",
        "identifiers",
        "a listed number under a name without any likeness",
        _another_name,
        must=True,
    ),
)
"""In the order of the report."""
