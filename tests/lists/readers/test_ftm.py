"""FollowTheMoney JSON in and out: the real entities and the real delta, and entities made by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from interdiction.errors import ListFileError, RefusedEditionError
from interdiction.lists.detect import read_edition
from interdiction.lists.editions import plan
from interdiction.lists.ftm_export import lines
from interdiction.lists.readers import ListFile, Reading
from interdiction.lists.sources import Sources
from interdiction.model import EditionState, Kind, Listing, Measure, NameQuality
from tests.lists.factories import edition
from tests.lists.readers.leaves import lost_of

KEY = "opensanctions"


def entity(uid: str, schema: str, target: bool | None = None, **properties: list[Any]) -> dict[str, Any]:
    """Write one entity; without `target` the file marks none."""
    marked = {} if target is None else {"target": target}
    return {
        "id": uid,
        "caption": (properties.get("name") or [schema])[0],
        "schema": schema,
        "properties": properties,
        "datasets": ["us_ofac_sdn"],
        "referents": [f"ofac-{uid}"],
        "last_seen": "2024-05-30T06:59:01",
    } | marked


PERSON = entity(
    "NK-1", "Person", True, name=["Kim Yong Chol", "김영철"], alias=["Kim Young Chul"], weakAlias=["RED"],
    previousName=["Pak"], birthDate=["1962-02-18", "1947"], birthPlace=["Nampo"], nationality=["kp"], gender=["male"],
    passportNumber=["563410081"], position=["Representative in Iran"], topics=["sanction"], notes=["a friend"],
    addressEntity=["addr-1"], lastName=["Kim"], email=["a@b.kp"], deathDate=["2021"], eyeColor=["brown"],
)  # fmt: skip
COMPANY = entity("NK-2", "Company", True, name=["KOMID"], incorporationDate=["1990-10-17"], innCode=["7707294809"])
SHIP = entity("NK-3", "Vessel", False, name=["CHONG CHON GANG"], imoNumber=["7937317"], flag=["kp"], pastFlags=["pa"])
SANCTION = entity(
    "s-1", "Sanction", False, entity=["NK-1"], programId=["US-DPRK2"], program=["E.O. 13687"], authority=["OFAC"],
    listingDate=["2015-01-02"], startDate=["2015-01-03"], provisions=["Asset freeze", "Travel ban"], status=["active"],
)  # fmt: skip
BESIDE = (
    SANCTION,
    entity("addr-1", "Address", False, full=["1 Victory St, Pyongyang"], city=["Pyongyang"], country=["kp"]),
    entity("own-1", "Ownership", False, owner=["NK-1"], asset=["NK-2"], percentage=["60"], endDate=["2020"]),
    entity("link-1", "UnknownLink", False, subject=["NK-1"], object=["NK-3"], role=["master"]),
    entity("p-1", "Passport", False, holder=["NK-1"], number=["563410081"], country=["kp"], startDate=["2001-10-01"]),
    entity("o-1", "Occupancy", False, holder=["NK-1"], post=["Q1"], status=["ended"]),
    entity("Q1", "Position", False, name=["Minister of Trade"]),
)


def file(*values: Any) -> bytes:
    return b"\n".join(json.dumps(one, ensure_ascii=False).encode() for one in values) + b"\n"


def read(data: bytes) -> Reading:
    return read_edition([ListFile("entities.ftm.json", data)], KEY)


def codes(reading: Reading) -> list[tuple[str, str]]:
    return [(one.code, one.grade.value) for one in reading.problems]


def by_uid(listings: Iterable[Listing]) -> dict[str, Listing]:
    return {one.uid: one for one in listings}


def test_targets_become_listings_with_everything_that_points_to_them() -> None:
    reading = read(file(PERSON, COMPANY, SHIP, *BESIDE))
    assert (reading.format, reading.on, reading.problems) == ("ftm-json", date(2024, 5, 30), ())
    person, company = reading.listings
    party = person.party
    assert (person.uid, party.kind, company.party.kind) == ("NK-1", Kind.PERSON, Kind.ORGANISATION)
    assert [(name.text, name.quality, name.script) for name in party.names] == [
        ("Kim Yong Chol", NameQuality.PRIMARY, None),
        ("김영철", NameQuality.STRONG, "Hang"),
        ("Kim Young Chul", NameQuality.STRONG, None),
        ("Pak", NameQuality.FORMER, None),
        ("RED", NameQuality.WEAK, None),
    ]
    assert [str(day) for day in (*party.birth_dates, *party.death_dates)] == ["1962-02-18", "1947", "2021"]
    assert party.functions == ("Representative in Iran", "Minister of Trade")
    assert [(one.city, one.country) for one in party.addresses] == [("Pyongyang", "kp")]
    (passport,) = party.identifiers
    assert (passport.type, passport.country, str(passport.issued)) == ("passport", "kp", "2001-10-01")
    (designation,) = person.designations
    assert (designation.programme, designation.listed_on) == ("US-DPRK2", date(2015, 1, 2))
    assert designation.measures == (Measure.ASSET_FREEZE, Measure.TRAVEL_BAN)
    assert designation.effective_at == datetime(2015, 1, 3, tzinfo=UTC)
    owns, link = person.relations
    assert (owns.type, owns.to, owns.listing, owns.former) == ("owns", "KOMID", f"{KEY}:NK-2", True)
    assert (link.type, link.to, link.listing) == ("linked_to", "CHONG CHON GANG", None)
    assert company.relations[0].type == "owned_by"
    assert company.party.identifiers[0].country == "ru"
    kept = {(one.label, one.value) for one in person.details}
    assert {("eyeColor", "brown"), ("referents", "ofac-NK-1"), ("sanction status", "active")} <= kept


def test_a_file_that_marks_no_targets_has_only_listings() -> None:
    bare = [{name: said for name, said in one.items() if name != "target"} for one in (PERSON, SHIP, SANCTION)]
    listings = read(file(*bare)).listings
    assert [one.uid for one in listings] == ["NK-1", "NK-3"]
    assert listings[1].party.vessel is not None
    assert (listings[1].party.vessel.flag, listings[1].party.vessel.former_flags) == ("kp", ("pa",))


def test_the_nested_form_says_the_same() -> None:
    inner = {**SANCTION, "properties": {k: v for k, v in SANCTION["properties"].items() if k != "entity"}}
    nested = json.loads(json.dumps(PERSON))
    nested["properties"] |= {"sanctions": [inner], "addressEntity": [BESIDE[1]]}
    (listing,) = read(file(nested)).listings
    assert listing.designations[0].programme == "US-DPRK2"
    assert listing.party.addresses[0].city == "Pyongyang"


def test_damage_costs_only_its_line() -> None:
    data = file(PERSON, COMPANY)
    broken = read(data.replace(b'"schema": "Person"', b'"schema" "Person"', 1))
    assert codes(broken) == [("bad-row", "row")]
    assert [one.unread for one in broken.listings] == [True, False]
    assert "Kim Yong Chol" in broken.listings[0].party.primary_name
    cut = read(data[: data.index(b"KOMID") + 5])
    assert [one.unread for one in cut.listings] == [False, True]
    assert codes(read(file(PERSON, PERSON | {"caption": "Another", "properties": {"name": ["Another"]}}))) == [
        ("duplicate-id", "row")
    ]
    assert codes(read(file(PERSON, entity("x", "Starship", False)))) == [("unknown-schema", "published")]
    assert codes(read(file(COMPANY, SANCTION))) == [("dangling", "published")]
    windows = file(PERSON).replace("김영철".encode(), "Ñandú".encode("cp1252"))
    assert [one.unread for one in read(windows).listings] == [True]
    late = entity("NK-9", "Person", True, name=["A"], birthDate=["1962-02-31", "unknown"])
    assert codes(read(file(late))) == [("impossible-date", "published")]


@pytest.mark.parametrize(("data", "code"), [(file(SANCTION), "empty"), (b"<html></html>", "html"), (b"  \n", "empty")])
def test_what_holds_no_party_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ListFileError) as refused:
        read(data)
    assert refused.value.code == code


def test_a_delta_adds_changes_and_deletes_and_leaves_the_rest() -> None:
    source = Sources.load().get(KEY)
    before = by_uid(read(file(PERSON, COMPANY, SANCTION, *(_person(at) for at in range(5)))).listings)
    base = plan({}, None, read(file(PERSON, COMPANY)), source, date(2024, 5, 1), parts=())
    assert base.state is EditionState.ACCEPTED
    changed = entity("NK-1", "Person", True, name=["Kim Yong Chol", "Gim"])
    delta = read(file(
        {"op": "MOD", "entity": changed}, {"op": "ADD", "entity": _person(9)},
        {"op": "DEL", "entity": {"id": "NK-2"}}, {"op": "DEL", "entity": {"id": "NK-404"}},
    ))  # fmt: skip
    assert (delta.delta, delta.deleted) == (True, ("NK-2", "NK-404"))
    planned = plan(before, edition(date(2024, 5, 1), ()), delta, source, date(2024, 5, 30), parts=())
    assert (planned.state, planned.added, planned.amended) == (EditionState.ACCEPTED, ("NK-19",), ("NK-1",))
    assert planned.removed == ("NK-2",)
    person = planned.changes["NK-1"]
    assert person is not None
    assert {"Gim", "Pak"} <= {name.text for name in person.party.names}
    assert person.designations == before["NK-1"].designations
    with pytest.raises(RefusedEditionError) as refused:
        plan({}, None, delta, source, date(2024, 5, 30), parts=())
    assert refused.value.code == "delta-without-base"


def _person(number: int) -> dict[str, Any]:
    return entity(f"NK-1{number}", "Person", True, name=[f"Somebody {number}"])


def test_what_is_written_is_read_again() -> None:
    sources = {source.key: source for source in Sources.load()}
    first = read(file(PERSON, COMPANY, SHIP | {"target": True}, *BESIDE))
    again = read(b"".join(lines(first.listings, sources)))
    assert again.problems == ()
    for one, other in zip(first.listings, again.listings, strict=True):
        assert other.uid == one.id
        ours, theirs = one.party, other.party
        assert {(name.text, name.quality) for name in ours.names} == {
            (name.text, name.quality) for name in theirs.names
        }
        for field in ("kind", "birth_dates", "death_dates", "founded", "birth_places", "gender", "nationalities",
                      "functions", "contacts", "vessel"):  # fmt: skip
            assert getattr(ours, field) == getattr(theirs, field), field
        assert {(at.type, at.value, at.country, at.issued) for at in ours.identifiers} == {
            (at.type, at.value, at.country, at.issued) for at in theirs.identifiers
        }
        assert {(at.city, at.country) for at in ours.addresses} == {(at.city, at.country) for at in theirs.addresses}
        assert one.programmes == other.programmes
        assert [(at.measures, at.listed_on, at.effective_at) for at in one.designations] == [
            (at.measures, at.listed_on, at.effective_at) for at in other.designations
        ]
        ties = {(at.type, at.to, at.former) for at in one.relations if at.listing}
        assert ties <= {(at.type, at.to, at.former) for at in other.relations}


@pytest.mark.shared
def test_no_property_of_the_real_entities_is_lost(shared_data: Path) -> None:
    data = (shared_data / "ftm/zala/entities.ftm.json").read_bytes()
    reading = read(data)
    entities = {one["id"]: one for one in map(json.loads, data.splitlines())}
    assert (len(reading.listings), reading.on) == (14, date(2026, 4, 29))
    assert codes(reading) in ([], [("dangling", "published")])
    for listing in reading.listings:
        said = entities[listing.uid]
        leaves = [(name, text) for name, texts in said["properties"].items() for text in texts]
        leaves += [(name, text) for name in ("referents", "datasets") for text in said[name]]
        rules = {"addressEntity": lambda _: None, "notes": lambda text: text.replace("\n", " ")}
        assert lost_of(leaves, listing, rules) == []
    of_targets = [one for one in entities.values() if one["schema"] == "Sanction"]
    for one in of_targets:
        owner = by_uid(reading.listings).get(one["properties"]["entity"][0])
        if owner is not None:
            leaves = [(n, text) for n, texts in one["properties"].items() if n != "entity" for text in texts]
            assert [leaf for leaf in lost_of(leaves, owner, {}) if leaf[0] not in {"startDate", "listingDate"}] == []


@pytest.mark.shared
def test_the_real_delta_is_read(shared_data: Path) -> None:
    data = (shared_data / "ftm/t2/20240527194702-wnk/entities.delta.json").read_bytes()
    reading = read(data)
    assert (reading.delta, reading.deleted, len(reading.listings)) == (True, (), 2)
    assert reading.listings[0].party.primary_name == "AL-QAIDA IN IRAQ"


def test_the_collected_data_are_not_taken_for_a_publishers_own_list() -> None:
    reading = read(file(PERSON, SANCTION))
    assert reading.list_hint == KEY
    with pytest.raises(RefusedEditionError) as refused:
        plan({}, None, reading, Sources.load().get("ofac-sdn"), date(2024, 5, 30), parts=())
    assert refused.value.code == "other-list"
