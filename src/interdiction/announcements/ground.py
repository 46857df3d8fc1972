"""The ground on which a proposal has to stand: which characters of a document are read, in which sentence, as what."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from interdiction.announcements.accounts import Text, folded
from interdiction.announcements.mentions import Mention, Sort, find
from interdiction.announcements.page import read_page
from interdiction.announcements.patterns import Patterns
from interdiction.announcements.sentences import Part, split
from interdiction.model.announcement import Span, Stance

_TELLING: Final = frozenset({Stance.ACCUSE, Stance.SUGGEST, Stance.DENY, Stance.DOUBT, Stance.DISMISS})
_ENTITY: Final = re.compile(r"&#?\w{1,31};")
_NAME_IN_QUOTES: Final = 3
"""A quotation of so few words more than a name is that name in quotation marks: the tanker "Rima"."""


class Ground:
    """One document as the rules read it, asked about places of the original."""

    def __init__(self, text: Text, patterns: Patterns) -> None:
        self.text, self.patterns = text, patterns
        self._page = read_page(text.original.encode("utf-8", "replace"), text.account.file)

    @cached_property
    def _visible(self) -> frozenset[int]:
        return frozenset(self._page.places)

    @cached_property
    def _parts(self) -> list[Part]:
        return list(split(self._page.text, self.patterns))

    def visible(self, span: Span) -> bool:
        """Tell whether a reader of the document sees every sign of a place: no markup, no script, no header."""
        original = self.text.original
        entities = [one.span() for one in _ENTITY.finditer(original, span.start, span.end)]
        return all(
            at in self._visible or any(low < at < high and low in self._visible for low, high in entities)
            for at in range(span.start, span.end)
            if not original[at].isspace()
        )

    def part(self, span: Span) -> Part | None:
        """Give the sentence that holds a place whole; none where it holds none or several."""
        low, high = self._clean(span)
        return next((one for one in self._parts if one.start <= low and high <= one.end), None)

    def within(self, part: Part, span: Span) -> tuple[int, int]:
        """Give a place in the characters of its sentence."""
        low, high = self._clean(span)
        return low - part.start, high - part.start

    def _clean(self, span: Span) -> tuple[int, int]:
        places = self._page.places
        return bisect_left(places, span.start), bisect_left(places, span.end)

    def mentions(self, part: Part) -> Sequence[Mention]:
        """Give who and what the rules find in a sentence."""
        return find(part.text, self.patterns)

    def is_issuer(self, part: Part, span: Span) -> bool:
        """Tell whether the words name an authority: an issuer covers most of them."""
        low, high = self.within(part, span)
        names = (one for one in self.mentions(part) if one.sort is Sort.ISSUER)
        shared = sum(max(0, min(high, one.end) - max(low, one.start)) for one in names)
        said = folded(part.text[low:high]).removeprefix("the ")
        named = {folded(act.issuer.value) for act in self.text.account.acts if act.issuer}
        return shared * 2 > high - low or said in named

    def is_told(self, part: Part, span: Span) -> bool:
        """Tell whether the words stand only in what somebody says: a quotation, an accusation, a denial."""
        low, high = self.within(part, span)
        length = len(part.text[low:high].split()) + _NAME_IN_QUOTES
        for start, end in part.quotes:
            if start <= low and high <= end and len(part.text[start:end].split()) > length:
                return True
        return any(
            claim.about.span.start <= span.start and span.end <= claim.about.span.end
            for claim in self.text.account.claims
            if claim.stance in _TELLING
        )
