"""Says what the audit log keeps of the steps of cases and clearances: who did what, and the hash of their words."""

from __future__ import annotations

import hashlib
from typing import Any

from interdiction.model import to_json
from interdiction.model.audit import AuditKind, Deed
from interdiction.model.case import Alerted, Case, CaseEntry
from interdiction.model.clearance import ClearanceEntry


def step(case: Case, entry: CaseEntry) -> Deed:
    """Tell of one step of a case."""
    action = entry.action
    body: dict[str, Any] = {
        "place": entry.place,
        "act": entry.act,
        "state": case.state,
        "rules": entry.rules,
        "sha256": hashlib.sha256(to_json(entry)).hexdigest(),
    }
    if isinstance(action, Alerted):
        body |= {"decisions": sorted({one.record for one in action.alerts}), "hits": len(action.alerts)}
    for name in ("listing", "outcome", "reason", "licence", "records", "agrees", "bulk"):
        value = getattr(action, name, None)
        if value not in {None, ""}:
            body[name] = value
    return Deed(entry.at, AuditKind.CASE_STEP, case.id, body, entry.by)


def clearance(entry: ClearanceEntry) -> Deed:
    """Tell of one step of a clearance."""
    body = {
        "act": entry.act,
        "listing": entry.listing,
        "expires": entry.expires,
        "sha256": hashlib.sha256(to_json(entry)).hexdigest(),
    }
    return Deed(entry.at, AuditKind.CLEARANCE_STEP, f"CL-{entry.clearance}", body, entry.by)
