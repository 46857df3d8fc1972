"""`interdict lists coverage`: what is missing is said and fails, what is not covered is always said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from interdiction.cli.lists import app
from interdiction.errors import DataError, UsageError
from interdiction.lists.coverage import regimes
from tests.engine.conftest import sdn_row, text

AT = "2024-05-06T12:00:00+00:00"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INTERDICT_NOW", AT)
    for key in ("ofac-sdn", "ofac-cons"):
        file = tmp_path / f"{key}.csv"
        program = "SDGT" if key == "ofac-sdn" else "CMIC-EO13959"
        file.write_bytes(text([sdn_row(uid).replace("NPWMD", program) for uid in range(1, 31)]))
        made = _run("import", key, file, "--on", "2024-05-01", "--home", tmp_path / "home")
        assert made.exit_code in {0, 3}, made.stderr
    return tmp_path / "home"


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def _stated(*arguments: object) -> tuple[int, dict[str, dict[str, object]]]:
    result = _run("coverage", *arguments, "--json")
    body = json.loads(result.stdout)
    assert body["schema"] == "interdict.lists.coverage/1"
    named = {edition["list"] for edition in body["editions"]}
    assert named >= {one["list"] for said in body["result"] for one in said["lists"] if one["edition"]}
    return result.exit_code, {one["regime"]: one for one in body["result"]}


def test_a_home_with_every_list_that_the_law_asks_for_is_complete_and_still_says_what_is_not_covered(
    home: Path,
) -> None:
    code, stated = _stated("--for", "us", "--home", home)
    us = stated["us"]
    assert (code, us["missing"], us["wanting"]) == (0, [], [])
    assert us["not_covered"]
    assert _run("coverage", "--for", "us", "--home", home).stdout.count("- companies that blocked persons own") == 1


def test_a_list_that_one_must_have_and_has_not_leaves_with_4_and_is_named(home: Path) -> None:
    code, stated = _stated("--home", home)
    assert code == 4
    assert {key: one["missing"] for key, one in stated.items()} == {
        "us": [], "eu": ["eu", "eu-sectoral"], "uk": ["uk"], "un": ["un"],
    }  # fmt: skip
    assert "! uk is missing: UK Sanctions List" in _run("coverage", "--for", "uk", "--home", home).stdout


def test_a_list_older_than_it_may_be_is_wanting(home: Path) -> None:
    (home / "config.toml").write_text("[max_age_days]\nofac-sdn = 1\n", encoding="utf-8")
    code, stated = _stated("--for", "us", "--home", home)
    assert (code, stated["us"]["wanting"]) == (4, ["ofac-sdn"])


def test_a_list_whose_publisher_nobody_asked_for_a_week_is_doubtful(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERDICT_NOW", "2024-05-09T12:00:00+00:00")
    code, stated = _stated("--for", "us", "--home", home)
    assert (code, stated["us"]["wanting"]) == (4, ["ofac-sdn", "ofac-cons"])
    assert "8 days old and its publisher was never asked" in _run("coverage", "--for", "us", "--home", home).stdout


def test_no_home_is_a_statement_that_nothing_is_in_force(tmp_path: Path) -> None:
    code, stated = _stated("--for", "un", "--home", tmp_path / "nowhere")
    assert (code, stated["un"]["missing"]) == (4, ["un"])


def test_the_page_has_every_list_every_gap_and_lines_to_sign(home: Path, tmp_path: Path) -> None:
    page = tmp_path / "coverage.html"
    _run("coverage", "--html", page, "--home", home)
    said = page.read_text(encoding="utf-8")
    for regime in regimes():
        assert f"<h1>{regime.title}</h1>" in said
        assert all(f'<td class="c">{one.list}</td>' in said for one in (*regime.must, *regime.beside))
    assert said.count("Signature") == len(regimes())
    assert "ofac-sdn@2024-05-01" in said
    assert "http-equiv" not in said
    assert "<script" not in said


def test_every_demand_and_every_gap_names_where_it_can_be_read() -> None:
    for regime in regimes():
        sources = [one.source for one in (*regime.must, *regime.beside)] + [one.source for one in regime.not_covered]
        assert all(source.strip() for source in sources)


def test_an_unknown_place_and_a_file_that_names_an_unknown_list_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        regimes(["atlantis"])
    assert caught.value.code == "regime"
    file = tmp_path / "coverage.yml"
    file.write_text(
        "regimes:\n- {key: x, title: X, binds: all, beside: [],"
        " must: [{list: nowhere, why: w, source: s, verified: no}],"
        " not_covered: [{what: w, source: s, verified: no, do: d}]}\n",
        encoding="utf-8",
    )
    with pytest.raises(DataError) as wrong:
        regimes(path=file)
    assert "nowhere" in wrong.value.message
