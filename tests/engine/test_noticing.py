"""A publisher's file of changes says when to fetch, and never what is in force."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from interdiction.engine.noticing import ROUNDS, Notice, Notices
from interdiction.errors import ListFileError
from interdiction.lists.changes import NAMESPACE, read_changes
from interdiction.lists.download import Downloader, Limits
from interdiction.lists.readers import ListFile
from interdiction.lists.sources import Sources
from interdiction.model import ListSource, Verdict
from tests.engine.conftest import AT
from tests.lists.publisher import Publisher, packed, serving

QUARTER = timedelta(minutes=15)
Look = Callable[[datetime], list[Notice]]


def delta(day: str, *actions: str) -> bytes:
    entities = "".join(
        f'<entity id="{at}"{f" action={chr(34)}{action}{chr(34)}" if action else ""}><generalInfo/></entity>'
        for at, action in enumerate(actions)
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><sanctionsData xmlns="{NAMESPACE}"><publicationInfo>'
        f"<datePublished>{day}T00:00:00-05:00</datePublished></publicationInfo>"
        f"<entities>{entities}</entities></sanctionsData>"
    ).encode()


@pytest.fixture(scope="module")
def publisher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Publisher]:
    with serving(tmp_path_factory.mktemp("tls")) as one:
        yield one


@pytest.fixture
def path(tmp_path: Path) -> str:
    return f"/{tmp_path.name}/changes/latest"


@pytest.fixture
def sources(publisher: Publisher, path: str) -> list[ListSource]:
    register = Sources.load()
    return [replace(register.get(key), notice=publisher.at(path)) for key in ("ofac-sdn", "ofac-cons")]


@pytest.fixture
def notices() -> Notices:
    return Notices()


@pytest.fixture
def look(notices: Notices, sources: list[ListSource], publisher: Publisher) -> Iterator[Look]:
    with Downloader(time, Limits(silence=0.5, whole=3, attempts=1, size=100_000), ca_file=publisher.ca_file) as wire:
        yield lambda at: notices.look(sources, wire, at)


def test_a_new_file_of_changes_makes_both_lists_due_and_says_what_it_counts(
    look: Look, notices: Notices, publisher: Publisher, path: str
) -> None:
    publisher.put(path, delta("2026-11-20", "add"))
    assert look(AT) == []
    assert notices.due("ofac-sdn"), "what changed before the watch began is not known"
    for key in ("ofac-sdn", "ofac-cons"):
        notices.came(key, Verdict.UNCHANGED)
    assert not notices.due("ofac-sdn")
    publisher.put(path, delta("2026-11-21", "add", "add", "remove", "modify", ""))
    told = look(AT + QUARTER)
    assert [(one.list, one.news) for one in told] == [("ofac-sdn", True), ("ofac-cons", True)]
    assert told[0].message == "changes of 2026-11-21: 2 added, 1 removed, 2 changed"
    assert notices.due("ofac-sdn")
    assert notices.due("ofac-cons")


def test_one_address_is_asked_once_a_quarter_of_an_hour_for_all_its_lists(
    look: Look, publisher: Publisher, path: str
) -> None:
    publisher.put(path, delta("2026-11-20", "add"))
    before = len(publisher.asked)
    for minutes in (0, 5, 14, 15, 29, 30):
        look(AT + timedelta(minutes=minutes))
    assert len(publisher.asked) - before == 3


def test_a_new_edition_answers_the_news_and_one_that_is_late_is_waited_for_a_while(
    look: Look, notices: Notices, publisher: Publisher, path: str
) -> None:
    publisher.put(path, delta("2026-11-20"))
    look(AT)
    publisher.put(path, delta("2026-11-21", "add"))
    look(AT + QUARTER)
    notices.came("ofac-sdn", Verdict.UNCHANGED)
    assert not notices.due("ofac-sdn"), "once a round is enough"
    look(AT + QUARTER * 2)
    assert notices.due("ofac-sdn")
    notices.came("ofac-sdn", Verdict.IMPORTED)
    look(AT + QUARTER * 3)
    assert not notices.due("ofac-sdn")
    waited = 2
    while notices.due("ofac-cons"):
        notices.came("ofac-cons", Verdict.UNCHANGED)
        waited += 1
        look(AT + QUARTER * (waited + 1))
    assert waited == ROUNDS


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (b"<!doctype html><html><body>sorry</body></html>", "damaged-envelope"),
        (b"<sanctionsData><entities/></sanctionsData>", "not-a-list"),
        (b"", "damaged-envelope"),
        (packed(b"0" * 10_000_000), "fetch-size"),
        ((503, {}, b""), "fetch-status"),
    ],
)
def test_what_is_no_file_of_changes_makes_nothing_due_and_is_told(
    look: Look, notices: Notices, publisher: Publisher, path: str, what: bytes | tuple[int, dict[str, str], bytes],
    code: str,
) -> None:  # fmt: skip
    publisher.put(path, delta("2026-11-20"))
    look(AT)
    for key in ("ofac-sdn", "ofac-cons"):
        notices.came(key, Verdict.UNCHANGED)
    publisher.put(path, what)
    told = look(AT + QUARTER)
    assert {(one.news, one.code) for one in told} == {(False, code)}
    assert not notices.due("ofac-sdn")
    publisher.put(path, delta("2026-11-21", "add"))
    assert [one.news for one in look(AT + 2 * QUARTER)] == [True, True]


def test_a_file_of_changes_that_breaks_off_still_is_news(look: Look, publisher: Publisher, path: str) -> None:
    publisher.put(path, delta("2026-11-20"))
    look(AT)
    publisher.put(path, delta("2026-11-21", "add", "add", "remove")[:-60])
    assert [one.news for one in look(AT + QUARTER)] == [True, True]


def test_the_whole_list_is_no_file_of_changes() -> None:
    enhanced = delta("2026-11-20").replace(NAMESPACE.encode(), b"https://example.org/ENHANCED_XML")
    with pytest.raises(ListFileError) as caught:
        read_changes(ListFile("latest", enhanced))
    assert caught.value.code == "not-a-list"
