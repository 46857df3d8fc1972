from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from interdiction.enforcement import load_policy
from interdiction.engine.editions import import_edition
from interdiction.engine.hall import Engine
from interdiction.engine.home import Home
from interdiction.engine.impact import impact
from interdiction.engine.tied import tied_hits
from interdiction.tables import read_book
from tests.engine.conftest import AT, sdn_row

BOOK = """id,name,country,nationality,identifiers,city,street address
C-1,Anna Example,de,,,,
C-2,Ali Trader,ir,,,,
C-3,Born There,de,ir,,,
C-4,Embassy of the D.P.R.K.,de,,,,
C-5,Krimea Tours,de,,,,
C-6,Посольство КНДР,ru,,,,
C-7,Banco Central de Cuba,,,,,
C-8,Army Surplus Shop,us,,,,
C-9,By Account,de,,iban:IR120170000000100324200001,,
C-10,By Bank,de,,bic:MELIIRTH,,
C-11,By Neither,de,,passport:IR1234567,,
C-12,By Town,,,,Sevastopol,
C-13,By Street,,,,,"12 Lenin St., Simferopol"
C-14,By Nothing,,,,Donegal,1 Main Street
"""


def rows(tmp_path: Path, kind: str, on: date) -> list[str]:
    path = tmp_path / "book.csv"
    path.write_text(BOOK, encoding="utf-8")
    book = read_book(path)
    return [book.columns["id"][at] for at, _ in tied_hits(book, load_policy().for_institution(kind), on)]


def test_the_customers_tied_to_a_place_are_found_and_nationality_is_no_tie(tmp_path: Path) -> None:
    assert rows(tmp_path, "us", date(2020, 5, 5)) == [
        *("C-2", "C-4", "C-5", "C-6", "C-7", "C-9", "C-10"),
        *("C-12", "C-13"),
    ]


def test_a_tie_counts_only_while_the_law_is_in_force_and_reaches_us(tmp_path: Path) -> None:
    assert rows(tmp_path, "us", date(2014, 1, 2)) == ["C-2", "C-7", "C-9", "C-10"]
    assert rows(tmp_path, "eu", date(2020, 5, 5)) == ["C-4", "C-5", "C-6", "C-12", "C-13"]


def test_an_embargo_between_two_days_is_part_of_the_effect_of_a_change(
    home: Home, written: Callable[..., Path], tmp_path: Path
) -> None:
    for day in (18, 20):
        rows = [sdn_row(one) for one in range(1, day - 10)]
        import_edition(home, "ofac-sdn", [written(sdn=rows)], at=AT, on=date(2014, 12, day))
    (tmp_path / "book.csv").write_text("id,name,city\nC-1,Sail Makers,Sevastopol\nC-2,Other Makers,Kyiv\n")
    with Engine.open(home.path) as engine:
        policy = engine.policy.for_institution("us")
        book = read_book(tmp_path / "book.csv")
        found = impact(engine, "ofac-sdn", date(2014, 12, 18), date(2014, 12, 20), book, policy).impact
    assert [(one.query_id, one.listing) for one in found.newly_caught] == [("C-1", "region:crimea-us")]
    assert found.newly_caught[0].consequence.value == "review"
