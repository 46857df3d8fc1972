"""A report made from a home and kept, with the head that the home says of who reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from interdiction.desk.state import state_of
from interdiction.enforcement import document
from interdiction.engine.records import number_of
from interdiction.engine.reporting import find, keep_filing
from interdiction.reports.facts import CURRENCY
from interdiction.reports.kinds import kind as kind_of
from interdiction.reports.make import make as made_of

if TYPE_CHECKING:
    from pathlib import Path

    from interdiction.enforcement import Policy
    from interdiction.engine.home import Home
    from interdiction.model import ExchangeRate, Filing, KeptFile

FILER: Final = "filer.yml"
"""In the home: who reports, for the head of every report."""


def make(
    home: Home,
    policy: Policy,
    kind: str,
    subjects: Sequence[str],
    *,
    by: str,
    at: datetime,
    details: Mapping[str, str],
    documents: Callable[[], tuple[KeptFile, ...]],
    rates: Callable[[str], Sequence[ExchangeRate]],
    supplements: str = "",
) -> Filing:
    """Make a report and keep it, once everything but its documents is known to be right.

    `documents` keeps what is enclosed; `rates` gives rates of exchange to the currency that the report is made in.
    Raises `UsageError` for a kind, a subject or a report that is none, and what a report is refused without.
    """
    wanted, state = kind_of(kind), state_of(home, policy)
    said = details_of(home.path / FILER, needed=False) | dict(details)
    added_to = number_of(supplements, "F") if supplements else None
    if added_to is not None:
        find(state.filings, added_to)
    found = made_of(
        wanted,
        [one.strip().upper() for one in subjects],
        state,
        at=at,
        by=by,
        details=said,
        documents=documents(),
        rates=list(rates(CURRENCY.get(wanted.law, ""))),
        supplements=added_to,
    )
    return keep_filing(home, found)


def details_of(path: Path, *, needed: bool) -> dict[str, str]:
    """Read fields of a report from YAML; none where the file may be absent and is."""
    if not needed and not path.is_file():
        return {}
    found = document.parse(document.given(path), dict[str, str | int | float], str(path))
    return {name: str(value) for name, value in found.items()}
