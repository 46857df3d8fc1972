"""`interdict lists diff --html`: one page that needs nothing outside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from interdiction.cli.lists import app
from interdiction.engine.growth import growth
from interdiction.engine.home import Home

NULL = "-0- "


def row(uid: int, name: str, programme: str = "NPWMD") -> str:
    return ",".join([str(uid), f'"{name}"', '"individual"', f'"{programme}"', *[NULL] * 8])


EDITIONS = {
    "2015-01-01": [row(uid, f"PARTY NUMBER {uid}") for uid in range(1, 11)],
    "2015-01-02": [
        *(row(uid, f"PARTY NUMBER {uid}") for uid in range(1, 9)),
        row(9, "PARTY NUMBER 9", "NPWMD] [DPRK2"),
        row(11, "<script>BAD & CO</script>", "DPRK2"),
    ],
    "2015-02-03": [row(uid, f"PARTY NUMBER {uid}") for uid in range(1, 11)],
}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INTERDICT_NOW", "2026-11-22T12:00:00+00:00")
    folder = tmp_path / "editions"
    folder.mkdir()
    for on, rows in EDITIONS.items():
        (folder / f"sdn_{on}.csv").write_bytes(("\r\n".join(rows) + "\r\n\x1a").encode())
    made = run("import", "ofac-sdn", str(folder), "--each", "--home", str(tmp_path / "home"))
    assert made.exit_code == 0, made.stderr
    assert "3 editions imported" in made.stdout
    return tmp_path / "home"


def test_the_page_says_what_changed_and_escapes_every_name(home: Path, tmp_path: Path) -> None:
    into = tmp_path / "diff.html"
    result = run(
        "diff", "ofac-sdn", "--from", "2015-01-01", "--to", "2015-01-02", "--html", str(into), "--home", str(home)
    )
    assert result.exit_code == 0, result.stderr
    page = into.read_text(encoding="utf-8")
    assert "1 added, 1 amended, 1 removed" in page
    assert "programmes: + DPRK2" in page
    assert "&lt;script&gt;BAD &amp; CO&lt;/script&gt;" in page
    assert "<script" not in page


def test_the_page_asks_for_nothing_outside_it(home: Path, tmp_path: Path) -> None:
    into = tmp_path / "diff.html"
    run("diff", "ofac-sdn", "--from", "2015-01-01", "--to", "2015-02-03", "--html", str(into), "--home", str(home))
    page = into.read_text(encoding="utf-8")
    assert "<svg" in page
    assert not any(sign in page for sign in ("http:", "https:", "src=", "@import", "url("))


def test_growth_counts_what_came_and_went_by_programme_and_forgets_nobody_who_returned(home: Path) -> None:
    grown = growth(Home.open(home), "ofac-sdn")
    assert [(one.listings, one.added, one.removed) for one in grown.steps[1:]] == [(10, 1, 1), (10, 1, 1)]
    assert grown.added == {"DPRK2": 1, "NPWMD": 1}
    assert grown.removed == {"NPWMD": 1, "DPRK2": 1}


def test_a_home_with_one_edition_says_that_it_shows_no_growth(tmp_path: Path, home: Path) -> None:
    (tmp_path / "one.csv").write_bytes(("\r\n".join(EDITIONS["2015-01-01"]) + "\r\n\x1a").encode())
    alone = str(tmp_path / "alone")
    assert run("import", "ofac-sdn", str(tmp_path / "one.csv"), "--on", "2015-01-01", "--home", alone).exit_code == 0
    into = tmp_path / "one.html"
    run("diff", "ofac-sdn", "--from", "2015-01-01", "--to", "2015-01-01", "--html", str(into), "--home", alone)
    page = into.read_text(encoding="utf-8")
    assert "one edition of this list" in page
    assert "was in force on both days" in page


def test_each_listing_that_came_or_went_is_drawn_once_under_the_programme_that_moved_most(
    home: Path, tmp_path: Path
) -> None:
    grown = growth(Home.open(home), "ofac-sdn")
    assert [(dict(one.came), dict(one.went)) for one in grown.steps] == [
        ({}, {}),
        ({"DPRK2": 1}, {"NPWMD": 1}),
        ({"NPWMD": 1}, {"DPRK2": 1}),
    ]
    assert all(sum(one.came.values()) == one.added for one in grown.steps[1:])
    into = tmp_path / "diff.html"
    run("diff", "ofac-sdn", "--from", "2015-01-01", "--to", "2015-02-03", "--html", str(into), "--home", str(home))
    page = into.read_text(encoding="utf-8")
    for said in ("2015-01: 1 added, DPRK2", "2015-01: 1 removed, NPWMD", "2015-02: 1 added, NPWMD"):
        assert f"<title>{said}</title>" in page
