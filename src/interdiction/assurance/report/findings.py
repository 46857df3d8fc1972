"""The later sections of the page: namesakes, the band below the line, changes by name, and the worst misses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interdiction.assurance.change import SHOWN, Change, Moved, Side
from interdiction.assurance.misses import Miss
from interdiction.assurance.report import marks
from interdiction.assurance.report.marks import Html, section, table
from interdiction.assurance.result import Assurance


def namesakes(number: int, result: Assurance) -> Html:
    """Show what becomes of people who bear a listed name and are somebody else."""
    rows = (
        (
            one.known,
            one.expected,
            marks.recall(one.alerting),
            marks.interval(one.alerting),
            marks.few(one.alerting),
            "–" if one.mean_score is None else f"{one.mean_score:.3f}",
            "–" if one.alerts_each is None else f"{one.alerts_each:.2f}",
        )
        for one in result.namesakes
    )
    heads = ("Known besides the exact name", "Expected", "Alerting", "95 %", "People", "Mean score", "Alerts each")
    return section(
        number,
        "Namesakes",
        "People who bear the name of a listed person. Alerting counts those who alert on that listing; alerts each are "
        "all listings that alert for one of them on average. Facts have to order the scores: agreeing ones highest, "
        "conflicting ones lowest.",
        table(heads, rows, kinds="ttnnnnn"),
    )


def taken_by_facts(result: Assurance) -> Iterator[Html]:
    """Show what facts took below the threshold, a random few of it by name."""
    found = result.removed
    if found is None:
        return
    said = (
        f"Facts took {found.pairs:,} pairs of {found.parties:,} rows below the threshold that the names alone would "
        f"have made hits; {found.cleared:,} of these rows have no other hit."
    )
    yield Html(f"<h3>Alerts that facts removed</h3>\n<p>{said}</p>\n")
    if not found.sample:
        return
    rows = (
        (
            one.id,
            marks.name(one.ours),
            one.listing,
            marks.name(one.listed),
            f"{one.name_score:.2f}",
            f"{one.score:.2f}",
            "; ".join(one.facts),
        )
        for one in found.sample
    )
    heads = ("Row", "Name", "Listing", "Listed as", "By name", "Score", "Because")
    caption = f"{len(found.sample)} of them, drawn at random"
    yield table(heads, rows, kinds="ctctnnt", caption=caption)


def below(number: int, result: Assurance) -> Html:
    """Show the band under the threshold and what labels prove of it."""
    title, band = "Below the line", result.below
    if band is None:
        return section(number, title, "Pairs below the line are drawn from a book of one's own: run with --book.")
    said = (
        f"{band.pairs:,} pairs of {band.parties:,} rows and a listing score from {band.low:.2f} to below "
        f"{band.high:.2f}; "
        f"{band.sample:,} of them were drawn at random."
    )
    if band.labelled is None:
        return section(
            number,
            title,
            said,
            "They have not been labelled. Write them with --below FILE, label each as same, different or unsure, and "
            "run again with --labels FILE.",
        )
    one = band.labelled
    rows = [
        ("Labelled as the same party", f"{one.same:,}"),
        ("Labelled as different", f"{one.different:,}"),
        ("Unsure (counts as the same)", f"{one.unsure:,}"),
        ("Without a label (counts as the same)", f"{one.unlabelled:,}"),
        ("Matches in the whole band, at most (95 %)", f"{one.misses_at_most:,} of {band.pairs:,}"),
        ("The same per 1,000 rows", f"{one.per_thousand:.2f}"),
    ]
    return section(number, title, said, table(("", "Pairs"), rows, kinds="tn"))


def changes(number: int, result: Assurance) -> Html:
    """Show each change that was weighed, by name."""
    if not result.changes:
        said = "None was asked for: --try-threshold and --try-weights weigh a change before it is made."
        return section(number, "What a change would do", said)
    pieces = [_change(one) for one in result.changes]
    return section(number, "What a change would do", Html("".join(pieces)))


def _change(one: Change) -> Html:
    sides = table(
        ("", "Threshold", "Weights", "Recall, all damage", "95 %", "Alerts per 1,000"),
        (_side("before", one.before), _side("after", one.after)),
        kinds="tttnnn",
    )
    lists = (
        ("Alerts lost", one.alerts_lost, one.lost),
        ("Alerts gained", one.alerts_gained, one.gained),
        ("Damaged names no longer found", one.finds_lost, one.found_no_more),
        ("Damaged names found in addition", one.finds_gained, one.found_more),
    )
    return Html(f"<h3>{marks.text(one.what.capitalize())}</h3>\n{sides}" + "".join(_moved(*some) for some in lists))


def _side(name: str, one: Side) -> tuple[object, ...]:
    recall = marks.recall(one.recall)
    load = marks.per_thousand(one.alerts.alerted)
    return name, one.thresholds, one.weights, recall, marks.interval(one.recall), load


def _moved(title: str, of: int, some: Sequence[Moved]) -> Html:
    if not of:
        return Html(f"<p>{title}: none.</p>\n")
    same = all(one.before == one.after for one in some)  # another threshold leaves every score as it is
    scores = (lambda one: (_score(one.before),)) if same else (lambda one: (_score(one.before), _score(one.after)))
    rows = ((marks.name(one.ours), one.listing, marks.name(one.listed), *scores(one)) for one in some)
    shown = f", the first {SHOWN} by score" if of > len(some) else ""
    caption = Html(f"<b>{title}: {of:,}</b>{shown}")
    heads = ("Score",) if same else ("Score before", "Score after")
    return table(("Name", "Listing", "Listed as", *heads), rows, kinds="tct" + "n" * len(heads), caption=caption)


def _score(value: float) -> str:
    return f"{value:.4f}" if value else "below 0.5"


def misses(number: int, result: Assurance) -> Html:
    """Show the misses that are hardest to explain, each with its reckoning."""
    title = "Worst misses"
    if not result.missed:
        return section(number, title, "No damaged name was missed.")
    said = (
        f"{result.missed:,} damaged names were missed in all. These are the {len(result.misses)} that most resemble "
        "what is listed, at most three of a class. The lines add up to the score of the judge; where it left nothing "
        "of the name they stand without numbers. 0.0000 as the score of screening means that it gave none of 0.50 or "
        "more. Lost by retrieval: the judge would have made a hit of it, but the names were too unlike to be "
        "candidates."
    )
    return section(number, title, said, Html("".join(_miss(one) for one in result.misses)))


def _miss(one: Miss) -> str:
    lines = "".join(
        f'<tr><td class="n">{f"{line.effect:+.3f}" if one.score else ""}</td><td>{marks.text(line.sentence)}</td></tr>'
        for line in one.reckoning
    )
    lost = ' · <span class="bad">lost by retrieval</span>' if one.lost_by == "retrieval" else ""
    return (
        f'<div class="miss"><div class="pair">{marks.name(one.damaged)} <span class="soft">for</span> '
        f'{marks.name(one.listed)}</div><div class="soft">{marks.text(one.damage)} · {marks.text(one.listing)} · '
        f"screening {one.found:.4f} · judge {one.score:.4f}{lost}</div><table>{lines}</table></div>\n"
    )
