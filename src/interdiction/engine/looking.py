"""Looks through a whole home for what is damaged: every row, every official file, the log and its checkpoints.

1. A row is held against its own hash or seal, the columns beside its text, and what the log says of it.
2. What is kept for searching alone is derived anew and compared: the state of a case, its pairs.
3. Not held against anything: attempts to fetch, answers kept for a repeated request, messages on their way. Nothing is
   decided on them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from interdiction.cases.workflow import retold
from interdiction.engine.alerting import rules_kept
from interdiction.engine.audit import beside, verify
from interdiction.engine.home import Home
from interdiction.engine.progress import Progress, silent
from interdiction.errors import InterdictError
from interdiction.store.audit_check import Verified

if TYPE_CHECKING:
    from interdiction.model.case import CaseEntry
    from interdiction.store.reading import Reader


class Damage(msgspec.Struct, frozen=True):
    """One thing that is wrong: where it stands, and what it is."""

    where: str
    what: str


class Looked(msgspec.Struct, frozen=True):
    """What a look through a home found: rows by table, official files, entries of the log, and the damage."""

    rows: dict[str, int]
    raw_files: int
    audit: Verified
    damage: tuple[Damage, ...]


def look_through(home: Home, *, progress: Progress | None = None) -> Looked:
    """Look through a whole home, reading every byte of it; nothing is changed. Raises as `Home.reading` does."""
    from interdiction.store.copying import counts
    from interdiction.store.soundness import unsound

    step = progress or silent
    with home.reading() as reader:
        damage = [Damage(where, what) for where, what in unsound(reader.connection, step)]
        step("cases", 0, 0)
        damage += _cases(home, reader)
        damage += _checkpoints(home, reader)
        rows = counts(reader.connection)
        wanted = sorted(reader.raw_files())
    for done, digest in enumerate(wanted, 1):
        step("official files", done, len(wanted))
        if not home.raw.has(digest):
            damage.append(Damage(f"raw/{digest}.zst", "the official file is gone"))
        elif not home.raw.whole(digest):
            damage.append(Damage(f"raw/{digest}.zst", "it is not the file that was kept"))
    log = verify(home, progress=step)
    damage += [Damage(f"audit entry {one.seq}", one.what) for one in log.faults]
    return Looked(rows, len(wanted), log, tuple(damage))


def _cases(home: Home, reader: Reader) -> Iterator[Damage]:
    """Tell every case again from its steps, and hold what is kept of it against that."""
    from interdiction.store.cases import Cases

    cases = Cases(reader.connection, home.store)
    try:
        kept = {one.number: one for one in cases.cases()}
        steps: dict[int, list[CaseEntry]] = {}
        for entry in cases.entries():
            steps.setdefault(entry.case, []).append(entry)
    except InterdictError:
        return  # a row that cannot be read was named with its number
    rules = cache(lambda sha256: rules_kept(reader.connection, home.store, sha256))
    for number in sorted(kept.keys() | steps.keys()):
        try:
            told = retold(steps.get(number, []), rules)
        except InterdictError as error:
            yield Damage(f"case_work {number}", f"its steps cannot be told again: {error.message}")
            continue
        if number not in kept:
            yield Damage(f"case_work {number}", "it is not there, and case_entry tells of it")
        elif told != kept[number]:
            yield Damage(f"case_work {number}", "its steps do not come to what is kept of it")


def _checkpoints(home: Home, reader: Reader) -> Iterator[Damage]:
    """Hold the checkpoints of the store against those beside it: none may be taken away."""
    from interdiction.store.audit import AuditLog

    here, there = AuditLog(reader.connection).checkpoints(), beside(home)
    both = [one for one in here if one in there]
    if both != [one for one in there if one in here]:
        yield Damage("audit_checkpoint", "its rows stand in another order than beside the store")
    for one in (one for one in there if one not in here):
        yield Damage(f"audit_checkpoint of entry {one.checkpoint.seq}", "it stands beside the store and not in it")
