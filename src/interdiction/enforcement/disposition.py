"""What happens to a payment: the gravest row of the rule table that a hit or the payment itself falls under.

Pure: the same payment, findings, policy and day give the same decision, byte for byte, in whatever order they come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType

from interdiction.enforcement import whole
from interdiction.enforcement.bond import Bond
from interdiction.enforcement.circumstances import fitted, law_of, reason
from interdiction.enforcement.deadlines import duties
from interdiction.enforcement.facts import NOTHING, Facts
from interdiction.enforcement.moment import Moment
from interdiction.enforcement.outcome import Finding
from interdiction.enforcement.policy import Policy
from interdiction.enforcement.setting import Setting, of_payment
from interdiction.enforcement.table import GRAVITY
from interdiction.model import Basis, Decision, Disposition, Grade, Hit, Payment, Problem, Reason, to_json


def decide_payment(
    payment: Payment,
    findings: Sequence[Finding],
    policy: Policy,
    *,
    on: date,
    editions: Sequence[str],
    at: datetime | None = None,
    stale: Sequence[str] = (),
    problems: Sequence[Problem] = (),
    facts: Facts = NOTHING,
    used: Mapping[str, Sequence[Decimal]] | None = None,
    read: Mapping[str, str] = MappingProxyType({}),
    thresholds: str = "",
    weights: str = "",
    core: str = "",
) -> Decision:
    """Decide on one payment on the day `on`, at the instant `at` where that is known (with its zone).

    `findings` are all its hits, each with its outcome and the role of the party. `editions` are the ids of the
    editions it was screened against (`ofac-sdn@2015-01-02...`); without one of a list that binds the institution
    nothing is released. `stale` names lists that are stale or whose newest edition was refused; `problems` are
    those of the file as a whole. `facts` is what a person said of the payment, `used` the amounts already drawn on
    licences, `read` who looked into unread parts and found nothing that stops it, by their mark, as two people
    approved. BLOCK, REJECT and RETAIN need a confirmed outcome, and RELEASE needs that nothing is open. Raises
    `UsageError` (`instant`) for an instant without a zone.
    """
    setting = of_payment(payment, policy, Moment.of(on, at), editions, facts=facts, used=used)
    unread = [problem for problem in (*payment.problems, *problems) if whole.counts(problem)]
    if not payment.parties and not unread:
        unread = [_nobody(payment)]
    judged, aside, rule = whole.asked(findings, setting)
    found: list[tuple[Disposition, Reason]] = []
    for finding in sorted(judged, key=order):
        found += [(fit.row.payment, reason(finding, fit, of_customer=False)) for fit in fitted(finding, setting)]
    for row, what in whole.rows(setting, stale, unread, hits=bool(judged), not_asked=rule, read=read):
        found.append((row.payment, whole.reason(row, what, setting, of_customer=False, ground=whole.mark(unread))))
    found.sort(key=lambda one: GRAVITY.index(one[0]))
    gravest = found[0][0]
    reasons = tuple(one for _, one in found)
    released = gravest is Disposition.RELEASE
    return Decision(
        payment=payment.id,
        disposition=gravest,
        reasons=reasons,
        hits=distinct(judged),
        on=on,
        institution=policy.institution.name or policy.institution.kind,
        sentence=summary(reasons),
        editions=setting.editions,
        policy=policy.reference,
        thresholds=thresholds,
        weights=weights,
        core=core,
        problems=(*payment.problems, *problems),
        at=at,
        position=setting.position,
        reach=setting.laws,
        rail=setting.way.id if setting.way is not None else "",
        carried_out=_carried_out(gravest, setting),
        licences=tuple(dict.fromkeys(one.licence for one in reasons if one.licence)),
        due=duties(_bound([one for grave, one in found if grave is gravest], setting), gravest, on),
        uetr=payment.uetr,
        alert=setting.funds == "none" and not released,
        set_aside=distinct(aside),
    )


def _carried_out(disposition: Disposition, setting: Setting) -> str:
    """Say how the disposition is carried out on the rail, and what we hold there."""
    if setting.way is None or setting.funds == "none":
        return "Nothing moves by this message." if setting.funds == "none" else ""
    said = setting.way.carried_out(disposition)
    return said if disposition is Disposition.RELEASE else f"{said} Here {setting.holds}."


def _bound(reasons: Sequence[Reason], setting: Setting) -> set[str]:
    """Give the laws whose duty to report the gravest reasons bring."""
    return {law for one in reasons if one.nexus == Bond.BOUND and (law := law_of(one.listing, setting)) is not None}


def order(finding: Finding) -> tuple[bool, float, str, str, str, str, str, bytes]:
    """Give a place that does not depend on the order in which findings came: the best hit on a list first."""
    hit = finding.hit
    place, tie = hit.basis is Basis.JURISDICTION, to_json(finding)
    return (place, -hit.score, hit.listing, hit.query_id, finding.role or "", finding.outcome, finding.by, tie)


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
