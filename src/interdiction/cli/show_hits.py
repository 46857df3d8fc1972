"""Hits for people: what was found, why, and what the answer rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rich.text import Text

from interdiction.cli.door import out
from interdiction.engine.inforce import EditionInForce
from interdiction.lists.clusters import Cluster
from interdiction.model import Basis, Evidence, Hit, Party, Problem, TokenEvidence
from interdiction.screening.comparison import Comparison
from interdiction.screening.screener import Screened
from interdiction.screening.sentences import UNKNOWN, why

_STYLES = {"certain": "bold red", "strong": "red", "possible": "yellow"}
_KINDS = {"name": "name", "weak_name": "weak alias", "name_structure": "name", "party_kind": "kind of party"}
_NAMES = frozenset({"name", "weak_name", "name_structure"})
_SEEN = 0.0005
"""An effect below it would be shown as nothing."""


def show_check(
    party: Party,
    editions: Sequence[EditionInForce],
    answer: Screened,
    problems: Sequence[Problem],
    notes: Sequence[str],
    day: date,
    *,
    explain: bool,
    thresholds: str,
    clusters: Sequence[Cluster] = (),
) -> None:
    """Print the answer to one question. `thresholds` are those it was asked with."""
    console = out()
    asked = [party.primary_name, *(f"born {born}" for born in party.birth_dates), *party.countries]
    asked += [f"{one.type} {one.value}" for one in party.identifiers]
    console.print(Text(" · ".join(filter(None, asked)), style="bold"))
    console.print(Text(f"against {rests_on(editions, day)}; hits from {thresholds}", style="dim"))
    if not answer.hits:
        console.print(Text("nobody listed is meant, as far as these lists go"))
    for cluster, some in grouped(answer.hits, clusters):
        console.print()
        if cluster is not None:
            show_cluster(cluster, some)
        for at, hit in enumerate(some):
            if at:
                console.print()
            show_hit(hit, explain=explain)
    if answer.suppressed:
        console.print()
        console.print(Text(suppressed_words(len(answer.suppressed), shown=explain), style="dim"))
    for hit in answer.suppressed if explain else ():
        console.print()
        show_hit(hit, explain=True)
    for note in notes:
        console.print()
        console.print(Text(note, style="bold yellow"))
    show_problems(problems)


def suppressed_words(count: int, *, shown: bool) -> str:
    """Say how many pairs only facts took below the threshold."""
    pairs = "1 pair whose name alone is a hit was" if count == 1 else f"{count} pairs whose names alone are hits were"
    return f"suppressed by fact: {pairs} taken below the threshold by what else is known" + (
        ":" if shown else "; --explain shows it" if count == 1 else "; --explain shows them"
    )


def grouped(hits: Sequence[Hit], clusters: Sequence[Cluster]) -> Iterator[tuple[Cluster | None, list[Hit]]]:
    """Give the hits with those of one party together, in the order of the best of each."""
    of = {listing: cluster for cluster in clusters for listing in cluster.listings}
    shown: set[str] = set()
    for hit in hits:
        cluster = of.get(hit.listing)
        if cluster is None:
            yield None, [hit]
        elif cluster.id not in shown:
            shown.add(cluster.id)
            yield cluster, [one for one in hits if of.get(one.listing) is cluster]


def show_cluster(cluster: Cluster, hits: Sequence[Hit]) -> None:
    """Say which listings are one party, and why."""
    console = out()
    found = {hit.listing for hit in hits}
    names = ", ".join(one if one in found else f"{one} (no hit by itself)" for one in cluster.listings)
    console.print(Text(f"One party on {len(cluster.listings)} lists: {names}", style="bold"))
    for link in cluster.links:
        console.print(Text(f"  {link.one} = {link.other}: {link.why}", style="dim"))


def show_hit(hit: Hit, *, explain: bool) -> None:
    """Print one hit: the score and band, who it is, by which name, under which programmes, and why."""
    console = out()
    head = Text.assemble(
        (f"{hit.score:.2f} {hit.band.value:<9}", _STYLES.get(hit.band.value, "")),
        (f"{hit.listing:<16} ", "bold"),
        hit.listed_name,
    )
    console.print(head)
    indent = " " * 15
    if hit.basis is Basis.OWNERSHIP:
        console.print(Text(f"{indent}through {hit.matched_name}, which the registers of stakes have"))
    elif hit.matched_name != hit.listed_name:
        console.print(Text(f"{indent}by the {'weak ' if hit.weak_only else ''}alias {hit.matched_name}"))
    for one in hit.designations:
        measures = ", ".join(measure.value.replace("_", " ") for measure in one.measures)
        doubt = "" if one.mapped else " (programme not verified: the list's default measure)"
        console.print(Text(f"{indent}{one.programme} · {one.authority or 'authority unknown'} · {measures}{doubt}"))
    console.print(Text(f"{indent}{hit.why}", style="italic"))
    if hit.not_known:
        console.print(Text(f"{indent}not known: {hit.not_known}"))
    if explain:
        show_evidence(hit.evidence, hit.score, indent)


def show_comparison(found: Comparison) -> None:
    """Print what two parties are to each other: score, band, whether that is a hit, and the reckoning."""
    console = out()
    verdict = f"a hit, as {found.threshold:.2f} or more is one"
    if found.score < found.threshold:
        verdict = f"no hit: one begins at {found.threshold:.2f}"
    console.print(Text(f"{found.score:.2f} {found.band.value}: {verdict}", style="bold"))
    console.print(Text(f"  {why(found.evidence)}", style="italic"))
    if found.not_known:
        console.print(Text(f"  not known: {found.not_known}"))
    if found.suppressed:
        console.print(Text("  suppressed by fact: the names alone are a hit; what else is known took them below"))
    show_evidence(found.evidence, found.score, "  ")


def show_evidence(evidence: Sequence[Evidence], score: float, indent: str) -> None:
    """Print the reckoning: what the names could score, how their words were laid, what was taken and added, the sum."""
    console = out()
    # Where the names stand at nothing their effects are no more than a sum of 0: told in words, not in numbers.
    nothing = sum(one.effect for one in evidence if one.kind in _NAMES) < _SEEN
    for spoke in (one for one in evidence if one.finding not in UNKNOWN):
        kind = _KINDS.get(spoke.kind, spoke.kind.replace("_", " "))
        if spoke.tokens:
            effect, says = f"{spoke.effect:+.3f}", "what it scores where every word agrees"
            if nothing:
                effect, says = " 0.000", "nothing is left of it"
            console.print(Text(f"{indent}{effect} {kind}: {says}"))
            _show_tokens(spoke.tokens, indent)
        elif abs(spoke.effect) >= _SEEN:
            effect = " " * 6 if nothing and spoke.kind in _NAMES else f"{spoke.effect:+.3f}"
            console.print(Text(f"{indent}{effect} {kind}: {spoke.sentence or spoke.finding}"))
    console.print(Text(f"{indent}{score:6.3f} score"))


def _show_tokens(tokens: Sequence[TokenEvidence], indent: str) -> None:
    """Print how the words of two names stand to each other, a line each under a heading."""
    console = out()
    rows = [("", "ours", "theirs", "alike", "weight", "share")]
    rows += [
        (
            one.kind,
            one.ours or "-",
            one.theirs or "-",
            f"{one.similarity:.2f}" if one.ours and one.theirs else "-",
            f"{one.weight:.2f}",
            f"{one.contribution:+.2f}",
        )
        for one in tokens
    ]
    for kind, ours, theirs, alike, weight, share in rows:
        laid = f"{indent}       {kind:<16}{ours:<20} {theirs:<20} {alike:>5} {weight:>7} {share:>6}"
        console.print(Text(laid, style="dim"))


def show_problems(problems: Sequence[Problem], most: int = 12) -> None:
    """Print what could not be read or trusted, with how to mend it."""
    console = out()
    for problem in problems[:most]:
        place = ":".join(str(part) for part in (problem.file, problem.line or "", problem.node) if part)
        console.print(Text(f"! {place + ': ' if place else ''}{problem.message} [{problem.code}]", style="yellow"))
        if problem.mend:
            console.print(Text(f"  mend: {problem.mend}"))
    if len(problems) > most:
        console.print(Text(f"! and {len(problems) - most} more problems; --json gives all", style="yellow"))


def rests_on(editions: Sequence[EditionInForce], day: date) -> str:
    """Say which editions an answer rests on and how old they are."""
    return " · ".join(f"{one.list} of {one.on} ({_age((day - one.on).days)})" for one in editions)


def _age(days: int) -> str:
    return {0: "that day's", 1: "1 day old"}.get(days, f"{days} days old")
