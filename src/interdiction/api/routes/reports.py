"""The routes of reports: what is owed by when, made, read, filed with its receipt; and the figures of the work."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Final

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromQuery, JSONBody, QueryParameter

from interdiction.api.answers import answer, caller_of, envelope, tagged
from interdiction.api.clock import now
from interdiction.api.kinds import InPath, Serving, Switch, in_thread
from interdiction.api.permits import LOOKING, WORKING, allow
from interdiction.desk import figures, making
from interdiction.desk.state import state_of
from interdiction.engine import reporting
from interdiction.engine.blocked import books
from interdiction.engine.records import number_of
from interdiction.errors import UsageError
from interdiction.model import ExchangeRate, Filing
from interdiction.model.access import Scope
from interdiction.reports.due import Stage, owed
from interdiction.reports.write import file_name, written

From = Annotated[date | None, QueryParameter(name="from", description="The first day (30 days ago).")]
To = Annotated[date | None, QueryParameter(name="to", description="The last day (today).")]


class Form(StrEnum):
    """The form a report is written in."""

    JSON = "json"
    HTML = "html"
    CSV = "csv"
    XLSX = "xlsx"


_MEDIA: Final = {
    Form.JSON: "application/json",
    Form.HTML: "text/html; charset=utf-8",
    Form.CSV: "text/csv; charset=utf-8",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class FileIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file with its name; `data` in base64."""

    name: str
    data: bytes


class RateIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one of a unit is worth in the currency of the report; `value` as text, such as "1.1189"."""

    unit: str
    value: Decimal
    on: date | None = None


class ReportIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A report to be made: its kind, what it is about (B-3, D-12, E-7, or a day), and what the record does not know."""

    kind: str
    subjects: list[str]
    details: dict[str, str] = {}
    documents: list[FileIn] = []
    rates: list[RateIn] = []
    supplements: str = ""


class FiledIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That a report was filed: the authority's reference, the day, what went out, and the receipt itself."""

    receipt: str
    on: date | None = None
    copy: FileIn | None = None
    receipt_file: FileIn | None = None


@get("/v1/reports", opt=allow(LOOKING, Scope.REPORTS), tags=["reports"], operation_id="reports",
     summary="Reports that were made")  # fmt: skip
@in_thread
def listed(service: Serving) -> Response[bytes]:
    """Give every report with its receipt, where it was filed."""
    with books(service.hall.engine.home) as stored:
        filings, receipts = stored.filings(), {one.filing: one for one in stored.receipts()}
    found = [{"id": one.id, "filing": one, "receipt": receipts.get(one.number)} for one in filings]
    return answer(envelope("report.list", None, now().date(), (), found))


@get("/v1/reports/due", opt=allow(LOOKING, Scope.REPORTS), tags=["reports"], operation_id="reports_due",
     summary="Reports that are owed, and by which day")  # fmt: skip
@in_thread
def due(service: Serving, on: FromQuery[date | None] = None, every: Switch = False) -> Response[bytes]:
    """Give what is owed, for what, by when and why; with `every` also what was filed and what is excepted."""
    today, engine = on or now().date(), service.hall.engine
    found = owed(state_of(engine.home, engine.policy), today)
    open_ = [one for one in found if every or one.stage in {Stage.OWED, Stage.MADE}]
    return answer(envelope("report.due", today, today, (), open_, late=sum(one.late for one in found)))


@get("/v1/reports/metrics", opt=allow(LOOKING, Scope.REPORTS), tags=["reports"], operation_id="report_metrics",
     summary="The figures of the work on alerts")  # fmt: skip
@in_thread
def metrics(
    service: Serving, first: From = None, last: To = None, form: FromQuery[Form] = Form.JSON
) -> Response[bytes]:
    """Give alerts, false hits, times to decision, ageing, list age, coverage of monitoring; as JSON or CSV."""
    at = now()
    begin, end = figures.days(first, last, at)
    found = figures.figures_of(service.hall.engine.home, begin, end, at)
    if form is Form.JSON:
        return answer(envelope("metrics", None, at.date(), (), found, first=begin, last=end))
    if form is not Form.CSV:
        raise UsageError(f"figures are not written as {form}", where="form", mend="use json or csv", code="parameter")
    out = io.BytesIO()
    figures.table_of(found).write_csv(out)
    return Response(out.getvalue(), media_type=_MEDIA[Form.CSV])


@post("/v1/reports", opt=allow(WORKING, Scope.REPORTS), status_code=201, tags=["reports"], operation_id="make_report",
      summary="Make a report")  # fmt: skip
@in_thread
def make(request: Request[Any, Any, Any], service: Serving, data: JSONBody[ReportIn]) -> Response[bytes]:
    """Make a report and keep it. Refused only without submitter, date, authority or documents; other gaps are named."""
    at, engine = now(), service.hall.engine
    for one in data.rates:
        if not one.value.is_finite() or one.value <= 0:
            raise UsageError(f"not a rate: {one.value}", where="rates", mend="write 1.1189", code="rate")
    filing = making.make(
        engine.home,
        engine.policy,
        data.kind,
        data.subjects,
        by=caller_of(request).name,
        at=at,
        details=data.details,
        documents=lambda: reporting.keep_bytes(engine.home, [(one.name, one.data) for one in data.documents]),
        rates=lambda currency: [
            ExchangeRate(one.unit, currency, one.value, one.on or at.date(), "stated in the request")
            for one in data.rates
        ],
        supplements=data.supplements,
    )
    return answer(envelope("report.make", filing.as_of, at.date(), (), filing), 201, {"location": _at(filing)})


def _at(filing: Filing) -> str:
    return f"/v1/reports/{filing.id}"


@get("/v1/reports/{report:str}", opt=allow(LOOKING, Scope.REPORTS), tags=["reports"], operation_id="report",
     summary="One report, in a form an authority takes")  # fmt: skip
@in_thread
def show(
    request: Request[Any, Any, Any], service: Serving, report: InPath, form: FromQuery[Form] = Form.JSON
) -> Response[bytes]:
    """Give one report as JSON with its receipt, or as the page, the table or the workbook that is filed."""
    with books(service.hall.engine.home) as stored:
        filing = reporting.find(stored.filings(), number_of(report, "F"))
        receipt = next((one for one in stored.receipts() if one.filing == filing.number), None)
    if form is Form.JSON:
        return tagged(
            request, envelope("report.show", filing.as_of, now().date(), (), {"filing": filing, "receipt": receipt})
        )
    name = file_name(filing, f".{form}")
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(written(filing, f".{form}"), media_type=_MEDIA[form], headers=headers)


@post("/v1/reports/{report:str}/filed", opt=allow(WORKING, Scope.REPORTS), status_code=201, tags=["reports"],
      operation_id="report_filed", summary="Say that a report was filed")  # fmt: skip
@in_thread
def filed(
    request: Request[Any, Any, Any], service: Serving, report: InPath, data: JSONBody[FiledIn]
) -> Response[bytes]:
    """Keep that a report was filed, with the copy that went out (the page of it unless given) and the receipt."""
    at, home, number = now(), service.hall.engine.home, number_of(report, "F")
    with books(home) as stored:
        filing = reporting.find(stored.filings(), number)
    sent = (str(file_name(filing)), written(filing, ".html"))
    if data.copy is not None:
        sent = (data.copy.name, data.copy.data)
    kept = reporting.filed(
        home,
        number,
        receipt=data.receipt,
        on=data.on or at.date(),
        at=at,
        by=caller_of(request).name,
        copy=sent,
        receipt_file=(data.receipt_file.name, data.receipt_file.data) if data.receipt_file else None,
    )
    return answer(envelope("report.filed", None, at.date(), (), kept), 201)


ROUTES = (listed, due, metrics, make, show, filed)
