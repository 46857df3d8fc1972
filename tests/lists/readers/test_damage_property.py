"""Whatever happens to a file, a reader answers with a reading or with a typed refusal, and keeps intact rows."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from interdiction.errors import ListFileError
from interdiction.lists.detect import read_edition
from interdiction.lists.readers import ListFile, Reading

NULLS = ",".join(["-0- "] * 7)
ROWS = [
    f'{uid},"COMPANY NUMBER {uid}, LTD.",-0- ,"CUBA",{NULLS},"DOB 18 Feb 1962; Passport {uid}77 (Iran); POB X."'
    for uid in range(100, 124)
]
SDN = ("\r\n".join(ROWS) + "\r\n\x1a").encode()
ALT = ("\r\n".join(f'{uid},{uid}9,"aka","ALIAS OF {uid}",-0- ' for uid in range(100, 124)) + "\r\n\x1a").encode()
FIXED = (
    "\r\n".join(
        f"{uid:<10}{f'COMPANY {uid}':<350}{'-0-':<12}{'CUBA':<200}{'-0-':<200}{'-0-':<8}{'-0-':<25}{'-0-':<14}"
        f"{'-0-':<8}{'-0-':<40}{'-0-':<150}DOB 1962."
        for uid in range(100, 108)
    )
    + "\r\n\x1a"
).encode()
NAMESPACE = "http://tempuri.org/sdnList.xsd"
XML = (
    f'<?xml version="1.0"?>\n<sdnList xmlns="{NAMESPACE}">\n'
    + "\n".join(
        f"<sdnEntry><uid>{uid}</uid><lastName>COMPANY {uid}</lastName><sdnType>Entity</sdnType><programList>"
        f"<program>CUBA</program></programList></sdnEntry>"
        for uid in range(100, 112)
    )
    + "\n</sdnList>"
).encode()
UN = (
    '<?xml version="1.0"?>\n<CONSOLIDATED_LIST dateGenerated="2026-01-28"><INDIVIDUALS>\n'
    + "\n".join(
        f"<INDIVIDUAL><DATAID>{uid}</DATAID><FIRST_NAME>PERSON {uid}</FIRST_NAME><INDIVIDUAL_DATE_OF_BIRTH>"
        f"<DATE>1962-02-18</DATE></INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL>"
        for uid in range(100, 112)
    )
    + "\n</INDIVIDUALS></CONSOLIDATED_LIST>"
).encode()

PIECES = st.one_of(
    st.binary(max_size=6),
    st.sampled_from([b'"', b"\r\n", b"\n", b",", b"\x1a", b"\0", b"<", b">", b"&x;", b"-0- ", b"999,", b"\xff", b"; "]),
)


def edited(data: bytes, at: float, drop: int, insert: bytes) -> bytes:
    start = int(at * len(data))
    return data[:start] + insert + data[start + drop :]


EDIT = st.tuples(st.floats(0, 1), st.integers(0, 120), PIECES)


def reading_of(*files: tuple[str, bytes]) -> Reading | None:
    try:
        return read_edition([ListFile(name, data) for name, data in files], "ofac-sdn")
    except ListFileError as error:
        assert error.code
        assert error.message
        return None


@given(EDIT)
def test_a_damaged_comma_separated_file_keeps_every_intact_row(edit: tuple[float, int, bytes]) -> None:
    data = edited(SDN, *edit)
    reading = reading_of(("sdn.csv", data), ("alt.csv", ALT))
    assert reading is not None
    names: dict[str, set[str]] = {}
    for listing in reading.listings:
        if not listing.unread:
            names.setdefault(listing.uid, set()).update(name.text for name in listing.party.names)
    lines = re.split(rb"\r\n|\n|\r", data)
    for row in ROWS:
        if row.encode() in lines:
            uid = row.split(",", 1)[0]
            assert {f"COMPANY NUMBER {uid}, LTD.", f"ALIAS OF {uid}"} <= names.get(uid, set()), uid


@given(EDIT)
def test_a_damaged_alias_file_keeps_every_intact_alias(edit: tuple[float, int, bytes]) -> None:
    data = edited(ALT, *edit)
    reading = reading_of(("sdn.csv", SDN), ("alt.csv", data))
    assert reading is not None
    texts = {name.text for listing in reading.listings for name in listing.party.names}
    lines = re.split(rb"\r\n|\n|\r", data)
    for uid in range(100, 124):
        if f'{uid},{uid}9,"aka","ALIAS OF {uid}",-0- '.encode() in lines:
            assert f"ALIAS OF {uid}" in texts


@given(EDIT)
def test_damaged_xml_keeps_every_intact_entry(edit: tuple[float, int, bytes]) -> None:
    for data, pattern, name in (
        (XML, "<sdnEntry><uid>{0}</uid><lastName>COMPANY {0}<", "COMPANY {0}"),
        (UN, "<INDIVIDUAL><DATAID>{0}</DATAID><FIRST_NAME>PERSON {0}<", "PERSON {0}"),
    ):
        damaged = edited(data, *edit)
        reading = reading_of(("list.xml", damaged))
        if reading is None:
            assert edit[0] * len(data) < 120  # the document element itself was hit
            continue
        texts = " ".join(one.text for listing in reading.listings for one in listing.party.names)
        for uid in range(100, 112):
            if pattern.format(uid).encode() in damaged:
                assert name.format(uid) in texts


@given(EDIT, EDIT)
def test_damaged_fixed_width_files_are_read_or_refused(
    first: tuple[float, int, bytes], second: tuple[float, int, bytes]
) -> None:
    reading_of(("sdn.ff", edited(edited(FIXED, *first), *second)))


@given(EDIT)
def test_a_damaged_fixed_width_file_keeps_every_intact_record(edit: tuple[float, int, bytes]) -> None:
    data = edited(FIXED, *edit)
    reading = reading_of(("sdn.ff", data))
    assert reading is not None
    names = {listing.party.primary_name for listing in reading.listings if not listing.unread}
    for record in FIXED.split(b"\r\n")[:-1]:
        if record in re.split(rb"\r\n|\n|\r", data):
            assert f"COMPANY {record[:3].decode()}" in names


@given(st.binary(max_size=400))
def test_bytes_of_any_kind_are_read_or_refused(data: bytes) -> None:
    reading_of(("file", data))
    reading_of(("file", b"<?xml version='1.0'?>" + data))


@given(st.integers(1, len(SDN) - 1))
def test_a_file_cut_anywhere_keeps_the_rows_before_the_cut_and_says_that_it_was_cut(cut: int) -> None:
    reading = reading_of(("sdn.csv", SDN[:cut]))
    whole = SDN[:cut].count(b"\r\n")
    if reading is None:
        assert whole == 0
        return
    assert sum(not listing.unread for listing in reading.listings) >= whole
    # One row without any line end shows nothing of how the publisher ends lines and files.
    assert whole == 0 or any(one.grade == "file" for one in reading.problems)
