"""The legal cases of the worked example: embedded payments, each decided at its own moment and institution."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import msgspec
import yaml

from interdiction import payments as payment_files
from interdiction.enforcement import Institution
from interdiction.enforcement.facts import NOTHING, read_facts
from interdiction.engine import decide
from interdiction.engine.editions import import_edition
from interdiction.engine.force import Force
from interdiction.engine.hall import Engine
from interdiction.engine.home import Home
from interdiction.engine.payment import screen_payments
from interdiction.engine.registers import import_register
from interdiction.model import Decision

ORDER: Final = date(2015, 1, 2)
BY: Final = "the worked example"
_BANK: Final = Institution("Larkspur & Finch Bank, N.A.", "us", bics=("LKSPUS33",))


class Case(msgspec.Struct, frozen=True):
    """One payment, what it shows, and what became of it."""

    shows: str
    decision: Decision


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    payment: str
    shows: str
    day: date | None = None
    at: datetime | None = None
    profile: Institution = _BANK


def law_home(story: Path, at: datetime) -> Home:
    """Make the home of the cases inside that of the story: its lists, one more, licences and a register of stakes."""
    folder, law = story / "law", story / "example" / "law"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(story, folder, ignore=shutil.ignore_patterns("example", "results", "index", "law", "lock"))
    shutil.copy(law / "licences.yml", folder / decide.LICENCES)
    home = Home.open(folder, create=True)
    import_edition(home, "ofac-cons", [law / "cons"], on=ORDER, at=at, by=BY)
    import_register(home, law / "ownership.csv", at=at, by=BY)
    return home


def tell_cases(engine: Engine, force: Force, law: Path, at: datetime) -> list[Case]:
    """Decide every case of the folder `law` against what is in force."""
    rows = msgspec.convert(_yaml(law / "cases.yml"), list[_Row])
    facts = read_facts(law / "said.yml")
    found, whole = payment_files.read(law / "payments.csv")
    by_id = {one.id: one for one in found}
    screened = screen_payments(engine, force, [by_id[row.payment] for row in rows])
    return [
        Case(
            row.shows,
            decide.payment(
                force,
                engine.policy.for_profile(row.profile),
                one,
                on=row.day or (row.at or at).date(),
                at=row.at,
                problems=whole,
                facts=facts.get(row.payment, NOTHING),
            ),
        )
        for row, one in zip(rows, screened, strict=True)
    ]


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]
