"""The pairs of docs/probes.md fall on the side that was set down for them, and the page says what the judge says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from interdiction.model import Party
from interdiction.screening.comparison import compare
from interdiction.screening.screener import THRESHOLD

ROOT = Path(__file__).resolve().parent.parent.parent
GROUPS = yaml.safe_load((ROOT / "tests" / "golden" / "probes.yml").read_text(encoding="utf-8"))
PAIRS = [pair for group in GROUPS for pair in group["pairs"]]


def sides(pair: dict[str, Any]) -> tuple[Party, Party]:
    def party(side: str, facts: str) -> Party:
        return Party(kind=pair["kind"], names=[pair[side]], **pair.get(facts, {}))

    return party("ours", "our_facts"), party("theirs", "their_facts")


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['ours']} / {pair['theirs']}: {pair['why']}")
def test_a_probe_falls_on_its_side_whichever_party_is_listed(pair: dict[str, Any]) -> None:
    ours, theirs = sides(pair)
    score = compare(ours, theirs).score
    assert ("hit" if score >= THRESHOLD else "below") == pair["side"], score
    assert compare(theirs, ours).score == score
    if "than" in pair:
        least = compare(*pair["than"], kind=pair["kind"]).score
        assert score > least + 0.05


def test_every_probe_has_a_reason_and_both_sides_are_there() -> None:
    assert {pair["side"] for pair in PAIRS} == {"hit", "below"}
    assert [pair["ours"] for pair in PAIRS if len(pair["why"].split()) < 3] == []


def test_what_facts_took_below_is_kept_as_suppressed_by_fact() -> None:
    parted = [pair for pair in PAIRS if pair["side"] == "below" and "our_facts" in pair]
    assert [compare(*sides(pair)).suppressed for pair in parted] == ["fact"]


def test_the_page_of_probes_is_what_the_judge_says() -> None:
    run = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "probes_page.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
