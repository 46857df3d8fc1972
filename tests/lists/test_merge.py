from __future__ import annotations

from interdiction.lists.merge import carry, together, union
from interdiction.model import Address, Identifier, Listing, Name, NameQuality, Party, Vessel

from .factories import listing


def texts(one: Listing) -> list[str]:
    return [name.text for name in one.party.names]


def test_a_union_loses_no_name_identifier_programme_or_date() -> None:
    before = listing(
        "1", aliases=("ALSO",), programmes=("NPWMD",), birth_dates=["1962"], identifiers=["passport:1@kp"],
        addresses=[Address("1 Road")], nationalities=["kp"],
    )  # fmt: skip
    after = listing("1", programmes=("DPRK2",), birth_dates=["1963"])
    merged = union(before, after)
    assert set(texts(merged)) == {"PARTY 1", "ALSO"}
    assert set(merged.programmes) == {"NPWMD", "DPRK2"}
    assert {str(day) for day in merged.party.birth_dates} == {"1962", "1963"}
    assert merged.party.identifiers == before.party.identifiers
    assert merged.party.addresses == before.party.addresses
    assert merged.party.nationalities == ("kp",)


def test_a_primary_name_that_is_none_any_more_stays_as_a_strong_one() -> None:
    merged = union(listing("1", "OLD"), listing("1", "NEW"))
    assert merged.party.primary_name == "NEW"
    assert Name("OLD", NameQuality.STRONG) in merged.party.names


def test_a_strong_alias_that_a_defective_edition_calls_weak_stays_strong() -> None:
    before = listing("1", aliases=("ALSO",))
    weak = Party(names=[*listing("1").party.names, Name("ALSO", NameQuality.WEAK)])
    merged = union(before, Listing("ofac-sdn", "1", weak))
    assert [name.quality for name in merged.party.names if name.text == "ALSO"] == [NameQuality.STRONG]


def test_two_kinds_make_a_party_that_is_compared_with_all() -> None:
    assert union(listing("1", kind="person"), listing("1", kind="organisation")).party.kind is None
    assert union(listing("1", kind="person"), listing("1", kind="person")).party.kind == "person"
    assert union(listing("1", kind="person"), listing("1")).party.kind is None


def test_two_genders_make_none() -> None:
    assert union(listing("1", gender="male"), listing("1", gender="female")).party.gender is None
    assert union(listing("1"), listing("1", gender="female")).party.gender == "female"


def test_a_carried_alias_part_brings_strong_names_only() -> None:
    before = listing("1", "OLD", aliases=("ALSO",))
    carried = carry(before, listing("1", "NEW"), ["alt"])
    assert texts(carried) == ["NEW", "ALSO"]


def test_a_carried_address_part_brings_addresses() -> None:
    before = listing("1", addresses=[Address("1 Road", country="kp")])
    assert carry(before, listing("1"), ["add"]).party.addresses == before.party.addresses
    assert carry(before, listing("1"), ["alt"]).party.addresses == ()


def test_a_cut_remark_keeps_what_stood_in_its_rest() -> None:
    tail = Identifier("wallet", "1abc")
    before = listing("1", remarks="x" * 1000 + "; Digital Currency Address - XBT 1abc.", identifiers=[tail])
    carried = carry(before, listing("1", remarks="x" * 1000), ["comments"])
    assert carried.party.identifiers == (tail,)
    assert carried.remarks == before.remarks


def test_a_short_remark_takes_what_it_no_longer_says_away() -> None:
    before = listing("1", remarks="Passport 1.", identifiers=["passport:1"])
    assert carry(before, listing("1", remarks="DOB 1962."), ["comments"]).party.identifiers == ()


def test_vessel_data_survive_an_amendment_that_has_none() -> None:
    assert union(listing("1", vessel=Vessel(flag="kp")), listing("1")).party.vessel == Vessel(flag="kp")


def test_two_rows_of_one_uid_become_one_listing_with_the_first_ones_primary_name() -> None:
    merged = together(listing("1", "FIRST", programmes=("A",)), listing("1", "SECOND", programmes=("B",)))
    assert merged.party.primary_name == "FIRST"
    assert set(texts(merged)) == {"FIRST", "SECOND"}
    assert set(merged.programmes) == {"A", "B"}
