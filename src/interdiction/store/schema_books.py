"""The tables of monitored books: what is registered, the customers in slices, and single customers that changed."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, Table, Text

from interdiction.store.metadata import registry

monitored_book = Table(
    "monitored_book",
    registry,
    Column("source", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("detail", LargeBinary, nullable=False),  # the Monitored as canonical JSON
)

monitored_slice = Table(
    "monitored_slice",
    registry,
    Column("source", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("first", Integer, primary_key=True),
    Column("customers", LargeBinary, nullable=False),  # an Arrow file, compressed: the columns of the book
    Column("behind", LargeBinary, nullable=False),  # the same for the parties behind them; empty where there are none
    Column("sha256", LargeBinary, nullable=False),
)

monitored_change = Table(
    "monitored_change",
    registry,
    Column("source", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("customer", Text, nullable=False),  # the id by which the source knows the customer
    Column("body", LargeBinary, nullable=False),  # the customer as one JSON line of a book; empty: it is gone
    Column("sha256", LargeBinary, nullable=False),
)
