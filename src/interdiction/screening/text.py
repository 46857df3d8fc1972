"""Listed names inside free text, such as a remittance line: every run of words is screened as a name.

A weak alias (KOMID, RGB) inside a longer text is a hit only with a second fact, a country of the listing
in the text or among the parties of the payment (OFAC FAQ 122-125); a text that is nothing but the weak
alias is a name. What is suppressed for want of a second fact is returned, to be counted and shown.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import msgspec

from interdiction.model import Basis, Hit, Listing, Party
from interdiction.names.countries import codes
from interdiction.screening.screener import THRESHOLD, Screener

LONGEST_RUN = 8
"""Words; a longer listed name is found by its first eight, which carry enough of it."""
TEXT_THRESHOLD = 0.80
"""Inside a text nothing says where a name begins: a run of words must fit better than a name field."""
LONGEST_TEXT = 2_000
"""Words; a longer text is cut there and says so."""

_WORD = re.compile(r"\S+")


class Text(msgspec.Struct, frozen=True):
    """A text to look into; `countries` are those of the parties around it."""

    query_id: str
    text: str
    countries: Collection[str] = ()


class TextHits(msgspec.Struct, frozen=True):
    """The hits of one text, best first, those suppressed for want of a second fact, and whether it was cut."""

    hits: tuple[Hit, ...] = ()
    suppressed: tuple[Hit, ...] = ()
    truncated: bool = False


def screen_texts(screener: Screener, texts: Sequence[Text]) -> list[TextHits]:
    """Look into every text in one native call; the answers are in the order of the texts."""
    words = [[found.group() for found in _WORD.finditer(one.text)] for one in texts]
    runs = [list(_runs(some[:LONGEST_TEXT])) for some in words]
    parties = [Party(id=text.query_id, names=[run]) for text, some in zip(texts, runs, strict=True) for run in some]
    answers = iter(screener.screen(parties, threshold=THRESHOLD))
    found = []
    for text, some, own in zip(texts, words, runs, strict=True):
        best: dict[str, Hit] = {}
        cut = len(some) > LONGEST_TEXT
        for _ in own:
            answer = next(answers)
            cut = cut or answer.truncated
            for hit in answer.hits:
                stands = hit.weak_only or hit.score >= TEXT_THRESHOLD
                if stands and (hit.listing not in best or hit.score > best[hit.listing].score):
                    best[hit.listing] = hit
        around = set(text.countries)
        if len(some) > 1 and any(hit.weak_only for hit in best.values()):  # only then are places in the text asked for
            around.update(*(codes(run) for run in own))
        found.append(_weighed(screener, best, around, whole=len(some) == 1, truncated=cut))
    return found


def _weighed(screener: Screener, best: dict[str, Hit], around: set[str], *, whole: bool, truncated: bool) -> TextHits:
    kept: list[Hit] = []
    suppressed: list[Hit] = []
    for hit in sorted(best.values(), key=lambda one: (-one.score, one.listing)):
        in_text = msgspec.structs.replace(hit, basis=Basis.TEXT)
        alone = hit.weak_only and not whole and not around & _countries(screener.listing(hit))
        (suppressed if alone else kept).append(in_text)
    return TextHits(tuple(kept), tuple(suppressed), truncated)


def _runs(words: Sequence[str]) -> list[str]:
    return [
        " ".join(words[first : first + length])
        for first in range(len(words))
        for length in range(1, min(LONGEST_RUN, len(words) - first) + 1)
    ]


def _countries(listing: Listing) -> set[str]:
    party = listing.party
    stated = (*party.nationalities, *party.citizenships, *party.residences, *party.countries)
    return {*stated, *(address.country for address in party.addresses if address.country)}
