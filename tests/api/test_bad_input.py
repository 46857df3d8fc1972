"""What arrives broken, too large, too deep, too slow or in bad faith is refused in words, and nothing of ours shows."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from interdiction.api.door import Door
from interdiction.api.service import Service, Settings
from interdiction.config import Service as ServiceConfig
from interdiction.model.access import Role
from tests.api.conftest import Client, Holder, served

QUERY = {"queries": {"q": {"schema": "Person", "properties": {"name": ["Jang Yong Son"]}}}}
PROBLEM = "application/problem+json"


def refused(answer: httpx.Response, *statuses: int) -> dict[str, Any]:
    assert answer.status_code in statuses, (answer.status_code, answer.text)
    assert answer.headers["content-type"] == PROBLEM
    said: dict[str, Any] = answer.json()
    assert said["status"] == answer.status_code
    assert said["detail"]
    assert said["code"]
    assert "Traceback" not in answer.text
    assert "/src/interdiction" not in answer.text
    return said


BODIES = [
    b"", b"{", b"null", b"[]", b"\xff\xfe\x00", b'{"queries": ', b"[" * 100_000, b'{"queries":' * 20_000,
    b'{"queries": {"q": ' + b'{"schema": "Person", "properties": {"name": ' + b"[" * 50_000, b"\x00" * 1000,
    b'{"queries": {"q": {"schema": "Person", "properties": {"name": "\xed\xa0\x80"}}}}',
    b'{"queries": {"q": {"schema": "Person", "properties": "x"}}}', b'{"queries": {"q": {"schema": 3}}}',
    json.dumps({"queries": {"q": {"schema": "' OR 1=1 --", "properties": {}}}}).encode(),
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
@pytest.mark.parametrize("path", ["/match/default", "/v1/check", "/v1/screen"])
def test_a_body_that_cannot_be_read_is_refused_in_words(ask: Client, path: str, body: bytes) -> None:
    refused(ask("POST", path, content=body, headers={"content-type": "application/json"}), 400, 422)


def test_odd_values_are_screened_on_what_remains(ask: Client) -> None:
    odd = {
        "name": ["Jang Yong Son", None, 7, True, {"a": 1}, ["x"], "", " ", "\u202e\u0000x"],
        "birthDate": [0, "", "9999"],
    }
    found = ask.match({"q": {"schema": "Person", "properties": odd}})["responses"]["q"]
    assert found["results"]


def test_a_body_that_is_too_large_is_refused_before_it_is_read(ask: Client) -> None:
    answer = ask("POST", "/match/default", content=b"x", headers={"content-length": str(1 << 40)})
    refused(answer, 413)


def small(told: Path, **limits: Any) -> Client:
    client = served(told, open_to_all=True)
    client.service.config = ServiceConfig(**limits)
    return client


def test_a_body_without_a_length_is_cut_off_at_the_limit(told: Path, clock: None) -> None:
    client = small(told, largest_body=10_000)
    given = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal given
        while True:
            given += 1
            yield b"x" * 1000

    async def send(path: str) -> httpx.Response:
        transport = httpx.ASGITransport(app=client.door)
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as http:
            return await http.post(path, content=endless())

    for path in ("/match/default", "/v1/payments"):
        given = 0
        refused(asyncio.run(send(path)), 413)
        assert given < 20


def test_a_body_that_does_not_come_is_given_up(told: Path, clock: None) -> None:
    client = small(told, body_seconds=0.05)

    async def slow() -> AsyncIterator[bytes]:
        yield b'{"queries":'
        await asyncio.sleep(5)
        yield b"{}}"

    async def send(path: str, kind: str) -> httpx.Response:
        transport = httpx.ASGITransport(app=client.door)
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as http:
            return await http.post(path, content=slow(), headers={"content-type": kind})

    for path, kind in (
        ("/match/default", "application/json"),
        ("/v1/check", "application/json"),
        ("/v1/screen/stream", "application/x-ndjson"),
    ):
        said = refused(asyncio.run(send(path, kind)), 408)
        assert said["code"] == "too-slow"


PATHS = [
    "/entities/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/entities/ofac-sdn:1%00", "/entities/" + "x" * 5000,
    "/entities/%27%20OR%201%3D1%20--", "/v1/lists/listings/%27;DROP%20TABLE%20listing;--", "/v1/lists/%2e%2e/diff",
    "/v1/decisions/D-1%27%20OR%20%271", "/v1/decisions/-1", "/v1/decisions/99999999999999999999999", "/v1/audit/abc",
    "/v1/cases/C-999999999999999999999", "/v1/webhooks/W-1;--/messages", "/search/default?q=%FF%FE", "/search/a%2Fb",
    "/search/default?limit=1e9", "/search/default?offset=-1", "/search/default?facets=" + "x" * 3000, "/%ff",
    "//etc/passwd", "/v1/decisions?most=0", "/v1/cases?states=x", "/v1/audit?kind=x", "/v1/audit?since=x",
    "/match/default", "/catalog/..%2f..%2f",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS, ids=range(len(PATHS)))
def test_an_address_in_bad_faith_leads_nowhere(ask: Client, path: str) -> None:
    answer = ask("GET", path)
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        refused(answer, 400, 403, 404, 405, 422)


def test_words_of_sql_in_a_search_are_words(ask: Client) -> None:
    for q in ("'; DROP TABLE listing; --", '" OR 1=1', "%_%", "\\", "a AND NOT", "name:*", "[", "(((((", "\x00"):
        assert ask("GET", "/search/default", params={"q": q}).status_code == 200
    assert ask.match({"q": {"schema": "Person", "properties": {"name": "'; DROP TABLE listing; --"}}})


def test_an_address_that_is_too_long_is_refused(ask: Client) -> None:
    refused(ask("GET", "/search/default?q=" + "x" * 61_000), 414)


@pytest.mark.parametrize(
    "headers",
    [
        {"idempotency-key": "x" * 300}, {"idempotency-key": ""}, {"content-length": "-1"}, {"content-length": "x"},
        {"if-none-match": "," * 5000}, {"accept": "text/html"}, {"x-forwarded-for": "127.0.0.1"},
    ],
    ids=range(7),
)  # fmt: skip
def test_odd_headers_change_nothing_or_are_refused(ask: Client, headers: dict[str, str]) -> None:
    answer = ask("POST", "/match/default?record=true", content=json.dumps(QUERY), headers=headers)
    assert answer.status_code in {200, 400, 422}
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_what_a_caller_writes_never_becomes_a_header_of_the_answer(ask: Client) -> None:
    answer = ask("GET", "/entities/x%0d%0aset-cookie:%20a=b")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_a_method_that_is_not_there_is_said(ask: Client, method: str) -> None:
    assert ask(method, "/catalog").status_code in {404, 405, 501}


def test_a_fault_of_ours_is_said_without_its_text_and_logged_with_it(
    ask: Client, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the secret inside")

    loud = Service(Settings(ask.service.settings.home, open_to_all=True))
    loud.renew()
    monkeypatch.setattr(loud.hall, "current", broken)
    client = Client(loud, Door(loud, ask.door._inner))
    answer = client("POST", "/match/default", json=QUERY)
    assert answer.status_code == 500
    assert "secret inside" not in answer.text
    line = json.loads(capfd.readouterr().err.splitlines()[-1])
    assert "the secret inside" in line["fault"]
    assert line["request"] == answer.headers["x-request-id"]


def test_the_log_holds_no_name_that_was_asked_about(told: Path, clock: None, capfd: pytest.CaptureFixture[str]) -> None:
    client = served(told, open_to_all=True)
    client.service.settings = Settings(str(told), open_to_all=True, log=True)
    client("POST", "/match/default", json=QUERY)
    client("GET", "/search/default?q=Jang+Yong+Son")
    client("GET", "/entities/Jang%20Yong%20Son")
    client("GET", "/Jang%20Yong%20Son")
    said = capfd.readouterr().err
    assert said.count("\n") == 4
    assert "Jang" not in said


def test_a_home_without_lists_is_not_ready_and_says_why(tmp_path: Path, clock: None) -> None:
    from interdiction.engine.home import Home

    Home.open(tmp_path / "home", create=True)
    client = served(tmp_path / "home", open_to_all=True)
    assert client("GET", "/healthz").status_code == 200
    assert client("GET", "/readyz").status_code == 503
    said = refused(client("POST", "/match/default", json=QUERY), 503)
    assert said["code"] == "no-list"


@pytest.mark.parametrize("number", [0, -1, 1 << 63, -(1 << 63), 10**40], ids=str)
def test_a_number_that_no_log_reaches_is_answered_and_never_a_fault(holder: Holder, number: int) -> None:
    client = holder(Role.ANALYST)
    assert refused(client("GET", f"/v1/audit/{number}"), 404)["code"] == "unknown-entry"
    answer = client("GET", f"/v1/audit?before={number}")
    assert answer.status_code == 422, answer.text
