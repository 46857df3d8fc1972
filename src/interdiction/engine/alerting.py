"""Decisions that ask for a person become alerts, and alerts join cases: in the transaction that keeps the decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from interdiction.cases.same import fingerprint
from interdiction.cases.workflow import step
from interdiction.enforcement.facts import Facts
from interdiction.engine import said
from interdiction.engine.case_rules import rules_of
from interdiction.model import Band, Consequence, CustomerDecision, Decision, Disposition, Hit, Outcome, Reason, Record
from interdiction.model.case import Alert, Alerted, Case, CaseEntry, CaseKind
from interdiction.model.record import Subject

if TYPE_CHECKING:
    import sqlalchemy as sa

    from interdiction.cases.rules import CaseRules
    from interdiction.engine.home import Home
    from interdiction.store.place import Place

_NOBODY: Final[Mapping[str, Facts]] = MappingProxyType({})
_LET_THROUGH: Final = frozenset({Disposition.RELEASE.value, Consequence.NONE.value})
RULES_FILE: Final = "cases.yml"
BY_HAND: Final = "hand"
"""Found by a person who opens a case, on what was let through too."""


class Alarm:
    """Raises the alerts of one home; the rules are read once."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self.rules, self._raw = rules_of(home.path)

    def of(
        self, record: Record, decision: Decision | CustomerDecision, found_by: str, kind: CaseKind = CaseKind.HIT
    ) -> list[Alert]:
        """Give the alerts of a decision: for each listing that is hit and each ground, of which nobody spoke.

        What is let through asks for nobody, unless a person asks, or it was let through too early (`kind`).
        """
        if record.result in _LET_THROUGH and kind is CaseKind.HIT and found_by != BY_HAND:
            return []
        spoken = {one.listing for one in record.judged}
        rules = {one.listing: one.outcome_by for one in decision.reasons if one.outcome is Outcome.TRUE}
        by_listing: dict[str, list[Hit]] = {}
        for hit in decision.hits:
            if hit.listing not in spoken:
                by_listing.setdefault(hit.listing, []).append(hit)
        cut_off = self.rules.cut_off_after(record.at, decision.on) if record.subject is Subject.PAYMENT else None
        grounds = {one.ground: one for one in decision.reasons if one.ground and one.ground not in spoken}
        return [
            _alert(record, hits, found_by, kind, rules.get(listing, ""), cut_off)
            for listing, hits in by_listing.items()
        ] + [_unhit(record, ground, found_by, cut_off) for ground in grounds.values()]

    def raise_(
        self, connection: sa.Connection, alerts: Iterable[Alert], at: datetime, told: Mapping[str, Facts] = _NOBODY
    ) -> list[Case]:
        """Let alerts join the open case of their subject, or open one; give the cases as they are after it.

        `told` is what somebody said of payments, by their name: it becomes steps of their cases.
        """
        from interdiction.store import cases, decisions

        by_subject: dict[tuple[Subject, str], list[Alert]] = {}
        for one in alerts:
            by_subject.setdefault((one.subject_kind, one.subject), []).append(one)
        if not by_subject:
            return []
        sha256 = decisions.keep(connection, self._raw, RULES_FILE).sha256
        open_ = cases.Cases(connection, self._home.store).open_of(by_subject)
        number = cases.next_number(connection)
        taken: list[tuple[Case, CaseEntry]] = []
        for subject, some in by_subject.items():
            before = open_.get(subject)
            taken.append(step(before, Alerted(tuple(some)), "", at, self.rules, number=number, sha256=sha256))
            number += before is None
            if subject[0] is Subject.PAYMENT and subject[1] in told:
                listings = [one.listing for one in some]
                taken += said.steps(taken[-1][0], told[subject[1]], listings, at, self.rules, sha256)
        cases.save(connection, taken)
        return list({case.number: case for case, _ in taken}.values())


def asks(decision: Decision | CustomerDecision) -> bool:
    """Say whether a decision may ask for a person: somebody is hit, or something was not read."""
    return bool(decision.hits) or any(one.ground for one in decision.reasons)


def numbered(alerts: Mapping[int, list[Alert]], numbers: list[int]) -> list[Alert]:
    """Give alerts the numbers of the decisions they stand in: `alerts` by the place of the decision among `numbers`."""
    return [replace(one, record=numbers[place]) for place, some in alerts.items() for one in some]


def _alert(
    record: Record, hits: list[Hit], found_by: str, kind: CaseKind, rule: str, cut_off: datetime | None
) -> Alert:
    best = max(hits, key=lambda hit: hit.score)
    measures = sorted({measure.value for hit in hits for one in hit.designations for measure in one.measures})
    ours = next((str(one.ours) for one in best.evidence if one.kind in {"name", "weak_name"} and one.ours), "")
    return Alert(
        subject_kind=record.subject,
        subject=record.name,
        listing=best.listing,
        listed_name=best.listed_name,
        band=best.band,
        score=best.score,
        basis=best.basis,
        why=best.why,
        fingerprint=fingerprint(hits),
        record=record.number,
        found_by=found_by,
        at=record.at,
        ours=ours,
        roles=tuple(sorted({role for hit in hits if (role := _role(record, hit))})),
        measures=tuple(measures),
        rule=rule,
        kind=kind,
        cut_off=cut_off,
    )


def _unhit(record: Record, reason: Reason, found_by: str, cut_off: datetime | None) -> Alert:
    """Give the alert of what stops it though nobody is hit."""
    return Alert(
        subject_kind=record.subject,
        subject=record.name,
        listing=reason.ground,
        listed_name="",
        band=Band.POSSIBLE,
        score=0.0,
        basis=None,
        why=reason.sentence,
        fingerprint=reason.ground,
        record=record.number,
        found_by=found_by,
        at=record.at,
        kind=CaseKind.GROUND,
        cut_off=cut_off,
    )


def _role(record: Record, hit: Hit) -> str:
    """Give the part in which a party hits: behind a customer by its role, in a payment by its own."""
    if record.subject is Subject.PAYMENT:
        return hit.query_id.removeprefix(f"{record.name} ")
    return str(hit.related) if hit.related else ""


def rules_kept(connection: sa.Connection, store: Place, sha256: str) -> CaseRules:
    """Give the rules that a step was taken under, as they were kept with it."""
    from interdiction.engine.case_rules import read_rules
    from interdiction.store.decisions import Decisions

    return read_rules(Decisions(connection, store).file(sha256), RULES_FILE)[0]
