"""Whatever happens to a file of the United States or of FollowTheMoney, it is read or refused, intact entries kept."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction.errors import ListFileError
from interdiction.lists.detect import read_edition
from interdiction.lists.readers import ListFile, Reading
from tests.lists.readers import test_ftm, test_ofac_enhanced, test_us_csl
from tests.lists.readers.advanced_instance import COMPANY, document

UIDS = range(9345, 9357)
NAME = "COMPANY {}"

ADVANCED = document(
    "\n".join(
        COMPANY.replace("9345", str(uid))
        .replace("4137", f"{uid}1")
        .replace("Korea Mining Development Trading Corporation", NAME.format(uid))
        for uid in UIDS
    )
)
ENHANCED = test_ofac_enhanced.document(*(test_ofac_enhanced.entity(uid, NAME.format(uid)) for uid in UIDS))
ROWS = [test_us_csl.FACTORY | {"_id": f"id{uid}", "name": NAME.format(uid)} for uid in UIDS]
CSV = test_us_csl.table(*ROWS)
JSON = test_us_csl.document(*ROWS).replace(b"}, {", b"},\n{")
FTM = test_ftm.file(*(test_ftm.entity(f"NK-{uid}", "Company", True, name=[NAME.format(uid)]) for uid in UIDS))

FORMATS = {
    "advanced": (ADVANCED, rb"<DistinctParty .*?</DistinctParty>"),
    "enhanced": (ENHANCED, rb"<entity id.*?</entity>"),
    "csv": (CSV, rb"(?m)^id9\d{3},[^\n]*\n"),
    "ftm": (FTM, rb"(?m)^\{\"id\": \"NK[^\n]*\n"),
}
"""Each format with the shape of one entry."""

PIECES = st.one_of(
    st.binary(max_size=6),
    st.sampled_from([b'"', b"\n", b",", b"<", b">", b"&x;", b"{", b"}", b"[", b"\0", b"\xff", b"; ", b"\\"]),
)
EDIT = st.tuples(st.floats(0, 1), st.integers(0, 200), PIECES)


def edited(data: bytes, at: float, drop: int, insert: bytes) -> bytes:
    start = int(at * len(data))
    return data[:start] + insert + data[start + drop :]


def reading_of(data: bytes) -> Reading | None:
    try:
        return read_edition([ListFile("file", data)], "us-csl")
    except ListFileError as error:
        assert error.code
        assert error.mend
        return None


@pytest.mark.parametrize("fmt", FORMATS)
@given(edit=EDIT)
def test_a_damaged_file_keeps_every_intact_entry(fmt: str, edit: tuple[float, int, bytes]) -> None:
    data, shape = FORMATS[fmt]
    damaged = edited(data, *edit)
    reading = reading_of(damaged)
    if reading is None:
        assert edit[0] * len(data) < 1000  # the beginning was hit, by which the format is known
        return
    texts = "\n".join(one.text for listing in reading.listings for one in listing.party.names)
    intact = set(re.findall(shape, data, re.DOTALL)) & set(re.findall(shape, damaged, re.DOTALL))
    for entry in intact:
        found = re.search(rb"COMPANY (\d+)", entry)
        assert found is not None
        assert NAME.format(found[1].decode()) in texts


@given(edit=EDIT)
def test_a_damaged_json_is_read_or_refused_and_loses_few_words(edit: tuple[float, int, bytes]) -> None:
    reading = reading_of(edited(JSON, *edit))
    if reading is None:
        assert edit[0] * len(JSON) < 200
        return
    said = " ".join(f"{listing.remarks} {listing.party.names}" for listing in reading.listings)
    assert sum(NAME.format(uid) in said for uid in UIDS) >= len(UIDS) - 2


@pytest.mark.parametrize(
    "data", [ADVANCED, ENHANCED, CSV, JSON, FTM], ids=["advanced", "enhanced", "csv", "json", "ftm"]
)
@given(share=st.floats(0, 0.999))
def test_a_cut_file_is_in_doubt_or_has_an_unread_entry(data: bytes, share: float) -> None:
    cut = data[: int(share * len(data))]
    reading = reading_of(cut)
    if reading is not None and len(reading.listings) < len(UIDS):
        at_a_line_end = data in {CSV, FTM} and (cut.endswith(b"\n") or data[len(cut) : len(cut) + 1] == b"\n")
        assert at_a_line_end or any(one.grade in {"file", "row"} for one in reading.problems)
