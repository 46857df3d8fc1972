"""What the service counts, in the form of Prometheus: requests, their time, parties screened, the age of lists."""

from __future__ import annotations

import os
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""Where several processes of one service leave their figures; `interdict serve` sets it."""

_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_ROUTES_KEPT: Final = 200


class Metrics:
    """The figures of one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "interdict_requests_total", "Requests answered.", ["route", "method", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "interdict_request_seconds", "Time to answer.", ["route"], buckets=_SECONDS, registry=self._registry
        )
        self._screened = Counter("interdict_screened_total", "Parties screened.", registry=self._registry)
        self._hits = Counter("interdict_hits_total", "Hits shown.", registry=self._registry)
        self._age = Gauge(
            "interdict_list_age_days", "Days since the edition in force.", ["list"],
            registry=self._registry, multiprocess_mode="max",
        )  # fmt: skip
        self._ready = Gauge(
            "interdict_ready", "Whether there are lists to answer from.",
            registry=self._registry, multiprocess_mode="min",
        )  # fmt: skip
        self._known: set[str] = set()
        self._counted: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count one request. Routes are templates: a path with a name in it never becomes a label."""
        if route not in self._known:
            if len(self._known) >= _ROUTES_KEPT:
                route = "other"
            self._known.add(route)
        count, time = self._counting(route, method, status)
        count.inc()
        time.observe(seconds)

    def _counting(self, route: str, method: str, status: int) -> tuple[Counter, Histogram]:
        key = (route, method, status)
        found = self._counted.get(key)
        if found is None:
            if len(self._counted) >= _ROUTES_KEPT:
                self._counted.clear()
            found = self._requests.labels(route, method, status), self._seconds.labels(route)
            self._counted[key] = found
        return found

    def screened(self, parties: int, hits: int) -> None:
        """Count what was screened."""
        self._screened.inc(parties)
        self._hits.inc(hits)

    def stands(self, ages: dict[str, int], *, ready: bool) -> None:
        """Take note of what is in force."""
        self._ready.set(1 if ready else 0)
        for key, days in ages.items():
            self._age.labels(key).set(days)

    def text(self) -> bytes:
        """Give the figures of all processes of this service."""
        if os.environ.get(FOLDER):
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
            return generate_latest(registry)
        return generate_latest(self._registry)
