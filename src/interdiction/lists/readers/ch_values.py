"""What Swiss free texts state in a form of their own: numbers in `other-information`, measures in the set's title."""

from __future__ import annotations

import re
from functools import lru_cache

from interdiction.lists.readers.draft import Draft
from interdiction.model import Contact, Identifier, Kind, Measure

_NUMBERS = (
    (re.compile(r"\bIMO(?: [Nn]umber| no\.?)?\s*:?\s*(\d{7})\b"), "imo"),
    (re.compile(r"\bMMSI(?: number)?\s*:?\s*(\d{9})\b", re.IGNORECASE), "mmsi"),
    (re.compile(r"\b(?:INN|Tax(?:payer)? I(?:D|dentification)(?: [Nn]umber)?)[:. ]*(\d{8,14})\b"), "tax_id"),
    (re.compile(r"\b(?:OGRN|[Rr]egistration number)[^:\d]{0,20}:?\s*(\d{6,15})\b"), "registration"),
    (re.compile(r"\bOKPO\s*:?\s*(\d{8,10})\b"), "statistics_code"),
    (re.compile(r"\bKPP\s*:?\s*(\d{9})\b"), "other"),
    (re.compile(r"\bNational (?:ID|[Ii]dentification)(?: number)?[:. ]*([A-Z]{0,3}\d[\w-]{4,})"), "national_id"),
    (re.compile(r"\bPassport(?: number| no\.?)\s*:?\s*([A-Z]{0,3} ?\d[\w-]{4,})", re.IGNORECASE), "passport"),
    (re.compile(r"\bSWIFT(?:/BIC)?(?: codes?)?\s*:?\s*([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b"), "bic"),
)  # fmt: skip
_CONTACTS = (
    (re.compile(r"^(?:Company )?(?:Tel(?:ephone)?|Phone)[^:\d+]*:\s*([+\d][\d\s()/-]{5,})"), "phone"),
    (re.compile(r"^Fax[^:]*:\s*([+\d][\d\s()/-]{5,})"), "fax"),
    (re.compile(r"\be-?mail[^:]*:\s*([\w.+-]+@[\w-]+\.[\w.-]*\w)", re.IGNORECASE), "email"),
    (re.compile(r"\bwebsite\s*:\s*((?:https?://|www\.)\S+)", re.IGNORECASE), "website"),
)
_MEASURES = (
    (re.compile(r"\b(?:capital market|money market|money and capital)\b", re.IGNORECASE), Measure.DEBT_EQUITY),
    (re.compile(r"\b(?:vessel|ship|port)s?\b", re.IGNORECASE), Measure.TRADE),
    (re.compile(r"\b(?:goods|export|services|trade)\b", re.IGNORECASE), Measure.TRADE),
    (re.compile(r"\b(?:entry|transit|travel)\b", re.IGNORECASE), Measure.TRAVEL_BAN),
    (re.compile(r"\b(?:asset|freez|financial sanctions)", re.IGNORECASE), Measure.ASSET_FREEZE),
    (re.compile(r"\barms\b", re.IGNORECASE), Measure.ARMS_EMBARGO),
)


def mine(draft: Draft, text: str) -> None:
    """Read numbers and contacts that a text states under a label; the text itself stays in the remarks."""
    for pattern, word in _NUMBERS:
        for value in pattern.findall(text):
            if word == "imo" and draft.kind is Kind.ORGANISATION:
                draft.kind = None
            draft.identifiers.append(Identifier(word, value.strip(), note=text))
    for pattern, word in _CONTACTS:
        draft.contacts += [Contact(word, value.strip()) for value in pattern.findall(text)]


@lru_cache(maxsize=1 << 10)
def measures(basis: str) -> tuple[Measure, ...]:
    """Give the measures that the title of a set of sanctions names; none where it names none."""
    title = basis.partition("; ")[2]
    return tuple(dict.fromkeys(measure for pattern, measure in _MEASURES if pattern.search(title)))
