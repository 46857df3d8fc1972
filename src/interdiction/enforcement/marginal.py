"""What a change of lists does to a book: who is newly caught, who was caught before, who is no longer.

The marginal effect of an order is not the number of its hits: who was listed already had to be stopped the day
before. And nothing releases itself: who is no longer hit gets an unblocking review (law 9).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from interdiction.model import Hit


class Under(msgspec.Struct, frozen=True, order=True):
    """A listing and one of its programmes that somebody is caught under; empty when none is stated."""

    listing: str
    programme: str
    authority: str = ""


class Effect(msgspec.Struct, frozen=True):
    """What the change does to one customer or payment: caught under what before and after, gained and lost."""

    query_id: str
    listed_name: str
    before: tuple[Under, ...]
    after: tuple[Under, ...]
    gained: tuple[Under, ...]
    lost: tuple[Under, ...]
    sentence: str


class Marginal(msgspec.Struct, frozen=True):
    """The effect by kind, each in the order of ids; whoever is in none of the four was never a hit.

    `also_under` were caught before and are now under more (some may have lost another ground at the same time),
    `released` are caught no more, `reduced` are still caught under less, `unchanged` the same as before.
    """

    newly_caught: tuple[Effect, ...]
    also_under: tuple[Effect, ...]
    released: tuple[Effect, ...]
    reduced: tuple[Effect, ...]
    unchanged: tuple[Effect, ...]


def marginal(before: Mapping[str, Sequence[Hit]], after: Mapping[str, Sequence[Hit]]) -> Marginal:
    """Compare the hits of the same parties under two states of the lists, by customer or payment id.

    Hits count, not outcomes: whether the customer is the listed party is asked separately, of both states alike.
    """
    kinds: dict[str, list[Effect]] = {name: [] for name in Marginal.__struct_fields__}
    for query_id in sorted(before.keys() | after.keys()):
        was, now = before.get(query_id, ()), after.get(query_id, ())
        if was or now:
            kind, effect = _effect(query_id, was, now)
            kinds[kind].append(effect)
    return Marginal(**{name: tuple(effects) for name, effects in kinds.items()})


def _effect(query_id: str, was: Sequence[Hit], now: Sequence[Hit]) -> tuple[str, Effect]:
    before, after = _under(was), _under(now)
    # An authority that was corrected in our own files is no new ground: listing and programme tell.
    gained = tuple(one for one in after if not _holds(before, one))
    lost = tuple(one for one in before if not _holds(after, one))
    best = max(now or was, key=lambda hit: (hit.score, hit.listing))
    if not was:
        kind, says = "newly_caught", f"newly caught: {_words(after)}"
    elif not now:
        kind = "released"
        says = f"no longer hit; was caught under {_words(before)}. Nothing clears itself: open an unblocking review"
    elif gained:
        kind, says = "also_under", f"caught before under {_words(before)}; now also under {_words(gained)}"
        says += f", no longer under {_words(lost)}" if lost else ""
    elif lost:
        kind, says = "reduced", f"still caught under {_words(after)}; no longer under {_words(lost)}"
    else:
        kind, says = "unchanged", f"caught before and after under {_words(after)}"
    return kind, Effect(query_id, best.listed_name, before, after, gained, lost, f"{query_id}: {says}.")


def _under(hits: Sequence[Hit]) -> tuple[Under, ...]:
    found = {Under(hit.listing, one.programme, one.authority or "") for hit in hits for one in hit.designations} | {
        Under(hit.listing, "") for hit in hits if not hit.designations
    }
    return tuple(sorted(found))


def _holds(several: Sequence[Under], one: Under) -> bool:
    return any((other.listing, other.programme) == (one.listing, one.programme) for other in several)


def _words(several: Sequence[Under]) -> str:
    return ", ".join(
        f"{one.programme or 'no stated programme'}{f' ({one.authority})' if one.authority else ''} as {one.listing}"
        for one in several
    )
