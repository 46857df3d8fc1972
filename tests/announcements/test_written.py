"""How much is read of announcements whose labels were made without knowledge of the rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.announcements import TEXTS, scores

FLOORS = {
    "act": (0.90, 0.90),
    "issuer": (0.88, 0.85),
    "instrument": (0.95, 0.95),
    "day": (0.90, 0.90),
    "target": (0.93, 0.95),
    "alias": (0.95, 0.95),
    "count": (0.85, 0.85),
    "measure": (0.85, 0.90),
    "criterion": (0.95, 0.95),
    "claim": (0.85, 0.85),
}
"""Precision and recall that were reached (docs/announcements.md); the goal is .85 of each."""


def test_no_slot_falls_below_what_was_reached() -> None:
    reached = scores()
    for slot, (precision, recall) in FLOORS.items():
        assert reached[slot].precision >= precision, slot
        assert reached[slot].recall >= recall, slot


@pytest.mark.parametrize("path", sorted(TEXTS.glob("*.json")), ids=lambda path: path.stem)
def test_every_label_points_to_its_words(path: Path) -> None:
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    rows = json.loads(path.read_text(encoding="utf-8"))
    assert rows
    assert all(text[row["start"] : row["end"]].strip() for row in rows)
