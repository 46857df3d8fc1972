"""What was released between an act's effect and our knowing of it is found afterwards, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from interdiction.engine.decide import payment as paid
from interdiction.engine.hall import Engine
from interdiction.engine.home import Home
from interdiction.engine.imports import import_edition
from interdiction.engine.lookback import look_back
from interdiction.engine.payment import screen_payments
from interdiction.engine.records import recording
from interdiction.engine.replay import suppressed_of
from interdiction.model import Asked, Party, Payment, PaymentParty, Role
from tests.engine.conftest import sdn_row

KIL = sdn_row(17614, "KIL, Jong Hun", "DPRK2")
OTHER = sdn_row(1, "SOMEBODY ELSE")


@pytest.fixture
def bring_at(home: Home, written: Callable[..., Path]) -> Callable[..., None]:
    def bring(day: int, rows: list[str], at: datetime) -> None:
        import_edition(home, "ofac-sdn", [written(sdn=rows)], at=at, on=date(2015, 1, day))

    return bring


def pay(home: Home, folder: Path, payee: str, at: datetime) -> None:
    path = folder / f"{at:%d%H%M}.csv"
    path.write_text("x\n", encoding="utf-8")
    one = Payment(f"P-{payee}", (PaymentParty(Role.CREDITOR, Party(names=[payee]), "creditor"),))
    with Engine.open(home.path) as engine:
        force = engine.force()
        with recording(
            home, path, command="pay", at=at, on=at.date(), asked=Asked(), force=force, policy=engine.policy
        ) as recorder:
            (hits,) = screen_payments(engine, force, [one])
            recorder.payment(0, one, paid(force, engine.policy, hits, on=at.date()), suppressed=suppressed_of(hits))
            recorder.end(read=1, screened=1)


def when(day: int, hour: int) -> datetime:
    return datetime(2015, 1, day, hour, tzinfo=UTC)


def test_a_payment_released_after_effect_and_before_we_knew_is_found(
    home: Home, bring_at: Callable[..., None], tmp_path: Path
) -> None:
    bring_at(1, [OTHER], when(1, 6))
    pay(home, tmp_path, "Kil Jong Hun", when(1, 12))
    pay(home, tmp_path, "Kil Jong Hun", when(2, 12))
    pay(home, tmp_path, "A Baker", when(2, 13))
    bring_at(2, [OTHER, KIL], when(3, 6))
    pay(home, tmp_path, "Kil Jong Hun", when(3, 7))
    with Engine.open(home.path) as engine:
        looked = look_back(engine)
        since = look_back(engine, since=date(2015, 1, 3))
    assert (looked.looked, since.looked, since.found) == (4, 1, ())
    (one,) = looked.found
    assert (one.record, one.payment, one.released, one.effective) == ("D-2", "P-Kil Jong Hun", True, date(2015, 1, 2))
    assert one.sentence.startswith("P-Kil Jong Hun was released after effect: KIL, Jong Hun (ofac-sdn:17614)")
    assert one.in_force_at == when(3, 6)


def test_a_programme_that_took_effect_only_afterwards_is_none(
    home: Home, bring_at: Callable[..., None], tmp_path: Path
) -> None:
    bring_at(1, [OTHER, sdn_row(9345, "KOREA MINING", "NPWMD")], when(1, 6))
    bring_at(2, [OTHER], when(2, 6))
    pay(home, tmp_path, "Korea Mining", when(2, 12))
    bring_at(3, [OTHER, sdn_row(9345, "KOREA MINING", "DPRK2")], when(3, 6))
    with Engine.open(home.path) as engine:
        assert look_back(engine).found == ()
