"""The head of the page of `interdict read --html`: what an officer has to know of a draft, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from interdiction.cli.show_draft import DONE, HOLDS, counted, ordered, proposed, refused
from interdiction.model.order import Cited, Derived, DraftAct, DraftClaim, DraftOrder, DraftTarget
from interdiction.names import countries

Anchors = Mapping[str, str]
"""Of each document the first part of its sentences' anchors."""


def summary(draft: DraftOrder, anchors: Anchors) -> str:
    """Give a draft as a table; where no order was found, why, and what a person has to read all the same."""
    files = ", ".join(f"{one.file} ({one.origin.value})" for one in draft.sources)
    if not draft.found:
        rows = [("Claims", _list(_claim(one, anchors) for one in draft.claims)), ("Not read", _unread(draft, anchors))]
        why = f"<p>{escape(files)}: {escape(draft.why)}.</p>"
        return f"<section><h2>No order found</h2>{why}{_table(rows)}{_proposals(draft)}</section>\n"
    rested = escape(", ".join(draft.editions)) or '<span class="doubt">no list is in force: nobody was looked up</span>'
    rows = [
        *((label, _derived(value, anchors)) for label, value in _named(draft)),
        (
            "Ordered",
            _list(f"<b>{escape(kind)}</b> {_sentences(said, anchors)}" for kind, said in ordered(draft)),
        ),
        ("Measures", _list(f"{escape(one.says)} {_quotes(one.said, anchors)}" for one in draft.measures)),
        (
            "Counted",
            _list(
                f"{escape(counted(one.number, one.kind))} {_quotes(one.said, anchors)} "
                f'<span class="how">{escape(one.note)}</span>'
                for one in draft.counts
            ),
        ),
        ("Targets", _list(_target(one, draft, anchors) for one in draft.targets if one.named and not one.apart)),
        ("Let go, licensed", _list(_target(one, draft, anchors) for one in draft.targets if one.named and one.apart)),
        ("Described", _list(_target(one, draft, anchors) for one in draft.targets if not one.named)),
        ("Criteria", _list(_quotes((one,), anchors) for one in draft.criteria)),
        ("Reasons", _list(_quotes((one,), anchors) for one in draft.reasons)),
        ("Active in", escape(", ".join(dict.fromkeys(countries.name(one.value) for one in draft.places)))),
        ("Not done", _list(_undone(one, anchors) for one in draft.acts if one.modality not in DONE)),
        (
            "Statements",
            _list(
                f"{escape(one.about)}: {HOLDS[one.holds]} {_quotes((one.said,), anchors)} "
                f'<span class="how">{escape(one.note)}</span>'
                for one in draft.statements
            ),
        ),
        ("Claims", _list(_claim(one, anchors) for one in draft.claims)),
        ("Accounts", _accounts(draft)),
        ("Not read", _unread(draft, anchors)),
        ("Held against", rested),
    ]
    return f"<section><h2>From {escape(files)}</h2>\n{_table(rows)}{_proposals(draft)}</section>\n"


def _named(draft: DraftOrder) -> Iterable[tuple[str, Derived]]:
    for label, value in (
        ("Issuer", draft.issuer),
        ("Empowers", draft.delegate),
        ("Instrument", draft.instrument),
        ("Day", draft.day),
    ):
        if value is not None:
            yield label, value


def _table(rows: Iterable[tuple[str, str]]) -> str:
    cells = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>\n" for label, value in rows if value)
    return f'<table class="draft">\n{cells}</table>\n' if cells else ""


def _derived(value: Derived, anchors: Anchors) -> str:
    how = f'<span class="how">{escape(value.how)}</span>'
    return f"<b>{escape(value.value)}</b> {_quotes(value.said[:2], anchors)} {how}"


def _list(items: Iterable[str]) -> str:
    lines = "".join(f"<li>{one}</li>" for one in items)
    return f"<ul>{lines}</ul>" if lines else ""


def _quotes(said: Sequence[Cited], anchors: Anchors) -> str:
    """Give words with the numbers of the sentences that hold them; the same words stand once."""
    places: dict[str, list[Cited]] = {}
    for one in said:
        places.setdefault(one.quote, []).append(one)
    return " ".join(
        f"<q>{escape(quote)}</q> {' '.join(dict.fromkeys(_place(one, anchors) for one in several))}"
        for quote, several in places.items()
    )


def _place(one: Cited, anchors: Anchors) -> str:
    return f'<a class="at" href="#{anchors.get(one.file, "")}{one.sentence}">{one.sentence}</a>'


def _sentences(said: Sequence[Cited], anchors: Anchors) -> str:
    return " ".join(dict.fromkeys(_place(one, anchors) for one in said))


def _target(one: DraftTarget, draft: DraftOrder, anchors: Anchors) -> str:
    listed = f" → {escape(one.listed_name)} {escape(', '.join(one.listings))}" if one.listings else ""
    score = f" {one.score:.2f}" if one.score else ""
    change = f" {escape(one.change)} {escape(' '.join(one.programmes))}" if one.change else ""
    kind = f" ({one.kind.value})" if one.kind else ""
    aliases = f"; also {', '.join(escape(alias.value) for alias in one.aliases)}" if one.aliases else ""
    looked_up = bool(draft.editions) or not one.named
    said = one.doubt if looked_up else "; ".join(one.doubt.split("; ")[:-1])
    doubt = f' <span class="doubt">{escape(said)}</span>' if said else ""
    state = escape(one.resolved.value) if looked_up else "not looked up"
    places = _sentences(one.said, anchors)
    name = f"<b>{escape(one.name)}</b>" if one.named else f"<q>{escape(one.name)}</q>"
    return f"{name}{kind}{aliases} {places}: {state}{listed}{score}{change}{doubt}"


def _undone(act: DraftAct, anchors: Anchors) -> str:
    aims = f" of {escape(', '.join(act.targets))}" if act.targets else ""
    return f"{act.kind.value}{aims}, only {act.modality.value} {_quotes(act.said, anchors)}"


def _claim(one: DraftClaim, anchors: Anchors) -> str:
    through = f" ({escape('; '.join(one.through))})" if one.through else ""
    hedge = f" [{escape(one.hedge)}]" if one.hedge else ""
    code = f'<span class="how">{one.reliability}{one.credibility}</span>'
    stance = one.stance.value.replace("_", " ")
    return f"{escape(one.speaker)}{through}, {stance}: {_quotes((one.about,), anchors)}{hedge} {code}"


def _accounts(draft: DraftOrder) -> str:
    if len(draft.sources) < 2:
        return ""
    return _list(
        f"{escape(one.slot)} {escape(one.value)}: {escape(one.relation.value)} "
        f"({escape(', '.join(dict.fromkeys(cited.file for cited in one.said)))}; {one.origins} "
        f"{'origin' if one.origins == 1 else 'origins'}) {escape(one.note)}"
        for one in draft.points
    )


def _unread(draft: DraftOrder, anchors: Anchors) -> str:
    return _list(
        f'<span class="doubt">{says}. Read them yourself:</span> {" ".join(_place(one, anchors) for one in several)}'
        for says, several in (
            ("These sentences speak of an order, and no rule read an act in them", draft.unread),
            ("These list or delist, and nobody was read whom they mean", draft.unnamed),
        )
        if several
    )


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
