"""From what was found in a message, its header and one of its transactions, to one payment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

import msgspec

from interdiction.model import (
    Amount,
    FreeText,
    Funds,
    Grade,
    Part,
    Payment,
    PaymentParty,
    Place,
    Problem,
    Rail,
    Reference,
    Role,
)
from interdiction.payments.amounts import currencies
from interdiction.payments.iso20022.walk import Found
from interdiction.payments.reading import named

_AMOUNTS: Final = (
    "IntrBkSttlmAmt",
    "RtrdIntrBkSttlmAmt",
    "RvsdIntrBkSttlmAmt",
    "InstdAmt",
    "Amt",
    "OrgnlIntrBkSttlmAmt",
    "OrgnlInstdAmt",
)
_DAYS: Final = ("IntrBkSttlmDt", "ReqdExctnDt", "ReqdColltnDt", "XpctdValDt", "ValDt", "OrgnlIntrBkSttlmDt", "CreDt")
_NO_REFERENCE: Final = frozenset({"NOTPROVIDED", "NONREF", "NONE"})
_IDS: Final = (
    "end_to_end",
    "transaction",
    "instruction",
    "return",
    "cancellation",
    "status",
    "original_end_to_end",
    "original_transaction",
    "original_instruction",
    "message",
    "business_message",
)
_SIDES: Final = {
    Role.DEBTOR: "debtor",
    Role.CREDITOR: "creditor",
}


class Piece(msgspec.Struct, frozen=True):
    """What one part of a message says, complete: made once for a header, however many transactions share it."""

    parties: tuple[PaymentParty, ...]
    texts: tuple[FreeText, ...]
    places: tuple[Place, ...]
    references: tuple[Reference, ...]
    problems: tuple[Problem, ...]
    amounts: dict[str, tuple[str, str]]
    days: dict[str, str]
    codes: tuple[tuple[str, str], ...]


def piece(found: Found) -> Piece:
    """Complete what was found."""
    return Piece(
        tuple(draft.done() for draft in found.drafts if draft.says_something),
        tuple(found.texts),
        tuple(found.places),
        tuple(found.references),
        tuple(found.problems),
        found.amounts,
        found.days,
        tuple(found.codes),
    )


def payment(
    pieces: Sequence[Piece], *, kind: str, funds: Funds, source: str, row: int, more: Iterable[Problem] = ()
) -> Payment:
    """Put the pieces of one transaction together: its own first, then those of what stands around it."""
    parties = tuple([one for piece in pieces for one in piece.parties])
    codes = [code for piece in pieces for code in piece.codes]
    problems = [problem for piece in pieces for problem in piece.problems]
    references = tuple(dict.fromkeys([reference for piece in pieces for reference in piece.references]))
    kind, funds = _variant(kind, funds, parties, codes)
    amount, doubt = _amount(pieces, needed=funds.moves)
    problems += [doubt] if doubt else []
    if funds.moves:
        problems += _sides(parties)
    problems += more
    instructed = _stated(pieces, "InstdAmt")
    return Payment(
        id=_id(references, codes, row),
        parties=parties,
        amount=amount,
        on=_day(pieces),
        source=source,
        row=row,
        problems=tuple([_placed(problem, source, row) for problem in problems]),
        kind=kind,
        uetr=next((text.lower() for name, text in codes if name.endswith("UETR")), None),
        funds=funds,
        references=references,
        texts=tuple([text for piece in pieces for text in piece.texts]),
        places=tuple([place for piece in pieces for place in piece.places]),
        purposes=tuple(dict.fromkeys([text for name, text in codes if name.startswith(("Purp/", "CtgyPurp/"))])),
        rail=_rail(codes),
        instructed=instructed if instructed != amount else None,
    )


def _variant(
    kind: str, funds: Funds, parties: tuple[PaymentParty, ...], codes: list[tuple[str, str]]
) -> tuple[str, Funds]:
    """Tell the cover payment and the advice, which share the schema of the transfer between banks."""
    if kind != "pacs.009":
        return kind, funds
    if any(name.endswith("/BizSvc") and ".adv." in text for name, text in codes):
        return "pacs.009adv", Funds.ADVICE
    return ("pacs.009cov" if any(one.part is Part.UNDERLYING for one in parties) else kind), funds


def _amount(pieces: Sequence[Piece], *, needed: bool) -> tuple[Amount | None, Problem | None]:
    for name in _AMOUNTS:
        for one in pieces:
            if name in one.amounts:
                text, currency = one.amounts[name]
                found = _read(text, currency)
                doubt = None if found else _doubt("amount", f"{name} is no amount", name, f"{text} {currency}")
                return found, doubt
    return None, _doubt("amount", "no amount is stated", "amount") if needed else None


def _stated(pieces: Sequence[Piece], name: str) -> Amount | None:
    return next((_read(*one.amounts[name]) for one in pieces if name in one.amounts), None)


def _read(text: str, currency: str) -> Amount | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or number < 0 or len(text) > 40 or currency not in currencies():
        return None
    return Amount(number, currency)


def _day(pieces: Sequence[Piece]) -> date | None:
    for name in _DAYS:
        for one in pieces:
            if name in one.days:
                try:
                    return date.fromisoformat(one.days[name][:10])
                except ValueError:
                    return None
    return None


def _sides(parties: tuple[PaymentParty, ...]) -> list[Problem]:
    """Ask for both sides of what moves funds."""
    known = named(parties)
    return [_doubt("no-party", f"no {word} is named", word) for role, word in _SIDES.items() if role not in known]


def _doubt(code: str, message: str, node: str, text: str = "") -> Problem:
    return Problem(
        code=code,
        message=message,
        node=node,
        text=text[:120],
        mend="ask the sender for a correct message, or decide on it by hand",
    )


def _placed(problem: Problem, source: str, row: int) -> Problem:
    if problem.file or problem.grade is Grade.FILE:
        return problem
    return msgspec.structs.replace(problem, file=source, line=row)


def _id(references: tuple[Reference, ...], codes: list[tuple[str, str]], row: int) -> str:
    known: dict[str, str] = {}
    for one in references:
        if one.value.upper() not in _NO_REFERENCE:
            known.setdefault(one.type, one.value)
    for word in _IDS:
        if word in known:
            return known[word][:80] if word not in {"message", "business_message"} else f"{known[word][:80]}/{row}"
    return next((text for name, text in codes if name.endswith("UETR")), str(row))


def _rail(codes: list[tuple[str, str]]) -> Rail:
    """Give what the codes say of the way: of each the first, of levels and instruments all."""
    first: dict[str, str] = {}
    every: dict[str, dict[str, None]] = {"SvcLvl": {}, "LclInstrm": {}}
    for at, text in codes:
        parent, _, name = at.partition("/")
        first.setdefault("ClrSys" if at in _CLEARING else name, text[:40])
        if parent in every:
            every[parent][text[:40]] = None
    return Rail(
        clearing_system=first.get("ClrSys", ""),
        settlement_method=first.get("SttlmMtd", ""),
        service_levels=tuple(every["SvcLvl"]),
        local_instruments=tuple(every["LclInstrm"]),
        clearing_channel=first.get("ClrChanl", ""),
        business_service=first.get("BizSvc", ""),
    )


_CLEARING: Final = frozenset({"ClrSys/Cd", "ClrSys/Prtry"})
