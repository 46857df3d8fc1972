"""The documents that the measuring of readers multiplies are lists: every entry again, with ids of its own."""

from __future__ import annotations

import pytest

from bench.lists import MADE, multiplied
from interdiction.lists.detect import read_edition
from interdiction.lists.readers import ListFile


@pytest.mark.parametrize(
    ("name", "key", "section", "ids"),
    [
        ("eu.xml", "eu", "export", 'logicalId="|euReferenceNumber="'),
        ("uk.xml", "uk", "Designations", "<UniqueID>|<OFSIGroupID>"),
        ("ch.xml", "ch", "swiss-sanctions-list", 'ssid="|target-ssid="'),
    ],
)
def test_a_multiplied_document_has_every_entry_again_under_ids_of_its_own(
    name: str, key: str, section: str, ids: str
) -> None:
    data = (MADE / name).read_bytes()
    once = read_edition([ListFile(name, data)], key)
    often = read_edition([ListFile(name, multiplied(data, (section,), ids, 5 * len(data)))], key)
    assert len({listing.uid for listing in often.listings}) == 5 * len(once.listings)
    assert not {problem.code for problem in often.problems} & {"duplicate-id", "bad-row", "cut", "damaged-xml"}
