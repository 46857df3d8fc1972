"""What the judge said, as frozen rows or as Arrow: every number and word a reviewer's sentence needs."""

from __future__ import annotations

from typing import Any

import msgspec

from interdiction import _core


class JudgedToken(msgspec.Struct, frozen=True):
    """Two tokens laid against each other, or one left over: `kind` is equal, typo, variant, akin, sound, initial,
    joined, transliteration, missing (theirs, not ours) or extra (ours, not theirs).

    `similarity` is 0 to 1, `weight` the mean weight of both sides (1 for a rare word), `contribution` the
    share of both names that the line makes the same, or leaves without a counterpart.
    """

    kind: str
    ours: str
    theirs: str
    similarity: float
    weight: float
    contribution: float


class JudgedFact(msgspec.Struct, frozen=True):
    """One thing that spoke, with our value, theirs, and what it moved the score by.

    In `facts`, `kind` is birth_date, nationality, country, gender, identifier or party_kind and `finding`
    equal, compatible, circa, swap, slip, same_year, near, other_type or conflict; or, without an effect, not_ours,
    not_theirs, neither or not_comparable, for what could decide and is not known. In `structure`, `kind` is
    name or weak_name and `finding` exact, whole, romanised or partial, then what the build of the names
    took: contradiction, omission, lone_part, given_name, son_of, order, number, letter, sister, place, legal_form,
    romanised, capped. The effects of both together add up to the score.
    """

    kind: str
    finding: str
    ours: str
    theirs: str
    effect: float


class JudgedRow(msgspec.Struct, frozen=True):
    """One query against one listed party: the best names, the scores (0 to 1), the band, and all that spoke.

    `standing` is hit, suppressed (its names alone would make it a hit, and facts took it below) or below, at
    `threshold`. `query` is the row of the batch, `party` the ordinal of the index, `name` the listed name that fitted
    best and `our_name` ours. `basis` is name, or identifier when the names alone would not have sufficed.
    `weak_only` says that only a weak alias reaches the threshold. `supporting` counts agreeing facts.
    """

    query: int
    party: int
    key: str
    name: str
    our_name: str
    score: float
    name_score: float
    threshold: float
    standing: str
    band: str
    basis: str
    weak_only: bool
    supporting: int
    tokens: tuple[JudgedToken, ...]
    facts: tuple[JudgedFact, ...]
    structure: tuple[JudgedFact, ...]


class Judged:
    """The answer to a batch, or to a piece of a stream: hits only, ordered by row, then score, facts and key.

    `first` and `height` say which rows it answers. `truncated` are the rows whose answer may lack names because
    a limit cut the name or the work, and `problems` the cells that could not be read, as (row, column, text);
    both are to be shown. Rows are numbered from 0 through the whole batch or stream.
    """

    def __init__(self, batch: _core.Batch) -> None:
        self.arrow = batch
        """The hits as a table that polars, pyarrow and pandas read; `_core.pyi` names its columns."""
        self.first, self.height = batch.answers or (0, 0)
        self.truncated: tuple[int, ...] = tuple(batch.truncated)
        self.problems: tuple[tuple[int, str, str], ...] = _problems(batch)

    def __len__(self) -> int:
        return self.arrow.num_rows

    def rows(self) -> list[JudgedRow]:
        """Give every hit as a frozen row."""
        columns = self.arrow.columns()
        return [_row(dict(zip(columns, values, strict=True))) for values in zip(*columns.values(), strict=True)]


def _row(values: dict[str, Any]) -> JudgedRow:
    lines = [JudgedFact(**line) for line in values.pop("facts")]
    return JudgedRow(
        **{name: value for name, value in values.items() if name != "tokens"},
        tokens=tuple(JudgedToken(**line) for line in values["tokens"]),
        facts=tuple(line for line in lines if line.kind not in _NAMES),
        structure=tuple(line for line in lines if line.kind in _NAMES),
    )


_NAMES = frozenset({"name", "weak_name"})


def _problems(batch: _core.Batch) -> tuple[tuple[int, str, str], ...]:
    if batch.problems is None:
        return ()
    columns = batch.problems.columns()
    return tuple(zip(columns["row"], columns["column"], columns["text"], strict=True))
