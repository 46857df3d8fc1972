"""The section on names inside free text: by class beside the name field, and what innocent lines alert for."""

from __future__ import annotations

from interdiction.assurance.report import marks, plots
from interdiction.assurance.report.marks import Html, section, table
from interdiction.assurance.texts import InTexts


def in_texts(number: int, found: InTexts) -> Html:
    """Show what is found of names inside lines of free text, and what that costs."""
    weak = found.weak.of - found.weak.found
    said = (
        f"Damaged names inside lines as payments carry them, at the thresholds of texts ({found.thresholds}). They are "
        f"higher than those of name fields, because a line has many more words than a name. Found: "
        f"{marks.recall(found.overall)} of {found.overall.of:,}. Alone in a name field, at the same thresholds, "
        f"{marks.recall(found.alone)} of these names are found; {found.lost:,} of them the line loses. A line may find "
        "what the field does not: every run of its words is looked at, also the one that leaves a damaged word out."
    )
    second = (
        "A weak alias inside a text is a hit only beside a second fact (OFAC FAQ 122 to 125), which these lines do not "
        f"hold: {found.weak.found:,} of {found.weak.of:,} were hits or kept as suppressed"
        + (f", {weak} lost." if weak else ", none was lost.")
    )
    rows: list[tuple[object, ...]] = []
    family = ""
    for row in found.rows:
        if row.family != family:
            family = row.family
            rows.append((family.capitalize(),))
        rows.append(
            (
                row.key,
                plots.row(row.inside, [row.alone], must=False),
                marks.recall(row.inside),
                marks.interval(row.inside),
                marks.few(row.inside),
                marks.recall(row.alone),
                f"{row.lost:,}",
                f"{row.suppressed:,}",
            )
        )
    heads = (
        "Damage",
        plots.scale(),
        "In a line",
        "95 %",
        "Lines",
        "Alone",
        Html("lost to<br>the line"),
        Html("supp-<br>ressed"),
    )
    alerts = (
        f"{found.alerts.found:,} of {found.alerts.of:,} lines with an innocent's name alert: "
        f"{marks.per_thousand(found.alerts)} of a thousand, by that name or by another word of the line."
    )
    causes = table(
        ("Words of the line", "Taken for", "Listing", "Lines"),
        ((marks.name(one.words), marks.name(one.matched), one.listing, f"{one.lines:,}") for one in found.causes),
        kinds="ttcn",
        caption="What most of these alerts are",
    )
    return section(
        number,
        "Names inside free text",
        said,
        Html(f"<p{' class=bad' if weak else ''}>{marks.text(second)}</p>\n"),
        table(heads, rows, kinds="tpnnnnnn", even=True),
        plots.key("found in a line", ("alone in a name field, at the same threshold",)),
        Html(f"<h3>Innocent lines</h3>\n<p>{marks.text(alerts)}</p>\n"),
        *([causes] if found.causes else []),
        *([f"{found.cut:,} answers were cut by a limit and would be held."] if found.cut else []),
    )
