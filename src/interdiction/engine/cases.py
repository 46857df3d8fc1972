"""The second part of the worked example: what the law asks where no name decides, case by case on embedded payments."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
import yaml

from interdiction import payments as payment_files
from interdiction.enforcement import Institution
from interdiction.enforcement.facts import NOTHING, read_facts
from interdiction.engine import decide
from interdiction.engine.editions import import_edition
from interdiction.engine.force import ready
from interdiction.engine.hall import Engine
from interdiction.engine.home import Home
from interdiction.engine.payment import screen_payments
from interdiction.engine.story import fresh
from interdiction.model import Decision

ORDER = date(2015, 1, 2)
_BANK = Institution("Larkspur & Finch Bank, N.A.", "us", bics=("LKSPUS33",))


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


def tell_law(folder: Path, at: datetime) -> list[Case]:
    """Make a home at `folder` and decide every case.

    Raises `UsageError` (`not-a-demo`) for a folder of somebody else.
    """
    home = _home(folder, at)
    law = folder / "example" / "law"
    rows = msgspec.convert(_yaml(law / "cases.yml"), list[_Row])
    facts = read_facts(law / "said.yml")
    found, whole = payment_files.read(law / "payments.csv")
    by_id = {one.id: one for one in found}
    ready(home)
    cases: list[Case] = []
    with Engine.open(folder) as engine:
        force = engine.force()
        for row in rows:
            (screened,) = screen_payments(engine, force, [by_id[row.payment]])
            decision = decide.payment(
                force,
                engine.policy.for_profile(row.profile),
                screened,
                on=row.day or (row.at or at).date(),
                at=row.at,
                problems=whole,
                facts=facts.get(row.payment, NOTHING),
            )
            cases.append(Case(row.shows, decision))
    return cases


def _home(folder: Path, at: datetime) -> Home:
    home = fresh(folder)
    example = folder / "example"
    shutil.copy(example / "law" / "licences.yml", folder / decide.LICENCES)
    editions = (("ofac-sdn", example / "editions" / ORDER.isoformat()), ("ofac-cons", example / "law" / "cons"))
    for key, path in editions:
        import_edition(home, key, [path], on=ORDER, at=at, by="the worked example")
    return home


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]
