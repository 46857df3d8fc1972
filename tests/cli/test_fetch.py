"""`lists fetch` as a scheduler sees it: exit codes, one line a list, the failure named."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner, Result

from interdiction.cli.lists import app
from interdiction.lists.sources import Sources
from tests.engine.conftest import sdn_row, text
from tests.engine.test_noticing import delta
from tests.lists.publisher import Publisher, serving

ROWS = [sdn_row(uid) for uid in range(1, 101)]
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def publisher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Publisher]:
    with serving(tmp_path_factory.mktemp("tls")) as one:
        yield one


@pytest.fixture
def run(tmp_path: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("INTERDICT_NOW", "2026-11-22T12:00:00+00:00")
    real = Sources.load()
    sdn = replace(
        real.get("ofac-sdn"),
        addresses={"sdn": publisher.at(f"/{tmp_path.name}")},
        fetch=("sdn",),
        expected=None,
        notice=publisher.at(f"/{tmp_path.name}/changes"),
    )
    un = replace(real.get("un"), fetch=(), expected=None)
    register = Sources((sdn, un))
    monkeypatch.setattr(Sources, "load", lambda: register)
    home = tmp_path / "home"
    home.mkdir()
    (home / "config.toml").write_text(f'[fetching]\nca_file = "{publisher.ca_file}"\n', encoding="utf-8")

    def invoke(*arguments: object) -> Result:
        return CliRunner().invoke(app, ["fetch", *map(str, arguments), "--home", str(home)])

    return invoke


def serve(publisher: Publisher, tmp_path: Path, data: bytes, day: str = "20") -> None:
    publisher.put(f"/{tmp_path.name}", (200, {"Last-Modified": f"Fri, {day} Nov 2026 08:00:00 GMT"}, data))


def test_a_new_list_leaves_with_0_and_says_what_came(run: Run, publisher: Publisher, tmp_path: Path) -> None:
    serve(publisher, tmp_path, text(ROWS))
    result = run("ofac-sdn")
    assert result.exit_code == 0, result.stderr
    assert "imported" in result.stdout
    assert "2 d" in result.stdout
    assert run("--all").exit_code == 0


def test_a_refused_list_leaves_with_4_and_names_what_stays_in_force(
    run: Run, publisher: Publisher, tmp_path: Path
) -> None:
    serve(publisher, tmp_path, text(ROWS))
    run("ofac-sdn")
    serve(publisher, tmp_path, b"<html>sorry</html>", "21")
    result = run("ofac-sdn")
    assert result.exit_code == 4
    assert "(html); ofac-sdn@2026-11-20" in result.stdout.replace("\n", "")
    assert "stays in force" in result.stdout


def test_a_defective_list_leaves_with_3(run: Run, publisher: Publisher, tmp_path: Path) -> None:
    serve(publisher, tmp_path, text(ROWS))
    run("ofac-sdn")
    serve(publisher, tmp_path, text(ROWS)[:-600], "21")
    assert run("ofac-sdn").exit_code == 3


def test_the_json_answer_holds_every_attempt_whole(run: Run, publisher: Publisher, tmp_path: Path) -> None:
    serve(publisher, tmp_path, text(ROWS))
    body = json.loads(run("ofac-sdn", "--json").stdout)
    assert body["schema"] == "interdict.lists.fetch/1"
    attempt = body["result"][0]["attempt"]
    assert (attempt["verdict"], attempt["parts"][0]["status"]) == ("imported", 200)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [([], "fetch-what"), (["un", "--all"], "fetch-what"), (["nowhere"], "unknown-list"), (["un"], "not-fetched")],
)
def test_a_call_that_names_nothing_to_fetch_is_a_usage_error(run: Run, arguments: list[str], code: str) -> None:
    result = run(*arguments, "--json")
    assert result.exit_code == 2
    assert json.loads(result.stderr)["error"]["code"] == code


def test_a_watch_asks_again_when_it_is_due_and_ends_when_interrupted(
    run: Run, publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(publisher, tmp_path, text(ROWS))
    hours = iter([13, 14, 15])

    def next_round(_: float) -> None:
        hour = next(hours, None)
        if hour is None:
            raise KeyboardInterrupt
        monkeypatch.setenv("INTERDICT_NOW", f"2026-11-22T{hour}:00:00+00:00")

    monkeypatch.setattr("time.sleep", next_round)
    before = len(publisher.asked)
    result = run("--all", "--watch")
    assert result.exit_code == 0
    # Asked at 12 and at 14: every two hours.
    asked = [path for path, _ in publisher.asked[before:] if not path.endswith("/changes")]
    assert len(asked) == 2


def test_a_watch_fetches_at_once_when_the_file_of_changes_is_another(
    run: Run, publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(publisher, tmp_path, text(ROWS))
    path = f"/{tmp_path.name}/changes"
    publisher.put(path, delta("2026-11-20", "add"))
    minutes = iter([15, 30, 45])

    def next_round(_: float) -> None:
        minute = next(minutes, None)
        if minute is None:
            raise KeyboardInterrupt
        if minute == 30:
            serve(publisher, tmp_path, text([*ROWS, sdn_row(101)]), "21")
            publisher.put(path, delta("2026-11-21", "add"))
        monkeypatch.setenv("INTERDICT_NOW", f"2026-11-22T12:{minute}:00+00:00")

    monkeypatch.setattr("time.sleep", next_round)
    before = len(publisher.asked)
    result = run("--all", "--watch")
    assert result.exit_code == 0
    assert "changes of 2026-11-21: 1 added" in result.stdout
    assert result.stdout.count("imported") == 2
    asked = [one for one, _ in publisher.asked[before:] if not one.endswith("/changes")]
    assert len(asked) == 2


def test_a_watch_asks_for_a_list_that_is_late_once_a_round_and_not_at_every_nap(
    run: Run, publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(publisher, tmp_path, text(ROWS))
    path = f"/{tmp_path.name}/changes"
    publisher.put(path, delta("2026-11-20", "add"))
    minutes = iter([1, 2, 16, 17, 18, 19, 31, 32])

    def next_round(_: float) -> None:
        minute = next(minutes, None)
        if minute is None:
            raise KeyboardInterrupt
        if minute == 16:
            publisher.put(path, delta("2026-11-21", "add"))
        monkeypatch.setenv("INTERDICT_NOW", f"2026-11-22T12:{minute:02d}:00+00:00")

    monkeypatch.setattr("time.sleep", next_round)
    before = len(publisher.asked)
    assert run("--all", "--watch").exit_code == 0
    # At 12:00, at 12:16 with the news, and at 12:31 because the list has not followed them yet.
    assert len([one for one, _ in publisher.asked[before:] if not one.endswith("/changes")]) == 3
