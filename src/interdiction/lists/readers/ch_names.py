"""Swiss names: ordered parts, each with spelling variants by language and script, to whole names.

A name is spelt whole once in each culture (a pair of language and script): a part without a variant in it
stands there as it is. Titles are no part of a name.
"""

from __future__ import annotations

from itertools import islice, product

from interdiction.lists.readers.collected import Collected
from interdiction.lists.readers.packed import squeeze
from interdiction.lists.readers.scripts import script_of
from interdiction.lists.readers.xml_stream import Element
from interdiction.model import Name, NamePart, NameQuality

_TYPES = {"primary-name": NameQuality.PRIMARY, "alias": NameQuality.STRONG, "formerly-known-as": NameQuality.FORMER}
_PARTS = {
    "given-name": "given", "further-given-name": "middle", "father-name": "patronymic",
    "grand-father-name": "patronymic", "family-name": "family", "maiden-name": "maiden", "suffix": "suffix",
    "title": "title", "tribal-name": "family", "whole-name": "whole", "other": "whole",
}  # fmt: skip
_MOST = 64
"""Spellings made of one name in one culture: eight parts of two variants each are 256, and say no more."""

Culture = tuple[str, str]


def names(node: Element, into: Collected, *, main: bool) -> list[Name]:
    """Give every spelling of one name; the primary name of another identity of the party is a strong one."""
    word, grade = node.get("name-type", ""), node.get("quality", "")
    quality = _TYPES.get(word)
    if quality is None:
        if word:
            into.new_word("name-type", word)
        quality = NameQuality.STRONG
    if quality is NameQuality.PRIMARY and not main:
        quality = NameQuality.STRONG
    if grade == "low" and quality is not NameQuality.PRIMARY:
        quality = NameQuality.WEAK
    note = word if word not in _TYPES and word else None
    language = node.get("lang") or None
    parts = _parts(node, into)
    found: list[Name] = []
    for culture in dict.fromkeys(one for _, spelt in parts for one in spelt):
        rows = [[NamePart(kind, text) for text in spelt.get(culture) or spelt[_OWN]] for kind, spelt in parts]
        for row in islice(product(*rows), _MOST):
            text = " ".join(part.text for part in row)
            whole = quality if culture == _OWN or quality is not NameQuality.PRIMARY else NameQuality.STRONG
            spoken = culture[0].lower() or language
            told = tuple(part for part in row) if len(row) > 1 else ()
            found.append(Name(text, whole, _script(culture, text), spoken, told, note))
    return found


def titles(node: Element) -> list[str]:
    """Give the titles that stand among the parts of a name."""
    return [
        text
        for part in node.iterchildren("name-part")
        if part.get("name-part-type") == "title"
        for one in part
        if (text := squeeze(one.text or ""))
    ]


_OWN: Culture = ("", "")


def _parts(node: Element, into: Collected) -> list[tuple[str, dict[Culture, list[str]]]]:
    found: list[tuple[int, str, dict[Culture, list[str]]]] = []
    for at, part in enumerate(node.iterchildren("name-part")):
        word = part.get("name-part-type", "")
        if word == "title":
            continue
        if word and word not in _PARTS:
            into.new_word("name-part-type", word)
        spelt: dict[Culture, list[str]] = {}
        for one in part:
            text = squeeze(one.text or "")
            if not text:
                continue
            culture = _OWN if one.tag == "value" else (one.get("lang") or "", (one.get("script") or "").title())
            spelt.setdefault(culture, []).append(text)
        if _OWN not in spelt and spelt:
            spelt[_OWN] = next(iter(spelt.values()))
        order = part.get("order", "")
        if spelt:
            found.append((int(order) if order.isdigit() else at, _PARTS.get(word, "whole"), spelt))
    found.sort(key=lambda part: part[0])
    return [(kind, dict(sorted(spelt.items(), key=lambda pair: pair[0] != _OWN))) for _, kind, spelt in found]


def _script(culture: Culture, text: str) -> str | None:
    return script_of(text) or (culture[1] if culture[1] not in {"", "Latn"} else None)
