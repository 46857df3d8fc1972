"""`interdict decisions export`: the evidence gathered, decided again meanwhile, and written where it was asked for."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from interdiction.cli.door import progress
from interdiction.errors import UsageError

if TYPE_CHECKING:
    from interdiction.engine.replay import Replayed
    from interdiction.model import KeptFile, Record
    from interdiction.reports.evidence import Pack
    from interdiction.store.decisions import Decisions


def export(id_: str, output: Path, *, by: str, home: Path, at: datetime) -> list[Path]:
    """Write the evidence as a page, as data or as a folder of both with every file, and give what was written.

    Raises `UsageError`: `by-required`, `unknown-decision`, `output` for a folder that has something in it.
    """
    from interdiction.engine import Engine
    from interdiction.engine.audit import note
    from interdiction.engine.records import number_of
    from interdiction.engine.replay import Inputs, replay
    from interdiction.engine.reporting import view
    from interdiction.ledger import book
    from interdiction.model.audit import AuditKind, Deed
    from interdiction.model.signed import require_by
    from interdiction.reports import evidence
    from interdiction.reports.evidence_page import evidence as page
    from interdiction.tables.write import write_whole

    require_by("evidence", by)
    with progress("export") as step, Engine.open(home, progress=step) as engine, engine.home.reading() as reader:
        decisions, books = view(reader, engine.home)
        record = decisions.get(number_of(id_))
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
        note(engine.home, Deed(at, AuditKind.EXPORTED, record.id, {"to": output.name}, by.strip()))
        form = output.suffix.lower()
        if form in {".html", ".json"}:
            write_whole(page(found).encode("utf-8") if form == ".html" else evidence.data(found), output, "evidence")
            return [output]
        files = [(one, decisions.file(one.sha256)) for one in evidence.documents(found)]
        return _folder(output, found, data, files)


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


def _folder(folder: Path, found: Pack, data: bytes, files: list[tuple[KeptFile, bytes]]) -> list[Path]:
    from interdiction.reports import evidence
    from interdiction.reports.evidence_page import evidence as page
    from interdiction.reports.write import file_name, written
    from interdiction.tables.write import write_whole

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            f"{folder} is there already and has something in it",
            where="--output",
            mend="name a folder that is new or empty, or a file that ends in .html or .json",
            code="output",
        )
    contents = {
        Path("evidence.html"): page(found).encode("utf-8"),
        Path("evidence.json"): evidence.data(found),
        Path("decision.json"): bytes(found.record.decision),
        Path("input") / _plain(found.run.input.name): data,
    }
    contents |= {Path("reports") / file_name(one, ".html"): written(one, ".html") for one in found.filings}
    contents |= {Path("documents") / f"{one.sha256[:12]}-{_plain(one.name)}": body for one, body in files}
    made = []
    for name, body in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(body, path, "evidence")
        made.append(path)
    return made


def _plain(name: str) -> str:
    """Give a base name that stays inside the folder, whatever a file was once called."""
    return Path(name.replace("\\", "/")).name.lstrip(".") or "file"
