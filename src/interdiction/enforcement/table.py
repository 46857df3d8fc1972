"""The rule table of `data/dispositions.yml`: ordered rows of a condition, an action and the sentence to file."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Final

import msgspec

from interdiction.enforcement import document, rails
from interdiction.enforcement.bond import Bond
from interdiction.enforcement.jurisdictions import Ground
from interdiction.enforcement.licences import Standing
from interdiction.enforcement.measures import Question
from interdiction.errors import DataError
from interdiction.model import Basis, Consequence, Disposition, Measure, Outcome, Position

FILE: Final = "dispositions.yml"


class ConfirmedBy(StrEnum):
    """Who said that it is them."""

    PERSON = "person"
    RULE = "rule"
    NOBODY = "nobody"


class Timing(StrEnum):
    """How the designation stands to the day of the decision and of the payment."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    PAYMENT_BEFORE = "payment_before"


OWNERS: Final = frozenset({"blocked", "presumed"})
"""What a chain of owners may come to; everything else is unknown."""
WORDS: Final[dict[str, frozenset[str]]] = {
    "outcome": frozenset(Outcome),
    "confirmed_by": frozenset(ConfirmedBy),
    "listing": frozenset({"read", "unread"}),
    "alias": frozenset({"full", "weak"}),
    "basis": frozenset(Basis),
    "ground": frozenset(Ground),
    "law": frozenset({"us", "eu", "uk", "un", "none"}),
    "nexus": frozenset(Bond),
    "timing": frozenset(Timing),
    "programme": frozenset({"mapped", "unmapped"}),
    "measure": frozenset(Measure),
    "funds": frozenset({"moves", "promise", "none"}),
    "position": frozenset(Position),
    "side": frozenset({"payer", "payee", "bank", "other"}),
    "held": frozenset({"theirs", "not_theirs"}),
    "rail": frozenset(rails.known()),
    "question": frozenset(Question),
    "licence": frozenset(Standing),
    "party": frozenset({"itself", "related"}),
    "owner": OWNERS | {"unknown", "none"},
    "sponsor": frozenset({"risk", "donation", "neither", "unknown", "none"}),
}
"""What a condition may ask, and the answers there are."""

HIT_FIELDS: Final = frozenset(
    {
        *("party", "listed", "listing", "matched", "score", "by", "list", "edition", "programmes", "measures"),
        *("institution", "institution_gap", "since", "dated", "on_block", "on_reject", "on_freeze"),
        *("is", "why", "authority", "citation", "held", "uetr", "answer", "licence", "nexus_why"),
    }
)
WHOLE_FIELDS: Final = frozenset({"lists", "institution", "problems", "rule", "by"})
WHOLE: Final = ("list-missing", "list-in-doubt", "unreadable", "read-by-people", "not-asked", "no-hit")
GRAVITY: Final = tuple(Disposition)
"""Gravest first: block, reject, retain, hold, release."""
CUSTOMER_GRAVITY: Final = tuple(Consequence)


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row: when it holds, what happens to a payment and to a customer, and why in plain words."""

    id: str
    says: str
    payment: Disposition
    pay: str
    customer: Consequence
    account: str
    when: dict[str, str] = {}

    def fits(self, circumstances: Mapping[str, frozenset[str]]) -> bool:
        """Tell whether every word of the condition holds."""
        return all(word in circumstances[key] for key, word in self.when.items())

    def payment_sentence(self, fields: Mapping[str, str]) -> str:
        """Give the sentence filed with the payment."""
        return _sentence(f"{self.says} {self.pay}", fields)

    def customer_sentence(self, fields: Mapping[str, str]) -> str:
        """Give the sentence filed with the customer."""
        return _sentence(f"{self.says} {self.account}", fields)


def _sentence(template: str, fields: Mapping[str, str]) -> str:
    text = template.format_map(fields).strip()
    return text[:1].upper() + text[1:]


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    hits: tuple[Row, ...]
    whole: tuple[Row, ...]
    unscreened: tuple[str, ...]


class Table(msgspec.Struct, frozen=True):
    """The rows in force. `unscreened` are the codes of problems that take away what a customer is screened by."""

    version: str
    sha256: str
    hits: tuple[Row, ...]
    whole: dict[str, Row]
    unscreened: frozenset[str]

    def row(self, circumstances: Mapping[str, frozenset[str]]) -> Row:
        """Give the first row that fits; the packaged table ends in rows that fit everything."""
        return next(row for row in self.hits if row.fits(circumstances))


@cache
def load_table() -> Table:
    """Read the packaged table. Raises `DataError` that names the row that is wrong."""
    return read_table(document.packaged(FILE), FILE)


def read_table(raw: bytes, where: str) -> Table:
    """Read and check a table: known words and fields, no id twice, nothing left that no row fits."""
    found = document.parse(raw, _Document, where)
    ids = [row.id for row in (*found.hits, *found.whole)]
    for row in (*found.hits, *found.whole):
        place = f"{where}, {row.id}"
        if ids.count(row.id) > 1:
            raise DataError("the row stands twice", where=place, mend="give each row its own id")
        for key, word in row.when.items():
            if word not in WORDS.get(key, frozenset()):
                raise DataError(f"no condition is written {key}: {word}", where=place, mend=f"use {_choices(key)}")
        for text in (row.says, row.pay, row.account):
            document.check_template(text, HIT_FIELDS if row in found.hits else WHOLE_FIELDS, place)
    if tuple(row.id for row in found.whole) != WHOLE:
        raise DataError(
            f"`whole` must hold the rows {', '.join(WHOLE)}", where=where, mend="restore them in this order"
        )
    for outcome in Outcome:
        if not any(set(row.when.items()) <= {("outcome", outcome.value)} for row in found.hits):
            raise DataError(
                f"no row takes every hit of outcome {outcome.value}",
                where=where,
                mend="end with a row for all the rest",
            )
    whole = {row.id: row for row in found.whole}
    return Table(found.version, document.fingerprint(raw), found.hits, whole, frozenset(found.unscreened))


def _choices(key: str) -> str:
    return f"{key}: {' or '.join(sorted(WORDS[key]))}" if key in WORDS else f"one of {', '.join(WORDS)}"
