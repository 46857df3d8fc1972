"""What happens to a payment: the gravest row of the rule table that a hit or the payment itself falls under.

Pure: the same payment, findings, policy and day give the same decision, byte for byte, in whatever order they come.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from interdiction.enforcement import whole
from interdiction.enforcement.circumstances import Setting, fitted, reason
from interdiction.enforcement.outcome import Finding
from interdiction.enforcement.policy import Policy
from interdiction.enforcement.table import GRAVITY
from interdiction.model import Decision, Disposition, Grade, Hit, Payment, Problem, Reason, to_json


def decide_payment(
    payment: Payment,
    findings: Sequence[Finding],
    policy: Policy,
    *,
    on: date,
    editions: Sequence[str],
    stale: Sequence[str] = (),
    problems: Sequence[Problem] = (),
    thresholds: str = "",
    weights: str = "",
    core: str = "",
) -> Decision:
    """Decide on one payment on the day `on`.

    `findings` are all its hits, each with its outcome and the role of the party. `editions` are the ids of the
    editions it was screened against (`ofac-sdn@2015-01-02...`); without one of a list that binds the institution
    nothing is released. `stale` names lists that are stale or whose newest edition was refused; `problems` are
    those of the file as a whole. BLOCK and REJECT need a confirmed outcome, and RELEASE needs that nothing is open.
    """
    setting = Setting(policy, on, tuple(sorted(editions)), payment.on)
    unread = [problem for problem in (*payment.problems, *problems) if whole.counts(problem)]
    if not payment.parties and not unread:
        unread = [_nobody(payment)]
    found: list[tuple[Disposition, Reason]] = []
    for finding in sorted(findings, key=order):
        for row, designations in fitted(finding, setting):
            found.append((row.payment, reason(finding, row, designations, setting, of_customer=False)))
    for row, what in whole.rows(setting, stale, unread, hits=bool(findings)):
        found.append((row.payment, whole.reason(row, what, setting, of_customer=False)))
    found.sort(key=lambda one: GRAVITY.index(one[0]))
    gravest = found[0][0]
    reasons = tuple(one for _, one in found)
    return Decision(
        payment=payment.id,
        disposition=gravest,
        reasons=reasons,
        hits=distinct(findings),
        on=on,
        institution=policy.institution.name or policy.institution.kind,
        sentence=summary(reasons),
        editions=setting.editions,
        policy=policy.reference,
        thresholds=thresholds,
        weights=weights,
        core=core,
        problems=(*payment.problems, *problems),
    )


def order(finding: Finding) -> tuple[float, str, str, str, str, str, bytes]:
    """Give a place that does not depend on the order in which findings came: the best hit first."""
    hit = finding.hit
    tie = to_json(finding)
    return (-hit.score, hit.listing, hit.query_id, finding.role or "", finding.outcome, finding.by, tie)


def distinct(findings: Sequence[Finding]) -> tuple[Hit, ...]:
    """Give each hit once, the best first."""
    kept: dict[bytes, Hit] = {}
    for finding in sorted(findings, key=order):
        kept.setdefault(to_json(finding.hit), finding.hit)
    return tuple(kept.values())


def summary(reasons: Sequence[Reason]) -> str:
    """Give the gravest reason's sentence, and how many more there are."""
    more = len(reasons) - 1
    if not more:
        return reasons[0].sentence
    return f"{reasons[0].sentence} ({more} more {'reason' if more == 1 else 'reasons'}.)"


def _nobody(payment: Payment) -> Problem:
    return Problem(
        code="no-party",
        message="the payment names nobody, so nothing was screened",
        grade=Grade.ROW,
        file=payment.source,
        line=payment.row,
    )
