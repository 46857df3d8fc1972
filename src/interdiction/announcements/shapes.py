"""Where the capitalised words of a sentence belong together as one name: its places, nothing of what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from interdiction.announcements.patterns import Patterns
from interdiction.names import countries

_UPPER: Final = "A-Z\u00c0-\u00de\u0100-\u024f\u1e00-\u1eff\u0400-\u042f"
CAPITAL: Final = rf"(?:(?:al|el|ul|ad|as|ash|at|an|ibn)-)?[{_UPPER}][\w'&./-]*"
_JOIN: Final = (
    r"(?:of|for|the|de|del|la|las|los|el|al|bin|bint|ibn|ben|ould|van|von|der|den|da|das|do|dos|di|du|des"
    r"|e|y|i|s|ve|und|et|zu|ter|te|abu|&)"
)
_NEXT: Final = rf"(?:{CAPITAL}|'(?=[{_UPPER}])(?![^' ]{{1,30}}'(?:\W|\Z)){CAPITAL}|\d{{1,4}}\b)"
"""A further word of a name; an Arabic one may begin with an apostrophe: Shibl 'Ubayd."""
_NAME: Final = re.compile(
    rf"(?:{CAPITAL}|\d+[A-Za-z][\w-]*(?=[ \n][{_UPPER}]))(?:[ \n]+(?:{_JOIN}[ \n]+){{0,2}}{_NEXT})*"
)
_NICK: Final = re.compile(rf"[ \n]+(?:\"[^\"]{{2,24}}\"|'[^']{{2,24}}')[ \n]+(?={CAPITAL})")
_QUOTED: Final = re.compile(r'"([^"]{2,80}?)[,.]?"')
_POSSESSIVE: Final = re.compile(r"'s?\Z")
_AND: Final = re.compile(r"[ \n]+and[ \n]+")
_FOR: Final = re.compile(r"[ \n]+for[ \n]+")
_STOPPED: Final = re.compile(r"\b(?P<form>LLC|Ltd|Inc|Corp|Limited|GmbH|PLC|plc|JSC|SARL|FZE|Co)\.[ \n]+")
_IN_BRACKET: Final = re.compile(
    rf"[ \n]\([A-Z][\w.]+(?:[ \n][A-Z][\w.]+)?\)[ \n](?P<rest>{CAPITAL}(?:[ \n]{CAPITAL}){{0,4}})"
)
"""A place in brackets within a name: "Lianhe Cryogenic Technology (Anhui) Co., Ltd."."""
_IN_QUOTES: Final = re.compile(r"[ \n](?:\"[^\"]{2,60}\"|'[^']{2,60}'(?!\w))")
_FORMS_FIRST: Final = frozenset(
    {
        "LLC",
        "JSC",
        "PJSC",
        "OJSC",
        "OOO",
        "AO",
        "OAO",
        "PAO",
        "ZAO",
        "TOV",
        "CJSC",
        "PrJSC",
        "LLP",
        "NGO",
        "FAU",
        "FGUP",
    }
)
"""Legal forms that stand in front of a name in quotation marks: LLC "Volga Trans"."""
_OF: Final = re.compile(r"[ \n]of[ \n](?:the[ \n])?(?P<country>[^,;]+)\Z")
_CLOSES: Final = re.compile(
    r"(?:Ltd|LLC|Inc|Co|Company|Corp|Corporation|Bank|Group|Limited|GmbH|S\.?A|AG|PLC|[OP]?JSC|FZE|FZCO|SARL|Firm|Agency"
    r"|Bureau)\.?\Z",
    re.IGNORECASE,
)
"""A word behind which no "and" goes on with the name."""
_FORMS: Final = re.compile(
    r"(?:Ltd|Limited|LLC|Inc|Co|Company|Corp|of|Pte|Pvt|Sti|Sirketi|KG|KGaA|UK|L\.L\.C|S\.A|SA|\()\b", re.IGNORECASE
)
_MOST_WORDS: Final = 12
_QUOTED_WORDS: Final = 6
_FORM: Final = re.compile(
    r"(?:,[ \n]+(?:J[Rr]\.?|S[Rr]\.?|II|III|IV|Limited|LIMITED"
    r"|L[Tt][Dd]\.?|LLC|LLP|I[Nn][Cc]\.?|C[Oo][Rr][Pp]\.?|Company|C[Oo]\.?|SA[ \n]de[ \n]CV"
    r"|(?:[A-Z]\.[ \n]?){1,5}(?:[ \n]?[DdEe][EeNn][ \n](?:[A-Z]\.){1,4})*|S\.p\.A\.|S\.A\.[ \n][Dd][Ee][ \n]C\.V"
    r"|GmbH|GMBH|FZE|FZCO|FZC|DMCC|[OPC]?JSC|[OZP]?AO|OOO|TOO|A\.[SŞ]\.|AG|SARL|SA|PLC|plc"
    r"|P[Tt][Ee]\.?(?:[ \n]L[Tt][Dd]\.?)?"
    r"|P[Vv][Tt]\.?(?:[ \n]L[Tt][Dd]\.?)?|S[Dd][Nn]\.?[ \n]B[Hh][Dd]\.?|d\.o\.o\."
    r"|Sociedad[ \n]An[oó]nima)(?!\w)(?![ \n][A-Z\"]))+"
)
"""A legal form that goes on behind a comma: "Tidewell Energy Co., Limited"."""


def chunks(text: str, patterns: Patterns) -> Iterator[tuple[int, int]]:
    """Give the places of capitalised words that belong together, and of what stands in quotation marks."""
    at = 0
    while match := _NAME.search(text, at):
        start, end = match.span()
        if start and (text[start - 1].isalnum() or text[start - 1] == "-"):
            at = start + 1
            continue
        end = _end(text, start, end, patterns)
        at = max(end, start + 1)
        if len(text[start:end].split()) <= _MOST_WORDS and end > start:
            yield start, end
    for match in _QUOTED.finditer(text):
        said = match[1]
        if said[0].isupper() and len(said.split()) <= _QUOTED_WORDS and not said.rstrip().endswith((".", "?")):
            yield match.start(1), match.start(1) + len(said.rstrip(" ,"))


def legal_form(text: str, end: int) -> int:
    """Give where a legal form behind a comma ends; `end` itself where none stands."""
    form = _FORM.match(text, end)
    return form.end() if form else end


def is_organisation(said: str, patterns: Patterns) -> bool:
    """Tell a name that says by one of its words that it is an organisation's."""
    for said_word in said.split():
        word = said_word.casefold().strip(".,'()")
        if word in patterns.organisation_words or word.endswith(patterns.organisation_endings):
            return True
    return False


def is_closed(said: str) -> bool:
    """Tell a name that ends with a legal form, as only an organisation's does."""
    return _CLOSES.search(said) is not None


def _end(text: str, start: int, end: int, patterns: Patterns) -> int:
    said = _POSSESSIVE.sub("", text[start:end])
    cut = _FOR.search(said)
    if cut and not is_organisation(said[: cut.start()], patterns):
        said = said[: cut.start()]
    stop = _STOPPED.search(said)
    if stop and not _FORMS.match(said, stop.end()):
        said = said[: stop.end("form")]
    end = start + len(said.rstrip("/-'"))
    nick = _NICK.match(text, end)
    if nick and len(text[start:end].split()) <= 2 and text[end - 1] != ".":
        after = _NAME.match(text, nick.end())
        if after and len(after[0].split()) <= 2:
            end = after.start() + len(_POSSESSIVE.sub("", after[0]))
    while end > start and text[end - 1] == "." and not _keeps_stop(text[start:end], patterns):
        end -= 1
    end = legal_form(text, end)
    quoted = _IN_QUOTES.match(text, end)
    if quoted and (
        _CLOSES.match(text[start:end].rsplit(maxsplit=1)[-1]) or text[start:end].split(maxsplit=1)[0] in _FORMS_FIRST
    ):
        end = quoted.end()
    placed = _IN_BRACKET.match(text, end)
    if placed and is_organisation(placed["rest"], patterns):
        end = legal_form(text, placed.end() - (text[placed.end() - 1] == ","))
    country = _OF.search(text, start, end)
    if country and _CLOSES.search(text, start, country.start()) and _is_country(country["country"]):
        end = country.start()
    tail = _AND.match(text, end)
    if tail and not _CLOSES.match(text[start:end].rsplit(maxsplit=1)[-1]):
        after = _NAME.match(text, tail.end())
        goes_on = after is not None and after[0].split()[0].casefold() in patterns.trades
        if after and goes_on and (len(after[0].split()) > 1 or not is_organisation(text[start:end], patterns)):
            end = legal_form(text, after.start() + len(_POSSESSIVE.sub("", after[0]).rstrip(".")))
    return end


def _is_country(said: str) -> bool:
    return len(said) < countries.LONGEST and countries.code(said) is not None


def _keeps_stop(said: str, patterns: Patterns) -> bool:
    last = said.rsplit(maxsplit=1)[-1].casefold().rstrip(".")
    return last in patterns.ending or "." in last
