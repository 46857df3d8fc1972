"""One party on many lists: which listings of different authorities are one party, and why each link was made.

1. A cluster is derived anew from the listings and stored nowhere else: no record is merged or changed, and taking
   a listing or an edition away takes its links away.
2. A link needs two things that agree, such as a name and a day of birth; what contradicts it forbids it.
3. A list names a party once: a cluster holds at most one listing of each list, and where two of one list would
   fit alike neither is linked.
4. What a person said comes before every rule: two listings set apart are in no cluster together, two put together
   are in one, be they of one list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

import msgspec

from interdiction.lists.likeness import Facts, alike, at_odds, kinds_differ
from interdiction.model import Kind, Listing, Pairing, PairVerdict

SPELLING = 0.83
"""Names that score this much may be two spellings of one name, where the day of birth agrees too."""
COMPATIBLE = 0.48
"""Names under this are of two parties, whatever number they share: numbers are mistyped and families share some.
`RI Won Ho` and `LI WON HO` have 0.50, `Muhindo Akili MUNDOS` and `Akili MUNDOS` 0.74."""


BY_HAND = "by_hand"
"""The rule of a link that a person made."""


class Link(msgspec.Struct, frozen=True):
    """Why two listings are one party: the rule, and what agreed in a sentence."""

    one: str
    other: str
    rule: str
    why: str


class Cluster(msgspec.Struct, frozen=True):
    """The listings of one party, by id; `id` is the first of them."""

    id: str
    listings: tuple[str, ...]
    links: tuple[Link, ...]


Pair = tuple[int, int]
Said = tuple[str, str]
Rule = Callable[[Sequence[Facts]], Iterator[tuple[Pair, str]]]


def clusters(listings: Iterable[Listing], pairings: Iterable[Pairing] = ()) -> tuple[Cluster, ...]:
    """Give every cluster of two listings or more, in the order of their ids; `pairings` are what people said."""
    facts = [Facts(listing) for listing in listings if not listing.unread]
    groups = _Groups(facts)
    groups.obey(standing(pairings).values())
    for name, rule in RULES:
        found: dict[Pair, str] = {}
        for pair, why in rule(facts):
            if groups.may_join(*pair):
                found.setdefault(pair, why)
        for pair in _certain(facts, found):
            groups.join(pair, name, found[pair])
    return groups.clusters()


def standing(pairings: Iterable[Pairing]) -> dict[Said, Pairing]:
    """Give what counts of what was said: the last word of each pair, none where it was withdrawn."""
    last = {(said.one, said.other): said for said in pairings}
    return {pair: said for pair, said in last.items() if said.verdict is not PairVerdict.WITHDRAWN}


def contradiction(pairings: Iterable[Pairing]) -> Pairing | None:
    """Give a pair set apart that others put together, directly or through a third; `None` where there is none."""
    said = list(pairings)
    of: dict[str, str] = {}

    def root(listing: str) -> str:
        while of.get(listing, listing) != listing:
            listing = of[listing]
        return listing

    for one in said:
        if one.verdict is PairVerdict.TOGETHER:
            of[root(one.one)] = root(one.other)
    apart = (one for one in said if one.verdict is PairVerdict.APART)
    return next((one for one in apart if root(one.one) == root(one.other)), None)


class _Groups:
    """Which listings were joined so far; joins that would put two of one list together are left out."""

    def __init__(self, facts: Sequence[Facts]) -> None:
        self._facts = facts
        self._of = list(range(len(facts)))
        self._members = {at: [at] for at in range(len(facts))}
        self._links: dict[int, list[Link]] = defaultdict(list)
        self._apart: dict[int, set[int]] = defaultdict(set)

    def obey(self, said: Iterable[Pairing]) -> None:
        """Take what people said: pairs never to be joined, and pairs that are joined already."""
        place = {one.id: at for at, one in enumerate(self._facts)}
        here = [one for one in said if one.one in place and one.other in place]
        for one in here:
            if one.verdict is PairVerdict.APART:
                self._apart[place[one.one]].add(place[one.other])
                self._apart[place[one.other]].add(place[one.one])
        for one in here:
            pair = place[one.one], place[one.other]
            first, second = (self._of[at] for at in pair)
            if one.verdict is PairVerdict.TOGETHER and first != second and not self._set_apart(first, second):
                self._merge(pair, BY_HAND, f"{one.by} on {one.at:%Y-%m-%d}: {one.why}")

    def may_join(self, one: int, other: int) -> bool:
        """Tell whether two listings are apart yet, and no list would have two in what they would make."""
        first, second = self._of[one], self._of[other]
        if first == second:
            return False
        lists = {self._facts[at].list for at in self._members[first]}
        if not lists.isdisjoint(self._facts[at].list for at in self._members[second]):
            return False
        return not self._set_apart(first, second)

    def _set_apart(self, first: int, second: int) -> bool:
        """Tell whether some listing of one group was set apart from some listing of the other."""
        if not self._apart:
            return False
        others = set(self._members[second])
        return any(not others.isdisjoint(self._apart.get(at, ())) for at in self._members[first])

    def join(self, pair: Pair, rule: str, why: str) -> None:
        """Join two listings and all that were joined with them."""
        if self.may_join(*pair):
            self._merge(pair, rule, why)

    def _merge(self, pair: Pair, rule: str, why: str) -> None:
        first, second = sorted(self._of[at] for at in pair)
        ids = sorted(self._facts[at].id for at in pair)
        for at in self._members[second]:
            self._of[at] = first
        self._members[first] += self._members.pop(second)
        self._links[first] += [*self._links.pop(second, []), Link(ids[0], ids[1], rule, why)]

    def clusters(self) -> tuple[Cluster, ...]:
        found = []
        for group, members in self._members.items():
            if len(members) > 1:
                ids = sorted(self._facts[at].id for at in members)
                found.append(Cluster(ids[0], tuple(ids), tuple(self._links[group])))
        return tuple(sorted(found, key=lambda one: one.id))


def _certain(facts: Sequence[Facts], found: dict[Pair, str]) -> Iterator[Pair]:
    """Give the pairs of which neither side has a rival on the other's list."""
    rivals: dict[tuple[int, str], set[int]] = defaultdict(set)
    for one, other in found:
        rivals[one, facts[other].list].add(other)
        rivals[other, facts[one].list].add(one)
    for one, other in found:
        if len(rivals[one, facts[other].list]) == 1 and len(rivals[other, facts[one].list]) == 1:
            yield one, other


def _sharing(
    facts: Sequence[Facts], keys: Callable[[Facts], Iterable[object]], most: int = 60
) -> Iterator[tuple[Pair, object]]:
    """Give the pairs of two lists that share a key; a key that very many share says nothing."""
    by_key: dict[object, list[int]] = defaultdict(list)
    for at, one in enumerate(facts):
        for key in dict.fromkeys(keys(one)):
            by_key[key].append(at)
    for key, some in by_key.items():
        if 1 < len(some) <= most:
            for pair in combinations(some, 2):
                one, other = (facts[at] for at in pair)
                if one.list != other.list and not kinds_differ(one, other):
                    yield pair, key


def _stated(facts: Sequence[Facts]) -> Iterator[tuple[Pair, str]]:
    by_id = {one.id: at for at, one in enumerate(facts)}
    for at, one in enumerate(facts):
        target = by_id.get(one.reference or "")
        if target is not None and alike(one, facts[target]) >= COMPATIBLE:
            yield (min(at, target), max(at, target)), f"{one.id} says that it repeats {one.reference}"
    for (first, second), key in _sharing(facts, lambda facts: facts.references):
        if alike(facts[first], facts[second]) >= COMPATIBLE:
            yield (first, second), f"both state the reference {key}, and their names agree"


def _numbered(facts: Sequence[Facts]) -> Iterator[tuple[Pair, str]]:
    for (first, second), key in _sharing(facts, lambda facts: facts.numbers):
        one, other = facts[first], facts[second]
        kind, value = key if isinstance(key, tuple) else ("", "")
        if one.kind is Kind.VESSEL and kind == "imo":
            yield (first, second), f"both are the ship IMO {value}"
        elif not at_odds(one, other, years=5) and alike(one, other) >= COMPATIBLE:
            yield (first, second), f"both have the {kind.replace('_', ' ')} {value}, and their names agree"


def _born(facts: Sequence[Facts]) -> Iterator[tuple[Pair, str]]:
    for (first, second), day in _sharing(facts, lambda facts: facts.days):
        one, other = facts[first], facts[second]
        if at_odds(one, other):
            continue
        same = one.full & other.full
        if same:
            yield (first, second), f"equal name ({min(same)}) and equal day of birth, {day}"
        elif not one.land_differs(other) and alike(one, other) >= SPELLING:
            yield (first, second), f"spellings of one name, and equal day of birth, {day}"


def _wrong_year(facts: Sequence[Facts]) -> Iterator[tuple[Pair, str]]:
    for (first, second), key in _sharing(facts, lambda facts: ((n, d[5:]) for n in facts.full for d in facts.days)):
        one, other = facts[first], facts[second]
        near = any(abs(int(a[:4]) - int(b[:4])) == 1 and a[5:] == b[5:] for a in one.days for b in other.days)
        if near and one.lands & other.lands and not at_odds(one, other, years=3):
            name = key[0] if isinstance(key, tuple) else ""
            yield (
                (first, second),
                f"equal name ({name}), country and day and month of birth; the year differs by one",
            )


def _year(facts: Sequence[Facts]) -> Iterator[tuple[Pair, str]]:
    for (first, second), name in _sharing(facts, lambda facts: facts.long):
        one, other = facts[first], facts[second]
        if one.years & other.years and one.lands & other.lands and not at_odds(one, other):
            yield (first, second), f"equal name ({name}), country and year of birth"


def _names(facts: Sequence[Facts]) -> Iterator[tuple[Pair, str]]:
    for (first, second), _ in _sharing(facts, lambda facts: facts.long):
        one, other = facts[first], facts[second]
        same = sorted(one.full & other.full)
        if len(same) > 1 and not at_odds(one, other) and not one.land_differs(other):
            yield (first, second), f"several equal names ({', '.join(same[:3])}), and nothing speaks against it"


def _organisation(facts: Sequence[Facts]) -> Iterator[tuple[Pair, str]]:
    for (first, second), name in _sharing(facts, lambda facts: facts.full if facts.kind is Kind.ORGANISATION else ()):
        one, other = facts[first], facts[second]
        if one.lands & other.lands and not at_odds(one, other):
            yield (first, second), f"equal name ({name}) and a country in common"


RULES: tuple[tuple[str, Rule], ...] = (
    ("reference", _stated),
    ("number", _numbered),
    ("birth_day", _born),
    ("wrong_year", _wrong_year),
    ("birth_year", _year),
    ("several_names", _names),
    ("organisation", _organisation),
)
"""The rules, the strongest first: what one of them joined no later one takes apart."""
