"""Lists of entries in notices, annexes and schedules: each entry's name, kind and other names, with their places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from interdiction.announcements.aliases import Alias, aliases
from interdiction.announcements.kinds import is_person
from interdiction.announcements.other_names import in_cell, other_names
from interdiction.announcements.patterns import Patterns
from interdiction.announcements.shapes import CAPITAL, chunks, is_organisation, legal_form
from interdiction.model import Kind
from interdiction.names import countries

_MARKER: Final = re.compile(
    r"\s*\|?\s*(?:[A-Z]-\d{1,3}(?=[\s|])|['\"(]{0,2}\d{1,3}(?:\.\d{1,2})?[.):-]?(?=[\s|])"
    r"|[\u2022\u00b7*\u25aa\u25cf\u2013\u2014-](?=\s|\w)|\(?[a-z]{1,3}\)(?=\s)|\(?[ivx]{1,4}[.)](?=\s))\s*[|\t]?\s*"
)
_CODE: Final = re.compile(
    r"\s*(?:IMO(?: (?:number|no\.?))?:?\s*\d{7}\s*[-\u2013:|,]?"
    r"|[A-Z]{2,3}[ie]\.\d{3}|SSID:?\s*[\d-]{3,12}|[A-Z]{2,4}\d{3,5})"
    r"[:.,]?\s+(?:(?:Name|Names)\s*:\s*)?"
)
_NAMED: Final = re.compile(
    r"\s*(?:Primary name|Name of (?:individual|entity|person|vessel)|Full name|Names?|Ship name|Vessel name)\s*"
    r"(?:\([^()]{3,40}\))?\s*:\s*"
)
_TAGGED: Final = re.compile(r"\((?:individual|entity|vessel|aircraft)\)|\[[A-Z][A-Z0-9-]{2,30}\]")
_PERSONAL: Final = re.compile(
    r"\(individual\)|\bD\.?O\.?B\b|\bP\.?O\.?B\b|[Dd]ate of birth|[Pp]lace of birth|\bborn\b|[Gg]ender|[Nn]ationality"
    r"|\bPassport|[Cc]itizen\b|[Pp]osition\s*:|[Ff]unction\s*:|\bTitle\s*:"
)
_SMALL: Final = re.compile(r"\s+[a-z]{2,}(?:\s|\Z)")
_APPOSED: Final = re.compile(r",\s+(?:an?|the)\s")
_TITLE: Final = re.compile(r"([A-Z][a-z]+\.?)\s+(?=[A-Z])")
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_CAPITALS: Final = re.compile(r"\s*[A-Z][A-Z0-9.&'-]+(?: [A-Z0-9][A-Z0-9.&'-]*)+\s*(?:\(|,|is\b|was\b|are\b)")
_ANEW: Final = re.compile(r"[A-Z][^a-z:;|]?[^:;|]{1,100}?,? \(?[af]\.k\.a\.|[A-Z][^:;|]{1,100}\[[A-Z][A-Z0-9-]{2,30}\]")
"""A line that begins another entry by itself: its name with another one behind it."""
_HEADER: Final = re.compile(
    r"(?:(?:No\.?|Nr\.?|#|S/No\.?|Item)\s+)?(?:full |primary )?names?(?: \([^()]*\)| of [a-z ]+)?", re.IGNORECASE
)
_OTHERS: Final = re.compile(
    r"(?:other|former|previous|ex|alternative|alias)[ -]?names?(?:\(s\))?|names? \(other\)|alias(?:es)?"
    r"|a\.?k\.?a\.?s?|also known as|formerly(?: known as)?|alias\(es\)",
    re.IGNORECASE,
)
"""What stands over a column of other names."""
_ROLE: Final = re.compile(r"(?:[A-Z][\w.'-]*\s){1,5}?[A-Z][\w.'-]*(?:,\s|\s[(\u2013\u2014-]\s?)[A-Za-z]")
"""A name with what its bearer is: "Ivo Harlan, Deputy Head of the Guard"."""
_IMO: Final = re.compile(r"\bIMO\b\D{0,12}\d{7}")
_NUMBERED_SHIP: Final = re.compile(
    r"(?P<name>(?:M[/.]?[TV]\.?\s)?[A-Z][A-Z0-9.'&-]*(?:\s[A-Z0-9][A-Z0-9.'&-]*){0,4}?)\s*[|,(]?\s*[789]\d{6}(?!\d)"
)
"""A ship in capitals with the number of its hull behind it: "CALLISTO BREEZE 9164718"."""
_SHIP: Final = re.compile(r"\(vessel\)|\bIMO\b|\bMMSI\b")
_PLANE: Final = re.compile(r"\(aircraft\)|[Tt]ail [Nn]umber|Aircraft (?:Model|Manufacture)")
_HEADED: Final = r"(?:(?:list|annex|part|section|schedule|first|second|third|fourth)\b[\s\w()]{0,6}[:.\u2013-]?\s*)?"
"""What may stand in front of the kind in a heading: "LIST (1) Natural persons", "Second: Entities"."""
_HEAD: Final = rf"\W*{_HEADED}(?:[A-Z0-9]{{1,3}}[.)]\s*)?"
_SECTIONS: Final = tuple(
    (kind, re.compile(rf"{_HEAD}{said}\b[^.]{{0,40}}\Z", re.IGNORECASE))
    for kind, said in (
        (Kind.PERSON, r"(?:natural\s+)?(?:individuals?|persons|people)"),
        (Kind.ORGANISATION, r"(?:legal persons|entity|entities|organi[sz]ations?|companies)"),
        (Kind.VESSEL, r"(?:specified\s+)?(?:ships?|vessels?)"),
    )
)
_INVERTED: Final = re.compile(
    rf"(?P<family>[^,;:()]{{1,40}}),[ ](?P<given>{CAPITAL}(?:[ ](?:(?:al|el|bin|ibn|de|van|von)[ ])?{CAPITAL}){{0,4}})"
)
_STOP: Final = re.compile(r"\s*(?:[;:|\t]|@(?=\s)|,(?=\s)|\.(?=\s|\Z)|\s[\u2013\u2014-]\s|\((?!\w+\)\s+[A-Z]))|\n|\Z")
_OPENS: Final = re.compile(r":\s*\Z")
_LOOK: Final = 7
"""Lines behind a name in which its data may begin."""
_LONGEST: Final = 110
"""Characters of a name in a list."""
_FEWEST_LETTERS: Final = 2
_SHORT: Final = 3
_WORDS: Final = 14
_SECTION_WORDS: Final = 7
"""Words of a line that only says what kind of party follows."""


class Entry(msgspec.Struct, frozen=True):
    """One entry: name and aliases with their places in the whole text, and how far its lines reach."""

    start: int
    end: int
    value: str
    kind: Kind | None
    aliases: tuple[Alias, ...]
    until: int
    formal: bool
    """Told by its data, not by the list it stands in: nothing else in its lines is a target."""


class _Row(msgspec.Struct, frozen=True):
    start: int
    text: str


def entries(text: str, patterns: Patterns) -> list[Entry]:
    """Give the entries of a text in their order; a name counts once it has data of identity or an opened list."""
    rows = [_Row(match.start(), match[0]) for match in re.finditer(r"[^\n]+|(?<=\n)(?=\n)", text)]
    found: list[Entry] = []
    section: Kind | None = None
    opened = near = direct = apart = before_apart = False
    columns: list[int] = []
    for place, row in enumerate(rows):
        said = row.text.strip()
        apart = not said and (apart or direct)
        direct = (direct and bool(said)) or (before_apart and bool(said) and _is_role(said, section, patterns))
        before_apart = apart
        if not said or (found and row.start < found[-1].until and found[-1].formal and not _begins(row.text)):
            continue
        kind = next((kind for kind, pattern in _SECTIONS if pattern.match(said)), None)
        if kind is not None and len(said.split()) < _SECTION_WORDS:
            section, opened, near, direct = kind, True, True, True
            continue
        cells = [cell.strip() for cell in row.text.split("|")]
        if "|" in said and any(_HEADER.fullmatch(cell) for cell in cells):
            opened = near = direct = True
            columns = [at - len(cells) for at, cell in enumerate(cells) if _OTHERS.fullmatch(cell)]
            continue
        entry = _entry(rows, place, section, patterns, opened=opened, near=(opened and near, opened and direct))
        near = direct = entry is not None or _OPENS.search(said) is not None
        if entry is not None:
            found.append(_with_columns(entry, row, columns, patterns) if len(cells) > 1 else entry)
        elif _OPENS.search(said) or patterns.entry_heads.search(said):
            opened = True
            section = section if _OPENS.search(said) and section and not patterns.entry_heads.search(said) else None
        elif not _begins(row.text) and len(said.split()) > _WORDS:
            opened, section = False, None
    return found


def _is_role(said: str, section: Kind | None, patterns: Patterns) -> bool:
    """Tell a line apart that a list may hold: a name with its role, or alone under what says the kind."""
    if len(said.split()) > _WORDS or said.endswith((".", ":", "?")) or patterns.furniture.search(said):
        return False
    if section is not None:
        return is_person(said, patterns) if section is Kind.PERSON else is_organisation(said, patterns)
    return _ROLE.match(said) is not None and not patterns.entry_heads.search(said)


def _with_columns(entry: Entry, row: _Row, columns: Sequence[int], patterns: Patterns) -> Entry:
    """Give an entry of a table with the other names that stand in the columns for them."""
    known = {start for _, start, _ in entry.aliases}
    cells = row.text.count("|") + 1
    more = [one for at in columns if cells + at > 0 for one in in_cell(row.text, cells + at, patterns)]
    others = [(value, row.start + low, row.start + high) for value, low, high in more if row.start + low not in known]
    return msgspec.structs.replace(entry, aliases=(*entry.aliases, *others))


def _begins(row: str) -> bool:
    return bool(_MARKER.match(row) or _CODE.match(row))


def _entry(
    rows: Sequence[_Row], place: int, section: Kind | None, patterns: Patterns, *, opened: bool, near: tuple[bool, bool]
) -> Entry | None:
    row = rows[place]
    if patterns.alias_labels.match(row.text, 0):
        return None  # "Name (original script): ..." goes on with the entry above
    code = _CODE.match(row.text) or _NAMED.match(row.text)
    marker = code or _MARKER.match(row.text)
    at = marker.end() if marker else 0
    code = code or (_CODE.match(row.text, at) if marker else None)
    at = code.end() if code else at
    if marker and not code:
        again = _MARKER.match(row.text, at)
        at = again.end() if again else at
    body = _body(rows, place)
    ship = (_IMO.search(row.text) or _NUMBERED_SHIP.match(row.text, at)) is not None and len(row.text.split()) <= _WORDS
    tagged = bool(_TAGGED.search(row.text)) or (ship and not row.text.rstrip().endswith("."))
    label = patterns.entry_labels.search(body, at)
    data = bool(code) or tagged or (label is not None and label.start() - at <= _LONGEST + 60)
    family = _INVERTED.match(row.text, at) if marker else None
    inverted = family is not None and family["family"].isupper() and family["given"][-1].islower()
    bare = near[0] and ":" not in row.text and _CAPITALS.match(row.text) is not None
    bare = bare or (opened and row.text.count("|") > 0 and not row.text.lstrip().startswith("|"))
    bare = bare or (near[1] and len(row.text.split()) <= _WORDS)
    if not (data or (opened and marker) or inverted or bare):
        return None
    personal = bool(_PERSONAL.search(body)) or section is Kind.PERSON
    numbered = _NUMBERED_SHIP.match(row.text, at)
    name = _numbered(row.text, at, patterns) if code else None
    name = (at, numbered.end("name"), numbered["name"]) if numbered and name is None else name
    name = name or _name(row.text, at, patterns, personal=personal, whole=not tagged)
    if name is None:
        return None
    low, high, value = name
    if not _is_name(value, row.text[high:], patterns, marked=bool(marker) or bare, tagged=tagged, data=data):
        return None
    beside = label is not None and label.start() < len(row.text)
    if not (marker or tagged or bare or beside) and _BRACKETS.sub("", row.text[high:]).strip(" .,;:"):
        return None
    kind = _kind(value, row.text[high : high + 30], body, section, patterns, personal=personal)
    found = other_names(body, low, high, value, patterns) if data else aliases(body, high, value, patterns)
    others = tuple((other, row.start + start, row.start + end) for other, start, end in found)
    return Entry(row.start + low, row.start + high, value, kind, others, row.start + len(body), data)


def _body(rows: Sequence[_Row], place: int) -> str:
    """Give the lines of an entry: its own, and those behind it until an empty one or the next name."""
    text = rows[place].text
    for row in rows[place + 1 : place + 1 + _LOOK]:
        begins = _begins(row.text) and not row.text.lstrip().startswith("(")
        if not row.text.strip() or begins or _ANEW.match(row.text) or _is_named(row.text):
            break
        if any(pattern.match(row.text.strip()) for _, pattern in _SECTIONS) and len(row.text.split()) < _SECTION_WORDS:
            break
        text += "\n" + row.text
    return text


def _is_named(row: str) -> bool:
    """Tell a line "Name: ..." of another entry; "Name (original script): ..." goes on with this one."""
    named = _NAMED.match(row)
    return named is not None and "script" not in named[0]


def _numbered(row: str, at: int, patterns: Patterns) -> tuple[int, int, str] | None:
    """Give a name in numbered parts: "1: HARUN 2: OTHMAN 3: na"."""
    label = patterns.entry_labels.search(row, at)
    row = row[: label.start()] if label else row
    if not re.match(r"\d:", row[at:]):
        return None
    end = at
    words: list[str] = []
    for part in re.finditer(
        r"(\d):\s*((?:(?!\s\d:)[^\n;(])+?)(?=\s+\d:|\s+\.\.\.|\s+[A-Z][a-z]+(?:\s+\([^)]*\))?\s*:|\s+[A-Z]{3}:|\s*\u00a6|\s*[;(]|\s*\Z)",
        row[at:],
    ):
        if part[2].strip().casefold() not in {"na", "n/a", ""}:
            words.append(part[2].strip())
            end = at + part.end(2)
    start = at + len(re.match(r"\d:\s*", row[at:])[0])  # type: ignore[index]
    return (start, end, " ".join(words)) if words else None


def _name(row: str, at: int, patterns: Patterns, *, personal: bool, whole: bool) -> tuple[int, int, str] | None:
    while at < len(row) and row[at] in " '\"\u2018":
        at += 1
    label = patterns.entry_labels.search(row, at)
    row = row[: label.start()] if label else row
    while (title := _TITLE.match(row, at)) and title[1].casefold().strip(".") in patterns.titles:
        at = title.end()
    inverted = _INVERTED.match(row, at)
    if (
        inverted
        and not patterns.identity.match(row, inverted.start("given"))
        and not is_organisation(inverted["family"], patterns)
        and inverted["family"].upper() == inverted["family"]
    ):
        tail = row[inverted.end() :]
        place = re.match(r",\s+[A-Z]", tail) is not None and not personal
        if not place and (personal or not countries.code(inverted["given"])):
            return at, inverted.end(), inverted[0]
    if whole:
        stop = _STOP.search(row, at)
        while stop and stop[0].strip()[:1] in {",", "."} and (form := legal_form(row, stop.start())) > stop.start():
            stop = _STOP.search(row, form)
        while (
            stop
            and stop[0] == "."
            and re.search(r"\b(?:Co|Ltd|Inc|Corp|St|Pte|Pvt|S\.A|[A-Z])\Z", row[at : stop.start()])
        ):
            stop = _STOP.search(row, stop.end())
        if stop:
            said = row[at : stop.start()].rstrip(" '")
            said = said.rstrip('"') if said.count('"') % 2 else said
            if said and len(said) <= _LONGEST and _is_shaped(said):
                return at, at + len(said), said
    for start, end in chunks(row[at : at + 200], patterns):
        if start == 0:
            return (
                at,
                at + end,
                row[at : at + end].rstrip(".,")
                if not row[at : at + end].endswith((".A.", "L.", "C.", "R.", "V."))
                else row[at : at + end],
            )
        break
    return None


def _is_shaped(said: str) -> bool:
    words = re.findall(r"[^\W\d_][\w'.-]*", said)
    small = [word for word in words if word[0].islower() and len(word) > 3 and word not in {"para", "della", "delle"}]
    return bool(words) and not small and len(words) <= _WORDS


def _is_name(value: str, after: str, patterns: Patterns, *, marked: bool, tagged: bool, data: bool) -> bool:
    """Tell the name of an entry from a heading, a label or the beginning of a sentence."""
    words = value.casefold().replace(",", " ").split()
    if not words or _is_other(value, words, patterns):
        return False
    alone, capitals = len(words) == 1, value.isupper() and len(value) > _SHORT
    goes_on = _SMALL.match(after) is not None
    if after.startswith(":") and not marked:
        return False
    if not marked and not tagged:
        return (
            data and not (goes_on and not patterns.alias_words.match(after, 1)) and not (alone and not value.isupper())
        )
    if data:
        return True
    apposed = _APPOSED.match(after) is not None or not after.strip(" .,;)")
    whole = capitals or (apposed and len(value) > _SHORT and words[0] not in patterns.organisation_words)
    told = not goes_on or any(words.match(after, 1) is not None for words in (patterns.tells, patterns.alias_words))
    return marked and told and (whole or not alone) and not after.startswith("'s ")


def _is_other(value: str, words: Sequence[str], patterns: Patterns) -> bool:
    """Tell what stands in lists and is nobody: a country, an authority, a law, a label of data, a heading."""
    opening = words[0].strip(".")
    if (opening in patterns.leading and opening not in patterns.given) or set(words) & patterns.not_party_words:
        return True
    country = len(value) < countries.LONGEST and countries.code(value) is not None
    label = patterns.identity.fullmatch(value) or patterns.entry_labels.match(f"{value}:", 0)
    if country or label or value.casefold() in patterns.not_names or sum(map(str.isalpha, value)) < _FEWEST_LETTERS:
        return True
    issuer = patterns.lexicons.issuers.fullmatch(value) is not None
    return issuer or next(patterns.lexicons.instruments.finditer(value), None) is not None


def _kind(
    value: str, after: str, body: str, section: Kind | None, patterns: Patterns, *, personal: bool
) -> Kind | None:
    if (
        _SHIP.search(body)
        and not is_organisation(value, patterns)
        and (section in {None, Kind.VESSEL} or "(vessel)" in body)
    ):
        return Kind.VESSEL
    if _PLANE.search(body) and not is_organisation(value, patterns):
        return Kind.AIRCRAFT
    if section is not None and section is not Kind.PERSON:
        return section
    if personal or is_person(value, patterns):
        return Kind.PERSON
    if is_organisation(value, patterns):
        return Kind.ORGANISATION
    return section or (Kind.PERSON if after.lstrip().startswith(": former") else None)
