"""One customer of a monitored book: put, taken out, and screened at once against what is in force.

1. The change is kept first, in one transaction with the book's new version: who was put is screened by every later run
   of the book, also where screening now fails.
2. Whoever has a hit, a tie to a place or a doubt is kept with a decision, so that a case opens on it or is joined.
3. The proof that the whole book was screened is the next run's; it screens the changed ones once more.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import msgspec
import polars as pl
from msgspec.structs import replace

from interdiction.engine.customer_lines import book_of_lines, customer_at, line_of
from interdiction.engine.imports import WAIT_SECONDS
from interdiction.engine.monitored import get, marks, one_book
from interdiction.engine.raising import Raised, raise_of
from interdiction.errors import UsageError
from interdiction.model import Asked, Problem
from interdiction.model.monitored import ControlTotals, Customer, Monitored
from interdiction.model.signed import require_by

if TYPE_CHECKING:
    from interdiction.engine.hall import Engine
    from interdiction.engine.home import Home
    from interdiction.tables import Book

_LONGEST_ID: Final = 200


class Kept(msgspec.Struct, frozen=True):
    """A customer as the book has it; `mark` is another whenever anything the book says of it is."""

    source: str
    id: str
    mark: str
    customer: Customer


class Changed(msgspec.Struct, frozen=True):
    """What became of a change: the book after it, and what screening the customer at once has opened.

    `unchanged` says that the customer stood there just so: nothing was kept and nobody was screened.
    """

    source: str
    id: str
    mark: str
    version: int
    act: str
    problems: tuple[Problem, ...] = ()
    records: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()


def customer(home: Home, source: str, id_: str) -> Kept:
    """Give one customer. Raises `UsageError` (`unknown-book`, `unknown-customer`, `repeated-id`)."""
    one = get(home, source)
    with home.reading() as reader:
        line = _line(reader.connection, home, one, id_)
    if not line:
        raise _unknown(one.source, id_)
    book = book_of_lines([line])
    return Kept(one.source, id_, marks(book)[0].hex(), customer_at(book, 0))


def put(
    engine: Engine,
    source: str,
    id_: str,
    said: Customer,
    *,
    by: str,
    at: datetime,
    seen: str | None = None,
    stale: Sequence[str] = (),
) -> Changed:
    """Put a customer into a monitored book, in the place of what it was, and screen it at once.

    `seen` is the mark that the caller read, `*` for any, empty where nobody was there: raises `UsageError` (`changed`)
    where it is another by now, and `unknown-book`, `no-name`, `role`, `repeated-id`, `customer-id`, `by-required`.
    """
    require_by("a customer", by)
    line = line_of(_id(id_), said)
    book = book_of_lines([line])
    one, act = _kept(engine.home, source, id_, line, book, by=by, at=at, seen=seen)
    raised = Raised()
    if act != "unchanged":
        raised = raise_of(engine, line, command="book", at=at, asked=Asked(), by=by, stale=stale)
    return Changed(
        one.source,
        id_,
        marks(book)[0].hex(),
        one.version,
        act,
        tuple(book.problems),
        tuple(f"D-{number}" for number in raised.records),
        tuple(f"C-{number}" for number in raised.cases),
    )


def take_out(home: Home, source: str, id_: str, *, by: str, at: datetime, seen: str | None = None) -> Changed:
    """Take a customer out of a monitored book; cases that are open on it stay. Raises as `put` does, and
    `UsageError` (`unknown-customer`).
    """
    require_by("a customer", by)
    one, act = _kept(home, source, id_, b"", None, by=by, at=at, seen=seen)
    return Changed(one.source, id_, "", one.version, act)


def _kept(
    home: Home, source: str, id_: str, line: bytes, book: Book | None, *, by: str, at: datetime, seen: str | None
) -> tuple[Monitored, str]:
    """Keep a change in one transaction: nobody changes the same customer in between."""
    from interdiction.store import monitored

    with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        one = one_book(connection, home, source)
        before = _line(connection, home, one, id_)
        was = book_of_lines([before]) if before else None
        mark = marks(was)[0].hex() if was is not None else ""
        if seen is not None and (was is None if seen == "*" else seen != mark):
            raise UsageError(
                f"{id_} is not as it was when it was read", where="If-Match", mend="read it again", code="changed"
            )
        if was is None and book is None:
            raise _unknown(one.source, id_)
        if was is not None and book is not None and marks(book)[0].hex() == mark:
            return one, "unchanged"
        act = "gone" if book is None else "changed" if was is not None else "added"
        after = _after(one, was, book, line, id_, act, by.strip(), at)
        monitored.change(connection, one.source, after.version, id_, line)
        new = marks(book)[0].hex() if book is not None else ""
        monitored.register(connection, after, {"change": act, "mark": new})
    return after, act


def _after(
    one: Monitored, was: Book | None, book: Book | None, line: bytes, id_: str, act: str, by: str, at: datetime
) -> Monitored:
    """Give a book after a change. Its control totals move with it: it is its source that says who came and went."""
    more = (1 if book is not None else 0) - (1 if was is not None else 0)
    behind = _behind(book) - _behind(was)
    totals = one.totals
    kinds = dict(totals.kinds)
    for some, step in ((was, -1), (book, 1)):
        kind = some.columns["kind"][0] if some is not None else None
        if kind in kinds:
            kinds[kind] += step
    return replace(
        one,
        version=one.version + 1,
        sha256=hashlib.sha256(f"{one.sha256}\0{id_}\0".encode() + line).hexdigest(),
        at=at,
        by=by,
        customers=one.customers + more,
        behind=one.behind + behind,
        added=int(act == "added"),
        changed=int(act == "changed"),
        gone=int(act == "gone"),
        totals=ControlTotals(
            customers=None if totals.customers is None else totals.customers + more,
            behind=None if totals.behind is None else totals.behind + behind,
            kinds=kinds,
        ),
        rejected=tuple(row for row in one.rejected if row.id != id_),
    )


def _behind(book: Book | None) -> int:
    return book.related.height if book is not None and book.related is not None else 0


def _line(connection: Any, home: Home, one: Monitored, id_: str) -> bytes:
    """Give the line of a customer as a version has it; empty where it is not there."""
    from interdiction.store import monitored

    changed = monitored.changes(connection, home.store, one.source, one.version, id_)
    if changed:
        return next(iter(changed.values()))
    found: list[bytes] = []
    place = 0
    for customers, behind in monitored.slices(connection, home.store, one.source, one.version):
        ids = pl.read_ipc(io.BytesIO(customers), columns=["id"])["id"]
        found += [_read(customers, behind, at, place) for at in (ids == id_).arg_true().to_list()]
        place += len(ids)
    if len(found) > 1:
        raise UsageError(
            f"several customers of {one.source} have the id {id_[:80]!r}",
            where=id_[:80],
            mend="register the book with an id for each: which of them is meant is not to be told",
            code="repeated-id",
        )
    return found[0] if found else b""


def _read(customers: bytes, behind: bytes, at: int, first: int) -> bytes:
    from interdiction.tables import Book as Whole

    row = pl.read_ipc(io.BytesIO(customers))[at : at + 1]
    people = None
    if behind:
        theirs = pl.read_ipc(io.BytesIO(behind)).filter(pl.col("at") == first + at)
        people = theirs.with_columns(pl.lit(0, dtype=pl.Int64).alias("at"))
    said = customer_at(Whole("", row.drop("mark"), [], (), people), 0)
    if not said.names and not said.identifiers:
        return b""  # a row that was rejected says nobody: whoever is put there is new
    return line_of(row["id"][0], said)


def _id(text: str) -> str:
    if not 0 < len(text) <= _LONGEST_ID or not text.isprintable() or text != text.strip():
        raise UsageError(
            "not the id of a customer", where="ID", mend=f"use 1 to {_LONGEST_ID} printable characters",
            code="customer-id",
        )  # fmt: skip
    return text


def _unknown(source: str, id_: str) -> UsageError:
    return UsageError(
        f"{source} has no customer {id_[:80]!r}", where=id_[:80], mend="register the book anew, or put the customer",
        code="unknown-customer",
    )  # fmt: skip
