"""Makes a report from what is known: refused without its minimum, complete as far as it can be, its gaps named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from interdiction.errors import UsageError
from interdiction.ledger import standing
from interdiction.model import ExchangeRate, FiledRow, Filing, Gap, KeptFile
from interdiction.model.signed import require_by
from interdiction.reports.facts import State, leaving, leaving_facts, opened, property_facts, record_facts
from interdiction.reports.kinds import Field, Kind, Of

Details = Mapping[str, str]


def make(
    kind: Kind,
    subjects: Sequence[str],
    state: State,
    *,
    at: datetime,
    by: str,
    details: Details,
    documents: Sequence[KeptFile] = (),
    rates: Sequence[ExchangeRate] = (),
    supplements: int | None = None,
) -> Filing:
    """Make one report about `subjects`: property `B-3`, a decision `D-12`, an entry `E-7`, or the day of an annual one.

    `details` say what the institution knows and the record does not, by the names of the fields; the record's own
    values stand above them. Raises `UsageError`: `by-required`, `unknown-subject`, `report-minimum`, and
    `report-early` for a day that is not over.
    """
    require_by("a report", by)
    as_of = _day(kind, subjects, at) if kind.of is Of.HELD else None
    rows, since = _rows(kind, subjects, state, rates, documents, as_of)
    head = {"submitter_name": state.institution, "prepared_on": at.date().isoformat(), "count": str(len(rows))}
    head |= {"as_of": as_of.isoformat()} if as_of else {}
    said = {one.name: (details.get(one.name) or head.get(one.name, "")).strip() for one in kind.head}
    filled = tuple(
        FiledRow(about, {one.name: (facts.get(one.name) or details.get(one.name, "")).strip() for one in kind.fields})
        for about, facts in rows
    )
    _whole(kind, said, filled)
    return Filing(
        kind=kind.id,
        subjects=tuple(subjects),
        at=at,
        by=by.strip(),
        head=said,
        rows=filled,
        gaps=_gaps(kind, said, filled),
        documents=tuple(dict.fromkeys((*_inputs(kind, subjects, state), *documents))),
        due=kind.due_by(since),
        as_of=as_of,
        supplements=supplements,
        notes=_notes(kind, since),
    )


def _day(kind: Kind, subjects: Sequence[str], at: datetime) -> date:
    """Give the day an annual report is of: one that is its day of the year, and that is over."""
    try:
        (day,) = (date.fromisoformat(one) for one in subjects)
    except ValueError:
        raise _unknown(kind, ", ".join(subjects)) from None
    if day != kind.day_of(day.year):
        raise _unknown(kind, day.isoformat())
    if day >= at.date():
        raise UsageError(
            f"{day} is not over",
            where=day.isoformat(),
            mend=f"make it from {day + timedelta(days=1)} on",
            code="report-early",
        )
    return day


def _rows(
    kind: Kind,
    subjects: Sequence[str],
    state: State,
    rates: Sequence[ExchangeRate],
    documents: Sequence[KeptFile],
    as_of: date | None,
) -> tuple[list[tuple[str, dict[str, str]]], date]:
    """Give the facts of each row, and the day from which the deadline counts: the earliest."""
    if as_of is not None:
        items = [one for one in standing(state.held, as_of) if one.what.regime == kind.law]
        rows = [(one.id, property_facts(one, state.record(one.decision), kind.law, rates, as_of)) for one in items]
        return rows, as_of
    found: list[tuple[str, dict[str, str]]] = []
    days: list[date] = []
    for subject in subjects:
        day, decision, facts = _of(kind, subject, state, rates)
        named = [f"{one.name} (sha256 {one.sha256[:12]})" for one in (*state.documents(decision), *documents)]
        if kind.of is Of.LEFT:
            named = [f"{one.name} (sha256 {one.sha256[:12]})" for one in documents]
        found.append((subject, facts | ({"documents": "; ".join(named)} if named else {})))
        days.append(day)
    if not found:
        raise _unknown(kind, "nothing")
    return found, min(days)


def _of(kind: Kind, subject: str, state: State, rates: Sequence[ExchangeRate]) -> tuple[date, str, dict[str, str]]:
    letter = subject[:1]
    if kind.of is Of.LEFT and letter == "E":
        for held in state.held:
            for entry in leaving(held):
                if f"E-{entry.number}" == subject:
                    return entry.on, held.decision, leaving_facts(held, entry, state.filings)
    if kind.of in {Of.BLOCKED, Of.RETAINED} and letter == "B":
        one = state.property(subject)
        if one is not None and opened(one) and one.what.retained == (kind.of is Of.RETAINED):
            on = one.what.blocked_on
            return on, one.decision, property_facts(one, state.record(one.decision), kind.law, rates, on)
    if kind.of is not Of.LEFT and letter == "D":
        record = state.record(subject)
        if record is not None:
            return record.decided().on, record.id, record_facts(record)
    raise _unknown(kind, subject)


def _unknown(kind: Kind, subject: str) -> UsageError:
    return UsageError(
        f"{kind.id} is not about {subject}",
        where=subject,
        mend="interdict report due names what each report is owed for",
        code="unknown-subject",
    )


def _whole(kind: Kind, head: Details, rows: Sequence[FiledRow]) -> None:
    """Refuse a report without what OFAC expects in every one: submitter, date, authority, documents."""
    lacking = [one.label for one in kind.head if one.minimum and not head[one.name]]
    lacking += [
        f"{one.label} ({row.about})" for row in rows for one in kind.fields if one.minimum and not row.values[one.name]
    ]
    if lacking:
        raise UsageError(
            f"the report lacks what none may lack: {'; '.join(lacking)}",
            where=kind.id,
            mend="give them in --details FILE, or add --document FILE",
            code="report-minimum",
        )


def _gaps(kind: Kind, head: Details, rows: Sequence[FiledRow]) -> tuple[Gap, ...]:
    found = [Gap("", one.name, one.label) for one in kind.head if not head[one.name]]
    found += [Gap(row.about, one.name, one.label) for row in rows for one in _asked(kind) if not row.values[one.name]]
    return tuple(found)


def _asked(kind: Kind) -> tuple[Field, ...]:
    return kind.fields


def _inputs(kind: Kind, subjects: Sequence[str], state: State) -> list[KeptFile]:
    if kind.of in {Of.HELD, Of.LEFT}:
        return []
    found: list[KeptFile] = []
    for subject in subjects:
        held = state.property(subject)
        found += state.documents(held.decision if held else subject)
    return found


def _notes(kind: Kind, since: date) -> tuple[str, ...]:
    notes = [] if kind.verified else [f"The duty was not read in the rule itself: {kind.source}."]
    if since < kind.since:
        notes.append(f"The report is owed only for what happened from {kind.since} on.")
    return tuple(notes)
