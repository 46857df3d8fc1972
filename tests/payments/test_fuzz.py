"""Whatever comes in: no crash, at least one payment, and every part of it can be written down."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction import payments
from interdiction.model import Grade, to_json
from interdiction.payments.iso20022.large import read_large
from interdiction.payments.reading import Reading
from tests.payments.damage import damaged
from tests.payments.test_iso20022 import initiation, message, transfer
from tests.payments.test_mt import BODY, fin
from tests.payments.test_nacha import nacha

SEEDS = {
    "pacs.008": message(transfer(1), transfer(2)),
    "pacs.008 of no schema": message(transfer(1), version="pacs.008.001.99"),
    "pain.001": initiation(("First", 2), ("Second", 1)),
    "mt103": fin(),
    "mt202cov": fin(":20:R\n:21:O\n:32A:150105USD1,\n:58A:BSCHGB2L\n:50K:/1\nBAEK\nLONDON\n:59:/2\nRYU\nNAMPO", "202"),
    "mt700": fin(BODY + "\n:45A:COAL\n:44E:NAMPO", "700"),
    "nacha": nacha(),
}


def sound(found: Reading) -> None:
    """Ask that everything was read to the end, and that what says nothing at all is held."""
    some = list(found.payments)
    assert some
    for one in some:
        assert to_json(one)
        assert one.row > 0
        if one.kind == "unreadable":
            assert any(problem.grade is not Grade.PUBLISHED for problem in one.problems)
        if one.funds.moves and not one.parties:
            assert one.problems or found.problems


@pytest.mark.parametrize("kind", SEEDS)
@given(seed=st.integers(0, 2**32))
def test_a_damaged_message_is_read_or_held(kind: str, seed: int) -> None:
    sound(payments.stream(damaged(SEEDS[kind], random.Random(seed))))


@given(raw=st.binary(max_size=400))
def test_any_bytes_are_read_or_held(raw: bytes) -> None:
    sound(payments.stream(raw))


@pytest.mark.parametrize("kind", ["pacs.008", "pain.001"])
@given(seed=st.integers(0, 2**32))
def test_a_large_file_is_read_like_a_small_one_whatever_happened_to_it(kind: str, seed: int) -> None:
    raw = damaged(SEEDS[kind], random.Random(seed), times=2)
    if not raw.lstrip().startswith(b"<"):
        return
    large, small = read_large(raw, len(raw), "x"), payments.stream(raw, name="x")
    broken = {problem.code for problem in small.problems} & {"not-xml", "doctype"}
    first, second = list(large.payments), list(small.payments)
    assert bool(broken) == bool({problem.code for problem in large.problems} & {"not-xml", "doctype"})
    if not broken and not {problem.code for problem in small.problems} & {"two-documents", "unknown-message"}:
        assert [one.parties for one in first] == [one.parties for one in second]
        assert [bool(one.problems) for one in first] == [bool(one.problems) for one in second]


@given(name=st.text(st.characters(codec="utf-8", exclude_characters="<&\r"), min_size=1, max_size=60))
def test_any_name_comes_through_an_xml_message_as_it_is(name: str) -> None:
    raw = message(transfer(creditor=name.replace(">", "&gt;")))
    found = payments.stream(raw)
    try:
        (one,) = found.payments
    except ValueError:
        return
    said = [name.text for party in one.parties for name in party.party.names]
    assert one.kind == "unreadable" or not name.split() or " ".join(name.replace("\x00", " ").split()) in said
