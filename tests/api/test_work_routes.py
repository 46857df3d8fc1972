"""The routes of the work beside one case: many cases at once, files, reports, the ledger, proofs; as the commands."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from typing import Any

import pytest

from interdiction.model.access import Role
from tests.api.conftest import Client, Holder

STORES = ("sqlite", "postgresql")
JANG = {"names": ["Jang Yong Son"], "kind": "person"}
LISTING = "ofac-sdn:17615"
SAID = {"listing": LISTING, "why": "another man", "reason": "in-words"}


@pytest.fixture
def people(holder: Holder) -> dict[str, Client]:
    """An analyst, two approvers, a viewer and an administrator; three customers were screened and are alerts."""
    analyst = holder(Role.ANALYST)
    found = {role.value: Client(analyst.service, analyst.door, holder(role).key) for role in Role}
    found["analyst"] = analyst
    parties = [{"id": f"c-{number}", **JANG} for number in range(3)]
    assert analyst("POST", "/v1/screen", json={"parties": parties, "record": True}).status_code == 200
    return found


def test_identical_hits_are_shown_closed_by_one_and_approved_by_another(people: dict[str, Client]) -> None:
    analyst, approver = people["analyst"], people["approver"]
    shown = analyst.get("/v1/cases/C-1/same", params={"listing": LISTING})["result"]
    assert [one["case"] for one in shown["pairs"]] == [1, 2, 3]
    refused = analyst("POST", "/v1/cases/C-1/same", json={**SAID, "accept": "0" * 16})
    assert (refused.status_code, refused.json()["code"]) == (409, "preview-changed")
    done = analyst("POST", "/v1/cases/C-1/same", json={**SAID, "accept": shown["hash"]})
    assert done.status_code == 201, done.text
    assert {one["state"] for one in done.json()["result"]} == {"waiting"}
    approval = {"same": shown["hash"], "why": "passports seen"}
    assert analyst("POST", "/v1/cases/approvals", json=approval).status_code == 403
    closed = approver("POST", "/v1/cases/approvals", json=approval)
    assert closed.status_code == 201, closed.text
    assert [one["case"]["state"] for one in closed.json()["result"]] == ["closed"] * 3
    assert all(one["records"] for one in closed.json()["result"])
    again = approver("POST", "/v1/cases/approvals", json=approval)
    assert (again.status_code, again.json()["code"]) == (409, "nothing-to-approve")


def test_whoever_proposed_many_does_not_approve_them(people: dict[str, Client]) -> None:
    approver = people["approver"]
    shown = approver.get("/v1/cases/C-1/same", params={"listing": LISTING})["result"]
    assert approver("POST", "/v1/cases/C-1/same", json={**SAID, "accept": shown["hash"]}).status_code == 201
    refused = approver("POST", "/v1/cases/approvals", json={"same": shown["hash"], "why": "me too"})
    assert (refused.status_code, refused.json()["code"]) == (403, "same-person")
    assert [one["case"]["state"] for one in approver.get("/v1/cases")["result"]] == ["waiting"] * 3


def test_a_sample_of_closed_cases_is_drawn_the_same_twice(people: dict[str, Client]) -> None:
    analyst, approver = people["analyst"], people["approver"]
    shown = analyst.get("/v1/cases/C-1/same", params={"listing": LISTING})["result"]
    analyst("POST", "/v1/cases/C-1/same", json={**SAID, "accept": shown["hash"]})
    approver("POST", "/v1/cases/approvals", json={"same": shown["hash"], "why": "seen"})
    first = analyst("POST", "/v1/cases/sample", json={"name": "2015-01", "share": 0.5})
    again = analyst("POST", "/v1/cases/sample", json={"name": "2015-01", "share": 0.5})
    assert [one["number"] for one in first.json()["result"]] == [one["number"] for one in again.json()["result"]]
    assert len(first.json()["result"]) == 2
    assert analyst("POST", "/v1/cases/sample", json={"name": "x", "share": 2}).status_code == 400


def test_a_file_of_a_case_is_given_again_in_its_bytes_and_never_opened(people: dict[str, Client]) -> None:
    analyst = people["analyst"]
    body = b"<script>alert(1)</script>"
    done = analyst("POST", "/v1/cases/C-1/files?name=letter.html", content=body)
    assert done.status_code == 201, done.text
    digest = done.json()["result"]["file"]
    assert digest == hashlib.sha256(body).hexdigest()
    given = analyst("GET", f"/v1/cases/C-1/files/{digest}")
    assert given.content == body
    assert given.headers["content-type"] == "application/octet-stream"
    assert given.headers["content-disposition"].startswith("attachment;")
    assert given.headers["x-content-type-options"] == "nosniff"
    assert analyst("GET", f"/v1/cases/C-2/files/{digest}").status_code == 404, "another's case"


@pytest.mark.parametrize("name", ["", "../x", "a/b", "a\\b", "a\nb", "x" * 300])
def test_what_is_no_name_of_a_file_is_refused(people: dict[str, Client], name: str) -> None:
    answer = people["analyst"]("POST", "/v1/cases/C-1/files", params={"name": name}, content=b"x")
    assert answer.status_code == 422


def test_a_case_is_opened_by_hand_on_a_decision(people: dict[str, Client]) -> None:
    done = people["analyst"]("POST", "/v1/cases", json={"decision": "D-1"})
    assert done.status_code == 201, done.text
    assert done.json()["result"]["case"]["subject"] == "c-0"
    assert people["analyst"]("POST", "/v1/cases", json={"decision": "D-99"}).status_code == 404
    assert people["analyst"]("POST", "/v1/cases/C-1/carry-out").json()["result"]["records"] == []


def test_the_figures_are_given_as_json_and_csv(people: dict[str, Client]) -> None:
    viewer = people["viewer"]
    said = viewer.get("/v1/reports/metrics")
    assert said["schema"] == "interdict.metrics/1"
    alerts = [one for one in said["result"] if one["measure"] == "alerts"]
    assert sum(one["value"] for one in alerts) >= 3
    text = viewer("GET", "/v1/reports/metrics?form=csv")
    assert text.headers["content-type"].startswith("text/csv")
    assert text.text.splitlines()[0] == "measure,of,value,unit,over"
    assert len(text.text.splitlines()) == len(said["result"]) + 1
    assert viewer("GET", "/v1/reports/metrics?from=2015-01-02&to=2015-01-01").status_code == 400
    assert viewer("GET", "/v1/reports/metrics?form=xlsx").status_code == 422


BLOCK = (
    "id,date,debtor,creditor,creditor_country,creditor_born,amount,currency\n"
    'b-1,2015-01-02,Ann Bell,"KIL, Jong Hun",KP,1972-02-20,60,USD\n'
)


def blocked(people: dict[str, Client]) -> str:
    """Give the decision that rejects or blocks a payment, once two people said that it is him."""
    analyst = people["analyst"]
    answer = analyst("POST", "/v1/payments?name=p.csv&record=true", content=BLOCK.encode()).json()
    (decision,) = answer["records"]
    listing = answer["result"][0]["hits"][0]["listing"]
    said = {"listing": listing, "outcome": "true", "why": "the same passport"}
    done = analyst("POST", f"/v1/decisions/{decision}/outcomes", json=said)
    assert done.status_code == 201, done.text
    return f"D-{done.json()['result']['number']}"


def test_a_report_is_owed_made_read_and_filed(people: dict[str, Client]) -> None:
    analyst, viewer = people["analyst"], people["viewer"]
    blocked(people)
    (owed,) = [one for one in viewer.get("/v1/reports/due")["result"] if one["subject"].startswith("D-")]
    asked = {
        "kind": owed["kind"],
        "subjects": [owed["subject"]],
        "details": {"submitter_name": "Example Bank", "authority": "OFAC"},
        "documents": [{"name": "letter.txt", "data": base64.b64encode(b"instruction").decode()}],
    }
    made = analyst("POST", "/v1/reports", json=asked)
    assert made.status_code == 201, made.text
    address = made.headers["location"]
    shown = viewer.get(address)["result"]
    assert shown["receipt"] is None
    assert any(one["name"] == "letter.txt" for one in shown["filing"]["documents"])
    for form, begins in (("html", b"<!"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")):
        assert viewer("GET", f"{address}?form={form}").content.lower().startswith(begins.lower()), form
    assert viewer("POST", f"{address}/filed", json={"receipt": "R-1"}).status_code == 403
    filed = analyst("POST", f"{address}/filed", json={"receipt": "ORS-2015-1"})
    assert filed.status_code == 201, filed.text
    assert viewer.get(address)["result"]["receipt"]["receipt"] == "ORS-2015-1"
    twice = analyst("POST", f"{address}/filed", json={"receipt": "ORS-2015-2"})
    assert (twice.status_code, twice.json()["code"]) == (409, "already-filed")
    (listed,) = viewer.get("/v1/reports")["result"]
    assert address.endswith(listed["id"])


def test_a_report_that_cannot_be_is_refused(people: dict[str, Client]) -> None:
    analyst = people["analyst"]
    assert analyst("POST", "/v1/reports", json={"kind": "none", "subjects": ["D-1"]}).status_code == 400
    assert analyst("GET", "/v1/reports/F-9").status_code == 404
    bad = {"kind": "us-blocked-property", "subjects": ["B-1"], "rates": [{"unit": "EUR", "value": "NaN"}]}
    assert analyst("POST", "/v1/reports", json=bad).status_code in {400, 422}
    torn = {"kind": "us-rejected-transaction", "subjects": [], "documents": [{"name": "x", "data": "*"}]}
    assert analyst("POST", "/v1/reports", json=torn).status_code == 422


def test_the_ledger_is_read_and_not_written(people: dict[str, Client]) -> None:
    viewer = people["viewer"]
    assert viewer.get("/v1/ledger")["result"] == []
    assert viewer.get("/v1/ledger/balance")["result"]["items"] == 0
    assert viewer("GET", "/v1/ledger/B-1").status_code == 404
    assert people["approver"]("POST", "/v1/ledger", json={}).status_code == 405


def test_a_decision_is_decided_again_in_the_same_bytes(people: dict[str, Client]) -> None:
    viewer = people["viewer"]
    answer = viewer("POST", "/v1/decisions/replay", json={"decisions": ["D-1", "D-2"]}).json()
    assert answer["same"] == 2
    assert viewer("POST", "/v1/decisions/replay", json={"decisions": []}).status_code == 400
    (run,) = viewer.get("/v1/decisions/runs")["result"]
    assert run["end"]["kept"] == 3


def test_looking_back_keeps_nothing_for_a_viewer(people: dict[str, Client]) -> None:
    blocked(people)
    said = people["viewer"]("POST", "/v1/decisions/lookback", json={"since": "2015-01-01"})
    assert said.status_code == 200, said.text
    assert said.json()["looked"] >= 1
    assert people["viewer"]("POST", "/v1/decisions/lookback", json={"record": True}).status_code == 403
    assert people["analyst"]("POST", "/v1/decisions/lookback", json={"record": True}).status_code == 200


def test_evidence_that_is_given_out_is_logged(people: dict[str, Client]) -> None:
    analyst = people["analyst"]
    found = analyst("POST", "/v1/decisions/D-1/evidence")
    assert found.status_code == 200, found.text
    assert json.loads(found.content)
    page = analyst("POST", "/v1/decisions/D-1/evidence?form=html")
    assert page.content.startswith(b"<!")
    assert people["viewer"]("POST", "/v1/decisions/D-1/evidence").status_code == 403
    logged = analyst.get("/v1/audit", params={"kind": "exported"})["result"]
    assert [(one["subject"], one["by"]) for one in logged] == [("D-1", "analyst")] * 2


def test_the_log_is_signed_and_given_out_whole(people: dict[str, Client]) -> None:
    boss, analyst = people["administrator"], people["analyst"]
    assert analyst("POST", "/v1/audit/checkpoint").status_code == 403
    signed = boss("POST", "/v1/audit/checkpoint").json()["result"]
    assert signed["checkpoint"]["seq"] > 0
    given = boss("POST", "/v1/audit/export")
    assert given.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(given.content)) as whole:
        names = set(whole.namelist())
        lines = whole.read("audit.jsonl").splitlines()
    assert names == {"audit.jsonl", "checkpoints.jsonl", "audit.pub"}
    assert len(lines) > signed["checkpoint"]["seq"]
    assert analyst.get("/v1/audit/verify")["result"]["faults"] == []


def test_an_order_that_nobody_confirmed_is_not_reviewed(people: dict[str, Client]) -> None:
    answer: Any = people["approver"]("POST", "/v1/orders/O-1/review", json={"why": "seen"})
    assert (answer.status_code, answer.json()["code"]) == (409, "not-confirmed")
    assert people["analyst"]("POST", "/v1/orders/O-1/review", json={"why": "seen"}).status_code == 403
