"""One labelled number to an identifier: the value, its country, when it was issued and when it ends."""

from __future__ import annotations

import re

from interdiction.errors import PartyError
from interdiction.lists.readers import places
from interdiction.lists.readers.dates import partial_date
from interdiction.lists.readers.documents import WITHOUT_DIGITS
from interdiction.model import Identifier, PartialDate

_LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}")
_DIGIT = re.compile(r"\d")
_STORY = re.compile(
    r"(?:^|,? )(?:issue date|issued|expire date|expired|expires|under the name|and|at|in|dated)\b.*$", re.IGNORECASE
)
_LONGEST = 160
"""Characters: a longer value is a sentence (the longest address of a digital currency has 106)."""


def identifier(word: str, label: str, text: str, wrong: list[PartyError] | None = None) -> Identifier | None:
    """Read `A0181988 (Somalia) issued 01 Oct 2001 expires 23 Jan 2011`; `None` where it is no number.

    What stands in brackets and is no country, such as the town of a register, and dates that cannot be
    read stay in the note beside the label; impossible dates are added to `wrong` besides.
    """
    errors: list[PartyError] = [] if wrong is None else wrong
    body, expires = _dated(text.rstrip(" .,"), " expires ", errors)
    body, issued = _dated(body, " issued ", errors)
    body = body.rstrip(" ,")
    at = None
    extra: list[str] = [one for one in (issued, expires) if isinstance(one, str)]
    while body.endswith(")"):
        start = _opening(body)
        if start <= 0 or body[start - 1] != " ":
            break
        inside = body[start + 1 : -1].strip()
        found = places.code(inside)
        if (found is None and _DIGIT.search(inside)) or (found is not None and at is not None):
            break
        if found is None:
            extra.insert(0, f"({inside})")
        at = at or found
        body = body[: start - 1].rstrip()
    if " " in body:
        body, at = _without_story(body, at, extra)
    return plain(
        word,
        label,
        body,
        country=at,
        issued=issued if isinstance(issued, PartialDate) else None,
        expires=expires if isinstance(expires, PartialDate) else None,
        extra=extra,
    )


def labelled(word: str, label: str, text: str, wrong: list[PartyError]) -> Identifier | None:
    """Read what stands behind a document's label; a company's or a ship's IMO number may stand behind any."""
    if text.startswith("IMO ") and word in {"national_id", "registration", "other"}:
        word = "imo"
    return identifier(word, label, text, wrong)


def _without_story(body: str, at: str | None, extra: list[str]) -> tuple[str, str | None]:
    """Part a number from the words behind it: `0310857, Eritrea, Issue Date 21 August 2006` is a number of Eritrea."""
    story = _STORY.search(body)
    if story is not None:
        extra.append(story[0].strip(" ,)"))
        body = body[: story.start()]
    head, comma, tail = body.rpartition(", ")
    land = places.code(tail) if comma and not _DIGIT.search(tail) else None
    return (head, at or land) if land is not None else (body, at)


def plain(
    word: str,
    label: str,
    value: str,
    *,
    country: str | None = None,
    issued: PartialDate | None = None,
    expires: PartialDate | None = None,
    extra: list[str] | None = None,
) -> Identifier | None:
    """Build an identifier from parts; `None` where the value is empty or a sentence."""
    value = value.strip().rstrip(".")
    if word == "imo":
        value = value.removeprefix("IMO").strip(" .:()")
    if not value or len(value) > _LONGEST:
        return None
    if word not in WITHOUT_DIGITS and _DIGIT.search(value) is None:
        return None
    if word == "legal_entity":
        word = "lei" if _LEI.fullmatch(value) else "registration"
    note = " ".join((label, *extra)) if extra else label
    return Identifier(word, value, country, issued, expires, note)


def _dated(text: str, mark: str, wrong: list[PartyError]) -> tuple[str, PartialDate | str | None]:
    at = text.find(mark)
    if at < 0:
        return text, None
    said = text[at + len(mark) :].strip()
    return text[:at], stated_date(said, wrong) or f"{mark.strip()} {said}"


def _opening(text: str) -> int:
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        if text[at] == ")":
            depth += 1
        elif text[at] == "(":
            depth -= 1
            if depth == 0:
                return at
    return -1


def stated_date(text: str, wrong: list[PartyError]) -> PartialDate | None:
    """Read a date of issue or expiry; `None` where the text is none, or an impossible one (added to `wrong`)."""
    try:
        return partial_date(text)
    except PartyError as error:
        wrong.append(error)
        return None
