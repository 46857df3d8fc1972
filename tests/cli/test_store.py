"""The commands of store and audit, as a person types them."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from interdiction.cli.app import run
from interdiction.engine.story import tell


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INTERDICT_NOW", "2015-01-02T18:00:00+00:00")
    tell(tmp_path / "home", datetime(2015, 1, 2, 18, tzinfo=UTC))
    return tmp_path / "home"


def test_a_home_is_backed_up_verified_and_restored(
    home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    kept, new = str(tmp_path / "kept"), str(tmp_path / "new")
    assert run(["store", "backup", kept, "--home", str(home), "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["result"]["rows"]["edition"] == 2
    assert run(["store", "verify", "--backup", kept]) == 0
    assert "everything is as it was written" in capfd.readouterr().out
    assert run(["store", "restore", kept, "--home", new]) == 0
    assert run(["check", "KIM YONG CHOL", "--home", new]) == 1
    (Path(kept) / "VERSION").write_text("2")
    assert run(["store", "verify", "--backup", kept, "--json"]) == 5
    assert run(["store", "restore", kept, "--home", str(tmp_path / "other")]) == 3


def test_the_log_is_read_verified_signed_and_written_out(
    home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    place = ["--home", str(home)]
    assert run(["pay", str(home / "example" / "payments.csv"), "--record", *place]) == 1
    capfd.readouterr()
    assert run(["audit", "list", "--about", "D-5", "--json", *place]) == 0
    (entry,) = json.loads(capfd.readouterr().out)["result"]
    assert (entry["kind"], entry["subject"], sum(entry["body"]["results"].values())) == ("decided", "D-1..D-12", 12)
    assert run(["audit", "show", str(entry["seq"]), "--json", *place]) == 0
    assert json.loads(capfd.readouterr().out)["result"]["entry"] == entry
    assert run(["audit", "checkpoint", *place]) == 0
    (tmp_path / "kept.jsonl").write_text(capfd.readouterr().out)
    assert run(["audit", "verify", "--checkpoints", str(tmp_path / "kept.jsonl"), *place]) == 0
    assert "the log is whole" in capfd.readouterr().out
    assert run(["audit", "export", "-o", str(tmp_path / "out"), "--by", "Jo", *place]) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "audit.jsonl",
        "audit.pub",
        "checkpoints.jsonl",
    ]


def answered(words: list[str], capfd: pytest.CaptureFixture[str]) -> str:
    capfd.readouterr()
    assert run(words) == 0
    return capfd.readouterr().out


def test_a_hold_keeps_what_may_go_until_it_is_lifted(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    place, said = ["--home", str(home)], ["--by", "Ann", "--why", "a claim"]
    assert run(["pay", str(home / "example" / "payments.csv"), "--record", *place]) == 1
    assert run(["store", "hold", "R-1", *said, *place]) == 0
    capfd.readouterr()
    assert run(["store", "retention", "--on", "2099-01-01", "--json", *place]) == 0
    result = json.loads(capfd.readouterr().out)["result"]
    assert result["holds"][0]["scope"] == "R-1"
    assert "held by Ann: a claim" in result["runs"][0]["because"]
    assert run(["store", "retention", "--prune", *said, *place]) == 0
    assert "nothing may go" in capfd.readouterr().out
    assert run(["store", "hold", "R-1", *said, "--lift", *place]) == 0
    assert run(["changes", "approve", "CH-1", *said, *place]) == 2
    assert "hold of R-1 by Ann" in answered(["store", "retention", *place], capfd)
    assert run(["changes", "approve", "CH-1", "--by", "Jo", "--why", "settled", *place]) == 0
    assert "hold of R-1" not in answered(["store", "retention", *place], capfd)
    assert run(["store", "retention", *place]) == 0
    assert "0 of 1 runs may go; records are kept 10 years" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["audit", "list", "--kind", "nothing"], 2),
        (["audit", "show", "99"], 2),
        (["audit", "verify", "--checkpoints", "none.jsonl"], 3),
        (["audit", "checkpoint", "--key", "none.pem"], 3),
        (["store", "hold", "X-1", "--by", "Ann", "--why", "x"], 2),
        (["store", "retention", "--prune"], 2),
        (["store", "retention", "--prune", "--on", "2099-01-01"], 2),
        (["store", "restore", "nowhere", "--url", "mysql://h/d"], 2),
        (["--store", "mysql://h/d", "audit", "list"], 2),
    ],
)
def test_what_cannot_be_is_said_with_its_code(home: Path, words: list[str], code: int) -> None:
    assert run([*words, "--home", str(home)]) == code


def test_a_question_that_keeps_nothing_loads_neither_tables_nor_a_database(home: Path) -> None:
    script = (
        "import sys; from interdiction.cli.app import run\n"
        "run(['check', 'KIM YONG CHOL', '--home', sys.argv[1]])\n"
        "loaded = {'polars', 'sqlalchemy', 'alembic', 'psycopg', 'cryptography'} & set(sys.modules)\n"
        "print(sorted(loaded), file=sys.stderr)"
    )
    command = [sys.executable, "-c", script, str(home)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr.strip() == "[]"
