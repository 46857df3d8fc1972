"""Whatever a route is sent in place of a body, of a word in its address or of a key, it is refused in words.

The cases are made from the table of routes: a new route is asked by them the day it is written.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from litestar.handlers import HTTPRouteHandler

from interdiction.api import limits
from interdiction.api.app import HANDLERS, inner
from interdiction.api.door import Door
from interdiction.config import Service as ServiceConfig
from interdiction.engine import audit
from interdiction.engine.home import Home
from interdiction.errors import InputError
from interdiction.model.access import Role
from tests.api.conftest import Client, Holder, keyed, served

ROUTES: list[HTTPRouteHandler] = list(HANDLERS)
WRITING = sorted(
    (method, path, Role.ADMINISTRATOR if Role.APPROVER not in (one.opt["roles"] or ()) else Role.APPROVER)
    for one in ROUTES
    for path in one.paths
    for method in one.http_methods & {"POST", "PUT", "PATCH"}
)
NAMED = sorted(
    (method, path, Role.ADMINISTRATOR if Role.APPROVER not in (one.opt["roles"] or ()) else Role.APPROVER)
    for one in ROUTES
    for path in one.paths
    if "{" in path
    for method in one.http_methods & {"GET", "DELETE"}
)
BODIES = {
    "empty": b"",
    "cut": b'{"why": ',
    "no UTF-8": b"\xff\xfe{}",
    "deep": b'{"why": ' + b"[" * 60_000,
    "a surrogate": b'{"why": "\xed\xa0\x80"}',
    "a list": b"[1, 2]",
    "a number": b"1e999",
    "unknown fields": b'{"__class__": "x", "$where": "1"}',
    "a number no machine holds": b'{"why": ' + b"9" * 5000 + b"}",
    "twice": b'{"why": "a"} {"why": "b"}',
}
WORDS = ["' OR '1'='1", "..%2f..%2fetc%2fpasswd", "%00", "\u202e", "x" * 500, "D-99999999999999999999", "-1", "{{7*7}}",
         "C-1; DROP TABLE case_entry", "a\r\nset-cookie: x=1"]  # fmt: skip


@pytest.fixture(scope="module")
def callers(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Role, Client]]:
    home = tmp_path_factory.mktemp("faith") / "home"
    with keyed(pristine, home) as clients:
        yield clients
        assert audit.verify(Home.open(home)).count == 0


def filled(path: str, word: str) -> str:
    while "{" in path:
        start, end = path.index("{"), path.index("}")
        path = f"{path[:start]}{word}{path[end + 1 :]}"
    return path


def no_fault(answer: httpx.Response) -> None:
    assert answer.status_code < 500, answer.text
    assert "Traceback" not in answer.text
    assert "set-cookie" not in answer.headers
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["code"]


@pytest.mark.parametrize(("method", "path", "role"), WRITING, ids=[f"{one[0]} {one[1]}" for one in WRITING])
def test_every_route_with_a_body_refuses_what_cannot_be_read(
    callers: dict[Role, Client], method: str, path: str, role: Role
) -> None:
    for body in BODIES.values():
        no_fault(callers[role](method, filled(path, "x"), content=body, headers={"content-type": "application/json"}))


@pytest.mark.parametrize(("method", "path", "role"), NAMED, ids=[f"{one[0]} {one[1]}" for one in NAMED])
def test_every_word_of_an_address_is_a_word(callers: dict[Role, Client], method: str, path: str, role: Role) -> None:
    for word in WORDS:
        answer = callers[role](method, filled(path, quote(word, safe="%")))
        no_fault(answer)
        assert b"root:" not in answer.content


@pytest.mark.parametrize("key", ["", "x" * 201, "\x01", "a\tb"])
def test_an_idempotency_key_that_is_none_is_refused(holder: Holder, key: str) -> None:
    client = holder(Role.ANALYST)
    payment = b"id,debtor,creditor,amount,currency,date\np-1,A,B,1,USD,2015-01-02\n"
    sent: dict[str, Any] = {"content": payment, "headers": {"idempotency-key": key}}
    answer = client("POST", "/v1/payments?name=p.csv&record=true", **sent)
    assert answer.status_code == 400 or answer.status_code == 422, answer.text


def test_a_book_that_drips_in_is_given_up(told: Path, clock: None, monkeypatch: pytest.MonkeyPatch) -> None:
    client = served(told, open_to_all=True)
    client.service.config = ServiceConfig(body_seconds=0.2)
    monkeypatch.setattr(limits, "LEAST_A_SECOND", 1 << 20)
    door = Door(client.service, inner(client.service))

    async def drips() -> AsyncIterator[bytes]:
        yield b"id,name\n"
        while True:
            await asyncio.sleep(0.02)
            yield b"1,A\n"

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(app=door)
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as http:
            return await http.post("/v1/book?source=crm", content=drips())

    answer = asyncio.run(send())
    assert (answer.status_code, answer.json()["code"]) == (408, "too-slow")


def test_a_pace_is_that_of_the_whole_body_and_not_of_a_moment() -> None:
    pace = limits.Pace(10.0, 100.0)
    pace.came(2_500, 111.0)
    with pytest.raises(InputError) as caught:
        pace.came(1, 100.0 + 2_501 / limits.LEAST_A_SECOND + 11.0)
    assert caught.value.code == "too-slow"
