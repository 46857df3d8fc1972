"""Small legacy files in the publisher's own form, made from keyword arguments."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from interdiction.lists.readers import ListFile
from interdiction.model import Listing

SDN = ("SDN_Type", "Program", "Title", "Call_Sign", "Vess_type", "Tonnage", "GRT", "Vess_flag", "Vess_owner", "Remarks")


def _cell(value: str | None) -> str:
    return "-0- " if value is None else f'"{value}"'


def sdn_row(uid: int, name: str, kind: str | None = None, program: str = "CUBA", **more: str) -> str:
    cells = {"SDN_Type": kind, "Program": program, **more}
    return f"{uid},{_cell(name)}," + ",".join(_cell(cells.get(column)) for column in SDN)


def alt_row(uid: int, number: int, kind: str, name: str) -> str:
    return f'{uid},{number},"{kind}","{name}",-0- '


def add_row(uid: int, number: int, street: str | None, place: str | None, country: str | None) -> str:
    return f"{uid},{number},{_cell(street)},{_cell(place)},{_cell(country)},-0- "


def legacy_file(name: str, *rows: str) -> ListFile:
    return ListFile(name, ("\r\n".join(rows) + "\r\n\x1a").encode("cp1252"))


@pytest.fixture
def sdn() -> Callable[..., str]:
    return sdn_row


@pytest.fixture
def alt() -> Callable[..., str]:
    return alt_row


@pytest.fixture
def add() -> Callable[..., str]:
    return add_row


@pytest.fixture
def file() -> Callable[..., ListFile]:
    return legacy_file


@pytest.fixture
def by_uid() -> Callable[[tuple[Listing, ...]], dict[str, Listing]]:
    return lambda listings: {listing.uid: listing for listing in listings}
