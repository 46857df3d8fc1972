"""The whole page: summary, what was tested, recall, alerts, namesakes, below the line, changes, misses, method, law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import resources

from interdiction.assurance.recall import Row
from interdiction.assurance.report import marks, plots
from interdiction.assurance.report.findings import below, changes, misses, namesakes, taken_by_facts
from interdiction.assurance.report.marks import Html, section, table
from interdiction.assurance.report.texts import in_texts
from interdiction.assurance.result import Assurance, BookTested
from interdiction.assurance.truth import texts

_SCRIPTS = {
    "Latn": "Latin",
    "Arab": "Arabic",
    "Cyrl": "Cyrillic",
    "Hani": "Han",
    "Hang": "Hangul",
    "Hebr": "Hebrew",
    "Grek": "Greek",
    "Kana": "Katakana",
    "Hira": "Hiragana",
    "Thai": "Thai",
}


def page(result: Assurance) -> str:
    """Give the report as one HTML text."""
    setting = result.setting
    title = "Effectiveness of name screening"
    where = f" · {setting.institution}" if setting.institution else ""
    instant = setting.at.strftime("%d %B %Y, %H:%M UTC").lstrip("0")
    sections = [
        _summary(result),
        _tested(result),
        _classes(result),
        _strata(result),
        _alerts(result),
        namesakes(6, result),
        in_texts(7, result.texts),
        below(8, result),
        changes(9, result),
        misses(10, result),
        section(11, "Method", marks.listed(texts().method), _definitions(result)),
        section(12, "Limits", marks.listed(texts().limits)),
        section(
            13,
            "What this answers",
            "The rules are given in our words; read the text itself before a filing rests on it.",
            table(
                ("Rule", "What stands here", "What does not"),
                ((one.rule, one.here, one.elsewhere) for one in texts().law),
            ),
        ),
        section(14, "Review", texts().review, table(("", ""), ((one, "") for one in texts().reviewed), kinds="ct")),
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}{marks.text(where)}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n<main>\n"
        f'<header><div class="over">Model validation report{marks.text(where)}</div><h1>{title}</h1>\n'
        f'<div class="soft">Run of {instant} · seed {marks.text(setting.seed)} · '
        f"threshold {setting.threshold:.2f} · interdiction {marks.text(setting.interdiction)}</div></header>\n"
        + "".join(sections)
        + f'<footer>Made by <span class="mono">interdict assure</span>, '
        f"interdiction {marks.text(setting.interdiction)}. "
        "A hit is not a match, and this report is not legal advice.</footer>\n</main>\n</body>\n</html>\n"
    )


def _style() -> str:
    return (resources.files(__package__ or "") / "report.css").read_text(encoding="utf-8")


def _summary(result: Assurance) -> Html:
    must, others, alerts = result.must.recall, result.others.recall, result.alerts
    lost = must.of - must.found
    tiles = [
        _tile(
            marks.recall(must),
            "found where nothing may be lost",
            f"{lost} lost of {must.of:,}; at least {marks.per_cent(must.low, 2)} with 95 % confidence",
            bad=lost > 0,
        ),
        _tile(
            marks.recall(others),
            "found under all other damage",
            f"95 % interval {marks.interval(others)}; {others.of:,} trials",
        ),
        _tile(
            marks.per_thousand(alerts.alerted),
            "alerts per 1,000 innocents",
            f"{alerts.alerted.found:,} of {alerts.innocents:,}" + ("" if result.setting.book.file else ", invented"),
        ),
    ]
    for at, one in enumerate(result.budgets):
        found = result.overall.at_budget[at].recall
        more = "the sample is too small to say" if one.threshold is None else f"threshold {one.threshold:.4f}"
        tiles.append(_tile(marks.recall(found), f"of all found at {one.per_thousand:g} alerts per 1,000", more))
    band = result.below
    if band is not None and band.labelled is not None:
        labelled = band.labelled
        more = f"of {band.pairs:,} pairs below the line; {labelled.same} same among {band.sample} drawn"
        tiles.append(_tile(f"≤ {labelled.misses_at_most:,}", "matches missed below the line", more))
    else:
        tiles.append(_tile("–", "matches missed below the line", "not labelled: see section 8"))
    return section(1, "Summary", Html(f'<div class="tiles">{"".join(tiles)}</div>'), *_said(result))


def _said(result: Assurance) -> Iterator[object]:
    broken = [one for one in result.classes if one.must and one.recall.found < one.recall.of]
    if broken:
        names = ", ".join(f"{one.key} ({one.recall.of - one.recall.found} lost)" for one in broken)
        yield Html(f'<p class="bad">Promises not kept: {marks.text(names)}. See section 10.</p>')
    counted = [one for one in result.classes if one.recall.share is not None and not one.must]
    weakest = sorted(counted, key=lambda one: (one.recall.share or 0, one.key))[:4]
    yield (
        f"{len([one for one in result.classes if one.recall.of])} classes of damage were tried on listings of "
        f"{len(result.setting.lists)} list{'s' if len(result.setting.lists) != 1 else ''}. "
        "The engine is weakest against: "
        + "; ".join(f"{one.key} ({marks.recall(one.recall)})" for one in weakest)
        + ". These are the errors to look for in one's own data and to keep out at the source."
    )
    inside = result.texts
    yield (
        f"Inside free text {marks.recall(inside.overall)} of the damaged names are found at the thresholds of texts "
        f"({inside.thresholds}), and {marks.per_thousand(inside.alerts)} of 1,000 innocent lines alert: section 7."
    )
    if result.setting.book.without_kind:
        yield Html(f'<p class="bad">{marks.text(_kinds(result.setting.book))}</p>\n')
    if not result.setting.book.file:
        yield texts().invented


def _tile(figure: str, what: str, more: str, *, bad: bool = False) -> str:
    return (
        f'<div class="tile{" bad" if bad else ""}"><div class="figure">{marks.text(figure)}</div>'
        f'<div class="what">{marks.text(what)}</div><div class="more">{marks.text(more)}</div></div>'
    )


def _tested(result: Assurance) -> Html:
    setting = result.setting
    lists = table(
        ("List", "Edition", "Days old", "Listings", "Names", "Parts", "SHA-256"),
        (
            (
                one.list,
                f"{one.on}{' (overlay: defective)' if one.state == 'overlay' else ''}",
                f"{(setting.at.date() - one.on).days:,}",
                f"{one.listings:,}",
                f"{one.names:,}",
                ", ".join(one.parts),
                Html(f'<span class="mono">{marks.text(one.sha256)}</span>'),
            )
            for one in setting.lists
        ),
        kinds="ccnnntt",
    )
    book = setting.book
    innocents = (
        Html(
            f"{marks.text(book.file)}: {book.sampled:,} of {book.rows:,} rows. "
            f'SHA-256 <span class="mono">{book.sha256}</span>'
        )
        if book.file
        else f"{book.sampled:,} invented people and firms"
    )
    if book.without_kind or book.told_kind:
        innocents = Html(f"{innocents}<br>{marks.text(_kinds(book))}")
    rows = [
        ("Threshold", f"{setting.thresholds}; candidates from a retrieval score of {setting.retrieval:.2f}"),
        *(
            [("Policy", Html(f'version <span class="mono">{marks.text(setting.policy)}</span>'))]
            if setting.policy
            else []
        ),
        (
            "Weights",
            Html(f'version {marks.text(setting.weights)}, SHA-256 <span class="mono">{setting.weights_sha256}</span>'),
        ),
        ("Engine", f"interdiction {setting.interdiction}; core, file layout and statistics {setting.core}"),
        ("Seed", f"{setting.seed}; up to {setting.each:,} trials a class"),
        ("Innocents", innocents),
    ]
    return section(2, "What was tested", lists, table(("Setting", "Value"), rows, kinds="ct"))


def _kinds(book: BookTested) -> str:
    """Say which rows told what they are, and what follows where none did."""
    told = f"Rows that state no kind of party were said to be of kind {book.told_kind}. " if book.told_kind else ""
    if not book.without_kind:
        return told.strip()
    return (
        f"{told}{book.without_kind:,} of the sampled rows do not say whether they are people, firms or ships: they are "
        "compared with all of them, and alert far more often."
    )


def _classes(result: Assurance) -> Html:
    heads = ("Damage", *_HEADS, *_at(result))
    rows: list[tuple[object, ...]] = []
    family = ""
    for one in result.classes:
        if one.family != family:
            family = one.family
            rows.append((family.capitalize(),))
        star = Html(f"{marks.text(one.key)}{' <sup>*</sup>' if one.must else ''}")
        share = (
            Html(f'<span class="bad">{marks.recall(one.recall)}</span>')
            if one.must and one.recall.found < one.recall.of
            else marks.recall(one.recall)
        )
        others = [marks.recall(other.recall) for other in one.at_budget]
        drawn = plots.row(one.recall, [other.recall for other in one.at_budget], must=one.must)
        rows.append((star, drawn, share, marks.interval(one.recall), marks.few(one.recall), *others))
    return section(
        3,
        "Recall by class of damage",
        *_every(result),
        "The share of damaged names whose own listing is a hit. * Nothing may be lost in these classes; a loss is a "
        "fault.",
        table(heads, rows, kinds="tpnnn" + "n" * len(result.budgets), even=True),
        plots.key(
            "recall at the threshold tested",
            [f"at {one.per_thousand:g} alerts per 1,000" for one in result.budgets],
        ),
    )


def _every(result: Assurance) -> Iterator[Html]:
    if result.every is None:
        return
    strong, weak, lost = result.every.strong, result.every.weak, result.every.lost
    missing = strong.of - strong.found + weak.of - weak.found
    said = (
        f"Every listed name was asked as published: {strong.found:,} of {strong.of:,} names that may make a hit alone "
        f"and {weak.found:,} of {weak.of:,} weak aliases are hits on their own listing."
    )
    yield Html(f'<p class="{"bad" if missing else "good"}">{said}</p>\n')
    if lost:
        rows = ((marks.name(one.name), one.listing, one.quality, f"{one.score:.4f}") for one in lost)
        caption = f"Listed names that are lost: {missing:,}, the first of them"
        yield table(("Name", "Listing", "Quality", "Score"), rows, kinds="tctn", caption=caption)


def _strata(result: Assurance) -> Html:
    said = (
        "All classes together, by the listing that was meant. A listing drawn in several classes counts in each. "
        "The script is that of the listed name the question was made from."
    )
    return section(
        4,
        "Recall by list, kind and script",
        said,
        _rows("List", result.lists, result),
        _rows("Kind of party", result.kinds, result),
        _rows("List and kind", result.lists_and_kinds, result),
        _rows("Script of the listed name", [_script(one) for one in result.scripts], result),
    )


def _script(one: Row) -> Row:
    return Row(_SCRIPTS.get(one.key, one.key), one.recall, one.at_budget)


_HEADS = (plots.scale(), "Recall", "95 %", "Trials")


def _at(result: Assurance) -> tuple[Html, ...]:
    return tuple(Html(f"at {one.per_thousand:g}<br>per 1,000") for one in result.budgets)


def _rows(head: str, rows: Sequence[Row], result: Assurance) -> Html:
    heads = (head, *_HEADS, *_at(result))
    body = (
        (
            one.key,
            plots.row(one.recall, [other.recall for other in one.at_budget]),
            marks.recall(one.recall),
            marks.interval(one.recall),
            marks.few(one.recall),
            *(marks.recall(other.recall) for other in one.at_budget),
        )
        for one in rows
    )
    return table(heads, body, kinds="tpnnn" + "n" * len(result.budgets), even=True)


def _alerts(result: Assurance) -> Html:
    found = result.alerts
    low, high = found.alerted.low, found.alerted.high
    interval = f" (95 %: {1000 * low:.1f} to {1000 * high:.1f})" if low is not None and high is not None else ""
    said = (
        f"At the threshold tested {found.alerted.found:,} of {found.innocents:,} innocents alert: "
        f"{marks.per_thousand(found.alerted)} per 1,000{interval}, as {found.pairs:,} pairs of a party and a listing."
        + (f" {found.certain:,} rows with a certain match were left out." if found.certain else "")
    )
    rows = [
        (
            f"{one.per_thousand:g} per 1,000",
            "–" if one.threshold is None else f"{one.threshold:.4f}{' or lower' if one.at_floor else ''}",
            "–" if one.threshold is None else f"{one.alerts.found:,} of {one.alerts.of:,}",
            marks.recall(result.overall.at_budget[at].recall),
            marks.recall(result.must.at_budget[at].recall),
            marks.recall(result.others.at_budget[at].recall),
        )
        for at, one in enumerate(result.budgets)
    ]
    heads = ("Budget", "Threshold", "Alerts", "Recall, all", "where nothing may be lost", "other damage")
    return section(
        5,
        "Alerts, and recall at a budget of alerts",
        said,
        table(heads, rows, kinds="tnnnnn"),
        plots.by_threshold(result.curve, result.setting.threshold, result.budgets),
        plots.trade(result.curve, result.setting.threshold, result.budgets),
        *taken_by_facts(result),
    )


def _definitions(result: Assurance) -> Html:
    rows = (
        (one.key, one.says + (f" ({one.reason})" if one.reason else ""), marks.name(one.name), marks.name(one.damaged))
        for one in result.classes
    )
    heads = ("Class", "What is done to the name", "For example", "becomes")
    return table(heads, rows, kinds="tttt", caption="The classes of damage, each with its first example of this run")
