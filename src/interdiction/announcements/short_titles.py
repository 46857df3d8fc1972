"""Short titles that a text gives its legal acts: "the Sanctions Act 2018 (SAMLA)", and then SAMLA alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from interdiction.announcements.mentions import Mention, Sort

_DEFINED: Final = re.compile(
    r"(?:\s*\([^()]{1,40}\))?\s*\((?:hereinafter\s+|together,?\s+)?(?:the\s+)?[\"']?(?:the\s+)?"
    r"(?P<short>[A-Z]{3,8}|(?:19|20)\d\d\s+(?:Act|Order|Law|Regulations?|Decision|Ordinance))[\"']?\)"
)
_OWN: Final = re.compile(r"\((?P<short>[A-Z]{3,8})\)\Z")
"""A short title that a title ends with: "Export Administration Regulations (EAR)"."""


class ShortTitles:
    """The short titles of one text, as far as it has been read."""

    def __init__(self) -> None:
        """Begin with none."""
        self._full: dict[str, str] = {}

    def added(self, text: str, mentions: Sequence[Mention]) -> list[Mention]:
        """Give the mentions of a sentence with its legal acts named shortly, and keep the short titles it gives."""
        found = list(mentions)
        for short, full in self._full.items():
            for match in re.finditer(rf"(?<![\w-]){re.escape(short)}(?![\w-])", text):
                inside = [one for one in found if one.start < match.end() and match.start() < one.end]
                if all(one.sort is Sort.NAME and one.end <= match.end() for one in inside):
                    found = [one for one in found if one not in inside]
                    found.append(Mention(Sort.INSTRUMENT, match.start(), match.end(), full))
        for one in mentions:
            if one.sort is Sort.INSTRUMENT:
                given = _OWN.search(text, one.start, one.end) or _DEFINED.match(text, one.end)
                if given:
                    self._full.setdefault(given["short"], one.value)
        return sorted(found, key=lambda one: one.start)
