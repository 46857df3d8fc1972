"""Small editions in OFAC's own format, written by the tests that need them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from interdiction.engine.editions import ImportReport, import_edition
from interdiction.engine.home import Home
from interdiction.store.place import Place, Server

NULL = "-0- "
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def sdn_row(uid: int, name: str = "", programme: str = "NPWMD", remarks: str = "") -> str:
    cells = [str(uid), f'"{name or f"PARTY NUMBER {uid}"}"', '"individual"', f'"{programme}"', *[NULL] * 7]
    return ",".join([*cells, f'"{remarks}"' if remarks else NULL])


def text(rows: Iterable[str]) -> bytes:
    return ("\r\n".join(rows) + "\r\n\x1a").encode("cp1252")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.open(tmp_path / "home", create=True)


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Write files into a folder of their own and give it."""
    made = iter(range(1000))

    def write(**files: bytes | Iterable[str]) -> Path:
        folder = tmp_path / f"edition-{next(made)}"
        folder.mkdir()
        for role, content in files.items():
            data = content if isinstance(content, bytes) else text(content)
            (folder / f"{role}.csv").write_bytes(data)
        return folder

    return write


@pytest.fixture
def bring(home: Home, written: Callable[..., Path]) -> Callable[..., ImportReport]:
    """Import rows as an edition of the SDN list of a day of January 2015."""

    def bring_in(day: int, rows: bytes | Iterable[str], **more: Any) -> ImportReport:
        roles = {key: more.pop(key) for key in ("alt", "add", "sdn_comments") if key in more}
        folder = written(sdn=rows, **roles)
        key = more.pop("key", "ofac-sdn")
        return import_edition(home, key, [folder], at=AT, on=date(2015, 1, day), **more)

    return bring_in


@pytest.fixture
def shared(place: Place, tmp_path: Path) -> Home:
    """A home whose store is on either database."""
    home = tmp_path / "home"
    home.mkdir()
    if isinstance(place, Server):
        (home / "config.toml").write_text(f'[store]\nurl = "{place.url}"\n')
    return Home.open(home, create=True)
