"""How much of an announcement is read: slots of written texts against labels made without knowledge of the rules.

The texts and labels stand in `tests/announcements/written`; a value counts as read where its words overlap the labelled
ones by half, and acts, numbers and claims where their kind agrees too. What the labels call optional, and a party read
once more where it is named again, counts neither way. Run: python -m bench.announcements [FOLDER]
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from interdiction.announcements.patterns import load_patterns
from interdiction.announcements.reader import read_account
from interdiction.model.announcement import Account, Modality, Said

TEXTS = Path(__file__).resolve().parent.parent / "tests" / "announcements" / "written"
SLOTS = ("act", "issuer", "instrument", "day", "target", "alias", "count", "measure", "criterion", "claim")
_KINDS = frozenset({"act", "count", "claim"})
"""Slots whose first word of the value has to agree: designate, 5, deny."""


class Value(NamedTuple):
    """One value and its place."""

    start: int
    end: int
    value: str


class Score(NamedTuple):
    """Values right, read and labelled."""

    right: int
    read: int
    labelled: int

    @property
    def precision(self) -> float:
        """Give the share of what was read that is right."""
        return self.right / max(1, self.read)

    @property
    def recall(self) -> float:
        """Give the share of what is labelled that was read."""
        return self.right / max(1, self.labelled)


def scores(folder: Path = TEXTS) -> dict[str, Score]:
    """Give the score of each slot over all texts of a folder."""
    totals: dict[str, list[int]] = {slot: [0, 0, 0] for slot in SLOTS}
    for path in sorted(folder.glob("*.json")):
        text = path.with_suffix(".txt")
        account, _ = read_account(text.read_bytes(), text.name, load_patterns())
        labels: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        found = _values(account)
        for slot in SLOTS:
            rows = [row for row in labels if row["slot"] == slot]
            for place, count in enumerate(_counted(slot, found[slot], rows)):
                totals[slot][place] += count
    return {slot: Score(*counts) for slot, counts in totals.items()}


def _counted(slot: str, found: list[Value], rows: list[dict[str, Any]]) -> tuple[int, int, int]:
    """Give how many are right, how many were read and how many are labelled."""
    gold = [row for row in rows if not row.get("optional")]
    left = list(found)
    right = 0
    for row in gold:
        places = _places(row)
        hit = next((one for place in places for one in left if _overlap(one, place) > 0.5), None)
        if hit is not None:
            left.remove(hit)
            right += _agrees(slot, hit, row)
    # A label may hold several sentences of one quotation: to read the second as a claim of its own is neither.
    first = 0 if slot == "claim" else 1
    spare = [(place, row) for row in rows for place in _places(row)[0 if row.get("optional") else first :]]
    wrong = [
        one for one in left if not any(_overlap(one, place) > 0.5 and _agrees(slot, one, row) for place, row in spare)
    ]
    return right, len(found) - len(left) + len(wrong), len(gold)


def _places(row: dict[str, Any]) -> list[Value]:
    pairs = [(row["start"], row["end"]), *row.get("also", ())]
    return [Value(start, end, str(row["value"])) for start, end in pairs]


def _agrees(slot: str, one: Value, row: dict[str, Any]) -> bool:
    return slot not in _KINDS or one.value.split()[:1] == str(row["value"]).split()[:1]


def _overlap(one: Value, other: Value) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / max(1, min(one.end - one.start, other.end - other.start))


def _values(account: Account) -> dict[str, list[Value]]:
    found: dict[str, dict[Value, None]] = defaultdict(dict)
    for slot, said, value in _said(account):
        found[slot][Value(said.span.start, said.span.end, said.value if value is None else value)] = None
    return defaultdict(list, {slot: list(values) for slot, values in found.items()})


def _said(account: Account) -> Iterator[tuple[str, Said, str | None]]:
    for act in account.acts:
        yield "act", act.words, f"{act.kind.value} {act.modality.value}"
        if act.issuer is not None:
            yield "issuer", act.issuer, None
            yield from (("issuer", one, None) for one in act.together)
        if act.modality not in {Modality.DONE, Modality.ANNOUNCED}:
            continue
        for target in act.targets:
            if target.named:
                yield "target", target.words, None
                yield from (("alias", alias, None) for alias in target.aliases)
        yield from (("count", one.words, str(one.number)) for one in act.counts)
    yield from (("issuer", one, None) for one in account.letterhead)
    yield from (("instrument", one, None) for one in account.instruments)
    yield from (("day", one, None) for one in account.days)
    yield from (("measure", one.words, None) for one in account.effects)
    yield from (("criterion", one, None) for one in account.criteria)
    yield from (("claim", one.about, f"{one.stance.value} {one.speaker.value}") for one in account.claims)


def main() -> None:
    """Print the table of docs/announcements.md, of the folder that is named."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else TEXTS
    if not any(folder.glob("*.json")):
        sys.exit(f"no labelled texts in {folder}")
    print("| slot | labelled | precision | recall |\n|---|---|---|---|")
    for slot, score in scores(folder).items():
        print(f"| {slot} | {score.labelled} | {score.precision:.2f} | {score.recall:.2f} |")


if __name__ == "__main__":
    main()
