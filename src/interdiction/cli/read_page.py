"""The page of `interdict read --html`: each sentence with its marked words, beside what was read from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib import resources
from typing import Final

import msgspec

from interdiction.announcements.accounts import Text
from interdiction.cli.read_summary import summary
from interdiction.cli.show_draft import counted
from interdiction.model.announcement import Account, Act, Claim, Label, Modality, Sentence, Span
from interdiction.model.order import DraftOrder
from interdiction.names import countries

_STYLE: Final = """
main { max-width: 1180px }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.5rem; border-top: 1px solid #d5dce1; padding: .45rem 0 }
.pair p { margin: 0 } .pair ul { margin: 0; padding-left: 1.1rem } .pair li { margin: .1rem 0 }
.again, .furniture { color: #8794a0 } .labels { color: #5b6b78; font-size: .8rem }
mark { background: #fff1c2; padding: 0 .1em } mark.target { background: #f9d4d4 } mark.claim { background: #dbe9f7 }
mark.measure { background: #dff0dc } mark.instrument { background: #e9e2f5 }
.pair:target { background: #f4f7f9; outline: 2px solid #1f5f99 } .pair li.in { margin-left: 1rem; list-style: circle }
.unread { border-left: 4px solid #a4262c; padding-left: .5rem } a.at { font-size: .8em; color: #1f5f99 }
mark.name { background: none; border-bottom: 2px dotted #8794a0 } .keys mark { margin-right: .8rem }
.draft td:first-child { white-space: nowrap; font-weight: 600; vertical-align: top }
.proposed { border: 2px dashed #b58900; padding: .3rem .8rem; margin: .8rem 0; background: #fffdf5 }
.doubt { color: #a4262c } .how { color: #5b6b78; font-size: .9em }
"""


_KEYS: Final = (
    ("value", "act, issuer, day, ground"),
    ("instrument", "legal act"),
    ("target", "whom it means, numbers"),
    ("measure", "measure"),
    ("claim", "what somebody says"),
    ("name", "a name, not read as a target"),
)
_NO_ACT: Final = "speaks of an order; no act was read: read it yourself"
_NOBODY: Final = "lists or delists, and nobody was read whom it means: read it yourself, and what follows it"
_TITLE_WORDS: Final = 5
"""A title has so many; "Press release" is none."""
_LONGEST_TITLE: Final = 140


class _Note(msgspec.Struct, frozen=True):
    """One value read from a sentence: where it stands and how to say it; `inner`: it belongs to the act before it."""

    span: Span
    said: str
    kind: str = "value"
    inner: bool = False
    act: int | None = None
    """The sentence of the act that it belongs to."""


def page(drafts: Sequence[DraftOrder], texts: Sequence[Text]) -> str:
    """Give the page as one self-contained text."""
    style = resources.files("interdiction.assurance.report").joinpath("report.css").read_text(encoding="utf-8")
    anchors = {text.account.file: f"s{number}-" for number, text in enumerate(texts)}
    unread = {
        (one.file, one.sentence): says
        for draft in drafts
        for says, several in ((_NO_ACT, draft.unread), (_NOBODY, draft.unnamed))
        for one in several
    }
    body = "".join(summary(draft, anchors) for draft in drafts)
    body += "".join(_account(text, anchors, unread) for text in texts)
    keys = "".join(f'<mark class="{kind}">{says}</mark>' for kind, says in _KEYS)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Draft order</title>\n'
        f"<style>\n{style}{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>Draft order</h1>\n"
        "<p>Read by rules from the texts below; every value points to its words, and the small numbers to the sentence "
        "that holds them. The rules do not read everything: read the text beside it. Nobody is screened by a draft.</p>"
        f'\n<p class="keys">{keys}</p>\n{body}</main>\n</body>\n</html>\n'
    )


def _account(text: Text, anchors: Mapping[str, str], unread: Mapping[tuple[str, int], str]) -> str:
    account = text.account
    notes = list(_notes(account))
    anchor = anchors[account.file]
    rows = "".join(
        _pair(text, sentence, notes, anchor, unread.get((account.file, sentence.index), ""))
        for sentence in account.sentences
    )
    when = f"published {account.published}" if account.published else "day of publication not known"
    first = (text.words(one.index) for one in account.sentences)
    title = next((words for words in first if len(words.split()) >= _TITLE_WORDS), "")[:_LONGEST_TITLE]
    head = f"{escape(account.file)}: {escape(title)}"
    note = f"{account.origin.value}, {when}, sha256 {account.sha256}"
    return f'<section><h2>{head}</h2>\n<p class="how">{note}</p>\n{rows}</section>\n'


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
    meant = [one.span for act in account.acts for target in act.targets for one in (target.words, *target.aliases)]
    for other in account.names:
        if not any(span.start < other.words.span.end and other.words.span.start < span.end for span in meant):
            yield _Note(other.words.span, f"a name, not read as a target: {other.words.value}", "name")


def _act(act: Act) -> Iterator[_Note]:
    modality = "" if act.modality is Modality.DONE else f", only {act.modality.value}"
    yield _Note(act.words.span, f"act: {act.kind.value}{modality}")
    for name, said in (
        ("issuer", act.issuer),
        ("empowers", act.delegate),
        ("instrument", act.instrument),
        ("day", act.day),
    ):
        if said is not None:
            kind = "instrument" if name == "instrument" else "value"
            yield _Note(said.span, f"{name}: {said.value}", kind, inner=True, act=act.sentence)
    for target in act.targets:
        how = "target" if target.named else "described target"
        kind = f" ({target.kind.value})" if target.kind else ""
        yield _Note(target.words.span, f"{how}: {target.words.value}{kind}", "target", inner=True, act=act.sentence)
        for alias in target.aliases:
            yield _Note(alias.span, f"alias: {alias.value}", "target", inner=True, act=act.sentence)
    for count in act.counts:
        what = counted(count.number, count.kind)
        yield _Note(count.words.span, f"number: {what}", "target", inner=True, act=act.sentence)


def _claim(claim: Claim) -> _Note:
    through = f", {'; '.join(one.value for one in claim.through)}" if claim.through else ""
    hedge = f" [{claim.hedge.value}]" if claim.hedge else ""
    stance = claim.stance.value.replace("_", " ")
    return _Note(claim.about.span, f"{claim.speaker.value}{through}, {stance}{hedge}", "claim")


def _pair(text: Text, sentence: Sentence, notes: Sequence[_Note], anchor: str, unread: str) -> str:
    here = [one for one in notes if sentence.span.start <= one.span.start < sentence.span.end]
    place = f'id="{anchor}{sentence.index}"'
    if sentence.repeats is not None:
        marked = escape(text.original[sentence.span.start : sentence.span.end])
        return f'<div class="pair again" {place}><p>{marked}</p><p>repeats sentence {sentence.repeats}</p></div>\n'
    told = [one for one in dict.fromkeys(here) if one.kind != "name"]
    labels = ", ".join(label.value for label in sentence.labels)
    if labels == Label.BACKGROUND and told:
        labels = "act" if any(one.said.startswith("act: ") for one in told) else "names whom an act means"
    said = "".join(_said(one, sentence.index, anchor) for one in told)
    said = f"<ul>{said}</ul>" if said else ""
    if unread:
        said += f'<p class="doubt">{unread}</p>'
    more = f"{' furniture' if 'furniture' in labels else ''}{' unread' if unread else ''}"
    return (
        f'<div class="pair{more}" {place}><p>{_marked(text.original, sentence.span, here)}</p>'
        f'<div><span class="labels">{sentence.index} · {escape(labels)}</span>{said}</div></div>\n'
    )


def _said(one: _Note, here: int, anchor: str) -> str:
    """Give a value as a line; what belongs to the act of another sentence points there."""
    if one.act is None or one.act == here:
        return f'<li class="in">{escape(one.said)}</li>' if one.inner else f"<li>{escape(one.said)}</li>"
    return f'<li>{escape(one.said)}, of the act in <a class="at" href="#{anchor}{one.act}">{one.act}</a></li>'


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
