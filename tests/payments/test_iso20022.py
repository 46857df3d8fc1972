from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from interdiction import payments
from interdiction.model import Amount, Funds, Part, Payment, Role
from interdiction.payments.iso20022 import stream as iso20022
from interdiction.payments.iso20022.large import read_large

NS = "urn:iso:std:iso:20022:tech:xsd:"
AGENT = "<FinInstnId><BICFI>{}</BICFI></FinInstnId>"


def transfer(number: int = 1, debtor: str = "Baek Trading", creditor: str = "Evli", more: str = "") -> str:
    return (
        f"<CdtTrfTxInf><PmtId><InstrId>I{number}</InstrId><EndToEndId>E{number}</EndToEndId>"
        f"<UETR>8a562c67-ca16-48ba-b074-65581be6f{number:03d}</UETR></PmtId>"
        "<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl><LclInstrm><Cd>INST</Cd></LclInstrm><CtgyPurp><Cd>SALA</Cd></CtgyPurp>"
        '</PmtTpInf><IntrBkSttlmAmt Ccy="EUR">15669.38</IntrBkSttlmAmt><IntrBkSttlmDt>2015-01-05</IntrBkSttlmDt>'
        "<ChrgBr>DEBT</ChrgBr>"
        f"<InstgAgt>{AGENT.format('RBOSGB2LXXX')}</InstgAgt><InstdAgt>{AGENT.format('ABNANL2A123')}</InstdAgt>"
        f"<Dbtr><Nm>{debtor}</Nm><PstlAdr><StrtNm>High Street</StrtNm><TwnNm>Epping</TwnNm><Ctry>GB</Ctry></PstlAdr>"
        "<Id><PrvtId><DtAndPlcOfBirth><BirthDt>1962-02-18</BirthDt><CityOfBirth>Nampo</CityOfBirth>"
        "<CtryOfBirth>KP</CtryOfBirth></DtAndPlcOfBirth><Othr><Id>563410081</Id><SchmeNm><Cd>CCPT</Cd></SchmeNm>"
        "<Issr>KP</Issr></Othr></PrvtId></Id></Dbtr>"
        "<DbtrAcct><Id><IBAN>GB33BUKB20201555555555</IBAN></Id><Nm>Somebody Else</Nm></DbtrAcct>"
        f"<DbtrAgt>{AGENT.format('RBOSGB2LXXX')}</DbtrAgt><CdtrAgt>{AGENT.format('HELSFIHHXXX')}</CdtrAgt>"
        f"<Cdtr><Nm>{creditor}</Nm></Cdtr><CdtrAcct><Id><Othr><Id>98653214</Id></Othr></Id></CdtrAcct>{more}"
        "</CdtTrfTxInf>"
    )


def message(*transfers: str, version: str = "pacs.008.001.08", count: int | None = None, behind: str = "") -> bytes:
    count = len(transfers) if count is None else count
    return (
        f'<Document xmlns="{NS}{version}"><FIToFICstmrCdtTrf><GrpHdr><MsgId>M1</MsgId>'
        f"<CreDtTm>2015-01-05T09:00:00+01:00</CreDtTm><NbOfTxs>{count}</NbOfTxs>"
        "<SttlmInf><SttlmMtd>CLRG</SttlmMtd><ClrSys><Cd>TGT</Cd></ClrSys></SttlmInf></GrpHdr>"
        f"{''.join(transfers)}{behind}</FIToFICstmrCdtTrf></Document>"
    ).encode()


def one(raw: bytes) -> Payment:
    (found,) = payments.stream(raw).payments
    return found


def codes(raw: bytes) -> set[str]:
    found = payments.stream(raw)
    return {problem.code for payment in found.payments for problem in payment.problems} | {
        problem.code for problem in found.problems
    }


def by_role(payment: Payment) -> dict[Role, list[str]]:
    found: dict[Role, list[str]] = {}
    for party in payment.parties:
        known = party.party.names[0].text if party.party.names else party.party.identifiers[0].value
        found.setdefault(party.role, []).append(known)
    return found


def test_a_transfer_gives_its_parties_with_role_place_and_facts() -> None:
    found = one(message(transfer()))
    assert found.problems == ()
    assert by_role(found) == {
        Role.INSTRUCTING_AGENT: ["RBOSGB2LXXX"],
        Role.INSTRUCTED_AGENT: ["ABNANL2A123"],
        Role.DEBTOR: ["Baek Trading"],
        Role.ACCOUNT_OWNER: ["Somebody Else"],
        Role.DEBTOR_AGENT: ["RBOSGB2LXXX"],
        Role.CREDITOR_AGENT: ["HELSFIHHXXX"],
        Role.CREDITOR: ["Evli"],
    }
    debtor = next(one.party for one in found.parties if one.role is Role.DEBTOR)
    assert [(i.type, i.value, i.country) for i in debtor.identifiers] == [
        ("passport", "563410081", "kp"),
        ("iban", "GB33BUKB20201555555555", None),
    ]
    assert [str(day) for day in debtor.birth_dates] == ["1962-02-18"]
    assert debtor.birth_places == ("Nampo",)
    assert [(one.city, one.country) for one in debtor.addresses] == [("Epping", "gb")]
    assert found.parties[2].at == "FIToFICstmrCdtTrf/CdtTrfTxInf/Dbtr"


def test_what_enforcement_needs_is_kept() -> None:
    found = one(message(transfer()))
    assert (found.kind, found.funds, found.id) == ("pacs.008", Funds.ORDER, "E1")
    assert found.amount == Amount(Decimal("15669.38"), "EUR")
    assert str(found.on) == "2015-01-05"
    assert found.uetr == "8a562c67-ca16-48ba-b074-65581be6f001"
    assert (found.rail.clearing_system, found.rail.settlement_method) == ("TGT", "CLRG")
    assert (found.rail.service_levels, found.rail.local_instruments) == (("SEPA",), ("INST",))
    assert found.purposes == ("SALA",)
    assert {(one.type, one.value) for one in found.references} == {
        ("message", "M1"),
        ("instruction", "I1"),
        ("end_to_end", "E1"),
    }
    assert [(one.text, one.kind.value) for one in found.places if one.kind.value == "town"] == [
        ("Epping", "town"),
        ("Nampo", "town"),
    ]


def test_a_code_of_eleven_letters_also_stands_for_the_bank() -> None:
    agent = next(one.party for one in one(message(transfer())).parties if one.role is Role.INSTRUCTED_AGENT)
    assert [i.value for i in agent.identifiers] == ["ABNANL2A123", "ABNANL2A"]


def test_a_name_that_runs_over_two_lines_of_text_is_one_text() -> None:
    lines = "<RmtInf><Ustrd>for KIM YONG</Ustrd><Ustrd>CHOL</Ustrd></RmtInf>"
    texts = [(text.text, text.kind) for text in one(message(transfer(more=lines))).texts]
    assert ("for KIM YONG\nCHOL", "remittance") in texts


def test_a_comment_does_not_hide_a_part_of_a_name() -> None:
    found = one(message(transfer(debtor="KIM <!-- x --> YONG <![CDATA[CHOL]]>")))
    assert by_role(found)[Role.DEBTOR] == ["KIM YONG CHOL"]


def test_the_account_proxy_is_screened_as_number_and_as_words() -> None:
    proxy = "<UltmtCdtr><Nm>Ryu</Nm></UltmtCdtr>"
    raw = message(transfer(more=proxy)).replace(
        b"</Othr></Id></CdtrAcct>", b"</Othr></Id><Prxy><Id>kim.yong.chol@bank</Id></Prxy></CdtrAcct>"
    )
    found = one(raw)
    creditor = next(one.party for one in found.parties if one.role is Role.CREDITOR)
    assert ("account", "kim.yong.chol@bank") in {(i.type, i.value) for i in creditor.identifiers}
    assert any(text.text == "kim.yong.chol@bank" for text in found.texts)


def test_a_version_without_a_schema_is_read_by_the_same_names() -> None:
    known, unknown = one(message(transfer())), one(message(transfer(), version="pacs.008.001.99"))
    assert unknown.parties == known.parties
    assert unknown.texts == known.texts
    assert unknown.problems == ()


def test_a_party_in_a_place_nobody_knows_is_screened() -> None:
    new = "<XtrPty><Nm>RYU JIN</Nm><PstlAdr><Ctry>KP</Ctry></PstlAdr></XtrPty>"
    found = one(message(transfer(more=new), version="pacs.008.001.99"))
    assert by_role(found)[Role.OTHER] == ["RYU JIN"]


def test_the_envelope_says_who_sent_the_message_to_whom() -> None:
    header = (
        f'<AppHdr xmlns="{NS}head.001.001.02"><Fr><FIId>{AGENT.format("RBOSGB2LXXX")}</FIId></Fr>'
        f"<To><FIId>{AGENT.format('ABNANL2AXXX')}</FIId></To><BizMsgIdr>B1</BizMsgIdr>"
        "<MsgDefIdr>pacs.008.001.08</MsgDefIdr><BizSvc>swift.cbprplus.03</BizSvc><CreDt>2021-04-09T09:00:00+01:00</CreDt>"
        "</AppHdr>"
    )
    found = one(f"<Envelope>{header}{message(transfer()).decode()}</Envelope>".encode())
    said = {one.role: one.party.identifiers[0].value for one in found.parties if one.part is Part.HEADER}
    assert said == {Role.SENDER: "RBOSGB2LXXX", Role.RECEIVER: "ABNANL2AXXX"}
    assert found.rail.business_service == "swift.cbprplus.03"


def test_a_batch_is_as_many_payments_and_what_they_share_is_in_each() -> None:
    raw = message(
        *(transfer(at) for at in range(1, 6)), behind="<SplmtryData><Envlp><X>KIM YONG CHOL</X></Envlp></SplmtryData>"
    )
    found = list(payments.stream(raw).payments)
    assert [one.row for one in found] == [1, 2, 3, 4, 5]
    assert all(any(text.text == "KIM YONG CHOL" for text in one.texts) for one in found)


def test_a_large_file_gives_the_same_payments_as_a_small_one(tmp_path: Path) -> None:
    behind = "<SplmtryData><Envlp><X>KIM YONG CHOL</X></Envlp></SplmtryData>"
    path = tmp_path / "batch.xml"
    path.write_bytes(message(*(transfer(at) for at in range(1, 30)), behind=behind))
    small, large = iso20022.read(path, "x"), read_large(path, path.stat().st_size, "x")
    assert list(large.payments) == list(small.payments)
    assert (large.count, large.problems) == (small.count, small.problems)


def initiation(*groups: tuple[str, int], behind: str = "") -> bytes:
    made, number = [], 0
    for debtor, count in groups:
        transfers = []
        for _ in range(count):
            number += 1
            transfers.append(
                f"<CdtTrfTxInf><PmtId><EndToEndId>E{number}</EndToEndId></PmtId>"
                '<Amt><InstdAmt Ccy="EUR">10</InstdAmt></Amt>'
                f"<Cdtr><Nm>Payee {number}</Nm></Cdtr></CdtTrfTxInf>"
            )
        made.append(
            "<PmtInf><PmtInfId>P</PmtInfId><PmtMtd>TRF</PmtMtd><ReqdExctnDt><Dt>2015-01-05</Dt></ReqdExctnDt>"
            f"<Dbtr><Nm>{debtor}</Nm></Dbtr><DbtrAcct><Id><Othr><Id>1</Id></Othr></Id></DbtrAcct>"
            f"<DbtrAgt>{AGENT.format('HELSFIHHXXX')}</DbtrAgt>{''.join(transfers)}{behind}</PmtInf>"
        )
    return (
        f'<Document xmlns="{NS}pain.001.001.09"><CstmrCdtTrfInitn><GrpHdr><MsgId>M</MsgId>'
        f"<CreDtTm>2015-01-05T09:00:00</CreDtTm><NbOfTxs>{number}</NbOfTxs>"
        "<InitgPty><Nm>Starter</Nm></InitgPty></GrpHdr>"
        f"{''.join(made)}</CstmrCdtTrfInitn></Document>"
    ).encode()


@pytest.mark.parametrize("behind", ["", "<New>KIM YONG CHOL</New>"])
def test_each_payment_of_an_initiation_carries_its_own_debtor(behind: str) -> None:
    raw = initiation(("First", 3), ("Second", 1), ("Third", 2), behind=behind)
    small, large = iso20022.read(raw, "x"), read_large(raw, len(raw), "x")
    found, again = list(small.payments), list(large.payments)
    assert [by_role(one)[Role.DEBTOR] for one in found] == [["First"]] * 3 + [["Second"]] + [["Third"]] * 2
    assert [by_role(one)[Role.CREDITOR] for one in found] == [[f"Payee {at}"] for at in range(1, 7)]
    assert [by_role(one) for one in again] == [by_role(one) for one in found]
    assert all(str(one.on) == "2015-01-05" and by_role(one)[Role.INITIATING_PARTY] == ["Starter"] for one in found)
    for some in (found, again):
        assert all(any(text.text == "KIM YONG CHOL" for text in one.texts) == bool(behind) for one in some)


def test_the_customer_transfer_under_a_cover_payment_is_told_from_it() -> None:
    under = (
        "<UndrlygCstmrCdtTrf><Dbtr><Nm>Under One</Nm></Dbtr><DbtrAgt><FinInstnId><Nm>Bank</Nm></FinInstnId></DbtrAgt>"
        "<CdtrAgt><FinInstnId><Nm>Bank</Nm></FinInstnId></CdtrAgt><Cdtr><Nm>Under Two</Nm></Cdtr></UndrlygCstmrCdtTrf>"
    )
    raw = (
        f'<Document xmlns="{NS}pacs.009.001.08"><FICdtTrf><GrpHdr><MsgId>M</MsgId>'
        "<CreDtTm>2015-01-05T09:00:00</CreDtTm>"
        "<NbOfTxs>1</NbOfTxs><SttlmInf><SttlmMtd>INDA</SttlmMtd></SttlmInf></GrpHdr><CdtTrfTxInf><PmtId>"
        '<EndToEndId>E</EndToEndId></PmtId><IntrBkSttlmAmt Ccy="USD">1</IntrBkSttlmAmt>'
        f"<Dbtr>{AGENT.format('RBOSGB2LXXX')}</Dbtr><Cdtr>{AGENT.format('HELSFIHHXXX')}</Cdtr>{under}</CdtTrfTxInf>"
        "</FICdtTrf></Document>"
    ).encode()
    found = one(raw)
    assert (found.kind, found.problems) == ("pacs.009cov", ())
    assert {(one.role, one.party.primary_name) for one in found.parties if one.part is Part.UNDERLYING} == {
        (Role.DEBTOR, "Under One"),
        (Role.DEBTOR_AGENT, "Bank"),
        (Role.CREDITOR_AGENT, "Bank"),
        (Role.CREDITOR, "Under Two"),
    }


def test_a_recall_speaks_of_an_earlier_payment_and_moves_nothing() -> None:
    raw = (
        f'<Document xmlns="{NS}camt.056.001.08"><FIToFIPmtCxlReq><Assgnmt><Id>A</Id><Assgnr>'
        f"<Agt>{AGENT.format('RBOSGB2LXXX')}</Agt></Assgnr><Assgne><Agt>{AGENT.format('HELSFIHHXXX')}</Agt></Assgne><CreDtTm>2015-01-05T09:00:00</CreDtTm>"
        "</Assgnmt><Undrlyg><TxInf><OrgnlUETR>8A562C67-ca16-48ba-b074-65581be6f001</OrgnlUETR>"
        "<CxlRsnInf><Orgtr><Nm>Ryu</Nm></Orgtr></CxlRsnInf><OrgnlTxRef><Dbtr><Pty><Nm>Baek</Nm></Pty></Dbtr></OrgnlTxRef>"
        "</TxInf></Undrlyg></FIToFIPmtCxlReq></Document>"
    ).encode()
    found = one(raw)
    assert (found.funds, found.funds.moves, found.uetr) == (
        Funds.CANCELLATION,
        False,
        "8a562c67-ca16-48ba-b074-65581be6f001",
    )
    assert {(one.role, one.part) for one in found.parties} == {
        (Role.ORIGINATOR, Part.TRANSACTION),
        (Role.DEBTOR, Part.ORIGINAL),
        (Role.ASSIGNER, Part.TRANSACTION),
        (Role.ASSIGNEE, Part.TRANSACTION),
    }
