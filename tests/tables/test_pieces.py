"""A book that is read in pieces is the book that is read whole: rows, names, numbers of rows, problems."""

from __future__ import annotations

import random
import re
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction.errors import TableError, UsageError
from interdiction.model import Problem
from interdiction.tables import read_book, read_pieces
from interdiction.tables.kinds import of_kind
from interdiction.tables.pieces import BYTES, ROWS, Pieces

HEADER = "id,name,date_of_birth,country,director_name,type"
PLAIN = ("{at},Kim Yong Chol,1962-02-18,KP,,person", "{at},Evli Bank,,FI,Zo\u00eb Smith,", "{at},A B,18.02.62,GB,-,")
ODD = (
    "{at},short row",
    '{at},"Quoted, Name",1970,DE,,',
    '{at},"over\ntwo lines",1970,DE,,',
    '{at},"never closed,1970,DE,,',
    "",
    " , , , , , ",
    "{at},too,many,cells,in,this,row",
    "1,the same id,,,,",
    ",no id,,,,",
    "{at},\x00nul,,,,",
    "{at},lost\ufffd,31/02/1999,Nowhere,,wizard",
    "{at},end\x1a,,,,",
    '{at},stray " quote,,,,',
    '{at},"a"b,,,,',
)
END = ("", "\n", "\n\n\x1a", "\r\n")


def made(seed: int, rows: int = 1500) -> bytes:
    draw = random.Random(seed)
    share = draw.choice((0.0, 0.02, 0.5))
    lines = [draw.choice(ODD if draw.random() < share else PLAIN).format(at=at + 2) for at in range(rows)]
    end = draw.choice(("\n", "\r\n", "\r"))
    mark = draw.choice(("", "\ufeff"))
    return (mark + end.join([HEADER, *lines]).replace("\n", end) + draw.choice(END)).encode()


def together(pieces: Pieces) -> tuple[int, pl.DataFrame, list[Problem], list[tuple[object, ...]]]:
    """Give the number of pieces, and their rows, problems and parties behind as if they were one."""
    books = list(pieces)
    problems = sorted(
        [*(one for book in books for one in book.problems), *pieces.problems], key=lambda one: (one.line, one.node)
    )
    behind: list[tuple[object, ...]] = []
    before = 0
    for book in books:
        if book.related is not None:
            moved = book.related.with_columns(pl.col("at") + before)
            behind += moved.rows()
        before += book.columns.height
    return len(books), pl.concat([book.columns for book in books]), problems, behind


def alike(path: Path, *, size: int = BYTES, height: int = ROWS) -> int:
    """Hold the pieces of a file against the whole, and give how many there are."""
    whole = read_book(path)
    count, columns, problems, behind = together(read_pieces(path, size=size, height=height))
    assert columns.equals(whole.columns)
    assert problems == whole.problems
    assert behind == (whole.related.rows() if whole.related is not None else [])
    return count


@given(seed=st.integers(0, 2**32))
def test_text_in_pieces_is_the_whole_whatever_its_rows_are(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    path = tmp_path_factory.mktemp("pieces") / "book.csv"
    path.write_bytes(made(seed))
    size = random.Random(seed).choice((15_000, 16_001, 30_000))
    try:
        read_book(path)
    except TableError as error:  # one line that holds a NUL is no header
        with pytest.raises(TableError, match=re.escape(error.message)):
            read_pieces(path, size=size)
        return
    alike(path, size=size)


def test_a_large_book_comes_in_several_pieces_and_a_small_one_in_one(tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    path.write_bytes("\n".join([HEADER, *(PLAIN[0].format(at=at) for at in range(5000))]).encode())
    assert alike(path, size=20_000) > 5
    assert alike(path) == 1


@pytest.mark.parametrize(
    "text",
    [
        HEADER.encode() + b"\n" + b"1,Andr\xe9,,,,\n" * 2000,
        HEADER.encode() + b"\n" + b"1,A,,,,\n" * 3000 + b"2,Andr\xe9,,,,\n",
        b'{"name": "A"}\n' * 3000,
        b"name\n" + b"Kim\n" * 20 + b'"' + b"x\n" * 9000,
        HEADER.encode() + b"\n" * 30_000,
    ],
)
def test_what_cannot_be_cut_is_read_whole_or_alike(text: bytes, tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    path.write_bytes(text)
    assert alike(path, size=10_000) >= 1


def test_a_column_without_a_delimiter_is_cut_at_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    path.write_text("name\n" + "Kim Yong Chol\n" * 4000)
    assert alike(path, size=10_000) > 3


def test_a_parquet_file_is_cut_at_any_row(tmp_path: Path) -> None:
    path = tmp_path / "book.parquet"
    rows = range(1000)
    frame = pl.DataFrame({"id": [str(at % 990) for at in rows], "name": [["A", f"Kim {at}"] for at in rows]})
    frame.with_columns(born=pl.lit("1962-02-18").str.to_date()).write_parquet(path, row_group_size=300)
    assert alike(path, size=100, height=130) == 8
    frame.clear().write_parquet(path)
    assert alike(path, size=100, height=130) == 1


def test_what_is_wrong_with_the_whole_is_raised_at_once(tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    path.write_text("a,b\n" + "1,2\n" * 9000)
    with pytest.raises(TableError, match="no column holds a name"):
        read_pieces(path, size=10_000)
    path.write_text("id,name\n" + "1,2\n" * 9000)
    with pytest.raises(UsageError, match="no kind of party"):
        read_pieces(path, size=10_000, kind="wizard")
    with pytest.raises(TableError):
        read_pieces(tmp_path / "absent.csv")


def test_a_kind_is_told_of_every_piece(tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    path.write_bytes(made(3))
    _, columns, _, _ = together(read_pieces(path, size=15_000, kind="organisation"))
    assert columns["kind"].equals(of_kind(read_book(path), "organisation").columns["kind"])
