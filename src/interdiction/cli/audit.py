"""`interdict audit`: the log of everything that decides: read, verified, signed at its end, written out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from interdiction.cli.door import (
    DEFAULT_HOME,
    ByOption,
    HomeOption,
    JsonOption,
    envelope,
    instant,
    line,
    now,
    progress,
    reported,
    table,
)

app = typer.Typer(
    name="audit",
    help="The log of everything that decides: read it, verify it, sign its end, write it out.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
BROKEN_EXIT = 5

KeyOption = Annotated[
    Path | None, typer.Option("--key", metavar="PEM", help="The Ed25519 key that signs; else the home's own.")
]


@app.command("list")
def list_(
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="Only these, such as decided.")] = None,
    about: Annotated[str | None, typer.Option(metavar="ID", help="Only about this, such as D-12 or O-3.")] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Only what this person did.")] = None,
    since: Annotated[str | None, typer.Option(metavar="INSTANT", help="Only from then on.")] = None,
    before: Annotated[int | None, typer.Option(metavar="SEQ", help="Only entries before this one.")] = None,
    most: Annotated[int, typer.Option(min=1, help="So many entries.")] = 50,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Show what was logged, the latest first."""
    from interdiction.engine.home import Home
    from interdiction.errors import UsageError
    from interdiction.model.audit import AuditKind
    from interdiction.store.audit import AuditLog
    from interdiction.store.instants import stamp

    with reported(json):
        if kind is not None and kind not in set(AuditKind):
            raise UsageError(
                f"no entry is of the kind {kind}", where="--kind", mend=f"one of {', '.join(AuditKind)}", code="kind"
            )
        when = instant(since, "--since")
        with Home.open(home).reading() as reader:
            found = AuditLog(reader.connection).entries(
                kind=kind, subject=about, by=by, since=stamp(when) if when else None, before=before, most=most
            )
        if json:
            envelope("interdict.audit.list/1", None, (), found)
            return
        rows = [(one.seq, f"{one.at[:10]} {one.at[11:19]}", one.kind, one.subject, one.by) for one in found]
        table(("entry", "at (UTC)", "kind", "about", "by"), rows)


@app.command()
def show(
    seq: Annotated[int, typer.Argument(metavar="SEQ", help="The number of the entry.", show_default=False)],
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Show one entry as it was written, with its hash."""
    from interdiction.engine.home import Home
    from interdiction.model.audit import AuditEntry
    from interdiction.model.codec import from_json
    from interdiction.store.audit import AuditLog

    with reported(json):
        with Home.open(home).reading() as reader:
            body, digest = AuditLog(reader.connection).get(seq)
        if json:
            envelope("interdict.audit.show/1", None, (), {"entry": from_json(body, AuditEntry), "hash": digest})
            return
        line(body.decode("utf-8"))
        line(f"hash {digest}", "dim")


@app.command()
def verify(
    checkpoints: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Checkpoints kept elsewhere, one a line.", show_default=False)
    ] = None,
    public: Annotated[
        list[Path] | None,
        typer.Option("--public", metavar="PEM", help="A public key that may have signed; repeatable."),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Verify the whole log: any edit, deletion, insertion, reordering, and a cut where a checkpoint knows of more."""
    from interdiction.engine import audit
    from interdiction.engine.home import Home
    from interdiction.engine.signing import public_key

    with reported(json):
        others = audit.read_checkpoints(checkpoints) if checkpoints else []
        keys = [public_key(path) for path in public or ()]
        with progress("verify") as step:
            found = audit.verify(Home.open(home), keys=keys, others=others, progress=step)
        if json:
            envelope("interdict.audit.verify/1", None, (), found)
        else:
            line(f"{found.entries} entries, {found.checkpoints} checkpoints")
            line("the log is whole" if not found.count else f"{found.count} faults", "bold")
            for one in found.faults:
                line(f"- entry {one.seq}: {one.what}")
            for one in found.notes:
                line(f"note: entry {one.seq}: {one.what}")
        raise typer.Exit(BROKEN_EXIT if found.count else 0)


@app.command()
def checkpoint(key: KeyOption = None, home: HomeOption = DEFAULT_HOME, json: JsonOption = False) -> None:
    """Sign how the log ends now. Keep what is printed where nobody who owns the home can reach it."""
    import secrets

    from interdiction.config import Config
    from interdiction.engine.checkpoints import sign
    from interdiction.engine.home import Home
    from interdiction.engine.signing import signing_key
    from interdiction.model import to_json

    with reported(json):
        opened = Home.open(home)
        asked = Config.read(opened.path).audit
        signed = sign(opened, asked, signing_key(opened, secrets.token_bytes, key), now())
        if json:
            envelope("interdict.audit.checkpoint/1", None, (), signed)
            return
        line(to_json(signed).decode("ascii"))


@app.command()
def export(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="A new folder to write into.", show_default=False)
    ],
    by: ByOption,
    key: KeyOption = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Write the log, its checkpoints and the public key, for a verifier who needs nothing of ours."""
    import secrets

    from interdiction.engine import audit
    from interdiction.engine.home import Home
    from interdiction.engine.signing import signing_key

    with reported(json):
        opened = Home.open(home)
        with progress("export") as step:
            done = audit.export(
                opened,
                output,
                signing_key(opened, secrets.token_bytes, key),
                by=by,
                at=now(),
                progress=step,
            )
        if json:
            envelope("interdict.audit.export/1", None, (), done)
            return
        line(f"{done.entries} entries, closed by the checkpoint of {done.closing.checkpoint.at}")
        for path in done.files:
            line(f"written {path}")
