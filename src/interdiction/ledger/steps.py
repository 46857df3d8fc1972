"""The steps in the life of blocked property: each a pure function that makes one balanced entry or refuses.

Every step names its decision, its authority and the person. Nothing is returned, debited or moved without a ground.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

import msgspec

from interdiction.errors import UsageError
from interdiction.ledger.book import Held
from interdiction.ledger.interest import due
from interdiction.model import Entry, Ground, Heading, Posting, Property, Step, Terms
from interdiction.model.signed import require_signed


class Act(msgspec.Struct, frozen=True):
    """Who does something, when, of which value date, why and under what authority."""

    on: date
    at: datetime
    by: str
    why: str
    authority: str = ""


_BACK: Final = {Ground.LICENCE, Ground.COURT_ORDER, Ground.GOVERNMENT_ORDER}
"""Grounds on which a retained transfer may leave: nothing else authorises its return (31 CFR 596.504(b))."""


def opening(what: Property, amount: Decimal, act: Act, *, decision: str) -> Entry:
    """Take property into the ledger. The number of the property is that of this entry, given when it is stored."""
    require_signed("an entry", act.by, act.why)
    _decided(decision)
    _authority(act, "the legal act under which it is held")
    _positive(amount)
    if not what.unit.strip():
        raise UsageError(
            "property is counted in a unit",
            where="--currency",
            mend="name the currency, or what it is counted in",
            code="ledger-unit",
        )
    if not what.targets and not what.retained:
        raise UsageError(
            "blocked property names who is meant",
            where="DECISION",
            mend="block by a decision with a hit",
            code="ledger-target",
        )
    _not_to_come(act)
    held = Heading.RETAINED if what.retained else Heading.BLOCKED
    return Entry(
        property=0,
        step=Step.OPEN,
        on=what.blocked_on,
        at=act.at,
        by=act.by.strip(),
        why=act.why.strip(),
        decision=decision,
        authority=act.authority.strip(),
        postings=_moved(what.unit, amount, Heading.ORIGIN, held),
        opens=what,
    )


def credit(held: Held, amount: Decimal, act: Act, *, unit: str = "", origin: str = "") -> Entry:
    """Add what came in later: a deposit, a coupon. A payment into a blocked account stays there."""
    _positive(amount)
    return _entry(held, Step.CREDIT, act, amount, Heading.ORIGIN, held.heading, unit=unit, to=origin)


def terms(held: Held, new: Terms, act: Act) -> Entry:
    """Set how it bears interest from the day of the act on; what it bore until then stays."""
    if not new.rates:
        raise UsageError("terms need a rate", where="--rate", mend="write 2.5 or 2.5@2015-01-02", code="ledger-terms")
    return msgspec.structs.replace(_entry(held, Step.TERMS, act, None, held.heading, held.heading), terms=new)


def interest(held: Held, act: Act) -> Entry:
    """Post the interest up to the value date that is not posted yet. Raises where none is (`ledger-nothing-due`)."""
    amount = due(held, act.on)
    if amount <= 0:
        raise UsageError(
            f"no interest is due on {held.id} up to {act.on}",
            where=held.id,
            mend="set its terms, or name a later day with --on",
            code="ledger-nothing-due",
        )
    entry = _entry(held, Step.INTEREST, act, amount, Heading.INTEREST, held.heading)
    return msgspec.structs.replace(entry, until=act.on)


def charge(held: Held, amount: Decimal, act: Act, *, unit: str = "") -> Entry:
    """Debit a normal service charge; the authority is the published schedule that sets it (OFAC FAQ 34)."""
    _authority(act, "the published schedule of charges")
    _positive(amount)
    return _entry(
        held, Step.CHARGE, act, amount, held.heading, Heading.CHARGES, unit=unit, ground=Ground.SERVICE_CHARGE
    )


def licensed(
    held: Held, amount: Decimal, act: Act, *, licence: str, to: str, asks_report: bool = False, unit: str = ""
) -> Entry:
    """Debit what a licence allows; it names the licence and who is paid."""
    _licence(Ground.LICENCE, licence)
    _receiver(to)
    _positive(amount)
    entry = _entry(
        held, Step.LICENSED, act, amount, held.heading, Heading.LICENSED, unit=unit, ground=Ground.LICENCE, to=to
    )
    return msgspec.structs.replace(entry, licence=licence.strip(), licence_asks_report=asks_report)


def release(
    held: Held,
    act: Act,
    *,
    ground: Ground,
    to: str,
    amount: Decimal | None = None,
    licence: str = "",
    asks_report: bool = False,
) -> list[Entry]:
    """Unblock: all of it with the interest due, or a part. It names the authority, the ground and who receives it."""
    return _out(held, act, Step.RELEASE, Heading.RELEASED, ground, to, amount, licence, asks_report)


def transfer(
    held: Held,
    act: Act,
    *,
    ground: Ground,
    to: str,
    amount: Decimal | None = None,
    licence: str = "",
    asks_report: bool = False,
) -> list[Entry]:
    """Hand over to another holder, where it stays blocked; with ground, authority and the holder's name."""
    return _out(held, act, Step.TRANSFER, Heading.TRANSFERRED, ground, to, amount, licence, asks_report)


def correction(held: Held, number: int, act: Act) -> Entry:
    """Take back one entry whole. The balance may not fall below nothing on any day by it."""
    found = next((entry for entry in held.entries if entry.number == number), None)
    if found is None:
        raise UsageError(
            f"{held.id} has no entry {number}",
            where=f"E-{number}",
            mend=f"interdict ledger show {held.id} names them",
            code="no-such-entry",
        )
    if found.step is Step.CORRECTION or number in held.corrected():
        raise UsageError(
            f"E-{number} is taken back already",
            where=f"E-{number}",
            mend="make the entry that is meant",
            code="ledger-corrected",
        )
    require_signed("an entry", act.by, act.why)
    entry = Entry(
        property=held.number,
        step=Step.CORRECTION,
        on=found.on,
        at=act.at,
        by=act.by.strip(),
        why=act.why.strip(),
        decision=held.decision,
        authority=act.authority.strip() or found.authority,
        postings=tuple(msgspec.structs.replace(one, amount=-one.amount) for one in found.postings),
        corrects=number,
    )
    return _covered(held, entry)


def _out(
    held: Held,
    act: Act,
    step: Step,
    heading: Heading,
    ground: Ground,
    to: str,
    amount: Decimal | None,
    licence: str,
    asks_report: bool,
) -> list[Entry]:
    _authority(act, "the licence, order or rule that allows it")
    _licence(ground, licence)
    _receiver(to)
    if held.what.retained and ground not in _BACK:
        raise UsageError(
            f"{held.id} is a retained transfer: it may not be returned",
            where="--ground",
            mend="use licence, court-order or government-order (31 CFR 596.504(b))",
            code="ledger-retained",
        )
    made: list[Entry] = []
    if amount is None:
        if held.terms() and due(held, act.on) > 0:
            made.append(interest(held, act))
            held = msgspec.structs.replace(held, entries=(*held.entries, *made))
        amount = held.balance(act.on)
    _positive(amount)
    entry = _entry(held, step, act, amount, held.heading, heading, ground=ground, to=to)
    made.append(msgspec.structs.replace(entry, licence=licence.strip(), licence_asks_report=asks_report))
    return made


def _entry(
    held: Held,
    step: Step,
    act: Act,
    amount: Decimal | None,
    out_of: Heading,
    into: Heading,
    *,
    unit: str = "",
    ground: Ground | None = None,
    to: str = "",
) -> Entry:
    require_signed("an entry", act.by, act.why)
    _not_to_come(act)
    if unit and unit != held.what.unit:
        raise UsageError(
            f"{held.id} is held in {held.what.unit}, not in {unit}",
            where="--currency",
            mend="open a property of its own for another currency",
            code="ledger-unit",
        )
    if act.on < held.what.blocked_on:
        raise UsageError(
            f"{held.id} was blocked on {held.what.blocked_on}, after {act.on}",
            where="--on",
            mend="name a later day",
            code="ledger-order",
        )
    if not held.is_open():
        raise UsageError(
            f"nothing is held on {held.id} any more",
            where=held.id,
            mend="take back the entry that closed it",
            code="ledger-closed",
        )
    entry = Entry(
        property=held.number,
        step=step,
        on=act.on,
        at=act.at,
        by=act.by.strip(),
        why=act.why.strip(),
        decision=held.decision,
        authority=act.authority.strip() or held.entries[0].authority,
        postings=() if amount is None else _moved(held.what.unit, amount, out_of, into),
        ground=ground,
        to=to.strip(),
    )
    return _covered(held, entry)


def _moved(unit: str, amount: Decimal, out_of: Heading, into: Heading) -> tuple[Posting, ...]:
    return (Posting(out_of, unit, -amount), Posting(into, unit, amount))


def _covered(held: Held, entry: Entry) -> Entry:
    then = msgspec.structs.replace(held, entries=(*held.entries, entry))
    if then.lowest_from(entry.on) < 0:
        raise UsageError(
            f"{held.id} holds {held.balance(entry.on)} {held.what.unit} on {entry.on}, or less later",
            where=held.id,
            mend="name an amount that is held, or a later day",
            code="ledger-overdrawn",
        )
    return entry


def _decided(decision: str) -> None:
    if not decision.strip():
        raise UsageError(
            "property is held by a decision", where="DECISION", mend="name it: D-12", code="ledger-decision"
        )


def _authority(act: Act, what: str) -> None:
    if not act.authority.strip():
        raise UsageError(f"no authority is named: {what}", where="--authority", mend="name it", code="ledger-authority")


def _licence(ground: Ground, licence: str) -> None:
    if ground is Ground.LICENCE and not licence.strip():
        raise UsageError(
            "a licence is the ground and none is named",
            where="--licence",
            mend="give its number",
            code="ledger-licence",
        )


def _receiver(to: str) -> None:
    if not to.strip():
        raise UsageError(
            "nobody is named who receives it", where="--to", mend="name them and the account", code="ledger-receiver"
        )


def _positive(amount: Decimal) -> None:
    if not amount.is_finite() or amount <= 0:
        raise UsageError(
            f"not an amount: {amount}", where="--amount", mend="write a number above 0", code="ledger-amount"
        )


def _not_to_come(act: Act) -> None:
    # One day of grace: the value date may have begun where the property is and not here.
    if act.on > act.at.date() + timedelta(days=1):
        raise UsageError(f"{act.on} has not come", where="--on", mend="post it when it has", code="ledger-order")


def numbers(entries: Sequence[Entry]) -> str:
    """Name entries as people do: `E-3, E-4`."""
    return ", ".join(f"E-{entry.number}" for entry in entries)
