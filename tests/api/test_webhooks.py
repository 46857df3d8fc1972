"""Webhooks: signed, in order, again where they did not arrive, and never inward."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from interdiction.api.sending import BACKOFF, RefusedAddressError, Sender, outward
from interdiction.engine import webhooks
from interdiction.engine.home import Home
from interdiction.engine.writing import Writer
from interdiction.errors import UsageError
from interdiction.model.access import Role
from interdiction.model.webhook import Event, MessageState
from tests.api.conftest import AT, Holder

JANG = {"names": ["Jang Yong Son"], "kind": "person", "id": "c-1"}
SECRET = b"s" * 32


class Ear:
    """A receiver that keeps what it hears, and answers as it is told."""

    def __init__(self) -> None:
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        ear = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                ear.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
                status = ear.answers.pop(0) if ear.answers else 204
                self.send_response(status)
                if status == 302:
                    self.send_header("location", f"http://127.0.0.1:{ear.port}/elsewhere")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.thread = Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def ear() -> Iterator[Ear]:
    made = Ear()
    yield made
    made.close()


@pytest.fixture
def home(own_home: Path) -> Home:
    return Home.open(own_home)


def sender(home: Home, *, private: bool = True) -> tuple[Sender, Writer]:
    writer = Writer(home)
    return Sender(home, writer.transaction, private=private), writer


def test_steps_of_cases_are_told_signed_and_in_their_order(holder: Holder, home: Home, ear: Ear) -> None:
    url = f"http://127.0.0.1:{ear.port}/hook?a=b"
    webhooks.add(home, url, events=[Event.CASE_STEP], by="t", at=AT, secret=SECRET, private=True)
    client = holder(Role.ANALYST)
    assert client("POST", "/v1/check", json={"party": JANG, "record": True}).status_code == 200
    for text in ("one", "two"):
        assert client("POST", "/v1/cases/C-1/steps", json={"type": "commented", "text": text}).status_code == 201
    sends, writer = sender(home)
    assert [sends.round(AT) for _ in range(4)] == [1, 1, 1, 0]
    writer.close()
    told = [json.loads(body) for _, body in ear.heard]
    assert [one["body"]["step"] for one in told] == [1, 2, 3]
    for headers, body in ear.heard:
        mark = hmac.new(SECRET, headers["x-interdict-at"].encode() + b"." + body, hashlib.sha256).hexdigest()
        assert headers["x-interdict-signature"] == f"v1={mark}"
        assert b"Jang" not in body
        assert headers["host"] == f"127.0.0.1:{ear.port}"


def test_what_did_not_arrive_is_sent_again_later_and_what_follows_waits(holder: Holder, home: Home, ear: Ear) -> None:
    webhooks.add(home, f"http://127.0.0.1:{ear.port}/", events=[], by="t", at=AT, secret=SECRET, private=True)
    ear.answers = [500, 302]
    client = holder(Role.ANALYST)
    assert client("POST", "/v1/check", json={"party": JANG, "record": True}).status_code == 200
    client("POST", "/v1/cases/C-1/steps", json={"type": "commented", "text": "one"})
    sends, writer = sender(home)
    assert sends.round(AT) == 2, "the decision, and the first step of the case"
    assert sends.round(AT) == 0, "both wait: neither an error nor a redirect is an arrival"
    assert sends.round(AT + timedelta(seconds=BACKOFF[0])) == 2
    assert sends.round(AT + timedelta(seconds=BACKOFF[0])) == 1
    writer.close()
    states = {one.state for one in webhooks.messages(home, 1)}
    assert states == {MessageState.SENT}
    assert len(ear.heard) == 5


def test_a_message_is_given_up_and_shown_after_the_last_attempt(holder: Holder, home: Home, ear: Ear) -> None:
    webhooks.add(
        home, f"http://127.0.0.1:{ear.port}/", events=[Event.DECISION], by="t", at=AT, secret=SECRET, private=True
    )
    ear.answers = [500] * 20
    holder(Role.ANALYST)("POST", "/v1/check", json={"party": JANG, "record": True})
    sends, writer = sender(home)
    for day in range(len(BACKOFF) + 2):
        sends.round(AT + timedelta(days=2 * day))
    writer.close()
    (message,) = webhooks.messages(home, 1)
    assert (message.state, message.last) == (MessageState.GIVEN_UP, "answered 500")
    assert message.attempts == len(BACKOFF) + 1 == len(ear.heard)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
        "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::",
    ],
)  # fmt: skip
def test_no_message_goes_inward(address: str) -> None:
    with pytest.raises(RefusedAddressError):
        outward([address], private=False)
    with pytest.raises(RefusedAddressError):
        outward(["93.184.216.34", address], private=False)


def test_a_name_that_leads_inward_is_not_told_and_says_so(holder: Holder, home: Home, ear: Ear) -> None:
    webhooks.add(home, f"https://hook.example:{ear.port}/", events=[Event.DECISION], by="t", at=AT, secret=SECRET)
    holder(Role.ANALYST)("POST", "/v1/check", json={"party": JANG, "record": True})
    writer = Writer(home)
    sends = Sender(home, writer.transaction, resolve=lambda _host, _port: ["127.0.0.1"])
    assert sends.round(AT) == 1
    writer.close()
    (message,) = webhooks.messages(home, 1)
    assert message.state is MessageState.WAITING
    assert "own network" in message.last
    assert ear.heard == []


@pytest.mark.parametrize(
    "url", ["http://example.org/", "ftp://example.org/", "https://", "https://a:b@example.org/", "x"]
)
def test_an_address_that_cannot_be_told_is_refused(home: Home, url: str) -> None:
    with pytest.raises(UsageError, match="https address"):
        webhooks.add(home, url, events=[], by="t", at=AT, secret=SECRET)


def test_webhooks_are_made_and_ended_over_the_network_and_the_secret_is_shown_once(holder: Holder) -> None:
    boss = holder(Role.ADMINISTRATOR)
    made = boss("POST", "/v1/webhooks", json={"url": "https://hook.example/x", "events": ["case.step"]})
    assert made.status_code == 201, made.text
    assert made.json()["result"]["secret"] not in json.dumps(boss.get("/v1/webhooks"))
    assert boss.get("/v1/webhooks/W-1/messages")["result"] == []
    assert boss("DELETE", "/v1/webhooks/W-1").json()["result"]["ended_by"] == "administrator"
    assert boss("DELETE", "/v1/webhooks/W-9").status_code == 404
