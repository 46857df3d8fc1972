"""Answers the question a measure asks of a transaction: whether it is the debt, account or securities it forbids.

The truth stands in `data/measures.yml`. An answer is *forbidden* or *allowed* only on what a person said of the
payment, or on the chain of banks it runs through; all else is *unknown*, and the payment is held for the question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Final

import msgspec

from interdiction.enforcement import document
from interdiction.enforcement.facts import Facts, Transaction
from interdiction.enforcement.moment import Moment
from interdiction.errors import DataError
from interdiction.model import Designation, Measure

FILE: Final = "measures.yml"


class Question(StrEnum):
    """What is known of the question that a designation asks; `none` where it asks none."""

    FORBIDDEN = "forbidden"
    ALLOWED = "allowed"
    UNKNOWN = "unknown"
    NONE = "none"


class Answer(msgspec.Struct, frozen=True):
    """The answer and the sentence that says why."""

    question: Question
    words: str = ""


class Asked(msgspec.Struct, frozen=True):
    """What an answer rests on: the entry's own words, what a person said, the way over an account in the United States
    where the chain shows one, whether the hit is tied to a place, and the moment."""

    entry: str
    facts: Facts
    moment: Moment
    us_account: str = ""
    place: bool = False


class Tenor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """New debt of more than `over` days is forbidden if it was issued from `since` until before `until`."""

    over: int
    since: date
    until: date | None = None


class Directive(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One directive; the file explains the fields."""

    id: str
    programmes: tuple[str, ...]
    said: str
    measure: Measure
    since: date
    source: str
    verified: bool
    tenors: tuple[Tenor, ...] = ()
    equity_since: date | None = None
    kinds: tuple[Transaction, ...] = ()
    also: str = ""
    note: str = ""


class Accounts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A list of banks whose accounts are prohibited or conditioned; without programmes it takes all of them."""

    name: str
    programmes: tuple[str, ...]
    since: datetime
    source: str
    verified: bool
    until: datetime | None = None


class Securities(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A ban on dealing in securities."""

    name: str
    programmes: tuple[str, ...]
    since: datetime
    rule: str
    source: str
    verified: bool


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    directives: tuple[Directive, ...]
    accounts: tuple[Accounts, ...]
    conditions: tuple[str, ...]
    securities: tuple[Securities, ...]
    purposes: dict[str, Transaction]


_UNKNOWN: Final = Question.UNKNOWN
_MONEY: Final = frozenset(
    {Transaction.DEBT, Transaction.EQUITY, Transaction.SECURITIES, Transaction.PERSONAL, Transaction.DONATION}
)
_EXEMPT: Final = frozenset({Transaction.PERSONAL, Transaction.HUMANITARIAN, Transaction.DONATION})


def answer(designation: Designation, asked: Asked) -> Answer:
    """Answer the question of a designation: forbidden if any of its measures forbids, allowed if all that ask allow.

    A freeze asks nothing. A menu has to be read by a person, unless the entry names its directives and freezes nothing.
    """
    measures = set(designation.measures)
    named = directives(designation, asked.entry)
    if Measure.MENU in measures:
        if not named or Measure.ASSET_FREEZE in measures:
            return Answer(_UNKNOWN, "the entry has to be read")
        measures = measures - {Measure.MENU} | {one.measure for one in named}
        banned = next((one for one in named if one.measure is Measure.PAYMENT_BAN), None)
        if banned is not None:
            return Answer(Question.FORBIDDEN, f"the entry is under {banned.id}, which forbids {banned.also}")
    if Measure.ASSET_FREEZE in measures or (Measure.PAYMENT_BAN in measures and not asked.place):
        return Answer(Question.NONE)
    narrowed = {one.measure for one in named}
    answers = [
        ask(designation, asked, named)
        for measure, ask in _ASK.items()
        # An entry under directive 4 alone is under no ban on debt, though its tag imposes both.
        if measure in measures and (not narrowed or measure in narrowed or measure not in _BY_DIRECTIVE)
    ]
    if not answers:
        return Answer(Question.NONE)
    forbidden = [one for one in answers if one.question is Question.FORBIDDEN]
    unknown = [one for one in answers if one.question is _UNKNOWN]
    return (forbidden or unknown or answers)[0]


def directives(designation: Designation, entry: str) -> list[Directive]:
    """Give the directives that the words of an entry name, for the programme of the designation."""
    text = " ".join(entry.casefold().split())
    several = [one for one in load().directives if designation.programme in one.programmes]
    return [one for one in several if re.search(one.said, text)]


def hints(codes: Sequence[str]) -> frozenset[Transaction]:
    """Give what the sender's own codes for the purpose say that it pays for."""
    known = load().purposes
    return frozenset(known[code] for code in codes if code in known)


@cache
def load() -> _Document:
    """Read the packaged file. Raises `DataError` that names the entry which is wrong."""
    found = document.parse(document.packaged(FILE), _Document, FILE)
    for one in found.directives:
        try:
            re.compile(one.said)
        except re.error as error:
            raise DataError(f"`said` is no pattern: {error}", where=f"{FILE}, {one.id}", mend="correct it") from error
        for tenor, following in zip(one.tenors, one.tenors[1:], strict=False):
            if tenor.until != following.since:
                raise DataError(
                    "the tenors leave a gap or overlap",
                    where=f"{FILE}, {one.id}",
                    mend="let each begin where the one before it ends",
                )
    return found


def _debt_equity(designation: Designation, asked: Asked, named: Sequence[Directive]) -> Answer:
    facts = asked.facts
    rules = [one for one in named if one.measure is Measure.DEBT_EQUITY] or [
        one
        for one in load().directives
        if designation.programme in one.programmes and one.measure is Measure.DEBT_EQUITY
    ]
    if facts.transaction is None:
        return Answer(_UNKNOWN, "say whether it pays for new debt, of what tenor and issued when, or for new equity")
    if facts.transaction not in {Transaction.DEBT, Transaction.EQUITY, Transaction.SECURITIES}:
        return Answer(Question.ALLOWED, f"{facts.by} says that it pays for {_kind(facts)}, neither debt nor equity")
    if not rules:
        return Answer(_UNKNOWN, "which tenor is forbidden is not known for this programme")
    if facts.issued_on is None:
        return Answer(_UNKNOWN, "say when it was issued")
    found = [_issued(one, facts.issued_on, facts) for one in rules]
    forbidden = [one for one in found if one.question is Question.FORBIDDEN]
    if forbidden and not named and len(rules) > 1 and len(forbidden) < len(found):
        return Answer(_UNKNOWN, "say which directive the entry is under")
    unknown = [one for one in found if one.question is _UNKNOWN]
    return (forbidden or unknown or found)[0]


def _issued(directive: Directive, issued: date, facts: Facts) -> Answer:
    if issued < directive.since:
        return Answer(Question.ALLOWED, f"it was issued on {issued}, before {directive.id}")
    if facts.transaction is Transaction.EQUITY:
        if directive.equity_since is not None and issued >= directive.equity_since:
            return Answer(Question.FORBIDDEN, f"new equity issued on {issued} is forbidden by {directive.id}")
        return Answer(Question.ALLOWED, f"{directive.id} does not restrict equity issued on {issued}")
    return _tenor(directive, issued, facts)


def _tenor(directive: Directive, issued: date, facts: Facts) -> Answer:
    if facts.transaction is Transaction.SECURITIES or facts.tenor_days is None:
        return Answer(_UNKNOWN, "say whether it is debt or equity, and of what tenor")
    held = [one for one in directive.tenors if one.since <= issued and (one.until is None or issued < one.until)]
    if not held:
        return Answer(_UNKNOWN, f"{directive.id} states no tenor for debt issued on {issued}")
    over = held[0].over
    said = f"debt of {facts.tenor_days} days issued on {issued}"
    if facts.tenor_days > over:
        limit = f"more than {over} days" if over >= 0 else "any tenor"
        return Answer(Question.FORBIDDEN, f"{said} is forbidden: {directive.id} forbids {limit}")
    return Answer(Question.ALLOWED, f"{said} is within the {over} days of {directive.id}")


def _account(designation: Designation, asked: Asked, _named: Sequence[Directive]) -> Answer:
    rule = next(
        (
            one
            for one in load().accounts
            if asked.moment.touches(one.since, one.until)
            and (not one.programmes or designation.programme in one.programmes)
        ),
        None,
    )
    if rule is None:
        return Answer(_UNKNOWN, "no list of such accounts was in force at that moment")
    if any(word in asked.entry.casefold() for word in load().conditions):
        return Answer(_UNKNOWN, f"the entry of {rule.name} states conditions: read them")
    if asked.facts.us_account:
        return Answer(Question.FORBIDDEN, f"{asked.facts.by} says that it runs over its account in the United States, "
                                          f"which {rule.name} forbids")  # fmt: skip
    if asked.facts.us_account is None and asked.us_account:
        return Answer(Question.FORBIDDEN, f"{asked.us_account}, an account that {rule.name} forbids")
    return Answer(_UNKNOWN, f"the bank is on {rule.name}, and no account in the United States shows in the chain")


def _investment(designation: Designation, asked: Asked, _named: Sequence[Directive]) -> Answer:
    facts = asked.facts
    if facts.transaction is None:
        return Answer(_UNKNOWN, "say whether it buys or sells securities of the party or derivatives of them")
    if facts.transaction not in {Transaction.SECURITIES, Transaction.EQUITY, Transaction.INVESTMENT}:
        return Answer(Question.ALLOWED, f"{facts.by} says that it pays for {_kind(facts)}, no securities")
    rule = next((one for one in load().securities if designation.programme in one.programmes), None)
    if rule is None and not asked.place:
        return Answer(_UNKNOWN, "which securities are forbidden is not known for this programme")
    if rule is not None and not asked.moment.touches(rule.since, None):
        return Answer(_UNKNOWN, f"{rule.rule} begins on {rule.since:%d %B %Y}")
    ban = "investment there" if rule is None else rule.rule
    return Answer(Question.FORBIDDEN, f"{facts.by} says that it pays for {_kind(facts)}: {ban}")


def _trade(_designation: Designation, asked: Asked, named: Sequence[Directive]) -> Answer:
    facts = asked.facts
    kinds = {kind for one in named if one.measure is Measure.TRADE for kind in one.kinds}
    if facts.transaction is None:
        return Answer(_UNKNOWN, "say which goods, services or technology it pays for and whether a licence is required")
    said = f"{facts.by} says that it pays for {_kind(facts)}"
    if facts.transaction in kinds or (facts.transaction is Transaction.OIL_PROJECT and not kinds):
        also = next((one.also for one in named if facts.transaction in one.kinds), "goods and services of that kind")
        return Answer(Question.FORBIDDEN, f"{said}: {also}")
    # What is forbidden at a place reaches further than goods: money sent there is a service.
    if not asked.place and (kinds or facts.transaction in _MONEY):
        return Answer(Question.ALLOWED, f"{said}, which the measure leaves free")
    return Answer(_UNKNOWN, f"{said}: say whether a licence is required")


def _arms(_designation: Designation, asked: Asked, _named: Sequence[Directive]) -> Answer:
    facts = asked.facts
    if facts.transaction is Transaction.ARMS:
        return Answer(Question.FORBIDDEN, f"{facts.by} says that it pays for arms or related material")
    if facts.transaction in _MONEY and not asked.place:
        return Answer(Question.ALLOWED, f"{facts.by} says that it pays for {_kind(facts)}, no arms")
    return Answer(_UNKNOWN, "say whether it pays for arms or related material")


def _embargo(_designation: Designation, asked: Asked, _named: Sequence[Directive]) -> Answer:
    facts = asked.facts
    if facts.transaction is None:
        return Answer(_UNKNOWN, "say what it pays for, and whether an exemption or a licence covers it")
    said = f"{facts.by} says that it pays for {_kind(facts)}"
    if facts.transaction in _EXEMPT:
        return Answer(_UNKNOWN, f"{said}: an exemption or a licence may cover it")
    return Answer(Question.FORBIDDEN, said)


def _kind(facts: Facts) -> str:
    return "nothing stated" if facts.transaction is None else facts.transaction.value.replace("_", " ")


_ASK: Final[dict[Measure, Callable[[Designation, Asked, Sequence[Directive]], Answer]]] = {
    Measure.PAYMENT_BAN: _embargo,
    Measure.DEBT_EQUITY: _debt_equity,
    Measure.CORRESPONDENT_ACCOUNT: _account,
    Measure.TRADE: _trade,
    Measure.ARMS_EMBARGO: _arms,
    Measure.INVESTMENT_BAN: _investment,
}
_BY_DIRECTIVE: Final = frozenset({Measure.DEBT_EQUITY, Measure.TRADE, Measure.CORRESPONDENT_ACCOUNT})
