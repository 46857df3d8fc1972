"""The description of the service holds: requests made from it, well formed and not, never meet a fault of ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from interdiction.api.app import HANDLERS
from interdiction.api.description import description
from interdiction.model.access import Role
from tests.api.conftest import Client, keyed

_ADMINISTERED = ("/v1/keys", "/v1/webhooks", "/updatez")


@pytest.fixture(scope="module")
def clients(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Role, Client]]:
    """An approver and an administrator of a home that may be written to."""
    with keyed(pristine, tmp_path_factory.mktemp("described") / "home") as clients:
        yield clients


@pytest.fixture(scope="module")
def described() -> Any:
    """Give the description, as a program that makes clients of it reads it."""
    said = description(HANDLERS)
    return schemathesis.openapi.from_dict(said)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["well-formed", "malformed"])
def test_no_request_made_from_the_description_meets_a_fault_of_ours(
    described: Any, clients: dict[Role, Client], mode: GenerationMode
) -> None:
    asked = 0
    for result in described.get_all_operations():
        operation = result.ok()
        if operation.path == "/v1/screen/stream":
            continue  # JSON Lines and Arrow have tests of their own

        @settings(max_examples=4, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode))
        def one(case: Any) -> None:
            nonlocal asked
            asked += 1
            answered(case, clients)

        with suppress(Unsatisfiable):  # nothing can be malformed where nothing is asked for
            one()
    assert asked > 100


def answered(case: Any, clients: dict[Role, Client]) -> None:
    role = Role.ADMINISTRATOR if case.path.startswith(_ADMINISTERED) else Role.APPROVER
    sent = case.as_transport_kwargs(base_url="http://service")
    sent.pop("cookies", None)
    headers = {name: value for name, value in sent.pop("headers").items() if name.lower() != "authorization"}
    given = {name: sent[name] for name in ("params", "json", "data") if sent.get(name) is not None}
    if "data" in given and isinstance(given["data"], bytes | str):
        given["content"] = given.pop("data")
    answer = clients[role](sent["method"], sent["url"], headers=headers, **given)
    assert answer.status_code < 500, (sent, answer.text)
    assert answer.status_code != 401
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["code"]
