"""Below the line: what is drawn, what a person may say of it, and what that proves."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from interdiction.assurance.alerts import screened_innocents
from interdiction.assurance.below import Below, Drawn, drawn, judged, read_labels, write_sample
from interdiction.assurance.held import Held
from interdiction.assurance.scores import Pair
from interdiction.assurance.subject import Subject
from interdiction.errors import InputError, TableError
from interdiction.model import Party
from interdiction.names.thresholds import Thresholds

Make = Callable[..., Subject]
PARTIES = [Party(id=f"C{at}", kind="person", names=[f"=Person {at}"], birth_dates=["1960"]) for at in range(40)]
PAIRS = [Pair(row, row % 7, 5000 + 100 * row, certain=False) for row in range(40)]


@pytest.fixture
def sample(subject: Make) -> Callable[..., tuple[Below, list[Drawn]]]:
    listings = subject().listings
    known = [listings.listing(at) for at in range(len(listings))]

    def sampled(
        size: int = 5, seed: str = "1", threshold: float = 0.7, parties: Sequence[Party] = PARTIES
    ) -> tuple[Below, list[Drawn]]:
        held = Held(Thresholds.of(threshold), known)
        found = screened_innocents(40, PAIRS, frozenset(), held)
        return drawn(found, parties.__getitem__, listings, held, size, seed)

    return sampled


def test_only_pairs_just_under_the_threshold_are_drawn(sample: Any) -> None:
    band, pairs = sample(size=100)
    assert (band.low, band.high, band.pairs, band.sample) == (0.6, 0.7, 10, 10)
    assert sorted(one.score for one in pairs) == [(60 + at) / 100 for at in range(10)]


def test_no_pair_is_drawn_that_answers_are_not_complete_for(sample: Any) -> None:
    band, _ = sample(threshold=0.55)
    assert (band.low, band.pairs) == (0.5, 5)


def test_a_seed_draws_the_same_pairs_in_the_same_order(sample: Any) -> None:
    assert sample()[1] == sample()[1]
    assert sample()[1] != sample(seed="2")[1]


def labelled(path: Path, pairs: Sequence[Drawn], labels: Sequence[str]) -> Path:
    write_sample(pairs, path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, label in zip(rows, labels, strict=True):
        row["label"] = label
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_labels_come_back_and_bound_the_misses_of_the_whole_band(sample: Any, tmp_path: Path) -> None:
    band, pairs = sample(size=10)
    path = labelled(tmp_path / "l.csv", pairs, ["same", "Unsure", "", *["different"] * 7])
    told = judged(band, pairs, read_labels(path)).labelled
    assert told is not None
    assert (told.same, told.unsure, told.unlabelled, told.different) == (1, 1, 1, 7)
    assert (told.misses_at_most, told.per_thousand) == (3, 75.0)  # all ten were looked at: the bound is the count


def test_leaving_the_hard_ones_out_never_improves_the_bound(sample: Any) -> None:
    band, pairs = sample(size=5)
    said = {one.key: "different" for one in pairs}
    whole = judged(band, pairs, said).labelled
    cut = judged(band, pairs, dict(list(said.items())[:-1])).labelled
    assert whole is not None
    assert cut is not None
    assert cut.misses_at_most > whole.misses_at_most


def test_labels_of_another_sample_are_refused(sample: Any) -> None:
    band, pairs = sample()
    others = {one.key: "same" for one in sample(size=10)[1]}
    with pytest.raises(InputError) as caught:
        judged(band, pairs, others)
    assert (caught.value.code, caught.value.exit_code) == ("unknown-pair", 3)
    assert caught.value.mend


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("pair,label\nabc,maybe\n", "label", "l.csv:2"),
        ("pair,label\nabc,same\nabc,different\n", "label", "l.csv:3"),
        ("pair,verdict\nabc,same\n", "labels", "l.csv"),
        ("pair,label\nabc,same,extra\n", "labels", "l.csv"),
    ],
)
def test_a_file_of_labels_that_cannot_be_trusted_is_refused_and_says_where(
    text: str, code: str, where: str, tmp_path: Path
) -> None:
    path = tmp_path / "l.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_labels(path)
    assert (caught.value.code, caught.value.where) == (code, where)


def test_an_empty_or_missing_file_of_labels_is_a_typed_error(tmp_path: Path) -> None:
    with pytest.raises(TableError):
        read_labels(tmp_path / "nothing.csv")
    (tmp_path / "empty.csv").write_bytes(b"")
    with pytest.raises(TableError):
        read_labels(tmp_path / "empty.csv")


def test_a_label_cannot_slip_to_a_pair_that_the_judge_saw_otherwise(sample: Any) -> None:
    _, pairs = sample()
    other = [Party(id=one.id, kind="person", names=one.names, birth_dates=["1961"]) for one in PARTIES]
    _, moved = sample(parties=other)
    assert {one.key for one in pairs} & {one.key for one in moved} == set()


def test_a_sample_is_written_to_a_workbook_as_text_and_never_as_a_formula(sample: Any, tmp_path: Path) -> None:
    _, pairs = sample()
    write_sample(pairs, tmp_path / "l.xlsx")
    assert set(read_labels(tmp_path / "l.xlsx").values()) == {""}
