"""The indexes a run asks: the one in force, one without names in other scripts, and both again under other weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from interdiction.assurance.scores import meant
from interdiction.assurance.subject import Progress, Subject, silent
from interdiction.assurance.trials import Trial, is_withheld, without_scripts
from interdiction.model import Listing, Party
from interdiction.names.index import NameIndex
from interdiction.names.weights import Weights


class Engines:
    """What is asked under one set of weights; indexes that are not in force are built when they are first needed."""

    def __init__(self, subject: Subject, listings: Sequence[Listing], other: Weights | None = None) -> None:
        self.weights = other or subject.weights
        self._listings = listings
        self._folder = subject.scratch
        self._name = f"try-{self.weights.sha256[:12]}" if other else "force"
        self._index = None if other else subject.screener.index

    def index(self, step: Progress = silent) -> NameIndex:
        """Give the index of the lists in force."""
        if self._index is None:
            step("building the index under other weights", 0, 0)
            self._index = self._built(f"{self._name}.names", ((one.id, one.party) for one in self._listings))
        return self._index

    def scores(self, trials: Sequence[Trial], step: Progress = silent, threads: int = 0) -> list[int]:
        """Give the score of the party that is meant for each trial, on the index that its class is tested on."""
        scores = [0] * len(trials)
        for withheld in (False, True):
            places = [at for at, trial in enumerate(trials) if is_withheld(trial) is withheld]
            if places:
                index = self._without_scripts(step) if withheld else self.index(step)
                what = "names not listed" if withheld else "damaged names"
                found = meant(index, [trials[at] for at in places], what, step, threads)
                for at, score in zip(places, found, strict=True):
                    scores[at] = score
        return scores

    def _without_scripts(self, step: Progress) -> NameIndex:
        step("building the index without other scripts", 0, 0)
        return self._built(
            f"{self._name}-latin.names", ((one.id, without_scripts(one.party)) for one in self._listings)
        )

    def _built(self, name: str, listings: Iterator[tuple[str, Party]]) -> NameIndex:
        path: Path = self._folder / name
        NameIndex.build(path, listings, self.weights)
        return NameIndex.open(path, self.weights)
