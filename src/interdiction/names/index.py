"""The name index: built from listings, opened from its file, asked for everything that is alike and judged at once.

Reach for `NameIndex` to screen any number of parties in one native call. Invariants: an index file is
whole or refused (`IndexFileError`); the answer is the same for any number of threads; every name at the
retrieval score or above and every equal identifier is judged, no others.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import cache, cached_property
from pathlib import Path

import msgspec

from interdiction import _core
from interdiction._core import Progress
from interdiction.model import Name, Party
from interdiction.names.batch import party_batch
from interdiction.names.inside import Place, Windows, find, table
from interdiction.names.judged import Judged, JudgedFact, JudgedRow, JudgedToken
from interdiction.names.thresholds import DEFAULT, Thresholds, split
from interdiction.names.weights import Weights

__all__ = [
    "Built",
    "Judged",
    "JudgedFact",
    "JudgedRow",
    "JudgedToken",
    "NameDelta",
    "NameIndex",
    "Progress",
    "core_version",
]

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Built(msgspec.Struct, frozen=True):
    """What a build made: counts, bytes of the file, and the names that no query, or not every query, can find.

    `unreadable` are names without a letter or digit and `cut` names longer than the limits, both as the
    core numbers names; `problems` are cells that could not be read, as (ordinal of the party, column, text).
    """

    parties: int
    names: int
    tokens: int
    bytes: int
    unreadable: tuple[int, ...]
    cut: tuple[int, ...]
    problems: tuple[tuple[int, str, str], ...]


class NameIndex:
    """An opened index: immutable, mapped from its file, safe to share between threads."""

    def __init__(self, core: _core.Index, weights: Weights) -> None:
        self._core = core
        self._weights = weights
        self._inside: dict[float, _core.TextIndex] = {}

    @classmethod
    def build(
        cls, path: Path, listings: Iterable[tuple[str, Party]], weights: Weights | None = None, *, build_id: str = ""
    ) -> Built:
        """Write the index of these listings, (id, party) each, whole or not at all; older readers keep theirs.

        The ordinal of a party in the index is its place in `listings`. `build_id` names what the build was
        made from; anything but a SHA-256 in hexadecimal is hashed to one. Raises `IndexFileError`, and
        `DataError` for weights out of range.
        """
        weights = weights or Weights.load()
        known = list(listings)
        parties = party_batch([party for _, party in known], [key for key, _ in known])
        digest = build_id if _DIGEST.fullmatch(build_id) else hashlib.sha256(build_id.encode()).hexdigest()
        report = _core.build(parties, path, weights.json, digest)
        columns = report.problems.columns()
        return Built(
            parties=report.parties,
            names=report.names,
            tokens=report.tokens,
            bytes=report.bytes,
            unreadable=tuple(report.unreadable),
            cut=tuple(report.cut),
            problems=tuple(zip(columns["row"], columns["column"], columns["text"], strict=True)),
        )

    @classmethod
    def open(cls, path: Path, weights: Weights | None = None) -> NameIndex:
        """Open an index file and check all of it.

        Raises `FileNotFoundError` when there is none and `IndexFileError` when it is damaged, of another
        version or of another byte order.
        """
        if not path.exists():
            raise FileNotFoundError(path)
        return cls(_core.open(path), weights or Weights.load())

    @property
    def parties(self) -> int:
        """How many parties; ordinals run from 0."""
        return self._core.parties

    @property
    def names(self) -> int:
        """How many names."""
        return self._core.names

    @property
    def build_id(self) -> str:
        """What the build was made from, as a SHA-256 in hexadecimal."""
        return self._core.build_id

    def key(self, party: int) -> str:
        """Give the id of the listing with this ordinal. Raises `IndexError`."""
        key = self._core.key(party) if 0 <= party < self.parties else None
        if key is None:
            raise IndexError(party)
        return key

    def keys(self) -> Iterable[str]:
        """Give the ids of all listings, in the order of their ordinals."""
        return self._ordinals.keys()

    def party(self, key: str) -> int:
        """Give the ordinal of a listing. Raises `KeyError` when the index does not have it."""
        return self._ordinals[key]

    @cached_property
    def _ordinals(self) -> dict[str, int]:
        return {key: at for at, key in enumerate(self._core.keys())}

    def delta(self, keys: Iterable[str]) -> NameDelta:
        """Give these listings alone, for a book that is to be screened against them and no others.

        The candidates and scores are those of the whole index, kept to these listings; a book streams past at
        many times the speed. Raises `KeyError` for a listing that the index does not have.
        """
        parties = [self._ordinals[key] for key in keys]
        return NameDelta(_core.delta(self._core, parties), self._weights)

    def judge(
        self,
        batch: object,
        *,
        retrieval: float = 0.4,
        threshold: Thresholds | float = DEFAULT,
        suppressed: bool = False,
        evidence: bool = True,
        threads: int = 0,
    ) -> Judged:
        """Judge every row of `batch` (party columns, in anything that speaks Arrow) against the whole index.

        `retrieval` is the score from which a listed name is a candidate, `threshold` the score from which a
        judged pair is a hit, both 0 to 1; `suppressed` asks for what only facts took below as well;
        `evidence=False` leaves out tokens and facts; `threads` 0 means every core. The interpreter is released
        meanwhile. Raises `UsageError` for a table without names,
        for a column of another type and for numbers out of range.
        """
        with closing(self._screen(batch, retrieval, threshold, suppressed, evidence, threads, None)) as screening:
            parts = list(screening)
        return Judged(parts[0] if len(parts) == 1 else _core.join(parts))

    def stream(
        self,
        table: object,
        *,
        retrieval: float = 0.4,
        threshold: Thresholds | float = DEFAULT,
        suppressed: bool = False,
        evidence: bool = True,
        threads: int = 0,
        progress: Progress | None = None,
    ) -> Iterator[Judged]:
        """Judge a table or a stream of any length (up to 2³² rows), piece by piece: memory does not grow with it.

        Anything that speaks Arrow will do; a `pyarrow.RecordBatchReader` or whatever else offers
        `__arrow_c_stream__` is pulled as fast as the answers are read, a few pieces ahead. Each `Judged` answers
        the rows `first` to `first + height`, in order; rows are numbered through the whole stream, and the
        answers are the same for any number of threads and any size of the producer's batches.

        `progress` tells other threads how far it is, and stops it: then `StoppedError` is raised here, as the
        answer so far is not the whole one. `KeyboardInterrupt` gets through within a moment. Raises at once
        what `judge` raises for the table's columns and the numbers; `UsageError` where the stream breaks.
        """
        return _parts(self._screen(table, retrieval, threshold, suppressed, evidence, threads, progress))

    def find_inside(self, texts: Sequence[str], *, retrieval: float, threads: int = 0) -> Windows:
        """Find every listed name that stands in a text with this score or more, with its place.

        docs/engine.md, "Names inside text", defines the windows. Raises `UsageError` for a score out of range.
        """
        inside = self._inside.get(retrieval)
        if inside is None:
            inside = self._inside[retrieval] = _core.text_index(self._core, retrieval)
        return find(inside, texts, threads)

    def judge_inside(
        self, texts: Sequence[str], found: Windows, *, threshold: Thresholds | float = DEFAULT, threads: int = 0
    ) -> list[tuple[Place, JudgedRow]]:
        """Judge the words of every window as a name against the listed names that were found there.

        Words that stand in several places are judged once, and the verdict is given for each place; `row.query` counts
        the distinct words.
        """
        asked: dict[str, int] = {}
        candidates: set[tuple[int, int, int]] = set()
        where: dict[tuple[int, int], list[Place]] = {}
        for one in found.windows:
            query = asked.setdefault(texts[one.text][one.start : one.end], len(asked))
            candidates.add((query, one.party, one.name))
            places = where.setdefault((query, one.party), [])
            place = Place(one.text, one.start, one.end)
            if place not in places[-1:]:
                places.append(place)
        if not asked:
            return []
        queries = party_batch([Party(names=(Name(text),)) for text in asked])
        rest, rows = split(threshold)
        verdicts = self._core.judge(
            queries, table(candidates), self._weights.json, threshold=rest, rows=rows, threads=threads
        )
        return [(place, row) for row in Judged(verdicts).rows() for place in where[row.query, row.party]]

    def _screen(
        self,
        table: object,
        retrieval: float,
        threshold: Thresholds | float,
        suppressed: bool,
        evidence: bool,
        threads: int,
        progress: Progress | None,
    ) -> _core.Screening:
        rest, rows = split(threshold)
        return self._core.screen(
            table,
            self._weights.json,
            retrieval=retrieval,
            threshold=rest,
            rows=rows,
            suppressed=suppressed,
            evidence=evidence,
            threads=threads,
            progress=progress,
        )


def _parts(screening: _core.Screening) -> Iterator[Judged]:
    with closing(screening):
        for part in screening:
            yield Judged(part)


class NameDelta:
    """Some listings of an index, asked as the index itself is asked; parties keep the ordinals of the index."""

    def __init__(self, core: _core.Delta, weights: Weights) -> None:
        self._core = core
        self._weights = weights

    @property
    def parties(self) -> int:
        """How many listings."""
        return self._core.parties

    @property
    def names(self) -> int:
        """How many names."""
        return self._core.names

    def judge(
        self,
        batch: object,
        *,
        retrieval: float = 0.4,
        threshold: Thresholds | float = DEFAULT,
        suppressed: bool = False,
        evidence: bool = True,
        threads: int = 0,
    ) -> Judged:
        """Judge every row of `batch` as `NameIndex.judge` does, against these listings alone."""
        rest, rows = split(threshold)
        return Judged(
            self._core.judge(
                batch,
                self._weights.json,
                retrieval=retrieval,
                threshold=rest,
                rows=rows,
                suppressed=suppressed,
                evidence=evidence,
                threads=threads,
            )
        )


@cache
def core_version() -> str:
    """Say which core judged, for decisions that are replayed: its version, file layout and statistics."""
    versions = _core.versions()
    return f"{versions['core']}/{versions['file']}/{versions['statistics']}"
