"""The accounts of one event to a draft order: every value with its words, nothing decided, nobody screened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import structs

from interdiction.announcements.accounts import Text, folded, origins, points
from interdiction.announcements.checks import checked, instrument
from interdiction.announcements.patterns import Patterns
from interdiction.announcements.resolve import NOBODY_ANSWERS, ListDay, acts_done, counts_of, targets_of
from interdiction.announcements.unread import unnamed, unread
from interdiction.model import Hit
from interdiction.model.announcement import ActKind, Claim, Label, Origin, Said, Stance
from interdiction.model.order import (
    Cited,
    Derived,
    DraftAct,
    DraftClaim,
    DraftMeasure,
    DraftOrder,
    SourceText,
)
from interdiction.names import countries

_ORDERS: Final = frozenset(
    {
        ActKind.DESIGNATE,
        ActKind.IDENTIFY,
        ActKind.IMPOSE,
        ActKind.DELIST,
        ActKind.LICENSE,
        ActKind.AMEND,
        ActKind.EXTEND,
    }
)
_SHORTLY: Final = timedelta(days=7)
"""Within a week of an order it is news."""
_NOBODY_ASKED: Final = "no list is in force: nobody was looked up"
_WORD: Final = re.compile(r"[^\W\d_]+")
_ENOUGH, _SHARE = 20, 0.08
"""Words from which a text shows its language, and how many of them are common ones at least."""
_LETTERS, _LATIN = 10, "\u02af"
"""Letters from which a text shows its script; rules of one in Latin letters read none that is half in another."""
_OPPOSED: Final = frozenset({Stance.DENY, Stance.DOUBT, Stance.DISMISS, Stance.SUGGEST})


def draft(
    texts: Sequence[Text],
    answers: Mapping[str, Sequence[Hit]],
    day: ListDay | None,
    patterns: Patterns,
    *,
    editions: Sequence[str] = (),
) -> DraftOrder:
    """Make the draft of one event.

    `answers` are the hits for each name that a text gives as a target; `day` is the edition whose changes agree with
    the texts, none where none does or several do.
    """
    sources = tuple(_source(text) for text in texts)
    problems = tuple(problem for text in texts for problem in text.account.problems)
    why = _nothing(texts, patterns)
    if why:
        return DraftOrder(
            False,
            why,
            sources,
            claims=tuple(_claims(texts)),
            patterns=_reference(patterns),
            problems=problems,
            unread=_unread(texts, patterns),
        )
    targets = targets_of(texts, answers, day)
    if not editions and not answers:
        targets = [structs.replace(one, doubt=one.doubt.replace(NOBODY_ANSWERS, _NOBODY_ASKED)) for one in targets]
    return DraftOrder(
        found=True,
        why="",
        sources=sources,
        issuer=_issuer(texts),
        delegate=_first(texts, "delegate"),
        instrument=instrument(texts, day),
        day=_day(texts, day),
        acts=tuple(_acts(texts)),
        measures=tuple(_measures(texts)),
        targets=tuple(targets),
        counts=tuple(counts_of(texts, day)),
        criteria=tuple(text.cite(one) for text in texts for one in text.account.criteria),
        reasons=tuple(text.cite(one) for text in texts for one in text.account.reasons),
        places=tuple(text.cite(one) for text in texts for one in text.account.places),
        statements=tuple(checked(texts, targets, day)),
        claims=tuple(_claims(texts)),
        points=tuple(points(texts)),
        editions=tuple(editions),
        patterns=_reference(patterns),
        problems=problems,
        unread=_unread(texts, patterns),
        unnamed=tuple(one for text in texts for one in unnamed(text)),
    )


def _reference(patterns: Patterns) -> str:
    return f"{patterns.version} ({patterns.sha256[:12]})"


def _unread(texts: Sequence[Text], patterns: Patterns) -> tuple[Cited, ...]:
    return tuple(one for text in texts for one in unread(text, patterns))


def _source(text: Text) -> SourceText:
    account = text.account
    repeated = sum(one.repeats is not None for one in account.sentences)
    furniture = sum(Label.FURNITURE in one.labels for one in account.sentences)
    sentences = len(account.sentences)
    return SourceText(account.file, account.sha256, account.origin, account.published, sentences, repeated, furniture)


def _nothing(texts: Sequence[Text], patterns: Patterns) -> str:
    """Say why there is no order in the texts; empty where there is one."""
    if any(act.kind in _ORDERS or act.kind is ActKind.AUTHORISE for _, act in acts_done(texts)):
        return ""
    spoken = [(text, act) for text in texts for act in text.account.acts]
    if not spoken:
        return _silence(texts, patterns)
    told = "; ".join(
        f"{act.kind.value} only {act.modality.value} ({text.account.file}, sentence {act.sentence})"
        for text, act in spoken[:3]
    )
    return f"nothing was done or announced: {told}"


def _silence(texts: Sequence[Text], patterns: Patterns) -> str:
    """Say what a text is in which no act stands: of another language, told by speakers alone, or of something else."""
    words = [word.casefold() for text in texts for word in _WORD.findall(text.original)]
    common = sum(word in patterns.common for word in words)
    letters = [letter for word in words for letter in word]
    foreign = sum(letter > _LATIN for letter in letters)
    strange = len(letters) >= _LETTERS and foreign > len(letters) / 2
    if strange or (len(words) >= _ENOUGH and common < _SHARE * len(words)):
        return f"the text is in another language than the patterns ({patterns.language}): nothing was read from it"
    why = "no act of an authority stands in the text"
    cited = list(dict.fromkeys(said.value for text in texts for said in text.account.instruments))
    if cited:
        return f"{why}; it only cites {', '.join(cited[:3])}"
    claims = sum(len(text.account.claims) for text in texts)
    if claims:
        return f"{why}; what it holds are {claims} claims of its speakers"
    return why


def _issuer(texts: Sequence[Text]) -> Derived | None:
    """Give who acted: whoever an act of the order names, the one that most texts name first."""
    cited: dict[str, list[Cited]] = {}
    for text, act in acts_done(texts):
        if act.issuer is not None:
            cited.setdefault(act.issuer.value, []).append(text.cite(act.issuer))
    if not cited:
        return None
    bodies = [value for value in cited if countries.code(value) is None]
    # "The United States imposed" and "President Barack Obama issued": the authority acts, and its country with it.
    best = max(bodies or cited, key=lambda value: (len({one.file for one in cited[value]}), len(cited[value])))
    others = [value for value in cited if value != best]
    how = "read from the text" + (f"; also named: {', '.join(others)}" if others else "")
    return Derived(best, how, tuple(one for several in cited.values() for one in several))


def _first(texts: Sequence[Text], field: str) -> Derived | None:
    cited: list[Cited] = []
    for text in texts:
        for act in text.account.acts:
            said: Said | None = getattr(act, field)
            if said is not None:
                cited.append(text.cite(said))
    if not cited:
        return None
    return Derived(cited[0].value, "empowered by the order; what it may do is not yet done", tuple(cited))


def _day(texts: Sequence[Text], day: ListDay | None) -> Derived | None:
    cited = [text.cite(act.day) for text, act in acts_done(texts) if act.day is not None]
    fixed = list(dict.fromkeys(one.value for one in cited if one.value[:1].isdigit()))
    published = list(dict.fromkeys(text.account.published for text in texts if text.account.published))
    if fixed:
        return _fixed(fixed, published, cited)
    if not cited and published and day is None:
        return Derived(", ".join(map(str, published)), "the day of publication; the text names no other")
    if day is not None:
        said = f"; the text says {cited[0].quote}" if cited else ""
        how = f"derived from the list: the changes of {day.edition} alone agree{said}"
        return Derived(str(day.on), how, tuple(cited))
    if cited:
        how = "a day of the week: give --published, or import the editions around it"
        return Derived(cited[0].value, how, tuple(cited))
    return None


def _fixed(fixed: Sequence[str], published: Sequence[date], cited: Sequence[Cited]) -> Derived:
    """Give the order's own day: of the days that acts carry the one of publication, or the last shortly before it."""
    how = "read from the text and the day of publication"
    near = [one for one in fixed if any(timedelta() <= day - date.fromisoformat(one) <= _SHORTLY for day in published)]
    own = max(near, default="")
    others = ", ".join(one for one in fixed if one != own)
    if own:
        return Derived(own, f"{how}; other acts that it tells of: {others}" if others else how, tuple(cited))
    if published:
        how = f"the day of publication; the acts whose day was read are of {others}"
        return Derived(", ".join(map(str, published)), how, tuple(cited))
    return Derived(others, how, tuple(cited))


def _acts(texts: Sequence[Text]) -> Iterable[DraftAct]:
    for text in texts:
        for act in text.account.acts:
            yield DraftAct(
                act.kind,
                act.modality,
                (text.cite(act.words, act.sentence),),
                act.issuer.value if act.issuer else "",
                act.delegate.value if act.delegate else "",
                tuple(target.words.value for target in act.targets),
            )


def _measures(texts: Sequence[Text]) -> Iterable[DraftMeasure]:
    merged: dict[str, list[Cited]] = {}
    ours = {}
    for text in texts:
        for effect in text.account.effects:
            merged.setdefault(effect.words.value, []).append(text.cite(effect.words, effect.sentence))
            ours[effect.words.value] = effect.measure
    for says, cited in merged.items():
        yield DraftMeasure(says, ours[says], tuple(cited))


def _claims(texts: Sequence[Text]) -> Iterable[DraftClaim]:
    """Give each claim once: the same words of one speaker in two papers are one claim."""
    merged: dict[tuple[str, str, str], list[tuple[Text, Claim]]] = {}
    for text in texts:
        for claim in text.account.claims:
            about = folded(text.cite(claim.about).quote)
            merged.setdefault((claim.stance.value, folded(claim.speaker.value), about), []).append((text, claim))
    opposed = any(claim.stance in _OPPOSED for text in texts for claim in text.account.claims)
    for several in merged.values():
        text, claim = several[0]
        said = tuple(one.cite(other.about, other.sentence) for one, other in several)
        through = dict.fromkeys(one.cite(words).value for one, other in several for words in other.through)
        count = origins(said, texts)
        yield DraftClaim(
            claim.stance,
            claim.speaker.value,
            text.cite(claim.about, claim.sentence),
            said,
            tuple(through),
            claim.hedge.value if claim.hedge else "",
            claim.quoted,
            _reliability(text, claim),
            _credibility(count, opposed=opposed and claim.stance is Stance.ASSERT),
        )


def _reliability(text: Text, claim: Claim) -> str:
    """Give the Admiralty code of the source: an authority's own text B, a quotation C, anybody unnamed D, else F."""
    if any("anonymity" in text.cite(one).value.casefold() for one in claim.through):
        return "D"
    if text.account.origin is Origin.OFFICIAL:
        return "B"
    return "C" if claim.quoted else "F"


def _credibility(count: int, *, opposed: bool) -> int:
    """Give the Admiralty code of the information: 2 from two origins, 6 where others contradict or nothing is known."""
    if opposed:
        return 6
    return 2 if count > 1 else 6
