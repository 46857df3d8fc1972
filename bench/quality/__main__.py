"""`python -m bench.quality`: measures every set, prints the table of goals, and writes docs/benchmarks/quality.

    python -m bench.quality [--out FOLDER] [--weights FILE] [--without-rival] [--quick] [--errors SET]

`--errors SET` lists what was judged wrongly in half A of a set of pairs (alias, later, name) and stops.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench.books import DATA, ROOT, one_line
from bench.quality import cases, lists, measure, namesakes, page, papers
from bench.quality.cases import Book, Pair, Question
from bench.quality.causes import Wrong, told
from bench.quality.contested import CONTESTED
from bench.quality.goals import Figures
from bench.quality.measure import THRESHOLD
from bench.quality.rival import LogicV2
from interdiction.model import Kind, Party
from interdiction.names.index import NameIndex
from interdiction.names.weights import Weights

SCRIPTS = ("arabic", "chinese", "hebrew", "japanese", "korean", "russian")


class Run:
    """One run: the figures so far, of this judge and of the other."""

    def __init__(self, weights: Weights, rival: LogicV2 | None, *, quick: bool) -> None:
        self.weights, self.rival, self.step = weights, rival, 10 if quick else 1
        self.ours: Figures = {}
        self.theirs: Figures = {}
        self.wrong: dict[str, list[Wrong]] = {}
        self.started = time.monotonic()

    def note(self, what: str) -> None:
        """Say on stderr how far it is."""
        print(f"{time.monotonic() - self.started:6.1f} s  {what}", file=sys.stderr)

    def pairs(self, of: str, pairs: Sequence[Pair]) -> list[float]:
        """Measure a set of pairs."""
        pairs = pairs[:: self.step]
        self.note(of)
        scores = measure.pair_scores(pairs, self.weights)
        self.ours[of] = measure.pair_figures(pairs, scores)
        self.wrong[of] = [
            Wrong(pair.ours, pair.theirs, pair.same)
            for pair, score in zip(pairs, scores, strict=True)
            if pair.half == "A" and (score >= THRESHOLD) != pair.same
        ]
        if self.rival is not None:
            self.theirs[of] = measure.pair_figures(pairs, self.rival.pairs(pairs))
        return scores

    def found(
        self,
        of: str,
        questions: Sequence[Question],
        index: NameIndex,
        listed: Mapping[str, Party],
        *,
        innocent: bool = False,
    ) -> list[dict[str, float]]:
        """Measure questions to a list."""
        questions = questions[:: self.step]
        self.note(of)
        figures: Callable[..., dict[str, measure.Told]] = measure.alert_figures if innocent else measure.found_figures
        found = measure.answered(index, questions)
        self.ours[of] = figures(questions, found)
        self.wrong[of] = [
            Wrong(one.party, listed[key], same=not innocent)
            for one, keys in zip(questions, found, strict=True)
            if one.half == "A"
            for key in (list(keys)[:1] if innocent else [one.wanted] if one.wanted not in keys else [])
            if key is not None
        ]
        if self.rival is not None:
            some = questions[:: max(1, len(questions) // 3000)]
            asked = measure.candidates(index, some) if innocent else [[one.wanted] for one in some if one.wanted]
            theirs = self.rival.answered(some, asked, listed, THRESHOLD)
            self.theirs[of] = figures(some, theirs)
        return found

    def book(self, of: str, book: Book) -> None:
        """Measure questions to a list of their own."""
        with measure.index_of(book.listed, self.weights) as index:
            self.found(of, book.questions, index, book.listed)


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks" / "quality")
    parser.add_argument("--weights", type=Path, help="another weights.yml")
    parser.add_argument("--without-rival", action="store_true")
    parser.add_argument("--quick", action="store_true", help="a tenth of every set, to see that it runs")
    parser.add_argument("--errors", choices=("alias", "later", "name"))
    given = parser.parse_args()
    if not (DATA / "labelled").is_dir():
        raise SystemExit(f"the real lists are not in {DATA}")
    weights = Weights.load(given.weights)
    rival = None if given.without_rival or given.errors else LogicV2.here()
    run = Run(weights, rival, quick=given.quick)
    ofac, un, old = lists.ofac(), lists.un(), lists.ofac("2018-12-20")
    listed = {**ofac, **un}
    with measure.index_of(listed, weights) as index:
        _pairs(run, index, ofac, old, errors=given.errors)
        if given.errors:
            return
        _questions(run, index, listed, ofac)
    for of, facts in (("altered, name only", False), ("altered, with facts", True)):
        run.book(of, cases.altered(facts=facts))
    run.book("original script withheld", lists.withheld(un))
    _transliteration(run)
    about = {
        "weights": f"{weights.version} ({weights.sha256[:12]})",
        "lists": f"OFAC of 28 December 2023 ({len(ofac):,} parties), UN of 28 January 2026 ({len(un):,})",
        "logic-v2": f"nomenklatura {rival.version()}" if rival else "not installed (pip install --group bench)",
    }
    print("\n".join(page.table(run.ours, run.theirs)))
    causes = {of: told(run.wrong[of], weights) for of in page.missed(run.ours) if run.wrong.get(of)}
    page.write(given.out, run.ours, run.theirs, about, CONTESTED, causes)


def _pairs(
    run: Run, index: NameIndex, ofac: Mapping[str, Party], old: Mapping[str, Party], *, errors: str | None
) -> None:
    owner = lists.owners(ofac)
    first = [one_line(party.names[0].text) for key, party in ofac.items() if key not in old and party.names]
    near = measure.nearest(index, first, owner.get)
    sets = {
        "alias pairs": cases.labelled("alias_pairs", owner),
        "later pairs": lists.later_pairs(dict(ofac), dict(old), near),
        "name pairs": cases.labelled("name_pairs", {}),
    }
    contested = {row[:2] for row in CONTESTED}
    sets["name pairs, uncontested"] = [
        pair for pair in sets["name pairs"] if (pair.ours.names[0].text, pair.theirs.names[0].text) not in contested
    ]
    for of, pairs in sets.items():
        if errors is None:
            run.pairs(of, pairs)
        elif of == f"{errors} pairs":
            wrong = [
                (score, pair)
                for score, pair in zip(measure.pair_scores(pairs, run.weights), pairs, strict=True)
                if (score >= THRESHOLD) != pair.same and pair.half == "A"
            ]
            for score, pair in sorted(wrong, key=lambda row: row[0]):
                sides = " | ".join(side.names[0].text for side in (pair.ours, pair.theirs))
                print(f"{score:.3f} {'missed' if pair.same else 'false'} {cases.kind_word(pair.ours)}: {sides}")


def _questions(run: Run, index: NameIndex, listed: Mapping[str, Party], ofac: Mapping[str, Party]) -> None:
    people = [*cases.innocents("global"), *cases.innocents("us")]
    run.found("innocents", people, index, listed, innocent=True)
    run.found("exact names", lists.exact_names(dict(listed), contrary=False), index, listed)
    run.found("exact names, contrary facts", lists.exact_names(dict(listed), contrary=True), index, listed)
    run.found("equal identifiers", lists.equal_numbers(dict(listed)), index, listed)
    _papers(run, index, listed)
    sort = (Kind.VESSEL, Kind.AIRCRAFT)
    names = [one_line(party.names[0].text) for party in ofac.values() if party.kind in sort]
    near = measure.nearest(index, names, lists.owners(ofac).get)
    renamed, apart = lists.renumbered(dict(ofac), near)
    run.found("same number", renamed, index, listed)
    run.pairs("other number", apart)
    made = namesakes.made(listed)
    run.note("namesakes")
    pairs = [Pair(one.party, listed[one.wanted], same=True, half=one.half) for one in made]
    scores = measure.pair_scores(pairs, run.weights)
    run.ours["namesakes"] = namesakes.figures(made, scores, THRESHOLD)
    if run.rival is not None:
        run.theirs["namesakes"] = namesakes.figures(made, run.rival.pairs(pairs), THRESHOLD)


def _papers(run: Run, index: NameIndex, listed: Mapping[str, Party]) -> None:
    asked = papers.false_papers(listed, run.weights)
    run.found("false papers", asked, index, listed)
    asked = asked[:: run.step]
    run.ours["false papers, suppressed too"] = measure.found_figures(asked, papers.shown(index, asked))


def _transliteration(run: Run) -> None:
    listed: dict[str, Party] = {}
    questions = []
    for which in SCRIPTS:
        with (DATA / "labelled" / "transliteration" / f"{which}.tsv").open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if len(row) > 1]
        for latin, signs, *_ in rows:
            listed.setdefault(f"token:{latin}", Party(kind=Kind.PERSON, names=[latin]))
            asked = Party(kind=Kind.PERSON, names=[signs.replace(" ", "")])
            questions.append(Question(asked, cases.half(latin), f"token:{latin}", which))
    run.note("transliteration")
    questions = questions[:: run.step]
    with measure.index_of(listed, run.weights) as index:
        found = [dict.fromkeys(keys, 1.0) for keys in measure.candidates(index, questions, 0.5)]
    run.ours["transliteration"] = measure.found_figures(questions, found)


if __name__ == "__main__":
    main()
