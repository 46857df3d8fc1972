"""A history of many editions imported in one go: the same as one by one, only sooner."""

from __future__ import annotations

import csv
import tarfile
from datetime import date, timedelta
from pathlib import Path

import pytest

from interdiction.engine.editions import ImportReport, diff, import_edition, iter_listings, show
from interdiction.engine.given import editions_in
from interdiction.engine.history import FRESH_DAYS, doubt
from interdiction.engine.home import Home
from interdiction.engine.imports import import_each
from interdiction.errors import InputError, InterdictError
from interdiction.lists.detect import read_edition
from interdiction.lists.readers.reading import ListFile
from interdiction.model import Edition, to_json

from .conftest import AT, sdn_row, text

DAILY = "ofac/daily/sdn_daily_2021-08_2024-05"


def editions(home: Home) -> list[Edition]:
    with home.reading() as reader:
        return reader.editions("ofac-sdn")


def each(home: Home, folder: Path) -> tuple[list[ImportReport], list[InterdictError]]:
    done: list[ImportReport] = []
    refused: list[InterdictError] = []

    def told(_: Path, outcome: ImportReport | InterdictError) -> None:
        if isinstance(outcome, InterdictError):
            refused.append(outcome)
        else:
            done.append(outcome)

    import_each(home, "ofac-sdn", editions_in([folder]), at=AT, told=told)
    return done, refused


def states(home: Home) -> list[tuple[str, list[bytes]]]:
    with home.reading() as reader:
        return [
            (one.id, [to_json(listing) for listing in reader.listings(one.list, one.seq)])
            for one in reader.editions("ofac-sdn")
        ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five editions, two of them of one day, with ties to a party that comes, goes and comes again."""
    tied = [sdn_row(n, f"FRIEND {n}", remarks=f"DOB 19 Mar 19{50 + n}; Linked To: COMPANY Z.") for n in range(1, 9)]
    company = sdn_row(99, "COMPANY Z")
    made = tmp_path / "daily"
    made.mkdir()
    for name, rows in {
        "sdn_2015-01-01.csv": tied,
        "sdn_2015-01-02T0900.csv": [*tied, company],
        "sdn_2015-01-02T1800.csv": [*tied[1:], company],
        "sdn_2015-01-05.csv": [*tied[1:-1], sdn_row(8, "FRIEND 8", remarks="DOB 1960.")],
        "sdn_2015-01-06.csv": [*tied, company],
    }.items():
        (made / name).write_bytes(text(rows))
    return made


def test_a_folder_of_editions_gives_the_states_that_one_by_one_gives(home: Home, folder: Path, tmp_path: Path) -> None:
    each(home, folder)
    single = Home.open(tmp_path / "single", create=True)
    for path, on in editions_in([folder]):
        import_edition(single, "ofac-sdn", [path], on=on, at=AT)
    assert states(home) == states(single)
    assert [to_json(one) for one in editions(home)] == [to_json(one) for one in editions(single)]


def test_editions_of_one_day_keep_the_order_of_their_names(home: Home, folder: Path) -> None:
    each(home, folder)
    assert [one.parts[0].file for one in editions(home)] == sorted(path.name for path in folder.iterdir())


def test_a_tie_that_finds_its_party_is_no_amendment_but_is_in_force(home: Home, folder: Path) -> None:
    each(home, folder)
    second = editions(home)[1]
    assert (second.added, second.amended) == (1, 0)
    assert diff(home, "ofac-sdn", date(2015, 1, 1), date(2015, 1, 2)).result.amended == ()
    listing = show(home, "ofac-sdn:3", date(2015, 1, 2)).listing
    assert listing is not None
    assert listing.relations[0].listing == "ofac-sdn:99"


def test_one_refused_edition_stops_none_behind_it(home: Home, folder: Path) -> None:
    (folder / "sdn_2015-01-03.csv").write_bytes(b"<html><body>Service unavailable</body></html>")
    done, refused = each(home, folder)
    assert len(done) == 5
    assert [one.code for one in refused] == ["html"]


def test_a_folder_imported_again_changes_nothing(home: Home, folder: Path) -> None:
    each(home, folder)
    before = states(home)
    (folder / "sdn_2015-01-01.csv").unlink()
    for path in list(folder.iterdir())[:-1]:
        if "01-06" not in path.name:
            path.unlink()
    done, _ = each(home, folder)
    assert [report.unchanged for report in done] == [True]
    assert states(home) == before


def test_a_folder_without_an_edition_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        editions_in([tmp_path])
    assert caught.value.code == "no-file"


@pytest.mark.shared
def test_real_days_equal_their_files_and_the_counts_of_the_archive(
    home: Home, shared_data: Path, tmp_path: Path
) -> None:
    with (shared_data / f"{DAILY}_versions.csv").open(newline="") as file:
        told = list(csv.DictReader(file))[40:52]
    made = tmp_path / "daily"
    made.mkdir()
    with tarfile.open(shared_data / f"{DAILY}.tar.xz") as archive:
        archive.extractall(made, [archive.getmember(row["file"]) for row in told], filter="data")
    each(home, made)
    found = editions(home)
    counts = [(one.listings, one.added, one.removed) for one in found[1:]]
    assert counts == [(int(row["records"]), int(row["added_vs_prev"]), int(row["removed_vs_prev"])) for row in told[1:]]
    for row, one in zip(told, found, strict=True):
        data = (made / row["file"]).read_bytes()
        assert home.raw.read(one.parts[0].sha256) == data
        if one in (found[0], found[-1]):
            said = {listing.uid: listing for listing in read_edition([ListFile("sdn", data)], "ofac-sdn").listings}
            assert {listing.uid: listing for listing in iter_listings(home, one.on)} == said


@pytest.mark.parametrize(
    ("age", "asked_days_ago", "doubted"), [(7, None, False), (8, None, True), (40, 3, False), (40, 9, True)]
)
def test_an_edition_is_doubted_where_neither_its_day_nor_its_publisher_says_that_it_is_the_last(
    age: int, asked_days_ago: int | None, doubted: bool
) -> None:
    asked = None if asked_days_ago is None else AT - timedelta(days=asked_days_ago)
    assert (doubt(age, asked, FRESH_DAYS, AT) is not None) is doubted
