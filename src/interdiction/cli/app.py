"""The commands put together, and the one place where an exception becomes a message and an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import typer
from typer.exceptions import Abort, Exit, TyperException

from interdiction.cli import (
    assure,
    audit,
    book,
    cases,
    changes,
    check,
    clearances,
    compare,
    decisions,
    demo,
    fit,
    impact,
    keys,
    ledger,
    licences,
    lists,
    lookback,
    metrics,
    orders,
    owners,
    pay,
    read,
    report,
    rescreen,
    screen,
    serve,
    store,
)
from interdiction.cli.door import fail
from interdiction.cli.sealing import keep_signed
from interdiction.config import STORE, TOUCHED
from interdiction.errors import InterdictError, StoppedError, UsageError

app = typer.Typer(
    name="interdict",
    help="Sanctions interdiction: from the announcement to the block, with proof.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("demo")(demo.demo)
app.add_typer(lists.app, name="lists")
app.command("check")(check.check)
app.command("compare")(compare.compare)
app.command("fit")(fit.fit)
app.command("screen")(screen.screen)
app.command("impact")(impact.impact)
app.command("pay")(pay.pay)
app.add_typer(decisions.app, name="decisions")
app.add_typer(cases.app, name="cases")
app.add_typer(book.app, name="book")
app.add_typer(changes.app, name="changes")
app.add_typer(clearances.app, name="clearances")
app.command("read")(read.read)
app.command("lookback")(lookback.lookback)
app.command("rescreen")(rescreen.rescreen)
app.command("rescreens")(rescreen.rescreens)
app.add_typer(orders.app, name="orders")
app.add_typer(owners.app, name="owners")
app.command("licences")(licences.licences)
app.add_typer(ledger.app, name="ledger")
app.add_typer(report.app, name="report")
app.command("metrics")(metrics.metrics)
app.command("assure")(assure.assure)
app.add_typer(audit.app, name="audit")
app.add_typer(store.app, name="store")
app.add_typer(keys.app, name="keys")
app.command("serve")(serve.serve)


@app.callback()
def root(
    context: typer.Context,
    _version: bool = typer.Option(False, "--version", "-V", help="Print the version and leave.", is_eager=True),
    store: str = typer.Option(
        "",
        metavar="URL",
        envvar="INTERDICT_STORE",
        show_default=False,
        show_envvar=False,
        help="A PostgreSQL database instead of the home's own; goes before config.toml. Also INTERDICT_STORE.",
    ),
) -> None:
    """Sanctions interdiction: from the announcement to the block, with proof."""
    before = STORE.get()
    STORE.set(store)
    context.call_on_close(lambda: STORE.set(before))


def run(arguments: Sequence[str]) -> int:
    """Run one command line and give its exit code; nothing escapes but an interrupt.

    0 done · 1 hits, or any disposition but RELEASE · 2 usage · 3 bad input · 4 lists · 5 our own fault; 130 when
    the user interrupted it.
    """
    json = "--json" in arguments
    homes: set[Path] = set()
    heard = TOUCHED.set(homes)
    try:
        return _run(arguments, json)
    finally:
        TOUCHED.reset(heard)
        if homes:
            keep_signed(homes, json=json)


def _run(arguments: Sequence[str], json: bool) -> int:  # noqa: PLR0911 - one way out per kind of ending
    command = typer.main.get_command(app)
    try:
        code = command.main(args=list(arguments), prog_name="interdict", standalone_mode=False)
    except Exit as stop:
        return stop.exit_code
    except TyperException as error:
        context = getattr(error, "ctx", None)
        if type(error).__name__ == "NoArgsIsHelpError" and context is not None:
            typer.echo(context.get_help())
            return 2
        place = context.command_path if context is not None else "interdict"
        return fail(UsageError(error.format_message(), where=place, mend=f"see {place} --help"), json)
    except (KeyboardInterrupt, Abort):
        return _interrupted(json)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone; there is nobody left to tell
        return 0
    except InterdictError as error:
        return fail(error, json)
    except Exception as error:  # noqa: BLE001 - the door: our own fault becomes exit code 5, never a bare traceback
        if os.environ.get("INTERDICT_DEBUG"):
            traceback.print_exc()
        mend = "run again with INTERDICT_DEBUG=1 and report what it prints"
        return fail(InterdictError(f"{type(error).__name__}: {error}", code="internal", mend=mend), json)
    if code == _INTERRUPTED:  # typer's own word for an interrupt inside a command
        return _interrupted(json)
    return code if isinstance(code, int) else 0


_INTERRUPTED = 130


def _interrupted(json: bool) -> int:
    """Say so; the shell's own code for it stands above those of the contract."""
    error = StoppedError(
        "interrupted before its end",
        mend="run it again; results and editions are written whole or not at all",
        code="interrupted",
    )
    fail(error, json)
    return _INTERRUPTED
