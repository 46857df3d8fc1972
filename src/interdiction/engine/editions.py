"""The lists of a home: import an edition, ask what is in force, what stood when, and what changed."""

from interdiction.engine.filing import ImportReport
from interdiction.engine.history import DiffReport, ListStatus, Shown, State, Status, diff, show, status
from interdiction.engine.imports import import_edition
from interdiction.engine.inforce import EditionInForce, in_force, is_stale, iter_listings, named, refuse_stale

__all__ = [
    "DiffReport",
    "EditionInForce",
    "ImportReport",
    "ListStatus",
    "Shown",
    "State",
    "Status",
    "diff",
    "import_edition",
    "in_force",
    "is_stale",
    "iter_listings",
    "named",
    "refuse_stale",
    "show",
    "status",
]
