"""`interdict serve`: the service on one address, in one process or several."""

from __future__ import annotations

import os
import sys
import tempfile
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from interdiction.cli.door import DEFAULT_HOME, HomeOption, JsonOption, reported
from interdiction.errors import DataError, UsageError

if TYPE_CHECKING:
    from interdiction.api.service import Settings
    from interdiction.config import Config
    from interdiction.engine.home import Home


def serve(
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes; one for each core is plenty.")] = 1,
    tls_cert: Annotated[
        Path | None, typer.Option("--tls-cert", metavar="FILE", help="Certificate (PEM), with --tls-key.")
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option("--tls-key", metavar="FILE", help="Private key (PEM, PKCS#8).")
    ] = None,
    open_to_all: Annotated[
        bool, typer.Option("--open", help="Ask nobody for a key: for a trial on this machine only.")
    ] = False,
    log: Annotated[bool, typer.Option("--log/--no-log", help="One line for each request on standard error.")] = True,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Answer over HTTP until it is stopped (docs/service.md)."""
    with reported(json), tempfile.TemporaryDirectory(prefix="interdict-metrics-") as folder:
        if workers > 1:
            # Asked once, when the figures are imported: it has to stand before that.
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        from interdiction.api.service import Settings
        from interdiction.engine.home import Home

        opened = Home.open(home)
        config = _in_force(opened)
        _refuse_open(host, open_to_all=open_to_all)
        if (tls_cert is None) != (tls_key is None):
            raise UsageError(
                "a certificate needs its key", where="--tls-cert", mend="give --tls-cert and --tls-key", code="tls"
            )
        if not json:
            _say_standing(config)
        settings = Settings(str(opened.path.resolve()), open_to_all, log, workers)
        _run(settings, host, port, tls_cert, tls_key)


def _in_force(home: Home) -> Config:
    """Give the configuration that two people approved, or that of a trial, as the store knows it.

    Raises `DataError` (`approved`) where the home has an approval of which the store knows nothing.
    """
    from interdiction.config import Config
    from interdiction.engine.changes import restore
    from interdiction.errors import NoListError

    try:
        known = restore(home)
    except NoListError:
        known = None  # nothing was imported: there is nothing to answer from yet
    config = Config.read(home.path)
    if (known.change if known else "") != config.approved_by:
        raise DataError(
            "the store knows of no approved configuration, the home does",
            where=str(home.path / "approved"),
            mend="use the store in which it was approved",
            code="approved",
        )
    return config


def _say_standing(config: Config) -> None:
    """Say that it is a trial, or which files are not what was approved."""
    from interdiction.cli.changes import TRIAL

    if not config.approved_by:
        sys.stderr.write(f"interdict: {TRIAL}\n")
    for name in config.unapproved:
        sys.stderr.write(f"interdict: {name} is not what was approved: what was approved stays in force\n")


def _refuse_open(host: str, *, open_to_all: bool) -> None:
    """See that an open service listens on this machine alone."""
    if not open_to_all:
        return
    try:
        local = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        local = False
    if not local:
        raise UsageError(
            f"an open service must not listen on {host}",
            where="--open",
            mend="leave --open out and make a key: interdict keys add",
            code="open-to-all",
        )
    sys.stderr.write(
        "interdict: OPEN: nobody is asked for a key. Whoever reaches this address is an analyst. For a trial only.\n"
    )


def _run(settings: Settings, host: str, port: int, tls_cert: Path | None, tls_key: Path | None) -> None:
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.server import Server

    server = Server(
        "interdiction.api.app:application",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=settings.workers,
        http=HTTPModes.http1 if tls_cert is None else HTTPModes.auto,
        http1_settings=HTTP1Settings(header_read_timeout=15_000),
        websockets=False,
        log_enabled=False,
        ssl_cert=tls_cert,
        ssl_key=tls_key,
        backlog=2048,
    )
    server.serve(target_loader=partial(_loaded, settings), wrap_loader=False)


def _loaded(settings: Settings, *_: Any) -> Any:
    """Make the application in the process that serves it."""
    from interdiction.api.app import application

    return application(settings)
