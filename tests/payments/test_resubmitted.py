from __future__ import annotations

from collections.abc import Iterable

import pytest

from interdiction import payments
from interdiction.model import Grade, Payment
from interdiction.payments.resubmitted import Stopped
from tests.payments.test_iso20022 import message, transfer
from tests.payments.test_mt import BODY, fin


def one(raw: bytes) -> Payment:
    return next(payments.stream(raw).payments)


def transferred(more: str = "<RmtInf><Ustrd>COAL FROM CHONGJIN</Ustrd></RmtInf>", **changed: str) -> Payment:
    return one(message(transfer(1, more=f"<UltmtCdtr><Nm>KOMID</Nm></UltmtCdtr>{more}", **changed)))


def again(old: str, new: str) -> Payment:
    raw = message(
        transfer(2, more="<UltmtCdtr><Nm>KOMID</Nm></UltmtCdtr><RmtInf><Ustrd>COAL FROM CHONGJIN</Ustrd></RmtInf>")
    )
    assert old.encode() in raw
    return one(raw.replace(old.encode(), new.encode()))


def found(earlier: Iterable[Payment], now: Payment) -> tuple[str, ...] | None:
    like = Stopped(("D-1", before) for before in earlier).like(now)
    return None if like is None else like.removed


@pytest.mark.parametrize(
    ("old", "new", "removed"),
    [
        ("<UltmtCdtr><Nm>KOMID</Nm></UltmtCdtr>", "", ("KOMID",)),
        ("COAL FROM CHONGJIN", "COAL", ("FROM", "CHONGJIN")),
        ("<Nm>Evli</Nm>", "<Nm>E Trading</Nm>", ("Evli",)),
        ("<Nm>Somebody Else</Nm>", "", ("Somebody Else",)),
    ],
)
def test_a_detail_that_is_gone_is_named(old: str, new: str, removed: tuple[str, ...]) -> None:
    assert found([transferred()], again(old, new)) == removed


def test_the_same_again_is_no_resubmission() -> None:
    assert found([transferred()], again("COAL FROM", "COAL FROM")) is None


def test_another_sum_or_another_side_is_another_payment() -> None:
    assert found([transferred()], again("15669.38", "15669.39")) is None
    other = again("<Nm>Evli</Nm>", "<Nm>E Trading</Nm>")
    stripped = again("<Othr><Id>98653214</Id></Othr>", "<Othr><Id>4</Id></Othr>")
    assert found([transferred()], stripped) is not None  # the name of the creditor still agrees
    raw = message(transfer(2, creditor="E Trading")).replace(b"98653214", b"4")
    assert found([transferred(), other], one(raw)) is not None  # by the name of the second
    assert found([transferred()], one(raw)) is None


def test_salaries_of_one_sum_are_not_one_payment() -> None:
    def salary(number: int, to: str) -> Payment:
        return one(message(transfer(number, creditor=to)).replace(b"98653214", str(number).encode()))

    assert found([salary(1, "Ryu Jin")], salary(2, "Pak Il")) is None


def test_a_swift_message_and_an_iso_message_are_compared_alike() -> None:
    before = one(fin())
    now = one(fin(BODY.replace("PYONGYANG NORTH KOREA", "DALIAN").replace("REF1", "REF2")))
    assert found([before], now) == ("PYONGYANG", "NORTH", "KOREA")


def test_it_is_a_problem_that_holds() -> None:
    now = again("<UltmtCdtr><Nm>KOMID</Nm></UltmtCdtr>", "")
    like = Stopped([("D-7", transferred())]).like(now)
    assert like is not None
    problem = like.problem(now)
    assert (problem.code, problem.grade, problem.node) == ("resubmitted", Grade.ROW, "D-7")
    assert "without KOMID" in problem.message


def test_no_more_are_remembered_than_is_allowed() -> None:
    stopped = Stopped([("D-1", transferred())], most=0)
    assert len(stopped) == 0
    assert stopped.like(again("<UltmtCdtr><Nm>KOMID</Nm></UltmtCdtr>", "")) is None
