"""Two listings set apart or put together by hand: recorded, before the rules, reversible, kept over new editions."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from interdiction.cli.app import app
from interdiction.engine.force import ready
from interdiction.engine.home import Home
from interdiction.engine.together import all_clusters

AT = "2026-11-22T12:00:00+00:00"
SDN = (
    '{uid},"{name}",individual,"DPRK2",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 21 Aug 1968; nationality Korea, North."'
)
UN = """<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST dateGenerated="{day}T00:00:00Z">
<INDIVIDUALS><INDIVIDUAL><DATAID>7</DATAID><FIRST_NAME>KANG RYONG</FIRST_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE>
<NATIONALITY><VALUE>Democratic
People's Republic of Korea</VALUE></NATIONALITY><INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE>
<DATE>1968-08-21</DATE></INDIVIDUAL_DATE_OF_BIRTH>{more}</INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>"""
PAIR = ("ofac-sdn:1", "un:7")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INTERDICT_NOW", AT)
    rows = [SDN.format(uid=1, name="KANG, Ryong"), SDN.format(uid=2, name="PAK, Chol")]
    (tmp_path / "sdn.csv").write_bytes(("\r\n".join(rows) + "\r\n\x1a").encode())
    home = tmp_path / "home"
    for arguments in (
        ("ofac-sdn", tmp_path / "sdn.csv", "--on", "2015-01-02"),
        ("un", _un(tmp_path, "2015-02-01"), "--on", "2015-02-01"),
    ):
        made = _run("lists", "import", *arguments, "--home", home)
        assert made.exit_code == 0, made.stderr
    return home


def _un(folder: Path, day: str, more: str = "") -> Path:
    path = folder / f"un-{day}.xml"
    path.write_text(UN.format(day=day, more=more), encoding="utf-8")
    return path


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def _clusters(home: Path) -> list[tuple[str, ...]]:
    return [one.listings for one in all_clusters(ready(Home.open(home)))]


def test_a_word_is_obeyed_at_once_kept_over_a_new_edition_and_withdrawn_again(home: Path, tmp_path: Path) -> None:
    assert _clusters(home) == [PAIR]
    said = _run("lists", "apart", *PAIR, "--by", "J. Park", "--why", "two passports seen", "--home", home)
    assert (said.exit_code, "are two parties" in said.stdout) == (0, True)
    assert _clusters(home) == []
    new = _un(tmp_path, "2015-03-01", "<COMMENTS1>amended</COMMENTS1>")
    assert _run("lists", "import", "un", new, "--home", home).exit_code == 0
    assert _clusters(home) == []
    _run("lists", "apart", *PAIR, "--undo", "--by", "A. Kim", "--why", "mistaken", "--home", home)
    assert _clusters(home) == [PAIR]
    told = json.loads(_run("lists", "pairs", "--json", "--home", home).stdout)["result"]
    assert [(one["pairing"]["verdict"], one["pairing"]["by"], one["counts"]) for one in told] == [
        ("apart", "J. Park", False),
        ("withdrawn", "A. Kim", False),
    ]


def test_what_was_said_later_is_not_known_before(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERDICT_NOW", "2026-11-22T13:00:00+00:00")
    _run("lists", "apart", *PAIR, "--by", "J. Park", "--why", "seen", "--home", home)
    ask = ("check", "KANG, Ryong", "--json", "--home", home, "--known-at")
    before = json.loads(_run(*ask, "2026-11-22T12:30Z").stdout)
    after = json.loads(_run(*ask, "2026-11-22T13:30Z").stdout)
    assert ([one["listings"] for one in before["clusters"]], after["clusters"]) == ([list(PAIR)], [])
    assert [hit["listing"] for hit in after["result"]] == list(PAIR)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("apart", *PAIR, "--by", "J. Park"), "why-required"),
        (("apart", *PAIR, "--why", "seen"), "by-required"),
        (("apart", "ofac-sdn:1", "ofac-sdn:1", "--by", "J", "--why", "w"), "same-listing"),
        (("apart", "ofac-sdn:1", "un:8", "--by", "J", "--why", "w"), "unknown-listing"),
        (("together", "1", "un:7", "--by", "J", "--why", "w"), "listing-id"),
        (("together", *PAIR, "--undo", "--by", "J", "--why", "w"), "nothing-said"),
    ],
)
def test_a_word_without_its_speaker_its_reason_or_its_listings_is_refused(
    home: Path, arguments: tuple[str, ...], code: str
) -> None:
    result = _run("lists", *arguments, "--json", "--home", home)
    assert (result.exit_code, json.loads(result.stderr)["error"]["code"]) == (2, code)
    assert json.loads(_run("lists", "pairs", "--json", "--home", home).stdout)["result"] == []


def test_a_word_against_an_earlier_one_is_refused_and_names_it(home: Path) -> None:
    _run("lists", "together", "ofac-sdn:1", "ofac-sdn:2", "--by", "J. Park", "--why", "alias", "--home", home)
    _run("lists", "together", "ofac-sdn:2", "un:7", "--by", "J. Park", "--why", "alias", "--home", home)
    result = _run("lists", "apart", *PAIR, "--by", "A. Kim", "--why", "no", "--json", "--home", home)
    assert (result.exit_code, json.loads(result.stderr)["error"]["code"]) == (2, "pairing")
    assert _clusters(home) == [("ofac-sdn:1", "ofac-sdn:2", "un:7")]


def test_the_file_of_a_screening_and_the_answer_on_payments_say_which_hits_are_one_party(
    home: Path, tmp_path: Path
) -> None:
    (tmp_path / "book.csv").write_text('id,name\nC1,"KANG, Ryong"\nC2,"PAK, Chol"\n', encoding="utf-8")
    _run("screen", tmp_path / "book.csv", "-o", tmp_path / "hits.csv", "--home", home)
    rows = pl.read_csv(tmp_path / "hits.csv").select("query_id", "listing", "cluster").rows()
    assert sorted(rows) == [
        ("C1", "ofac-sdn:1", "ofac-sdn:1"),
        ("C1", "un:7", "ofac-sdn:1"),
        ("C2", "ofac-sdn:2", "ofac-sdn:2"),
    ]
    (tmp_path / "pay.csv").write_text(
        'id,debtor,creditor,amount,currency,date\nP1,"KANG, Ryong",Somebody Else,1,USD,2015-03-01\n', encoding="utf-8"
    )
    body = json.loads(_run("pay", tmp_path / "pay.csv", "--json", "--home", home).stdout)
    assert [one["listings"] for one in body["clusters"]] == [list(PAIR)]
