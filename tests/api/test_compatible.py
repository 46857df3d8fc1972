"""What clients of yente count on: paths, parameters, defaults, and every answer's shape key by key."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from interdiction.engine.home import Home
from interdiction.engine.recorded import question_at
from interdiction.engine.records import kept
from interdiction.engine.replay import Inputs, replay
from tests.api.conftest import Client, served

KIM = {"schema": "Person", "properties": {"name": ["Jang Yong Son"]}}

# The shape of the answer that yente 5.5 documents for one query with one result; values are left out.
RESULT_KEYS = [
    "id", "caption", "schema", "properties", "datasets", "referents", "target", "first_seen", "last_seen",
    "last_change", "score", "explanations",
]  # fmt: skip


def first(ask: Client, query: dict[str, Any], **params: Any) -> dict[str, Any]:
    found: dict[str, Any] = ask.match({"q": query}, **params)["responses"]["q"]
    return found


def test_a_result_has_the_documented_keys_in_the_documented_order(ask: Client) -> None:
    answer = ask.match({"q1": {**KIM, "id": "cust-1"}})
    assert list(answer)[:2] == ["responses", "limit"]
    assert answer["limit"] == 5
    response = answer["responses"]["q1"]
    assert list(response)[:4] == ["status", "results", "total", "query"]
    assert response["status"] == 200
    assert list(response["total"]) == ["value", "relation"]
    assert list(response["query"]) == ["id", "schema", "properties"]
    assert response["query"]["id"] == "cust-1"
    result = response["results"][0]
    assert list(result)[: len(RESULT_KEYS)] == RESULT_KEYS
    assert result["match"] is True
    for said in result["explanations"].values():
        assert list(said) == ["detail", "score", "query", "candidate"]
    assert len(result["first_seen"]) == len("2022-02-25T00:00:00")


def test_a_result_says_what_yente_lacks(ask: Client) -> None:
    result = first(ask, KIM)["results"][0]
    assert result["edition"].startswith("ofac-sdn@2015-01-02")
    assert result["evidence"][0]["kind"] == "name"
    assert result["designations"][0]["measures"]


def test_the_number_of_queries_is_a_header(ask: Client) -> None:
    answer = ask("POST", "/match/default", json={"queries": {"a": KIM, "b": KIM}})
    assert answer.headers["x-batch-size"] == "2"


def test_a_country_in_words_is_understood_and_echoed_as_its_code(ask: Client) -> None:
    query = {"schema": "Person", "properties": {"name": "Jang Yong Son", "nationality": "North Korea"}}
    assert first(ask, query)["query"]["properties"]["nationality"] == ["kp"]


def test_an_unknown_property_is_said_and_the_rest_is_used(ask: Client) -> None:
    query = {"schema": "Person", "properties": {"name": ["Jang Yong Son"], "shoeSize": "42"}}
    found = first(ask, query)
    assert found["results"]
    assert [one["code"] for one in found["problems"]] == ["unused-property"]


def test_an_unreadable_date_is_said_and_not_compared(ask: Client) -> None:
    query = {"schema": "Person", "properties": {"name": ["Jang Yong Son"], "birthDate": "yesterday"}}
    found = first(ask, query)
    assert found["results"]
    assert "date" in [one["code"] for one in found["problems"]]


def test_a_name_in_parts_is_a_name(ask: Client) -> None:
    query = {"schema": "Person", "properties": {"firstName": "Yong Son", "lastName": "Jang"}}
    assert first(ask, query)["results"]


@pytest.mark.parametrize(
    ("params", "kept"),
    [
        ({"exclude_dataset": "us_ofac_sdn"}, False),
        ({"include_dataset": "us_ofac_sdn"}, True),
        ({"exclude_schema": "Person"}, False),
        ({"exclude_schema": "LegalEntity"}, False),
        ({"exclude_schema": "Vessel"}, True),
        ({"topics": "sanction"}, True),
        ({"topics": "role.pep"}, False),
        ({"changed_since": "2015-01-01"}, True),
        ({"changed_since": "2016-01-01"}, False),
        ({"threshold": "0.7", "cutoff": "0.7"}, True),
        ({"cutoff": "1", "threshold": "1"}, False),
    ],
)
def test_a_caller_may_narrow_what_is_shown(ask: Client, params: dict[str, str], kept: bool) -> None:
    query = {"schema": "Person", "properties": {"name": ["Jang Yong Son"]}}
    assert bool(first(ask, query, **params)["results"]) is kept


def test_an_entity_can_be_left_out_by_its_id(ask: Client) -> None:
    uid = first(ask, KIM)["results"][0]["id"]
    assert uid not in [one["id"] for one in first(ask, KIM, exclude_entity_ids=uid)["results"]]


def test_the_limit_cuts_results_and_not_their_number(ask: Client) -> None:
    query = {"schema": "Person", "properties": {"name": ["Kim Yong Chol"]}}
    whole = first(ask, query, limit=500)
    assert len(whole["results"]) > 1
    short = first(ask, query, limit=1)
    assert len(short["results"]) == 1
    assert short["total"]["value"] == whole["total"]["value"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/match/nosuch", 404),
        ("/match/default?algorithm=tarot", 400),
        ("/match/default?limit=0", 422),
        ("/match/default?limit=501", 422),
        ("/match/default?threshold=2", 422),
        ("/match/default?changed_since=yesterday", 422),
        ("/match/default?as_of=yesterday", 400),
        ("/match/default?as_of=1990-01-01", 404),
        ("/search/default?sort=shoe:asc", 422),
        ("/search/default?facets=shoe", 422),
        ("/search/default?filter=shoe:42", 422),
        ("/search/default?schema=Shoe", 400),
        ("/search/nosuch", 404),
        ("/entities/nobody", 404),
        ("/entities/nobody/adjacent", 404),
        ("/nothing", 404),
    ],
)
def test_what_cannot_be_is_said_with_a_detail(ask: Client, path: str, status: int) -> None:
    method = "POST" if path.startswith("/match") else "GET"
    answer = ask(method, path, **({"json": {"queries": {"q": KIM}}} if method == "POST" else {}))
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]
    assert answer.json()["code"]


@pytest.mark.parametrize(
    "body",
    [
        {"queries": {}},
        {"queries": {"q": {"schema": "Shoe", "properties": {}}}},
        {"queries": {"q": {"schema": "Address", "properties": {"full": "x"}}}},
        {"queries": {f"q{n}": KIM for n in range(101)}},
        {"queries": {"q": KIM}, "config": {"nm_number_mismatch": 0.1}},
        {"queries": [KIM]},
        {},
        [],
    ],
)
def test_a_body_that_cannot_be_answered_whole_is_refused_whole(ask: Client, body: Any) -> None:
    answer = ask("POST", "/match/default", json=body)
    assert answer.status_code == 400
    assert answer.json()["detail"]


def test_weights_of_another_judge_are_said_not_to_be_applied(ask: Client) -> None:
    answer = ask("POST", "/match/default", json={"queries": {"q": KIM}, "weights": {"name_match": 0.5}}).json()
    assert [one["code"] for one in answer["problems"]] == ["weights"]


@pytest.mark.parametrize("algorithm", ["best", "logic-v2", "name-based", "regression-v1", "interdiction"])
def test_the_algorithms_clients_name_are_answered(ask: Client, algorithm: str) -> None:
    assert first(ask, KIM, algorithm=algorithm)["results"]


def test_yesterdays_lists_can_be_asked(ask: Client) -> None:
    assert first(ask, KIM)["results"]
    before = ask.match({"q": KIM}, as_of="2015-01-01")
    assert before["as_of"] == "2015-01-01"
    assert before["responses"]["q"]["results"] == []


def test_the_answer_is_the_same_through_the_route_and_through_the_door(ask: Client) -> None:
    body = json.dumps({"queries": {"q": KIM}})
    assert ask("POST", "/match/default", content=body).content == ask("POST", "/match/default/", content=body).content


def test_search_has_the_documented_shape(ask: Client) -> None:
    found = ask.get("/search/default", params={"q": "Jang Yong Son"})
    assert list(found) == ["limit", "offset", "total", "results", "facets"]
    assert (found["limit"], found["offset"]) == (10, 0)
    assert list(found["facets"]) == ["countries", "topics", "datasets"]
    assert list(found["facets"]["topics"]) == ["label", "values"]
    assert list(found["facets"]["topics"]["values"][0]) == ["name", "label", "count"]
    assert list(found["results"][0]) == RESULT_KEYS[:10]


def test_search_without_words_gives_every_listing_a_page_at_a_time(ask: Client) -> None:
    whole = ask.get("/search/default", params={"limit": 500})
    assert whole["total"]["value"] == len(whole["results"])
    second = ask.get("/search/default", params={"limit": 1, "offset": 1})
    assert second["results"] == whole["results"][1:2]


def test_search_finds_a_family_name_in_another_script(ask: Client) -> None:
    found = ask.get("/search/default", params={"q": "Чан Ён Сон", "limit": 5})
    assert isinstance(found["results"], list)


def test_an_entity_stands_with_its_sanctions_inside(ask: Client) -> None:
    uid = first(ask, KIM)["results"][0]["id"]
    entity = ask.get(f"/entities/{uid}")
    assert list(entity) == RESULT_KEYS[:10]
    assert entity["properties"]["sanctions"][0]["schema"] == "Sanction"
    flat = ask.get(f"/entities/{uid}", params={"nested": "false"})
    assert "sanctions" not in flat["properties"]


def test_adjacent_entities_come_in_pages(ask: Client) -> None:
    uid = first(ask, KIM)["results"][0]["id"]
    found = ask.get(f"/entities/{uid}/adjacent")
    assert list(found) == ["entity", "adjacent"]
    assert list(found["adjacent"]["sanctions"]) == ["limit", "offset", "total", "results"]
    assert ask.get(f"/entities/{uid}/adjacent/sanctions")["total"]["value"] >= 1
    assert ask("GET", f"/entities/{uid}/adjacent/name").status_code == 404


def test_the_catalog_names_every_list_and_collection_and_is_cached(ask: Client) -> None:
    answer = ask("GET", "/catalog")
    found = answer.json()
    assert set(found) >= {"datasets", "current", "outdated", "index_stale"}
    names = [one["name"] for one in found["datasets"]]
    assert {"us_ofac_sdn", "default", "sanctions"} <= set(names)
    for one in found["datasets"]:
        assert {"name", "title", "version", "index_version", "index_current", "load", "updated_at", "last_export",
                "children", "entities_url"} <= set(one)  # fmt: skip
    assert answer.headers["cache-control"] == "max-age=300"
    again = ask("GET", "/catalog", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_every_data_set_of_the_catalog_can_be_asked(ask: Client) -> None:
    for one in ask.get("/catalog")["datasets"]:
        assert ask("POST", f"/match/{one['name']}", json={"queries": {"q": KIM}}).status_code == 200


def test_the_algorithms_have_the_documented_shape(ask: Client) -> None:
    found = ask.get("/algorithms")
    assert list(found) == ["algorithms", "default", "best"]
    for one in found["algorithms"]:
        assert list(one) == ["name", "description", "features", "docs"]
        for said in one["features"].values():
            assert set(said) == {"description", "coefficient", "url"}


def test_every_explanation_is_one_that_the_algorithm_names(ask: Client) -> None:
    known = ask.get("/algorithms")["algorithms"][0]["features"]
    query = {"schema": "Person", "properties": {"name": ["Kim Yong Chol"], "birthDate": "1962", "nationality": "kp"}}
    for result in first(ask, query)["results"]:
        for name in result["explanations"]:
            assert name in known or name.rpartition("_")[0] in known


def test_openrefine_reconciles(ask: Client) -> None:
    assert ask.get("/reconcile/default")["versions"] == ["0.2"]
    queries = {"q0": {"query": "Jang Yong Son", "type": "Person", "limit": 3}}
    by_address = ask.get("/reconcile/default", params={"queries": json.dumps(queries)})
    by_form = ask("POST", "/reconcile/default", data={"queries": json.dumps(queries)}).json()
    assert by_address == by_form
    assert list(by_form["q0"]["result"][0]) == ["id", "name", "description", "type", "score", "match"]
    suggested = ask.get("/reconcile/default/suggest/entity", params={"prefix": "jang"})
    assert suggested["result"]
    assert ask.get("/reconcile/default/suggest/type", params={"prefix": "Per"})["result"]
    assert ask.get("/reconcile/default/suggest/property", params={"prefix": "birth"})["result"]


def test_the_probes_say_whether_there_is_something_to_answer_from(ask: Client) -> None:
    assert ask.get("/healthz") == {"status": "ok"}
    assert ask.get("/readyz") == {"status": "ok"}


def test_a_recorded_match_is_kept_before_it_is_answered_and_replays(own_home: Path, clock: None) -> None:
    client = served(own_home, open_to_all=True)
    found = client.match({"q": {**KIM, "id": "cust-1"}}, record="true", limit="1", exclude_dataset="us_ofac_sdn")
    decision = found["responses"]["q"]["decision"]
    assert found["responses"]["q"]["results"] == []
    assert decision["hits"] >= 1, "what the caller left out is decided on all the same"
    with kept(Home.open(own_home)) as decisions:
        record = decisions.get(int(decision["id"].removeprefix("D-")))
        run = decisions.run(record.run)
        question = question_at(decisions.file(run.input.sha256), record.place)
        inputs = Inputs(run, decisions.file(run.input.sha256))
    assert record.name == "cust-1"
    assert "exclude_dataset=us_ofac_sdn" in question.narrowed
    assert replay(client.service.hall.engine, record, run, inputs).same


def test_a_threshold_of_the_caller_does_not_reach_what_is_kept(own_home: Path, clock: None) -> None:
    client = served(own_home, open_to_all=True)
    found = client.match({"q": KIM}, record="true", threshold="1", cutoff="1")["responses"]["q"]
    assert found["results"] == []
    assert found["decision"]["hits"] >= 1


def test_the_same_key_is_kept_once_and_answered_in_the_same_bytes(own_home: Path, clock: None) -> None:
    client = served(own_home, open_to_all=True)
    body = json.dumps({"queries": {"q": KIM}})
    ask_once = {"headers": {"idempotency-key": "abc"}, "params": {"record": "true"}}
    first_time = client("POST", "/match/default", content=body, **ask_once)
    again = client("POST", "/match/default", content=body, **ask_once)
    assert first_time.status_code == again.status_code == 200
    assert first_time.content == again.content
    other = client("POST", "/match/default", content=body.replace("Yong", "Sung"), **ask_once)
    assert (other.status_code, other.json()["code"]) == (422, "key-reused")
    with kept(Home.open(own_home)) as decisions:
        assert len([one for one in decisions.records() if one.name.startswith("party:")]) == 1


def test_the_past_is_not_decided_on_now(own_home: Path, clock: None) -> None:
    client = served(own_home, open_to_all=True)
    answer = client("POST", "/match/default?record=true&as_of=2015-01-01", json={"queries": {"q": KIM}})
    assert (answer.status_code, answer.json()["code"]) == (400, "as-of")


def test_requests_that_come_together_are_kept_together_and_answered_each_for_itself(
    own_home: Path, clock: None
) -> None:
    client = served(own_home, open_to_all=True)

    async def many() -> list[str]:
        transport = httpx.ASGITransport(app=client.door)
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as http:
            answers = await asyncio.gather(
                *(
                    http.post("/match/default?record=true", json={"queries": {"q": {**KIM, "id": f"c-{n}"}}})
                    for n in range(40)
                )
            )
        return [one.json()["responses"]["q"]["decision"]["id"] for one in answers]

    ids = asyncio.run(many())
    assert len(set(ids)) == 40
    with kept(Home.open(own_home)) as decisions:
        names = {one.id: one.name for one in decisions.records()}
        runs = len(decisions.runs())
    assert [names[uid] for uid in ids] == [f"c-{n}" for n in range(40)]
    assert runs < 40
