"""Payment messages through the command: decided as they come, stripped ones recognised, fields listed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Ask
from tests.payments.test_iso20022 import initiation, message, transfer
from tests.payments.test_mt import BODY, fin

LISTED = "<UltmtCdtr><Nm>TANCHON COMMERCIAL BANK</Nm></UltmtCdtr>"


@pytest.fixture
def home(demo_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo_home, tmp_path / "home"))


def written(folder: Path, name: str, raw: bytes) -> Path:
    (folder / name).write_bytes(raw)
    return folder / name


def test_messages_of_several_kinds_are_decided_in_their_order(ask: Ask, tmp_path: Path) -> None:
    files = [
        written(tmp_path, "batch.xml", initiation(("Plain Handel", 2), ("TANCHON COMMERCIAL BANK", 1))),
        written(tmp_path, "one.fin", fin(BODY.replace("RYU JIN", "TANCHON COMMERCIAL BANK"))),
        written(tmp_path, "cut.xml", message(transfer())[:-30]),
    ]
    answer = ask("pay", *files, "--json")
    assert answer.code == 1
    assert answer.json["schema"] == "interdict.pay/1"
    assert [(one["payment"], one["disposition"] == "release") for one in answer.json["result"]] == [
        ("E1", True),
        ("E2", True),
        ("E3", False),
        ("REF1", False),
        ("cut.xml/1", False),
    ]


def test_the_lines_for_people_say_the_same_as_the_json(ask: Ask, tmp_path: Path) -> None:
    path = written(tmp_path, "one.xml", message(transfer(1, more=LISTED)))
    said = ask("pay", path).out
    (decided,) = ask("pay", path, "--json").json["result"]
    assert said.split("\n")[1].startswith(decided["disposition"].upper())
    assert " ".join(decided["sentence"].split()) in " ".join(said.split())


def test_a_payment_that_comes_again_without_the_listed_party_is_held(ask: Ask, home: Path, tmp_path: Path) -> None:
    first = ask("pay", written(tmp_path, "a.xml", message(transfer(1, more=LISTED))), "--record", home=home)
    assert first.code == 1
    alone = ask("pay", written(tmp_path, "b.xml", message(transfer(2))), "--json").json["result"][0]
    assert "problems" not in alone
    again = ask("pay", tmp_path / "b.xml", "--record", "--json", home=home).json["result"][0]
    assert again["disposition"] == "hold"
    assert [(one["code"], one["node"]) for one in again["problems"]] == [("resubmitted", "D-1")]
    assert ask("decisions", "replay", home=home).code == 0


def test_a_payment_that_comes_again_in_the_same_run_is_recognised(ask: Ask, tmp_path: Path) -> None:
    raw = message(transfer(1, more=LISTED), transfer(2))
    decided = ask("pay", written(tmp_path, "both.xml", raw), "--json").json["result"]
    assert [one["code"] for one in decided[1]["problems"]] == ["resubmitted"]


def test_what_is_screened_is_listed_with_a_reason_for_what_is_not(ask: Ask) -> None:
    rows = ask("pay", "--coverage", "pacs.008", "--json").json["result"]
    assert {row["kind"] for row in rows} == {"pacs.008.001.13"}
    assert all(row["screened"] or row["reason"] for row in rows)
    assert any(row["field"].endswith("RmtInf/Strd/Invcr/Nm") for row in rows)
    kinds = {row["kind"] for row in ask("pay", "--coverage", "--json").json["result"]}
    assert {"pacs.008.001.08", "mt103", "mt700", "nacha-iat", "table", "camt.029"} <= kinds
    for kind in ("mt202cov", "mt103+", "nacha-iat", "table", "camt.029", "iso20022"):
        assert ask("pay", "--coverage", kind).code == 0, kind


def test_a_kind_that_nobody_knows_has_no_list(ask: Ask) -> None:
    answer = ask("pay", "--coverage", "fax", "--json")
    assert (answer.code, answer.error["code"]) == (2, "kind")


def test_no_payments_at_all_is_a_mistake(ask: Ask) -> None:
    assert ask("pay").code == 2
