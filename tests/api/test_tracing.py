"""Traces: one span for each request, following the caller's, with nothing in it of anybody; off unless asked for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from interdiction.api import tracing
from interdiction.errors import UsageError
from tests.api.conftest import Client, served

NAME = "Zebedee Quill"
PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def spans(ask: Client) -> Any:
    """What the service of `ask` traces, kept in memory."""
    sdk = pytest.importorskip("opentelemetry.sdk.trace", reason="OpenTelemetry is not installed: the extra `otel`")
    memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")
    export = pytest.importorskip("opentelemetry.sdk.trace.export")
    kept = memory.InMemorySpanExporter()
    provider = sdk.TracerProvider()
    provider.add_span_processor(export.SimpleSpanProcessor(kept))
    ask.service.traces = tracing.Traces(provider)
    return kept


def test_a_request_is_one_span_that_follows_the_callers(ask: Client, spans: Any) -> None:
    ask("GET", "/v1/lists", headers={"traceparent": PARENT})
    (span,) = spans.get_finished_spans()
    assert (span.name, span.kind.name) == ("GET /v1/lists", "SERVER")
    assert dict(span.attributes)["http.response.status_code"] == 200
    assert f"{span.context.trace_id:032x}" == PARENT.split("-")[1]
    assert f"{span.parent.span_id:016x}" == PARENT.split("-")[2]


def test_no_span_says_whom_somebody_asked_about(ask: Client, spans: Any) -> None:
    query = {"queries": {"q": {"schema": "Person", "properties": {"name": [NAME]}}}}
    ask("POST", "/match/default", json=query)
    ask("POST", "/v1/check", json={"party": {"names": [NAME]}})
    ask("GET", "/search/default", params={"q": NAME})
    ask("GET", f"/entities/{NAME}")
    ask("GET", f"/{NAME}")
    found = spans.get_finished_spans()
    assert len(found) == 5
    assert [one.name for one in found[:2]] == ["POST /match/{dataset}", "POST /v1/check"]
    assert not [one for one in found if "Quill" in one.to_json() or "Zebedee" in one.to_json()]


def test_a_fault_of_ours_is_an_error_without_its_text(ask: Client, spans: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError(NAME)

    monkeypatch.setattr(ask.service.hall, "current", broken)
    assert ask("GET", "/catalog").status_code == 500
    (span,) = spans.get_finished_spans()
    assert span.status.status_code.name == "ERROR"
    assert "Quill" not in span.to_json()


def test_a_service_traces_nothing_unless_it_is_asked_for(ask: Client) -> None:
    assert ask.service.traces is None


def test_traces_that_cannot_be_made_are_refused_at_the_start(
    own_home: Path, clock: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own_home / "config.toml").write_text("[service]\ntraces = true\n", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "opentelemetry.trace", None)
    with pytest.raises(UsageError) as caught:
        served(own_home, open_to_all=True)
    assert caught.value.code == "traces"
