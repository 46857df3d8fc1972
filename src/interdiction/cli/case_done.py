"""Takes the steps that people take of cases, carries out what they decide, and tells what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from interdiction.cli.door import envelope, line, now, progress, reported

if TYPE_CHECKING:
    from interdiction.engine.home import Home
    from interdiction.model import Record
    from interdiction.model.case import Action, Case, CaseEntry, CasePair


def stepped(id_: str, action: Action, by: str, home: Path, *, json: bool) -> None:
    """Take one step of a case, carry out what it decides, and tell what came of it."""
    with reported(json):
        from interdiction.engine.records import number_of

        take([(number_of(id_, "C"), action)], by, home, json=json)


def take(steps: Sequence[tuple[int, Action]], by: str, home: Path, *, json: bool, several: bool = False) -> None:
    """Take steps of cases, all or none; tell each case with the decisions that follow."""
    from interdiction.engine.casework import take_all
    from interdiction.engine.home import Home

    cases = take_all(Home.open(home), steps, by=by, at=now())
    made = carried([case.number for case in cases if case.pending], home)
    done = [made.get(case.number, (case, [])) for case in cases]
    if several and json:
        envelope("interdict.cases.approve/1", None, (), [{"case": case, "records": some} for case, some in done])
        return
    for case, some in done:
        tell(case, some, json=json)


def carried(numbers: Sequence[int], home: Path) -> dict[int, tuple[Case, list[Record]]]:
    """Carry out what was decided in these cases; give each with the decisions that were made."""
    from interdiction.cli.answer import alarms
    from interdiction.engine import Engine
    from interdiction.engine.casework import carry_out

    if not numbers:
        return {}
    at = now()
    with progress("carrying out") as step, Engine.open(home, progress=step) as engine:
        alarmed, _ = alarms(engine.force().editions, at.date(), engine.config)
        stale = [one.node for one in alarmed if one.code == "stale-list"]
        done = {}
        for place, number in enumerate(numbers):
            step("carrying out", place, len(numbers))
            done[number] = carry_out(engine, number, at=at, stale=stale)
        return done


def waiting_in(home: Home, id_: str | None, listing: str | None, same: str) -> list[tuple[int, str]]:
    """Give what a second person is asked about: all of one preview, one listing of a case, or the only one."""
    from interdiction.cases.states import to_review
    from interdiction.engine.casework import proposed_together, reading
    from interdiction.engine.records import number_of
    from interdiction.errors import UsageError

    if same:
        found = [(case.number, of) for case, of in proposed_together(home, same.strip())]
        if not found:
            raise UsageError(
                "nothing waits under that preview", where="--same", mend="see interdict cases list",
                code="nothing-to-approve",
            )  # fmt: skip
        return found
    if id_ is None:
        raise UsageError("no case is named", where="CASE", mend="name one, or --same HASH", code="unknown-case")
    number = number_of(id_, "C")
    with reading(home) as cases:
        case = cases.get(number)
    waiting = [pair.listing for pair in case.pairs if pair.proposal is not None or to_review(pair)]
    if listing is None and len(waiting) > 1:
        raise UsageError(
            f"several wait in {case.id}: {', '.join(waiting)}", where="LISTING", mend="name one of them",
            code="no-such-pair",
        )  # fmt: skip
    return [(number, listing or (waiting[0] if waiting else case.pairs[0].listing))]


def tell(case: Case, made: Sequence[Record], *, json: bool) -> None:
    """Print a case after a step: what it waits for, and what was decided because of it."""
    if json:
        envelope("interdict.cases.step/1", None, (), {"case": case, "records": list(made)})
        return
    waits = {
        "open": "it waits for somebody to say whether it is them",
        "waiting": f"it waits for a second person: interdict cases approve {case.id} --by NAME --why TEXT",
        "asked": "it waits for an answer",
        "closed": "closed",
    }
    line(f"{case.id}  {case.state.value.upper()}  {case.subject}: {waits[case.state.value]}", "bold")
    for record in made:
        after = f", after D-{record.follows}" if record.follows else ""
        line(f"{record.id}  {record.result.upper()}  {record.subject.value} {record.name}{after}")
        line(record.decided().sentence)


def said_in(entry: CaseEntry) -> str:
    """Say in a line what a step was."""
    from interdiction.model import case as model

    action = entry.action
    if isinstance(action, model.Alerted):
        hits = ", ".join(f"{one.listing} ({one.found_by}, D-{one.record})" for one in action.alerts)
        return f"alerted: {hits}"
    if isinstance(action, model.CarriedOut):
        return f"carried out: {', '.join(f'D-{one}' for one in action.records) or 'nothing stands any more'}"
    words = [str(getattr(action, name)) for name in action.__struct_fields__ if getattr(action, name) not in {"", None}]
    return f"{entry.act.replace('_', ' ')}: {'; '.join(words)}" if words else entry.act


def outcome_of(pair: CasePair) -> str:
    """Say what is in effect of a pair, and what waits."""
    said = f"{'released though ' if pair.released else ''}{pair.outcome.value}"
    if pair.by:
        second = f", {'approved' if pair.outcome != 'true' or pair.released else 'reviewed'} by {pair.second}"
        said += f" by {pair.by}{second if pair.second else ''} ({pair.reason}: {pair.said})"
    elif pair.rule:
        said += f" by the rule {pair.rule}{f', reviewed by {pair.second}' if pair.second else ''}"
    if pair.proposal is None:
        return said
    wanted = "release" if pair.proposal.release else pair.proposal.outcome.value
    return f"{said}; {pair.proposal.by} proposes {wanted} ({pair.proposal.reason}: {pair.proposal.why})"
