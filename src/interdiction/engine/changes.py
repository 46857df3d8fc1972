"""The configuration of a home under four eyes: proposed as it stands on disk, in force when somebody else approves.

1. Until the first approval a home is a trial: one person may change it, and is told so.
2. From then on the approved content is in force, whatever stands on disk; what differs is told and logged.
3. What only makes stricter is in force when it is proposed, and reviewed afterwards.
"""

from __future__ import annotations

import difflib
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from interdiction import approved
from interdiction.approved import Approved
from interdiction.config import Config
from interdiction.engine import stricter
from interdiction.engine.home import Home
from interdiction.engine.imports import WAIT_SECONDS
from interdiction.engine.proposed import ask, decide, get, log, told
from interdiction.engine.raw import sync_folder
from interdiction.errors import DataError, UsageError
from interdiction.model import from_json, to_json
from interdiction.model.audit import AuditKind, Deed
from interdiction.model.change import HomeChange, HomeChangeAct, HomeChangeKind, HomeChangeStep, Standing
from interdiction.store import faults

if TYPE_CHECKING:
    import sqlalchemy as sa


class Drift(msgspec.Struct, frozen=True):
    """One file that is not what is in force: its hash there and on disk, empty where there is none."""

    name: str
    path: str
    in_force: str
    on_disk: str


class State(msgspec.Struct, frozen=True):
    """How the configuration of a home stands: what is in force (none: a trial), and what differs from it on disk."""

    approved: Approved | None
    drift: tuple[Drift, ...]
    changes: tuple[HomeChange, ...]


def state(home: Home) -> State:
    """Give how the configuration stands. Raises `DataError` (`approved`), and `config` for a file that is wrong."""
    with home.reading() as reader:
        known, changes = in_force(reader.connection), told(reader.connection)
    return State(known, tuple(_drift(home.path, known)), tuple(changes.values()))


def propose(home: Home, *, by: str, why: str, at: datetime) -> HomeChange:
    """Propose the files that differ from what is in force, as they stand on disk.

    In a trial all of the configuration is proposed: with the approval four eyes begin. Raises `UsageError`
    (`nothing-changed`, `change-waits`, `by-required`, `why-required`), and `DataError` where a file cannot be read as
    what it is: nobody approves what would not work.
    """
    _works(home.path)
    with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        known = in_force(connection)
        files = {one.name: one.on_disk for one in _drift(home.path, known)}
        if known is None:
            files = {name: approved.digest(name, path) for name, path in _paths(home.path).items()}
        elif not files:
            raise UsageError(
                "no file differs from what is in force",
                where=str(home.path),
                mend="change a file, then propose it",
                code="nothing-changed",
            )
        before = {name: known.files.get(name, approved.NONE) for name in files} if known else {}
        _keep(connection, home.path, files)
        tight = known is not None and _stricter(home.path, known, files)
        step = HomeChangeStep(
            HomeChangeAct.PROPOSED,
            why,
            HomeChangeKind.CONFIGURATION,
            ", ".join(sorted(files)),
            files=files,
            before=before,
            stricter=tight,
        )
        change = ask(connection, step, by=by, at=at)
        if tight:
            _bring(connection, known, change, files, change.by, at)
    if tight:
        restore(home)
    return change


def approve(home: Home, number: int, *, by: str, why: str, at: datetime) -> HomeChange:
    """Approve a change and carry it out, in one transaction. Raises `UsageError`: `unknown-change`, `change-state`,
    `same-person`, `change-overtaken` where what it would replace is in force no more.
    """  # fmt: skip
    from interdiction.engine import access, retention, taking_out

    with home.reading() as reader:
        asked = get(told(reader.connection), number)
    if asked.kind is HomeChangeKind.TAKE_OUT:
        # An edition is written by itself: it comes first, and says of each entry by whom it was approved.
        taking_out.take_out_approved(home, decide(asked, by=by, why=why, at=at, approved=True)[0])
    with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        before = get(told(connection), number)
        change, step = decide(before, by=by, why=why, at=at, approved=True)
        log(connection, change, step)
        if change.kind is HomeChangeKind.CONFIGURATION and before.standing is Standing.WAITING:
            known = in_force(connection)
            _still(known, change, change.before)
            _bring(connection, known, change, change.files, change.second, at)
        elif change.kind is HomeChangeKind.KEY:
            access.let_open(connection, home, change)
        elif change.kind is HomeChangeKind.PRUNE:
            retention.empty_approved(connection, home, change)
        elif change.kind is HomeChangeKind.HOLD_LIFT:
            retention.lift_approved(connection, change)
    restore(home)
    return change


def reject(home: Home, number: int, *, by: str, why: str, at: datetime) -> HomeChange:
    """Reject a change; one that was in force because it made stricter gives way to what was in force before.

    Raises as `approve` does.
    """
    with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        before = get(told(connection), number)
        change, step = decide(before, by=by, why=why, at=at, approved=False)
        log(connection, change, step)
        if before.standing is Standing.TO_REVIEW:
            known = in_force(connection)
            _still(known, change, change.files)
            _bring(connection, known, change, change.before, change.second, at)
    restore(home)
    return change


def compare(home: Home, number: int) -> tuple[HomeChange, str]:
    """Give a change with what it does to each file, line by line."""
    from interdiction.store.decisions import Decisions

    with home.reading() as reader:
        change = get(told(reader.connection), number)
        files = Decisions(reader.connection, home.store)
        sides = {
            name: [files.file(one).decode("utf-8", "replace").splitlines() if one else [] for one in (old, new)]
            for name, new in change.files.items()
            for old in [change.before.get(name, approved.NONE)]
        }
    lines = [
        line
        for name, (old, new) in sides.items()
        for line in difflib.unified_diff(old, new, f"{name} in force", f"{name} proposed", lineterm="")
    ]
    return change, "\n".join(lines)


def restore(home: Home) -> Approved | None:
    """Write beside the home what the store says is in force; nothing where nobody ever approved anything."""
    with home.reading() as reader:
        return _copied(reader.connection, home)


def _copied(connection: sa.Connection, home: Home) -> Approved | None:
    from interdiction.store.decisions import Decisions

    known = in_force(connection)
    if known is None:
        return None
    files = Decisions(connection, home.store)
    wanted = {digest: files.file(digest) for digest in known.files.values() if digest}
    folder = home.path / approved.FOLDER
    with faults.translated(folder):
        folder.mkdir(exist_ok=True)
        for digest, data in wanted.items():
            _write(folder / digest, data)
        _write(folder / approved.IN_FORCE, to_json(known))
        sync_folder(folder)
        for path in folder.iterdir():
            if path.name not in {*wanted, approved.IN_FORCE}:
                path.unlink()
    return known


def in_force(connection: sa.Connection) -> Approved | None:
    """Give what the log says is in force; `None` for a trial."""
    from interdiction.store.audit import AuditLog

    last = AuditLog(connection).entries(kind=AuditKind.CONFIGURATION_APPROVED.value, most=1)
    if not last:
        return None
    body = from_json(bytes(last[0].body), dict[str, dict[str, str]])
    return Approved(last[0].seq, last[0].subject, body["files"])


def hold_true(connection: sa.Connection, home: Home) -> Approved | None:
    """See that what this home reads is what the store says is in force.

    Raises `DataError` (`approved`): nothing is kept that was decided by anything else. Where the store knows better,
    because another home on it approved, or the copy here was lost, the copy is written anew first.
    """
    known, here = in_force(connection), approved.read(home.path)
    if known == here:
        return known
    raise DataError(
        f"the home read the configuration of {here.change if here else 'a trial'}, "
        f"the store says that of {known.change if known else 'a trial'} is in force",
        where=str(home.path / approved.FOLDER),
        mend="run it again: the approved one stands beside the home now"
        if _copied(connection, home)
        else "use the store in which it was approved; this one knows of no approval",
        code="approved",
    )


def _bring(
    connection: sa.Connection, known: Approved | None, change: HomeChange, files: dict[str, str], by: str, at: datetime
) -> None:
    from interdiction.store import audit

    now = {**(known.files if known else {}), **files}
    audit.log(connection, [Deed(at, AuditKind.CONFIGURATION_APPROVED, change.id, {"files": now}, by)])


def _still(known: Approved | None, change: HomeChange, expected: dict[str, str]) -> None:
    now = known.files if known else {}
    other = sorted(name for name, digest in expected.items() if now.get(name, approved.NONE) != digest)
    if other or (known is not None and not change.before):
        raise UsageError(
            f"another change has come before {change.id}: {', '.join(other) or 'four eyes have begun'}",
            where=change.id,
            mend="reject it, look at the file, and propose it again",
            code="change-overtaken",
        )


def _paths(home: Path) -> dict[str, Path]:
    """Give where each file of the configuration stands on disk, by its name."""
    config = Config.as_it_stands(home)
    found = {name: home / name for name in (approved.CONFIG, approved.LICENCES, approved.CASES)}
    found |= {approved.POLICY: config.policy} if config.policy else {}
    return found | ({approved.WEIGHTS: config.weights} if config.weights else {})


def _drift(home: Path, known: Approved | None) -> list[Drift]:
    if known is None:
        return []
    try:
        paths = _paths(home)
    except DataError:
        paths = {approved.CONFIG: home / approved.CONFIG}  # nothing else of it can be told
    found = []
    for name in approved.NAMES:
        path, wanted = paths.get(name), known.files.get(name, approved.NONE)
        here = approved.digest(name, path) if path else approved.NONE
        if here != wanted and (path is not None or len(paths) > 1):
            found.append(Drift(name, str(path or ""), wanted, here))
    return found


def _works(home: Path) -> None:
    """Read every file as what it is. Raises `DataError` that names the entry."""
    from interdiction.enforcement import document
    from interdiction.engine.case_rules import read_rules
    from interdiction.engine.decide import policy_of
    from interdiction.names.weights import Weights

    config = Config.as_it_stands(home)
    policy_of(config, home / approved.LICENCES)
    Weights.load(config.weights)
    own = home / approved.CASES
    if own.is_file():
        read_rules(document.given(own), str(own))


def _stricter(home: Path, known: Approved, files: dict[str, str]) -> bool:
    """Say whether every file of a change only makes stricter."""
    paths = _paths(home)
    kept = {name: home / approved.FOLDER / (known.files.get(name) or "none") for name in files}
    if approved.CONFIG in files and not stricter.config(Config.read(home), Config.as_it_stands(home)):
        return False
    return all(
        name in stricter.FILES
        and name in paths
        and kept[name].is_file()
        and stricter.FILES[name](kept[name], paths[name])
        for name in files
        if name != approved.CONFIG
    )


def _keep(connection: sa.Connection, home: Path, files: dict[str, str]) -> None:
    """Keep the content of each file. Raises `DataError` (`approved`) for one that changed while it was read."""
    from interdiction.store import decisions

    paths = _paths(home)
    for name, digest in files.items():
        if not digest:
            continue
        raw = paths[name].read_bytes()
        data = approved.without_store(raw) if name == approved.CONFIG else raw
        if decisions.keep(connection, data, name).sha256 != digest:
            raise DataError(
                f"{name} changed while it was read", where=str(paths[name]), mend="try again", code="approved"
            )


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}.part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
