"""The service over the worked example's home, asked without a network: the same application, called in this process."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from interdiction.api.app import inner
from interdiction.api.door import Door
from interdiction.api.service import Service, Settings
from interdiction.engine import access
from interdiction.engine.home import Home
from interdiction.engine.story import tell
from interdiction.model.access import Role, Scope

AT = datetime(2015, 1, 2, 18, tzinfo=UTC)


@dataclass
class Client:
    """A service and whoever asks it."""

    service: Service
    door: Door
    key: str | None = None

    def __call__(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {**({"authorization": f"Bearer {self.key}"} if self.key else {}), **more.pop("headers", {})}
        return asyncio.run(self._ask(method, path, headers, more))

    async def _ask(self, method: str, path: str, headers: dict[str, str], more: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.door, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
            return await client.request(method, path, headers=headers, **more)

    def get(self, path: str, **more: Any) -> Any:
        """Give the JSON of an answer that went well."""
        answer = self("GET", path, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def match(self, queries: dict[str, Any], dataset: str = "default", **params: Any) -> Any:
        """Give the JSON of a match that went well."""
        answer = self("POST", f"/match/{dataset}", content=json.dumps({"queries": queries}), params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that nobody serves: what others begin with."""
    home = tmp_path_factory.mktemp("pristine") / "home"
    tell(home, AT)
    return home


@pytest.fixture(scope="session")
def told(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that many tests serve; some of them record."""
    home = tmp_path_factory.mktemp("service") / "home"
    shutil.copytree(pristine, home)
    return home


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERDICT_NOW", AT.isoformat())


SERVED: list[Service] = []


def served(home: Path, **settings: Any) -> Client:
    service = Service(Settings(str(home), log=False, **settings))
    SERVED.append(service)
    service.renew()
    return Client(service, Door(service, inner(service)))


@contextmanager
def keyed(pristine: Path, home: Path) -> Iterator[dict[Role, Client]]:
    """Give an approver and an administrator of a copy of a home, at the instant of the worked example."""
    os.environ["INTERDICT_NOW"] = AT.isoformat()
    shutil.copytree(pristine, home)
    keys = {
        role: access.add(Home.open(home), role.value, role, by="t", at=AT, entropy=os.urandom(96))[1]
        for role in (Role.APPROVER, Role.ADMINISTRATOR)
    }
    client = served(home)
    yield {role: Client(client.service, client.door, key) for role, key in keys.items()}
    del os.environ["INTERDICT_NOW"]


@pytest.fixture
def ask(told: Path, clock: None) -> Iterator[Client]:
    """The service of the worked example, open to all."""
    client = served(told, open_to_all=True)
    yield client
    asyncio.run(client.service.stop())


@pytest.fixture
def own_home(pristine: Path, tmp_path: Path, copied: Callable[[Path, Path], Path]) -> Iterator[Path]:
    """A home that a test may write to; whoever served it and did not stop lets go of its store."""
    yield copied(pristine, tmp_path / "home")
    while SERVED:
        SERVED.pop().journal.writer.close()


Holder = Callable[..., Client]


@pytest.fixture
def holder(own_home: Path, clock: None) -> Iterator[Holder]:
    """Give clients of a closed service, each with a key of its own."""
    client = served(own_home)

    def made(role: Role | str, *scopes: Scope, **more: Any) -> Client:
        _, text = access.add(
            Home.open(own_home),
            str(role),
            Role(role),
            by="the test",
            at=AT,
            entropy=os.urandom(96),
            scopes=scopes,
            **more,
        )
        client.service.renew()
        return Client(client.service, client.door, text)

    yield made
    asyncio.run(client.service.stop())
