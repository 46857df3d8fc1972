"""What is wrong with a message is a problem of it: it is screened as far as it can be, held, and stops nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from interdiction import payments
from interdiction.model import Grade
from interdiction.payments.iso20022.large import read_large
from tests.payments.test_iso20022 import NS, codes, message, one, transfer


def held(raw: bytes) -> bool:
    found = payments.stream(raw)
    some = list(found.payments)
    problems = [*found.problems, *(problem for one in some for problem in one.problems)]
    return bool(some) and any(problem.grade is not Grade.PUBLISHED for problem in problems)


GOOD = message(transfer()).decode()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        pytest.param(GOOD[:-40], "not-xml", id="cut"),
        pytest.param(GOOD + GOOD, "not-xml", id="two files in one"),
        pytest.param("<a>KIM YONG CHOL", "not-xml", id="not closed"),
        pytest.param("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + GOOD.replace("Evli", "&e;"), "doctype"),
        pytest.param("<!DOCTYPE x [<!ENTITY e 'KIM'>]>" + GOOD.replace("Evli", "&e;"), "doctype"),
        pytest.param(GOOD.replace("pacs.008.001.08", "nobody"), "namespace"),
        pytest.param(GOOD.replace(f'xmlns="{NS}pacs.008.001.08"', ""), "namespace"),
        pytest.param(GOOD.replace("<CdtTrfTxInf>", '<CdtTrfTxInf xmlns="urn:x">'), "schema-element"),
        pytest.param(
            GOOD.replace("pacs.008.001.08", "pacs.008.001.99").replace("<Cdtr>", '<Cdtr xmlns="u">'), "namespace"
        ),
        pytest.param(GOOD.replace("pacs.008.001.08", "zzzz.008.001.08"), "unknown-message"),
        pytest.param("<html><p>KIM YONG CHOL</p></html>", "unknown-message"),
        pytest.param(f"<E>{GOOD}{GOOD}</E>", "two-documents"),
        pytest.param(GOOD.replace("</Document>", "<X/></Document>"), "two-documents"),
        pytest.param(GOOD.replace("<NbOfTxs>1<", "<NbOfTxs>2<"), "count"),
        pytest.param(GOOD.replace("<Nm>Evli</Nm>", "<Nm>Evli</Nm><Nm>Evli</Nm>"), "schema-repeated"),
        pytest.param(GOOD.replace("<ChrgBr>DEBT</ChrgBr>", ""), "schema-missing"),
        pytest.param(GOOD.replace("<ChrgBr>DEBT</ChrgBr>", "<ChrgBr>DEBT</ChrgBr>KIM"), "schema-text"),
        pytest.param(GOOD.replace("<ChrgBr>DEBT</ChrgBr>", "<Kim>KIM</Kim>"), "schema-element"),
        pytest.param(GOOD.replace("<Cdtr><Nm>Evli</Nm></Cdtr>", ""), "no-party"),
        pytest.param(GOOD.replace("15669.38", "much"), "amount"),
        pytest.param(GOOD.replace('Ccy="EUR"', 'Ccy="XQQ"'), "amount"),
        pytest.param(GOOD.replace("2015-01-05<", "KIM YONG CHOL<"), "schema-form"),
        pytest.param(GOOD.replace("<Ctry>GB<", "<Ctry>QQ<"), "country"),
        pytest.param("{1:nothing of use", "mt-block"),
        pytest.param("no format at all", "not-a-message"),
        pytest.param("", "not-a-message"),
        pytest.param("\x00\x00\x00", "not-a-message"),
    ],
)
def test_it_is_held_with_the_problem(raw: str, code: str) -> None:
    assert held(raw.encode())
    assert code in codes(raw.encode())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_byte_order_mark_and_two_byte_letters_are_read(encoding: str) -> None:
    mark = "\ufeff" if encoding.startswith("utf-16-") else ""
    found = one((mark + GOOD.replace("Evli", "김영철")).encode(encoding))
    assert found.problems == ()
    assert any(party.party.primary_name == "김영철" for party in found.parties)


def test_no_file_and_no_host_is_asked_for_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("KIM YONG CHOL")
    raw = f"<!DOCTYPE x [<!ENTITY e SYSTEM '{secret.as_uri()}'>]>" + GOOD.replace("Evli", "&e;")
    assert "KIM YONG CHOL" not in str(list(payments.stream(raw.encode()).payments))


def test_what_cannot_be_read_is_looked_into_as_text() -> None:
    (found,) = payments.stream(b"<Document><Cdtr><Nm>KIM YONG CHOL</Nm>").payments
    assert (found.kind, found.parties) == ("unreadable", ())
    assert "KIM YONG CHOL" in found.texts[0].text


def test_one_bad_transaction_leaves_the_others_alone() -> None:
    raw = message(transfer(1), transfer(2).replace("15669.38", "much"), transfer(3))
    found = payments.stream(raw)
    assert found.problems == []
    assert [bool(one.problems) for one in found.payments] == [False, True, False]


def test_a_large_file_that_is_cut_is_known_before_its_first_payment(tmp_path: Path) -> None:
    path = tmp_path / "cut.xml"
    path.write_bytes(message(*(transfer(at) for at in range(1, 200)))[:-2000])
    found = read_large(path, path.stat().st_size, "x")
    assert [problem.code for problem in found.problems] == ["not-xml"]
    some = list(found.payments)
    assert len(some) > 100
    assert some[-1].kind == "unreadable"


def test_an_attribute_hides_no_name() -> None:
    found = one(GOOD.replace("<Cdtr>", '<Cdtr note="KIM YONG CHOL">').encode())
    assert any(text.text == "KIM YONG CHOL" for text in found.texts)


def test_elements_deep_within_each_other_do_not_break_the_reader() -> None:
    deep = "<a>" * 240 + "KIM YONG CHOL" + "</a>" * 240
    raw = GOOD.replace("pacs.008.001.08", "pacs.008.001.99").replace("</CdtTrfTxInf>", f"{deep}</CdtTrfTxInf>")
    assert any(
        "KIM YONG CHOL" in text.text for payment in payments.stream(raw.encode()).payments for text in payment.texts
    )


def test_elements_too_deep_within_each_other_are_held() -> None:
    assert held(("<a>" * 5000 + "</a>" * 5000).encode())


def test_a_part_that_would_fill_the_memory_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interdiction.payments.iso20022.large.LARGEST_PART", 100_000)
    path = tmp_path / "long.xml"
    long = transfer(2, more=f"<RmtInf>{'<Ustrd>x</Ustrd>' * 20_000}</RmtInf>")
    path.write_bytes(message(transfer(1), long, transfer(3)))
    found = read_large(path, path.stat().st_size, "x")
    assert [problem.code for problem in found.problems] == ["not-xml"]
    assert [one.kind for one in found.payments] == ["pacs.008", "unreadable"]


def test_a_swift_message_of_endless_fields_is_held() -> None:
    raw = b"{1:F01BOFSGB2LXXXX0000000000}{2:I103HANYUS33XXXXN}{4:\n" + b":20:A\n" * 50_000
    assert held(raw)
    assert "mt-block" in codes(raw)


def test_a_file_of_records_that_is_too_large_is_held_and_its_beginning_screened(tmp_path: Path) -> None:
    path = tmp_path / "long.fin"
    path.write_bytes(b"{1:F01BOFSGB2LXXXX0000000000}{2:I199HANYUS33XXXXN}{4:\n:79:KIM YONG CHOL\n" + b"X" * 33_000_000)
    found = payments.stream(path)
    assert [problem.code for problem in found.problems] == ["too-large"]
    assert any("KIM YONG CHOL" in text.text for one in found.payments for text in one.texts)
