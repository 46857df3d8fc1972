"""The page of `interdict read --html`: each sentence with its marked words, beside what was read from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib import resources
from typing import Final

import msgspec

from interdiction.announcements.accounts import Text
from interdiction.cli.show_draft import HOLDS, PLURAL, proposed, refused
from interdiction.model.announcement import Account, Act, Claim, Sentence, Span
from interdiction.model.order import Cited, DraftOrder, DraftTarget
from interdiction.names import countries

_STYLE: Final = """
main { max-width: 1180px }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.5rem; border-top: 1px solid #d5dce1; padding: .45rem 0 }
.pair p { margin: 0 } .pair ul { margin: 0; padding-left: 1.1rem } .pair li { margin: .1rem 0 }
.again, .furniture { color: #8794a0 } .labels { color: #5b6b78; font-size: .8rem }
mark { background: #fff1c2; padding: 0 .1em } mark.target { background: #f9d4d4 } mark.claim { background: #dbe9f7 }
mark.measure { background: #dff0dc }
.draft td:first-child { white-space: nowrap; font-weight: 600; vertical-align: top }
.proposed { border: 2px dashed #b58900; padding: .3rem .8rem; margin: .8rem 0; background: #fffdf5 }
.doubt { color: #a4262c } .how { color: #5b6b78; font-size: .9em }
"""


class _Note(msgspec.Struct, frozen=True):
    """One value read from a sentence: where it stands and how to say it."""

    span: Span
    said: str
    kind: str = "value"


def page(drafts: Sequence[DraftOrder], texts: Sequence[Text]) -> str:
    """Give the page as one self-contained text."""
    style = resources.files("interdiction.assurance.report").joinpath("report.css").read_text(encoding="utf-8")
    body = "".join(_draft(draft) for draft in drafts) + "".join(_account(text) for text in texts)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Draft order</title>\n'
        f"<style>\n{style}{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>Draft order</h1>\n"
        "<p>Read by rules from the texts below; every value points to its words. Nobody is screened by a draft.</p>\n"
        f"{body}</main>\n</body>\n</html>\n"
    )


def _draft(draft: DraftOrder) -> str:
    files = ", ".join(f"{one.file} ({one.origin.value})" for one in draft.sources)
    if not draft.found:
        why = f"<p>{escape(files)}: {escape(draft.why)}.</p>"
        return f"<section><h2>No order found</h2>{why}{_proposals(draft)}</section>\n"
    rows: list[tuple[str, str]] = []
    for label, value in (
        ("Issuer", draft.issuer),
        ("Empowers", draft.delegate),
        ("Instrument", draft.instrument),
        ("Day", draft.day),
    ):
        if value is not None:
            rows.append((label, f'{escape(value.value)} <span class="how">{escape(value.how)}</span>'))
    rows += [("Measures", _list(f"{escape(one.says)} {_quotes(one.said)}" for one in draft.measures))]
    rows += [
        (
            "Counted",
            _list(
                f"{one.number} {PLURAL[one.kind] if one.kind else 'targets'} {_quotes(one.said)} "
                f'<span class="how">{escape(one.note)}</span>'
                for one in draft.counts
            ),
        ),
        ("Targets", _list(_target(one) for one in draft.targets)),
        (
            "Statements",
            _list(f"{escape(one.about)}: {HOLDS[one.holds]}; {escape(one.note)}" for one in draft.statements),
        ),
    ]
    if len(draft.sources) > 1:
        said = (
            f"{escape(one.slot)} {escape(one.value)}: {escape(one.relation.value)} "
            f"({escape(', '.join(dict.fromkeys(cited.file for cited in one.said)))}; {one.origins} "
            f"{'origin' if one.origins == 1 else 'origins'}) {escape(one.note)}"
            for one in draft.points
        )
        rows.append(("Accounts", _list(said)))
    cells = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>\n" for label, value in rows if value)
    body = f'<table class="draft">\n{cells}</table>\n{_proposals(draft)}'
    return f"<section><h2>From {escape(files)}</h2>\n{body}</section>\n"


def _proposals(draft: DraftOrder) -> str:
    """Give what a user's own program proposed, in a frame of its own."""
    if not draft.proposals and not draft.refused:
        return ""
    stood = _list(f"<b>{escape(one.slot)}</b> {escape(proposed(one))}" for one in draft.proposals)
    fell = _list(escape(refused(one)) for one in draft.refused)
    dropped = f"<details><summary>{len(draft.refused)} refused</summary>{fell}</details>" if fell else ""
    return (
        '<div class="proposed"><h3>Proposed by a program</h3>\n<p>Not read by the rules and not part of the draft. '
        f"The words stand in the text; whether they mean what is proposed is for a person to say.</p>{stood}{dropped}"
        "</div>\n"
    )


def _list(items: Iterable[str]) -> str:
    lines = "".join(f"<li>{one}</li>" for one in items)
    return f"<ul>{lines}</ul>" if lines else ""


def _quotes(said: Sequence[Cited]) -> str:
    return " ".join(f"<q>{escape(quote)}</q>" for quote in dict.fromkeys(one.quote for one in said))


def _target(one: DraftTarget) -> str:
    listed = f"{escape(one.listed_name)} {escape(', '.join(one.listings))}" if one.listings else ""
    score = f" {one.score:.2f}" if one.score else ""
    change = f" {escape(one.change)} {escape(' '.join(one.programmes))}" if one.change else ""
    doubt = f' <span class="doubt">{escape(one.doubt)}</span>' if one.doubt else ""
    return f"<q>{escape(one.name)}</q> {escape(one.resolved.value)} {listed}{score}{change}{doubt}"


def _account(text: Text) -> str:
    account = text.account
    notes = list(_notes(account))
    rows = "".join(_pair(text, sentence, notes) for sentence in account.sentences)
    when = f", published {account.published}" if account.published else ""
    head = f"{escape(account.file)} ({account.origin.value}{when})"
    return f'<section><h2>{head}</h2>\n<p class="how">sha256 {account.sha256}</p>\n{rows}</section>\n'


def _notes(account: Account) -> Iterator[_Note]:
    for act in account.acts:
        yield from _act(act)
    for effect in account.effects:
        yield _Note(effect.words.span, f"measure: {effect.words.value}", "measure")
    for name, several in (("criterion", account.criteria), ("reason", account.reasons)):
        for said in several:
            yield _Note(said.span, name)
    for place in account.places:
        yield _Note(place.span, f"active in {countries.name(place.value)}")
    for statement in account.statements:
        yield _Note(statement.words.span, f"statement: {statement.about}")
    for claim in account.claims:
        yield _claim(claim)


def _act(act: Act) -> Iterator[_Note]:
    yield _Note(act.words.span, f"act: {act.kind.value}, {act.modality.value}")
    for name, said in (
        ("issuer", act.issuer),
        ("empowers", act.delegate),
        ("instrument", act.instrument),
        ("day", act.day),
    ):
        if said is not None:
            yield _Note(said.span, f"{name}: {said.value}")
    for target in act.targets:
        how = "target" if target.named else "described target"
        kind = f" ({target.kind.value})" if target.kind else ""
        yield _Note(target.words.span, f"{how}: {target.words.value}{kind}", "target")
        for alias in target.aliases:
            yield _Note(alias.span, f"alias: {alias.value}", "target")
    for count in act.counts:
        yield _Note(
            count.words.span, f"number: {count.number} {count.kind.value if count.kind else 'targets'}", "target"
        )


def _claim(claim: Claim) -> _Note:
    through = f", {'; '.join(one.value for one in claim.through)}" if claim.through else ""
    hedge = f" [{claim.hedge.value}]" if claim.hedge else ""
    return _Note(claim.about.span, f"{claim.stance.value}: {claim.speaker.value}{through}{hedge}", "claim")


def _pair(text: Text, sentence: Sentence, notes: Sequence[_Note]) -> str:
    here = [one for one in notes if sentence.span.start <= one.span.start < sentence.span.end]
    if sentence.repeats is not None:
        marked = escape(text.original[sentence.span.start : sentence.span.end])
        return f'<div class="pair again"><p>{marked}</p><p>repeats sentence {sentence.repeats}</p></div>\n'
    labels = ", ".join(label.value for label in sentence.labels)
    said = _list(escape(one.said) for one in dict.fromkeys(here))
    furniture = " furniture" if "furniture" in labels else ""
    return (
        f'<div class="pair{furniture}"><p>{_marked(text.original, sentence.span, here)}</p>'
        f'<div><span class="labels">{sentence.index} · {escape(labels)}</span>{said}</div></div>\n'
    )


def _marked(original: str, span: Span, notes: Sequence[_Note]) -> str:
    """Give a sentence with its words marked; of words within words the inner ones are marked."""
    inner = sorted(notes, key=lambda one: one.span.end - one.span.start)
    kept: list[_Note] = []
    for one in inner:
        if not any(one.span.start < other.span.end and other.span.start < one.span.end for other in kept):
            kept.append(one)
    kept.sort(key=lambda one: one.span.start)
    parts: list[str] = []
    at = span.start
    for one in kept:
        end = min(one.span.end, span.end)
        parts.append(escape(original[at : one.span.start]))
        parts.append(
            f'<mark class="{one.kind}" title="{escape(one.said)}">{escape(original[one.span.start : end])}</mark>'
        )
        at = end
    parts.append(escape(original[at : span.end]))
    return "".join(parts)
