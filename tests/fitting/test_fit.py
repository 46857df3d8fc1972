"""Decisions with a planted rule are learnt, what is law is not touched, and the report is of decisions unseen."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pytest

from interdiction.errors import TableError
from interdiction.fitting.decisions import read_decisions
from interdiction.fitting.features import BASE, NUMBERS, features, numbers
from interdiction.fitting.fit import FARTHEST, fitted
from interdiction.fitting.weights_file import rewritten
from interdiction.model import Party
from interdiction.names.compare import compare_many
from interdiction.names.weights import DATA, Weights

HEADER = [
    *("name", "kind", "gender", "nationality"),
    *("listed_name", "listed_kind", "listed_gender", "listed_nationality", "match"),
]
GIVEN = ["Yong Chol", "Kwang Ho", "Song Il", "Chol Su", "Ivan", "Sergei", "Hassan", "Omar", "Maria", "Elena"]
FAMILIES = ["KIM", "RI", "PAK", "IVANOV", "PETROV", "HASSAN", "GARCIA", "TORRES"]


def table(path: Path, rows: int = 300) -> Path:
    """Decisions of an institution whose customers' genders are right: another gender is never them."""
    chance = random.Random(7)
    text = io.StringIO()
    write = csv.writer(text)
    write.writerow(HEADER)
    for _ in range(rows):
        given, family = chance.choice(GIVEN), chance.choice(FAMILIES)
        match = chance.random() < 0.5
        # A middle name more makes the name a loose one, about as often for matches as for others.
        ours = f"{given} Extra {family}" if chance.random() < 0.5 else f"{given} {family}"
        genders = ("male", "male") if match else ("male", "female")
        write.writerow([ours, "person", genders[0], "kp", f"{family}, {given}", "person", genders[1], "kp", match])
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def nobody(key: str) -> Party | None:
    return None


def test_a_planted_rule_is_learnt_and_told(tmp_path: Path) -> None:
    found = read_decisions(table(tmp_path / "d.csv"), nobody)
    report, new = fitted(found, Weights.load(), 0.7)
    old = Weights.load().judge["fact"]
    assert new["fact.gender_conflict"] > old["gender_conflict"]
    assert new["fact.gender_equal"] >= old["gender_equal"]
    assert report.loss_after < report.loss_before
    assert report.true_after >= report.true_before
    assert report.false_after <= report.false_before
    assert {change.number for change in report.changes} >= {"fact.gender_conflict"}
    assert all(old.match is False for old in report.lost)


def test_the_same_decisions_give_the_same_numbers(tmp_path: Path) -> None:
    found = read_decisions(table(tmp_path / "d.csv"), nobody)
    assert fitted(found, Weights.load(), 0.7) == fitted(found, Weights.load(), 0.7)


def test_no_number_goes_far_or_turns_round(tmp_path: Path) -> None:
    found = read_decisions(table(tmp_path / "d.csv"), nobody)
    report, _ = fitted(found, Weights.load(), 0.7)
    for change in report.changes:
        assert change.before / FARTHEST - 1e-4 <= change.after <= change.before * FARTHEST + 1e-4


def test_the_features_of_a_pair_add_up_to_its_score() -> None:
    ours = Party(kind="person", names=["Kim Yong Chol Park"], birth_dates=["1962"], nationalities=["us"])
    theirs = Party(kind="person", names=["KIM, Yong Chol"], birth_dates=["1962-02-18"], nationalities=["kp"])
    (row,) = compare_many([ours], [theirs])
    found = features(row)
    assert sum(found.values()) == pytest.approx(row.score, abs=1e-3)
    assert {"birth_date compatible", "nationality conflict", BASE} <= set(found)


def test_every_number_that_may_be_fitted_stands_in_the_weights_file() -> None:
    places = {place for several in NUMBERS.values() for place in several}
    assert set(numbers(Weights.load().judge, NUMBERS)) == places


def test_a_rewritten_file_has_the_new_numbers_keeps_every_line_and_says_what_was(tmp_path: Path) -> None:
    text = (DATA / "weights.yml").read_text(encoding="utf-8")
    path = tmp_path / "own.yml"
    path.write_text(rewritten(text, {"fact.gender_conflict": 0.2, "fact.birth_equal": 0.65}, "x"), encoding="utf-8")
    own = Weights.load(path)
    assert (own.version, own.judge["fact"]["gender_conflict"]) == ("x", 0.2)
    assert own == Weights.load().changed({"fact.gender_conflict": 0.2}, "x")
    now = path.read_text(encoding="utf-8").splitlines()
    changed = [(old, new) for old, new in zip(text.splitlines(), now, strict=True) if old != new]
    assert len(changed) == 2  # the version and the number
    assert "fitted, was" in changed[1][1]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("name,listed_name\nA,B\n", "no-decision-column"),
        ("name,listed_name,match\nKim,Kim,yes\nKim,Kim,no\n", "too-few-decisions"),
        ("name,match\nKim,yes\n", "no-name-column"),
        ("", "empty"),
    ],
)
def test_a_table_that_decides_nothing_is_refused(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "d.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TableError) as caught:
        read_decisions(path, nobody)
    assert caught.value.code == code


def test_a_row_that_decides_nothing_or_names_nobody_is_left_out_with_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    good = "".join(f"Kim Yong Chol,l:1,{'yes' if at % 2 else 'no'}\n" for at in range(60))
    path.write_text(f"name,listing,match\nKim,l:1,perhaps\nKim,l:2,yes\n{good}", encoding="utf-8")
    found = read_decisions(path, {"l:1": Party(names=["KIM, Yong Chol"])}.get)
    assert [(one.line, one.code) for one in found.problems] == [(2, "undecided"), (3, "unknown-listing")]
    assert (len(found.rows), sum(found.matches)) == (60, 30)
