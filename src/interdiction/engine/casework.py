"""Takes the steps of cases in a home: each in one transaction, then what it decided is carried out.

What was decided stands in the case before it is carried out. Whoever is interrupted between the two leaves what is held
held; the next step of the case, or `carry_out`, goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from interdiction.cases.priority import Priority, priority
from interdiction.cases.same import Preview, preview
from interdiction.cases.sampling import drawn
from interdiction.cases.workflow import retold, step
from interdiction.engine import clearances, following
from interdiction.engine.alerting import BY_HAND, RULES_FILE, Alarm, rules_kept
from interdiction.engine.case_rules import rules_of
from interdiction.engine.given import given_bytes, shown
from interdiction.engine.imports import WAIT_SECONDS
from interdiction.engine.records import kept
from interdiction.engine.standing import last_after, stops
from interdiction.errors import HomeError, InterdictError, UsageError
from interdiction.model import Outcome, Record
from interdiction.model.case import (
    Action,
    Attached,
    CarriedOut,
    Case,
    CaseEntry,
    CaseKind,
    CaseState,
    Decided,
    Drawn,
    Effect,
)

if TYPE_CHECKING:
    from interdiction.engine.hall import Engine
    from interdiction.engine.home import Home
    from interdiction.store.cases import Cases

LARGEST_ATTACHMENT = 32 * 1024 * 1024


class CaseFile(msgspec.Struct, frozen=True):
    """A case with everything that is known of it. `earlier` are other cases of the subject in which the same pairs
    stood, and those of others where exactly the same spoke and somebody has said something."""

    case: Case
    priority: Priority
    entries: tuple[CaseEntry, ...]
    earlier: tuple[Case, ...]


class Waiting(msgspec.Struct, frozen=True):
    """A case in the queue."""

    case: Case
    priority: Priority


@contextmanager
def reading(home: Home) -> Iterator[Cases]:
    """Give the cases of a home in one view. Raises as `Home.reading` does."""
    from interdiction.store.cases import Cases

    with home.reading() as reader:
        yield Cases(reader.connection, home.store)


def take_all(home: Home, steps: Sequence[tuple[int, Action]], *, by: str, at: datetime) -> list[Case]:
    """Take steps of several cases: all of them, or none. Raises as `take` does."""
    return _taken(home, [(number, action, None) for number, action in steps], by, at)


def take(home: Home, number: int, action: Action, *, by: str, at: datetime, seen: int | None = None) -> Case:
    """Take one step of a case and keep it.

    `seen` is the version that the person saw; raises `UsageError` (`case-changed`) where it is another by now, and
    whatever `step` refuses.
    """
    return _taken(home, [(number, action, seen)], by, at)[0]


def _taken(home: Home, steps: Sequence[tuple[int, Action, int | None]], by: str, at: datetime) -> list[Case]:
    """Take steps of cases in one transaction: all of them, or none."""
    from interdiction.store import cases, decisions

    rules, raw = rules_of(home.path)
    with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        found = cases.Cases(connection, home.store)
        sha256 = decisions.keep(connection, raw, RULES_FILE).sha256
        taken: list[tuple[Case, CaseEntry]] = []
        now: dict[int, Case] = {}
        for number, action, seen in steps:
            case = now[number] if number in now else found.get(number)
            if seen is not None and seen != case.version:
                raise _changed(case)
            taken.append(step(case, action, by, at, rules, sha256=sha256))
            now[number] = taken[-1][0]
        cases.save(connection, taken)
    return [case for case, _ in taken]


def carry_out(engine: Engine, number: int, *, at: datetime, stale: Sequence[str] = ()) -> tuple[Case, list[Record]]:
    """Put into effect what was decided in a case: a new decision after each one that stands on the pair.

    Doing it again does nothing twice. Raises what deciding again raises; what is left stays pending then.
    """
    with reading(engine.home) as cases:
        case = cases.get(number)
    made: list[Record] = []
    for effect in case.pending:
        pair = case.pair(effect.listing)
        records = [_carried(engine, one, effect, at, stale) for one in _standing(engine, pair.records if pair else ())]
        made += records
        numbers = tuple(one.number for one in records)
        if effect.outcome is Outcome.TRUE:
            why = f"found true in {case.id}"
            for whom in {case.subject, *clearances.marks_of(records)}:
                clearances.end_of(engine.home, whom, effect.listing, by=effect.by, why=why, at=at)
        case = take(engine.home, number, CarriedOut(effect.listing, numbers), by="", at=at)
    return case, made


def _standing(engine: Engine, numbers: Sequence[int]) -> list[Record]:
    """Give the decisions that stand now after these, each once."""
    found: dict[int, Record] = {}
    with kept(engine.home) as decisions:
        for number in numbers:
            record = last_after(decisions, decisions.get(number))
            found[record.number] = record
    return list(found.values())


def _carried(engine: Engine, record: Record, effect: Effect, at: datetime, stale: Sequence[str]) -> Record:
    said = [one for one in record.judged if one.listing == effect.listing]
    if said and (said[0].outcome, said[0].by, said[0].why) == (effect.outcome, effect.by, effect.why):
        return record
    if effect.release:
        return following.release(
            engine,
            record.number,
            effect.listing,
            licence=effect.licence,
            by=effect.by,
            second=effect.second,
            why=effect.why,
            at=at,
            stale=stale,
        )
    if effect.listing not in stops(record):
        # A later edition, or what was said of another listing, has taken the hit away: there is nothing to say of it.
        return record
    return following.confirm(
        engine,
        record.number,
        effect.listing,
        effect.outcome,
        by=effect.by,
        second=effect.second,
        why=effect.why,
        at=at,
        stale=stale,
    )


def queue(home: Home, at: datetime, *, states: Sequence[CaseState] = (), subject: str | None = None) -> list[Waiting]:
    """Give cases in the order in which they should be taken."""
    with reading(home) as cases:
        found = cases.cases(states=states, subject=subject)
    return sorted((Waiting(one, priority(one, at)) for one in found), key=lambda one: one.priority)


def file_of(home: Home, number: int, at: datetime) -> CaseFile:
    """Give a case with its trail. Raises `HomeError` (`damaged`) where the trail does not tell this case."""
    with home.reading() as reader:
        from interdiction.store.cases import Cases

        cases = Cases(reader.connection, home.store)
        case, entries = cases.get(number), cases.entries(number)
        told = _told(entries, lambda sha256: rules_kept(reader.connection, home.store, sha256))
        if told != case:
            raise HomeError(
                f"the steps of {case.id} do not come to what is kept of it",
                where=str(home.store),
                mend="restore store.sqlite from a backup; somebody changed it from outside",
                code="damaged",
            )
        listings = {pair.listing for pair in case.pairs}
        same = [one for one in cases.cases(subject=case.subject) if listings & {pair.listing for pair in one.pairs}]
        same += [one for pair in case.pairs for one in cases.said_of(pair.listing, pair.fingerprint)]
        earlier = {one.number: one for one in same if one.number != number}
    return CaseFile(case, priority(case, at), tuple(entries), tuple(earlier[one] for one in sorted(earlier)))


def _told(entries: Sequence[CaseEntry], rules: Callable[[str], object]) -> Case | None:
    try:
        return retold(entries, rules)  # type: ignore[arg-type]
    except InterdictError:
        return None


def open_on(home: Home, record: int, at: datetime, kind: CaseKind = CaseKind.HIT) -> Case:
    """Open a case on a decision that was kept, or let its hits join the one that is open on its subject.

    Raises `UsageError` (`no-alert`) where it asks for nobody.
    """
    with kept(home) as decisions:
        found = decisions.get(record)
    alarm = Alarm(home)
    alerts = alarm.of(found, found.decided(), BY_HAND, kind)
    if not alerts:
        raise UsageError(
            f"{found.id} has no hit of which nobody has spoken",
            where=found.id,
            mend=f"interdict decisions show {found.id} tells what was said",
            code="no-alert",
        )
    with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        return alarm.raise_(connection, alerts, at)[0]


def case_of(home: Home, record: Record, listing: str) -> Case | None:
    """Give the open case in which somebody works on this hit of a decision; `None` where there is none."""
    with reading(home) as cases:
        found = cases.open_of([(record.subject, record.name)])
    case = found.get((record.subject, record.name))
    return case if case is not None and case.pair(listing) is not None else None


def attach(home: Home, number: int, path: Path, *, by: str, at: datetime) -> Case:
    """Put a file to a case; its bytes are kept. Raises `InputError`, `UsageError` (`too-large`)."""
    return attach_bytes(home, number, path.name, given_bytes(path), by=by, at=at)


def attach_bytes(home: Home, number: int, name: str, data: bytes, *, by: str, at: datetime) -> Case:
    """Put bytes to a case under a name. Raises `UsageError` (`too-large`)."""
    from interdiction.store import decisions

    if len(data) > LARGEST_ATTACHMENT:
        raise UsageError(
            f"the file has over {LARGEST_ATTACHMENT // 1024**2} MiB",
            where=shown(name),
            mend="attach the pages that matter",
            code="too-large",
        )
    with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        kept_file = decisions.keep(connection, data, shown(name))
    return take(home, number, Attached(kept_file.name, kept_file.sha256, kept_file.size), by=by, at=at)


def attached(home: Home, number: int, sha256: str) -> tuple[str, bytes]:
    """Give a file of a case by its hash: its name and bytes. Raises `UsageError` (`unknown-file`)."""
    with kept(home) as decisions, reading(home) as cases:
        cases.get(number)
        files = [one.action for one in cases.entries(number) if isinstance(one.action, Attached)]
        found = next((one for one in files if one.sha256 == sha256), None)
        if found is None:
            raise UsageError(
                f"C-{number} has no such file", where=sha256[:64], mend="GET /v1/cases/{case} names them",
                code="unknown-file",
            )  # fmt: skip
        return found.name, decisions.file(sha256)


def same_as(home: Home, number: int, listing: str) -> Preview:
    """Give the pairs on which exactly the same spoke as on this one, and of which nobody has said anything."""
    with reading(home) as cases:
        like = cases.get(number)
        pair = like.pair(listing)
        return preview(cases.like(listing, pair.fingerprint) if pair is not None else [], like, listing)


def close_same(
    home: Home, number: int, listing: str, *, accept: str, reason: str, why: str, by: str, at: datetime
) -> list[Case]:
    """Say of all of them at once that it is not them; each waits for a second person like any other.

    `accept` is the hash of the preview that the person saw: raises `UsageError` (`preview-changed`) where another
    case has come or somebody has worked on one meanwhile.
    """
    shown_before = same_as(home, number, listing)
    if not shown_before.pairs or accept.strip() != shown_before.hash:
        raise UsageError(
            "the cases are not the ones that were shown",
            where="--accept",
            mend=f"look at them again: interdict cases close-same C-{number} {listing}",
            code="preview-changed",
        )
    action = Decided(listing, Outcome.FALSE, reason, why, bulk=shown_before.hash)
    return _taken(home, [(one.case, action, one.version) for one in shown_before.pairs], by, at)


def proposed_together(home: Home, bulk: str) -> list[tuple[Case, str]]:
    """Give the cases, each with its listing, that were proposed to be closed under one preview and still wait."""
    with reading(home) as cases:
        found = cases.cases(states=[CaseState.OPEN, CaseState.WAITING, CaseState.ASKED])
    return [
        (case, pair.listing)
        for case in found
        for pair in case.pairs
        if pair.proposal is not None and bulk and pair.proposal.bulk == bulk
    ]


def draw(home: Home, sample: str, *, at: datetime, by: str = "", share: float | None = None) -> list[Case]:
    """Draw closed cases to be looked at again; the same name draws the same ones, those already looked at left out.

    Raises `UsageError` (`sample`) for a share that is none.
    """
    rules, _ = rules_of(home.path)
    asked = rules.sample_share if share is None else share
    if not 0 < asked <= 1 or not sample.strip():
        raise UsageError(
            "nothing can be drawn", where="--share", mend="write a share such as 0.05, and a name", code="sample"
        )
    with reading(home) as cases:
        closed = cases.cases(states=[CaseState.CLOSED])
    chosen = drawn(closed, asked, sample)
    fresh = [one for one in chosen if one.drawn != sample and not one.reviewed]
    _taken(home, [(one.number, Drawn(sample.strip()), None) for one in fresh], by, at)
    with reading(home) as cases:
        return [cases.get(one.number) for one in chosen]


def _changed(case: Case) -> UsageError:
    return UsageError(
        f"{case.id} was changed by somebody else meanwhile",
        where=case.id,
        mend=f"look at it again: interdict cases show {case.id}",
        code="case-changed",
    )
