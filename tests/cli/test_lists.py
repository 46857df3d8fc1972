from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner, Result

from interdiction.cli.lists import app
from interdiction.store import faults

NULL = "-0- "


def row(uid: int, name: str = "", programme: str = "NPWMD") -> str:
    return ",".join([str(uid), f'"{name or f"PARTY NUMBER {uid}"}"', '"individual"', f'"{programme}"', *[NULL] * 8])


HUNDRED = [row(uid) for uid in range(1, 101)]
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("INTERDICT_NOW", "2026-11-22T12:00:00+00:00")

    def invoke(*arguments: object) -> Result:
        return CliRunner().invoke(app, [*map(str, arguments), "--home", str(tmp_path / "home")])

    return invoke


@pytest.fixture
def bring(run: Run, tmp_path: Path) -> Run:
    def bring_in(day: int, rows: Iterable[str], *more: object) -> Result:
        path = tmp_path / f"sdn-{day}.csv"
        path.write_bytes(("\r\n".join(rows) + "\r\n\x1a").encode("cp1252"))
        return run("import", "ofac-sdn", path, "--on", f"2015-01-{day:02}", *more)

    return bring_in


def answer(result: Result) -> Any:
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return json.loads(result.stdout)


def error(result: Result) -> dict[str, str]:
    found: dict[str, str] = json.loads(result.stderr)["error"]
    assert set(found) == {"code", "message", "where", "mend"}
    assert result.stdout == ""
    return found


def test_an_accepted_import_leaves_with_0_and_the_contracts_envelope(bring: Run) -> None:
    result = bring(1, HUNDRED, "--json")
    assert result.exit_code == 0
    given = answer(result)
    assert set(given) == {"schema", "as_of", "editions", "result", "problems"}
    assert given["schema"] == "interdict.lists.import/1"
    (edition,) = given["editions"]
    assert {"list", "edition", "sha256", "age_days", "parts"} <= edition.keys()
    assert (given["result"]["added"], given["result"]["state"]) == (100, "accepted")


def test_an_overlay_leaves_with_3_and_says_what_waits(bring: Run) -> None:
    bring(1, HUNDRED)
    result = bring(2, HUNDRED[:70], "--json")
    assert result.exit_code == 3
    assert answer(result)["result"]["waiting"] == 30
    assert "defective" in bring(3, HUNDRED[:70]).stdout


def test_a_refused_import_leaves_with_4_and_an_error_on_standard_error(bring: Run) -> None:
    bring(1, HUNDRED)
    result = bring(2, HUNDRED[:10], "--json")
    assert result.exit_code == 4
    assert error(result)["code"] == "not-this-list"


def test_errors_for_people_are_two_lines(bring: Run) -> None:
    bring(3, HUNDRED)
    result = bring(2, HUNDRED)
    assert result.exit_code == 4
    assert [line.split()[0] for line in result.stderr.splitlines()] == ["interdict:", "mend:"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("import", "ofac", "x.csv", "--on", "2015-01-01"), "unknown-list"),
        (("import", "ofac-sdn", "x.csv", "--on", "2015-02-31"), "date"),
        (("diff", "ofac-sdn", "--from", "yesterday", "--to", "2015-01-01"), "date"),
        (("import", "ofac-sdn", "x.csv", "--accept-problems"), "by-required"),
    ],
)
def test_usage_errors_leave_with_2(run: Run, arguments: tuple[str, ...], code: str) -> None:
    result = run(*arguments, "--json")
    assert (result.exit_code, error(result)["code"]) == (2, code)


def test_a_file_that_is_not_there_leaves_with_3(run: Run) -> None:
    result = run("import", "ofac-sdn", "no-such.csv", "--on", "2015-01-01", "--json")
    assert (result.exit_code, error(result)["code"]) == (3, "no-file")


def test_a_missing_day_leaves_with_2(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sdn.csv").write_text("\r\n".join(HUNDRED))
    result = run("import", "ofac-sdn", tmp_path / "sdn.csv", "--json")
    assert (result.exit_code, error(result)["code"]) == (2, "on-required")


def test_no_list_leaves_with_4_whatever_is_asked(run: Run) -> None:
    for asked in (("status",), ("show", "ofac-sdn:1"), ("diff", "un", "--from", "2015-01-01", "--to", "2015-01-02")):
        result = run(*asked, "--json")
        assert (result.exit_code, error(result)["code"]) == (4, "no-list")


def test_a_newer_home_leaves_with_5(run: Run, bring: Run, tmp_path: Path) -> None:
    bring(1, HUNDRED)
    (tmp_path / "home" / "VERSION").write_text("9\n")
    result = run("status", "--json")
    assert (result.exit_code, error(result)["code"]) == (5, "newer-home")


def test_the_same_bytes_again_leave_with_0_and_are_said_to_be_here(bring: Run) -> None:
    bring(1, HUNDRED)
    again = bring(1, HUNDRED)
    assert again.exit_code == 0
    assert "already" in again.stdout
    assert answer(bring(1, HUNDRED, "--json"))["result"]["unchanged"] is True


def test_diff_gives_the_contracts_result(bring: Run, run: Run) -> None:
    bring(1, HUNDRED)
    bring(2, [row(1, programme="NPWMD] [DPRK2"), *HUNDRED[2:], row(17614, "KIM, Yong Chol")])
    given = answer(run("diff", "ofac-sdn", "--from", "2015-01-01", "--to", "2015-01-02", "--json"))
    assert given["schema"] == "interdict.lists.diff/1"
    assert given["result"] == {
        "added": [{"listing": "ofac-sdn:17614", "kind": "added", "name": "KIM, Yong Chol", "fields": []}],
        "amended": [
            {
                "listing": "ofac-sdn:1",
                "kind": "amended",
                "name": "PARTY NUMBER 1",
                "fields": [{"path": "programmes", "before": ["NPWMD"], "after": ["NPWMD", "DPRK2"]}],
            }
        ],
        "removed": [{"listing": "ofac-sdn:2", "kind": "removed", "name": "PARTY NUMBER 2", "fields": []}],
    }
    assert [edition["edition"][:19] for edition in given["editions"]] == ["ofac-sdn@2015-01-01", "ofac-sdn@2015-01-02"]
    people = run("diff", "ofac-sdn", "--from", "2015-01-01", "--to", "2015-01-02").stdout
    assert "1 added, 1 amended, 1 removed" in people
    assert "+ DPRK2" in people


def test_show_gives_the_listing_and_its_past(bring: Run, run: Run) -> None:
    bring(1, HUNDRED)
    bring(2, [row(1, "[NOT MARKUP]"), *HUNDRED[1:]])
    given = answer(run("show", "ofac-sdn:1", "--as-of", "2015-01-01", "--json"))
    assert given["as_of"] == "2015-01-01"
    assert given["result"]["listing"]["party"]["names"][0]["text"] == "PARTY NUMBER 1"
    assert [state["kind"] for state in given["result"]["states"]] == ["added", "amended"]
    assert "[NOT MARKUP]" in run("show", "ofac-sdn:1").stdout


def test_status_shows_an_alarm_until_somebody_decides(bring: Run, run: Run) -> None:
    bring(1, HUNDRED)
    bring(2, HUNDRED[:70])
    result = run("status")
    assert result.exit_code == 0
    assert "30 removals wait" in result.stdout
    bring(2, HUNDRED[:70], "--accept-problems", "--by", "A. Officer")
    assert "removals wait" not in run("status").stdout
    assert answer(run("status", "--json"))["result"]["lists"][0]["edition"]["by"] == "A. Officer"


def test_a_stale_list_leaves_with_4_and_is_still_shown(bring: Run, run: Run, tmp_path: Path) -> None:
    bring(1, HUNDRED)
    (tmp_path / "home" / "config.toml").write_text("[max_age_days]\nofac-sdn = 3\n")
    result = run("status", "--json")
    assert result.exit_code == 4
    assert answer(result)["result"]["lists"][0]["stale"] is True


def test_history_is_filed_without_touching_what_is_in_force(bring: Run, run: Run) -> None:
    bring(2, HUNDRED)
    result = bring(1, HUNDRED[1:], "--history")
    assert result.exit_code == 0
    assert "filed as history" in result.stdout
    assert answer(run("status", "--json"))["result"]["lists"][0]["edition"]["on"] == "2015-01-02"


DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_of_this_door_names_every_option_and_no_other() -> None:
    page = (DOCS / "lists" / "README.md").read_text(encoding="utf-8")
    commands: dict[str, Any] = vars(get_command(app))["commands"]
    options = {option for command in commands.values() for one in command.params for option in one.opts}
    assert {option for option in options if option.startswith("--")} == set(re.findall(r"--[a-z][a-z-]+", page))
    assert set(commands) == set(re.findall(r"^## lists ([\w-]+)", page, re.MULTILINE))


def test_the_page_of_the_home_names_every_code_of_an_unusable_one() -> None:
    page = (DOCS / "home.md").read_text(encoding="utf-8")
    assert {*faults.CODES, "not-a-home", "newer-home"} <= set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE))


def test_the_life_of_a_listing_is_told_with_its_removals(bring: Run, run: Run) -> None:
    bring(1, HUNDRED)
    bring(2, HUNDRED[:-1])
    bring(3, [*HUNDRED[:-1], row(100, programme="SDGT")])
    told = [line.split() for line in run("show", "100", "--history").stdout.splitlines()]
    assert [words[:2] for words in told[2:]] == [
        ["2015-01-01", "added"],
        ["2015-01-02", "removed"],
        ["2015-01-03", "added"],
    ]
    assert "(unknown-listing)" not in run("show", "ofac-sdn:100", "--known-at", "2026-11-22T12:00Z").stdout


def test_an_instant_that_is_none_is_a_usage_error(bring: Run, run: Run) -> None:
    bring(1, HUNDRED)
    result = run("show", "ofac-sdn:1", "--known-at", "yesterday", "--json")
    assert (result.exit_code, error(result)["code"]) == (2, "date")
