"""The steps of a case: who may do what, when it is in effect, and what nobody may do alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

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
    CaseKind,
    CaseState,
    Commented,
    Declined,
    Drawn,
    ReleaseAsked,
    Reopened,
    Reviewed,
)
from tests.cases.making import AT, KOMID, RULES, alert, opened, says, take

FIRST, SECOND, THIRD = "A. First", "B. Second", "C. Third"


def refused(case: Case, action: Action, by: str = FIRST) -> str:
    with pytest.raises(UsageError) as caught:
        take(case, action, by)
    return caught.value.code


def blocked() -> Case:
    return take(take(opened(), says(Outcome.TRUE)), Approved(KOMID, "the same passport"), SECOND)


def test_the_first_who_finds_them_blocks_at_once_and_a_second_reviews_afterwards() -> None:
    case = take(opened(), says(Outcome.TRUE))
    assert (case.state, case.pairs[0].outcome, case.pending[0].outcome) == (
        CaseState.WAITING,
        Outcome.TRUE,
        Outcome.TRUE,
    )
    assert refused(case, Approved(KOMID, "fine")) == "same-person"
    done = take(case, Approved(KOMID, "the same passport"), SECOND)
    assert (done.state, done.pairs[0].second, len(done.pending)) == (CaseState.CLOSED, SECOND, 1)


def test_a_false_hit_is_let_go_only_when_a_second_has_approved_it() -> None:
    case = take(opened(), says(Outcome.FALSE))
    assert (case.state, case.pairs[0].outcome, case.pending) == (CaseState.WAITING, Outcome.UNCONFIRMED, ())
    done = take(case, Approved(KOMID, "agreed"), SECOND)
    assert (done.state, done.pairs[0].outcome, done.pending[0].second) == (CaseState.CLOSED, Outcome.FALSE, SECOND)


def test_one_person_closes_a_false_hit_of_a_band_that_the_rules_name_and_of_no_other() -> None:
    rules = replace(RULES, alone=(Band.POSSIBLE,))
    case = opened(alert(band=Band.POSSIBLE), alert("un:1", band=Band.STRONG), rules=rules)
    case = take(case, says(Outcome.FALSE), rules=rules)
    assert (case.pairs[0].outcome, case.pairs[0].settled) == (Outcome.FALSE, True)
    case = take(case, says(Outcome.FALSE, "un:1"), rules=rules)
    assert (case.pairs[1].outcome, case.state) == (Outcome.UNCONFIRMED, CaseState.WAITING)


@pytest.mark.parametrize(
    "typed",
    ["A. First", "a. first", " A.  First ", "\N{FULLWIDTH LATIN CAPITAL LETTER A}. First", "A First", "A.First"],
)
def test_the_second_is_never_the_first_however_the_name_is_typed(typed: str) -> None:
    assert refused(take(opened(), says(Outcome.FALSE)), Approved(KOMID, "agreed"), typed) == "same-person"


def test_what_a_rule_of_the_policy_found_is_reviewed_by_a_person_before_the_case_is_closed() -> None:
    case = opened(alert(rule="certain-hit"))
    assert (case.state, case.pairs[0].outcome) == (CaseState.WAITING, Outcome.TRUE)
    assert take(case, Approved(KOMID, "right"), FIRST).state is CaseState.CLOSED


def test_a_true_match_is_released_by_two_and_stays_true() -> None:
    case = take(blocked(), Reopened("a licence has come"))
    case = take(case, ReleaseAsked(KOMID, "licensed", "GL 5 covers it", "us-gl-5"))
    assert (case.pairs[0].released, case.pending[-1].release) == (False, False)
    assert refused(case, Approved(KOMID, "fine")) == "same-person"
    done = take(case, Approved(KOMID, "its conditions are met"), SECOND)
    assert (done.pairs[0].outcome, done.pairs[0].released, done.pairs[0].licence) == (Outcome.TRUE, True, "us-gl-5")
    assert (done.pending[-1].release, done.state) == (True, CaseState.CLOSED)


@pytest.mark.parametrize("outcome", [Outcome.FALSE, Outcome.UNDETERMINED])
def test_taking_back_a_true_match_waits_for_a_second_in_every_band(outcome: Outcome) -> None:
    rules = replace(RULES, alone=(Band.POSSIBLE,))
    case = take(opened(alert(band=Band.POSSIBLE), rules=rules), says(Outcome.TRUE), rules=rules)
    case = take(case, Asked("the bank", "the passport"), rules=rules)
    case = take(case, says(outcome), SECOND, rules=rules)
    assert (case.pairs[0].outcome, case.state) == (Outcome.TRUE, CaseState.WAITING)


def test_undetermined_needs_an_open_request_and_stays_open_when_the_answer_is_overdue() -> None:
    case = opened()
    assert refused(case, says(Outcome.UNDETERMINED)) == "request-required"
    case = take(case, Asked("the bank", "the passport", 2))
    assert case.requests[0].due == AT + timedelta(minutes=1, days=2)
    case = take(case, says(Outcome.UNDETERMINED))
    assert case.state is CaseState.ASKED
    case = take(case, Answered(1, "born 1985"), minutes=60 * 24 * 9)
    assert (case.state, case.pairs[0].settled) == (CaseState.OPEN, False)


def test_identical_hits_join_the_pair_and_other_evidence_asks_again() -> None:
    case = take(opened(alert(), alert("un:1")), says(Outcome.FALSE))
    case = take(case, Approved(KOMID, "agreed"), SECOND)
    same = take(case, Alerted((alert(record=2),)))
    assert (same.pairs[0].alerts, same.pairs[0].records, same.pairs[0].outcome) == (2, (1, 2), Outcome.FALSE)
    other = take(case, Alerted((alert(record=2, fingerprint="f2"),)))
    assert (other.pairs[0].outcome, other.pairs[0].settled, other.state) == (
        Outcome.UNCONFIRMED,
        False,
        CaseState.OPEN,
    )


def test_other_evidence_drops_what_was_proposed_on_the_old() -> None:
    case = take(opened(), says(Outcome.FALSE))
    case = take(case, Alerted((alert(fingerprint="f2"),)))
    assert refused(case, Approved(KOMID, "agreed"), SECOND) == "nothing-to-approve"


def test_a_reopened_case_keeps_its_outcome_in_effect_and_its_block() -> None:
    case = take(blocked(), CarriedOut(KOMID, (5,)), "")
    case = take(case, Reopened("new facts"))
    assert (case.state, case.pairs[0].outcome, case.pending) == (CaseState.OPEN, Outcome.TRUE, ())
    again = take(take(case, says(Outcome.TRUE), THIRD), Approved(KOMID, "still"), FIRST)
    assert again.state is CaseState.CLOSED


def test_a_delisting_opens_an_unblocking_review_that_two_people_settle() -> None:
    case = opened(alert(kind=CaseKind.UNBLOCKING))
    assert (case.state, case.pairs[0].outcome) == (CaseState.OPEN, Outcome.TRUE)
    assert refused(case, Approved(KOMID, "gone")) == "nothing-to-approve"
    asked = take(case, ReleaseAsked(KOMID, "delisted", "on no list, no owner, no other programme"))
    assert asked.state is CaseState.WAITING
    assert take(asked, Approved(KOMID, "agreed"), SECOND).pairs[0].released
    stays = take(take(case, says(Outcome.TRUE)), Approved(KOMID, "the UN lists it"), SECOND)
    assert (stays.state, stays.pairs[0].released) == (CaseState.CLOSED, False)


def test_a_sample_is_reviewed_by_whoever_had_no_part_and_disagreement_opens_the_case() -> None:
    case = take(take(opened(), says(Outcome.FALSE)), Approved(KOMID, "agreed"), SECOND)
    assert refused(case, Reviewed(agrees=True, why="fine"), THIRD) == "not-drawn"
    case = take(case, Drawn("2026-11"), "")
    assert refused(case, Reviewed(agrees=True, why="fine"), SECOND) == "same-person"
    assert take(case, Reviewed(agrees=True, why="fine"), THIRD).state is CaseState.CLOSED
    assert take(case, Reviewed(agrees=False, why="the passport is another"), THIRD).state is CaseState.OPEN


@pytest.mark.parametrize(
    ("action", "code"),
    [
        (says(Outcome.TRUE, "un:404"), "no-such-pair"),
        (says(Outcome.UNCONFIRMED), "nothing-said"),
        (replace(says(Outcome.TRUE), reason="other-birth"), "reason-code"),
        (replace(says(Outcome.TRUE), why=" "), "why-required"),
        (Approved(KOMID, "fine"), "nothing-to-approve"),
        (Declined(KOMID, "no"), "nothing-to-approve"),
        (ReleaseAsked(KOMID, "licensed", "a licence"), "not-true"),
        (Reopened("again"), "not-closed"),
        (Answered(3, "yes"), "no-such-request"),
        (Asked("the bank", "what", 400), "request-days"),
        (Commented("  "), "why-required"),
        (Drawn("2026-11"), "not-closed"),
        (Alerted((alert(subject="C2"),)), "another-subject"),
    ],
)
def test_what_may_not_be_done_is_refused_by_its_code(action: Action, code: str) -> None:
    assert refused(opened(), action) == code


@pytest.mark.parametrize("action", [says(Outcome.TRUE), Assigned("D"), Asked("x", "y"), Alerted((alert(),))])
def test_a_closed_case_is_reopened_before_it_is_worked_on(action: Action) -> None:
    assert refused(blocked(), action, THIRD) == "case-closed"


def test_a_step_needs_a_person() -> None:
    assert refused(opened(), says(Outcome.TRUE), " . ") == "by-required"


def test_a_first_step_of_another_person_cannot_replace_what_waits() -> None:
    case = take(opened(), says(Outcome.FALSE))
    assert refused(case, says(Outcome.FALSE), SECOND) == "waits-for-second"
    assert refused(take(opened(), says(Outcome.TRUE)), says(Outcome.TRUE), SECOND) == "already-said"
    assert take(case, Declined(KOMID, "look again"), SECOND).state is CaseState.OPEN


def test_steps_taken_again_give_the_same_case() -> None:
    case, entry = step(None, Alerted((alert(),)), "", AT, RULES, number=7)
    entries = [entry]
    for action, by in ((says(Outcome.TRUE), FIRST), (Assigned("D"), THIRD), (Approved(KOMID, "right"), SECOND)):
        case, entry = step(case, action, by, AT, RULES)
        entries.append(entry)
    assert retold(entries, lambda _: RULES) == case
    assert [(one.place, one.act) for one in entries] == [
        (1, "alerted"),
        (2, "decided"),
        (3, "assigned"),
        (4, "approved"),
    ]
