from __future__ import annotations

import pytest

from interdiction.lists.reuse import reused
from interdiction.model import Identifier, Listing
from tests.lists.factories import by_uid, listing, unread

OLD = listing("1", "KIM, Yong Chol", birth_dates=["1962-02-18"], identifiers=[Identifier("passport", "563410081")])


def codes(before: Listing, after: Listing) -> list[str]:
    return [one.code for one in reused(by_uid(before), by_uid(after))]


def test_somebody_else_under_a_known_id_is_noticed() -> None:
    (found,) = reused(by_uid(OLD), by_uid(listing("1", "ACME TRADING")))
    assert (found.code, found.grade, found.node) == ("id-reused", "published", "1")
    assert "KIM, Yong Chol" in found.message


@pytest.mark.parametrize(
    "new",
    [
        OLD,
        listing("1", "GIM, Yong Cheol"),
        listing("1", "ACME TRADING", aliases=("KIM, Yong Chol",)),
        listing("1", "ACME TRADING", identifiers=[Identifier("national_id", "563410081")]),
        listing("1", "ACME TRADING", birth_dates=["1962-02-18"]),
        unread("1", "1,ACME"),
    ],
)
def test_a_party_that_shares_anything_with_the_one_before_is_the_same(new: Listing) -> None:
    assert codes(OLD, new) == []


def test_an_id_that_was_not_there_is_nobodys() -> None:
    assert codes(listing("2", "X"), listing("1", "Y")) == []
