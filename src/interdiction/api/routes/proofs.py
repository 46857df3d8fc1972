"""The routes of proof: decisions decided again, looked back at, their evidence, and the log written out and signed."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromQuery, JSONBody
from litestar.response import Stream

from interdiction.api.answers import answer, caller_of, envelope
from interdiction.api.clock import now
from interdiction.api.door import forbidden
from interdiction.api.kinds import InPath, Serving, in_thread
from interdiction.api.permits import LOOKING, WORKING, allow
from interdiction.api.recording import RECORDING
from interdiction.desk.evidence import gather
from interdiction.engine import audit, finds
from interdiction.engine.lookback import look_back
from interdiction.engine.records import kept, number_of
from interdiction.engine.replay import Inputs, Replayed, replay
from interdiction.engine.signing import signing_key
from interdiction.errors import UsageError
from interdiction.model import Asked
from interdiction.model.access import Role, Scope
from interdiction.reports import evidence
from interdiction.reports.evidence_page import evidence as page

MOST: Final = 1000
"""Decisions of one request that are decided again."""
SIGNING: Final = frozenset({Role.APPROVER, Role.ADMINISTRATOR})
_READ: Final = 1 << 16


class ReplayIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which decisions to decide again."""

    decisions: list[str]


class LookbackIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From which day on decisions are looked at; `record` keeps what is found and opens cases on it."""

    since: date | None = None
    threshold: float | None = None
    record: bool = False


class PageForm(StrEnum):
    """The form in which evidence is given."""

    JSON = "json"
    HTML = "html"


@get("/v1/decisions/runs", opt=allow(LOOKING, Scope.DECISIONS), tags=["decisions"], operation_id="runs",
     summary="What was decided on, file by file")  # fmt: skip
@in_thread
def runs(service: Serving) -> Response[bytes]:
    """Give every run: how many were read, screened and kept, against what; without an end it was interrupted."""
    with kept(service.hall.engine.home) as decisions:
        found = decisions.runs()
    shown = [{"run": run, "end": end} for run, end in found]
    return answer(envelope("decisions.runs", None, now().date(), (), shown))


@post("/v1/decisions/replay", opt=allow(LOOKING, Scope.DECISIONS), status_code=200, tags=["decisions"],
      operation_id="replay", summary="Decide again, as of then")  # fmt: skip
@in_thread
def replayed(service: Serving, data: JSONBody[ReplayIn]) -> Response[bytes]:
    """Decide again on the stored input, editions and policy, and say whether the same bytes come out."""
    if not 0 < len(data.decisions) <= MOST:
        raise UsageError(
            f"{len(data.decisions)} decisions cannot be replayed at once",
            where="decisions",
            mend=f"name 1 to {MOST}",
            code="too-many-queries",
        )
    engine = service.hall.engine
    found: list[Replayed] = []
    inputs: dict[int, Inputs] = {}
    with kept(engine.home) as decisions:
        for record in [decisions.get(number_of(one)) for one in data.decisions]:
            run = decisions.run(record.run)
            if record.run not in inputs:
                inputs = {record.run: Inputs(run, decisions.file(run.input.sha256))}
            found.append(replay(engine, record, run, inputs[record.run]))
    same = sum(one.same for one in found)
    return answer(envelope("decisions.replay", None, now().date(), (), found, same=same))


@post("/v1/decisions/lookback", opt=allow(LOOKING, Scope.DECISIONS), status_code=200, tags=["decisions"],
      operation_id="lookback", summary="Look again at payments for what took effect before it was known")  # fmt: skip
@in_thread
def lookback(request: Request[Any, Any, Any], service: Serving, data: JSONBody[LookbackIn]) -> Response[bytes]:
    """Look again at kept payments for what the law had in effect before it was in force here."""
    at, engine, caller = now(), service.hall.engine, caller_of(request)
    if data.record and caller.role not in RECORDING:
        raise forbidden(caller)
    looked = look_back(engine, since=data.since, threshold=data.threshold)
    new = finds.keep(engine, looked, Asked(threshold=data.threshold), at=at) if data.record else []
    cases = finds.raise_on(engine, new, at=at) if new else []
    answering = service.hall.current()
    body = envelope(
        "lookback",
        None,
        at.date(),
        answering.force.editions,
        [{"sentence": one.sentence, "after": one} for one in looked.found],
        answering.said_on(at.date()).alarms,
        looked=looked.looked,
        kept=[one.id for one in new],
        cases=[f"C-{one}" for one in cases],
    )
    return answer(body)


@post("/v1/decisions/{decision:str}/evidence", opt=allow(WORKING, Scope.DECISIONS), status_code=200,
      tags=["decisions"], operation_id="evidence", summary="Everything one decision rests on")  # fmt: skip
@in_thread
def given(
    request: Request[Any, Any, Any], service: Serving, decision: InPath, form: FromQuery[PageForm] = PageForm.JSON
) -> Response[bytes]:
    """Gather the evidence for an examiner, decided again meanwhile. That it was given out is logged."""
    number = number_of(decision)
    found = gather(service.hall.engine, number, by=caller_of(request).name, at=now(), to=f"D-{number}.{form}")
    if form is PageForm.HTML:
        return Response(page(found.pack).encode("utf-8"), media_type="text/html; charset=utf-8")
    return answer(evidence.data(found.pack))


@post("/v1/audit/checkpoint", opt=allow(SIGNING, Scope.AUDIT), status_code=201, tags=["audit"],
      operation_id="checkpoint", summary="Sign how the log ends now")  # fmt: skip
@in_thread
def checkpoint(service: Serving) -> Response[bytes]:
    """Sign how the log ends; keep the answer where nobody who owns the home can reach it."""
    home, at = service.hall.engine.home, now()
    signed = audit.checkpoint(home, signing_key(home, os.urandom), at)
    return answer(envelope("audit.checkpoint", None, at.date(), (), signed), 201)


@post("/v1/audit/export", opt=allow(SIGNING, Scope.AUDIT), status_code=200, tags=["audit"],
      operation_id="export_audit", summary="The whole log, for a verifier who trusts nobody")  # fmt: skip
@in_thread
def export(request: Request[Any, Any, Any], service: Serving) -> Stream:
    """Give the log, its checkpoints and the public key as a ZIP; that it was given out is logged first."""
    home = service.hall.engine.home
    by, key = caller_of(request).name, signing_key(home, os.urandom)
    folder = tempfile.TemporaryDirectory(prefix="interdict-")
    path = Path(folder.name) / "audit.zip"
    try:
        done = audit.export(home, Path(folder.name) / "audit", key, by=by, at=now())
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as whole:
            for file in done.files:
                whole.write(file, Path(file).name)
    except BaseException:
        folder.cleanup()
        raise
    headers = {"content-disposition": 'attachment; filename="audit.zip"'}
    return Stream(_read(folder, path), media_type="application/zip", headers=headers)


def _read(folder: tempfile.TemporaryDirectory[str], path: Path) -> Iterator[bytes]:
    with folder, path.open("rb") as file:
        while part := file.read(_READ):
            yield part


ROUTES = (runs, replayed, lookback, given, checkpoint, export)
