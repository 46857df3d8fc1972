"""The proof says which chain and which sum led to an answer, and the picture shows the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from interdiction.model import Designation, Listing, Measure, Party, to_json
from interdiction.model.ownership import Stake
from interdiction.ownership.picture import picture
from interdiction.ownership.proof import Proof, prove
from interdiction.ownership.register import Register
from interdiction.ownership.verdicts import Named, Verdicts, judge
from tests.ownership.cases import controls, holds

ORDER = date(2015, 1, 2)


def listed(uid: str, programme: str = "DPRK2", measure: Measure = Measure.ASSET_FREEZE) -> Listing:
    key, _, number = uid.partition(":")
    return Listing(key, number, Party(names=[uid]), (programme,), (Designation(programme, measures=(measure,)),))


def judged(
    stakes: Iterable[Stake], named: Mapping[str, str], perhaps: Mapping[str, str] | None = None, on: date = ORDER
) -> Verdicts:
    known = {party: [Named(listed(uid), sure=True)] for party, uid in named.items()}
    known |= {party: [Named(listed(uid), sure=False)] for party, uid in (perhaps or {}).items()}
    return judge(Register.of(stakes), on, known)


def proof_of(verdicts: Verdicts, party: str, regime: str = "us") -> Proof:
    return prove(verdicts, party, next(one for one in verdicts.of(party) if one.regime == regime))


TWO = [holds("KIL, Jong Hun", "Paradise", 30), holds("KIM, Kwang Chun", "Paradise", 25), holds("Bank", "Paradise", 45)]
TEN = {"KIL, Jong Hun": "ofac-sdn:17614", "KIM, Kwang Chun": "ofac-sdn:17616"}


def test_the_sentence_holds_the_whole_sum() -> None:
    proof = proof_of(judged(TWO, TEN), "Paradise")
    assert proof.sentence == (
        "Paradise: 30 % KIL, Jong Hun (ofac-sdn:17614) + 25 % KIM, Kwang Chun (ofac-sdn:17616) = 55 %; "
        "the test is 50 % or more of the shares: blocked."
    )
    assert proof.listings == ("ofac-sdn:17614", "ofac-sdn:17616")
    assert (proof.rule, proof.control) == ("us-50-aggregate", "blocked")
    assert [one.counts for one in proof.steps[-1].held] == [True, True, False]


def test_a_chain_is_told_from_the_listed_owner_downwards() -> None:
    chain = [*TWO, holds("Paradise", "Harbour", 50), holds("Harbour", "Pier", 100)]
    proof = proof_of(judged(chain, TEN), "Pier")
    assert [step.owned for step in proof.steps] == ["Paradise", "Harbour", "Pier"]
    assert proof.listings == ("ofac-sdn:17614", "ofac-sdn:17616")


def test_what_falls_short_says_by_how_much() -> None:
    proof = proof_of(judged(TWO[:1], TEN), "Paradise")
    assert proof.control == "not_blocked"
    assert proof.sentence == (
        "Paradise: 30 % KIL, Jong Hun (ofac-sdn:17614); the test is 50 % or more of the shares: not blocked."
    )


def test_an_owner_who_may_be_listed_is_named_as_not_confirmed() -> None:
    verdicts = judged([holds("Kil", "Paradise", 60)], {}, {"Kil": "ofac-sdn:17614"})
    assert "not confirmed" in proof_of(verdicts, "Paradise").sentence
    assert proof_of(verdicts, "Paradise").control == "unknown"
    assert proof_of(verdicts, "Kil").sentence.startswith("Kil may be listed itself (ofac-sdn:17614)")


def test_a_list_without_a_test_of_its_own_clears_nobody() -> None:
    verdicts = judged([holds("X", "Paradise", 1)], {"X": "un:690735"})
    assert [(one.regime, one.control.value) for one in verdicts.of("Paradise")][-1] == ("un", "unknown")
    assert "no test of this regime is known" in proof_of(verdicts, "Paradise", "un").sentence


def test_each_list_speaks_for_its_regime_and_the_gravest_rule_counts() -> None:
    verdicts = judged([holds("X", "A", 60), controls("Y", "A")], {"X": "ofac-sdn:1", "Y": "eu:2"}, on=date(2024, 12, 1))
    assert {one.regime: one.control.value for one in verdicts.of("A")} == {
        "us": "blocked",
        "uk": "not_blocked",
        "eu": "presumed",
        "ca": "not_blocked",
        "ch": "not_blocked",
    }


@pytest.mark.parametrize(
    ("regime", "on", "shares", "expected"),
    [
        ("ca", date(2023, 6, 22), (50,), "blocked"),
        ("ca", date(2023, 6, 22), (49,), "not_blocked"),
        ("ca", date(2023, 6, 22), (30, 25), "not_blocked"),
        ("ca", date(2023, 6, 21), (50,), "unknown"),
        ("ch", date(2024, 5, 16), (50,), "not_blocked"),
        ("ch", date(2024, 5, 16), (51,), "presumed"),
        ("ch", date(2024, 5, 16), (30, 25), "presumed"),
        ("ch", date(2024, 5, 15), (60,), "unknown"),
        ("au", date(2026, 1, 1), (100,), "unknown"),
    ],
)
def test_canada_counts_each_owner_from_one_half_and_switzerland_all_together_beyond_it(
    regime: str, on: date, shares: tuple[int, ...], expected: str
) -> None:
    stakes = [holds(f"X{at}", "A", share) for at, share in enumerate(shares)]
    verdicts = judged(stakes, {f"X{at}": f"{regime}:{at + 1}" for at in range(len(shares))}, on=on)
    assert proof_of(verdicts, "A", regime).control.value == expected


@pytest.mark.parametrize("regime", ["ca", "ch"])
def test_control_without_shares_is_presumed_in_canada_and_switzerland(regime: str) -> None:
    verdicts = judged([controls("X", "A")], {"X": f"{regime}:1"}, on=date(2024, 12, 1))
    assert proof_of(verdicts, "A", regime).control == "presumed"


@pytest.mark.parametrize(
    ("programme", "expected"),
    [("DPRK3", "presumed"), ("CUBA", "presumed"), ("SYRIA", "presumed"), ("SDGT", "not_blocked")],
)
def test_control_alone_is_asked_only_where_the_law_blocks_what_a_government_controls(
    programme: str, expected: str
) -> None:
    verdicts = judge(
        Register.of([controls("X", "A")]), ORDER, {"X": [Named(listed("ofac-sdn:1", programme), sure=True)]}
    )
    assert proof_of(verdicts, "A").control == expected


def test_owners_under_different_programmes_of_one_law_add_up() -> None:
    named = {
        "X": [Named(listed("ofac-sdn:1", "SDGT"), sure=True)],
        "Y": [Named(listed("ofac-sdn:2", "NPWMD"), sure=True)],
    }
    verdicts = judge(Register.of([holds("X", "A", 25), holds("Y", "A", 25)]), ORDER, named)
    assert proof_of(verdicts, "A").control == "blocked"


def test_a_travel_ban_passes_to_no_company() -> None:
    named = {"X": [Named(listed("ofac-sdn:1", "GB", Measure.TRAVEL_BAN), sure=True)]}
    verdicts = judge(Register.of([holds("X", "A", 100)]), ORDER, named)
    assert proof_of(verdicts, "A").control == "not_blocked"


def test_only_whom_somebody_listed_may_reach_is_reached() -> None:
    stakes = [holds("X", "A", 60), holds("", "B", 100), holds("A", "C", 10)]
    assert [party for party, _ in judged(stakes, {"X": "ofac-sdn:1"}).reached()] == ["A"]


def test_the_picture_shows_every_holding_of_the_proof_and_is_the_same_each_time() -> None:
    chain = [*TWO, holds("Paradise", "Harbour", 50), holds("", "Harbour", "10-20"), controls("Harbour", "Harbour")]
    proof = proof_of(judged(chain, TEN), "Harbour")
    drawn = picture(proof)
    assert drawn == picture(proof)
    assert to_json(proof) == to_json(proof_of(judged(chain, TEN), "Harbour"))
    texts = [element.text or "" for element in ET.fromstring(drawn).iter() if element.tag.endswith("}text")]
    for said in ("30 %", "25 %", "50 %", "10 to 20 %", "KIL, Jong Hun", "listed: ofac-sdn:17614"):
        assert said in texts


def test_a_name_cannot_break_the_picture() -> None:
    proof = proof_of(judged([holds('<script>"&\x07', "A", 60)], {'<script>"&\x07': "ofac-sdn:1"}), "A")
    ET.fromstring(picture(proof))
    assert "<script>" not in picture(proof)
