"""What several publishers pack into one cell: numbered values, dates with holes, numbers with words around them."""

from __future__ import annotations

import re
from functools import lru_cache

from interdiction.errors import PartyError
from interdiction.lists.readers import places
from interdiction.lists.readers.dates import partial_date
from interdiction.lists.readers.reading import Problems
from interdiction.model import Grade, Identifier, PartialDate

_MARK = re.compile(r"(?:^|(?<=[\s,;.\])]))\(?(?P<sign>\d{1,2}|[a-z]|[ivx]{1,4})\)\s*", re.IGNORECASE)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_SPAN = re.compile(r"\(\d+\)\s*[-–]\s*(?=\(\d+\))")
_JUMP = 9
"""Numbers that one mark may skip: `(1)-(2) Tunisia (3) Libya` speaks of two at once."""
_DAY = re.compile(r"(?:(?P<day>\d{1,2}|dd?)[/.]\s?)?(?P<month>\d{1,2}|mm?)[/.]\s?(?P<year>\d{4})$", re.IGNORECASE)
_LOOSE = (
    (re.compile(r"^c\.\s", re.IGNORECASE), "circa "),
    (re.compile(r"^(\d{1,2})[.-]\s?(?=[A-Z][a-z])"), r"\1 "),
    (re.compile(r"(?<=[a-z])\.?[-,]?\s?(?=\d{4}$)"), " "),
)
"""`12. Sep 1974`, `12-Dec-1992`, `24 Jan.1973`, `August, 1961` and `c. 1957` as other lists write them."""
_LEAD = re.compile(
    r"^(?P<words>(?:[A-Za-z][A-Za-z.'\u2019/-]*[\s:#]+){0,8}?(?:number|no|nos|num|passport|card|id|#)[.:#\s]+)?"
    r"(?P<value>\d\d\s[A-Z]{2}\s\d{4,}|"
    r"[A-Z]{0,4}(?:[ -][A-Z])?[ -]?(?=[\w/.-]*\d)[\w/.-]+(?:\s(?:No\.?\s?)?\d{2,}(?![\d/.]))*)",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"\b(?=[\w/-]*\d)[A-Z0-9][\w/-]{5,}")
_LABEL = re.compile(r"^[A-Za-z][A-Za-z .]{2,60}?[.:]?\s+(?=\(?[1a]\)\s)")
"""`Passport No: (a) 199421147 (b) 381110042`: what stands before the marks is said of all of them."""
_NUMBERED = re.compile(r"^(?:no\.?|ssn|[A-Z][a-z]{3,})\s*(?=\w*\d)", re.IGNORECASE)
"""What may stand before a number and be none of it: `no.223611`, `Oman 03824969`."""
_WORDS_WITHIN = re.compile(r"[A-Za-z]{3,}")
_EXPIRES = re.compile(r"(?:expir\w*|valid (?:until|to))(?: date)?(?: on)?:?\s+([\w./ ]+?\d{4})\b", re.IGNORECASE)
_ISSUED = re.compile(r"issue[ds]?(?: date)?(?: on| in)?:?\s+([\w./ ]+?\d{4})\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")


def squeeze(text: str) -> str:
    """Give the text with single blanks."""
    return " ".join(text.split())


@lru_cache(maxsize=1 << 14)
def several(text: str) -> tuple[str, ...]:
    """Part `(1) Manzil Tmim (2)-(6) -`, `a) Gulu b) Odek` and `(a) x, (b) y` into their values; a dash is none.

    The marks must begin the text, count upwards and all be written as the first is; any other text is one value.
    """
    whole = squeeze(text)
    body = _SPAN.sub("", whole)
    found = _marks(body, alone=body != whole)
    if not found:
        return (body,) if body not in {"", "-"} else ()
    ends = [*(mark.start() for mark in found[1:]), len(body)]
    values = [body[mark.end() : end].strip(" ,;-") for mark, end in zip(found, ends, strict=True)]
    return tuple(value for value in values if value)


def _marks(body: str, *, alone: bool) -> list[re.Match[str]]:
    taken: list[re.Match[str]] = []
    for mark in _MARK.finditer(body):
        if not taken and mark.start() > 0:
            return []
        before = taken[-1] if taken else None
        if _follows(mark, before):
            taken.append(mark)
    return taken if len(taken) > 1 or (taken and (alone or taken[0]["sign"].lower() in {"1", "a"})) else []


def _follows(mark: re.Match[str], before: re.Match[str] | None) -> bool:
    sign = mark["sign"].lower()
    if before is None:
        return sign in {"1", "a", "i"} or (sign.isdigit() and int(sign) < _JUMP)
    last = before["sign"].lower()
    if mark[0].startswith("(") != before[0].startswith("("):
        return False
    if sign.isdigit() and last.isdigit():
        return 0 < int(sign) - int(last) < _JUMP
    if last in _ROMAN and sign in _ROMAN and (last != "i" or sign == "ii"):
        return _ROMAN.index(sign) == _ROMAN.index(last) + 1
    return len(sign) == len(last) == 1 and 0 < ord(sign) - ord(last) <= 2 and sign.isalpha() and last.isalpha()


@lru_cache(maxsize=1 << 14)
def slashed(text: str) -> PartialDate | None:
    """Read `18/02/1962`, `00/02/1962`, `00/00/1962` and `dd/mm/1962`, day first; `None` for what is no such date.

    Raises `PartyError` for an impossible day.
    """
    found = _DAY.match(text.strip())
    if found is None:
        return None
    day, month = (int(part) if part and part.isdigit() else 0 for part in (found["day"], found["month"]))
    if not month:
        return partial_date(found["year"])
    return partial_date(f"{found['year']}-{month:02d}" + (f"-{day:02d}" if day else ""))


def dated(text: str, line: int, problems: Problems) -> PartialDate | None:
    """Read a date in any of the forms at hand; an impossible one is reported and gives none."""
    try:
        return _dated(text) if text else None
    except PartyError as error:
        problems.add("impossible-date", error.message, grade=Grade.PUBLISHED, line=line, text=squeeze(text))
        return None


@lru_cache(maxsize=1 << 15)
def _dated(text: str) -> PartialDate | None:
    body = squeeze(text)
    for pattern, plain in _LOOSE:
        body = pattern.sub(plain, body)
    return slashed(body) or partial_date(body)


def numbers(word: str, text: str, note: str = "") -> tuple[list[Identifier], str]:
    """Read every number of a cell that may hold several; what is said beside them comes back as the rest."""
    body = squeeze(text)
    label = _LABEL.match(body)
    found = several(body[label.end() :]) if label else several(body)
    more = "; ".join(one for one in (label[0].strip() if label and len(found) > 1 else "", note) if one)
    made = [(one, number(word, one, more)) for one in found]
    rest = "; ".join(one for one, read in made if read is None)
    return [read for _, read in made if read is not None], rest


def number(word: str, text: str, note: str = "") -> Identifier | None:
    """Read `592667 (Qatari passport issued on 3 May 2007)` or `Passport No: A592667`; `None` where none stands.

    The value is the number alone; the whole text stays in the note, with country and days read from it.
    """
    body = squeeze(text)
    if not _DIGIT.search(body):
        return None
    found = _LEAD.match(body)
    inside = None if found else _INSIDE.search(body)
    if found is None and inside is None:
        return None
    value = _NUMBERED.sub("", found["value"]) if found else inside[0] if inside else ""
    value = value.strip(" .,-/")
    whole = "; ".join(one for one in (body if body != value else "", squeeze(note)) if one)
    return Identifier(word, value, _land(whole), _stated(_ISSUED, whole), _stated(_EXPIRES, whole), whole or None)


def _land(text: str) -> str | None:
    """Find the one country that the words around a number name."""
    found = {
        code for one in _WORDS_WITHIN.findall(text) if one[0].isupper() and len(one) > 3 and (code := places.code(one))
    }
    return found.pop() if len(found) == 1 else None


def _stated(pattern: re.Pattern[str], text: str) -> PartialDate | None:
    found = pattern.search(text)
    if found is None:
        return None
    try:
        return slashed(found[1]) or partial_date(found[1].strip())
    except PartyError:
        return None
