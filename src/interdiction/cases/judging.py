"""Who may say whether it is them, and when that is in effect: the first blocks at once, two let go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from interdiction.cases.people import another, said, same
from interdiction.cases.rules import CaseRules, ReasonFor
from interdiction.cases.states import to_review
from interdiction.errors import UsageError
from interdiction.model import Band, Outcome
from interdiction.model.case import (
    Approved,
    Case,
    CaseKind,
    CasePair,
    CaseState,
    Decided,
    Declined,
    Effect,
    Proposal,
    ReleaseAsked,
    Reopened,
)


def decide(case: Case, action: Decided, by: str, at: datetime, rules: CaseRules) -> Case:
    """Say of one pair whether it is them.

    True is in effect at once. False, and undetermined of what was found true, are proposed, unless the rules let one
    person close a false hit of that band which nobody ever found true.
    """
    pair = _free(case, action.listing)
    why = said(action.why, "an outcome")
    if action.outcome is Outcome.UNCONFIRMED:
        raise UsageError(
            "nothing is said", where="--outcome", mend="say true, false or undetermined", code="nothing-said"
        )
    reason = rules.reason(action.reason, ReasonFor(action.outcome.value)).id
    if action.outcome is Outcome.UNDETERMINED and not any(not one.answer for one in case.requests):
        raise UsageError(
            "what is undetermined needs a request for information that is open",
            where=case.id,
            mend=f"interdict cases ask {case.id} --of WHOM --text WHAT",
            code="request-required",
        )
    if action.outcome is Outcome.TRUE:
        if pair.outcome is Outcome.TRUE and pair.by and not pair.second:
            raise _already(case, pair)
        effect = Effect(pair.listing, Outcome.TRUE, by, why)
        return _with(_effected(case, effect), _found(pair, Outcome.TRUE, by, at, reason, why))
    bands = [] if pair.kind is CaseKind.GROUND else [pair.band]
    if takes_two(action.outcome, bands, rules, found_true=pair.outcome is Outcome.TRUE):
        proposal = Proposal(action.outcome, reason, why, by, at, bulk=action.bulk)
        return _with(case, replace(pair, proposal=proposal, settled=False))
    effect = Effect(pair.listing, action.outcome, by, why)
    after = _found(pair, action.outcome, by, at, reason, why)
    return _with(_effected(case, effect), replace(after, settled=action.outcome is Outcome.FALSE))


def takes_two(outcome: Outcome, bands: Iterable[Band], rules: CaseRules, *, found_true: bool) -> bool:
    """Say whether an outcome lets go of what one person may not let go of: the one rule, wherever somebody says it.

    `bands` are those of the hits it is said of, none where it is no hit that stops it; `found_true` says that a person
    or a rule of the policy found it true.
    """
    if outcome is Outcome.TRUE:
        return False
    said = set(bands)
    return found_true or (outcome is Outcome.FALSE and not (said and said <= set(rules.alone)))


def ask_release(case: Case, action: ReleaseAsked, by: str, at: datetime, rules: CaseRules) -> Case:
    """Propose to let go of a true match: it is them, and a licence covers it or they are listed no more."""
    pair = _free(case, action.listing)
    why = said(action.why, "a release")
    if pair.outcome is not Outcome.TRUE or pair.kind is CaseKind.GROUND:
        raise UsageError(
            f"nobody found that {case.subject} is {pair.listing}",
            where=pair.listing,
            mend=f"interdict cases decide {case.id} {pair.listing} --outcome false",
            code="not-true",
        )
    reason = rules.reason(action.reason, ReasonFor.RELEASE).id
    proposal = Proposal(Outcome.TRUE, reason, why, by, at, release=True, licence=action.licence.strip())
    return _with(case, replace(pair, proposal=proposal, settled=False))


def approve(case: Case, action: Approved, by: str, at: datetime, rules: CaseRules) -> Case:
    """Approve what another person proposed, or review what another person, or a rule, found true."""
    del rules
    pair = _pair(case, action.listing)
    why = said(action.why, "an approval")
    if pair.proposal is not None:
        another(by, pair.proposal.by, "the approval")
        return _approved(case, pair, pair.proposal, by, at, why)
    if not to_review(pair) or not (pair.by or pair.rule):
        raise UsageError(
            f"nothing waits for a second person in {case.id} for {pair.listing}",
            where=pair.listing,
            mend=f"interdict cases show {case.id} says what it waits for",
            code="nothing-to-approve",
        )
    if pair.by:
        another(by, pair.by, "the review")
    return _with(case, replace(pair, second=by, second_at=at, settled=True))


def decline(case: Case, action: Declined, by: str, at: datetime, rules: CaseRules) -> Case:
    """Drop what was proposed: what was in effect stays so, and the pair waits for somebody to say something."""
    del by, at, rules
    pair = _pair(case, action.listing)
    said(action.why, "a refusal")
    if pair.proposal is None:
        raise UsageError(
            f"nothing is proposed in {case.id} for {pair.listing}",
            where=pair.listing,
            mend=f"interdict cases show {case.id} says what it waits for",
            code="nothing-to-approve",
        )
    return _with(case, replace(pair, proposal=None))


def reopen(case: Case, action: Reopened, by: str, at: datetime, rules: CaseRules) -> Case:
    """Work on a closed case again. Every outcome stays in effect until somebody says another."""
    del by, at, rules
    if case.state is not CaseState.CLOSED:
        raise UsageError(f"{case.id} is open", where=case.id, mend="work on it as it is", code="not-closed")
    said(action.why, "reopening")
    pairs = tuple(replace(pair, settled=False) for pair in case.pairs)
    return replace(case, pairs=pairs, state=CaseState.OPEN, closed_at=None, reopened=case.reopened + 1)


def acted(case: Case, by: str) -> bool:
    """Say whether a person gave or approved an outcome of the case."""
    return any(same(by, name) for pair in case.pairs for name in (pair.by, pair.second) if name)


def _approved(case: Case, pair: CasePair, wanted: Proposal, by: str, at: datetime, why: str) -> Case:
    effect = Effect(
        pair.listing,
        wanted.outcome,
        wanted.by,
        f"{wanted.why} Approved by {by}: {why}",
        second=by,
        release=wanted.release,
        licence=wanted.licence,
    )
    after = replace(
        _found(pair, wanted.outcome, wanted.by, at, wanted.reason, wanted.why),
        second=by,
        second_at=at,
        released=wanted.release,
        licence=wanted.licence,
        settled=wanted.outcome is not Outcome.UNDETERMINED,
        proposal=None,
    )
    return _with(_effected(case, effect), after)


def _found(pair: CasePair, outcome: Outcome, by: str, at: datetime, reason: str, why: str) -> CasePair:
    return replace(
        pair,
        outcome=outcome,
        by=by,
        at=at,
        reason=reason,
        said=why,
        second="",
        second_at=None,
        released=False,
        licence="",
        settled=False,
    )


def _effected(case: Case, effect: Effect) -> Case:
    """Note what has to be carried out; of one pair the last word counts."""
    return replace(case, pending=(*(one for one in case.pending if one.listing != effect.listing), effect))


def _pair(case: Case, listing: str) -> CasePair:
    pair = case.pair(listing)
    if pair is None:
        raise UsageError(
            f"{case.id} has no hit on {listing!r}",
            where="LISTING",
            mend=f"use one of {', '.join(one.listing for one in case.pairs)}",
            code="no-such-pair",
        )
    return pair


def _free(case: Case, listing: str) -> CasePair:
    """Give a pair on which nothing is proposed."""
    pair = _pair(case, listing)
    if pair.proposal is not None:
        raise UsageError(
            f"what {pair.proposal.by} proposed waits for a second person",
            where=listing,
            mend="approve or decline that first",
            code="waits-for-second",
        )
    return pair


def _already(case: Case, pair: CasePair) -> UsageError:
    return UsageError(
        f"{pair.by} has said so already",
        where=pair.listing,
        mend=f"a second person reviews it: interdict cases approve {case.id} {pair.listing}",
        code="already-said",
    )


def _with(case: Case, pair: CasePair) -> Case:
    pairs = tuple(pair if one.listing == pair.listing else one for one in case.pairs)
    return replace(case, pairs=pairs)
