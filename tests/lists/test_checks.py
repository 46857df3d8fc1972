from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from interdiction.errors import RefusedEditionError
from interdiction.lists.checks import NO_END_MARK, Step, doubts, refuse_older, refuse_strange
from interdiction.lists.readers.reading import Reading
from interdiction.model import Expected, Grade, Listing, ListSource, Problem

from .factories import DAY, OTHER, SOURCE, by_uid, edition, listing, reading, unread

HUNDRED = [listing(str(n)) for n in range(100)]


def refused(previous: Mapping[str, Listing], given: Reading, source: ListSource = SOURCE) -> str:
    with pytest.raises(RefusedEditionError) as caught:
        refuse_strange(previous, given, source, (SOURCE, OTHER))
    assert caught.value.mend
    assert caught.value.exit_code == 4
    return caught.value.code


def test_an_edition_without_a_party_is_refused() -> None:
    assert refused({}, reading()) == "empty"


def test_an_edition_of_mostly_unreadable_rows_is_refused_even_as_the_first() -> None:
    assert refused({}, reading(listing("1"), unread("2", "x"), unread("3", "y"))) == "not-this-list"


def test_an_edition_with_under_half_of_the_ids_is_refused() -> None:
    assert refused(by_uid(*HUNDRED), reading(*HUNDRED[:49])) == "not-this-list"


def test_an_edition_with_half_of_the_ids_is_still_this_list() -> None:
    refuse_strange(by_uid(*HUNDRED), reading(*HUNDRED[:50]), SOURCE, (SOURCE, OTHER))


def test_the_ids_of_unreadable_rows_speak_for_the_list() -> None:
    given = reading(*HUNDRED[:30], *(unread(str(n), "?") for n in range(30, 55)))
    refuse_strange(by_uid(*HUNDRED), given, SOURCE, (SOURCE, OTHER))


def test_another_list_is_known_by_its_tags_when_it_comes_first() -> None:
    chinese = [listing(str(n), programmes=("CMIC-EO13959",)) for n in range(5)]
    assert (
        refused({}, reading(*chinese, *(listing(str(n), programmes=("SDGT",)) for n in range(9, 20)))) == "other-list"
    )


def test_one_foreign_tag_among_many_of_our_own_refuses_nothing() -> None:
    refuse_strange({}, reading(*HUNDRED, listing("900", programmes=("CMIC-EO13959",))), SOURCE, (SOURCE, OTHER))


def test_another_publishers_list_is_known_by_its_format() -> None:
    assert refused({}, reading(listing("1"), list_hint="un")) == "other-list"


def test_a_set_without_its_main_file_is_refused() -> None:
    assert refused({}, reading(listing("1"), parts=("alt",))) == "no-main-part"


def test_an_older_edition_is_refused_but_can_be_filed_as_history() -> None:
    with pytest.raises(RefusedEditionError) as caught:
        refuse_older(edition(DAY), DAY.replace(day=1), history=False)
    assert caught.value.code == "older-edition"
    refuse_older(edition(DAY), DAY.replace(day=1), history=True)
    refuse_older(edition(DAY), DAY, history=False)
    refuse_older(None, DAY, history=False)


def codes(
    *, before: int = 10_000, removed: int = 0, added: int = 0, days: int = 1, stated: int | None = None, **more: Any
) -> dict[str, Grade]:
    gone = [str(n) for n in range(removed)]
    given = reading(listing("1"), stated_count=stated, problems=more.pop("problems", ()))
    last = more.pop("last_uid", "99999")
    step = Step(before=before, days=days, added=added, removed=more.pop("gone", gone), last_uid=last, **more)
    return {one.code: one.grade for one in doubts(SOURCE, given, step, DAY)}


def test_the_largest_steps_that_were_ever_seen_raise_no_doubt() -> None:
    assert codes(before=9158, removed=150) == {}
    assert codes(before=14_420, added=553) == {}
    assert codes(before=5876, removed=1424, added=2927, days=1448) == {}
    assert codes(before=7379, removed=1027, added=7469, days=1834) == {}


def test_a_list_that_shrinks_more_than_lists_do_is_in_doubt() -> None:
    assert codes(removed=300) == {"shrunk": Grade.FILE}


def test_a_short_list_may_lose_two_parties() -> None:
    assert codes(before=13, removed=2) == {}
    assert codes(before=13, removed=3) == {"shrunk": Grade.FILE}


def test_a_list_that_grows_is_only_remarked_on() -> None:
    assert codes(added=3000) == {"growth": Grade.PUBLISHED}


def test_a_first_edition_neither_grows_nor_shrinks() -> None:
    assert codes(before=0, added=15_000) == {}


def test_a_count_that_disagrees_with_the_publishers_is_in_doubt() -> None:
    assert codes(stated=2) == {"count": Grade.FILE}
    assert codes(stated=1) == {}


UNMARKED = (Problem(code=NO_END_MARK, message="rewritten", grade=Grade.PUBLISHED),)


def test_aliases_or_identifiers_that_go_in_bulk_are_in_doubt() -> None:
    assert codes(names=(17_000, 400), identifiers=(9000, 400)) == {
        "names-shrunk": Grade.FILE,
        "identifiers-shrunk": Grade.FILE,
    }
    assert codes(names=(17_000, 100), identifiers=(9000, 100)) == {}


def test_a_file_without_end_mark_whose_last_parties_are_gone_is_in_doubt() -> None:
    assert codes(gone=["71"], last_uid="70", problems=UNMARKED) == {"tail-gone": Grade.FILE}
    assert codes(gone=["71"], last_uid="70") == {}
    assert codes(gone=["71"], last_uid="72", problems=UNMARKED) == {}
    assert codes(gone=[], last_uid="70", problems=UNMARKED) == {}


EXPECTED = Expected(since=date(2015, 1, 1), listings=(3, 5), fill={"programmes": 0.9, "birth_dates": 0.5})


def unexpected(*given: Listing, on: date = DAY) -> dict[str, str]:
    step = Step(before=0, days=0, added=len(given), removed=[], last_uid="")
    found = doubts(replace(SOURCE, expected=EXPECTED), reading(*given), step, on)
    assert all(one.grade is Grade.FILE for one in found)
    return {one.code: one.node for one in found}


def test_an_edition_far_from_what_its_list_holds_is_in_doubt() -> None:
    born = [listing(str(n), birth_dates=["1962-02-18"]) for n in range(6)]
    assert unexpected(*born[:3]) == {}
    assert unexpected(*born[:2]) == {"unexpected-count": ""}
    assert unexpected(*born) == {"unexpected-count": ""}


def test_an_edition_whose_fields_are_empty_is_in_doubt() -> None:
    bare = [listing(str(n)) for n in range(3)]
    assert unexpected(*bare) == {"badly-filled": "birth_dates"}
    untagged = [listing(str(n), programmes=(), birth_dates=["1962"]) for n in range(3)]
    assert unexpected(*untagged) == {"badly-filled": "programmes"}


def test_editions_from_before_the_figures_are_not_held_against_them() -> None:
    assert unexpected(listing("1"), on=date(2014, 12, 31)) == {}


def test_another_list_of_the_same_publisher_is_told_by_its_format() -> None:
    uk = replace(SOURCE, key="uk", formats=("uk-xml", "uk-csv"))
    with pytest.raises(RefusedEditionError, match="uk-hmt") as caught:
        refuse_strange({}, reading(listing("1"), format="uk-hmt-csv", list_hint="uk-hmt"), uk, ())
    assert caught.value.code == "other-list"
    refuse_strange({}, reading(listing("1"), format="uk-csv", list_hint="uk"), uk, ())
