"""The figures of the work on alerts: each counts what it says, of what it says."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from interdiction.cases.workflow import step
from interdiction.model import Outcome
from interdiction.model.case import Action, Alerted, Approved, Case, CaseEntry, Drawn, Reviewed
from interdiction.model.monitored import Monitored
from interdiction.model.record import RunEnd
from interdiction.model.rescreen import Rescreen, RescreenEnd
from interdiction.reports.metrics import Counted, figures
from tests.cases.making import AT, KOMID, RULES, alert, says

NOW = AT + timedelta(days=10)


class Work:
    """Cases with the steps taken in them, hours after the first."""

    def __init__(self) -> None:
        self.cases: dict[int, Case] = {}
        self.entries: list[CaseEntry] = []

    def take(self, number: int, action: Action, by: str = "", hours: float = 0) -> None:
        at = AT + timedelta(hours=hours)
        case, entry = step(self.cases.get(number), action, by, at, RULES, number=number)
        self.cases[number] = case
        self.entries.append(entry)


def work() -> Work:
    found = Work()
    for number, outcome in ((1, Outcome.FALSE), (2, Outcome.FALSE), (3, Outcome.TRUE)):
        found.take(number, Alerted((alert(subject=f"C{number}"),)))
        found.take(number, says(outcome), "A", number)
        found.take(number, Approved(KOMID, "agreed"), "B", number + 1)
    found.take(4, Alerted((alert(subject="C4", found_by="pay"),)), hours=24 * 8)
    found.take(4, Alerted((alert(subject="C4", found_by="confirm"),)), hours=24 * 8)
    found.take(1, Drawn("x"), hours=9)
    found.take(1, Reviewed(agrees=False, why="it is them"), "C", 10)
    return found


def told(**more: object) -> dict[tuple[str, str], tuple[float, int]]:
    done = work()
    counted = Counted(list(done.cases.values()), done.entries, **more)  # type: ignore[arg-type]
    found = figures(counted, first=date(2026, 11, 1), last=date(2026, 11, 30), at=NOW)
    return {(one.measure, one.of): (one.value, one.over) for one in found}


def test_alerts_are_counted_by_what_found_them_and_not_again_for_a_decision() -> None:
    found = told()
    assert (found["alerts", "all"], found["alerts", "screen"], found["alerts", "pay"]) == ((4, 4), (3, 4), (1, 4))
    assert found["cases opened", "all"] == (4, 4)


def test_false_hits_are_told_of_the_decided_and_of_everybody_screened() -> None:
    found = told(screened=[RunEnd(1, 1000, 1000, 3)])
    assert found["false hits", "of decided pairs"] == (2 / 3, 3)
    assert found["false hits", "of everybody screened"] == (2 / 1000, 1000)
    assert "false hits of everybody screened" not in {" ".join(one) for one in told()}


def test_times_run_from_the_hit_to_the_decision_to_the_second_and_to_the_end() -> None:
    found = told()
    spans = ("to the first decision", "from it to the second person", "to the end")
    assert [found["time, median", one] for one in spans] == [(2, 3), (1, 3), (3.5, 2)]


def test_what_is_open_is_told_by_age_and_by_what_it_waits_for() -> None:
    found = told()
    assert (found["open cases", "1 to 3 days"][0], found["open cases", "7 to 30 days"][0]) == (1, 1)
    assert (found["open cases", "open"], found["open cases", "overdue"]) == ((2, 2), (2, 2))


def test_the_sample_says_how_many_were_looked_at_and_disagreed_with() -> None:
    found = told()
    assert (found["sample", "looked at again"][0], found["sample", "disagreed with"]) == (1, (1, 1))


def test_days_outside_are_not_counted() -> None:
    done = work()
    counted = Counted(list(done.cases.values()), done.entries)
    found = figures(counted, first=date(2026, 12, 1), last=date(2026, 12, 2), at=NOW)
    assert {one.value for one in found if one.measure in {"alerts", "cases opened", "outcomes"}} == {0}


def rescreened(at: datetime, *, version: int, complete: bool) -> tuple[Rescreen, RescreenEnd]:
    begun = Rescreen("crm", "f", "", "", at, 10, 0, (), 0, "", "", "", "", number=1, version=version)
    return begun, RescreenEnd(1, at, 10, 9, 0, 0, 0, complete, (), "")


def test_coverage_counts_only_a_complete_screening_of_the_book_as_it_is_now() -> None:
    book = Monitored("crm", 2, "f", "", AT, "A", customers=10, behind=0, added=0, changed=0, gone=0)
    now = told(books=[book], rescreens=[rescreened(AT, version=2, complete=True)])
    assert (now["monitoring", "crm, screened"], now["monitoring", "crm, last complete"]) == ((0.9, 10), (240, 9))
    for old in (rescreened(AT, version=1, complete=True), rescreened(AT, version=2, complete=False)):
        assert told(books=[book], rescreens=[old])["monitoring", "crm, screened"] == (0, 10)
