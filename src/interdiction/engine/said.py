"""What one person said of a payment beside it: what counts at once, and what is only proposed in its case.

The rules are those of a case: whoever says that it is them stops it alone, whoever lets go needs another person.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from interdiction.cases.judging import takes_two
from interdiction.cases.rules import CaseRules
from interdiction.cases.workflow import step
from interdiction.enforcement import Policy
from interdiction.enforcement.facts import Facts
from interdiction.enforcement.moment import Moment
from interdiction.engine import decide
from interdiction.errors import UsageError
from interdiction.model import Grade, Outcome, Problem, Role
from interdiction.model.case import Action, CarriedOut, Case, CaseEntry, Decided

if TYPE_CHECKING:
    from interdiction.engine.force import Force
    from interdiction.engine.payment import PaymentHits

_WITH_IT: Final = "said with the payment"
_IN_WORDS: Final = "in-words"


def counted(
    force: Force,
    policy: Policy,
    one: PaymentHits,
    facts: Facts,
    rules: CaseRules,
    *,
    on: date,
    at: datetime | None = None,
) -> Facts:
    """Give the same facts with the outcomes that count by one person's word; the others are `proposed`."""
    if not facts.outcomes:
        return facts
    sides = zip(one.payment.parties, one.parties, strict=True)
    findings = [decide.found(force, hit, policy, side.role) for side, screened in sides for hit in screened.hits]
    findings += [decide.found(force, hit, policy, Role.REMITTANCE) for hit in one.text.hits]
    findings += decide.tied(one.payment, policy, Moment.of(on, at))
    proposed = {
        listing: said
        for listing, said in facts.outcomes.items()
        if takes_two(
            said,
            [finding.hit.band for finding in findings if finding.hit.listing == listing],
            rules,
            found_true=any(one.outcome is Outcome.TRUE for one in findings if one.hit.listing == listing),
        )
    }
    counts = {listing: said for listing, said in facts.outcomes.items() if listing not in proposed}
    return replace(facts, outcomes=counts, proposed=proposed)


def waiting(payment: str, facts: Facts) -> list[Problem]:
    """Say what of the facts does not count yet."""
    return [
        Problem(
            code="said-by-one",
            message=f"{facts.by} says of {listing} that it is {said.value}: another person has to approve that",
            grade=Grade.ROW,
            node=payment,
            mend="keep it (--record) and let another person approve it in its case: interdict cases approve",
        )
        for listing, said in facts.proposed.items()
    ]


def steps(
    case: Case, facts: Facts, listings: Sequence[str], at: datetime, rules: CaseRules, sha256: str
) -> list[tuple[Case, CaseEntry]]:
    """Take in a case the steps of what was said with its payment, of those pairs on which nobody else has spoken.

    What counted already is noted as carried out. What a case refuses (undetermined without a request) is not taken:
    then nothing was let go, and the problem of the run told it.
    """
    taken: list[tuple[Case, CaseEntry]] = []
    for listing, said in {**facts.outcomes, **facts.proposed}.items():
        pair = case.pair(listing)
        if listing not in listings or pair is None or pair.proposal is not None or pair.by or pair.settled:
            continue
        acts: list[tuple[Action, str]] = [(Decided(listing, said, _IN_WORDS, facts.why or _WITH_IT), facts.by)]
        acts += [(CarriedOut(listing, ()), "")] if listing in facts.outcomes else []
        try:
            for action, by in acts:
                taken.append(step(case, action, by, at, rules, sha256=sha256))
                case = taken[-1][0]
        except UsageError:
            continue
    return taken
