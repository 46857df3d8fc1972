"""What reports are made from, read from a home in one view; reports and receipts kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interdiction.engine.given import given_bytes, shown
from interdiction.engine.home import Home
from interdiction.engine.imports import WAIT_SECONDS
from interdiction.errors import UsageError
from interdiction.model import Filing, KeptFile, Receipt
from interdiction.model.signed import require_by

if TYPE_CHECKING:
    from interdiction.store.decisions import Decisions
    from interdiction.store.ledger import Books

REPORTED = ("block", "reject", "retain", "freeze")
"""The results of decisions that a report may be owed for."""


def view(reader: Any, home: Home) -> tuple[Decisions, Books]:
    """Give decisions and ledger in the one view of an open reader."""
    from interdiction.store.decisions import Decisions
    from interdiction.store.ledger import Books

    return Decisions(reader.connection, home.store), Books(reader.connection, home.store)


def keep_documents(home: Home, paths: Sequence[Path]) -> tuple[KeptFile, ...]:
    """Keep documents as they are and give their hashes. Raises `InputError` (`unreadable`)."""
    return keep_bytes(home, [(path.name, given_bytes(path)) for path in paths])


def keep_bytes(home: Home, documents: Sequence[tuple[str, bytes]]) -> tuple[KeptFile, ...]:
    """Keep documents, each with its name and bytes, and give their hashes."""
    if not documents:
        return ()
    with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        from interdiction.store import decisions

        return tuple(decisions.keep(connection, data, shown(name)) for name, data in documents)


def keep_filing(home: Home, filing: Filing) -> Filing:
    """Keep a report that was made and give it with its number."""
    with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        from interdiction.store import ledger

        return ledger.add_filing(connection, filing)


def filed(
    home: Home,
    number: int,
    *,
    receipt: str,
    on: date,
    at: datetime,
    by: str,
    copy: tuple[str, bytes],
    receipt_file: tuple[str, bytes] | None = None,
) -> Receipt:
    """Keep that a report was filed, with the copy that went out (its name and bytes) and the authority's receipt.

    Raises `UsageError`: `by-required`, `receipt-required`, `unknown-filing`, `already-filed`.
    """
    require_by("filing", by)
    if not receipt.strip():
        raise UsageError(
            "a report counts as filed with its receipt",
            where="--receipt",
            mend="give the authority's reference",
            code="receipt-required",
        )
    proof = None if receipt_file is None else (shown(receipt_file[0]), receipt_file[1])
    with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        from interdiction.store import decisions, ledger

        books = ledger.Books(connection, home.store)
        find(books.filings(), number)
        if any(one.filing == number for one in books.receipts()):
            raise UsageError(
                f"F-{number} was filed already",
                where=f"F-{number}",
                mend="make a supplement: interdict report make --supplements",
                code="already-filed",
            )
        name, data = copy
        return ledger.add_receipt(
            connection,
            Receipt(
                filing=number,
                on=on,
                at=at,
                by=by.strip(),
                receipt=receipt.strip(),
                copy=decisions.keep(connection, data, name),
                receipt_file=None if proof is None else decisions.keep(connection, proof[1], proof[0]),
            ),
        )


def find(filings: Sequence[Filing], number: int) -> Filing:
    """Give the report of a number. Raises `UsageError` (`unknown-filing`)."""
    for one in filings:
        if one.number == number:
            return one
    raise UsageError(
        f"no report has the number {number}",
        where=f"F-{number}",
        mend="interdict report list names them",
        code="unknown-filing",
    )
