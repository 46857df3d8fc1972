"""Who may do what: every route refuses the wrong role, and every wrong key or token opens nothing."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from litestar.handlers import HTTPRouteHandler

from interdiction.api.app import HANDLERS
from interdiction.api.auth import Tokens
from interdiction.config import Oidc
from interdiction.engine import access
from interdiction.engine.home import Home
from interdiction.errors import AccessError, UsageError
from interdiction.model.access import Role, Scope
from interdiction.model.audit import AuditKind
from tests.api.conftest import AT, Client, Holder, served

STORES = ("sqlite", "postgresql")
ROUTES: list[HTTPRouteHandler] = list(HANDLERS)


def calls() -> Iterator[tuple[str, str, frozenset[Role] | None, Scope | None]]:
    for handler in ROUTES:
        for path in handler.paths:
            for method in sorted(handler.http_methods - {"HEAD", "OPTIONS"}):
                plain = path
                while "{" in plain:
                    start, end = plain.index("{"), plain.index("}")
                    plain = f"{plain[:start]}{'1' if ':int' in plain[start:end] else 'x'}{plain[end + 1 :]}"
                yield method, plain, handler.opt["roles"], handler.opt.get("scope")


CALLS = list(calls())


def test_every_route_says_whom_it_is_open_to() -> None:
    assert all("roles" in handler.opt for handler in ROUTES)
    assert {path for _, path, roles, _ in CALLS if roles is None} == {"/healthz", "/readyz"}


@pytest.fixture(scope="module")
def keyed(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Client]]:
    """A client of each role, and one whose key is limited to metrics."""
    import shutil

    os.environ["INTERDICT_NOW"] = AT.isoformat()
    home = tmp_path_factory.mktemp("roles") / "home"
    shutil.copytree(pristine, home)
    opened, texts = Home.open(home), {}
    for role in Role:
        texts[role.value] = access.add(opened, role.value, role, by="t", at=AT, entropy=os.urandom(96))[1]
    scoped = access.add(
        opened, "limited", Role.APPROVER, by="t", at=AT, entropy=os.urandom(96), scopes=[Scope.METRICS]
    )[1]
    client = served(home)
    yield {name: Client(client.service, client.door, text) for name, text in {**texts, "limited": scoped}.items()}
    del os.environ["INTERDICT_NOW"]


@pytest.mark.parametrize(("method", "path", "roles", "scope"), CALLS, ids=[f"{one[0]} {one[1]}" for one in CALLS])
def test_every_route_refuses_the_wrong_role_and_nobody(
    keyed: dict[str, Client], method: str, path: str, roles: frozenset[Role] | None, scope: Scope | None
) -> None:
    nobody = Client(keyed["viewer"].service, keyed["viewer"].door)
    if roles is None:
        assert nobody(method, path).status_code in {200, 503}
        return
    assert nobody(method, path).status_code == 401
    for role in Role:
        answer = keyed[role.value](method, path, content=b"not a body")
        assert (answer.status_code == 403) == (role not in roles), (role, answer.text)
    limited = keyed["limited"](method, path, content=b"not a body")
    if scope is not None and scope is not Scope.METRICS:
        assert limited.status_code == 403


def test_a_path_that_is_not_there_tells_nobody_so(keyed: dict[str, Client]) -> None:
    nobody = Client(keyed["viewer"].service, keyed["viewer"].door)
    assert nobody("GET", "/nothing").status_code == nobody("GET", "/catalog").status_code == 401
    assert keyed["viewer"]("GET", "/nothing").status_code == 404


def test_a_viewer_does_not_record(keyed: dict[str, Client]) -> None:
    query = {"queries": {"q": {"schema": "Person", "properties": {"name": "A B"}}}}
    answers = {role: keyed[role.value]("POST", "/match/default?record=true", json=query).status_code for role in Role}
    assert answers == {Role.VIEWER: 403, Role.ANALYST: 200, Role.APPROVER: 200, Role.ADMINISTRATOR: 403}


@pytest.mark.parametrize("header", ["authorization", "x-api-key", "apikey"])
def test_a_key_may_come_as_every_client_sends_it(keyed: dict[str, Client], header: str) -> None:
    client = keyed["viewer"]
    sent = {
        "authorization": {"authorization": f"bearer {client.key}"},
        "x-api-key": {"x-api-key": f"{client.key}"},
        "apikey": {"authorization": f"ApiKey {client.key}"},
    }[header]
    assert Client(client.service, client.door)("GET", "/catalog", headers=sent).status_code == 200


def test_two_different_keys_are_none(keyed: dict[str, Client]) -> None:
    sent = {"x-api-key": f"{keyed['analyst'].key}"}
    assert keyed["viewer"]("GET", "/catalog", headers=sent).status_code == 401


@pytest.mark.parametrize(
    "text", ["x", "ixk_", "ixk__", "ixk_000000000000_aaaa", "Bearer", "a.b.c", "é", "x" * 20_000, "ixk_" + "a" * 300]
)
def test_what_is_no_key_opens_nothing(keyed: dict[str, Client], text: str) -> None:
    nobody = Client(keyed["viewer"].service, keyed["viewer"].door)
    answer = nobody("GET", "/catalog", headers={"authorization": f"Bearer {text}".encode()})
    assert answer.status_code == 401
    assert text not in answer.text or len(text) < 3


def test_the_secret_of_another_key_opens_nothing(holder: Holder) -> None:
    one, other = holder("viewer"), holder("administrator")
    assert one.key is not None
    assert other.key is not None
    forged = f"ixk_{other.key.split('_')[1]}_{one.key.split('_')[2]}"
    assert Client(one.service, one.door, forged)("GET", "/catalog").status_code == 401


def test_a_key_is_nowhere_in_the_home(holder: Holder, own_home: Path) -> None:
    client = holder("viewer")
    assert client.key is not None
    secret = client.key.split("_")[2].encode()
    assert client("GET", "/catalog").status_code == 200
    assert not [path for path in own_home.rglob("*") if path.is_file() and secret in path.read_bytes()]


def test_an_expired_and_a_revoked_key_open_nothing(holder: Holder, own_home: Path, monkeypatch: Any) -> None:
    brief, taken = holder("viewer", expires_at=AT + timedelta(hours=1)), holder("viewer")
    assert brief("GET", "/catalog").status_code == taken("GET", "/catalog").status_code == 200
    assert taken.key is not None
    access.revoke(Home.open(own_home), taken.key.split("_")[1], by="t", at=AT)
    taken.service.renew()
    assert taken("GET", "/catalog").status_code == 401
    monkeypatch.setenv("INTERDICT_NOW", (AT + timedelta(hours=2)).isoformat())
    assert brief("GET", "/catalog").status_code == 401


def test_a_rotated_key_goes_on_until_its_day(holder: Holder, own_home: Path, monkeypatch: Any) -> None:
    old = holder("analyst", Scope.SCREEN)
    assert old.key is not None
    key, text = access.rotate(
        Home.open(own_home),
        old.key.split("_")[1],
        by="t",
        at=AT,
        until=AT + timedelta(hours=24),
        entropy=os.urandom(96),
    )
    assert (key.role, key.scopes) == (Role.ANALYST, (Scope.SCREEN,))
    old.service.renew()
    new = Client(old.service, old.door, text)
    assert old("GET", "/algorithms").status_code == new("GET", "/algorithms").status_code == 200
    monkeypatch.setenv("INTERDICT_NOW", (AT + timedelta(hours=25)).isoformat())
    assert old("GET", "/algorithms").status_code == 401
    assert new("GET", "/algorithms").status_code == 200


def test_what_becomes_of_keys_is_in_the_log_without_their_secrets(holder: Holder, own_home: Path) -> None:
    from interdiction.store.schema import audit_entry

    client = holder("viewer")
    assert client.key is not None
    with Home.open(own_home).reading() as reader:
        rows = [row for row in reader.connection.execute(audit_entry.select()) if row.kind == AuditKind.ACCESS_CHANGED]
    assert [row.subject for row in rows] == [f"key:{client.key.split('_')[1]}"]
    assert client.key.split("_")[2].encode() not in rows[0].entry


def test_requests_of_a_key_are_limited_and_those_of_others_are_not(holder: Holder) -> None:
    quick, other = holder("viewer", per_second=1.0), holder("viewer")
    answers = [quick("GET", "/algorithms") for _ in range(6)]
    assert [one.status_code for one in answers[:2]] == [200, 200]
    assert answers[-1].status_code == 429
    assert answers[-1].headers["retry-after"] == "1"
    assert other("GET", "/algorithms").status_code == 200


def test_a_key_that_never_opens_anything_is_not_made(own_home: Path) -> None:
    with pytest.raises(UsageError, match="never open"):
        access.add(Home.open(own_home), "x", Role.VIEWER, by="t", at=AT, entropy=os.urandom(96), expires_at=AT)


PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def jwks() -> bytes:
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(PRIVATE.public_key()))
    return json.dumps({"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]}).encode()


OIDC = Oidc("https://id.example", "interdiction", jwks_url="https://id.example/keys", roles={"sanctions": "analyst"})
SAID: dict[str, Any] = {
    "iss": "https://id.example", "aud": "interdiction", "sub": "u-1", "email": "ann@example.org",
    "exp": (AT + timedelta(hours=1)).timestamp(), "roles": ["staff", "sanctions"],
}  # fmt: skip


def token(said: dict[str, Any] | None = None, key: Any = PRIVATE, kid: str = "one", algorithm: str = "RS256") -> str:
    return jwt.encode(SAID if said is None else said, key, algorithm=algorithm, headers={"kid": kid})


def test_a_token_of_the_issuer_names_a_person_and_a_role() -> None:
    caller = Tokens(OIDC, lambda _: jwks()).caller(token(), AT)
    assert (caller.id, caller.name, caller.role) == ("sub:u-1", "ann@example.org", Role.ANALYST)


def unsigned() -> str:
    parts = [json.dumps(one).encode() for one in ({"alg": "none", "kid": "one"}, SAID)]
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts) + "."


def signed_with_the_public_key() -> str:
    parts = [json.dumps(one).encode() for one in ({"alg": "HS256", "kid": "one"}, SAID)]
    head = ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)
    import hashlib
    import hmac

    mark = hmac.digest(jwks(), head.encode(), hashlib.sha256)
    return f"{head}.{base64.urlsafe_b64encode(mark).decode().rstrip('=')}"


@pytest.mark.parametrize(
    "text",
    [
        token(key=OTHER),
        token(kid="two"),
        token({**SAID, "iss": "https://evil.example"}),
        token({**SAID, "aud": "payroll"}),
        token({**SAID, "exp": (AT - timedelta(hours=1)).timestamp()}),
        token({**SAID, "nbf": (AT + timedelta(hours=1)).timestamp()}),
        token({name: value for name, value in SAID.items() if name != "exp"}),
        token({name: value for name, value in SAID.items() if name != "sub"}),
        token({**SAID, "roles": ["staff"]}),
        token({**SAID, "roles": None}),
        token({**SAID, "exp": -1}),
        unsigned(),
        signed_with_the_public_key(),
        token()[:-4] + "AAAA",
        "a.b.c",
        "..",
    ],
)
def test_a_forged_or_stale_token_opens_nothing(text: str) -> None:
    with pytest.raises(AccessError):
        Tokens(OIDC, lambda _: jwks()).caller(text, AT)


def test_somebody_with_two_roles_has_to_say_which_one_acts() -> None:
    both = Oidc("https://id.example", "interdiction", jwks_url="https://x", roles={"a": "analyst", "b": "approver"})
    with pytest.raises(AccessError):
        Tokens(both, lambda _: jwks()).caller(token({**SAID, "roles": ["a", "b"]}), AT)


def test_a_forged_key_id_does_not_knock_at_the_issuers_door_all_day() -> None:
    knocks: list[str] = []

    def fetch(url: str) -> bytes:
        knocks.append(url)
        return jwks()

    tokens = Tokens(OIDC, fetch)
    for _ in range(5):
        with pytest.raises(AccessError):
            tokens.caller(token(kid="two"), AT)
    assert len(knocks) == 1
