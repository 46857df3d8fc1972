"""What is screened of each kind of message and what is not, with the reason: the list an examiner asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from interdiction.errors import UsageError
from interdiction.payments import nacha
from interdiction.payments.columns import FIELDS
from interdiction.payments.iso20022.fields import fields, paths
from interdiction.payments.iso20022.fields import words as iso_words
from interdiction.payments.mt.words import text_tags, unscreened_tags
from interdiction.payments.mt.words import words as mt_words

ANY: Final = "iso20022"
"""The word for what is read of every kind and version without a schema."""


class Covered(msgspec.Struct, frozen=True, omit_defaults=True):
    """One field of a kind of message: where it stands, what it is taken for, and, where it is not screened, why."""

    kind: str
    field: str
    what: str
    screened: bool
    reason: str = ""


class Summary(msgspec.Struct, frozen=True):
    """How many fields of a kind are screened, how many are not, and what the kind is read by."""

    kind: str
    screened: int
    unscreened: int
    by: str


def kinds() -> list[str]:
    """Give every kind there is a list for, such as `pacs.008.001.13`, `mt103`, `nacha-iat`, `table`."""
    return [
        *sorted(fields().messages),
        ANY,
        *(f"mt{number}" for number in sorted(mt_words().messages)),
        *(f"mtn{number}" for number in sorted(mt_words().common)),
        "nacha-iat",
        "table",
    ]


def summaries() -> list[Summary]:
    """Give the numbers of every kind; messages without a schema are named with what they are read by."""
    found = []
    for kind in kinds():
        rows = covered(kind)
        screened = sum(row.screened for row in rows)
        by = "its schema" if kind in fields().messages else "the table of its fields"
        found.append(Summary(kind, screened, len(rows) - screened, "element names" if kind == ANY else by))
    known = {kind[:8] for kind in fields().messages}
    rest = sorted(iso_words().messages.keys() - known)
    return [*found, *(Summary(kind, 0, 0, f"element names: see {ANY}") for kind in rest)]


def covered(kind: str) -> list[Covered]:
    """Give every field of a kind, or of the newest schema of one (`pacs.008`).

    Raises `UsageError` (`kind`) for a kind that has no list.
    """
    kind = kind.lower()
    newest = max((one for one in fields().messages if one.startswith(kind)), default="")
    if newest:
        return list(_iso(newest))
    if kind[:8] in iso_words().messages or kind == ANY:
        return list(_by_name(kind))
    if kind == "nacha-iat":
        return list(_nacha())
    if kind == "table":
        return [*(Covered("table", field, "column", screened=True) for field in FIELDS), *_TABLE]
    if kind.startswith("mt") and mt_words().message(kind[2:].removesuffix("cov").removesuffix("+").replace("n", "1")):
        return list(_mt(kind))
    raise UsageError(
        f"no kind of message is called {kind!r}",
        where="--coverage",
        code="kind",
        mend=f"use one of {', '.join(kinds())}",
    )


_TABLE: Final = (Covered("table", "any other column", "text", screened=True),)


def _iso(message: str) -> Iterator[Covered]:
    for path, leaf_class in paths(message):
        yield _covered(message, path, leaf_class)


def _by_name(kind: str) -> Iterator[Covered]:
    """Give what each element is taken for where there is no schema; what is not among them is text."""
    for (parent, name), leaf_class in sorted(fields().within.items()):
        yield _covered(kind, f"{parent}/{name}", leaf_class)
    yield Covered(kind, "any other element", "text", screened=True)
    yield Covered(kind, "any attribute but Ccy", "text", screened=True)


def _covered(kind: str, path: str, leaf_class: str) -> Covered:
    reason = iso_words().reasons.get(leaf_class, "")
    return Covered(kind, path, leaf_class.replace("_", " "), not reason, reason)


def _mt(kind: str) -> Iterator[Covered]:
    message = mt_words().message(kind[2:].removesuffix("cov").removesuffix("+").replace("n", "1"))
    roles = mt_words().roles[message.roles] if message is not None else {}
    yield Covered(kind, "block 1, block 2", "sender and receiver", screened=True)
    yield Covered(kind, "block 3, block 5", "text where a field is not known or holds a word", screened=True)
    for tag, role in sorted(roles.items()):
        yield Covered(kind, f":{tag}:" if len(tag) > 2 else f":{tag}a:", role.value.replace("_", " "), screened=True)
    for tag, role in sorted(mt_words().accounts.items()):
        yield Covered(kind, f":{tag}:", f"account of the {role.value.replace('_', ' ')}", screened=True)
    for tag, (what, _) in sorted(text_tags().items()):
        yield Covered(kind, f":{tag}:", f"text: {what}", screened=True)
    for tag, (why, _) in sorted(unscreened_tags().items()):
        yield Covered(kind, f":{tag}:", why, screened=False, reason=mt_words().reasons[why])
    yield Covered(kind, "any other field", "text, and the message is held", screened=True)


def _nacha() -> Iterator[Covered]:
    for kind, places in sorted(nacha.records().addenda.items()):
        for place in places:
            columns = f"addenda {kind}, columns {place.at[0]} to {place.at[1]}"
            if place.what in {"kind", "qualifier"}:
                yield Covered("nacha-iat", columns, place.what, screened=False, reason="a code of a closed list")
            else:
                what = f"{place.role.value.replace('_', ' ')}: {place.what.replace('_', ' ')}"
                yield Covered("nacha-iat", columns, what, screened=True)
    for name, at in sorted(nacha.records().entry.items()):
        screened = name in {"account", "receiving_bank"}
        reason = "" if screened else "a code, an amount or a reference of the clearing system"
        yield Covered("nacha-iat", f"entry, columns {at[0]} to {at[1]}", name.replace("_", " "), screened, reason)
    yield Covered("nacha-iat", "any other record", "text, and the payment is held", screened=True)
