"""What a user's own program proposed, laid beside the drafts: checked, looked up on the lists in force, kept apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from interdiction.announcements.accounts import Text
from interdiction.announcements.patterns import Patterns
from interdiction.announcements.proposals import Weighed, weigh
from interdiction.model import Hit, Kind, Name, NameQuality, Party
from interdiction.model.order import DraftOrder, Proposed
from interdiction.model.proposal import Sheet
from interdiction.names.thresholds import Channel

if TYPE_CHECKING:
    from interdiction.engine.hall import Engine


def weighed(texts: Sequence[Text], sheets: Sequence[tuple[str, Sheet]], patterns: Patterns) -> dict[str, list[Weighed]]:
    """Check every answer against its document; answers and documents are joined by the documents' hashes."""
    by_hash = {text.account.sha256: text for text in texts}
    found: dict[str, list[Weighed]] = {}
    for sha256, sheet in sheets:
        found.setdefault(sha256, []).append(weigh(by_hash[sha256], sheet, patterns))
    return found


def with_proposals(
    drafts: Sequence[DraftOrder], found: Mapping[str, Sequence[Weighed]], engine: Engine | None, as_of: date | None
) -> list[DraftOrder]:
    """Lay the proposals beside the draft of their document; nothing else of a draft changes."""
    made: list[DraftOrder] = []
    for draft in drafts:
        hashes = dict.fromkeys(source.sha256 for source in draft.sources)
        several = [one for sha256 in hashes for one in found.get(sha256, ())]
        proposed = [one for each in several for one in each.proposed]
        refused = tuple(one for each in several for one in each.refused)
        if engine is not None:
            proposed = _looked_up(proposed, engine, as_of)
        made.append(msgspec.structs.replace(draft, proposals=tuple(proposed), refused=refused))
    return made


def _looked_up(proposed: Sequence[Proposed], engine: Engine, as_of: date | None) -> list[Proposed]:
    """Say who on the lists in force answers to each proposed name."""
    names = [one for one in proposed if one.slot == "target"]
    if not names:
        return list(proposed)
    parties = [party(one, proposed) for one in names]
    force = engine.force(as_of)
    answers = force.screener.screen(parties, threshold=engine.thresholds(Channel.CHECK))
    hits: dict[int, tuple[Hit, ...]] = {id(one): tuple(answer.hits) for one, answer in zip(names, answers, strict=True)}
    return [_answered(one, hits.get(id(one), ())) for one in proposed]


def _answered(one: Proposed, hits: Sequence[Hit]) -> Proposed:
    if not hits:
        return one
    best = hits[0]
    return msgspec.structs.replace(one, listings=(best.listing,), listed_name=best.listed_name, score=best.score)


def party(one: Proposed, proposed: Sequence[Proposed]) -> Party:
    """Give a proposed target with the other names that were proposed for it."""
    aliases = aliases_of(one, proposed)
    names = [Name(one.said.quote), *(Name(alias.said.quote, NameQuality.STRONG) for alias in aliases)]
    return Party(id=one.said.quote, kind=Kind(one.kind) if one.kind else None, names=names)


def aliases_of(one: Proposed, proposed: Sequence[Proposed]) -> list[Proposed]:
    """Give the aliases that were proposed for a proposed target."""
    return [
        each for each in proposed if each.slot == "alias" and each.of is not None and each.of.quote == one.said.quote
    ]
