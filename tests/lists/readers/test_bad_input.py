"""Every format against every defect of a file: refused whole, or noticed, and nobody who was listed is lost."""

from __future__ import annotations

import gzip
from datetime import date

import pytest
from msgspec.structs import replace

from interdiction.errors import ListFileError, RefusedEditionError
from interdiction.lists.detect import READERS, read_edition
from interdiction.lists.editions import EditionPlan, plan
from interdiction.lists.readers import ListFile, Reading
from interdiction.lists.sources import Sources
from interdiction.model import EditionState, Listing
from tests.lists.readers.bad_input import AU_HEADER, FORMATS, UIDS, Format, name

LATER = date(2026, 1, 29)
XML = [one for one in FORMATS if one.endswith("xml")]
ALIKE = {"ofac-enhanced-xml", "us-csl-csv", "us-csl-json", "eu-csv"}
"""Samples whose entries of one id share more than the name (an alias, an address, a reference): one party by that."""


def read(data: bytes, key: str) -> Reading:
    return read_edition([ListFile("file", data)], key)


def before(fmt: Format) -> dict[str, Listing]:
    return {one.uid: one for one in read(fmt.file(), fmt.key).listings}


def after(fmt: Format, data: bytes) -> EditionPlan | None:
    """Plan the damaged file after the whole one; `None` where it is refused, as it must say how to mend it."""
    source = replace(Sources.load().get(fmt.key), expected=None)  # twelve are fewer than any real list has
    try:
        return plan(before(fmt), None, read(data, fmt.key), source, LATER, parts=(), others=())
    except (ListFileError, RefusedEditionError) as error:
        assert error.code
        assert error.mend
        return None


def in_force(fmt: Format, found: EditionPlan) -> dict[str, Listing]:
    state = before(fmt) | {uid: one for uid, one in found.changes.items() if one is not None}
    return {uid: one for uid, one in state.items() if found.changes.get(uid, one) is not None}


def names_in_force(fmt: Format, found: EditionPlan) -> str:
    return "\n".join(one.text for listing in in_force(fmt, found).values() for one in listing.party.names)


def nobody_is_lost(fmt: Format, found: EditionPlan) -> None:
    said = names_in_force(fmt, found)
    assert [name(uid) for uid in UIDS if name(uid) not in said] == []


def codes(found: EditionPlan) -> set[str]:
    return {one.code for one in found.problems}


def renamed(fmt: Format, old: str, new: str) -> bytes:
    if fmt.key == "au":
        header = [new if title == old else title for title in AU_HEADER]
        return fmt.whole([header, *(fmt.entry(uid, name(uid)) for uid in UIDS)])
    data = fmt.file()
    assert old.encode() in data
    return data.replace(old.encode(), new.encode())


def test_every_format_that_is_read_has_a_sample_that_is_read_whole() -> None:
    assert set(FORMATS) == {*READERS, "table"}
    for key, fmt in FORMATS.items():
        reading = read(fmt.file(), fmt.key)
        assert len(reading.listings) == len(UIDS), key
        assert not any(one.unread for one in reading.listings), key


@pytest.mark.parametrize("which", FORMATS)
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \r\n\x1a",
        b"<!doctype html><html><head><title>Sorry</title></head><body>Service unavailable</body></html>",
        gzip.compress(b"0" * 1_000_000),
        b"\x00" * 4096,
    ],
    ids=["empty", "blank", "a web page", "still packed", "zeros"],
)
def test_what_is_no_file_of_the_list_is_refused(which: str, data: bytes) -> None:
    fmt = FORMATS[which]
    found = after(fmt, data)
    if found is not None:  # a table of one's own may be anything: then nobody goes, and it is said
        assert fmt.key.startswith("own-")
        nobody_is_lost(fmt, found)
        assert found.state is EditionState.OVERLAY


@pytest.mark.parametrize("which", FORMATS)
@pytest.mark.parametrize("share", [0.3, 0.8, 0.97])
def test_a_cut_file_loses_nobody(which: str, share: float) -> None:
    fmt = FORMATS[which]
    data = fmt.file()
    found = after(fmt, data[: int(len(data) * share)])
    if found is not None:
        nobody_is_lost(fmt, found)
        assert found.removed == () or len(found.removed) <= 2


@pytest.mark.parametrize("which", [one for one in FORMATS if FORMATS[one].text])
def test_a_malformed_entry_costs_only_itself_and_its_text_is_screened(which: str) -> None:
    fmt = FORMATS[which]
    entries = [fmt.entry(uid, name(uid)) for uid in UIDS]
    broken = entries[5]
    if which in XML:
        entries[5] = broken[: len(broken) * 3 // 4]
    else:
        entries[5] = broken[:200] if which == "ofac-ff" else f'{broken}\t,;,;,;"x'
    found = after(fmt, fmt.whole(entries))
    assert found is not None
    nobody_is_lost(fmt, found)
    assert found.state is EditionState.OVERLAY
    assert found.removed == ()


@pytest.mark.parametrize("which", FORMATS)
def test_an_id_that_stands_twice_keeps_both_names_and_is_said(which: str) -> None:
    fmt = FORMATS[which]
    entries = [fmt.entry(uid, name(uid)) for uid in UIDS]
    found = after(fmt, fmt.whole([*entries, fmt.entry(UIDS[0], "SOMEBODY ELSE")]))
    assert found is not None
    nobody_is_lost(fmt, found)
    assert "SOMEBODY ELSE" in names_in_force(fmt, found)
    several_rows = fmt.key in {"eu", "uk", "uk-hmt", "au"} and which not in XML
    assert several_rows or codes(found) & {"duplicate-id", "fused-entries"}, "rows of one party share its id there"


@pytest.mark.parametrize("which", FORMATS)
def test_an_id_given_to_another_party_is_noticed(which: str) -> None:
    fmt = FORMATS[which]
    entries = [fmt.entry(uid, name(uid)) for uid in UIDS[1:]]
    found = after(fmt, fmt.whole([fmt.entry(UIDS[0], "WHOLLY OTHERWISE LIMITED"), *entries]))
    assert found is not None
    assert "WHOLLY OTHERWISE LIMITED" in names_in_force(fmt, found)
    assert ("id-reused" in codes(found)) is (which not in ALIKE)


@pytest.mark.parametrize("which", FORMATS)
def test_a_party_whose_id_changes_stays_in_force_under_its_new_one(which: str) -> None:
    fmt = FORMATS[which]
    entries = [fmt.entry(uid, name(uid)) for uid in UIDS[1:]]
    found = after(fmt, fmt.whole([fmt.entry(999, name(UIDS[0])), *entries]))
    assert found is not None
    nobody_is_lost(fmt, found)
    assert len(found.added) == 1


@pytest.mark.parametrize("which", [one for one in FORMATS if not isinstance(FORMATS[one].renamed, str)])
def test_a_renamed_column_or_element_of_names_loses_nobody(which: str) -> None:
    fmt = FORMATS[which]
    assert not isinstance(fmt.renamed, str)
    found = after(fmt, renamed(fmt, *fmt.renamed))
    if found is not None:
        nobody_is_lost(fmt, found)
        assert found.problems or which == "ftm-json", "there the caption says the name as well"


@pytest.mark.parametrize("which", [one for one in FORMATS if not isinstance(FORMATS[one].word, str)])
def test_a_new_word_of_the_publisher_is_noticed_and_loses_nobody(which: str) -> None:
    fmt = FORMATS[which]
    assert not isinstance(fmt.word, str)
    if fmt.key == "au":
        entries = [fmt.entry(uid, name(uid)) | {"Type": fmt.word[1]} for uid in UIDS]
        data = fmt.whole(entries)
    else:
        data = renamed(fmt, *fmt.word)
    found = after(fmt, data)
    if found is not None:
        nobody_is_lost(fmt, found)
        assert found.problems


@pytest.mark.parametrize("which", [one for one in FORMATS if FORMATS[one].text])
def test_two_encodings_in_one_file_lose_nobody(which: str) -> None:
    fmt = FORMATS[which]
    mark = "SOCIEDAD"
    entries = [fmt.entry(uid, name(uid)) for uid in UIDS]
    entries += [fmt.entry(201 + at, f"{mark} {at}") for at in range(3)]
    data = fmt.whole(entries)
    data = data.replace(f"{mark} 0".encode(), "COMPAÑÍA".encode()).replace(
        f"{mark} 1".encode(), "COMPAÑÍA".encode("cp1252")
    )
    found = after(fmt, data)
    assert found is not None
    nobody_is_lost(fmt, found)
    assert "COMPAÑÍA" in names_in_force(fmt, found)
    assert len(found.added) == 3


@pytest.mark.parametrize("which", XML)
def test_a_namespace_nobody_knows_is_refused(which: str) -> None:
    fmt = FORMATS[which]
    assert not isinstance(fmt.namespace, str)
    old, new = fmt.namespace
    data = fmt.file()
    assert old.encode() in data
    with pytest.raises(ListFileError) as caught:
        read(data.replace(old.encode(), new.encode()), fmt.key)
    assert caught.value.code == "unknown-namespace"


@pytest.mark.parametrize("which", XML)
def test_a_bomb_of_entities_is_refused(which: str) -> None:
    fmt = FORMATS[which]
    head, _, body = fmt.file().partition(b"?>")
    bomb = head + b'?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + body
    with pytest.raises(ListFileError) as caught:
        read(bomb, fmt.key)
    assert caught.value.code == "xml-entity"
