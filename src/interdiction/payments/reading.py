"""What reading a file of payments gives: its payments one after the other, and what is wrong with the whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from interdiction.model import FreeText, Grade, Part, Payment, PaymentParty, Problem, Role

LONGEST_RAW: Final = 1_000_000
"""Characters of an unreadable file that are looked into as text; the rest is only held."""
_PIECE: Final = 100_000
_MARKUP: Final = re.compile(r"<[^<>]{0,2000}>")
_MEND: Final = "ask the sender for a correct message, or decide on it by hand"


class Reading(msgspec.Struct):
    """The payments of one file in their order; `problems` speak of the whole file and are known before the first."""

    payments: Iterator[Payment]
    problems: list[Problem]
    count: int | None = None
    """How many payments there will be, where that is known."""


def whole(code: str, message: str, source: str, text: str = "", *, expected: str = "") -> Problem:
    """Give a problem of the file as a whole: it holds every payment of it."""
    return Problem(
        code=code,
        message=message,
        grade=Grade.FILE,
        file=source,
        text=" ".join(text.split())[:120],
        expected=expected,
        mend=_MEND,
    )


_ACCOUNTS: Final = frozenset({"account", "iban", "wallet"})


def named(parties: Iterable[PaymentParty]) -> set[Role]:
    """Give the roles of the parties that are known by more than an account; the envelope's do not count."""
    return {
        one.role
        for one in parties
        if one.part is not Part.HEADER
        and (one.party.names or any(number.type not in _ACCOUNTS for number in one.party.identifiers))
    }


def unreadable(problem: Problem, raw: str, source: str, row: int = 1) -> Payment:
    """Give what cannot be read as a payment of nobody whose whole text is looked into; enforcement holds it."""
    plain = _MARKUP.sub("\n", raw[:LONGEST_RAW]).replace("\x00", " ")
    pieces = [plain[start : start + _PIECE].strip() for start in range(0, len(plain), _PIECE)]
    problems = [problem]
    if len(raw) >= LONGEST_RAW:
        message = f"of what cannot be read only the first {LONGEST_RAW:,} characters were looked into"
        problems.append(whole("raw-cut", message, source))
    return Payment(
        id=f"{source or 'message'}/{row}",
        parties=(),
        source=source,
        row=row,
        problems=tuple(problems),
        kind="unreadable",
        texts=tuple(FreeText(piece, "the file", "other") for piece in pieces if piece),
    )


def decoded(raw: bytes) -> str:
    """Give bytes of no known encoding as text, whatever happens."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace")
    if raw[:200].count(0) > 20:
        return raw.decode("utf-16-le" if raw[1:2] == b"\x00" else "utf-16-be", errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
