"""Turns the country texts of lists and books into ISO 3166-1 codes, and codes into English names.

Reach for it wherever a country is read: `code` gives the one country a text means, `codes` every country
it may mean ("Korea", "USSR", "Sudan/South Sudan"), `name` shows a code to people, `says_none` tells a text
that declares the country unknown from one that could not be read. The spellings stand in `data/countries.yml`.

1. A text is never guessed: one that fits no spelling gives None, and its reader keeps the text.
2. An ambiguous text gives no single code, so that it can never contradict the country it meant.
3. Codes are ISO 3166-1 alpha-2 in lower case, with xk (Kosovo) and the withdrawn su, yu, cs, dd and an.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import Final

import msgspec

from interdiction.errors import DataError

FILE: Final = "countries.yml"
LONGEST: Final = 160
"""Characters; the longest spelling of an official list has 54. What is longer is prose, not a country."""

_LETTERS: Final = str.maketrans({"\u0131": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe"})
_BETWEEN: Final = re.compile(r"[\W_]+")
_SPELT_OUT: Final = re.compile(r"\b(?:\w )+\w\b")
_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PARTED: Final = re.compile(r"[(\[,]")
_EITHER: Final = re.compile(r"\s*(?:/|;|\band/or\b|\bor\b)\s*", re.IGNORECASE)
_BEFORE: Final = ("republic of ", "state of ", "kingdom of ", "possibly ", "probably ", "presumably ", "region ")
_AFTER: Final = (" passport", " nationality", " national", " citizen", " citizenship")


class _Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    alpha3: str
    also: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    """Of a withdrawn code."""


class _Book(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    countries: dict[str, _Country]
    withdrawn: dict[str, _Country]
    several: dict[str, tuple[str, ...]]
    none: tuple[str, ...]
    languages: tuple[str, ...]


class _Spellings(msgspec.Struct, frozen=True):
    names: dict[str, str]
    meanings: dict[str, tuple[str, ...]]
    """Folded spelling to the codes it may mean; a withdrawn code is followed by its successors."""
    withdrawn: frozenset[str]
    none: frozenset[str]
    languages: tuple[str, ...]


def code(text: str) -> str | None:
    """Give the code of the one country that `text` means, or None where it means none, several or is unknown.

    Takes codes of two and three letters, names in English and some twenty other languages, adjectives, and
    the spellings of official lists. A withdrawn state gives its withdrawn code ("USSR": su).
    """
    meant = codes(text)
    whole = len(meant) == 1 or (meant and meant[0] in _spellings().withdrawn and meant == codes(meant[0]))
    return meant[0] if whole else None


def codes(text: str) -> tuple[str, ...]:
    """Give every code that `text` may mean, empty where none is known.

    An ambiguous text gives all its candidates and a withdrawn state itself and its successors: for a
    comparison in which any of them agreeing is agreement.
    """
    return _meaning(text) if len(text) <= LONGEST else ()


@lru_cache(maxsize=1 << 16)
def _meaning(text: str) -> tuple[str, ...]:
    forms = tuple(_forms(text))
    for spellings in (_english, _foreign):
        for form in forms:
            found = spellings().get(form)
            if found is not None:
                return found
    return _either(text)


def name(code: str) -> str:
    """Give the English name of `code`; what is not a known code is given back as it is."""
    return _spellings().names.get(code.strip().lower(), code)


def says_none(text: str) -> bool:
    """Tell whether `text` declares that no country is known ("undetermined", "None Identified", blank).

    Such a text is no unknown country: a reader leaves the field empty instead of keeping it. A lower-case
    "na" is such a declaration (the United Nations write it so); "NA" is Namibia.
    """
    return len(text.strip()) <= LONGEST and (_declares_none(text) or not fold(text))


def _declares_none(text: str) -> bool:
    plain = text.strip()
    return plain.casefold() in _spellings().none or plain == "na"


@cache
def known() -> frozenset[str]:
    """Give every code that `code` can give."""
    return frozenset(_spellings().names)


def fold(text: str) -> str:
    """Give `text` without case, accents, punctuation and a leading "the": the form in which spellings compare."""
    plain = text.replace("&", " and ")
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).casefold()
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_LETTERS)
    plain = _BETWEEN.sub(" ", plain.casefold().replace(".", "")).strip()
    plain = _SPELT_OUT.sub(lambda run: run[0].replace(" ", ""), plain)
    plain = plain.removeprefix("the ")
    return f"saint {plain[3:]}" if plain.startswith("st ") else plain


def _forms(text: str) -> Iterator[str]:
    """Give the folded forms of `text` to look up, the most literal first."""
    folded = fold(text)
    if not folded or _declares_none(text):
        return
    yield folded
    if not _PARTED.search(text):  # nothing to take out or to turn round
        yield from _bare(folded)
        return
    bare = _BRACKETS.sub(" ", text)
    head, comma, tail = bare.partition(",")
    for form in dict.fromkeys((fold(bare), fold(f"{tail} {head}") if comma and "," not in tail else "", folded)):
        if form and form != folded:
            yield form
        yield from _bare(form)


def _bare(form: str) -> Iterator[str]:
    """Give a folded form without the words that stand before or after a country's name."""
    if form.startswith(_BEFORE):
        for word in _BEFORE:
            if form.startswith(word) and len(form) > len(word):
                yield form.removeprefix(word).removeprefix("the ")
    if form.endswith(_AFTER):
        for word in _AFTER:
            if form.endswith(word) and len(form) > len(word):
                yield form.removesuffix(word)


def _either(text: str) -> tuple[str, ...]:
    """Give the codes of a text that names alternatives, such as "Sudan/South Sudan" or "Iran / unknown"."""
    if not ("/" in text or ";" in text or "or" in text.lower()):  # what `_EITHER` looks for
        return ()
    parts = [part for part in _EITHER.split(text) if part and not says_none(part)]
    if not parts or parts == [text]:
        return ()
    meant = [codes(part) for part in parts]
    return tuple(dict.fromkeys(one for several in meant for one in several)) if all(meant) else ()


@cache
def _spellings() -> _Spellings:
    """Read the file. Raises `DataError` for a wrong one or a spelling that two entries claim."""
    raw = resources.files("interdiction").joinpath("data", FILE).read_bytes()
    return _read(raw)


def _read(raw: bytes) -> _Spellings:
    import yaml  # noqa: PLC0415 - a run that meets no country needs no parser

    try:
        book = msgspec.convert(yaml.load(raw, Loader=yaml.CSafeLoader), _Book)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise DataError(f"not a file of countries: {error}", where=FILE, mend="correct the entry it names") from error
    names: dict[str, str] = {}
    meanings: dict[str, tuple[str, ...]] = {}

    def claim(spelling: str, codes: tuple[str, ...], entry: str) -> None:
        form = fold(spelling)
        if meanings.setdefault(form, codes) != codes:
            raise DataError(
                f"the spelling {spelling!r} of {entry} is also one of {', '.join(meanings[form])}",
                where=f"{FILE}, {entry}",
                mend="keep it in one entry, or move it to `several`",
            )

    for key, state in (*book.countries.items(), *book.withdrawn.items()):
        if key in names:
            raise DataError(f"the code {key} stands twice", where=f"{FILE}, {key}", mend="keep one of the two")
        names[key] = state.name
        meant = (key, *state.successors)
        for spelling in (key, state.alpha3, state.name, *state.also):
            claim(spelling, meant, key)
    for spelling, several in book.several.items():
        claim(spelling, several, spelling)
    for entry, targets in (*((k, w.successors) for k, w in book.withdrawn.items()), *book.several.items()):
        for target in targets:
            if target not in book.countries:
                raise DataError(f"{target!r} is no code", where=f"{FILE}, {entry}", mend="use a code of `countries`")
    none = frozenset(text.casefold() for text in book.none)
    return _Spellings(
        names=names, meanings=meanings, withdrawn=frozenset(book.withdrawn), none=none, languages=book.languages
    )


def _english() -> dict[str, tuple[str, ...]]:
    return _spellings().meanings


@cache
def _foreign() -> dict[str, tuple[str, ...]]:
    """Folded names in other languages (Unicode CLDR) to codes; loaded when English has no answer."""
    from babel import Locale  # noqa: PLC0415 - a fifth of a second that most runs never need

    spellings = _spellings()
    found: dict[str, set[str]] = {}
    for language in spellings.languages:
        for territory, text in Locale.parse(language).territories.items():
            key = territory.lower()
            if key in spellings.names:
                found.setdefault(fold(text), set()).add(key)
    return {form: tuple(sorted(keys)) for form, keys in found.items() if form not in spellings.meanings}
