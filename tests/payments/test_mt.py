from __future__ import annotations

from decimal import Decimal

import pytest

from interdiction import payments
from interdiction.model import Amount, Funds, Part, Payment, Role
from interdiction.payments.mt.words import text_tags, unscreened_tags, words
from tests.payments.planting import NAME

HEAD = "{1:F01BOFSGB2LXXXX0000000000}"
BLOCK3 = "{3:{121:7a562c67-ca16-48ba-b074-65581be6f001}}"
BODY = (
    ":20:REF1\n:23B:CRED\n:32A:150105EUR750000,\n:50K:/98756925\nBAEK TRADING\n36 LAURIE STREET\nLONDON\n"
    ":52A:RBOSGB2LXXX\n:57A:DEUTDEFF123\n:59:/DE8547812\nRYU JIN\nPYONGYANG NORTH KOREA\n:70:INVOICE 1\n:71A:OUR"
)


def fin(body: str = BODY, kind: str = "103", block3: str = BLOCK3) -> bytes:
    return f"{HEAD}{{2:I{kind}HANYUS33XXXXN}}{block3}{{4:\n{body}\n-}}".encode()


def read(raw: bytes) -> list[Payment]:
    return list(payments.stream(raw).payments)


def one(raw: bytes) -> Payment:
    (found,) = read(raw)
    return found


def party(found: Payment, role: Role, part: Part = Part.TRANSACTION) -> list[str]:
    return [name.text for one in found.parties if (one.role, one.part) == (role, part) for name in one.party.names]


def codes(raw: bytes) -> set[str]:
    return {problem.code for payment in read(raw) for problem in payment.problems}


def test_a_customer_transfer_gives_its_parties_and_what_enforcement_needs() -> None:
    found = one(fin())
    assert found.problems == ()
    assert (found.kind, found.funds, found.id) == ("mt103", Funds.ORDER, "REF1")
    assert (found.amount, str(found.on)) == (Amount(Decimal(750000), "EUR"), "2015-01-05")
    assert found.uetr == "7a562c67-ca16-48ba-b074-65581be6f001"
    assert party(found, Role.DEBTOR) == ["BAEK TRADING"]
    assert party(found, Role.CREDITOR) == ["RYU JIN"]
    creditor = next(one for one in found.parties if one.role is Role.CREDITOR)
    assert creditor.at == ":59: line 11"
    assert creditor.party.addresses[0].country == "kp"
    said = {one.role: one.party.identifiers[0].value for one in found.parties if one.part is Part.HEADER}
    assert said == {Role.SENDER: "BOFSGB2LXXX", Role.RECEIVER: "HANYUS33XXX"}


def test_the_header_of_a_delivered_message_turns_the_sides() -> None:
    raw = fin().replace(b"{2:I103HANYUS33XXXXN}", b"{2:O1030914201124HANYUS33XXXX00000000002011240914N}")
    said = {one.role: one.party.identifiers[0].value for one in one(raw).parties if one.part is Part.HEADER}
    assert said == {Role.SENDER: "HANYUS33XXX", Role.RECEIVER: "BOFSGB2LXXX"}


def test_a_name_that_runs_over_two_lines_is_one_name() -> None:
    body = BODY.replace("BAEK TRADING\n", "CHANGGWANG SINYONG\nCORPORATION\n")
    assert "CHANGGWANG SINYONG CORPORATION" not in party(one(fin(body)), Role.DEBTOR)  # the first line is short
    long = BODY.replace("BAEK TRADING\n", "KOREA MINING DEVELOPMENT TRADING C\nORPORATION\n")
    assert "KOREA MINING DEVELOPMENT TRADING CORPORATION" in party(one(fin(long)), Role.DEBTOR)


def test_lines_without_numbers_are_looked_into_together() -> None:
    body = BODY.replace("BAEK TRADING\n", "CHANGGWANG SINYONG\nCORPORATION\n")
    assert any("CHANGGWANG SINYONG\nCORPORATION" in text.text for text in one(fin(body)).texts)


def test_numbered_lines_are_read_as_what_they_say() -> None:
    body = BODY.replace(
        ":50K:/98756925\nBAEK TRADING\n36 LAURIE STREET\nLONDON",
        ":50F:CCPT/KP/563410081\n1/KIM YONG\n1/CHOL\n3/KP/PYONGYANG\n4/19620218\n5/KP/NAMPO",
    )
    found = one(fin(body))
    assert found.problems == ()
    debtor = next(one.party for one in found.parties if one.role is Role.DEBTOR)
    assert "KIM YONG CHOL" in {name.text for name in debtor.names}
    assert [str(day) for day in debtor.birth_dates] == ["1962-02-18"]
    assert debtor.birth_places == ("NAMPO",)
    assert [(i.type, i.value, i.country) for i in debtor.identifiers] == [
        ("passport", "563410081", "kp"),
    ]
    assert (debtor.addresses[0].city, debtor.addresses[0].country) == ("PYONGYANG", "kp")


@pytest.mark.parametrize(
    ("old", "new", "role", "value"),
    [
        (":50K:/98756925\nBAEK TRADING\n36 LAURIE STREET\nLONDON", ":50A:/1\nHNRBBY2XXXX", Role.DEBTOR, "HNRBBY2XXXX"),
        (":50K:", ":50H:", Role.DEBTOR, "98756925"),
        (":52A:RBOSGB2LXXX", ":52D:/1234\nBANK OF NOWHERE", Role.DEBTOR_AGENT, "1234"),
        (":57A:DEUTDEFF123", ":57C://CP999", Role.CREDITOR_AGENT, "CP999"),
        (":59:/DE8547812\nRYU JIN\nPYONGYANG NORTH KOREA", ":59A:/1\nHNRBBY2X", Role.CREDITOR, "HNRBBY2X"),
    ],
)
def test_each_option_of_a_party_is_read(old: str, new: str, role: Role, value: str) -> None:
    assert old in BODY
    found = one(fin(BODY.replace(old, new)))
    assert value in {i.value for one in found.parties if one.role is role for i in one.party.identifiers}


def test_the_customer_transfer_under_a_cover_payment_is_told_from_it() -> None:
    body = (
        ":20:R\n:21:O\n:32A:150105USD1,\n:52A:CLYDGB2S\n:58A:BSCHGB2L\n"
        ":50K:/1\nBAEK\nLONDON\n:52A:RBOSGB2L\n:59:/2\nRYU\nNAMPO"
    )
    found = one(fin(body, "202", "{3:{119:COV}}"))
    assert (found.kind, found.problems) == ("mt202cov", ())
    assert party(found, Role.DEBTOR, Part.UNDERLYING) == ["BAEK"]
    assert party(found, Role.CREDITOR, Part.UNDERLYING) == ["RYU"]
    banks = {(one.role, one.part) for one in found.parties if one.party.identifiers[0].type == "bic"}
    assert banks >= {(Role.DEBTOR, Part.TRANSACTION), (Role.DEBTOR_AGENT, Part.UNDERLYING)}


def test_a_transfer_between_banks_without_field_52_is_the_senders() -> None:
    found = one(fin(":20:R\n:21:O\n:32A:150105USD1,\n:58A:BSCHGB2L", "202"))
    debtor = next(one for one in found.parties if one.role is Role.DEBTOR)
    assert (debtor.party.identifiers[0].value, found.problems) == ("BOFSGB2LXXX", ())


def test_each_transaction_of_a_request_is_a_payment() -> None:
    body = (
        ":20:R\n:28D:1/1\n:50H:/1\nBAEK\nLONDON\n:30:150105\n"
        ":21:A\n:32B:USD1,\n:59:/2\nRYU\nNAMPO\n:71A:SHA\n:21:B\n:32B:USD2,\n:59:/3\nPAK\nNAMPO\n:71A:SHA"
    )
    found = read(fin(body, "101"))
    assert [(party(one, Role.DEBTOR), party(one, Role.CREDITOR), one.row) for one in found] == [
        (["BAEK"], ["RYU"], 1),
        (["BAEK"], ["PAK"], 2),
    ]


@pytest.mark.parametrize(
    ("kind", "funds"),
    [
        ("192", Funds.CANCELLATION),
        ("196", Funds.STATUS),
        ("199", Funds.MESSAGE),
        ("910", Funds.ADVICE),
        ("700", Funds.UNDERTAKING),
    ],
)
def test_what_moves_nothing_is_known_as_such(kind: str, funds: Funds) -> None:
    found = read(fin(":20:R\n:21:O\n:79:ABOUT KIM YONG CHOL", kind))
    assert {one.funds for one in found} == {funds}
    assert any("KIM YONG CHOL" in text.text for one in found for text in one.texts)


def test_a_letter_of_credit_gives_ports_goods_and_its_own_parties() -> None:
    body = (
        ":27:1/1\n:40A:IRREVOCABLE\n:20:LC1\n:31D:150601PYONGYANG\n:50:BAEK\nLONDON\n:59:/1\nRYU\nNAMPO\n:32B:USD1000,\n"
        ":41A:DEUTDEFF\nBY NEGOTIATION\n:44E:NAMPO PORT\n"
        ":44F:DALIAN\n:45A:COAL\nPER MV OCEAN MARITIME\n:47A:NONE\n:58D:BANK X"
    )
    found = one(fin(body, "700"))
    assert [(place.text, place.kind.value) for place in found.places] == [
        ("PYONGYANG", "town"),
        ("NAMPO PORT", "port"),
        ("DALIAN", "port"),
    ]
    assert party(found, Role.APPLICANT) == ["BAEK"]
    assert party(found, Role.BENEFICIARY) == ["RYU"]
    assert party(found, Role.CONFIRMING_BANK) == ["BANK X"]
    assert ("COAL\nPER MV OCEAN MARITIME", "goods") in {(text.text, text.kind) for text in found.texts}


def tags() -> list[str]:
    roles = {tag if len(tag) > 2 else tag + "D" for some in words().roles.values() for tag in some}
    return sorted({*roles, *text_tags(), *words().accounts, *unscreened_tags(), "99Z"})


@pytest.mark.parametrize("tag", tags())
@pytest.mark.parametrize("kind", ["103", "202", "700", "199"])
def test_a_name_in_any_field_is_given_to_be_screened(tag: str, kind: str) -> None:
    found = read(fin(f":20:R\n:{tag}:{NAME}", kind))
    assert any(NAME in text.text for one in found for text in one.texts) or any(
        name.text == NAME for one in found for party in one.parties for name in party.party.names
    )


def test_every_field_that_is_not_screened_has_a_reason() -> None:
    assert {why for why, _ in unscreened_tags().values()} <= words().reasons.keys()
    assert text_tags().keys() & unscreened_tags().keys() == set()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (fin().replace(b"{4:", b"{3:{108:X}}{4:"), "mt-block"),
        (BLOCK3.encode().join(reversed(fin().split(BLOCK3.encode()))), "mt-block"),
        (fin()[:-3], "mt-block"),
        (fin().replace(HEAD.encode(), b"{1:QQ}"), "mt-block"),
        (b"{4:\n" + BODY.encode() + b"\n-}", "mt-block"),
        (fin(BODY + "\n:99Z:KIM YONG CHOL"), "mt-tag"),
        (fin(BODY.replace("BAEK TRADING", "B" * 40)), "mt-width"),
        (fin(BODY.replace("BAEK TRADING", "BAEK \u00e9")), "mt-character"),
        (fin(BODY.replace(":59:/DE8547812\nRYU JIN\nPYONGYANG NORTH KOREA\n", "")), "mt-missing"),
        (fin(BODY.replace(":59:/DE8547812\nRYU JIN\nPYONGYANG NORTH KOREA\n", "")), "no-party"),
        (fin(BODY.replace("EUR750000,", "EUR7,5,0")), "amount"),
        (fin(BODY.replace("150105", "159905")), "date"),
        (fin(BODY.replace("RBOSGB2LXXX", "NOT A BIC")), "mt-bic"),
        (fin(BODY, "777"), "unknown-message"),
        (fin("KIM YONG CHOL\n" + BODY), "mt-text"),
        (fin() + b"KIM YONG CHOL", "mt-text"),
        (fin(""), "mt-block"),
    ],
)
def test_what_is_wrong_with_a_message_holds_it(raw: bytes, code: str) -> None:
    assert code in codes(raw)


def test_what_stands_outside_of_the_blocks_is_looked_into() -> None:
    assert any("KIM YONG CHOL" in text.text for text in one(fin() + b"KIM YONG CHOL").texts)


def test_a_bad_message_leaves_the_next_one_alone() -> None:
    found = read(fin().replace(b"750000,", b"X,") + b"\r\n" + fin())
    assert [bool(one.problems) for one in found] == [True, False]
    assert [one.row for one in found] == [1, 2]
