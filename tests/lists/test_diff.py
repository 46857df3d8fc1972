from __future__ import annotations

import pytest

from interdiction.lists.diff import diff, field_changes, incomparable, not_comparable, roles, uid_order
from interdiction.model import Address, Identifier, Listing, Name, NameQuality, Party, Vessel

from .factories import DAY, SOURCE, by_uid, edition, listing, parts

KOMID = listing("9345", "KOREA MINING DEVELOPMENT TRADING CORPORATION")


def test_a_new_uid_is_added_and_a_missing_one_removed() -> None:
    found = diff(by_uid(listing("1"), listing("2")), by_uid(listing("2"), listing("17614")))
    assert [change.listing for change in found.added] == ["ofac-sdn:17614"]
    assert [change.listing for change in found.removed] == ["ofac-sdn:1"]
    assert found.amended == ()


def test_a_programme_more_is_one_amended_field_with_both_sides() -> None:
    later = listing("9345", KOMID.party.primary_name, programmes=("NPWMD", "DPRK2"))
    (change,) = diff(by_uid(KOMID), by_uid(later)).amended
    (field,) = change.fields
    assert change.name == "KOREA MINING DEVELOPMENT TRADING CORPORATION"
    assert (field.path, list(field.before), list(field.after)) == ("programmes", ["NPWMD"], ["NPWMD", "DPRK2"])


def test_the_order_of_aliases_and_programmes_means_nothing() -> None:
    first = listing("1", aliases=("A", "B"), programmes=("X", "Y"))
    second = listing("1", aliases=("B", "A"), programmes=("Y", "X"))
    assert first != second
    assert field_changes(first, second) == ()


@pytest.mark.parametrize(
    ("before", "after", "path"),
    [
        (listing("1", remarks="DOB 1962."), listing("1", remarks="DOB 1963."), "remarks"),
        (listing("1", birth_dates=["1962"]), listing("1", birth_dates=["1962", "1963"]), "party.birth_dates"),
        (listing("1", gender="male"), listing("1"), "party.gender"),
        (listing("1", identifiers=["passport:1@kp"]), listing("1"), "party.identifiers"),
        (listing("1", addresses=[Address("1 Road")]), listing("1", addresses=[Address("2 Road")]), "party.addresses"),
        (listing("1", vessel=Vessel(flag="kp")), listing("1", vessel=Vessel(flag="pa")), "party.vessel"),
        (listing("1", "OLD"), listing("1", "NEW"), "party.names"),
        (listing("1", kind="person"), listing("1", kind="organisation"), "party.kind"),
    ],
)
def test_every_field_that_differs_is_named(before: Listing, after: Listing, path: str) -> None:
    assert [field.path for field in field_changes(before, after)] == [path]


def test_changes_come_in_the_order_of_the_numbers() -> None:
    found = diff({}, by_uid(*(listing(uid) for uid in ("17614", "9345", "line-7", "36"))))
    assert [change.listing.split(":")[1] for change in found.added] == ["36", "9345", "17614", "line-7"]


def test_uid_order_takes_any_text() -> None:
    assert sorted(["²", "9" * 5000, "", "10", "9"], key=uid_order)[:2] == ["9", "10"]


def test_aliases_of_a_part_that_is_absent_are_not_removed() -> None:
    before, after = listing("1", aliases=("ALSO",)), listing("1")
    assert field_changes(before, after, frozenset({"alt"})) == ()
    assert field_changes(before, after)


def test_a_primary_name_is_compared_even_without_the_alias_part() -> None:
    (field,) = field_changes(listing("1", "OLD"), listing("1", "NEW"), frozenset({"alt"}))
    assert field.path == "party.names"


def test_addresses_of_a_part_that_is_absent_are_not_removed() -> None:
    before = listing("1", addresses=[Address("1 Road", country="kp")])
    assert field_changes(before, listing("1"), frozenset({"add"})) == ()


def test_a_long_remark_is_not_compared_without_the_comments_part() -> None:
    before = listing("1", remarks="x" * 1200, identifiers=[Identifier("passport", "1")])
    after = listing("1", remarks="x" * 1000)
    assert field_changes(before, after, frozenset({"comments"})) == ()


def test_a_short_remark_is_compared_even_without_the_comments_part() -> None:
    (field,) = field_changes(listing("1", remarks="DOB 1962."), listing("1"), frozenset({"comments"}))
    assert field.path == "remarks"


def test_parts_that_only_one_edition_has_cannot_be_compared() -> None:
    whole, main = parts("sdn", "alt", "add", "comments"), parts("sdn")
    assert incomparable(main, whole, SOURCE) == {"alt": True, "add": True, "comments": True}
    assert incomparable(whole, main, SOURCE) == {"alt": False, "add": False, "comments": False}
    assert incomparable(main, main, SOURCE) == {}


def test_a_carried_part_says_nothing_new_but_can_be_compared_with_the_next_real_one() -> None:
    carried = parts("sdn", carried=("alt",))
    assert incomparable(parts("sdn", "alt"), carried, SOURCE) == {"alt": False}
    assert incomparable(carried, parts("sdn", "alt"), SOURCE) == {}


def test_an_xml_edition_lacks_no_part() -> None:
    assert roles(parts("xml"), SOURCE) == dict.fromkeys(SOURCE.parts, False)
    assert incomparable(parts("xml"), parts("sdn", "alt", "add", "comments"), SOURCE) == {}


def test_what_was_not_compared_is_said_with_the_edition_that_lacks_it() -> None:
    before, after = edition(roles=parts("sdn")), edition(DAY.replace(day=3), parts("sdn", "alt"))
    problem = not_comparable(before, after, SOURCE)["alt"]
    assert problem.code == "not-comparable"
    assert before.id in problem.message


def test_a_weak_name_from_the_remarks_is_compared_without_the_alias_part() -> None:
    before = listing("1")
    party = Party(names=[*before.party.names, Name("NICK", NameQuality.WEAK)])
    after = type(before)(before.list, before.uid, party, before.programmes)
    assert field_changes(before, after, frozenset({"alt"}))
