"""Four eyes for the configuration, at the command line."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from interdiction.cli.app import run
from interdiction.engine.home import Home
from interdiction.engine.story import tell

AT = datetime(2015, 1, 2, 18, tzinfo=UTC)
SAID = ["--why", "as resolved", "--by"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    tell(tmp_path / "home", AT)
    return tmp_path / "home"


def said(capfd: pytest.CaptureFixture[str], words: list[str], home: Path, code: int = 0) -> str:
    capfd.readouterr()
    assert run([*words, "--home", str(home)]) == code
    return "".join(capfd.readouterr())


def begun(home: Path) -> None:
    assert run(["changes", "propose", *SAID, "Ann", "--home", str(home)]) == 0
    assert run(["changes", "approve", "CH-1", *SAID, "Bob", "--home", str(home)]) == 0


def test_a_trial_is_called_one_until_another_person_approves(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert "a trial: nobody has approved" in said(capfd, ["changes", "list"], home)
    begun(home)
    assert "the configuration of CH-1 is in force" in said(capfd, ["changes", "list"], home)
    assert "change-state" in said(capfd, ["changes", "approve", "CH-1", *SAID, "Cem"], home, 2)
    assert "nothing-changed" in said(capfd, ["changes", "propose", *SAID, "Ann"], home, 2)


def test_every_answer_says_that_a_file_is_not_what_was_approved(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    begun(home)
    assert "unapproved" not in said(capfd, ["check", "nobody at all", "--json"], home)
    (home / "config.toml").write_text('[institution]\nkind = "none"\n')
    problems = json.loads(said(capfd, ["check", "nobody at all", "--json"], home))["problems"]
    assert [(one["code"], one["node"]) for one in problems] == [("configuration-unapproved", "config.toml")]
    assert "config.toml is not what was approved" in said(capfd, ["check", "nobody at all"], home)
    assert "config.toml is changed on disk" in said(capfd, ["changes", "list"], home)
    asked = json.loads(said(capfd, ["changes", "propose", *SAID, "Ann", "--json"], home))["result"]
    assert asked["about"] == "config.toml"
    assert '+kind = "none"' in said(capfd, ["changes", "show", "CH-2"], home)


def test_nothing_is_kept_where_the_copy_beside_the_home_is_not_what_the_store_says(
    home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    begun(home)
    (home / "approved" / "in-force.json").unlink()
    pay = ["pay", str(home / "example" / "payments.csv"), "--record"]
    assert "[approved]" in said(capfd, pay, home, 5)
    said(capfd, pay, home, 1)
    (home / "approved" / "in-force.json").unlink()
    assert "the configuration of CH-1 is in force here" in said(capfd, ["changes", "restore"], home)


def test_a_backup_brings_the_approved_configuration_back(home: Path, tmp_path: Path) -> None:
    begun(home)
    assert run(["store", "backup", str(tmp_path / "saved"), "--home", str(home)]) == 0
    assert run(["store", "restore", str(tmp_path / "saved"), "--home", str(tmp_path / "again")]) == 0
    assert (Home.open(tmp_path / "again").path / "approved" / "in-force.json").is_file()
    assert run(["check", "nobody at all", "--home", str(tmp_path / "again")]) == 0


def test_the_service_says_at_its_start_whose_configuration_it_serves(
    home: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interdiction.cli.serve._run", lambda *_: None)
    assert "a trial: nobody has approved" in said(capfd, ["serve"], home)
    assert said(capfd, ["serve", "--json"], home) == ""
    begun(home)
    assert said(capfd, ["serve"], home) == ""
    (home / "approved" / "in-force.json").unlink()
    (home / "config.toml").write_text('[institution]\nkind = "none"\n')
    assert "config.toml is not what was approved" in said(capfd, ["serve"], home)
