"""Parties that go by a number: wallets by their addresses, ships and aircraft by theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from interdiction.model import Party
from interdiction.names.batch import party_batch
from interdiction.tables import read_book
from tests.screening.conftest import Make

LAZARUS = Party(
    kind="organisation",
    names=["LAZARUS GROUP"],
    identifiers=[
        "wallet:0x098B716B8Aaf21512996dC57EB0615e2383E2f96",
        "wallet:12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h",
        "wallet:bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
    ],
)
SPARTA = Party(kind="vessel", names=["SPARTA"], identifiers=["imo:9268710", "mmsi:273396130"])


@pytest.mark.parametrize(
    "asked",
    [
        {"identifiers": ["wallet:0x098b716b8aaf21512996dc57eb0615e2383e2f96"]},
        {"identifiers": ["wallet:xdc098b716b8aaf21512996dc57eb0615e2383e2f96"]},
        {"names": ["0x098B716B8AAF21512996DC57EB0615E2383E2F96"]},
        {"kind": "wallet", "names": ["12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h"]},
        {"kind": "wallet", "identifiers": ["wallet:BC1QAR0SRRR7XFKVY5L643LYDNW9RE59GTZZWF5MDQ"]},
        {"kind": "wallet", "names": ["bitcoin:12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h"]},
    ],
)
def test_a_wallet_is_found_by_its_address_on_any_chain_of_its_family(screener: Make, asked: dict[str, str]) -> None:
    (answer,) = screener(LAZARUS).screen([Party(**asked)])  # type: ignore[arg-type]
    assert [(hit.listing, hit.basis.value, hit.band.value) for hit in answer.hits] == [
        ("ofac-sdn:1", "identifier", "certain")
    ]


def test_a_wallet_is_found_by_the_name_of_its_owner(screener: Make) -> None:
    (answer,) = screener(LAZARUS).screen([Party(kind="wallet", names=["Lazarus Group"])])
    assert [hit.listing for hit in answer.hits] == ["ofac-sdn:1"]


@pytest.mark.parametrize(
    "address", ["12qtd5bfwrsdnsazy76uve1xycgntojh9h", "0x098B716B8Aaf21512996dC57EB0615e2383E2f97"]
)
def test_another_address_is_nobody(screener: Make, address: str) -> None:
    (answer,) = screener(LAZARUS).screen([Party(kind="wallet", names=[address])])
    assert answer.hits == ()


def test_addresses_in_the_names_of_a_book_are_addresses(screener: Make, tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    path.write_text(
        "name,kind\n0x098B716B8Aaf21512996dC57EB0615e2383E2f96,\n12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h,wallet\nA,person\n",
        encoding="utf-8",
    )
    book = read_book(path)
    found = screener(LAZARUS).screen_batch(book.columns, book.columns["id"])
    assert sorted(found) == [0, 1]
    assert party_batch([book.party_at(1)]).columns()["identifiers"] == [["wallet:12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h"]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"names": ["NEW HOPE"], "identifiers": ["imo:9268710"]}, True),
        ({"names": ["NEW HOPE"], "identifiers": ["mmsi:273396130"]}, True),
        ({"names": ["Sparta"]}, True),
        ({"names": ["Sparta"], "identifiers": ["imo:9204805"]}, True),
        ({"names": ["Sparta II"], "identifiers": ["imo:9204805"]}, False),
        ({"names": ["New Hope"], "identifiers": ["imo:9204805"]}, False),
    ],
)
def test_a_ship_goes_by_its_number_and_another_number_never_clears_its_name(
    screener: Make, asked: dict[str, list[str]], found: bool
) -> None:
    (answer,) = screener(SPARTA).screen([Party(kind="vessel", **asked)])  # type: ignore[arg-type]
    assert bool(answer.hits) == found
