"""Whatever people do in whatever order: two let go of a true match, a person closes, and the steps tell all of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from interdiction.cases.people import same
from interdiction.cases.workflow import retold, step
from interdiction.errors import UsageError
from interdiction.model import Band, Outcome
from interdiction.model.case import (
    Action,
    Alerted,
    Answered,
    Approved,
    Asked,
    Assigned,
    CarriedOut,
    Case,
    CaseEntry,
    CaseKind,
    CasePair,
    CaseState,
    Commented,
    Declined,
    Drawn,
    ReleaseAsked,
    Reopened,
    Reviewed,
)
from tests.cases.making import AT, KOMID, RULES, alert, says

UN = "un:1"
PEOPLE = st.sampled_from(["A. First", "a first", "B. Second", "C. Third"])
UNREAD = "unread:1f"
LISTINGS = st.sampled_from([KOMID, UN, UNREAD])
LOOSE = replace(RULES, alone=(Band.POSSIBLE, Band.STRONG, Band.BELOW))
BANDS = st.sampled_from([Band.CERTAIN, Band.STRONG, Band.POSSIBLE])
OUTCOMES = st.sampled_from([Outcome.TRUE, Outcome.FALSE, Outcome.UNDETERMINED])


class Work(RuleBasedStateMachine):
    """People and hits at random on one subject, under rules as loose as the file may make them."""

    def __init__(self) -> None:
        super().__init__()
        self.case: Case | None = None
        self.entries: list[CaseEntry] = []
        self.at: datetime = AT
        self.taken = 0

    @initialize(band=BANDS, rule=st.sampled_from(["", "certain-hit"]))
    def opens(self, band: Band, rule: str) -> None:
        self.take(Alerted((alert(band=band, rule=rule),)), "")

    @rule(
        listing=LISTINGS,
        band=BANDS,
        mark=st.sampled_from(["f1", "f2"]),
        by_rule=st.booleans(),
        kind=st.sampled_from([kind for kind in CaseKind if kind is not CaseKind.GROUND]),
    )
    def hit(self, listing: str, band: Band, mark: str, by_rule: bool, kind: CaseKind) -> None:
        if listing == UNREAD:  # what was not read is on no list, and no rule calls it a match
            kind, by_rule = CaseKind.GROUND, False
        one = alert(listing, band=band, fingerprint=mark, rule="certain-hit" if by_rule else "", kind=kind)
        self.take(Alerted((one,)), "")

    @rule(listing=LISTINGS, outcome=OUTCOMES, by=PEOPLE)
    def decides(self, listing: str, outcome: Outcome, by: str) -> None:
        self.take(says(outcome, listing), by)

    @rule(listing=LISTINGS, by=PEOPLE)
    def wants_release(self, listing: str, by: str) -> None:
        self.take(ReleaseAsked(listing, "licensed", "a licence"), by)

    @rule(listing=LISTINGS, by=PEOPLE)
    def approves(self, listing: str, by: str) -> None:
        self.take(Approved(listing, "agreed"), by)

    @rule(
        by=PEOPLE,
        action=st.sampled_from(
            [
                Declined(KOMID, "no"),
                Declined(UN, "no"),
                Reopened("look again"),
                Reopened("and again"),
                Reviewed(agrees=True, why="looked"),
                Reviewed(agrees=False, why="looked"),
                Asked("the bank", "who"),
                Answered(1, "him"),
                Assigned("D"),
                Commented("so"),
                Drawn("s"),
                CarriedOut(UN, (9,)),
            ]
        ),
        hours=st.integers(0, 24 * 40),
    )
    def does_else(self, by: str, action: Action, hours: int) -> None:
        self.at += timedelta(hours=hours)
        self.take(action, by)

    def take(self, action: Action, by: str) -> None:
        before = self.case
        try:
            after, entry = step(before, action, by, self.at, LOOSE, number=1)
        except UsageError:
            return
        self.case, self.taken = after, self.taken + 1
        self.entries.append(entry)
        if before is None:
            return
        for was in before.pairs:
            now = after.pair(was.listing)
            assert now is not None
            self.let_go_by_two(was, now, action, by)
        if after.state is CaseState.CLOSED and before.state is not CaseState.CLOSED:
            assert by
            assert not isinstance(action, Alerted | Drawn | CarriedOut | Commented | Answered | Asked | Assigned)

    def let_go_by_two(self, was: CasePair, now: CasePair, action: Action, by: str) -> None:
        if was.kind is CaseKind.GROUND and now.outcome is Outcome.FALSE and was.outcome is not Outcome.FALSE:
            assert isinstance(action, Approved), "what was not read is let go of by two, however loose the rules"
            assert not same(now.by, now.second)
        if was.kind is CaseKind.GROUND and now.released:
            assert was.released, "a ground is no true match: nothing releases it as one"
        held = was.outcome is Outcome.TRUE and not was.released
        if held and (now.outcome is not Outcome.TRUE or now.released):
            assert isinstance(action, Approved)
            assert was.proposal is not None
            assert not same(was.proposal.by, by)
            assert (now.by, now.second) == (was.proposal.by, by)

    @invariant()
    def a_closed_case_has_nothing_left_and_two_names_on_what_is_true(self) -> None:
        if self.case is None:
            return
        if self.case.state is CaseState.CLOSED:
            assert all(pair.settled and pair.proposal is None for pair in self.case.pairs)
        for pair in self.case.pairs:
            if pair.settled and pair.outcome is Outcome.TRUE:
                assert pair.second
                assert (pair.rule and not pair.by) or not same(pair.by, pair.second)
            assert pair.outcome is not Outcome.UNCONFIRMED or not pair.settled

    @invariant()
    def every_step_stands_in_the_trail_and_the_trail_is_the_case(self) -> None:
        if self.case is None:
            return
        assert [one.place for one in self.entries] == list(range(1, self.taken + 1))
        assert self.case.version == self.taken
        assert retold(self.entries, lambda _: LOOSE) == self.case


Work.TestCase.settings = settings(max_examples=300, stateful_step_count=40, deadline=None)
TestEveryPath = Work.TestCase
