"""Lists from a publisher's server: what fails leaves the last edition in force, and every attempt is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from interdiction.engine.editions import in_force, iter_listings, status
from interdiction.engine.fetching import Fetched, due, fetch, fetchable
from interdiction.engine.home import Home
from interdiction.errors import UsageError
from interdiction.lists.download import Downloader, Limits
from interdiction.lists.sources import Sources
from interdiction.model import FetchAttempt, ListSource, Verdict
from tests.engine.conftest import AT, sdn_row, text
from tests.lists.publisher import Publisher, packed, serving

HUNDRED = [sdn_row(uid) for uid in range(1, 101)]
ON = "Fri, 20 Nov 2026 08:00:00 GMT"
LATER = "Sat, 21 Nov 2026 08:00:00 GMT"
Go = Callable[..., Fetched]


@pytest.fixture(scope="module")
def publisher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Publisher]:
    with serving(tmp_path_factory.mktemp("tls")) as one:
        yield one


@pytest.fixture
def source(publisher: Publisher, tmp_path: Path) -> ListSource:
    addresses = {role: publisher.at(f"/{tmp_path.name}/{role}.csv") for role in ("sdn", "alt")}
    return replace(Sources.load().get("ofac-sdn"), addresses=addresses, fetch=("sdn",), every_hours=2, expected=None)


@pytest.fixture
def put(publisher: Publisher, tmp_path: Path) -> Callable[..., None]:
    """Put a file on the server, with the day it was changed."""

    def serve(data: bytes, changed: str | None = ON, role: str = "sdn", etag: str | None = None) -> None:
        headers = {"Last-Modified": changed} if changed else {}
        publisher.put(f"/{tmp_path.name}/{role}.csv", (200, headers | ({"ETag": etag} if etag else {}), data))

    return serve


@pytest.fixture
def go(home: Home, source: ListSource, publisher: Publisher) -> Iterator[Go]:
    limits = Limits(silence=0.5, whole=3, size=300_000, attempts=1)
    with Downloader(time, limits, ca_file=publisher.ca_file) as downloader:

        def run(at: datetime = AT, one: ListSource = source) -> Fetched:
            return fetch(home, one, downloader, clock=lambda: at, sources=Sources((one,)))

        yield run


def kept(home: Home) -> list[FetchAttempt]:
    with home.reading() as reader:
        return reader.attempts()


def names(home: Home) -> int:
    return sum(1 for _ in iter_listings(home))


def test_a_list_comes_into_force_under_the_day_its_publisher_states(
    go: Go, put: Callable[..., None], home: Home
) -> None:
    put(text(HUNDRED))
    found = go()
    assert (found.attempt.verdict, found.age_days) == (Verdict.IMPORTED, 2)
    assert in_force(home)[0].on == date(2026, 11, 20)
    assert names(home) == 100
    part = kept(home)[0].parts[0]
    assert (part.role, part.status, part.size, len(part.sha256)) == ("sdn", 200, len(text(HUNDRED)), 64)


def test_what_has_not_changed_is_not_imported_again(go: Go, put: Callable[..., None], home: Home) -> None:
    put(text(HUNDRED), etag='"1"')
    go()
    again = go(AT + timedelta(hours=2))
    assert again.attempt.verdict is Verdict.UNCHANGED
    assert (again.attempt.parts[0].status, again.attempt.parts[0].wire) == (304, 0)
    assert [one.verdict for one in kept(home)] == [Verdict.UNCHANGED, Verdict.IMPORTED]


def test_a_server_without_conditional_requests_is_compared_by_hash(go: Go, put: Callable[..., None]) -> None:
    put(text(HUNDRED), changed=None)
    go()
    assert go().attempt.verdict is Verdict.UNCHANGED


def test_an_unchanged_part_is_taken_from_the_home(
    go: Go, put: Callable[..., None], home: Home, source: ListSource
) -> None:
    two = replace(source, fetch=("sdn", "alt"))
    put(text(HUNDRED), etag='"1"')
    put(text(['1,11,"aka","FIRST ALIAS",-0- ']), role="alt", etag='"a"')
    go(one=two)
    put(text(['1,11,"aka","SECOND ALIAS",-0- ']), role="alt", changed=LATER, etag='"b"')
    found = go(AT + timedelta(hours=2), two)
    assert found.attempt.verdict is Verdict.IMPORTED
    assert [part.status for part in found.attempt.parts] == [304, 200]
    aliases = {name.text for listing in iter_listings(home) for name in listing.party.names}
    assert "SECOND ALIAS" in aliases
    assert "FIRST ALIAS" not in aliases


HTML = b"<!doctype html><html><body>Service unavailable</body></html>"


@pytest.mark.parametrize(
    ("what", "verdict", "code"),
    [
        (HTML, Verdict.REFUSED, "html"),
        (b"", Verdict.REFUSED, "empty"),
        (b"x" * 1000, Verdict.REFUSED, "not-a-list"),
        (text(HUNDRED[:30]), Verdict.REFUSED, "not-this-list"),
        (text(HUNDRED)[:-600], Verdict.OVERLAY, ""),
    ],
)
def test_what_is_no_trustworthy_edition_removes_nobody(
    go: Go, put: Callable[..., None], home: Home, what: bytes, verdict: Verdict, code: str
) -> None:
    put(text(HUNDRED))
    go()
    put(what, changed=LATER)
    found = go(AT + timedelta(hours=2))
    assert (found.attempt.verdict, found.attempt.code) == (verdict, code)
    assert names(home) >= 100
    assert found.age_days is not None


def test_yesterdays_file_does_not_replace_todays(go: Go, put: Callable[..., None], home: Home) -> None:
    put(text(HUNDRED), changed=LATER)
    go()
    put(text(HUNDRED[:99]), changed=ON)
    found = go(AT + timedelta(hours=2))
    assert (found.attempt.verdict, found.attempt.code) == (Verdict.REFUSED, "older-edition")
    assert names(home) == 100


def test_a_bomb_a_silent_server_and_a_missing_file_change_nothing(
    go: Go, put: Callable[..., None], home: Home, publisher: Publisher, tmp_path: Path
) -> None:
    put(text(HUNDRED))
    first = go().attempt.edition
    path = f"/{tmp_path.name}/sdn.csv"
    publisher.put(path, packed(b"0" * 10_000_000))
    assert go().attempt.code == "fetch-size"
    publisher.put(path, (404, {}, b""))
    assert go().attempt.code == "fetch-status"
    publisher.silent.add(path)
    last = go()
    assert (last.attempt.verdict, last.attempt.code, last.attempt.edition) == (Verdict.FAILED, "fetch-timeout", first)
    assert names(home) == 100
    row = status(home, AT).lists[0]
    assert row.alarm is not None
    assert "fetch-timeout" in row.alarm
    assert row.checked_at == AT


def test_a_list_that_never_came_is_recorded_too(go: Go, home: Home) -> None:
    found = go()
    assert (found.attempt.verdict, found.attempt.edition, found.age_days) == (Verdict.FAILED, None, None)
    assert len(kept(home)) == 1


def test_a_publisher_is_asked_again_only_when_it_is_due(
    go: Go, put: Callable[..., None], home: Home, source: ListSource
) -> None:
    assert due(home, [source], AT) == [(source, AT)]
    put(text(HUNDRED))
    go()
    assert due(home, [source], AT) == [(source, AT + timedelta(hours=2))]


def test_only_lists_with_addresses_to_fetch_are_fetched() -> None:
    by_hand = replace(Sources.load().get("un"), fetch=())
    with pytest.raises(UsageError) as caught:
        fetchable(["un"], Sources((by_hand,)))
    assert caught.value.code == "not-fetched"
    assert {source.key for source in fetchable([])} >= {"ofac-sdn", "ofac-cons", "un"}
    assert [source.key for source in fetchable(["un", "un"])] == ["un"]


def test_the_register_fetches_only_what_it_has_an_address_for() -> None:
    for source in Sources.load():
        assert set(source.fetch) <= set(source.addresses)
        assert all(source.addresses[role].startswith("https://") for role in source.fetch)


def test_a_damaged_file_of_the_home_is_fetched_whole_again_and_put_right(
    go: Go, put: Callable[..., None], home: Home
) -> None:
    put(text(HUNDRED), etag='"1"')
    digest = go().attempt.parts[0].sha256
    (kept_file,) = (home.path / "raw").glob("*.zst")
    kept_file.write_bytes(kept_file.read_bytes()[:-9])
    found = go(AT + timedelta(hours=2))
    assert (found.attempt.verdict, found.attempt.code) == (Verdict.UNCHANGED, "repaired")
    assert found.attempt.parts[0].status == 200
    assert home.raw.read(digest) == text(HUNDRED)
    assert go(AT + timedelta(hours=4)).attempt.parts[0].status == 304


def test_a_damaged_file_does_not_keep_a_new_edition_out(go: Go, put: Callable[..., None], home: Home) -> None:
    put(text(HUNDRED), etag='"1"')
    go()
    (kept_file,) = (home.path / "raw").glob("*.zst")
    kept_file.write_bytes(b"nothing of ours")
    put(text([*HUNDRED, sdn_row(101)]), changed=LATER, etag='"2"')
    assert go(AT + timedelta(hours=2)).attempt.verdict is Verdict.IMPORTED
    assert names(home) == 101
