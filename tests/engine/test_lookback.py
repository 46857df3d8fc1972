"""What was released between an act's effect and our knowing of it is found afterwards, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from interdiction.engine.decide import payment as paid
from interdiction.engine.finds import finds, keep
from interdiction.engine.gaps import Gaps
from interdiction.engine.hall import Engine
from interdiction.engine.home import Home
from interdiction.engine.imports import import_edition
from interdiction.engine.lookback import look_back
from interdiction.engine.payment import screen_payments
from interdiction.engine.records import kept, recording
from interdiction.engine.replay import suppressed_of
from interdiction.lists.sources import Sources
from interdiction.model import Asked, Grade, Party, Payment, PaymentParty, Problem, Role
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
    assert (one.record, one.payment, one.released, one.by_day) == ("D-2", "P-Kil Jong Hun", True, True)
    assert one.effective.isoformat() == "2015-01-02T00:00:00-05:00"
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


def test_the_day_of_effect_begins_where_the_authority_sits(
    home: Home, bring_at: Callable[..., None], tmp_path: Path
) -> None:
    bring_at(1, [OTHER], when(1, 6))
    pay(home, tmp_path, "Kil Jong Hun", when(2, 4))  # 11 p.m. of the day before in Washington
    pay(home, tmp_path, "Kil Jong Hun", when(2, 5))
    bring_at(2, [OTHER, KIL], when(3, 6))
    with Engine.open(home.path) as engine:
        assert [one.record for one in look_back(engine).found] == ["D-2"]


def test_an_instant_of_effect_that_a_list_states_counts_to_the_second(
    home: Home, bring_at: Callable[..., None]
) -> None:
    bring_at(1, [OTHER], when(1, 6))
    bring_at(2, [OTHER, KIL], when(3, 6))
    stated = datetime.fromisoformat("2015-01-02T12:01:00-05:00")
    with Engine.open(home.path) as engine, home.reading() as reader:
        force = engine.force()
        (screened,) = force.screener.screen([Party(id="q", names=["KIL, Jong Hun"])])
        (hit,) = screened.hits
        hit = replace(hit, designations=tuple(replace(one, effective_at=stated) for one in hit.designations))
        gap = Gaps(reader).of(hit, force.screener.listing(hit))
    assert gap is not None
    assert (gap.effective, gap.by_day, gap.in_force_at) == (stated, False, when(3, 6))


def test_every_list_of_the_register_says_where_its_day_begins() -> None:
    lists = ("ofac-sdn", "ofac-cons", "un", "eu", "uk", "ch", "ca", "au", "us-csl")
    zones = [ZoneInfo(Sources.load().get(key).zone).key for key in lists]
    assert "UTC" not in zones


def test_what_waits_is_told_and_what_went_out_is_told_whatever_was_decided_since(
    home: Home, bring_at: Callable[..., None], tmp_path: Path
) -> None:
    bring_at(1, [OTHER], when(1, 6))
    pay(home, tmp_path, "Kil Jong Hun", when(2, 12))
    path = tmp_path / "held.csv"
    path.write_text("x\n", encoding="utf-8")
    parties = (PaymentParty(Role.CREDITOR, Party(names=["Kil Jong Hun"]), "creditor"),)
    problem = Problem(code="x", message="the amount is not read", grade=Grade.ROW)
    waits, went = Payment("P-held", parties, problems=(problem,)), Payment("P-Kil Jong Hun", parties)
    with Engine.open(home.path) as engine:
        force, at = engine.force(), when(2, 13)
        with recording(
            home, path, command="pay", at=at, on=at.date(), asked=Asked(), force=force, policy=engine.policy
        ) as recorder:
            held, gone = screen_payments(engine, force, [waits, went])
            recorder.payment(0, waits, paid(force, engine.policy, held, on=at.date()))
            again = paid(force, engine.policy, gone, on=at.date(), problems=[problem])
            recorder.payment(1, went, again, follows=1)
            recorder.end(read=2, screened=2)
    bring_at(2, [OTHER, KIL], when(3, 6))
    with Engine.open(home.path) as engine:
        found = {one.record: (one.released, one.disposition.value) for one in look_back(engine).found}
    assert found == {"D-1": (True, "release"), "D-2": (False, "hold"), "D-3": (False, "hold")}


def test_a_programme_added_to_a_listing_that_was_looked_at_is_news(
    home: Home, bring_at: Callable[..., None], tmp_path: Path
) -> None:
    bring_at(1, [OTHER, sdn_row(9345, "KOREA MINING", "NPWMD")], when(1, 6))
    pay(home, tmp_path, "Korea Mining", when(2, 12))
    bring_at(2, [OTHER, sdn_row(9345, "KOREA MINING", "NPWMD] [DPRK2")], when(3, 6))
    with Engine.open(home.path) as engine:
        (one,) = look_back(engine).found
    assert (one.record, one.released) == ("D-1", False)


def test_a_find_is_kept_once_as_a_run_and_given_back(home: Home, bring_at: Callable[..., None], tmp_path: Path) -> None:
    bring_at(1, [OTHER], when(1, 6))
    pay(home, tmp_path, "Kil Jong Hun", when(2, 12))
    bring_at(2, [OTHER, KIL], when(3, 6))
    with Engine.open(home.path) as engine:
        first = keep(engine, look_back(engine), Asked(), at=when(3, 7))
        assert keep(engine, look_back(engine), Asked(), at=when(3, 8)) == []
    (found,) = finds(home)
    assert [found] == first
    assert (found.id, found.after.sentence) == ("L-2-1", first[0].after.sentence)
    with kept(home) as decisions:
        looks = [(run.at, end.read if end else None) for run, end in decisions.runs() if run.command == "lookback"]
    assert looks == [(when(3, 7), 1), (when(3, 8), 1)]
