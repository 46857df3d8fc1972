"""Whether the process lives and whether it can answer: open to everybody, and saying nothing else."""

from __future__ import annotations

from litestar import MediaType, Response, get

from interdiction.api.kinds import Serving, in_thread
from interdiction.api.metrics import MEDIA_TYPE
from interdiction.api.permits import EVERYBODY, PROBE, allow
from interdiction.model.access import Scope


@get("/healthz", opt=PROBE, sync_to_thread=False, tags=["probes"], summary="The process lives")
def healthz() -> dict[str, str]:
    """Say that the process lives."""
    return {"status": "ok"}


@get("/readyz", opt=PROBE, sync_to_thread=False, tags=["probes"], summary="There are lists to answer from")
def readyz(service: Serving) -> Response[dict[str, str]]:
    """Say whether there are lists to answer from; 503 while there are none."""
    if service.hall.ready:
        return Response({"status": "ok"})
    return Response({"detail": "Index not ready."}, status_code=503)


@get(
    "/metrics", opt=allow(EVERYBODY, Scope.METRICS), media_type=MediaType.TEXT,
    tags=["probes"], summary="Figures for Prometheus",
)  # fmt: skip
@in_thread
def metrics(service: Serving) -> Response[bytes]:
    """Give the figures of all processes of this service."""
    return Response(service.metrics.text(), media_type=MEDIA_TYPE)


ROUTES = (healthz, readyz, metrics)
