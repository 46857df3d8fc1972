"""Reports at the door: owed, made, filed with the receipt, supplemented."""

from __future__ import annotations

from pathlib import Path

import pytest

from interdiction.engine.story import tell
from tests.cli.conftest import Ask
from tests.engine.test_records import AT

BY = ("--by", "A. Officer")
DOING = (*BY, "--why", "a test")


@pytest.fixture
def bank(tmp_path: Path, ask: Ask) -> Path:
    home = tmp_path / "bank"
    tell(home, AT)
    ask("pay", home / "example" / "payments.csv", "--record", home=home)
    ask("ledger", "post", "D-1", *DOING, home=home)
    return home


def test_every_block_of_order_day_is_owed_a_report_by_the_16th(bank: Path, ask: Ask) -> None:
    found = ask("report", "due", "--json", home=bank)
    assert found.code == 0
    assert [(one["subject"], one["by"], one["stage"]) for one in found.json["result"]] == [
        ("B-1", "2015-01-16", "owed"),
        ("D-2", "2015-01-16", "owed"),
        ("D-5", "2015-01-16", "owed"),
        ("D-11", "2015-01-16", "owed"),
    ]
    late = ask("report", "due", "--on", "2015-01-17", home=bank)
    assert late.code == 1
    assert "4 late" in late.out


def test_a_report_is_made_filed_with_its_receipt_and_supplemented(bank: Path, ask: Ask, tmp_path: Path) -> None:
    page, sheet = tmp_path / "report.html", tmp_path / "report.xlsx"
    made = ask("report", "make", "us-blocked-property", "B-1", *BY, "-o", page, "--json", home=bank).json
    assert made["result"]["number"] == 1
    assert "TANCHON COMMERCIAL BANK" in page.read_text(encoding="utf-8")
    receipt = tmp_path / "receipt.pdf"
    receipt.write_bytes(b"%PDF-1.4 received")
    filing = ("report", "filed", "F-1", "--receipt", "ORS 2015-77", *BY)
    filed = ask(*filing, "--receipt-file", receipt, "--json", home=bank).json["result"]
    assert (filed["receipt"], filed["copy"]["name"], filed["receipt_file"]["name"]) == (
        "ORS 2015-77",
        "F-1-us-blocked-property.html",
        "receipt.pdf",
    )
    assert ask(*filing, "--json", home=bank).error["code"] == "already-filed"
    assert "B-1" not in ask("report", "due", home=bank).out
    assert "filed" in ask("report", "due", "--all", home=bank).out
    details = tmp_path / "details.yml"
    details.write_text("location: New York\naccount: 0047-11\ncontact_phone: 12025550100\n", encoding="utf-8")
    more = ("--details", details, "--supplements", "F-1", "-o", sheet)
    again = ask("report", "make", "us-blocked-property", "B-1", *BY, *more, "--json", home=bank).json["result"]
    assert again["supplements"] == 1
    assert len(again["gaps"]) < len(made["result"]["gaps"])
    assert sheet.read_bytes().startswith(b"PK")
    assert "ORS 2015-77" in ask("report", "list", home=bank).out


def test_who_reports_stands_in_the_home_once_for_all(bank: Path, ask: Ask, tmp_path: Path) -> None:
    (bank / "filer.yml").write_text("submitter_address: 1 Main Street\ncontact_name: A. Officer\n", encoding="utf-8")
    out = tmp_path / "a.json"
    made = ask("report", "make", "us-blocked-property", "D-2", *BY, "-o", out, "--json", home=bank).json["result"]
    assert made["head"]["submitter_address"] == "1 Main Street"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("make", "us-blocked-property", "D-3"), "unknown-subject"),
        (("make", "tax-return", "B-1"), "unknown-report"),
        (("make", "us-annual", "2015-06-30"), "report-early"),
        (("make", "us-blocked-property", "B-1", "--supplements", "F-9"), "unknown-filing"),
        (("filed", "F-9", "--receipt", "x"), "unknown-filing"),
    ],
)
def test_what_no_report_can_be_made_of_is_refused(bank: Path, ask: Ask, arguments: tuple[str, ...], code: str) -> None:
    refused = ask("report", *arguments, *BY, "--json", home=bank)
    assert (refused.code, refused.error["code"]) == (2, code)
    assert ask("report", "list", "--json", home=bank).json["result"] == []


def test_a_report_without_a_holder_is_refused_and_nothing_is_kept(bank: Path, ask: Ask) -> None:
    (bank / "config.toml").write_text('[institution]\nkind = "us"\n', encoding="utf-8")
    refused = ask("report", "make", "us-blocked-property", "B-1", *BY, "--json", home=bank)
    assert refused.error["code"] == "report-minimum"
    assert ask("report", "list", "--json", home=bank).json["result"] == []
