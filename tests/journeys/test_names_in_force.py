"""The full lists in force: every listed name finds its own listing, and the cases the order is known by."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from interdiction import Engine
from interdiction.model import Party
from interdiction.names.batch import party_batch
from tests.journeys.conftest import interdict
from tests.journeys.raw_names import ofac_names, un_names

pytestmark = pytest.mark.shared


def _raw(shared_data: Path) -> Iterator[tuple[str, str]]:
    return chain(ofac_names(shared_data / "ofac" / "2023-12-28"), un_names(shared_data / "un" / "UN_2026-01-28.xml"))


def test_every_primary_name_and_strong_alias_finds_its_own_listing(home_today: Path, shared_data: Path) -> None:
    wanted = list(_raw(shared_data))
    assert len(wanted) > 33_000
    index = Engine.open(home_today).force().screener.index
    found: set[tuple[int, str]] = set()
    for first in range(0, len(wanted), 8_000):
        part = wanted[first : first + 8_000]
        judged = index.judge(party_batch([Party(names=[name]) for _, name in part]), threshold=0.70, evidence=False)
        found |= {(first + row.query, row.key) for row in judged.rows()}
    missed = [(listing, name) for at, (listing, name) in enumerate(wanted) if (at, listing) not in found]
    assert missed == []


def hits(home: Path, *arguments: str) -> list[dict[str, object]]:
    run = interdict("check", *arguments, "--json", home=home)
    assert run.code == 1, run.err
    found: list[dict[str, object]] = run.json["result"]
    return found


def test_the_target_the_newspaper_misspelt_is_found_first_on_both_lists(home_today: Path) -> None:
    best = hits(home_today, "Kore Mining Development Trading Corp.")[:2]
    assert {one["listing"] for one in best} == {"ofac-sdn:9345", "un:690735"}
    assert all(float(str(one["score"])) >= 0.85 for one in best)


def test_a_name_in_hangul_finds_the_three_and_says_that_the_name_cannot_part_them(home_today: Path) -> None:
    run = interdict("check", "김영철", "--json", home=home_today)
    scores = {one["listing"]: one["score"] for one in run.json["result"]}
    three = ("ofac-sdn:17614", "ofac-sdn:12211", "un:6908511")
    assert all(scores[listing] >= 0.70 for listing in three)
    assert any("name alone cannot separate" in note and all(one in note for one in three) for note in run.json["notes"])


def test_a_birth_date_parts_the_namesakes_and_the_other_is_still_shown(home_today: Path) -> None:
    found = hits(home_today, "KIM YONG CHOL", "--born", "1962-02-18")
    order = [one["listing"] for one in found]
    assert max(order.index("ofac-sdn:17614"), order.index("un:6908511")) < order.index("ofac-sdn:12211")
    older = found[order.index("ofac-sdn:12211")]
    assert any(
        one["kind"] == "birth_date" and one["finding"] == "conflict"
        for one in older["evidence"]  # type: ignore[attr-defined]
    )


def test_an_innocent_name_has_no_hit_and_leaves_with_zero(home_today: Path) -> None:
    run = interdict("check", "Ingeborg Abrahamsen", "--json", home=home_today)
    assert (run.code, run.json["result"]) == (0, [])
    assert [one["list"] for one in run.json["editions"]] == ["ofac-sdn", "un"]
