"""Shows decisions on payments as they are made: as lines for people, or piece by piece as the contract's envelope."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Final, Protocol, Self

if TYPE_CHECKING:
    from interdiction.engine.inforce import EditionInForce
    from interdiction.lists.clusters import Cluster
    from interdiction.model import Decision, Hit, Problem

STYLES: Final = {"block": "bold red", "reject": "red", "retain": "red", "hold": "yellow", "release": "green"}
_MOST: Final = 100
"""Problems and hits that are not counted that are kept to be told beneath the decisions; --json gives all."""
_IN_MEMORY: Final = 1 << 20


class Showing(Protocol):
    """Takes decisions one after the other; what belongs beneath them is told on leaving."""

    kept: list[int]
    records: bool
    """Whether the decisions were asked to be kept."""
    problems: list[Problem]
    """What is told beneath the decisions."""
    clusters: Sequence[Cluster]
    """Which of the listings that were hit are one party."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def decision(self, decided: Decision, suppressed: Sequence[Hit]) -> None:
        """Show one decision."""


class ShownAsLines:
    """A line for each decision as it is made; counts, problems and what was not counted beneath."""

    def __init__(
        self, on: date | None, at: datetime, editions: Sequence[EditionInForce], alarmed: Sequence[Problem]
    ) -> None:
        from interdiction.cli.door import out

        self._console = out()
        self._rests = (editions, on or at.date())
        self._counts: Counter[str] = Counter()
        self._suppressed: list[Hit] = []
        self.problems = list(alarmed)
        self._not_counted = 0
        self.kept: list[int] = []
        self.records = False
        self.clusters: Sequence[Cluster] = ()

    def __enter__(self) -> Self:
        from interdiction.cli.show_hits import rests_on

        self._console.print(f"against {rests_on(*self._rests)}", style="dim")
        return self

    def decision(self, decided: Decision, suppressed: Sequence[Hit]) -> None:
        """Print what happens to a payment, and why."""
        from rich.text import Text

        name = decided.disposition.value
        self._console.print(
            Text.assemble((f"{name.upper():<8}", STYLES[name]), (f"{decided.payment:<8} ", "bold"), decided.sentence)
        )
        self._counts[name] += 1
        self._not_counted += len(suppressed)
        self._suppressed += suppressed[: max(0, _MOST - len(self._suppressed))]
        known = {(one.code, one.file, one.line, one.node) for one in self.problems}
        self.problems += [
            one
            for one in decided.problems
            if len(self.problems) < _MOST and (one.code, one.file, one.line, one.node) not in known
        ]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            return
        from rich.text import Text

        from interdiction.cli.show_hits import show_problems

        counted = ", ".join(f"{self._counts[name]} {name}" for name in STYLES if self._counts[name])
        self._console.print(Text(counted, style="bold"))
        for hit in self._suppressed:
            self._console.print(Text(_not_counted(hit), "dim"))
        if self._not_counted > len(self._suppressed):
            more = self._not_counted - len(self._suppressed)
            self._console.print(Text(f"and {more} more that are not counted; --json gives all", "dim"))
        show_kept(self.kept)
        show_problems(self.problems)


class ShownAsJson:
    """The contract's envelope, written as the decisions come; what stands behind them waits in a temporary file."""

    def __init__(
        self, on: date | None, at: datetime, editions: Sequence[EditionInForce], alarmed: Sequence[Problem]
    ) -> None:
        day = on or at.date()
        self._head = {"schema": "interdict.pay/1", "as_of": on, "editions": [one.aged(day) for one in editions]}
        self.problems = list(alarmed)
        self._waiting: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed on leaving
        self._any = self._any_waiting = False
        self.kept: list[int] = []
        self.records = False
        self.clusters: Sequence[Cluster] = ()

    def __enter__(self) -> Self:
        from interdiction.model import to_json

        self._write(to_json(self._head)[:-1] + b',"result":[')
        return self

    def decision(self, decided: Decision, suppressed: Sequence[Hit]) -> None:
        """Write one decision."""
        from interdiction.model import to_json

        self._write((b"," if self._any else b"") + to_json(decided))
        self._any = True
        for hit in suppressed:
            self._waiting.write((b"," if self._any_waiting else b"") + to_json(hit))
            self._any_waiting = True

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        from interdiction.model import to_json

        with self._waiting:
            if kind is not None:
                return
            self._write(b'],"problems":' + to_json(self.problems) + b',"suppressed":[')
            self._waiting.seek(0)
            while piece := self._waiting.read(_IN_MEMORY):
                self._write(piece)
            self._write(b'],"clusters":' + to_json(list(self.clusters)))
        if self.records:
            self._write(b',"records":' + to_json([f"D-{number}" for number in self.kept]))
        self._write(b"}\n")
        sys.stdout.flush()

    @staticmethod
    def _write(data: bytes) -> None:
        stream: Any = sys.stdout
        binary = getattr(stream, "buffer", None)
        if binary is None:
            stream.write(data.decode("utf-8"))
        else:
            stream.flush()
            binary.write(data)


def show_kept(numbers: Sequence[int]) -> None:
    """Say under which ids decisions were kept."""
    from interdiction.cli.door import line

    if numbers:
        which = f"D-{numbers[0]}" if len(numbers) == 1 else f"D-{numbers[0]} to D-{numbers[-1]}"
        line(f"kept as {which}: interdict decisions show D-{numbers[0]}")


def _not_counted(hit: Hit) -> str:
    if hit.suppressed == "fact":
        return f"not counted: {hit.query_id} is not {hit.matched_name} ({hit.listing}), suppressed by fact: {hit.why}"
    if hit.suppressed == "ordinary_words":
        return f"not counted: ordinary words in the text of {hit.query_id} are alike {hit.matched_name} ({hit.listing})"
    if hit.suppressed == "common_name":
        return (
            f"not counted: one word in the text of {hit.query_id} that many are called is alike {hit.matched_name} "
            f"({hit.listing}), and nothing says a ship or firm"
        )
    return f"not counted: the weak alias {hit.matched_name} ({hit.listing}) in the text of {hit.query_id}"
