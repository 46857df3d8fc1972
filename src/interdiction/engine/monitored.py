"""Books that are monitored: registered with control totals, kept in the store, each version held against the last.

A customer is another one when anything the book says of it, or of those behind it, is another: its row's mark differs.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
import polars as pl

from interdiction.engine.customer_lines import book_of_lines
from interdiction.engine.given import given_bytes, shown
from interdiction.engine.imports import WAIT_SECONDS
from interdiction.engine.progress import Progress, silent
from interdiction.errors import InputError, UsageError
from interdiction.model.monitored import ControlTotals, Monitored, Rejected
from interdiction.model.rescreen import Rescreen, RescreenEnd
from interdiction.model.signed import require_by, require_signed
from interdiction.tables import Book, read_book
from interdiction.tables.book import SCHEMA

if TYPE_CHECKING:
    import sqlalchemy as sa

    from interdiction.engine.home import Home
    from interdiction.store.reading import Reader

SLICE: Final = 50_000
MARK: Final = "mark"
"""The column that holds the mark of each row: 16 bytes of BLAKE2b over everything the book says of the customer."""
_MOST: Final = 1000


def add(
    home: Home,
    path: Path,
    *,
    by: str,
    at: datetime,
    source: str = "",
    owner: str = "",
    totals: ControlTotals | None = None,
    columns: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Monitored:
    """Register a book, or its next version; nothing is screened by it.

    `source` names the system it comes from (the file's name), `owner` who mends its rejected rows. Raises `UsageError`
    (`by-required`, `superseded` where a customer was changed meanwhile), `TableError`, `HomeError`.
    """
    from interdiction.store import monitored

    require_by("a book", by)
    step = progress or silent
    step("reading the book", 0, 0)
    raw = given_bytes(path)
    book = read_book(path, columns=columns)
    marked = marks(book)
    name = shown(source.strip() or path.stem)
    before = find(home, name)
    version = before.version + 1 if before is not None else 1
    was = _marks_of(home, before) if before is not None and before.removed_at is None else {}
    ids = book.columns["id"].to_list()
    now = dict(zip(ids, marked, strict=True))
    asked = totals or ControlTotals()
    one = Monitored(
        source=name,
        version=version,
        file=shown(path.name),
        sha256=hashlib.sha256(raw).hexdigest(),
        at=at,
        by=by.strip(),
        customers=book.columns.height,
        behind=book.related.height if book.related is not None else 0,
        added=sum(id_ not in was for id_ in now),
        changed=sum(was[id_] != mark for id_, mark in now.items() if id_ in was),
        gone=sum(id_ not in now for id_ in was),
        owner=owner.strip() or (before.owner if before is not None else ""),
        totals=asked,
        rejected=_rejected(book, before, at, owner.strip()),
        problems=len(book.problems),
        unused=book.unused,
        doubts=tuple(_doubts(book, asked)),
    )
    step("keeping the book", 0, 0)
    with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        here = next((known.version for known in monitored.books(connection, home.store) if known.source == name), 0)
        if here != version - 1:
            raise UsageError(
                f"customers of {name} changed while it was read",
                where=name,
                mend="register it again",
                code="superseded",
            )
        monitored.keep(connection, name, version, frames(book, marked))
        monitored.register(connection, one)
    return one


def remove(home: Home, source: str, *, by: str, why: str, at: datetime) -> Monitored:
    """End the monitoring of a book: its customers are deleted, what was proved of it stays.

    Raises `UsageError`: `by-required`, `why-required`, `unknown-book`.
    """
    from interdiction.store import monitored

    require_signed("ending the monitoring", by, why)
    found = get(home, source)
    ended = msgspec.structs.replace(found, removed_at=at, removed_by=by.strip(), removed_why=why.strip())
    with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        monitored.forget(connection, found.source)
        monitored.register(connection, ended)
    return ended


def books(home: Home) -> list[Monitored]:
    """Give what is registered of every book, those that were removed too."""
    from interdiction.store import monitored

    with home.reading() as reader:
        return monitored.books(reader.connection, home.store)


class Standing(msgspec.Struct, frozen=True):
    """A monitored book, its last rescreening with the proof of it, and why it has to be screened; empty: it need not.

    `ended` is none where that was interrupted.
    """

    book: Monitored
    last: Rescreen | None
    due: str
    ended: RescreenEnd | None = None


def standing(home: Home, at: datetime) -> list[Standing]:
    """Give how every monitored book stands."""
    from interdiction.engine.daily import due
    from interdiction.store import monitored
    from interdiction.store.rescreens import rescreens

    found = []
    with home.reading() as reader:
        came = max((edition.known_at for edition in reader.last_editions()), default=None)
        for one in monitored.books(reader.connection, home.store):
            if one.removed_at is not None:
                continue
            begun, ended = next(iter(rescreens(reader.connection, one.source, 1)), (None, None))
            if begun is None:
                why = "it was never screened"
            elif begun.version != one.version:
                why = "another version came"
            else:
                why = due(begun, ended, at.date(), came)
            found.append(Standing(one, begun, why, ended))
    return found


def runs(home: Home, source: str, most: int) -> list[tuple[Rescreen, RescreenEnd | None]]:
    """Give the last runs of a book, the latest first, each with its proof; none where it was interrupted."""
    from interdiction.store.rescreens import rescreens

    with home.reading() as reader:
        return rescreens(reader.connection, source, most)


def find(home: Home, source: str) -> Monitored | None:
    """Give what is registered of a book; `None` where it never was."""
    return next((one for one in books(home) if one.source == source), None)


def get(home: Home, source: str) -> Monitored:
    """Give a book that is monitored. Raises `UsageError` (`unknown-book`)."""
    with home.reading() as reader:
        return one_book(reader.connection, home, source)


def one_book(connection: sa.Connection, home: Home, source: str) -> Monitored:
    """Give a book that is monitored, within a transaction. Raises `UsageError` (`unknown-book`)."""
    from interdiction.store import monitored

    name = source.strip()
    found = next((one for one in monitored.books(connection, home.store) if one.source == name), None)
    if found is None or found.removed_at is not None:
        raise UsageError(
            f"no book is monitored under {source[:80]!r}",
            where="SOURCE",
            mend="interdict book status names them, interdict book add FILE registers one",
            code="unknown-book",
        )
    return found


def load(reader: Reader, home: Home, one: Monitored) -> tuple[Book, pl.Series]:
    """Give the customers of a registered version, with the mark of each. Raises `HomeError` (`damaged`).

    Customers that were changed one at a time stand behind the others. What is kept no more has no customer.
    """
    from interdiction.store import monitored

    parts = monitored.slices(reader.connection, home.store, one.source, one.version)
    if not parts:
        nobody = pl.DataFrame(schema={**SCHEMA, MARK: pl.Binary})
        return Book(one.file, nobody.drop(MARK), [], one.unused), nobody[MARK]
    whole = pl.concat([pl.read_ipc(io.BytesIO(customers)) for customers, _ in parts], rechunk=True)
    people = [pl.read_ipc(io.BytesIO(behind)) for _, behind in parts if behind]
    related = pl.concat(people) if people else None
    changed = monitored.changes(reader.connection, home.store, one.source, one.version)
    if changed:
        whole, related = _with_changes(whole, related, changed)
    return Book(one.file, whole.drop(MARK), [], one.unused, related), whole[MARK]


def _with_changes(
    whole: pl.DataFrame, related: pl.DataFrame | None, changed: Mapping[str, bytes]
) -> tuple[pl.DataFrame, pl.DataFrame | None]:
    stays = ~whole["id"].is_in(list(changed))
    place = (stays.cum_sum() - 1).cast(pl.Int64)
    kept = whole.filter(stays)
    people: list[pl.DataFrame] = []
    if related is not None:
        at = related["at"]
        people.append(related.with_columns(place.gather(at).alias("at")).filter(stays.gather(at)))
    lines = [line for line in changed.values() if line]
    if lines:
        last = int(whole["row"].cast(pl.Int64).max() or 0)  # type: ignore[arg-type]
        book = book_of_lines(lines)
        rows = pl.Series("row", range(last + 1, last + 1 + book.columns.height), dtype=whole["row"].dtype)
        more = book.columns.with_columns(rows, pl.Series(MARK, marks(book), dtype=pl.Binary))
        if book.related is not None:
            people.append(book.related.with_columns(pl.col("at") + kept.height))
        kept = pl.concat([kept, more.select(kept.columns)], rechunk=True)
    behind = pl.concat([one.select(people[0].columns) for one in people]) if people else None
    return kept, behind if behind is not None and behind.height else None


def marks(book: Book) -> list[bytes]:
    """Give the mark of every row: of everything but its place in the file."""
    said = book.columns.select(pl.struct(pl.exclude("id", "row")).struct.json_encode().alias("said"))["said"]
    texts = said.to_list()
    if book.related is not None:
        people = book.related.select("at", pl.struct(pl.exclude("id", "row", "at")).struct.json_encode().alias("said"))
        grouped = people.group_by("at", maintain_order=True).agg(pl.col("said").str.join("\n"))
        for at, more in grouped.iter_rows():
            texts[at] += f"\n{more}"
    return [hashlib.blake2b(text.encode("utf-8"), digest_size=16).digest() for text in texts]


def read_totals(path: Path) -> ControlTotals:
    """Read control totals (JSON: customers, behind, kinds). Raises `InputError` (`totals`, `unreadable`)."""
    try:
        return msgspec.json.decode(given_bytes(path), type=ControlTotals)
    except msgspec.DecodeError as error:
        raise InputError(
            f"these are no control totals: {error}",
            where=shown(str(path)),
            mend='write {"customers": 1000, "behind": 20, "kinds": {"person": 700}}',
            code="totals",
        ) from error


def frames(book: Book, marked: list[bytes]) -> Iterator[tuple[int, bytes, bytes]]:
    """Give a book in slices: the place of the first customer, the customers with their marks, those behind them."""
    whole = book.columns.with_columns(pl.Series(MARK, marked, dtype=pl.Binary))
    for first in range(0, max(whole.height, 1), SLICE):
        behind = b""
        if book.related is not None:
            part = book.related.filter(pl.col("at").is_between(first, first + SLICE - 1))
            behind = _ipc(part) if part.height else b""
        yield first, _ipc(whole[first : first + SLICE]), behind


def _ipc(frame: pl.DataFrame) -> bytes:
    written = io.BytesIO()
    frame.write_ipc(written, compression="zstd")
    return written.getvalue()


def _marks_of(home: Home, one: Monitored) -> dict[str, bytes]:
    with home.reading() as reader:
        book, marked = load(reader, home, one)
    return dict(zip(book.columns["id"].to_list(), marked.to_list(), strict=True))


def _rejected(book: Book, before: Monitored | None, at: datetime, owner: str) -> tuple[Rejected, ...]:
    """Give the rows that cannot be screened, or not told apart; one that was rejected before keeps its day."""
    known = {(one.id, one.why): one for one in before.rejected} if before is not None else {}
    empty = (pl.col("names").list.len() == 0) & (pl.col("identifiers").list.len() == 0)
    nobody = book.columns.filter(empty).select("row", "id").rows()
    rows = [(row, id_, "neither a name nor an identifier") for row, id_ in nobody]
    twice = book.columns.filter(pl.col("id").is_duplicated())
    rows += [(row, id_, "another customer has the same id") for row, id_ in twice.select("row", "id").rows()]
    found = []
    for row, id_, why in rows[:_MOST]:
        earlier = known.get((id_, why))
        since = earlier.since if earlier is not None else at
        found.append(Rejected(row, id_, why, since, owner or (earlier.owner if earlier is not None else "")))
    return tuple(found)


def _doubts(book: Book, totals: ControlTotals) -> Iterator[str]:
    """Say where the book is not what its source says it is."""
    here = book.columns.height
    if totals.customers is not None and totals.customers != here:
        yield f"{totals.customers} customers by the control totals and {here} in the book"
    behind = book.related.height if book.related is not None else 0
    if totals.behind is not None and totals.behind != behind:
        yield f"{totals.behind} parties behind customers by the control totals and {behind} in the book"
    counted = dict(book.columns["kind"].drop_nulls().value_counts().iter_rows())
    for kind, wanted in sorted(totals.kinds.items()):
        if counted.get(kind, 0) != wanted:
            yield f"{wanted} of kind {kind} by the control totals and {counted.get(kind, 0)} in the book"
