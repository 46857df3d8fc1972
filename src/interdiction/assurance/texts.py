"""Names inside free text: damaged names put into lines as payments carry them, and what innocent lines alert for.

The same trials are told twice, inside a line and alone in a name field, both at the thresholds of texts: what the
line itself costs is the difference. A weak alias inside a text needs a second fact (OFAC FAQ 122 to 125); these lines
carry none, so it has to be kept as suppressed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from interdiction.assurance import truth
from interdiction.assurance.chance import Chance
from interdiction.assurance.damage.classes import CLASSES, WEAK, DamageClass
from interdiction.assurance.intervals import Share, share
from interdiction.assurance.scores import units
from interdiction.assurance.subject import Progress, silent
from interdiction.assurance.trials import Trial, is_withheld
from interdiction.model import Hit, Listing, Party
from interdiction.names.thresholds import Thresholds
from interdiction.screening.screener import Screener
from interdiction.screening.text import Text, TextHits, screen_texts

LINES = 2_000
"""Innocent lines at most: what alerts in them comes back soon."""
SHOWN = 8
"""Causes of alerts that are named."""
_PIECE = 500


class TextRow(msgspec.Struct, frozen=True):
    """One class of damage inside lines. `inside` are hits in the text, `alone` in a name field at the same threshold.

    `suppressed` are weak aliases kept for want of a second fact, `lost` those that a name field finds and the line
    neither reports nor keeps; `line` is the first line of the class.
    """

    key: str
    family: str
    inside: Share
    alone: Share
    suppressed: int
    lost: int
    line: str


class Cause(msgspec.Struct, frozen=True):
    """What innocent lines alerted for: a listing, by which of its names, and the words of the line."""

    listing: str
    matched: str
    words: str
    lines: int


class InTexts(msgspec.Struct, frozen=True):
    """What was found inside lines. `overall` and `alone` leave weak aliases out; `lost` are as in the rows.

    `weak` counts weak aliases that were a hit or kept as suppressed. `alerts` are innocent lines with a hit and
    `causes` what most of them alerted for; `cut` are lines whose answer a limit cut.
    """

    thresholds: str
    rows: tuple[TextRow, ...]
    overall: Share
    alone: Share
    lost: int
    weak: Share
    alerts: Share
    causes: tuple[Cause, ...]
    cut: int


def in_texts(
    screener: Screener,
    trials: Sequence[Trial],
    scores: Sequence[int],
    listings: Sequence[Listing],
    innocents: Sequence[Party],
    thresholds: Thresholds,
    seed: str,
    each: int,
    step: Progress = silent,
) -> InTexts:
    """Put up to `each` trials of every class into lines, and innocents' names into others. `scores` are the trials'."""
    chosen = [at for one in CLASSES for at in _of_class(trials, one, each, seed)]
    lines = _lines([trials[at].party.names[0].text for at in chosen], Chance(seed, "lines"))
    answers = _screened(screener, lines, thresholds, "names in texts", step)
    told = dict(zip(chosen, zip(lines, answers, strict=True), strict=True))
    rows = tuple(row for one in CLASSES if (row := _row(one, trials, scores, listings, told, thresholds)) is not None)
    weak = [row for row in rows if _by_key(row.key).names == WEAK]
    others = [row for row in rows if row not in weak]
    names = [innocents[at].primary_name for at in Chance(seed, "innocent lines").sample(len(innocents), LINES)]
    harmless = _lines(names, Chance(seed, "innocent lines", "texts"))
    alerted = _screened(screener, harmless, thresholds, "innocent texts", step)
    return InTexts(
        thresholds=str(thresholds),
        rows=rows,
        overall=_sum([row.inside for row in others]),
        alone=_sum([row.alone for row in others]),
        lost=sum(row.lost for row in others),
        weak=share(sum(row.inside.found + row.suppressed for row in weak), sum(row.inside.of for row in weak)),
        alerts=share(sum(bool(one.hits) for one in alerted), len(alerted)),
        causes=_causes(harmless, alerted),
        cut=sum(one.truncated for one in (*answers, *alerted)),
    )


def _of_class(trials: Sequence[Trial], one: DamageClass, each: int, seed: str) -> list[int]:
    """Give the places of some trials that are a name and nothing else."""
    places = [
        at
        for at, trial in enumerate(trials)
        if trial.damage == one.key
        and not is_withheld(trial)
        and len(trial.party.names) == 1
        and not trial.party.birth_dates
        and not trial.party.identifiers
    ]
    return [places[at] for at in Chance(seed, "lines", one.key).sample(len(places), each)]


def _lines(names: Sequence[str], chance: Chance) -> list[str]:
    lines = truth.texts().lines
    return [chance.choice(lines).replace("{name}", name) for name in names]


def _screened(
    screener: Screener, lines: Sequence[str], thresholds: Thresholds, what: str, step: Progress
) -> list[TextHits]:
    found: list[TextHits] = []
    for first in range(0, len(lines), _PIECE):
        piece = [Text(str(at), line) for at, line in enumerate(lines[first : first + _PIECE], start=first)]
        found += screen_texts(screener, piece, threshold=thresholds)
        step(what, len(found), len(lines))
    return found


def _row(
    one: DamageClass,
    trials: Sequence[Trial],
    scores: Sequence[int],
    listings: Sequence[Listing],
    told: dict[int, tuple[str, TextHits]],
    thresholds: Thresholds,
) -> TextRow | None:
    places = [at for at in told if trials[at].damage == one.key]
    if not places:
        return None
    inside = [_names(told[at][1].hits, trials[at].listing) for at in places]
    kept = [
        not hit and _names(told[at][1].suppressed, trials[at].listing) for at, hit in zip(places, inside, strict=True)
    ]
    alone = [scores[at] >= units(_threshold(trials[at], listings, thresholds)) for at in places]
    found = list(zip(inside, kept, alone, strict=True))
    return TextRow(
        key=one.key,
        family=one.family,
        inside=share(sum(inside), len(places)),
        alone=share(sum(alone), len(places)),
        suppressed=sum(kept),
        lost=sum(field and not hit and not held for hit, held, field in found),
        line=told[places[0]][0],
    )


def _threshold(trial: Trial, listings: Sequence[Listing], thresholds: Thresholds) -> float:
    return thresholds.at(trial.listing, listings[trial.at].party.kind)


def _names(hits: Sequence[Hit], listing: str) -> bool:
    return any(hit.listing == listing for hit in hits)


def _by_key(key: str) -> DamageClass:
    return next(one for one in CLASSES if one.key == key)


def _sum(shares: Sequence[Share]) -> Share:
    return share(sum(one.found for one in shares), sum(one.of for one in shares))


def _causes(lines: Sequence[str], answers: Sequence[TextHits]) -> tuple[Cause, ...]:
    counted = Counter(
        (hit.listing, hit.matched_name, line[slice(*hit.span)].casefold() if hit.span else "")
        for line, one in zip(lines, answers, strict=True)
        for hit in one.hits
    )
    order = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Cause(*what, count) for what, count in order[:SHOWN])
