"""How the UN packs several facts into one field: alias lists, dates with notes, numbers with words around them."""

from __future__ import annotations

import re

from interdiction.errors import PartyError
from interdiction.lists.readers import places
from interdiction.lists.readers.dates import partial_date
from interdiction.lists.readers.documents import word_in
from interdiction.lists.readers.scripts import script_of
from interdiction.model import Identifier, PartialDate

_GROUP = re.compile(r"\(([^()]*)\)?")
_ANNOTATION = re.compile(
    r"\((?:[^():]*\b(?:original script|nom de guerre|birth name|combat name|listed as)\b[^():]*|translation\b[^()]*)\)",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"^(?:original script|in [A-Z][a-z]+(?: script)?)\s*:\s*", re.IGNORECASE)
_SUFFIX = re.compile(r" - sub-unit name$")
_BORN = re.compile(r",?\s+(?:born\b|DOB\b|D\.O\.B\.).*$")
_ACRONYM = re.compile(
    r"^(?P<outer>.{4,}?)\s*\((?P<short>(?=[^)]*[A-Z][^)]*[A-Z])[A-Za-z]{2,9}(?:[-/][A-Za-z]{1,6})?)\)$"
)
_CAPITAL = re.compile(r"[A-Z\u2018\u2019'].{2,60}")

_EXPIRES = re.compile(r"expir\w*(?: date)?(?: on)?:?\s+(\d{1,2} \w+\.? \d{4}|\w+\.? \d{4}|\d{4})", re.IGNORECASE)
_ISSUED = re.compile(r"issued(?: on)?:?\s+(\d{1,2} \w+\.? \d{4})", re.IGNORECASE)
_STOPS = re.compile(r"\s*(?:,|;|\s\(|\s+(?:issued|expir\w+|under|on|in|valid|date)\b).*$", re.IGNORECASE | re.DOTALL)
_LABELLED = re.compile(
    r"^(?P<words>.*?(?:\bnumber|\bno|\bnos|\bcode|\bcard|\bpassport|\bdocument|\bid|\bssn)\b[\s:.]*(?:\([^()]*\)\s*)?)"
    r"(?P<value>(?:[A-Z]{1,4}[ -]{0,2})?\S*\d.*)$",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"^(?P<value>.*\d\S*?)\s*(?:,\s*|\s\()(?P<land>[A-Za-z][A-Za-z .'-]+)\)?$")
_DIGIT = re.compile(r"\d")


def alias_names(text: str) -> tuple[list[str], str]:
    """Give the names in one alias field, and what else it said.

    `Abdul Rehman; Abd Ur-Rehman` is two names; `حسن غول (Hassan Ghul; Hasan Gul)` three, in two scripts. A
    bracket with a story in it (`false identity related to …`) and a date of birth are no names: they come
    back as the rest.
    """
    body = squeeze(text)
    if "(" in body or _BORN.search(body):
        return _told(body)
    return _parts(body), ""


def _told(body: str) -> tuple[list[str], str]:
    """Part a field that says more than Latin names: brackets, other scripts, a date of birth."""
    named = _BORN.sub("", body)
    rest = body if named != body else ""
    named = _ANNOTATION.sub(" ", named)
    script = script_of(_GROUP.sub(" ", named))
    inner: list[str] = []
    for group in _GROUP.finditer(named):
        inside = _PREFIX.sub("", group[1])
        if ";" in inside or (inside and script_of(inside) != script):
            inner += _parts(inside)
        elif _DIGIT.search(inside) or len(inside.split()) > 6:
            rest = body
        else:
            continue
        named = named.replace(group[0], " ", 1)
    return _parts(named) + inner, rest


def acronym(name: str) -> tuple[str, str] | None:
    """Part `HAQQANI NETWORK (HQN)` into the name and its short form; a country in the brackets is none."""
    found = _ACRONYM.match(name) if name.endswith(")") else None
    return None if found is None or places.code(found["short"]) else (found["outer"], found["short"])


def names_in_note(alias: str, note: str) -> list[str]:
    """Give the spellings that the note of an alias states: `Yunis al-Mauritani; Younis al-Mauritani`.

    Names in another script count wherever they stand; Latin ones where they are listed beside an alias in
    another script, or as transliterations.
    """
    body = squeeze(note)
    if not body:
        return []
    found = [part for part in re.split(r"[;:,.]\s*", body) if script_of(part) is not None]
    told = "transliteration" in body.lower()
    if (script_of(alias) is not None and ";" in body) or told:
        inside = re.match(r"^\((.*?)\)", body)
        listed = inside[1] if inside else _GROUP.sub(" ", body).partition("transliterations:")[2] or body
        parts = re.split(r"[;,]" if told else ";", _GROUP.sub(" ", listed))
        found += [one for part in parts if _CAPITAL.fullmatch(one := part.strip(" ()")) and not _DIGIT.search(one)]
    return [name for one in found if (name := squeeze(one).strip("() "))]


def birth_date(said: dict[str, str]) -> PartialDate | None:
    """One date of birth node; `None` where it states none that can be read. Raises `PartyError` if impossible."""
    note = said.get("NOTE", "")
    circa = said.get("TYPE_OF_DATE", "") == "APPROXIMATELY" or note.lower().startswith("approx")
    first, last = said.get("FROM_YEAR", ""), said.get("TO_YEAR", "")
    exact = said.get("DATE") or said.get("YEAR") or first or last or note
    text = f"{first} to {last}" if first and last else exact
    read = partial_date(text) if text else None
    if read is None or not circa:
        return read
    return PartialDate(read.first, read.last, circa=True)


def document(said: dict[str, str], wrong: list[PartyError]) -> Identifier | None:
    """One document node; `None` where no number stands in any of its fields. Impossible dates go to `wrong`."""
    first, second = said.get("TYPE_OF_DOCUMENT", ""), said.get("TYPE_OF_DOCUMENT2", "")
    note = squeeze(said.get("NOTE", ""))
    number = squeeze(said.get("NUMBER", ""))
    words, value, land = _number(number)
    if not value:
        for field in (second, note):
            words, value, land = _number(squeeze(field))
            if value:
                break
    if not value:
        return None
    kind = word_in(words, second, first)
    at = places.code(said.get("ISSUING_COUNTRY", "")) or places.code(said.get("COUNTRY_OF_ISSUE", "")) or land
    at = at or places.code(note)
    label = squeeze(second).strip(" :") or squeeze(first) or "Document"
    extras = [one for one in (number if value != number else "", note, said.get("CITY_OF_ISSUE", "")) if one]
    if at is None:
        extras += [one for one in (said.get("ISSUING_COUNTRY", ""), said.get("COUNTRY_OF_ISSUE", "")) if one]
    expires = _EXPIRES.search(note)
    issued = said.get("DATE_OF_ISSUE", "") or (found[1] if (found := _ISSUED.search(note)) else "")
    return Identifier(
        kind,
        value,
        at,
        _stated(issued, wrong),
        _stated(expires[1] if expires else "", wrong),
        "; ".join((label, *extras)),
    )


def _number(text: str) -> tuple[str, str, str | None]:
    """Words before a number, the number, and a country told beside it: `Afghan passport number OA296623`."""
    if not _DIGIT.search(text):
        return "", "", None
    labelled = _LABELLED.match(text)
    words, value = (labelled["words"], labelled["value"]) if labelled else ("", text)
    ends = text.split(" ", 1)[0] + text.rsplit(" ", 1)[-1]
    if labelled is None and not _DIGIT.search(ends):
        return "", "", None
    again = _LABELLED.match(value)
    if again is not None and not _DIGIT.search(again["words"]):
        words, value = words + again["words"], again["value"]
    land = None
    trailing = _TRAILING.match(value)
    if trailing is not None and (land := places.code(trailing["land"])) is not None:
        value = trailing["value"]
    ahead, _, behind = value.partition(" ")
    if labelled is None and behind and (found := places.code(ahead)) is not None:
        land, value = land or found, behind
    value = _STOPS.sub("", value).strip(" .,:;")
    if land is None and words:
        land = next((found for one in words.split() if one[:1].isupper() and (found := places.code(one))), None)
    return words, value if _DIGIT.search(value) else "", land


def _stated(text: str, wrong: list[PartyError]) -> PartialDate | None:
    try:
        return partial_date(text) if text else None
    except PartyError as error:
        wrong.append(error)
        return None


def _parts(text: str) -> list[str]:
    return [name for one in text.split(";") if (name := _SUFFIX.sub("", _unbracketed(squeeze(one).strip(" ,"))))]


def _unbracketed(name: str) -> str:
    """Drop a bracket that has no partner: the publisher cut it."""
    return name if name.count("(") == name.count(")") else name.strip("() ")


def squeeze(text: str) -> str:
    """Give the text with single blanks: the UN breaks lines inside values."""
    return " ".join(text.split())
