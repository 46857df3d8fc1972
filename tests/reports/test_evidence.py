"""The evidence for one decision: everything an examiner asks for, in a page that needs nothing beside it."""

from __future__ import annotations

import hashlib
import html
import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from interdiction.engine.story import tell
from interdiction.model import Asked, Basis, Evidence, KeptFile, Record, Run, from_json, to_json
from interdiction.model.ownership import Control
from interdiction.ownership.proof import Proof
from interdiction.reports.evidence import LARGEST_INSIDE, Pack, data, pack, seen
from interdiction.reports.evidence_page import evidence
from tests.cli.conftest import Ask
from tests.engine.test_records import AT as ORDER_DAY
from tests.reports.making import ORDER, payment, record

AT = datetime(2015, 1, 5, tzinfo=UTC)
BY = ("--by", "The examiner")


def made(of: Record | None = None, given: bytes = b"id,debtor\nP-1,Somebody\n", name: str = "a.csv") -> Pack:
    run = Run("pay", AT, ORDER, KeptFile(name, "00" * 32, len(given)), Asked(), (), "us", number=1)
    of = of or record(1)
    return pack(of, run, None, [of], given, at=AT, by="A", replay="It came out the same.", decision_sha256="ab" * 32)


@pytest.fixture
def bank(tmp_path: Path, ask: Ask) -> Path:
    home = tmp_path / "bank"
    tell(home, ORDER_DAY)
    doing = ("--by", "A. Officer", "--why", "the same address")
    ask("pay", home / "example" / "payments.csv", "--record", home=home)
    ask("decisions", "confirm", "D-4", "ofac-sdn:9345", "--outcome", "true", *doing, home=home)
    ask("ledger", "post", "D-13", *doing, home=home)
    ask("report", "make", "us-blocked-property", "B-1", *doing[:2], "-o", tmp_path / "b.html", home=home)
    ask("report", "filed", "F-1", "--receipt", "ORS 2015-77", *doing[:2], home=home)
    return home


def test_the_pack_has_every_part_that_an_auditor_asks_for(bank: Path, ask: Ask, tmp_path: Path) -> None:
    out = tmp_path / "d13.json"
    assert ask("decisions", "export", "D-13", "-o", out, *BY, home=bank).code == 0
    found = from_json(out.read_bytes(), Pack)
    source = (bank / "example" / "payments.csv").read_bytes()
    assert found.input() == source
    assert found.run.input.sha256 == hashlib.sha256(source).hexdigest()
    assert [one.id for one in found.chain] == ["D-4", "D-13"]
    assert found.decision_sha256 == hashlib.sha256(bytes(found.record.decision)).hexdigest()
    assert found.run.editions[0].sha256
    assert found.record.decided().hits[0].evidence
    assert [one.by for one in found.record.judged] == ["A. Officer"]
    assert [(one.id, one.decision) for one in found.held] == [("B-1", "D-13")]
    assert [one.receipt for one in found.receipts] == ["ORS 2015-77"]
    assert found.run_end is not None
    assert "the same, byte for byte" in found.replay
    assert {one.value for one in found.seen if one.screened} >= {"Kore Mining Development Trading Corp.", "CN"}
    assert {one.what for one in found.seen if not one.screened} == {"amount", "date"}
    assert all(one.why for one in found.seen if not one.screened)


def test_the_evidence_of_the_first_decision_names_what_followed_it(bank: Path, ask: Ask, tmp_path: Path) -> None:
    out = tmp_path / "d4.html"
    ask("decisions", "export", "D-4", "-o", out, *BY, home=bank)
    page = out.read_text(encoding="utf-8")
    assert "<th>Was followed by</th><td>D-13</td>" in page
    assert "B-1: 97,300.00 USD held" in page


def test_a_folder_holds_page_data_input_reports_and_documents(bank: Path, ask: Ask, tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    ask("decisions", "export", "D-13", "-o", folder, *BY, home=bank)
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {"evidence.html", "evidence.json", "decision.json", "input/payments.csv"} <= names
    assert "reports/F-1-us-blocked-property.html" in names
    (document,) = (folder / "documents").iterdir()
    assert document.name.endswith("F-1-us-blocked-property.html")
    assert (folder / "input" / "payments.csv").read_bytes() == (bank / "example" / "payments.csv").read_bytes()
    again = ask("decisions", "export", "D-13", "-o", folder, *BY, "--json", home=bank)
    assert again.error["code"] == "output"


def test_a_decision_that_no_longer_comes_out_the_same_says_so_in_its_evidence(
    bank: Path, ask: Ask, tmp_path: Path
) -> None:
    (bank / "config.toml").write_text('[institution]\nkind = "eu"\nname = "Elsewhere"\n', encoding="utf-8")
    out = tmp_path / "d13.json"
    ask("decisions", "export", "D-13", "-o", out, *BY, home=bank)
    said = json.loads(out.read_text(encoding="utf-8"))["replay"]
    assert "came out differently in:" in said
    assert "disposition" in said


def test_whoever_asks_for_evidence_is_named(bank: Path, ask: Ask, tmp_path: Path) -> None:
    refused = ask("decisions", "export", "D-13", "-o", tmp_path / "x.html", "--by", " ", "--json", home=bank)
    assert refused.error["code"] == "by-required"


def test_names_and_files_stand_in_the_page_as_text() -> None:
    evil = b"<script>alert(1)</script>\xe2\x80\xae"
    page = evidence(made(given=evil, name='"><img src=x>.csv'))
    assert "<script" not in page
    assert "<img" not in page
    assert '<span class="sign">U+202E</span>' in page
    assert html.escape("=SUM(A1) & <b>Sons</b>") in page


def test_bytes_that_are_no_text_can_be_saved_and_are_not_shown() -> None:
    page = evidence(made(given=b"\xff\xfe\x00"))
    assert "data:application/octet-stream;base64,//4A" in page
    assert "no text of UTF-8" in page


def test_an_input_too_large_for_a_page_is_named_by_its_hash() -> None:
    found = made(given=b"x" * (LARGEST_INSIDE + 1))
    assert found.input() is None
    assert "too large for a page" in evidence(found)


def test_a_chain_of_owners_is_drawn_in_the_page() -> None:
    proof = Proof("co-1", "Sinpo Shipping", "us", Control.BLOCKED, "2015-01-02", sentence="Half of it is KOMID's.")
    of = record(1)
    decided = of.decided()
    owned = msgspec.structs.replace(
        decided.hits[0], basis=Basis.OWNERSHIP, evidence=(Evidence("ownership", "blocked", theirs=proof),)
    )
    raw = msgspec.Raw(to_json(msgspec.structs.replace(decided, hits=(owned,))))
    page = evidence(made(msgspec.structs.replace(of, decision=raw)))
    assert "<svg" in page
    assert "Half of it is KOMID" in page


def test_the_same_pack_gives_the_same_bytes() -> None:
    assert evidence(made()) == evidence(made())
    assert data(made()) == data(made())
    assert from_json(data(made()), Pack).seen == made().seen


def test_a_customer_is_shown_column_by_column() -> None:
    of = msgspec.structs.replace(
        record(2, "freeze"), row={"id": ("C-1",), "names": ("KIM", "Kim"), "births": ("1962",)}
    )
    assert [(one.what, one.screened) for one in seen(of)] == [("id", False), ("names", True), ("births", True)]


def test_every_party_of_a_payment_is_among_what_was_screened() -> None:
    of = msgspec.structs.replace(record(1), payment=payment())
    assert [one.value for one in seen(of) if one.screened] == [
        "=SUM(A1) & <b>Sons</b>",
        "KOREA MINING DEVELOPMENT TRADING CORPORATION",
        "KP",
    ]
