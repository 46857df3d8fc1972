"""Puts the cases to the judge as users do: pairs are compared, books are screened against an index."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.quality.cases import Pair, Question, kind_word, script
from interdiction import _core
from interdiction.model import Party
from interdiction.names.batch import party_batch
from interdiction.names.index import NameIndex
from interdiction.names.weights import Weights

THRESHOLD = 0.70
Told = dict[str, Any]


def pair_scores(pairs: Sequence[Pair], weights: Weights) -> list[float]:
    """Judge each pair without a list."""
    ours, theirs = ([getattr(pair, side) for pair in pairs] for side in ("ours", "theirs"))
    verdicts = _core.compare(party_batch(ours), party_batch(theirs), weights.json, evidence=False)
    scores: list[float] = verdicts.columns()["score"]
    return scores


def told(answers: Iterable[tuple[bool, bool]]) -> Told:
    """Count answers (reported, the same) and give precision, recall and F1."""
    counts = dict.fromkeys(((True, True), (True, False), (False, True), (False, False)), 0)
    for answer in answers:
        counts[answer] += 1
    right, false, missed = counts[True, True], counts[True, False], counts[False, True]
    return {
        "n": sum(counts.values()),
        "false": false,
        "missed": missed,
        "precision": right / max(1, right + false),
        "recall": right / max(1, right + missed),
        "f1": 2 * right / max(1, 2 * right + false + missed),
    }


def pair_figures(pairs: Sequence[Pair], scores: Sequence[float]) -> dict[str, Told]:
    """Give the figures of all pairs and by half, kind, script and group."""
    answers: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for pair, score in zip(pairs, scores, strict=True):
        answer = (score >= THRESHOLD, pair.same)
        for cut in ("all", *cuts(pair.ours, pair.half, pair.group)):
            answers[cut].append(answer)
    return {cut: told(rows) for cut, rows in answers.items()}


def cuts(party: Party, half: str, group: str) -> list[str]:
    """Name the ways in which a case is sorted."""
    text = party.names[0].text if party.names else ""
    return [
        f"half {half}",
        f"kind {kind_word(party)}",
        f"script {script(text)}",
        *([f"group {group}"] if group else []),
    ]


@contextmanager
def index_of(listed: Mapping[str, Party], weights: Weights) -> Any:
    """Build an index for as long as it is needed."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "list.names"
        NameIndex.build(path, listed.items(), weights)
        yield NameIndex.open(path, weights)


def nearest(
    index: NameIndex, names: Sequence[str], owner: Callable[[str], str | None], most: int = 12
) -> dict[str, list[str]]:
    """Give for each name the listed names most like it that are another party's, best first."""
    core = index._core  # noqa: SLF001 - retrieval alone has no door of its own
    columns = core.retrieve(_core.batch({"names": [[name] for name in names]}), threshold=0.4).columns()
    found: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for query, ordinal, score in zip(columns["query"], columns["name"], columns["score"], strict=True):
        known = core.name(ordinal) if ordinal is not None else None
        if known is not None and owner(known[0]) not in {None, owner(names[query])}:
            found[query].append((-score, known[0]))
    return {names[query]: [text for _, text in sorted(rows)[:most]] for query, rows in found.items()}


def answered(index: NameIndex, questions: Sequence[Question]) -> list[dict[str, float]]:
    """Give for each question the keys that are reported, with their scores."""
    judged = index.judge(party_batch([question.party for question in questions]), evidence=False)
    found: list[dict[str, float]] = [{} for _ in questions]
    columns = _core_columns(judged.arrow)
    for query, key, score in zip(columns["query"], columns["key"], columns["score"], strict=True):
        found[query][key] = score
    return found


def _core_columns(batch: _core.Batch) -> dict[str, list[Any]]:
    return batch.columns()


def found_figures(questions: Sequence[Question], found: Sequence[Mapping[str, float]]) -> dict[str, Told]:
    """Give the share of questions whose party is reported, by half, kind, script and group."""
    answers: dict[str, list[bool]] = defaultdict(list)
    for question, keys in zip(questions, found, strict=True):
        for cut in ("all", *cuts(question.party, question.half, question.group)):
            answers[cut].append(question.wanted in keys)
    return {
        cut: {"n": len(rows), "missed": rows.count(False), "recall": sum(rows) / max(1, len(rows))}
        for cut, rows in answers.items()
    }


def alert_figures(questions: Sequence[Question], found: Sequence[Mapping[str, float]]) -> dict[str, Told]:
    """Give how many of a thousand people are reported, by half, script and group."""
    answers: dict[str, list[bool]] = defaultdict(list)
    for question, keys in zip(questions, found, strict=True):
        for cut in ("all", *cuts(question.party, question.half, question.group)):
            answers[cut].append(bool(keys))
    return {
        cut: {"n": len(rows), "alerts": sum(rows), "per_1000": 1000 * sum(rows) / max(1, len(rows))}
        for cut, rows in answers.items()
    }


def candidates(index: NameIndex, questions: Sequence[Question], retrieval: float = 0.4) -> list[list[str]]:
    """Give for each question the keys of the parties that retrieval finds, equal identifiers included."""
    core = index._core  # noqa: SLF001 - as in `nearest`
    columns = core.retrieve(party_batch([question.party for question in questions]), threshold=retrieval).columns()
    found: list[dict[str, None]] = [{} for _ in questions]
    for query, party in zip(columns["query"], columns["party"], strict=True):
        found[query][index.key(party)] = None
    return [list(keys) for keys in found]
