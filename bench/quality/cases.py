"""What is judged: pairs that somebody labelled, and questions to a list whose right answer is known.

Every case belongs to a half, told by a hash of its party. Rules and weights are learned from half A; half B is
only ever looked at as a sum.
"""

from __future__ import annotations

import csv
import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bench.books import DATA, one_line
from interdiction.errors import PartyError
from interdiction.model import Kind, PartialDate, Party

KINDS = {
    "Person": Kind.PERSON,
    "Organization": Kind.ORGANISATION,
    "Company": Kind.ORGANISATION,
    "Vessel": Kind.VESSEL,
    "LegalEntity": None,
}
SCRIPTS = ("LATIN", "CYRILLIC", "ARABIC", "HEBREW", "GREEK", "CJK", "HANGUL", "HIRAGANA", "KATAKANA", "THAI")
NAMED = {"CJK": "Han", "HIRAGANA": "kana", "KATAKANA": "kana"}


@dataclass(frozen=True)
class Pair:
    """Two parties that are the same or not. `group` is what the set itself sorts by."""

    ours: Party
    theirs: Party
    same: bool
    half: str
    group: str = ""


@dataclass(frozen=True)
class Question:
    """A party to look for in a list. `wanted` is the key it must be reported under; nothing for an innocent."""

    party: Party
    half: str
    wanted: str | None = None
    group: str = ""


@dataclass(frozen=True)
class Book:
    """Questions to one list."""

    listed: Mapping[str, Party]
    questions: Sequence[Question] = field(default_factory=list)


def half(key: str) -> str:
    """Say to which half a party belongs."""
    return "AB"[hashlib.sha256(key.encode()).digest()[0] % 2]


def hash_of(text: str) -> str:
    """Give a place in an order that has nothing to do with the alphabet, the same on every machine."""
    return hashlib.sha256(f"order:{text}".encode()).hexdigest()


def script(text: str) -> str:
    """Say in which script the first letter of a name is."""
    letter = next((letter for letter in text if letter.isalpha()), "a")
    name = unicodedata.name(letter, "")
    known = next((one for one in SCRIPTS if name.startswith(one)), "other")
    return NAMED.get(known, known.capitalize() if known != "other" else known)


def kind_word(party: Party) -> str:
    """Say what a party is, in the words of the tables."""
    return party.kind.value if party.kind else "unknown kind"


def rows(which: str) -> list[dict[str, str]]:
    """Read `labelled/WHICH.csv`."""
    with (DATA / "labelled" / f"{which}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def labelled(which: str, parties: Mapping[str, str]) -> list[Pair]:
    """Give labelled pairs; `parties` says whose a name is, so that one party's pairs fall into one half."""
    made = []
    for row in rows(which):
        kind = KINDS.get(row["schema"])
        ours, theirs = (Party(kind=kind, names=[one_line(row[column])]) for column in ("name1", "name2"))
        key = parties.get(one_line(row["name1"]), row["name1"])
        made.append(Pair(ours, theirs, row["is_match"] == "true", half(key), row.get("quality", "") or "pairs"))
    return made


def innocents(which: str) -> list[Question]:
    """Give the invented innocent people of one book, by name only."""
    return [
        Question(Party(kind=Kind.PERSON, names=[one_line(row["full_name"])]), half(row["full_name"]), None, which)
        for row in rows(f"innocent_{which}")
    ]


def altered(*, facts: bool) -> Book:
    """Give the damaged rows of UN persons, to be found among the clean ones."""

    def person(row: dict[str, str], *, known: bool) -> Party:
        born = _born(row["date_of_birth"])
        nationality = [row["nationality"]] if known and row["nationality"] else []
        return Party(
            kind=Kind.PERSON, names=[row["full_name"]], birth_dates=born if known else [], nationalities=nationality
        )

    listed = {f"row:{at}": person(row, known=True) for at, row in enumerate(rows("un_persons_original"))}
    questions = [
        Question(person(row, known=facts), half(f"row:{at}"), f"row:{at}")
        for at, row in enumerate(rows("un_persons_altered"))
    ]
    return Book(listed, questions)


def _born(text: str) -> list[str]:
    """Read a date as a careless form gives it: 1969-7-16, and nothing for 32 January."""
    day = "-".join(part.zfill(2) for part in text.split("-"))
    try:
        return [str(PartialDate.parse(day))] if text else []
    except PartyError:
        return []
