"""The door to cases, clearances and monitored books: what is asked, said and refused, in words and as JSON."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Ask

BY, SECOND = ("--by", "A. First", "--why", "seen the papers"), ("--by", "B. Second", "--why", "agreed")


@pytest.fixture
def home(demo_home: Path, ask: Ask, tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    shutil.copytree(demo_home, folder)
    ask("pay", demo_home / "example" / "payments.csv", "--record", home=folder)
    return folder


def test_the_queue_names_what_waits_and_for_whom(home: Path, ask: Ask) -> None:
    found = ask("cases", "list", "--json", home=home).json["result"]
    assert [one["case"]["subject"] for one in found][:2] == ["P-005", "P-011"]
    assert ask("cases", "list", "--state", "closed", "--json", home=home).json["result"] == []
    ask("cases", "assign", "C-4", "--to", "D. Desk", "--by", "Lead", home=home)
    (mine,) = ask("cases", "list", "--assigned", "d desk", "--json", home=home).json["result"]
    assert mine["case"]["number"] == 4


def test_a_case_is_decided_by_two_with_papers_and_a_trail(home: Path, ask: Ask, tmp_path: Path) -> None:
    paper = tmp_path / "passport.pdf"
    paper.write_bytes(b"%PDF")
    ask("cases", "attach", "C-4", paper, "--by", "A. First", home=home)
    ask("cases", "comment", "C-4", "--text", "asked the branch", "--by", "A. First", home=home)
    ask("cases", "ask", "C-4", "--of", "the bank", "--text", "who he is", "--by", "A. First", home=home)
    ask("cases", "answer", "C-4", "1", "--text", "a firm of that name", "--by", "A. First", home=home)
    ask("cases", "decide", "C-4", "ofac-sdn:9345", "--outcome", "false", *BY, home=home)
    done = ask("cases", "approve", "C-4", *SECOND, "--json", home=home).json["result"]
    assert ([one["result"] for one in done["records"]], done["case"]["state"]) == (["release"], "closed")
    told = ask("cases", "show", "C-4", home=home).out
    assert "file passport.pdf, 4 bytes" in told
    assert "false by A. First, approved by B. Second" in told
    acts = [one["action"]["type"] for one in ask("cases", "show", "C-4", "--json", home=home).json["result"]["entries"]]
    assert acts == [
        "alerted",
        "attached",
        "commented",
        "asked",
        "answered",
        "decided",
        "approved",
        "carried_out",
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("cases", "show", "C-99"), "unknown-case"),
        (("cases", "show", "X"), "not-an-id"),
        (("cases", "decide", "C-4", "ofac-sdn:9345", *BY), "nothing-said"),
        (("cases", "decide", "C-4", "ofac-sdn:9345", "--outcome", "true", "--release", *BY), "nothing-said"),
        (("cases", "decide", "C-4", "un:1", "--outcome", "true", *BY), "no-such-pair"),
        (("cases", "decide", "C-4", "ofac-sdn:9345", "--outcome", "true", "--reason", "x", *BY), "reason-code"),
        (("cases", "approve", "C-4", *BY), "nothing-to-approve"),
        (("cases", "approve", *BY), "unknown-case"),
        (("cases", "approve", "--same", "abc", *BY), "nothing-to-approve"),
        (("cases", "close-same", "C-4", "ofac-sdn:9345", "--accept", "abc", *BY), "preview-changed"),
        (("cases", "reopen", "C-4", *BY), "not-closed"),
        (("cases", "review", "C-4", *BY), "not-drawn"),
        (("cases", "sample", "2015-01", "--share", "2"), "sample"),
        (("cases", "open", "D-8"), "no-alert"),
        (("clearances", "add", "C-4", "ofac-sdn:9345", *BY), "not-false"),
        (("clearances", "approve", "CL-9", *BY), "unknown-clearance"),
        (("book", "run", "crm"), "unknown-book"),
        (("book", "remove", "crm", *BY), "unknown-book"),
    ],
)
def test_what_cannot_be_done_is_a_usage_error(home: Path, ask: Ask, arguments: tuple[str, ...], code: str) -> None:
    refused = ask(*arguments, "--json", home=home)
    assert (refused.code, refused.error["code"]) == (2, code)


def test_the_same_hits_are_shown_with_a_hash_and_proposed_with_it(home: Path, ask: Ask) -> None:
    shown = ask("cases", "close-same", "C-4", "ofac-sdn:9345", "--json", home=home).json["result"]
    assert [one["subject"] for one in shown["pairs"]] == ["P-004"]
    accept = ("--accept", shown["hash"], *BY)
    assert ask("cases", "close-same", "C-4", "ofac-sdn:9345", *accept, home=home).code == 0
    done = ask("cases", "approve", "--same", shown["hash"], *SECOND, "--json", home=home).json["result"]
    assert [one["case"]["state"] for one in done] == ["closed"]
    (drawn,) = ask("cases", "sample", "2015-01", "--share", "1", "--json", home=home).json["result"]
    said = ("--disagree", "--by", "C. Third", "--why", "it is them", "--json")
    looked = ask("cases", "review", f"C-{drawn['number']}", *said, home=home).json["result"]
    assert looked["case"]["state"] == "open"


def test_a_book_is_registered_screened_and_told_as_due_when_it_changes(home: Path, ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "crm.csv"
    path.write_text("id,name\nC1,Kim Yong Chol\nC2,A Baker\n", encoding="utf-8")
    added = ask("book", "add", path, "--by", "A", "--expect", "2", "--json", home=home)
    assert added.code == 1
    (one,) = added.json["result"]
    assert (one["proof"]["complete"], len(one["cases"])) == (True, 1)
    assert ask("book", "run", "--json", home=home).code == 0
    assert ask("book", "status", home=home).code == 0
    path.write_text("id,name\nC1,Kim Yong Chol\nC2,A Butcher\n", encoding="utf-8")
    assert ask("book", "add", path, "--by", "A", "--expect", "3", "--no-screen", home=home).code == 3
    due = ask("book", "status", "--json", home=home)
    assert (due.code, due.json["result"][0]["due"]) == (1, "another version came")
    assert ask("book", "run", home=home).code == 3
    assert "3 customers were expected and 2 stand in the book" in ask("book", "run", "crm", home=home).out
