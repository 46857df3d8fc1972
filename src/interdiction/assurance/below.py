"""Below the line: random pairs just under the threshold, written out for a person to label, and what the labels prove.

The sample is drawn from all pairs of the book with a score in [threshold - 0.10, threshold), without replacement, by
the seed. A second run with the labels gives the most matches that the band may hold, one-sided at 95 %. A pair that
was left without a label counts as a match: leaving the hard ones out cannot make the bound better.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec
import polars as pl

from interdiction.assurance.alerts import Screened
from interdiction.assurance.chance import Chance
from interdiction.assurance.held import Held
from interdiction.assurance.intervals import most_misses
from interdiction.assurance.scores import UNIT, Pair
from interdiction.assurance.subject import Listings
from interdiction.errors import InputError
from interdiction.model import Listing, Party, to_json
from interdiction.tables import write
from interdiction.tables.sheet import read_sheet

BAND = UNIT // 10
LABELS = ("same", "different", "unsure")
_SHOWN = 5


class Labelled(msgspec.Struct, frozen=True):
    """What a person said of the sample. `misses_at_most` bounds the matches in the whole band; `per_thousand` of the
    parties of the book."""

    same: int
    different: int
    unsure: int
    unlabelled: int
    misses_at_most: int
    per_thousand: float


class Below(msgspec.Struct, frozen=True):
    """The band under the threshold: how many pairs it holds, how many were drawn, and what their labels say."""

    low: float
    high: float
    pairs: int
    parties: int
    sample: int
    labelled: Labelled | None = None


class Drawn(msgspec.Struct, frozen=True):
    """One pair of the sample with its level (see `held`).

    `key` names it by everything the judge saw, so that a label cannot slip to another.
    """

    key: str
    score: float
    ours: Party
    listing: Listing


def drawn(
    found: Screened, party: Callable[[int], Party], listings: Listings, held: Held, size: int, seed: str
) -> tuple[Below, list[Drawn]]:
    """Give the band and its sample of up to `size` pairs, in a random order."""
    low = max(held.floor, held.base - BAND)
    band = [pair for pair in found.pairs if low <= pair.score < held.base]
    chance = Chance(seed, "below")
    taken = [band[place] for place, _ in zip(chance.walk(len(band)), range(size), strict=False)]
    sample = [_drawn(pair, party(pair.row), listings.listing(pair.party)) for pair in taken]
    return Below(low / UNIT, held.base / UNIT, len(band), found.size, len(sample)), sample


def _drawn(pair: Pair, ours: Party, listing: Listing) -> Drawn:
    key = hashlib.sha256(to_json([ours, listing.id, listing.party])).hexdigest()[:16]
    return Drawn(key, pair.score / UNIT, ours, listing)


def write_sample(sample: Sequence[Drawn], path: Path) -> None:
    """Write the sample for labelling, format by the suffix. Raises `UsageError` as `interdiction.tables.write` does."""
    names = ("pair", "label", "score", "id", "name", "kind", "born", "countries")
    theirs = ("listing", "listed_names", "listed_kind", "listed_born", "listed_countries")
    rows = [
        (one.key, None, f"{one.score:.4f}", one.ours.id, *_told(one.ours), one.listing.id, *_told(one.listing.party))
        for one in sample
    ]
    frame = pl.DataFrame(rows, schema=dict.fromkeys([*names, *theirs], pl.String), orient="row")
    write(frame, path)


def read_labels(path: Path) -> dict[str, str]:
    """Read the labels by pair; an empty one is `""`. Raises `TableError`, and `InputError` (`labels`, `label`)."""
    found = read_sheet(path)
    header = [text.strip().lower() for text in found.header]
    missing = [name for name in ("pair", "label") if name not in header]
    if missing or found.ragged:
        what = (
            f"has no column {missing[0]!r}" if missing else f"has a row that fits no header, line {found.ragged[0].row}"
        )
        raise InputError(
            f"the file of labels {what}",
            where=path.name,
            mend="label the file that --below wrote, and keep its columns",
            code="labels",
        )
    pairs, labels = (found.cells[f"c{header.index(name)}"] for name in ("pair", "label"))
    read: dict[str, str] = {}
    for line, pair, text in zip(found.cells["row"], pairs, labels, strict=True):
        label = (text or "").lower()
        if label and label not in LABELS:
            raise _bad_label(path, line, f"{text!r} is not a label")
        if pair in read and read[pair] != label:
            raise _bad_label(path, line, f"pair {pair} has two labels")
        if pair:
            read[pair] = label
    return read


def judged(below: Below, sample: Sequence[Drawn], labels: Mapping[str, str], where: str = "--labels") -> Below:
    """Give the band with the bound that the labels prove. Raises `InputError` (`unknown-pair`) for another sample."""
    known = {one.key for one in sample}
    unknown = [key for key in labels if key not in known]
    if unknown:
        shown = ", ".join(unknown[:_SHOWN])
        raise InputError(
            f"{len(unknown)} labelled pairs are not of this sample: {shown}",
            where=where,
            mend="run with the lists, book, threshold, seed and --below-sample of the run that drew it, or draw anew",
            code="unknown-pair",
        )
    said = [labels.get(one.key, "") for one in sample]
    missed = len(said) - said.count("different")
    bound = most_misses(missed, len(sample), below.pairs)
    labelled = Labelled(
        same=said.count("same"),
        different=said.count("different"),
        unsure=said.count("unsure"),
        unlabelled=said.count(""),
        misses_at_most=bound,
        per_thousand=round(1000 * bound / below.parties, 2) if below.parties else 0.0,
    )
    return msgspec.structs.replace(below, labelled=labelled)


def _told(party: Party) -> tuple[str | None, ...]:
    names = "; ".join(name.text for name in party.names)
    ties = (*party.nationalities, *party.citizenships, *party.residences, *party.countries)
    born = "; ".join(map(str, party.birth_dates))
    return names, party.kind.value if party.kind else None, born or None, " ".join(dict.fromkeys(ties)) or None


def _bad_label(path: Path, line: int, what: str) -> InputError:
    return InputError(
        what, where=f"{path.name}:{line}", mend=f"write {', '.join(LABELS)}, or leave it empty", code="label"
    )
