"""The client that the makers of yente publish, unchanged, pointed at this service: its own models read our answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.api.conftest import Client, Holder

theirs = pytest.importorskip("yente_client", reason="yente-client is not installed: it is in the group `dev`")

if TYPE_CHECKING:
    from collections.abc import Callable

JANG = "ofac-sdn:17615"


@pytest.fixture
def connect(holder: Holder) -> Iterator[Callable[[str | None], Any]]:
    """Give their client with a key of ours; what it sends goes into the service of this process."""
    service = holder("viewer")
    opened: list[Any] = []

    def connected(key: str | None) -> Any:
        closed = Client(service.service, service.door)

        def through(request: httpx.Request) -> httpx.Response:
            headers = {name: value for name, value in request.headers.items() if name not in {"host", "content-length"}}
            found = closed(request.method, str(request.url), headers=headers, content=request.read())
            return httpx.Response(found.status_code, headers=found.headers, content=found.content)

        client = theirs.Client(base_url="http://service", api_key=key, transport=httpx.MockTransport(through))
        opened.append(client)
        return client

    connected.key = service.key  # type: ignore[attr-defined]
    yield connected
    for client in opened:
        client.close()


@pytest.fixture
def client(connect: Any) -> Any:
    return connect(connect.key)


def test_a_person_is_matched_with_its_explanations(client: Any) -> None:
    asked = theirs.Person(firstName="Yong Son", lastName="Jang", birthDate="1957-02-20", nationality="kp")
    found = client.match(asked, datasets=["sanctions"], limit=3)
    assert found.total.value >= 1
    top = found.results[0]
    assert (top.id, top.match, top.schema_) == (JANG, True, "Person")
    assert top.explanations["name_match"].score > 0.7
    assert (top.first_seen.isoformat(), top.datasets) == ("2015-01-02T00:00:00", ["us_ofac_sdn"])


def test_its_filters_and_thresholds_are_understood(client: Any) -> None:
    asked = theirs.Person(name="Jang Yong Son")
    assert client.match(asked, exclude_entities=[JANG]).results == []
    assert client.match(asked, threshold=0.99, cutoff=0.5, algorithm="best").results[0].match is False
    assert client.match(asked, datasets=["us_ofac_sdn"], topics=["sanction"]).results


def test_many_are_matched_at_once(client: Any) -> None:
    people = {"a": theirs.Person(name="Jang Yong Son"), "b": theirs.Person(name="Nobody Atall")}
    found = {key: len(client.match(one).results) for key, one in people.items()}
    assert found == {"a": 1, "b": 0}


def test_an_entity_comes_with_its_sanctions_and_those_around_it(client: Any) -> None:
    whole = client.fetch(JANG)
    sanctions = whole.properties["sanctions"]
    assert sanctions[0].properties["authority"]
    around = client.adjacent(JANG)
    assert around.adjacent["sanctions"].total.value == len(sanctions)
    assert client.adjacent(JANG, prop="sanctions", limit=1).results


def test_a_search_is_read_with_its_facets(client: Any) -> None:
    found = client.search("jang", datasets=["default"], facets=["topics", "datasets"], limit=2)
    assert found.total.value >= 1
    assert {"topics", "datasets"} == set(found.facets)


def test_the_catalog_the_algorithms_and_the_probes_are_read(client: Any) -> None:
    assert {"us_ofac_sdn", "default", "sanctions"} <= {one.name for one in client.datasets().datasets}
    assert client.datasets().current, "the second time by the entity tag of the first"
    said = client.algorithms()
    assert said.best in {one.name for one in said.algorithms}
    assert client.healthz().status == client.readyz().status == "ok"


def test_its_errors_are_those_it_knows(client: Any, connect: Any) -> None:
    with pytest.raises(theirs.NotFoundError) as caught:
        client.fetch("ofac-sdn:0")
    assert "ofac-sdn:0" in str(caught.value)
    with pytest.raises(theirs.BadRequestError):
        client.match(theirs.Person(name="A"), algorithm="nosuch")
    for key in (None, "ixk_000000000000_aaaa"):
        with pytest.raises(theirs.AuthenticationError):
            connect(key).match(theirs.Person(name="A"))
