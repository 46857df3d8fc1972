"""The other ways to find names, on the same names: RapidFuzz exhaustively, 3-gram tf-idf, nomenklatura's logic-v2.

They are the optional dependency group `bench`; where one is missing its figures are missing, with that reason.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

MISSING = "not installed (pip install --group bench)"
PACKAGES = ("rapidfuzz", "sparse_dot_topn", "scikit-learn", "nomenklatura", "numpy")
Rates = dict[str, float]
Measure = Callable[[], Rates]


def versions() -> dict[str, str]:
    """Give the version of each package, or that it is not installed."""
    found = {}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = MISSING
    return found


def has(*modules: str) -> bool:
    """Whether every module is installed."""
    return all(find_spec(module) is not None for module in modules)


def folded(names: Sequence[str]) -> list[str]:
    """Give the names in small letters with every run of other signs a blank, as RapidFuzz advises: not timed."""
    process: Callable[[str], str] = import_module("rapidfuzz.utils").default_process
    return [process(name) for name in names]


def scorers() -> dict[str, Any]:
    """Give RapidFuzz's two measures by their key."""
    distance, fuzz = import_module("rapidfuzz.distance"), import_module("rapidfuzz.fuzz")
    return {"jaro_winkler": distance.JaroWinkler.normalized_similarity, "token_sort": fuzz.token_sort_ratio}


def exhaustive(listed: Sequence[str], book: Sequence[str]) -> dict[str, Measure]:
    """Compare every name of the book with every listed one: `cdist`, one thread, with and without a cut-off."""
    if not has("rapidfuzz", "numpy"):
        return {}
    cdist = import_module("rapidfuzz.process").cdist
    ours, theirs = folded(book), folded(listed)

    def measure(key: str, scorer: Any, cutoff: float) -> Measure:
        def run() -> Rates:
            started = time.perf_counter()
            for at in range(0, len(ours), 100):
                cdist(ours[at : at + 100], theirs, scorer=scorer, workers=1, score_cutoff=cutoff)
            return {key: len(ours) / (time.perf_counter() - started)}

        return run

    known = scorers()
    return {
        "jaro_winkler": measure("jaro_winkler", known["jaro_winkler"], 0.0),
        "jaro_winkler.cut": measure("jaro_winkler.cut", known["jaro_winkler"], 0.9),
        "token_sort": measure("token_sort", known["token_sort"], 0.0),
        "token_sort.cut": measure("token_sort.cut", known["token_sort"], 80.0),
    }


class Grams:
    """3-gram tf-idf of the list, and its ten best for each name of a book."""

    def __init__(self, listed: Sequence[str]) -> None:
        text = import_module("sklearn.feature_extraction.text")
        self.vectoriser = text.TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 3), dtype=import_module("numpy").float32
        )
        self.listed = self.vectoriser.fit_transform(folded(listed)).T.tocsr()
        self.multiply = import_module("sparse_dot_topn").sp_matmul_topn

    def best(self, book: Sequence[str], threshold: float = 0.3, top: int = 10) -> tuple[Any, float]:
        """Give the matrix of the best and the seconds of the product alone."""
        asked = self.vectoriser.transform(folded(book))
        started = time.perf_counter()
        found = self.multiply(asked, self.listed, top_n=top, threshold=threshold, n_threads=1)
        return found, time.perf_counter() - started


def grams(listed: Sequence[str], book: Sequence[str]) -> dict[str, Measure]:
    """Measure sparse_dot_topn from text to the ten best of at least .3, and its product alone."""
    if not has("sparse_dot_topn", "sklearn", "numpy", "rapidfuzz"):
        return {}
    model = Grams(listed)

    def run() -> Rates:
        started = time.perf_counter()
        _, product = model.best(book)
        return {"tfidf": len(book) / (time.perf_counter() - started), "tfidf.product": len(book) / product}

    return {"tfidf": run}


Pair = tuple[str, str, str, str]
"""Ours, theirs, and their birth dates."""


def logic(pairs: Sequence[Pair], queries: int) -> dict[str, Measure]:
    """Measure logic-v2 on blocked candidates: pairs a second, and queries a second at 50 candidates each."""
    if not pairs or not has("nomenklatura", "followthemoney"):
        return {}
    algorithm = import_module("nomenklatura.matching").LogicV2
    settings = import_module("nomenklatura.matching.types").ScoringConfig.defaults()
    model = import_module("followthemoney").model

    def entity(number: str, name: str, birth: str) -> Any:
        facts = {"name": [name]} | ({"birthDate": [birth]} if birth else {})
        return model.get_proxy({"id": number, "schema": "Person", "properties": facts})

    made = [
        (entity(f"ours-{at}", ours, our_birth), entity(f"theirs-{at}", theirs, their_birth))
        for at, (ours, theirs, our_birth, their_birth) in enumerate(pairs)
    ]
    fifty = [theirs for _, theirs in made[:50]]
    # Its tables are loaded by the first comparison, which takes seconds: not counted.
    algorithm.compare(*made[0], settings)

    def by_pairs() -> Rates:
        started = time.perf_counter()
        for ours, theirs in made:
            algorithm.compare(ours, theirs, settings)
        return {"logic.pairs": len(made) / (time.perf_counter() - started)}

    def by_queries() -> Rates:
        started = time.perf_counter()
        for ours, _ in made[:queries]:
            for theirs in fifty:
                algorithm.compare(ours, theirs, settings)
        return {"logic.queries": min(queries, len(made)) / (time.perf_counter() - started)}

    return {"logic.pairs": by_pairs, "logic.queries": by_queries}
