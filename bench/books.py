"""What is measured on: real lists, lists recombined from their words, innocent books, labelled pairs, messages.

Everything is drawn with fixed seeds, so that two machines measure on the same names.
"""

from __future__ import annotations

import csv
import random
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"

PHRASES = (
    "PAYMENT OF INVOICE NO",
    "AGAINST CONTRACT DATED",
    "FOR SPARE PARTS AND SERVICE",
    "BALANCE OF PROFORMA",
    "LESS BANK CHARGES",
    "SHIPMENT PER BILL OF LADING",
    "SALARY FOR THE MONTH OF",
    "RENT AND UTILITIES",
    "FAMILY SUPPORT",
    "CONSULTING FEES AS AGREED",
    "ORDER OF OUR CLIENT",
    "IN FAVOUR OF",
    "FREIGHT AND INSURANCE",
    "SETTLEMENT OF ACCOUNT",
    "ADVANCE FOR GOODS",
    "TUITION FEE SECOND TERM",
)
"""Wordings of remittance lines, in the manner of the messages under `payments`."""


@dataclass(frozen=True)
class Listed:
    """One listed name as published."""

    key: str
    kind: str
    text: str


@dataclass(frozen=True)
class Labelled:
    """Two names that a person has compared."""

    ours: str
    theirs: str
    schema: str
    same: bool


def one_line(text: str | None) -> str:
    """Give the text with every run of blanks as one."""
    return " ".join((text or "").split())


def listed_names() -> list[Listed]:
    """Give the names of OFAC's list of 2023-12-28 and the UN's of 2026-01-28, party by party, aliases too."""
    return [*_ofac(DATA / "ofac" / "2023-12-28"), *_un(DATA / "un" / "UN_2026-01-28.xml")]


def _ofac(folder: Path) -> Iterable[Listed]:
    aliases: dict[str, list[str]] = {}
    with (folder / "alt.csv").open(encoding="cp1252", newline="") as file:
        for row in csv.reader(file):
            if len(row) > 3:
                aliases.setdefault(row[0], []).append(row[3])
    kinds = {"individual": "person", "vessel": "vessel", "aircraft": "aircraft"}
    with (folder / "sdn.csv").open(encoding="cp1252", newline="") as file:
        for row in csv.reader(file):
            if len(row) > 3:
                kind = kinds.get(row[2].strip(), "organisation")
                for name in (row[1], *aliases.get(row[0], [])):
                    if one_line(name) not in {"", "-0-"}:
                        yield Listed(f"ofac-sdn:{row[0]}", kind, one_line(name))


def _un(path: Path) -> Iterable[Listed]:
    for party in ET.parse(path).getroot().iter():
        if party.tag not in {"INDIVIDUAL", "ENTITY"}:
            continue
        kind = "person" if party.tag == "INDIVIDUAL" else "organisation"
        parts = [party.findtext(tag) for tag in ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")]
        names = [" ".join(part for part in parts if part), party.findtext("NAME_ORIGINAL_SCRIPT")]
        names += [alias.findtext("ALIAS_NAME") for alias in party.iter(f"{party.tag}_ALIAS")]
        for name in names:
            if one_line(name):
                yield Listed(f"un:{party.findtext('DATAID')}", kind, one_line(name))


def innocents() -> list[str]:
    """Give the 30,000 invented innocent people, in many scripts."""
    names = []
    for which in ("global", "us"):
        with (DATA / "labelled" / f"innocent_{which}.csv").open(encoding="utf-8", newline="") as file:
            names += [one_line(row["full_name"]) for row in csv.DictReader(file)]
    return names


def labelled(which: str) -> list[Labelled]:
    """Give the rows of `labelled/WHICH.csv`."""
    with (DATA / "labelled" / f"{which}.csv").open(encoding="utf-8", newline="") as file:
        return [
            Labelled(one_line(row["name1"]), one_line(row["name2"]), row["schema"], row["is_match"].lower() == "true")
            for row in csv.DictReader(file)
        ]


def recombined_list(real: Sequence[Listed], size: int) -> list[Listed]:
    """Give `size` names: the real ones, then new parties of one name each.

    A new name has the pattern of a real one; each word stands at that place in another real name of the
    same kind. So every word is as common as in the real lists, which is harder than new words would be.
    """
    chance = random.Random(1717)
    words = {kind: [one.text.split() for one in real if one.kind == kind] for kind in {one.kind for one in real}}
    made = list(real[:size])
    while len(made) < size:
        pattern = real[chance.randrange(len(real))]
        others = words[pattern.kind]
        name = [_word_at(others, place, word, chance) for place, word in enumerate(pattern.text.split())]
        made.append(Listed(f"made:{len(made)}", pattern.kind, " ".join(name)))
    return made


def _word_at(names: Sequence[Sequence[str]], place: int, default: str, chance: random.Random) -> str:
    for _ in range(8):
        other = names[chance.randrange(len(names))]
        if place < len(other):
            return other[place]
    return default


def customers(innocent: Sequence[str], size: int) -> list[str]:
    """Give different customers: the first words of one innocent, the last word of another of the same script."""
    chance = random.Random(2929)
    scripts: dict[str, list[list[str]]] = {}
    for name in innocent:
        scripts.setdefault(script(name), []).append(name.split())
    made: dict[str, None] = dict.fromkeys(innocent[:size])
    tries = 0
    while len(made) < size and tries < size * 20:
        tries += 1
        first = innocent[chance.randrange(len(innocent))].split()
        others = scripts[script(" ".join(first))]
        made.setdefault(" ".join([*first[:-1], others[chance.randrange(len(others))][-1]]))
    return list(made)


def script(text: str) -> str:
    """Say roughly which script a text is in: by the block of its first letter."""
    first = next((letter for letter in text if letter.isalpha()), "a")
    blocks = ((0x250, "latin"), (0x530, "cyrillic"), (0x590, "armenian"), (0x600, "hebrew"), (0x900, "arabic"))
    return next((name for end, name in blocks if ord(first) < end), f"other {ord(first) // 0x1000}")


def messages(innocent: Sequence[str], planted: Sequence[str], size: int, letters: int = 400) -> list[str]:
    """Give different remittance texts of `letters` characters; every fiftieth holds a name of `planted`."""
    chance = random.Random(4343)
    made = []
    for number in range(size):
        pieces = [f"{PHRASES[number % len(PHRASES)]} {number:06d}"]
        at = chance.randrange(1, 4) if planted and number % 50 == 0 else -1
        while sum(map(len, pieces)) + len(pieces) < letters:
            if len(pieces) == at:
                pieces.append(planted[chance.randrange(len(planted))])
            pieces.append(innocent[chance.randrange(len(innocent))])
            pieces.append(f"{PHRASES[chance.randrange(len(PHRASES))]} {chance.randrange(10**6)}")
        made.append(" ".join(pieces)[:letters])
    return made


def plain_words(text: str) -> list[str]:
    """Give the words of a Latin name in small letters, the way a simple matcher cuts them."""
    return re.findall(r"[a-z0-9]+", text.lower().replace("'", ""))
