from __future__ import annotations

from decimal import Decimal

import pytest

from interdiction import payments
from interdiction.model import Amount, Funds, Payment, Role

FILE = "101 091000019 0910000191501050900A094101BANK                   COMPANY                        "
BATCH = "5220FFX             FF3               US1234567890IATPAYMENT   EURUSD150105   1091000010000001"
ENTRY = "6220910000190007             0000100000DE89370400440532013000                  00091000010000001"


def addendum(kind: str, body: str) -> str:
    return f"7{kind}{body}".ljust(94)


ADDENDA = [
    addendum("10", "BUS" + "000000000000100000".ljust(18) + " " * 22 + ""),
    addendum("11", "BAEK TRADING".ljust(35) + "36 LAURIE STREET".ljust(35)),
    addendum("12", "LONDON*ENGLAND\\".ljust(35) + "GB*N1\\".ljust(35)),
    addendum("13", "BANK OF SCOTLAND".ljust(35) + "02" + "BOFSGB2L".ljust(34) + "GB "),
    addendum("14", "COMMERZBANK".ljust(35) + "01" + "37040044".ljust(34) + "DE "),
    addendum("15", "".ljust(15) + "MAIN STREET 1".ljust(35)),
    addendum("16", "PYONGYANG\\".ljust(35) + "KP\\".ljust(35)),
    addendum("17", "FOR KIM YONG CHOL".ljust(80)),
    addendum("18", "FOREIGN BANK".ljust(35) + "02" + "HNRBBY2X".ljust(34) + "BY "),
]
ADDENDA[0] = "710BUS" + "000000000000100000" + "RYU JIN".ljust(35) + " " * 35


def nacha(addenda: list[str] = ADDENDA, entry: str = ENTRY, batch: str = BATCH, end: str = "9" * 94) -> bytes:
    return "\n".join([FILE, batch, entry, *addenda, "8" + " " * 93, end]).encode()


def one(raw: bytes) -> Payment:
    (found,) = payments.stream(raw).payments
    return found


def names(found: Payment) -> dict[Role, str]:
    return {one.role: one.party.primary_name for one in found.parties if one.party.names}


def test_an_entry_with_its_seven_addenda_is_a_payment() -> None:
    found = one(nacha())
    assert found.problems == ()
    assert (found.kind, found.funds) == ("nacha-iat", Funds.ORDER)
    assert (found.amount, str(found.on)) == (Amount(Decimal("1000.00"), "EUR"), "2015-01-05")
    assert names(found) == {
        Role.CREDITOR: "RYU JIN",
        Role.DEBTOR: "BAEK TRADING",
        Role.DEBTOR_AGENT: "BANK OF SCOTLAND",
        Role.CREDITOR_AGENT: "COMMERZBANK",
        Role.INTERMEDIARY_AGENT: "FOREIGN BANK",
    }
    creditor = next(one.party for one in found.parties if one.role is Role.CREDITOR)
    assert creditor.residences == ("kp",)
    assert ("account", "DE89370400440532013000") in {(i.type, i.value) for i in creditor.identifiers}
    assert any(text.text == "FOR KIM YONG CHOL" for text in found.texts)
    assert {(place.text, place.kind.value) for place in found.places} >= {("PYONGYANG", "town"), ("kp", "country")}


def test_a_debit_turns_the_sides() -> None:
    found = names(one(nacha(entry=ENTRY.replace("622", "627", 1))))
    assert (found[Role.DEBTOR], found[Role.CREDITOR]) == ("RYU JIN", "BAEK TRADING")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (nacha([one for one in ADDENDA if not one.startswith("711")]), "nacha-addenda"),
        (nacha([one for one in ADDENDA if not one.startswith("711")]), "no-party"),
        (nacha([*ADDENDA, addendum("44", "KIM YONG CHOL")]), "nacha-addenda"),
        (nacha(batch=BATCH.replace("IAT", "PPD")), "nacha-class"),
        (nacha([ADDENDA[0] + "KIM", *ADDENDA[1:]]), "nacha-width"),
        (nacha(entry=ENTRY.replace("0000100000", "00001000X0")), "amount"),
        (nacha(entry="4" + ENTRY[1:]), "nacha-record"),
        (nacha(end=""), "cut"),
    ],
)
def test_what_is_wrong_with_a_file_holds_its_payments(raw: bytes, code: str) -> None:
    found = payments.stream(raw)
    some = list(found.payments)
    assert some
    assert code in {problem.code for problem in found.problems} | {p.code for one in some for p in one.problems}


def test_a_record_of_an_unknown_kind_is_looked_into() -> None:
    found = one(nacha([*ADDENDA, addendum("44", "KIM YONG CHOL")]))
    assert any("KIM YONG CHOL" in text.text and "44" in text.at for text in found.texts)
