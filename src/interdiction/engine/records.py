"""Keeps decisions as they were given, with the bytes they were given on; reads them again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from interdiction.enforcement.facts import NOTHING, Facts
from interdiction.engine.alerting import Alarm, asks, numbered
from interdiction.engine.audit import note_configuration
from interdiction.engine.given import given_bytes, shown
from interdiction.engine.home import Home
from interdiction.engine.imports import WAIT_SECONDS
from interdiction.errors import InputError, UsageError
from interdiction.model import (
    Asked,
    CustomerDecision,
    Decision,
    EditionUsed,
    Hit,
    Judged,
    KeptFile,
    Payment,
    Record,
    Run,
    RunEnd,
    Subject,
    to_json,
)
from interdiction.model.access import Answered
from interdiction.model.case import Alert, CaseKind

if TYPE_CHECKING:
    from interdiction.enforcement import Policy
    from interdiction.engine.drawn import Drawn
    from interdiction.engine.force import Force
    from interdiction.store.decisions import Decisions

_DIGITS: Final = 9
"""Digits of a number that a store can hold."""
_AT_ONCE: Final = 2000
"""Decisions written in one transaction: a run of a hundred thousand never holds the home for long."""


class Recorder:
    """Keeps the decisions of one run, in the order in which they are given; made by `recording`.

    `cases` are the numbers of those that the decisions opened or joined; `kind` says what they ask.
    """

    def __init__(self, home: Home, run: Run, data: bytes, *, kind: CaseKind = CaseKind.HIT) -> None:
        self._home = home
        self._waiting: list[Record] = []
        self._alerts: dict[int, list[Alert]] = {}
        self._kept: list[int] = []
        self._told: dict[str, Facts] = {}
        self._alarm: Alarm | None = None
        self._kind = kind
        self.cases: set[int] = set()
        with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
            from interdiction.store import decisions

            note_configuration(home, connection, run.at, run.by)
            kept = decisions.keep(connection, data, run.input.name)
            self.run = decisions.begin(connection, msgspec.structs.replace(run, input=kept))

    @property
    def numbers(self) -> list[int]:
        """The numbers of what was kept."""
        return self._kept

    def payment(
        self,
        place: int,
        payment: Payment,
        decision: Decision,
        *,
        suppressed: Sequence[Hit] = (),
        judged: Sequence[Judged] = (),
        facts: Facts = NOTHING,
        follows: int | None = None,
        drawn: Drawn | None = None,
    ) -> None:
        """Keep what was decided on the payment at a place of the input, and what a person had said of it.

        `drawn` is what it was decided with; a decision that draws on a licence is written at once. Raises `InputError`
        (`licence-drawn`) where another run has drawn on that licence meanwhile: then it is not kept.
        """
        sums = drawn.sums() if drawn is not None else {}
        if follows is None and (facts.outcomes or facts.proposed):
            self._told[payment.id] = facts
        self._add(
            Record(
                run=self.run.number,
                place=place,
                subject=Subject.PAYMENT,
                name=payment.id,
                result=decision.disposition.value,
                at=self.run.at,
                decision=msgspec.Raw(to_json(decision)),
                payment=payment,
                suppressed=tuple(suppressed),
                judged=tuple(judged),
                facts="" if facts == NOTHING else to_json(facts).decode("utf-8"),
                follows=follows,
                drawn=sums,
            ),
            decision,
        )
        if drawn is not None and drawn.learn(payment, decision):
            self._flush(drawn, sums)

    def customer(
        self,
        place: int,
        row: Mapping[str, Sequence[str]],
        decision: CustomerDecision,
        *,
        suppressed: Sequence[Hit] = (),
        judged: Sequence[Judged] = (),
        follows: int | None = None,
    ) -> None:
        """Keep what was decided on the customer at a place of the book."""
        self._add(
            Record(
                run=self.run.number,
                place=place,
                subject=Subject.CUSTOMER,
                name=decision.customer,
                result=decision.consequence.value,
                at=self.run.at,
                decision=msgspec.Raw(to_json(decision)),
                row={name: tuple(values) for name, values in row.items()},
                suppressed=tuple(suppressed),
                judged=tuple(judged),
                follows=follows,
            ),
            decision,
        )

    def end(
        self, *, read: int, screened: int, answered: Callable[[Sequence[int]], Answered] | None = None
    ) -> Answered | None:
        """Write what is left, and that the run came to its end with everything that was read.

        `answered` makes of the numbers what a claimed request is answered with: kept in the transaction of the end,
        and given back.
        """
        self._flush()
        with self._home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
            from interdiction.store import access, decisions

            decisions.end(connection, RunEnd(self.run.number, read, screened, len(self._kept)))
            if answered is None:
                return None
            given = answered(self._kept)
            access.forget(connection, given.caller, given.key)
            access.remember(connection, given)
            return given

    def _add(self, record: Record, decision: Decision | CustomerDecision) -> None:
        if asks(decision):
            self._alarm = self._alarm or Alarm(self._home)
            alerts = self._alarm.of(record, decision, self.run.command, self._kind)
            if alerts:
                self._alerts[len(self._waiting)] = alerts
        self._waiting.append(record)
        if len(self._waiting) >= _AT_ONCE:
            self._flush()

    def _flush(self, drawn: Drawn | None = None, expected: Mapping[str, Decimal] | None = None) -> None:
        if not self._waiting:
            return
        with self._home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
            from interdiction.store import decisions

            if drawn is not None:
                drawn.hold_true(connection, expected or {})
            numbers = decisions.add(connection, self._waiting)
            if self._alarm is not None:
                raised = self._alarm.raise_(connection, numbered(self._alerts, numbers), self.run.at, self._told)
                self.cases |= {case.number for case in raised}
            if drawn is not None:
                drawn.mark(connection)
        self._kept += numbers
        self._waiting, self._alerts, self._told = [], {}, {}


@contextmanager
def recording(
    home: Home,
    path: Path,
    *,
    command: str,
    at: datetime,
    on: date,
    asked: Asked,
    force: Force,
    policy: Policy,
    stale: Sequence[str] = (),
    by: str = "",
) -> Iterator[Recorder]:
    """Open a run over the file at `path`; what it keeps is written as it comes, and `end` says that it is whole.

    Raises `InputError` (`unreadable`), and (`input-changed`) where the file is no longer what was kept: then what
    was decided on is not what is kept, and nobody could show it.
    """
    data = given_bytes(path)
    run = Run(
        command=command,
        at=at,
        on=on,
        input=KeptFile(shown(path.name), "", len(data)),
        asked=asked,
        editions=tuple(EditionUsed(one.edition, one.sha256) for one in force.editions),
        institution=policy.institution.name or policy.institution.kind,
        stale=tuple(stale),
        by=by,
    )
    recorder = Recorder(home, run, data)
    yield recorder
    if given_bytes(path) != data:
        raise InputError(
            "the file changed while it was decided on",
            where=shown(str(path)),
            mend="run it again on a file that nobody writes to",
            code="input-changed",
        )


@contextmanager
def kept(home: Home) -> Iterator[Decisions]:
    """Give the decisions of a home in one view. Raises as `Home.reading` does."""
    from interdiction.store.decisions import Decisions

    with home.reading() as reader:
        yield Decisions(reader.connection, home.store)


def number_of(text: str, letter: str = "D") -> int:
    """Read an id such as `D-12`; the letter may be left out. Raises `UsageError` (`not-an-id`)."""
    digits = text.strip().upper().removeprefix(f"{letter}-")
    if not digits.isascii() or not digits.isdigit() or len(digits) > _DIGITS:
        raise UsageError(f"not an id: {text!r}", where="ID", mend=f"write it as {letter}-12", code="not-an-id")
    return int(digits)
