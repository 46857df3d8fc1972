"""A small engine under test: listings made in the test, an index of them, and what a run needs beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from interdiction.assurance.run import Customers, Outcome, Wanted, assure
from interdiction.assurance.subject import ListTested, Subject, silent
from interdiction.model import Listing, Name, NameQuality, Party
from interdiction.names.index import NameIndex
from interdiction.names.thresholds import Thresholds
from interdiction.names.weights import Weights
from interdiction.screening.screener import Screener

AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
DEFAULT = Thresholds.of(0.7)


class Listings:
    def __init__(self, listings: Sequence[Listing]) -> None:
        self._listings = listings

    def __len__(self) -> int:
        return len(self._listings)

    def listing(self, at: int) -> Listing:
        return self._listings[at]


def people() -> list[Party]:
    """Parties that can suffer every class of damage, some with birth dates, numbers, weak aliases, other scripts."""
    return [
        Party(
            kind="person",
            names=["KHOURI, Walid Sameer", "AL-KHOURY, Waleed Samir", Name("ABU WALID", NameQuality.WEAK)],
            birth_dates=["1962-02-08"],
            nationalities=["sy"],
            identifiers=["passport:563410081@sy"],
        ),
        Party(
            kind="person",
            names=["PETROV, Sergey Nikolayevich", Name("Петров Сергей Николаевич", NameQuality.STRONG)],
            birth_dates=["1958-07-19"],
            identifiers=["passport:472410022@ru"],
        ),
        Party(kind="person", names=["CASTRO PAEZ, Jhon Paul Alexander"], birth_dates=["1971-11-03"]),
        Party(
            kind="organisation",
            names=["KOREA TANGUN MINING TRADING CORPORATION", Name("KOTAM", NameQuality.WEAK)],
            identifiers=["registration:7701234567@kp"],
        ),
        Party(kind="organisation", names=["BALTTRANS KALININGRAD SHIPPING AND LOGISTICS LLC"]),
        Party(kind="organisation", names=["ROSOBORON EXPORT MACHINE BUILDING"]),
        Party(kind="vessel", names=["OCEAN PIONEER"], identifiers=["imo:9187629"]),
    ]


@pytest.fixture
def subject(tmp_path: Path) -> Callable[..., Subject]:
    numbers = count()

    def made(parties: Sequence[Party] | None = None, index: Callable[[NameIndex], Any] | None = None) -> Subject:
        folder = tmp_path / f"subject{next(numbers)}"
        folder.mkdir()
        listings = [
            Listing(list="un" if at % 3 == 0 else "ofac-sdn", uid=str(at), party=party)
            for at, party in enumerate(people() if parties is None else parties, start=1)
        ]
        NameIndex.build(folder / "a.names", ((one.id, one.party) for one in listings))
        opened = NameIndex.open(folder / "a.names")
        tested = tuple(
            ListTested(key, f"{key}@2026-11-20+abc", "0" * 64, date(2026, 11, 20), "full", ("main",))
            for key in ("ofac-sdn", "un")
        )
        screener = Screener(index(opened) if index else opened, Listings(listings))
        return Subject(screener, Listings(listings), tested, Weights.load(), folder)

    return made


Run = Callable[..., Outcome]


@pytest.fixture
def run() -> Run:
    def ran(subject: Subject, whom: Customers, thresholds: Thresholds = DEFAULT, **wanted: Any) -> Outcome:
        step = wanted.pop("step", silent)
        return assure(subject, whom, Wanted(thresholds=thresholds, **wanted), at=AT, version="1.0", step=step)

    return ran


class Forgetful:
    """An index with a planted bug: it loses the hits on some parties."""

    def __init__(self, index: NameIndex, lost: Sequence[int]) -> None:
        self._index, self._lost = index, frozenset(lost)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)

    def judge(self, batch: object, **more: Any) -> Any:
        judged = self._index.judge(batch, **more)
        columns = judged.arrow.columns()
        kept = [at for at, party in enumerate(columns["party"]) if party not in self._lost]
        cut = {name: [values[at] for at in kept] for name, values in columns.items()}
        return type("Judged", (), {"arrow": type("Arrow", (), {"columns": lambda _: cut})()})()


@pytest.fixture
def forgetful() -> type[Forgetful]:
    return Forgetful
