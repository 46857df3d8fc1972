from __future__ import annotations

from datetime import date
from pathlib import Path

from interdiction.enforcement import load_policy
from interdiction.engine.tied import tied_rows
from interdiction.tables import read_book

BOOK = """id,name,country,nationality,identifiers
C-1,Anna Example,de,,
C-2,Ali Trader,ir,,
C-3,Born There,de,ir,
C-4,Embassy of the D.P.R.K.,de,,
C-5,Krimea Tours,de,,
C-6,Посольство КНДР,ru,,
C-7,Banco Central de Cuba,,,
C-8,Army Surplus Shop,us,,
C-9,By Account,de,,iban:IR120170000000100324200001
C-10,By Bank,de,,bic:MELIIRTH
C-11,By Neither,de,,passport:IR1234567
"""


def rows(tmp_path: Path, kind: str, on: date) -> list[str]:
    path = tmp_path / "book.csv"
    path.write_text(BOOK, encoding="utf-8")
    book = read_book(path)
    return [book.columns["id"][at] for at in tied_rows(book, load_policy().for_institution(kind), on)]


def test_the_customers_tied_to_a_place_are_found_and_nationality_is_no_tie(tmp_path: Path) -> None:
    assert rows(tmp_path, "us", date(2020, 5, 5)) == ["C-2", "C-4", "C-5", "C-6", "C-7", "C-9", "C-10"]


def test_a_tie_counts_only_while_the_law_is_in_force_and_reaches_us(tmp_path: Path) -> None:
    assert rows(tmp_path, "us", date(2014, 1, 2)) == ["C-2", "C-7", "C-9", "C-10"]
    assert rows(tmp_path, "eu", date(2020, 5, 5)) == ["C-4", "C-5", "C-6"]
