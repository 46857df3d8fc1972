"""Whoever proposes, approves and rejects in whatever order: two people stand behind everything that is approved."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from interdiction.cases import changing
from interdiction.cases.people import same
from interdiction.errors import UsageError
from interdiction.model.change import HomeChange, HomeChangeAct, HomeChangeKind, HomeChangeStep, Standing
from tests.cases.making import AT

PEOPLE = st.sampled_from(["A. First", "a first", "B. Second", "C. Third", " "])


class Changing(RuleBasedStateMachine):
    """People and changes at random."""

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[int, HomeChange] = {}
        self.steps: list[tuple[int, datetime, str, HomeChangeStep]] = []
        self.at = AT

    @rule(by=PEOPLE, why=st.sampled_from(["agreed", " "]), stricter=st.booleans(), kind=st.sampled_from(HomeChangeKind))
    def proposes(self, by: str, why: str, stricter: bool, kind: HomeChangeKind) -> None:
        step = HomeChangeStep(HomeChangeAct.PROPOSED, why, kind, "policy", stricter=stricter)
        number = len(self.known) + 1
        try:
            self.known[number] = changing.propose(number, step, by=by, at=self.at)
        except UsageError:
            assert not (by.strip() and why.strip())
            return
        self.steps.append((number, self.at, by, step))

    @rule(number=st.integers(1, 5), by=PEOPLE, approves=st.booleans(), minutes=st.integers(0, 90))
    def says(self, number: int, by: str, approves: bool, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)
        before = self.known.get(number)
        if before is None:
            return
        act, word = (
            (changing.approve, HomeChangeAct.APPROVED) if approves else (changing.reject, HomeChangeAct.REJECTED)
        )
        try:
            after = act(before, by=by, why="looked", at=self.at)
        except UsageError:
            return
        assert before.standing in {Standing.WAITING, Standing.TO_REVIEW}
        if approves or before.stricter:
            assert not same(before.by, by)
        assert after.standing is (Standing.APPROVED if approves else Standing.REJECTED)
        self.known[number] = after
        self.steps.append((number, self.at, by, HomeChangeStep(word, "looked")))

    @invariant()
    def what_is_approved_has_two_names_and_the_steps_tell_everything(self) -> None:
        for one in self.known.values():
            if one.standing is Standing.APPROVED:
                assert one.second
                assert not same(one.by, one.second)
        assert changing.retold(self.steps) == self.known


Changing.TestCase.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
TestChanging = Changing.TestCase
