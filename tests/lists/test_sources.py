from __future__ import annotations

from pathlib import Path

import pytest

from interdiction.errors import DataError, UsageError
from interdiction.lists.sources import Sources
from interdiction.model import Measure

KEYS = [
    *("ofac-sdn", "ofac-cons", "un", "eu", "eu-sectoral", "uk", "uk-hmt", "ch", "ca", "au", "us-csl", "opensanctions"),
]
WITHOUT_YENTE = {"eu-sectoral", "uk-hmt"}
"""Lists of which that API has no dataset of its own."""


def test_the_register_holds_the_lists_of_the_contract_and_the_collected_ones() -> None:
    assert [source.key for source in Sources.load()] == KEYS


def test_every_list_has_bounds_an_address_and_a_name_for_yente_clients() -> None:
    for source in Sources.load():
        assert source.bounds is not None
        assert source.addresses
        assert all(address.startswith("https://") for address in source.addresses.values())
        assert source.yente or source.key in WITHOUT_YENTE


def test_every_list_says_under_which_licence_it_may_be_used() -> None:
    assert [source.key for source in Sources.load() if not source.licence] == []


def test_a_list_of_ones_own_stands_in_no_register_and_forbids_nothing_by_law() -> None:
    own = Sources.load().get("own-pep")
    assert (own.default_measures, own.jurisdiction) == ((Measure.INTERNAL,), "internal")
    assert "own-pep" in Sources.load()
    for wrong in ("own-", "own-PEP", "own-a b", "own_pep"):
        with pytest.raises(UsageError):
            Sources.load().get(wrong)


def test_the_non_sdn_list_is_the_one_whose_unknown_programmes_do_not_freeze() -> None:
    assert Sources.load()["ofac-sdn"].default_measures == (Measure.ASSET_FREEZE,)
    assert Sources.load()["ofac-cons"].default_measures == (Measure.MENU,)


def test_no_tag_is_called_the_only_one_of_two_lists() -> None:
    tags = [tag for source in Sources.load() for tag in source.only_here]
    assert len(tags) == len(set(tags))


def test_an_unknown_key_is_a_usage_error_that_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="ofac-sdnn") as caught:
        Sources.load().get("ofac-sdnn")
    assert caught.value.code == "unknown-list"
    assert "ofac-cons" in caught.value.mend


ENTRY = "title: T\n    publisher: P\n    jurisdiction: us\n    default_measures: [asset_freeze]"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("sources: [", "not YAML"),
        ("[]", "something else"),
        ("sources: {}\nsurplus: 1", "something else"),
        (f"sources:\n  x:\n    {ENTRY}\n    colour: red", "colour"),
        ("sources:\n  x:\n    title: T", "publisher"),
        (f"sources:\n  x:\n    {ENTRY.replace('asset_freeze', 'nothing_at_all')}", "default_measures"),
        (f"sources:\n  x:\n    {ENTRY.replace('[asset_freeze]', '[]')}", "no default measure"),
        ("sources:\n  x: 3", "not an entry"),
    ],
)
def test_a_wrong_register_names_its_entry(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "sources.yml"
    path.write_text(text)
    with pytest.raises(DataError, match=says) as caught:
        Sources.load(path)
    assert caught.value.code == "sources"
    assert str(path) in caught.value.where
