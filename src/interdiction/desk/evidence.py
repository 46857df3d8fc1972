"""The evidence for one decision gathered from a home, decided again meanwhile, and logged as given out."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from interdiction.engine.audit import note
from interdiction.engine.replay import Inputs, Replayed, replay
from interdiction.engine.reporting import view
from interdiction.ledger import book
from interdiction.model.audit import AuditKind, Deed
from interdiction.model.signed import require_by
from interdiction.reports import evidence
from interdiction.reports.evidence import Pack

if TYPE_CHECKING:
    from interdiction.engine.hall import Engine
    from interdiction.model import KeptFile, Record
    from interdiction.store.decisions import Decisions


class Gathered(msgspec.Struct, frozen=True):
    """Everything one decision rests on: the pack, the bytes it was given on, and every document with its bytes."""

    pack: Pack
    data: bytes
    files: tuple[tuple[KeptFile, bytes], ...]


def gather(engine: Engine, number: int, *, by: str, at: datetime, to: str) -> Gathered:
    """Gather the evidence and log that it was given out, `to` whom or into which file.

    Raises `UsageError`: `by-required`, `unknown-decision`.
    """
    require_by("evidence", by)
    with engine.home.reading() as reader:
        decisions, books = view(reader, engine.home)
        record = decisions.get(number)
        run = decisions.run(record.run)
        data = decisions.file(run.input.sha256)
        ends = {one.number: end for one, end in decisions.runs()}
        again = replay(engine, record, run, Inputs(run, data))
        found = evidence.pack(
            record,
            run,
            ends.get(run.number),
            _chain(decisions, record),
            data,
            at=at,
            by=by.strip(),
            replay=_said(again),
            decision_sha256=hashlib.sha256(bytes(record.decision)).hexdigest(),
            held=book(books.entries()),
            filings=books.filings(),
            receipts=books.receipts(),
        )
        files = tuple((one, decisions.file(one.sha256)) for one in evidence.documents(found))
    note(engine.home, Deed(at, AuditKind.EXPORTED, record.id, {"to": to}, by.strip()))
    return Gathered(found, data, files)


def _chain(decisions: Decisions, record: Record) -> list[Record]:
    chain = decisions.chain(record.number)
    while (later := decisions.following(chain[-1].number)) is not None:
        chain.append(later)
    return chain


def _said(again: Replayed) -> str:
    if again.same:
        return "Decided again for this page on the stored input and editions, it came out the same, byte for byte."
    if again.failed:
        return f"It could not be decided again: {again.failed}"
    fields = ", ".join(one.field for one in again.differences)
    return f"Decided again for this page it came out differently in: {fields}."
