"""A draft order for people: what was ordered, whom it means, what is claimed, and how the accounts differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from interdiction.cli.door import line, out
from interdiction.cli.show_hits import rests_on, show_problems
from interdiction.engine.inforce import EditionInForce
from interdiction.model import Kind, Problem
from interdiction.model.announcement import Modality
from interdiction.model.order import (
    Checked,
    Cited,
    Derived,
    DraftClaim,
    DraftCount,
    DraftOrder,
    DraftTarget,
    Proposed,
    Refused,
    Relation,
)
from interdiction.names import countries

_LABEL: Final = 12
_LONGEST: Final = 90
_OF: Final = {"target": "of the act", "alias": "another name of", "claim": "said by"}
HOLDS: Final = {True: "borne out", False: "NOT borne out", None: "not checked"}
PLURAL: Final = {
    Kind.PERSON: "persons",
    Kind.ORGANISATION: "organisations",
    Kind.VESSEL: "vessels",
    Kind.AIRCRAFT: "aircraft",
    Kind.WALLET: "wallets",
}
DONE: Final = frozenset({Modality.DONE, Modality.ANNOUNCED})


def show(
    drafts: Sequence[DraftOrder], editions: Sequence[EditionInForce], problems: Sequence[Problem], on: date
) -> None:
    """Print every draft."""
    if editions:
        out().print(f"against {rests_on(editions, on)}", style="dim")
    for number, draft in enumerate(drafts):
        if number:
            line("")
        _show(draft)
    show_problems(list(problems))


def _show(draft: DraftOrder) -> None:
    files = ", ".join(f"{one.file} ({one.origin.value})" for one in draft.sources)
    if not draft.found:
        line(f"No order found in {files}", "bold")
        line(f"  {draft.why}")
        for said in _claims(draft.claims):
            _row("claims", said)
        _rows("not read", unread(draft))
        _show_proposals(draft)
        return
    accounts = "1 account" if len(draft.sources) == 1 else f"{len(draft.sources)} accounts of one event"
    line(f"Draft order, from {accounts}: {files}", "bold")
    for source in draft.sources:
        if source.repeated or source.furniture:
            parts = f"{source.sentences} sentences, {source.repeated} repeated, {source.furniture} furniture"
            line(f"  {source.file}: {parts}", "dim")
    for label, value in (
        ("issuer", draft.issuer),
        ("empowers", draft.delegate),
        ("instrument", draft.instrument),
        ("day", draft.day),
    ):
        if value is not None:
            _row(label, _derived(value))
    for name, lines in (
        ("ordered", _ordered(draft)),
        ("measures", (f"{one.says}  {_quote(one.said)}" for one in draft.measures)),
        ("counted", map(_count, draft.counts)),
        ("targets", (_target(one, draft) for one in draft.targets if one.named and not one.apart)),
        ("let go", (_target(one, draft) for one in draft.targets if one.named and one.apart)),
        ("described", (_target(one, draft) for one in draft.targets if not one.named)),
        ("criteria", map(_cited, draft.criteria)),
        ("reasons", map(_cited, draft.reasons)),
        (
            "active in",
            [", ".join(dict.fromkeys(countries.name(one.value) for one in draft.places))] if draft.places else [],
        ),
        ("not done", _open_acts(draft)),
        ("statements", map(_checked, draft.statements)),
        ("claims", _claims(draft.claims)),
        ("accounts", _points(draft)),
        ("not read", unread(draft)),
    ):
        _rows(name, lines)
    _show_proposals(draft)
    line("Nobody is screened by a draft: claims are not facts until an officer confirms the order.", "dim")


def unread(draft: DraftOrder) -> Iterator[str]:
    """Say which sentences a person has to read."""
    for source in draft.sources:
        for what, several in (
            ("speak of an order, and no act was read there", draft.unread),
            ("list or delist, and nobody was read whom they mean", draft.unnamed),
        ):
            places = [str(one.sentence) for one in several if one.file == source.file]
            if places:
                yield f"{source.file}, sentences that {what}: {', '.join(places)}"


def _show_proposals(draft: DraftOrder) -> None:
    """Print what a user's own program proposed, apart from the draft and under its name."""
    if not draft.proposals and not draft.refused:
        return
    line("Proposed by a program, not read by the rules and not part of the draft:", "bold")
    for one in draft.proposals:
        _row(f"? {one.slot}", proposed(one))
    for each in draft.refused:
        line(f"  {refused(each)}", "dim")


def refused(one: Refused) -> str:
    """Give a refused proposal in words."""
    words = f' "{_short(one.words)}"' if one.words else ""
    return f"refused: {one.slot or 'proposal'}{words}: {one.why} [{one.check}], proposed by {one.by}"


def proposed(one: Proposed) -> str:
    """Give a proposal in words: who made it, what it says, and who on the lists answers to it."""
    kind = f" ({one.kind})" if one.kind else ""
    of = f', {_OF.get(one.slot, "of")} "{_short(one.of.quote)}"' if one.of else ""
    listed = f"; {one.listed_name} {', '.join(one.listings)} {one.score:.2f}" if one.listings else ""
    value = f" = {one.said.value}" if one.said.value != one.said.quote else ""
    note = f"; {one.note}" if one.note else ""
    where = f"{one.said.file}, sentence {one.said.sentence}"
    return f'"{_short(one.said.quote)}"{value}{kind}{of}{listed}{note}  proposed by {one.by}; {where}'


def _rows(label: str, lines: Iterable[str]) -> None:
    for number, said in enumerate(lines):
        _row("" if number else label, said)


def _row(label: str, said: str) -> None:
    line(f"{label:<{_LABEL}}{said}")


def _derived(value: Derived) -> str:
    words = value.value or "not named"
    return f"{words}  {_quote(value.said)}\n{'':<{_LABEL}}  {value.how}" if value.how else words


def _quote(said: Sequence[Cited]) -> str:
    return " ".join(dict.fromkeys(f'"{_short(one.quote)}"' for one in said[:2]))


def _cited(one: Cited) -> str:
    return f'"{_short(one.quote)}"  {one.file}, sentence {one.sentence}'


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def _count(one: DraftCount) -> str:
    what = counted(one.number, one.kind)
    state = "not held against a list" if one.agrees is None else "agrees" if one.agrees else f"the list has {one.found}"
    return f"{what}: {state}  {_quote(one.said)}\n{'':<{_LABEL}}  {one.note}"


def counted(number: int, kind: Kind | None) -> str:
    """Give a number with its kind: 1 wallet, 10 persons."""
    if number == 1:
        return f"1 {kind.value if kind else 'target'}"
    return f"{number:,} {PLURAL[kind] if kind else 'targets'}"


def ordered(draft: DraftOrder) -> list[tuple[str, list[Cited]]]:
    """Give each kind of act that was done or announced, with every place that tells of it."""
    found: dict[str, list[Cited]] = {}
    for act in draft.acts:
        if act.modality in DONE:
            found.setdefault(act.kind.value, []).extend(act.said)
    return list(found.items())


def _ordered(draft: DraftOrder) -> Iterator[str]:
    for kind, said in ordered(draft):
        yield f"{kind}  {_quote(said)}  {'sentence' if len(said) == 1 else 'sentences'} " + ", ".join(
            dict.fromkeys(str(one.sentence) for one in said)
        )


def _target(one: DraftTarget, draft: DraftOrder) -> str:
    listings = ", ".join(one.listings)
    looked_up = bool(draft.editions) or not one.named
    if one.named and one.listings:
        change = f"  {one.change} {' '.join(one.programmes)}" if one.change else ""
        head = f"{one.listed_name}  {listings}  {one.score:.2f}{change}  {_quote(one.said)}"
    else:
        head = f'"{_short(one.name)}"' + (
            f"  {one.resolved.value}: {listings}"
            if listings
            else f"  {one.resolved.value if looked_up else 'not looked up'}"
        )
    aliases = f"\n{'':<{_LABEL}}  also: {', '.join(alias.value for alias in one.aliases)}" if one.aliases else ""
    return head + aliases + (f"\n{'':<{_LABEL}}  {one.doubt}" if one.doubt else "")


def _checked(one: Checked) -> str:
    return f"{one.about}: {HOLDS[one.holds]}  {_quote((one.said,))}\n{'':<{_LABEL}}  {one.note}"


def _open_acts(draft: DraftOrder) -> Iterator[str]:
    for act in draft.acts:
        if act.modality not in DONE:
            aims = f" ({', '.join(act.targets)})" if act.targets else ""
            yield f"{act.kind.value}{aims}, only {act.modality.value}  {_quote(act.said)}"


def _claims(claims: Iterable[DraftClaim]) -> Iterator[str]:
    for one in claims:
        through = f" ({'; '.join(one.through)})" if one.through else ""
        hedge = f" [{one.hedge}]" if one.hedge else ""
        code = f"{one.reliability}{one.credibility}"
        yield f'{one.stance.value:<11}{one.speaker}{through}: "{_short(one.about.quote)}"{hedge}  {code}'


def _points(draft: DraftOrder) -> Iterator[str]:
    if len(draft.sources) < 2:
        return
    for one in draft.points:
        files = ", ".join(dict.fromkeys(cited.file for cited in one.said))
        where = f"only {files}" if one.relation is Relation.ONLY else one.relation.value
        origins = f", {one.origins} {'origin' if one.origins == 1 else 'origins'}"
        note = f": {one.note}" if one.note else ""
        yield f"{one.slot} {one.value}: {where}{origins}{note}"
