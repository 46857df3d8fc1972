"""Each alias of OFAC's list is taken off it and searched by, to see whether its party is found by the names left.

What is not found is sorted by why, checked against the plain definition, and compared with the candidate
rule of watchman (Go): when any word of the query stands in any listed name, only names that share a word
with the query are scored; else all are.
"""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from functools import cache
from types import FunctionType, ModuleType
from typing import Any

import yaml

from bench.books import ROOT, Listed, plain_words, script
from bench.recall import TAUS, Searched
from interdiction import _core
from interdiction.names.weights import DATA

ONE = 65_536
LEGAL = frozenset(
    plain_words("ag bv co company corp corporation gmbh inc jsc llc limited ltd ooo oao pjsc plc sa sarl")
)


def removed(searched: Searched, listed: Sequence[Listed], step: int = 1) -> dict[str, Any]:
    """Search by every `step`-th alias; the statistics of the list stay as they are."""
    family: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(listed):
        family[one.key].append(at)
    asked = [at for key, names in family.items() if key.startswith("ofac") for at in names[1:]][::step]
    found = searched.scores([listed[at].text for at in asked], min(TAUS))
    others = [[name for name in family[listed[at].key] if listed[name].text != listed[at].text] for at in asked]
    # A party all of whose names are spelt alike has nothing else to be found by.
    rows = [(at, rest, names) for at, rest, names in zip(asked, others, found, strict=True) if rest]
    best = [max((names.get(name, 0.0) for name in rest), default=0.0) for _, rest, names in rows]
    lost = [(at, rest) for (at, rest, _), score in zip(rows, best, strict=True) if score < 0.5]
    kinds: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for at, rest in lost:
        kind, nearest = why(listed[at].text, [listed[name].text for name in rest])
        kinds[kind] += 1
        examples.setdefault(kind, f"{listed[at].text} / {nearest}")
    unscored = _never_scored([(at, rest) for at, rest, _ in rows], listed)
    rescued = sum(score >= 0.5 for (at, _, _), score in zip(rows, best, strict=True) if at in unscored)
    return {
        "of": len(rows),
        "found": {f"{tau}": sum(score >= tau for score in best) / max(1, len(rows)) for tau in TAUS},
        "rest": {kind: {"names": count, "example": examples[kind]} for kind, count in kinds.most_common()},
        "watchman": {
            "never scored": len(unscored) / max(1, len(rows)),
            "of these found here": rescued / max(1, len(unscored)),
        },
        "definition": _checked(rows, listed, searched),
    }


def _never_scored(rows: Sequence[tuple[int, Sequence[int]]], listed: Sequence[Listed]) -> set[int]:
    """Give the aliases whose party watchman's rule would not look at."""
    words = [frozenset(plain_words(one.text)) for one in listed]
    bearers: dict[str, set[int]] = defaultdict(set)
    for at, own in enumerate(words):
        for word in own:
            bearers[word].add(at)
    never = set()
    for at, rest in rows:
        shared = any(words[at] & words[name] for name in rest)
        fallback = all(bearers[word] == {at} for word in words[at])
        if not shared and not fallback:
            never.add(at)
    return never


def why(alias: str, others: Sequence[str]) -> tuple[str, str]:
    """Say in what way an alias differs from every other name of its party, and the name that tells."""
    readable = [other for other in others if script(alias) == script(other)]
    if not readable:
        return "other script", others[0]
    words = _said(alias)
    theirs = {other: _said(other) for other in readable}

    def first(holds: Callable[[list[str]], bool]) -> str | None:
        return next((other for other, said in theirs.items() if holds(said)), None)

    near = max(readable, key=lambda other: _alike(words, theirs[other]))
    shared = max(readable, key=lambda other: _shared(words, theirs[other]))
    rules = (
        (
            "acronym or abbreviation",
            first(lambda said: _acronym("".join(words), said) or _acronym("".join(said), words)),
        ),
        (
            "part of the name only",
            first(lambda said: bool(said and words) and (set(words) < set(said) or set(said) < set(words))),
        ),
        ("respelt beyond the rules", near if _alike(words, theirs[near]) >= 0.75 else None),
        (
            "half of the words shared, others dropped, put in or translated",
            shared if _shared(words, theirs[shared]) >= 0.5 else None,
        ),
        (
            "few words shared: a translation, or much dropped or put in",
            shared if _shared(words, theirs[shared]) > 0 else None,
        ),
        ("no shared word: another name or a translation", near),
    )
    return next((kind, other) for kind, other in rules if other is not None)


def _said(name: str) -> list[str]:
    return [word for word in plain_words(name) if word not in LEGAL]


def _shared(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """Give the share of words that both have, of the longer name."""
    return len(set(ours) & set(theirs)) / max(1, len(set(ours)), len(set(theirs)))


def _acronym(letters: str, words: Sequence[str]) -> bool:
    if not 2 <= len(letters) <= 8 or len(words) < 2:
        return False
    initials = "".join(word[0] for word in words)
    at = 0
    for letter in "".join(words):
        at += at < len(letters) and letter == letters[at]
    return letters in initials or (letters[:2] == initials[:2] and at == len(letters))


def _alike(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """Give the share of our letters that stand in words much like one of theirs."""
    letters = sum(map(len, ours))
    alike = sum(
        len(word) for word in ours if max((SequenceMatcher(None, word, w).ratio() for w in theirs), default=0) >= 0.7
    )
    return alike / letters if letters else 0.0


def _definition() -> ModuleType:
    spec = importlib.util.spec_from_file_location("plain_definition", ROOT / "tests" / "reference" / "oracle.py")
    if spec is None or spec.loader is None:
        raise SystemExit("tests/reference/oracle.py is not where it was")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    # Names of one list share words: what the definition says of them is said once.
    for name, function in vars(module).copy().items():
        if isinstance(function, FunctionType) and name in {"sound_key", "family_key", "osa", "edits_within", "log2"}:
            setattr(module, name, cache(function))
    module.Oracle.weight = cache(module.Oracle.weight)
    module.Oracle.similarity = cache(module.Oracle.similarity)
    return module


def _checked(
    rows: Sequence[tuple[int, Sequence[int], dict[int, float]]], listed: Sequence[Listed], searched: Searched
) -> dict[str, int]:
    """Compare with the plain definition: every alias not found at τ .5, and every twentieth that was."""
    oracle = _definition()
    numbers = oracle.Numbers.of(yaml.safe_load((DATA / "weights.yml").read_text(encoding="utf-8"))["retrieval"])
    names = [oracle.name_of(_core.analyse(text, "list")) for text in searched.texts]
    definition = oracle.Oracle(names, numbers)
    pairs = missed = differing = 0
    for number, (at, rest, found) in enumerate(rows):
        if number % 20 and any(found.get(name, 0.0) >= 0.5 for name in rest):
            continue
        query = oracle.name_of(_core.analyse(listed[at].text, "query"))
        for name in rest:
            score = definition.score(query, names[name])
            ours = round(found.get(name, 0.0) * ONE)
            pairs += 1
            missed += score >= int(0.5 * ONE) > ours
            differing += score != ours and max(score, ours) >= int(min(TAUS) * ONE)
    return {"pairs": pairs, "missed": missed, "differing": differing}
