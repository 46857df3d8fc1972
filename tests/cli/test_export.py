"""`interdict lists export`: what is in force, as entities other programs read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from interdiction.cli.lists import app
from interdiction.lists.detect import read_edition
from interdiction.lists.readers import ListFile

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
