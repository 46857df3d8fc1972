"""The example's own announcement against its two editions: from the text to a draft order, and through the command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from interdiction.announcements.patterns import load_patterns
from interdiction.cli.app import run
from interdiction.data import demo_file
from interdiction.engine import Engine
from interdiction.engine.announcing import drafts, read_texts
from interdiction.engine.home import Home
from interdiction.engine.imports import import_edition
from interdiction.model.order import DraftOrder, Resolved

AT = datetime(2015, 1, 3, tzinfo=UTC)
TEN = {f"ofac-sdn:{uid}" for uid in (17614, 17615, 17616, 17617, 17618, 17619, 17620, 17624, 17625, 17627)}
THREE = {"ofac-sdn:9345", "ofac-sdn:11599", "ofac-sdn:12210"}
PRESS_A = """Washington:
The United States, on Friday, imposed sanctions on ten North Korean officials over an attack on a film company.
The sanctions also apply to three organizations: a spy agency, a state-owned arms dealer, and the Korea Tangun Trading Corp.
All three were already subject to US sanctions. Those sanctioned include men working in Iran, Russia and Syria.
"""  # noqa: E501
PRESS_B = """On Friday, the United States imposed sanctions on ten individuals from North Korea.
Sanctions were also issued to the Reconnaissance General Bureau, Kore Mining Development Trading Corp. and Korea Tangun
Trading Corp, Reuters reported.
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("announced") / "home"
    opened = Home.open(folder, create=True)
    for day in ("2015-01-01", "2015-01-02"):
        import_edition(opened, "ofac-sdn", [demo_file(f"editions/{day}")], at=AT, on=date.fromisoformat(day))
    return folder


@pytest.fixture(scope="module")
def engine(home: Path) -> Iterator[Engine]:
    with Engine.open(home) as opened:
        yield opened


def drafted(engine: Engine, tmp_path: Path, *texts: str) -> list[DraftOrder]:
    paths = []
    for number, text in enumerate(texts):
        paths.append(tmp_path / f"{number}.txt")
        paths[-1].write_text(text, encoding="utf-8")
    patterns = load_patterns()
    return drafts(read_texts(paths, patterns), patterns, engine, as_of=None)


@pytest.mark.parametrize("published", [date(2015, 1, 2), date(2015, 1, 4), date(2015, 1, 7)])
def test_a_text_of_days_later_is_held_against_the_edition_of_its_day(
    engine: Engine, tmp_path: Path, published: date
) -> None:
    path = tmp_path / "story.txt"
    path.write_text(PRESS_A, encoding="utf-8")
    patterns = load_patterns()
    (draft,) = drafts(read_texts([path], patterns, published=published), patterns, engine, as_of=None)
    assert {(count.number, count.agrees) for count in draft.counts} == {(10, True), (3, True)}


def test_the_examples_announcement_resolves_to_the_thirteen(engine: Engine) -> None:
    patterns = load_patterns()
    texts = read_texts([demo_file("announcement.txt")], patterns)
    (draft,) = drafts(texts, patterns, engine, as_of=None)
    named = {one.listings[0] for one in draft.targets if one.resolved is Resolved.NAMED}
    assert named == TEN | THREE
    assert draft.instrument is not None
    assert draft.instrument.value == "executive order 13687"
    assert {(one.number, one.agrees) for one in draft.counts} == {(10, True), (3, True)}


def test_number_and_day_are_derived_from_the_one_edition_that_fits(engine: Engine, tmp_path: Path) -> None:
    (draft,) = drafted(engine, tmp_path, PRESS_A)
    assert draft.day is not None
    assert draft.day.value == "2015-01-02"
    assert draft.day.how.startswith("derived from the list")
    assert draft.instrument is not None
    assert draft.instrument.value == "Executive Order 13687"
    assert "derived from the list" in draft.instrument.how


def test_what_is_only_described_is_proposed_and_never_resolved(engine: Engine, tmp_path: Path) -> None:
    (draft,) = drafted(engine, tmp_path, PRESS_A)
    states = {one.name: (one.resolved, set(one.listings)) for one in draft.targets if not one.named}
    assert states["a spy agency"] == (Resolved.PROPOSED, {"ofac-sdn:9345", "ofac-sdn:12210"})
    assert states["a state-owned arms dealer"] == (Resolved.PROPOSED, {"ofac-sdn:9345", "ofac-sdn:12210"})


def test_a_misspelt_name_is_resolved_with_its_doubt(engine: Engine, tmp_path: Path) -> None:
    (draft,) = drafted(engine, tmp_path, PRESS_B)
    komid = next(one for one in draft.targets if one.listings == ("ofac-sdn:9345",))
    assert komid.name.startswith("Kore Mining")
    assert komid.doubt


def test_statements_are_held_against_the_lists(engine: Engine, tmp_path: Path) -> None:
    (draft,) = drafted(engine, tmp_path, PRESS_A)
    already = next(one for one in draft.statements if one.about == "already listed")
    assert already.holds is True
    assert set(already.listings) == THREE


def test_two_accounts_of_one_event_are_one_draft_and_agree_by_origin(engine: Engine, tmp_path: Path) -> None:
    (draft,) = drafted(engine, tmp_path, PRESS_A, PRESS_B)
    assert [one.file for one in draft.sources] == ["0.txt", "1.txt"]
    tangun = next(one for one in draft.points if one.slot == "target" and "Tangun" in one.value)
    assert tangun.relation == "agree"


def test_texts_of_other_events_are_other_drafts(engine: Engine, tmp_path: Path) -> None:
    other = "The Council of the European Union today imposed sanctions on Orvel Bank of Freedonia."
    assert len(drafted(engine, tmp_path, PRESS_A, other)) == 2


def test_no_order_is_a_good_answer_and_says_why(engine: Engine, tmp_path: Path) -> None:
    (sport,) = drafted(engine, tmp_path, "The Tigers beat the Lions on Friday.")
    assert (sport.found, sport.why) == (False, "no act of an authority stands in the text")
    (french,) = drafted(
        engine,
        tmp_path,
        "Le Conseil a adopté aujourd'hui des mesures restrictives contre la société Orvel et ses deux filiales, au "
        "motif que ces entités contournent les interdictions en vigueur depuis le mois de mars dernier.",
    )
    assert french.why.startswith("the text is in another language than the patterns (en)")
    (cited,) = drafted(engine, tmp_path, "Companies should study Executive Order 14024 with care.")
    assert cited.why.endswith("it only cites executive order 14024")
    (threat,) = drafted(engine, tmp_path, "Officials said that the EU may designate Orvel Bank next month.")
    assert not threat.found
    assert "hypothetical" in threat.why


def test_a_name_nobody_listed_answers_to_is_unlisted(engine: Engine, tmp_path: Path) -> None:
    (draft,) = drafted(engine, tmp_path, "OFAC today designated Baltic Meridian Shipping Limited.")
    assert [one.resolved for one in draft.targets] == [Resolved.UNLISTED]


def test_whoever_an_order_lets_go_is_set_apart_from_whom_it_names(engine: Engine, tmp_path: Path) -> None:
    (draft,) = drafted(
        engine,
        tmp_path,
        "OFAC has removed Orvel Bank from the SDN List. OFAC today designated Tessaly Trading Corp.",
    )
    assert {one.name: one.apart for one in draft.targets} == {"Orvel Bank": "delist", "Tessaly Trading Corp": ""}


def test_an_old_designation_is_shown_as_perhaps_background(engine: Engine, tmp_path: Path) -> None:
    text = "# date: 2024-05-06\n\nOFAC designated Orvel Bank on 3 March 2016."
    (draft,) = drafted(engine, tmp_path, text)
    assert draft.targets[0].doubt.startswith("the text may tell of an earlier act, of 2016-03-03")


def test_the_command_prints_json_and_writes_the_page(
    home: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERDICT_NOW", "2015-01-03T12:00Z")
    page = tmp_path / "draft.html"
    text = str(demo_file("announcement.txt"))
    assert run(["read", text, "--home", str(home), "--html", str(page), "--json"]) == 0
    answer = json.loads(capsysbinary.readouterr().out)
    assert answer["schema"] == "interdict.read/1"
    (draft,) = answer["result"]
    assert draft["found"] is True
    assert {target["listings"][0] for target in draft["targets"] if target["resolved"] == "named"} == TEN | THREE
    written = page.read_text(encoding="utf-8")
    assert "<script" not in written
    assert "Reconnaissance General Bureau</mark>" in written


def test_without_a_list_the_draft_is_given_and_says_that_nobody_was_looked_up(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    text = str(demo_file("announcement.txt"))
    assert run(["read", text, "--home", str(tmp_path / "none"), "--json"]) == 4
    answer = json.loads(capsysbinary.readouterr().out)
    assert answer["result"][0]["found"] is True
    assert [one["code"] for one in answer["problems"]] == ["no-list"]


def test_a_page_shows_what_it_is_given_and_runs_none_of_it(
    home: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    text, page = tmp_path / "evil.txt", tmp_path / "evil.html"
    text.write_text("OFAC today designated <script>alert(1)</script> Orvel Bank.", encoding="utf-8")
    run(["read", str(text), "--home", str(home), "--html", str(page)])
    capsysbinary.readouterr()
    assert "<script" not in page.read_text(encoding="utf-8")
