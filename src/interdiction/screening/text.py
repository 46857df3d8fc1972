"""Listed names inside free text, such as a remittance line: found by the core with their places, judged as names.

A weak alias (KOMID, RGB) inside a longer text is a hit only with a second fact, a country of the listing
in the text or among the parties of the payment (OFAC FAQ 122-125); a text that is nothing but the weak
alias is a name. So is a listed name that the text has only in ordinary words, without its legal form (CONTRACT for
KONTRAKT OOO, `data/text_words.yml`), and a listed ship or firm of which it has one word that many are called (EMMA).
What is suppressed for want of a second fact is returned, to be counted and shown.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from interdiction.model import Basis, Hit, Listing, NameQuality, Party, Suppression
from interdiction.names.countries import codes
from interdiction.names.inside import Window, Windows
from interdiction.names.normalise import fold
from interdiction.names.thresholds import DEFAULT, LOWEST_IN_TEXT, Row, Thresholds
from interdiction.screening.lone import says_no_ship_or_firm
from interdiction.screening.ordinary import says_nobody
from interdiction.screening.screener import Asked, Screener

RETRIEVAL_INSIDE = 0.70
"""Windows from this retrieval score on are judged: above the score for name fields, as a text has many times more
windows than a field has names. Below it lie, of what the judge puts at `LOWEST_IN_TEXT`, chance likenesses
(`forth` / FORT CONSULTING, `but the U.S.` / AL-BUTHE), and a name with an error in every word."""
WHOLE = 0.95
"""The retrieval score from which a window is the whole of a name, its legal form aside."""
LONGEST_PLACE = 8
"""Words; no country's name has more."""
PLACES_READ = 2_000
"""Words of a text among which countries are looked for."""


class Text(msgspec.Struct, frozen=True):
    """A text to look into; `countries` are those of the parties around it."""

    query_id: str
    text: str
    countries: Collection[str] = ()
    of_words: bool = True
    """Whether one word may stand for a longer name: not in an address, which is full of words (STREET, ROMA)."""


class TextHits(msgspec.Struct, frozen=True):
    """The hits of one text, best first, those suppressed for want of a second fact, and whether it was cut."""

    hits: tuple[Hit, ...] = ()
    suppressed: tuple[Hit, ...] = ()
    truncated: bool = False


def screen_texts(screener: Screener, texts: Sequence[Text], *, threshold: Asked = LOWEST_IN_TEXT) -> list[TextHits]:
    """Look into every text in one native call; the answers are in the order of the texts.

    A listing that stands in a text several times is one hit, with the place where it fits best. A weak alias never
    scores above 0.78: it is asked from the default threshold on, and counts only as the module says.
    """
    asked = threshold if isinstance(threshold, Thresholds) else Thresholds((Row(threshold),))
    texts_of = [one.text for one in texts]
    found = _telling(screener.index.find_inside(texts_of, retrieval=RETRIEVAL_INSIDE), texts)
    made: dict[int, Hit] = {}
    best: list[dict[str, Hit]] = [{} for _ in texts]
    for place, row in screener.index.judge_inside(texts_of, found, threshold=DEFAULT):
        known = best[place.text].get(row.key)
        if known is not None and row.score <= known.score:
            continue
        one = made.get(id(row))  # several places share a row, which the list of them keeps alive
        if one is None:
            one = made[id(row)] = screener.hit(row, "")
        listed = screener.listing(one).party
        at = asked.at(row.key, listed.kind)
        alias = None
        if row.score < at:
            # A strong name may be alike enough for a name field and not for a text: the weak alias still speaks.
            alias = _weak_alias(listed, one.matched_name, texts[place.text].text[place.start : place.end])
        weak = row.weak_only or alias is not None
        if weak:
            at = DEFAULT
        if row.score >= at:
            best[place.text][row.key] = msgspec.structs.replace(
                one,
                query_id=texts[place.text].query_id,
                basis=Basis.TEXT,
                weak_only=weak,
                matched_name=alias or one.matched_name,
                span=(place.start, place.end),
                threshold=at,
            )
    return [
        _weighed(screener, text, some, truncated=at in found.truncated)
        for at, (text, some) in enumerate(zip(texts, best, strict=True))
    ]


def _telling(found: Windows, texts: Sequence[Text]) -> Windows:
    """Leave out windows that say too little: a number (13 for MS-13), a word of an address that is part of a name."""

    def tells(one: Window) -> bool:
        text = texts[one.text]
        words = text.text[one.start : one.end].split()
        if not any(letter.isalpha() for word in words for letter in word):
            return words == text.text.split()
        return len(words) > 1 or text.of_words or one.score >= WHOLE

    return msgspec.structs.replace(found, windows=tuple(filter(tells, found.windows)))


def _weighed(screener: Screener, text: Text, best: dict[str, Hit], *, truncated: bool) -> TextHits:
    kept: list[Hit] = []
    suppressed: list[Hit] = []
    around: set[str] | None = None
    for one in sorted(best.values(), key=lambda one: (-one.score, one.listing)):
        why = _needs_second_fact(one, text.text, screener.listing(one).party)
        alone = why is not None and not _is_whole(one, text.text)
        if alone:
            around = around if around is not None else {*text.countries, *_places(text.text)}
            alone = not around & _countries(screener.listing(one))
        if alone:
            suppressed.append(msgspec.structs.replace(one, suppressed=why))
        else:
            kept.append(one)
    return TextHits(tuple(kept), tuple(suppressed), truncated)


def _needs_second_fact(one: Hit, text: str, party: Party) -> Suppression | None:
    """Give why a hit in a text does not stand alone, or nothing."""
    if one.weak_only:
        return Suppression.WEAK_ALIAS
    if one.span is None:
        return None
    if says_nobody(text[one.span[0] : one.span[1]], one.matched_name):
        return Suppression.ORDINARY_WORDS
    return Suppression.COMMON_NAME if says_no_ship_or_firm(text, one.span, party) else None


def _is_whole(one: Hit, text: str) -> bool:
    """Whether the text is nothing but the window."""
    return one.span is not None and not any(part.isalnum() for part in (text[: one.span[0]] + text[one.span[1] :]))


def _weak_alias(party: Party, matched: str, words: str) -> str | None:
    """Give the weak alias that is the matched name, or that the words in the text are."""
    said = fold(words)
    weak = [name.text for name in party.names if name.quality is NameQuality.WEAK]
    return next((text for text in weak if text == matched or fold(text) == said), None)


def _places(text: str) -> set[str]:
    """Give the countries named in a text."""
    words = text.split()[:PLACES_READ]
    runs = (
        " ".join(words[first : first + length])
        for first in range(len(words))
        for length in range(1, min(LONGEST_PLACE, len(words) - first) + 1)
    )
    return {code for run in runs for code in codes(run)}


def _countries(listing: Listing) -> set[str]:
    party = listing.party
    stated = (*party.nationalities, *party.citizenships, *party.residences, *party.countries)
    return {*stated, *(address.country for address in party.addresses if address.country)}
