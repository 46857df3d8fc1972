"""Labels of written announcements: they keep to the conventions of written/README.md, whatever the rules read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bench.announcements import SLOTS
from interdiction.model.announcement import ActKind, Modality, Stance

HERE = Path(__file__).resolve().parent
FILES = sorted(
    path
    for folder in ("written", "development", "development2", "development3", "blind", "blind2")
    for path in (HERE / folder).glob("*.json")
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@pytest.fixture(params=FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def labelled(request: pytest.FixtureRequest) -> tuple[str, list[dict[str, Any]]]:
    path: Path = request.param
    return path.with_suffix(".txt").read_text(encoding="utf-8"), json.loads(path.read_text(encoding="utf-8"))


def test_every_label_points_to_whole_words(labelled: tuple[str, list[dict[str, Any]]]) -> None:
    text, rows = labelled
    assert rows
    for row in rows:
        for start, end in [(row["start"], row["end"]), *row.get("also", [])]:
            words = text[start:end]
            assert words, row
            assert words == words.strip(), row
            assert not (start and text[start - 1].isalnum() and words[0].isalnum()), row
            assert not (text[end : end + 1].isalnum() and words[-1].isalnum()), row


def test_every_label_has_a_known_slot_and_a_value_of_its_slot(labelled: tuple[str, list[dict[str, Any]]]) -> None:
    _, rows = labelled
    for row in rows:
        first, _, rest = row["value"].partition(" ")
        assert row["slot"] in SLOTS, row
        if row["slot"] == "act":
            assert first in {one.value for one in ActKind}, row
            assert rest in {one.value for one in Modality}, row
        elif row["slot"] == "claim":
            assert first in {one.value for one in Stance}, row
            assert rest, row
        elif row["slot"] == "count":
            assert first.isdigit(), row
        elif row["slot"] == "day":
            assert _DAY.fullmatch(row["value"]), row


def test_a_party_is_labelled_once(labelled: tuple[str, list[dict[str, Any]]]) -> None:
    text, rows = labelled
    named = [text[row["start"] : row["end"]] for row in rows if row["slot"] == "target" and not row.get("optional")]
    assert len(named) == len(set(named))
