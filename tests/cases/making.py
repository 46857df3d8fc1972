"""Alerts, rules and steps for the tests of cases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from interdiction.cases.rules import CaseRules
from interdiction.cases.workflow import step
from interdiction.engine.case_rules import packaged_rules
from interdiction.model import Band, Basis, Subject
from interdiction.model.case import Action, Alert, Alerted, Case, Decided
from interdiction.model.decision import Outcome

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
RULES: CaseRules = packaged_rules()[0]
KOMID = "ofac-sdn:9345"


def alert(listing: str = KOMID, **more: Any) -> Alert:
    said: dict[str, Any] = {
        "subject_kind": Subject.CUSTOMER,
        "subject": "C1",
        "listing": listing,
        "listed_name": "KOREA MINING DEVELOPMENT TRADING CORPORATION",
        "band": Band.STRONG,
        "score": 0.91,
        "basis": Basis.NAME,
        "why": "the name",
        "fingerprint": "f1",
        "record": 1,
        "found_by": "screen",
        "at": AT,
    }
    return Alert(**(said | more))


def opened(*alerts: Alert, rules: CaseRules = RULES) -> Case:
    return step(None, Alerted(alerts or (alert(),)), "", AT, rules, number=7)[0]


def take(case: Case, action: Action, by: str = "A. First", *, minutes: int = 1, rules: CaseRules = RULES) -> Case:
    return step(case, action, by, AT + timedelta(minutes=minutes), rules)[0]


REASONS = {Outcome.TRUE: "same-facts", Outcome.FALSE: "other-birth", Outcome.UNDETERMINED: "information-missing"}


def says(outcome: Outcome, listing: str = KOMID) -> Decided:
    return Decided(listing, outcome, REASONS.get(outcome, ""), "seen the passport")
