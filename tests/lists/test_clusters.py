"""One party on many lists: what links listings, what keeps them apart, and clusters that were checked by hand."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from interdiction.errors import ListFileError
from interdiction.lists.clusters import Cluster, clusters, contradiction
from interdiction.lists.detect import read_edition
from interdiction.lists.readers.reading import ListFile
from interdiction.model import Kind, Listing, Pairing, PairVerdict, Party

GOLDEN = Path(__file__).parent.parent / "golden" / "clusters.jsonl"
"""200 clusters drawn at random (20 of them a row of the CSL and the one of OFAC that it repeats) from the lists at
hand, each looked at on 22 November 2026, and pairs of namesakes."""

FILES = {
    "ofac-sdn": "ofac/2023-12-28",
    "ofac-cons": "ofac/nonsdn/2026-01-08_consolidated.xml",
    "un": "un/UN_2026-01-28.xml",
    "uk-hmt": "uk/UK_ConList_2018-04-13.csv",
    "eu": "eu/EU_FULL_2018-07-04_PARTIAL.csv",
    "ca": "ca/SEMA_2025.xml",
    "au": "au/regulation8_consolidated_2024-12.xlsx",
    "us-csl": "us_csl/csl_consolidated_2022-05.csv.gz",
}


def listing(on: str, *names: str, uid: str = "1", reference: str | None = None, **facts: Any) -> Listing:
    party = Party(kind=facts.pop("kind", Kind.PERSON), names=names, **facts)
    return Listing(list=on, uid=uid, party=party, reference=reference)


def found(*listings: Listing) -> list[tuple[str, ...]]:
    return [one.listings for one in clusters(listings)]


def test_an_equal_name_and_day_of_birth_are_one_party_whatever_the_order_of_the_name() -> None:
    (one,) = clusters(
        [
            listing("ofac-sdn", "WONG, Kar Fai", birth_dates=["1970-03-04"]),
            listing("un", "KAR FAI WONG", birth_dates=["1970-03-04"]),
        ]
    )
    assert one.listings == ("ofac-sdn:1", "un:1")
    assert one.links[0].rule == "birth_day"
    assert "1970-03-04" in one.links[0].why


def test_kang_ryong_is_one_party_though_one_authority_has_another_year() -> None:
    ofac = listing("ofac-sdn", "KANG, Ryong", birth_dates=["1968-08-21"], nationalities=["kp"])
    un = listing("un", "KANG RYONG", birth_dates=["1969-08-21"], nationalities=["kp"])
    assert found(ofac, un) == [("ofac-sdn:1", "un:1")]


@pytest.mark.parametrize("other", ["1966-08-21", "1969-08-22"])
def test_two_years_or_another_day_are_too_much(other: str) -> None:
    ofac = listing("ofac-sdn", "KANG, Ryong", birth_dates=["1968-08-21"], nationalities=["kp"])
    assert found(ofac, listing("un", "KANG RYONG", birth_dates=[other], nationalities=["kp"])) == []


def test_the_two_kim_yong_chol_stay_apart_on_every_list() -> None:
    old: dict[str, Any] = {"birth_dates": ["~1946"]}
    young: dict[str, Any] = {"birth_dates": ["1962-02-18"]}
    both = [
        listing(on, "KIM, Yong Chol", uid=uid, nationalities=["kp"], **facts)
        for on in ("ofac-sdn", "uk", "un")
        for uid, facts in (("1", old), ("2", young))
    ]
    assert found(*both) == [("ofac-sdn:1", "uk:1", "un:1"), ("ofac-sdn:2", "uk:2", "un:2")]


def test_a_name_alone_links_nobody() -> None:
    assert found(listing("ofac-sdn", "KIM, Yong Chol"), listing("un", "KIM YONG CHOL")) == []


def test_a_stated_reference_links_only_names_that_agree() -> None:
    un = listing("un", "MUHINDO AKILI MUNDOS", reference="CDi.032")
    assert found(un, listing("uk", "Akili MUNDOS", reference="CDi.032")) == [("uk:1", "un:1")]
    assert found(un, listing("uk", "Erika BERGSTROM", reference="CDi.032")) == []


def test_two_references_of_one_publisher_are_two_parties() -> None:
    facts: dict[str, Any] = {"birth_dates": ["1970-03-04"]}
    assert (
        found(
            listing("un", "ALI HASAN", reference="QDi.001", **facts),
            listing("uk", "ALI HASAN", reference="QDi.002", **facts),
        )
        == []
    )


def test_an_equal_number_links_names_that_agree_and_no_others() -> None:
    number: dict[str, Any] = {"identifiers": ["passport:563410081@kp"]}
    assert found(listing("ofac-sdn", "RI Won Ho", **number), listing("un", "LI WON HO", **number)) != []
    assert found(listing("ofac-sdn", "RI Won Ho", **number), listing("un", "Erika BERGSTROM", **number)) == []


def test_a_ship_is_its_imo_number_under_any_name() -> None:
    ship: dict[str, Any] = {"kind": Kind.VESSEL, "identifiers": ["imo:9362061"]}
    assert found(listing("ofac-sdn", "HAWK", **ship), listing("us-csl", "HORSE", **ship)) == [
        ("ofac-sdn:1", "us-csl:1")
    ]


def test_where_two_of_one_list_fit_alike_neither_is_linked() -> None:
    facts: dict[str, Any] = {"birth_dates": ["1970-03-04"]}
    twins = [listing("uk", "ALI HASAN", uid=uid, **facts) for uid in "12"]
    assert found(listing("un", "ALI HASAN", **facts), *twins) == []


def test_no_cluster_holds_two_of_one_list_through_a_third() -> None:
    first = listing("ofac-sdn", "ALI HASAN", uid="1", identifiers=["passport:A1234567"])
    second = listing("ofac-sdn", "ALI HASAN", uid="2", birth_dates=["1970-03-04"])
    between = listing("un", "ALI HASAN", birth_dates=["1970-03-04"], identifiers=["passport:A1234567"])
    assert found(first, second, between) == [("ofac-sdn:1", "un:1")]


def test_taking_a_listing_away_takes_its_links_away() -> None:
    facts: dict[str, Any] = {"birth_dates": ["1970-03-04"]}
    three = [listing(on, "ALI HASAN", **facts) for on in ("au", "uk", "un")]
    assert found(*three) == [("au:1", "uk:1", "un:1")]
    assert found(*three[1:]) == [("uk:1", "un:1")]
    assert found(three[0]) == []


@pytest.mark.shared
def test_clusters_of_the_lists_at_hand_agree_with_those_that_were_checked_by_hand(shared_data: Path) -> None:
    every = _at_hand(shared_data)
    here = {one.id for one in every}
    derived = clusters(every)
    assert _twice(derived) == []
    of = {member: one.id for one in derived for member in one.listings}
    wrong, checked = [], 0
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        ids = [one for one in row["listings"] if one in here]
        if len(ids) < len(row["listings"]):
            continue
        checked += 1
        one_party = len({of.get(member, member) for member in ids}) == 1
        if one_party is not row["same"]:
            wrong.append(row["listings"])
    assert checked > 40
    assert wrong == []


def _at_hand(shared_data: Path) -> list[Listing]:
    """Read the lists; one of a format that is not read yet is left out."""
    every: list[Listing] = []
    for key, place in FILES.items():
        path = shared_data / place
        paths = sorted(path.iterdir()) if path.is_dir() else [path]
        files = [
            ListFile(one.name, gzip.decompress(one.read_bytes()) if one.suffix == ".gz" else one.read_bytes())
            for one in paths
        ]
        try:
            every += read_edition(files, key).listings
        except ListFileError:
            continue
    return every


def _twice(derived: tuple[Cluster, ...]) -> list[str]:
    return [
        one.id for one in derived if len({member.partition(":")[0] for member in one.listings}) != len(one.listings)
    ]


AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def word(one: str, other: str, verdict: PairVerdict, why: str = "seen the passports") -> Pairing:
    return Pairing(one, other, verdict, "J. Park", why, AT)


def twins() -> list[Listing]:
    return [listing(key, "WONG, Kar Fai", birth_dates=["1970-03-04"]) for key in ("ofac-sdn", "uk", "un")]


def test_two_that_a_person_set_apart_are_in_no_cluster_together_whoever_joins_them() -> None:
    (one,) = clusters(twins(), [word("ofac-sdn:1", "un:1", PairVerdict.APART)])
    assert one.listings in {("ofac-sdn:1", "uk:1"), ("uk:1", "un:1")}
    assert clusters(twins()) != (one,)


def test_two_that_a_person_put_together_are_one_party_and_the_link_says_who_and_why() -> None:
    one, other = listing("ofac-sdn", "KANG, Ryong"), listing("un", "Ryong KANG the elder")
    assert clusters([one, other]) == ()
    (found,) = clusters([one, other], [word("ofac-sdn:1", "un:1", PairVerdict.TOGETHER)])
    (link,) = found.links
    assert (link.rule, link.why) == ("by_hand", "J. Park on 2026-11-22: seen the passports")


def test_a_person_may_put_two_of_one_list_together_as_no_rule_does() -> None:
    two = [listing("ofac-sdn", "WONG, Kar Fai", uid=uid, birth_dates=["1970-03-04"]) for uid in ("1", "2")]
    assert clusters(two) == ()
    (one,) = clusters(two, [word("ofac-sdn:1", "ofac-sdn:2", PairVerdict.TOGETHER)])
    assert one.listings == ("ofac-sdn:1", "ofac-sdn:2")


def test_the_last_word_of_a_pair_counts_and_a_withdrawn_one_leaves_it_to_the_rules() -> None:
    said = [
        word("ofac-sdn:1", "un:1", PairVerdict.TOGETHER),
        word("ofac-sdn:1", "un:1", PairVerdict.APART),
    ]
    two = [twins()[0], twins()[2]]
    assert clusters(two, said) == ()
    assert clusters(two, [*said, word("ofac-sdn:1", "un:1", PairVerdict.WITHDRAWN)]) == clusters(two)


def test_a_word_about_a_listing_that_is_not_in_force_changes_nothing() -> None:
    assert clusters(twins(), [word("ofac-sdn:1", "eu:7", PairVerdict.TOGETHER)]) == clusters(twins())


def test_words_that_contradict_each_other_through_a_third_are_found() -> None:
    said = [
        word("a:1", "b:1", PairVerdict.TOGETHER),
        word("b:1", "c:1", PairVerdict.TOGETHER),
        word("c:1", "d:1", PairVerdict.APART),
    ]
    assert contradiction(said) is None
    against = word("a:1", "c:1", PairVerdict.APART)
    assert contradiction([*said, against]) == against
