from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interdiction.errors import TableError, UsageError
from interdiction.model import Amount, Grade, Payment, Problem, Role
from interdiction.payments import read
from interdiction.payments.amounts import amount
from interdiction.payments.columns import DETAILS, FIELDS, ROLES


def payments(folder: Path, text: str | bytes, **options: object) -> tuple[list[Payment], list[Problem]]:
    path = folder / "pay.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read(path, **options)  # type: ignore[arg-type]


def one(folder: Path, text: str) -> Payment:
    (found,), _ = payments(folder, text)
    return found


def codes(payment: Payment) -> list[str]:
    return [problem.code for problem in payment.problems]


HEAD = "id,debtor,creditor,amount,currency,date,remittance\n"


def test_a_row_is_a_payment_in_the_words_of_iso_20022(tmp_path: Path) -> None:
    found = one(
        tmp_path,
        "id,debtor,debtor_country,debtor_born,debtor_agent,debtor_agent_bic,creditor,creditor_id,ultimate_creditor,"
        "amount,currency,date,remittance\n"
        "P1,Kim Bo,KP,18 Feb 1962,Bank A,AAAAGB2L,Ryu Jin,passport:5@kp,KOMID,"
        '"1,234.50",USD,2015-01-05,machine parts\n',
    )
    assert (found.id, found.row, found.source) == ("P1", 2, "pay.csv")
    assert found.amount == Amount(Decimal("1234.50"), "USD")
    assert str(found.on) == "2015-01-05"
    assert found.remittance == "machine parts"
    assert found.problems == ()
    by = {party.role: party for party in found.parties}
    assert list(by) == [Role.DEBTOR, Role.DEBTOR_AGENT, Role.CREDITOR, Role.ULTIMATE_CREDITOR]
    assert by[Role.DEBTOR].party.countries == ("kp",)
    assert [str(day) for day in by[Role.DEBTOR].party.birth_dates] == ["1962-02-18"]
    assert [(i.type, i.value) for i in by[Role.DEBTOR_AGENT].party.identifiers] == [("bic", "AAAAGB2L")]
    assert [(i.type, i.country) for i in by[Role.CREDITOR].party.identifiers] == [("passport", "kp")]
    assert by[Role.CREDITOR].at == "creditor"


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_a_column(tmp_path: Path, role: Role) -> None:
    found = one(tmp_path, f"{role.value},{role.value}_country\nKim,KP\n")
    assert [(party.role, party.party.primary_name) for party in found.parties] == [(role, "Kim")]


def test_every_role_takes_every_detail() -> None:
    assert len([field for field in FIELDS if field not in {"id", "amount", "currency", "date", "remittance"}]) == len(
        ROLES
    ) * len(DETAILS)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ("P,A,B,l00,USD,2015-01-05,x", "amount"),
        ("P,A,B,,USD,2015-01-05,x", "amount"),
        ("P,A,B,-5,USD,2015-01-05,x", "amount"),
        ("P,A,B,5,ZZZ,2015-01-05,x", "amount"),
        ("P,A,B,5,,2015-01-05,x", "amount"),
        ("P,A,B,5,USD,2015-02-31,x", "date"),
        ("P,A,B,5,USD,02/03/2015,x", "date"),
        ("P,A,B,5,USD,2015,x", "date"),
        ("P,A,B,5,USD,,x", "date"),
        ("P,A,,5,USD,2015-01-05,x", "no-party"),
        ("P,,-,5,USD,2015-01-05,x", "no-party"),
    ],
)
def test_a_bad_cell_is_a_problem_and_the_payment_is_still_there(tmp_path: Path, cells: str, code: str) -> None:
    found = one(tmp_path, HEAD + cells + "\n")
    assert set(codes(found)) == {code}
    assert all(problem.grade is Grade.ROW and problem.line == 2 for problem in found.problems)
    assert found.remittance == "x"


def test_a_ragged_row_is_a_payment_of_its_whole_text(tmp_path: Path) -> None:
    found, whole = payments(tmp_path, HEAD + "P1,KIM, Yong Chol,Ryu,5,USD,2015-01-05,x\nP2,A,B,5,USD,2015-01-05,y\n")
    assert [payment.row for payment in found] == [2, 3]
    assert found[0].parties == ()
    assert found[0].remittance == "P1,KIM, Yong Chol,Ryu,5,USD,2015-01-05,x"
    assert codes(found[0]) == ["ragged-row"]
    assert (codes(found[1]), whole) == ([], [])


def test_text_of_unknown_columns_is_screened(tmp_path: Path) -> None:
    found = one(
        tmp_path, "debtor,creditor,notes,channel no,creditor_address,amount,currency\nA,B,for KOMID,7,Pyongyang,5,USD\n"
    )
    assert found.remittance == "Pyongyang\nfor KOMID"


def test_a_second_column_of_one_field_is_screened_as_text(tmp_path: Path) -> None:
    found = one(tmp_path, "debtor,creditor,creditor_name,amount,currency\nA,B,KOMID,5,USD\n")
    assert found.remittance == "KOMID"


def test_a_column_can_be_named(tmp_path: Path) -> None:
    found, _ = payments(tmp_path, "Auftraggeber,X\nKim,1\n", columns={"debtor": "Auftraggeber"})
    assert found[0].parties[0].party.primary_name == "Kim"
    with pytest.raises(UsageError):
        payments(tmp_path, "a,b\n1,2\n", columns={"payer": "a"})


def test_a_table_without_a_party_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError) as refused:
        payments(tmp_path, "id,amount\n1,5\n")
    assert refused.value.code == "no-party-column"
    assert "--column debtor=" in refused.value.mend


def test_payments_under_one_reference_are_marked(tmp_path: Path) -> None:
    found, _ = payments(tmp_path, "id,debtor,amount,currency\nP,A,5,USD\nP,B,5,USD\nNOTPROVIDED,C,5,USD\n,D,5,USD\n")
    assert [payment.id for payment in found] == ["P", "P", "4", "5"]
    assert [codes(payment) for payment in found] == [["repeated-id"], ["repeated-id"], [], []]


def test_an_unread_fact_of_a_party_is_a_problem_of_the_payment(tmp_path: Path) -> None:
    found = one(tmp_path, "debtor,debtor_country,debtor_born,amount,currency\nA,Ruritania,02/03/1962,5,USD\n")
    assert [(problem.code, problem.grade) for problem in found.problems] == [
        ("country", Grade.ROW),
        ("ambiguous-date", Grade.PUBLISHED),
    ]


def test_a_party_without_a_name_but_with_a_number_is_a_party(tmp_path: Path) -> None:
    found = one(tmp_path, "debtor,debtor_account,amount,currency\n,DE00123,5,USD\n")
    assert [(party.role, party.party.identifiers[0].value) for party in found.parties] == [(Role.DEBTOR, "DE00123")]


def test_a_huge_name_is_cut_told_and_screened_whole_as_text(tmp_path: Path) -> None:
    found = one(tmp_path, f"debtor,amount,currency\n{'x ' * 500_000}KOMID,5,USD\n")
    assert len(found.parties[0].party.primary_name) == 10_000
    assert codes(found) == ["cell-cut"]
    assert found.remittance is not None
    assert found.remittance.endswith("KOMID")


def test_what_is_wrong_with_the_file_is_told_beside_the_payments(tmp_path: Path) -> None:
    found, whole = payments(tmp_path, HEAD)
    assert (found, [problem.code for problem in whole]) == ([], ["no-rows"])
    _, mixed = payments(tmp_path, HEAD.encode() + "P,김,B,5,USD,2015-01-05,".encode() + b"\xfc\n")
    assert [problem.code for problem in mixed] == ["mixed-encoding"]


@pytest.mark.parametrize(
    ("text", "currency", "value"),
    [
        ("1234.56", "USD", "1234.56"),
        ("1,234.56", "usd", "1234.56"),
        ("1.234,56", "EUR", "1234.56"),
        ("1 234,56", "EUR", "1234.56"),
        ("1'234.56", "CHF", "1234.56"),
        ("1,234,567", "USD", "1234567"),
        ("12,5", "EUR", "12.5"),
        ("USD 5", None, "5"),
        ("5 EUR", None, "5"),
        ("5 EUR", "EUR", "5"),
        ("0.00", "USD", "0.00"),
    ],
)
def test_amounts_are_read_exactly(text: str, currency: str | None, value: str) -> None:
    found, wrong = amount(text, currency)
    assert wrong == ""
    assert found is not None
    assert str(found.value) == value


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("1,234", "USD"),
        ("1e5", "USD"),
        ("NaN", "USD"),
        ("-5", "USD"),
        ("5 EUR", "USD"),
        ("5", None),
        ("", "USD"),
        (None, "USD"),
        ("\u0665", "USD"),
        ("5", "XYZ"),
        ("9" * 60, "USD"),
        ("1,23,456", "USD"),
    ],
)
def test_what_can_be_read_two_ways_or_not_at_all_is_no_amount(text: str | None, currency: str | None) -> None:
    found, wrong = amount(text, currency)
    assert found is None
    assert wrong


@given(st.binary(max_size=150))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_filled_row_is_a_payment_and_no_text_is_lost(tmp_path: Path, raw: bytes) -> None:
    found, _ = payments(tmp_path, HEAD.encode() + raw)
    assert [payment.row for payment in found] == sorted(payment.row for payment in found)
    for payment in found:
        assert payment.parties or payment.problems
