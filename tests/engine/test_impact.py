"""The effect of a change is the same whether the whole book is screened twice or only what changed is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from interdiction.enforcement.policy import load_policy
from interdiction.engine import impact as effect
from interdiction.engine.editions import ImportReport
from interdiction.engine.hall import Engine
from interdiction.engine.home import Home
from interdiction.tables import book_of
from tests.engine.conftest import sdn_row

STAYS = [
    sdn_row(uid, f"{name}, {given}")
    for uid, (name, given) in enumerate(
        [
            (name, given)
            for name in ("KIM", "JANG", "PETROV", "HUSSEIN", "GARCIA")
            for given in ("Yong Chol", "Song", "Ivan", "Saddam", "Maria", "Jin")
        ],
        start=100,
    )
]
BEFORE = [sdn_row(1, "RYU, Jin"), sdn_row(2, "VOLKOV, Sergei"), sdn_row(3, "SMIRNOVA, Anna", "IRAN")]
AFTER = [sdn_row(2, "VOLKOV, Sergei", "SDGT"), sdn_row(3, "SMIRNOVA, Anna", "IRAN"), sdn_row(4, "KANG, Ryong")]
CUSTOMERS = [
    "Ryu Jin",
    "Sergej Volkov",
    "Anna Smirnova",
    "Kang Ryong",
    "Kim Yong Chol",
    "Maria Garcia",
    "John Smith",
    "강룡",
    "Kang, Ryong and Ryu Jin",
    "",
    "x" * 5000,
]


def test_asking_for_what_changed_gives_what_screening_all_again_gives(
    home: Home, bring: Callable[..., ImportReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(1, [*STAYS, *BEFORE])
    bring(2, [*STAYS, *AFTER])
    book = book_of(pl.DataFrame({"name": CUSTOMERS}))
    reports = []
    for few in (-1.0, 1.0):
        monkeypatch.setattr(effect, "FEW", few)
        with Engine.open(home.path) as engine:
            days = (date(2015, 1, 1), date(2015, 1, 2))
            reports.append(effect.impact(engine, "ofac-sdn", *days, book, load_policy()))
    assert reports[0] == reports[1]
    found = reports[1].impact
    assert "ofac-sdn:4" in {one.listing for one in found.newly_caught}
    assert [one.listing for one in found.caught_before] == ["ofac-sdn:2"]
    assert {one.listing for one in found.released} == {"ofac-sdn:1"}
    assert found.unchanged >= 3
