"""`interdict lists export`: what is in force, as entities other programs read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from interdiction.cli.lists import app
from interdiction.engine import inforce
from interdiction.lists.detect import read_edition
from interdiction.lists.readers import ListFile
from interdiction.model import Listing, from_json

ROW = '9345,"KOMID",-0- ,"NPWMD] [DPRK2",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 2001; Website www.x.kp."'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INTERDICT_NOW", "2026-11-22T12:00:00+00:00")
    (tmp_path / "sdn.csv").write_bytes(f"{ROW}\r\n\x1a".encode())
    made = _run("import", "ofac-sdn", str(tmp_path / "sdn.csv"), "--on", "2015-01-02", "--home", str(tmp_path / "home"))
    assert made.exit_code == 0, made.stderr
    return tmp_path / "home"


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_the_listings_in_force_are_written_and_read_again(home: Path, tmp_path: Path) -> None:
    into = tmp_path / "out.json"
    result = _run("export", "ofac-sdn", "--out", str(into), "--home", str(home))
    assert result.exit_code == 0, result.stderr
    assert "ofac-sdn of 2015-01-02" in result.stdout
    first = json.loads(into.read_bytes().split(b"\n")[0])
    assert (first["id"], first["schema"], first["datasets"]) == ("ofac-sdn:9345", "Organization", ["us_ofac_sdn"])
    (again,) = read_edition([ListFile("out.json", into.read_bytes())], "opensanctions").listings
    assert again.programmes == ("NPWMD", "DPRK2")


def test_a_list_that_is_not_in_force_and_a_file_that_is_there_are_refused(home: Path, tmp_path: Path) -> None:
    into = tmp_path / "out.json"
    missing = _run("export", "un", "--out", str(into), "--home", str(home))
    assert (missing.exit_code, "not-in-force" in missing.stderr, into.exists()) == (2, True, False)
    into.write_text("mine")
    there = _run("export", "--out", str(into), "--home", str(home))
    assert (there.exit_code, "file-exists" in there.stderr, into.read_text()) == (2, True, "mine")


@pytest.mark.parametrize("form", ["ftm", "jsonl"])
def test_an_interrupted_export_leaves_no_part_of_a_file(
    form: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: Any, **named: Any) -> Iterator[Listing]:
        yield from iter_listings(*given, **named)
        raise KeyboardInterrupt

    iter_listings = inforce.iter_listings
    monkeypatch.setattr(inforce, "iter_listings", broken)
    before = set(tmp_path.iterdir())
    result = _run("export", "--format", form, "--out", str(tmp_path / "out.json"), "--home", str(home))
    assert result.exit_code != 0
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_table_has_a_row_for_each_listing_with_what_its_programmes_mean(
    form: str, home: Path, tmp_path: Path
) -> None:
    into = tmp_path / f"out.{form}"
    result = _run("export", "--format", form, "--lists", "ofac-sdn", "--out", str(into), "--home", str(home))
    assert result.exit_code == 0, result.stderr
    (row,) = (pl.read_csv if form == "csv" else pl.read_parquet)(into).to_dicts()
    assert (row["listing"], row["name"], row["programmes"]) == ("ofac-sdn:9345", "KOMID", "NPWMD; DPRK2")
    assert row["measures"] == "asset_freeze"


def test_json_lines_hold_the_whole_listings(home: Path, tmp_path: Path) -> None:
    into = tmp_path / "out.jsonl"
    result = _run("export", "--format", "jsonl", "--out", str(into), "--home", str(home))
    assert result.exit_code == 0, result.stderr
    listing = from_json(into.read_bytes().strip(), Listing)
    assert (listing.id, listing.remarks) == ("ofac-sdn:9345", "DOB 2001; Website www.x.kp.")


def test_what_was_not_known_yet_is_not_exported(home: Path, tmp_path: Path) -> None:
    into = tmp_path / "out.jsonl"
    result = _run("export", "--format", "jsonl", "--known-at", "2020-01-01", "--out", str(into), "--home", str(home))
    assert (result.exit_code, into.exists()) == (4, False)


def test_a_table_under_another_ending_is_refused_and_nothing_is_written(home: Path, tmp_path: Path) -> None:
    into = tmp_path / "out.txt"
    result = _run("export", "--format", "csv", "--out", str(into), "--home", str(home))
    assert (result.exit_code, "output" in result.stderr, into.exists()) == (2, True, False)
