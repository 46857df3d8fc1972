"""What follows a command that wrote to a home: the end of its audit log is signed where that is due."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from interdiction.cli.door import now
from interdiction.errors import InterdictError


def keep_signed(homes: Iterable[Path], *, json: bool) -> None:
    """Sign where it is due. What was done stands whatever becomes of it: what goes wrong is told, and no exit code."""
    for path in sorted(homes):
        try:
            _keep_signed(path)
        except InterdictError as error:
            if json:
                from interdiction.model import to_json

                warned = {"code": error.code, "message": f"the audit log was not signed: {error.message}"}
                sys.stderr.write(to_json({"warning": warned}).decode("utf-8") + "\n")
            else:
                sys.stderr.write(f"interdict: the audit log was not signed: {error.message} [{error.code}]\n")


def _keep_signed(path: Path) -> None:
    import secrets

    from interdiction.config import Config
    from interdiction.engine.checkpoints import keep_up
    from interdiction.engine.home import Home

    keep_up(Home.open(path), Config.read(path).audit, now(), secrets.token_bytes)
