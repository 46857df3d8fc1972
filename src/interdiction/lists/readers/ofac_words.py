"""OFAC's own words in its ADVANCED and ENHANCED files, and what the model calls them.

A word that no table has is kept as it stands and reported once with how often it stood there: a new word of
the publisher never removes anybody and is never silent.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from interdiction.lists.readers.draft import Draft
from interdiction.lists.readers.reading import Problems
from interdiction.lists.readers.scripts import script_of
from interdiction.model import Grade, Measure, NameQuality

SCRIPTS: Final[dict[str, str | None]] = {
    "Latin": None, "Arabic": "Arab", "Armenian": "Armn", "Chinese Simplified": "Hans", "Chinese Traditional": "Hant",
    "Cyrillic": "Cyrl", "Georgian": "Geor", "Greek": "Grek", "Hangul": "Hang", "Hebrew": "Hebr", "Japanese": "Jpan",
    "Korean": "Kore",
}  # fmt: skip
"""Name of a script to its ISO 15924 code; Latin is the rule and has none."""

NAME_PARTS: Final[dict[str, str]] = {
    "Last Name": "family", "First Name": "given", "Middle Name": "middle", "Maiden Name": "maiden",
    "Patronymic": "patronymic", "Matronymic": "matronymic", "Nickname": "nickname",
    "Entity Name": "whole", "Vessel Name": "whole", "Aircraft Name": "whole",
}  # fmt: skip

WHOLE: Final = "whole"
"""The part that is the whole name: of an organisation, a vessel, an aircraft."""

ALIASES: Final[dict[str, NameQuality]] = {
    "": NameQuality.STRONG, "Name": NameQuality.STRONG, "A.K.A.": NameQuality.STRONG, "N.K.A.": NameQuality.STRONG,
    "F.K.A.": NameQuality.FORMER,
}  # fmt: skip
"""Kind of alias to quality; "now known as" is the name in use, so it is strong beside the older primary one."""

RELATIONS: Final[dict[str, str]] = {
    "associate of": "associate",
    "providing support to": "provides_support_to",
    "acting for or on behalf of": "acting_for",
    "owned or controlled by": "owned_by",
    "family member of": "family",
    "playing a significant role in": "member_of",
    "leader or official of": "leader_of",
    "principal executive officer": "leader_of",
    "owns, controls, or operates": "owns",
    "property in the interest of": "owned_by",
}

MEASURES: Final[dict[str, Measure]] = {
    "Block": Measure.ASSET_FREEZE,
    "Reject": Measure.PAYMENT_BAN,
    "561 Full Restrictions": Measure.CORRESPONDENT_ACCOUNT,
    "NDAA Special Conditions": Measure.CORRESPONDENT_ACCOUNT,
    "13662 Sectoral Directive 1": Measure.DEBT_EQUITY,
    "13662 Sectoral Directive 2": Measure.DEBT_EQUITY,
    "13662 Sectoral Directive 3": Measure.DEBT_EQUITY,
    "13662 Sectoral Directive 4": Measure.TRADE,
    "CAATSA Section 231/235 Sanctions": Measure.MENU,
    "Executive Order 13959 Sanctions": Measure.INVESTMENT_BAN,
    "CMIC Executive Order": Measure.INVESTMENT_BAN,
    "Executive Order 14024 Directive 1a": Measure.DEBT_EQUITY,
    "Executive Order 14024 Directive 2": Measure.CORRESPONDENT_ACCOUNT,
    "Executive Order 14024 Directive 3": Measure.DEBT_EQUITY,
    "Executive Order 14024 Directive 4": Measure.PAYMENT_BAN,
    "Executive Order 14014 Directive 1": Measure.PAYMENT_BAN,
    "Executive Order 14059 Non-blocking": Measure.MENU,
}
"""What the file calls a sanctions type to the measure; the words of docs/measures.md."""

COMPREHENSIVE: Final = "Consolidated List"
"""The list that only collects the others: an entry on it is on another one too, and the date is of that."""


class Strange:
    """Words of the publisher that no table has, counted by where they stood."""

    __slots__ = ("_found",)

    def __init__(self) -> None:
        self._found: Counter[tuple[str, str]] = Counter()

    def see(self, where: str, word: str) -> None:
        """Note one unknown word."""
        self._found[where, word] += 1

    def script(self, word: str, name: str, draft: Draft) -> str | None:
        """Give the code of a script; an unknown one is noted and kept with the name."""
        if word and word not in SCRIPTS:
            self.see("script", word)
            draft.detail("script", f"{word}: {name}")
        return SCRIPTS.get(word) or script_of(name)

    def part(self, word: str) -> str:
        """Give the type of a part of a name; an unknown one is noted and stays its word."""
        known = NAME_PARTS.get(word)
        if known is None:
            self.see("name part", word)
        return known or word.casefold()

    def quality(self, alias: str, *, low: bool) -> tuple[NameQuality, str | None]:
        """Give the quality of an alias and, where the quality does not say it, the publisher's own word."""
        known = ALIASES.get(alias)
        if known is None:
            self.see("alias type", alias)
        if low:
            return NameQuality.WEAK, alias if known is not NameQuality.STRONG or alias == "N.K.A." else None
        return known or NameQuality.STRONG, alias if known is None or alias == "N.K.A." else None

    def relation(self, word: str) -> str:
        """Give the type of a tie; an unknown one is a link that says no more."""
        known = RELATIONS.get(word.casefold())
        if known is None:
            self.see("relation type", word)
        return known or "linked_to"

    def measure(self, word: str) -> Measure:
        """Give the measure of a sanctions type; an unknown one has to be read (menu)."""
        known = MEASURES.get(word)
        if known is None:
            self.see("sanctions type", word)
        return known or Measure.MENU

    def report(self, problems: Problems) -> None:
        """Report every unknown word once."""
        for (where, word), times in self._found.items():
            problems.add(
                "unknown-word",
                f"{word!r} is a new word for a {where} ({times} times); it is kept as it stands",
                grade=Grade.PUBLISHED,
                node=where,
                text=word,
                mend="look at the publisher's schema: the word may need a place in readers/ofac_words.py",
            )
