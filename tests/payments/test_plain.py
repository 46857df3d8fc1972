"""Of a message that the core takes it gives what the reader in Python gives, and it takes none that has a problem."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction.model import Payment
from interdiction.payments.iso20022 import plain, tree
from interdiction.payments.iso20022.fields import fields, words
from interdiction.payments.iso20022.large import read_large
from tests.payments.damage import damaged
from tests.payments.planting import leaves, planted
from tests.payments.test_fuzz import SEEDS
from tests.payments.test_iso20022 import initiation, message, transfer
from tests.payments.test_samples import files

XML = {kind: raw for kind, raw in SEEDS.items() if raw.startswith(b"<")}
OF_SIDES = {"no-party", "amount"}
"""Problems of what a message leaves out, told after it was read."""
PLANTED = ("CHANGGWANG SINYONG CORPORATION", "KP", "AB12", "2012-01-01", "12.50", "SBZIRUMM", "1", "Sevastopol, Crimea")


def held_alike(raw: bytes) -> bool:
    """Hold both readers against each other, and tell whether the core took the message."""
    clean = plain.read(raw)
    if clean is None:
        return False
    first, second = tree.clean(clean, "x"), tree.whole_tree(raw, "x")
    some = list(second.payments)
    assert list(first.payments) == some
    assert (first.problems, first.count) == (second.problems, second.count)
    assert not {problem.code for one in some for problem in one.problems} - OF_SIDES
    return True


def test_every_sample_is_taken_and_read_alike(shared_data: Path) -> None:
    raws = [path.read_bytes() for path in files(shared_data, "xml")]
    assert [held_alike(raw) for raw in raws] == [True] * len(raws)


@pytest.mark.parametrize("kind", XML)
def test_a_message_without_a_problem_is_taken(kind: str) -> None:
    assert held_alike(XML[kind])


@pytest.mark.parametrize("kind", XML)
@given(seed=st.integers(0, 2**32), times=st.integers(1, 3))
def test_a_damaged_message_is_read_alike_or_left(kind: str, seed: int, times: int) -> None:
    held_alike(damaged(XML[kind], random.Random(seed), times=times))


@pytest.mark.parametrize("version", sorted(fields().messages))
def test_whatever_stands_in_a_field_is_read_alike_or_left(version: str) -> None:
    draw = random.Random(version)
    for path, _ in leaves(version):
        held_alike(planted(version, path, draw.choice(PLANTED)))


@pytest.mark.parametrize("kind", sorted(words().messages))
def test_a_kind_without_a_schema_is_read_by_its_names_alike(kind: str) -> None:
    version = f"{kind}.001.98"
    like = next((one for one in sorted(fields().messages) if one.startswith(kind)), "pacs.008.001.08")
    draw = random.Random(kind)
    for path, _ in leaves(like):
        raw = planted(like, path, draw.choice(PLANTED))
        held_alike(raw.replace(like.encode(), version.encode()))


@pytest.mark.parametrize(
    "inside",
    [
        "<Dbtr><Nm>A &amp; B &lt;C&gt;</Nm></Dbtr>",
        "<Dbtr><Nm>Kim <!-- a comment --> Yong Chol</Nm></Dbtr>",
        "<Dbtr>\r\n<Nm>Kim\r\nYong</Nm>\r\n</Dbtr>",
        "<Dbtr><Nm>Zo\u00eb \u0627\u062d\u0645\u062f</Nm></Dbtr>",
        "<Dbtr><PstlAdr><AdrLine>1 Rue</AdrLine><AdrLine>Nampo, North Korea</AdrLine></PstlAdr><Nm>A</Nm></Dbtr>",
        "<RmtInf><Ustrd>KIM YONG</Ustrd><Ustrd>CHOL</Ustrd><Ustrd>COAL</Ustrd></RmtInf>",
        "<Dbtr><Id><OrgId><AnyBIC>ABNANL2A123</AnyBIC><Othr><Id>FIRM 17</Id><Issr>us</Issr></Othr></OrgId></Id></Dbtr>",
        "<Dbtr><Nm>A</Nm><CtctDtls><Nm>B</Nm><EmailAdr>c@d.kp</EmailAdr></CtctDtls></Dbtr>",
        "<DbtrAcct><Id><Othr><Id>0x52908400098527886E0F7030069857D2E4169EE7</Id></Othr></Id><Nm>a</Nm></DbtrAcct>",
        "<DbtrAcct><Id><IBAN>GB33BUKB20201555555555</IBAN></Id><Prxy><Id>Kim Yong Chol</Id></Prxy></DbtrAcct>",
        "<Somebody><PstlAdr><AdrLine>KIM YONG CHOL</AdrLine></PstlAdr></Somebody>",
    ],
)
def test_what_is_clean_without_a_schema_is_taken_and_read_alike(inside: str) -> None:
    raw = message(f"<CdtTrfTxInf>{inside}</CdtTrfTxInf>", version="pacs.008.001.98")
    assert held_alike(raw)


def test_containers_share_what_stands_around_their_transactions() -> None:
    assert held_alike(initiation(("First", 3), ("Second", 1)))


PREFIXED = initiation(("First", 2)).replace(b"<", b"<p:").replace(b"<p:/", b"</p:").replace(b"xmlns=", b"xmlns:p=")
LARGE = {
    "pacs.008": message(transfer(1), transfer(2)),
    "pain.001": initiation(("First", 2), ("Second", 1)),
    "in an envelope": b"<E>" + initiation(("First", 2)) + b"</E>",
    "of no schema": message(transfer(1), version="pacs.008.001.98"),
    "with a stranger": message(transfer(1), transfer(2).replace("<ChrgBr>", "<Unknown/><ChrgBr>")),
    "prefixed": PREFIXED,
}


def of_large(raw: bytes) -> list[Payment]:
    return list(read_large(raw, len(raw), "x").payments)


@pytest.mark.parametrize("kind", LARGE)
@given(seed=st.integers(0, 2**32), times=st.integers(0, 2))
def test_a_transaction_of_a_large_file_is_read_alike_or_left(kind: str, seed: int, times: int) -> None:
    raw = damaged(LARGE[kind], random.Random(seed), times=times) if times else LARGE[kind]
    if raw.lstrip().startswith(b"<"):
        quick = of_large(raw)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(plain, "read_part", lambda *_: None)
            assert of_large(raw) == quick


def test_every_clean_transaction_of_a_large_file_is_taken() -> None:
    taken: list[object] = []
    read_part = plain.read_part

    def reading(*given: Any) -> object:
        taken.append(read_part(*given))
        return taken[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "read_part", reading)
        for kind in ("pacs.008", "pain.001", "in an envelope", "prefixed"):
            of_large(LARGE[kind])
    assert len(taken) == 9
    assert all(taken)


@pytest.mark.parametrize(
    "raw",
    [
        message(transfer()).replace(b"2015-01-05T", b"5 January "),
        message(transfer()).replace(b"1962-02-18", b"1962-02-31"),
        message(transfer()).replace(b"<Ctry>GB", b"<Ctry>QQ"),
        message(transfer()).replace(b"<GrpHdr>", b"<GrpHdr>stray"),
        message(transfer()).replace(b"<GrpHdr>", b"<GrpHdr why='KIM'>"),
        message(transfer()).replace(b"<MsgId>", b"<Unknown/><MsgId>"),
        message(transfer()).replace(b"Evli", b"&#69;vli"),
        message(transfer()).decode().encode("utf-16"),
        b"\xff<a/>",
        b"",
    ],
)
def test_what_is_not_clean_or_not_plain_is_left_to_the_reader_that_says_why(raw: bytes) -> None:
    assert plain.read(raw) is None
