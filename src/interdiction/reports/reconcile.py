"""Decisions, ledger and reports held against each other: where they differ each difference is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

import msgspec

from interdiction.ledger import Held, balances, due, standing, total
from interdiction.ledger.book import held_in
from interdiction.model import Entry, Filing, PropertyKind, Run, RunEnd, Step
from interdiction.reports.due import Stage, owed
from interdiction.reports.facts import State, opened
from interdiction.reports.kinds import Of, kinds


class Grade(StrEnum):
    """Whether two of the three contradict each other, or something is only not done yet."""

    DIFFERS = "differs"
    OPEN = "open"


class Finding(msgspec.Struct, frozen=True):
    """One thing that does not fit: where, what, and what to do about it."""

    grade: Grade
    code: str
    subject: str
    says: str
    mend: str


class Kept(msgspec.Struct, frozen=True):
    """What else is looked at: every entry, seals that do not hold, runs, and what was followed by a later decision."""

    entries: tuple[Entry, ...]
    broken: tuple[tuple[str, int, str], ...] = ()
    """The table, the row and what is wrong with its seal."""
    runs: tuple[tuple[Run, RunEnd | None], ...] = ()
    followed: frozenset[str] = frozenset()
    """Decisions that property names and that a later one follows."""

    def stands(self, decision: str, state: State) -> bool:
        """Tell whether a decision stands, or whatever follows it still holds the property."""
        holding = {"block", "retain", "freeze"}
        return decision not in self.followed or any(
            decision in state.before.get(one.number, ()) and one.result in holding for one in state.records
        )


def reconcile(state: State, kept: Kept, on: date) -> list[Finding]:
    """Give everything that does not fit at the end of `on`, contradictions first."""
    found = [
        *_seals(kept),
        *_runs(kept),
        *_sums(state, kept),
        *_decisions(state, kept),
        *_reported(state),
        *_to_do(state, on),
    ]
    return sorted(found, key=lambda one: one.grade is Grade.OPEN)


def _seals(kept: Kept) -> Iterator[Finding]:
    for table, row, what in kept.broken:
        yield Finding(
            Grade.DIFFERS,
            "seal-broken",
            f"{table} {row}",
            f"{what}: somebody changed the store from outside",
            "compare it with a backup; nothing that rests on it is proof any more",
        )


def _runs(kept: Kept) -> Iterator[Finding]:
    for run, end in kept.runs:
        name = f"run {run.number} ({run.input.name})"
        if end is None:
            yield Finding(
                Grade.OPEN, "run-interrupted", name, "it has no end: not all of the file was decided on", "run it again"
            )
        elif end.read != end.screened:
            yield Finding(
                Grade.DIFFERS,
                "run-incomplete",
                name,
                f"{end.read} were read and {end.screened} screened",
                "screen the file again",
            )


def _sums(state: State, kept: Kept) -> Iterator[Finding]:
    for entry in kept.entries:
        units = {posting.unit for posting in entry.postings}
        if total(posting.amount for posting in entry.postings) != 0 or len(units) > 1:
            yield Finding(
                Grade.DIFFERS,
                "entry-unbalanced",
                f"E-{entry.number}",
                "its postings do not add up to nothing in one unit",
                "take it back with a correction",
            )
    for unit, of in balances(kept.entries).items():
        if total(of.values()) != 0:
            yield Finding(
                Grade.DIFFERS,
                "ledger-unbalanced",
                unit,
                f"the accounts add up to {total(of.values())}",
                "find the entry",
            )
    items: dict[str, list[Decimal]] = {}
    for one in standing(state.held):
        items.setdefault(one.what.unit, []).append(one.balance())
    for unit, amount in held_in(kept.entries).items():
        if total(items.get(unit, [])) != amount:
            yield Finding(
                Grade.DIFFERS,
                "items-differ",
                unit,
                f"open items come to {total(items.get(unit, []))}, the accounts to {amount}",
                "compare interdict ledger show with interdict ledger balance",
            )


def _decisions(state: State, kept: Kept) -> Iterator[Finding]:
    for record, ids in state.each():
        holding = record.result in {"block", "retain", "freeze"}
        if holding and record.id not in kept.followed and not state.entered(ids):
            yield Finding(
                Grade.OPEN,
                "not-in-ledger",
                record.id,
                f"says {record.result} for {record.name}, and no property is opened for it",
                f"interdict ledger post {record.id}, where anything is held",
            )
    for held in state.held:
        if not opened(held):
            continue
        by = state.record(held.decision)
        if by is None:
            yield Finding(
                Grade.DIFFERS,
                "no-decision",
                held.id,
                f"names {held.decision}, which is not kept",
                "restore the store from a backup",
            )
        elif not kept.stands(held.decision, state) and held.is_open():
            yield Finding(
                Grade.DIFFERS,
                "decision-followed",
                held.id,
                f"{held.decision} no longer stands, and the property is still held",
                "read what follows it; release or correct the property",
            )
        elif (stated := by.payment.amount if by.payment else None) is not None:
            first = total(one.amount for one in held.entries[0].postings if one.heading is held.heading)
            if held.what.kind is PropertyKind.PAYMENT and (first, held.what.unit) != (stated.value, stated.currency):
                yield Finding(
                    Grade.DIFFERS,
                    "amount-differs",
                    held.id,
                    f"opened with {first} {held.what.unit}, the payment states {stated.value} {stated.currency}",
                    "correct the entry, or keep the reason with it",
                )


def _reported(state: State) -> Iterator[Finding]:
    """Hold every report of property, and the last one of each year, against the ledger as it is now."""
    last: dict[tuple[str, tuple[str, ...]], Filing] = {}
    for filing in state.filings:
        last[filing.kind, filing.subjects] = filing
    for filing in last.values():
        kind = kinds().get(filing.kind)
        if kind is None or kind.of not in {Of.HELD, Of.BLOCKED, Of.RETAINED}:
            continue
        told = {row.about: row.values for row in filing.rows}
        if kind.of is Of.HELD and filing.as_of is not None:
            wanted = {one.id for one in standing(state.held, filing.as_of) if one.what.regime == kind.law}
            if wanted != set(told) or filing.head.get("count") != str(len(told)):
                yield _says(
                    filing, f"has the rows {_named(set(told))}, open at the end of {filing.as_of} are {_named(wanted)}"
                )
        for about, values in told.items():
            held = state.property(about)
            day = filing.as_of or (held.what.blocked_on if held else None)
            if held is not None and day is not None and _amount(values.get("value", "")) != held.balance(day):
                yield _says(
                    filing,
                    f"says {values.get('value') or 'nothing'} for {about}, the ledger {held.balance(day)} on {day}",
                )


def _says(filing: Filing, what: str) -> Finding:
    return Finding(
        Grade.DIFFERS,
        "report-differs",
        filing.id,
        what,
        f"make it again: interdict report make {filing.kind} ... --supplements {filing.id}",
    )


def _named(ids: set[str]) -> str:
    return ", ".join(sorted(ids)) or "none"


def _amount(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _to_do(state: State, on: date) -> Iterator[Finding]:
    for one in owed(state, on):
        if one.late:
            yield Finding(
                Grade.OPEN,
                "report-late",
                one.subject,
                f"{one.kind} was due on {one.by} ({one.rule})",
                f"interdict report make {one.kind} {one.subject}"
                if one.stage is Stage.OWED
                else f"file {', '.join(one.filings)}, then interdict report filed",
            )
        elif one.stage is Stage.FILED and one.gaps:
            yield Finding(
                Grade.OPEN,
                "gaps-open",
                one.subject,
                f"{one.kind} was filed with {one.gaps} fields open",
                f"interdict report make {one.kind} {one.subject} --details FILE --supplements {one.filings[-1]}",
            )
    for held in standing(state.held, on):
        if interest_open(held, on) > 0:
            yield Finding(
                Grade.OPEN,
                "interest-not-posted",
                held.id,
                f"{interest_open(held, on)} {held.what.unit} earned up to the last 30 June is not posted",
                f"interdict ledger post {held.id} --step {Step.INTEREST.value} --on {_last_june(on)}",
            )


def interest_open(held: Held, on: date) -> Decimal:
    """Give the interest up to the last 30 June that no entry has posted: the annual report would lack it."""
    day = _last_june(on)
    return due(held, day) if day > held.what.blocked_on else Decimal(0)


def _last_june(on: date) -> date:
    day = date(on.year, 6, 30)
    return day if on >= day else date(on.year - 1, 6, 30)


def of_grade(found: Sequence[Finding], grade: Grade) -> list[Finding]:
    """Give those of one grade."""
    return [one for one in found if one.grade is grade]
