"""The retrieval score of docs/engine.md, written from that page alone: slow, plain, no index, nothing shared.

It takes forms as `interdiction._core.analyse` gives them and judges the native engine in
`tests/names/test_retrieve_property.py`.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

MOST_TOKENS = 31
MOST_LETTERS = 64


@dataclass(frozen=True)
class Token:
    text: str
    kind: str
    legal: int | None = None
    variant: int = 0


@dataclass(frozen=True)
class Form:
    tokens: tuple[Token, ...]
    whole: str


Name = tuple[Form, ...]


def name_of(analysed: dict[str, Any]) -> Name:
    """The forms of one answer of `_core.analyse`."""
    return tuple(
        Form(
            tuple(Token(t["text"], t["class"], t["legal"], t["variant"]) for t in form["tokens"][:MOST_TOKENS]),
            form["squashed"],
        )
        for form in analysed["forms"]
    )


@dataclass(frozen=True)
class Numbers:
    """The section `retrieval` of weights.yml in fixed point."""

    variant: int
    legal: int
    sound: int
    family: int
    part: int
    initial: int
    join: int
    whole: int
    acronym: int
    edit: int
    word_floor: int
    stop_word: int
    legal_form: int
    initial_letter: int
    join_cap: int

    @classmethod
    def of(cls, section: dict[str, float]) -> Numbers:
        in_bits = {"word_floor", "stop_word", "legal_form", "initial_letter"}
        scale = {f.name: 256 if f.name in in_bits else 1 if f.name == "join_cap" else 1024 for f in fields(cls)}
        return cls(**{key: int(section[key] * factor + 0.5) for key, factor in scale.items()})

    def less(self, full: int, edits: int, longer: int) -> int:
        return max(0, full - self.edit * edits // longer)


def osa(a: str, b: str) -> int:
    """Insertions, deletions, replacements and swaps of neighbours, no part edited twice."""
    table = {(i, 0): i for i in range(len(a) + 1)} | {(0, j): j for j in range(len(b) + 1)}
    for i, j in itertools.product(range(1, len(a) + 1), range(1, len(b) + 1)):
        ways = [table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (a[i - 1] != b[j - 1])]
        if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
            ways.append(table[i - 2, j - 2] + 1)
        table[i, j] = min(ways)
    return table[len(a), len(b)]


def edits_within(a: str, b: str, limit: int) -> int | None:
    """The edits between two texts with the same digits, when there are at most `limit`."""
    if a == b:
        return 0
    if abs(len(a) - len(b)) > limit or re.findall(r"\d", a) != re.findall(r"\d", b):
        return None
    edits = osa(a, b)
    return edits if edits <= limit else None


# Read in this order at each place; a vowel is a blank.
READ_AS = [
    ("tsch", "C"), ("sch", "S"), ("tch", "C"), ("dzh", "J"), ("ch", "C"), ("sh", "S"), ("zh", "J"), ("dj", "j"),
    ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("ts", "c"), ("tz", "c"),
    ("c(?=[eiy])", "s"), ("[cq]", "k"), ("w", "v"), ("x", "ks"), ("[aeiouy]", " "),
]  # fmt: skip
PIECES = re.compile("|".join(f"({pattern})" for pattern, _ in READ_AS) + "|(.)")
VOWEL_CLASS = {"a": "a", "e": "i", "i": "i", "y": "i", "o": "o", "u": "o"}


def sound_key(word: str) -> str | None:
    if not re.fullmatch(r"[a-z]{3,64}", word):
        return None
    glide = re.match(r"[iy](?=[aeou])", word) is not None
    rest = word[1:] if glide else word
    vowel = re.search(r"[aeiouy]", rest)
    mark = VOWEL_CLASS[vowel.group()] if vowel else "."
    rest = re.sub(r"(?<=[aeiouy])h$", "", rest)

    def symbol(found: re.Match[str]) -> str:
        which = found.lastindex or 0
        return READ_AS[which - 1][1] if which <= len(READ_AS) else found.group()

    spelt = ("y" if glide else "") + PIECES.sub(symbol, rest)
    symbols = re.sub(r"([^ ])\1+", r"\1", spelt).replace(" ", "")
    if len(symbols) < 2:
        return None
    if spelt.startswith(" "):
        return mark.upper() + symbols
    return (mark if len(symbols) == 2 else ".") + symbols


def family_key(word: str) -> str | None:
    key = sound_key(word)
    if key is None:
        return None
    merged = key[1:].translate(str.maketrans("dbgzcJjSv", "tpkssCCCf"))
    symbols = "".join(symbol for symbol, _ in itertools.groupby(merged))
    if len(symbols) < 2:
        return None
    return ("." if len(key) > 3 else key[0].lower()) + symbols


@dataclass(frozen=True)
class Pair:
    """A run of one side and a word of the other: places in q, places in t, worth, and its rank among equals."""

    rows: frozenset[int]
    columns: frozenset[int]
    worth: int
    rank: tuple[str, str, int, int]


class Oracle:
    """The relation over one list; `names` are the names of the index, from which the statistics come."""

    def __init__(self, names: Iterable[Name], numbers: Numbers) -> None:
        self.numbers = numbers
        self.names = 0
        self.with_token: Counter[Token] = Counter()
        self.with_class: Counter[int] = Counter()
        self.with_sound: Counter[str] = Counter()
        self.classes_of_sound: dict[str, set[int]] = {}
        for name in names:
            tokens = {token for form in name for token in form.tokens}
            self.names += bool(name)
            self.with_token.update(tokens)
            words = [(sound_key(t.text), t.variant) for t in tokens if t.kind == "word"]
            self.with_sound.update({key for key, variant in words if key and not variant})
            for key, variant in words:
                if key and variant:
                    self.classes_of_sound.setdefault(key, set()).add(variant)
            self.with_class.update({t.variant for t in tokens if t.kind in {"word", "number"} and t.variant})

    def weight(self, token: Token) -> int:
        fixed = {"stop": "stop_word", "legal": "legal_form", "initial": "initial_letter"}
        if token.kind in fixed:
            weight: int = getattr(self.numbers, fixed[token.kind])
            return weight
        key = sound_key(token.text) if token.kind == "word" else None
        if token.variant:
            return self.rarity(self.with_class[token.variant])
        if key is None:
            return self.rarity(self.with_token[token])
        kin = [self.rarity(self.with_class[variant]) for variant in self.classes_of_sound.get(key, ())]
        return min([self.rarity(self.with_sound[key]), *kin])

    def rarity(self, seen: int) -> int:
        return max(self.numbers.word_floor, log2(self.names + 1) - log2(max(seen, 1)))

    def similarity(self, a: Token, b: Token) -> int:
        if a.text == b.text:
            return 1024
        n = self.numbers
        found = [0]
        if a.variant and a.variant == b.variant:
            found.append(n.variant)
        kinds = (a.kind, b.kind)
        if kinds == ("legal", "legal") and a.legal == b.legal:
            found.append(n.legal)
        if kinds in {("initial", "word"), ("word", "initial")}:
            initial, word = (a.text, b.text) if a.kind == "initial" else (b.text, a.text)
            if len(initial) == 1 and len(word) > 1 and word.startswith(initial):
                found.append(n.initial)
        if kinds == ("word", "word"):
            longer = max(len(a.text), len(b.text))
            limit = 0 if longer < 4 else 1 if longer < 6 else 2
            edits = edits_within(a.text, b.text, limit) if longer <= MOST_LETTERS else None
            if edits is not None:
                found.append(n.less(1024, edits, longer))
            key = sound_key(a.text)
            if key is not None and key == sound_key(b.text):
                found.append(n.sound)
            key = family_key(a.text)
            if key is not None and key == family_key(b.text):
                found.append(n.family)
            part, word = sorted((a.text, b.text), key=len)
            begins = word.startswith(part) or word.endswith(part)
            same_digits = re.findall(r"\d", part) == re.findall(r"\d", word)
            if 4 <= len(part) < len(word) <= MOST_LETTERS and begins and same_digits:
                found.append(n.part)
        return max(found)

    def near(self, a: str, b: str, full: int, least: int) -> int:
        """Equal, or one edit apart and long enough."""
        longer = max(len(a), len(b))
        edits = edits_within(a, b, 1)
        if edits is None or longer == 0 or (edits and longer < least):
            return 0
        return self.numbers.less(full, edits, longer)

    def runs(self, tokens: Sequence[Token]) -> list[tuple[int, ...]]:
        places = [(i, i + 1) for i in range(len(tokens) - 1)]
        allowed: list[tuple[int, ...]] = [p for p in places if "word" in {tokens[i].kind for i in p}]
        threes = ((i, i + 1, i + 2) for i in range(len(tokens) - 2))
        allowed += [run for run in threes if [tokens[i].kind for i in run] == ["word", "stop", "word"]]
        return [run for run in allowed if sum(len(tokens[i].text) for i in run) <= MOST_LETTERS]

    def joins(self, q: Sequence[Token], t: Sequence[Token]) -> list[Pair]:
        found = []
        for long, short, ours in ((q, t, True), (t, q, False)):
            for run, (at, single) in itertools.product(self.runs(long), enumerate(short)):
                text = "".join(long[i].text for i in run)
                if single.kind != "word" or len(single.text) > MOST_LETTERS:
                    continue
                heard = sound_key(text)
                worth = self.near(text, single.text, self.numbers.join, 6)
                if (
                    heard
                    and len(heard) > 3
                    and heard == sound_key(single.text)
                    and abs(len(text) - len(single.text)) < 3
                ):
                    worth = max(worth, self.numbers.sound)
                worth *= min(sum(self.weight(long[i]) for i in run), self.weight(single))
                rows, columns = (run, (at,)) if ours else ((at,), run)
                rank = (text, single.text, sum(1 << i for i in rows), sum(1 << i for i in columns))
                if worth:
                    found.append(Pair(frozenset(rows), frozenset(columns), worth, rank))
        return sorted(found, key=lambda pair: (-pair.worth, pair.rank))[: self.numbers.join_cap]

    def token_score(self, q: Sequence[Token], t: Sequence[Token]) -> int:
        if not q or not t:
            return 0
        worth = [[self.similarity(a, b) * min(self.weight(a), self.weight(b)) for b in t] for a in q]
        best = 0
        joins = self.joins(q, t)
        for chosen in itertools.chain.from_iterable(itertools.combinations(joins, n) for n in range(len(joins) + 1)):
            rows = frozenset().union(*(pair.rows for pair in chosen))
            columns = frozenset().union(*(pair.columns for pair in chosen))
            places = sum(len(pair.rows) + len(pair.columns) for pair in chosen)
            if len(rows) + len(columns) == places:
                free = [
                    [w for j, w in enumerate(line) if j not in columns] for i, line in enumerate(worth) if i not in rows
                ]
                best = max(best, sum(pair.worth for pair in chosen) + largest_assignment(free))
        return 128 * best // sum(self.weight(token) for token in [*q, *t])

    def acronym_score(self, q: Sequence[Token], t: Sequence[Token]) -> int:
        """A word of one side that is the first letters of all words of the other, three or more."""
        ours, theirs = ([token for token in side if token.kind == "word"] for side in (q, t))
        best = 0
        for long, short in ((ours, theirs), (theirs, ours)):
            initials = "".join(word.text[0] for word in long)
            weight = sum(self.weight(word) for word in long)
            for word in short:
                if len(long) >= 3 and word.text == initials:
                    best = max(best, self.numbers.acronym * min(weight, self.weight(word)))
        return 128 * best // max(1, sum(self.weight(token) for token in [*q, *t]))

    def score(self, query: Name, listed: Name) -> int:
        """In 1/65536: the best over all pairs of forms, by tokens or by wholes."""
        scores = [0]
        for q, t in itertools.product(query, listed):
            scores.append(self.token_score(q.tokens, t.tokens))
            scores.append(self.acronym_score(q.tokens, t.tokens))
            scores.append(64 * self.near(q.whole, t.whole, self.numbers.whole, 8))
        return max(scores)


def log2(x: int) -> int:
    """256 times the binary logarithm, rounded down, exactly."""
    return int((x**256).bit_length()) - 1


def largest_assignment(worth: list[list[int]]) -> int:
    """The largest sum of entries, no two in one row or column.

    Each part of the table that hangs together is solved alone, by trying for each row every free
    column and none; what is left of a part is looked up by the columns still free.
    """
    total = 0
    rows = {i for i, line in enumerate(worth) if any(line)}
    while rows:
        part, columns = {rows.pop()}, set[int]()
        grown = True
        while grown:
            columns |= {j for i in part for j, w in enumerate(worth[i]) if w}
            more = {i for i in rows if any(worth[i][j] for j in columns)}
            grown = bool(more)
            part |= more
            rows -= more
        total += best_of_part([worth[i] for i in sorted(part)], frozenset(columns), {})
    return total


def best_of_part(lines: list[list[int]], free: frozenset[int], known: dict[tuple[int, frozenset[int]], int]) -> int:
    if not lines:
        return 0
    key = (len(lines), free)
    if key not in known:
        rest = lines[1:]
        ways = [best_of_part(rest, free, known)]
        ways += [lines[0][j] + best_of_part(rest, free - {j}, known) for j in free if lines[0][j]]
        known[key] = max(ways)
    return known[key]
