"""When the record of a decision may go, what keeps it longer, and the emptying itself.

1. A run goes whole, with every run whose decisions follow its own, or not at all.
2. Time runs from the last thing that was done with any of it: decision, ledger, report, case.
3. Open property, an open case or a legal hold keeps it whatever the day.
4. Nothing goes by itself: two people say so, the log says what went, and every seal stays verifiable.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import msgspec

from interdiction.config import Config
from interdiction.enforcement import document
from interdiction.engine.home import Home
from interdiction.engine.imports import WAIT_SECONDS
from interdiction.engine.proposed import ask
from interdiction.errors import UsageError
from interdiction.ledger import book
from interdiction.model import Run, from_json, to_json
from interdiction.model.audit import AuditKind, Deed
from interdiction.model.case import CaseState
from interdiction.model.change import HomeChange, HomeChangeAct, HomeChangeKind, HomeChangeStep
from interdiction.model.retention import Hold, KeptRun, Pruned
from interdiction.model.signed import require_signed

if TYPE_CHECKING:
    import sqlalchemy as sa

    from interdiction.store.audit import AuditLog

FILE: Final = "retention.yml"
ALL: Final = "all"


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"runs_from": "from"}):
    """One rule of `retention.yml`."""

    id: str
    years: int
    runs_from: str
    source: str
    verified: bool
    law: str = ""


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    rules: tuple[Rule, ...]


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules of the package."""
    return document.parse(document.packaged(FILE), _Document, FILE).rules


def years(laws: Iterable[str] = ()) -> int:
    """Give how many years a record is kept where these laws bind: the longest of what counts."""
    binding = {"", *laws}
    return max(one.years for one in rules() if one.law in binding)


def reckon(home: Home, on: date, laws: Iterable[str] = ()) -> tuple[list[KeptRun], list[Hold]]:
    """Give every run that still holds decisions, with whether it may go on this day, and the holds that stand."""
    with home.reading() as reader:
        return _reckoned(reader.connection, home, on, years(laws))


def ask_prune(home: Home, *, at: datetime, by: str, why: str, laws: Iterable[str] = ()) -> HomeChange | None:
    """Propose to empty everything that may go on the day of `at`; `None` where nothing may.

    Nothing goes until another person approves it (`changes.approve`). Raises `UsageError` (`by-required`,
    `why-required`, `change-waits`).
    """
    require_signed("emptying records", by, why)
    with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        going, numbers, files = _going(connection, home, at.date(), years(laws))
        if not going:
            return None
        step = HomeChangeStep(
            HomeChangeAct.PROPOSED,
            why.strip(),
            HomeChangeKind.PRUNE,
            f"{len(numbers)} decisions of {len(going)} runs",
            runs=tuple(going),
            preview=_mark(going, numbers, files),
        )
        return ask(connection, step, by=by, at=at)


def empty_approved(connection: sa.Connection, home: Home, change: HomeChange) -> Pruned:
    """Empty what was proposed to be, in the transaction of the approval.

    Raises `UsageError` (`change-overtaken`) where exactly that may not go any more: a hold was set, a case opened.
    """
    from interdiction.store import audit, retention

    at = change.second_at or change.at
    # Who approves does so later than who proposed: nothing may go that could not go on the day of the proposal.
    going, numbers, files = _going(connection, home, change.at.date(), years(laws_of(home)), only=change.runs)
    if _mark(going, numbers, files) != change.preview:
        raise UsageError(
            "what was proposed to be emptied may not go as it was shown",
            where=change.id,
            mend=f"reject {change.id}, look again and propose anew: interdict store retention --prune",
            code="change-overtaken",
        )
    pruned = Pruned(tuple(going), retention.stretches(numbers), tuple(files), change.why, change.second)
    retention.empty(connection, numbers, files)
    subject = ", ".join(f"R-{run}" for run in going)
    audit.log(connection, [Deed(at, AuditKind.PRUNED, subject, msgspec.structs.asdict(pruned), change.by)])
    return pruned


def hold(home: Home, scope: str, *, at: datetime, by: str, why: str) -> Hold:
    """Set a legal hold, at once and by one person. Raises `UsageError` (`hold-scope`, `by-required`)."""
    from interdiction.store import audit

    require_signed("a hold", by, why)
    scope = _scope(scope)
    with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        entry = audit.log(connection, [Deed(at, AuditKind.HOLD_SET, scope, {"why": why.strip()}, by.strip())])[0]
    return Hold(scope, entry.by, why.strip(), entry.at)


def ask_lift(home: Home, scope: str, *, at: datetime, by: str, why: str) -> HomeChange:
    """Propose to lift the hold of this scope; it stands until another person approves (`changes.approve`).

    Raises `UsageError` (`hold-scope`, `no-hold`, `by-required`, `change-waits`).
    """
    require_signed("lifting a hold", by, why)
    scope = _scope(scope)
    with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        _stands(connection, scope)
        step = HomeChangeStep(HomeChangeAct.PROPOSED, why.strip(), HomeChangeKind.HOLD_LIFT, scope)
        return ask(connection, step, by=by, at=at)


def lift_approved(connection: sa.Connection, change: HomeChange) -> None:
    """Lift a hold in the transaction of its approval. Raises `UsageError` (`no-hold`)."""
    from interdiction.store import audit

    _stands(connection, change.about)
    body = {"why": change.why, "proposed_by": change.by, "change": change.id}
    audit.log(
        connection, [Deed(change.second_at or change.at, AuditKind.HOLD_LIFTED, change.about, body, change.second)]
    )


def laws_of(home: Home) -> tuple[str, ...]:
    """Give the laws that bind the institution of a home, as far as its configuration says."""
    institution = Config.read(home.path).institution
    return (institution.kind, *institution.also) if institution else ()


def _stands(connection: sa.Connection, scope: str) -> None:
    from interdiction.store.audit import AuditLog

    if scope not in {one.scope for one in _holds(AuditLog(connection))}:
        raise UsageError(
            f"no hold of {scope} stands", where="SCOPE", mend="interdict store retention names them", code="no-hold"
        )


def _going(
    connection: sa.Connection, home: Home, on: date, keep_years: int, only: Collection[int] = ()
) -> tuple[list[int], list[int], list[str]]:
    """Give the runs that may go on a day (`only` among these), their decisions, and the files no other run needs."""
    from interdiction.store import retention
    from interdiction.store.decisions import Decisions

    runs, _ = _reckoned(connection, home, on, keep_years)
    going = [one.run for one in runs if one.goes and (not only or one.run in only)]
    of = retention.decisions_by_run(connection)
    numbers = sorted(number for run in going for number in of[run])
    every = {run.number: run.input.sha256 for run, _ in Decisions(connection, home.store).runs()}
    kept = {digest for run, digest in every.items() if run not in going} | _papers(connection, home)
    gone = retention.emptied(connection).files
    return going, numbers, sorted({every[run] for run in going} - kept - gone)


def _mark(going: Sequence[int], numbers: Sequence[int], files: Sequence[str]) -> str:
    return hashlib.sha256(to_json([going, numbers, files])).hexdigest()[:16]


def _reckoned(connection: sa.Connection, home: Home, on: date, keep_years: int) -> tuple[list[KeptRun], list[Hold]]:
    from interdiction.store import retention
    from interdiction.store.audit import AuditLog
    from interdiction.store.decisions import Decisions

    of = retention.decisions_by_run(connection)
    run_of = {number: run for run, numbers in of.items() for number in numbers}
    runs = {run.number: run for run, _ in Decisions(connection, home.store).runs() if run.number in of}
    last, because = _touched(connection, home, run_of)
    holds = _holds(AuditLog(connection))
    for run in runs.values():
        last[run.number].append(max(run.at.date(), run.on))
        because[run.number] += [f"held by {one.by}: {one.why}" for one in holds if _covers(one.scope, run, of)]
    found = []
    for group in _groups(runs, retention.tied_runs(connection)):
        until = _later(max(day for number in group for day in last[number]), keep_years)
        reasons = tuple(dict.fromkeys(reason for number in sorted(group) for reason in because[number]))
        goes = until <= on and not reasons
        found += [
            KeptRun(number, runs[number].at, runs[number].input.name, len(of[number]), until, reasons, goes)
            for number in group
        ]
    return sorted(found, key=lambda one: one.run), holds


def _touched(
    connection: sa.Connection, home: Home, run_of: dict[int, int]
) -> tuple[dict[int, list[date]], dict[int, list[str]]]:
    """Give, by run, the days on which something was done with its decisions, and what of it is still open."""
    from interdiction.store.cases import Cases
    from interdiction.store.ledger import Books

    days: dict[int, list[date]] = defaultdict(list)
    because: dict[int, list[str]] = defaultdict(list)
    runs: dict[str, set[int]] = defaultdict(set)
    for number, run in run_of.items():
        runs[f"D-{number}"].add(run)
    books = Books(connection, home.store)
    for held in book(books.entries()):
        runs[held.id] |= runs.get(held.decision, set())
        for run in runs[held.id]:
            days[run].append(max(one.at.date() for one in held.entries))
            if held.is_open():
                because[run].append(f"{held.id} is open")
    for filing in books.filings():
        for run in {run for subject in filing.subjects for run in runs.get(subject, ())}:
            days[run].append(filing.at.date())
    for case in Cases(connection, home.store).cases():
        for run in {run_of[number] for pair in case.pairs for number in pair.records if number in run_of}:
            if case.state is not CaseState.CLOSED or case.closed_at is None:
                because[run].append(f"{case.id} is open")
            else:
                days[run].append(case.closed_at.date())
    return days, because


def _holds(log: AuditLog) -> list[Hold]:
    """Give the holds that stand: set, and not lifted since."""
    acts = [*log.entries(kind=AuditKind.HOLD_SET.value), *log.entries(kind=AuditKind.HOLD_LIFTED.value)]
    standing: dict[str, Hold] = {}
    for one in sorted(acts, key=lambda entry: entry.seq):
        if one.kind == AuditKind.HOLD_LIFTED.value:
            standing.pop(one.subject, None)
        else:
            why = from_json(bytes(one.body), dict[str, Any])["why"]
            standing[one.subject] = Hold(one.subject, one.by, why, one.at)
    return list(standing.values())


def _covers(scope: str, run: Run, of: dict[int, list[int]]) -> bool:
    if scope == ALL:
        return True
    letter, _, number = scope.partition("-")
    if letter == "R" and number.isdecimal():
        return run.number == int(number)
    if letter == "D" and number.isdecimal():
        return int(number) in of[run.number]
    first, _, last = scope.partition("..")
    return date.fromisoformat(first) <= run.on <= date.fromisoformat(last)


def _scope(text: str) -> str:
    """Read the scope of a hold. Raises `UsageError` (`hold-scope`) for what is none."""
    said = text.strip()
    if said.lower() == ALL:
        return ALL
    letter, _, number = said.upper().partition("-")
    if letter in {"R", "D"} and number.isascii() and number.isdecimal() and int(number):
        return f"{letter}-{int(number)}"
    first, _, last = said.partition("..")
    try:
        if date.fromisoformat(first) <= date.fromisoformat(last):
            return said
    except ValueError:
        pass
    raise UsageError(
        f"not the scope of a hold: {text!r}",
        where="SCOPE",
        mend="write all, R-3, D-12, or two days as 2015-01-01..2015-12-31",
        code="hold-scope",
    )


def _groups(runs: dict[int, Run], tied: list[tuple[int, int]]) -> list[set[int]]:
    """Give runs that stand or go together."""
    group = {number: {number} for number in runs}
    for one, other in tied:
        if one in group and other in group and group[one] is not group[other]:
            joined = group[one] | group[other]
            for number in joined:
                group[number] = joined
    return list({id(some): some for some in group.values()}.values())


def _later(day: date, more: int) -> date:
    try:
        return day.replace(year=day.year + more)
    except ValueError:
        return date(day.year + more, 3, 1)  # of a 29 February


def _papers(connection: sa.Connection, home: Home) -> set[str]:
    """Give the files that reports and cases keep: they have a time of their own."""
    from interdiction.store.cases import Cases
    from interdiction.store.ledger import Books

    books = Books(connection, home.store)
    found = {one.sha256 for filing in books.filings() for one in filing.documents}
    for receipt in books.receipts():
        found |= {one.sha256 for one in (receipt.copy, receipt.receipt_file) if one is not None}
    return found | {one.sha256 for case in Cases(connection, home.store).cases() for one in case.attachments}
