"""The evidence for one decision as a page that needs nothing beside it."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from interdiction.ledger import Held
from interdiction.model import Basis, CustomerDecision, Decision, Evidence, Hit
from interdiction.model.codec import convert
from interdiction.ownership.picture import picture
from interdiction.ownership.proof import Proof
from interdiction.reports.evidence import Pack, documents
from interdiction.reports.html import Html, Number, element, page, pairs, table, text

_SHOWN: Final = 100_000
"""Characters of the input that the page shows."""
_TONE: Final = {
    **dict.fromkeys(("block", "reject", "retain", "freeze", "restrict"), "stops"),
    **dict.fromkeys(("hold", "review"), "waits"),
    **dict.fromkeys(("release", "none"), "passes"),
}


def evidence(pack: Pack) -> str:
    """Give the whole page."""
    record, decided = pack.record, pack.record.decided()
    return page(
        f"{record.id}: {record.result} {record.name}",
        element("h1", f"{record.id}: {record.subject.value} {record.name}"),
        element("p", element("span", record.result, of=f"result {_TONE.get(record.result, 'waits')}")),
        element("p", decided.sentence),
        element("p", f"Put together on {pack.made_at:%Y-%m-%d %H:%M} UTC for {pack.made_by}. {pack.replay}", of="soft"),
        *_who(pack, decided),
        *_why(decided),
        *_people(pack),
        *_hits(decided),
        *_suppressed(pack),
        *_seen(pack),
        *_against(pack, decided),
        *_ledger(pack),
        *_filed(pack),
        *_input(pack),
    )


def _who(pack: Pack, decided: Decision | CustomerDecision) -> list[Html]:
    run, end = pack.run, pack.run_end
    whole = f"{end.read} read, {end.screened} screened, {end.kept} kept" if end else "interrupted: it has no end"
    rows: list[tuple[object, object]] = [
        ("Institution", decided.institution),
        ("Decided", f"{pack.record.at:%Y-%m-%d %H:%M:%S} UTC, for {decided.on}"),
        ("By", run.by or f"the program (interdict {run.command})"),
        ("Run", f"{run.number}: {whole}"),
        ("SHA-256 of the decision", element("span", pack.decision_sha256, of="hash")),
    ]
    if isinstance(decided, Decision):
        rows += [
            ("Our place in the chain", decided.position.value.replace("_", " ")),
            ("Rail", decided.rail),
            ("Carried out", decided.carried_out),
            ("Laws that reach it", "; ".join(f"{one.law}: {one.why}" for one in decided.reach)),
            ("Licences", "; ".join(decided.licences)),
            ("Owed because of it", "; ".join(_owed(one) for one in decided.due)),
        ]
    before = [one.id for one in pack.chain if one.number < pack.record.number]
    later = [one.id for one in pack.chain if one.number > pack.record.number]
    rows += [("Stands after", ", ".join(before)), ("Was followed by", ", ".join(later))]
    return [element("h2", "Who, when, where"), pairs(rows)]


def _owed(due: Any) -> str:
    return f"{due.report} to {due.to} by {due.by or 'as soon as practicable'} ({due.rule})"


def _why(decided: Decision | CustomerDecision) -> list[Html]:
    rows = [
        (
            one.sentence,
            one.rule,
            one.listing,
            "" if one.outcome is None else f"{one.outcome.value}{f', {one.outcome_by}' if one.outcome_by else ''}",
            "; ".join(filter(None, (one.programme, one.authority, ", ".join(one.measures)))),
        )
        for one in decided.reasons
    ]
    return [
        element("h2", "Why"),
        table(("reason", "row of the rule table", "listing", "is it them?", "programme, authority, measures"), rows),
    ]


def _people(pack: Pack) -> list[Html]:
    if not pack.record.judged:
        return []
    rows = [
        (f"{one.at:%Y-%m-%d %H:%M} UTC", one.by, one.listing, one.outcome.value, one.why) for one in pack.record.judged
    ]
    return [element("h2", "What people said"), table(("when", "who", "of", "is it them?", "why"), rows)]


def _hits(decided: Decision | CustomerDecision) -> list[Html]:
    if not decided.hits:
        return [element("h2", "Candidates"), element("p", f"None over the threshold ({decided.thresholds}).")]
    count = len(decided.hits)
    found = [element("h2", f"Candidates: {count} {'hit' if count == 1 else 'hits'} ({decided.thresholds})")]
    return [*found, *(_hit(one) for one in decided.hits)]


def _hit(hit: Hit) -> Html:
    listed = "; ".join(
        f"{one.programme}{f' ({one.authority})' if one.authority else ''}: {', '.join(one.measures)}"
        for one in hit.designations
    )
    return element(
        "div",
        element("h3", f"{hit.listing} {hit.listed_name}: {hit.score:.4f}, {hit.band.value}"),
        pairs(
            [
                ("Looked for", hit.query_id),
                ("Matched", hit.matched_name),
                ("Basis", f"{hit.basis.value}{', a weak alias alone' if hit.weak_only else ''}"),
                ("Threshold", f"{hit.threshold:g}"),
                ("Listed under", listed),
                ("What could decide and is not known", hit.not_known),
            ]
        ),
        table(
            ("evidence", "ours", "theirs", "finding", "effect"),
            [
                (one.sentence or one.kind, _said(one.ours), _theirs(one), one.finding, Number(f"{one.effect:+.4f}"))
                for one in hit.evidence
            ],
        ),
        _picture(hit),
        of="item",
    )


def _said(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode("utf-8")


def _theirs(one: Evidence) -> str:
    # Of a hit through owners the whole proof stands there: it is drawn, and is in the data beside this page.
    return "" if isinstance(one.theirs, dict) and "steps" in one.theirs else _said(one.theirs)


def _picture(hit: Hit) -> Html:
    """Draw how owners lead to a party: the proof is part of the evidence, and the picture part of the page."""
    if hit.basis is not Basis.OWNERSHIP or not hit.evidence:
        return Html("")
    try:
        return Html(picture(convert(hit.evidence[0].theirs, Proof)))
    except msgspec.ValidationError:
        return Html("")  # a proof of another version: it is in the data all the same


def _suppressed(pack: Pack) -> list[Html]:
    if not pack.record.suppressed:
        return []
    rows = [
        (one.listing, one.listed_name, Number(f"{one.score:.4f}"), one.suppressed or "", one.why)
        for one in pack.record.suppressed
    ]
    return [element("h2", "Not counted"), table(("listing", "name", "score", "suppressed by", "why"), rows)]


def _seen(pack: Pack) -> list[Html]:
    yes = [(one.at, one.what, one.value) for one in pack.seen if one.screened]
    no = [(one.what, one.value, one.why) for one in pack.seen if not one.screened]
    found = [element("h2", "What was screened"), table(("where it stood", "what", "value"), yes)]
    if no:
        found += [element("h3", "What was not"), table(("what", "value", "why not"), no)]
    problems = pack.record.decided().problems
    if problems:
        rows = [
            (one.code, one.message, f"{one.file} {one.line or ''} {one.node}".strip(), one.text) for one in problems
        ]
        found += [element("h3", "What could not be read"), table(("code", "problem", "where", "text"), rows)]
    return found


def _against(pack: Pack, decided: Decision | CustomerDecision) -> list[Html]:
    asked = pack.run.asked
    rows = [(one.edition, element("span", one.sha256, of="hash")) for one in pack.run.editions]
    return [
        element("h2", "Against what, by which rules"),
        table(("edition of a list", "SHA-256 of its files"), rows),
        pairs(
            [
                ("Lists as of", asked.as_of or "the moment of the decision"),
                ("As known at", asked.known_at or ""),
                ("These lists alone", ", ".join(asked.lists)),
                ("Stale lists", ", ".join(pack.run.stale)),
                ("Policy and rule table", decided.policy),
                ("Numbers of the judge", decided.weights),
                ("Core", decided.core),
                ("Thresholds", decided.thresholds),
            ]
        ),
    ]


def _ledger(pack: Pack) -> list[Html]:
    if not pack.held:
        return [element("h2", "Ledger"), element("p", "No property was opened from it.")]
    return [element("h2", "Ledger"), *(_property(one) for one in pack.held)]


def _property(held: Held) -> Html:
    rows = []
    for entry in held.entries:
        named = "; ".join(
            filter(None, (entry.authority, f"licence {entry.licence}" if entry.licence else "", entry.to))
        )
        moved = [one for one in entry.postings if one.heading is held.heading]
        amount = Number(f"{sum(one.amount for one in moved):+,f} {held.what.unit}" if moved else "")
        rows.append((f"E-{entry.number}", entry.on, entry.step.value, amount, f"{entry.by}: {entry.why}", named))
    return element(
        "div",
        element("h3", f"{held.id}: {held.balance():,} {held.what.unit} held; {held.what.description}"),
        table(("entry", "value date", "step", "amount", "by, why", "authority, licence, to"), rows),
        of="item",
    )


def _filed(pack: Pack) -> list[Html]:
    if not pack.filings:
        return [element("h2", "Reports"), element("p", "None was made.")]
    receipts = {one.filing: one for one in pack.receipts}
    rows = []
    for one in pack.filings:
        proof = receipts.get(one.number)
        done = f"{proof.on} by {proof.by}: {proof.receipt}" if proof else "not filed"
        rows.append((one.id, one.kind, ", ".join(one.subjects), one.due or "at once", done, len(one.gaps)))
    found = [element("h2", "Reports"), table(("report", "kind", "about", "due", "filed", "gaps"), rows)]
    files = documents(pack)
    if files:
        kept = [(one.name, Number(f"{one.size:,}"), element("span", one.sha256, of="hash")) for one in files]
        found.append(table(("document", "bytes", "SHA-256"), kept))
    return found


def _input(pack: Pack) -> list[Html]:
    given = pack.run.input
    found = [
        element("h2", "The input as it was received"),
        pairs(
            [
                ("File", given.name),
                ("Bytes", f"{given.size:,}"),
                ("SHA-256", element("span", given.sha256, of="hash")),
                ("Place in it", f"{pack.record.place + 1}, counted from 1"),
            ]
        ),
    ]
    data = pack.input()
    if data is None:
        return [*found, element("p", "It is too large for a page; it stands beside it where the evidence is a folder.")]
    href = f"data:application/octet-stream;base64,{pack.input_base64}"
    save = Html(f'<p><a download="{text(given.name)}" href="{href}">Save these bytes</a></p>')
    try:
        shown = data.decode("utf-8")
    except UnicodeDecodeError:
        return [*found, save, element("p", "It is no text of UTF-8, so it is not shown.", of="soft")]
    cut = f"\n[{len(shown) - _SHOWN} more characters]" if len(shown) > _SHOWN else ""
    return [*found, save, element("pre", shown[:_SHOWN], cut)]
