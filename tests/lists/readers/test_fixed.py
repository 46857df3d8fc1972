from __future__ import annotations

import csv
from pathlib import Path

import pytest

from interdiction.lists.detect import read_edition
from interdiction.lists.readers import ListFile
from interdiction.model import NameQuality

SDN = (10, 350, 12, 200, 200, 8, 25, 14, 8, 40, 150, 1000)
OLD = (10, 350, 12, 50, 200, 8, 25, 14, 8, 40, 150, 1000)
ALT = (10, 10, 8, 350, 200)
ADD = (10, 10, 750, 116, 250, 200)


def record(sizes: tuple[int, ...], *values: str) -> str:
    assert len(values) == len(sizes)
    return "".join(f"{value or '-0-':<{size}}" for value, size in zip(values, sizes, strict=True))


def main(uid: int, name: str, remarks: str = "", sizes: tuple[int, ...] = SDN) -> str:
    return record(sizes, str(uid), name, "individual", "DPRK2", "Boss", *[""] * 6, remarks)


def ff(name: str, *records: str, end: str = "\r\n") -> ListFile:
    return ListFile(name, (end.join(records) + end + "\x1a").encode("cp1252"))


def test_records_are_cut_at_the_positions_of_the_specification() -> None:
    reading = read_edition(
        [
            ff("sdn.ff", main(17614, "KIM, Yong Chol", "DOB 18 Feb 1962; nationality Korea, North."), main(2, "B")),
            ff("alt.ff", record(ALT, "17614", "5", "aka", "KIM, Young Chul", "")),
            ff("add.ff", record(ADD, "17614", "6", "", "Pyongyang", "Korea, North", "")),
        ],
        "ofac-sdn",
    )
    assert reading.format == "ofac-ff"
    assert reading.parts == ("sdn", "alt", "add")
    assert reading.problems == ()
    party = reading.listings[0].party
    assert [(name.text, name.quality) for name in party.names] == [
        ("KIM, Yong Chol", NameQuality.PRIMARY),
        ("KIM, Young Chul", NameQuality.STRONG),
    ]
    assert str(party.birth_dates[0]) == "1962-02-18"
    assert (party.addresses[0].city, party.addresses[0].country) == ("Pyongyang", "kp")
    assert reading.listings[0].programmes == ("DPRK2",)


def test_trimmed_records_and_all_line_ends_are_read() -> None:
    for end in ("\r", "\n", "\r\n"):
        reading = read_edition([ff("sdn.ff", main(1, "A").rstrip(), main(2, "B", "DOB 1970.").rstrip(), end=end)], "x")
        assert [listing.party.primary_name for listing in reading.listings] == ["A", "B"]
        assert [one.code for one in reading.problems] in ([], ["no-end-mark"])


def test_the_older_layout_is_recognised() -> None:
    reading = read_edition([ff("sdn.ff", main(1, "A", "Gender Male.", OLD), main(2, "B", "DOB 1970.", OLD))], "x")
    assert [listing.party.titles for listing in reading.listings] == [("Boss",), ("Boss",)]
    assert str(reading.listings[1].party.birth_dates[0]) == "1970"


def test_remarks_cut_at_a_blank_are_joined_with_that_blank() -> None:
    start = ("x; " * 400 + "Linked To: RED ")[-1000:]
    reading = read_edition(
        [ff("sdn.ff", main(1, "A", start), main(2, "B")), ff("sdn_comments.ff", "1         MUNDIAL; Gender Male.")], "x"
    )
    assert reading.problems == ()
    assert reading.listings[0].relations[0].to == "RED MUNDIAL"


def test_a_shifted_record_is_unread_and_its_neighbours_are_read() -> None:
    shifted = main(2, "KIM, Yong Chol").replace("Yong", "Yon", 1)
    reading = read_edition([ff("sdn.ff", main(1, "A"), shifted, main(3, "C"), main(4, "D"))], "x")
    assert [(listing.uid, listing.unread) for listing in reading.listings] == [
        ("1", False),
        ("3", False),
        ("4", False),
        ("2", True),
    ]
    assert "KIM, Yon Chol" in reading.listings[-1].party.names[-1].text


@pytest.mark.shared
@pytest.mark.parametrize("day", ["2018-12-20", "2023-12-28"])
def test_the_real_list_in_fixed_widths_says_what_it_says_in_commas(shared_data: Path, day: str) -> None:
    """No fixed-width file of OFAC's is at hand: the real rows are written at the positions of its specification."""
    sizes = {"sdn": SDN, "alt": ALT, "add": ADD, "sdn_comments": (10, 1000)}
    commas, widths = [], []
    for name, columns in sizes.items():
        data = (shared_data / "ofac" / day / f"{name}.csv").read_bytes()
        rows = [row for row in csv.reader(data.decode("cp1252").split("\n")) if len(row) == len(columns)]
        assert all(len(cell) <= size for row in rows for cell, size in zip(row[:-1], columns[:-1], strict=True))
        commas.append(ListFile(f"{name}.csv", data))
        records = ["".join(f"{cell:<{size}}" for cell, size in zip(row, columns, strict=True)) for row in rows]
        widths.append(ff(f"{name}.ff", *records))
    ours, theirs = read_edition(widths, "ofac-sdn"), read_edition(commas, "ofac-sdn")
    assert ours.format == "ofac-ff"
    assert len(ours.listings) == len(theirs.listings)
    unlike = [one.uid for one, other in zip(ours.listings, theirs.listings, strict=True) if one != other]
    assert unlike == []
