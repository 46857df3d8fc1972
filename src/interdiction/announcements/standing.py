"""How a name stands in its sentence: told or only in the background, presented, or behind "of" and "from"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from interdiction.announcements.kinds import called, is_person
from interdiction.announcements.parties import Line, Party
from interdiction.announcements.patterns import Patterns
from interdiction.model import Kind

_MOST_PARTS: Final = 4
"""Words of a person's name whose kind nothing else tells."""
_OBLIQUE: Final = re.compile(
    r"(?:\b(?i:of|from|for|in|to|against|within|inside|by|between)\s+(?:the\s+|its\s+|an?\s+)?"
    r"(?:(?!through|via|with|and)[a-z-]+\s+){0,2}|'s\s+"
    r"|\b(?i:of|from|to|between)\s+(?:the\s+)?(?:[A-Z][\w.']*\s+(?:of\s+)?){1,6}and\s+(?:the\s+)?)\Z"
)
_LISTED: Final = re.compile(r"(?:\s*\([^()]*\))?,?\s+(?:and\s+)?(?:the\s+)?")
_SAID_BY: Final = re.compile(r"\b(?:said|says|told|asked|replied)\s+(?:the|an?|its|his|her|their)\b[^.;\"]{0,60},\s*\Z")
_SAYS: Final = re.compile(
    r"(?:[ \n]*\([^()]*\))?,?[ \n]+(?:said|says|called|told|added|argued|insisted|asked|warned|wrote|replied|noted)\b"
)
"""Who speaks is told of, not listed: "said the governor, Mira Sonn", "the lawmaker, Ivo Harlan, called it"."""
_NEAR: Final = 100
"""Characters in front of a name in which it may be told that it is only background."""
_SHADOWED: Final = re.compile(
    r"(?:\s*[A-Z(][\w'.)-]*+|,(?=\s+(?:the|directly|indirectly)\b)|\s*(?:the|or|and|of|its|an?|other|by|former|senior|directly|indirectly)\b)*(?:\s*[a-z-]+){0,2}\s*"
)
"""What may stand between "on behalf of" and a name that it makes background. A word is taken whole: or each capital of
a text in capitals would be tried as a word of its own."""
_APPOSED: Final = re.compile(r"[ \n]*(?:\([^()]*\))?,[ \n]+(?:an?|the|its|his|her|their|who|which|whose)\b|[ \n]*\(")
_BEHIND: Final = re.compile(r"[ \n]*(?:\([^()]*\))?,?[ \n]+")


class Standing:
    """Judges names by the words around them."""

    def __init__(self, lines: Sequence[Line], patterns: Patterns) -> None:
        """Keep the sentences that the names stand in."""
        self._lines, self._patterns = lines, patterns

    def fits(self, party: Party, kind: Kind | None) -> bool:
        """Tell whether a party is of a kind, or may be a person whose kind nothing tells."""
        if kind is None or party.kind is kind:
            return True
        if party.kind is not None or kind is not Kind.PERSON:
            return False
        words = party.full.mention.value.split()
        return 1 < len(words) <= _MOST_PARTS and not any(map(str.isdigit, party.full.mention.value))

    def is_told(self, party: Party, number: int, *, until: int | None = None) -> bool:
        """Tell a name that is more than background in its line: nobody's owner, no speaker, not named for its past."""
        line = self._lines[number]
        for place in party.places:
            one = place.mention
            if place.line != number or (until is not None and one.end > until):
                continue
            before = line.text[max(0, one.start - _NEAR) : one.start]
            shadow = [match.end() for match in self._patterns.background.finditer(before)]
            near = bool(shadow) and _SHADOWED.fullmatch(before, shadow[-1]) is not None
            spoken = any(one.value in speaker for speaker in line.speakers)
            spoken = spoken or _SAID_BY.search(before) is not None or _SAYS.match(line.text, one.end) is not None
            spared = self._patterns.spared.search(line.text, one.end)
            if not near and not spoken and not spared:
                return True
        return False

    def is_introduced(self, party: Party, *, sure: bool = True) -> bool:
        """Tell a name that its sentence presents: as its subject, with its role, or with a description behind it."""
        line, one = self._lines[party.full.line], party.full.mention
        before = line.text[: one.start]
        role = (
            called(re.split(r"[,;:.()]", before)[-1], self._patterns) is not None
            or called(before, self._patterns) is not None
        )
        known = sure and (one.kind is not None or is_person(one.value, self._patterns))
        subject = self._is_verb(line.text, one.end)
        owned = before.endswith("'s ")  # "orders for the group's Military Authority"
        return not owned and (
            role or known or bool(one.aliases) or subject or _APPOSED.match(line.text, one.end) is not None
        )

    def is_beside(self, party: Party, others: Sequence[Party]) -> bool:
        """Tell a name in a list with one that its sentence presents: "A (Alpha), B and C are importers"."""
        line, one = self._lines[party.full.line], party.full.mention
        behind = [other.full.mention.start for other in others if other.full.line == party.full.line]
        return any(one.end < start and _LISTED.fullmatch(line.text, one.end, start) is not None for start in behind)

    def is_oblique(self, party: Party) -> bool:
        """Tell a name behind "from the", "of": told of somebody else."""
        return _OBLIQUE.search(self._lines[party.full.line].text[: party.full.mention.start]) is not None

    def _is_verb(self, text: str, end: int) -> bool:
        """Tell a verb that says what a subject is or does."""
        gap = _BEHIND.match(text, end)
        return gap is not None and self._patterns.tells.match(text, gap.end()) is not None
