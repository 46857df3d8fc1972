"""One run from the seed to the result: draw, damage, ask, count, and weigh what a change would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from interdiction.assurance import below as line
from interdiction.assurance.alerts import alerts, budget, certain_rows, curve, screened_innocents
from interdiction.assurance.below import Drawn
from interdiction.assurance.chance import Chance
from interdiction.assurance.change import Change, Measured, change
from interdiction.assurance.engines import Engines
from interdiction.assurance.every import every_name
from interdiction.assurance.held import Held
from interdiction.assurance.innocents import invented
from interdiction.assurance.misses import worst
from interdiction.assurance.namesakes import namesakes
from interdiction.assurance.recall import Budgets, Row, by, by_class, row
from interdiction.assurance.removed import removed
from interdiction.assurance.result import Assurance, BookTested, Setting
from interdiction.assurance.scores import Pair, screened, units
from interdiction.assurance.subject import Progress, Subject, silent
from interdiction.assurance.texts import in_texts
from interdiction.assurance.trials import Trial, draw
from interdiction.errors import InputError, NoListError
from interdiction.model import Listing, Party
from interdiction.names.index import core_version
from interdiction.names.thresholds import LOWEST_IN_TEXT, Thresholds
from interdiction.names.weights import Weights
from interdiction.screening.screener import RETRIEVAL
from interdiction.tables import Book

BUDGETS = (2.0, 10.0)
"""Alerts per thousand innocents at which recall is told: those of requirements that banks state."""

_LINES_OF, _FEWEST_LINES = 4, 10
"""Of how many trials of a class one is put into a line of free text, and the fewest that are."""


class Wanted(msgspec.Struct, frozen=True):
    """What is to be done. `each` is the number of trials of a class, `innocents` the most that are screened.

    `text_thresholds` are those of words inside a text, `below_sample` is the number of pairs drawn under the threshold
    and `labels` what a person said of them. `told_kind` and `policy` are for the record: what rows without a kind were
    said to be, and where the thresholds stand.
    """

    thresholds: Thresholds
    text_thresholds: Thresholds = Thresholds.of(LOWEST_IN_TEXT)
    seed: str = "1"
    each: int = 400
    innocents: int = 10_000
    misses: int = 30
    below_sample: int = 200
    labels: Mapping[str, str] | None = None
    told_kind: str = ""
    policy: str = ""
    every: bool = False
    tried: tuple[float, ...] = ()
    weights: tuple[tuple[str, Weights], ...] = ()
    threads: int = 0


class Customers(msgspec.Struct, frozen=True):
    """The innocents that are screened, and where they are from."""

    parties: Sequence[Party]
    told: BookTested


class Outcome(msgspec.Struct, frozen=True):
    """The result, and the sample below the line for whoever labels it (empty without a book)."""

    result: Assurance
    sample: list[Drawn]


def customers(book: Book | None, sha256: str, wanted: Wanted) -> Customers:
    """Give the innocents: a sample of the book by the seed, or invented ones. Raises `InputError` (`empty-book`)."""
    if book is None:
        parties = invented(wanted.innocents, wanted.seed)
        return Customers(parties, BookTested("", "", len(parties), len(parties)))
    rows = book.columns.height
    if rows == 0:
        raise InputError(
            "the book has no rows: there are no innocents to count alerts among",
            where=book.file,
            mend="give a book with customers, or leave --book out to use invented ones",
            code="empty-book",
        )
    places = Chance(wanted.seed, "book").sample(rows, wanted.innocents)
    parties = [book.party_at(at) for at in places]
    silent_rows = sum(party.kind is None for party in parties)
    told = BookTested(book.file, sha256, rows, len(parties), wanted.told_kind, silent_rows)
    return Customers(parties, told)


def assure(
    subject: Subject,
    whom: Customers,
    wanted: Wanted,
    *,
    at: datetime,
    version: str,
    institution: str = "",
    step: Progress = silent,
) -> Outcome:
    """Run every test. Raises `NoListError` (`empty-list`) where the lists in force name nobody."""
    step("reading the listings", 0, 0)
    listings = [subject.listings.listing(place) for place in range(len(subject.listings))]
    if not listings:
        raise NoListError(
            "the lists in force name nobody",
            mend="import an edition with listings: interdict lists import ofac-sdn PATH",
            code="empty-list",
        )
    others = [(name, Engines(subject, listings, weights)) for name, weights in wanted.weights]
    for _, one in others:
        one.index(step)  # weights that the core refuses are refused before the work, not after it
    step("drawing", 0, 0)
    trials = draw(listings, wanted.each, wanted.seed)
    held = Held(wanted.thresholds, listings)
    engines = Engines(subject, listings)
    now = _measured(engines, trials, whom, held, step, wanted.threads)
    budgets = tuple(budget(now.innocents, per_thousand) for per_thousand in BUDGETS)
    known: Budgets = [(one.per_thousand, None if one.threshold is None else units(one.threshold)) for one in budgets]
    band, taken, sample = None, None, list[Drawn]()
    if whom.told.file:
        taken = removed(
            subject.screener.index,
            whom.parties,
            listings,
            wanted.thresholds,
            subject.weights,
            wanted.seed,
            step,
            wanted.threads,
        )
        band, sample = line.drawn(
            now.innocents, lambda row: whom.parties[row], subject.listings, held, wanted.below_sample, wanted.seed
        )
        if wanted.labels is not None:
            band = line.judged(band, sample, wanted.labels)
    index = subject.screener.index
    every = every_name(index, listings, held, step, wanted.threads) if wanted.every else None
    classes = by_class(trials, now.levels, held.base, known)
    must = {one.key for one in classes if one.must}
    step("worst misses", 0, 0)
    result = Assurance(
        setting=_setting(subject, listings, whom, wanted, at, version, institution),
        overall=_all("all damage", trials, now, known, lambda _: True),
        must=_all("nothing may be lost", trials, now, known, lambda key: key in must),
        others=_all("other damage", trials, now, known, lambda key: key not in must),
        every=every,
        classes=classes,
        lists=by(_list, trials, now.levels, held.base, known),
        kinds=by(_kind, trials, now.levels, held.base, known),
        lists_and_kinds=by(lambda trial: f"{_list(trial)}, {_kind(trial)}", trials, now.levels, held.base, known),
        scripts=by(lambda trial: trial.script, trials, now.levels, held.base, known),
        budgets=budgets,
        alerts=alerts(now.innocents, held.base),
        removed=taken,
        curve=curve(now.levels, now.innocents),
        namesakes=namesakes(index, listings, wanted.each, wanted.seed, held, step, wanted.threads),
        texts=in_texts(
            subject.screener,
            trials,
            now.scores,
            listings,
            whom.parties,
            wanted.text_thresholds,
            wanted.seed,
            max(_FEWEST_LINES, wanted.each // _LINES_OF),
            step,
        ),
        below=band,
        changes=tuple(_changes(others, listings, now, trials, whom, wanted, step)),
        misses=worst(trials, now.scores, listings, held, engines.weights, most=wanted.misses),
        missed=sum(level < held.base for level in now.levels),
    )
    return Outcome(result, sample)


def _list(trial: Trial) -> str:
    return trial.listing.partition(":")[0]


def _kind(trial: Trial) -> str:
    return trial.kind.value if trial.kind else "not stated"


def _setting(
    subject: Subject,
    listings: Sequence[Listing],
    whom: Customers,
    wanted: Wanted,
    at: datetime,
    version: str,
    institution: str,
) -> Setting:
    parties = Counter(one.list for one in listings)
    names = Counter(dict.fromkeys(parties, 0))
    for one in listings:
        names[one.list] += len(one.party.names)
    counted = tuple(
        msgspec.structs.replace(one, listings=parties[one.list], names=names[one.list]) for one in subject.lists
    )
    return Setting(
        at=at,
        institution=institution,
        seed=wanted.seed,
        threshold=wanted.thresholds.rows[-1].at,
        thresholds=str(wanted.thresholds),
        policy=wanted.policy,
        retrieval=RETRIEVAL,
        each=wanted.each,
        interdiction=version,
        core=core_version(),
        weights=subject.weights.version,
        weights_sha256=subject.weights.sha256,
        lists=counted,
        book=whom.told,
    )


def _measured(
    engines: Engines,
    trials: Sequence[Trial],
    whom: Customers,
    held: Held,
    step: Progress,
    threads: int,
    certain: frozenset[int] | None = None,
) -> Measured:
    scores = engines.scores(trials, step, threads)
    pairs = screened(engines.index(step), whom.parties, "innocents", step, threads)
    known = certain_rows(pairs, held) if certain is None else certain
    return _held(held, engines.weights.version, scores, pairs, known, trials, whom)


def _held(
    held: Held,
    weights: str,
    scores: Sequence[int],
    pairs: Sequence[Pair],
    certain: frozenset[int],
    trials: Sequence[Trial],
    whom: Customers,
) -> Measured:
    """Put the scores on the scale of the thresholds they are held against."""
    levels = [held.level(trial.at, score) for trial, score in zip(trials, scores, strict=True)]
    return Measured(held, weights, scores, pairs, levels, screened_innocents(len(whom.parties), pairs, certain, held))


def _changes(
    others: Sequence[tuple[str, Engines]],
    listings: Sequence[Listing],
    now: Measured,
    trials: Sequence[Trial],
    whom: Customers,
    wanted: Wanted,
    step: Progress,
) -> Iterator[Change]:
    def weighed(what: str, after: Measured) -> Change:
        return change(what, now, after, trials, lambda row: whom.parties[row].primary_name, listings.__getitem__)

    certain = now.innocents.certain  # the same parties are counted on both sides
    for threshold in wanted.tried:
        held = Held(Thresholds.of(threshold), listings)
        after = _held(held, now.weights, now.scores, now.pairs, certain, trials, whom)
        yield weighed(f"threshold {threshold:g}", after)
    for name, engines in others:
        yield weighed(f"weights {name}", _measured(engines, trials, whom, now.held, step, wanted.threads, certain))


def _all(name: str, trials: Sequence[Trial], now: Measured, budgets: Budgets, wanted: Callable[[str], bool]) -> Row:
    places = [at for at, trial in enumerate(trials) if wanted(trial.damage)]
    return row(name, [now.levels[at] for at in places], now.held.base, budgets)
