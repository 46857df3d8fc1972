"""Which listings an order means: names by the engine's hits, numbers and descriptions by what changed that day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

import msgspec

from interdiction.announcements.accounts import Text, folded
from interdiction.model import Hit, Kind, Listing
from interdiction.model.announcement import Act, ActKind, Modality, Target
from interdiction.model.order import Cited, DraftCount, DraftTarget, Resolved

_CLOSE: Final = 0.03
"""Two listings whose scores are nearer than this answer to a name alike."""
_PREFERRED: Final = 0.10
"""A listing that changed on the day is meant before one that scores no more than this above it."""


_RECENT: Final = timedelta(days=30)
"""Before its publication a text tells of this order; what is older may be background."""
NOBODY_ANSWERS: Final = "nobody on the lists in force answers to this name"
_APART: Final = {
    ActKind.DELIST: "the text lets it go: a confirmed order enters nobody for it",
    ActKind.LICENSE: "the text licenses what concerns it: a confirmed order enters nobody for it",
    ActKind.AUTHORISE: "the text only lets somebody act: a confirmed order enters nobody for it",
}


class Changed(msgspec.Struct, frozen=True):
    """One listing that an edition added, or put under a further programme."""

    listing: Listing
    how: str
    """added or amended"""
    programmes: tuple[str, ...]
    """The tags it came under that day."""
    before: tuple[str, ...] = ()
    """The tags it was under already."""
    since: str = ""
    """The first edition at hand that holds it."""


class ListDay(msgspec.Struct, frozen=True):
    """What one edition of one list changed."""

    list: str
    on: date
    edition: str
    changed: tuple[Changed, ...]
    authorities: Mapping[str, str] = {}
    """Programme tag to its legal act, in words."""

    def of_kind(self, kind: Kind | None) -> tuple[Changed, ...]:
        """Give what changed of a kind; all for none."""
        return tuple(one for one in self.changed if kind is None or one.listing.party.kind is kind)

    def change(self, listing: str) -> Changed | None:
        """Give what happened to a listing that day."""
        return next((one for one in self.changed if one.listing.id == listing), None)


def acts_done(texts: Sequence[Text]) -> Iterator[tuple[Text, Act]]:
    """Give the acts that the texts tell of as done or announced."""
    for text in texts:
        for act in text.account.acts:
            if act.modality in {Modality.DONE, Modality.ANNOUNCED}:
                yield text, act


def fitting(texts: Sequence[Text], days: Sequence[ListDay], weekday: int | None = None) -> ListDay | None:
    """Give the one edition whose changes agree with every number that the texts count; none where several do."""
    counts = {(count.number, count.kind) for _, act in acts_done(texts) for count in act.counts if count.kind}
    if not counts:
        return None
    fit = [
        day
        for day in days
        if (weekday is None or day.on.weekday() == weekday)
        and all(len(day.of_kind(kind)) == number for number, kind in counts)
    ]
    return fit[0] if len(fit) == 1 else None


def counts_of(texts: Sequence[Text], day: ListDay | None) -> list[DraftCount]:
    """Give each number of targets once, held against what changed."""
    merged: dict[tuple[int, Kind | None], list[Cited]] = {}
    for text, act in acts_done(texts):
        for count in act.counts:
            merged.setdefault((count.number, count.kind), []).append(text.cite(count.words))
    found: list[DraftCount] = []
    for (number, kind), said in merged.items():
        if day is None:
            found.append(DraftCount(number, kind, tuple(said), note="no edition to hold it against"))
            continue
        changed = day.of_kind(kind)
        added = sum(one.how == "added" for one in changed)
        note = f"{day.edition}: {added} added, {len(changed) - added} put under a further programme"
        agrees = len(changed) == number
        listings = tuple(one.listing.id for one in changed) if agrees else ()
        found.append(DraftCount(number, kind, tuple(said), len(changed), listings, agrees, note))
    return found


def targets_of(texts: Sequence[Text], answers: Mapping[str, Sequence[Hit]], day: ListDay | None) -> list[DraftTarget]:
    """Give each target once: several spellings of one listing are one target."""
    named: dict[str, list[DraftTarget]] = {}
    described: list[tuple[Text, Target]] = []
    for text, act in acts_done(texts):
        for target in act.targets:
            if target.named:
                one = _set_apart(_named(text, target, answers, day), text, act)
                key = one.listings[0] if one.resolved is Resolved.NAMED else folded(one.name)
                named.setdefault(key, []).append(one)
            else:
                described.append((text, target))
    found = [_joined(several) for several in named.values()]
    return [*found, *_described(described, found, day)]


def _set_apart(target: DraftTarget, text: Text, act: Act) -> DraftTarget:
    """Mark a target that the act does not bring under sanctions, and say where the act may be an earlier one."""
    said = _APART.get(act.kind, "")
    on = _iso(act.day.value) if act.day is not None else None
    published = text.account.published
    if not said and on is not None and published is not None and published - on > _RECENT:
        said = f"the text may tell of an earlier act, of {on}"
    doubt = "; ".join(one for one in (said, target.doubt) if one)
    return msgspec.structs.replace(target, apart=act.kind.value if act.kind in _APART else "", doubt=doubt)


def _iso(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _named(text: Text, target: Target, answers: Mapping[str, Sequence[Hit]], day: ListDay | None) -> DraftTarget:
    hits = list(answers.get(target.words.value, ()))
    said = (text.cite(target.words),)
    aliases = tuple(text.cite(one) for one in target.aliases)
    base = DraftTarget(target.words.value, True, target.kind, Resolved.UNLISTED, said, aliases=aliases)
    if not hits:
        return msgspec.structs.replace(base, doubt=NOBODY_ANSWERS)
    best = hits[0]
    if day is not None:
        changed = [hit for hit in hits if day.change(hit.listing) and best.score - hit.score <= _PREFERRED]
        best = changed[0] if changed else best
    rivals = [
        hit for hit in hits
        if hit.listing != best.listing and best.score - hit.score < _CLOSE and not _preferred(best, hit, day)
    ]  # fmt: skip
    change = day.change(best.listing) if day is not None else None
    resolved = Resolved.AMBIGUOUS if rivals else Resolved.NAMED
    return msgspec.structs.replace(
        base,
        resolved=resolved,
        listings=(best.listing, *(hit.listing for hit in rivals)),
        listed_name=best.listed_name,
        score=best.score,
        change=change.how if change else "",
        programmes=change.programmes if change else (),
        doubt=_doubt(target.words.value, best, rivals),
    )


def _preferred(best: Hit, rival: Hit, day: ListDay | None) -> bool:
    return day is not None and day.change(best.listing) is not None and day.change(rival.listing) is None


def _doubt(name: str, best: Hit, rivals: Sequence[Hit]) -> str:
    said: list[str] = []
    if folded(name) not in {folded(best.matched_name), folded(best.listed_name)}:
        spelled = [
            f"{token.ours} for {token.theirs}"
            for evidence in best.evidence
            for token in evidence.tokens
            if token.kind in {"typo", "variant", "sound", "transliteration"}
        ]
        said.append(f"spelled {', '.join(spelled)}" if spelled else f"the list writes {best.matched_name}")
    if best.weak_only:
        said.append("only a weak alias answers")
    if rivals:
        said.append(f"{', '.join(hit.listing for hit in rivals)} answer as well")
    return "; ".join(said)


def _joined(several: Sequence[DraftTarget]) -> DraftTarget:
    """Give one target of several spellings: the best answered one, with every place that names it."""
    meant = [one for one in several if not one.apart] or several
    best = max(meant, key=lambda one: one.score)
    said = tuple(cited for one in several for cited in one.said)
    doubts = dict.fromkeys(one.doubt for one in meant if one.doubt)
    aliases = tuple(cited for one in several for cited in one.aliases)
    return msgspec.structs.replace(best, said=said, doubt="; ".join(doubts), aliases=aliases)


def _described(
    described: Iterable[tuple[Text, Target]], named: Sequence[DraftTarget], day: ListDay | None
) -> Iterator[DraftTarget]:
    """Propose listings for what is only described, when as many of the kind are left as are described."""
    merged: dict[str, tuple[list[Cited], Target]] = {}
    by_file: dict[str, list[Target]] = {}
    for text, target in described:
        merged.setdefault(folded(target.words.value), ([], target))[0].append(text.cite(target.words))
        if target.kind is Kind.ORGANISATION:
            by_file.setdefault(text.account.file, []).append(target)
    for said, target in merged.values():
        base = DraftTarget(target.words.value, False, target.kind, Resolved.OPEN, tuple(said))
        file = said[0].file
        alike = by_file.get(file, ())
        if day is None or target.kind is not Kind.ORGANISATION or not alike:
            yield base
            continue
        here = {listing for one in named for listing in one.listings if any(cited.file == file for cited in one.said)}
        left = [one.listing.id for one in day.of_kind(Kind.ORGANISATION) if one.listing.id not in here]
        if len(left) != len(alike):
            yield base
            continue
        doubt = f"one of {len(left)} that changed on {day.on} and are not named here; a proposal, not a resolution"
        yield msgspec.structs.replace(base, resolved=Resolved.PROPOSED, listings=tuple(left), doubt=doubt)
