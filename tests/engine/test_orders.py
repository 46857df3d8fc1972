"""From an announcement to a pending listing: confirmed names screen at once, and the list's silence is an alarm."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest

from interdiction.cli.app import run
from interdiction.data import demo_file
from interdiction.engine.home import Home
from interdiction.engine.imports import import_edition
from tests.announcements.test_drafts import AT

RELEASE = "OFAC today designated Baltic Meridian Shipping Limited and Ivo Harlan Trading LLC pursuant to E.O. 14024."


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INTERDICT_NOW", "2015-01-03T12:00Z")
    folder = tmp_path / "home"
    import_edition(
        Home.open(folder, create=True), "ofac-sdn", [demo_file("editions/2015-01-02")], at=AT, on=date(2015, 1, 2)
    )
    (tmp_path / "release.txt").write_text(RELEASE, encoding="utf-8")
    return folder


def ran(capsysbinary: pytest.CaptureFixture[bytes], *arguments: object) -> tuple[int, dict[str, object], str]:
    code = run([*map(str, arguments), "--json"])
    told = capsysbinary.readouterr()
    return code, json.loads(told.out or b"{}"), told.err.decode()


def hits(home: Path, capsysbinary: pytest.CaptureFixture[bytes], name: str) -> list[str]:
    _, answer, _ = ran(capsysbinary, "check", name, "--home", home)
    result = answer["result"]
    assert isinstance(result, list)
    return [hit["listing"].rpartition(":")[0] for hit in result]


def test_a_kept_draft_screens_nobody_until_it_is_confirmed(
    home: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    code, answer, _ = ran(capsysbinary, "read", tmp_path / "release.txt", "--home", home, "--keep")
    assert (code, answer["kept"]) == (0, ["O-1"])
    assert hits(home, capsysbinary, "Baltic Meridian Shipping Limited") == []
    code, _, _ = ran(capsysbinary, "orders", "confirm", "O-1", "--by", "A. Quill", "--why", "seen it", "--home", home)
    assert code == 0
    assert hits(home, capsysbinary, "Baltic Meridian Shipping Limited") == ["own-announced"]


def test_an_official_text_is_actual_notice_under_its_law_and_needs_that_law(
    home: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    ran(capsysbinary, "read", tmp_path / "release.txt", "--official", "--home", home, "--keep")
    said = ("--by", "A. Quill", "--why", "the release itself", "--home", home)
    code, _, error = ran(capsysbinary, "orders", "confirm", "O-1", *said)
    assert code == 2
    assert "law-required" in error
    code, _, _ = ran(capsysbinary, "orders", "confirm", "O-1", "--law", "us", *said)
    assert code == 0
    _, answer, _ = ran(capsysbinary, "check", "Baltic Meridian Shipping Limited", "--home", home)
    result = answer["result"]
    assert isinstance(result, list)
    assert result[0]["listing"].startswith("own-notice-us:")
    assert result[0]["designations"][0]["measures"] == ["asset_freeze"]


def test_whoever_the_text_lets_go_is_never_brought_into_force_with_the_rest(
    home: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    let_go = "OFAC has removed Ivo Harlan Trading LLC from the SDN List."
    mixed = f"{let_go} OFAC today designated Baltic Meridian Shipping Limited."
    (tmp_path / "mixed.txt").write_text(mixed, encoding="utf-8")
    ran(capsysbinary, "read", tmp_path / "mixed.txt", "--home", home, "--keep")
    said = ("--by", "A. Quill", "--why", "seen it", "--home", home)
    code, _, _ = ran(capsysbinary, "orders", "confirm", "O-1", *said)
    assert code == 0
    assert hits(home, capsysbinary, "Baltic Meridian Shipping Limited") == ["own-announced"]
    assert hits(home, capsysbinary, "Ivo Harlan Trading LLC") == []


def test_what_one_person_confirmed_holds_at_once_and_is_reviewed_by_another(
    home: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    ran(capsysbinary, "read", tmp_path / "release.txt", "--home", home, "--keep")
    first = ("--by", "A. Quill", "--why", "seen it", "--home", home)
    code, _, error = ran(capsysbinary, "orders", "review", "O-1", *first)
    assert (code, "not-confirmed" in error) == (2, True)
    ran(capsysbinary, "orders", "confirm", "O-1", *first)
    code, _, error = ran(capsysbinary, "orders", "review", "O-1", *first)
    assert (code, "same-person" in error) == (2, True)
    second = ("--by", "B. Second", "--why", "the text says so", "--home", home)
    assert ran(capsysbinary, "orders", "review", "O-1", *second)[0] == 0
    assert hits(home, capsysbinary, "Baltic Meridian Shipping Limited") == ["own-announced"]
    code, _, error = ran(capsysbinary, "orders", "review", "O-1", *second)
    assert (code, "not-confirmed" in error) == (2, True)


def test_a_rejected_order_screens_nobody_and_is_not_decided_twice(
    home: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    ran(capsysbinary, "read", tmp_path / "release.txt", "--home", home, "--keep")
    said = ("--by", "A. Quill", "--why", "a hoax", "--home", home)
    assert ran(capsysbinary, "orders", "reject", "O-1", *said)[0] == 0
    code, _, error = ran(capsysbinary, "orders", "confirm", "O-1", *said)
    assert code == 2
    assert "decided-order" in error
    assert hits(home, capsysbinary, "Baltic Meridian Shipping Limited") == []


def test_whom_no_list_followed_after_the_days_given_is_an_alarm(
    home: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran(capsysbinary, "read", tmp_path / "release.txt", "--home", home, "--keep")
    ran(capsysbinary, "orders", "confirm", "O-1", "--by", "A", "--why", "b", "--home", home)
    states = [one["state"] for one in pending(home, capsysbinary)]
    assert states == ["waiting", "waiting"]
    monkeypatch.setenv("INTERDICT_NOW", "2015-01-20T12:00Z")
    assert [one["state"] for one in pending(home, capsysbinary)] == ["missing", "missing"]


def test_whom_the_list_has_meanwhile_is_shown_with_his_listing(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERDICT_NOW", "2015-01-02T20:00Z")
    folder = tmp_path / "home"
    opened = Home.open(folder, create=True)
    import_edition(opened, "ofac-sdn", [demo_file("editions/2015-01-01")], at=AT, on=date(2015, 1, 1))
    ran(capsysbinary, "read", demo_file("announcement.txt"), "--home", folder, "--keep")
    ran(capsysbinary, "orders", "confirm", "O-1", "--by", "A", "--why", "b", "--only", "Kil Jong Hun", "--home", folder)
    assert hits(folder, capsysbinary, "Kil Jong Hun") == ["own-announced"]
    import_edition(opened, "ofac-sdn", [demo_file("editions/2015-01-02")], at=AT, on=date(2015, 1, 2))
    (one,) = pending(folder, capsysbinary)
    assert (one["listed"], one["state"]) == ("ofac-sdn:17619", "differing")


def pending(home: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> list[dict[str, object]]:
    _, answer, _ = ran(capsysbinary, "orders", "list", "--home", home)
    result = answer["result"]
    assert isinstance(result, dict)
    found = result["pending"]
    assert isinstance(found, list)
    return found


PROPOSING = """
import json, sys
text = json.load(sys.stdin)["text"]
def at(words):
    return {"words": words, "start": text.index(words)}
print(json.dumps({"schema": "interdict.proposals/1", "by": "m", "proposals": [
    {"slot": "target", **at("Quay Lantern Bunkers"), "act": at("designated"), "party": "organisation"}]}))
"""


def test_whom_a_program_proposed_is_never_confirmed_with_the_rest(
    home: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    text = tmp_path / "release.txt"
    text.write_text(f"{RELEASE} Its fuel comes from Quay Lantern Bunkers.", encoding="utf-8")
    (tmp_path / "model.py").write_text(PROPOSING, encoding="utf-8")
    asking = f"{sys.executable} {tmp_path / 'model.py'}"
    for _ in range(2):
        ran(capsysbinary, "read", text, "--home", home, "--keep", "--ask", asking)
    by = ("--by", "A. Quill", "--why", "seen it", "--home", home)
    _, answer, _ = ran(capsysbinary, "orders", "confirm", "O-1", *by)
    assert isinstance(answer["result"], dict)
    assert answer["result"]["names"] == ["Baltic Meridian Shipping Limited", "Ivo Harlan Trading LLC"]
    assert hits(home, capsysbinary, "Quay Lantern Bunkers") == []
    code, _, _ = ran(capsysbinary, "orders", "confirm", "O-2", "--only", "Quay Lantern Bunkers", *by)
    assert code == 0
    assert hits(home, capsysbinary, "Quay Lantern Bunkers") == ["own-announced"]
