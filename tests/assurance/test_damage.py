"""What each way of damage does to a name, and what it leaves alone."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction.assurance.chance import Chance
from interdiction.assurance.damage import facts, legal, letters, signs, words
from interdiction.assurance.damage.classes import CLASSES, WEAK
from interdiction.assurance.trials import draw
from interdiction.model import Listing, Name, NameQuality, PartialDate, Party
from tests.assurance.conftest import people

LISTINGS = [Listing(list="un", uid=str(at), party=party) for at, party in enumerate(people())]


@pytest.mark.parametrize(
    "slip", [letters.left_out, letters.added, letters.exchanged, letters.doubled, letters.keyboard]
)
def test_a_slip_changes_a_word_by_one_letter(slip: Any) -> None:
    chance = Chance("slips")
    for _ in range(200):
        changed = slip("mohammed", chance)
        assert changed != "mohammed"
        assert abs(len(changed) - 8) <= 1


def test_a_wrong_key_is_next_to_the_right_one() -> None:
    assert letters.NEIGHBOURS["s"] == "adewxz"
    assert letters.NEIGHBOURS["p"] == "lo"
    assert letters.swapped_letters("aaaa", Chance("x")) is None


def test_numbers_are_never_touched_by_a_slip() -> None:
    chance = Chance("numbers")
    for _ in range(50):
        assert "2020" in (words.one_typo(["sparta", "2020"], chance) or [])


@given(st.lists(st.from_regex(r"[a-z0-9]{1,12}", fullmatch=True), min_size=1, max_size=7), st.integers())
def test_no_way_of_damaging_words_fails_on_any_name(name: list[str], seed: int) -> None:
    ways: list[Any] = [*WAYS, words.cut_at(20), legal.left_out, legal.otherwise, legal.added]
    for way in ways:
        done = way(list(name), Chance(seed))
        assert done is None or any(done)
        assert done == way(list(name), Chance(seed))


WAYS = (
    words.exact,
    words.swapped,
    words.moved,
    words.reverse,
    words.one_typo,
    words.typo_each,
    words.two_typos,
    words.dropped,
    words.dropped_late,
    words.initial,
    words.joined,
    words.run_together,
    words.hyphened,
    words.split,
    words.last_cut,
    words.respelt,
    words.combination,
)


@given(st.text(max_size=40), st.sampled_from(["strong", "weak"]), st.sampled_from(["person", "organisation", None]))
def test_no_class_fails_on_any_published_name(text: str, quality: str, kind: str | None) -> None:
    name = Name(text, NameQuality(quality))
    party = Party(kind=kind, names=[name], birth_dates=["1964-02-29"])
    listing = Listing(list="un", uid="1", party=party)
    for one in CLASSES:
        made = one.make(listing, name, Chance(text))
        assert made is None or made.names


def test_the_order_is_kept_around_a_fathers_name() -> None:
    assert words.moved(["salman", "bin", "muhammad"], Chance("x")) is None
    assert words.moved(["kim", "yong", "chol"], Chance("x")) == ["chol", "yong", "kim"]


def test_look_alike_letters_look_alike_and_are_others() -> None:
    done = signs.look_alike("KOREA MINING", Chance("x"))
    assert done is not None
    assert not done.isascii()
    assert len(done) == len("KOREA MINING")


def test_invisible_signs_leave_the_letters_alone() -> None:
    done = signs.invisible("KOREA", Chance("x"))
    assert done is not None
    assert done != "KOREA"
    assert "".join(sign for sign in done if sign.isalpha()) == "KOREA"


def test_a_name_is_written_in_cyrillic_by_its_sound() -> None:
    assert signs.cyrillic(["khrushchev"]) == "ХРУЩЕВ"
    assert signs.cyrillic(["unit", "586"]) is None


@pytest.mark.parametrize(
    ("way", "name", "becomes"),
    [
        (legal.left_out, "alfa trading co ltd", {"alfa trading"}),
        (legal.left_out, "alfa ltd", {"None"}),
        (legal.otherwise, "alfa co ltd", {"alfa company limited"}),
        (legal.otherwise, "ltd", {"None"}),
        (legal.added, "alfa ltd", {"None"}),
        (
            legal.added,
            "alfa trading",
            {f"alfa trading {form}" for form in ("ltd", "llc", "inc", "co ltd", "gmbh", "sa")},
        ),
    ],
)
def test_legal_forms_are_left_out_exchanged_and_added(way: Any, name: str, becomes: set[str]) -> None:
    done = way(name.split(), Chance("x"))
    assert ("None" if done is None else " ".join(done)) in becomes


@given(st.dates(date(1930, 1, 1), date(2005, 12, 31)), st.integers())
def test_a_slip_of_a_date_is_another_real_date_of_its_sort(day: date, seed: int) -> None:
    chance = Chance(seed)
    exchanged = facts.day_and_month_exchanged(day, chance)
    if exchanged is not None:
        assert (date.fromisoformat(exchanged).day, date.fromisoformat(exchanged).month) == (day.month, day.day)
    digit = facts.one_digit(day, chance)
    assert digit is not None
    assert sum(a != b for a, b in zip(digit, day.isoformat(), strict=True)) == 1
    assert abs(date.fromisoformat(facts.another(day, chance)).year - day.year) >= 10
    near = date.fromisoformat(facts.days_near(day, chance))
    assert 365 < abs((near - day).days) < 730
    assert facts.year_only(day, chance) == str(day.year)


def test_a_wrong_date_is_none_that_the_listing_states() -> None:
    party = Party(kind="person", names=["X Y"], birth_dates=["1962-02-08", "1962-08-02"])
    listing = Listing(list="un", uid="1", party=party)
    exchanged = next(one for one in CLASSES if one.key == "day and month exchanged")
    assert exchanged.make(listing, party.names[0], Chance("x")) is None


def test_every_class_is_drawn_from_lists_that_can_suffer_it_and_never_as_listed() -> None:
    trials = draw(LISTINGS, 5, "1")
    assert {one.key for one in CLASSES} == {trial.damage for trial in trials}
    unchanged = {trial.damage for trial in trials if [name.text for name in trial.party.names] == [trial.name]}
    as_listed = {"exact", "weak alias", "original script", "original script, not listed"}
    assert unchanged == as_listed | {one.key for one in CLASSES if one.family == "birth date"} - {"typo and one digit"}


def test_no_party_is_drawn_twice_in_a_class_and_weak_aliases_only_in_theirs() -> None:
    trials = draw(LISTINGS, 50, "1")
    assert len({(trial.damage, trial.at) for trial in trials}) == len(trials)
    weak = {name.text for one in LISTINGS for name in one.party.names if name.quality is NameQuality.WEAK}
    assert {trial.damage for trial in trials if trial.name in weak} == {one.key for one in CLASSES if one.names == WEAK}


def test_a_class_draws_the_same_whatever_other_classes_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [trial for trial in draw(LISTINGS, 5, "1") if trial.damage == "respelt"]
    monkeypatch.setattr("interdiction.assurance.trials.CLASSES", [one for one in CLASSES if one.key == "respelt"])
    assert draw(LISTINGS, 5, "1") == before


def test_the_standard_generator_draws_as_well_for_who_brings_one() -> None:
    assert words.one_typo(["korea"], random.Random(1)) == words.one_typo(["korea"], random.Random(1))


def test_dates_that_are_not_known_to_the_day_are_not_slipped() -> None:
    party = Party(kind="person", names=["X Y"], birth_dates=["~1962-02-08", "1950"])
    listing = Listing(list="un", uid="1", party=party)
    born = [one for one in CLASSES if one.family == "birth date"]
    assert {one.make(listing, party.names[0], Chance("x")) for one in born} == {None}
    assert PartialDate.parse("~1962-02-08").circa
