"""The same day on a file and on a server: the same lists, decisions and answers, and a log that verifies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from interdiction.cli.app import run
from interdiction.data import demo_file
from interdiction.engine.home import Home
from interdiction.model.audit import AuditKind
from interdiction.store.audit import AuditLog
from interdiction.store.audit_check import verify
from interdiction.store.place import Place, Server

NOW = "2015-01-02T18:00:00+00:00"


def the_day(home: Path, capfd: pytest.CaptureFixture[str]) -> list[Any]:
    """Import two editions, decide payments, judge one, decide all again; give every answer."""
    editions, payments = demo_file("editions"), demo_file("payments.csv")
    judged = ["--outcome", "false", "--by", "Jo", "--why", "born later"]
    steps: list[tuple[int, list[object]]] = [
        (0, ["lists", "import", "ofac-sdn", editions / "2015-01-01", "--on", "2015-01-01"]),
        (0, ["lists", "import", "ofac-sdn", editions / "2015-01-02", "--on", "2015-01-02"]),
        (1, ["check", "KIM YONG CHOL"]),
        (1, ["pay", payments, "--record"]),
        (0, ["decisions", "confirm", "D-5", "ofac-sdn:17614", *judged]),
        (0, ["decisions", "list"]),
        (0, ["decisions", "replay"]),
        (0, ["lists", "diff", "ofac-sdn", "--from", "2015-01-01", "--to", "2015-01-02"]),
    ]
    answers = []
    for code, words in steps:
        capfd.readouterr()
        assert run([*map(str, words), "--home", str(home), "--json"]) == code, capfd.readouterr().err
        answers.append(json.loads(capfd.readouterr().out))
    return answers


def test_both_stores_give_the_same_answers(
    tmp_path: Path, server: Server, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERDICT_NOW", NOW)
    on_file = the_day(tmp_path / "file", capfd)
    monkeypatch.setenv("INTERDICT_STORE", server.url)
    on_server = the_day(tmp_path / "server", capfd)
    assert on_server == on_file
    assert not (tmp_path / "server" / "store.sqlite").exists()


def test_everything_that_decided_stands_in_the_log(
    tmp_path: Path, place: Place, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERDICT_NOW", NOW)
    home = tmp_path / "home"
    home.mkdir()
    if isinstance(place, Server):
        (home / "config.toml").write_text(f'[store]\nurl = "{place.url}"\n')
    the_day(home, capfd)
    with Home.open(home).reading() as reader:
        found = [one.kind for one in AuditLog(reader.connection).entries()][::-1]
        assert verify(reader.connection).faults == ()
    beside = {AuditKind.CONFIGURATION_CHANGED, AuditKind.CASE_STEP}
    kinds = [kind for kind in found if kind not in beside]
    begun, decided, ended = AuditKind.RUN_BEGUN, AuditKind.DECIDED, AuditKind.RUN_ENDED
    assert kinds[:5] == ["list-accepted", "list-accepted", begun, decided, ended]
    assert AuditKind.CASE_STEP in found
