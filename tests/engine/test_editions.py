from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from interdiction.engine.editions import (
    ImportReport,
    diff,
    import_edition,
    in_force,
    is_stale,
    iter_listings,
    refuse_stale,
    show,
    status,
)
from interdiction.engine.force import ready
from interdiction.engine.home import Home
from interdiction.errors import (
    InputError,
    InterdictError,
    ListFileError,
    NoListError,
    RefusedEditionError,
    StaleListError,
    UsageError,
)
from interdiction.model import ChangeKind, EditionState

from .conftest import AT, NULL, sdn_row, text

TEN = [sdn_row(uid) for uid in range(1, 11)]
Bring = Callable[..., ImportReport]


def names(home: Home, on: date | None = None) -> set[str]:
    return {name.text for listing in iter_listings(home, on) for name in listing.party.names}


def uids(home: Home, on: date | None = None) -> set[str]:
    return {listing.uid for listing in iter_listings(home, on)}


def refused(bring_in: Callable[[], ImportReport], home: Home) -> str:
    """The code of a refusal that left what is in force as it was, and that the status tells of."""
    before = sorted(uids(home))
    with pytest.raises((ListFileError, RefusedEditionError)) as caught:
        bring_in()
    assert caught.value.exit_code == 4
    assert caught.value.mend
    assert sorted(uids(home)) == before
    (row,) = status(home, AT).lists
    assert row.refusal is not None
    assert row.refusal.code == caught.value.code
    return caught.value.code


def test_a_first_edition_is_in_force_with_its_date_hash_and_parts(home: Home, bring: Bring) -> None:
    report = bring(1, TEN)
    (edition,) = in_force(home, today=date(2015, 1, 11))
    assert report.current
    assert edition.edition == f"ofac-sdn@2015-01-01+{edition.sha256[:12]}"
    assert (edition.list, edition.age_days, edition.parts) == ("ofac-sdn", 10, ("sdn",))
    assert uids(home) == {str(uid) for uid in range(1, 11)}


def test_the_official_bytes_come_back(home: Home, bring: Bring) -> None:
    for day in range(1, 6):
        rows = [*TEN, *(sdn_row(100 + n) for n in range(day))]
        report = bring(day, rows)
        (part,) = report.edition.parts
        assert home.raw.read(part.sha256) == text(rows)


def test_the_same_bytes_again_make_no_edition(home: Home, bring: Bring) -> None:
    first = bring(1, TEN)
    again = bring(1, TEN)
    assert (again.unchanged, again.edition) == (True, first.edition)
    assert status(home, AT).lists[0].editions == 1


def test_the_same_bytes_of_a_later_day_are_an_edition_without_changes(home: Home, bring: Bring) -> None:
    bring(1, TEN)
    later = bring(2, TEN)
    assert (later.unchanged, later.edition.added, later.edition.removed) == (False, 0, 0)
    assert in_force(home)[0].on == date(2015, 1, 2)


def test_a_publisher_that_goes_back_on_one_day_is_followed(home: Home, bring: Bring) -> None:
    bring(1, TEN)
    bring(1, [*TEN, sdn_row(11)])
    assert bring(1, TEN).edition.removed == 1
    assert "11" not in uids(home)
    assert status(home, AT).lists[0].editions == 3


def test_an_edition_of_the_day_before_is_refused_but_can_be_filed(home: Home, bring: Bring) -> None:
    bring(3, TEN)
    older = [*TEN, sdn_row(11)]
    assert refused(lambda: bring(2, older), home) == "older-edition"
    report = bring(2, older, history=True)
    assert not report.current
    assert "11" not in uids(home)
    assert "11" in uids(home, date(2015, 1, 2))


def test_counts_of_the_next_edition_follow_one_that_was_filed_before_it(home: Home, bring: Bring) -> None:
    bring(1, TEN)
    bring(3, [*TEN, sdn_row(11)])
    bring(2, [*TEN[1:], sdn_row(11)], history=True)
    (row,) = status(home, AT).lists
    assert (row.edition.added, row.edition.removed, row.edition.listings) == (1, 0, 11)
    assert bring(2, [*TEN[1:], sdn_row(11)], history=True).unchanged


def test_a_day_means_the_last_edition_of_it_or_before(home: Home, bring: Bring) -> None:
    bring(2, TEN)
    bring(2, [*TEN, sdn_row(11)])
    bring(5, [*TEN, sdn_row(11), sdn_row(12)])
    assert "11" in uids(home, date(2015, 1, 2))
    assert "12" not in uids(home, date(2015, 1, 4))
    with pytest.raises(NoListError):
        in_force(home, date(2015, 1, 1))


def test_what_came_to_us_later_was_not_known(home: Home, written: Callable[..., Path]) -> None:
    for day, rows in ((1, TEN), (2, [*TEN, sdn_row(11)])):
        folder = written(sdn=rows)
        import_edition(home, "ofac-sdn", [folder], at=AT + timedelta(hours=day), on=date(2015, 1, day))
    (known,) = in_force(home, date(2015, 1, 5), known_by=AT + timedelta(hours=1))
    assert known.on == date(2015, 1, 1)


def test_a_listing_read_by_its_editions_is_not_moved_by_an_import(home: Home, bring: Bring) -> None:
    bring(1, TEN)
    editions = in_force(home)
    bring(2, [*TEN, sdn_row(11)])
    assert "11" not in {listing.uid for listing in iter_listings(home, editions=editions)}


# --- bad input: never fewer targets in force than before


def test_an_empty_file_is_refused(home: Home, bring: Bring) -> None:
    bring(1, TEN)
    assert refused(lambda: bring(2, b""), home) == "empty"


def test_an_empty_folder_is_refused(home: Home, bring: Bring, tmp_path: Path) -> None:
    bring(1, TEN)
    (tmp_path / "nothing").mkdir()
    with pytest.raises(ListFileError) as caught:
        import_edition(home, "ofac-sdn", [tmp_path / "nothing"], at=AT, on=date(2015, 1, 2))
    assert caught.value.code == "empty"


def test_a_file_cut_inside_a_row_removes_nobody_and_adds_what_it_has(home: Home, bring: Bring) -> None:
    bring(1, TEN)
    rows = [*TEN[:3], sdn_row(11, "NEW TARGET"), *TEN[3:]]
    cut = text(rows)[: text(rows).index(b"PARTY NUMBER 9") + 7]
    report = bring(2, cut)
    assert report.edition.state is EditionState.OVERLAY
    assert {str(uid) for uid in range(1, 12)} <= uids(home)
    assert "NEW TARGET" in names(home)


def test_a_file_cut_at_a_rows_end_removes_nobody(home: Home, bring: Bring) -> None:
    hundred = [sdn_row(uid) for uid in range(1, 101)]
    bring(1, hundred)
    report = bring(2, "\r\n".join(hundred[:70]).encode() + b"\r\n")
    assert report.edition.state is EditionState.OVERLAY
    assert report.edition.waiting == 30
    assert len(uids(home)) == 100


def test_a_file_cut_below_half_is_refused(home: Home, bring: Bring) -> None:
    hundred = [sdn_row(uid) for uid in range(1, 101)]
    bring(1, hundred)
    assert refused(lambda: bring(2, hundred[:49]), home) == "not-this-list"


def test_another_list_under_this_name_is_refused_first_or_later(home: Home, bring: Bring) -> None:
    other = [sdn_row(uid, programme="CMIC-EO13959") for uid in range(1, 40)]
    with pytest.raises(RefusedEditionError) as caught:
        bring(1, other)
    assert caught.value.code == "other-list"
    (refusal,) = status(home, AT).refusals
    assert refusal.code == "other-list"
    bring(1, TEN)
    assert refused(lambda: bring(2, other), home) in {"other-list", "not-this-list"}


def test_unknown_columns_are_refused(home: Home, bring: Bring) -> None:
    bring(1, TEN)
    refused(lambda: bring(2, b"name;born\r\nKim;1962\r\nLee;1963\r\n"), home)


def test_a_damaged_row_beside_553_additions_leaves_all_553_in_force(home: Home, bring: Bring) -> None:
    rows = [sdn_row(uid) for uid in range(1, 1001)]
    bring(1, rows)
    new = [sdn_row(uid, f"NEW TARGET {uid}") for uid in range(2001, 2554)]
    broken = '17,"PARTY THE SEVENTEENTH,"individual'
    report = bring(2, [*rows[:16], broken, *rows[17:], *new])
    assert report.edition.state is EditionState.OVERLAY
    assert {f"NEW TARGET {uid}" for uid in range(2001, 2554)} <= names(home)
    assert "PARTY NUMBER 17" in names(home)
    assert any("SEVENTEENTH" in name for name in names(home))


def test_a_clean_edition_ends_the_overlay_and_its_alarm(home: Home, bring: Bring) -> None:
    hundred = [sdn_row(uid) for uid in range(1, 101)]
    bring(1, hundred)
    bring(2, hundred[:70])
    assert status(home, AT).lists[0].alarm
    report = bring(3, hundred[1:])
    assert (report.edition.state, report.edition.removed) == (EditionState.ACCEPTED, 1)
    assert status(home, AT).lists[0].alarm is None
    assert len(uids(home)) == 99


def test_a_person_may_take_an_overlay_as_it_is(home: Home, bring: Bring) -> None:
    hundred = [sdn_row(uid) for uid in range(1, 101)]
    bring(1, hundred)
    bring(2, hundred[:70])
    report = bring(2, hundred[:70], accept_problems=True, by="A. Officer")
    assert (report.edition.state, report.edition.by, report.edition.removed) == (
        EditionState.ACCEPTED,
        "A. Officer",
        30,
    )
    assert report.edition.id.endswith(".2")
    assert len(uids(home)) == 70
    assert bring(2, hundred[:70], accept_problems=True, by="A. Officer").unchanged


def test_accepting_needs_a_name(bring: Bring) -> None:
    for by in (None, "  "):
        with pytest.raises(UsageError) as caught:
            bring(1, TEN, accept_problems=True, by=by)
        assert caught.value.code == "by-required"


def test_two_files_of_one_part_are_refused(home: Home, bring: Bring, written: Callable[..., Path]) -> None:
    bring(1, TEN)
    folder = written(sdn=TEN, again=[*TEN, sdn_row(11)])
    again = lambda: import_edition(home, "ofac-sdn", [folder], at=AT, on=date(2015, 1, 2))  # noqa: E731
    assert refused(again, home) == "duplicate-part"


def test_a_date_must_come_from_somewhere(home: Home, written: Callable[..., Path]) -> None:
    with pytest.raises(UsageError) as caught:
        import_edition(home, "ofac-sdn", [written(sdn=TEN)], at=AT)
    assert caught.value.code == "on-required"


def test_an_edition_of_a_day_to_come_is_refused(home: Home, written: Callable[..., Path]) -> None:
    with pytest.raises(RefusedEditionError) as caught:
        import_edition(home, "ofac-sdn", [written(sdn=TEN)], at=AT, on=date(2105, 1, 2))
    assert caught.value.code == "future-edition"


def test_an_unknown_list_is_a_usage_error_and_leaves_no_trace(home: Home, bring: Bring) -> None:
    with pytest.raises(UsageError) as caught:
        bring(1, TEN, key="ofac")
    assert caught.value.code == "unknown-list"
    assert not (home.path / "store.sqlite").exists()


def test_paths_that_are_no_files_are_bad_input(home: Home, tmp_path: Path) -> None:
    for paths in ([tmp_path / "none.csv"], [], [Path("/dev/null")]):
        with pytest.raises(InputError) as caught:
            import_edition(home, "ofac-sdn", paths, at=AT, on=date(2015, 1, 1))
        assert caught.value.code == "no-file"


# --- parts


ALT = [f'{uid},{uid},"aka","ALIAS OF {uid}",{NULL}' for uid in range(1, 11)]


def test_a_main_file_alone_keeps_the_aliases_in_force_and_says_so(home: Home, bring: Bring) -> None:
    bring(1, TEN, alt=ALT)
    report = bring(2, [*TEN, sdn_row(11)])
    assert {f"ALIAS OF {uid}" for uid in range(1, 11)} <= names(home)
    assert [(part.role, part.carried) for part in report.edition.parts] == [("sdn", False), ("alt", True)]
    found = diff(home, "ofac-sdn", date(2015, 1, 1), date(2015, 1, 2))
    assert [change.listing for change in found.result.added] == ["ofac-sdn:11"]
    assert found.result.amended == ()
    assert [problem.node for problem in found.problems] == ["alt"]


def test_carried_aliases_last_over_several_main_files_until_a_set_takes_them_away(home: Home, bring: Bring) -> None:
    bring(1, TEN, alt=ALT)
    bring(2, TEN)
    bring(3, TEN)
    assert "ALIAS OF 1" in names(home)
    bring(4, TEN, alt=ALT[1:])
    assert "ALIAS OF 1" not in names(home)
    (change,) = diff(home, "ofac-sdn", date(2015, 1, 3), date(2015, 1, 4)).result.amended
    assert change.listing == "ofac-sdn:1"


# --- answers about lists


def test_show_tells_in_which_editions_a_listing_changed(home: Home, bring: Bring) -> None:
    bring(1, TEN)
    bring(2, [sdn_row(1, programme="NPWMD] [DPRK2"), *TEN[1:]])
    bring(3, TEN[1:])
    bring(4, TEN)
    shown = show(home, "ofac-sdn:1")
    assert [(state.kind, state.on.day, state.until and state.until.day) for state in shown.states] == [
        (ChangeKind.ADDED, 1, 2),
        (ChangeKind.AMENDED, 2, 3),
        (ChangeKind.ADDED, 4, None),
    ]
    assert [field.path for field in shown.states[1].fields] == ["programmes"]
    assert show(home, "ofac-sdn:1", date(2015, 1, 3)).listing is None
    was = show(home, "ofac-sdn:1", date(2015, 1, 2)).listing
    assert was is not None
    assert was.programmes == ("NPWMD", "DPRK2")


@pytest.mark.parametrize(
    ("listing", "code"), [("nonsense", "listing-id"), ("ofac-sdn:", "listing-id"), ("ofac-sdn:99", "unknown-listing")]
)
def test_a_listing_that_never_was_is_a_usage_error(home: Home, bring: Bring, listing: str, code: str) -> None:
    bring(1, TEN)
    with pytest.raises(UsageError) as caught:
        show(home, listing)
    assert caught.value.code == code


def test_a_list_that_is_not_here_is_no_list(home: Home, bring: Bring) -> None:
    bring(1, TEN)
    for ask in (lambda: show(home, "un:1"), lambda: diff(home, "un", date(2015, 1, 1), date(2015, 1, 2))):
        with pytest.raises(NoListError):
            ask()


def test_a_diff_needs_its_days_in_order_and_editions_on_both(home: Home, bring: Bring) -> None:
    bring(2, TEN)
    with pytest.raises(UsageError):
        diff(home, "ofac-sdn", date(2015, 1, 3), date(2015, 1, 2))
    with pytest.raises(NoListError):
        diff(home, "ofac-sdn", date(2015, 1, 1), date(2015, 1, 2))
    same = diff(home, "ofac-sdn", date(2015, 1, 2), date(2015, 1, 2)).result
    assert same.added + same.amended + same.removed == ()


def test_a_list_is_stale_only_with_a_maximum_age(home: Home, bring: Bring) -> None:
    bring(1, TEN)
    editions = in_force(home, today=date(2015, 1, 11))
    refuse_stale(editions, {})
    refuse_stale(editions, {"ofac-sdn": 10})
    with pytest.raises(StaleListError, match="10 days"):
        refuse_stale(editions, {"ofac-sdn": 9})
    assert not is_stale(in_force(home, date(2015, 1, 2))[0], {"ofac-sdn": 9})


def test_every_error_of_an_import_says_how_to_mend_it(bring: Bring, home: Home) -> None:
    bring(3, TEN)
    for rows, day in ((b"", 4), (TEN[:2], 4), (TEN, 2)):
        with pytest.raises(InterdictError) as caught:
            bring(day, rows)
        assert caught.value.mend
        assert caught.value.where


# --- the real lists


@pytest.mark.shared
def test_the_order_of_2_january_2015_adds_ten_and_amends_three(home: Home, shared_data: Path) -> None:
    for day, folder in ((1, "2015-01-01_derived"), (2, "2015-01-02")):
        import_edition(home, "ofac-sdn", [shared_data / "ofac" / folder / "sdn.csv"], at=AT, on=date(2015, 1, day))
    found = diff(home, "ofac-sdn", date(2015, 1, 1), date(2015, 1, 2)).result
    assert [change.listing.removeprefix("ofac-sdn:") for change in found.added] == [
        "17614", "17615", "17616", "17617", "17618", "17619", "17620", "17624", "17625", "17627",
    ]  # fmt: skip
    paths = {change.listing: [field.path for field in change.fields] for change in found.amended}
    assert paths == {f"ofac-sdn:{uid}": ["programmes"] for uid in (9345, 11599, 12210)}
    assert all("DPRK2" in change.fields[0].after for change in found.amended)
    assert found.removed == ()


@pytest.mark.shared
def test_years_of_real_sets_follow_each_other_without_an_alarm(home: Home, shared_data: Path) -> None:
    for on in ("2015-01-02", "2018-12-20", "2023-12-28"):
        report = import_edition(home, "ofac-sdn", [shared_data / "ofac" / on], at=AT, on=date.fromisoformat(on))
        assert report.edition.state is EditionState.ACCEPTED
    import_edition(home, "un", [shared_data / "un" / "UN_2026-01-28.xml"], at=AT)
    assert sum(1 for _ in iter_listings(home)) == 13_821 + 999
    assert sum(1 for _ in iter_listings(home, date(2019, 1, 1))) == 7379


@pytest.mark.shared
@pytest.mark.parametrize("name", ["2025-12_cons_prim.csv", "2026-01-08_consolidated.xml"])
def test_the_non_sdn_list_is_refused_as_the_sdn_list(home: Home, shared_data: Path, name: str) -> None:
    path = shared_data / "ofac" / "nonsdn" / name
    with pytest.raises(RefusedEditionError) as caught:
        import_edition(home, "ofac-sdn", [path], at=AT, on=date(2026, 1, 8))
    assert caught.value.code == "other-list"
    import_edition(home, "ofac-sdn", [shared_data / "ofac" / "2018-12-20"], at=AT, on=date(2018, 12, 20))
    with pytest.raises(RefusedEditionError):
        import_edition(home, "ofac-sdn", [path], at=AT, on=date(2026, 1, 8))
    assert import_edition(home, "ofac-cons", [path], at=AT, on=date(2026, 1, 8)).edition.state is EditionState.ACCEPTED


@pytest.mark.shared
def test_the_sdn_list_is_refused_as_the_non_sdn_list(home: Home, shared_data: Path) -> None:
    with pytest.raises(RefusedEditionError) as caught:
        import_edition(home, "ofac-cons", [shared_data / "ofac" / "2018-12-20"], at=AT, on=date(2018, 12, 20))
    assert caught.value.code == "other-list"


def test_what_came_to_us_later_is_left_out_of_what_was_known(home: Home, written: Callable[..., Path]) -> None:
    early, late = AT, AT + timedelta(days=3)
    rows = [sdn_row(uid) for uid in range(1, 41)]
    import_edition(home, "ofac-sdn", [written(sdn=rows)], at=early, on=date(2015, 1, 1))
    import_edition(home, "ofac-sdn", [written(sdn=[*rows, sdn_row(41)])], at=late, on=date(2015, 1, 2))
    known = early + timedelta(hours=1)
    assert show(home, "ofac-sdn:41").listing is not None
    assert show(home, "ofac-sdn:1", known_at=known).edition.on == date(2015, 1, 1)
    assert ready(home).screener.index.parties == 41
    assert ready(home, known_at=known).screener.index.parties == 40
    assert ready(home, as_of=date(2015, 1, 2), known_at=known).screener.index.parties == 40
    assert diff(home, "ofac-sdn", date(2015, 1, 1), date(2015, 1, 2), known_at=known).result.added == ()
    with pytest.raises(UsageError):
        show(home, "ofac-sdn:41", known_at=known)
    with pytest.raises(NoListError):
        ready(home, known_at=early - timedelta(hours=1))


def test_an_index_may_be_made_of_chosen_lists(home: Home, written: Callable[..., Path]) -> None:
    rows = [sdn_row(uid) for uid in range(1, 41)]
    import_edition(home, "ofac-sdn", [written(sdn=rows)], at=AT, on=date(2015, 1, 1))
    assert [one.list for one in ready(home, lists=["ofac-sdn"]).editions] == ["ofac-sdn"]
    with pytest.raises(NoListError, match="not in force: un"):
        ready(home, lists=["ofac-sdn", "un"])
    with pytest.raises(UsageError):
        ready(home, lists=["nowhere"])


def test_a_number_that_one_list_used_is_enough_to_show_a_listing(
    bring: Callable[..., ImportReport], home: Home
) -> None:
    bring(1, [sdn_row(uid) for uid in range(1, 41)])
    assert show(home, "7").id == "ofac-sdn:7"
    for wrong in ("999", "", "ofac-sdn:", ":7"):
        with pytest.raises(UsageError):
            show(home, wrong)
