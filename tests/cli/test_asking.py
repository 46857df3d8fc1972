"""`interdict read --ask`: a user's own program may propose, lie, hang, shout or die; the draft stays what it was."""

from __future__ import annotations

import json
import shlex
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ask

TEXT = (
    "OFAC today designated Baltic Meridian Shipping Limited pursuant to E.O. 14024. Its paymaster is Korea Mining "
    "Development Trading Corporation, or KOMID.\n"
)
HONEST = """
import json, sys
asked = json.load(sys.stdin)
text = asked["text"]
def at(words):
    return {"words": words, "start": text.index(words)}
name = "Korea Mining Development Trading Corporation"
print(json.dumps({"schema": "interdict.proposals/1", "by": "reader-7b", "sha256": asked["sha256"], "proposals": [
    {"slot": "target", **at(name), "act": at("designated"), "party": "organisation"},
    {"slot": "alias", **at("KOMID"), "target": at(name)},
    {"slot": "target", "words": "Sony Pictures", "start": 5, "act": at("designated")},
]}))
"""


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def program(tmp_path: Path, source: str) -> str:
    path = tmp_path / "my model.py"
    path.write_text(source, encoding="utf-8")
    return shlex.join([sys.executable, str(path)])


def rules_only(draft: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in draft.items() if key not in {"proposals", "refused"}}


def test_what_a_program_proposes_stands_apart_with_its_name_and_who_answers_to_it(
    ask: Ask, story: Path, tmp_path: Path
) -> None:
    (plain,) = ask("read", story, "--json").json["result"]
    answer = ask("read", story, "--ask", program(tmp_path, HONEST), "--json")
    (draft,) = answer.json["result"]
    assert rules_only(draft) == plain
    target, alias = draft["proposals"]
    assert target["by"] == f"reader-7b ({Path(sys.executable).name})"
    assert target["said"]["quote"] == "Korea Mining Development Trading Corporation"
    assert target["of"]["quote"] == "designated"
    assert target["listings"] == ["ofac-sdn:9345"]
    assert alias["said"]["quote"] == "KOMID"
    assert [(one["check"], one["words"]) for one in draft["refused"]] == [("words", "Sony Pictures")]


def test_the_page_and_the_screen_show_proposals_in_a_frame_of_their_own(ask: Ask, story: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    answer = ask("read", story, "--ask", program(tmp_path, HONEST), "--html", page)
    shown = page.read_text(encoding="utf-8")
    assert 'class="proposed"' in shown
    assert "proposed by reader-7b" in shown
    assert "not part of the draft" in answer.out
    head, _, tail = answer.out.partition("Proposed by a program")
    assert "Korea Mining" not in head
    assert "Korea Mining" in tail
    assert "refused: target" in tail


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("import time; time.sleep(600)", "ask-time"),
        ("import sys, time; sys.stdin.read(); print('{}'); sys.stdout.flush(); time.sleep(600)", "ask-time"),
        ("import sys; sys.exit(3)", "ask-failed"),
        ("import sys; sys.stdout.buffer.write(bytes(range(256)) * 100)", "proposals"),
        ("import sys\nwhile True: sys.stdout.buffer.write(b'x' * 65536)", "ask-size"),
        ("print('Here you are!')", "proposals"),
        ("pass", "proposals"),
        ('print(\'{"schema":"interdict.proposals/1","sha256":"00","proposals":[]}\')', "other-document"),
    ],
    ids=["hangs", "never-ends", "fails", "binary", "endless", "prose", "silent", "another"],
)
def test_a_program_that_fails_takes_nothing_from_what_the_rules_read(
    ask: Ask, story: Path, tmp_path: Path, source: str, code: str
) -> None:
    (plain,) = ask("read", story, "--json").json["result"]
    answer = ask("read", story, "--ask", program(tmp_path, source), "--ask-seconds", "2", "--json")
    assert answer.code == 3
    assert answer.json["result"] == [plain]
    assert [one["code"] for one in answer.json["problems"] if one.get("file") == "story.txt"] == [code]


def test_a_program_that_hangs_is_ended_with_what_it_started(ask: Ask, story: Path, tmp_path: Path) -> None:
    mark = tmp_path / "alive"
    child = f"import time\nwhile True:\n    open({str(mark)!r}, 'a').write('.')\n    time.sleep(0.05)"
    source = f"import subprocess, sys, time\nsubprocess.Popen([sys.executable, '-c', {child!r}])\ntime.sleep(600)"
    ask("read", story, "--ask", program(tmp_path, source), "--ask-seconds", "2", "--json")
    size = mark.stat().st_size
    time.sleep(0.3)
    assert mark.stat().st_size == size


@pytest.mark.parametrize("command", ["no-such-program-of-ours", "'unclosed", ""])
def test_a_command_that_cannot_be_started_is_a_wrong_call(ask: Ask, story: Path, command: str) -> None:
    answer = ask("read", story, "--ask", command, "--json")
    assert (answer.code, answer.error["code"]) == (2, "ask-program")


def test_no_shell_reads_the_command(ask: Ask, story: Path, tmp_path: Path) -> None:
    ask("read", story, "--ask", f"{program(tmp_path, 'pass')}; touch {tmp_path}/owned", "--json")
    assert not (tmp_path / "owned").exists()


def test_proposals_may_come_from_a_file_that_names_its_document(ask: Ask, story: Path, tmp_path: Path) -> None:
    asked = tmp_path / "asked.json"
    ask("read", story, "--request", asked, "--json")
    question = json.loads(asked.read_bytes())
    assert question["text"] == TEXT
    name = "Korea Mining Development Trading Corporation"
    proposal = {
        "slot": "target",
        "words": name,
        "start": TEXT.index(name),
        "act": {"words": "designated", "start": TEXT.index("designated")},
    }
    body = {"schema": "interdict.proposals/1", "sha256": question["sha256"], "proposals": [proposal]}
    made = tmp_path / "made.json"
    made.write_text(json.dumps(body), encoding="utf-8")
    (draft,) = ask("read", story, "--proposals", made, "--json").json["result"]
    assert [(one["said"]["quote"], one["by"]) for one in draft["proposals"]] == [(name, "made.json")]
    story.write_text(f"Late correction. {TEXT}", encoding="utf-8")
    answer = ask("read", story, "--proposals", made, "--json")
    assert (answer.code, answer.error["code"]) == (3, "other-document")


@pytest.mark.parametrize("size", [0, 3_000_000])
def test_a_file_that_holds_no_proposals_is_refused(ask: Ask, story: Path, tmp_path: Path, size: int) -> None:
    made = tmp_path / "made.json"
    made.write_bytes(b"\x00" * size)
    answer = ask("read", story, "--proposals", made, "--json")
    assert (answer.code, answer.error["code"]) == (3, "proposals")


def test_a_request_is_of_one_document(ask: Ask, story: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(TEXT, encoding="utf-8")
    answer = ask("read", story, other, "--request", tmp_path / "asked.json", "--json")
    assert (answer.code, answer.error["code"]) == (2, "one-document")
