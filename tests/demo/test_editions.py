"""The two editions around the order: exactly its thirteen changes, in the publisher's own format, true to the facts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .example import AFTER, BEFORE, DATA, NULL, Rows, by_uid, legacy_rows, part

TEN = {
    "17614": ("KIM, Yong Chol", "18 Feb 1962", None, "KOMID Representative in Iran"),
    "17615": ("JANG, Yong Son", "20 Feb 1957", None, "KOMID Representative in Iran"),
    "17616": ("RYU, Jin", "07 Aug 1965", "563410081", "KOMID official in Syria"),
    "17617": (
        "KIM, Kwang Chun",
        "20 Apr 1967",
        None,
        "Korea Ryungseng Trading Corporation Representative in Shenyang, China",
    ),
    "17618": ("KIM, Kwang Yon", "30 Jul 1966", "563210059", None),
    "17619": ("KIL, Jong Hun", "20 Feb 1972", "472410022", "KOMID Representative in Namibia"),
    "17620": ("JANG, Song Chol", "12 Mar 1967", None, "KOMID representative in Russia"),
    "17624": ("KIM, Kyu", "30 Jul 1968", None, "KOMID External Affairs Officer"),
    "17625": ("YU, Kwang Ho", "18 Oct 1956", None, None),
    "17627": ("KANG, Ryong", "21 Aug 1968", None, "KOMID official in Syria"),
}
THREE = {"9345": "NPWMD", "11599": "NPWMD", "12210": "DPRK"}
ALIASES = {
    "9345": {
        "NORTH KOREAN MINING DEVELOPMENT TRADING CORPORATION",
        "CHANGGWANG SINYONG CORPORATION",
        "EXTERNAL TECHNOLOGY GENERAL CORPORATION",
        "KOREA KUMRYONG TRADING COMPANY",
        "DPRKN MINING DEVELOPMENT TRADING COOPERATION",
        "KOREAN MINING AND INDUSTRIAL DEVELOPMENT CORPORATION",
    },
    "11599": {"RYUNGSENG TRADING CORPORATION", "RYUNG SENG TRADING CORPORATION", "RYUNGSONG TRADING CORPORATION"},
    "12210": {"CHONGCH'AL CH'ONGGUK", "KPA UNIT 586"},
    "12211": {"KIM, Yong-Chol", "KIM, Young-Chol", "KIM, Young-Cheol", "KIM, Young-Chul"},
}
COLUMNS = {"sdn": 12, "alt": 5, "add": 6}
NAME, KIND, PROGRAMMES, TITLE, REMARKS = 1, 2, 3, 4, 11
every_part = pytest.mark.parametrize("name", list(COLUMNS))
every_day = pytest.mark.parametrize("day", [BEFORE, AFTER])


def test_the_list_grows_from_26_parties_to_36() -> None:
    assert [len(part(day, "sdn")) for day in (BEFORE, AFTER)] == [26, 36]


def test_the_order_adds_the_ten_and_removes_nobody() -> None:
    before, after = by_uid(part(BEFORE, "sdn")), by_uid(part(AFTER, "sdn"))
    assert after.keys() - before.keys() == TEN.keys()
    assert before.keys() <= after.keys()


def test_the_order_amends_the_three_by_the_tag_dprk2_and_by_nothing_else() -> None:
    before, after = by_uid(part(BEFORE, "sdn")), by_uid(part(AFTER, "sdn"))
    amended = {uid for uid in before if before[uid] != after[uid]}
    assert amended == THREE.keys()
    for uid, tag in THREE.items():
        assert before[uid][PROGRAMMES] == tag
        assert after[uid][PROGRAMMES] == f"{tag}] [DPRK2"
        assert before[uid][:PROGRAMMES] + before[uid][TITLE:] == after[uid][:PROGRAMMES] + after[uid][TITLE:]


def test_dprk2_is_a_tag_nobody_had_seen_before() -> None:
    assert not any("DPRK2" in row[PROGRAMMES] for row in part(BEFORE, "sdn"))


def test_names_and_addresses_of_listed_parties_are_the_same_on_both_days() -> None:
    assert part(BEFORE, "alt") == part(AFTER, "alt")
    added = [row for row in part(AFTER, "add") if row not in part(BEFORE, "add")]
    assert {row[0] for row in added} == TEN.keys()
    assert all(row[2:] == [NULL] * 4 for row in added)
    assert len(part(AFTER, "add")) == len(part(BEFORE, "add")) + len(TEN)


@pytest.mark.parametrize("uid", list(TEN))
def test_each_of_the_ten_has_the_published_facts_and_no_others(uid: str) -> None:
    name, born, passport, title = TEN[uid]
    nationality = None if uid == "17617" else "nationality Korea, North"
    facts = [f"DOB {born}", nationality, f"Passport {passport}" if passport else None, title]
    remarks = "; ".join(fact for fact in facts if fact) + "."
    row = by_uid(part(AFTER, "sdn"))[uid]
    assert row == [uid, name, "individual", "DPRK2", title or NULL, *[NULL] * 6, remarks]


@pytest.mark.parametrize("uid", list(ALIASES))
def test_the_strong_aliases_are_those_of_the_time(uid: str) -> None:
    assert {row[3] for row in part(AFTER, "alt") if row[0] == uid} == ALIASES[uid]


def test_weak_aliases_stand_in_the_remarks_only() -> None:
    rows = by_uid(part(AFTER, "sdn"))
    assert rows["9345"][REMARKS] == "a.k.a. 'KOMID'."
    assert rows["12210"][REMARKS] == "a.k.a. 'RGB'."
    assert not {"KOMID", "RGB"} & {row[3] for row in part(AFTER, "alt")}


def test_the_namesake_was_listed_before_with_the_same_name_and_other_dates() -> None:
    namesake, added = by_uid(part(BEFORE, "sdn"))["12211"], by_uid(part(AFTER, "sdn"))["17614"]
    assert namesake[NAME] == added[NAME]
    assert namesake[REMARKS].startswith("DOB circa 1947; alt. DOB circa 1946;")
    assert (namesake[PROGRAMMES], added[PROGRAMMES]) == ("DPRK", "DPRK2")


@every_day
def test_no_remark_is_younger_than_the_edition(day: str) -> None:
    """The secondary-sanctions remarks of today cite rules that were issued in 2018."""
    assert not any(re.search(r"510\.\d", row[REMARKS]) for row in part(day, "sdn"))


@every_day
def test_the_list_shows_several_kinds_and_programmes(day: str) -> None:
    rows = part(day, "sdn")
    assert {row[KIND] for row in rows} == {"individual", "vessel", "aircraft", NULL}
    tags = {tag for row in rows for tag in row[PROGRAMMES].split("] [")}
    assert {"CUBA", "IRAN", "SDNTK", "SDGT", "SYRIA", "UKRAINE-EO13661", "NPWMD", "DPRK"} <= tags


@every_day
def test_every_alias_and_address_row_has_its_party_and_every_party_an_address_row(day: str) -> None:
    parties = by_uid(part(day, "sdn")).keys()
    assert {row[0] for row in part(day, "alt")} <= parties
    assert {row[0] for row in part(day, "add")} == parties


@every_day
@every_part
def test_rows_have_the_publisher_s_columns_in_order_of_their_numbers(day: str, name: str) -> None:
    rows = part(day, name)
    assert {len(row) for row in rows} == {COLUMNS[name]}
    keys = [(int(row[0]), 0 if name == "sdn" else int(row[1])) for row in rows]
    assert keys == sorted(set(keys))


@every_day
@every_part
def test_files_are_cp1252_with_crlf_the_end_mark_and_the_publisher_s_null_and_quotes(day: str, name: str) -> None:
    raw = (DATA / "editions" / day / f"{name}.csv").read_bytes()
    text = raw.decode("cp1252")
    assert text.endswith("\r\n\x1a")
    assert text.count("\x1a") == 1
    lines = text.removesuffix("\x1a").split("\r\n")[:-1]
    assert not any("\n" in line or "\r" in line for line in lines)
    numbers = 1 if name == "sdn" else 2
    cell = r'(?:"[^"]+"|-0- )'
    shape = re.compile(rf"\d+(?:,\d+){{{numbers - 1}}}(?:,{cell}){{{COLUMNS[name] - numbers}}}")
    assert [line for line in lines if not shape.fullmatch(line)] == []


@pytest.mark.shared
@pytest.mark.parametrize(("day", "folder"), [(BEFORE, "2015-01-01_derived"), (AFTER, "2015-01-02")])
def test_every_party_row_agrees_with_the_official_list_of_that_day(day: str, folder: str, shared_data: Path) -> None:
    official = by_uid(legacy_rows(shared_data / "ofac" / folder / "sdn.csv"))
    assert [row for row in part(day, "sdn") if row != official.get(row[0])] == []


@pytest.mark.shared
@pytest.mark.parametrize("name", ["alt", "add"])
def test_every_alias_and_address_row_is_one_the_publisher_still_had_in_2018(name: str, shared_data: Path) -> None:
    official = {tuple(row) for row in legacy_rows(shared_data / "ofac" / "2018-12-20" / f"{name}.csv")}
    assert [row for row in part(AFTER, name) if tuple(row) not in official] == []


@pytest.mark.shared
def test_no_alias_or_address_number_is_younger_than_the_order(shared_data: Path) -> None:
    """Numbers are given in order: none may reach those of the first party listed after the order."""

    def first_after(rows: Rows) -> int:
        return min(int(row[1]) for row in rows if int(row[0]) > int(max(TEN)) and int(row[0]) < 17700)

    for name in ("alt", "add"):
        limit = first_after(legacy_rows(shared_data / "ofac" / "2018-12-20" / f"{name}.csv"))
        assert max(int(row[1]) for row in part(AFTER, name)) < limit
