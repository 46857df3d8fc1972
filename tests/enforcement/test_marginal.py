from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from interdiction.enforcement import Marginal, marginal
from interdiction.model import Designation, Hit

from .cases import DPRK2, hit

NPWMD = Designation("NPWMD", "Executive Order 13382")
KOMID = hit(NPWMD, listing="ofac-sdn:9345")
KOMID_AFTER = hit(NPWMD, DPRK2, listing="ofac-sdn:9345")
NEW = hit(DPRK2, listing="ofac-sdn:17614")


def ids(found: Marginal) -> dict[str, list[str]]:
    return {kind: [one.query_id for one in getattr(found, kind)] for kind in Marginal.__struct_fields__}


def test_an_order_is_told_from_what_was_caught_before_it() -> None:
    found = marginal(
        {"C1": [KOMID], "C3": [KOMID], "C4": [KOMID], "C5": [KOMID_AFTER], "C6": []},
        {"C1": [KOMID_AFTER], "C2": [NEW], "C4": [KOMID], "C5": [KOMID], "C6": []},
    )
    assert ids(found) == {
        "newly_caught": ["C2"],
        "also_under": ["C1"],
        "released": ["C3"],
        "reduced": ["C5"],
        "unchanged": ["C4"],
    }
    assert [(one.listing, one.programme) for one in found.also_under[0].gained] == [("ofac-sdn:9345", "DPRK2")]
    assert found.also_under[0].sentence == (
        "C1: caught before under NPWMD (Executive Order 13382) as ofac-sdn:9345; "
        "now also under DPRK2 (Executive Order 13687) as ofac-sdn:9345."
    )
    assert found.newly_caught[0].sentence == "C2: newly caught: DPRK2 (Executive Order 13687) as ofac-sdn:17614."
    assert "unblocking review" in found.released[0].sentence


def test_a_second_listing_is_another_ground_not_a_new_catch() -> None:
    found = marginal({"C": [KOMID]}, {"C": [KOMID, NEW]})
    assert ids(found)["also_under"] == ["C"]


def test_one_ground_for_another_is_shown_as_both() -> None:
    (effect,) = marginal({"C": [KOMID]}, {"C": [NEW]}).also_under
    assert [one.programme for one in effect.lost] == ["NPWMD"]
    assert "no longer under NPWMD" in effect.sentence


def test_a_corrected_name_of_an_authority_is_no_change() -> None:
    renamed = hit(Designation("NPWMD", "E.O. 13382"), listing="ofac-sdn:9345")
    assert ids(marginal({"C": [KOMID]}, {"C": [renamed]}))["unchanged"] == ["C"]


def test_a_listing_without_designation_is_still_a_catch() -> None:
    bare = msgspec.structs.replace(NEW, designations=())
    assert ids(marginal({}, {"C": [bare]}))["newly_caught"] == ["C"]
    assert ids(marginal({"C": [bare]}, {}))["released"] == ["C"]


books = st.dictionaries(st.sampled_from("ABCDE"), st.lists(st.sampled_from([KOMID, KOMID_AFTER, NEW]), max_size=3))


@given(books, books)
def test_everybody_who_is_or_was_caught_stands_in_one_list_exactly(
    before: dict[str, list[Hit]], after: dict[str, list[Hit]]
) -> None:
    found = ids(marginal(before, after))
    told = sorted(one for several in found.values() for one in several)
    assert told == sorted({key for book in (before, after) for key, some in book.items() if some})
    assert all((bool(before.get(one)), bool(after.get(one))) == (True, False) for one in found["released"])
    back = ids(marginal(after, before))
    assert (found["newly_caught"], found["released"]) == (back["released"], back["newly_caught"])
