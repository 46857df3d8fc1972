"""Hits become cases: one open case for each subject, one pair in it for each listing, however often it is hit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from interdiction.cases.rules import CaseRules
from interdiction.errors import UsageError
from interdiction.model import Band, Outcome
from interdiction.model.case import Alert, Alerted, Case, CaseKind, CasePair

_GRAVITY: Final = (Band.CERTAIN, Band.STRONG, Band.POSSIBLE, Band.BELOW)

AGAIN: Final = ("confirm", "release")
"""What finds the hits of a subject once more because somebody decided on one of them: nothing new came."""


def open_case(number: int, action: Alerted, at: datetime, rules: CaseRules) -> Case:
    """Open a case on the subject of these hits. Raises `UsageError` (`no-alert`) without any."""
    if not action.alerts:
        raise UsageError("no hit asks for a person", where="ALERTS", mend="open a case on a hit", code="no-alert")
    first = action.alerts[0]
    empty = Case(number, first.subject_kind, first.subject, at, at, ())
    case = _merged(empty, action.alerts)
    return replace(case, due=_due(case, at, rules))


def join(case: Case, action: Alerted, rules: CaseRules) -> Case:
    """Add hits to an open case; raises `UsageError` (`another-subject`) for those of somebody else."""
    for one in action.alerts:
        if (one.subject_kind, one.subject) != (case.subject_kind, case.subject):
            raise UsageError(
                f"{case.id} is about {case.subject}, the hit about {one.subject}",
                where=case.id,
                mend="open a case of its own",
                code="another-subject",
            )
    after = _merged(case, action.alerts)
    known = {pair.listing for pair in case.pairs}
    fresh = [one.at for one in action.alerts if one.listing not in known]
    return replace(after, due=min(after.due, _due(after, min(fresh), rules))) if fresh else after


def gravest(pairs: Iterable[CasePair]) -> Band:
    """Give the gravest band among pairs."""
    return min((pair.band for pair in pairs), key=_GRAVITY.index)


def _merged(case: Case, alerts: Iterable[Alert]) -> Case:
    pairs = {pair.listing: pair for pair in case.pairs}
    cut_off = case.cut_off
    for one in alerts:
        pairs[one.listing] = _again(pairs[one.listing], one) if one.listing in pairs else _pair(one)
        instants = [instant for instant in (cut_off, one.cut_off) if instant is not None]
        cut_off = min(instants) if instants else None
    return replace(case, pairs=tuple(pairs.values()), cut_off=cut_off)


def _due(case: Case, at: datetime, rules: CaseRules) -> datetime:
    return rules.due(gravest(pair for pair in case.pairs if not pair.settled), at, case.cut_off)


def _pair(alert: Alert) -> CasePair:
    true = bool(alert.rule) or alert.kind is CaseKind.UNBLOCKING
    return CasePair(
        listing=alert.listing,
        listed_name=alert.listed_name,
        band=alert.band,
        score=alert.score,
        basis=alert.basis,
        why=alert.why,
        fingerprint=alert.fingerprint,
        kind=alert.kind,
        ours=alert.ours,
        roles=alert.roles,
        measures=alert.measures,
        records=(alert.record,) if alert.record else (),
        outcome=Outcome.TRUE if true else Outcome.UNCONFIRMED,
        rule=alert.rule,
        at=alert.at if alert.rule else None,
    )


def _again(pair: CasePair, alert: Alert) -> CasePair:
    """Join a hit to its pair: the same evidence changes nothing, other evidence is asked about again.

    What was found true stays so, whatever comes; what was proposed on other evidence is proposed no more.
    """
    records = dict.fromkeys((*pair.records, *((alert.record,) if alert.record else ())))
    after = replace(
        pair,
        alerts=pair.alerts + (alert.found_by not in AGAIN),
        records=tuple(records),
        roles=tuple(dict.fromkeys((*pair.roles, *alert.roles))),
        kind=alert.kind if alert.kind is not CaseKind.HIT else pair.kind,
    )
    if alert.kind is CaseKind.UNBLOCKING and pair.kind is not CaseKind.UNBLOCKING:
        # The question is a new one: what was said while they were listed does not answer it.
        return replace(after, settled=False, by="", second="", second_at=None, proposal=None)
    if alert.fingerprint == pair.fingerprint:
        return after
    stays = pair.outcome is Outcome.TRUE and not pair.released
    true = stays or bool(alert.rule)
    return replace(
        after,
        listed_name=alert.listed_name,
        band=min(pair.band, alert.band, key=_GRAVITY.index) if stays else alert.band,
        score=alert.score,
        basis=alert.basis,
        why=alert.why,
        fingerprint=alert.fingerprint,
        ours=alert.ours,
        measures=alert.measures,
        outcome=Outcome.TRUE if true else Outcome.UNCONFIRMED,
        rule=alert.rule or (pair.rule if stays else ""),
        by=pair.by if stays else "",
        second=pair.second if stays else "",
        second_at=pair.second_at if stays else None,
        released=False,
        settled=pair.settled if stays else False,
        proposal=None,
    )
