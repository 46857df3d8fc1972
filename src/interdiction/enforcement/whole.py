"""What speaks about a payment or customer as a whole: lists missing or in doubt, parts that were not read, no hit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from interdiction.enforcement import rails
from interdiction.enforcement.circumstances import edition_of, institution_words, law_of
from interdiction.enforcement.outcome import Finding
from interdiction.enforcement.setting import Setting
from interdiction.enforcement.table import ConfirmedBy, Row
from interdiction.model import Basis, Grade, Problem, Reason, to_json

UNREAD: Final = "unread:"
"""How the mark of unread parts begins."""
_NOBODY: Final[Mapping[str, str]] = MappingProxyType({})
_SHOWN: Final = 5
"""Problems that one sentence repeats; all of them stand in the decision."""


def asked(findings: Sequence[Finding], setting: Setting) -> tuple[list[Finding], list[Finding], str]:
    """Part what may be judged while this payment is executed from what the law sets aside, with the rule that does.

    What a person knew before stands: it is no check during the execution.
    """
    if setting.way is None:
        return list(findings), [], ""
    rule = rails.not_asked(setting.way, setting.moment, users_checked=setting.policy.institution.users_checked_daily)
    if rule is None:
        return list(findings), [], ""
    aside = [
        one
        for one in findings
        if one.role in rule.roles
        and one.confirmed_by is not ConfirmedBy.PERSON
        and one.hit.basis is not Basis.JURISDICTION
        and law_of(one.hit.listing, setting) == rule.law
    ]
    return [one for one in findings if one not in aside], aside, rule.rule


def mark(unread: Sequence[Problem]) -> str:
    """Give the mark of parts that could not be read: what two people looked into is exactly that, and nothing later."""
    said = sorted((one.code, one.message, one.node, one.line or 0) for one in unread)
    return f"{UNREAD}{hashlib.sha256(to_json(said)).hexdigest()[:10]}" if said else ""


def rows(
    setting: Setting,
    stale: Sequence[str],
    unread: Sequence[Problem],
    *,
    hits: bool,
    not_asked: str = "",
    read: Mapping[str, str] = _NOBODY,
) -> list[tuple[Row, str]]:
    """Give the rows of the table that hold of the whole, each with its field filled.

    `read` says who looked into unread parts, by their mark, and that another person approved it.
    """
    table = setting.policy.table.whole
    in_force = {edition.partition("@")[0] for edition in setting.editions}
    missing = [key for key in setting.policy.kind.needs if key not in in_force]
    found: list[tuple[Row, str]] = []
    if missing or not in_force:
        found.append((table["list-missing"], ", ".join(missing) or "any list"))
    if stale:
        found.append((table["list-in-doubt"], ", ".join(sorted(set(stale)))))
    by = read.get(mark(unread)) if unread else None
    stopped = bool(found) or (bool(unread) and by is None)
    if by is not None:
        found.append((table["read-by-people"], by))
    elif unread:
        shown = "; ".join(_problem(problem) for problem in unread[:_SHOWN])
        more = f"; and {len(unread) - _SHOWN} more" if len(unread) > _SHOWN else ""
        found.append((table["unreadable"], shown + more))
    if not hits and not stopped:
        found.append((table["no-hit"], _listed(setting.editions)))
    if not_asked:
        found.append((table["not-asked"], not_asked))
    return found


@lru_cache(maxsize=64)
def _listed(editions: tuple[str, ...]) -> str:
    """Name the lists with their editions."""
    keys = sorted({edition.partition("@")[0] for edition in editions})
    return ", ".join(f"{key} ({edition_of(key, editions)})" for key in keys)


def reason(row: Row, what: str, setting: Setting, *, of_customer: bool, ground: str = "") -> Reason:
    """Give the reason that a row about the whole adds to a decision; it is of no listing and no outcome."""
    words = {
        "lists": what,
        "problems": what,
        "rule": what,
        "by": what,
        "institution": institution_words(setting.policy),
    }
    return Reason(
        listing="",
        role=None,
        outcome=None,
        outcome_by="",
        rule=row.id,
        authority="",
        programme="",
        measures=(),
        sentence=row.customer_sentence(words) if of_customer else row.payment_sentence(words),
        ground=ground if row.id == "unreadable" else "",
    )


def counts(problem: Problem) -> bool:
    """Tell whether a problem means that something could not be read; what was read two ways was read."""
    return problem.grade is not Grade.PUBLISHED


def _problem(problem: Problem) -> str:
    place = ", ".join(filter(None, (problem.node, f"line {problem.line}" if problem.line else "")))
    return f"{problem.message} ({place})" if place else problem.message
