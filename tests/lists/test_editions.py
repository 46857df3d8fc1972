from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from interdiction.lists.editions import MOST_PROBLEMS, EditionPlan, plan
from interdiction.model import Address, EditionPart, EditionState, Grade, Listing, NameQuality

from .factories import (
    BAD_ROW,
    DAY,
    OTHER,
    PUBLISHED,
    SOURCE,
    by_uid,
    edition,
    listing,
    parts,
    reading,
    unread,
)

LATER = DAY.replace(day=3)
BEFORE = edition()
TEN = [listing(str(n)) for n in range(1, 11)]


def planned(previous: Mapping[str, Listing], *listings: Listing, before: Any = BEFORE, **more: Any) -> EditionPlan:
    own: tuple[EditionPart, ...] = more.pop("own", parts("sdn"))
    accept = more.pop("accept_problems", False)
    given = reading(*listings, parts=tuple(part.role for part in own), **more)
    first = before if previous else None
    return plan(previous, first, given, SOURCE, LATER, parts=own, others=(SOURCE, OTHER), accept_problems=accept)


def state(previous: Mapping[str, Listing], done: EditionPlan) -> dict[str, Listing]:
    return {uid: one for uid, one in {**previous, **done.changes}.items() if one is not None}


def test_a_clean_edition_adds_amends_and_removes() -> None:
    amended = listing("2", programmes=("NPWMD", "DPRK2"))
    done = planned(by_uid(*TEN), amended, *TEN[2:], listing("17614"))
    assert (done.state, done.added, done.amended, done.removed) == (
        EditionState.ACCEPTED, ("17614",), ("2",), ("1",),
    )  # fmt: skip
    assert dict(done.changes) == {"2": amended, "17614": listing("17614"), "1": None}
    assert done.listings == 10


def test_a_damaged_row_beside_553_additions_leaves_all_553_in_force() -> None:
    new = [listing(str(n)) for n in range(1000, 1553)]
    done = planned(by_uid(*TEN), *TEN[1:], *new, unread("line-3", "garbage,,"), problems=(BAD_ROW,))
    after = state(by_uid(*TEN), done)
    assert done.state is EditionState.OVERLAY
    assert {one.uid for one in new} <= after.keys()
    assert after["line-3"].unread


def test_removals_of_a_defective_edition_wait() -> None:
    done = planned(by_uid(*TEN), *TEN[1:], problems=(BAD_ROW,))
    assert (done.removed, done.waiting) == ((), ("1",))
    assert state(by_uid(*TEN), done).keys() == by_uid(*TEN).keys()


def test_a_clean_edition_after_an_overlay_lets_its_removals_go() -> None:
    overlay = planned(by_uid(*TEN), *TEN[1:], unread("line-3", "garbage"), problems=(BAD_ROW,))
    after = state(by_uid(*TEN), overlay)
    clean = planned(after, *TEN[1:])
    assert clean.state is EditionState.ACCEPTED
    assert set(clean.removed) == {"1", "line-3"}


def test_the_publishers_own_defects_make_no_overlay() -> None:
    done = planned(by_uid(*TEN), *TEN[1:], problems=(PUBLISHED,))
    assert (done.state, done.removed, done.problems) == (EditionState.ACCEPTED, ("1",), (PUBLISHED,))


def test_a_first_edition_with_a_bad_row_is_an_overlay_too() -> None:
    done = planned({}, *TEN, unread("11", "11,BAD"), problems=(BAD_ROW,))
    assert done.state is EditionState.OVERLAY
    assert len(done.added) == 11


def test_a_defective_edition_takes_no_name_or_programme_from_a_listing() -> None:
    before = by_uid(listing("1", "OLD", aliases=("ALSO",), programmes=("NPWMD", "DPRK")), *TEN[1:])
    done = planned(before, listing("1", "NEW", programmes=("DPRK2",)), *TEN[1:], problems=(BAD_ROW,))
    merged = state(before, done)["1"]
    assert {name.text for name in merged.party.names} == {"OLD", "NEW", "ALSO"}
    assert set(merged.programmes) == {"NPWMD", "DPRK", "DPRK2"}
    assert done.amended == ("1",)


def test_the_raw_text_of_a_bad_row_stands_beside_the_party_it_damaged() -> None:
    done = planned(by_uid(*TEN), unread("1", '1,"PARTY'), *TEN[1:], problems=(BAD_ROW,))
    after = state(by_uid(*TEN), done)
    assert after["1"] == TEN[0]
    assert after["1-unread"].unread
    assert done.waiting == ()


def test_even_an_accepted_edition_keeps_the_party_of_an_unreadable_row() -> None:
    done = planned(by_uid(*TEN), unread("1", '1,"PARTY'), *TEN[1:], problems=(BAD_ROW,), accept_problems=True)
    assert done.state is EditionState.ACCEPTED
    assert state(by_uid(*TEN), done)["1"] == TEN[0]


def test_a_row_that_can_be_read_again_replaces_its_raw_text() -> None:
    before = by_uid(unread("1", "raw"), *TEN[1:])
    assert state(before, planned(before, *TEN))["1"] == TEN[0]


def test_accepting_problems_applies_the_removals() -> None:
    done = planned(by_uid(*TEN), *TEN[1:], problems=(BAD_ROW,), accept_problems=True)
    assert (done.state, done.removed, done.problems) == (EditionState.ACCEPTED, ("1",), (BAD_ROW,))


def test_a_file_cut_at_a_rows_end_removes_nobody() -> None:
    hundred = [listing(str(n)) for n in range(1, 101)]
    done = planned(by_uid(*hundred), *hundred[:80])
    assert done.state is EditionState.OVERLAY
    assert [problem.code for problem in done.problems] == ["shrunk"]
    assert len(done.waiting) == 20
    assert done.listings == 100


def test_the_same_list_again_changes_nothing() -> None:
    done = planned(by_uid(*TEN), *reversed(TEN))
    assert (dict(done.changes), done.state, done.listings) == ({}, EditionState.ACCEPTED, 10)


def test_a_main_file_alone_carries_aliases_and_addresses_on() -> None:
    whole = edition(roles=parts("sdn", "alt", "add"))
    before = by_uid(listing("1", aliases=("ALSO",), addresses=[Address("1 Road")]), *TEN[1:])
    done = planned(before, *TEN, before=whole)
    assert dict(done.changes) == {}
    assert [(part.role, part.carried) for part in done.parts] == [("sdn", False), ("alt", True), ("add", True)]
    assert {problem.code for problem in done.problems} == {"part-carried"}


def test_a_main_file_alone_still_amends_what_it_holds() -> None:
    whole = edition(roles=parts("sdn", "alt"))
    before = by_uid(listing("1", aliases=("ALSO",)), *TEN[1:])
    done = planned(before, listing("1", programmes=("DPRK2",)), *TEN[1:], before=whole)
    (amended,) = done.changes.values()
    assert amended is not None
    assert amended.programmes == ("DPRK2",)
    assert [name.text for name in amended.party.names if name.quality is NameQuality.STRONG] == ["ALSO"]


def test_a_main_file_after_an_xml_edition_carries_its_aliases_on() -> None:
    before = by_uid(listing("1", aliases=("ALSO",)), *TEN[1:])
    done = planned(before, *TEN, before=edition(roles=parts("xml")))
    assert dict(done.changes) == {}
    assert {part.role for part in done.parts if part.carried} == {"alt", "add", "comments"}


def test_aliases_that_a_first_whole_set_brings_are_in_force_but_no_amendment() -> None:
    whole = [listing(one.uid, aliases=(f"ALSO {one.uid}",)) for one in TEN]
    done = planned(by_uid(*TEN), *whole, own=parts("sdn", "alt"))
    assert done.amended == ()
    assert len(done.changes) == 10


def test_two_rows_with_one_id_lose_neither_name() -> None:
    done = planned({}, *TEN, listing("1", "SECOND"))
    after = state({}, done)
    assert {name.text for name in after["1"].party.names} == {"PARTY 1", "SECOND"}
    assert done.state is EditionState.OVERLAY


def test_a_bad_row_with_the_id_of_a_good_one_gets_its_own_place() -> None:
    done = planned({}, *TEN, unread("1", "raw a"), unread("1", "raw b"), problems=(BAD_ROW,))
    assert {"1", "1-unread", "1-unread+"} <= state({}, done).keys()
    assert not state({}, done)["1"].unread


uids = st.sets(st.integers(1, 30).map(str), min_size=1)
tags = st.sets(st.sampled_from(["NPWMD", "DPRK2", "CUBA"]), min_size=1).map(lambda found: tuple(sorted(found)))


@given(
    st.dictionaries(st.integers(1, 20).map(str), tags, min_size=1), st.dictionaries(st.integers(1, 20).map(str), tags)
)
def test_a_defective_edition_never_takes_anything_out_of_force(
    old: dict[str, tuple[str, ...]], new: dict[str, tuple[str, ...]]
) -> None:
    before = by_uid(*(listing(uid, f"OLD {uid}", programmes=found) for uid, found in old.items()))
    kept = [uid for uid in old if uid not in new]
    rows = [listing(uid, f"NEW {uid}", programmes=found) for uid, found in new.items()]
    # Enough of the old ids stay for the edition to be this list.
    rows += [before[uid] for uid in kept[len(kept) // 4 :]]
    done = planned(before, *rows, problems=(BAD_ROW,))
    after = state(before, done)
    for uid, one in before.items():
        assert {name.text for name in one.party.names} <= {name.text for name in after[uid].party.names}
        assert set(one.programmes) <= set(after[uid].programmes)
    for row in rows:
        assert {name.text for name in row.party.names} <= {name.text for name in after[row.uid].party.names}


def test_an_alias_file_cut_at_a_rows_end_takes_no_alias_out_of_force() -> None:
    hundred = [listing(str(n), aliases=(f"ALSO {n}",)) for n in range(1, 101)]
    whole = edition(roles=parts("sdn", "alt"))
    cut = [*hundred[:90], *(listing(str(n)) for n in range(91, 101))]
    done = planned(by_uid(*hundred), *cut, before=whole, own=parts("sdn", "alt"))
    assert done.state is EditionState.OVERLAY
    assert dict(done.changes) == {}


def test_of_thousands_of_problems_the_gravest_are_kept() -> None:
    rows = [replace(BAD_ROW, line=n) for n in range(3000)]
    grave = replace(BAD_ROW, grade=Grade.FILE, code="cut")
    done = planned(by_uid(*TEN), *TEN, problems=(*rows, grave))
    assert len(done.problems) == MOST_PROBLEMS + 1
    assert done.problems[0] == grave
    assert done.problems[-1].code == "more-problems"
