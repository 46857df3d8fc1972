"""Holds what stands in the columns beside a body against the body: whoever changes a column alone is seen.

Queries ask the columns, people read the body. Where they differ one of them was changed from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import msgspec
import sqlalchemy as sa
import zstandard

from interdiction.model import Edition, Entry, FetchAttempt, Filing, Pairing, Receipt, Record, Run, RunEnd
from interdiction.model.access import AccessKey
from interdiction.model.audit import SignedCheckpoint
from interdiction.model.case import Case, CaseEntry
from interdiction.model.clearance import ClearanceEntry
from interdiction.model.codec import decoder
from interdiction.model.monitored import Monitored
from interdiction.model.order import OrderEvent
from interdiction.model.ownership import RegisterImport
from interdiction.model.rescreen import Rescreen, RescreenEnd, Slice
from interdiction.model.webhook import Message, Webhook
from interdiction.store import schema, schema_books
from interdiction.store.decisions import column
from interdiction.store.instants import stamp

AT_ONCE: Final = 2000
Columns = Callable[[Any], Mapping[str, object]]

TOLD: Final[dict[sa.Table, tuple[type, str, Columns]]] = {
    schema.edition: (Edition, "detail", lambda one: {
        "list": one.list, "seq": one.seq, "id": one.id, "on_date": one.on, "known_at": stamp(one.known_at),
        "sha256": one.sha256, "state": one.state.value}),
    schema.fetch_attempt: (FetchAttempt, "detail", lambda one: {
        "list": one.list, "at": stamp(one.at), "verdict": one.verdict.value}),
    schema.stake_register: (RegisterImport, "detail", lambda one: {"source": one.source, "at": stamp(one.at)}),
    schema.order_event: (OrderEvent, "body", lambda one: {
        "order_number": one.order, "act": one.act.value, "at": stamp(one.at)}),
    schema.run: (Run, "body", lambda one: {"number": one.number, "at": stamp(one.at), "input": one.input.sha256}),
    schema.run_end: (RunEnd, "body", lambda one: {"run": one.run}),
    schema.decision: (Record, "body", lambda one: {
        "number": one.number, "run": one.run, "subject": one.subject.value, "name": column(one.name),
        "result": one.result, "follows": one.follows}),
    schema.ledger_entry: (Entry, "body", lambda one: {"number": one.number, "property": one.property}),
    schema.pairing: (Pairing, "detail", lambda one: {"one": one.one, "other": one.other, "at": stamp(one.at)}),
    schema.rescreen: (Rescreen, "begun", lambda one: {
        "number": one.number, "source": one.source, "identity": one.identity}),
    schema.rescreen_slice: (Slice, "body", lambda one: {"first": one.first}),
    schema.audit_checkpoint: (SignedCheckpoint, "body", lambda one: {
        "seq": one.checkpoint.seq, "at": one.checkpoint.at}),
    schema.case_work: (Case, "body", lambda one: {
        "number": one.number, "subject_kind": one.subject_kind.value, "subject": column(one.subject),
        "state": one.state.value, "version": one.version, "opened_at": stamp(one.opened_at)}),
    schema.case_entry: (CaseEntry, "body", lambda one: {
        "case_number": one.case, "act": one.act, "at": stamp(one.at)}),
    schema.clearance_entry: (ClearanceEntry, "body", lambda one: {
        "clearance": one.clearance, "act": one.act.value, "at": stamp(one.at)}),
    schema.access_key: (AccessKey, "body", lambda one: {"id": one.id}),
    schema.webhook: (Webhook, "body", lambda one: {"number": one.number}),
    schema.webhook_message: (Message, "body", lambda one: {
        "number": one.number, "webhook": one.webhook, "subject": one.subject, "state": one.state.value,
        "due": stamp(one.due or one.at)}),
    schema_books.monitored_book: (Monitored, "detail", lambda one: {
        "source": column(one.source), "version": one.version}),
}  # fmt: skip
"""By table: what its body is, in which column it stands, and what the columns beside it must say."""


def differing(connection: sa.Connection) -> Iterator[tuple[str, str]]:
    """Give every row whose columns do not say what its body says, as (where, what). Emptied bodies say nothing."""
    unpacker = zstandard.ZstdDecompressor()
    packed = {schema.decision, schema.rescreen_slice}
    for table, (kind, body, columns) in TOLD.items():
        read: Callable[[bytes], object] = decoder(kind).decode
        yield from _differing(connection, table, body, columns, read, unpacker.decompress if table in packed else bytes)
    yield from _differing(connection, schema.filing, "body", _filed, _filing, bytes)
    ended = sa.select(schema.rescreen.c.number, schema.rescreen.c.ended).where(schema.rescreen.c.ended.is_not(None))
    for number, text in connection.execute(ended):
        try:
            said = decoder(RescreenEnd).decode(text).number
        except msgspec.DecodeError:
            said = 0
        if said != number:
            yield f"rescreen {number}", "its end is another's or cannot be read"


def _differing(
    connection: sa.Connection,
    table: sa.Table,
    body: str,
    columns: Columns,
    read: Callable[[bytes], object],
    unpacked: Callable[[bytes], bytes],
) -> Iterator[tuple[str, str]]:
    keys = table.primary_key.columns
    query = sa.select(table).order_by(*keys)
    for row in connection.execute(query, execution_options={"yield_per": AT_ONCE}).mappings():
        where = f"{table.name} {' '.join(str(row[one.name]) for one in keys)}"
        text = bytes(row[body])
        if not text:
            continue
        try:
            said = columns(read(unpacked(text)))
        except (msgspec.DecodeError, zstandard.ZstdError):
            yield where, "it cannot be read"
            continue
        wrong = [name for name, value in said.items() if row[name] != value]
        if wrong:
            yield where, f"beside its text stands another {', '.join(wrong)}"


def _filing(text: bytes) -> Filing | Receipt:
    try:
        return decoder(Filing).decode(text)
    except msgspec.ValidationError:
        return decoder(Receipt).decode(text)


def _filed(one: Filing | Receipt) -> Mapping[str, object]:
    return {"number": one.number, "what": "filed" if isinstance(one, Receipt) else "made"}
