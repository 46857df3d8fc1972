"""The rules that an institution sets for its own work on alerts: who alone, by when, with which reasons."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from interdiction.errors import DataError, UsageError
from interdiction.model import Band


class ReasonFor(StrEnum):
    """What a reason may be given for."""

    TRUE = "true"
    FALSE = "false"
    UNDETERMINED = "undetermined"
    RELEASE = "release"
    CLEARANCE = "clearance"


class ReasonCode(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"for_": "for"}):
    """One reason that people give, and what it may be given for."""

    id: str
    for_: tuple[ReasonFor, ...]
    text: str


class CutOff(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The time of day after which a payment misses its day, in a zone by its name (`Europe/Berlin`)."""

    time: str
    zone: str


class CaseRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `cases.yml`: `alone` are the bands whose false hits one person may close."""

    version: str
    alone: tuple[Band, ...]
    due_hours: dict[Band, float]
    cut_off: CutOff
    request_days: int
    most_request_days: int
    clearance_days: int
    most_clearance_days: int
    sample_share: float
    reasons: tuple[ReasonCode, ...]

    def reason(self, id_: str, for_: ReasonFor) -> ReasonCode:
        """Give a reason by its id. Raises `UsageError` (`reason-code`) where it may not be given for that."""
        fitting = [one for one in self.reasons if for_ in one.for_]
        found = next((one for one in fitting if one.id == id_.strip()), None)
        if found is None:
            raise UsageError(
                f"no reason for {for_.value} is called {id_!r}",
                where="--reason",
                mend=f"use one of {', '.join(one.id for one in fitting)}",
                code="reason-code",
            )
        return found

    def due(self, band: Band, at: datetime, cut_off: datetime | None) -> datetime:
        """Give the instant by which somebody has to act on a hit that came at `at`."""
        by_risk = at + timedelta(hours=self.due_hours.get(band, min(self.due_hours.values())))
        return by_risk if cut_off is None else max(at, min(by_risk, cut_off))

    def cut_off_after(self, at: datetime, on: date) -> datetime:
        """Give the next instant after which a payment of the day `on` that came at `at` misses its day."""
        zone = ZoneInfo(self.cut_off.zone)
        end = datetime.combine(max(on, at.astimezone(zone).date()), time.fromisoformat(self.cut_off.time), zone)
        return end if end > at else end + timedelta(days=1)


def check(rules: CaseRules, where: str) -> CaseRules:
    """Hold what no file may set otherwise. Raises `DataError` (`data`) that names the entry."""
    faults = {
        "alone": Band.CERTAIN in rules.alone and "a hit of the band certain is never closed by one person",
        "due_hours": (not rules.due_hours or min(rules.due_hours.values()) <= 0) and "hours are above 0",
        "request_days": not 0 < rules.request_days <= rules.most_request_days and "1 to most_request_days",
        "clearance_days": not 0 < rules.clearance_days <= rules.most_clearance_days and "1 to most_clearance_days",
        "sample_share": not 0 <= rules.sample_share <= 1 and "a share is from 0 to 1",
        "reasons": len({one.id for one in rules.reasons}) < len(rules.reasons) and "a reason stands twice",
        "cut_off": _no_clock(rules.cut_off),
    }
    for entry, fault in faults.items():
        if fault:
            raise DataError(str(fault), where=f"{where}, {entry}", mend=f"correct `{entry}`")
    return rules


def _no_clock(cut_off: CutOff) -> str:
    try:
        time.fromisoformat(cut_off.time)
        ZoneInfo(cut_off.zone)
    except (ValueError, ZoneInfoNotFoundError) as error:
        return f"no time of day in a zone: {error}"
    return ""
