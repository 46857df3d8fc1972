"""Signs that look right and are not: look-alike letters, digits, invisible signs, accents, another alphabet."""

from __future__ import annotations

from interdiction.assurance.damage.letters import Draws
from interdiction.assurance.truth import texts

_LOOK_ALIKE = dict(
    zip(
        "ABCEHIJKMOPSTXYaceijopsxy",
        (
            "\u0410\u0412\u0421\u0415\u041d\u0406\u0408\u041a\u041c\u041e\u0420\u0405\u0422\u0425\u0423"
            "\u0430\u0441\u0435\u0456\u0458\u043e\u0440\u0455\u0445\u0443"
        ),
        strict=True,
    )
)
"""Latin letters and the Cyrillic ones that print the same, as code points: nobody sees the difference."""

_DIGITS = {"O": "0", "o": "0", "I": "1", "l": "1", "S": "5", "s": "5", "B": "8", "Z": "2"}
_INVISIBLE = ("\u200b", "\u200d", "\u00ad", "\u2060", "\ufeff", "\u200f")
"""Zero-width space and joiner, soft hyphen, word joiner, byte order mark, right-to-left mark."""
_ACCENTS = ("\u0301", "\u0300", "\u0308", "\u0302", "\u0304")
"""Acute, grave, diaeresis, circumflex, macron, as signs of their own behind the letter."""


def look_alike(text: str, chance: Draws) -> str | None:
    """Exchange one to three letters for Cyrillic ones that look the same."""
    return _at_places(text, [at for at, sign in enumerate(text) if sign in _LOOK_ALIKE], 3, chance, _LOOK_ALIKE)


def digits_for_letters(text: str, chance: Draws) -> str | None:
    """Write one or two letters inside words as the digits they look like."""
    places = [
        at
        for at in range(1, len(text) - 1)
        if text[at] in _DIGITS and text[at - 1].isalpha() and text[at + 1].isalpha()
    ]
    return _at_places(text, places, 2, chance, _DIGITS)


def invisible(text: str, chance: Draws) -> str | None:
    """Put one to three signs that nobody sees between letters."""
    places = [at for at in range(1, len(text)) if text[at - 1].isalpha() and text[at].isalpha()]
    if not places:
        return None
    for _ in range(chance.randrange(1, 4)):
        at = chance.choice(places)
        text = text[:at] + chance.choice(_INVISIBLE) + text[at:]
    return text


def accented(text: str, chance: Draws) -> str | None:
    """Put accents on one to three vowels."""
    places = [at for at, sign in enumerate(text) if sign in "aeiouAEIOU"]
    if not places:
        return None
    for at in sorted({chance.choice(places) for _ in range(chance.randrange(1, 4))}, reverse=True):
        text = text[: at + 1] + chance.choice(_ACCENTS) + text[at + 1 :]
    return text


def cyrillic(words: list[str]) -> str | None:
    """Write words of plain letters in Cyrillic by their sound; `None` where one has digits."""
    text = " ".join(words)
    if any(sign.isdigit() for sign in text):
        return None
    for latin, sign in sorted(texts().cyrillic.items(), key=lambda pair: -len(pair[0])):
        text = text.replace(latin, sign)
    return text.upper()


def _at_places(text: str, places: list[int], most: int, chance: Draws, signs: dict[str, str]) -> str | None:
    if not places:
        return None
    for at in {chance.choice(places) for _ in range(chance.randrange(1, most + 1))}:
        text = text[:at] + signs[text[at]] + text[at + 1 :]
    return text
