"""Monitored books over the network: registered, run with proof, changed by one customer at a time, screened at once."""

from __future__ import annotations

from typing import Any

import pytest

from interdiction.model.access import Role, Scope
from tests.api.conftest import Client, Holder

STORES = ("sqlite", "postgresql")
BOOK = "id,name,born,director,country\nC1,Jang Yong Son,1957-02-20,,\nC2,Ann Bell,,,DE\nC3,Harbour Ltd,,Kil Jong Hun,\n"
CUSTOMER = "/v1/book/crm/customers/C2"


@pytest.fixture
def crm(holder: Holder) -> Client:
    """An analyst of a home in which a book is monitored."""
    client = holder(Role.ANALYST)
    answer = client("POST", "/v1/book?source=crm&file=crm.csv&expect=3&behind=1", content=BOOK.encode())
    assert answer.status_code == 201, answer.text
    assert answer.json()["book"]["customers"] == 3
    (done,) = answer.json()["result"]
    assert done["proof"]["complete"]
    assert len(done["cases"]) == 2
    return client


def test_a_book_that_is_registered_is_screened_and_shown_with_its_proof(crm: Client) -> None:
    (one,) = crm.get("/v1/book")["result"]
    assert (one["book"]["source"], one["due"], one["ended"]["screened"]) == ("crm", "", 3)
    shown = crm("GET", "/v1/book/crm")
    assert crm("GET", "/v1/book/crm", headers={"if-none-match": shown.headers["etag"]}).status_code == 304
    (run,) = crm.get("/v1/book/crm/runs")["result"]
    assert (run["proof"]["read"], run["proof"]["screened"], run["proof"]["complete"]) == (3, 3, True)


def test_a_book_that_is_not_what_its_source_says_is_not_complete(holder: Holder) -> None:
    client = holder(Role.ANALYST)
    query = "/v1/book?source=crm&expect=4&kinds=person:9"
    (done,) = client("POST", query, content=BOOK.encode()).json()["result"]
    assert not done["proof"]["complete"]
    assert "4 customers by the control totals and 3 in the book" in done["proof"]["doubts"]


def test_a_daily_run_proves_that_nobody_was_left_out_and_alerts_nobody_twice(crm: Client) -> None:
    answer = crm("POST", "/v1/book/run", json={}).json()
    (done,) = answer["result"]
    assert done["proof"]["complete"]
    assert (done["proof"]["read"], done["proof"]["screened"], done["cases"]) == (3, 3, [])
    assert answer["editions"]


def test_a_customer_who_is_put_is_a_case_before_the_answer(crm: Client) -> None:
    path = "/v1/book/crm/customers/C4"
    done = crm("PUT", path, json={"names": ["Kil Jong Hun"], "kind": "person"})
    assert done.status_code == 201, done.text
    result = done.json()["result"]
    assert (result["act"], len(result["cases"])) == ("added", 1)
    assert crm.get(f"/v1/cases/{result['cases'][0]}")["result"]["case"]["subject"] == "C4"
    same = crm("PUT", path, json={"names": ["Kil Jong Hun"], "kind": "person"})
    assert (same.status_code, same.json()["result"]["act"], same.headers["etag"]) == (
        200, "unchanged", done.headers["etag"],
    )  # fmt: skip
    (one,) = crm.get("/v1/book")["result"]
    assert (one["due"], one["book"]["totals"]["customers"]) == ("another version came", 4)
    crm("POST", "/v1/book/run", json={"sources": ["crm"]})
    assert crm.get("/v1/book")["result"][0]["due"] == ""


def test_a_part_that_is_changed_leaves_the_rest(crm: Client) -> None:
    tag = crm("GET", CUSTOMER).headers["etag"]
    done = crm("PATCH", CUSTOMER, json={"behind": [{"role": "director", "names": ["Kil Jong Hun"]}], "countries": None})
    assert done.status_code == 200, done.text
    assert len(done.json()["result"]["cases"]) == 1
    shown = crm("GET", CUSTOMER)
    assert shown.json()["result"]["customer"] == {
        "names": ["Ann Bell"],
        "behind": [{"role": "director", "names": ["Kil Jong Hun"]}],
    }
    assert shown.headers["etag"] == done.headers["etag"] != tag


def test_a_change_of_what_somebody_else_changed_is_refused(crm: Client) -> None:
    tag = crm("GET", CUSTOMER).headers["etag"]
    assert crm("PATCH", CUSTOMER, json={"kind": "person"}, headers={"if-match": tag}).status_code == 200
    for method, body in (("PUT", {"names": ["A"]}), ("PATCH", {"kind": None}), ("DELETE", None)):
        refused = crm(method, CUSTOMER, json=body, headers={"if-match": tag})
        assert (refused.status_code, refused.json()["code"]) == (412, "changed"), method
    there = crm("PUT", CUSTOMER, json={"names": ["A"]}, headers={"if-none-match": "*"})
    assert there.status_code == 412
    nobody = crm("PUT", "/v1/book/crm/customers/C99", json={"names": ["A"]}, headers={"if-match": "*"})
    assert nobody.status_code == 412


def test_a_customer_who_is_taken_out_is_gone(crm: Client) -> None:
    assert crm("DELETE", CUSTOMER).json()["result"]["act"] == "gone"
    assert crm("GET", CUSTOMER).status_code == 404
    assert crm("DELETE", CUSTOMER).status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("PUT", CUSTOMER, {}, 400),
        ("PUT", CUSTOMER, {"names": "Ann"}, 422),
        ("PUT", CUSTOMER, {"names": ["Ann"], "shoe": 42}, 422),
        ("PUT", CUSTOMER, {"names": ["Ann"], "behind": [{"role": "cook", "names": ["B"]}]}, 400),
        ("PUT", "/v1/book/none/customers/C1", {"names": ["Ann"]}, 404),
        ("PUT", f"/v1/book/crm/customers/{'x' * 300}", {"names": ["Ann"]}, 400),
        ("PATCH", CUSTOMER, {"names": 7}, 422),
        ("PATCH", CUSTOMER, {"names": None}, 400),
        ("PATCH", CUSTOMER, [], 422),
        ("PATCH", "/v1/book/crm/customers/none", {}, 404),
        ("POST", "/v1/book/run", {"sources": ["none"]}, 404),
        ("POST", "/v1/book/run", {"whole": "yes, please"}, 422),
        ("GET", "/v1/book/none", None, 404),
        ("GET", "/v1/book/crm/customers/x'%20OR%201=1", None, 404),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    crm: Client, method: str, path: str, body: Any, status: int
) -> None:
    answer = crm(method, path, json=body)
    assert answer.status_code == status, answer.text
    assert answer.json()["mend"]
    assert crm.get("/v1/book")["result"][0]["book"]["version"] == 1


@pytest.mark.parametrize(
    ("query", "body", "status"),
    [
        ("?source=crm", b"", 400),
        ("", b"id,name\n1,A\n", 422),
        ("?source=crm&file=../x.csv", b"id,name\n1,A\n", 422),
        ("?source=crm&kinds=person", b"id,name\n1,A\n", 422),
        ("?source=crm", b"<html></html>", 400),
        ("?source=crm&expect=-1", b"id,name\n1,A\n", 422),
    ],
)
def test_a_book_that_is_none_is_refused(holder: Holder, query: str, body: bytes, status: int) -> None:
    client = holder(Role.ANALYST)
    answer = client("POST", f"/v1/book{query}", content=body)
    assert answer.status_code == status, answer.text
    assert client.get("/v1/book")["result"] == []


def test_only_an_approver_ends_the_monitoring_and_says_why(crm: Client, holder: Holder) -> None:
    assert crm("POST", "/v1/book/crm/remove", json={"why": "sold"}).status_code == 403
    boss = Client(crm.service, crm.door, holder(Role.APPROVER).key)
    assert boss("POST", "/v1/book/crm/remove", json={"why": " "}).status_code == 400
    assert boss("POST", "/v1/book/crm/remove", json={"why": "sold"}).status_code == 200
    assert crm.get("/v1/book")["result"] == []
    assert crm.get("/v1/book/crm/runs")["result"], "what was proved stays"


def test_a_key_for_books_opens_nothing_else(crm: Client, holder: Holder) -> None:
    feeder = Client(crm.service, crm.door, holder(Role.ANALYST, Scope.BOOK).key)
    assert feeder("PUT", CUSTOMER, json={"names": ["Ann Bell"]}).status_code == 200
    assert feeder("GET", "/v1/cases").status_code == 403
