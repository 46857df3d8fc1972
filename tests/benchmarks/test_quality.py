"""The sets of `make bench-quality`: halves, recipes and the page hold together."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.quality import cases, causes, linear, lists, measure, namesakes, papers
from bench.quality.__main__ import Run
from bench.quality.cases import Pair
from bench.quality.contested import CONTESTED
from bench.quality.goals import GOALS
from interdiction.model import Kind, Party
from interdiction.names.weights import Weights

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.shared
def test_every_goal_has_a_figure_in_a_quick_run(shared_data: Path, tmp_path: Path) -> None:
    assert shared_data.is_dir()
    command = [sys.executable, "-m", "bench.quality", "--quick", "--without-rival", "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert [goal.what for goal in GOALS if f"| {goal.what} | {goal.goal} |" not in page] == []
    assert "not measured" not in page
    told = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    for of in ("alias pairs", "later pairs", "name pairs"):
        both = told["ours"][of]["half A"]["n"] + told["ours"][of]["half B"]["n"]
        assert both == told["ours"][of]["all"]["n"]


@pytest.mark.shared
def test_no_more_labels_are_contested_than_one_in_twenty_and_each_stands_in_the_set(shared_data: Path) -> None:
    assert shared_data.is_dir()
    rows = {(row["name1"], row["name2"], row["is_match"]) for row in cases.rows("name_pairs")}
    assert len(CONTESTED) <= len(rows) // 20
    assert [row[:3] for row in CONTESTED if row[:3] not in rows] == []


def test_counts_give_the_known_precision_recall_and_f1() -> None:
    answers = [(True, True)] * 6 + [(True, False)] * 2 + [(False, True)] * 3 + [(False, False)]
    told = measure.told(answers)
    assert (told["n"], told["false"], told["missed"]) == (12, 2, 3)
    assert told["precision"] == pytest.approx(6 / 8)
    assert told["recall"] == pytest.approx(6 / 9)
    assert told["f1"] == pytest.approx(12 / 17)


def test_pairs_of_later_parties_are_of_one_party_or_of_two_by_the_recipe() -> None:
    old = {"x:1": Party(kind="person", names=["OLDMAN, Gary"])}
    new = {
        **old,
        "x:2": Party(kind="person", names=["KOZLOVA, Elena", "KAZLOVA, Elena", "SNOW WHITE"]),
        "x:3": Party(kind="person", names=["KOZLOVA, Elina"]),
    }
    made = lists.later_pairs(new, old, {"KOZLOVA, Elena": ["KOZLOVA, Elina"]})
    told = {(pair.ours.names[0].text, pair.theirs.names[0].text): pair.same for pair in made}
    assert told == {("KOZLOVA, Elena", "KAZLOVA, Elena"): True, ("KOZLOVA, Elena", "KOZLOVA, Elina"): False}


def test_namesakes_stand_to_the_listed_person_as_they_say() -> None:
    listed = Party(kind="person", names=["KARIMOV, Tolib"], nationalities=["uz"], birth_dates=["1970-05-14"])
    made = namesakes.made({"x:1": listed}, 100)
    assert len(made) == len(namesakes.BIRTHS) * len(namesakes.COUNTRIES)
    born = {one.birth: [str(day) for day in one.party.birth_dates] for one in made}
    assert born == {"equal": ["1970-05-14"], "absent": [], "near": ["1970-11-30"], "conflict": ["1979-05-12"]}
    assert {one.country: list(one.party.nationalities) for one in made} == {
        "equal": ["uz"],
        "absent": [],
        "conflict": ["aq"],
    }


def test_a_person_with_several_birth_dates_lends_no_name_as_a_near_day_may_be_another_of_them() -> None:
    several = Party(kind="person", names=["KARIMOV, Tolib"], nationalities=["uz"], birth_dates=["1970-05-14", "1971"])
    assert namesakes.made({"x:1": several}, 100) == []


def test_namesakes_are_in_order_only_where_every_better_fact_scores_higher() -> None:
    listed = Party(kind="person", names=["KARIMOV, Tolib"], nationalities=["uz"], birth_dates=["1970-05-14"])
    made = namesakes.made({"x:1": listed}, 100)
    falling = [1 - at / 100 for at in range(len(made))]
    assert namesakes.figures(made, falling, 0.7)["all"]["ordered by facts"] == 1
    assert namesakes.figures(made, [0.7] * len(made), 0.7)["all"]["tied"] == 1
    assert namesakes.figures(made, falling[::-1], 0.7)["all"]["reversed"] == 1


def test_forged_papers_contradict_what_is_listed_and_names_are_sorted_by_what_they_score() -> None:
    listed = {
        name: Party(
            kind="person", names=[name], birth_dates=["1970-05-14", "1974"], identifiers=["passport:A123456@uz"]
        )
        for name in ("KARIMOV, Tolib", "ALI, Mohammed")
    }
    rare, frequent = papers.false_papers(listed, Weights.load())
    assert (rare.group, frequent.group) == (papers.STRONG, papers.FREQUENT)
    for asked in (rare.party, frequent.party):
        year = asked.birth_dates[0].first.year
        assert min(abs(year - 1970), abs(year - 1974)) > 2
        assert [(one.type, one.country) for one in asked.identifiers] == [("passport", "uz")]
        assert asked.identifiers[0].value != "A123456"


def test_figures_are_cut_by_half_kind_and_script() -> None:
    party = Party(kind=Kind.PERSON, names=["Иван Грозный"])
    figures = measure.pair_figures([Pair(party, party, same=True, half="A", group="g")], [0.9])
    assert set(figures) == {"all", "half A", "kind person", "script Cyrillic", "group g"}
    assert figures["all"]["recall"] == 1


def test_models_are_told_at_the_same_number_of_alerts_of_the_half_they_have_not_seen() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is in the optional group bench")
    half = linear.Half(people=1000)
    for at in range(100):
        half.effects.append([at / 100])
        half.same.append(at >= 50)
        half.of.append("alias pairs")
        half.person.append(-1)
    for person in range(10):
        half.effects.append([0.4 + person / 100])
        half.same.append(False)
        half.of.append("innocents")
        half.person.append(person)
    told = linear._told(lambda rows: [row[0] for row in rows], {"A": half, "B": half})
    # Two of a thousand people may alert: the third best of them, at 0.47, is the line, and two of other pairs pass it.
    assert told["innocents"] == linear.BUDGET
    assert told["alias pairs"] == pytest.approx(2 * 50 / (2 * 50 + 2))
    assert told["auc"] == 1


def person(name: str) -> Party:
    return Party(kind="person", names=[name])


LISTED = person("KIM, Yong Chol")


def test_what_wrong_answers_are_made_of_is_counted_with_an_example_and_never_of_half_b() -> None:
    missed = [
        causes.Wrong(Party(kind="person", names=[name]), LISTED, same=True) for name in ("KIM Yong Su", "KIM Yong Ho")
    ]
    false = causes.Wrong(Party(kind="person", names=["Kim Yong Chol"]), LISTED, same=False)
    first, other = causes.told([*missed, false], Weights.load())
    assert first == "2 × parts of the two names contradict each other (KIM Yong Su / KIM, Yong Chol)"
    assert other.startswith("1 × every word agrees (Kim Yong Chol")


def test_the_errors_that_are_read_are_of_half_a_alone() -> None:
    same = {half: Pair(Party(names=["Emily Hartwell"]), LISTED, same=True, half=half) for half in "AB"}
    run = Run(Weights.load(), None, quick=False)
    run.pairs("some", [same["A"], same["B"], same["B"]])
    assert [(one.ours, one.same) for one in run.wrong["some"]] == [(same["A"].ours, True)]
