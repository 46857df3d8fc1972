"""`interdict pay`: payments to decisions, each with its reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interdiction.cli.door import (
    DEFAULT_HOME,
    AsOfOption,
    HomeOption,
    JsonOption,
    KnownAtOption,
    ListsOption,
    RecordOption,
    ThresholdOption,
    chosen,
    day,
    instant,
    now,
    progress,
    reported,
)
from interdiction.errors import UsageError

if TYPE_CHECKING:
    from datetime import date, datetime

    from interdiction.enforcement import Policy
    from interdiction.enforcement.facts import Facts
    from interdiction.enforcement.licences import Licences
    from interdiction.engine.force import Force
    from interdiction.engine.home import Home
    from interdiction.engine.payment import PaymentHits
    from interdiction.model import Decision, Payment, Problem


def pay(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH...", help="Messages and tables of payments.", show_default=False),
    ] = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    lists: ListsOption = None,
    threshold: ThresholdOption = None,
    record: RecordOption = False,
    coverage: Annotated[
        bool,
        typer.Option("--coverage", help="Print what is screened of each kind of message (PATH names kinds) and stop."),
    ] = False,
    said: Annotated[
        Path | None, typer.Option("--said", metavar="FILE", help="What officers said of payments (YAML, by their id).")
    ] = None,
    when: Annotated[
        str | None, typer.Option("--at", metavar="INSTANT", help="Decide for it, such as 2016-03-16T00:01-04:00.")
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Decide on payments. Leaves with 1 when any payment is not released."""
    with reported(json):
        if coverage:
            from interdiction.cli import show_coverage

            show_coverage.coverage([str(kind) for kind in paths or ()], json=json)
            return
        if not paths:
            raise UsageError("no payments are given", where="PATH", mend="name files of payments", code="usage")
        from interdiction import payments
        from interdiction.cli.answer import alarms
        from interdiction.cli.show_payments import Showing, ShownAsJson, ShownAsLines
        from interdiction.enforcement.facts import read_facts
        from interdiction.engine import Engine, decide
        from interdiction.engine.payment import screen_stream
        from interdiction.engine.records import recording
        from interdiction.engine.replay import suppressed_of
        from interdiction.engine.together import of_listings
        from interdiction.model import Asked

        moment = instant(when, "--at")
        at, on = now(), day(as_of, "--as-of") or (moment.date() if moment else None)
        facts = read_facts(said) if said else {}
        known, only = instant(known_at, "--known-at"), chosen(lists)
        readings = [payments.stream(path) for path in paths]
        with progress("pay") as step, Engine.open(home, progress=step) as engine:
            force = engine.force(on, known_at=known, lists=only)
            alarmed, code = alarms(force.editions, on or at.date(), engine.config)
            stale = [one.node for one in alarmed if one.code == "stale-list"]
            whole = sum(one.count or 0 for one in readings)
            showing: Showing = (ShownAsJson if json else ShownAsLines)(on, at, force.editions, alarmed)
            keep = partial(
                recording,
                engine.home,
                command="pay",
                at=at,
                on=on or at.date(),
                asked=Asked(on, known, tuple(sorted(only)), threshold, at=moment),
                force=force,
                policy=engine.policy,
                stale=stale,
            )
            with showing as shown:
                shown.records, done = record, 0
                met = Met(engine.home, at, facts.keys(), engine.policy.licences if record else None)
                for path, reading in zip(paths, readings, strict=True):
                    count = 0
                    with keep(path) if record else nullcontext() as recorder:
                        found = screen_stream(engine, force, reading.payments, threshold=threshold)
                        for count, marked in enumerate(map(met.earlier.marked, found), start=1):
                            told, one = met.taken(force, engine.policy, marked, facts, on, moment)
                            decided = decide.payment(
                                force,
                                engine.policy,
                                one,
                                on=on or at.date(),
                                at=moment,
                                stale=stale,
                                problems=reading.problems,
                                facts=told,
                                used=met.drawn.amounts() if met.drawn is not None else None,
                            )
                            suppressed = suppressed_of(one)
                            if recorder is not None:
                                recorder.payment(
                                    count - 1, one.payment, decided, suppressed=suppressed, facts=told, drawn=met.drawn
                                )
                            shown.decision(decided, suppressed)
                            met.decision(one.payment, decided)
                            step("payments", done + count, whole)
                        if recorder is not None:
                            recorder.end(read=count, screened=count)
                            shown.kept += recorder.numbers
                    done += count
                shown.problems += [*of_nobody(facts, met.payments), *met.problems]
                shown.clusters = of_listings(force, met.listings) if json else ()
        raise typer.Exit(code or int(met.stopped))


class Met:
    """What a run met: listings hit, payments, anything stopped now, and what was stopped earlier."""

    def __init__(self, home: Home, at: datetime, spoken_of: Collection[str], licences: Licences | None) -> None:
        from interdiction.engine.case_rules import rules_of
        from interdiction.engine.clearing import Clearing
        from interdiction.engine.drawn import Drawn
        from interdiction.engine.resubmitted import Resubmissions

        self.drawn = None if licences is None else Drawn.of(home, licences)
        """What is drawn on licences; only a run that keeps its decisions can count on it."""
        self.earlier = Resubmissions.of(home, at)
        self.listings: dict[str, None] = {}
        self.spoken_of = spoken_of
        self.payments: set[str] = set()
        """Those of which something was said; of a hundred thousand payments no others are remembered."""
        self.stopped = False
        self.problems: list[Problem] = []
        """Of what somebody said and another person has to approve."""
        self._rules = rules_of(home.path)[0]
        self._at, self._clearing = at, Clearing.of(home, at)

    def taken(
        self,
        force: Force,
        policy: Policy,
        one: PaymentHits,
        facts: Mapping[str, Facts],
        on: date | None,
        at: datetime | None,
    ) -> tuple[Facts, PaymentHits]:
        """Give what was said of a payment, as far as one person's word counts, and the payment without what is cleared.

        No clearance counts on a day of the past.
        """
        from interdiction.enforcement.facts import NOTHING
        from interdiction.engine.clearing import clear_payment
        from interdiction.engine.said import counted, waiting

        day = on or self._at.date()
        said = counted(force, policy, one, facts.get(one.payment.id, NOTHING), self._rules, on=day, at=at)
        self.problems += waiting(one.payment.id, said)
        if on is None:
            one = clear_payment(self._clearing, force, one, {*said.outcomes, *said.proposed})
        return said, one

    def decision(self, payment: Payment, decided: Decision) -> None:
        """Take note of one decision."""
        self.earlier.learn(payment, decided)
        self.listings |= dict.fromkeys(hit.listing for hit in decided.hits)
        if decided.payment in self.spoken_of:
            self.payments.add(decided.payment)
        self.stopped = self.stopped or decided.disposition != "release"


def of_nobody(facts: Mapping[str, Facts], payments: Collection[str]) -> list[Problem]:
    """Give the problem of words about payments that are not there: a mistyped id must not go unseen."""
    from interdiction.model import Grade, Problem

    unknown = sorted(set(facts).difference(payments))
    return [
        Problem(
            code="said-of-nobody",
            message=f"something is said of {one}, which is none of these payments",
            grade=Grade.FILE,
            node=one,
            mend="correct the id",
        )
        for one in unknown
    ]
