"""Write the tables of the native core (`crates/names/data/*.tsv`) from the YAML truth, or check that they agree.

`python scripts/tables.py` writes; `--check` writes nothing and exits 1 when a table differs or the truth is wrong.
The same YAML always gives the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
TRUTH = ROOT / "src" / "interdiction" / "data"
TABLES = ROOT / "crates" / "names" / "data"
PLACES = ("anywhere", "end", "late", "start", "edge")
STOP_RULES = ("always", "long", "first", "between", "assimilated")
# Sections that list after a reading what is read so: every character, or every word.
BY_CHARACTER = ("chinese_transcription", "chinese_transcription_signs", "sino_korean")
BY_WORD = ("foreign_names", "russian_own")


class TruthError(Exception):
    """A YAML file says something twice, or something that could never be met."""


def load(name: str, folder: Path = TRUTH) -> Any:
    """One YAML file of the truth."""
    return yaml.safe_load((folder / f"{name}.yml").read_text(encoding="utf-8"))


def words(value: str | list[str]) -> list[str]:
    """Give a list of spellings, whether it was written as a YAML list or as one line."""
    return value.split() if isinstance(value, str) else [_text(one) for one in value]


def _text(value: object) -> str:
    if not isinstance(value, str):
        # Unquoted NO, ON and Y are booleans to YAML 1.1, and would silently drop a Korean surname.
        raise TruthError(f"{value!r} is not text: put it in quotes")
    return value


def _folded(word: str) -> str:
    """Give the word itself; refuse what normalising would change, because it could never be met."""
    if not word or any(c.isascii() and not (c.islower() or c.isdigit() or c == " ") for c in word):
        raise TruthError(f"{word!r}: write it in lower case, without punctuation")
    if word != " ".join(word.split()) or word != word.lower():
        raise TruthError(f"{word!r}: single spaces and lower case only")
    return word


def legal_forms(truth: list[dict[str, Any]]) -> Iterator[str]:
    """Rows `class id, place, spelling`; a spelling stands in one class and one place only."""
    seen: dict[str, int] = {}
    ids: set[int] = set()
    for entry in truth:
        number = entry["id"]
        if number in ids or not 0 < number < 1 << 16:
            raise TruthError(f"legal form class {number} stands twice or is out of range")
        ids.add(number)
        unknown = set(entry) - {"id", "class", *PLACES}
        if unknown:
            raise TruthError(f"legal form class {number}: unknown keys {sorted(unknown)}")
        for place in PLACES:
            for spelling in entry.get(place, []):
                form = _folded(_text(spelling))
                if form in seen:
                    raise TruthError(f"legal form {form!r} stands in class {seen[form]} and in {number}")
                seen[form] = number
                yield f"{number}\t{place}\t{form}"


def stop_words(truth: dict[str, Any]) -> Iterator[str]:
    """Rows `rule, word`."""
    seen: set[str] = set()
    unknown = set(truth) - set(STOP_RULES)
    if unknown:
        raise TruthError(f"stop words: unknown rules {sorted(unknown)}")
    for rule in STOP_RULES:
        value = truth[rule]
        groups: Iterable[list[str]] = value.values() if isinstance(value, dict) else [value]
        for group in groups:
            for word in words(group):
                if _folded(word) in seen:
                    raise TruthError(f"stop word {word!r} stands twice")
                seen.add(word)
                yield f"{rule}\t{word}"


def name_variants(truth: list[dict[str, Any]]) -> Iterator[str]:
    """Rows `class id, spellings`; the id is the place in the file, so classes are appended, never inserted."""
    seen: dict[str, int] = {}
    for number, entry in enumerate(truth, start=1):
        spellings = words(entry["spellings"])
        if set(entry) != {"culture", "spellings"} or len(spellings) < 2:
            raise TruthError(f"variant class {number} ({spellings}): a culture and two spellings or more")
        for spelling in spellings:
            if not (_folded(spelling).isascii() and spelling.isalnum()):
                raise TruthError(f"variant {spelling!r} is not one folded Latin word")
            if spelling in seen:
                raise TruthError(f"variant {spelling!r} stands in class {seen[spelling]} and in class {number}")
            seen[spelling] = number
        yield f"{number}\t{' '.join(spellings)}"


def romanisation(truth: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Rows `section, native word, readings separated by |`; within a section each native word stands once."""
    for section in sorted(truth):
        seen: set[str] = set()
        for key, value in truth[section].items():
            for native, reading in _pairs(section, key, _text(value)):
                if _text(native) in seen:
                    raise TruthError(f"{section}: {native!r} stands twice")
                seen.add(native)
                readings = [_folded(part.strip()) for part in _text(reading).split("|")]
                yield f"{section}\t{native}\t{'|'.join(readings)}"


def _pairs(section: str, key: str, value: str) -> list[tuple[str, str]]:
    """Native spelling and reading, whichever of the two the section begins its lines with."""
    if section in BY_CHARACTER:
        return [(character, key) for character in value]
    if section in BY_WORD:
        return [(word, key) for word in value.split()]
    return [(key, value)]


WRITERS: dict[str, Callable[[Any], Iterator[str]]] = {
    "legal_forms": legal_forms,
    "stop_words": stop_words,
    "name_variants": name_variants,
    "romanisation": romanisation,
}


def render(folder: Path = TRUTH) -> dict[str, str]:
    """Every table as it must stand: file name to content."""
    return {f"{name}.tsv": "".join(f"{row}\n" for row in rows(load(name, folder))) for name, rows in WRITERS.items()}


def main(arguments: list[str] | None = None) -> int:
    """Write or check; the exit code is 0 when all is well and 1 when a table differs or the truth is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a table differs")
    check = parser.parse_args(arguments).check
    try:
        tables = render()
    except TruthError as error:
        print(f"tables: {error}", file=sys.stderr)
        return 1
    differing = []
    for name, content in tables.items():
        path = TABLES / name
        if path.exists() and path.read_text(encoding="utf-8") == content:
            continue
        differing.append(name)
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="\n")
    for name in differing:
        print(f"tables: {name} {'differs: run python scripts/tables.py' if check else 'written'}")
    return 1 if check and differing else 0


if __name__ == "__main__":
    sys.exit(main())
