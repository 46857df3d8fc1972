"""`interdict keys`: who may use the service; a key is shown once and kept as a hash."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

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
    reported,
    table,
)
from interdiction.errors import UsageError

if TYPE_CHECKING:
    from interdiction.model.access import AccessKey, Role, Scope

app = typer.Typer(
    name="keys",
    help="Keys of the service: add, list, rotate, revoke (docs/roles.md).",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_SHOWN_ONCE = "This is the only time it is shown. Keep it where secrets are kept."
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="As `keys list` shows it.")]


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="Who or what will use it; it stands in the record.")],
    role: Annotated[str, typer.Option(metavar="ROLE", help="viewer, analyst, approver or administrator.")] = "viewer",
    scope: Annotated[
        list[str] | None, typer.Option(metavar="SCOPE", help="Limit it to screen, payments, lists, ...; repeatable.")
    ] = None,
    expires: Annotated[
        str | None, typer.Option(metavar="INSTANT", help="When it ends, such as 2027-01-01.", show_default=False)
    ] = None,
    per_second: Annotated[float, typer.Option(min=0, help="Requests a second; 0: no limit of its own.")] = 0.0,
    by: ByOption = "",
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Make a key and show it, once."""
    with reported(json):
        from interdiction.engine import access
        from interdiction.engine.home import Home

        key, text = access.add(
            Home.open(home),
            name,
            _role(role),
            by=_named(by),
            at=now(),
            entropy=os.urandom(96),
            scopes=_scopes(scope or []),
            expires_at=instant(expires, "--expires"),
            per_second=per_second,
        )
        _show(key, text, json=json)


@app.command("list")
def list_(home: HomeOption = DEFAULT_HOME, json: JsonOption = False) -> None:
    """Show every key there ever was, without its secret."""
    with reported(json):
        from interdiction.engine import access
        from interdiction.engine.home import Home

        at = now()
        found = [one.key for one in access.keys(Home.open(home))]
        if json:
            envelope("interdict.keys/1", None, (), [{"usable": one.usable(at), "key": one} for one in found])
            return
        table(
            ["id", "name", "role", "scopes", "since", "until", "state"],
            (
                (
                    one.id,
                    one.name,
                    one.role.value,
                    " ".join(scope.value for scope in one.scopes) or "all",
                    one.created_at.date(),
                    (one.revoked_at or one.expires_at or ""),
                    "open" if one.usable(at) else f"waits for {one.waits_for}" if one.waits_for else "closed",
                )
                for one in found
            ),
        )


@app.command("rotate")
def rotate(
    uid: IdArgument,
    keep_hours: Annotated[
        float, typer.Option("--keep-hours", min=0, help="How long the old one goes on, for clients to change over.")
    ] = 24.0,
    by: ByOption = "",
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Make a key in the place of another, which goes on for a while."""
    with reported(json):
        from interdiction.engine import access
        from interdiction.engine.home import Home

        at = now()
        until = at + timedelta(hours=keep_hours)
        key, text = access.rotate(Home.open(home), uid, by=_named(by), at=at, until=until, entropy=os.urandom(96))
        _show(key, text, json=json)


@app.command("revoke")
def revoke(uid: IdArgument, by: ByOption = "", home: HomeOption = DEFAULT_HOME, json: JsonOption = False) -> None:
    """Let a key open nothing from now on."""
    with reported(json):
        from interdiction.engine import access
        from interdiction.engine.home import Home

        key = access.revoke(Home.open(home), uid, by=_named(by), at=now())
        if json:
            envelope("interdict.keys.revoke/1", None, (), {"key": key})
        else:
            line(f"{key.id} ({key.name}) opens nothing any more")


def _show(key: AccessKey, text: str, *, json: bool) -> None:
    if json:
        envelope("interdict.keys.add/1", None, (), {"key": key, "text": text})
        return
    line(f"{key.id}  {key.name}  {key.role.value}")
    line(text, style="bold")
    line(_SHOWN_ONCE, style="yellow")
    if key.waits_for:
        line(f"It opens nothing until another person approves it: interdict changes approve {key.waits_for}", "bold")


def _named(by: str) -> str:
    from interdiction.model.signed import require_by

    require_by("a key", by)
    return by.strip()


def _role(text: str) -> Role:
    from interdiction.model.access import Role

    try:
        return Role(text.strip().lower())
    except ValueError as error:
        raise UsageError(
            f"no role is called {text!r}", where="--role", mend=f"use one of {', '.join(Role)}", code="role"
        ) from error


def _scopes(texts: list[str]) -> list[Scope]:
    from interdiction.model.access import Scope

    try:
        return [Scope(one.strip().lower()) for text in texts for one in text.split(",") if one.strip()]
    except ValueError as error:
        raise UsageError(str(error), where="--scope", mend=f"use {', '.join(Scope)}", code="scope") from error
