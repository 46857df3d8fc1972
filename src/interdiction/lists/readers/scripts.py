"""Which script a name is written in, as an ISO 15924 code; Latin is the rule and has none."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_CODES = {
    "ARABIC": "Arab", "CYRILLIC": "Cyrl", "HANGUL": "Hang", "CJK": "Hani", "HEBREW": "Hebr", "HIRAGANA": "Hira",
    "KATAKANA": "Kana", "THAI": "Thai", "GREEK": "Grek", "GEORGIAN": "Geor", "ARMENIAN": "Armn", "ETHIOPIC": "Ethi",
    "BENGALI": "Beng", "DEVANAGARI": "Deva", "TAMIL": "Taml", "MYANMAR": "Mymr", "KHMER": "Khmr", "LAO": "Laoo",
    "SINHALA": "Sinh", "TIBETAN": "Tibt", "MONGOLIAN": "Mong", "SYRIAC": "Syrc", "THAANA": "Thaa", "GUJARATI": "Gujr",
    "GURMUKHI": "Guru", "KANNADA": "Knda", "MALAYALAM": "Mlym", "TELUGU": "Telu", "ORIYA": "Orya",
}  # fmt: skip


def script_of(text: str) -> str | None:
    """Tell the script of the first letter that is not Latin; `None` for Latin text and for text without letters."""
    if text.isascii():
        return None
    for sign in text:
        if sign > "\u024f" and sign.isalpha():
            code = _code(sign)
            if code is not None:
                return code
    return None


@lru_cache(maxsize=4096)
def _code(sign: str) -> str | None:
    return _CODES.get(unicodedata.name(sign, "").split(" ", 1)[0])
