"""Our own routes: the same answers as the command, kept where that is asked, and said in the same errors."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import polars as pl
import pytest

from interdiction.api.description import EXAMPLES
from interdiction.engine import Engine
from interdiction.engine.emergency import enter
from interdiction.engine.home import Home
from interdiction.engine.records import kept
from interdiction.model import Party
from interdiction.model.access import Role
from tests.api.conftest import AT, Client, Holder, served

STORES = ("sqlite", "postgresql")
JANG = {"names": ["Jang Yong Son"], "kind": "person"}
LINES = {"content-type": "application/x-ndjson"}
ARROW = {"content-type": "application/vnd.apache.arrow.stream"}


def test_a_check_gives_the_hits_of_the_engine(ask: Client, told: Path) -> None:
    answer = ask("POST", "/v1/check", json={"party": JANG}).json()
    with Engine.open(told) as engine:
        hits = engine.screen(Party(names=["Jang Yong Son"], kind="person"))
    assert answer["schema"] == "interdict.check/1"
    assert [(one["listing"], one["score"]) for one in answer["result"]] == [(one.listing, one.score) for one in hits]
    assert answer["editions"][0]["edition"]


def test_a_check_of_a_past_day_answers_from_its_lists(ask: Client) -> None:
    answer = ask("POST", "/v1/check", json={"party": JANG, "as_of": "2015-01-01"}).json()
    assert answer["result"] == []
    assert answer["as_of"] == "2015-01-01"


@pytest.mark.parametrize(
    "body",
    [
        {"party": {}},
        {"party": {"names": ["..."]}},
        {"party": {"names": "Jang"}},
        {"party": {**JANG, "kind": "ghost"}},
        {"party": {**JANG, "birth_dates": ["31 June"]}},
        {"party": {**JANG, "shoe": 42}},
        {"party": JANG, "threshold": 0.1},
        {"party": JANG, "threshold": "high"},
        {"party": JANG, "lists": ["nosuch"]},
        {"party": JANG, "as_of": "yesterday"},
        {"party": JANG, "as_of": "1990-01-01"},
        {},
        [],
        None,
        "x",
    ],
)
def test_a_party_that_cannot_be_is_refused_with_what_to_mend(ask: Client, body: object) -> None:
    answer = ask("POST", "/v1/check", json=body)
    assert answer.status_code in {400, 404, 422}, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["mend"]


def test_several_parties_are_answered_in_their_order(ask: Client) -> None:
    answer = ask("POST", "/v1/screen", json={"parties": [{"names": ["Nobody Atall"]}, {"id": "two", **JANG}]}).json()
    assert [one["query_id"] for one in answer["result"]] == ["1", "two"]
    assert [bool(one["hits"]) for one in answer["result"]] == [False, True]


def test_a_recorded_check_is_a_decision_that_can_be_read(holder: Holder) -> None:
    client = holder(Role.ANALYST)
    answer = client("POST", "/v1/check", json={"party": {**JANG, "id": "c-1"}, "record": True, "threshold": 0.99})
    assert answer.status_code == 200, answer.text
    (one,) = answer.json()["result"]
    found = client.get(f"/v1/decisions/{one['decision']}")["result"]
    assert found["record"]["name"] == "c-1"
    assert found["record"]["decision"]["hits"], "the caller's threshold does not reach what is decided on"


def test_what_blocks_counts_at_once_and_only_on_what_was_read(holder: Holder) -> None:
    client = holder(Role.ANALYST)
    first = client("POST", "/v1/check", json={"party": {**JANG, "id": "c-1"}, "record": True}).json()["result"][0]
    address = f"/v1/decisions/{first['decision']}"
    shown = client("GET", address)
    tag = shown.headers["etag"]
    assert client("GET", address, headers={"if-none-match": tag}).status_code == 304
    listing = first["hits"][0]["listing"]
    said = {"listing": listing, "outcome": "true", "reason": "in-words", "why": "the same passport"}
    done = client("POST", f"{address}/outcomes", json=said, headers={"if-match": tag})
    assert done.status_code == 201, done.text
    assert done.json()["result"]["judged"][0]["by"] == "analyst"
    again = client("POST", f"{address}/outcomes", json=said, headers={"if-match": tag})
    assert (again.status_code, again.json()["code"]) == (412, "changed")
    assert client("GET", address).headers["etag"] != tag


def test_letting_go_takes_two_people_whatever_the_body_says(holder: Holder) -> None:
    first, second = holder(Role.APPROVER), holder(Role.ANALYST)
    third = Client(first.service, first.door, holder(Role.ADMINISTRATOR).key)
    made = first("POST", "/v1/check", json={"party": {**JANG, "id": "c-1"}, "record": True}).json()["result"][0]
    listing = made["hits"][0]["listing"]
    (waiting,) = first.get("/v1/cases")["result"]
    uid = f"C-{waiting['case']['number']}"
    shown = second("GET", f"/v1/cases/{uid}")
    said = {"type": "decided", "listing": listing, "outcome": "false", "reason": "in-words", "why": "another man"}
    decided = second("POST", f"/v1/cases/{uid}/steps", json=said, headers={"if-match": shown.headers["etag"]})
    assert decided.status_code == 201, decided.text
    assert decided.json()["result"]["case"]["state"] == "waiting"
    stale = second("POST", f"/v1/cases/{uid}/steps", json=said, headers={"if-match": shown.headers["etag"]})
    assert stale.status_code == 412
    approved = {"type": "approved", "listing": listing, "why": "I looked at the passport"}
    assert second("POST", f"/v1/cases/{uid}/steps", json=approved).status_code == 403
    assert third("POST", f"/v1/cases/{uid}/steps", json=approved).status_code == 403
    forged = first("POST", f"/v1/cases/{uid}/steps", json={**approved, "by": "somebody else"})
    assert forged.status_code in {201, 400, 422}
    if forged.status_code != 201:
        assert first("POST", f"/v1/cases/{uid}/steps", json=approved).status_code == 201
    trail = first.get(f"/v1/cases/{uid}")["result"]["entries"]
    assert [one["by"] for one in trail if one["action"]["type"] in {"decided", "approved"}] == ["analyst", "approver"]


def test_a_step_that_is_none_is_refused(holder: Holder) -> None:
    client = holder(Role.APPROVER)
    client("POST", "/v1/check", json={"party": {**JANG, "id": "c-1"}, "record": True})
    for body in ({}, {"type": "carried_out", "listing": "x", "records": []}, {"type": "commented"}, {"type": "x"}):
        assert client("POST", "/v1/cases/C-1/steps", json=body).status_code == 422
    assert client("POST", "/v1/cases/C-99/steps", json={"type": "commented", "text": "x"}).status_code == 404


def test_what_was_done_over_the_network_is_in_the_log_and_the_log_holds(holder: Holder) -> None:
    client = holder(Role.ANALYST)
    client("POST", "/v1/check", json={"party": JANG, "record": True, "lists": ["us_ofac_sdn"]})
    kinds = [one["kind"] for one in client.get("/v1/audit")["result"]]
    assert {"access-changed", "run-begun", "decided", "request-narrowed", "case-step"} <= set(kinds)
    assert client.get("/v1/audit/verify")["result"]["faults"] == []
    entry = client.get("/v1/audit/1")["result"]
    assert entry["hash"]
    assert client("GET", "/v1/audit/999999").status_code == 404


def test_decisions_are_found_by_name(holder: Holder) -> None:
    client = holder(Role.ANALYST)
    client("POST", "/v1/screen", json={"parties": [{"id": "a", **JANG}, {"id": "b", **JANG}], "record": True})
    assert [one["name"] for one in client.get("/v1/decisions", params={"name": "b"})["result"]] == ["b"]
    assert client("GET", "/v1/decisions/D-999999").status_code == 404


def lines_of(answer: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in answer.splitlines()]


def test_a_stream_answers_for_every_line_in_order_and_counts_them(ask: Client) -> None:
    body = b"\n".join(
        [json.dumps({"id": "1", **JANG}).encode(), b"not json", b"", b'{"names": []}', b'{"names": ["Nobody Atall"]}']
    )
    answer = ask("POST", "/v1/screen/stream", content=body, headers=LINES)
    *found, end = lines_of(answer.content)
    assert [one["line"] for one in found] == [1, 2, 4]
    assert {one["line"] for one in found if "hits" in one} == {1}
    assert (end["read"], end["screened"], end["unread"], end["hits"]) == (4, 2, 2, 1)
    assert end["editions"]


def test_a_stream_without_a_last_line_end_loses_nothing(ask: Client) -> None:
    body = "\n".join(json.dumps({"id": str(n), **JANG}) for n in range(5000)).encode()
    *found, end = lines_of(ask("POST", "/v1/screen/stream", content=body, headers=LINES).content)
    assert (end["read"], end["screened"]) == (5000, 5000)
    assert [one["query_id"] for one in found] == [str(n) for n in range(5000)]


def test_an_arrow_stream_gives_a_table_of_hits(ask: Client) -> None:
    data = io.BytesIO()
    pl.DataFrame({"id": ["1", "2"], "name": ["Jang Yong Son", "Nobody Atall"]}).write_ipc_stream(data)
    answer = ask("POST", "/v1/screen/stream", content=data.getvalue(), headers=ARROW)
    assert answer.headers["content-type"] == ARROW["content-type"]
    table = pl.read_ipc_stream(answer.content)
    assert set(table["query_id"]) == {"1"}


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"content-type": "text/csv"}, b"x", 415),
        ({}, b"x", 415),
        (ARROW, b"ARROW?", 400),
        (LINES, b"x" * (2 << 20), 413),
    ],
)
def test_a_stream_that_is_none_is_refused(ask: Client, headers: dict[str, str], body: bytes, status: int) -> None:
    assert ask("POST", "/v1/screen/stream", content=body, headers=headers).status_code == status


PAYMENT = "id,debtor,creditor,amount,currency,date\np-1,Ann Bell,Jang Yong Son,10.00,USD,2015-01-02\n"


def test_a_table_of_payments_is_decided_on(ask: Client) -> None:
    answer = ask("POST", "/v1/payments?name=payments.csv", content=PAYMENT.encode())
    assert answer.status_code == 200, answer.text
    (decision,) = answer.json()["result"]
    assert decision["payment"] == "p-1"
    assert decision["disposition"] != "release"


def test_what_is_no_payment_is_held(ask: Client) -> None:
    (decision,) = ask("POST", "/v1/payments", content=b"hello").json()["result"]
    assert decision["disposition"] == "hold"


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a\x00b", "", "x" * 300])
def test_a_name_of_a_file_leads_nowhere(ask: Client, name: str) -> None:
    answer = ask("POST", "/v1/payments", params={"name": name}, content=PAYMENT.encode())
    assert answer.status_code in {200, 422}
    if answer.status_code == 200:
        assert name == ""


def test_recorded_payments_are_kept_with_their_bytes(holder: Holder, own_home: Path) -> None:
    client = holder(Role.ANALYST)
    answer = client("POST", "/v1/payments?name=payments.csv&record=true", content=PAYMENT.encode()).json()
    (number,) = answer["records"]
    with kept(Home.open(own_home)) as decisions:
        record = decisions.get(int(number.removeprefix("D-")))
        assert decisions.file(decisions.run(record.run).input.sha256) == PAYMENT.encode()


LICENCE = """
licences:
  - {id: L-1, kind: specific, issuer: OFAC, reference: DPRK-2015-1, law: us, covers: rent, programmes: [DPRK2],
     total: "100", currency: USD, straight_through: yes, approved_by: [A. Officer, B. Officer], verified: yes,
     source: a letter}
"""
RENT = (
    "id,date,debtor,creditor,creditor_country,creditor_born,amount,currency\n"
    'r-1,2015-01-02,Ann Bell,"KIL, Jong Hun",KP,1972-02-20,60,USD\n'
    'r-2,2015-01-02,Ann Bell,"KIL, Jong Hun",KP,1972-02-20,50,USD\n'
)


def test_a_licence_with_a_total_is_drawn_by_recorded_payments_alone(own_home: Path, holder: Holder) -> None:
    (own_home / "licences.yml").write_text(LICENCE, encoding="utf-8")
    client = holder(Role.ANALYST)

    def sent(query: str) -> list[str]:
        answer = client("POST", f"/v1/payments?name=p.csv{query}", content=RENT.encode()).json()
        return [one["disposition"] for one in answer["result"]]

    assert sent("") == ["hold", "hold"]
    assert sent("&record=true") == ["release", "hold"]


def test_the_lists_say_what_is_in_force_and_are_cached(ask: Client) -> None:
    answer = ask("GET", "/v1/lists")
    assert [one["list"] for one in answer.json()["result"]["lists"]] == ["ofac-sdn"]
    again = ask("GET", "/v1/lists", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


def test_a_listing_is_shown_with_its_life(ask: Client) -> None:
    found = ask.get("/v1/lists/listings/ofac-sdn:9345")["result"]
    assert found["states"]
    assert ask("GET", "/v1/lists/listings/ofac-sdn:0").status_code == 404


def test_what_changed_between_two_days_is_told(ask: Client) -> None:
    found = ask.get("/v1/lists/ofac-sdn/diff", params={"from": "2015-01-01", "to": "2015-01-02"})["result"]
    assert len(found["added"]) == 10
    assert ask("GET", "/v1/lists/ofac-sdn/diff").status_code == 422


def test_an_order_that_is_not_there_is_not_decided_on(holder: Holder) -> None:
    client = holder(Role.APPROVER)
    assert client.get("/v1/orders")["result"]["orders"] == []
    answer = client("POST", "/v1/orders/O-1/decision", json={"confirm": False, "why": "no order"})
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-order")


def test_keys_are_made_rotated_and_taken_back_over_the_network(holder: Holder) -> None:
    boss = holder(Role.ADMINISTRATOR)
    made = boss("POST", "/v1/keys", json={"name": "screener", "role": "analyst", "scopes": ["screen"]})
    assert made.status_code == 201, made.text
    result = made.json()["result"]
    user = Client(boss.service, boss.door, result["text"])
    assert user("POST", "/v1/check", json={"party": JANG}).status_code == 200
    assert user("GET", "/v1/lists").status_code == 403
    assert result["text"].split("_")[2] not in json.dumps(boss.get("/v1/keys"))
    new = boss("POST", f"/v1/keys/{result['key']['id']}/rotate", json={"keep_hours": 1}).json()["result"]
    assert boss("DELETE", f"/v1/keys/{result['key']['id']}").status_code == 200
    assert user("POST", "/v1/check", json={"party": JANG}).status_code == 401
    assert Client(boss.service, boss.door, new["text"])("POST", "/v1/check", json={"party": JANG}).status_code == 200
    assert boss("DELETE", "/v1/keys/none").status_code == 404


def test_the_description_names_every_route_and_what_it_is_for(ask: Client) -> None:
    said = ask.get("/openapi.json")
    operations = [one for path in said["paths"].values() for one in path.values()]
    assert all(one.get("summary") for one in operations)
    assert {"/v1/check", "/v1/screen/stream", "/match/{dataset}"} <= set(said["paths"])


def test_new_lists_are_taken_up_and_decisions_kept_change_no_list(own_home: Path, clock: None) -> None:
    client = served(own_home, open_to_all=True)
    before = client.service.hall.current()
    client("POST", "/v1/check", json={"party": JANG, "record": True})
    client.service.renew()
    assert client.service.hall.current() is before
    enter(Home.open(own_home), [Party(names=["Quentin Zebedee Xanthos"])], why="test", by="t", at=AT)
    client.service.renew()
    found = client("POST", "/v1/check", json={"party": {"names": ["Quentin Zebedee Xanthos"]}}).json()
    assert [one["listed_name"] for one in found["result"]] == ["Quentin Zebedee Xanthos"]


def test_every_example_of_the_description_is_one_that_the_route_reads(ask: Client) -> None:
    said = ask.get("/openapi.json")
    operations = {one["operationId"]: (path, method, one)
                  for path, methods in said["paths"].items() for method, one in methods.items()}  # fmt: skip
    assert set(EXAMPLES) <= set(operations)
    for name, example in EXAMPLES.items():
        path, method, _ = operations[name]
        answer = ask(method.upper(), re.sub(r"\{[^}]*\}", "x", path), json=example)
        assert answer.json().get("code") != "parameter", (name, answer.text)
