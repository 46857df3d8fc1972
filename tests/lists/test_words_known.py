"""Every programme and every word of measures in the files at hand is known: the count of unknown ones is nought."""

from __future__ import annotations

import gzip
import re
import tarfile
from pathlib import Path

import pytest

from interdiction.lists.detect import read_edition
from interdiction.lists.programmes import Programmes, unknown_tags
from interdiction.lists.readers import ListFile

REAL = {
    "ofac-sdn 2015": ("ofac-sdn", "ofac/2015-01-02"),
    "ofac-sdn 2018": ("ofac-sdn", "ofac/2018-12-20"),
    "ofac-sdn 2023": ("ofac-sdn", "ofac/2023-12-28"),
    "ofac-cons enhanced": ("ofac-cons", "ofac/nonsdn/2025-01-10_cons_enhanced.xml"),
    "ofac-cons plain 2025": ("ofac-cons", "ofac/nonsdn/2025-10-22_consolidated.xml"),
    "ofac-cons plain 2026": ("ofac-cons", "ofac/nonsdn/2026-01-08_consolidated.xml"),
    "un 2017": ("un", "un/UN_2017-07-03.xml"),
    "un 2025": ("un", "un/UN_2025-11-29.xml"),
    "un 2026": ("un", "un/UN_2026-01-28.xml"),
    "uk-hmt 2014": ("uk-hmt", "uk/UK_ConList_2014-04-02.csv"),
    "uk-hmt 2018": ("uk-hmt", "uk/UK_ConList_2018-04-13.csv"),
    "eu 2018": ("eu", "eu/EU_FULL_2018-07-04_PARTIAL.csv"),
    "ca 2025": ("ca", "ca/SEMA_2025.xml"),
    "au 2024": ("au", "au/regulation8_consolidated_2024-12.xlsx"),
    "us-csl 2022": ("us-csl", "us_csl/csl_consolidated_2022-05.csv.gz"),
}
MADE = {"ch.xml": "ch", "eu.xml": "eu", "uk.xml": "uk", "uk.csv": "uk"}
STATED = {"uk": "each entry states its own measures, and its programme is the title of its regulations"}
"""Lists whose programmes need no entry, and why."""
WORDS = frozenset({"new-word", "unknown-word", "unknown-element", "unknown-column", "unknown-type", "unknown-schema"})
"""Codes of problems that say: here is a word nobody knew."""


def _files(path: Path) -> list[ListFile]:
    paths = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    return [
        ListFile(one.name, gzip.decompress(one.read_bytes()) if one.suffix == ".gz" else one.read_bytes())
        for one in paths
    ]


@pytest.mark.shared
@pytest.mark.parametrize("which", REAL)
def test_no_programme_and_no_word_of_a_real_file_is_unknown(shared_data: Path, which: str) -> None:
    key, place = REAL[which]
    reading = read_edition(_files(shared_data / place), key)
    assert len(reading.listings) > 90
    assert unknown_tags(reading.listings) == {}
    assert [one for one in reading.problems if one.code in WORDS] == []


@pytest.mark.parametrize("name", MADE)
def test_no_programme_and_no_word_of_a_made_file_is_unknown_but_where_entries_state_their_measures(name: str) -> None:
    key = MADE[name]
    reading = read_edition(_files(Path(__file__).parent / "readers" / "made" / name), key)
    if key in STATED:
        assert all(one.measures for listing in reading.listings for one in listing.designations)
    else:
        assert unknown_tags(reading.listings) == {}
    assert [one for one in reading.problems if one.code in WORDS] == []


@pytest.mark.shared
def test_no_tag_of_any_of_the_daily_un_lists_is_unknown(shared_data: Path) -> None:
    held: set[str] = set()
    with tarfile.open(shared_data / "un" / "UN_daily_2025-11_2026-01.tar.xz") as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is not None:
                held |= {one.strip() for one in re.findall(r"<UN_LIST_TYPE>([^<]*)<", file.read().decode())}
    assert len(held) == 14
    assert {tag for tag in held if Programmes.load().of("un", tag) is None} == set()
