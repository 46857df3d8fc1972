"""Traces of requests for OpenTelemetry: one span each, with the route and the status, and nothing of anybody.

Off unless the home's config says `traces = true`; then `pip install 'interdiction[otel]'` is needed. Where the process
was given a provider already (`opentelemetry-instrument`) that one is used; else spans go out over OTLP, whose address
and headers come from the usual variables (`OTEL_EXPORTER_OTLP_ENDPOINT`).
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Any, Final

from interdiction.errors import UsageError

_NAME: Final = "interdiction"
_FAULT: Final = 500


class Traces:
    """What makes spans. `provider` is anything that gives tracers; spans follow the caller's `traceparent`."""

    def __init__(self, provider: Any) -> None:
        trace = importlib.import_module("opentelemetry.trace")
        self._server = trace.SpanKind.SERVER
        self._error = trace.Status(trace.StatusCode.ERROR)
        self._extract = importlib.import_module("opentelemetry.propagate").extract
        self._provider = provider
        self._tracer = provider.get_tracer(_NAME)

    def begin(self, method: str, headers: Iterable[tuple[bytes, bytes]]) -> Any:
        """Begin the span of a request."""
        said = {
            name.decode("latin-1"): value.decode("latin-1")
            for name, value in headers
            if name in {b"traceparent", b"tracestate"}
        }
        return self._tracer.start_span(method, context=self._extract(said), kind=self._server)

    def end(self, span: Any, method: str, route: str, status: int, request: str) -> None:
        """End it. The route is its template: a path may hold a name, and a query, a body or an error's text as well."""
        span.update_name(f"{method} {route}")
        span.set_attribute("http.request.method", method)
        span.set_attribute("http.route", route)
        span.set_attribute("http.response.status_code", status)
        span.set_attribute("interdiction.request", request)
        if status >= _FAULT or not status:
            span.set_status(self._error)
        span.end()

    def close(self) -> None:
        """Send what is left."""
        shutdown = getattr(self._provider, "shutdown", None)
        if shutdown is not None:
            shutdown()


def traces() -> Traces:
    """Give what makes spans of this process. Raises `UsageError` (`traces`) where OpenTelemetry is not installed."""
    try:
        trace = importlib.import_module("opentelemetry.trace")
        provider = trace.get_tracer_provider()
        if type(provider).__name__ == "ProxyTracerProvider":
            provider = _exporting()
        return Traces(provider)
    except ImportError as error:
        raise UsageError(
            f"traces are asked for and {error.name} is not installed",
            where="config.toml [service] traces",
            mend="pip install 'interdiction[otel]', or take traces out",
            code="traces",
        ) from error


def _exporting() -> Any:
    sdk = importlib.import_module("opentelemetry.sdk.trace")
    export = importlib.import_module("opentelemetry.sdk.trace.export")
    otlp = importlib.import_module("opentelemetry.exporter.otlp.proto.http.trace_exporter")
    resource = importlib.import_module("opentelemetry.sdk.resources").Resource.create({"service.name": _NAME})
    provider = sdk.TracerProvider(resource=resource)
    provider.add_span_processor(export.BatchSpanProcessor(otlp.OTLPSpanExporter()))
    return provider
