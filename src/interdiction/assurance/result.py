"""Everything that a run found, as one frozen value: the JSON of the command and the source of the report."""

from __future__ import annotations

from datetime import datetime

import msgspec

from interdiction.assurance.alerts import Alerts, Budget, Point
from interdiction.assurance.below import Below
from interdiction.assurance.change import Change
from interdiction.assurance.every import EveryName
from interdiction.assurance.misses import Miss
from interdiction.assurance.namesakes import Namesake
from interdiction.assurance.recall import ClassRow, Row
from interdiction.assurance.removed import Removed
from interdiction.assurance.subject import ListTested
from interdiction.assurance.texts import InTexts


class BookTested(msgspec.Struct, frozen=True):
    """The innocents: rows of the user's book, or invented ones (`file` is then empty); `sampled` of `rows`.

    `told_kind` is what the user said of rows that state no kind; `without_kind` are sampled rows of which nobody says
    what they are: each is compared with people, firms and ships alike.
    """

    file: str
    sha256: str
    rows: int
    sampled: int
    told_kind: str = ""
    without_kind: int = 0


class Setting(msgspec.Struct, frozen=True):
    """What the figures depend on: the same setting gives the same report, byte for byte."""

    at: datetime
    institution: str
    seed: str
    threshold: float
    """The base of the scale: the threshold of whatever no row of the policy names (`thresholds` has them all)."""
    thresholds: str
    policy: str
    """Version and hash of the policy that the thresholds stand in."""
    retrieval: float
    each: int
    interdiction: str
    core: str
    weights: str
    weights_sha256: str
    lists: tuple[ListTested, ...]
    book: BookTested


class Assurance(msgspec.Struct, frozen=True):
    """What was tested and what came out. `overall` is recall over all classes, each weighing by its trials.

    `must` is recall over the classes of which nothing may be lost, and `others` over the rest. `every` is there when
    every listed name was asked.
    """

    setting: Setting
    overall: Row
    must: Row
    others: Row
    every: EveryName | None
    classes: tuple[ClassRow, ...]
    lists: tuple[Row, ...]
    kinds: tuple[Row, ...]
    lists_and_kinds: tuple[Row, ...]
    scripts: tuple[Row, ...]
    budgets: tuple[Budget, ...]
    alerts: Alerts
    removed: Removed | None
    curve: tuple[Point, ...]
    namesakes: tuple[Namesake, ...]
    texts: InTexts
    below: Below | None
    changes: tuple[Change, ...]
    misses: tuple[Miss, ...]
    missed: int
