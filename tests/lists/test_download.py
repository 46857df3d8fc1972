"""Fetching one address: what comes is whole, bounded and over TLS, whatever the server does."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from interdiction.errors import FetchError
from interdiction.lists.download import AGENT, Downloader, Known, Limits
from interdiction.lists.wire import shown
from tests.lists.publisher import Publisher, packed, serving

QUICK = Limits(connect=2, silence=0.5, whole=3, size=100_000, attempts=3, pause=1)


@pytest.fixture(scope="module")
def publisher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Publisher]:
    with serving(tmp_path_factory.mktemp("tls")) as one:
        yield one


class Watch:
    """The real clock; what would be waited is only noted."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def waits(watch: Watch) -> list[float]:
    return watch.waits


@pytest.fixture
def download(publisher: Publisher, watch: Watch) -> Iterator[Downloader]:
    with Downloader(watch, QUICK, ca_file=publisher.ca_file) as one:
        yield one


def code(download: Downloader, address: str, known: Known | None = None) -> str:
    with pytest.raises(FetchError) as caught:
        download.get(address, known)
    assert caught.value.mend
    return caught.value.code


def test_a_file_comes_as_it_is_with_what_the_server_said_of_it(publisher: Publisher, download: Downloader) -> None:
    address = publisher.put("/plain", (200, {"ETag": '"7"', "Last-Modified": "Fri, 02 Jan 2015 20:00:00 GMT"}, b"list"))
    found = download.get(address)
    assert (found.data, found.status, found.etag, found.attempts) == (b"list", 200, '"7"', 1)
    assert found.last_modified == "Fri, 02 Jan 2015 20:00:00 GMT"
    assert publisher.asked[-1][1]["User-Agent"] == AGENT


def test_a_packed_file_is_unpacked(publisher: Publisher, download: Downloader) -> None:
    found = download.get(publisher.put("/packed", packed(b"list" * 1000)))
    assert found.data == b"list" * 1000
    assert found.wire < 200


def test_what_is_here_already_is_not_sent_again(publisher: Publisher, download: Downloader) -> None:
    address = publisher.put("/known", (200, {"ETag": '"7"'}, b"list"))
    found = download.get(address, Known(etag='"7"'))
    assert (found.status, found.data) == (304, None)


def test_a_server_that_hesitates_is_asked_again_after_longer_pauses(
    publisher: Publisher, download: Downloader, waits: list[float]
) -> None:
    address = publisher.put("/busy", (503, {}, b""), (429, {"Retry-After": "2"}, b""), b"list")
    assert download.get(address).attempts == 3
    assert waits == [1, 2]


def test_a_pause_is_never_longer_than_the_limit(publisher: Publisher, watch: Watch) -> None:
    address = publisher.put("/later", (429, {"Retry-After": "9999"}, b""), b"list")
    limits = Limits(attempts=2, longest_pause=5, whole=60)
    with Downloader(watch, limits, ca_file=publisher.ca_file) as download:
        assert download.get(address).data == b"list"
    assert watch.waits == [5]


def test_a_server_that_stays_broken_is_given_up(publisher: Publisher, download: Downloader, waits: list[float]) -> None:
    assert code(download, publisher.put("/broken", (500, {}, b"oops"))) == "fetch-status"
    assert waits == [1, 2]


def test_a_missing_file_is_not_asked_for_twice(publisher: Publisher, download: Downloader, waits: list[float]) -> None:
    assert code(download, publisher.at("/nothing")) == "fetch-status"
    assert waits == []


def test_a_silent_server_is_left(publisher: Publisher, download: Downloader) -> None:
    publisher.silent.add("/silent")
    assert code(download, publisher.at("/silent")) == "fetch-timeout"


@pytest.mark.parametrize("part", ["body", "head"])
def test_a_server_that_sends_a_byte_at_a_time_is_left(publisher: Publisher, part: str) -> None:
    address = publisher.put(f"/slow-{part}", b"x" * 10_000)
    (publisher.slow if part == "body" else publisher.trickling_heads).add(f"/slow-{part}")
    with Downloader(Watch(), Limits(silence=1, whole=1.5, attempts=1), ca_file=publisher.ca_file) as download:
        assert code(download, address) == "fetch-timeout"


def test_a_file_shorter_than_announced_is_no_file(publisher: Publisher, download: Downloader) -> None:
    address = publisher.put("/short", (200, {"Content-Length": "5000"}, b"x" * 100))
    assert code(download, address) == "fetch-cut"


def test_a_packed_file_that_ends_in_the_middle_is_no_file(publisher: Publisher, download: Downloader) -> None:
    half = gzip.compress(bytes(range(256)) * 20)[:-20]
    assert code(download, publisher.put("/half", (200, {"Content-Encoding": "gzip"}, half))) == "fetch-cut"


def test_what_is_not_packed_as_it_says_is_no_file(publisher: Publisher, download: Downloader) -> None:
    assert code(download, publisher.put("/not", (200, {"Content-Encoding": "gzip"}, b"plain text"))) == "fetch-cut"


def test_a_bomb_is_not_unpacked(publisher: Publisher, download: Downloader) -> None:
    assert code(download, publisher.put("/bomb", packed(b"0" * 50_000_000))) == "fetch-size"


@pytest.mark.parametrize("announced", [True, False])
def test_a_file_over_the_size_limit_is_left(publisher: Publisher, download: Downloader, *, announced: bool) -> None:
    body = b"x" * 200_000
    headers = {} if announced else {"Transfer-Encoding": "chunked"}
    if not announced:
        body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    assert code(download, publisher.put("/large", (200, headers, body))) == "fetch-size"


def test_nothing_is_fetched_or_led_to_without_tls(publisher: Publisher, download: Downloader) -> None:
    assert code(download, "http://localhost/list.csv") == "fetch-insecure"
    assert code(download, "file:///etc/passwd") in {"fetch-insecure", "fetch-address"}
    led = publisher.put("/led", (302, {"Location": "http://localhost/list.csv"}, b""))
    assert code(download, led) == "fetch-insecure"


def test_an_address_may_lead_on_but_not_for_ever(publisher: Publisher, download: Downloader) -> None:
    publisher.put("/there", b"list")
    assert download.get(publisher.put("/here", (302, {"Location": "/there"}, b""))).address.endswith("/there")
    assert code(download, publisher.put("/round", (302, {"Location": "/round"}, b""))) == "fetch-redirects"


def test_a_certificate_nobody_vouches_for_is_refused(publisher: Publisher) -> None:
    with Downloader(Watch(), QUICK) as download:
        assert code(download, publisher.put("/plain2", b"list")) == "fetch-tls"


def test_a_server_that_is_not_there_says_so(publisher: Publisher, download: Downloader) -> None:
    assert code(download, "https://localhost:1/list.csv") == "fetch-network"


def test_certificates_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="certificates"):
        Downloader(Watch(), ca_file=str(tmp_path / "none.pem"))


@pytest.mark.parametrize("address", ["", "list.csv", "https://", "https://[1", "https://host:99999999/"])
def test_what_is_no_address_is_said_to_be_none(download: Downloader, address: str) -> None:
    assert code(download, address) in {"fetch-address", "fetch-insecure"}


def test_addresses_are_shown_without_secrets() -> None:
    told = shown("https://user:secret@host/fsd/content?token=dG9rZW4&lang=en")
    assert told == "https://host/fsd/content?token=…&lang=en"
