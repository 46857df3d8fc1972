"""What is found: recall by kind of damage, here and by the rivals, and the reach of labelled pairs.

A rival is given the threshold at which it returns as many names per innocent as this engine does at τ .5,
so that recall is compared at one price.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from bench import rivals
from bench.books import Listed, labelled
from bench.damage import damaged
from interdiction import _core
from interdiction.names.weights import Weights

TAUS = (0.4, 0.5, 0.6)


class Searched:
    """An index of names in memory of this process, asked for names and scores."""

    def __init__(self, listed: Sequence[Listed], path: Path, more: Sequence[str] = ()) -> None:
        self.texts = [one.text for one in listed] + list(more)
        self.keys = [one.key for one in listed] + [f"bench:{at}" for at in range(len(more))]
        self.kinds = [one.kind for one in listed] + ["person"] * len(more)
        # Each name is a party of its own: the answer then tells the name by the party's number.
        rows: dict[str, list[Any]] = {
            "key": [f"{key}#{at}" for at, key in enumerate(self.keys)],
            "names": [[text] for text in self.texts],
        }
        _core.build(_core.batch(rows), path, Weights.load().json, "0" * 64)
        self.index = _core.open(path)

    def scores(self, queries: Sequence[str], tau: float) -> list[dict[int, float]]:
        """Give for each query the names found, by their number, with their scores."""
        columns = self.index.retrieve(_core.batch({"name": list(queries)}), threshold=tau, threads=1).columns()
        found: list[dict[int, float]] = [{} for _ in queries]
        for query, name, score in zip(columns["query"], columns["party"], columns["score"], strict=True):
            found[query][name] = score
        return found


def by_damage(searched: Searched, listed: Sequence[Listed], each: int, tau: float) -> dict[str, dict[str, Any]]:
    """Give for each kind the share found, and a few that were not."""
    answer = {}
    for kind, rows in damaged(listed, each).items():
        found = searched.scores([query for query, _ in rows], tau)
        hits = [meant in names for names, (_, meant) in zip(found, rows, strict=True)]
        lost = [(query, listed[at].text) for hit, (query, at) in zip(hits, rows, strict=True) if not hit]
        answer[kind] = {"of": len(rows), "found": sum(hits) / max(1, len(hits)), "lost": lost[:5]}
    return answer


def rivals_by_damage(
    listed: Sequence[Listed], book: Sequence[str], each: int, candidates: float
) -> dict[str, dict[str, float]]:
    """Give for each kind the share each rival finds at `candidates` names per innocent, with that threshold."""
    made = damaged(listed, each)
    texts = [one.text for one in listed]
    answer: dict[str, dict[str, float]] = defaultdict(dict)
    for key, matrix in _matrices(texts).items():
        allowed = max(1, round(candidates * len(book)))
        threshold = _threshold(matrix(book), allowed)
        answer[key]["threshold"] = threshold
        for kind, rows in made.items():
            scores = matrix([query for query, _ in rows])
            hits = sum(scores[at, meant] >= threshold for at, (_, meant) in enumerate(rows))
            answer[key][kind] = float(hits) / max(1, len(rows))
    return dict(answer)


def _matrices(texts: Sequence[str]) -> dict[str, Any]:
    """Give for each rival a function from queries to their scores against every listed name."""
    made: dict[str, Any] = {}
    if rivals.has("rapidfuzz", "numpy"):
        cdist = import_module("rapidfuzz.process").cdist
        theirs = rivals.folded(texts)
        for key, scorer in rivals.scorers().items():
            made[key] = lambda names, scorer=scorer: cdist(rivals.folded(names), theirs, scorer=scorer, workers=1)
    if rivals.has("sparse_dot_topn", "sklearn", "numpy", "rapidfuzz"):
        model = rivals.Grams(texts)
        made["tfidf"] = lambda names: model.best(names, threshold=0.05, top=2000)[0]
    return made


def _threshold(scores: Any, allowed: int) -> float:
    """Give the score that `allowed` entries of a matrix reach."""
    numpy = import_module("numpy")
    entries = scores.data if hasattr(scores, "tocsr") else numpy.asarray(scores).ravel()
    if allowed >= entries.size:
        return float(entries.min()) if entries.size else 1.0
    return float(numpy.partition(entries, entries.size - allowed)[entries.size - allowed])


def reach(listed: Sequence[Listed], folder: Path) -> dict[str, dict[str, Any]]:
    """Give the share of positive pairs that score τ or more, for each labelled set."""
    known = {one.text for one in listed}
    answer: dict[str, dict[str, Any]] = {}
    for which in ("alias_pairs", "name_pairs"):
        rows = [row for row in labelled(which) if row.same]
        more = list(dict.fromkeys(row.theirs for row in rows if row.theirs not in known))
        searched = Searched(listed, folder / f"{which}.names", more)
        places: dict[str, list[int]] = defaultdict(list)
        for at, text in enumerate(searched.texts):
            places[text].append(at)
        found = searched.scores([row.ours for row in rows], min(TAUS))
        best = [
            max((names.get(at, 0.0) for at in places[row.theirs]), default=0.0)
            for names, row in zip(found, rows, strict=True)
        ]
        answer[which] = {"of": len(rows)} | {f"{tau}": sum(s >= tau for s in best) / max(1, len(rows)) for tau in TAUS}
        answer[which]["lost"] = [(row.ours, row.theirs) for s, row in zip(best, rows, strict=True) if s < 0.5][:20]
    return answer


def candidates(searched: Searched, book: Sequence[str]) -> dict[str, float]:
    """Give how many listed names an innocent meets at each τ."""
    found = searched.scores(book, min(TAUS))
    return {f"{tau}": sum(s >= tau for names in found for s in names.values()) / len(book) for tau in TAUS}
