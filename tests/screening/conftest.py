"""A screener over a handful of listings, as the index and the listing file would give it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from interdiction.model import Listing, Name, NameQuality, Party
from interdiction.names.index import NameIndex
from interdiction.screening.screener import Screener


class Listings:
    def __init__(self, listings: Sequence[Listing]) -> None:
        self._listings = listings

    def listing(self, at: int) -> Listing:
        return self._listings[at]


Make = Callable[..., Screener]


@pytest.fixture
def screener(tmp_path: Path) -> Make:
    def made(*parties: Party) -> Screener:
        listings = [Listing(list="ofac-sdn", uid=str(at), party=party) for at, party in enumerate(parties, start=1)]
        NameIndex.build(tmp_path / "a.names", ((one.id, one.party) for one in listings))
        return Screener(NameIndex.open(tmp_path / "a.names"), Listings(listings))

    return made


@pytest.fixture
def komid() -> Party:
    return Party(
        kind="organisation",
        names=[Name("KOREA MINING DEVELOPMENT TRADING CORPORATION"), Name("KOMID", NameQuality.WEAK)],
        countries=["kp"],
    )
